// Numbers as bytes, the lowest byte first, at any address. Compilers make one move of each where
// the processor has that order.
#ifndef LOUPE_CORE_SKETCH_BYTE_ORDER_HPP
#define LOUPE_CORE_SKETCH_BYTE_ORDER_HPP

#include <cstdint>

namespace loupe::sketch {

[[nodiscard]] inline std::uint32_t LoadU32(const char* bytes) {
  const auto* at = reinterpret_cast<const unsigned char*>(bytes);
  return std::uint32_t{at[0]} | std::uint32_t{at[1]} << 8 | std::uint32_t{at[2]} << 16 |
         std::uint32_t{at[3]} << 24;
}

[[nodiscard]] inline std::uint64_t LoadU64(const char* bytes) {
  return std::uint64_t{LoadU32(bytes)} | std::uint64_t{LoadU32(bytes + 4)} << 32;
}

inline void StoreU32(char* bytes, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<char>(value >> 8 * i);
}

inline void StoreU64(char* bytes, std::uint64_t value) {
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(value >> 8 * i);
}

}  // namespace loupe::sketch

#endif  // LOUPE_CORE_SKETCH_BYTE_ORDER_HPP
