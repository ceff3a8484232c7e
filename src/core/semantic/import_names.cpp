#include "core/semantic/import_names.hpp"

#include "core/semantic/names.hpp"

namespace loupe::semantic {

std::string MemberNameFrom(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    if (out.empty() && digit) out += '_';
    if (letter || digit || c == '_') {
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x80 || static_cast<unsigned char>(c) >= 0xC0) {
      out += '_';  // one for each character, not for each byte
    }
    if (out.size() >= kMaxNameBytes) break;
  }
  out.resize(out.size() < kMaxNameBytes ? out.size() : kMaxNameBytes);
  return out.empty() ? "unnamed" : out;
}

std::string NameBook::Take(std::string_view name) {
  std::string base = MemberNameFrom(name);
  if (taken_.emplace(base, 1).second) return base;
  for (;;) {
    const std::string suffix = "_" + std::to_string(++taken_[base]);
    std::string candidate = base.substr(0, kMaxNameBytes - suffix.size()) + suffix;
    if (taken_.emplace(candidate, 1).second) return candidate;
  }
}

}  // namespace loupe::semantic
