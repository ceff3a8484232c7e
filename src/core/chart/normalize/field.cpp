#include "core/chart/normalize/field.hpp"

#include <algorithm>

#include "core/base/number_format.hpp"
#include "core/base/utf8.hpp"
#include "core/chart/data/field_path.hpp"
#include "core/chart/data/time_unit.hpp"
#include "core/chart/normalize/members.hpp"

namespace loupe::chart {
namespace {

bool IsText(const Json* value, std::string_view text) {
  return value != nullptr && value->IsString() && value->AsString() == text;
}

bool Holds(const Json& object, std::string_view name) { return object.Find(name) != nullptr; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordPart(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') ||
         c == U'_';
}

std::string Cased(std::string text, char from, char to, std::size_t count) {
  for (std::size_t i = 0; i < std::min(count, text.size()); ++i) {
    if (text[i] >= from && text[i] <= to) text[i] = static_cast<char>(text[i] - 32);
  }
  return text;
}
std::string TitleCase(const std::string& text) { return Cased(text, 'a', 'z', 1); }
std::string UpperCase(const std::string& text) { return Cased(text, 'a', 'z', text.size()); }

// The operation's name: "mean", or the one member of {"exponential": 0.5}.
std::string OperationName(const Json& aggregate) {
  if (aggregate.IsString()) return aggregate.AsString();
  for (const char* name : {"exponential", "exponentialb"}) {
    if (Holds(aggregate, name)) return name;
  }
  return TextOf(aggregate);
}

// {"maxbins": 10, "nice": true} gives bin_maxbins_10_nice_true.
std::string BinName(const Json& bin) {
  std::string name = "bin";
  for (const Json::Member& member : bin.members()) {
    name += VarName("_" + member.name + "_" + TextOf(member.value));
  }
  return name;
}

std::string TimeUnitName(const Json& unit) {
  std::string name;
  bool has_unit = false;
  for (const Json::Member& member : unit.members()) {
    if (member.name == "utc") continue;
    has_unit |= member.name == "unit";
    const std::string label = member.name == "unit" ? "" : "_" + member.name + "_";
    name += VarName(label + TextOf(member.value));
  }
  return (IsTruthy(unit.Find("utc")) ? "utc" : "") + (has_unit ? name : "timeunit" + name);
}

std::string FieldText(const Json& def) {
  const Json* field = def.Find("field");
  return field != nullptr ? TextOf(*field) : "";
}

std::string TimeUnitTitle(const Json& unit) {
  const Json normal = NormalTimeUnit(unit);
  const Json* name = normal.Find("unit");
  if (name == nullptr || !name->IsString()) return "";
  const auto spec = ParseTimeUnitSpec(name->AsString());
  return spec ? UnitTitle(*spec) : "";
}

bool TruncatesTime(const Json& def) {
  const Json* unit = def.Find("timeUnit");
  return IsTruthy(unit) && !IsBinnedTimeUnit(*unit);
}

std::string VerbalTitle(const Json& def, const Json& config) {
  const Json* aggregate = def.Find("aggregate");
  std::string field = FieldText(def);
  if (IsText(aggregate, "count")) {
    const Json* title = config.Find("countTitle");
    return title != nullptr ? TextOf(*title) : "";
  }
  if (IsBinning(def.Find("bin"))) return field + " (binned)";
  if (TruncatesTime(def)) {
    const std::string unit = TimeUnitTitle(*def.Find("timeUnit"));
    return unit.empty() ? field : field + " (" + unit + ")";
  }
  if (!IsTruthy(aggregate)) return field;
  for (const auto& [op, word] : {std::pair{"argmax", "max"}, std::pair{"argmin", "min"}}) {
    const Json* by = aggregate->Find(op);
    if (by != nullptr) return field + " for " + word + " " + TextOf(*by);
  }
  return TitleCase(OperationName(*aggregate)) + " of " + field;
}

std::string FunctionalTitle(const Json& def) {
  const Json* aggregate = def.Find("aggregate");
  std::string field = FieldText(def);
  std::string function;
  if (IsTruthy(aggregate)) {
    for (const char* op : {"argmax", "argmin"}) {
      const Json* by = aggregate->Find(op);
      if (by != nullptr) return field + " for " + op + "(" + TextOf(*by) + ")";
    }
    function = OperationName(*aggregate);
  } else if (TruncatesTime(def)) {
    const Json unit = NormalTimeUnit(*def.Find("timeUnit"));
    const Json* name = unit.Find("unit");
    function = name != nullptr ? TextOf(*name) : "timeunit";
  } else if (IsBinning(def.Find("bin"))) {
    function = "bin";
  }
  return function.empty() ? field : UpperCase(function) + "(" + field + ")";
}

}  // namespace

bool IsFieldDef(const Json* def) {
  return def != nullptr && (Holds(*def, "field") || IsText(def->Find("aggregate"), "count"));
}

bool IsFieldOrDatumDef(const Json* def) {
  return IsFieldDef(def) || (def != nullptr && Holds(*def, "datum"));
}

const Json* ConditionalDef(const Json& def) {
  const Json* condition = def.Find("condition");
  return IsFieldOrDatumDef(condition) ? condition : nullptr;
}

bool IsBinning(const Json* bin) {
  if (bin == nullptr) return false;
  return *bin == Json(true) || (bin->IsObject() && !IsTruthy(bin->Find("binned")));
}

bool IsBinned(const Json* bin) {
  if (bin == nullptr) return false;
  return IsText(bin, "binned") || IsTruthy(bin->Find("binned"));
}

bool IsBinnedTimeUnit(const Json& unit) {
  if (unit.IsString()) return unit.AsString().compare(0, 6, "binned") == 0;
  return IsTruthy(unit.Find("binned"));
}

Json NormalBin(const Json& bin, std::string_view channel) {
  Json out = bin.IsObject() ? bin : Json::MakeObject();
  if (IsTruthy(out.Find("maxbins")) || IsTruthy(out.Find("step"))) return out;
  std::int64_t bins = channel == "strokeDash" ? 4 : 10;
  for (const char* few : {"row", "column", "size", "color", "fill", "stroke", "strokeWidth",
                          "opacity", "fillOpacity", "strokeOpacity", "shape"}) {
    if (channel == few) bins = 6;
  }
  out.Set("maxbins", bins);
  return out;
}

Json NormalTimeUnit(const Json& unit) {
  Json out = unit.IsObject() ? unit : Json::MakeObject();
  if (unit.IsString()) {
    const bool binned = IsBinnedTimeUnit(unit);
    out.Set("unit", binned ? unit.AsString().substr(6) : unit.AsString());
    if (binned) out.Set("binned", true);
  }
  Json* name = out.Find("unit");
  if (name == nullptr || !name->IsString()) return out;
  const std::string text = name->AsString();
  if (text.compare(0, 3, "utc") != 0) return out;
  *name = text.substr(3);
  out.Set("utc", true);
  return out;
}

std::string TextOf(const Json& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNull()) return "null";
  if (value.IsBool()) return value.AsBool() ? "true" : "false";
  if (value.IsNumber()) return NumberToText(value.AsDouble());
  if (value.IsObject()) return "[object Object]";
  std::string out;
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    const Json& item = value.items()[i];
    if (i != 0) out += ',';
    if (!item.IsNull()) out += TextOf(item);
  }
  return out;
}

std::string VarName(std::string_view text) {
  std::string out;
  if (!text.empty() && IsDigit(text[0])) out += '_';
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = NextCodePoint(text, &i);
    if (IsWordPart(c)) {
      out += static_cast<char>(c);
    } else {
      out += c > 0xFFFF ? "__" : "_";
    }
  }
  return out;
}

std::string FlatName(std::string_view field) {
  std::string out;
  for (const std::string& step : SplitFieldPath(field)) {
    if (!out.empty()) out += '.';
    out += step;
  }
  return out;
}

std::string DerivedName(const Json& def) {
  const Json* aggregate = def.Find("aggregate");
  if (IsText(aggregate, "count")) return "__count";
  std::string field = FieldText(def);
  std::string function;
  if (IsBinning(def.Find("bin"))) {
    function = BinName(NormalBin(*def.Find("bin"), ""));
  } else if (IsTruthy(aggregate)) {
    for (const char* op : {"argmax", "argmin"}) {
      const Json* by = aggregate->Find(op);
      if (by != nullptr) return FlatName(std::string(op) + "_" + TextOf(*by));
    }
    function = OperationName(*aggregate);
  } else if (TruncatesTime(def)) {
    function = TimeUnitName(NormalTimeUnit(*def.Find("timeUnit")));
  }
  if (!function.empty()) field = field.empty() ? function : function + "_" + field;
  return FlatName(field);
}

const Json* GuideOf(const Json& def) {
  if (const Json* axis = def.Find("axis"); IsTruthy(axis)) return axis;
  if (const Json* legend = def.Find("legend"); IsTruthy(legend)) return legend;
  const Json* header = def.Find("header");
  return IsTruthy(header) ? header : nullptr;
}

Json TitleOf(const Json& def, const Json& config) {
  const Json* guide = GuideOf(def);
  const Json* title = guide != nullptr ? guide->Find("title") : nullptr;
  if (title == nullptr) title = def.Find("title");
  if (title != nullptr) return *title;
  const Json* style = config.Find("fieldTitle");
  if (IsText(style, "plain")) return FieldText(def);
  if (IsText(style, "functional")) return FunctionalTitle(def);
  return VerbalTitle(def, config);
}

}  // namespace loupe::chart
