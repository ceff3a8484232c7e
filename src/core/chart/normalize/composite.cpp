#include "core/chart/normalize/composite.hpp"

#include "core/chart/config/config.hpp"
#include "core/chart/normalize/composite_support.hpp"
#include "core/chart/normalize/members.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

Json Operation(const char* op, const std::string& field, const std::string& as) {
  return Json::Of({{"op", op}, {"field", field}, {"as", as}});
}

void AppendAll(const Json& from, Json* to) {
  for (const Json& item : from.items()) to->Append(item);
}

void AppendPart(const std::optional<Json>& layer, Json* layers) {
  if (layer) layers->Append(*layer);
}

// ---- box plots

struct BoxPlot {
  Composite parts;
  bool min_max = false;  // whiskers reach to the extremes: no outliers
  std::string extent;    // else: how many interquartile ranges whiskers reach at most
  Json invalid;          // of the mark; null where it is not given
  bool has_invalid = false;

  [[nodiscard]] std::string Name(const char* prefix) const { return prefix + parts.field; }
  [[nodiscard]] Json Mark(Json mark) const {
    if (has_invalid) mark.Set("invalid", invalid);
    return mark;
  }
};

Result<BoxPlot> ReadBoxPlot(const Json& unit, const Json& config, const std::string& pointer) {
  BoxPlot box;
  LOUPE_ASSIGN_OR_RETURN(box.parts, TakeApart(unit, config, pointer, {}));
  const Json* extent = box.parts.mark.Find("extent");
  if (extent == nullptr) extent = box.parts.config->Find("extent");
  box.min_max = extent != nullptr && *extent == Json("min-max");
  if (!box.min_max) {
    if (extent == nullptr || !extent->IsNumber() || !(extent->AsDouble() >= 0)) {
      return InvalidSpec("\"extent\" of a box plot must be \"min-max\" or a number",
                         JsonPointer(JsonPointer(pointer, "mark"), "extent"));
    }
    box.extent = extent->Dump();
  }
  if (const Json* invalid = box.parts.mark.Find("invalid")) {
    box.has_invalid = true;
    box.invalid = *invalid;
  }
  return box;
}

Json Quartiles(const BoxPlot& box) {
  const std::string& field = box.parts.field;
  return Json::FromArray({Operation("q1", field, box.Name("lower_box_")),
                          Operation("q3", field, box.Name("upper_box_"))});
}

Json FiveNumbers(const BoxPlot& box) {
  return SummaryTooltip(box.parts, {{box.min_max ? "upper_whisker_" : "max_", "Max"},
                                    {"upper_box_", "Q3"},
                                    {"mid_box_", "Median"},
                                    {"lower_box_", "Q1"},
                                    {box.min_max ? "lower_whisker_" : "min_", "Min"}});
}

Json WhiskerLayers(const BoxPlot& box) {
  const Composite& c = box.parts;
  const Json others =
      Joined(Without(c.others, {"color", "size"}),
             box.min_max ? FiveNumbers(box)
                         : SummaryTooltip(c, {{"upper_whisker_", "Upper Whisker"},
                                              {"lower_whisker_", "Lower Whisker"}}));
  const Json rule = box.Mark(Json::Of({{"type", "rule"}, {"aria", false}}));
  const Json tick = box.Mark(Json::Of({{"type", "tick"},
                                       {"color", "black"},
                                       {"opacity", 1},
                                       {"orient", c.IsVertical() ? "horizontal" : "vertical"},
                                       {"aria", false}}));
  Json layers = Json::MakeArray();
  AppendPart(PartLayer(c, "rule", rule,
                       PartEncoding(c, box.Name("lower_whisker_"), box.Name("lower_box_"), others)),
             &layers);
  AppendPart(PartLayer(c, "rule", rule,
                       PartEncoding(c, box.Name("upper_box_"), box.Name("upper_whisker_"), others)),
             &layers);
  for (const char* end : {"lower_whisker_", "upper_whisker_"}) {
    AppendPart(PartLayer(c, "ticks", tick, PartEncoding(c, box.Name(end), "", others)), &layers);
  }
  return layers;
}

// The median has the colour of the box where the box has no height.
Json MedianColor(const BoxPlot& box, const Json& config) {
  Json when =
      Json::Of({{"test", Datum(box.Name("lower_box_")) + " >= " + Datum(box.Name("upper_box_"))}});
  const Json* color = box.parts.others.Find("color");
  if (color != nullptr && color->IsObject()) {
    when = Joined(when, *color);
  } else {
    const Json& part = Section(*box.parts.config, "box");
    when.Set("value", Lookup({&part, &Section(config, "mark")}).Text("color", "#4c78a8"));
  }
  return Json::Of({{"condition", when}});
}

Json BoxLayers(const BoxPlot& box, const Json& config) {
  const Composite& c = box.parts;
  const Json tooltip = FiveNumbers(box);
  const Json* size = c.mark.Find("size");
  const Json* width = size != nullptr ? size : c.config->Find("size");
  const bool sized = c.others.Find("size") == nullptr && width != nullptr && width->IsNumber();
  Json bar = Json::Of({{"type", "bar"},
                       {"orient", c.IsVertical() ? "vertical" : "horizontal"},
                       {"ariaRoleDescription", "box"}});
  Json tick = Json::Of(
      {{"type", "tick"}, {"orient", c.IsVertical() ? "horizontal" : "vertical"}, {"aria", false}});
  const Json* color = Section(*c.config, "median").Find("color");
  if (color != nullptr) tick.Set("color", *color);
  if (sized) bar.Set("size", *width);
  if (sized) tick.Set("size", *width);
  Json layers = Json::MakeArray();
  if (box.min_max) AppendAll(WhiskerLayers(box), &layers);
  AppendPart(PartLayer(c, "box", box.Mark(bar),
                       PartEncoding(c, box.Name("lower_box_"), box.Name("upper_box_"),
                                    Joined(c.others, tooltip))),
             &layers);
  Json others = Without(c.others, {"color"});
  others.Set("color", MedianColor(box, config));
  AppendPart(PartLayer(c, "median", box.Mark(tick),
                       PartEncoding(c, box.Name("mid_box_"), "", Joined(others, tooltip))),
             &layers);
  return layers;
}

Json BoxTransform(const BoxPlot& box) {
  const Composite& c = box.parts;
  Json operations = Json::MakeArray();
  AppendAll(c.aggregate, &operations);
  AppendAll(Quartiles(box), &operations);
  operations.Append(Operation("median", c.field, box.Name("mid_box_")));
  operations.Append(Operation("min", c.field, box.Name(box.min_max ? "lower_whisker_" : "min_")));
  operations.Append(Operation("max", c.field, box.Name(box.min_max ? "upper_whisker_" : "max_")));
  Json transform = c.bins;
  transform.Append(Json::Of({{"aggregate", operations}, {"groupby", c.groupby}}));
  return transform;
}

// Whiskers reach to the last value within the extent; what lies beyond is drawn by itself.
Json TukeyLayers(const BoxPlot& box) {
  const Composite& c = box.parts;
  const std::string low = Datum(box.Name("lower_box_"));
  const std::string high = Datum(box.Name("upper_box_"));
  const std::string reach = box.extent + " * (" + high + " - " + low + ")";
  const std::string least = low + " - " + reach;
  const std::string most = high + " + " + reach;
  const std::string value = Datum(c.field);
  Json quartiles = c.bins;
  quartiles.Append(Json::Of({{"joinaggregate", Quartiles(box)}, {"groupby", c.groupby}}));
  Json operations =
      Json::FromArray({Operation("min", c.field, box.Name("lower_whisker_")),
                       Operation("max", c.field, box.Name("upper_whisker_")),
                       Operation("min", box.Name("lower_box_"), box.Name("lower_box_")),
                       Operation("max", box.Name("upper_box_"), box.Name("upper_box_"))});
  AppendAll(c.aggregate, &operations);
  const Json inside =
      Json::Of({{"filter", "(" + least + " <= " + value + ") && (" + value + " <= " + most + ")"}});
  const Json whiskers = Json::Of(
      {{"transform",
        Json::FromArray({inside, Json::Of({{"aggregate", operations}, {"groupby", c.groupby}})})},
       {"layer", WhiskerLayers(box)}});
  Json layers = Json::MakeArray();
  const Json others = Without(c.others, {"size", "tooltip"});
  std::optional<Json> outliers = PartLayer(c, "outliers", box.Mark(Json::Of({{"type", "point"}})),
                                           PartEncoding(c, c.field, "", others));
  if (outliers) {
    const Json outside =
        Json::Of({{"filter", "(" + value + " < " + least + ") || (" + value + " > " + most + ")"}});
    outliers->Set("transform", Json::FromArray({outside}));
    layers.Append(*outliers);
  }
  layers.Append(whiskers);
  return Json::Of({{"transform", quartiles}, {"layer", layers}});
}

Result<Json> ExpandBoxPlot(const Json& unit, const Json& config, const std::string& pointer) {
  LOUPE_ASSIGN_OR_RETURN(const BoxPlot box, ReadBoxPlot(unit, config, pointer));
  Json out = box.parts.outer;
  if (box.min_max) {
    Json transform = Json::MakeArray();
    const Json* own = out.Find("transform");
    if (own != nullptr && own->IsArray()) AppendAll(*own, &transform);
    AppendAll(BoxTransform(box), &transform);
    out.Set("transform", std::move(transform));
    out.Set("layer", BoxLayers(box, config));
    return out;
  }
  const Json boxes =
      Json::Of({{"transform", BoxTransform(box)}, {"layer", BoxLayers(box, config)}});
  out.Set("layer", Json::FromArray({TukeyLayers(box), boxes}));
  return out;
}

// ---- error bars and bands

struct ErrorParts {
  Composite parts;
  Json transform;  // of the view
  Json tooltip;
};

Json Calculate(const std::string& expression, const std::string& as) {
  return Json::Of({{"calculate", expression}, {"as", as}});
}

std::string FieldOf(const Json* def) {
  const Json* field = def != nullptr ? def->Find("field") : nullptr;
  return field != nullptr && field->IsString() ? field->AsString() : "";
}

std::string Titled(const std::string& name) {
  std::string out = name;
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

// Bounds that are computed from the rows: centre and spread, or two aggregates.
Status AddRawBounds(const std::string& pointer, ErrorParts* error, Json* operations,
                    Json* calculates) {
  const Composite& c = error->parts;
  const Lookup look({&c.mark, c.config});
  const std::string asked = Lookup({&c.mark}).Text("extent", "");
  const std::string center =
      Lookup({&c.mark}).Text("center", asked.empty()    ? look.Text("center", "mean")
                                       : asked == "iqr" ? "median"
                                                        : "mean");
  const std::string extent =
      asked.empty() ? look.Text("extent", center == "mean" ? "stderr" : "iqr") : asked;
  const std::string& field = c.field;
  if (extent == "stderr" || extent == "stdev") {
    operations->Append(Operation(extent.c_str(), field, "extent_" + field));
    operations->Append(Operation(center.c_str(), field, "center_" + field));
    const std::string middle = Datum("center_" + field);
    const std::string spread = Datum("extent_" + field);
    calculates->Append(Calculate(middle + " + " + spread, "upper_" + field));
    calculates->Append(Calculate(middle + " - " + spread, "lower_" + field));
    error->tooltip = SummaryTooltip(c, {{"center_", Titled(center)},
                                        {"upper_", Titled(center) + " + " + extent},
                                        {"lower_", Titled(center) + " - " + extent}});
    return Status::Ok();
  }
  const bool interval = extent == "ci";
  if (!interval && extent != "iqr") {
    return InvalidSpec("\"extent\" must be ci, stderr, stdev or iqr",
                       JsonPointer(JsonPointer(pointer, "mark"), "extent"));
  }
  operations->Append(Operation(interval ? "ci0" : "q1", field, "lower_" + field));
  operations->Append(Operation(interval ? "ci1" : "q3", field, "upper_" + field));
  operations->Append(Operation(interval ? "mean" : "median", field, "center_" + field));
  error->tooltip = SummaryTooltip(c, {{"upper_", interval ? "Ci1" : "Q3"},
                                      {"lower_", interval ? "Ci0" : "Q1"},
                                      {"center_", interval ? "Mean" : "Median"}});
  return Status::Ok();
}

// Bounds that the rows hold: both ends, or the measure and its error.
void AddGivenBounds(const Json& encoding, ErrorParts* error, Json* calculates) {
  const Composite& c = error->parts;
  const std::string& field = c.field;
  const std::string second = FieldOf(encoding.Find(c.axis + "2"));
  const std::string plus = FieldOf(encoding.Find(c.axis + "Error"));
  const std::string minus = FieldOf(encoding.Find(c.axis + "Error2"));
  if (!second.empty()) {
    calculates->Append(Calculate(Datum(second), "upper_" + field));
    calculates->Append(Calculate(Datum(field), "lower_" + field));
    error->tooltip = SummaryTooltip(c, {{"upper_", second}, {"lower_", field}}, false);
    return;
  }
  calculates->Append(Calculate(Datum(field) + " + " + Datum(plus), "upper_" + field));
  calculates->Append(
      Calculate(Datum(field) + (minus.empty() ? " - " + Datum(plus) : " + " + Datum(minus)),
                "lower_" + field));
  error->tooltip =
      SummaryTooltip(c,
                     {{"", field},
                      {"upper_", field + " + " + plus},
                      {"lower_", minus.empty() ? field + " - " + plus : field + " + " + minus}},
                     false);
}

Result<ErrorParts> ReadError(const Json& unit, const Json& config, const std::string& pointer) {
  ErrorParts error;
  LOUPE_ASSIGN_OR_RETURN(error.parts, TakeApart(unit, config, pointer, {"2", "Error", "Error2"}));
  const Composite& c = error.parts;
  const Json& encoding = *unit.Find("encoding");
  const bool given = encoding.Find(c.axis + "2") != nullptr ||
                     encoding.Find(c.axis + "Error") != nullptr ||
                     encoding.Find(c.axis + "Error2") != nullptr;
  const bool headless =
      encoding.Find(c.axis + "Error2") != nullptr && encoding.Find(c.axis + "Error") == nullptr;
  if (headless) {
    return InvalidSpec("\"" + c.axis + "Error2\" needs \"" + c.axis + "Error\"",
                       JsonPointer(pointer, "encoding"));
  }
  Json operations = c.aggregate;
  Json calculates = Json::MakeArray();
  if (given) {
    AddGivenBounds(encoding, &error, &calculates);
  } else {
    LOUPE_RETURN_IF_ERROR(AddRawBounds(pointer, &error, &operations, &calculates));
  }
  error.transform = Json::MakeArray();
  const Json* own = c.outer.Find("transform");
  if (own != nullptr && own->IsArray()) AppendAll(*own, &error.transform);
  AppendAll(c.bins, &error.transform);
  if (!operations.items().empty()) {
    error.transform.Append(
        Json::Of({{"aggregate", operations}, {"groupby", given ? Json::MakeArray() : c.groupby}}));
  }
  AppendAll(calculates, &error.transform);
  return error;
}

Json Finish(const ErrorParts& error, Json layers) {
  Json out = error.parts.outer;
  out.Set("transform", error.transform);
  out.Set("layer", std::move(layers));
  return out;
}

Result<Json> ExpandErrorBar(const Json& unit, const Json& config, const std::string& pointer) {
  LOUPE_ASSIGN_OR_RETURN(const ErrorParts error, ReadError(unit, config, pointer));
  const Composite& c = error.parts;
  const Json others = Joined(c.others, error.tooltip);
  Json tick = Json::Of(
      {{"type", "tick"}, {"orient", c.IsVertical() ? "horizontal" : "vertical"}, {"aria", false}});
  Json rule = Json::Of({{"type", "rule"}, {"ariaRoleDescription", "errorbar"}});
  if (const Json* thickness = c.mark.Find("thickness")) {
    tick.Set("thickness", *thickness);
    rule.Set("size", *thickness);
  }
  if (const Json* size = c.mark.Find("size")) tick.Set("size", *size);
  Json layers = Json::MakeArray();
  for (const char* end : {"lower_", "upper_"}) {
    AppendPart(PartLayer(c, "ticks", tick, PartEncoding(c, end + c.field, "", others)), &layers);
  }
  AppendPart(
      PartLayer(c, "rule", rule, PartEncoding(c, "lower_" + c.field, "upper_" + c.field, others)),
      &layers);
  return Finish(error, std::move(layers));
}

Result<Json> ExpandErrorBand(const Json& unit, const Json& config, const std::string& pointer) {
  LOUPE_ASSIGN_OR_RETURN(const ErrorParts error, ReadError(unit, config, pointer));
  const Composite& c = error.parts;
  const Json others = Joined(c.others, error.tooltip);
  const Json& encoding = *unit.Find("encoding");
  const bool plane = encoding.Find("x") != nullptr && encoding.Find("y") != nullptr;
  Json band = Json::Of({{"type", plane ? "area" : "rect"}});
  Json border = Json::Of({{"type", plane ? "line" : "rule"}});
  if (plane) {
    const Json* interpolate = c.mark.Find("interpolate");
    const Json* tension = c.mark.Find("tension");
    for (Json* mark : {&band, &border}) {
      if (interpolate != nullptr) mark->Set("interpolate", *interpolate);
      if (interpolate != nullptr && tension != nullptr) mark->Set("tension", *tension);
    }
    band.Set("ariaRoleDescription", "errorband");
    border.Set("aria", false);
  }
  Json layers = Json::MakeArray();
  AppendPart(
      PartLayer(c, "band", band, PartEncoding(c, "lower_" + c.field, "upper_" + c.field, others)),
      &layers);
  for (const char* end : {"lower_", "upper_"}) {
    AppendPart(PartLayer(c, "borders", border, PartEncoding(c, end + c.field, "", others)),
               &layers);
  }
  return Finish(error, std::move(layers));
}

std::string NameOf(const Json& mark) {
  const Json* name = mark.IsObject() ? mark.Find("type") : &mark;
  return name != nullptr && name->IsString() ? name->AsString() : "";
}

}  // namespace

bool IsCompositeMark(const Json& mark) {
  const std::string name = NameOf(mark);
  return name == "boxplot" || name == "errorbar" || name == "errorband";
}

Result<Json> ExpandComposite(const Json& unit, const Json& config, const std::string& pointer) {
  const std::string name = NameOf(*unit.Find("mark"));
  if (name == "boxplot") return ExpandBoxPlot(unit, config, pointer);
  if (name == "errorbar") return ExpandErrorBar(unit, config, pointer);
  return ExpandErrorBand(unit, config, pointer);
}

}  // namespace loupe::chart
