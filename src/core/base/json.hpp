// Json: the project's JSON value. nlohmann/json parses it, behind json.cpp alone.
//
// Objects keep the order in which members were written, so that the same input gives the same
// bytes. Integers that fit 64 bits stay exact; every other number is a finite double.
//
//   Result<Json> spec = ParseJson(R"({"mark": "bar", "width": 200})");
//   const Json* width = spec.value().Find("width");
//   if (width != nullptr && width->IsNumber()) Use(width->AsDouble());
//
// Tested by test/unit/base_json_test.cpp and test/fuzz/json_fuzz.cpp.
#ifndef LOUPE_CORE_BASE_JSON_HPP
#define LOUPE_CORE_BASE_JSON_HPP

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/status.hpp"

namespace loupe {

class Json {
 public:
  using Array = std::vector<Json>;
  struct Member;  // {std::string name; Json value;}
  using Object = std::vector<Member>;

  Json() : value_(nullptr) {}
  Json(std::nullptr_t) : value_(nullptr) {}                      // NOLINT
  Json(bool value) : value_(value) {}                            // NOLINT
  Json(int value) : value_(static_cast<std::int64_t>(value)) {}  // NOLINT
  Json(std::int64_t value) : value_(value) {}                    // NOLINT
  Json(double value) : value_(value) {}                          // NOLINT
  Json(const char* value) : value_(std::string(value)) {}        // NOLINT
  Json(std::string value) : value_(std::move(value)) {}          // NOLINT
  Json(std::string_view value) : value_(std::string(value)) {}   // NOLINT

  static Json MakeArray() { return FromArray({}); }
  static Json FromArray(Array items);
  static Json MakeObject();
  // Builds an object literal: Json::Of({{"mark", "bar"}, {"width", 200}}).
  static Json Of(std::initializer_list<std::pair<std::string_view, Json>> members);

  [[nodiscard]] bool IsNull() const { return std::holds_alternative<std::nullptr_t>(value_); }
  [[nodiscard]] bool IsBool() const { return std::holds_alternative<bool>(value_); }
  [[nodiscard]] bool IsInteger() const { return std::holds_alternative<std::int64_t>(value_); }
  [[nodiscard]] bool IsNumber() const {
    return IsInteger() || std::holds_alternative<double>(value_);
  }
  [[nodiscard]] bool IsString() const { return std::holds_alternative<std::string>(value_); }
  [[nodiscard]] bool IsArray() const { return std::holds_alternative<Array>(value_); }
  [[nodiscard]] bool IsObject() const { return std::holds_alternative<Object>(value_); }
  // "null", "boolean", "number", "string", "array" or "object", for error messages.
  [[nodiscard]] const char* TypeName() const;

  // Each demands that the value has the type (a bug otherwise: std::bad_variant_access).
  [[nodiscard]] bool AsBool() const { return std::get<bool>(value_); }
  [[nodiscard]] std::int64_t AsInteger() const { return std::get<std::int64_t>(value_); }
  [[nodiscard]] double AsDouble() const;
  [[nodiscard]] const std::string& AsString() const { return std::get<std::string>(value_); }
  [[nodiscard]] const Array& items() const { return std::get<Array>(value_); }
  [[nodiscard]] Array& items() { return std::get<Array>(value_); }
  [[nodiscard]] const Object& members() const { return std::get<Object>(value_); }
  [[nodiscard]] Object& members() { return std::get<Object>(value_); }

  // Member of an object, or null when absent or when this is no object. Linear in the members.
  [[nodiscard]] const Json* Find(std::string_view name) const;
  [[nodiscard]] Json* Find(std::string_view name);
  // Sets or replaces a member of an object; returns the stored value.
  Json& Set(std::string_view name, Json value);
  void Append(Json value) { items().push_back(std::move(value)); }

  // Compact text, members in stored order, shortest digits that read back equal. Invalid UTF-8
  // never enters a Json by ParseJson; bytes set by code are written as they are.
  [[nodiscard]] std::string Dump() const;

  bool operator==(const Json& other) const;
  bool operator!=(const Json& other) const { return !(*this == other); }

 private:
  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> value_;
};

struct Json::Member {
  std::string name;
  Json value;
  bool operator==(const Member& other) const { return name == other.name && value == other.value; }
};

// Budgets of a parse; each excess is kLimitExceeded with the limit named.
struct JsonLimits {
  std::size_t bytes = std::size_t{16} << 20;
  int depth = 64;
  std::size_t nodes = 2'000'000;
};

// Parses one RFC 8259 document. Errors: kInvalidJson (with the byte offset in the detail),
// kLimitExceeded. Numbers that overflow a double are kInvalidJson. A repeated member name keeps the
// last value, as jsonb does.
[[nodiscard]] Result<Json> ParseJson(std::string_view text, const JsonLimits& limits = {});

// Appends `text` as a quoted JSON string.
void AppendJsonString(std::string_view text, std::string* out);

// Appends one escaped reference token to an RFC 6901 pointer: ("/a", "b/c") gives "/a/b~1c".
[[nodiscard]] std::string JsonPointer(std::string_view base, std::string_view token);
[[nodiscard]] std::string JsonPointer(std::string_view base, std::size_t index);

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_JSON_HPP
