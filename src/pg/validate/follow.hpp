// Follows expressions to what decides them: column references through subqueries, VALUES, WITH
// queries and joins, casts that pass a value on, branches of CASE.
#ifndef LOUPE_PG_VALIDATE_FOLLOW_HPP
#define LOUPE_PG_VALIDATE_FOLLOW_HPP

#include "pg/postgres.hpp"

extern "C" {
#include "nodes/parsenodes.h"
#include "nodes/primnodes.h"
}

#include <initializer_list>

namespace loupe::pg {

// An expression and the queries around it, from the outermost to the one it stands in.
struct Place {
  Node* expression;
  List* queries;  // of Query*
};

// Counts an expression that is looked at; false when `*effort` is spent.
[[nodiscard]] bool Spend(int* effort);

// What a column reference stands for. `places` (of Place*) is NIL for the column of a table.
struct Referred {
  List* places = NIL;
  bool is_recursive = false;  // a recursive query piles it up
};
[[nodiscard]] Referred Follow(const Var* var, const List* queries);

// The expressions behind column `number` of a subquery: one, or one a branch of its UNION.
[[nodiscard]] List* PlacesOfSubquery(Query* query, AttrNumber number, const List* around);
// One place for each of `expressions`, TargetEntries looked through.
[[nodiscard]] List* PlacesOfAll(const List* expressions, List* queries);
inline Place PlaceAt(const List* places, int index) {
  return *static_cast<Place*>(list_nth(places, index));
}

// Arguments of whatever calls something, aggregates included; NIL when the node has none.
[[nodiscard]] List* ArgumentsOf(Node* node);
[[nodiscard]] Place ArgumentOf(Node* call, int index, List* queries);
// What a node passes on unchanged (casts that relabel, collations, domains, input and output, an
// element of an array); nullptr when it does not.
[[nodiscard]] Node* PassedOn(Node* node);
// Results of a CASE; NIL for anything else.
[[nodiscard]] List* BranchesOf(Node* node);

// The name of the function that a call or an operator runs; "" for anything else.
[[nodiscard]] const char* CalledName(Node* node);
[[nodiscard]] bool IsOneOf(const char* name, std::initializer_list<const char*> names);
[[nodiscard]] bool EndsWith(const char* name, const char* end);
[[nodiscard]] bool IsText(Oid type);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_FOLLOW_HPP
