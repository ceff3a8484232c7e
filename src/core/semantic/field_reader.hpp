// FieldReader: reads the members of one JSON object of a model or a query, with checks.
//
// It knows where the object stands in its document, so every error carries the JSON pointer of the
// offending value, and an unknown member is an error whose hint names the nearest known one.
//
//   FieldReader reader(json, "/entities/0", "entity", Code::kSemanticInvalidModel);
//   LOUPE_RETURN_IF_ERROR(reader.Open({"name", "table"}));
//   LOUPE_RETURN_IF_ERROR(reader.RequiredText("table", &entity.table));
//
// Tested by test/unit/semantic_model_test.cpp and test/unit/semantic_query_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_FIELD_READER_HPP
#define LOUPE_CORE_SEMANTIC_FIELD_READER_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::semantic {

// Texts longer than this are refused, in models and queries alike.
constexpr std::size_t kMaxTextBytes = 64 * 1024;

class FieldReader {
 public:
  // Keeps a reference to `object`, which has to live as long. `thing` is how messages call it.
  FieldReader(const Json& object, std::string pointer, std::string thing, Code code)
      : object_(object), pointer_(std::move(pointer)), thing_(std::move(thing)), code_(code) {}

  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] std::string PointerTo(std::string_view key) const {
    return JsonPointer(pointer_, key);
  }

  [[nodiscard]] const Json& object() const { return object_; }

  // Demands an object; Open demands besides that it has no member but `keys`.
  [[nodiscard]] Status RequireObject() const;
  [[nodiscard]] Status Open(const std::vector<std::string>& keys) const;

  // Each leaves `*out` alone when the member is absent or null; any other type is an error.
  [[nodiscard]] Status Text(std::string_view key, std::string* out) const;
  [[nodiscard]] Status Texts(std::string_view key, std::vector<std::string>* out) const;
  [[nodiscard]] Status Flag(std::string_view key, bool* out) const;
  [[nodiscard]] Status Integer(std::string_view key, std::int64_t least, std::int64_t most,
                               std::optional<std::int64_t>* out) const;
  // Demands a text that is there and not empty.
  [[nodiscard]] Status RequiredText(std::string_view key, std::string* out) const;
  // Sets `*out` to the member's items, or to null when it is absent; at most `most` of them.
  [[nodiscard]] Status Items(std::string_view key, std::size_t most, const Json::Array** out) const;

  // Demands valid UTF-8 within kMaxTextBytes.
  [[nodiscard]] Status CheckText(const std::string& text, std::string pointer) const;

  // An error about this object, or about its member `key`.
  [[nodiscard]] Status Error(std::string message) const {
    return Status(code_, std::move(message)).At(pointer_);
  }
  [[nodiscard]] Status ErrorAt(std::string_view key, std::string message) const {
    return Status(code_, std::move(message)).At(PointerTo(key));
  }

 private:
  [[nodiscard]] const Json* Find(std::string_view key) const;
  [[nodiscard]] Status WrongType(std::string_view key, const char* wanted, const Json& value) const;

  const Json& object_;
  std::string pointer_;
  std::string thing_;
  Code code_;
};

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_FIELD_READER_HPP
