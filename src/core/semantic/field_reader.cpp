#include "core/semantic/field_reader.hpp"

#include <algorithm>

#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"

namespace loupe::semantic {

Status FieldReader::RequireObject() const {
  if (object_.IsObject()) return Status::Ok();
  return Error(thing_ + " must be an object, not " + object_.TypeName());
}

Status FieldReader::Open(const std::vector<std::string>& keys) const {
  LOUPE_RETURN_IF_ERROR(RequireObject());
  for (const Json::Member& member : object_.members()) {
    if (std::find(keys.begin(), keys.end(), member.name) != keys.end()) continue;
    return Status(code_, "unknown member \"" + member.name + "\" of " + thing_)
        .WithHint(NearestNameHint(member.name, keys))
        .At(PointerTo(member.name));
  }
  return Status::Ok();
}

const Json* FieldReader::Find(std::string_view key) const {
  const Json* value = object_.Find(key);
  return value == nullptr || value->IsNull() ? nullptr : value;
}

Status FieldReader::WrongType(std::string_view key, const char* wanted, const Json& value) const {
  return ErrorAt(key, "\"" + std::string(key) + "\" of " + thing_ + " must be " + wanted +
                          ", not " + value.TypeName());
}

Status FieldReader::CheckText(const std::string& text, std::string pointer) const {
  if (text.size() > kMaxTextBytes) {
    return Status(Code::kLimitExceeded,
                  "text is longer than " + std::to_string(kMaxTextBytes) + " bytes")
        .At(std::move(pointer));
  }
  if (!IsValidUtf8(text)) {
    return Status(Code::kInvalidText, "text is not valid UTF-8 or holds a zero byte")
        .At(std::move(pointer));
  }
  return Status::Ok();
}

Status FieldReader::Text(std::string_view key, std::string* out) const {
  const Json* value = Find(key);
  if (value == nullptr) return Status::Ok();
  if (!value->IsString()) return WrongType(key, "a string", *value);
  LOUPE_RETURN_IF_ERROR(CheckText(value->AsString(), PointerTo(key)));
  *out = value->AsString();
  return Status::Ok();
}

Status FieldReader::RequiredText(std::string_view key, std::string* out) const {
  LOUPE_RETURN_IF_ERROR(Text(key, out));
  if (!out->empty()) return Status::Ok();
  if (Find(key) == nullptr) return Error(thing_ + " has no \"" + std::string(key) + "\"");
  return ErrorAt(key, "\"" + std::string(key) + "\" of " + thing_ + " is empty");
}

Status FieldReader::Texts(std::string_view key, std::vector<std::string>* out) const {
  const Json* value = Find(key);
  if (value == nullptr) return Status::Ok();
  if (!value->IsArray()) return WrongType(key, "an array of strings", *value);
  for (std::size_t i = 0; i < value->items().size(); ++i) {
    const Json& item = value->items()[i];
    const std::string pointer = JsonPointer(PointerTo(key), i);
    if (!item.IsString() || item.AsString().empty()) {
      return Status(code_, "\"" + std::string(key) + "\" of " + thing_ +
                               " holds what is not a string or is empty")
          .At(pointer);
    }
    LOUPE_RETURN_IF_ERROR(CheckText(item.AsString(), pointer));
    out->push_back(item.AsString());
  }
  return Status::Ok();
}

Status FieldReader::Flag(std::string_view key, bool* out) const {
  const Json* value = Find(key);
  if (value == nullptr) return Status::Ok();
  if (!value->IsBool()) return WrongType(key, "true or false", *value);
  *out = value->AsBool();
  return Status::Ok();
}

Status FieldReader::Integer(std::string_view key, std::int64_t least, std::int64_t most,
                            std::optional<std::int64_t>* out) const {
  const Json* value = Find(key);
  if (value == nullptr) return Status::Ok();
  if (!value->IsInteger()) return WrongType(key, "a whole number", *value);
  if (value->AsInteger() < least || value->AsInteger() > most) {
    return ErrorAt(key, "\"" + std::string(key) + "\" of " + thing_ + " must be between " +
                            std::to_string(least) + " and " + std::to_string(most));
  }
  *out = value->AsInteger();
  return Status::Ok();
}

Status FieldReader::Items(std::string_view key, std::size_t most, const Json::Array** out) const {
  *out = nullptr;
  const Json* value = Find(key);
  if (value == nullptr) return Status::Ok();
  if (!value->IsArray()) return WrongType(key, "an array", *value);
  if (value->items().size() > most) {
    return Status(Code::kLimitExceeded, "\"" + std::string(key) + "\" of " + thing_ +
                                            " has more than " + std::to_string(most) + " items")
        .At(PointerTo(key));
  }
  *out = &value->items();
  return Status::Ok();
}

}  // namespace loupe::semantic
