#include "core/semantic/annotation.hpp"

#include <utility>

#include "core/semantic/names.hpp"

namespace loupe::semantic {
namespace {

Json GranularityToJson(TimeUnit unit) {
  const std::string name = TimeUnitName(unit);
  return Json::Of({{"name", name}, {"title", TitleFromName(name)}, {"interval", "1 " + name}});
}

Json ColumnToJson(const OutputColumn& column) {
  Json json = Json::Of({{"title", column.title}, {"shortTitle", column.short_title}});
  if (!column.description.empty()) json.Set("description", column.description);
  json.Set("type", ValueKindName(column.type));
  if (!column.format.empty()) json.Set("format", column.format);
  if (column.granularity) json.Set("granularity", GranularityToJson(*column.granularity));
  return json;
}

}  // namespace

Json Annotation(const Compiled& compiled) {
  Json measures = Json::MakeObject();
  Json dimensions = Json::MakeObject();
  Json times = Json::MakeObject();
  for (const OutputColumn& column : compiled.columns) {
    Json* section = column.kind == MemberKind::kMeasure     ? &measures
                    : column.kind == MemberKind::kDimension ? &dimensions
                                                            : &times;
    section->Set(column.key, ColumnToJson(column));
  }
  return Json::Of({{"measures", std::move(measures)},
                   {"dimensions", std::move(dimensions)},
                   {"segments", Json::MakeObject()},
                   {"timeDimensions", std::move(times)}});
}

}  // namespace loupe::semantic
