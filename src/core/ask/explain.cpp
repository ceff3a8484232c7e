#include "core/ask/explain.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "core/ask/query_view.hpp"
#include "core/ask/stem.hpp"
#include "core/base/time_format.hpp"
#include "core/base/utf8.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

using semantic::Aggregation;
using semantic::Entity;
using semantic::Measure;

constexpr std::pair<std::string_view, std::string_view> kOperators[] = {
    {"gt", "is more than"},      {"gte", "is at least"},
    {"lt", "is less than"},      {"lte", "is at most"},
    {"beforeDate", "is before"}, {"afterOrOnDate", "is on or after"},
    {"contains", "contains"},    {"equals", "is"},
    {"notEquals", "is not"},     {"set", "is known"},
    {"notSet", "is not known"},  {"inDateRange", "is in"},
};

std::string Lower(const semantic::Labels& labels, std::string_view name) {
  return AsciiLower(semantic::TitleOf(labels, name));
}

// "airlines" gives "airline", "countries" "country".
std::string Singular(std::string words) {
  const std::size_t size = words.size();
  if (!IsPlural(words)) return words;
  if (size > 4 && words.compare(size - 3, 3, "ies") == 0) return words.substr(0, size - 3) + "y";
  if (words.back() == 's') words.pop_back();
  return words;
}

void AddPart(const std::string& part, std::string* text) {
  if (part.empty()) return;
  *text += (text->empty() ? "" : ", ") + part;
}

std::string MeasureInWords(const Entity& entity, const Measure& measure, Naming naming) {
  const std::string whose = " of " + Lower(entity.labels, entity.name);
  const bool rows = measure.aggregation == Aggregation::kCount && measure.name == "count";
  if (rows) return "count" + whose;
  return Lower(measure.labels, measure.name) + (naming == Naming::kQualified ? whose : "");
}

// "status is open or status is shipped"; as deep as queries nest filters, which their parser
// bounds.
std::string FilterInWords(const Json& filter, const semantic::Model& model, Naming naming) {
  for (const char* link : {"or", "and"}) {
    if (filter.Find(link) == nullptr) continue;
    std::vector<std::string> parts;
    for (const Json& part : ItemsOf(filter, link)) {
      parts.push_back(FilterInWords(part, model, naming));
    }
    return JoinWords(parts, link);
  }
  const std::string op = TextOf(filter, "operator");
  std::string text = MemberInWords(TextOf(filter, "member"), model, naming);
  for (const auto& [name, words] : kOperators) {
    if (op == name) text += " " + std::string(words);
  }
  std::vector<std::string> values;
  for (const Json& value : ItemsOf(filter, "values")) values.push_back(TextOf(value));
  if (op == "inDateRange" && values.size() == 2) {
    return text + " " + RangeInWords(values[0], values[1]);
  }
  if (!values.empty()) text += " " + JoinWords(values, "or");
  return text;
}

std::string TimeInWords(const Json& time, const semantic::Model& model, Naming naming) {
  const Json::Array range = ItemsOf(time, "dateRange");
  if (range.empty()) return {};
  const std::string words = RangeInWords(TextOf(range.front()), TextOf(range.back()));
  const bool day = TextOf(range.front()) == TextOf(range.back());
  return MemberInWords(TextOf(time, "dimension"), model, naming) + (day ? " is on " : " is in ") +
         words;
}

std::string GroupsInWords(const Json& query, const semantic::Model& model, Naming naming) {
  std::vector<std::string> groups;
  for (const Json& member : ItemsOf(query, "dimensions")) {
    groups.push_back(MemberInWords(TextOf(member), model, naming));
  }
  for (const Json& time : ItemsOf(query, "timeDimensions")) {
    const std::string grain = TextOf(time, "granularity");
    if (grain.empty()) continue;
    groups.push_back(grain + " of " + MemberInWords(TextOf(time, "dimension"), model, naming));
  }
  return JoinWords(groups, "and");
}

bool IsSortedBy(const Json& query, const std::string& member) {
  for (const Json& pair : ItemsOf(query, "order")) {
    if (pair.IsArray() && !pair.items().empty() && TextOf(pair.items()[0]) == member) return true;
  }
  return false;
}

std::string OrderInWords(const Json& query, const semantic::Model& model, Naming naming) {
  std::vector<std::string> parts;
  for (const Json& pair : ItemsOf(query, "order")) {
    if (!pair.IsArray() || pair.items().size() != 2) continue;
    const bool descending = TextOf(pair.items()[1]) == "desc";
    parts.push_back(MemberInWords(TextOf(pair.items()[0]), model, naming) +
                    (descending ? " descending" : " ascending"));
  }
  return parts.empty() ? std::string() : "sorted by " + JoinWords(parts, "and");
}

}  // namespace

std::string JoinWords(const std::vector<std::string>& words, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " " + std::string(last) + " " : ", ";
    text += words[i];
  }
  return text;
}

std::string MemberInWords(std::string_view member, const semantic::Model& model, Naming naming) {
  const std::size_t dot = member.find('.');
  if (dot == std::string_view::npos) return std::string(member);
  const Entity* entity = model.FindEntity(member.substr(0, dot));
  std::string_view name = member.substr(dot + 1);
  const std::size_t grain = name.find('.');
  if (grain != std::string_view::npos) name = name.substr(grain + 1);
  if (entity == nullptr || grain != std::string_view::npos) return std::string(name);
  if (const Measure* measure = entity->FindMeasure(name))
    return MeasureInWords(*entity, *measure, naming);
  const semantic::Dimension* dimension = entity->FindDimension(name);
  if (dimension == nullptr) return std::string(member);
  const std::string words = Lower(dimension->labels, dimension->name);
  // A bare "name" or "id" does not say whose.
  const bool generic = naming == Naming::kQualified || words == "name" || words == "title" ||
                       words == "id" || words == "code";
  return generic ? Singular(Lower(entity->labels, entity->name)) + " " + words : words;
}

std::string PeriodInWords(const DateTime& start, TimeUnit unit) {
  const std::int64_t millis = ToMillis(start);
  switch (unit) {
    case TimeUnit::kYear:
      return FormatTime("%Y", millis);
    case TimeUnit::kQuarter:
      return FormatTime("Q%q %Y", millis);
    case TimeUnit::kMonth:
      return FormatTime("%B %Y", millis);
    case TimeUnit::kWeek:
      return "the week of " + FormatTime("%-d %B %Y", millis);
    case TimeUnit::kDay:
      return FormatTime("%-d %B %Y", millis);
    default:
      return FormatTime("%-d %B %Y %H:%M", millis);
  }
}

std::string RangeInWords(std::string_view from, std::string_view to) {
  const std::optional<DateTime> first = ParseDateTime(from);
  const std::optional<DateTime> last = ParseDateTime(to);
  std::string plain = std::string(from) + " to " + std::string(to);
  const bool dates = first && last && from.size() == 10 && to.size() == 10;
  if (!dates) return plain;
  const DateTime end = Add(*last, TimeUnit::kDay, 1);
  for (TimeUnit unit : {TimeUnit::kYear, TimeUnit::kQuarter, TimeUnit::kMonth, TimeUnit::kDay}) {
    if (Truncate(*first, unit) == *first && Add(*first, unit, 1) == end) {
      return PeriodInWords(*first, unit);
    }
  }
  return plain;
}

std::string ExplainFilters(const Json& query, const semantic::Model& model, Naming naming) {
  std::vector<std::string> conditions;
  for (const Json& filter : ItemsOf(query, "filters")) {
    // A ranking leaves out groups without a value: no condition of the person's.
    if (TextOf(filter, "operator") == "set" && IsSortedBy(query, TextOf(filter, "member")))
      continue;
    conditions.push_back(FilterInWords(filter, model, naming));
  }
  for (const Json& time : ItemsOf(query, "timeDimensions")) {
    const std::string words = TimeInWords(time, model, naming);
    if (!words.empty()) conditions.push_back(words);
  }
  return conditions.empty() ? std::string() : "where " + JoinWords(conditions, "and");
}

std::string Explain(const Json& query, const semantic::Model& model, Naming naming) {
  std::string text;
  std::vector<std::string> measures;
  for (const Json& member : ItemsOf(query, "measures")) {
    measures.push_back(MemberInWords(TextOf(member), model, naming));
  }
  AddPart(JoinWords(measures, "and"), &text);
  const std::string groups = GroupsInWords(query, model, naming);
  const bool list = measures.empty();
  const bool rows = query.Find("ungrouped") != nullptr;
  const std::string_view head = !list ? "by " : rows ? "list of " : "different ";
  if (!groups.empty()) AddPart(std::string(head) + groups, &text);
  AddPart(ExplainFilters(query, model, naming), &text);
  AddPart(OrderInWords(query, model, naming), &text);
  const std::string limit = TextOf(query, "limit");
  if (!limit.empty()) AddPart("first " + limit, &text);
  return text;
}

}  // namespace loupe::ask
