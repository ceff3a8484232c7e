#include "core/semantic/annotation.hpp"

#include <utility>

#include "core/semantic/names.hpp"

namespace loupe::semantic {

Json FormatToJson(const std::string& format) {
  if (format == "percent" || format == "currency" || format == "number") return format;
  return Json::Of({{"type", "custom-numeric"}, {"value", format}});
}

Json GranularityToJson(const Granularity& granularity) {
  const bool plain = granularity.count == 1;
  const std::string interval = plain ? std::string("1 ") + TimeUnitName(granularity.unit)
                                     : IntervalText(StepOf(granularity));
  Json json = Json::Of({{"name", granularity.name},
                        {"title", TitleFromName(granularity.name)},
                        {"interval", interval}});
  if (!granularity.offset.IsZero()) json.Set("offset", IntervalText(granularity.offset));
  return json;
}

namespace {

Json ColumnToJson(const OutputColumn& column) {
  Json json = Json::Of({{"title", column.title}, {"shortTitle", column.short_title}});
  if (!column.description.empty()) json.Set("description", column.description);
  json.Set("type", ValueKindName(column.type));
  if (!column.format.empty()) json.Set("format", FormatToJson(column.format));
  if (column.granularity) json.Set("granularity", GranularityToJson(*column.granularity));
  return json;
}

}  // namespace

Json Annotation(const Compiled& compiled) {
  Json measures = Json::MakeObject();
  Json dimensions = Json::MakeObject();
  Json times = Json::MakeObject();
  for (const OutputColumn& column : compiled.columns) {
    Json* section = column.kind == MemberKind::kMeasure         ? &measures
                    : column.kind == MemberKind::kTimeDimension ? &times
                                                                : &dimensions;
    section->Set(column.key, ColumnToJson(column));
  }
  Json segments = Json::MakeObject();
  for (const Json& segment : compiled.segments) {
    Json described = segment;
    segments.Set(segment.Find("name")->AsString(), std::move(described));
  }
  return Json::Of({{"measures", std::move(measures)},
                   {"dimensions", std::move(dimensions)},
                   {"segments", std::move(segments)},
                   {"timeDimensions", std::move(times)}});
}

}  // namespace loupe::semantic
