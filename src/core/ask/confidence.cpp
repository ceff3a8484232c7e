#include "core/ask/confidence.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace loupe::ask {
namespace {

#include "core/ask/confidence_odds.inc"

constexpr double kMostDoubt = 3;      // of a product of weights, in log-odds
constexpr double kPlainLength = 12;   // tokens of a question that is not long
constexpr double kLongestLength = 3;  // beyond it, in dozens
constexpr double kManyOf = 4;         // conditions or columns beyond which nothing gets worse

constexpr std::pair<std::string_view, std::string_view> kWords[kSigns] = {
    {"words", "how far the phrases are from what they name"},
    {"weakest", "how far the weakest phrase is from what it names"},
    {"far", "words that only have to do with what they name"},
    {"in part", "names that are met in part"},
    {"roles", "how badly the meanings suit what is asked of them"},
    {"joins", "joins between what is spoken of"},
    {"linked", "tables that are joined and hold nothing but the link"},
    {"between", "tables that are joined though nobody spoke of them"},
    {"assumptions", "what nobody said and had to be assumed"},
    {"passed over", "words that found no place"},
    {"unknown", "verbs that mean nothing here"},
    {"tied path", "one of several ways to join"},
    {"rival", "how near the next reading comes"},
    {"choices", "phrases that might as well mean something else"},
    {"conditions", "conditions on rows"},
    {"alternatives", "conditions on several columns joined by or"},
    {"loose text", "texts that are no known value"},
    {"exclusions", "what is excluded, or each of both"},
    {"groups", "rows are grouped by things"},
    {"group labels", "those things are named without a column"},
    {"group columns", "rows are grouped by columns alone"},
    {"periods", "rows are grouped by periods"},
    {"counted", "conditions on counts"},
    {"ranked", "the first rows of an order are asked for"},
    {"sorted", "rows are sorted"},
    {"aggregates", "numbers made of many rows"},
    {"distinct", "different values are asked for"},
    {"columns", "columns and numbers shown beyond the first"},
    {"implied", "a thing is named without a column"},
    {"beside", "things that only have to be there"},
    {"length", "words of the question beyond a dozen"},
};

double Doubt(double weight) { return std::min(kMostDoubt, -std::log(std::max(weight, 1e-6))); }

double Few(std::size_t count) { return std::min(kManyOf, static_cast<double>(count)); }

// Entities that neither show nor filter anything.
std::size_t BesideOf(const Form& form) {
  std::set<int> used;
  for (const FormValue& output : form.outputs) used.insert(output.ref.entity);
  for (const MemberRef group : form.groups) used.insert(group.entity);
  for (const int entity : form.group_entities) used.insert(entity);
  for (const FormCondition& condition : form.conditions) used.insert(condition.left.ref.entity);
  if (form.rank) used.insert(form.rank->by.ref.entity);
  return static_cast<std::size_t>(
      std::count_if(form.mentions.begin(), form.mentions.end(),
                    [&](int entity) { return used.count(entity) == 0; }));
}

// "from Germany or France" is one condition. What is compared is named as such: "orders in 2024
// compared with 2023" leaves no doubt about OR.
void CountConditions(const Form& form, bool compares, Signs* signs) {
  const auto at = [&](Sign sign) -> double& { return (*signs)[static_cast<std::size_t>(sign)]; };
  std::map<int, FormValue> alternatives;  // by their number
  std::size_t rows = 0;
  std::size_t counted = 0;
  std::size_t joined = 0;
  for (const FormCondition& condition : form.conditions) {
    const auto first = alternatives.find(condition.alternative);
    const bool joins = condition.alternative > 0 && first != alternatives.end();
    if (joins && first->second == condition.left) continue;
    ++(condition.left.IsAggregate() ? counted : rows);
    if (joins && !compares) ++joined;
    alternatives.emplace(condition.alternative, condition.left);
  }
  at(Sign::kConditions) = Few(rows);
  at(Sign::kCounted) = Few(counted);
  at(Sign::kAlternatives) = Few(joined);
}

bool IsGroup(const Form& form, const FormValue& output) {
  if (output.kind == FormValue::Kind::kGrain) return true;
  return output.kind == FormValue::Kind::kColumn &&
         std::find(form.groups.begin(), form.groups.end(), output.ref) != form.groups.end();
}

void CountShown(const Form& form, Signs* signs) {
  std::size_t columns = 0;
  std::size_t numbers = 0;
  for (const FormValue& output : form.outputs) {
    if (!IsGroup(form, output)) ++(output.IsAggregate() ? numbers : columns);
  }
  // All columns of a thing are one answer to its name, and those of a thing that is counted give
  // way to its number.
  const std::size_t implied = std::min(form.fit.implied, columns);
  const std::size_t answers = numbers + columns - (implied > 0 ? implied - 1 : 0);
  (*signs)[static_cast<std::size_t>(Sign::kColumns)] = answers > 1 ? Few(answers - 1) : 0;
  (*signs)[static_cast<std::size_t>(Sign::kImplied)] = implied > 0 ? 1 : 0;
}

}  // namespace

Signs SignsOf(const Form& form, const Outline& outline, const Standing& standing) {
  Signs signs = {};
  const auto at = [&](Sign sign) -> double& { return signs[static_cast<std::size_t>(sign)]; };
  at(Sign::kWords) = Doubt(form.fit.words);
  at(Sign::kWeakest) = Doubt(form.fit.weakest);
  at(Sign::kFar) = std::min(kManyOf, form.fit.far);
  at(Sign::kInPart) = Few(form.fit.in_part);
  at(Sign::kRoles) = Doubt(form.fit.roles);
  if (!standing.governed) {
    at(Sign::kJoins) = Few(static_cast<std::size_t>(form.fit.joins));
    at(Sign::kLinked) = Few(static_cast<std::size_t>(form.fit.linked));
    at(Sign::kBetween) = Few(static_cast<std::size_t>(form.fit.between));
  }
  at(Sign::kAssumptions) = Doubt(form.fit.assumed);
  at(Sign::kPassedOver) = Doubt(outline.score);
  at(Sign::kUnknown) = Few(outline.unknown.size());
  at(Sign::kTiedPath) = standing.ties ? 1 : 0;
  at(Sign::kRival) = std::clamp(standing.rival, 0.0, 1.0);
  at(Sign::kChoices) = Few(form.fit.choices);
  CountConditions(form, outline.compares, &signs);
  at(Sign::kLooseText) = Few(form.fit.loose_texts);
  at(Sign::kExclusions) = Few(form.nested.size());
  at(Sign::kGroups) = form.group_entities.empty() ? 0 : 1;
  at(Sign::kGroupLabels) = form.fit.labels > 0 && !standing.governed ? 1 : 0;
  at(Sign::kGroupColumns) = form.group_entities.empty() && !form.groups.empty() ? 1 : 0;
  at(Sign::kPeriods) = form.grain ? 1 : 0;
  at(Sign::kRanked) = form.rank || form.restriction ? 1 : 0;
  at(Sign::kSorted) = form.order.empty() ? 0 : 1;
  at(Sign::kAggregates) = Few(
      static_cast<std::size_t>(std::count_if(form.outputs.begin(), form.outputs.end(),
                                             [](const FormValue& v) { return v.IsAggregate(); })));
  at(Sign::kDistinct) = form.distinct ? 1 : 0;
  CountShown(form, &signs);
  if (standing.governed) at(Sign::kImplied) = 0;
  at(Sign::kBeside) = Few(BesideOf(form));
  const double length = static_cast<double>(standing.length);
  at(Sign::kLength) = std::clamp(length / kPlainLength - 1, 0.0, kLongestLength);
  return signs;
}

double ConfidenceOf(const Signs& signs) {
  double log_odds = kLogOdds;
  for (std::size_t i = 0; i < kSigns; ++i) log_odds -= kLogDivisors[i] * signs[i];
  return 1 / (1 + std::exp(-log_odds));
}

double DivisorOf(Sign sign, double amount) {
  return std::exp(kLogDivisors[static_cast<std::size_t>(sign)] * amount);
}

std::string_view NameOf(Sign sign) { return kWords[static_cast<std::size_t>(sign)].first; }

std::string_view InWords(Sign sign) { return kWords[static_cast<std::size_t>(sign)].second; }

}  // namespace loupe::ask
