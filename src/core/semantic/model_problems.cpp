#include "core/semantic/model_problems.hpp"

#include <algorithm>
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

// How many tokens lead to what has to go for this problem; 0 when that is all of the document.
std::size_t LengthToRemove(const Status& problem, const std::vector<std::string>& tokens) {
  const bool is_unknown = problem.message().rfind("unknown member ", 0) == 0;
  if (is_unknown) return tokens.size();
  for (std::size_t length = tokens.size(); length > 0; --length) {
    if (IsAmong(kAttributes, tokens[length - 1])) return length;
    const bool is_item = length > 1 && PointerIndex(tokens[length - 1]).has_value();
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
    const std::vector<std::string> tokens = PointerTokens(problem.pointer());
    const std::size_t length = LengthToRemove(problem, tokens);
    if (length == 0) return false;
    Json* parent = FollowPointer(&document_, tokens, length - 1);
    const Json* item = FollowPointer(&document_, tokens, length);
    if (item == nullptr) return false;
    NoteNames(tokens, length, *item);
    if (parent->IsObject()) {
      RemoveMember(tokens[length - 1], parent);
      return true;
    }
    found_.pointers.Remove(PointerOf(tokens, length));
    parent->items().erase(parent->items().begin() +
                          static_cast<std::ptrdiff_t>(*PointerIndex(tokens[length - 1])));
    return true;
  }

  // Others refer to a member as "name" or "entity.name".
  void NoteNames(const std::vector<std::string>& tokens, std::size_t length, const Json& item) {
    const Json* name = item.Find("name");
    if (name == nullptr || !name->IsString()) return;
    gone_.push_back(name->AsString());
    const Json* entity = length == 4 ? FollowPointer(&document_, tokens, 2) : nullptr;
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

ModelProblems FindModelProblems(const Json& document, const Context& context) {
  if (!IsSimpleModel(document)) return Repair(document).Run(context);
  Result<Json> full = ModelFromSimple(document);
  if (full.ok()) return Repair(full.value()).Run(context);
  ModelProblems found;
  found.problems.push_back(full.status());
  return found;
}

}  // namespace loupe::semantic
