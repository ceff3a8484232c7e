// The part of infer.hpp that reads names and comments.
#include <string>

#include "core/base/utf8.hpp"
#include "core/semantic/infer.hpp"
#include "core/semantic/names.hpp"

namespace loupe::semantic {
namespace {

constexpr std::string_view kSynonyms = "synonyms:";
constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kMaxSynonyms = 100;
constexpr std::size_t kMaxDescriptionBytes = 4096;

std::string Trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(kBlanks);
  if (from == std::string_view::npos) return "";
  return std::string(text.substr(from, text.find_last_not_of(kBlanks) + 1 - from));
}

std::vector<std::string> SplitList(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty() && items.size() < kMaxSynonyms) {
    const std::size_t comma = text.find(',');
    std::string item = Trimmed(text.substr(0, comma));
    if (!item.empty()) items.push_back(std::move(item));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return items;
}

// Cuts at a byte that begins a character.
std::string Shortened(std::string text) {
  if (text.size() <= kMaxDescriptionBytes) return text;
  std::size_t end = kMaxDescriptionBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

}  // namespace

Labels LabelsFromComment(std::string_view comment) {
  Labels labels;
  const std::size_t at = AsciiLower(comment).find(kSynonyms);
  if (at == std::string::npos) {
    labels.description = Shortened(Trimmed(comment));
    return labels;
  }
  const std::string_view list = comment.substr(at + kSynonyms.size());
  const std::size_t stop = list.find_first_of(".\n");
  labels.synonyms = SplitList(list.substr(0, stop));
  const std::string_view rest =
      stop == std::string_view::npos ? std::string_view() : list.substr(stop + 1);
  // "What was paid; synonyms: revenue" separates the list with punctuation of its own.
  std::string before = Trimmed(comment.substr(0, at));
  while (!before.empty() &&
         std::string_view(";,(-").find(before.back()) != std::string_view::npos) {
    before = Trimmed(std::string_view(before).substr(0, before.size() - 1));
  }
  const std::string after = Trimmed(rest);
  labels.description = Shortened(before + (before.empty() || after.empty() ? "" : " ") + after);
  return labels;
}

std::string SanitizedName(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (c >= '0' && c <= '9' && name.empty()) name += '_';
    if (letter || (c >= '0' && c <= '9')) {
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (name.size() > 1 && name.back() == '_' && !text.empty() && text.back() != '_') {
    name.pop_back();
  }
  if (name.size() > kMaxNameBytes) name.resize(kMaxNameBytes);
  return name.empty() ? "_" : name;
}

}  // namespace loupe::semantic
