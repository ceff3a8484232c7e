#include "core/recommend/rule.hpp"

#include <cstddef>
#include <iterator>

namespace loupe::recommend {
namespace {

constexpr const char* kRanking = "Mackinlay 1986; Cleveland & McGill 1984";
constexpr const char* kMackinlay = "Mackinlay 1986";
constexpr const char* kPerception = "Cleveland & McGill 1984";
constexpr const char* kShowMe = "Show Me (Mackinlay, Hanrahan & Stolte 2007)";
constexpr const char* kDraco = "Draco (Moritz et al. 2019)";
constexpr const char* kVoyager = "Voyager and CompassQL (Wongsuphasawat et al. 2016)";
constexpr const char* kFew = "Few 2012";
constexpr const char* kCleveland = "Cleveland 1985";
constexpr const char* kAsked = "the question";

// In the order of the enumeration.
constexpr RuleText kTexts[] = {
    {"position-first", kRanking,
     "Position on a common scale is read more accurately than length, angle or colour."},
    {"connect-what-follows", kMackinlay, "Joined positions show how one value becomes the next."},
    {"length-from-a-baseline", kPerception,
     "Length from a common baseline is read nearly as accurately as position."},
    {"hue-for-names", kMackinlay, "Hue ranks second to position for names."},
    {"few-hues", kDraco, "More names than a palette has hues cannot be told apart."},
    {"colour-is-weak", kPerception,
     "Shades of colour are read least accurately of all encodings of a number."},
    {"angle-is-weak", kPerception, "Angles are read less accurately than lengths."},
    {"area-is-weak", kPerception, "Areas are read less accurately than positions and lengths."},
    {"express-all-facts", kMackinlay, "A chart should express all facts of the data."},
    {"leaves-facts-out", kMackinlay, "A chart that leaves columns out does not express all facts."},
    {"sort-by-value", kFew, "Neighbours of a sorted list are compared best."},
    {"keep-own-order", kFew, "Values with an order of their own keep it."},
    {"lay-long-names", kShowMe, "Long or many names read without turning beside lying bars."},
    {"common-baseline", kPerception,
     "Marks that share one baseline are compared more accurately than stacked ones."},
    {"bars-begin-at-zero", kDraco,
     "A bar is as long as its value only when its scale begins at zero."},
    {"points-need-no-zero", kCleveland,
     "Points are read by position, so that their scale may begin near the values."},
    {"diverge-from-zero", kFew, "Values of both signs grow in two directions from zero."},
    {"parts-of-a-whole", kFew,
     "Parts that add up to a whole may be shown as its pieces when they are few."},
    {"stack-what-adds-up", kDraco, "Only amounts of one sign that add up are stacked."},
    {"small-multiples", kShowMe,
     "More series than hues are told apart in panels that share their scales."},
    {"bin-to-see-a-distribution", kVoyager,
     "Counts in bins show how the values of a number are distributed."},
    {"summarize-many-rows", kDraco, "Rows that share a place are summarized by an aggregate."},
    {"show-each-value", kCleveland, "Few values are shown each, not as a summary."},
    {"avoid-overplotting", kFew,
     "Where marks would cover each other, counts of bins replace them."},
    {"logarithm-of-wide-spreads", kCleveland,
     "Positive values that spread over several powers of ten are compared on a logarithmic scale."},
    {"interval-as-bar", kMackinlay,
     "Both ends of an interval are positions on one scale, and the bar between them is its "
     "length."},
    {"rank-one-on-top", kFew, "Ranks are positions from the top, the first one highest."},
    {"two-moments-as-slopes", kFew, "The slope of a line between two moments shows the change."},
    {"calendar-grid", kFew, "Days in a grid of months show what returns."},
    {"path-in-order", kMackinlay,
     "Points joined in the order of time show how two numbers move together."},
    {"places-as-positions", kShowMe, "Longitude and latitude are positions."},
    {"largest-only", kFew, "Of more bars than a reader compares the largest are shown."},
    {"one-number-is-text", kFew, "One number needs no axis; text shows it."},
    {"digits-for-looking-up", kFew, "Digits serve those who look single values up."},
    {"overview-first", kVoyager, "Raw rows are shown by a summary first."},
    {"fits-the-task", kDraco, "The words of the question tell the task that a chart has to serve."},
    {"asked-for", kAsked, "The question names the chart."},
    {"fewer-parts", kDraco,
     "Of two designs the one with fewer encodings, layers and panels is preferred."},
};
static_assert(std::size(kTexts) == static_cast<std::size_t>(Rule::kPlainness) + 1);

}  // namespace

const RuleText& TextOf(Rule rule) { return kTexts[static_cast<std::size_t>(rule)]; }

}  // namespace loupe::recommend
