#include "core/semantic/query_errors.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace loupe::semantic {
namespace {

constexpr std::string_view kLists[] = {"measures", "dimensions", "timeDimensions", "segments",
                                       "filters"};

// An item of a list of the query, as a JSON pointer names it.
struct Item {
  std::string list;
  std::size_t index = 0;
  std::string rest;  // of the pointer
};

std::optional<Item> ItemAt(std::string_view pointer, const Json& query) {
  for (const std::string_view list : kLists) {
    const std::string start = JsonPointer("", list) + "/";
    if (pointer.substr(0, start.size()) != start) continue;
    const std::string_view tail = pointer.substr(start.size());
    Item item{std::string(list), 0, ""};
    const auto [end, error] = std::from_chars(tail.data(), tail.data() + tail.size(), item.index);
    const Json* items = query.Find(list);
    const bool is_there =
        items != nullptr && items->IsArray() && item.index < items->items().size();
    if (error != std::errc() || !is_there) return std::nullopt;
    item.rest = tail.substr(static_cast<std::size_t>(end - tail.data()));
    return item;
  }
  return std::nullopt;
}

// Which items of the lists are left, by the index that they had.
class Remaining {
 public:
  // Takes an item out of the query; returns its pointer in the query as it was.
  std::string TakeOut(const Item& item, Json* query) {
    Json::Array& items = query->Find(item.list)->items();
    auto [entry, is_new] = indexes_.try_emplace(item.list, items.size());
    std::vector<std::size_t>& indexes = entry->second;
    if (is_new) std::iota(indexes.begin(), indexes.end(), std::size_t{0});
    const auto at = static_cast<std::ptrdiff_t>(item.index);
    const std::size_t original = indexes[item.index];
    indexes.erase(std::next(indexes.begin(), at));
    items.erase(std::next(items.begin(), at));
    return JsonPointer(JsonPointer("", item.list), original) + item.rest;
  }

 private:
  std::map<std::string, std::vector<std::size_t>> indexes_;
};

}  // namespace

std::vector<Status> QueryErrors(Json query,
                                const std::function<Status(const Json& query)>& compile) {
  std::vector<Status> errors;
  Remaining remaining;
  while (errors.size() < kMaxQueryErrors) {
    Status status = compile(query);
    if (status.ok()) break;
    const std::optional<Item> item = ItemAt(status.pointer(), query);
    if (!item) {
      if (errors.empty()) errors.push_back(std::move(status));
      break;
    }
    errors.push_back(std::move(status).At(remaining.TakeOut(*item, &query)));
  }
  return errors;
}

}  // namespace loupe::semantic
