#include "core/semantic/foreign_object.hpp"

#include "core/base/utf8.hpp"
#include "core/semantic/field_reader.hpp"

namespace loupe::semantic {
namespace {

bool SaysSomething(const Json& value) {
  if (value.IsNull()) return false;
  if (value.IsBool()) return value.AsBool();
  if (value.IsString()) return !value.AsString().empty();
  if (value.IsArray()) return !value.items().empty();
  if (!value.IsObject()) return true;
  for (const Json::Member& member : value.members()) {
    if (SaysSomething(member.value)) return true;
  }
  return false;
}

bool IsGoodText(const std::string& text) {
  return text.size() <= kMaxTextBytes && IsValidUtf8(text);
}

}  // namespace

Status NotCarried(std::string reason) { return Status(Code::kNotSupported, std::move(reason)); }

std::string SnakeCase(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      if (!out.empty()) out += '_';
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += c;
    }
  }
  return out;
}

void ImportNotes::Add(std::string pointer, std::string message) {
  if (notes_.size() > kMaxNotes || !known_.emplace(pointer, message).second) return;
  if (notes_.size() == kMaxNotes) message = "more is not carried than can be listed";
  notes_.push_back({std::move(pointer), std::move(message)});
}

ForeignObject::ForeignObject(const Json& object, std::string pointer, ImportNotes* notes)
    : object_(object), pointer_(std::move(pointer)), notes_(notes) {
  notes_->context().Poll();
  if (object_.IsObject()) return;
  notes_->Add(pointer_, std::string("an object was expected, not ") + object_.TypeName());
}

std::string ForeignObject::PointerTo(std::string_view key) const {
  if (object_.IsObject()) {
    for (const Json::Member& member : object_.members()) {
      if (member.name == key || SnakeCase(member.name) == key) {
        return JsonPointer(pointer_, member.name);
      }
    }
  }
  return pointer_;
}

const Json* ForeignObject::Find(std::string_view key) {
  read_.insert(std::string(key));
  if (!object_.IsObject()) return nullptr;
  for (const Json::Member& member : object_.members()) {
    if (member.value.IsNull()) continue;
    if (member.name == key || SnakeCase(member.name) == key) return &member.value;
  }
  return nullptr;
}

void ForeignObject::NoteType(std::string_view key, const char* wanted, const Json& value) {
  Note(key, "\"" + std::string(key) + "\" should be " + wanted + ", not " + value.TypeName());
}

std::string ForeignObject::Text(std::string_view key) {
  const Json* value = Find(key);
  if (value == nullptr) return {};
  if (!value->IsString()) {
    NoteType(key, "a string", *value);
    return {};
  }
  if (IsGoodText(value->AsString())) return value->AsString();
  Note(key, "\"" + std::string(key) + "\" is too long or not valid UTF-8");
  return {};
}

std::optional<bool> ForeignObject::Flag(std::string_view key) {
  const Json* value = Find(key);
  if (value == nullptr) return std::nullopt;
  if (value->IsBool()) return value->AsBool();
  NoteType(key, "a boolean", *value);
  return std::nullopt;
}

std::optional<double> ForeignObject::Number(std::string_view key) {
  const Json* value = Find(key);
  if (value == nullptr) return std::nullopt;
  if (value->IsNumber()) return value->AsDouble();
  NoteType(key, "a number", *value);
  return std::nullopt;
}

std::vector<std::string> ForeignObject::Texts(std::string_view key) {
  std::vector<std::string> texts;
  const Json* value = Find(key);
  if (value == nullptr) return texts;
  const Json list = value->IsString() ? Json::FromArray({*value}) : *value;
  if (!list.IsArray()) {
    NoteType(key, "an array of strings", list);
    return texts;
  }
  for (const Json& item : list.items()) {
    if (item.IsString() && !item.AsString().empty() && IsGoodText(item.AsString())) {
      texts.push_back(item.AsString());
    } else {
      Note(key, "\"" + std::string(key) + "\" holds what is not a text");
    }
  }
  return texts;
}

std::vector<ForeignItem> ForeignObject::Items(std::string_view key) {
  std::vector<ForeignItem> items;
  const Json* value = Find(key);
  if (value == nullptr) return items;
  const std::string pointer = PointerTo(key);
  if (value->IsArray()) {
    for (std::size_t i = 0; i < value->items().size(); ++i) {
      items.push_back({"", &value->items()[i], JsonPointer(pointer, i)});
    }
  } else if (value->IsObject()) {
    for (const Json::Member& member : value->members()) {
      items.push_back({member.name, &member.value, JsonPointer(pointer, member.name)});
    }
  } else {
    NoteType(key, "an array", *value);
  }
  return items;
}

std::vector<std::string> ForeignObject::SynonymsIn(std::string_view key) {
  const Json* value = Find(key);
  if (value == nullptr) return {};
  if (!value->IsObject()) {
    Note(key, "\"" + std::string(key) + "\" is not carried");
    return {};
  }
  ForeignObject inner(*value, PointerTo(key), notes_);
  std::vector<std::string> synonyms = inner.Texts("synonyms");
  inner.NoteRest();
  return synonyms;
}

void ForeignObject::Ignore(std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) read_.insert(std::string(key));
}

void ForeignObject::Note(std::string_view key, std::string message) {
  notes_->Add(PointerTo(key), std::move(message));
}

void ForeignObject::NoteRest() {
  if (!object_.IsObject()) return;
  for (const Json::Member& member : object_.members()) {
    const bool is_read = read_.count(member.name) != 0 || read_.count(SnakeCase(member.name)) != 0;
    if (is_read || !SaysSomething(member.value)) continue;
    notes_->Add(JsonPointer(pointer_, member.name), "\"" + member.name + "\" is not carried");
  }
}

}  // namespace loupe::semantic
