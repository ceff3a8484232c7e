#include "core/recommend/design.hpp"

#include <algorithm>

#include "core/recommend/field_text.hpp"

namespace loupe::recommend {

Json FieldOf(const Frame& frame, const ColumnRole& column, std::string_view type) {
  const std::string& name = frame.NameOf(column);
  Json field =
      Json::Of({{"field", EscapedField(name)}, {"type", type}, {"title", ReadableTitle(name)}});
  if (column.role == Role::kTime) {
    if (std::string unit = TimeUnitOf(name); !unit.empty()) field.Set("timeUnit", unit);
  }
  return field;
}

const char* TypeOf(const ColumnRole& column) {
  switch (column.role) {
    case Role::kTime:
      return "temporal";
    case Role::kMeasure:
      return "quantitative";
    case Role::kOrdinal:
      return "ordinal";
    case Role::kCategory:
    case Role::kNone:
      break;
  }
  return "nominal";
}

std::string DatumOf(const Frame& frame, const ColumnRole& column) {
  std::string datum = "datum['";
  for (const char c : frame.NameOf(column)) {
    if (c == '\'' || c == '\\') datum += '\\';
    if (c == '\n') {
      datum += "\\n";
    } else {
      datum += c;
    }
  }
  return datum + "']";
}

Design::Design(const Frame& frame, std::string_view kind) : frame_(&frame), kind_(kind) {}

void Design::Set(std::string_view member, Json value) {
  members_.emplace_back(member, std::move(value));
}

Json& Design::Put(std::string_view channel, const ColumnRole& column) {
  return Put(channel, column, TypeOf(column));
}

Json& Design::Put(std::string_view channel, const ColumnRole& column, std::string_view type) {
  Show(channel, column);
  return PutDefinition(channel, FieldOf(*frame_, column, type));
}

Json& Design::PutDefinition(std::string_view channel, Json definition) {
  return encoding_.Set(channel, std::move(definition));
}

void Design::Show(std::string_view channel, const ColumnRole& column) {
  shown_.emplace_back(column.index, channel);
}

void Design::Because(Rule rule, int points, std::string why) {
  reasons_.push_back({rule, points, std::move(why)});
}

int Design::Score() const {
  int score = 0;
  for (const Reason& reason : reasons_) score += reason.points;
  return std::clamp(score, 0, 100);
}

Json Design::Spec(std::string_view title) const {
  Json spec = Json::Of({{"$schema", "https://vega.github.io/schema/vega-lite/v6.json"}});
  if (!title.empty()) spec.Set("title", title);
  for (const auto& [name, value] : members_) spec.Set(name, value);
  if (!encoding_.members().empty()) spec.Set("encoding", encoding_);
  return spec;
}

}  // namespace loupe::recommend
