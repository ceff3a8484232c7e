// Member lookup: "entity.member" to a pointer into the model, with the hints of a wrong name.
//
// Tested by test/unit/semantic_resolve_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_MEMBER_LOOKUP_HPP
#define LOUPE_CORE_SEMANTIC_MEMBER_LOOKUP_HPP

#include <string>
#include <string_view>

#include "core/base/status.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// One member; exactly one of `dimension`, `measure` and `segment` is set.
struct FoundMember {
  const Entity* entity = nullptr;
  const Dimension* dimension = nullptr;
  const Measure* measure = nullptr;
  const Segment* segment = nullptr;
  std::string granularity;  // from "entity.dimension.month", or empty

  [[nodiscard]] std::string Name() const;
};

// Finds what a query names. Errors: kSemanticUnknownMember at `pointer`; a hidden member is as
// unknown as an absent one.
[[nodiscard]] Result<FoundMember> FindMember(const Model& model, std::string_view name,
                                             const std::string& pointer);

// Finds what the model itself names, hidden members too; entity is null when there is none.
[[nodiscard]] FoundMember FindAnyMember(const Model& model, std::string_view name);
// The same, where "member" alone is one of `home`.
[[nodiscard]] FoundMember FindReference(const Model& model, const Entity& home,
                                        std::string_view name);

// `text` between double quotes, cut when it is long, for messages.
[[nodiscard]] std::string Shown(std::string_view text);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_MEMBER_LOOKUP_HPP
