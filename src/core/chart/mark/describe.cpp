#include "core/chart/mark/describe.hpp"

#include <algorithm>

#include "core/chart/config/config.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/data/stack.hpp"

namespace loupe::chart {
namespace {

std::string TitleOf(const ChannelDef& def, const Json& config) {
  const Json* title = def.axis.Find("title");
  if (title == nullptr) title = def.legend.Find("title");
  if (title == nullptr || title->IsNull()) title = def.title ? &*def.title : nullptr;
  if (title == nullptr || title->IsNull()) return FieldTitle(def, config);
  std::string out;
  for (const std::string& line : TextLines(*title)) out += (out.empty() ? "" : ", ") + line;
  return out.empty() ? FieldTitle(def, config) : out;
}

}  // namespace

Result<Describer::Part> Describer::MakePart(const MarkContext& context, Channel channel,
                                            const ChannelDef& def) {
  Part part;
  part.title = TitleOf(def, context.config);
  LOUPE_ASSIGN_OR_RETURN(part.format, TextFormat(def, context.config, context.locale));
  part.column = context.data.main.Find(ColumnKey(def));
  if (def.bin && !def.bin->binned) part.end_column = context.data.main.Find(EndKey(def));
  const bool share = context.view.stack && context.view.stack->measure == channel &&
                     context.view.stack->offset == StackOffset::kNormalize;
  if (share) {
    LOUPE_ASSIGN_OR_RETURN(part.format, NamedFormat(".0%", false, def.pointer, context.locale));
    part.start_column = context.data.main.Find(kStackStart);
    part.column = context.data.main.Find(kStackEnd);
  }
  return part;
}

Result<Describer> Describer::Make(const MarkContext& context) {
  Describer describer;
  const Encoding& encoding = context.view.unit.encoding;
  for (const Channel channel : context.view.unit.order) {
    for (const ChannelDef& def : encoding.At(channel)) {
      if (!def.IsField()) continue;
      LOUPE_ASSIGN_OR_RETURN(Part part, MakePart(context, channel, def));
      const auto same = [&](const Part& p) { return p.title == part.title; };
      const bool known = std::any_of(describer.parts_.begin(), describer.parts_.end(), same);
      if (channel == Channel::kTooltip) describer.tooltip_.push_back(part);
      if (!known) describer.parts_.push_back(std::move(part));
    }
  }
  const auto& tooltips = encoding.At(Channel::kTooltip);
  describer.tooltip_is_text_ = tooltips.size() == 1;
  if (!tooltips.empty() && tooltips.front().kind == DefKind::kValue) {
    Part part;
    part.constant = ValueText(tooltips.front().value);
    describer.tooltip_ = {std::move(part)};
  }
  const Json* of_mark = MarkLookup(context.view.unit.mark, context.config).Find("tooltip");
  if (!tooltips.empty() || of_mark == nullptr) return describer;
  if (of_mark->IsString()) {
    Part part;
    part.constant = of_mark->AsString();
    describer.tooltip_ = {std::move(part)};
    describer.tooltip_is_text_ = true;
  } else if (of_mark->IsObject() || (of_mark->IsBool() && of_mark->AsBool())) {
    describer.tooltip_ = describer.parts_;
  }
  return describer;
}

std::string Describer::ValueOf(const Part& part, const Table& table, std::size_t row) {
  if (part.column < 0) return part.constant.empty() ? "null" : part.constant;
  const Json& value = table.At(part.column, row);
  if (part.start_column >= 0) {
    return part.format(Json(NumberOf(value) - NumberOf(table.At(part.start_column, row))));
  }
  if (part.end_column < 0 || !value.IsNumber()) return part.format(value);
  return part.format(value) + " \xE2\x80\x93 " + part.format(table.At(part.end_column, row));
}

std::string Describer::Join(const std::vector<Part>& parts, const char* separator,
                            const Table& table, std::size_t row) {
  std::string out;
  for (const Part& part : parts) {
    if (!out.empty()) out += separator;
    out += part.title + ": " + ValueOf(part, table, row);
  }
  return out;
}

std::string Describer::Label(const Table& table, std::size_t row) const {
  return Join(parts_, "; ", table, row);
}

std::string Describer::Tooltip(const Table& table, std::size_t row) const {
  if (tooltip_.empty()) return "";
  if (tooltip_is_text_) return ValueOf(tooltip_.front(), table, row);
  return Join(tooltip_, "\n", table, row);
}

}  // namespace loupe::chart
