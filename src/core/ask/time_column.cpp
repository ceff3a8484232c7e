#include "core/ask/time_column.hpp"

#include <algorithm>
#include <string>

#include "core/base/calendar.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {

using semantic::Dimension;
using semantic::DimensionType;

bool IsTimeColumn(const Dimension& dimension) {
  return dimension.type == DimensionType::kTime &&
         dimension.data_type.compare(0, 5, "time ") != 0 && dimension.data_type != "time" &&
         dimension.data_type != "interval";
}

bool IsYearColumn(const Dimension& dimension) {
  if (dimension.type == DimensionType::kTime || dimension.type == DimensionType::kBoolean) {
    return false;
  }
  const std::string& name = dimension.name;
  for (const std::string& word : semantic::SplitWords(name)) {
    if (word == "year" || word == "founded" || word == "yr") return true;
  }
  return name.size() > 4 && name.compare(name.size() - 4, 4, "year") == 0;
}

bool IsListedInTime(const Dimension& dimension) {
  if (dimension.type == DimensionType::kTime || IsYearColumn(dimension)) return true;
  if (dimension.type != DimensionType::kNumber) return false;
  const std::vector<std::string> words = semantic::SplitWords(dimension.name);
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return ParseTimeUnit(word).has_value(); });
}

}  // namespace loupe::ask
