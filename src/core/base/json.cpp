// The only file that includes nlohmann/json: its SAX parser feeds our own values, so that depth and
// size are checked while parsing, before anything large is built.
#include "core/base/json.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_map>

namespace loupe {
namespace {

constexpr std::size_t kLinearMembers = 16;  // below this a linear search beats a hash table

class Builder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  explicit Builder(const JsonLimits& limits) : limits_(limits) {}

  bool null() { return Add(Json()); }
  bool boolean(bool value) { return Add(Json(value)); }
  bool number_integer(number_integer_t value) { return Add(Json(std::int64_t{value})); }
  bool number_unsigned(number_unsigned_t value) {
    constexpr auto kMax = static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max());
    if (value <= kMax) return Add(Json(static_cast<std::int64_t>(value)));
    return Add(Json(static_cast<double>(value)));
  }
  bool number_float(number_float_t value, const string_t& /*text*/) { return Add(Json(value)); }
  bool string(string_t& value) { return Add(Json(std::move(value))); }
  bool binary(binary_t& /*value*/) { return false; }
  bool key(string_t& name) {
    names_.push_back(std::move(name));
    return true;
  }
  bool start_object(std::size_t /*size*/) { return Open(Json::MakeObject()); }
  bool start_array(std::size_t /*size*/) { return Open(Json::MakeArray()); }
  bool end_array() { return Close(); }
  bool end_object() {
    KeepLastOfEachName(&open_.back().members());
    return Close();
  }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::json::exception& error) {
    const bool out_of_range = dynamic_cast<const nlohmann::json::out_of_range*>(&error) != nullptr;
    status_ =
        Status(Code::kInvalidJson, out_of_range ? "number is out of range in JSON" : "invalid JSON")
            .WithDetail("The error is at byte " + std::to_string(position) + ".");
    return false;
  }

  Result<Json> Finish() {
    if (!status_.ok()) return status_;
    return std::move(root_);
  }

 private:
  bool Count() {
    if (++nodes_ <= limits_.nodes) return true;
    status_ = Status(Code::kLimitExceeded,
                     "JSON has more than " + std::to_string(limits_.nodes) + " values");
    return false;
  }

  bool Open(Json container) {
    if (static_cast<int>(open_.size()) >= limits_.depth) {
      status_ = Status(Code::kLimitExceeded,
                       "JSON is nested deeper than " + std::to_string(limits_.depth) + " levels");
      return false;
    }
    if (!Count()) return false;
    open_.push_back(std::move(container));
    return true;
  }

  bool Add(Json value) {
    if (!Count()) return false;
    Place(std::move(value));
    return true;
  }

  bool Close() {
    Json closed = std::move(open_.back());
    open_.pop_back();
    Place(std::move(closed));
    return true;
  }

  void Place(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().IsArray()) {
      open_.back().Append(std::move(value));
    } else {
      open_.back().members().push_back({std::move(names_.back()), std::move(value)});
      names_.pop_back();
    }
  }

  static void KeepLastOfEachName(Json::Object* members) {
    std::unordered_map<std::string_view, std::size_t> last;
    if (members->size() <= kLinearMembers && !HasRepeatedName(*members)) return;
    for (std::size_t i = 0; i < members->size(); ++i) last[(*members)[i].name] = i;
    if (last.size() == members->size()) return;
    Json::Object kept;
    for (std::size_t i = 0; i < members->size(); ++i) {
      if (last[(*members)[i].name] == i) kept.push_back((*members)[i]);
    }
    *members = std::move(kept);
  }

  static bool HasRepeatedName(const Json::Object& members) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        if (members[i].name == members[j].name) return true;
      }
    }
    return false;
  }

  JsonLimits limits_;
  Status status_;
  Json root_;
  std::vector<Json> open_;          // containers not yet closed, outermost first
  std::vector<std::string> names_;  // member names whose value is not yet complete
  std::size_t nodes_ = 0;
};

void AppendNumber(double value, std::string* out) {
  if (!std::isfinite(value)) {
    *out += "null";  // as in ECMAScript: JSON has no such number
    return;
  }
  char buffer[32];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  out->append(buffer, end);
}

void AppendValue(const Json& value, std::string* out) {
  if (value.IsNull()) {
    *out += "null";
  } else if (value.IsBool()) {
    *out += value.AsBool() ? "true" : "false";
  } else if (value.IsInteger()) {
    *out += std::to_string(value.AsInteger());
  } else if (value.IsNumber()) {
    AppendNumber(value.AsDouble(), out);
  } else if (value.IsString()) {
    AppendJsonString(value.AsString(), out);
  } else if (value.IsArray()) {
    const char* separator = "[";
    for (const Json& item : value.items()) {
      *out += separator;
      AppendValue(item, out);
      separator = ",";
    }
    *out += value.items().empty() ? "[]" : "]";
  } else {
    const char* separator = "{";
    for (const Json::Member& member : value.members()) {
      *out += separator;
      AppendJsonString(member.name, out);
      *out += ":";
      AppendValue(member.value, out);
      separator = ",";
    }
    *out += value.members().empty() ? "{}" : "}";
  }
}

}  // namespace

Json Json::FromArray(Array items) {
  Json json;
  json.value_ = std::move(items);
  return json;
}

Json Json::MakeObject() {
  Json json;
  json.value_ = Object{};
  return json;
}

Json Json::Of(std::initializer_list<std::pair<std::string_view, Json>> members) {
  Json json = MakeObject();
  for (const auto& [name, value] : members) json.Set(name, value);
  return json;
}

const char* Json::TypeName() const {
  if (IsNull()) return "null";
  if (IsBool()) return "boolean";
  if (IsNumber()) return "number";
  if (IsString()) return "string";
  return IsArray() ? "array" : "object";
}

double Json::AsDouble() const {
  if (IsInteger()) return static_cast<double>(AsInteger());
  return std::get<double>(value_);
}

const Json* Json::Find(std::string_view name) const {
  if (!IsObject()) return nullptr;
  for (const Member& member : members()) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

Json* Json::Find(std::string_view name) {
  return const_cast<Json*>(static_cast<const Json*>(this)->Find(name));
}

Json& Json::Set(std::string_view name, Json value) {
  if (Json* found = Find(name)) {
    *found = std::move(value);
    return *found;
  }
  members().push_back({std::string(name), std::move(value)});
  return members().back().value;
}

std::string Json::Dump() const {
  std::string out;
  AppendValue(*this, &out);
  return out;
}

bool Json::operator==(const Json& other) const {
  if (IsNumber() && other.IsNumber() && IsInteger() != other.IsInteger()) {
    return AsDouble() == other.AsDouble();
  }
  return value_ == other.value_;
}

Result<Json> ParseJson(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) {
    return Status(Code::kLimitExceeded,
                  "JSON is longer than " + std::to_string(limits.bytes) + " bytes");
  }
  Builder builder(limits);
  // The SAX parser reports every error, out-of-range numbers included, through parse_error.
  (void)nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.Finish();
}

void AppendJsonString(std::string_view text, std::string* out) {
  static constexpr char kHex[] = "0123456789abcdef";
  *out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"':
        *out += "\\\"";
        break;
      case '\\':
        *out += "\\\\";
        break;
      case '\b':
        *out += "\\b";
        break;
      case '\f':
        *out += "\\f";
        break;
      case '\n':
        *out += "\\n";
        break;
      case '\r':
        *out += "\\r";
        break;
      case '\t':
        *out += "\\t";
        break;
      default:
        if (byte < 0x20) {
          *out += "\\u00";
          *out += kHex[byte >> 4];
          *out += kHex[byte & 15];
        } else {
          *out += c;
        }
    }
  }
  *out += '"';
}

std::string JsonPointer(std::string_view base, std::string_view token) {
  std::string pointer(base);
  pointer += '/';
  for (const char c : token) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

std::string JsonPointer(std::string_view base, std::size_t index) {
  return JsonPointer(base, std::to_string(index));
}

}  // namespace loupe
