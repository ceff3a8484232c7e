#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <optional>

#include "core/base/nearest.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/data/transform/families.hpp"
#include "core/chart/data/transform/support.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

// The sorted rows of one group with, for each place, the places that the sort does not tell apart
// from it: [peer_first, peer_end). Without a sort every row is alone.
struct SortedGroup {
  RowList rows;
  RowList peer_first;
  RowList peer_end;
};

// For the row at `index` of a group, the rows of its frame: [first, end).
struct Window {
  const SortedGroup& group;
  const RowList& rows;
  std::size_t index = 0;
  std::size_t first = 0;
  std::size_t end = 0;
};

// Computes one output of a window, row after row of a group.
class Operator {
 public:
  virtual ~Operator() = default;
  virtual void Begin() {}
  virtual Result<Json> Next(const Window& window) = 0;
};

enum class Ranking { kRowNumber, kRank, kDenseRank, kPercentRank, kCumeDist, kNtile };
enum class Reach { kLag, kLead, kFirst, kLast, kNth, kPrevious, kNextValue };

class RankOperator : public Operator {
 public:
  RankOperator(Ranking ranking, double param) : ranking_(ranking), param_(param) {}
  void Begin() override { rank_ = 1; }
  Result<Json> Next(const Window& w) override {
    const auto count = static_cast<double>(w.rows.size());
    const bool new_value = w.index > 0 && w.group.peer_first[w.index] == w.index;
    switch (ranking_) {
      case Ranking::kRowNumber:
        return Json(static_cast<double>(w.index + 1));
      case Ranking::kRank:
      case Ranking::kPercentRank:
        if (new_value) rank_ = static_cast<double>(w.index + 1);
        return Json(ranking_ == Ranking::kRank ? rank_ : (rank_ - 1) / (count - 1));
      case Ranking::kDenseRank:
        if (new_value) ++rank_;
        return Json(rank_);
      case Ranking::kCumeDist:
        return Json(Cumulative(w));
      case Ranking::kNtile:
        return Json(std::ceil(param_ * Cumulative(w)));
    }
    return Json();
  }

 private:
  static double Cumulative(const Window& w) {
    return static_cast<double>(w.group.peer_end[w.index]) / static_cast<double>(w.rows.size());
  }

  Ranking ranking_;
  double param_;
  double rank_ = 1;
};

class ReachOperator : public Operator {
 public:
  ReachOperator(Reach reach, double param, std::vector<Json> values)
      : reach_(reach), param_(param), values_(std::move(values)) {}
  void Begin() override {
    previous_ = Json();
    next_ = 0;
  }
  Result<Json> Next(const Window& w) override {
    const auto at = [&](double index) {
      const bool inside = index >= 0 && index < static_cast<double>(w.rows.size());
      return inside ? values_[w.rows[static_cast<std::size_t>(index)]] : Json();
    };
    const auto index = static_cast<double>(w.index);
    switch (reach_) {
      case Reach::kLag:
        return at(index - param_);
      case Reach::kLead:
        return at(index + param_);
      case Reach::kFirst:
        return w.first < w.end ? at(static_cast<double>(w.first)) : Json();
      case Reach::kLast:
        return w.first < w.end ? at(static_cast<double>(w.end) - 1) : Json();
      case Reach::kNth: {
        const double place = static_cast<double>(w.first) + param_ - 1;
        return place < static_cast<double>(w.end) ? at(place) : Json();
      }
      case Reach::kPrevious:
        if (const Json value = at(index); !value.IsNull()) previous_ = value;
        return previous_;
      case Reach::kNextValue:
        next_ = std::max(next_, w.index);
        while (next_ < w.rows.size() && values_[w.rows[next_]].IsNull()) ++next_;
        return at(static_cast<double>(next_));
    }
    return Json();
  }

 private:
  Reach reach_;
  double param_;
  std::vector<Json> values_;
  Json previous_;         // the last value so far that is not null
  std::size_t next_ = 0;  // the place of the next
};

// An aggregate of the frame. Frames that begin at the group's start are continued from row to row;
// others are read anew, and what they read is counted.
class FrameOperator : public Operator {
 public:
  FrameOperator(Aggregate op, std::vector<Json> values, const Environment& env, std::string at)
      : op_(op), values_(std::move(values)), env_(env), at_(std::move(at)) {}
  void Begin() override {
    done_ = 0;
    known_ = false;
    sum_ = count_ = 0;
    low_ = std::numeric_limits<double>::infinity();
    high_ = -low_;
  }
  Result<Json> Next(const Window& w) override {
    if (op_ == Aggregate::kCount) return Json(static_cast<double>(w.end - w.first));
    const bool runs = op_ == Aggregate::kSum || op_ == Aggregate::kMean ||
                      op_ == Aggregate::kAverage || op_ == Aggregate::kMin ||
                      op_ == Aggregate::kMax;
    if (runs && w.first == 0) return Running(w);
    const bool same = known_ && w.first == first_ && w.end == end_;
    if (same) return last_;
    first_ = w.first;
    end_ = w.end;
    known_ = true;
    env_.budget->steps += w.end - w.first;
    if (env_.budget->steps > kMaxExpressionSteps) {
      return Status(Code::kLimitExceeded, "the frames of a window hold too many rows")
          .WithHint("Give a smaller \"frame\".")
          .At(at_);
    }
    std::vector<const Json*> members;
    for (std::size_t i = w.first; i < w.end; ++i) {
      if (i % Context::kPollInterval == 0) env_.context->Poll();
      members.push_back(&values_[w.rows[i]]);
    }
    last_ = AggregateValues(op_, members, *env_.context);
    return last_;
  }

 private:
  Json Running(const Window& w) {
    for (; done_ < w.end; ++done_) {
      const Json& value = values_[w.rows[done_]];
      if (!IsValidNumber(value)) continue;
      sum_ += value.AsDouble();
      ++count_;
      low_ = std::min(low_, value.AsDouble());
      high_ = std::max(high_, value.AsDouble());
    }
    if (count_ == 0) return Json();
    if (op_ == Aggregate::kSum) return Json(sum_);
    if (op_ == Aggregate::kMin) return Json(low_);
    return op_ == Aggregate::kMax ? Json(high_) : Json(sum_ / count_);
  }

  Aggregate op_;
  std::vector<Json> values_;
  const Environment& env_;
  std::string at_;
  std::size_t done_ = 0;
  double sum_ = 0;
  double count_ = 0;
  double low_ = 0;
  double high_ = 0;
  bool known_ = false;
  std::size_t first_ = 0;
  std::size_t end_ = 0;
  Json last_;
};

constexpr std::pair<const char*, Ranking> kRankings[] = {
    {"row_number", Ranking::kRowNumber}, {"rank", Ranking::kRank},
    {"dense_rank", Ranking::kDenseRank}, {"percent_rank", Ranking::kPercentRank},
    {"cume_dist", Ranking::kCumeDist},   {"ntile", Ranking::kNtile}};
constexpr std::pair<const char*, Reach> kReaches[] = {{"lag", Reach::kLag},
                                                      {"lead", Reach::kLead},
                                                      {"first_value", Reach::kFirst},
                                                      {"last_value", Reach::kLast},
                                                      {"nth_value", Reach::kNth},
                                                      {"prev_value", Reach::kPrevious},
                                                      {"next_value", Reach::kNextValue}};

Status UnknownOperation(const std::string& name, const std::string& at) {
  std::vector<std::string> names;
  for (const auto& [known, ranking] : kRankings) names.emplace_back(known);
  for (const auto& [known, reach] : kReaches) names.emplace_back(known);
  for (int i = 0; i <= static_cast<int>(kLastAggregate); ++i) {
    names.emplace_back(AggregateName(static_cast<Aggregate>(i)));
  }
  return Status(Code::kChartInvalidSpec, "unknown window operation \"" + name + "\"")
      .WithHint(NearestNameHint(name, names))
      .At(JsonPointer(at, "op"));
}

Result<std::unique_ptr<Operator>> MakeOperator(const Table& table, const Json& item,
                                               const std::string& at, const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::string name, TextMember(item, "op", at));
  const std::string field = TextOr(item, "field", "");
  const double given = NumberOr(item, "param", 0);
  for (const auto& [known, ranking] : kRankings) {
    if (name != known) continue;
    if (ranking == Ranking::kNtile && !(given > 0)) {
      return InvalidSpec("\"ntile\" needs a positive \"param\"", at);
    }
    return std::unique_ptr<Operator>(std::make_unique<RankOperator>(ranking, given));
  }
  std::vector<Json> values = FieldColumn(table, field, *env.context);
  for (const auto& [known, reach] : kReaches) {
    if (name != known) continue;
    if (reach == Reach::kNth && !(given > 0)) {
      return InvalidSpec("\"nth_value\" needs a positive \"param\"", at);
    }
    const double param = given == 0 ? 1 : std::floor(given);
    return std::unique_ptr<Operator>(
        std::make_unique<ReachOperator>(reach, param, std::move(values)));
  }
  const auto op = ParseAggregate(name);
  const bool row = op == Aggregate::kArgmin || op == Aggregate::kArgmax;
  if (!op || row) return UnknownOperation(name, at);
  const bool raw =
      op == Aggregate::kValid || op == Aggregate::kMissing || op == Aggregate::kDistinct;
  if (!raw) {
    for (Json& value : values) value = ReadValue(value, Reading::kNumber);
  }
  return std::unique_ptr<Operator>(
      std::make_unique<FrameOperator>(*op, std::move(values), env, at));
}

struct FrameDef {
  std::optional<double> before;  // offset of the first row; nothing: the group's start
  std::optional<double> after;
  bool ignore_peers = false;
};

FrameDef ReadFrame(const Json& spec) {
  FrameDef frame;
  frame.after = 0;
  const Json* given = spec.Find("frame");
  if (given != nullptr && given->IsArray() && given->items().size() == 2) {
    const Json& low = given->items()[0];
    const Json& high = given->items()[1];
    frame.before = low.IsNumber() ? std::optional<double>(low.AsDouble()) : std::nullopt;
    frame.after = high.IsNumber() ? std::optional<double>(high.AsDouble()) : std::nullopt;
  }
  const Json* peers = spec.Find("ignorePeers");
  frame.ignore_peers = peers != nullptr && peers->IsBool() && peers->AsBool();
  return frame;
}

void SetFrame(const FrameDef& frame, Window* w) {
  const auto count = static_cast<double>(w->rows.size());
  const auto index = static_cast<double>(w->index);
  const double first = frame.before ? index + *frame.before : 0;
  const double end = frame.after ? index + *frame.after + 1 : count;
  w->first = static_cast<std::size_t>(std::clamp(first, 0.0, count));
  w->end = static_cast<std::size_t>(std::clamp(end, 0.0, count));
  if (frame.ignore_peers || w->first >= w->end) return;
  w->first = w->group.peer_first[w->first];
  w->end = w->group.peer_end[w->end - 1];
}

SortedGroup Sorted(RowList rows, const std::vector<SortField>& sort, const Context& context) {
  context.Poll();
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return CompareRows(sort, a, b) < 0; });
  SortedGroup group;
  group.peer_first.resize(rows.size());
  group.peer_end.resize(rows.size());
  for (std::size_t first = 0, end = 0; first < rows.size(); first = end) {
    context.Poll();
    end = first + 1;
    while (!sort.empty() && end < rows.size() && CompareRows(sort, rows[first], rows[end]) == 0) {
      ++end;
    }
    for (std::size_t i = first; i < end; ++i) {
      group.peer_first[i] = first;
      group.peer_end[i] = end;
    }
  }
  group.rows = std::move(rows);
  return group;
}

}  // namespace

Result<Table> WindowRows(Table table, const Json& spec, const std::string& at,
                         const Environment& env) {
  const Json& list = *spec.Find("window");
  const std::string list_at = JsonPointer(at, "window");
  if (!list.IsArray()) return InvalidSpec("\"window\" must be a list", list_at);
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(spec, "groupby", at));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<SortField> sort,
                         SortFields(table, spec.Find("sort"), at, *env.context));
  const FrameDef frame = ReadFrame(spec);
  std::vector<SortedGroup> groups;
  for (RowList& rows : GroupBy(table, fields, *env.context)) {
    groups.push_back(Sorted(std::move(rows), sort, *env.context));
  }
  // Every operation reads the rows as they came.
  std::vector<std::pair<std::string, std::vector<Json>>> outputs;
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    const Json& item = list.items()[i];
    const std::string item_at = JsonPointer(list_at, i);
    if (!item.IsObject()) return InvalidSpec("an operation must be an object", item_at);
    LOUPE_ASSIGN_OR_RETURN(const std::unique_ptr<Operator> op,
                           MakeOperator(table, item, item_at, env));
    std::vector<Json> values(table.row_count);
    for (const SortedGroup& group : groups) {
      op->Begin();
      const RowList& rows = group.rows;
      Window window{group, rows, 0, 0, 0};
      for (; window.index < rows.size(); ++window.index) {
        if (window.index % Context::kPollInterval == 0) env.context->Poll();
        SetFrame(frame, &window);
        LOUPE_ASSIGN_OR_RETURN(values[rows[window.index]], op->Next(window));
      }
    }
    const std::string field = TextOr(item, "field", "");
    const std::string name = TextOr(item, "op", "");
    outputs.emplace_back(TextOr(item, "as", field.empty() ? name : name + "_" + field),
                         std::move(values));
  }
  for (auto& [name, values] : outputs) SetColumn(&table, name, std::move(values));
  return table;
}

}  // namespace loupe::chart
