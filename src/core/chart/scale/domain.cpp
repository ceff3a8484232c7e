#include "core/chart/scale/domain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "core/base/calendar.hpp"
#include "core/chart/config/config.hpp"
#include "core/chart/data/aggregate.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/data/stack.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/parse/property.hpp"
#include "core/chart/scale/build.hpp"
#include "core/chart/scale/ticks.hpp"

namespace loupe::chart {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// "unionWith" adds to the data's domain, "unaggregated" is the default of what is drawn, and a
// parameter that selects nothing leaves it.
bool AddsToDomain(const Json& domain) {
  return domain.Find("unionWith") != nullptr || domain.Find("param") != nullptr ||
         domain == Json("unaggregated");
}

const std::vector<Json>& UnionOf(const ChannelDef& def) {
  static const std::vector<Json> none;
  const Json* domain = def.scale.Find("domain");
  const Json* list = domain != nullptr ? domain->Find("unionWith") : nullptr;
  return list != nullptr && list->IsArray() ? list->items() : none;
}

struct DistinctRows {
  std::vector<Json> values;
  std::vector<std::vector<std::size_t>> rows;
};

DistinctRows DistinctOf(const Table& table, int column) {
  DistinctRows out;
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t row = 0; row < table.row_count; ++row) {
    std::string key;
    AppendKey(table.At(column, row), &key);
    const auto [slot, added] = index.try_emplace(std::move(key), out.values.size());
    if (added) {
      out.values.push_back(table.At(column, row));
      out.rows.emplace_back();
    }
    out.rows[slot->second].push_back(row);
  }
  return out;
}

std::vector<Json> OrderBy(const std::vector<Json>& values, const std::vector<Json>& keys,
                          bool descending) {
  std::vector<std::size_t> places(values.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    const int order = CompareValues(keys[a], keys[b]);
    return descending ? order > 0 : order < 0;
  });
  std::vector<Json> out;
  for (const std::size_t place : places) out.push_back(values[place]);
  return out;
}

struct SortBy {
  Aggregate op = Aggregate::kMin;
  std::string source;  // column of the raw table; not read for kCount
  bool descending = false;
};

// A measure that is piled up is summed where no operation is named.
Aggregate DefaultOp(const NormalView& view, const std::string& source) {
  if (!view.stack) return Aggregate::kMin;
  const Encoding& encoding = view.unit.encoding;
  for (const Channel channel : view.stack->dimensions) {
    if (ColumnKey(*encoding.Find(channel)) == source) return Aggregate::kMin;
  }
  for (const ChannelRef& by : view.stack->by) {
    if (ColumnKey(encoding.At(by.channel)[by.index]) == source) return Aggregate::kMin;
  }
  return Aggregate::kSum;
}

Result<SortBy> ResolveSort(const NormalView& view, const ChannelDef& def) {
  const Sort& sort = def.sort;
  SortBy by;
  by.descending = sort.descending;
  if (sort.kind == SortKind::kField) {
    by.op = sort.aggregate.value_or(sort.field.empty() ? Aggregate::kCount
                                                       : DefaultOp(view, sort.field));
    const bool numeric = by.op != Aggregate::kMin && by.op != Aggregate::kMax;
    by.source = SourceKey(sort.field, numeric ? Reading::kNumber : Reading::kRaw);
    return by;
  }
  const ChannelDef* other = view.unit.encoding.FindField(sort.channel);
  if (other == nullptr) {
    return InvalidSpec(
        "sort names channel \"" + std::string(ChannelName(sort.channel)) + "\", which has no field",
        JsonPointer(def.pointer, "sort"));
  }
  by.source = other->aggregate ? SourceKey(other->field, ReadingOf(*other)) : ColumnKey(*other);
  by.op = other->aggregate.value_or(DefaultOp(view, by.source));
  return by;
}

std::vector<Json> SortedByList(const std::vector<Json>& values, const std::vector<Json>& list,
                               bool time) {
  std::vector<Json> keys;
  for (const Json& value : values) {
    std::size_t place = 0;
    while (place < list.size()) {
      const bool equal = time ? DomainNumber(list[place], true) == NumberOf(value)
                              : CompareValues(list[place], value) == 0;
      if (equal) break;
      ++place;
    }
    keys.emplace_back(static_cast<double>(place));
  }
  return OrderBy(values, keys, false);
}

Result<std::vector<Json>> SortedDomain(const NormalView& view, const ChannelDef& def,
                                       const Dataset& data, std::vector<Json> values,
                                       const Context& host) {
  switch (def.sort.kind) {
    case SortKind::kNone:
      return values;
    case SortKind::kDefault:
    case SortKind::kAscending:
    case SortKind::kDescending:
      return OrderBy(values, values, def.sort.kind == SortKind::kDescending);
    case SortKind::kList:
      return SortedByList(values, def.sort.list, ReadingOf(def) == Reading::kTime);
    case SortKind::kField:
    case SortKind::kChannel:
      break;
  }
  LOUPE_ASSIGN_OR_RETURN(const SortBy by, ResolveSort(view, def));
  const int dimension = data.raw().Find(ColumnKey(def));
  const int source = data.raw().Find(by.source);
  if (dimension < 0) return values;
  const DistinctRows distinct = DistinctOf(data.raw(), dimension);
  std::vector<Json> keys;
  const Json missing;
  for (const auto& rows : distinct.rows) {
    std::vector<const Json*> members;
    for (const std::size_t row : rows) {
      members.push_back(source < 0 ? &missing : &data.raw().At(source, row));
    }
    keys.push_back(AggregateValues(by.op, members, host));
  }
  return OrderBy(distinct.values, keys, by.descending);
}

struct Extent {
  double low = kInfinity;
  double high = -kInfinity;
  void Add(double x) {
    if (!std::isfinite(x)) return;
    low = std::min(low, x);
    high = std::max(high, x);
  }
  void AddColumn(const Table& table, int column) {
    if (column < 0) return;
    for (const Json& value : table.columns[static_cast<std::size_t>(column)]) Add(NumberOf(value));
  }
};

Channel SecondOf(Channel channel) { return channel == Channel::kX ? Channel::kX2 : Channel::kY2; }

void AddDef(const ChannelDef& def, bool ends, const Dataset& data, Extent* extent) {
  if (def.kind == DefKind::kDatum) {
    extent->Add(DomainNumber(def.value, def.type == DataType::kTemporal));
    return;
  }
  extent->AddColumn(data.domain(), data.domain().Find(ColumnKey(def)));
  if (ends) extent->AddColumn(data.domain(), data.domain().Find(EndKey(def)));
}

Extent DataExtent(const NormalView& view, Channel channel, const Dataset& data,
                  const Json& config) {
  const ChannelDef& def = *view.unit.encoding.Find(channel);
  Extent extent;
  if (view.stack && view.stack->measure == channel) {
    if (view.stack->offset == StackOffset::kNormalize) return {0, 1};
    extent.AddColumn(data.domain(), data.domain().Find(kStackStart));
    extent.AddColumn(data.domain(), data.domain().Find(kStackEnd));
    return extent;
  }
  const auto bins = data.bins.find(ColumnKey(def));
  if (bins != data.bins.end() && def.bin) return {bins->second.start, bins->second.stop};
  AddDef(def, HasBandEnd(view, channel, config), data, &extent);
  if (channel != Channel::kX && channel != Channel::kY) return extent;
  const ChannelDef* second = view.unit.encoding.Find(SecondOf(channel));
  if (second != nullptr && second->IsFieldOrDatum()) AddDef(*second, false, data, &extent);
  return extent;
}

bool IncludesZero(const NormalView& view, Channel channel, const Scale& scale, const Json& config) {
  const ChannelDef& def = *view.unit.encoding.Find(channel);
  if (const Json* zero = def.scale.Find("zero")) return zero->IsBool() && zero->AsBool();
  const bool linear = scale.type == ScaleType::kLinear || scale.type == ScaleType::kPow ||
                      scale.type == ScaleType::kSqrt || scale.type == ScaleType::kSymlog;
  if (!linear) return false;
  if (channel == Channel::kSize) return def.type == DataType::kQuantitative;
  const bool position = channel == Channel::kX || channel == Channel::kY ||
                        channel == Channel::kTheta || channel == Channel::kRadius;
  if (!position || def.bin) return false;
  const MarkKind mark = view.mark();
  const bool bar = mark == MarkKind::kBar || mark == MarkKind::kArea;
  if (bar || mark == MarkKind::kLine) {
    if (view.orient == Orient::kHorizontal && channel == Channel::kY) return false;
    if (view.orient == Orient::kVertical && channel == Channel::kX) return false;
  }
  const bool cartesian = channel == Channel::kX || channel == Channel::kY;
  const bool ranged = cartesian && view.unit.encoding.Find(SecondOf(channel)) != nullptr;
  if (bar && !ranged) return true;
  return Lookup({&Section(config, "scale")}).Flag("zero", true);
}

// Widens a domain so that its data end `pad` pixels inside the range.
void PadDomain(const Scale& scale, double pad, std::vector<double>* domain) {
  const double span = std::fabs(scale.RangeEnd() - scale.RangeStart());
  if (!(span > 2 * pad) || domain->front() == domain->back()) return;
  const double factor = span / (span - 2 * pad);
  const bool log = scale.type == ScaleType::kLog && domain->front() > 0 && domain->back() > 0;
  double low = log ? std::log(domain->front()) : domain->front();
  double high = log ? std::log(domain->back()) : domain->back();
  const double middle = (low + high) / 2;
  low = middle + (low - middle) * factor;
  high = middle + (high - middle) * factor;
  domain->front() = log ? std::exp(low) : low;
  domain->back() = log ? std::exp(high) : high;
}

std::optional<double> PaddingOf(const NormalView& view, Channel channel, const Json& config) {
  const ChannelDef& def = *view.unit.encoding.Find(channel);
  if (const Json* padding = def.scale.Find("padding")) return padding->AsDouble();
  const bool position = channel == Channel::kX || channel == Channel::kY;
  if (!position) return std::nullopt;
  const Lookup scale_config({&Section(config, "scale")});
  if (const Json* padding = scale_config.Find("continuousPadding")) {
    if (padding->IsNumber()) return padding->AsDouble();
  }
  const bool along = (view.orient == Orient::kVertical && channel == Channel::kX) ||
                     (view.orient == Orient::kHorizontal && channel == Channel::kY);
  if (view.mark() != MarkKind::kBar || !along || def.bin || def.time_unit) return std::nullopt;
  return Lookup({&Section(config, "bar")}).Number("continuousBandSize", 5);
}

void MakeNice(const Json* nice, const Scale& scale, std::vector<double>* domain) {
  if (nice != nullptr && nice->IsBool() && !nice->AsBool()) return;
  const double count = nice != nullptr && nice->IsNumber() ? nice->AsDouble() : 10;
  double* low = &domain->front();
  double* high = &domain->back();
  if (scale.IsTime()) {
    TimeInterval interval = ChooseTimeInterval(*low, *high, count);
    const Json* name = nice != nullptr && nice->IsObject() ? nice->Find("interval") : nice;
    if (name != nullptr && name->IsString()) {
      const Json* step = nice->Find("step");
      const double every = step != nullptr && step->IsNumber() ? step->AsDouble() : 1;
      const int whole = static_cast<int>(std::clamp(every, 1.0, 1000.0));
      if (const auto named = ParseTimeInterval(name->AsString(), whole)) interval = *named;
    }
    NiceTime(interval, low, high);
  } else if (scale.type == ScaleType::kLog) {
    NiceLog(scale.base, low, high);
  } else {
    NiceLinear(count, low, high);
  }
}

Result<std::optional<std::vector<double>>> ExplicitDomain(const ChannelDef& def, bool time) {
  const Json* domain = def.scale.Find("domain");
  const std::string pointer = JsonPointer(JsonPointer(def.pointer, "scale"), "domain");
  if (domain == nullptr || AddsToDomain(*domain)) return std::optional<std::vector<double>>();
  if (!domain->IsArray()) return NotDrawn("a computed scale domain", pointer);
  std::vector<double> out;
  for (const Json& item : domain->items()) {
    const double number = DomainNumber(item, time);
    if (!std::isfinite(number)) {
      return InvalidSpec("a continuous domain must hold numbers or dates", pointer);
    }
    out.push_back(number);
  }
  if (out.size() < 2) return InvalidSpec("a continuous domain needs two values", pointer);
  return std::optional<std::vector<double>>(std::move(out));
}

}  // namespace

double DomainNumber(const Json& value, bool time) {
  if (value.IsNumber()) return value.AsDouble();
  if (time && value.IsString()) {
    return ParseTimeText(value.AsString()).value_or(std::numeric_limits<double>::quiet_NaN());
  }
  if (!value.IsObject()) return std::numeric_limits<double>::quiet_NaN();
  DateTime date;
  const auto part = [&](const char* name, int fallback) {
    const Json* found = value.Find(name);
    const bool number = found != nullptr && found->IsNumber();
    return number ? static_cast<int>(std::clamp(found->AsDouble(), -1e5, 1e5)) : fallback;
  };
  const int quarter = part("quarter", 1);
  date.year = part("year", 2012);
  date.month = std::clamp(part("month", quarter * 3 - 2), 1, 12);
  date.hour = part("hours", 0);
  date.minute = part("minutes", 0);
  date.second = part("seconds", 0);
  date.millisecond = part("milliseconds", 0);
  return static_cast<double>(ToMillis(date)) + (part("date", 1) - 1) * 86'400'000.0;
}

namespace {

// The distinct values of one member, sorted as its own channel says.
Result<std::vector<Json>> MemberDomain(const ScaleMember& member, const ChannelDef& def,
                                       Channel channel, const Context& host) {
  const ChannelDef& own = *member.view->unit.encoding.Find(channel);
  if (own.kind == DefKind::kDatum) {
    const bool time = own.type == DataType::kTemporal;
    return std::vector<Json>{time ? Json(DomainNumber(own.value, true)) : own.value};
  }
  const int column = member.data->domain().Find(ColumnKey(own));
  if (column < 0) return std::vector<Json>();
  ChannelDef sorted = own;
  sorted.sort = def.sort;
  return SortedDomain(*member.view, sorted, *member.data,
                      DistinctOf(member.data->domain(), column).values, host);
}

bool SortsByValue(const Sort& sort) {
  return sort.kind == SortKind::kDefault || sort.kind == SortKind::kAscending ||
         sort.kind == SortKind::kDescending;
}

}  // namespace

Result<std::vector<Json>> DiscreteDomain(const NormalView& view, Channel channel,
                                         const std::vector<ScaleMember>& members,
                                         const Context& host) {
  const ChannelDef& def = *view.unit.encoding.Find(channel);
  const std::string pointer = JsonPointer(JsonPointer(def.pointer, "scale"), "domain");
  const bool time = ReadingOf(def) == Reading::kTime;
  const Json* domain = def.scale.Find("domain");
  if (domain != nullptr && !AddsToDomain(*domain)) {
    if (!domain->IsArray()) return NotDrawn("a computed scale domain", pointer);
    std::vector<Json> out;
    for (const Json& item : domain->items()) {
      out.push_back(time ? Json(DomainNumber(item, true)) : item);
    }
    return out;
  }
  std::vector<Json> values;
  std::unordered_map<std::string, bool> seen;
  const auto add = [&](const Json& value) {
    std::string key;
    AppendKey(value, &key);
    if (seen.try_emplace(std::move(key), true).second) values.push_back(value);
  };
  for (const ScaleMember& member : members) {
    LOUPE_ASSIGN_OR_RETURN(const std::vector<Json> own, MemberDomain(member, def, channel, host));
    for (const Json& value : own) add(value);
  }
  for (const Json& value : UnionOf(def)) add(value);
  if (members.size() > 1 && SortsByValue(def.sort)) {
    values = OrderBy(values, values, def.sort.kind == SortKind::kDescending);
  }
  if (values.size() > kMaxDiscreteValues) {
    return Status(Code::kLimitExceeded, "field \"" + def.field + "\" has more than " +
                                            std::to_string(kMaxDiscreteValues) + " distinct values")
        .At(def.pointer);
  }
  return values;
}

std::vector<double> DomainValues(const std::vector<ScaleMember>& members, Channel channel,
                                 const Context& host) {
  std::vector<double> values;
  for (const ScaleMember& member : members) {
    const ChannelDef& def = *member.view->unit.encoding.Find(channel);
    const int column = member.data->domain().Find(ColumnKey(def));
    if (column < 0) continue;
    for (std::size_t row = 0; row < member.data->domain().row_count; ++row) {
      if (row % Context::kPollInterval == 0) host.Poll();
      const Json& value = member.data->domain().At(column, row);
      if (IsValidNumber(value)) values.push_back(value.AsDouble());
    }
  }
  return values;
}

Result<std::vector<double>> ContinuousDomain(const NormalView& view, Channel channel,
                                             const std::vector<ScaleMember>& members,
                                             const Scale& scale, const Json& config) {
  const ChannelDef& def = *view.unit.encoding.Find(channel);
  LOUPE_ASSIGN_OR_RETURN(auto given, ExplicitDomain(def, scale.IsTime()));
  std::vector<double> domain;
  if (given) {
    domain = *given;
  } else {
    Extent extent;
    for (const ScaleMember& member : members) {
      const Extent own = DataExtent(*member.view, channel, *member.data, config);
      extent.Add(own.low);
      extent.Add(own.high);
    }
    for (const Json& value : UnionOf(def)) extent.Add(DomainNumber(value, scale.IsTime()));
    domain = extent.low <= extent.high ? std::vector<double>{extent.low, extent.high}
                                       : std::vector<double>{0, 0};
  }
  const bool zero = !given && IncludesZero(view, channel, scale, config);
  if (zero) {
    if (domain.front() > 0) domain.front() = 0;
    if (domain.back() < 0) domain.back() = 0;
  }
  const Json* low = def.scale.Find("domainMin");
  const Json* high = def.scale.Find("domainMax");
  if (low != nullptr) domain.front() = DomainNumber(*low, scale.IsTime());
  if (high != nullptr) domain.back() = DomainNumber(*high, scale.IsTime());
  if (const Json* middle = def.scale.Find("domainMid")) {
    domain.insert(domain.end() - 1, middle->AsDouble());
  }
  std::optional<double> padding = PaddingOf(view, channel, config);
  for (const ScaleMember& member : members) {
    if (!padding) padding = PaddingOf(*member.view, channel, config);
  }
  if (padding) PadDomain(scale, *padding, &domain);
  const Json* nice = def.scale.Find("nice");
  const bool position = channel == Channel::kX || channel == Channel::kY;
  const bool by_default =
      position && !given && !def.bin && low == nullptr && high == nullptr && !scale.IsTime();
  if (nice != nullptr || by_default) MakeNice(nice, scale, &domain);
  const bool crosses_zero = scale.type == ScaleType::kLog && !(domain.front() * domain.back() > 0);
  if (crosses_zero) {
    return Status(Code::kChartInvalidData, "a log scale needs a domain that does not include zero")
        .WithHint("Filter the values or use a \"symlog\" scale.")
        .At(def.pointer);
  }
  return domain;
}

}  // namespace loupe::chart
