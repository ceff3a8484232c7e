#include "core/chart/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/utf8.hpp"
#include "core/chart/render/path_flatten.hpp"
#include "core/chart/scene_places.hpp"

namespace loupe::chart {
namespace {

constexpr int kMaxGroupDepth = 64;
constexpr std::size_t kMaxGuides = 4;     // axes, and legends, that are told
constexpr std::size_t kMaxKinds = 6;      // of marks that are counted
constexpr std::size_t kMaxCaption = 200;  // characters of a title or of what an axis says
constexpr std::size_t kMaxLabel = 120;    // characters of what a mark says
constexpr double kSame = 0.001;           // pixels or radians; less is no difference

// What marks are called, by the description that they have or else by their type.
struct Noun {
  std::string_view description;
  MarkType type;
  std::string_view one;
  std::string_view many;
  std::string_view chart;  // of such marks alone
};
constexpr Noun kNouns[] = {
    {"bar", MarkType::kGroup, "bar", "bars", "Bar chart"},
    {"point", MarkType::kGroup, "point", "points", "Point chart"},
    {"circle", MarkType::kGroup, "circle", "circles", "Point chart"},
    {"square", MarkType::kGroup, "square", "squares", "Point chart"},
    {"tick", MarkType::kGroup, "tick", "ticks", "Tick chart"},
    {"box", MarkType::kGroup, "box", "boxes", "Box plot"},
    {"", MarkType::kRect, "rectangle", "rectangles", "Chart"},
    {"", MarkType::kRule, "rule", "rules", "Chart"},
    {"", MarkType::kLine, "line", "lines", "Line chart"},
    {"", MarkType::kArea, "area", "areas", "Area chart"},
    {"", MarkType::kArc, "sector", "sectors", "Pie chart"},
    {"", MarkType::kSymbol, "point", "points", "Point chart"},
    {"", MarkType::kText, "text", "texts", "Chart"},
    {"", MarkType::kPath, "shape", "shapes", "Chart"},
    {"", MarkType::kTrail, "trail", "trails", "Line chart"},
    {"", MarkType::kImage, "image", "images", "Chart"},
};

const Noun& NounOf(const Mark& mark) {
  const Noun* by_type = nullptr;
  for (const Noun& noun : kNouns) {
    const bool is_described = !noun.description.empty() && !mark.items.empty() &&
                              mark.items.front().aria_role_description == noun.description;
    if (is_described) return noun;
    if (noun.description.empty() && noun.type == mark.type) by_type = &noun;
  }
  return by_type != nullptr ? *by_type : kNouns[0];
}

struct Kind {
  const Noun* noun = nullptr;
  std::size_t count = 0;
};

struct Tick {
  double x = 0;  // pixels in the view
  std::string label;
};

// A mark, and where the group that holds it lies in its view.
struct Placed {
  const Mark* mark = nullptr;
  double x = 0;
  double y = 0;
};

struct Facts {
  std::vector<Kind> kinds;
  std::vector<std::string> axes;  // what they say, each once
  std::vector<std::string> legends;
  std::vector<Tick> ticks;  // of the X-axes
  std::size_t views = 0;
  std::vector<Placed> marks;  // in painting order
};

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Without controls, not longer than `most`.
std::string Cleaned(std::string_view text, std::size_t most) {
  std::string clean = Clipped(text, most);
  for (char& c : clean) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return clean;
}

void AddOnce(const std::string& text, std::vector<std::string>* texts) {
  if (std::find(texts->begin(), texts->end(), text) == texts->end()) texts->push_back(text);
}

// Walks the scene once.
class Reader {
 public:
  explicit Reader(const Context& context) : context_(context) {}

  void Read(const Mark& mark, Placed at, int depth);
  Facts facts;

 private:
  void ReadGroup(const Mark& mark, Placed at, int depth);
  void ReadAxis(const Mark& mark, Placed at);
  void Count(const Mark& mark);
  static bool IsView(const Item& group);

  const Context& context_;
};

void Reader::Count(const Mark& mark) {
  const Noun& noun = NounOf(mark);
  const std::size_t count = mark.places.empty() ? mark.items.size() : mark.places.size();
  for (Kind& kind : facts.kinds) {
    if (kind.noun->one != noun.one) continue;
    kind.count += count;
    return;
  }
  if (count > 0) facts.kinds.push_back({&noun, count});
}

void Reader::ReadAxis(const Mark& mark, Placed at) {
  if (mark.aria_hidden || mark.aria_label.empty()) return;
  AddOnce(mark.aria_label, &facts.axes);
  if (!StartsWith(mark.aria_label, "X-axis")) return;
  for (const Item& axis : mark.items) {
    for (const Mark& part : axis.marks) {
      if (part.role != "axis-label") continue;
      for (const Item& label : part.items) {
        // Labels that overlap others are hidden by their opacity.
        if (label.opacity <= 0 || label.text.empty() || label.text.front().empty()) continue;
        facts.ticks.push_back({at.x + axis.x + label.x, label.text.front()});
      }
    }
  }
}

// A group with marks of data, or with the groups that hold its lines.
bool Reader::IsView(const Item& group) {
  return std::any_of(group.marks.begin(), group.marks.end(), [](const Mark& mark) {
    return (mark.role == "mark" && mark.type != MarkType::kGroup) ||
           EndsWith(mark.name, "pathgroup");
  });
}

void Reader::ReadGroup(const Mark& mark, Placed at, int depth) {
  const bool is_of_view = EndsWith(mark.name, "pathgroup");
  for (const Item& group : mark.items) {
    const bool is_view = !is_of_view && IsView(group);
    if (is_view) ++facts.views;
    Placed inside = at;
    inside.x = is_view ? 0 : at.x + group.x;
    inside.y = is_view ? 0 : at.y + group.y;
    for (const Mark& child : group.marks) Read(child, inside, depth + 1);
  }
}

void Reader::Read(const Mark& mark, Placed at, int depth) {
  if (depth > kMaxGroupDepth) return;
  if (facts.marks.size() % Context::kPollInterval == 0) context_.Poll();
  if (mark.role == "axis") {
    ReadAxis(mark, at);
  } else if (mark.role == "legend") {
    if (!mark.aria_label.empty()) AddOnce(mark.aria_label, &facts.legends);
  } else if (mark.type == MarkType::kGroup) {
    ReadGroup(mark, at, depth);
  } else if (mark.role == "mark") {
    Count(mark);
    facts.marks.push_back({&mark, at.x, at.y});
  }
}

// Whether an axis that says so measures: "Y-axis titled 'n' for a linear scale with values …".
bool Measures(const std::vector<std::string>& axes, std::string_view start) {
  return std::any_of(axes.begin(), axes.end(), [&](const std::string& axis) {
    if (!StartsWith(axis, start)) return false;
    for (const char* scale : {"linear", "log", "pow", "sqrt", "symlog"}) {
      if (axis.find(std::string(" for a ") + scale + " scale with values") != std::string::npos) {
        return true;
      }
    }
    return false;
  });
}

// The least and the greatest of what was shown it, with their names.
class Extremes {
 public:
  void Show(double measure, const std::string& name) {
    if (!std::isfinite(measure)) return;
    if (!has_any_ || measure < least_) Keep(measure, name, &least_, &least_name_);
    if (!has_any_ || measure > most_) Keep(measure, name, &most_, &most_name_);
    has_any_ = true;
  }
  // "longest A, shortest B"; nothing where all are the same.
  [[nodiscard]] std::string Tell(const char* most, const char* least) const {
    const bool tells = has_any_ && most_ - least_ > kSame && !most_name_.empty();
    if (!tells) return "";
    std::string told = std::string(", ") + most + " " + Cleaned(most_name_, kMaxLabel);
    if (least[0] != '\0') {
      told += std::string(", ") + least + " " + Cleaned(least_name_, kMaxLabel);
    }
    return told;
  }

 private:
  static void Keep(double measure, const std::string& name, double* kept, std::string* kept_name) {
    *kept = measure;
    *kept_name = name;
  }

  bool has_any_ = false;
  double least_ = 0;
  double most_ = 0;
  std::string least_name_;
  std::string most_name_;
};

// Which way bars grow: the side on which all of them stand on one line, or have one breadth.
enum class Growth { kUnknown, kUpwards, kSideways };

Growth GrowthOf(const Mark& bars) {
  const Item& first = bars.items.front();
  const auto all = [&](const auto& is_like) {
    return std::all_of(bars.items.begin(), bars.items.end(), is_like);
  };
  const auto near = [](double a, double b) { return std::fabs(a - b) <= kSame; };
  const auto stands = [&](double line, double Item::*from, double Item::*size) {
    return all([&](const Item& bar) {
      return near(bar.*from, line) || near(bar.*from + bar.*size, line);
    });
  };
  const bool upwards = stands(first.y, &Item::y, &Item::height) ||
                       stands(first.y + first.height, &Item::y, &Item::height);
  const bool sideways = stands(first.x, &Item::x, &Item::width) ||
                        stands(first.x + first.width, &Item::x, &Item::width);
  if (upwards != sideways) return upwards ? Growth::kUpwards : Growth::kSideways;
  const bool same_width = all([&](const Item& bar) { return near(bar.width, first.width); });
  const bool same_height = all([&](const Item& bar) { return near(bar.height, first.height); });
  if (same_width == same_height) return Growth::kUnknown;
  return same_width ? Growth::kUpwards : Growth::kSideways;
}

std::string BarExtremes(const Mark& bars) {
  const Growth growth = GrowthOf(bars);
  if (growth == Growth::kUnknown) return "";
  Extremes extremes;
  for (const Item& bar : bars.items) {
    extremes.Show(growth == Growth::kUpwards ? bar.height : bar.width, bar.aria_label);
  }
  return extremes.Tell("longest", "shortest");
}

std::string SectorExtremes(const Mark& sectors, const Context& context) {
  Extremes extremes;
  for (std::size_t i = 0; i < sectors.items.size(); ++i) {
    if (i % Context::kPollInterval == 0) context.Poll();
    extremes.Show(SectorAngle(sectors.items[i].path), sectors.items[i].aria_label);
  }
  return extremes.Tell("largest", "smallest");
}

std::string PointExtremes(const Mark& points) {
  Extremes extremes;
  ForEachItem(points, [&](const Item& point) { extremes.Show(-point.y, point.aria_label); });
  return extremes.Tell("highest", "lowest");
}

std::optional<PathPoint> EndOf(const PathCommand& command) {
  switch (command.verb) {
    case PathVerb::kMove:
    case PathVerb::kLine:
      return PathPoint{command.args[0], command.args[1]};
    case PathVerb::kQuad:
      return PathPoint{command.args[2], command.args[3]};
    case PathVerb::kCubic:
      return PathPoint{command.args[4], command.args[5]};
    case PathVerb::kArc:
      return PathPoint{command.args[5], command.args[6]};
    case PathVerb::kClose:
      break;
  }
  return std::nullopt;
}

const Tick& NearestTick(const std::vector<Tick>& ticks, double x) {
  return *std::min_element(ticks.begin(), ticks.end(), [&](const Tick& a, const Tick& b) {
    return std::fabs(a.x - x) < std::fabs(b.x - x);
  });
}

// Where the lines of all series are highest and lowest; the foot of an area means nothing.
std::string LineExtremes(const Facts& facts, MarkType type, const Context& context) {
  std::optional<PathPoint> highest;
  std::optional<PathPoint> lowest;
  for (const Placed& placed : facts.marks) {
    if (placed.mark->type != type) continue;
    context.Poll();
    for (const Item& line : placed.mark->items) {
      for (const PathCommand& command : line.path) {
        std::optional<PathPoint> at = EndOf(command);
        if (!at || !std::isfinite(at->x) || !std::isfinite(at->y)) continue;
        at->x += placed.x + line.x;
        at->y += placed.y + line.y;
        if (!highest || at->y < highest->y) highest = at;
        if (!lowest || at->y > lowest->y) lowest = at;
      }
    }
  }
  if (!highest || lowest->y - highest->y <= kSame) return "";
  const auto near = [&](const PathPoint& at) {
    return Cleaned(NearestTick(facts.ticks, at.x).label, kMaxLabel);
  };
  std::string told = ", highest near " + near(*highest);
  if (type == MarkType::kLine) told += ", lowest near " + near(*lowest);
  return told;
}

// The first mark of the kind, where it has several items that can be compared.
const Mark* Comparable(const Facts& facts, std::string_view one) {
  for (const Placed& placed : facts.marks) {
    if (NounOf(*placed.mark).one != one) continue;
    const std::size_t count = std::max(placed.mark->items.size(), placed.mark->places.size());
    return count > 1 ? placed.mark : nullptr;
  }
  return nullptr;
}

std::string TellExtremes(const Facts& facts, const Context& context) {
  if (facts.views != 1) return "";
  if (const Mark* bars = Comparable(facts, "bar")) return BarExtremes(*bars);
  if (const Mark* sectors = Comparable(facts, "sector")) return SectorExtremes(*sectors, context);
  if (!Measures(facts.axes, "Y-axis")) return "";
  for (const char* one : {"point", "circle", "square"}) {
    if (const Mark* points = Comparable(facts, one)) return PointExtremes(*points);
  }
  if (facts.ticks.empty()) return "";
  for (const MarkType type : {MarkType::kLine, MarkType::kArea}) {
    const bool has_some = std::any_of(facts.marks.begin(), facts.marks.end(),
                                      [&](const Placed& p) { return p.mark->type == type; });
    if (has_some) return LineExtremes(facts, type, context);
  }
  return "";
}

std::string ChartName(const Facts& facts) {
  if (facts.kinds.empty()) return "Chart";
  const Noun& first = *facts.kinds.front().noun;
  if (first.chart == "Point chart" && facts.kinds.size() == 1 && Measures(facts.axes, "X-axis") &&
      Measures(facts.axes, "Y-axis")) {
    return "Scatter plot";
  }
  // Points that lie on a line belong to it.
  const bool is_one = std::all_of(facts.kinds.begin(), facts.kinds.end(), [&](const Kind& kind) {
    return kind.noun->chart == first.chart ||
           (first.chart == "Line chart" && kind.noun->one == "point");
  });
  return is_one ? std::string(first.chart) : "Layered chart";
}

std::string TellCounts(const Facts& facts) {
  if (facts.kinds.empty()) return "no marks";
  std::string told;
  for (std::size_t i = 0; i < std::min(facts.kinds.size(), kMaxKinds); ++i) {
    const Kind& kind = facts.kinds[i];
    if (!told.empty()) told += " and ";
    told += std::to_string(kind.count) + " ";
    told += kind.count == 1 ? kind.noun->one : kind.noun->many;
  }
  if (facts.kinds.size() > kMaxKinds) told += " and others";
  if (facts.views > 1) told += " in " + std::to_string(facts.views) + " views";
  return told;
}

void TellGuides(const std::vector<std::string>& guides, const char* more, std::string* told) {
  for (std::size_t i = 0; i < std::min(guides.size(), kMaxGuides); ++i) {
    if (!told->empty()) *told += "; ";
    *told += Cleaned(guides[i], kMaxCaption);
  }
  if (guides.size() > kMaxGuides) {
    *told += "; " + std::to_string(guides.size() - kMaxGuides) + " more " + more;
  }
}

}  // namespace

std::string Summarize(const Scene& scene, const Context& context) {
  Reader reader(context);
  reader.Read(scene.root, {}, 0);
  const Facts& facts = reader.facts;
  std::string told = ChartName(facts);
  if (!scene.title.empty()) told += " \"" + Cleaned(scene.title, kMaxCaption) + "\"";
  told += ": " + TellCounts(facts) + TellExtremes(facts, context) + ".";
  std::string guides;
  TellGuides(facts.axes, "axes", &guides);
  TellGuides(facts.legends, "legends", &guides);
  if (!guides.empty()) told += " " + guides + ".";
  return told;
}

}  // namespace loupe::chart
