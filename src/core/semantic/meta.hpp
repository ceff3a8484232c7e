// Meta: what a model offers, in the shape that Cube's clients read from /v1/meta.
//
//   {"cubes": [{"name": "orders", "title": "Orders", "type": "cube", "connectedComponent": 1,
//               "measures": [{"name": "orders.count", "title": "Orders Count",
//                             "shortTitle": "Count", "type": "number", "aggType": "count", …}],
//               "dimensions": [{"name": "orders.status", "type": "string", …}],
//               "segments": [], "hierarchies": [], "folders": [], "nestedFolders": [], …}]}
//
// An entity is a cube; entities that joins connect share a connectedComponent. Only public members
// are there. Synonyms, which Cube does not know, are the "meta" of a member.
//
// Tested by test/unit/semantic_meta_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_META_HPP
#define LOUPE_CORE_SEMANTIC_META_HPP

#include "core/base/json.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// Describes the public members of a model.
[[nodiscard]] Json Meta(const Model& model);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_META_HPP
