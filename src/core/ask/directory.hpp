// Directory: the words of a database with very many tables, and which tables a question touches.
//
//   "How many coastal invoices have the colour Baba Kela?"
//        coastal ─▶ coastal_invoice, coastal_order, …     invoice ─▶ coastal_invoice, …
//        baba kela ─▶ the tables that hold this value
//   Choose ─▶ coastal_invoice, other tables that fit less, and those on the way between the best
//
// A model of all tables would cost more than it tells: only what is chosen becomes a model, in
// which the question is read as ever. A table scores for each word of the question that its name, a
// column's name or a comment has, rare words more than common ones, names of tables more than those
// of columns, and for each value.
//
// Words are kept once, and for each word the tables: 20,000 columns take less than a megabyte.
//
// Tested by test/unit/ask_directory_test.cpp.
#ifndef LOUPE_CORE_ASK_DIRECTORY_HPP
#define LOUPE_CORE_ASK_DIRECTORY_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ask/tokens.hpp"

namespace loupe::ask {

// A value that was found: which words of the question it is, and in which table.
struct DirectoryValue {
  std::size_t candidate = 0;
  std::size_t table = 0;
};

// Spans of a question that may be values, those first that hold a name or a word nobody knows; at
// most kMaxValueCandidates.
[[nodiscard]] std::vector<std::string> ValueSpans(std::string_view question,
                                                  const std::vector<Token>& tokens);

class Directory {
 public:
  // Tables are numbered in the order in which they are added.
  void AddTable(std::string_view name, std::string_view comment);
  // A column of the table that was added last.
  void AddColumn(std::string_view name, std::string_view comment);
  // A way from table to table, such as a foreign key.
  void AddKey(std::size_t from, std::size_t to);
  // Sorts what was added; comes before the first Choose.
  void Finish();

  [[nodiscard]] std::size_t size() const { return table_words_.size(); }
  [[nodiscard]] std::size_t bytes() const;

  // At most `limit` tables that the question may be about, ascending, with those that lie between
  // the best of them. None when no word touches any.
  [[nodiscard]] std::vector<std::size_t> Choose(const std::vector<Token>& tokens,
                                                const std::vector<DirectoryValue>& values,
                                                std::size_t limit) const;

 private:
  // The table, twice, and one more where the word is of its name.
  using Posting = std::uint32_t;
  struct Word {
    std::string text;  // a stem
    std::vector<Posting> postings;
  };

  void AddWords(std::string_view name, std::string_view comment, bool is_table);
  void AddWord(const std::string& word, Posting posting);
  [[nodiscard]] const Word* Find(std::string_view stem) const;
  void ScoreToken(const std::string& stem, double weight, std::vector<double>* scores) const;
  void ScoreNear(const std::string& stem, std::vector<double>* scores) const;
  void ScoreWord(const Word& word, double weight, std::vector<double>* scores) const;
  [[nodiscard]] std::vector<double> ScoresOf(const std::vector<Token>& tokens,
                                             std::size_t at) const;
  void AddValues(const std::vector<DirectoryValue>& values, std::vector<double>* scores) const;
  [[nodiscard]] std::vector<std::size_t> Path(std::size_t from, std::size_t to) const;
  void AddPaths(std::size_t limit, std::vector<std::size_t>* chosen) const;

  std::vector<std::uint16_t> table_words_;                     // of each table's name
  std::vector<std::pair<std::string, Posting>> pending_;       // until Finish
  std::vector<Word> words_;                                    // by text
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ways_;  // both directions, ascending
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_DIRECTORY_HPP
