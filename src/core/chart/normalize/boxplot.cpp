#include "core/chart/normalize/boxplot.hpp"

#include "core/chart/config/config.hpp"
#include "core/chart/normalize/encoding.hpp"
#include "core/chart/normalize/field.hpp"
#include "core/chart/normalize/members.hpp"

namespace loupe::chart {
namespace {

struct BoxPlot {
  const CompositeUnit& unit;
  MeasuredAxis axis;
  bool min_max = false;  // whiskers reach to the extremes: no outliers
  std::string extent;    // else: how many distances of the quartiles they reach at most
  ExtractedEncoding rest;
  Json outlier_tooltip;  // what the tooltip has without aggregates, or null

  [[nodiscard]] std::string Column(const char* prefix) const { return prefix + axis.column; }
  [[nodiscard]] std::string Expression(const char* prefix) const {
    return ColumnExpression(Column(prefix));
  }
  [[nodiscard]] Json Mark(const char* type) const {
    Json mark = Json::Of({{"type", type}});
    CopyMembers(unit.mark, {"invalid"}, &mark);
    return mark;
  }
};

// Parts show the aggregates of a tooltip, outliers all else of it.
void SplitTooltip(const Json& tooltip, Json* aggregated, Json* plain) {
  if (!tooltip.IsArray()) {
    (IsTruthy(tooltip.Find("aggregate")) ? *aggregated : *plain) = tooltip;
    return;
  }
  Json with = Json::MakeArray();
  Json without = Json::MakeArray();
  for (const Json& item : tooltip.items()) {
    (IsTruthy(item.Find("aggregate")) ? with : without).Append(item);
  }
  if (!with.items().empty()) *aggregated = std::move(with);
  if (without.items().size() == 1) {
    *plain = without.items().front();
  } else if (!without.items().empty()) {
    *plain = std::move(without);
  }
}

Result<BoxPlot> ReadBoxPlot(const CompositeUnit& unit, std::vector<Warning>* warnings) {
  LOUPE_ASSIGN_OR_RETURN(MeasuredAxis axis, InferAxis(unit, warnings));
  BoxPlot box{unit, std::move(axis), false, "", {}, Json()};
  const Json* extent = unit.mark.Find("extent");
  if (extent == nullptr || extent->IsNull()) extent = unit.section->Find("extent");
  box.min_max = extent != nullptr && *extent == Json("min-max");
  if (!box.min_max) {
    if (extent == nullptr || !extent->IsNumber()) {
      return Status(Code::kChartInvalidSpec,
                    "\"extent\" of a box plot must be \"min-max\" or a number")
          .At(JsonPointer(JsonPointer(unit.pointer, "mark"), "extent"));
    }
    box.extent = TextOf(*extent);
  }
  Json encoding = Without(unit.encoding, {box.axis.channel, "tooltip"});
  Json aggregated;
  const Json* tooltip = unit.encoding.Find("tooltip");
  if (IsTruthy(tooltip)) SplitTooltip(*tooltip, &aggregated, &box.outlier_tooltip);
  if (!aggregated.IsNull()) encoding.Set("tooltip", std::move(aggregated));
  box.rest = ExtractTransforms(encoding, *unit.config);
  return box;
}

Json Quartiles(const BoxPlot& box) {
  return Json::FromArray({Operation("q1", box.axis.field, box.Column("lower_box_")),
                          Operation("q3", box.axis.field, box.Column("upper_box_"))});
}

Json FiveNumbers(const BoxPlot& box) {
  return SummaryTooltip(box.axis,
                        {{box.min_max ? "upper_whisker_" : "max_", "Max"},
                         {"upper_box_", "Q3"},
                         {"mid_box_", "Median"},
                         {"lower_box_", "Q1"},
                         {box.min_max ? "lower_whisker_" : "min_", "Min"}},
                        box.rest.encoding, SummaryTitle::kOfField);
}

Json WhiskerLayers(const BoxPlot& box) {
  const Json tooltip = box.min_max ? FiveNumbers(box)
                                   : SummaryTooltip(box.axis,
                                                    {{"upper_whisker_", "Upper Whisker"},
                                                     {"lower_whisker_", "Lower Whisker"}},
                                                    box.rest.encoding, SummaryTitle::kOfField);
  const Json shared = Without(box.rest.encoding, {"color", "size"});
  const Json rule = Joined(box.Mark("rule"), Json::Of({{"aria", false}}));
  const Json tick = Joined(
      box.Mark("tick"),
      Json::Of(
          {{"color", "black"}, {"opacity", 1}, {"orient", box.axis.Across()}, {"aria", false}}));
  const Part parts[] = {{"rule", rule, "lower_whisker_", "lower_box_", shared, tooltip},
                        {"rule", rule, "upper_box_", "upper_whisker_", shared, tooltip},
                        {"ticks", tick, "lower_whisker_", "", shared, tooltip},
                        {"ticks", tick, "upper_whisker_", "", shared, tooltip}};
  Json layers = Json::MakeArray();
  for (const Part& part : parts) AppendPart(box.unit, box.axis, part, &layers);
  return layers;
}

// The median has the colour of the box where the box has no height.
Json MedianColor(const BoxPlot& box) {
  Json when =
      Json::Of({{"test", box.Expression("lower_box_") + " >= " + box.Expression("upper_box_")}});
  const Json* color = box.rest.encoding.Find("color");
  if (IsTruthy(color)) return Json::Of({{"condition", Joined(when, *color)}});
  const Json* part = box.unit.section->Find("box");
  const bool is_object = part != nullptr && part->IsObject();
  const Json& source = is_object ? *part : Section(*box.unit.config, "mark");
  const Json* value = source.Find("color");
  when.Set("value", IsTruthy(value) ? *value : Json("#4c78a8"));
  return Json::Of({{"condition", when}});
}

Json BoxLayers(const BoxPlot& box) {
  Json size = Json::MakeObject();
  const Json* width = MarkProperty(box.unit.mark, *box.unit.config, "size");
  if (IsTruthy(width)) size.Set("size", *width);
  const Json bar =
      Joined(Joined(box.Mark("bar"), size),
             Json::Of({{"orient", box.axis.Orient()}, {"ariaRoleDescription", "box"}}));
  Json tick = box.Mark("tick");
  const Json* color = Section(*box.unit.section, "median").Find("color");
  if (IsTruthy(color)) tick.Set("color", *color);
  tick = Joined(Joined(tick, size), Json::Of({{"orient", box.axis.Across()}, {"aria", false}}));

  const Json tooltip = FiveNumbers(box);
  const Json& others = box.rest.encoding;
  Json median = Without(others, {"color", "size"});
  if (const Json* by_size = others.Find("size"); IsTruthy(by_size)) median.Set("size", *by_size);
  median.Set("color", MedianColor(box));
  Json layers = box.min_max ? WhiskerLayers(box) : Json::MakeArray();
  AppendPart(box.unit, box.axis, {"box", bar, "lower_box_", "upper_box_", others, tooltip},
             &layers);
  AppendPart(box.unit, box.axis, {"median", tick, "mid_box_", "", median, tooltip}, &layers);
  return layers;
}

Json BoxTransform(const BoxPlot& box) {
  const std::string& field = box.axis.field;
  Json operations = box.rest.aggregate;
  AppendAll(Quartiles(box), &operations);
  operations.Append(Operation("median", field, box.Column("mid_box_")));
  operations.Append(Operation("min", field, box.Column(box.min_max ? "lower_whisker_" : "min_")));
  operations.Append(Operation("max", field, box.Column(box.min_max ? "upper_whisker_" : "max_")));
  Json transform = box.rest.transforms;
  transform.Append(Json::Of({{"aggregate", operations}, {"groupby", box.rest.groupby}}));
  return transform;
}

// Where whiskers may reach at least and at most.
struct Reach {
  std::string least;
  std::string most;
};

Reach ReachOf(const BoxPlot& box) {
  const std::string low = box.Expression("lower_box_");
  const std::string high = box.Expression("upper_box_");
  const std::string distance = box.extent + " * (" + high + " - " + low + ")";
  return {low + " - " + distance, high + " + " + distance};
}

// Whiskers reach to the extremes of the values within reach.
Json Whiskers(const BoxPlot& box, const Reach& reach) {
  const std::string& field = box.axis.field;
  const std::string value = FieldExpression(field);
  Json operations =
      Json::FromArray({Operation("min", field, box.Column("lower_whisker_")),
                       Operation("max", field, box.Column("upper_whisker_")),
                       Operation("min", "lower_box_" + field, box.Column("lower_box_")),
                       Operation("max", "upper_box_" + field, box.Column("upper_box_"))});
  AppendAll(box.rest.aggregate, &operations);
  const std::string inside =
      "(" + reach.least + " <= " + value + ") && (" + value + " <= " + reach.most + ")";
  return Json::Of(
      {{"transform",
        Json::FromArray({Json::Of({{"filter", inside}}),
                         Json::Of({{"aggregate", operations}, {"groupby", box.rest.groupby}})})},
       {"layer", WhiskerLayers(box)}});
}

std::optional<Json> Outliers(const BoxPlot& box, const Reach& reach) {
  const Json& others = box.rest.encoding;
  Part part{"outliers",
            Json::Of({{"type", "point"}}),
            "",
            "",
            Without(others, {"color", "size", "tooltip"}),
            Json::MakeObject()};
  if (const Json* color = others.Find("color"); IsTruthy(color)) part.extra.Set("color", *color);
  if (IsTruthy(&box.outlier_tooltip)) part.extra.Set("tooltip", box.outlier_tooltip);
  std::optional<Json> layer = PartLayer(box.unit, box.axis, part);
  if (!layer) return std::nullopt;
  const std::string value = FieldExpression(box.axis.field);
  const std::string outside =
      "(" + value + " < " + reach.least + ") || (" + value + " > " + reach.most + ")";
  layer->Set("transform", Json::FromArray({Json::Of({{"filter", outside}})}));
  return layer;
}

Json TukeyLayers(const BoxPlot& box) {
  const Reach reach = ReachOf(box);
  Json quartiles = box.rest.transforms;
  quartiles.Append(Json::Of({{"joinaggregate", Quartiles(box)}, {"groupby", box.rest.groupby}}));
  Json whiskers = Whiskers(box, reach);
  if (const std::optional<Json> outliers = Outliers(box, reach)) {
    return Json::Of({{"transform", std::move(quartiles)},
                     {"layer", Json::FromArray({*outliers, std::move(whiskers)})}});
  }
  AppendAll(*whiskers.Find("transform"), &quartiles);
  whiskers.Set("transform", std::move(quartiles));
  return whiskers;
}

}  // namespace

Result<Json> ExpandBoxPlot(const CompositeUnit& unit, std::vector<Warning>* warnings) {
  LOUPE_ASSIGN_OR_RETURN(const BoxPlot box, ReadBoxPlot(unit, warnings));
  Json out = unit.outer;
  if (box.min_max) {
    Json transform = ListAt(out, "transform");
    AppendAll(BoxTransform(box), &transform);
    out.Set("transform", std::move(transform));
    out.Set("layer", BoxLayers(box));
    return out;
  }
  const Json boxes = Json::Of({{"transform", BoxTransform(box)}, {"layer", BoxLayers(box)}});
  out.Set("layer", Json::FromArray({TukeyLayers(box), boxes}));
  return out;
}

}  // namespace loupe::chart
