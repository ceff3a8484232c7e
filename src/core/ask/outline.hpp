// Outline: what a question asks for, in its own words; nothing is bound to the model yet.
//
//   names of singers above the average age from France
//     outputs     [names]
//     mentions    [singers]
//     predicates  age > average of age;  France
//
// A noun phrase keeps all that its words can mean; Bind chooses. The walk from left to right knows
// English and no table: which words select, which restrict, which group, rank and sort.
//
// Tested by test/unit/ask_outline_test.cpp.
#ifndef LOUPE_CORE_ASK_OUTLINE_HPP
#define LOUPE_CORE_ASK_OUTLINE_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ask/match.hpp"
#include "core/ask/meaning.hpp"
#include "core/ask/tokens.hpp"

namespace loupe::ask {

// What words about a share belong to: see Share.
enum class Side { kBefore, kBehindVerb, kBehindTo };

// "what percentage of orders are cancelled", "ratio of cancelled to completed orders". The outputs
// whose operand is shared are the one or the two things that it is made of; predicates, mentions
// and groups of words tell on which side of the verb, or of "to", they stood.
struct Share {
  Shares shares = Shares::kPart;
  bool has_verb = false;  // "… of orders are cancelled"
  bool has_to = false;    // "… to completed orders", "… out of all orders"
  bool is_out_of = false;
  bool averaged = false;  // "the average ratio of"
};

// "growth of revenue by month over the previous year", "by how many percent did revenue grow from
// 2024 to 2025".
struct Growth {
  bool is_told = false;             // what it is measured from was named …
  std::optional<TimeUnit> against;  // … with its unit
};

// Neighbouring terms, values and numbers that name one thing: "country France", "8 cylinders".
struct NounPhrase {
  std::vector<const Segment*> parts;                // in order; the last is the head
  MeaningKind preposition = MeaningKind::kNeutral;  // kFrom, kTo, kIn, kOf or kBy, where one leads
  bool distinct = false;
  bool plural = false;
  bool negated = false;
  // "names of singers": the phrase that the words belong to, by its place among the mentions, and
  // the run of outputs that they stand in.
  int owner = -1;
  int run = 0;
  Side side = Side::kBefore;

  [[nodiscard]] bool empty() const { return parts.empty(); }
};

// "average age", "number of pets", "name".
struct Operand {
  NounPhrase phrase;
  std::optional<semantic::Aggregation> aggregation;
  bool counts = false;  // the phrase's things
  bool totals = false;  // "the total number of"
  bool amount = false;  // "the total amount of"
  bool shared = false;  // "percentage of"
  bool grows = false;   // "growth of"; an empty phrase: of the output before
  NounPhrase since;     // "the duration between departure and arrival": departure
};

struct Predicate {
  // What the comparison is with: a number or text, a time, or an aggregate over all rows.
  enum class With { kLiteral, kTime, kAggregate, kExistence };

  Operand left;  // empty: what the literal or the comparing adjective suggests
  Comparison comparison = Comparison::kEqual;
  std::optional<Pattern> pattern;
  With with = With::kLiteral;
  std::vector<const Segment*> literals;  // numbers, texts, values, times
  Operand right;                         // of kAggregate: "the average price"; empty: of the left
  NounPhrase right_thing;                // "than the average category": category
  bool right_is_any = false;             // "larger than that of any": the least, or the most
  std::vector<std::string_view> attributes;  // of a comparing adjective
  std::vector<std::string_view> flipped;
  bool negated = false;
  bool follows = false;  // the left side stood behind the number: "more than 3 models"
  int alternative = 0;   // predicates with the same number but 0 are joined by OR
  int scope = 0;         // 0: of the question; else the place of a nested group, from 1
  Side side = Side::kBefore;
};

// "the most", "highest", "oldest", "top 3".
struct Superlative {
  Operand by;  // empty for adjectives and "top"
  std::vector<std::string_view> attributes;
  std::vector<std::string_view> flipped;
  Ranks ranks = Ranks::kNumber;
  bool temporal = false;  // "latest": by a time, where no column is called so
  bool descending = true;
  std::optional<std::int64_t> limit;
  NounPhrase subject;  // "the 3 oldest dogs": dogs
  NounPhrase about;    // "the dorm that has the most amenities": dorm
  int scope = 0;
};

struct SortBy {
  Operand by;
  std::optional<bool> descending;
};

// A group of words that hold for one thing of their own: what is excluded, or each of "both".
struct Nested {
  enum class Kind { kExcluded, kMinus, kBoth };
  Kind kind = Kind::kExcluded;
  std::vector<NounPhrase> mentions;
  Side side = Side::kBefore;
};

struct Outline {
  std::vector<Operand> outputs;
  std::vector<NounPhrase> mentions;
  std::vector<Predicate> predicates;
  std::vector<NounPhrase> groups;
  std::vector<Superlative> superlatives;
  std::vector<SortBy> order;
  std::vector<Nested> nested;
  std::optional<TimeUnit> grain;
  bool grain_groups = false;  // "for each month", "monthly"; not "which month"
  std::optional<Share> share;
  std::optional<Growth> growth;
  std::optional<TimeUnit> unit;          // "in seconds"
  bool splits_truth = false;             // "how many have an exam and how many do not"
  std::vector<std::string> unknown;      // words as written
  std::vector<std::string> restricting;  // those before a thing: "cancelled flights", or behind OR
  std::optional<bool> direction;         // without a target
  bool alphabetical = false;             // that direction is of texts
  std::optional<std::int64_t> limit;     // "show 5 airports"
  bool distinct = false;
  bool who = false;
  bool when = false;
  bool which = false;
  bool listing = false;
  bool compares = false;    // "compare web and app", "2025 versus 2024": a group each
  bool everything = false;  // "all the information about"
  double score = 1;         // 0 to 1: how much had to be passed over
  std::string failure;      // why the words cannot be read, in words
};

[[nodiscard]] Outline OutlineOf(const std::vector<Segment>& segments,
                                const std::vector<Token>& tokens);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_OUTLINE_HPP
