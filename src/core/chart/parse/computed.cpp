#include "core/chart/parse/computed.hpp"

#include <optional>

#include "core/chart/expression/expression.hpp"

namespace loupe::chart {
namespace {

class ParamScope : public Scope {
 public:
  explicit ParamScope(const Json& params) : params_(params) {}
  [[nodiscard]] const Json* Field(std::string_view /*name*/) const override { return nullptr; }
  [[nodiscard]] Json Datum() const override { return Json::MakeObject(); }
  [[nodiscard]] const Json* Signal(std::string_view name) const override {
    return params_.Find(name);
  }

 private:
  const Json& params_;
};

struct Resolver {
  const Context& context;
  Json params = Json::MakeObject();
  ExpressionBudget budget;

  [[nodiscard]] bool IsFixed(const Expression& expression) const {
    if (!expression.fields().empty() || expression.reads_whole_datum()) return false;
    for (const std::string& name : expression.signals()) {
      if (params.Find(name) == nullptr) return false;
    }
    return true;
  }

  Result<std::optional<Json>> ValueOf(const Json& text, const std::string& pointer) {
    if (!text.IsString()) return std::optional<Json>();
    LOUPE_ASSIGN_OR_RETURN(const Expression expression,
                           Expression::Parse(text.AsString(), pointer));
    if (!IsFixed(expression)) return std::optional<Json>();
    const ParamScope scope(params);
    LOUPE_ASSIGN_OR_RETURN(Json value, expression.Evaluate(scope, context, &budget));
    return std::optional<Json>(std::move(value));
  }

  Status ReadParams(const Json& spec, const Json& given, const std::string& pointer) {
    const Json* list = spec.Find("params");
    if (list == nullptr || !list->IsArray()) return Status::Ok();
    for (std::size_t i = 0; i < list->items().size(); ++i) {
      const Json& param = list->items()[i];
      const Json* name = param.Find("name");
      if (name == nullptr || !name->IsString() || param.Find("select") != nullptr) continue;
      const Json* value = given.Find(name->AsString());
      if (value == nullptr) value = param.Find("value");
      if (value != nullptr) {
        params.Set(name->AsString(), *value);
      } else if (const Json* text = param.Find("expr")) {
        const std::string at = JsonPointer(JsonPointer(JsonPointer(pointer, "params"), i), "expr");
        LOUPE_ASSIGN_OR_RETURN(std::optional<Json> computed, ValueOf(*text, at));
        if (computed) params.Set(name->AsString(), std::move(*computed));
      }
    }
    return Status::Ok();
  }

  // Data and transforms have expressions of their own, which read rows.
  static bool IsOpaque(std::string_view name) {
    return name == "data" || name == "datasets" || name == "transform" || name == "params";
  }

  Status Replace(const std::string& pointer, Json* value) {
    context.Poll();
    if (value->IsArray()) {
      for (std::size_t i = 0; i < value->items().size(); ++i) {
        LOUPE_RETURN_IF_ERROR(Replace(JsonPointer(pointer, i), &value->items()[i]));
      }
    }
    if (!value->IsObject()) return Status::Ok();
    const Json* text = value->Find("expr");
    if (text != nullptr && value->members().size() == 1) {
      LOUPE_ASSIGN_OR_RETURN(std::optional<Json> computed,
                             ValueOf(*text, JsonPointer(pointer, "expr")));
      if (computed) *value = std::move(*computed);
      return Status::Ok();
    }
    LOUPE_RETURN_IF_ERROR(ReadParams(*value, Json(), pointer));
    for (Json::Member& member : value->members()) {
      if (IsOpaque(member.name)) continue;
      LOUPE_RETURN_IF_ERROR(Replace(JsonPointer(pointer, member.name), &member.value));
    }
    return Status::Ok();
  }
};

}  // namespace

Result<Json> ResolveComputed(const Json& given, const Context& context, Json* spec) {
  Resolver resolver{context, Json::MakeObject(), {}};
  for (const char* side : {"width", "height"}) {
    const Json* size = spec->Find(side);
    if (size != nullptr && size->IsNumber()) resolver.params.Set(side, *size);
  }
  LOUPE_RETURN_IF_ERROR(resolver.ReadParams(*spec, given, ""));
  // Sizes may be computed and be read by other expressions.
  for (const char* side : {"width", "height"}) {
    Json* size = spec->Find(side);
    if (size == nullptr || !size->IsObject()) continue;
    LOUPE_RETURN_IF_ERROR(resolver.Replace(std::string("/") + side, size));
    if (size->IsNumber()) resolver.params.Set(side, *size);
  }
  for (Json::Member& member : spec->members()) {
    if (Resolver::IsOpaque(member.name)) continue;
    LOUPE_RETURN_IF_ERROR(resolver.Replace(JsonPointer("", member.name), &member.value));
  }
  return resolver.params;
}

}  // namespace loupe::chart
