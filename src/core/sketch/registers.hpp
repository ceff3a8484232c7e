// The dense form of a distinct sketch: 16,384 registers of six bits, four in three bytes.
//
//   register  0       1       2       3          the lowest bit of the first byte belongs to
//   bits      0 - 5   6 - 11  12 - 17 18 - 23    register 0; 12,288 bytes together
//
// A register keeps the greatest rank of all values that fell to it: how many zero bits their hashes
// begin with behind the 14 bits that chose the register, plus one; 0 = no value.
//
// Tested by test/unit/sketch_distinct_test.cpp.
#ifndef LOUPE_CORE_SKETCH_REGISTERS_HPP
#define LOUPE_CORE_SKETCH_REGISTERS_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace loupe::sketch {

constexpr int kPrecision = 14;  // bits of the hash that choose a register
constexpr std::uint32_t kRegisterCount = 1U << kPrecision;
constexpr int kRegisterBits = 6;
constexpr std::size_t kRegisterBytes = kRegisterCount * kRegisterBits / 8;
constexpr std::uint32_t kMaxRank = 64 - kPrecision + 1;

// Raises register `index` to `rank` if it is lower. `registers` are kRegisterBytes bytes.
void RaiseRegister(char* registers, std::uint32_t index, std::uint32_t rank);

// Raises every register to that of `other`; both are kRegisterBytes bytes.
void RaiseRegisters(char* registers, const char* other);

// Whether every rank is one that a hash can have.
[[nodiscard]] bool AreRanksPossible(const char* registers);

// Estimates how many different hashes went in: the improved raw estimator of O. Ertl, "New
// cardinality estimation algorithms for HyperLogLog sketches", 2017 (algorithms 4, 5 and 6), which
// needs no tables and no corrections by range. Its relative standard error is 0.8 % or less.
// Infinite when all registers are full.
[[nodiscard]] double EstimateFromRegisters(const char* registers);

}  // namespace loupe::sketch

#endif  // LOUPE_CORE_SKETCH_REGISTERS_HPP
