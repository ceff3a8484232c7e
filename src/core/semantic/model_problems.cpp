#include "core/semantic/model_problems.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/semantic/simple_model.hpp"

namespace loupe::semantic {
namespace {

// Lists whose items can be missed.
constexpr std::string_view kLists[] = {"entities", "joins",       "dimensions", "measures",
                                       "segments", "hierarchies", "access",     "granularities",
                                       "filters",  "synonyms"};
// Members that can be missed.
constexpr std::string_view kAttributes[] = {
    "title",    "description", "synonyms", "public",     "format", "primary_key",      "data_type",
    "timezone", "fill_nulls",  "bins",     "week_start", "guess",  "fiscal_year_start"};

template <std::size_t kSize>
bool IsAmong(const std::string_view (&words)[kSize], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// The tokens of a pointer, unescaped.
std::vector<std::string> TokensOf(std::string_view pointer) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      tokens.emplace_back();
    } else if (pointer[i] == '~' && i + 1 < pointer.size()) {
      tokens.back() += pointer[++i] == '1' ? '/' : '~';
    } else if (!tokens.empty()) {
      tokens.back() += pointer[i];
    }
  }
  return tokens;
}

std::string PointerOf(const std::vector<std::string>& tokens, std::size_t count) {
  std::string pointer;
  for (std::size_t i = 0; i < count; ++i) pointer = JsonPointer(pointer, tokens[i]);
  return pointer;
}

std::optional<std::size_t> IndexOf(std::string_view token) {
  std::size_t index = 0;
  const auto [stop, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (error != std::errc() || stop != token.data() + token.size()) return std::nullopt;
  return index;
}

// The value that the first `count` tokens lead to, or null.
Json* Follow(Json* document, const std::vector<std::string>& tokens, std::size_t count) {
  for (std::size_t i = 0; i < count && document != nullptr; ++i) {
    if (document->IsObject()) {
      document = document->Find(tokens[i]);
      continue;
    }
    const std::optional<std::size_t> index = IndexOf(tokens[i]);
    const bool leads = document->IsArray() && index && *index < document->items().size();
    document = leads ? &document->items()[*index] : nullptr;
  }
  return document;
}

// How many tokens lead to what has to go for this problem; 0 when that is all of the document.
std::size_t LengthToRemove(const Status& problem, const std::vector<std::string>& tokens) {
  const bool is_unknown = problem.message().rfind("unknown member ", 0) == 0;
  if (is_unknown) return tokens.size();
  for (std::size_t length = tokens.size(); length > 0; --length) {
    if (IsAmong(kAttributes, tokens[length - 1])) return length;
    const bool is_item = length > 1 && IndexOf(tokens[length - 1]).has_value();
    if (is_item && IsAmong(kLists, tokens[length - 2])) return length;
  }
  return 0;
}

void RemoveMember(const std::string& name, Json* object) {
  Json::Object& members = object->members();
  members.erase(std::remove_if(members.begin(), members.end(),
                               [&](const Json::Member& member) { return member.name == name; }),
                members.end());
}

// Takes problems away from a copy of a document, one after another.
class Repair {
 public:
  explicit Repair(const Json& document) : document_(document) {}

  ModelProblems Run(const Context& context) {
    while (found_.problems.size() < kMaxModelProblems && steps_++ < 2 * kMaxModelProblems) {
      context.Poll();
      Result<Model> model = ParseModel(document_);
      if (model.ok()) {
        found_.rest = std::move(model).value();
        break;
      }
      const Status problem = model.status();
      Report(problem);
      if (!TakeAway(problem)) break;
    }
    return std::move(found_);
  }

 private:
  // A consequence names what is gone, and is no problem of its own.
  [[nodiscard]] bool IsConsequence(const Status& problem) const {
    return std::any_of(gone_.begin(), gone_.end(), [&](const std::string& name) {
      return problem.message().find("\"" + name + "\"") != std::string::npos;
    });
  }

  void Report(const Status& problem) {
    if (IsConsequence(problem)) return;
    found_.problems.push_back(Status(problem.code(), problem.message())
                                  .WithDetail(problem.detail())
                                  .WithHint(problem.hint())
                                  .At(found_.pointers.ToOriginal(problem.pointer())));
  }

  // False when nothing can be taken away.
  bool TakeAway(const Status& problem) {
    const std::vector<std::string> tokens = TokensOf(problem.pointer());
    const std::size_t length = LengthToRemove(problem, tokens);
    if (length == 0) return false;
    Json* parent = Follow(&document_, tokens, length - 1);
    const Json* item = Follow(&document_, tokens, length);
    if (item == nullptr) return false;
    NoteNames(tokens, length, *item);
    if (parent->IsObject()) {
      RemoveMember(tokens[length - 1], parent);
      return true;
    }
    found_.pointers.Remove(PointerOf(tokens, length));
    parent->items().erase(parent->items().begin() +
                          static_cast<std::ptrdiff_t>(*IndexOf(tokens[length - 1])));
    return true;
  }

  // Others refer to a member as "name" or "entity.name".
  void NoteNames(const std::vector<std::string>& tokens, std::size_t length, const Json& item) {
    const Json* name = item.Find("name");
    if (name == nullptr || !name->IsString()) return;
    gone_.push_back(name->AsString());
    const Json* entity = length == 4 ? Follow(&document_, tokens, 2) : nullptr;
    const Json* owner = entity == nullptr ? nullptr : entity->Find("name");
    if (owner != nullptr && owner->IsString()) {
      gone_.push_back(owner->AsString() + "." + name->AsString());
    }
  }

  Json document_;
  ModelProblems found_;
  std::vector<std::string> gone_;  // names
  std::size_t steps_ = 0;
};

}  // namespace

std::string PointerMap::ToOriginal(std::string_view pointer) const {
  std::string original;
  for (const std::string& token : TokensOf(pointer)) {
    const auto removed = removed_.find(original);
    std::optional<std::size_t> index = IndexOf(token);
    if (removed == removed_.end() || !index) {
      original = JsonPointer(original, token);
      continue;
    }
    // Each item that went from before it has moved it one place forward.
    for (const std::size_t gone : removed->second) {
      if (gone <= *index) ++*index;
    }
    original = JsonPointer(original, *index);
  }
  return original;
}

void PointerMap::Remove(std::string_view pointer) {
  const std::vector<std::string> tokens = TokensOf(ToOriginal(pointer));
  if (tokens.empty()) return;
  if (const std::optional<std::size_t> index = IndexOf(tokens.back())) {
    removed_[PointerOf(tokens, tokens.size() - 1)].insert(*index);
  }
}

ModelProblems FindModelProblems(const Json& document, const Context& context) {
  if (!IsSimpleModel(document)) return Repair(document).Run(context);
  Result<Json> full = ModelFromSimple(document);
  if (full.ok()) return Repair(full.value()).Run(context);
  ModelProblems found;
  found.problems.push_back(full.status());
  return found;
}

}  // namespace loupe::semantic
