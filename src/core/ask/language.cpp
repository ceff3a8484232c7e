#include "core/ask/language.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/ask/words.hpp"
#include "core/base/utf8.hpp"

namespace loupe::ask {
namespace {

constexpr std::size_t kLeastWords = 2;

struct Language {
  std::string_view name;
  std::string_view words;  // lower case, a blank around each
};

// Words of questions; those that mean something in English too are left out.
constexpr Language kLanguages[] = {
    {"German",
     " wie viele wieviele welche welcher welches wer wo wann das der dem den des und oder nicht "
     "mit "
     "von aus für fuer nach ist sind gibt es zeige liste alle pro kein keine ohne mehr als wurden "
     "wurde haben anzahl durchschnitt durchschnittliche jeder jede jedes zwischen "},
    {"Spanish",
     " cuántos cuantos cuántas cuantas cuál cual cuáles cuales qué que quién quien dónde donde "
     "cuándo los las el la del de y sin por para hay es una todos todas muestra mostrar cada más "
     "entre tiene tienen número "},
    {"French",
     " combien quel quelle quels quelles les des du de la le et ou avec sans par pour dans est "
     "sont "
     "il y une tous toutes chaque liste montre qui où quand ont entre nombre "},
    {"Italian",
     " quanti quante quanto quale quali chi dove quando gli il lo la della dei delle del di con "
     "senza per nel nella sono è una tutti tutte ogni mostra elenca numero "},
    {"Portuguese",
     " quantos quantas qual quais quem onde quando os as dos das da de com sem por para em há são "
     "é "
     "uma todos todas cada mostre número "},
    {"Dutch",
     " hoeveel welke welk wie wat waar wanneer het een van met zonder voor zijn er alle elke elk "
     "meer tussen aantal toon "},
};

struct Letters {
  std::string_view name;
  char32_t first;
  char32_t last;
};

constexpr Letters kLetters[] = {
    {"Greek", 0x0370, 0x03FF},
    {"Cyrillic letters", 0x0400, 0x052F},
    {"Hebrew", 0x0590, 0x05FF},
    {"Arabic letters", 0x0600, 0x06FF},
    {"Devanagari letters", 0x0900, 0x097F},
    {"Thai", 0x0E00, 0x0E7F},
    {"Japanese", 0x3040, 0x30FF},
    {"Chinese", 0x3400, 0x4DBF},
    {"Chinese", 0x4E00, 0x9FFF},
    {"Korean", 0xAC00, 0xD7AF},
};

// A word without marks that open a Spanish sentence.
std::string_view Bare(std::string_view word) {
  for (const std::string_view mark : {"¿", "¡"}) {
    if (word.substr(0, mark.size()) == mark) word.remove_prefix(mark.size());
  }
  return word;
}

bool HasWord(const Language& language, std::string_view word) {
  return language.words.find(" " + std::string(word) + " ") != std::string_view::npos;
}

// The alphabet of a letter; empty for Latin ones and for what is no letter.
std::string_view AlphabetOf(char32_t c) {
  for (const Letters& letters : kLetters) {
    if (c >= letters.first && c <= letters.last) return letters.name;
  }
  return {};
}

std::string_view ForeignAlphabetOf(const std::vector<Token>& tokens) {
  std::string_view name;
  std::size_t foreign = 0;
  std::size_t latin = 0;
  for (const Token& token : tokens) {
    for (std::size_t at = 0; at < token.text.size();) {
      const char32_t c = NextCodePoint(token.text, &at);
      const std::string_view alphabet = AlphabetOf(c);
      if (!alphabet.empty()) {
        ++foreign;
        // Japanese is written with Chinese letters among its own.
        if (name.empty() || alphabet == "Japanese") name = alphabet;
      } else if (c > 0x40 && c < 0x250) {
        ++latin;
      }
    }
  }
  return foreign > latin ? name : std::string_view();
}

// "delete from", "drop table"; "select" needs a sign that no question has.
bool IsSql(const std::vector<Token>& tokens) {
  struct Start {
    std::string_view verb;
    std::string_view next;
  };
  static constexpr Start kStarts[] = {{"delete", "from"},    {"insert", "into"}, {"drop", ""},
                                      {"alter", ""},         {"truncate", ""},   {"grant", ""},
                                      {"create", "table"},   {"create", "role"}, {"create", "view"},
                                      {"create", "function"}};
  if (tokens.size() < 2) return false;
  const auto has = [&](std::string_view word) {
    return std::any_of(tokens.begin(), tokens.end(),
                       [&](const Token& token) { return token.lower == word; });
  };
  const std::string& verb = tokens[0].lower;
  for (const Start& start : kStarts) {
    if (verb == start.verb && (start.next.empty() || tokens[1].lower == start.next)) return true;
  }
  if (verb == "update") return has("set") && has("=");
  return (verb == "select" || verb == "with") && has("from") && (has("*") || has("(") || has("="));
}

}  // namespace

std::string_view ForeignLanguageOf(const std::vector<Token>& tokens) {
  if (IsSql(tokens)) return "SQL";
  const std::string_view alphabet = ForeignAlphabetOf(tokens);
  if (!alphabet.empty()) return alphabet;
  const auto words = [&](auto is) {
    return static_cast<std::size_t>(std::count_if(
        tokens.begin(), tokens.end(),
        [&](const Token& token) { return token.kind == TokenKind::kWord && is(token); }));
  };
  std::size_t most = words([](const Token& token) { return IsFunctionWord(token); });
  most = std::max(most, kLeastWords - 1);
  std::string_view name;
  for (const Language& language : kLanguages) {
    const std::size_t own =
        words([&](const Token& token) { return HasWord(language, Bare(token.lower)); });
    if (own <= most) continue;
    most = own;
    name = language.name;
  }
  return name;
}

}  // namespace loupe::ask
