// Member lookup: "entity.member" to a pointer into the model, with the hints of a wrong name.
//
// Tested by test/unit/semantic_resolve_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_MEMBER_LOOKUP_HPP
#define LOUPE_CORE_SEMANTIC_MEMBER_LOOKUP_HPP

#include <optional>
#include <string>
#include <string_view>

#include "core/base/calendar.hpp"
#include "core/base/status.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// One public member; exactly one of `dimension` and `measure` is set.
struct FoundMember {
  const Entity* entity = nullptr;
  const Dimension* dimension = nullptr;
  const Measure* measure = nullptr;
  std::optional<TimeUnit> granularity;  // from "entity.dimension.month"

  [[nodiscard]] std::string Name() const {
    return entity->name + "." + (dimension != nullptr ? dimension->name : measure->name);
  }
};

// Errors: kSemanticUnknownMember at `pointer`; a hidden member is as unknown as an absent one.
[[nodiscard]] Result<FoundMember> FindMember(const Model& model, std::string_view name,
                                             const std::string& pointer);

// `text` between double quotes, cut when it is long, for messages.
[[nodiscard]] std::string Shown(std::string_view text);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_MEMBER_LOOKUP_HPP
