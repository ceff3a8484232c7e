#include "core/sql/keywords.hpp"
#include "core/sql/printer.hpp"

namespace loupe::sql {
namespace {

bool IsPlain(std::string_view name) {
  if (name.empty()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool letter = (c >= 'a' && c <= 'z') || c == '_';
    const bool digit = c >= '0' && c <= '9';
    if (!letter && !(digit && i > 0)) return false;
  }
  return !IsReservedKeyword(name);
}

void AppendDoubling(std::string_view text, std::string_view doubled, std::string* out) {
  for (const char c : text) {
    if (doubled.find(c) != std::string_view::npos) *out += c;
    *out += c;
  }
}

}  // namespace

std::string QuoteIdentifier(std::string_view name) {
  if (IsPlain(name)) return std::string(name);
  std::string out = "\"";
  AppendDoubling(name, "\"", &out);
  return out += '"';
}

std::string QuoteLiteral(std::string_view text) {
  const bool escape = text.find('\\') != std::string_view::npos;
  std::string out = escape ? "E'" : "'";
  AppendDoubling(text, escape ? "'\\" : "'", &out);
  return out += '\'';
}

std::string QuoteQualified(std::string_view schema, std::string_view name) {
  if (schema.empty()) return QuoteIdentifier(name);
  return QuoteIdentifier(schema) + '.' + QuoteIdentifier(name);
}

}  // namespace loupe::sql
