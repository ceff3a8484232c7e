// One number in large digits.
#include "core/recommend/encoding_parts.hpp"
#include "core/recommend/kind.hpp"

namespace loupe::recommend {
namespace {

constexpr int kDigitPixels = 48;

}  // namespace

MaybeDesign BigNumber(const Frame& frame) {
  if (frame.size() != 1 || frame.measures.empty()) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design number(frame, "big-number");
  number.Set("mark", Json::Of({{"type", "text"}, {"fontSize", kDigitPixels}}));
  number.Put("text", measure);
  number.Because(Rule::kOneNumber, 30,
                 frame.Quoted(measure) + " is one number; text says it better than any axis.");
  return number;
}

}  // namespace loupe::recommend
