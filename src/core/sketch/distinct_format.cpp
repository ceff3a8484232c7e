#include "core/sketch/distinct_format.hpp"

#include <cstddef>
#include <cstdint>

#include "core/sketch/byte_order.hpp"
#include "core/sketch/distinct_sketch.hpp"

namespace loupe::sketch {
namespace {

constexpr const char* kDigits = "0123456789abcdef";

Status Invalid(const char* detail) {
  return Status(Code::kInvalidArgument, "invalid value for type \"distinct_sketch\"")
      .WithDetail(detail);
}

// -1 when it is no digit.
int ValueOfDigit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

bool AreTokensPossible(std::string_view list) {
  std::uint32_t previous = 0;
  for (std::size_t at = kHeaderBytes; at < list.size(); at += kTokenBytes) {
    const std::uint32_t token = LoadU32(list.data() + at);
    const std::uint32_t rank = token & ((1U << kTokenRankBits) - 1);
    if (token <= previous || rank == 0 || rank > kMaxTokenRank) return false;
    previous = token;
  }
  return true;
}

}  // namespace

Status CheckPacked(std::string_view bytes) {
  if (!IsState(bytes) || FormOf(bytes) == Form::kTable) {
    return Invalid("Its header does not fit its size.");
  }
  if (FormOf(bytes) == Form::kList) {
    return AreTokensPossible(bytes) ? Status::Ok()
                                    : Invalid("A token is impossible or out of order.");
  }
  return AreRanksPossible(bytes.data() + kHeaderBytes) ? Status::Ok()
                                                       : Invalid("A register is impossible.");
}

Result<std::string> ParseSketchText(std::string_view text) {
  if (text.size() % 2 != 0 || text.size() > 2 * kMaxPackedBytes) {
    return Invalid("It has an odd number of digits or too many.");
  }
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = ValueOfDigit(text[i]);
    const int low = ValueOfDigit(text[i + 1]);
    if (high < 0 || low < 0) return Invalid("It must consist of hexadecimal digits.");
    bytes += static_cast<char>(high << 4 | low);
  }
  LOUPE_RETURN_IF_ERROR(CheckPacked(bytes));
  return bytes;
}

std::string SketchText(std::string_view packed) {
  std::string text;
  text.reserve(packed.size() * 2);
  for (const char c : packed) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15U];
  }
  return text;
}

}  // namespace loupe::sketch
