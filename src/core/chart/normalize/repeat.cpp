#include "core/chart/normalize/repeat.hpp"

#include <map>
#include <optional>

#include "core/chart/limits.hpp"
#include "core/chart/normalize/field.hpp"
#include "core/chart/normalize/members.hpp"

namespace loupe::chart {
namespace {

constexpr std::size_t kValueBytes = 32;  // what one JSON value takes beside its text, at least

// What {"repeat": NAME} stands for.
using Repeater = std::map<std::string, std::string>;

Status Invalid(std::string message, std::string pointer) {
  return Status(Code::kChartInvalidSpec, std::move(message)).At(std::move(pointer));
}

std::size_t BytesOf(const Json& value) {
  std::size_t bytes = kValueBytes;
  if (value.IsString()) bytes += value.AsString().size();
  if (value.IsArray()) {
    for (const Json& item : value.items()) bytes += BytesOf(item);
  }
  if (value.IsObject()) {
    for (const Json::Member& member : value.members()) {
      bytes += member.name.size() + BytesOf(member.value);
    }
  }
  return bytes;
}

// The repetition's lists, of which a view takes one of each. A list that is not repeated has one
// entry, nothing.
struct Lists {
  std::vector<std::optional<std::string>> wrapped;
  std::vector<std::optional<std::string>> row;
  std::vector<std::optional<std::string>> column;
  std::vector<std::optional<std::string>> layer;

  [[nodiscard]] static bool Repeats(const std::vector<std::optional<std::string>>& list) {
    return list.empty() || list.front().has_value();
  }
};

// One view's share of the lists.
struct Combination {
  Repeater repeater;
  std::string name;  // "row_acolumn_b"
};

class Expander {
 public:
  explicit Expander(std::vector<Warning>* warnings) : warnings_(warnings) {}

  Result<Json> Repeat(const Json& view, const std::string& pointer, const Repeater& around,
                      const std::string& prefix) {
    const std::string at = JsonPointer(pointer, "repeat");
    const Json* spec = view.Find("spec");
    if (spec == nullptr) return Invalid("\"repeat\" needs a \"spec\"", pointer);
    if (!spec->IsObject()) {
      return Invalid("\"spec\" must be an object", JsonPointer(pointer, "spec"));
    }
    Lists lists;
    LOUPE_ASSIGN_OR_RETURN(lists, ReadLists(*view.Find("repeat"), at));
    const bool grid =
        Lists::Repeats(lists.wrapped) || Lists::Repeats(lists.row) || Lists::Repeats(lists.column);
    if (grid) return Concat(view, lists, pointer, around, prefix);
    LOUPE_ASSIGN_OR_RETURN(const Json layers,
                           Layers(*spec, lists, JsonPointer(pointer, "spec"), around, prefix));
    return Joined(Without(view, {"repeat", "spec"}), layers);
  }

 private:
  Result<std::vector<std::optional<std::string>>> ReadList(const Json* list,
                                                           const std::string& pointer) {
    std::vector<std::optional<std::string>> out;
    if (list == nullptr) return std::vector<std::optional<std::string>>{std::nullopt};
    if (!list->IsArray()) return Invalid("\"repeat\" must hold lists of fields", pointer);
    for (std::size_t i = 0; i < list->items().size(); ++i) {
      const Json& item = list->items()[i];
      if (!item.IsString()) {
        return Invalid(std::string("\"repeat\" must hold names of fields, not ") + item.TypeName(),
                       JsonPointer(pointer, i));
      }
      out.emplace_back(item.AsString());
    }
    return out;
  }

  Result<Lists> ReadLists(const Json& repeat, const std::string& at) {
    Lists lists{{std::nullopt}, {std::nullopt}, {std::nullopt}, {std::nullopt}};
    if (repeat.IsArray()) {
      LOUPE_ASSIGN_OR_RETURN(lists.wrapped, ReadList(&repeat, at));
      return lists;
    }
    if (!repeat.IsObject()) return Invalid("\"repeat\" must be an array or object", at);
    LOUPE_ASSIGN_OR_RETURN(lists.row, ReadList(repeat.Find("row"), JsonPointer(at, "row")));
    LOUPE_ASSIGN_OR_RETURN(lists.column,
                           ReadList(repeat.Find("column"), JsonPointer(at, "column")));
    LOUPE_ASSIGN_OR_RETURN(lists.layer, ReadList(repeat.Find("layer"), JsonPointer(at, "layer")));
    const bool names_none =
        !Lists::Repeats(lists.row) && !Lists::Repeats(lists.column) && !Lists::Repeats(lists.layer);
    if (names_none) return Invalid("\"repeat\" names no \"row\", \"column\" or \"layer\"", at);
    return lists;
  }

  // The name of one repeated view.
  static std::string NameOf(const Json& spec, const std::string& prefix, const std::string& part) {
    const Json* name = spec.Find("name");
    const bool named = name != nullptr && name->IsString() && !name->AsString().empty();
    return (named ? name->AsString() + "_" : "") + prefix + "child__" + part;
  }

  static void Take(const char* key, const char* label, const std::optional<std::string>& value,
                   Combination* out) {
    if (!value) return;
    out->repeater[key] = *value;
    out->name += label + VarName(*value);
  }

  Result<Json> Child(const Json& spec, const Combination& one, const std::string& pointer,
                     const std::string& prefix) {
    const std::string name = NameOf(spec, prefix, one.name);
    LOUPE_RETURN_IF_ERROR(Charge(spec, pointer));
    LOUPE_ASSIGN_OR_RETURN(Json child, View(spec, pointer, one.repeater, name));
    child.Set("name", name);
    return child;
  }

  Result<Json> LayeredChild(const Json& spec, const Lists& lists, const Combination& one,
                            const std::string& pointer, const std::string& prefix) {
    const std::string name = NameOf(Json(), prefix, one.name);
    LOUPE_ASSIGN_OR_RETURN(Json child, Layers(spec, lists, pointer, one.repeater, name));
    child.Set("name", name);
    return child;
  }

  Result<Json> Concat(const Json& view, const Lists& lists, const std::string& pointer,
                      const Repeater& around, const std::string& prefix) {
    const Json& repeat = *view.Find("repeat");
    const std::string at = JsonPointer(pointer, "spec");
    const Json spec = Without(*view.Find("spec"), {"data"});
    Json children = Json::MakeArray();
    for (const auto& wrapped : lists.wrapped) {
      for (const auto& row : lists.row) {
        for (const auto& column : lists.column) {
          Combination one{around, ""};
          Take("repeat", "", wrapped, &one);
          Take("row", "row_", row, &one);
          Take("column", "column_", column, &one);
          LOUPE_ASSIGN_OR_RETURN(Json child, Lists::Repeats(lists.layer)
                                                 ? LayeredChild(spec, lists, one, at, prefix)
                                                 : Child(spec, one, at, prefix));
          children.Append(std::move(child));
        }
      }
    }
    Json out = Json::MakeObject();
    const Json* data = view.Find("spec")->Find("data");
    if (data == nullptr || data->IsNull()) data = view.Find("data");
    if (data != nullptr) out.Set("data", *data);
    out.Set("align", "all");
    out = Joined(out, Without(view, {"repeat", "spec", "data"}));
    if (repeat.IsObject()) SetColumns(lists, pointer, view, &out);
    out.Set("concat", std::move(children));
    return out;
  }

  // The columns of a grid of rows and columns follow from the lists.
  void SetColumns(const Lists& lists, const std::string& pointer, const Json& view, Json* out) {
    if (view.Find("columns") != nullptr) {
      Warn("\"columns\" has no effect where \"repeat\" has rows or columns",
           JsonPointer(pointer, "columns"));
    }
    out->Set("columns", static_cast<std::int64_t>(lists.column.size()));
  }

  // {"layer": […]} with one layer for each entry of the list.
  Result<Json> Layers(const Json& spec, const Lists& lists, const std::string& pointer,
                      const Repeater& around, const std::string& prefix) {
    Json layers = Json::MakeArray();
    for (const auto& layer : lists.layer) {
      Combination one{around, ""};
      Take("layer", "layer_", layer, &one);
      LOUPE_ASSIGN_OR_RETURN(Json child, Child(spec, one, pointer, prefix));
      layers.Append(std::move(child));
    }
    return Json::Of({{"layer", std::move(layers)}});
  }

  // One view of any kind below a repetition. What is no view is left for the parser to refuse.
  Result<Json> View(const Json& view, const std::string& pointer, const Repeater& repeater,
                    const std::string& prefix) {
    if (!view.IsObject()) return view;
    if (++views_ > kMaxViews) {
      return Status(Code::kLimitExceeded,
                    "the chart has more than " + std::to_string(kMaxViews) + " views")
          .At(pointer);
    }
    if (view.Find("facet") != nullptr) return Facet(view, pointer, repeater, prefix);
    if (view.Find("repeat") != nullptr) return Repeat(view, pointer, repeater, prefix);
    for (const char* kind : {"hconcat", "vconcat", "concat", "layer"}) {
      if (view.Find(kind) == nullptr) continue;
      LOUPE_ASSIGN_OR_RETURN(Json out, Children(view, kind, pointer, repeater, prefix));
      return std::string_view(kind) == "layer" ? Plot(out, pointer, repeater, prefix) : out;
    }
    return Plot(view, pointer, repeater, prefix);
  }

  Result<Json> Children(const Json& view, const char* kind, const std::string& pointer,
                        const Repeater& repeater, const std::string& prefix) {
    Json out = view;
    Json* list = out.Find(kind);
    if (!list->IsArray()) return out;
    for (std::size_t i = 0; i < list->items().size(); ++i) {
      Json& child = list->items()[i];
      LOUPE_ASSIGN_OR_RETURN(
          child, View(child, JsonPointer(JsonPointer(pointer, kind), i), repeater, prefix));
    }
    return out;
  }

  Result<Json> Facet(const Json& view, const std::string& pointer, const Repeater& repeater,
                     const std::string& prefix) {
    Json out = view;
    Json& facet = *out.Find("facet");
    const std::string at = JsonPointer(pointer, "facet");
    const bool sides = facet.Find("row") != nullptr || facet.Find("column") != nullptr;
    if (sides) {
      facet = Channels(facet, at, repeater);
    } else if (facet.IsObject()) {
      if (const std::optional<Json> def = Channel(facet, at, repeater)) facet = *def;
    }
    if (Json* spec = out.Find("spec")) {
      LOUPE_ASSIGN_OR_RETURN(*spec, View(*spec, JsonPointer(pointer, "spec"), repeater, prefix));
    }
    return out;
  }

  // A single view, or layers, of which the children are done.
  Json Plot(const Json& view, const std::string& pointer, const Repeater& repeater,
            const std::string& prefix) {
    Json out = view;
    Json* name = out.Find("name");
    const bool named = name != nullptr && name->IsString() && !name->AsString().empty();
    if (named) *name = prefix + "_" + name->AsString();
    Json* encoding = out.Find("encoding");
    const bool encodes = encoding != nullptr && encoding->IsObject();
    if (encodes) *encoding = Channels(*encoding, JsonPointer(pointer, "encoding"), repeater);
    return out;
  }

  Json Channels(const Json& mapping, const std::string& pointer, const Repeater& repeater) {
    Json out = Json::MakeObject();
    for (const Json::Member& member : mapping.members()) {
      const std::string at = JsonPointer(pointer, member.name);
      if (!member.value.IsArray()) {
        std::optional<Json> def = Channel(member.value, at, repeater);
        if (def) out.members().push_back({member.name, std::move(*def)});
        continue;
      }
      Json list = Json::MakeArray();
      for (std::size_t i = 0; i < member.value.items().size(); ++i) {
        std::optional<Json> def = Channel(member.value.items()[i], JsonPointer(at, i), repeater);
        if (def) list.Append(std::move(*def));
      }
      out.members().push_back({member.name, std::move(list)});
    }
    return out;
  }

  // Nothing where the channel has to be left out.
  std::optional<Json> Channel(const Json& def, const std::string& at, const Repeater& repeater) {
    if (IsFieldOrDatumDef(&def)) {
      if (std::optional<Json> bound = Bound(def, at, repeater)) return bound;
      const Json* condition = def.Find("condition");
      if (condition == nullptr) return std::nullopt;
      return Json::Of({{"condition", *condition}});
    }
    const Json* condition = ConditionalDef(def);
    if (condition == nullptr) return def;
    const std::optional<Json> bound = Bound(*condition, JsonPointer(at, "condition"), repeater);
    return bound ? Joined(def, Json::Of({{"condition", *bound}})) : Without(def, {"condition"});
  }

  std::optional<Json> Bound(const Json& def, const std::string& at, const Repeater& repeater) {
    Json out = def;
    if (IsFieldDef(&def)) {
      if (!Replace("field", at, repeater, &out)) return std::nullopt;
      Json* sort = out.Find("sort");
      if (sort == nullptr || !sort->IsObject()) return out;
      const bool sorts = Replace("field", JsonPointer(at, "sort"), repeater, sort);
      return sorts ? out : Without(out, {"sort"});
    }
    if (!Replace("datum", at, repeater, &out)) return std::nullopt;
    const bool replaced = *out.Find("datum") != *def.Find("datum");
    if (replaced && !IsTruthy(def.Find("type"))) out.Set("type", "nominal");
    return out;
  }

  // Replaces a reference at a member of `object`; false where nothing of that name is repeated.
  bool Replace(const char* member, const std::string& at, const Repeater& repeater, Json* object) {
    Json* value = object->Find(member);
    const Json* name = value != nullptr ? value->Find("repeat") : nullptr;
    if (name == nullptr) return true;
    const auto known = repeater.find(TextOf(*name));
    if (known != repeater.end()) {
      *value = known->second;
      return true;
    }
    Warn("nothing is repeated as \"" + TextOf(*name) + "\"", JsonPointer(at, member));
    return false;
  }

  Status Charge(const Json& spec, const std::string& pointer) {
    bytes_ += BytesOf(spec);
    if (bytes_ <= kMaxRepeatedBytes) return Status::Ok();
    return Status(Code::kLimitExceeded,
                  "repeated views take more than " + std::to_string(kMaxRepeatedBytes) + " bytes")
        .At(pointer);
  }

  void Warn(std::string message, std::string pointer) {
    if (warnings_ != nullptr) warnings_->push_back({std::move(pointer), std::move(message), ""});
  }

  std::vector<Warning>* warnings_;
  std::size_t views_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

Result<Json> ExpandRepeat(const Json& view, const std::string& pointer,
                          std::vector<Warning>* warnings) {
  return Expander(warnings).Repeat(view, pointer, {}, "");
}

}  // namespace loupe::chart
