#include "core/ask/interpret.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/plan.hpp"
#include "core/ask/roles.hpp"
#include "core/ask/stem.hpp"

namespace loupe::ask {
namespace {

constexpr std::size_t kMaxDrafts = 16;

bool IsCue(MeaningKind kind) {
  return kind == MeaningKind::kFrom || kind == MeaningKind::kTo || kind == MeaningKind::kWith;
}

// Fewer meanings a segment until the combinations fit the budget.
std::vector<std::size_t> ChooseWidths(const std::vector<Segment>& segments) {
  std::vector<std::size_t> widths;
  for (const Segment& segment : segments) widths.push_back(segment.meanings.size());
  while (true) {
    std::size_t product = 1;
    for (std::size_t width : widths) product = std::min(product * width, kMaxCombinations + 1);
    if (product <= kMaxCombinations) return widths;
    --*std::max_element(widths.begin(), widths.end());
  }
}

// Steps through the combinations like an odometer, the first segment turning fastest.
bool Advance(const std::vector<std::size_t>& widths, std::vector<std::size_t>* choice) {
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (++(*choice)[i] < widths[i]) return true;
    (*choice)[i] = 0;
  }
  return false;
}

std::vector<Item> MakeItems(const std::vector<Segment>& segments,
                            const std::vector<std::size_t>& choice,
                            const std::vector<Token>& tokens) {
  std::vector<Item> items;
  MeaningKind cue = MeaningKind::kNeutral;
  for (std::size_t s = 0; s < segments.size(); ++s) {
    const Meaning& meaning = segments[s].meanings[choice[s]];
    if (meaning.kind == MeaningKind::kNeutral) continue;
    if (IsCue(meaning.kind)) {
      cue = meaning.kind;
      continue;
    }
    Item item;
    item.meaning = &meaning;
    item.begin = segments[s].begin;
    item.end = segments[s].end;
    item.cue = std::exchange(cue, MeaningKind::kNeutral);
    item.plural = IsPlural(tokens[item.end - 1].lower);
    for (std::size_t t = item.begin; t < item.end; ++t) {
      item.text += (item.text.empty() ? "" : " ") + tokens[t].text;
    }
    items.push_back(std::move(item));
  }
  return items;
}

class Collector {
 public:
  explicit Collector(const semantic::Model& model) : model_(model) {}

  void Add(Plans plans, double score) {
    if (plans.drafts.empty() && score > failure_score_) {
      failure_score_ = score;
      failure_ = std::move(plans.failure);
    }
    for (Draft& draft : plans.drafts) AddDraft(std::move(draft));
  }

  Interpretations Take() && {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Found& a, const Found& b) { return a.draft.score > b.draft.score; });
    Interpretations result;
    for (Found& found : found_) {
      if (result.drafts.size() < kMaxDrafts) result.drafts.push_back(std::move(found.draft));
    }
    result.failure = std::move(failure_);
    return result;
  }

 private:
  struct Found {
    Draft draft;
    std::string query;
  };

  void AddDraft(Draft draft) {
    std::string query = DraftToQuery(draft, model_).Dump();
    for (Found& found : found_) {
      if (found.query != query) continue;
      if (draft.score > found.draft.score) found.draft = std::move(draft);
      return;
    }
    found_.push_back({std::move(draft), std::move(query)});
  }

  const semantic::Model& model_;
  std::vector<Found> found_;
  double failure_score_ = -1;
  std::string failure_;
};

}  // namespace

Interpretations InterpretSegments(const std::vector<Segment>& segments,
                                  const std::vector<Token>& tokens, const semantic::Model& model,
                                  const Lexicon& lexicon, const Context& context) {
  const semantic::JoinGraph graph(model);
  const std::vector<std::size_t> widths = ChooseWidths(segments);
  std::vector<std::size_t> choice(segments.size(), 0);
  Collector collector(model);
  do {
    context.Poll();
    const std::vector<Item> items = MakeItems(segments, choice, tokens);
    Roles roles = AssignRoles(items, model, lexicon);
    const double score = roles.score;
    collector.Add(PlanRoles(std::move(roles), model, lexicon, graph), score);
  } while (Advance(widths, &choice));
  return std::move(collector).Take();
}

}  // namespace loupe::ask
