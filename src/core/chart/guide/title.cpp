#include "core/chart/guide/title.hpp"

#include "core/chart/config/config.hpp"
#include "core/chart/guide/format.hpp"
#include "core/chart/mark/style.hpp"

namespace loupe::chart {
namespace {

Item TextItem(const Lookup& look, const Lookup& style, const std::string& prefix,
              const std::vector<std::string>& lines) {
  const auto name = [&](const char* property) {
    std::string out = prefix + property;
    if (prefix.empty()) out[0] = static_cast<char>(out[0] | 32);
    return out;
  };
  Item item;
  item.text = lines;
  item.font.family = look.Text(name("Font"), style.Text("font", "sans-serif"));
  item.font.size = look.Number(name("FontSize"), style.Number("fontSize", 13));
  const Json* weight = look.Find(name("FontWeight"));
  item.font.weight = WeightOf(weight != nullptr ? weight : style.Find("fontWeight"));
  const std::string slant = look.Text(name("FontStyle"), style.Text("fontStyle", ""));
  item.font.style = slant == "italic" ? FontStyle::kItalic : FontStyle::kNormal;
  const Json* color = look.Find(name("Color"));
  item.fill = PaintOf(color != nullptr ? color : style.Find("fill"));
  item.line_height = look.Number(name("LineHeight"), 0);
  item.dx = look.Number("dx", 0);
  item.dy = look.Number("dy", 0);
  item.limit = look.Number("limit", 0);
  item.baseline = BaselineOf(look.Text("baseline", "top"));
  return item;
}

Mark TextMark(const char* role, const char* description, Item item) {
  Mark mark;
  mark.type = MarkType::kText;
  mark.role = role;
  mark.aria_role_description = description;
  std::string text;
  for (const std::string& line : item.text) text += (text.empty() ? "" : " ") + line;
  mark.aria_label =
      std::string(description[0] == 's' ? "Subtitle" : "Title") + " text '" + text + "'";
  mark.items.push_back(std::move(item));
  return mark;
}

}  // namespace

std::optional<TitleGroup> BuildTitle(const Json& title, const Json& config, const TitlePlace& place,
                                     const TextMeasure& measure) {
  const Bounds& view = place.view;
  const double width = place.width;
  const double height = place.height;
  const Json own = title.IsObject() ? title : Json::Of({{"text", title}});
  const Json* text = own.Find("text");
  if (text == nullptr || text->IsNull()) return std::nullopt;
  const std::vector<std::string> lines = TextLines(*text);
  if (lines.empty() || (lines.size() == 1 && lines[0].empty())) return std::nullopt;
  const Json& styles = Section(config, "style");
  std::vector<const Json*> chain = {&own};
  if (place.kind != TitleKind::kHeader) chain.push_back(&Section(config, "title"));
  const Lookup look(std::move(chain));
  std::vector<const Json*> named = StyleChain(own.Find("style"), config);
  if (place.kind != TitleKind::kHeader) named.push_back(&Section(styles, "group-title"));
  const Lookup style(std::move(named));
  const std::string orient = look.Text("orient", "top");
  const bool composed = place.kind == TitleKind::kComposed;
  const std::string anchor = look.Text("anchor", composed ? "start" : "middle");
  const bool side = orient == "left" || orient == "right";
  const double part = anchor == "start" ? 0 : anchor == "end" ? 1 : 0.5;
  Item heading = TextItem(look, style, "", lines);
  heading.angle = look.Number("angle", orient == "left" ? -90 : orient == "right" ? 90 : 0);
  heading.align = AlignOf(look.Text("align", part == 0 ? "left" : part == 1 ? "right" : "center"));
  Bounds bounds = ItemBounds(MarkType::kText, heading, measure);
  TitleGroup group;
  for (const std::string& line : lines) group.text += (group.text.empty() ? "" : " ") + line;
  std::vector<Mark> marks;
  const double heading_height = bounds.Height();
  const double heading_width = bounds.Width();
  const TextAlign align = heading.align;
  const double angle = heading.angle;
  marks.push_back(TextMark("title-text", "title", std::move(heading)));
  const Json* subtitle = own.Find("subtitle");
  if (subtitle != nullptr && !subtitle->IsNull()) {
    Item second = TextItem(look, Lookup({&Section(styles, "group-subtitle")}), "subtitle",
                           TextLines(*subtitle));
    second.align = align;
    second.angle = angle;
    const double padding = look.Number("subtitlePadding", 3);
    if (orient == "left") second.x = heading_width + padding;
    if (orient == "right") second.x = -heading_width - padding;
    if (!side) second.y = heading_height + padding;
    bounds.Union(ItemBounds(MarkType::kText, second, measure));
    marks.push_back(TextMark("title-subtitle", "subtitle", std::move(second)));
  }
  const bool by_group = place.kind == TitleKind::kPlot && anchor == "middle";
  const bool framed = look.Text("frame", by_group ? "group" : "bounds") == "group";
  double start = framed ? 0 : side ? view.y1 : view.x1;
  double end = framed ? (side ? height : width) : side ? view.y2 : view.x2;
  if (orient == "left") std::swap(start, end);
  const double at = start + (end - start) * part;
  const double offset = look.Number("offset", 4);
  Item item;
  if (orient == "bottom") {
    item.x = at;
    item.y = view.y2 + offset;
  } else if (orient == "left") {
    item.x = view.x1 - bounds.Width() - offset;
    item.y = at;
  } else if (orient == "right") {
    item.x = view.x2 + bounds.Width() + offset;
    item.y = at;
  } else {
    item.x = at;
    item.y = view.y1 - bounds.Height() - offset;
  }
  item.marks = std::move(marks);
  bounds.Translate(item.x, item.y);
  group.bounds = bounds;
  group.mark.role = "title";
  group.mark.items.push_back(std::move(item));
  return group;
}

}  // namespace loupe::chart
