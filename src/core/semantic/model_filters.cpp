#include "core/semantic/model_filters.hpp"

#include <algorithm>
#include <utility>

#include "core/semantic/resolve_filter.hpp"

namespace loupe::semantic {
namespace {

// Any day will do to tell whether a date is one.
constexpr DateTime kSomeDay = {2000, 1, 1, 0, 0, 0, 0};

// What ParseFilter finds wrong with a query is wrong with the model here.
Status AsModelProblem(const Status& status, const std::string& pointer) {
  const Code code =
      status.code() == Code::kSemanticInvalidQuery ? Code::kSemanticInvalidModel : status.code();
  return Status(code, status.message())
      .WithDetail(status.detail())
      .WithHint(status.hint())
      .At(pointer + status.pointer());
}

Result<Condition> Check(const Json& filter, const Entity& entity, const Model& model,
                        const std::string& pointer) {
  const DateContext context = DateContextOf(model, kSomeDay);
  Result<Condition> condition = ResolveModelFilter(filter, entity, model, context);
  if (!condition.ok()) return AsModelProblem(condition.status(), pointer);
  return condition;
}

Status CheckMeasures(const Model& model, const Entity& entity, const std::string& pointer) {
  for (std::size_t i = 0; i < entity.measures.size(); ++i) {
    const std::vector<Json>& filters = entity.measures[i].filters;
    for (std::size_t f = 0; f < filters.size(); ++f) {
      const std::string at = JsonPointer(JsonPointer(pointer + "/measures", i) + "/filters", f);
      LOUPE_RETURN_IF_ERROR(Check(filters[f], entity, model, at).status());
    }
  }
  return Status::Ok();
}

Status CheckAccess(const Model& model, const Entity& entity, const std::string& pointer) {
  for (std::size_t i = 0; i < entity.access.size(); ++i) {
    const std::vector<Json>& filters = entity.access[i].row_filter;
    for (std::size_t f = 0; f < filters.size(); ++f) {
      const std::string at = JsonPointer(JsonPointer(pointer + "/access", i) + "/row_filter", f);
      LOUPE_ASSIGN_OR_RETURN(const Condition condition, Check(filters[f], entity, model, at));
      if (SpeaksOnlyOf(condition, &entity)) continue;
      return Status(Code::kSemanticInvalidModel,
                    "row filter of \"" + entity.name + "\" names a dimension of another entity")
          .WithHint("Write the condition as SQL over {T}, with a subquery where it needs one.")
          .At(at);
    }
  }
  return Status::Ok();
}

}  // namespace

Status CheckModelFilters(const Model& model) {
  for (std::size_t e = 0; e < model.entities.size(); ++e) {
    const std::string pointer = JsonPointer("/entities", e);
    LOUPE_RETURN_IF_ERROR(CheckMeasures(model, model.entities[e], pointer));
    LOUPE_RETURN_IF_ERROR(CheckAccess(model, model.entities[e], pointer));
  }
  return Status::Ok();
}

}  // namespace loupe::semantic
