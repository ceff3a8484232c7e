#include "core/ask/rank.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/ask/bind.hpp"
#include "core/ask/confidence.hpp"
#include "core/ask/explain.hpp"
#include "core/ask/form_query.hpp"
#include "core/ask/form_sql.hpp"
#include "core/ask/language.hpp"
#include "core/ask/trace.hpp"
#include "core/ask/words.hpp"
#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"
#include "core/semantic/compile.hpp"
#include "core/semantic/query.hpp"
#include "core/sql/printer.hpp"

namespace loupe::ask {
namespace {

using semantic::JoinGraph;

constexpr double kLeastScore = 1e-9;
constexpr double kUnknownWeight = 0.28;       // for each word that nothing here explains
constexpr double kUnknownVerbWeight = 0.92;   // the same when its form is a verb's
constexpr double kTiedPathWeight = 0.7;       // one of two ways to join
constexpr double kGuessedJoinWeight = 0.96;   // of tables that no declared key connects
constexpr double kAlternativeWeight = 0.6;    // of the best: readings below are not worth a mention
constexpr std::size_t kMaxOffers = 5;         // known names in an abstention
constexpr std::size_t kMaxNamedWords = 5;     // unknown words spelled out in the reason
constexpr std::size_t kMaxNamedLetters = 60;  // of one name or unknown word
constexpr std::size_t kManyUnknown = 3;       // from here on the question may not be English

std::string Quote(const std::string& text) { return "\"" + text + "\""; }

std::string JoinQuoted(const std::vector<std::string>& words, std::size_t limit) {
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < limit; ++i) {
    text += (i == 0 ? "" : ", ") + Quote(Clipped(words[i], kMaxNamedLetters));
  }
  if (words.size() > limit) text += ", …";
  return text;
}

// The nearest phrases of the unknown words, else the first entities of the model that show.
std::string Offer(const std::vector<std::string>& unknown, const semantic::Model& model,
                  const Lexicon& lexicon) {
  std::vector<std::string> near;
  for (std::size_t i = 0; i < unknown.size() && i < kMaxNamedWords; ++i) {
    const std::optional<std::string> name = NearestName(AsciiLower(unknown[i]), lexicon.phrases());
    if (name && std::find(near.begin(), near.end(), *name) == near.end()) near.push_back(*name);
  }
  if (!near.empty()) return "Nearest known: " + JoinQuoted(near, kMaxOffers) + ".";
  std::vector<std::string> known;
  for (const semantic::Entity& entity : model.entities) {
    if (entity.is_public) known.push_back(entity.name);
  }
  if (known.empty()) return "Nothing that can be asked about is known here.";
  return "Known here: " + JoinQuoted(known, kMaxOffers) + ".";
}

// A verb may say what everybody knows, "flights that left"; not so "cancelled flights".
bool IsPassedOver(const std::string& word, const Outline& outline) {
  return IsVerbForm(AsciiLower(word)) &&
         std::find(outline.restricting.begin(), outline.restricting.end(), word) ==
             outline.restricting.end();
}

// Unknown words that are not passed over, each once.
std::vector<std::string> UnknownNouns(const Outline& outline) {
  std::vector<std::string> words;
  for (const std::string& word : outline.unknown) {
    if (!IsPassedOver(word, outline) &&
        std::find(words.begin(), words.end(), word) == words.end()) {
      words.push_back(word);
    }
  }
  return words;
}

double UnknownWeight(const Outline& outline) {
  double weight = 1;
  for (const std::string& word : outline.unknown) {
    weight *= IsVerbForm(AsciiLower(word)) ? kUnknownVerbWeight : kUnknownWeight;
  }
  return weight;
}

// A form that can be run, with what runs.
struct Runnable {
  const Form* form = nullptr;
  double score = 0;
  bool ties = false;  // one of several ways to join
  Json query;
  std::string sql;
  std::vector<std::string> guesses;  // joins without a declared key, as warnings

  [[nodiscard]] bool Same(const Runnable& other) const {
    return sql == other.sql && query.Dump() == other.query.Dump();
  }
};

class Chooser {
 public:
  Chooser(const semantic::Model& model, Layer layer, const DateTime& now,
          std::optional<std::int64_t> default_limit)
      : model_(model), layer_(layer), now_(now), default_limit_(default_limit), graph_(model) {}

  // Keeps the form when it can be run and is not there yet in other words.
  void Offer(const Form& form) {
    Runnable runnable;
    runnable.form = &form;
    runnable.score = form.score;
    Status status =
        NeedsQuery(form) || FitsQuery(form) ? AsQuery(form, &runnable) : AsSql(form, &runnable);
    // A measure of more than a column.
    if (!status.ok() && HasMeasure(form)) status = AsQuery(form, &runnable);
    if (!status.ok()) {
      if (failure_.empty()) failure_ = status.message();
      return;
    }
    for (const std::string& join : GuessedJoinsOf(form, model_, graph_)) {
      runnable.guesses.push_back("no key is declared: joined where " + join);
    }
    if (!runnable.guesses.empty()) runnable.score *= kGuessedJoinWeight;
    for (Runnable& known : runnables_) {
      if (!known.Same(runnable)) continue;
      if (runnable.score > known.score) known = std::move(runnable);
      return;
    }
    runnables_.push_back(std::move(runnable));
  }

  // Best first.
  std::vector<Runnable> Take() {
    std::stable_sort(runnables_.begin(), runnables_.end(),
                     [](const Runnable& a, const Runnable& b) { return a.score > b.score; });
    return std::move(runnables_);
  }

  [[nodiscard]] const std::string& failure() const { return failure_; }

 private:
  [[nodiscard]] bool NeedsQuery(const Form& form) const {
    if (layer_ == Layer::kQueries) return true;
    const bool within = form.rank && form.rank->IsWithin();
    // Which no query says.
    if (form.share || form.growth || within || form.HasDifferences()) return false;
    return form.grain.has_value();
  }

  static bool HasMeasure(const Form& form) {
    const auto is_measure = [](const FormValue& value) {
      return value.kind == FormValue::Kind::kMeasure;
    };
    return std::any_of(form.outputs.begin(), form.outputs.end(), is_measure) ||
           (form.rank && is_measure(form.rank->by));
  }

  // Whether a query shows just what the form does: then the layer answers, with its names, its
  // order and its own care for what is counted.
  [[nodiscard]] bool FitsQuery(const Form& form) const {
    const Result<Json> query = FormToQuery(form, model_);
    if (!query.ok()) return false;
    std::size_t columns = 0;
    for (const char* part : {"measures", "dimensions"}) {
      const Json* members = query.value().Find(part);
      if (members != nullptr) columns += members->items().size();
    }
    if (columns != form.outputs.size() || query.value().Find("ungrouped") != nullptr) return false;
    const Result<semantic::Query> parsed = semantic::ParseQuery(query.value());
    return parsed.ok() && semantic::CompileQuery(parsed.value(), model_, {now_, ""}).ok();
  }

  Status AsQuery(const Form& form, Runnable* runnable) const {
    LOUPE_ASSIGN_OR_RETURN(runnable->query, FormToQuery(form, model_));
    return Status::Ok();
  }

  Status AsSql(const Form& form, Runnable* runnable) const {
    Result<sql::Select> select = FormToSelect(form, model_, graph_, JoinGraph::Ties::kError);
    if (!select.ok() && select.status().code() == Code::kSemanticAmbiguousPath) {
      select = FormToSelect(form, model_, graph_, JoinGraph::Ties::kFirst);
      runnable->score *= kTiedPathWeight;
      runnable->ties = true;
    }
    if (!select.ok()) return select.status();
    if (!select.value().limit) select.value().limit = default_limit_;
    runnable->sql = sql::Print(select.value());
    return Status::Ok();
  }

  const semantic::Model& model_;
  Layer layer_;
  DateTime now_;
  std::optional<std::int64_t> default_limit_;
  JoinGraph graph_;
  std::vector<Runnable> runnables_;
  std::string failure_;
};

std::string InWords(const Runnable& runnable, const semantic::Model& model, Naming naming) {
  return runnable.sql.empty() ? Explain(runnable.query, model, naming)
                              : Explain(*runnable.form, model, naming);
}

bool IsTotal(const Form& form) {
  const bool grouped = !form.groups.empty() || !form.group_entities.empty() || form.grain;
  return !grouped && std::all_of(form.outputs.begin(), form.outputs.end(),
                                 [](const FormValue& value) { return value.IsAggregate(); });
}

void KeepReadings(const std::vector<Runnable>& runnables, const semantic::Model& model,
                  Trace* trace) {
  for (const Runnable& runnable : runnables) {
    trace->readings.push_back({*runnable.form, InWords(runnable, model, Naming::kQualified),
                               runnable.query, runnable.sql, runnable.score});
  }
}

// Readings in words, best first, each told once and none that is `known`.
std::vector<std::string> Tell(const std::vector<Runnable>& runnables, const semantic::Model& model,
                              const std::string& known, Naming naming) {
  std::vector<std::string> readings;
  for (const Runnable& runnable : runnables) {
    if (readings.size() == kMaxAlternatives) break;
    if (runnable.score < runnables.front().score * kAlternativeWeight) break;
    std::string words = InWords(runnable, model, naming);
    const bool told =
        words == known || std::find(readings.begin(), readings.end(), words) != readings.end();
    if (!told) readings.push_back(std::move(words));
  }
  return readings;
}

// The readings to choose from. Where short words make them all one, the entities tell them apart.
std::vector<std::string> Choices(const std::vector<Runnable>& runnables,
                                 const semantic::Model& model) {
  std::vector<std::string> readings = Tell(runnables, model, {}, Naming::kShort);
  return readings.size() > 1 ? readings : Tell(runnables, model, {}, Naming::kQualified);
}

// How far the first reading is ahead.
Standing StandingOf(const std::vector<Runnable>& runnables, const std::vector<Token>& tokens,
                    Layer layer) {
  Standing standing;
  const Runnable& best = runnables.front();
  if (runnables.size() > 1) standing.rival = runnables[1].score / std::max(best.score, kLeastScore);
  standing.ties = best.ties;
  standing.governed = layer == Layer::kQueries;
  standing.length = tokens.size();
  return standing;
}

Reading Abstain(std::string reason) {
  Reading reading;
  reading.reason = std::move(reason);
  return reading;
}

Reading AbstainUnknown(std::vector<std::string> unknown, const std::vector<Token>& tokens,
                       const semantic::Model& model, const Lexicon& lexicon) {
  Reading reading;
  const bool one = unknown.size() == 1;
  reading.reason = JoinQuoted(unknown, kMaxNamedWords) +
                   (one ? " means nothing here. " : " mean nothing here. ");
  reading.reason += Offer(unknown, model, lexicon);
  const std::string_view language = ForeignLanguageOf(tokens);
  if (!language.empty()) {
    reading.reason = "the question seems to be in " + std::string(language) +
                     "; questions are understood in English";
  } else if (unknown.size() >= kManyUnknown && unknown.size() * 2 >= tokens.size()) {
    reading.reason += " Questions are understood in English.";
  }
  reading.unknown_words = std::move(unknown);
  return reading;
}

}  // namespace

Reading Decide(const Outline& outline, const std::vector<Token>& tokens,
               const semantic::Model& model, const Lexicon& lexicon, const DateTime& now,
               Layer layer, const Context& context, const ReadOptions& options) {
  const std::vector<std::string> unknown = UnknownNouns(outline);
  if (!unknown.empty()) return AbstainUnknown(unknown, tokens, model, lexicon);
  if (!outline.failure.empty()) return Abstain(outline.failure);
  const Bindings bindings = BindOutline(outline, tokens, model, lexicon, context, options.trace);
  Chooser chooser(model, layer, now, options.default_limit);
  for (const Form& form : bindings.forms) chooser.Offer(form);
  const std::vector<Runnable> runnables = chooser.Take();
  if (runnables.empty()) {
    const std::string& failure = bindings.forms.empty() ? bindings.failure : chooser.failure();
    return Abstain(failure.empty() ? "the question is not understood well enough" : failure);
  }
  if (options.trace != nullptr) {
    options.trace->unknown_weight = UnknownWeight(outline);
    KeepReadings(runnables, model, options.trace);
  }
  const Runnable& best = runnables.front();
  Reading reading;
  const Signs signs = SignsOf(*best.form, outline, StandingOf(runnables, tokens, layer));
  if (options.trace != nullptr) options.trace->signs = signs;
  reading.confidence = ConfidenceOf(signs);
  reading.interpretation = InWords(best, model, Naming::kShort);
  if (reading.confidence < options.least_confidence) {
    reading.reason =
        "the question is not understood well enough; it may mean: " + reading.interpretation;
    reading.interpretation.clear();
    return reading;
  }
  reading.query = best.query;
  reading.sql = best.sql;
  reading.warnings = best.form->warnings;
  reading.warnings.insert(reading.warnings.end(), best.guesses.begin(), best.guesses.end());
  reading.conditions = ExplainFilters(*best.form, model);
  reading.is_total = IsTotal(*best.form);
  const bool tied = runnables.size() > 1 && runnables[1].score >= best.score * kMargin;
  if (tied) {
    reading.outcome = Outcome::kClarify;
    reading.confidence /= 2;
    reading.alternatives = Choices(runnables, model);
    reading.reason = "the question can be read in more than one way";
    return reading;
  }
  reading.outcome = Outcome::kAnswered;
  reading.alternatives = Tell(runnables, model, reading.interpretation, Naming::kShort);
  return reading;
}

}  // namespace loupe::ask
