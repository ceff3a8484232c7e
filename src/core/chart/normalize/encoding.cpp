#include "core/chart/normalize/encoding.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "core/base/utf8.hpp"
#include "core/chart/normalize/field.hpp"
#include "core/chart/normalize/members.hpp"

namespace loupe::chart {
namespace {

template <std::size_t N>
bool IsOneOf(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

constexpr std::string_view kSecondary[] = {"x2",         "y2",     "latitude2",
                                           "longitude2", "theta2", "radius2"};
constexpr std::string_view kCounting[] = {"count", "valid", "missing", "distinct"};
constexpr std::string_view kNumericScales[] = {"linear",   "log",      "pow",        "sqrt",
                                               "symlog",   "identity", "sequential", "quantile",
                                               "quantize", "threshold"};
constexpr std::string_view kSortChannels[] = {
    "x",    "y",     "color",       "fill",          "stroke",  "strokeWidth",
    "size", "shape", "fillOpacity", "strokeOpacity", "opacity", "text"};
constexpr std::string_view kPositions[] = {
    "x",      "y",      "x2",      "y2",       "xOffset",   "yOffset",   "theta",
    "theta2", "radius", "radius2", "latitude", "latitude2", "longitude", "longitude2"};

std::string TextAt(const Json& object, std::string_view name) {
  const Json* value = object.Find(name);
  return value != nullptr && value->IsString() ? value->AsString() : "";
}

std::string FullType(const std::string& type) {
  const std::string lower = AsciiLower(type);
  for (const char* full : {"quantitative", "temporal", "ordinal", "nominal", "geojson"}) {
    const bool initial = lower.size() == 1 && lower[0] == full[0] && lower != "g";
    if (initial || lower == full) return full;
  }
  return type;
}

std::string TypeOfScale(const Json& def) {
  const Json* scale = def.Find("scale");
  const std::string type = scale != nullptr ? TextAt(*scale, "type") : "";
  if (IsOneOf(kNumericScales, type)) return "quantitative";
  return type == "time" || type == "utc" ? "temporal" : "nominal";
}

std::string DefaultType(const Json& def, std::string_view channel) {
  if (channel == "latitude" || channel == "longitude") return "quantitative";
  if (channel == "shape" || channel == "strokeDash") return "nominal";
  if (channel == "order") return "ordinal";
  const Json* sort = def.Find("sort");
  if (sort != nullptr && sort->IsArray()) return "ordinal";
  if (IsTruthy(def.Find("timeUnit"))) return "temporal";
  const Json* aggregate = def.Find("aggregate");
  const bool of_row = aggregate != nullptr && (aggregate->Find("argmax") != nullptr ||
                                               aggregate->Find("argmin") != nullptr);
  const bool measures = IsTruthy(def.Find("bin")) || (IsTruthy(aggregate) && !of_row);
  return measures ? "quantitative" : TypeOfScale(def);
}

void SetType(std::string_view channel, Json* def) {
  if (Json* type = def->Find("type")) {
    if (!type->IsString()) return;
    *type = FullType(type->AsString());
    const bool counts = IsOneOf(kCounting, TextAt(*def, "aggregate"));
    if (counts) *type = "quantitative";
  } else if (!IsOneOf(kSecondary, channel)) {
    def->Set("type", DefaultType(*def, channel));
  }
}

Json NormalField(const Json& def, std::string_view channel) {
  Json out = def;
  if (Json* field = out.Find("field"); field != nullptr && field->IsNumber()) {
    *field = TextOf(*field);
  }
  Json* unit = out.Find("timeUnit");
  const bool has_unit = unit != nullptr && (unit->IsString() || unit->IsObject());
  if (has_unit && IsTruthy(unit)) *unit = NormalTimeUnit(*unit);
  if (Json* bin = out.Find("bin"); IsBinning(bin)) *bin = NormalBin(*bin, channel);
  SetType(channel, &out);
  const std::string sort = TextAt(out, "sort");
  if (IsOneOf(kSortChannels, sort)) out.Set("sort", Json::Of({{"encoding", sort}}));
  if (!sort.empty() && sort[0] == '-' && IsOneOf(kSortChannels, sort.substr(1))) {
    out.Set("sort", Json::Of({{"encoding", sort.substr(1)}, {"order", "descending"}}));
  }
  return out;
}

bool IsDate(const Json& datum) {
  for (const char* part :
       {"year", "quarter", "month", "day", "date", "hours", "minutes", "seconds", "milliseconds"}) {
    if (IsTruthy(datum.Find(part))) return true;
  }
  return false;
}

Json NormalFieldOrDatum(const Json& def, std::string_view channel) {
  if (IsFieldDef(&def)) return NormalField(def, channel);
  if (IsTruthy(def.Find("type"))) return def;
  const Json& datum = *def.Find("datum");
  Json out = def;
  if (datum.IsNumber()) out.Set("type", "quantitative");
  if (datum.IsString()) out.Set("type", "nominal");
  if (IsDate(datum)) out.Set("type", "temporal");
  return out;
}

Json NormalDef(const Json& def, std::string_view channel) {
  if (def.IsString() || def.IsNumber() || def.IsBool()) return Json::Of({{"value", def}});
  if (IsFieldOrDatumDef(&def)) return NormalFieldOrDatum(def, channel);
  if (const Json* condition = ConditionalDef(def)) {
    Json out = def;
    out.Set("condition", NormalFieldOrDatum(*condition, channel));
    return out;
  }
  return def;
}

class Extractor {
 public:
  explicit Extractor(const Json& config) : config_(config) {}

  ExtractedEncoding Run(const Json& encoding) {
    for (const Json::Member& member : encoding.members()) {
      if (!member.value.IsArray()) {
        Add(member.name, member.value, member.value);
        continue;
      }
      for (const Json& item : member.value.items()) Add(member.name, item, member.value);
    }
    AppendAll(units_, &bins_);
    return {std::move(bins_), std::move(aggregate_), std::move(groupby_), std::move(encoding_)};
  }

 private:
  void Add(const std::string& channel, const Json& def, const Json& whole) {
    const bool derived =
        IsFieldDef(&def) && (IsTruthy(def.Find("aggregate")) || IsTruthy(def.Find("timeUnit")) ||
                             IsTruthy(def.Find("bin")));
    if (derived) return AddDerived(channel, def);
    if (IsFieldDef(&def)) GroupBy(TextAt(def, "field"));
    encoding_.Set(channel, whole);
  }

  void AddDerived(const std::string& channel, const Json& def) {
    const std::string name = DerivedName(def);
    const Json* guide = GuideOf(def);
    const bool titled = guide != nullptr && IsTruthy(guide->Find("title"));
    Json out = Json::MakeObject();
    if (!titled) out.Set("title", TitleOf(def, config_));
    out = Joined(out, Without(def, {"field", "aggregate", "bin", "timeUnit"}));
    out.Set("field", name);
    if (IsTruthy(def.Find("aggregate"))) {
      Aggregate(def, name, &out);
    } else {
      Group(channel, def, name, &out);
    }
    encoding_.Set(channel, std::move(out));
  }

  void Aggregate(const Json& def, const std::string& name, Json* out) {
    Json op = *def.Find("aggregate");
    const std::string field = TextAt(def, "field");
    for (const char* of_row : {"argmax", "argmin"}) {
      if (op.Find(of_row) == nullptr) continue;
      op = of_row;
      out->Set("field", name + "." + field);
      break;
    }
    for (const char* composite : {"boxplot", "errorbar", "errorband"}) {
      if (op == Json(composite)) return;
    }
    Json operation = Json::Of({{"op", op}, {"as", name}});
    if (!field.empty()) operation.Set("field", field);
    aggregate_.Append(std::move(operation));
  }

  void Group(const std::string& channel, const Json& def, const std::string& name, Json* out) {
    GroupBy(name);
    const bool position = channel == "x" || channel == "y";
    if (const Json* bin = def.Find("bin"); IsBinning(bin) && def.Find("type") != nullptr) {
      bins_.Append(Json::Of({{"bin", *bin}, {"field", *def.Find("field")}, {"as", name}}));
      GroupBy(name + "_end");
      if (position) encoding_.Set(channel + "2", Json::Of({{"field", name + "_end"}}));
      out->Set("bin", "binned");
      if (!IsOneOf(kSecondary, channel)) out->Set("type", "quantitative");
      return;
    }
    const Json* unit = def.Find("timeUnit");
    if (!IsTruthy(unit) || IsBinnedTimeUnit(*unit)) return;
    units_.Append(Json::Of({{"timeUnit", *unit}, {"field", *def.Find("field")}, {"as", name}}));
    const Json* type = def.Find("type");
    if (type != nullptr && *type != Json("temporal")) FormatAsTime(channel, out);
  }

  static void FormatAsTime(const std::string& channel, Json* out) {
    const Json time = Json::Of({{"formatType", "time"}});
    if (channel == "text" || channel == "tooltip") {
      out->Set("formatType", "time");
      return;
    }
    const bool position = channel == "x" || channel == "y";
    if (!position && IsOneOf(kPositions, channel)) return;
    const char* guide = position ? "axis" : "legend";
    const Json* own = out->Find(guide);
    const bool removed = own != nullptr && own->IsNull();
    if (!removed) out->Set(guide, Joined(time, own != nullptr ? *own : Json()));
  }

  void GroupBy(const std::string& field) {
    const bool is_new = !field.empty() && groups_.insert(field).second;
    if (is_new) groupby_.Append(field);
  }

  const Json& config_;
  std::set<std::string> groups_;
  Json bins_ = Json::MakeArray();
  Json units_ = Json::MakeArray();
  Json aggregate_ = Json::MakeArray();
  Json groupby_ = Json::MakeArray();
  Json encoding_ = Json::MakeObject();
};

}  // namespace

Json NormalEncoding(const Json& encoding) {
  Json out = Json::MakeObject();
  for (const Json::Member& member : encoding.members()) {
    out.members().push_back({member.name, NormalDef(member.value, member.name)});
  }
  return out;
}

ExtractedEncoding ExtractTransforms(const Json& encoding, const Json& config) {
  return Extractor(config).Run(encoding);
}

}  // namespace loupe::chart
