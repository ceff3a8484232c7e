#include "core/ask/directory.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "core/ask/name_words.hpp"
#include "core/ask/stem.hpp"
#include "core/ask/thesaurus.hpp"
#include "core/ask/values.hpp"
#include "core/ask/words.hpp"
#include "core/base/nearest.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

constexpr double kTableNameFactor = 2;
constexpr double kValueFactor = 2;
constexpr double kNearFactor = 0.5;           // of a word that is one letter away
constexpr std::size_t kMaxCommentWords = 16;  // that count
constexpr std::size_t kMaxJoinedTokens = 4;   // "life expectancy" for lifeexpectancy
constexpr std::size_t kMinNearBytes = 5;
constexpr std::size_t kConnected = 6;  // of the best tables that are connected
constexpr std::size_t kMaxWay = 6;     // keys between two of them

bool IsNameLike(const std::vector<Token>& tokens, std::size_t at) {
  const Token& token = tokens[at];
  if (token.kind == TokenKind::kQuoted) return true;
  if (token.kind != TokenKind::kWord) return false;
  if (at > 0 && IsCapitalised(token)) return true;
  return !IsFunctionWord(token) && !IsKnownForm(token.lower);
}

// Values neither begin nor end with a small word or a mark.
bool MayBorder(const Token& token) {
  if (token.kind == TokenKind::kQuoted) return true;
  const bool is_word = token.kind == TokenKind::kWord || token.kind == TokenKind::kNumber;
  return is_word && (!IsFunctionWord(token) || IsCapitalised(token));
}

}  // namespace

std::vector<std::string> ValueSpans(std::string_view question, const std::vector<Token>& tokens) {
  std::vector<std::string> spans;
  for (const bool wanted : {true, false}) {
    for (std::size_t begin = 0; begin < tokens.size(); ++begin) {
      bool is_name = false;
      for (std::size_t end = begin + 1; end <= tokens.size() && end <= begin + kMaxValueWords + 1;
           ++end) {
        is_name = is_name || IsNameLike(tokens, end - 1);
        const bool fits = is_name == wanted && MayBorder(tokens[begin]) &&
                          MayBorder(tokens[end - 1]) && spans.size() < kMaxValueCandidates;
        if (!fits) continue;
        const std::size_t first = tokens[begin].begin;
        spans.push_back(end == begin + 1
                            ? tokens[begin].text
                            : std::string(question.substr(first, tokens[end - 1].end - first)));
      }
    }
  }
  return spans;
}

void Directory::AddWord(const std::string& word, Posting posting) {
  pending_.emplace_back(Stem(word), posting);
  const std::string_view full = FullWord(word);
  if (!full.empty()) pending_.emplace_back(Stem(full), posting);
}

void Directory::AddWords(std::string_view name, std::string_view comment, bool is_table) {
  const auto table = static_cast<Posting>(table_words_.size() - 1);
  const Posting posting = 2 * table + (is_table ? 1 : 0);
  const std::vector<std::string> words = semantic::SplitWords(name);
  if (is_table)
    table_words_.back() = static_cast<std::uint16_t>(std::max<std::size_t>(words.size(), 1));
  std::string joined;
  for (const std::string& word : words) {
    AddWord(word, posting);
    joined += word;
  }
  if (words.size() > 1) pending_.emplace_back(Stem(joined), posting);
  if (words.size() == 1) {
    for (const std::string& word : SplitGlued(words[0])) AddWord(word, posting);
  }
  std::vector<std::string> described = semantic::SplitWords(comment.substr(0, kMaxQuestionBytes));
  if (described.size() > kMaxCommentWords) described.resize(kMaxCommentWords);
  for (const std::string& word : described) pending_.emplace_back(Stem(word), 2 * table);
}

void Directory::AddTable(std::string_view name, std::string_view comment) {
  table_words_.push_back(1);
  AddWords(name, comment, true);
}

void Directory::AddColumn(std::string_view name, std::string_view comment) {
  AddWords(name, comment, false);
}

void Directory::AddKey(std::size_t from, std::size_t to) {
  if (from == to) return;
  ways_.emplace_back(from, to);
  ways_.emplace_back(to, from);
}

void Directory::Finish() {
  std::sort(pending_.begin(), pending_.end());
  pending_.erase(std::unique(pending_.begin(), pending_.end()), pending_.end());
  for (auto& [text, posting] : pending_) {
    if (words_.empty() || words_.back().text != text) words_.push_back({std::move(text), {}});
    words_.back().postings.push_back(posting);
  }
  for (Word& word : words_) word.postings.shrink_to_fit();
  words_.shrink_to_fit();
  pending_ = {};
  std::sort(ways_.begin(), ways_.end());
  ways_.erase(std::unique(ways_.begin(), ways_.end()), ways_.end());
}

std::size_t Directory::bytes() const {
  std::size_t bytes = table_words_.capacity() * sizeof(std::uint16_t) +
                      words_.capacity() * sizeof(Word) + ways_.capacity() * sizeof(ways_[0]);
  for (const Word& word : words_) {
    bytes += word.text.capacity() + word.postings.capacity() * sizeof(Posting);
  }
  return bytes;
}

const Directory::Word* Directory::Find(std::string_view stem) const {
  const auto found =
      std::lower_bound(words_.begin(), words_.end(), stem,
                       [](const Word& word, std::string_view text) { return word.text < text; });
  return found != words_.end() && found->text == stem ? &*found : nullptr;
}

// The best that a token does for a table counts, not the sum over its spellings.
void Directory::ScoreWord(const Word& word, double weight, std::vector<double>* scores) const {
  const auto tables = static_cast<double>(table_words_.size());
  const double rarity = std::log(1 + tables / static_cast<double>(word.postings.size()));
  for (const Posting posting : word.postings) {
    const std::size_t table = posting / 2;
    const double factor = posting % 2 == 1 ? kTableNameFactor / table_words_[table] : 1;
    double& score = (*scores)[table];
    score = std::max(score, weight * rarity * factor);
  }
}

void Directory::ScoreToken(const std::string& stem, double weight,
                           std::vector<double>* scores) const {
  if (const Word* word = Find(stem)) ScoreWord(*word, weight, scores);
}

void Directory::ScoreNear(const std::string& stem, std::vector<double>* scores) const {
  if (stem.size() < kMinNearBytes) return;
  for (const Word& word : words_) {
    const bool near = word.text.size() >= kMinNearBytes && EditDistance(stem, word.text, 1) <= 1;
    if (near) ScoreWord(word, kNearFactor, scores);
  }
}

// What one word of the question says for each table, in all its forms and other words for it.
std::vector<double> Directory::ScoresOf(const std::vector<Token>& tokens, std::size_t at) const {
  std::vector<double> scores(size(), 0);
  const Token& token = tokens[at];
  if (token.kind != TokenKind::kWord) return scores;
  // "total" may be a column; other words for it, or words near to it, are not looked for.
  ScoreToken(token.stem, 1, &scores);
  if (IsFunctionWord(token)) return scores;
  for (const std::string& form : BaseForms(token.lower)) {
    ScoreToken(Stem(form), 1, &scores);
    for (const Synonym& synonym : SynonymsOf(form)) {
      ScoreToken(Stem(synonym.word), synonym.weight, &scores);
    }
  }
  std::string joined = token.lower;
  for (std::size_t next = at + 1; next < tokens.size() && next < at + kMaxJoinedTokens; ++next) {
    joined += tokens[next].lower;
    ScoreToken(Stem(joined), 1, &scores);
  }
  const bool is_unknown =
      std::all_of(scores.begin(), scores.end(), [](double score) { return score == 0; });
  if (is_unknown) ScoreNear(token.stem, &scores);
  return scores;
}

void Directory::AddValues(const std::vector<DirectoryValue>& values,
                          std::vector<double>* scores) const {
  std::map<std::size_t, std::set<std::size_t>> tables_of;  // by candidate
  for (const DirectoryValue& value : values) tables_of[value.candidate].insert(value.table);
  for (const auto& [candidate, tables] : tables_of) {
    const double rarity =
        std::log(1 + static_cast<double>(size()) / static_cast<double>(tables.size()));
    for (const std::size_t table : tables) (*scores)[table] += kValueFactor * rarity;
  }
}

std::vector<std::size_t> Directory::Choose(const std::vector<Token>& tokens,
                                           const std::vector<DirectoryValue>& values,
                                           std::size_t limit) const {
  std::vector<double> scores(size(), 0);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const std::vector<double> more = ScoresOf(tokens, at);
    for (std::size_t table = 0; table < scores.size(); ++table) scores[table] += more[table];
  }
  AddValues(values, &scores);
  std::vector<std::size_t> chosen;
  for (std::size_t table = 0; table < size(); ++table) {
    if (scores[table] > 0) chosen.push_back(table);
  }
  std::stable_sort(chosen.begin(), chosen.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  if (chosen.size() > limit) chosen.resize(limit);
  AddPaths(limit, &chosen);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

// The tables between two, nothing when the way is too long. Breadth first, lowest number first.
std::vector<std::size_t> Directory::Path(std::size_t from, std::size_t to) const {
  std::map<std::size_t, std::size_t> before = {{from, from}};
  std::vector<std::size_t> level = {from};
  for (std::size_t length = 0; length < kMaxWay && before.count(to) == 0; ++length) {
    std::vector<std::size_t> next;
    for (const std::size_t table : level) {
      auto way = std::lower_bound(ways_.begin(), ways_.end(),
                                  std::make_pair(static_cast<std::uint32_t>(table), 0U));
      for (; way != ways_.end() && way->first == table; ++way) {
        if (before.emplace(way->second, table).second) next.push_back(way->second);
      }
    }
    level = std::move(next);
  }
  std::vector<std::size_t> path;
  if (before.count(to) == 0) return path;
  for (std::size_t table = before[to]; table != from; table = before[table]) path.push_back(table);
  return path;
}

// What lies between the best tables takes the place of the last ones.
void Directory::AddPaths(std::size_t limit, std::vector<std::size_t>* chosen) const {
  const std::size_t best = std::min(kConnected, chosen->size());
  std::vector<std::size_t> between;
  for (std::size_t a = 0; a < best; ++a) {
    for (std::size_t b = a + 1; b < best; ++b) {
      for (const std::size_t table : Path((*chosen)[a], (*chosen)[b])) {
        const bool is_new = std::find(between.begin(), between.end(), table) == between.end();
        if (is_new) between.push_back(table);
      }
    }
  }
  std::vector<std::size_t> kept(chosen->begin(),
                                chosen->begin() + static_cast<std::ptrdiff_t>(best));
  const auto add = [&](std::size_t table) {
    const bool is_new = std::find(kept.begin(), kept.end(), table) == kept.end();
    if (is_new && kept.size() < limit) kept.push_back(table);
  };
  for (const std::size_t table : between) add(table);
  for (const std::size_t table : *chosen) add(table);
  *chosen = std::move(kept);
}

}  // namespace loupe::ask
