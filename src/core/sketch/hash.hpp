// 64-bit hashes of values for sketches: the same bits on every server, whatever its processor.
//
// The function is XXH64 of the xxHash specification (xxhash.com), with seed 0. Values that SQL
// takes for equal must have equal hashes, so numbers are brought into one form first: a whole
// number in the range of bigint is hashed as the eight bytes of that integer, whichever type it
// came in.
//
//   HashInteger(1) = HashNumber(1.0) = HashDecimal("1") = HashBytes("\1\0\0\0\0\0\0\0")
//
// Tested by test/unit/sketch_hash_test.cpp.
#ifndef LOUPE_CORE_SKETCH_HASH_HPP
#define LOUPE_CORE_SKETCH_HASH_HPP

#include <cstdint>
#include <string_view>

namespace loupe::sketch {

// Computes XXH64 of the bytes; about 0.1 ns a byte.
[[nodiscard]] std::uint64_t HashBytes(std::string_view bytes);

// Hashes the eight bytes of a whole number, the lowest first.
[[nodiscard]] std::uint64_t HashInteger(std::int64_t value);

// Hashes two whole numbers as their sixteen bytes.
[[nodiscard]] std::uint64_t HashIntegers(std::int64_t first, std::int64_t second);

// Hashes a floating-point number: 0 and -0 alike, every NaN alike.
[[nodiscard]] std::uint64_t HashNumber(double value);

// Hashes a decimal number by its text in shortest form ("-12.5", no zeros at the end of the
// fraction), or one of "NaN", "Infinity", "-Infinity".
[[nodiscard]] std::uint64_t HashDecimal(std::string_view digits);

}  // namespace loupe::sketch

#endif  // LOUPE_CORE_SKETCH_HASH_HPP
