// Any bytes as a sketch, packed and as text: an error, or a state that takes values, unites with
// itself and another, and comes back from its own text. What is left of the bytes are hashes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/sketch/byte_order.hpp"
#include "core/sketch/distinct_format.hpp"
#include "core/sketch/distinct_sketch.hpp"

using namespace loupe::sketch;

namespace {

void Demand(bool holds) {
  if (!holds) std::abort();
}

std::string Rebuilt(std::string_view state, std::string_view added) {
  std::string larger(RoomFor(state, added), '\0');
  Rebuild(state, {larger.data(), larger.size()});
  return larger;
}

std::string Packed(std::string_view state) {
  std::string packed(PackedSize(state), '\0');
  Pack(state, packed.data());
  return packed;
}

std::string United(std::string state, std::string_view other) {
  while (!Unite({state.data(), state.size()}, other)) state = Rebuilt(state, other);
  return Packed(state);
}

std::string OfHashes(std::string_view bytes) {
  std::string state = Rebuilt({}, {});
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
    while (!Add({state.data(), state.size()}, LoadU64(bytes.data()))) state = Rebuilt(state, {});
  }
  return state;
}

void Exercise(const std::string& packed, const std::string& other) {
  Demand(CountDistinct(packed) >= 0);
  Demand(ParseSketchText(SketchText(packed)).value() == packed);
  Demand(United(packed, packed) == packed);
  const std::string united = United(packed, other);
  Demand(united == United(other, packed));
  Demand(CheckPacked(united).ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string other = OfHashes(bytes);
  Exercise(Packed(other), other);
  if (CheckPacked(bytes).ok()) Exercise(std::string(bytes), other);
  const loupe::Result<std::string> parsed = ParseSketchText(bytes);
  if (parsed.ok()) Exercise(parsed.value(), other);
  if (IsState(bytes)) (void)CountDistinct(Packed(bytes));
  return 0;
}
