#include "core/chart/mark/build.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "core/chart/config/config.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/data/row_scope.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/mark/describe.hpp"
#include "core/chart/mark/path.hpp"
#include "core/chart/mark/style.hpp"
#include "core/chart/parse/property.hpp"
#include "core/chart/scene_places.hpp"

namespace loupe::chart {
namespace {

constexpr double kHalfPi = 1.5707963267948966;

using Rows = std::vector<std::size_t>;

struct Encoder {
  const MarkContext& context;
  const Describer& describer;
  Lookup mark;
  Item base;
};

std::string RoleDescription(MarkKind mark) {
  switch (mark) {
    case MarkKind::kBar:
    case MarkKind::kPoint:
    case MarkKind::kCircle:
    case MarkKind::kSquare:
    case MarkKind::kTick:
      return std::string(MarkName(mark));
    default:
      return std::string(MarkName(mark)) + " mark";
  }
}

Mark NewMark(MarkType type) {
  Mark mark;
  mark.type = type;
  mark.role = "mark";
  mark.name = "marks";
  return mark;
}

Item NewItem(const Encoder& e, std::size_t row) {
  const Table& table = e.context.data.main;
  Item item = e.base;
  StyleRow(e.context, row, &item);
  item.aria_role_description =
      e.mark.Text("ariaRoleDescription", RoleDescription(e.context.view.mark()));
  if (!e.context.describes) return item;
  item.aria_label = e.describer.Label(table, row);
  item.tooltip = e.describer.Tooltip(table, row);
  return item;
}

Rows AllRows(const MarkContext& c) {
  Rows rows(c.data.main.row_count);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  return rows;
}

// Rows in the order of the order channel, which lines join and other marks are painted in.
void SortByOrder(const MarkContext& c, Rows* rows) {
  if (c.view.stack) return;
  const auto& orders = c.view.unit.encoding.At(Channel::kOrder);
  for (auto order = orders.rbegin(); order != orders.rend(); ++order) {
    const int column = order->IsField() ? c.data.main.Find(ColumnKey(*order)) : -1;
    if (column < 0) continue;
    const bool descending = order->sort.kind == SortKind::kDescending;
    std::stable_sort(rows->begin(), rows->end(), [&](std::size_t a, std::size_t b) {
      const int sign = CompareValues(c.data.main.At(column, a), c.data.main.At(column, b));
      return descending ? sign > 0 : sign < 0;
    });
  }
}

std::array<double, 4> Corners(const Encoder& e, bool at_low_x, bool at_low_y) {
  const double all = e.mark.Number("cornerRadius", 0);
  std::array<double, 4> corners = {
      e.mark.Number("cornerRadiusTopLeft", all), e.mark.Number("cornerRadiusTopRight", all),
      e.mark.Number("cornerRadiusBottomRight", all), e.mark.Number("cornerRadiusBottomLeft", all)};
  const Json* end = e.mark.Find("cornerRadiusEnd");
  if (end == nullptr || !end->IsNumber()) return corners;
  const double r = end->AsDouble();
  const bool horizontal = e.context.view.orient == Orient::kHorizontal;
  if (horizontal) {
    corners = at_low_x ? std::array<double, 4>{r, 0, 0, r} : std::array<double, 4>{0, r, r, 0};
  } else {
    corners = at_low_y ? std::array<double, 4>{r, r, 0, 0} : std::array<double, 4>{0, 0, r, r};
  }
  return corners;
}

bool IsDrawable(const Span::Edges& x, const Span::Edges& y) {
  return std::isfinite(x.low) && std::isfinite(x.high) && std::isfinite(y.low) &&
         std::isfinite(y.high);
}

Result<std::vector<Mark>> BuildRects(const Encoder& e, const Rows& rows, const Context& host) {
  const MarkContext& c = e.context;
  const Span x = RectSpan(c, Channel::kX);
  const Span y = RectSpan(c, Channel::kY);
  Mark mark = NewMark(MarkType::kRect);
  for (const std::size_t row : rows) {
    if (mark.items.size() % Context::kPollInterval == 0) host.Poll();
    const Span::Edges xs = x.At(c.data.main, row);
    const Span::Edges ys = y.At(c.data.main, row);
    if (!IsDrawable(xs, ys)) continue;
    Item item = NewItem(e, row);
    item.x = xs.low;
    item.y = ys.low;
    item.width = xs.high - xs.low;
    item.height = ys.high - ys.low;
    const bool left = !x.centered && x.first.At(c.data.main, row) <= x.second.At(c.data.main, row);
    const bool up = !y.centered && y.first.At(c.data.main, row) <= y.second.At(c.data.main, row);
    item.corner_radius = Corners(e, left, up);
    mark.items.push_back(std::move(item));
  }
  return std::vector<Mark>{std::move(mark)};
}

Result<std::vector<Mark>> BuildTicks(const Encoder& e, const Rows& rows, const Context& host) {
  const MarkContext& c = e.context;
  const bool horizontal = c.view.orient == Orient::kHorizontal;
  const Span along = RectSpan(c, horizontal ? Channel::kX : Channel::kY);
  const Ref across = PointRef(c, horizontal ? Channel::kY : Channel::kX, DefaultPosition::kMiddle);
  const double thickness = e.mark.Number("thickness", 1);
  Mark mark = NewMark(MarkType::kRect);
  for (const std::size_t row : rows) {
    if (mark.items.size() % Context::kPollInterval == 0) host.Poll();
    const Span::Edges edges = along.At(c.data.main, row);
    const double at = across.At(c.data.main, row);
    if (!std::isfinite(edges.low) || !std::isfinite(at)) continue;
    Item item = NewItem(e, row);
    const double length = edges.high - edges.low;
    item.x = horizontal ? edges.low : at - thickness / 2;
    item.y = horizontal ? at - thickness / 2 : edges.low;
    item.width = horizontal ? length : thickness;
    item.height = horizontal ? thickness : length;
    mark.items.push_back(std::move(item));
  }
  return std::vector<Mark>{std::move(mark)};
}

std::string ShapeOf(const Encoder& e, std::size_t row) {
  const MarkContext& c = e.context;
  if (c.view.mark() == MarkKind::kCircle) return "circle";
  if (c.view.mark() == MarkKind::kSquare) return "square";
  const ChannelDef* def = c.view.unit.encoding.Find(Channel::kShape);
  const CaseChoice choice = def != nullptr ? ChooseCase(c, *def, row) : CaseChoice();
  if (choice.kind == CaseChoice::Kind::kValue) return ValueText(*choice.value);
  const bool given = def != nullptr && def->kind == DefKind::kValue && def->value.IsString();
  if (given) return def->value.AsString();
  const Scale* scale =
      choice.kind == CaseChoice::Kind::kNothing ? nullptr : c.scales.Find(Channel::kShape);
  const int column = def != nullptr && def->IsField() ? c.data.main.Find(ColumnKey(*def)) : -1;
  if (scale != nullptr && column >= 0) return scale->MapName(c.data.main.At(column, row));
  return e.mark.Text("shape", "circle");
}

// Whether no channel but position and texts tells the symbols of different rows apart.
bool HasOneLook(const Encoding& encoding) {
  constexpr Channel kLooks[] = {Channel::kColor,         Channel::kFill,        Channel::kStroke,
                                Channel::kOpacity,       Channel::kFillOpacity, Channel::kSize,
                                Channel::kStrokeOpacity, Channel::kStrokeWidth, Channel::kShape,
                                Channel::kAngle,         Channel::kStrokeDash};
  return std::none_of(std::begin(kLooks), std::end(kLooks), [&](Channel channel) {
    const ChannelDef* def = encoding.Find(channel);
    return def != nullptr && (def->IsField() || !def->cases.empty());
  });
}

PlaceText TextOf(const Encoder& e, std::size_t row) {
  if (!e.context.describes) return {};
  const Table& table = e.context.data.main;
  return {e.describer.Label(table, row), e.describer.Tooltip(table, row)};
}

Result<std::vector<Mark>> BuildSymbols(const Encoder& e, const Rows& rows, const Context& host) {
  const MarkContext& c = e.context;
  const Ref x = PointRef(c, Channel::kX, DefaultPosition::kMiddle);
  const Ref y = PointRef(c, Channel::kY, DefaultPosition::kMiddle);
  const double size = e.mark.Number("size", 30);
  Mark mark = NewMark(MarkType::kSymbol);
  PlaceBuilder places(&mark);
  const bool has_one_look = HasOneLook(c.view.unit.encoding);
  std::size_t commands = 0;
  for (const std::size_t row : rows) {
    if (mark.places.size() % Context::kPollInterval == 0) host.Poll();
    const double at_x = x.At(c.data.main, row);
    const double at_y = y.At(c.data.main, row);
    if (!std::isfinite(at_x) || !std::isfinite(at_y)) continue;
    if (has_one_look && !mark.places.empty()) {
      places.AddAgain(at_x, at_y, TextOf(e, row));
      continue;
    }
    Item item = NewItem(e, row);
    item.x = at_x;
    item.y = at_y;
    const std::string shape = ShapeOf(e, row);
    const auto path = SymbolPath(shape, ChannelNumber(c, Channel::kSize, row, size));
    const std::string pointer = JsonPointer(c.view.unit.pointer, "mark");
    if (!path) return InvalidSpec("\"" + shape + "\" is neither a shape nor a path", pointer);
    commands += path->size();
    if (commands > kMaxPathCommands) {
      return Status(Code::kLimitExceeded, "the symbols of a mark have more than " +
                                              std::to_string(kMaxPathCommands) + " path commands")
          .At(pointer);
    }
    item.path = *path;
    places.Add(std::move(item));
  }
  return std::vector<Mark>{std::move(mark)};
}

Result<std::vector<Mark>> BuildRules(const Encoder& e, const Rows& rows, const Context& host) {
  const MarkContext& c = e.context;
  const Orient orient = c.view.orient;
  const auto high_if = [&](Orient o) {
    return orient == o ? DefaultPosition::kZeroOrHigh : DefaultPosition::kMiddle;
  };
  const Ref x = PointRef(c, Channel::kX, high_if(Orient::kHorizontal));
  const Ref y = PointRef(c, Channel::kY, high_if(Orient::kVertical));
  const Ref x2 = SecondRef(c, Channel::kX, DefaultPosition::kZeroOrLow);
  const Ref y2 = SecondRef(c, Channel::kY, DefaultPosition::kZeroOrLow);
  const double width = e.mark.Number("size", e.base.stroke_width);
  Mark mark = NewMark(MarkType::kRule);
  for (const std::size_t row : rows) {
    if (mark.items.size() % Context::kPollInterval == 0) host.Poll();
    Item item = NewItem(e, row);
    item.x = x.At(c.data.main, row);
    item.y = y.At(c.data.main, row);
    item.x2 = orient == Orient::kVertical ? item.x : x2.At(c.data.main, row);
    item.y2 = orient == Orient::kHorizontal ? item.y : y2.At(c.data.main, row);
    if (!IsDrawable({item.x, item.x2}, {item.y, item.y2})) continue;
    item.stroke_width = ChannelNumber(c, Channel::kSize, row, width);
    mark.items.push_back(std::move(item));
  }
  return std::vector<Mark>{std::move(mark)};
}

// Moves a point away from its centre, clockwise from twelve o'clock.
struct PolarShift {
  explicit PolarShift(const Encoder& e)
      : theta(PointRef(e.context, Channel::kTheta, DefaultPosition::kOrigin)),
        radius(PointRef(e.context, Channel::kRadius, DefaultPosition::kOrigin)) {
    theta.offset += e.mark.Number("thetaOffset", 0);
    radius.offset += e.mark.Number("radiusOffset", 0);
  }

  void Apply(const Table& table, std::size_t row, Item* item) const {
    const double distance = radius.At(table, row);
    if (distance == 0) return;
    const double angle = theta.At(table, row) - kHalfPi;
    item->x += distance * std::cos(angle);
    item->y += distance * std::sin(angle);
  }

  Ref theta;
  Ref radius;
};

Result<std::vector<Mark>> BuildTexts(const Encoder& e, const Rows& rows, const Context& host) {
  const MarkContext& c = e.context;
  const Ref x = PointRef(c, Channel::kX, DefaultPosition::kMiddle);
  const Ref y = PointRef(c, Channel::kY, DefaultPosition::kMiddle);
  const PolarShift shift(e);
  const ChannelDef* def = c.view.unit.encoding.Find(Channel::kText);
  ValueFormat format = ValueText;
  if (def != nullptr && def->IsField()) {
    LOUPE_ASSIGN_OR_RETURN(format, TextFormat(*def, c.config, c.locale));
  }
  const int column = def != nullptr && def->IsField() ? c.data.main.Find(ColumnKey(*def)) : -1;
  const Json* own = e.mark.Find("text");
  Mark mark = NewMark(MarkType::kText);
  for (const std::size_t row : rows) {
    if (mark.items.size() % Context::kPollInterval == 0) host.Poll();
    Item item = NewItem(e, row);
    item.x = x.At(c.data.main, row);
    item.y = y.At(c.data.main, row);
    shift.Apply(c.data.main, row, &item);
    if (!std::isfinite(item.x) || !std::isfinite(item.y)) continue;
    item.font.family = e.mark.Text("font", "sans-serif");
    item.font.size = ChannelNumber(c, Channel::kSize, row, e.mark.Number("fontSize", 11));
    item.font.weight = WeightOf(e.mark.Find("fontWeight"));
    item.font.style =
        e.mark.Text("fontStyle", "") == "italic" ? FontStyle::kItalic : FontStyle::kNormal;
    item.align = AlignOf(e.mark.Text("align", "center"));
    item.baseline = BaselineOf(e.mark.Text("baseline", "middle"));
    item.dx = e.mark.Number("dx", 0);
    item.dy = e.mark.Number("dy", 0);
    item.limit = e.mark.Number("limit", 0);
    item.line_height = e.mark.Number("lineHeight", 0);
    const CaseChoice choice = def != nullptr ? ChooseCase(c, *def, row) : CaseChoice();
    if (choice.kind == CaseChoice::Kind::kValue) {
      item.text = TextLines(*choice.value);
    } else if (column >= 0 && choice.kind == CaseChoice::Kind::kChannel) {
      item.text = {format(c.data.main.At(column, row))};
    } else if (def != nullptr) {
      item.text = TextLines(def->kind == DefKind::kField ? Json() : def->value);
    } else if (own != nullptr) {
      item.text = TextLines(*own);
    }
    mark.items.push_back(std::move(item));
  }
  return std::vector<Mark>{std::move(mark)};
}

Result<std::vector<Mark>> BuildArcs(const Encoder& e, const Rows& rows, const Context& host) {
  const MarkContext& c = e.context;
  const Ref x = PointRef(c, Channel::kX, DefaultPosition::kMiddle);
  const Ref y = PointRef(c, Channel::kY, DefaultPosition::kMiddle);
  const Span theta = RectSpan(c, Channel::kTheta);
  const Span radius = RectSpan(c, Channel::kRadius);
  const Scale* theta_scale = c.scales.Find(Channel::kTheta);
  const bool banded = theta_scale != nullptr && theta_scale->type == ScaleType::kBand;
  const bool radial = c.view.unit.encoding.Find(Channel::kRadius) != nullptr;
  Mark mark = NewMark(MarkType::kArc);
  for (const std::size_t row : rows) {
    if (mark.items.size() % Context::kPollInterval == 0) host.Poll();
    Item item = NewItem(e, row);
    item.x = x.At(c.data.main, row);
    item.y = y.At(c.data.main, row);
    Sector sector;
    sector.start = theta.first.At(c.data.main, row);
    sector.end = theta.second.At(c.data.main, row);
    if (banded) {
      sector.start -= theta_scale->bandwidth / 2;
      sector.end = sector.start + theta_scale->bandwidth;
    }
    const double most = std::min(c.scales.width, c.scales.height) / 2;
    const double outer = radial ? radius.first.At(c.data.main, row) : most;
    sector.outer = e.mark.Number("outerRadius", e.mark.Number("radius", outer)) +
                   e.mark.Number("radiusOffset", 0);
    sector.inner = e.mark.Number("innerRadius", e.mark.Number("radius2", 0)) +
                   e.mark.Number("radius2Offset", 0);
    sector.pad = e.mark.Number("padAngle", 0);
    const bool drawable = std::isfinite(sector.start) && std::isfinite(sector.end) &&
                          std::isfinite(sector.outer) && std::isfinite(item.x);
    if (!drawable) continue;
    item.path = ArcPath(sector);
    mark.items.push_back(std::move(item));
  }
  return std::vector<Mark>{std::move(mark)};
}

// Fields that split lines and areas into series.
std::vector<int> SeriesColumns(const MarkContext& c) {
  std::vector<int> columns;
  for (const Channel channel :
       {Channel::kColor, Channel::kFill, Channel::kStroke, Channel::kOpacity, Channel::kFillOpacity,
        Channel::kStrokeOpacity, Channel::kStrokeWidth, Channel::kStrokeDash, Channel::kSize,
        Channel::kDetail}) {
    if (channel == Channel::kSize && c.view.mark() == MarkKind::kTrail) continue;
    for (const ChannelDef& def : c.view.unit.encoding.At(channel)) {
      if (!def.IsField() || def.aggregate) continue;
      columns.push_back(c.data.main.Find(ColumnKey(def)));
    }
  }
  return columns;
}

std::vector<Rows> SeriesOf(const MarkContext& c, const std::vector<int>& columns) {
  std::unordered_map<std::string, std::size_t> index;
  std::vector<Rows> series;
  for (std::size_t row = 0; row < c.data.main.row_count; ++row) {
    std::string key;
    for (const int column : columns) {
      if (column >= 0) AppendKey(c.data.main.At(column, row), &key);
    }
    const auto [slot, added] = index.try_emplace(std::move(key), series.size());
    if (added) series.emplace_back();
    series[slot->second].push_back(row);
  }
  return series;
}

Result<CurveStyle> StyleOfCurve(const Encoder& e) {
  CurveStyle style;
  const std::string name = e.mark.Text("interpolate", "linear");
  const auto curve = ParseCurve(name);
  if (!curve)
    return NotDrawn("interpolation \"" + name + "\"",
                    JsonPointer(e.context.view.unit.pointer, "mark") + "/interpolate");
  style.curve = *curve;
  style.tension = e.mark.Number("tension", 0);
  style.horizontal = e.context.view.orient == Orient::kHorizontal;
  return style;
}

struct PathRefs {
  Ref x, y, x0, y0;
};

// Columns whose invalid values break paths.
std::vector<int> BreakingColumns(const MarkContext& c) {
  std::vector<int> columns;
  for (std::size_t i = 0; i < kChannelCount; ++i) {
    const Invalid mode = c.view.invalid[i];
    if (mode != Invalid::kBreakShow && mode != Invalid::kBreakFilter) continue;
    const ChannelDef& def = *c.view.unit.encoding.Find(static_cast<Channel>(i));
    columns.push_back(c.data.main.Find(ColumnKey(def)));
  }
  return columns;
}

std::vector<Vertex> VerticesOf(const MarkContext& c, const PathRefs& refs, const Rows& rows) {
  const bool area = c.view.mark() == MarkKind::kArea;
  const bool horizontal = c.view.orient == Orient::kHorizontal;
  const std::vector<int> breaking = BreakingColumns(c);
  std::vector<Vertex> vertices;
  for (const std::size_t row : rows) {
    const bool valid = std::all_of(breaking.begin(), breaking.end(), [&](int column) {
      return column < 0 || IsValidNumber(c.data.main.At(column, row));
    });
    Vertex v;
    v.x = refs.x.At(c.data.main, row);
    v.y = refs.y.At(c.data.main, row);
    v.x0 = area && horizontal ? refs.x0.At(c.data.main, row) : v.x;
    v.y0 = area && !horizontal ? refs.y0.At(c.data.main, row) : v.y;
    v.defined = valid && IsDrawable({v.x, v.x0}, {v.y, v.y0});
    vertices.push_back(v);
  }
  return vertices;
}

std::vector<TrailVertex> TrailVertices(const Encoder& e, const std::vector<Vertex>& vertices,
                                       const Rows& rows) {
  const double width = e.mark.Number("size", e.mark.Number("strokeWidth", 1));
  std::vector<TrailVertex> out;
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    out.push_back({vertices[i].x, vertices[i].y,
                   ChannelNumber(e.context, Channel::kSize, rows[i], width), vertices[i].defined});
  }
  return out;
}

// Points of a path follow its dimension unless an order channel says otherwise.
void SortAlong(const MarkContext& c, const PathRefs& refs, Rows* rows) {
  const auto& orders = c.view.unit.encoding.At(Channel::kOrder);
  const bool kept = !orders.empty() && orders.front().kind == DefKind::kValue;
  if (kept) return;
  const bool ordered = !orders.empty() && orders.front().IsField() && !c.view.stack;
  if (ordered) return SortByOrder(c, rows);
  const bool horizontal = c.view.orient == Orient::kHorizontal;
  const Ref& along = horizontal ? refs.y : refs.x;
  if (c.view.unit.encoding.FindField(horizontal ? Channel::kY : Channel::kX) == nullptr) return;
  std::vector<std::pair<double, std::size_t>> keyed;
  for (const std::size_t row : *rows) {
    const double at = along.At(c.data.main, row);
    keyed.emplace_back(std::isfinite(at) ? at : -1e300, row);
  }
  std::stable_sort(keyed.begin(), keyed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < keyed.size(); ++i) (*rows)[i] = keyed[i].second;
}

Result<std::vector<Mark>> BuildPaths(const Encoder& e, const Context& host) {
  const MarkContext& c = e.context;
  const bool area = c.view.mark() == MarkKind::kArea;
  const DefaultPosition fallback = area ? DefaultPosition::kZeroOrLow : DefaultPosition::kMiddle;
  const PathRefs refs{PointRef(c, Channel::kX, fallback), PointRef(c, Channel::kY, fallback),
                      SecondRef(c, Channel::kX, DefaultPosition::kZeroOrLow),
                      SecondRef(c, Channel::kY, DefaultPosition::kZeroOrLow)};
  LOUPE_ASSIGN_OR_RETURN(const CurveStyle style, StyleOfCurve(e));
  const std::vector<int> columns = SeriesColumns(c);
  Mark group;
  group.role = "scope";
  group.name = "pathgroup";
  std::vector<Mark> marks;
  for (Rows& rows : SeriesOf(c, columns)) {
    host.Poll();
    SortAlong(c, refs, &rows);
    Mark mark = NewMark(area ? MarkType::kArea : MarkType::kLine);
    Item item = NewItem(e, rows.front());
    const std::vector<Vertex> vertices = VerticesOf(c, refs, rows);
    if (c.view.mark() == MarkKind::kTrail) {
      mark.type = MarkType::kTrail;
      item.path = TrailPath(TrailVertices(e, vertices, rows));
    } else {
      item.path = area ? AreaPath(vertices, style) : LinePath(vertices, style);
    }
    if (c.view.mark() == MarkKind::kLine)
      item.stroke_width = ChannelNumber(c, Channel::kSize, rows.front(), item.stroke_width);
    mark.items.push_back(std::move(item));
    if (columns.empty()) return std::vector<Mark>{std::move(mark)};
    Item frame;
    frame.width = c.scales.width;
    frame.height = c.scales.height;
    frame.marks.push_back(std::move(mark));
    group.items.push_back(std::move(frame));
  }
  if (!group.items.empty()) marks.push_back(std::move(group));
  return marks;
}

// Marks that are cut off at the data rectangle come in a group that clips.
std::vector<Mark> Clipped(const Encoder& e, std::vector<Mark> marks) {
  if (!e.mark.Flag("clip", false)) return marks;
  Item frame;
  frame.width = e.context.scales.width;
  frame.height = e.context.scales.height;
  frame.clip = true;
  frame.marks = std::move(marks);
  Mark group;
  group.role = "scope";
  group.name = "clip";
  group.items.push_back(std::move(frame));
  return {std::move(group)};
}

Result<std::vector<Mark>> BuildKind(const Encoder& e, const Rows& rows, const Context& host) {
  switch (e.context.view.mark()) {
    case MarkKind::kBar:
    case MarkKind::kRect:
      return BuildRects(e, rows, host);
    case MarkKind::kTick:
      return BuildTicks(e, rows, host);
    case MarkKind::kPoint:
    case MarkKind::kCircle:
    case MarkKind::kSquare:
      return BuildSymbols(e, rows, host);
    case MarkKind::kRule:
      return BuildRules(e, rows, host);
    case MarkKind::kText:
      return BuildTexts(e, rows, host);
    case MarkKind::kArc:
      return BuildArcs(e, rows, host);
    case MarkKind::kLine:
    case MarkKind::kArea:
    case MarkKind::kTrail:
      return BuildPaths(e, host);
  }
  return std::vector<Mark>();
}

Encoder EncoderOf(const MarkContext& context, const Describer& describer) {
  return {context, describer, MarkLookup(context.view.unit.mark, context.config),
          BaseItem(context)};
}

// The mark's properties as one row decides them.
Result<Json> PropertiesOf(const MarkContext& c, const Json& fixed, std::size_t row,
                          const Context& host, ExpressionBudget* budget) {
  const RowScope scope(c.data, row, c.params, c.locale);
  Json properties = fixed;
  for (const RowProperty& property : c.view.unit.mark.by_row) {
    LOUPE_ASSIGN_OR_RETURN(Json value, property.expression.Evaluate(scope, host, budget));
    properties.Set(property.name, std::move(value));
  }
  return properties;
}

// Appends the items of marks of the same kinds.
void Append(std::vector<Mark> marks, std::vector<Mark>* out) {
  if (out->size() != marks.size()) {
    out->insert(out->end(), std::make_move_iterator(marks.begin()),
                std::make_move_iterator(marks.end()));
    return;
  }
  for (std::size_t i = 0; i < marks.size(); ++i) {
    std::vector<Item>& items = (*out)[i].items;
    items.insert(items.end(), std::make_move_iterator(marks[i].items.begin()),
                 std::make_move_iterator(marks[i].items.end()));
  }
}

// Builds the rows that follow each other with the same properties together. `view` is that of the
// context, whose mark becomes that of each row in turn.
Result<std::vector<Mark>> BuildByRow(const MarkContext& context, const Describer& describer,
                                     const Rows& rows, const Context& host, NormalView* view) {
  const Json fixed = view->unit.mark.properties;
  ExpressionBudget budget;
  std::vector<Mark> marks;
  Rows run;
  const auto build_run = [&]() -> Status {
    if (run.empty()) return Status::Ok();
    LOUPE_ASSIGN_OR_RETURN(std::vector<Mark> built,
                           BuildKind(EncoderOf(context, describer), run, host));
    Append(std::move(built), &marks);
    run.clear();
    return Status::Ok();
  };
  for (const std::size_t row : rows) {
    host.Poll();
    LOUPE_ASSIGN_OR_RETURN(Json properties, PropertiesOf(context, fixed, row, host, &budget));
    if (properties != view->unit.mark.properties) {
      LOUPE_RETURN_IF_ERROR(build_run());
      view->unit.mark.properties = std::move(properties);
    }
    run.push_back(row);
  }
  LOUPE_RETURN_IF_ERROR(build_run());
  return marks;
}

}  // namespace

Result<std::vector<Mark>> BuildMarks(const MarkContext& unit, const Context& host) {
  const bool by_row = !unit.view.unit.mark.by_row.empty();
  std::optional<NormalView> own;
  if (by_row) own = unit.view;
  MarkContext context{
      own ? *own : unit.view, unit.data, unit.scales, unit.config, unit.params, unit.locale,
      unit.describes,         nullptr};
  LOUPE_ASSIGN_OR_RETURN(const CaseTable cases, EvaluateCases(context, host));
  context.cases = &cases;
  LOUPE_ASSIGN_OR_RETURN(const Describer describer, Describer::Make(context));
  Rows rows = AllRows(context);
  SortByOrder(context, &rows);
  if (by_row) {
    LOUPE_ASSIGN_OR_RETURN(std::vector<Mark> marks,
                           BuildByRow(context, describer, rows, host, &*own));
    return Clipped(EncoderOf(context, describer), std::move(marks));
  }
  const Encoder encoder = EncoderOf(context, describer);
  LOUPE_ASSIGN_OR_RETURN(std::vector<Mark> marks, BuildKind(encoder, rows, host));
  return Clipped(encoder, std::move(marks));
}

}  // namespace loupe::chart
