#include "core/chart/normalize/composite_support.hpp"

#include "core/chart/config/config.hpp"
#include "core/chart/normalize/members.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

bool IsBound(const Json* def) {
  return def != nullptr && def->IsObject() &&
         (def->Find("field") != nullptr || def->Find("datum") != nullptr);
}

// What Vega-Lite takes for continuous: quantitative and temporal fields, also by inference.
bool IsContinuous(const Json* def) {
  if (!IsBound(def)) return false;
  const Json* type = def->Find("type");
  if (type != nullptr && type->IsString()) {
    return *type == Json("quantitative") || *type == Json("temporal");
  }
  const Json* bin = def->Find("bin");
  const bool binned = bin != nullptr && !bin->IsNull() && *bin != Json(false);
  if (def->Find("aggregate") != nullptr || def->Find("timeUnit") != nullptr || binned) return true;
  const Json* scale = def->Find("scale");
  const Json* scale_type = scale != nullptr ? scale->Find("type") : nullptr;
  if (scale_type == nullptr || !scale_type->IsString()) return false;
  for (const char* name : {"linear", "log", "pow", "sqrt", "symlog", "time", "utc"}) {
    if (*scale_type == Json(name)) return true;
  }
  return false;
}

bool IsTemporal(const Json* def) {
  const Json* type = def->Find("type");
  return def->Find("timeUnit") != nullptr || (type != nullptr && *type == Json("temporal"));
}

Result<std::string> MeasuredAxis(const Composite& composite, const Json& encoding,
                                 const std::string& pointer) {
  const Json* orient = composite.mark.Find("orient");
  if (orient != nullptr && *orient == Json("vertical")) return std::string("y");
  if (orient != nullptr && *orient == Json("horizontal")) return std::string("x");
  const Json* x = encoding.Find("x");
  const Json* y = encoding.Find("y");
  if (IsContinuous(x)) {
    if (!IsContinuous(y)) return std::string("x");
    const Json* x_aggregate = x->Find("aggregate");
    const bool by_x = y->Find("aggregate") == nullptr && x_aggregate != nullptr &&
                      *x_aggregate == Json(composite.name);
    return std::string(by_x || (IsTemporal(y) && !IsTemporal(x)) ? "x" : "y");
  }
  if (IsContinuous(y)) return std::string("y");
  return InvalidSpec("mark \"" + composite.name + "\" needs a continuous \"x\" or \"y\"",
                     JsonPointer(pointer, "encoding"));
}

void AddOnce(const std::string& name, Json* list) {
  for (const Json& item : list->items()) {
    if (item == Json(name)) return;
  }
  list->Append(name);
}

// Moves the bin, time unit or aggregation of one channel into the transforms; what remains reads
// the field that they make.
Json Extract(const Json& def, Composite* composite) {
  const Json* field = def.Find("field");
  const Json* aggregate = def.Find("aggregate");
  const std::string name = field != nullptr && field->IsString() ? field->AsString() : "";
  if (aggregate != nullptr && aggregate->IsString()) {
    const std::string op = aggregate->AsString();
    const std::string as = name.empty() ? op : op + "_" + name;
    Json operation = Json::Of({{"op", op}, {"as", as}});
    if (!name.empty()) operation.Set("field", name);
    composite->aggregate.Append(std::move(operation));
    Json out = Without(def, {"aggregate"});
    out.Set("field", as);
    if (def.Find("type") == nullptr) out.Set("type", "quantitative");
    if (def.Find("title") == nullptr) {
      out.Set("title", name.empty() ? "Count of Records" : op + " of " + name);
    }
    return out;
  }
  if (name.empty()) return def;
  if (const Json* unit = def.Find("timeUnit"); unit != nullptr && unit->IsString()) {
    const std::string as = unit->AsString() + "_" + name;
    composite->bins.Append(Json::Of({{"timeUnit", *unit}, {"field", name}, {"as", as}}));
    AddOnce(as, &composite->groupby);
    Json out = def;
    out.Set("field", as);
    out.Set("timeUnit", Json::Of({{"unit", *unit}, {"binned", true}}));
    if (def.Find("title") == nullptr) out.Set("title", name + " (" + unit->AsString() + ")");
    return out;
  }
  const Json* bin = def.Find("bin");
  const bool bins = bin != nullptr && (bin->IsObject() || *bin == Json(true));
  if (bins) {
    const std::string as = "bin_" + name;
    composite->bins.Append(Json::Of(
        {{"bin", *bin}, {"field", name}, {"as", Json::FromArray({Json(as), Json(as + "_end")})}}));
    AddOnce(as, &composite->groupby);
    AddOnce(as + "_end", &composite->groupby);
    Json out = def;
    out.Set("field", as);
    out.Set("bin", "binned");
    if (def.Find("type") == nullptr) out.Set("type", "quantitative");
    if (def.Find("title") == nullptr) out.Set("title", name + " (binned)");
    return out;
  }
  AddOnce(name, &composite->groupby);
  return def;
}

void ExtractAll(const Json& encoding, Composite* composite) {
  composite->bins = Json::MakeArray();
  composite->aggregate = Json::MakeArray();
  composite->groupby = Json::MakeArray();
  composite->others = Json::MakeObject();
  for (const Json::Member& member : encoding.members()) {
    if (member.value.IsArray()) {
      Json list = Json::MakeArray();
      for (const Json& def : member.value.items()) list.Append(Extract(def, composite));
      composite->others.Set(member.name, std::move(list));
      continue;
    }
    if (!member.value.IsObject()) {
      composite->others.Set(member.name, member.value);
      continue;
    }
    Json def = Extract(member.value, composite);
    const Json* condition = def.Find("condition");
    const Json* field = condition != nullptr ? condition->Find("field") : nullptr;
    if (field != nullptr && field->IsString()) AddOnce(field->AsString(), &composite->groupby);
    // A position that is binned here reads the ends of its bins.
    const Json* given = member.value.Find("bin");
    const Json* bin = def.Find("bin");
    const bool binned_here = bin != nullptr && *bin == Json("binned") && *given != *bin;
    const bool position = member.name == "x" || member.name == "y";
    const std::string second = member.name + "2";
    if (position && binned_here && encoding.Find(second) == nullptr) {
      const std::string field_name = def.Find("field")->AsString();
      composite->others.Set(second, Json::Of({{"field", field_name + "_end"}}));
    }
    composite->others.Set(member.name, std::move(def));
  }
}

}  // namespace

Json Composite::Title() const {
  const Json* title = measured.Find("title");
  return title != nullptr ? *title : Json(field);
}

Result<Composite> TakeApart(const Json& unit, const Json& config, const std::string& pointer,
                            const std::vector<std::string>& dropped) {
  Composite composite;
  const Json& mark = *unit.Find("mark");
  composite.mark = mark.IsObject() ? mark : Json::Of({{"type", mark}});
  composite.name = composite.mark.Find("type")->AsString();
  composite.config = &Section(config, composite.name);
  const Json* encoding = unit.Find("encoding");
  if (encoding == nullptr || !encoding->IsObject()) {
    return InvalidSpec("mark \"" + composite.name + "\" needs an \"encoding\"", pointer);
  }
  LOUPE_ASSIGN_OR_RETURN(composite.axis, MeasuredAxis(composite, *encoding, pointer));
  const Json* measured = encoding->Find(composite.axis);
  const Json* field = measured != nullptr ? measured->Find("field") : nullptr;
  if (field == nullptr || !field->IsString()) {
    return InvalidSpec(
        "mark \"" + composite.name + "\" needs a \"field\" in \"" + composite.axis + "\"",
        JsonPointer(JsonPointer(pointer, "encoding"), composite.axis));
  }
  composite.measured = Without(*measured, {"aggregate"});
  composite.field = field->AsString();
  std::vector<std::string> own = {composite.axis};
  for (const std::string& suffix : dropped) own.push_back(composite.axis + suffix);
  ExtractAll(Without(*encoding, own), &composite);
  composite.outer = Without(unit, {"mark", "encoding", "projection"});
  return composite;
}

std::optional<Json> PartLayer(const Composite& composite, const std::string& part, const Json& mark,
                              const Json& encoding) {
  const Json* own = composite.mark.Find(part);
  const Json* general = composite.config->Find(part);
  const auto is_on = [](const Json* value) {
    return value != nullptr && (value->IsObject() || *value == Json(true));
  };
  if (own != nullptr ? !is_on(own) : !is_on(general)) return std::nullopt;
  Json look = general != nullptr && general->IsObject() ? *general : Json::MakeObject();
  for (const char* shared : {"clip", "color", "opacity"}) {
    if (const Json* value = composite.mark.Find(shared)) look.Set(shared, *value);
  }
  look = Joined(look, mark);
  look.Set("style", composite.name + "-" + part);
  if (own != nullptr && own->IsObject()) look = Joined(look, *own);
  return Json::Of({{"mark", look}, {"encoding", encoding}});
}

Json PartEncoding(const Composite& composite, const std::string& field, const std::string& second,
                  const Json& others) {
  Json def = Json::Of({{"field", field}, {"title", composite.Title()}});
  const Json* type = composite.measured.Find("type");
  def.Set("type", type != nullptr ? *type : Json("quantitative"));
  for (const char* name : {"scale", "axis"}) {
    if (const Json* value = composite.measured.Find(name)) def.Set(name, *value);
  }
  Json encoding = Json::Of({{composite.axis, def}});
  if (!second.empty()) encoding.Set(composite.axis + "2", Json::Of({{"field", second}}));
  return Joined(encoding, others);
}

std::string Datum(const std::string& field) {
  std::string out = "datum[";
  AppendJsonString(field, &out);
  return out + "]";
}

Json SummaryTooltip(const Composite& composite, const std::vector<Summary>& parts,
                    bool with_field) {
  if (const Json* own = composite.others.Find("tooltip")) return Json::Of({{"tooltip", *own}});
  const Json title = composite.Title();
  const std::string of = title.IsString() ? title.AsString() : composite.field;
  const Json* type = composite.measured.Find("type");
  Json tooltip = Json::MakeArray();
  for (const Summary& part : parts) {
    tooltip.Append(Json::Of({{"field", part.prefix + composite.field},
                             {"type", type != nullptr ? *type : Json("quantitative")},
                             {"title", with_field ? part.title + " of " + of : part.title}}));
  }
  for (const Json::Member& member : composite.others.members()) {
    const Json* field = member.value.Find("field");
    const bool second = member.name == "x2" || member.name == "y2";
    if (field == nullptr || !field->IsString() || second) continue;
    Json def = Json::Of({{"field", *field}});
    for (const char* name : {"type", "title", "timeUnit", "format", "formatType"}) {
      if (const Json* value = member.value.Find(name)) def.Set(name, *value);
    }
    tooltip.Append(std::move(def));
  }
  return Json::Of({{"tooltip", std::move(tooltip)}});
}

}  // namespace loupe::chart
