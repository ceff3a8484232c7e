#include "core/chart/data/field_path.hpp"

#include <charconv>

namespace loupe::chart {
namespace {

const Json* Step(const Json& value, const std::string& step) {
  if (value.IsObject()) return value.Find(step);
  if (!value.IsArray()) return nullptr;
  std::size_t index = 0;
  const auto end = std::from_chars(step.data(), step.data() + step.size(), index);
  const bool whole = end.ec == std::errc() && end.ptr == step.data() + step.size();
  return whole && index < value.items().size() ? &value.items()[index] : nullptr;
}

}  // namespace

std::vector<std::string> SplitFieldPath(std::string_view field) {
  std::vector<std::string> steps(1);
  char quote = '\0';
  for (std::size_t i = 0; i < field.size(); ++i) {
    const char c = field[i];
    if (c == '\\' && i + 1 < field.size()) {
      steps.back().push_back(field[++i]);
    } else if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        steps.back().push_back(c);
      }
    } else if (c == '.' || c == '[') {
      if (!steps.back().empty()) steps.emplace_back();
      const char next = i + 1 < field.size() ? field[i + 1] : '\0';
      if (c == '[' && (next == '"' || next == '\'')) quote = field[++i];
    } else if (c != ']') {
      steps.back().push_back(c);
    }
  }
  if (steps.size() > 1 && steps.back().empty()) steps.pop_back();
  return steps;
}

const Json* WalkFieldPath(const Json& value, const std::vector<std::string>& path,
                          std::size_t from) {
  const Json* reached = &value;
  for (std::size_t i = from; i < path.size() && reached != nullptr; ++i) {
    reached = Step(*reached, path[i]);
  }
  return reached;
}

}  // namespace loupe::chart
