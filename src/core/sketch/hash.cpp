#include "core/sketch/hash.hpp"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>

#include "core/sketch/byte_order.hpp"

namespace loupe::sketch {
namespace {

constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87;
constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4F;
constexpr std::uint64_t kPrime3 = 0x165667B19E3779F9;
constexpr std::uint64_t kPrime4 = 0x85EBCA77C2B2AE63;
constexpr std::uint64_t kPrime5 = 0x27D4EB2F165667C5;

constexpr std::size_t kStripeBytes = 32;
constexpr int kLanes = 4;

constexpr std::uint64_t Rotate(std::uint64_t value, int bits) {
  return value << bits | value >> (64 - bits);
}

constexpr std::uint64_t Round(std::uint64_t lane, std::uint64_t input) {
  return Rotate(lane + input * kPrime2, 31) * kPrime1;
}

constexpr std::uint64_t Avalanche(std::uint64_t hash) {
  hash = (hash ^ hash >> 33) * kPrime2;
  hash = (hash ^ hash >> 29) * kPrime3;
  return hash ^ hash >> 32;
}

constexpr std::uint64_t MixWord(std::uint64_t hash, std::uint64_t word) {
  return Rotate(hash ^ Round(0, word), 27) * kPrime1 + kPrime4;
}

// Four lanes over all whole stripes, which it takes from `bytes`, folded into one.
std::uint64_t HashStripes(std::string_view* bytes) {
  std::uint64_t lanes[kLanes] = {kPrime1 + kPrime2, kPrime2, 0, 0 - kPrime1};
  const char* at = bytes->data();
  const char* const end = at + bytes->size() / kStripeBytes * kStripeBytes;
  for (; at != end; at += kStripeBytes) {
    for (int i = 0; i < kLanes; ++i) lanes[i] = Round(lanes[i], LoadU64(at + 8 * i));
  }
  bytes->remove_prefix(static_cast<std::size_t>(end - bytes->data()));
  std::uint64_t hash =
      Rotate(lanes[0], 1) + Rotate(lanes[1], 7) + Rotate(lanes[2], 12) + Rotate(lanes[3], 18);
  for (const std::uint64_t lane : lanes) hash = (hash ^ Round(0, lane)) * kPrime1 + kPrime4;
  return hash;
}

std::uint64_t MixRest(std::uint64_t hash, std::string_view rest) {
  for (; rest.size() >= 8; rest.remove_prefix(8)) hash = MixWord(hash, LoadU64(rest.data()));
  if (rest.size() >= 4) {
    hash = Rotate(hash ^ LoadU32(rest.data()) * kPrime1, 23) * kPrime2 + kPrime3;
    rest.remove_prefix(4);
  }
  for (const char c : rest) {
    hash = Rotate(hash ^ static_cast<unsigned char>(c) * kPrime5, 11) * kPrime1;
  }
  return hash;
}

}  // namespace

std::uint64_t HashBytes(std::string_view bytes) {
  const std::uint64_t size = bytes.size();
  const std::uint64_t start = size >= kStripeBytes ? HashStripes(&bytes) : kPrime5;
  return Avalanche(MixRest(start + size, bytes));
}

std::uint64_t HashInteger(std::int64_t value) {
  return Avalanche(MixWord(kPrime5 + 8, static_cast<std::uint64_t>(value)));
}

std::uint64_t HashIntegers(std::int64_t first, std::int64_t second) {
  char bytes[16];
  StoreU64(bytes, static_cast<std::uint64_t>(first));
  StoreU64(bytes + 8, static_cast<std::uint64_t>(second));
  return HashBytes({bytes, sizeof bytes});
}

std::uint64_t HashNumber(double value) {
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  if (value >= -kLimit && value < kLimit && value == std::trunc(value)) {
    return HashInteger(static_cast<std::int64_t>(value));
  }
  if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();
  char bytes[8];
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  StoreU64(bytes, bits);
  return HashBytes({bytes, sizeof bytes});
}

std::uint64_t HashDecimal(std::string_view digits) {
  if (digits == "NaN") return HashNumber(std::numeric_limits<double>::quiet_NaN());
  if (digits == "Infinity") return HashNumber(std::numeric_limits<double>::infinity());
  if (digits == "-Infinity") return HashNumber(-std::numeric_limits<double>::infinity());
  std::int64_t whole = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, whole);
  if (error == std::errc() && stop == end) return HashInteger(whole);
  return HashBytes(digits);
}

}  // namespace loupe::sketch
