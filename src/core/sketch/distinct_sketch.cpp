#include "core/sketch/distinct_sketch.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "core/sketch/byte_order.hpp"

namespace loupe::sketch {
namespace {

constexpr char kLetter = 'D';
constexpr char kVersion = 1;
constexpr std::uint32_t kLengthWords = 3;  // the header, and a length in front of it
constexpr std::uint32_t kMinWords = 8;
constexpr std::uint32_t kMaxWords = 4096;
constexpr int kFinePlaceBits = kPlaceBits - kPrecision;  // of a place, behind its register

static_assert(kMaxTokens == kMaxWords / 4 * 3);

std::uint32_t CountOf(std::string_view state) {
  return state.empty() ? 0 : LoadU32(state.data() + 4);
}

std::uint32_t SlotsOf(std::string_view table) {
  return static_cast<std::uint32_t>((table.size() - kHeaderBytes) / kTokenBytes);
}

// How many tokens a table of so many words may hold; one slot stays empty at least.
std::uint32_t TokensWithin(std::uint32_t words) {
  return std::min(words / 4 * 3, words - kLengthWords - 1);
}

std::uint32_t WordsFor(std::uint32_t tokens) {
  std::uint32_t words = kMinWords;
  while (TokensWithin(words) < tokens) words *= 2;
  return words;
}

void WriteHeader(char* state, Form form, std::uint32_t count) {
  state[0] = kLetter;
  state[1] = kVersion;
  state[2] = static_cast<char>(form);
  state[3] = static_cast<char>(kPrecision);
  StoreU32(state + 4, count);
}

// Leading zeros of a number of so many bits, all of which may be zero.
std::uint32_t LeadingZeros(std::uint64_t value, int bits) {
  return static_cast<std::uint32_t>(value == 0 ? bits : __builtin_clzll(value) - (64 - bits));
}

std::uint32_t TokenOf(std::uint64_t hash) {
  constexpr int kRestBits = 64 - kPlaceBits;
  const auto place = static_cast<std::uint32_t>(hash >> kRestBits);
  const std::uint64_t rest = hash & ((std::uint64_t{1} << kRestBits) - 1);
  return place << kTokenRankBits | (LeadingZeros(rest, kRestBits) + 1);
}

void AddHashToRegisters(char* registers, std::uint64_t hash) {
  constexpr int kRestBits = 64 - kPrecision;
  const std::uint64_t rest = hash & ((std::uint64_t{1} << kRestBits) - 1);
  RaiseRegister(registers, static_cast<std::uint32_t>(hash >> kRestBits),
                LeadingZeros(rest, kRestBits) + 1);
}

void AddTokenToRegisters(char* registers, std::uint32_t token) {
  const std::uint32_t place = token >> kTokenRankBits;
  const std::uint32_t fine = place & ((1U << kFinePlaceBits) - 1);
  const std::uint32_t token_rank = token & ((1U << kTokenRankBits) - 1);
  const std::uint32_t rank =
      fine == 0 ? kFinePlaceBits + token_rank : LeadingZeros(fine, kFinePlaceBits) + 1;
  RaiseRegister(registers, place >> kFinePlaceBits, std::min(rank, kMaxRank));
}

// In the order of their places, so that a table built from another fills evenly.
std::uint32_t FirstSlot(std::uint32_t token, std::uint32_t slots) {
  return static_cast<std::uint32_t>(std::uint64_t{token >> kTokenRankBits} * slots >> kPlaceBits);
}

bool AddTokenToTable(StateBytes state, std::uint32_t token) {
  const std::uint32_t slots = SlotsOf(state);
  std::uint32_t slot = FirstSlot(token, slots);
  for (std::uint32_t tried = 0; tried < slots; ++tried) {
    char* at = state.data + kHeaderBytes + slot * kTokenBytes;
    const std::uint32_t found = LoadU32(at);
    if (found == token) return true;
    slot = slot + 1 == slots ? 0 : slot + 1;
    if (found != 0) continue;
    const std::uint32_t count = CountOf(state);
    if (count >= TokensWithin(slots + kLengthWords)) return false;
    StoreU32(at, token);
    StoreU32(state.data + 4, count + 1);
    return true;
  }
  return false;
}

// Calls `add` with each token of a list or a table until it returns false, and says whether none
// did.
template <class F>
bool AllTokens(std::string_view state, F add) {
  const char* const end = state.data() + state.size();
  for (const char* at = state.data() + kHeaderBytes; at < end; at += kTokenBytes) {
    const std::uint32_t token = LoadU32(at);
    if (token != 0 && !add(token)) return false;
  }
  return true;
}

bool UniteWithRegisters(char* registers, std::string_view other) {
  if (FormOf(other) == Form::kRegisters) {
    RaiseRegisters(registers, other.data() + kHeaderBytes);
    return true;
  }
  return AllTokens(other, [&](std::uint32_t token) {
    AddTokenToRegisters(registers, token);
    return true;
  });
}

bool IsTableShape(std::string_view bytes) {
  if (bytes.size() % kTokenBytes != 0) return false;
  const std::size_t words = bytes.size() / kTokenBytes + 1;
  return words >= kMinWords && words <= kMaxWords && (words & (words - 1)) == 0 &&
         CountOf(bytes) <= TokensWithin(static_cast<std::uint32_t>(words));
}

bool HasRegisters(std::string_view state) {
  return !state.empty() && FormOf(state) == Form::kRegisters;
}

}  // namespace

Form FormOf(std::string_view state) { return static_cast<Form>(state[2]); }

bool IsState(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes || bytes[0] != kLetter || bytes[1] != kVersion ||
      bytes[3] != kPrecision) {
    return false;
  }
  const std::uint32_t count = CountOf(bytes);
  switch (FormOf(bytes)) {
    case Form::kList:
      return count <= kMaxTokens && bytes.size() == kHeaderBytes + count * kTokenBytes;
    case Form::kTable:
      return IsTableShape(bytes);
    case Form::kRegisters:
      return count == 0 && bytes.size() == kHeaderBytes + kRegisterBytes;
  }
  return false;
}

std::size_t RoomFor(std::string_view state, std::string_view added) {
  if (HasRegisters(state) || HasRegisters(added)) return kHeaderBytes + kRegisterBytes;
  const bool is_table = !state.empty() && FormOf(state) == Form::kTable;
  const std::uint32_t words =
      std::max(is_table ? 2 * (SlotsOf(state) + kLengthWords) : WordsFor(CountOf(state)),
               WordsFor(CountOf(added)));
  if (words > kMaxWords) return kHeaderBytes + kRegisterBytes;
  return kHeaderBytes + (words - kLengthWords) * kTokenBytes;
}

StateBytes Rebuild(std::string_view state, StateBytes target) {
  const bool is_dense = target.size == kHeaderBytes + kRegisterBytes;
  std::memset(target.data, 0, target.size);
  WriteHeader(target.data, is_dense ? Form::kRegisters : Form::kTable, 0);
  if (!state.empty()) (void)Unite(target, state);
  return target;
}

bool Add(StateBytes state, std::uint64_t hash) {
  switch (FormOf(state)) {
    case Form::kRegisters:
      AddHashToRegisters(state.data + kHeaderBytes, hash);
      return true;
    case Form::kTable:
      return AddTokenToTable(state, TokenOf(hash));
    case Form::kList:
      break;
  }
  return false;
}

bool Unite(StateBytes state, std::string_view other) {
  switch (FormOf(state)) {
    case Form::kRegisters:
      return UniteWithRegisters(state.data + kHeaderBytes, other);
    case Form::kTable:
      return !HasRegisters(other) &&
             AllTokens(other, [&](std::uint32_t token) { return AddTokenToTable(state, token); });
    case Form::kList:
      break;
  }
  return false;
}

std::size_t PackedSize(std::string_view state) {
  return FormOf(state) == Form::kTable ? kHeaderBytes + CountOf(state) * kTokenBytes : state.size();
}

void Pack(std::string_view state, char* target) {
  if (FormOf(state) != Form::kTable) {
    std::memcpy(target, state.data(), state.size());
    return;
  }
  std::vector<std::uint32_t> tokens;
  tokens.reserve(CountOf(state));
  (void)AllTokens(state, [&](std::uint32_t token) {
    tokens.push_back(token);
    return true;
  });
  std::sort(tokens.begin(), tokens.end());
  // No more than the header says, whatever the slots hold: that is the room there is.
  tokens.resize(CountOf(state));
  WriteHeader(target, Form::kList, CountOf(state));
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    StoreU32(target + kHeaderBytes + i * kTokenBytes, tokens[i]);
  }
}

std::int64_t CountDistinct(std::string_view state) {
  if (FormOf(state) != Form::kRegisters) return CountOf(state);
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  const double estimate = EstimateFromRegisters(state.data() + kHeaderBytes);
  return estimate < kLimit ? std::llround(estimate) : std::numeric_limits<std::int64_t>::max();
}

}  // namespace loupe::sketch
