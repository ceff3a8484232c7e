// Guessed joins: keys that nobody declared, found by names, types and statistics.
//
//   orders(id, customer_id, ship_address_id)   customers(id)   addresses(address_id)
//
//   customer_id      customers.id           the table's name and its key's, one after the other
//   ship_address_id  addresses.address_id   the key's name after a role
//   citingpaperid    paper.paperid          likewise, without a mark between the words
//   aid, author_id   author.aid             a key called by the beginning of its table's name
//   meal_code        food_service.meal_code the key's name, where the values agree
//   from_airport     airport.airport_code   the table's name after a role, where the values agree
//
// What all tables of a schema begin with ("sb" of sbcustomer, sbticker, sbprice) is no part of a
// name.
//
// A guess leads from one column to a column that is a key by itself: declared so, or, where a table
// declares no primary key, without a repeated value when it was analysed. The types agree; known
// values of the column lie where the key has some. A column named like the table alone ("currency",
// currencies.code), or like a key that does not say whose it is, needs such values.
//
// No guess is made for a column of a declared key to another table, to a table that a declared key
// already leads to, or where two targets are equally likely. The nearer name wins, then the own
// schema.
//
// Tested by test/unit/semantic_infer_joins_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_INFER_JOINS_HPP
#define LOUPE_CORE_SEMANTIC_INFER_JOINS_HPP

#include "core/semantic/catalog.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// Adds guessed joins, marked as such, to a model that InferModel made of the same catalog. An
// entity without a primary key that a guess leads to gets the column as its key.
void AddGuessedJoins(const Catalog& catalog, Model* model);

// Adds those guessed joins alone that connect what declared keys leave apart, or, between tables
// that they connect over others, a column that bears the very name of a key: orders.customer_id
// beside customers.customer_id. A table without a primary key gets the column that identifies its
// rows, where one does.
void ConnectByGuesses(const Catalog& catalog, Model* model);

// Tells whether ConnectByGuesses may find something, to be asked before statistics are read.
[[nodiscard]] bool LeavesJoinsOpen(const Catalog& catalog);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_INFER_JOINS_HPP
