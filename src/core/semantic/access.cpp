#include "core/semantic/access.hpp"

#include <algorithm>
#include <set>

namespace loupe::semantic {
namespace {

using Rules = std::vector<const AccessRule*>;

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool Fits(const AccessRule& rule, const std::vector<std::string>& roles) {
  return rule.roles.empty() ||
         std::any_of(rule.roles.begin(), rule.roles.end(),
                     [&](const std::string& role) { return Contains(roles, role); });
}

bool ShowsAllRows(const AccessRule* rule) { return rule->row_filter.empty(); }

// Tells whether some of the rules show each row that all of them show together.
bool Covers(const Rules& some, const Rules& all) {
  if (some.empty()) return false;
  if (std::any_of(some.begin(), some.end(), ShowsAllRows)) return true;
  return std::all_of(all.begin(), all.end(), [&](const AccessRule* rule) {
    return std::any_of(some.begin(), some.end(), [&](const AccessRule* other) {
      return other->row_filter == rule->row_filter;
    });
  });
}

enum class Sight { kShown, kMasked, kHidden };

// What a caller whom these rules fit sees of a member.
Sight SightOf(const std::string& member, const Rules& fitting) {
  Rules plain;
  Rules masked_at_least;
  for (const AccessRule* rule : fitting) {
    if (Contains(rule->hidden, member)) continue;
    masked_at_least.push_back(rule);
    if (!Contains(rule->masked, member)) plain.push_back(rule);
  }
  if (Covers(plain, fitting)) return Sight::kShown;
  return Covers(masked_at_least, fitting) ? Sight::kMasked : Sight::kHidden;
}

std::vector<std::vector<Json>> RowFiltersOf(const Rules& fitting) {
  if (fitting.empty()) return {{Json("false")}};
  if (std::any_of(fitting.begin(), fitting.end(), ShowsAllRows)) return {};
  std::vector<std::vector<Json>> filters;
  for (const AccessRule* rule : fitting) {
    if (std::find(filters.begin(), filters.end(), rule->row_filter) == filters.end()) {
      filters.push_back(rule->row_filter);
    }
  }
  return filters;
}

template <class Member>
void ApplyToValues(const Rules& fitting, std::vector<Member>* members) {
  for (Member& member : *members) {
    const Sight sight = SightOf(member.name, fitting);
    if (sight == Sight::kHidden) member.is_public = false;
    if (sight == Sight::kMasked) member.is_masked = true;
  }
}

// A condition that is masked cannot be asked.
void ApplyToSegments(const Rules& fitting, std::vector<Segment>* segments) {
  for (Segment& segment : *segments) {
    if (SightOf(segment.name, fitting) != Sight::kShown) segment.is_public = false;
  }
}

void ApplyToHierarchies(const Rules& fitting, std::vector<Hierarchy>* hierarchies) {
  const auto is_hidden = [&](const std::string& level) {
    return SightOf(level, fitting) == Sight::kHidden;
  };
  for (Hierarchy& hierarchy : *hierarchies) {
    std::vector<std::string>& levels = hierarchy.levels;
    levels.erase(std::remove_if(levels.begin(), levels.end(), is_hidden), levels.end());
  }
  hierarchies->erase(std::remove_if(hierarchies->begin(), hierarchies->end(),
                                    [](const Hierarchy& h) { return h.levels.empty(); }),
                     hierarchies->end());
}

void ApplyToEntity(const std::vector<std::string>& roles, Entity* entity) {
  if (entity->access.empty()) return;
  Rules fitting;
  for (const AccessRule& rule : entity->access) {
    if (Fits(rule, roles)) fitting.push_back(&rule);
  }
  if (fitting.empty()) entity->is_public = false;
  ApplyToValues(fitting, &entity->dimensions);
  ApplyToValues(fitting, &entity->measures);
  ApplyToSegments(fitting, &entity->segments);
  ApplyToHierarchies(fitting, &entity->hierarchies);
  entity->row_filters = RowFiltersOf(fitting);
}

}  // namespace

std::vector<std::string> RolesIn(const Model& model) {
  std::set<std::string> roles;
  for (const Entity& entity : model.entities) {
    for (const AccessRule& rule : entity.access) {
      roles.insert(rule.roles.begin(), rule.roles.end());
    }
  }
  return {roles.begin(), roles.end()};
}

Model ApplyAccess(Model model, const std::vector<std::string>& roles) {
  for (Entity& entity : model.entities) ApplyToEntity(roles, &entity);
  return model;
}

}  // namespace loupe::semantic
