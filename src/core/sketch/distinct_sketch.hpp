// Distinct sketches: how many different values there are, in at most 12 KiB, mergeable.
//
// Values come as 64-bit hashes (hash.hpp). While there are few, the sketch is the set of their
// tokens and counts them: exact up to some hundreds; at its limit of 3,072 one time in forty two
// values share a token, and the count is one short. From there on it is a HyperLogLog with a
// relative standard error of 0.8 %.
//
//   hash    |  26 bits: place  |  38 bits         |     token = place << 6 | rank, never 0
//           |  14: register |  12  zeros, 1, ...  |     rank  = leading zeros of the 38 bits + 1
//
// A token tells the register and its rank as well, so a set of tokens becomes registers without the
// hashes. What a sketch holds depends on the set of hashes alone: not on their order, and not on
// how they were divided into sketches that were united later. Packed, equal sets have equal bytes.
//
// Byte format, numbers with the lowest byte first:
//
//   offset  bytes
//   0       1      'D'
//   1       1      1, the version
//   2       1      form: 'l' list, 't' table, 'r' registers
//   3       1      14, the precision
//   4       4      number of tokens; 0 with registers
//   8       4 n    list: the n <= 3,072 tokens, ascending
//           4 c    table: c = 5, 13, 29 ... 4,093 slots, each a token or 0
//           12288  registers (registers.hpp)
//
// List and registers are the packed forms, those that travel. A table is a list that values are
// added to: open addressing from slot place * c / 2^26 on, about three quarters full at most.
// Behind a length of four bytes it takes a power of two, as allocators like it. A state grows by
// being built again in more bytes, which the caller provides:
//
//   while (!Add(state, hash)) state = Rebuild(state, allocate(RoomFor(state, {})));
//
// Tested by test/unit/sketch_distinct_test.cpp and test/fuzz/distinct_sketch_fuzz.cpp.
#ifndef LOUPE_CORE_SKETCH_DISTINCT_SKETCH_HPP
#define LOUPE_CORE_SKETCH_DISTINCT_SKETCH_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sketch/registers.hpp"

namespace loupe::sketch {

constexpr std::size_t kHeaderBytes = 8;
constexpr std::size_t kTokenBytes = 4;
constexpr std::uint32_t kMaxTokens =
    kRegisterBytes / kTokenBytes;  // more take no less than registers
constexpr std::size_t kMaxPackedBytes = kHeaderBytes + kRegisterBytes;
constexpr int kPlaceBits = 26;
constexpr int kTokenRankBits = 6;
constexpr std::uint32_t kMaxTokenRank = 64 - kPlaceBits + 1;

enum class Form : char { kList = 'l', kTable = 't', kRegisters = 'r' };

// Bytes of a state that may be changed.
struct StateBytes {
  char* data;
  std::size_t size;

  // NOLINTNEXTLINE(google-explicit-constructor)
  operator std::string_view() const { return {data, size}; }
};

// Whether the header fits the size, in constant time: what every function below demands of a state,
// where it does not allow an empty one.
[[nodiscard]] bool IsState(std::string_view bytes);
[[nodiscard]] Form FormOf(std::string_view state);

// Bytes of a state that holds all of `state` and has room for more; with `added`, for about as many
// values as that has. Either may be empty bytes: no values.
[[nodiscard]] std::size_t RoomFor(std::string_view state, std::string_view added);

// Builds `state` again in `target`, whose size RoomFor gave, and returns that.
StateBytes Rebuild(std::string_view state, StateBytes target);

// Adds a value. False: there is no room, or the state is a list, and nothing was changed.
[[nodiscard]] bool Add(StateBytes state, std::uint64_t hash);

// Adds all values of `other`, which stays as it is. False: there was no room for all of them; build
// it again and repeat.
[[nodiscard]] bool Unite(StateBytes state, std::string_view other);

// The packed form, in which it is a value: list or registers.
[[nodiscard]] std::size_t PackedSize(std::string_view state);
void Pack(std::string_view state, char* target);

// How many different values: exact with tokens, else estimated and rounded.
[[nodiscard]] std::int64_t CountDistinct(std::string_view state);

}  // namespace loupe::sketch

#endif  // LOUPE_CORE_SKETCH_DISTINCT_SKETCH_HPP
