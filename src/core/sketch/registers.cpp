#include "core/sketch/registers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace loupe::sketch {
namespace {

constexpr std::uint32_t kMask = (1U << kRegisterBits) - 1;
constexpr std::size_t kGroupBytes = 3;  // of four registers
constexpr int kGroupSize = 4;

// How many registers hold each rank.
using Histogram = std::array<std::uint32_t, kMask + 1>;

std::uint32_t LoadGroup(const char* group) {
  const auto* at = reinterpret_cast<const unsigned char*>(group);
  return std::uint32_t{at[0]} | std::uint32_t{at[1]} << 8 | std::uint32_t{at[2]} << 16;
}

void StoreGroup(char* group, std::uint32_t ranks) {
  group[0] = static_cast<char>(ranks);
  group[1] = static_cast<char>(ranks >> 8);
  group[2] = static_cast<char>(ranks >> 16);
}

std::uint32_t GreaterOfEach(std::uint32_t left, std::uint32_t right) {
  std::uint32_t ranks = 0;
  for (int i = 0; i < kGroupSize; ++i) {
    const std::uint32_t mask = kMask << i * kRegisterBits;
    ranks |= std::max(left & mask, right & mask);
  }
  return ranks;
}

Histogram CountRanks(const char* registers) {
  Histogram counts = {};
  for (std::size_t at = 0; at < kRegisterBytes; at += kGroupBytes) {
    const std::uint32_t ranks = LoadGroup(registers + at);
    for (int i = 0; i < kGroupSize; ++i) ++counts[ranks >> i * kRegisterBits & kMask];
  }
  return counts;
}

// Ertl's sigma: x + the sum of x^(2^k) 2^(k-1) over k > 0. It stands for the empty registers.
double Sigma(double x) {
  double factor = 1;
  double sum = x;
  double previous = -1;
  while (sum != previous) {
    x *= x;
    previous = sum;
    sum += x * factor;
    factor += factor;
  }
  return sum;
}

// Ertl's tau: a third of 1 - x - the sum of (1 - x^(2^-k))^2 2^-k over k > 0. It stands for the
// full registers.
double Tau(double x) {
  if (x == 0 || x == 1) return 0;
  double factor = 1;
  double sum = 1 - x;
  double previous = -1;
  while (sum != previous) {
    x = std::sqrt(x);
    previous = sum;
    factor /= 2;
    sum -= (1 - x) * (1 - x) * factor;
  }
  return sum / 3;
}

}  // namespace

void RaiseRegister(char* registers, std::uint32_t index, std::uint32_t rank) {
  char* group = registers + index / kGroupSize * kGroupBytes;
  const std::uint32_t shift = index % kGroupSize * kRegisterBits;
  const std::uint32_t ranks = LoadGroup(group);
  if ((ranks >> shift & kMask) >= rank) return;
  StoreGroup(group, (ranks & ~(kMask << shift)) | rank << shift);
}

void RaiseRegisters(char* registers, const char* other) {
  for (std::size_t at = 0; at < kRegisterBytes; at += kGroupBytes) {
    const std::uint32_t ranks = LoadGroup(registers + at);
    const std::uint32_t added = LoadGroup(other + at);
    if (ranks != added) StoreGroup(registers + at, GreaterOfEach(ranks, added));
  }
}

bool AreRanksPossible(const char* registers) {
  const Histogram counts = CountRanks(registers);
  return std::all_of(counts.begin() + kMaxRank + 1, counts.end(),
                     [](std::uint32_t count) { return count == 0; });
}

double EstimateFromRegisters(const char* registers) {
  constexpr double kCount = kRegisterCount;
  constexpr double kAlpha = 0.721347520444481703680;  // 1 / (2 ln 2)
  const Histogram counts = CountRanks(registers);
  if (counts[0] == kRegisterCount) return 0;
  double sum = kCount * Tau(1 - counts[kMaxRank] / kCount);
  for (std::uint32_t rank = kMaxRank - 1; rank >= 1; --rank) sum = (sum + counts[rank]) / 2;
  sum += kCount * Sigma(counts[0] / kCount);
  return kAlpha * kCount * kCount / sum;
}

}  // namespace loupe::sketch
