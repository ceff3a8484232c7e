// Roles: the first half of interpretation. Walks over one combination of meanings from left to
// right and collects what each asks for; nothing is decided that needs words further right.
//
//   top | 5 | destinations | by | number of | flights
//   ranking.limit = 5, bare = [flights.dest], by a count of flights: measures, order
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_ROLES_HPP
#define LOUPE_CORE_ASK_ROLES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ask/draft.hpp"
#include "core/ask/lexicon.hpp"
#include "core/ask/meaning.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

// A meaning in its place.
struct Item {
  const Meaning* meaning = nullptr;
  std::size_t begin = 0;  // tokens
  std::size_t end = 0;
  bool plural = false;                      // of its last word
  MeaningKind cue = MeaningKind::kNeutral;  // the preposition before it: kFrom, kTo, kWith
  std::string text;                         // as written
};

struct Ranking {
  bool descending = true;
  Ranks ranks = Ranks::kNumber;
  bool satisfied = false;       // its target is among measures or quantity
  int quantity = -1;            // raw target: "the highest distance"
  bool subject_before = false;  // something was named before: "which flight has the highest"
};

// What the walk has collected. `failure` is not empty when a meaning has no role.
struct Roles {
  std::vector<MemberRef> measures;
  std::vector<MemberRef> groups;  // dimensions behind "by"
  std::vector<int> group_entities;
  std::vector<MemberRef> bare;  // dimensions named without a role yet
  std::vector<int> bare_quantities;
  std::vector<int> mentions;  // entities named without a role yet
  std::vector<DraftFilter> filters;
  std::vector<DraftOrder> order;                  // named targets; kGrain for "sorted by month"
  std::vector<int> order_quantities;              // "sorted by distance"
  bool order_descending = false;                  // of order_quantities
  std::vector<semantic::Aggregation> aggregates;  // waiting for a quantity
  std::optional<Ranking> ranking;
  std::optional<std::int64_t> limit;
  std::optional<MemberRef> time_dimension;
  std::optional<TimeRange> range;
  std::optional<TimeUnit> grain;
  bool grain_grouped = false;  // behind "by" or an adverb such as "monthly"
  bool counting = false;
  bool distinct = false;
  bool negated = false;
  bool which = false;
  bool listing = false;
  bool plural_subject = false;
  double score = 1;
  std::string failure;
};

[[nodiscard]] Roles AssignRoles(const std::vector<Item>& items, const semantic::Model& model,
                                const Lexicon& lexicon);

// The measure that counts the rows of an entity, if the model has one that is public.
[[nodiscard]] std::optional<MemberRef> CountMeasure(const semantic::Model& model, int entity);

// A public measure of the quantity with the aggregation.
[[nodiscard]] std::optional<MemberRef> MeasureOf(const semantic::Model& model,
                                                 const Quantity& quantity,
                                                 semantic::Aggregation aggregation);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_ROLES_HPP
