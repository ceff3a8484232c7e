#include "core/semantic/diff.hpp"

#include <algorithm>
#include <unordered_map>

namespace loupe::semantic {
namespace {

// 1 and 1.0 are one number, {"a", "b"} and {"b", "a"} one object.
bool IsSame(const Json& left, const Json& right, int depth) {
  if (left.IsNumber() && right.IsNumber()) {
    if (left.IsInteger() && right.IsInteger()) return left.AsInteger() == right.AsInteger();
    return left.AsDouble() == right.AsDouble();
  }
  if (depth >= kMaxDiffDepth) return left == right;
  if (left.IsArray() && right.IsArray()) {
    const auto same = [&](const Json& a, const Json& b) { return IsSame(a, b, depth + 1); };
    return std::equal(left.items().begin(), left.items().end(), right.items().begin(),
                      right.items().end(), same);
  }
  if (!left.IsObject() || !right.IsObject()) return left == right;
  if (left.members().size() != right.members().size()) return false;
  return std::all_of(left.members().begin(), left.members().end(), [&](const Json::Member& member) {
    const Json* other = right.Find(member.name);
    return other != nullptr && IsSame(member.value, *other, depth + 1);
  });
}

// What an item is matched by; null when it has no such thing.
const std::string* NameOf(const Json& item) {
  for (const char* key : {"name", "entity"}) {
    const Json* name = item.Find(key);
    if (name != nullptr && name->IsString()) return &name->AsString();
  }
  return nullptr;
}

using Places = std::unordered_map<std::string, std::size_t>;

// Index of each item by name; nothing when an item has none or two share one.
std::optional<Places> PlacesOf(const Json::Array& items) {
  Places places;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string* name = NameOf(items[i]);
    if (name == nullptr || !places.emplace(*name, i).second) return std::nullopt;
  }
  return places;
}

class Differ {
 public:
  void Compare(const Json& before, const Json& after, const std::string& from,
               const std::string& to, int depth) {
    if (IsSame(before, after, depth)) return;
    if (depth < kMaxDiffDepth && before.IsObject() && after.IsObject()) {
      CompareObjects(before, after, from, to, depth);
    } else if (depth >= kMaxDiffDepth || !before.IsArray() || !after.IsArray() ||
               !CompareItems(before.items(), after.items(), from, to, depth)) {
      changes_.push_back({Change::Kind::kChanged, to, before, after});
    }
  }

  std::vector<Change> Take() { return std::move(changes_); }

 private:
  void Added(const Json& value, std::string pointer) {
    changes_.push_back({Change::Kind::kAdded, std::move(pointer), std::nullopt, value});
  }
  void Removed(const Json& value, std::string pointer) {
    changes_.push_back({Change::Kind::kRemoved, std::move(pointer), value, std::nullopt});
  }

  void CompareObjects(const Json& before, const Json& after, const std::string& from,
                      const std::string& to, int depth) {
    for (const Json::Member& member : after.members()) {
      const std::string pointer = JsonPointer(to, member.name);
      const Json* old = before.Find(member.name);
      if (old == nullptr) {
        Added(member.value, pointer);
      } else {
        Compare(*old, member.value, JsonPointer(from, member.name), pointer, depth + 1);
      }
    }
    for (const Json::Member& member : before.members()) {
      if (after.Find(member.name) == nullptr) Removed(member.value, JsonPointer(from, member.name));
    }
  }

  // False when the items cannot be matched by name.
  bool CompareItems(const Json::Array& before, const Json::Array& after, const std::string& from,
                    const std::string& to, int depth) {
    const std::optional<Places> old_places = PlacesOf(before);
    const std::optional<Places> new_places = PlacesOf(after);
    if (!old_places || !new_places) return false;
    for (std::size_t i = 0; i < after.size(); ++i) {
      const auto old = old_places->find(*NameOf(after[i]));
      if (old == old_places->end()) {
        Added(after[i], JsonPointer(to, i));
      } else {
        Compare(before[old->second], after[i], JsonPointer(from, old->second), JsonPointer(to, i),
                depth + 1);
      }
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (new_places->count(*NameOf(before[i])) == 0) Removed(before[i], JsonPointer(from, i));
    }
    return true;
  }

  std::vector<Change> changes_;
};

}  // namespace

const char* ChangeName(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::kAdded:
      return "added";
    case Change::Kind::kRemoved:
      return "removed";
    case Change::Kind::kChanged:
      return "changed";
  }
  return "changed";
}

std::vector<Change> DiffModels(const Json& before, const Json& after) {
  Differ differ;
  differ.Compare(before, after, "", "", 0);
  return differ.Take();
}

}  // namespace loupe::semantic
