#include "core/semantic/fragment.hpp"

#include <cstddef>

#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

constexpr std::string_view kAlias = "{T}";

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Tells whether the quote at `at` opens an E'…' string, in which a backslash escapes.
bool IsEscapeString(std::string_view text, std::size_t at) {
  if (at == 0 || (text[at - 1] != 'e' && text[at - 1] != 'E')) return false;
  return at == 1 || !IsNameByte(text[at - 2]);
}

// End of the '…' or "…" that opens at `at`, or npos when nothing closes it.
std::size_t SkipQuoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool escapes = quote == '\'' && IsEscapeString(text, at);
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (escapes && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (i + 1 >= text.size() || text[i + 1] != quote) return i + 1;
      ++i;
    }
  }
  return std::string_view::npos;
}

// End of the $tag$…$tag$ that opens at `at`; `at + 1` when no dollar quote opens there; npos when
// nothing closes it.
std::size_t SkipDollar(std::string_view text, std::size_t at) {
  if (at > 0 && IsNameByte(text[at - 1])) return at + 1;
  std::size_t tag_end = at + 1;
  while (tag_end < text.size() && IsNameByte(text[tag_end])) ++tag_end;
  const bool digit = text[at + 1 < text.size() ? at + 1 : at] >= '0' &&
                     text[at + 1 < text.size() ? at + 1 : at] <= '9';
  if (tag_end >= text.size() || text[tag_end] != '$' || digit) return at + 1;
  const std::string_view tag = text.substr(at, tag_end + 1 - at);
  const std::size_t close = text.find(tag, tag_end + 1);
  return close == std::string_view::npos ? close : close + tag.size();
}

// End of the token at `at` that is copied as a whole; npos when it is never closed.
std::size_t SkipToken(std::string_view text, std::size_t at) {
  if (text[at] == '\'' || text[at] == '"') return SkipQuoted(text, at);
  if (text[at] == '$') return SkipDollar(text, at);
  return at + 1;
}

Status Refused(std::string message) {
  return Status(Code::kSemanticInvalidModel, "sql expression " + std::move(message));
}

Status CheckBracket(char c, std::string* open) {
  if (c == '(' || c == '[') {
    open->push_back(c == '(' ? ')' : ']');
  } else if (c == ')' || c == ']') {
    if (open->empty() || open->back() != c) return Refused("has unbalanced brackets");
    open->pop_back();
  }
  return Status::Ok();
}

}  // namespace

Status CheckFragment(std::string_view fragment) {
  if (fragment.find_first_not_of(" \t\r\n") == std::string_view::npos) return Refused("is empty");
  std::string open;
  for (std::size_t i = 0; i < fragment.size();) {
    const std::string_view rest = fragment.substr(i);
    if (rest[0] == ';') return Refused("holds a semicolon");
    if (rest.substr(0, 2) == "--" || rest.substr(0, 2) == "/*") return Refused("holds a comment");
    LOUPE_RETURN_IF_ERROR(CheckBracket(rest[0], &open));
    i = SkipToken(fragment, i);
    if (i == std::string_view::npos) return Refused("has a quote that is not closed");
  }
  if (!open.empty()) return Refused("has unbalanced brackets");
  return Status::Ok();
}

std::string BindFragment(std::string_view fragment, std::string_view alias) {
  const std::string quoted = sql::QuoteIdentifier(alias);
  std::string out;
  for (std::size_t i = 0; i < fragment.size();) {
    if (fragment.substr(i, kAlias.size()) == kAlias) {
      out += quoted;
      i += kAlias.size();
      continue;
    }
    std::size_t end = SkipToken(fragment, i);
    if (end == std::string_view::npos) end = fragment.size();
    out += fragment.substr(i, end - i);
    i = end;
  }
  return out;
}

}  // namespace loupe::semantic
