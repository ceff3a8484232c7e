#include "core/ask/bind.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/entity_graph.hpp"
#include "core/ask/phrase_reading.hpp"
#include "core/ask/shape.hpp"
#include "core/base/utf8.hpp"

namespace loupe::ask {
namespace {

constexpr std::size_t kBeam = 48;
constexpr std::size_t kMaxForms = 16;
constexpr std::size_t kMaxNamedLetters = 60;
constexpr std::size_t kMaxPhrases = 32;  // of a question
constexpr double kHopWeights[] = {1, 0.93, 0.86, 0.78, 0.7};
constexpr double kFarWeight = 0.55;
constexpr double kApartWeight = 0.02;   // no joins lead there
constexpr double kTruthMention = 0.95;  // "with a final exam", of a column of yes and no
constexpr double kNotOwned = 0.8;       // "names of singers", but not of the entity singer
constexpr double kAsGood = 0.9;         // of a phrase: a reading this near the one taken
constexpr double kNotBeside = 0.96;     // "states with an area", but not that of the states
constexpr double kOtherOfRun = 0.93;    // "name and theme" of different entities
constexpr double kSaidTwice = 0.6;      // two phrases of a list for one column
constexpr double kMereVerb = 0.05;      // "cited by", of no table that the question speaks of

// What a phrase is for, and how well heads of each kind suit it.
enum class Role {
  kOutput,
  kCounted,
  kShared,
  kAggregated,
  kTotalled,
  kMention,
  kSubject,
  kGroup,
  kCompared,
  kRanked,
  kSorted
};

struct Fit {
  double none, entity, column, measure;
};

Fit FitOf(Role role) {
  switch (role) {
    case Role::kOutput:
      return {0.5, 0.96, 1, 0.95};
    case Role::kCounted:
      return {0.6, 1, 0.85, 0.3};
    case Role::kShared:
      return {0.85, 1, 0.9, 0.95};
    case Role::kAggregated:
      return {0.1, 0.2, 1, 0.9};
    case Role::kTotalled:  // "total flights" counts
      return {0.1, 0.9, 1, 0.9};
    case Role::kMention:
      return {1, 1, 0.6, 0.3};
    case Role::kSubject:  // "top 3 payment methods"
      return {1, 1, 0.95, 0.3};
    case Role::kGroup:
      return {0.3, 0.97, 1, 0.1};
    case Role::kCompared:
      return {0.5, 0.95, 1, 1};
    case Role::kRanked:
      return {0.3, 0.97, 1, 1};
    case Role::kSorted:
      return {0.1, 0.5, 1, 1};
  }
  return {1, 1, 1, 1};
}

struct Slot {
  const NounPhrase* phrase;
  Role role;
  std::vector<PhraseReading> readings;
  std::vector<const NounPhrase*> copies;  // of the same words in other places
  std::optional<std::size_t> owner = {};  // the slot of what it is said to be of
};

// "the name and the age of every singer" as "of singers": which slot the singers are.
void FindOwners(const Outline& outline, std::vector<Slot>* slots) {
  const bool of_group =
      outline.groups.size() == 1 && outline.groups.front().preposition == MeaningKind::kOf;
  const auto place = [&](const NounPhrase& phrase) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < slots->size(); ++i) {
      if ((*slots)[i].phrase->parts == phrase.parts) return i;
    }
    return std::nullopt;
  };
  for (Slot& slot : *slots) {
    const int owner = slot.phrase->owner;
    if (owner >= 0 && static_cast<std::size_t>(owner) < outline.mentions.size()) {
      slot.owner = place(outline.mentions[static_cast<std::size_t>(owner)]);
    } else if (of_group && slot.phrase->run > 0) {
      slot.owner = place(outline.groups.front());
    }
  }
}

// Every phrase of an outline with its role, in an order that binds what is surest first.
std::vector<Slot> SlotsOf(const Outline& outline) {
  std::vector<Slot> slots;
  const auto add = [&](const NounPhrase& phrase, Role role) {
    if (phrase.empty()) return;
    for (Slot& slot : slots) {
      if (slot.phrase->parts != phrase.parts) continue;
      slot.copies.push_back(&phrase);
      return;
    }
    slots.push_back({&phrase, role, {}, {}});
  };
  const auto add_operand = [&](const Operand& operand, Role role) {
    if (operand.aggregation) {
      role =
          operand.aggregation == semantic::Aggregation::kSum ? Role::kTotalled : Role::kAggregated;
    }
    if (operand.counts) role = Role::kCounted;
    if (operand.shared || operand.grows) role = Role::kShared;
    add(operand.phrase, role);
  };
  const auto is_subject = [&](const NounPhrase& phrase) {
    return std::any_of(
        outline.superlatives.begin(), outline.superlatives.end(),
        [&](const Superlative& superlative) { return superlative.subject.parts == phrase.parts; });
  };
  for (const NounPhrase& phrase : outline.mentions) {
    add(phrase, is_subject(phrase) ? Role::kSubject : Role::kMention);
  }
  for (const Nested& nested : outline.nested) {
    for (const NounPhrase& phrase : nested.mentions) add(phrase, Role::kMention);
  }
  for (const NounPhrase& phrase : outline.groups) add(phrase, Role::kGroup);
  for (const Operand& operand : outline.outputs) add_operand(operand, Role::kOutput);
  for (const Operand& operand : outline.outputs) add(operand.since, Role::kCompared);
  for (const Superlative& superlative : outline.superlatives) {
    add(superlative.by.since, Role::kCompared);
    add_operand(superlative.by, Role::kRanked);
    add(superlative.subject, Role::kSubject);
    add(superlative.about, Role::kMention);
  }
  for (const Predicate& predicate : outline.predicates) {
    const bool holds_values =
        predicate.literals.empty() && predicate.with == Predicate::With::kLiteral;
    add_operand(predicate.left, holds_values ? Role::kMention : Role::kCompared);
    add(predicate.left.since, Role::kCompared);
    add_operand(predicate.right, Role::kAggregated);
    add(predicate.right_thing, Role::kMention);
  }
  for (const SortBy& sort : outline.order) add_operand(sort.by, Role::kSorted);
  FindOwners(outline, &slots);
  return slots;
}

double WeightIn(const PhraseReading& reading, Role role) {
  const Fit fit = FitOf(role);
  // "courses with a final exam": a condition by itself.
  if (reading.truth && role == Role::kMention) return kTruthMention;
  switch (reading.head) {
    case PhraseReading::Head::kNone:
      return fit.none;
    case PhraseReading::Head::kEntity:
      return fit.entity;
    case PhraseReading::Head::kColumn:
      return fit.column;
    case PhraseReading::Head::kMeasure:
    case PhraseReading::Head::kQuantity:
      break;
  }
  return fit.measure;
}

struct State {
  std::vector<const PhraseReading*> chosen;
  std::vector<int> entities;  // that are spoken of, each once
  double score = 1;
};

TracedReach ReachOf(const State& state, int entity, const EntityGraph& graph) {
  TracedReach reach;
  reach.entity = entity;
  if (state.entities.empty()) return reach;
  for (const int other : state.entities) {
    const int distance = graph.Distance(entity, other);
    if (distance < 0 || (reach.distance >= 0 && distance >= reach.distance)) continue;
    reach.distance = distance;
    reach.from = other;
  }
  const bool near = reach.distance < static_cast<int>(std::size(kHopWeights));
  reach.weight = reach.distance < 0 ? kApartWeight
                 : near             ? kHopWeights[reach.distance]
                                    : kFarWeight;
  return reach;
}

// "in states with an area above 1000": of columns that fit alike, that of the states.
double BesideWeight(const State& state, const Slot& slot, const PhraseReading& reading) {
  if (!slot.owner || *slot.owner >= state.chosen.size()) return 1;
  const PhraseReading& of = *state.chosen[*slot.owner];
  const bool other = of.head == PhraseReading::Head::kEntity && of.ref.entity != reading.ref.entity;
  return other ? kNotBeside : 1;
}

// Columns that are listed together belong together, and to the thing that they are said to be of.
double TogetherWeight(const std::vector<Slot>& slots, const State& state, const Slot& slot,
                      const PhraseReading& reading) {
  if (reading.head != PhraseReading::Head::kColumn) return 1;
  if (slot.role == Role::kCompared) return BesideWeight(state, slot, reading);
  if (slot.phrase->run == 0) return 1;
  double weight = 1;
  if (slot.owner && *slot.owner < state.chosen.size()) {
    const PhraseReading& of = *state.chosen[*slot.owner];
    if (of.head == PhraseReading::Head::kEntity && of.ref.entity != reading.ref.entity) {
      weight *= kNotOwned;
    }
  }
  for (std::size_t i = 0; i < state.chosen.size(); ++i) {
    const bool together = slots[i].phrase->run == slot.phrase->run &&
                          state.chosen[i]->head == PhraseReading::Head::kColumn;
    if (together && state.chosen[i]->ref == reading.ref && slots[i].role == slot.role) {
      return weight * kSaidTwice;
    }
    if (together && state.chosen[i]->ref.entity != reading.ref.entity) return weight * kOtherOfRun;
  }
  return weight;
}

State Extended(const State& state, const PhraseReading& reading, double fit,
               const EntityGraph& graph) {
  State next = state;
  next.chosen.push_back(&reading);
  next.score *= reading.weight * fit;
  for (const int entity : reading.entities) {
    if (std::find(next.entities.begin(), next.entities.end(), entity) != next.entities.end()) {
      continue;
    }
    next.score *= ReachOf(next, entity, graph).weight;
    next.entities.push_back(entity);
  }
  return next;
}

std::vector<State> Search(const std::vector<Slot>& slots, const EntityGraph& graph,
                          const Context& context) {
  std::vector<State> beam(1);
  for (const Slot& slot : slots) {
    context.Poll();
    std::vector<State> next;
    for (const State& state : beam) {
      for (const PhraseReading& reading : slot.readings) {
        const double fit =
            WeightIn(reading, slot.role) * TogetherWeight(slots, state, slot, reading);
        if (fit > 0) next.push_back(Extended(state, reading, fit, graph));
      }
    }
    std::stable_sort(next.begin(), next.end(),
                     [](const State& a, const State& b) { return a.score > b.score; });
    if (next.size() > kBeam) next.resize(kBeam);
    beam = std::move(next);
  }
  return beam;
}

// Whether the phrase could as well mean something else.
bool HasChoice(const Slot& slot, const PhraseReading& chosen) {
  return std::any_of(slot.readings.begin(), slot.readings.end(), [&](const PhraseReading& other) {
    const bool same = other.head == chosen.head && other.ref == chosen.ref;
    return !same && other.weight >= chosen.weight * kAsGood;
  });
}

// Walks the way of the search once more.
void KeepFit(const std::vector<Slot>& slots, const State& state, const EntityGraph& graph,
             Form* form) {
  FormFit& fit = form->fit;
  fit.assumed = form->score;
  State walked;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const PhraseReading& reading = *state.chosen[i];
    fit.words *= reading.weight;
    fit.weakest = std::min(fit.weakest, reading.weight);
    fit.roles *=
        WeightIn(reading, slots[i].role) * TogetherWeight(slots, walked, slots[i], reading);
    fit.far += reading.far;
    fit.in_part += reading.in_part;
    fit.loose_texts += reading.loose_texts;
    fit.choices += HasChoice(slots[i], reading) ? 1 : 0;
    walked.chosen.push_back(&reading);
    for (const int entity : reading.entities) {
      const auto& known = walked.entities;
      if (std::find(known.begin(), known.end(), entity) != known.end()) continue;
      const TracedReach reach = ReachOf(walked, entity, graph);
      const int between = std::max(0, reach.distance - 1);
      const bool linked = between == 1 && graph.IsLinked(entity, reach.from);
      fit.joins += reach.distance > 0 ? 1 : 0;
      fit.linked += linked ? 1 : 0;
      fit.between += linked ? 0 : between;
      walked.entities.push_back(entity);
    }
  }
}

// "references cited by publications": a verb need not speak of a table that is called alike.
bool IsMereVerb(const Slot& slot, const std::vector<Token>& tokens) {
  if (slot.role != Role::kMention || !slot.copies.empty() || slot.phrase->parts.size() != 1) {
    return false;
  }
  const Segment& part = *slot.phrase->parts.front();
  return part.end == part.begin + 1 && IsPast(tokens[part.begin]) &&
         part.meanings.front().kind == MeaningKind::kEntity;
}

std::string TextOf(const NounPhrase& phrase, const std::vector<Token>& tokens) {
  std::string text;
  for (const Segment* part : phrase.parts) {
    for (std::size_t t = part->begin; t < part->end; ++t) {
      text += (text.empty() ? "" : " ") + tokens[t].text;
    }
  }
  return text;
}

const char* InWords(Role role) {
  switch (role) {
    case Role::kOutput:
      return "shown";
    case Role::kCounted:
      return "counted";
    case Role::kShared:
      return "shared";
    case Role::kAggregated:
      return "aggregated";
    case Role::kTotalled:
      return "added up";
    case Role::kMention:
    case Role::kSubject:
      return "spoken of";
    case Role::kGroup:
      return "grouped by";
    case Role::kCompared:
      return "compared";
    case Role::kRanked:
      return "ranked by";
    case Role::kSorted:
      break;
  }
  return "sorted by";
}

void KeepPhrase(const Slot& slot, const std::vector<Token>& tokens, Trace* trace) {
  TracedPhrase phrase;
  phrase.words = TextOf(*slot.phrase, tokens);
  phrase.role = InWords(slot.role);
  for (const Segment* part : slot.phrase->parts) phrase.segments.push_back(part->begin);
  phrase.readings = slot.readings;
  trace->phrases.push_back(std::move(phrase));
}

// Walks the way of the search once more; returns the place among the bindings of the trace.
int KeepBinding(const std::vector<Slot>& slots, const State& state, const EntityGraph& graph,
                double assumed, Trace* trace) {
  TracedBinding binding;
  binding.assumed = assumed;
  State walked;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const PhraseReading& reading = *state.chosen[i];
    TracedChoice choice;
    choice.reading = static_cast<std::size_t>(&reading - slots[i].readings.data());
    choice.fit = WeightIn(reading, slots[i].role);
    choice.together = TogetherWeight(slots, walked, slots[i], reading);
    binding.choices.push_back(choice);
    walked.chosen.push_back(&reading);
    for (const int entity : reading.entities) {
      const auto& known = walked.entities;
      if (std::find(known.begin(), known.end(), entity) != known.end()) continue;
      binding.reaches.push_back(ReachOf(walked, entity, graph));
      walked.entities.push_back(entity);
    }
  }
  trace->bindings.push_back(std::move(binding));
  return static_cast<int>(trace->bindings.size()) - 1;
}

}  // namespace

Bindings BindOutline(const Outline& outline, const std::vector<Token>& tokens,
                     const semantic::Model& model, const Lexicon& lexicon, const Context& context,
                     Trace* trace) {
  Bindings bindings;
  std::vector<Slot> slots = SlotsOf(outline);
  if (slots.size() > kMaxPhrases) {
    bindings.failure = "the question says too much at once";
    return bindings;
  }
  for (Slot& slot : slots) {
    slot.readings = ReadingsOf(*slot.phrase, tokens, model, lexicon);
    if (IsMereVerb(slot, tokens)) {
      slot.readings.emplace_back();
      slot.readings.back().weight = kMereVerb;
    }
    if (trace != nullptr) KeepPhrase(slot, tokens, trace);
    if (!slot.readings.empty()) continue;
    const std::string words = Clipped(TextOf(*slot.phrase, tokens), kMaxNamedLetters);
    bindings.failure = "the role of \"" + words + "\" is not clear";
    return bindings;
  }
  const EntityGraph graph(model);
  double failed = 0;
  for (const State& state : Search(slots, graph, context)) {
    ReadingMap readings;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      readings[slots[i].phrase] = state.chosen[i];
      for (const NounPhrase* copy : slots[i].copies) readings[copy] = state.chosen[i];
    }
    Shaped shaped = ShapeForm(outline, readings, tokens, model, lexicon, graph);
    if (!shaped.form) {
      if (state.score > failed) bindings.failure = shaped.failure;
      failed = std::max(failed, state.score);
      continue;
    }
    if (trace != nullptr) {
      shaped.form->origin = KeepBinding(slots, state, graph, shaped.form->score, trace);
    }
    KeepFit(slots, state, graph, &*shaped.form);
    shaped.form->score *= state.score * outline.score;
    bindings.forms.push_back(std::move(*shaped.form));
  }
  std::stable_sort(bindings.forms.begin(), bindings.forms.end(),
                   [](const Form& a, const Form& b) { return a.score > b.score; });
  if (bindings.forms.size() > kMaxForms) bindings.forms.resize(kMaxForms);
  if (bindings.forms.empty() && bindings.failure.empty()) {
    bindings.failure = "what to show is not clear";
  }
  return bindings;
}

}  // namespace loupe::ask
