#include "core/ask/trace_report.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/ask/meaning_words.hpp"
#include "core/ask/rank.hpp"
#include "core/base/number_format.hpp"
#include "core/base/utf8.hpp"
#include "core/semantic/join_graph.hpp"

namespace loupe::ask {
namespace {

double Rounded(double weight) { return std::round(weight * 1e4) / 1e4; }

std::string WeightInWords(double weight) { return NumberToText(Rounded(weight)); }

// A meaning, or several that read alike, of which one may be taken.
struct Candidate {
  std::string words;
  double weight = 0;
  std::optional<bool> taken;
};

class Reporter {
 public:
  Reporter(const Trace& trace, const Reading& reading, const semantic::Model& model)
      : trace_(trace),
        reading_(reading),
        model_(model),
        teller_(model, trace.quantities, trace.words) {
    if (trace_.readings.empty()) return;
    form_ = &trace_.readings.front().form;
    if (form_->origin >= 0) {
      binding_ = &trace_.bindings[static_cast<std::size_t>(form_->origin)];
    }
  }

  std::vector<Finding> Report() {
    if (trace_.pair) {
      Add("taught", trace_.pair->question, trace_.pair->words, 1, true);
      Add("sql", "taught", trace_.pair->sql, std::nullopt);
    }
    AddSpans();
    for (const std::string& word : trace_.unknown) {
      Add("unknown", word, "means nothing here", std::nullopt);
    }
    AddPhrases();
    AddJoins();
    AddFactors();
    AddSigns();
    AddReadings();
    for (const std::string& warning : reading_.warnings) {
      Add("warning", "", warning, std::nullopt);
    }
    if (trace_.pair) {
      Add("verdict", OutcomeName(Outcome::kAnswered), "by what was taught; else: " + Verdict(), 1);
    } else {
      Add("verdict", OutcomeName(reading_.outcome), Verdict(), reading_.confidence);
    }
    return std::move(findings_);
  }

 private:
  void Add(const char* part, const std::string& words, std::string meaning,
           std::optional<double> weight, std::optional<bool> taken = std::nullopt) {
    if (weight) weight = Rounded(*weight);
    findings_.push_back({part, Clipped(words, kToldLetters), std::move(meaning), weight, taken});
  }

  [[nodiscard]] std::string TextOf(const Segment& segment) const {
    std::string text;
    for (std::size_t t = segment.begin; t < segment.end; ++t) {
      text += (text.empty() ? "" : " ") + trace_.tokens[t].text;
    }
    return text;
  }

  // The reading of a phrase that the winner takes.
  [[nodiscard]] const PhraseReading* ChosenOf(std::size_t phrase) const {
    if (binding_ == nullptr) return nullptr;
    return &trace_.phrases[phrase].readings[binding_->choices[phrase].reading];
  }

  static bool IsNamed(MeaningKind kind) {
    return kind == MeaningKind::kEntity || kind == MeaningKind::kDimension ||
           kind == MeaningKind::kMeasure || kind == MeaningKind::kQuantity ||
           kind == MeaningKind::kValue;
  }

  [[nodiscard]] MemberRef RefOf(const Meaning& meaning) const {
    if (meaning.kind != MeaningKind::kQuantity) return {meaning.entity, meaning.member};
    const Quantity& quantity = trace_.quantities[static_cast<std::size_t>(meaning.member)];
    return {quantity.entity, quantity.dimension};
  }

  static bool Holds(const Json& value, const std::string& text) {
    return value.IsString() && value.AsString() == text;
  }

  [[nodiscard]] bool IsTaken(const Meaning& meaning, const PhraseReading& reading) const {
    using Head = PhraseReading::Head;
    const MemberRef ref = RefOf(meaning);
    const bool filters =
        std::any_of(reading.filters.begin(), reading.filters.end(), [&](const auto& filter) {
          return filter.column == ref &&
                 (meaning.kind != MeaningKind::kValue ||
                  (filter.taught == meaning.taught && Holds(filter.value, meaning.value)));
        });
    switch (meaning.kind) {
      case MeaningKind::kEntity:
        return reading.head == Head::kEntity
                   ? reading.ref.entity == meaning.entity
                   : std::find(reading.entities.begin(), reading.entities.end(), meaning.entity) !=
                         reading.entities.end();
      case MeaningKind::kDimension:
        return filters || (reading.head == Head::kColumn && reading.ref == ref);
      case MeaningKind::kMeasure:
        return reading.head == Head::kMeasure && reading.ref == ref;
      case MeaningKind::kQuantity:
        return filters || (reading.head == Head::kColumn && reading.ref == ref) ||
               (reading.head == Head::kQuantity && reading.ref.member == meaning.member);
      default:
        break;
    }
    return filters;
  }

  // Values beside a comparison stand in no phrase: the conditions tell which column they are of.
  [[nodiscard]] bool IsTakenByForm(const Meaning& meaning) const {
    const auto takes = [&](const FormCondition& condition) {
      return condition.left.ref == RefOf(meaning) &&
             std::any_of(condition.values.begin(), condition.values.end(),
                         [&](const Json& value) { return Holds(value, meaning.value); });
    };
    if (std::any_of(form_->conditions.begin(), form_->conditions.end(), takes)) return true;
    return std::any_of(form_->nested.begin(), form_->nested.end(), [&](const FormGroup& group) {
      return std::any_of(group.conditions.begin(), group.conditions.end(), takes);
    });
  }

  [[nodiscard]] std::optional<bool> Taken(const Segment& segment, const Meaning& meaning) const {
    if (!IsNamed(meaning.kind)) return &meaning == &segment.meanings.front();
    if (binding_ == nullptr) return std::nullopt;
    if (meaning.kind == MeaningKind::kValue && IsTakenByForm(meaning)) return true;
    for (std::size_t p = 0; p < trace_.phrases.size(); ++p) {
      const std::vector<std::size_t>& parts = trace_.phrases[p].segments;
      const bool inside = std::find(parts.begin(), parts.end(), segment.begin) != parts.end();
      if (inside && IsTaken(meaning, *ChosenOf(p))) return true;
    }
    return false;
  }

  static void Keep(std::string words, double weight, std::optional<bool> taken,
                   std::vector<Candidate>* candidates) {
    if (words.empty()) return;
    for (Candidate& known : *candidates) {
      if (known.words != words) continue;
      if (taken && *taken) known = {std::move(words), weight, taken};
      return;
    }
    candidates->push_back({std::move(words), weight, taken});
  }

  // The best ones and the one that is taken; how many others there are.
  void Tell(const char* part, const std::string& words, const std::string& role,
            const std::vector<Candidate>& candidates) {
    std::size_t told = 0;
    std::size_t left = 0;
    for (const Candidate& candidate : candidates) {
      const bool taken = candidate.taken.value_or(false);
      if (!taken && told == kToldMeanings) {
        ++left;
        continue;
      }
      if (!taken) ++told;
      Add(part, words, role + candidate.words, candidate.weight, candidate.taken);
    }
    if (left > 0) Add(part, words, std::to_string(left) + " more", std::nullopt, false);
  }

  void AddSpans() {
    for (const Segment& segment : trace_.segments) {
      if (segment.meanings.front().kind == MeaningKind::kPause) continue;
      std::vector<Candidate> candidates;
      for (const Meaning& meaning : segment.meanings) {
        const std::optional<bool> taken = Taken(segment, meaning);
        const bool unknown = meaning.kind == MeaningKind::kUnknown;
        Keep(teller_.Tell(meaning), unknown ? 0 : meaning.weight, unknown ? false : taken,
             &candidates);
      }
      Tell("span", TextOf(segment), "", candidates);
    }
  }

  void AddPhrases() {
    for (std::size_t p = 0; p < trace_.phrases.size(); ++p) {
      const TracedPhrase& phrase = trace_.phrases[p];
      const PhraseReading* chosen = ChosenOf(p);
      std::vector<Candidate> candidates;
      for (const PhraseReading& reading : phrase.readings) {
        std::optional<bool> taken;
        if (chosen != nullptr) taken = chosen == &reading;
        Keep(teller_.Tell(reading), reading.weight, taken, &candidates);
      }
      if (candidates.empty()) Add("phrase", phrase.words, "has no meaning as a whole", 0, false);
      Tell("phrase", phrase.words, phrase.role + ": ", candidates);
    }
  }

  // The entities on the way, "order_items → orders → customers"; those that are hidden have no
  // names.
  [[nodiscard]] std::string WayOf(const TracedReach& reach) const {
    using semantic::JoinGraph;
    const auto at = [&](int entity) { return &model_.entities[static_cast<std::size_t>(entity)]; };
    const auto name = [](const semantic::Entity& entity) {
      return entity.is_public ? entity.name : std::string("…");
    };
    std::string way = name(*at(reach.from));
    const auto steps = JoinGraph(model_).FindTree(*at(reach.from), {at(reach.entity)},
                                                  JoinGraph::Along::kAll, JoinGraph::Ties::kFirst);
    if (!steps.ok()) return way + " → " + name(*at(reach.entity));
    for (const semantic::JoinStep& step : steps.value()) way += " → " + name(*step.to);
    return way;
  }

  void AddJoins() {
    if (binding_ == nullptr) return;
    for (std::size_t i = 1; i < binding_->reaches.size(); ++i) {
      const TracedReach& reach = binding_->reaches[i];
      const std::string entity = teller_.Entity(reach.entity);
      const std::string joins = std::to_string(reach.distance);
      if (reach.from < 0) {
        Add("join", entity, "no joins lead there", reach.weight);
      } else {
        Add("join", entity, joins + (reach.distance == 1 ? " join: " : " joins: ") + WayOf(reach),
            reach.weight);
      }
    }
  }

  void AddFactors() {
    if (binding_ == nullptr) return;
    double words = 1;
    double roles = 1;
    for (std::size_t p = 0; p < trace_.phrases.size(); ++p) {
      const TracedChoice& choice = binding_->choices[p];
      words *= ChosenOf(p)->weight;
      roles *= choice.fit * choice.together;
    }
    double joins = 1;
    for (const TracedReach& reach : binding_->reaches) joins *= reach.weight;
    const double tied = trace_.readings.front().score / form_->score;
    Add("factor", "words", "how well the phrases name what they stand for", words);
    Add("factor", "roles", "how well that suits what is asked of it", roles);
    Add("factor", "joins", "how near the tables lie", joins);
    Add("factor", "assumptions", "what nobody said and had to be assumed", binding_->assumed);
    if (trace_.passed_over < 1) {
      Add("factor", "passed over", "words that found no place", trace_.passed_over);
    }
    if (trace_.unknown_weight < 1) {
      Add("factor", "unknown", "words that mean nothing here", trace_.unknown_weight);
    }
    if (tied < 1) Add("factor", "ties", "one of two equal ways to join", tied);
  }

  // What takes from the confidence of the first reading.
  void AddSigns() {
    if (trace_.readings.empty()) return;
    for (std::size_t i = 0; i < kSigns; ++i) {
      if (trace_.signs[i] == 0) continue;
      const Sign sign = static_cast<Sign>(i);
      const double share = 1 / DivisorOf(sign, trace_.signs[i]);
      Add("sign", std::string(NameOf(sign)),
          std::string(InWords(sign)) + ": odds × " + WeightInWords(share), trace_.signs[i]);
    }
  }

  void AddReadings() {
    for (std::size_t i = 0; i < trace_.readings.size() && i < kToldReadings; ++i) {
      const TracedReading& told = trace_.readings[i];
      const std::string place = std::to_string(i + 1);
      const bool taken = i == 0 && reading_.outcome == Outcome::kAnswered && !trace_.pair;
      Add("reading", place, told.words, told.score * trace_.unknown_weight, taken);
      if (!told.sql.empty()) Add("sql", place, told.sql, std::nullopt);
    }
  }

  [[nodiscard]] std::string Verdict() const {
    if (trace_.readings.empty()) return reading_.reason;
    const double confidence = ConfidenceOf(trace_.signs);
    const std::string threshold = WeightInWords(trace_.least_confidence);
    if (confidence < trace_.least_confidence) {
      return WeightInWords(confidence) + " is less than the " + threshold + " that an answer needs";
    }
    std::string text = WeightInWords(confidence) + " is at least " + threshold;
    if (trace_.readings.size() == 1) return text + "; there is no other reading" + Failure();
    const bool near = trace_.readings[1].score >= trace_.readings[0].score * kMargin;
    text += near ? ", but the second reading is not below " : "; the second reading is below ";
    text += WeightInWords(kMargin * 100) + " % of the first";
    return text + Failure();
  }

  // A reading that cannot be compiled is no answer, whatever it scored.
  [[nodiscard]] std::string Failure() const {
    return reading_.outcome == Outcome::kAbstained ? "; " + reading_.reason : std::string();
  }

  const Trace& trace_;
  const Reading& reading_;
  const semantic::Model& model_;
  MeaningTeller teller_;
  const Form* form_ = nullptr;  // of the first reading
  const TracedBinding* binding_ = nullptr;
  std::vector<Finding> findings_;
};

Json ToJson(const Finding& finding) {
  Json json = Json::MakeObject();
  json.Set("words", finding.words);
  json.Set("meaning", finding.meaning);
  if (finding.weight) json.Set("weight", *finding.weight);
  if (finding.taken) json.Set("taken", *finding.taken);
  return json;
}

Json VerdictOf(const Finding& finding, const Trace& trace) {
  Json verdict = Json::MakeObject();
  verdict.Set("status", finding.words);
  verdict.Set("reason", finding.meaning);
  verdict.Set("confidence", finding.weight.value_or(0));
  verdict.Set("least_confidence", trace.least_confidence);
  verdict.Set("margin", kMargin);
  return verdict;
}

}  // namespace

std::vector<Finding> FindingsOf(const Trace& trace, const Reading& reading,
                                const semantic::Model& model) {
  return Reporter(trace, reading, model).Report();
}

Json FindingsToJson(const std::vector<Finding>& findings, const Trace& trace) {
  constexpr std::pair<std::string_view, std::string_view> kLists[] = {
      {"span", "spans"},       {"unknown", "unknown"}, {"phrase", "phrases"},
      {"join", "joins"},       {"factor", "factors"},  {"sign", "signs"},
      {"reading", "readings"}, {"warning", "warnings"}};
  Json json = Json::MakeObject();
  if (trace.pair) {
    json.Set("taught", Json::Of({{"question", trace.pair->question},
                                 {"meaning", trace.pair->words},
                                 {"sql", trace.pair->sql}}));
  }
  for (const auto& [part, list] : kLists) {
    Json items = Json::MakeArray();
    for (const Finding& finding : findings) {
      if (finding.part != part) continue;
      Json item = ToJson(finding);
      if (part == "reading") {
        const TracedReading& told = trace.readings[items.items().size()];
        if (!told.query.IsNull()) item.Set("query", told.query);
        if (!told.sql.empty()) item.Set("sql", told.sql);
      }
      items.Append(std::move(item));
    }
    json.Set(list, std::move(items));
  }
  json.Set("verdict", VerdictOf(findings.back(), trace));
  return json;
}

const char* OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAnswered:
      return "answered";
    case Outcome::kClarify:
      return "clarify";
    case Outcome::kAbstained:
      break;
  }
  return "abstained";
}

}  // namespace loupe::ask
