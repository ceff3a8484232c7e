#include "core/ask/plan.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "core/ask/interpret.hpp"
#include "core/ask/stem.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

using semantic::Aggregation;
using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;

constexpr double kHopWeight = 0.93;           // for each join between the root and a member
constexpr double kNamedHopWeight = 0.98;      // the same when the member's entity is mentioned
constexpr double kImpliedCountWeight = 0.95;  // "orders by status"
constexpr double kImpliedListWeight = 0.85;   // "orders of 2013"
constexpr double kImpliedSumWeight = 0.8;     // one aggregate is all the model has
constexpr double kPrimaryTimeWeight = 0.9;    // of several dates the likeliest
constexpr double kOtherTimeWeight = 0.75;
constexpr double kUnrankedWeight = 0.95;    // a default number of rows
constexpr double kNotIdentityWeight = 0.9;  // a listed column that does not name its rows

constexpr std::string_view kNameWords[] = {"name", "title", "label", "full_name"};
constexpr std::string_view kPlainTimes[] = {"date",      "created_at", "created",    "time",
                                            "timestamp", "created_on", "occurred_at"};

template <class T>
void PushUnique(std::vector<T>* items, const T& item) {
  if (std::find(items->begin(), items->end(), item) == items->end()) items->push_back(item);
}

bool IsDate(const Dimension& dimension) {
  // A time of day is no point in time.
  const bool of_day = dimension.data_type.compare(0, 5, "time ") == 0 ||
                      dimension.data_type == "time" || dimension.data_type == "interval";
  return dimension.is_public && dimension.type == DimensionType::kTime && !of_day;
}

class Planner {
 public:
  Planner(Roles roles, const semantic::Model& model, const Lexicon& lexicon,
          const semantic::JoinGraph& graph)
      : roles_(std::move(roles)), model_(model), lexicon_(lexicon), graph_(graph) {
    draft_.score = roles_.score;
  }

  Plans Plan() {
    if (!roles_.failure.empty()) return {{}, roles_.failure};
    ChooseMeasures();
    if (failure_.empty() && roles_.ranking) ResolveRanking();
    if (failure_.empty()) ResolveShape();
    if (failure_.empty()) ResolveOrder();
    if (failure_.empty()) CheckReach();
    if (failure_.empty()) CheckMentions();
    if (!failure_.empty()) return {{}, failure_};
    std::vector<Draft> drafts = ResolveTime();
    if (drafts.empty()) return {{}, failure_};
    return {std::move(drafts), {}};
  }

 private:
  void Fail(std::string reason) {
    if (failure_.empty()) failure_ = std::move(reason);
  }

  std::string EntityTitle(int entity) const { return "\"" + model_.entities[entity].name + "\""; }

  const Quantity& QuantityAt(int index) const { return lexicon_.quantities()[index]; }

  std::string QuantityTitle(int index) const {
    const Quantity& quantity = QuantityAt(index);
    const Entity& entity = model_.entities[quantity.entity];
    const std::string& name =
        quantity.dimension >= 0 ? entity.dimensions[quantity.dimension].name : quantity.source;
    return "\"" + name + "\"";
  }

  bool HasGroups() const {
    return !roles_.groups.empty() || !roles_.group_entities.empty() || roles_.grain_grouped;
  }

  void ChooseMeasures() {
    draft_.measures = roles_.measures;
    draft_.filters = roles_.filters;
    draft_.limit = roles_.limit;
    if (!roles_.aggregates.empty()) return Fail("what to aggregate is not clear");
    if (!roles_.counting) return;
    if (roles_.mentions.empty()) return Fail("what to count is not clear");
    AddCount(roles_.mentions.front());
  }

  void AddCount(int entity) {
    const std::optional<MemberRef> count = CountMeasure(model_, entity);
    if (!count) return Fail("the model has no count of " + EntityTitle(entity));
    PushUnique(&draft_.measures, *count);
  }

  // ---- rankings ----

  void ResolveRanking() {
    const Ranking& ranking = *roles_.ranking;
    if (!ranking.satisfied) return Fail("what the ranking goes by is not clear");
    if (HasGroups() && !roles_.bare.empty()) {
      return Fail("a ranking inside each group is not supported");
    }
    const bool subject_mentioned =
        !roles_.mentions.empty() &&
        (ranking.subject_before || ranking.ranks == Ranks::kSubject || roles_.limit);
    if (ranking.quantity >= 0) return ResolveRawRanking(subject_mentioned);
    if (roles_.bare.empty() && !HasGroups()) {
      if (roles_.grain) {
        roles_.grain_grouped = true;
      } else if (!roles_.mentions.empty()) {
        PushUnique(&roles_.group_entities, roles_.mentions.front());
      } else {
        return Fail("what to rank is not clear");
      }
      return LimitRanking();
    }
    if (!roles_.bare.empty()) return LimitRanking();
    if (roles_.limit || ranking.ranks == Ranks::kSubject) LimitRanking();
  }

  // The target is a plain number: the greatest value itself, of each group, or the rows that have
  // it.
  void ResolveRawRanking(bool subject_mentioned) {
    const Ranking ranking = *roles_.ranking;
    const Quantity& quantity = QuantityAt(ranking.quantity);
    const bool own_rows = roles_.bare.empty() && subject_mentioned && !HasGroups() &&
                          roles_.mentions.front() == quantity.entity;
    if (own_rows) return ListExtremeRows(quantity);
    Aggregation aggregation = ranking.descending ? Aggregation::kMax : Aggregation::kMin;
    const bool foreign = roles_.bare.empty() && subject_mentioned && !HasGroups();
    const bool subject = foreign || !roles_.bare.empty() || (roles_.grain && !HasGroups());
    if (subject && ranking.ranks != Ranks::kNumber) aggregation = Aggregation::kSum;
    const std::optional<MemberRef> measure = MeasureOf(model_, quantity, aggregation);
    if (!measure) {
      return Fail("the model has no measure for the ranking by " + QuantityTitle(ranking.quantity));
    }
    PushUnique(&draft_.measures, *measure);
    if (!subject) return;
    if (foreign) PushUnique(&roles_.group_entities, roles_.mentions.front());
    if (roles_.grain) roles_.grain_grouped = true;
    roles_.order.push_back({DraftOrder::Target::kMeasure, *measure, ranking.descending});
    LimitRanking();
  }

  void ListExtremeRows(const Quantity& quantity) {
    const MemberRef number = {quantity.entity, quantity.dimension};
    if (number.member < 0) return Fail("rows cannot be ranked by that measure");
    roles_.bare = IdentityOf(model_, quantity.entity);
    if (roles_.bare.empty()) roles_.bare = AllDimensions(quantity.entity);
    PushUnique(&roles_.bare, number);
    roles_.order.push_back({DraftOrder::Target::kDimension, number, roles_.ranking->descending});
    extreme_rows_ = true;
    LimitRanking();
  }

  std::vector<MemberRef> AllDimensions(int entity) const {
    std::vector<MemberRef> all;
    const std::vector<Dimension>& dimensions = model_.entities[entity].dimensions;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      if (dimensions[d].is_public) all.push_back({entity, static_cast<int>(d)});
    }
    return all;
  }

  void LimitRanking() {
    if (roles_.limit) return;
    const bool several = roles_.plural_subject;
    draft_.limit = several ? kDefaultTop : 1;
    if (!several) return;
    draft_.score *= kUnrankedWeight;
    draft_.warnings.push_back("no number was named: the first " + std::to_string(kDefaultTop) +
                              " are shown");
  }

  // ---- the shape ----

  void ResolveShape() {
    if (draft_.measures.empty() && HasGroups()) ImplyMeasure();
    if (!failure_.empty()) return;
    draft_.measures.empty() ? ResolveList() : ResolveGroups();
  }

  // "orders by status" counts; "amount by month" has to be summed or averaged.
  void ImplyMeasure() {
    if (!roles_.bare.empty()) return Fail("what to show for each group is not clear");
    if (roles_.bare_quantities.empty()) {
      if (roles_.mentions.empty()) return Fail("what to count is not clear");
      draft_.score *= kImpliedCountWeight;
      return AddCount(roles_.mentions.front());
    }
    if (roles_.bare_quantities.size() > 1) {
      return Fail("whether to add up or to average is not clear");
    }
    const Quantity& quantity = QuantityAt(roles_.bare_quantities.front());
    for (Aggregation aggregation : {Aggregation::kSum, Aggregation::kAvg}) {
      const std::optional<MemberRef> measure = MeasureOf(model_, quantity, aggregation);
      if (measure) implied_.push_back(*measure);
    }
    if (implied_.empty()) {
      return Fail("the model has no measure of " + QuantityTitle(roles_.bare_quantities.front()));
    }
    roles_.bare_quantities.clear();
    draft_.score *= kImpliedSumWeight;
    draft_.measures.push_back(implied_.front());
  }

  void ResolveGroups() {
    if (!roles_.bare_quantities.empty()) {
      return Fail("the role of " + QuantityTitle(roles_.bare_quantities.front()) + " is not clear");
    }
    const bool having = std::any_of(draft_.filters.begin(), draft_.filters.end(),
                                    [](const DraftFilter& filter) { return filter.on_measure; });
    const bool subject_bare = roles_.which || roles_.listing || roles_.ranking || having;
    if (!roles_.bare.empty() && !subject_bare) {
      return Fail("the role of \"" + DimensionName(model_, roles_.bare.front()) +
                  "\" is not clear");
    }
    if (having && !HasGroups() && roles_.bare.empty()) {
      if (roles_.mentions.empty()) return Fail("what the comparison selects is not clear");
      PushUnique(&roles_.group_entities, roles_.mentions.front());
    }
    if (roles_.distinct && !std::all_of(draft_.measures.begin(), draft_.measures.end(),
                                        [&](MemberRef ref) { return IsCount(ref); })) {
      return Fail("the role of \"different\" is not clear");
    }
    draft_.dimensions = roles_.bare;
    for (MemberRef ref : roles_.groups) PushUnique(&draft_.dimensions, ref);
    for (int entity : roles_.group_entities) {
      const std::vector<MemberRef> identity = IdentityOf(model_, entity);
      if (identity.empty()) return Fail("rows of " + EntityTitle(entity) + " have no name or key");
      for (MemberRef ref : identity) PushUnique(&draft_.dimensions, ref);
    }
    const bool listed = roles_.grain && !roles_.grain_grouped && (roles_.which || roles_.listing);
    if (listed) roles_.grain_grouped = true;
    if (roles_.grain && !roles_.grain_grouped)
      return Fail("the role of the time unit is not clear");
  }

  bool IsCount(MemberRef ref) const {
    const Aggregation aggregation = model_.entities[ref.entity].measures[ref.member].aggregation;
    return aggregation == Aggregation::kCount || aggregation == Aggregation::kCountDistinct;
  }

  void ResolveList() {
    if (roles_.grain) return Fail("the role of the time unit is not clear");
    draft_.dimensions = roles_.bare;
    for (int index : roles_.bare_quantities) {
      const Quantity& quantity = QuantityAt(index);
      if (quantity.dimension < 0) return Fail("rows have no " + QuantityTitle(index));
      PushUnique(&draft_.dimensions, {quantity.entity, quantity.dimension});
    }
    const bool named_columns = !draft_.dimensions.empty();
    if (!named_columns && roles_.mentions.empty()) return Fail("what to show is not clear");
    if (!named_columns) {
      const int entity = roles_.mentions.front();
      draft_.dimensions = AllDimensions(entity);
      if (draft_.dimensions.empty())
        return Fail("rows of " + EntityTitle(entity) + " have no columns");
    }
    if (roles_.distinct && !named_columns) return Fail("the role of \"different\" is not clear");
    draft_.ungrouped = !roles_.distinct;
    if (!roles_.listing && !roles_.which && !extreme_rows_) draft_.score *= kImpliedListWeight;
    if (named_columns && roles_.mentions.empty()) PreferIdentity();
  }

  // "list carriers": a column of the same name is likelier meant where it identifies the rows.
  void PreferIdentity() {
    const MemberRef first = draft_.dimensions.front();
    const std::vector<MemberRef> identity = IdentityOf(model_, first.entity);
    if (std::find(identity.begin(), identity.end(), first) == identity.end()) {
      draft_.score *= kNotIdentityWeight;
    }
  }

  void ResolveOrder() {
    for (int index : roles_.order_quantities) {
      const Quantity& quantity = QuantityAt(index);
      DraftOrder order;
      order.descending = roles_.order_descending;
      const auto measure =
          std::find_if(draft_.measures.begin(), draft_.measures.end(), [&](MemberRef ref) {
            return ref.entity == quantity.entity &&
                   std::count(quantity.measures.begin(), quantity.measures.end(), ref.member) > 0;
          });
      if (measure != draft_.measures.end()) {
        order.member = *measure;
      } else {
        if (quantity.dimension < 0) return Fail("rows cannot be sorted by " + QuantityTitle(index));
        order.target = DraftOrder::Target::kDimension;
        order.member = {quantity.entity, quantity.dimension};
      }
      roles_.order.push_back(order);
    }
    for (const DraftOrder& order : roles_.order) {
      if (order.target == DraftOrder::Target::kGrain) {
        if (!roles_.grain) return Fail("what to sort by is not clear");
      } else if (order.target == DraftOrder::Target::kDimension) {
        const bool selected = std::find(draft_.dimensions.begin(), draft_.dimensions.end(),
                                        order.member) != draft_.dimensions.end();
        if (!selected && !draft_.ungrouped) return Fail("what to sort by is not clear");
        if (!selected) draft_.dimensions.push_back(order.member);
      }
    }
    draft_.order = roles_.order;
  }

  // ---- reach ----

  std::set<int> UsedEntities() const {
    std::set<int> used;
    for (MemberRef ref : draft_.measures) used.insert(ref.entity);
    for (MemberRef ref : draft_.dimensions) used.insert(ref.entity);
    for (const DraftFilter& filter : draft_.filters) used.insert(filter.target.entity);
    if (roles_.time_dimension) used.insert(roles_.time_dimension->entity);
    return used;
  }

  bool IsMentioned(int entity) const {
    return std::count(roles_.mentions.begin(), roles_.mentions.end(), entity) > 0 ||
           std::count(roles_.group_entities.begin(), roles_.group_entities.end(), entity) > 0;
  }

  // Joins from the root to the entity, or -1 with the failure noted.
  int Distance(int root, int entity) {
    if (root == entity) return 0;
    const auto tree = graph_.FindTree(model_.entities[root], {&model_.entities[entity]},
                                      semantic::JoinGraph::Along::kToOne);
    if (tree.ok()) return static_cast<int>(tree.value().size());
    if (tree.status().code() == Code::kSemanticAmbiguousPath) {
      Fail(EntityTitle(entity) + " can be reached from " + EntityTitle(root) +
           " in more than one way");
    } else {
      Fail(EntityTitle(root) + " has no many-to-one join to " + EntityTitle(entity));
    }
    return -1;
  }

  void CheckReach() {
    const std::set<int> used = UsedEntities();
    for (MemberRef measure : draft_.measures) PushUnique(&roots_, measure.entity);
    if (roots_.empty()) {
      // "list orders from Germany": rows of the mentioned entity, else of the one that leads to
      // all the others.
      std::vector<const Entity*> targets;
      for (int entity : used) targets.push_back(&model_.entities[entity]);
      const auto root = graph_.FindRoot(targets, semantic::JoinGraph::Along::kToOne);
      if (!root.ok()) return Fail("the named members do not belong to one table's rows");
      roots_.push_back(static_cast<int>(root.value() - model_.entities.data()));
      // Rows of another entity would repeat what is listed.
      const int listed = draft_.dimensions.front().entity;
      if (listed != roots_.front() && !roles_.mentions.empty() &&
          (IsMentioned(listed) || !IsMentioned(roots_.front()))) {
        return Fail("rows of " + EntityTitle(listed) + " cannot be chosen by " +
                    EntityTitle(roots_.front()) + " yet");
      }
    }
    std::set<int> groups;
    for (MemberRef ref : draft_.dimensions) groups.insert(ref.entity);
    for (const DraftFilter& filter : draft_.filters) {
      if (!filter.on_measure) groups.insert(filter.target.entity);
    }
    for (int root : roots_) {
      for (int entity : groups) {
        const int distance = Distance(root, entity);
        if (distance < 0) return;
        draft_.score *= std::pow(IsMentioned(entity) ? kNamedHopWeight : kHopWeight, distance);
      }
    }
  }

  void CheckMentions() {
    const std::set<int> used = UsedEntities();
    for (int entity : roles_.mentions) {
      if (used.count(entity) == 0) {
        return Fail("the role of " + EntityTitle(entity) + " in the question is not clear");
      }
    }
  }

  // ---- time ----

  std::vector<Draft> ResolveTime() {
    std::vector<Draft> drafts = {draft_};
    if (implied_.size() > 1) {
      drafts.push_back(draft_);
      drafts.back().measures = {implied_.back()};
    }
    if (!roles_.range && !roles_.grain) return drafts;
    std::vector<Draft> timed;
    for (const Draft& draft : drafts) AddTime(draft, &timed);
    return timed;
  }

  void AddTime(Draft draft, std::vector<Draft>* out) {
    if (roles_.range && !ResolvePartOfYear(&draft)) return;
    if (!roles_.range && !roles_.grain) {
      out->push_back(std::move(draft));
      return;
    }
    const std::vector<MemberRef> dates = FindDates(&draft.score);
    if (dates.empty() && !roles_.grain && FilterYearNumber(&draft)) {
      out->push_back(std::move(draft));
      return;
    }
    if (dates.empty()) return Fail("no date of " + EntityTitle(roots_.front()) + " is known");
    for (std::size_t i = 0; i < dates.size(); ++i) {
      Draft dated = draft;
      dated.time_dimension = dates[i];
      dated.grain = roles_.grain;
      dated.range = roles_.range;
      if (dates.size() > 1) dated.score *= i == 0 ? kPrimaryTimeWeight : kOtherTimeWeight;
      out->push_back(std::move(dated));
    }
  }

  const Dimension* FindNumber(std::string_view name, MemberRef* ref) const {
    const Entity& entity = model_.entities[roots_.front()];
    const Dimension* dimension = entity.FindDimension(name);
    if (dimension == nullptr || !dimension->is_public ||
        dimension->type != DimensionType::kNumber || roots_.size() > 1) {
      return nullptr;
    }
    *ref = {roots_.front(), static_cast<int>(dimension - entity.dimensions.data())};
    return dimension;
  }

  // "in July" of every year, where the rows carry the number of their month; else the year is
  // missing.
  bool ResolvePartOfYear(Draft* draft) {
    const TimeRange& range = *roles_.range;
    const int number = range.month_of_year > 0 ? range.month_of_year : range.quarter_of_year;
    if (number == 0) return true;
    const char* unit = range.month_of_year > 0 ? "month" : "quarter";
    MemberRef ref;
    if (roles_.grain || FindNumber(unit, &ref) == nullptr) {
      Fail(std::string("the year of the ") + unit + " is missing");
      return false;
    }
    draft->filters.push_back({ref, false, "equals", {Json(number)}});
    roles_.range.reset();
    return true;
  }

  // Rows that carry their year as a number only.
  bool FilterYearNumber(Draft* draft) const {
    const TimeRange& range = *roles_.range;
    MemberRef ref;
    if (FindNumber("year", &ref) == nullptr) return false;
    const auto whole = [](const std::optional<DateTime>& edge) {
      return !edge || Truncate(*edge, TimeUnit::kYear) == *edge;
    };
    if (!whole(range.from) || !whole(range.to)) return false;
    if (range.from && range.to && range.to->year == range.from->year + 1) {
      draft->filters.push_back({ref, false, "equals", {Json(range.from->year)}});
      return true;
    }
    if (range.from) draft->filters.push_back({ref, false, "gte", {Json(range.from->year)}});
    if (range.to) draft->filters.push_back({ref, false, "lt", {Json(range.to->year)}});
    return true;
  }

  // The named date, else the dates of the root, likeliest first, else those of the nearest entity.
  std::vector<MemberRef> FindDates(double* score) {
    if (roles_.time_dimension) {
      for (int root : roots_) {
        if (Distance(root, roles_.time_dimension->entity) < 0) return {};
      }
      return {*roles_.time_dimension};
    }
    std::vector<MemberRef> best;
    int best_distance = -1;
    for (std::size_t e = 0; e < model_.entities.size(); ++e) {
      const std::vector<MemberRef> dates = DatesOf(static_cast<int>(e));
      const int distance = dates.empty() ? -1 : SumOfDistances(static_cast<int>(e));
      if (distance < 0 || (best_distance >= 0 && distance > best_distance)) continue;
      if (distance != best_distance) best.clear();
      best_distance = distance;
      best.insert(best.end(), dates.begin(), dates.end());
    }
    if (best_distance > 0) *score *= std::pow(kHopWeight, best_distance);
    return best;
  }

  int SumOfDistances(int entity) const {
    int sum = 0;
    for (int root : roots_) {
      if (root == entity) continue;
      const auto tree = graph_.FindTree(model_.entities[root], {&model_.entities[entity]},
                                        semantic::JoinGraph::Along::kToOne);
      if (!tree.ok()) return -1;
      sum += static_cast<int>(tree.value().size());
    }
    return sum;
  }

  std::vector<MemberRef> DatesOf(int e) const {
    const Entity& entity = model_.entities[e];
    std::vector<std::pair<int, MemberRef>> ranked;
    for (std::size_t d = 0; d < entity.dimensions.size(); ++d) {
      if (!IsDate(entity.dimensions[d])) continue;
      ranked.push_back({Plainness(entity, entity.dimensions[d]), {e, static_cast<int>(d)}});
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<MemberRef> dates;
    for (const auto& item : ranked) dates.push_back(item.second);
    return dates;
  }

  // 0: the date that makes the row ("ordered_at" of orders), 1: a plain date, 2: another.
  static int Plainness(const Entity& entity, const Dimension& dimension) {
    std::set<std::string> stems;
    for (const std::string& word : semantic::SplitWords(entity.name)) stems.insert(Stem(word));
    for (const std::string& word : semantic::SplitWords(dimension.name)) {
      if (stems.count(Stem(word)) > 0) return 0;
    }
    const bool plain = std::find(std::begin(kPlainTimes), std::end(kPlainTimes), dimension.name) !=
                       std::end(kPlainTimes);
    return plain ? 1 : 2;
  }

  Roles roles_;
  const semantic::Model& model_;
  const Lexicon& lexicon_;
  const semantic::JoinGraph& graph_;
  Draft draft_;
  std::vector<MemberRef> implied_;  // the measures that an unaggregated number may mean
  std::vector<int> roots_;          // entities whose rows are aggregated or listed
  bool extreme_rows_ = false;
  std::string failure_;
};

}  // namespace

std::vector<MemberRef> IdentityOf(const semantic::Model& model, int e) {
  const Entity& entity = model.entities[e];
  std::vector<MemberRef> identity;
  const std::vector<std::string> owner = semantic::SplitWords(entity.name);
  for (std::size_t d = 0; d < entity.dimensions.size() && identity.empty(); ++d) {
    const Dimension& dimension = entity.dimensions[d];
    std::vector<std::string> words = semantic::SplitWords(dimension.name);
    const bool prefixed = words.size() == 2 && !owner.empty() &&
                          Stem(words[0]) == Stem(owner.back()) && words[1] == "name";
    const bool named = std::find(std::begin(kNameWords), std::end(kNameWords), dimension.name) !=
                       std::end(kNameWords);
    const bool text = dimension.is_public && dimension.type == DimensionType::kString;
    if (text && (prefixed || named)) identity.push_back({e, static_cast<int>(d)});
  }
  for (const std::string& column : entity.primary_key) {
    for (std::size_t d = 0; d < entity.dimensions.size(); ++d) {
      const Dimension& dimension = entity.dimensions[d];
      if (!dimension.is_public || dimension.column != column) continue;
      PushUnique(&identity, {e, static_cast<int>(d)});
    }
  }
  return identity;
}

Plans PlanRoles(Roles roles, const semantic::Model& model, const Lexicon& lexicon,
                const semantic::JoinGraph& graph) {
  return Planner(std::move(roles), model, lexicon, graph).Plan();
}

}  // namespace loupe::ask
