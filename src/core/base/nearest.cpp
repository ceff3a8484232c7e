#include "core/base/nearest.hpp"

#include <algorithm>
#include <cstddef>

#include "core/base/utf8.hpp"

namespace loupe {
namespace {

constexpr std::size_t kMaxNameBytes = 256;  // longer input is no misspelt name
constexpr std::size_t kListedNames = 12;    // beyond this a list is no help

}  // namespace

int EditDistance(std::string_view a, std::string_view b, int limit) {
  const std::string left = AsciiLower(a);
  const std::string right = AsciiLower(b);
  const auto rows = static_cast<int>(left.size());
  const auto columns = static_cast<int>(right.size());
  if (std::abs(rows - columns) > limit) return limit + 1;
  std::vector<int> before(right.size() + 1);
  std::vector<int> previous(right.size() + 1);
  std::vector<int> current(right.size() + 1);
  for (int j = 0; j <= columns; ++j) previous[j] = j;
  for (int i = 1; i <= rows; ++i) {
    current[0] = i;
    int best = i;
    for (int j = 1; j <= columns; ++j) {
      const int change = left[i - 1] == right[j - 1] ? 0 : 1;
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + change});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
      best = std::min(best, current[j]);
    }
    if (best > limit) return limit + 1;
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return std::min(previous[columns], limit + 1);
}

std::optional<std::string> NearestName(std::string_view name,
                                       const std::vector<std::string>& names) {
  if (name.empty() || name.size() > kMaxNameBytes) return std::nullopt;
  const int limit = std::max(1, static_cast<int>(name.size()) / 3);
  int best_distance = limit + 1;
  const std::string* best = nullptr;
  for (const std::string& candidate : names) {
    const int distance = EditDistance(name, candidate, best_distance - 1);
    if (distance < best_distance) {
      best_distance = distance;
      best = &candidate;
    }
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

std::string NearestNameHint(std::string_view name, const std::vector<std::string>& names) {
  if (const std::optional<std::string> nearest = NearestName(name, names)) {
    return "Did you mean \"" + *nearest + "\"?";
  }
  if (names.empty() || names.size() > kListedNames) return "";
  std::string list;
  for (const std::string& known : names) list += (list.empty() ? "\"" : ", \"") + known + "\"";
  return "Known names are " + list + ".";
}

}  // namespace loupe
