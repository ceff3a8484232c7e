#include "core/chart/config/locale.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "core/base/nearest.hpp"

namespace loupe::chart {
namespace {

constexpr const char* kPointer = "/config/locale";
constexpr int kMaxGroup = 64;  // digits
constexpr std::size_t kMaxGroupings = 64;

Status Invalid(std::string message, std::string pointer) {
  return Status(Code::kChartInvalidSpec, std::move(message)).At(std::move(pointer));
}

std::string Named(const char* name) { return "\"" + std::string(name) + "\" of a locale"; }

// Reads the members of one object, each into its place. The first error stays.
class Reader {
 public:
  Reader(const Json& object, std::string pointer) : object_(object), pointer_(std::move(pointer)) {}

  [[nodiscard]] const Status& status() const { return status_; }

  // A text; an absent one leaves `text` as it is. So do the others.
  void Text(const char* name, std::string* text) {
    const Json* value = object_.Find(name);
    if (value != nullptr) SetText(*value, name, JsonPointer(pointer_, name), text);
  }

  // As many texts as `texts` has places.
  template <std::size_t kCount>
  void Texts(const char* name, std::array<std::string, kCount>* texts) {
    const Json* value = object_.Find(name);
    if (value == nullptr) return;
    const std::string pointer = JsonPointer(pointer_, name);
    if (!value->IsArray() || value->items().size() != kCount) {
      return Fail(Invalid(Named(name) + " must be a list of " + std::to_string(kCount) + " strings",
                          pointer));
    }
    for (std::size_t i = 0; i < kCount; ++i) {
      SetText(value->items()[i], name, JsonPointer(pointer, i), &(*texts)[i]);
    }
  }

  void Numerals(const char* name, std::vector<std::string>* numerals) {
    if (object_.Find(name) == nullptr) return;
    std::array<std::string, 10> texts;
    Texts(name, &texts);
    numerals->assign(texts.begin(), texts.end());
  }

  void Grouping(const char* name, std::vector<int>* grouping) {
    const Json* value = object_.Find(name);
    if (value == nullptr) return;
    std::vector<int> sizes;
    bool fits =
        value->IsArray() && !value->items().empty() && value->items().size() <= kMaxGroupings;
    for (std::size_t i = 0; fits && i < value->items().size(); ++i) {
      const Json& item = value->items()[i];
      const double size = item.IsNumber() ? item.AsDouble() : 0;
      fits = size >= 1 && size <= kMaxGroup && std::floor(size) == size;
      if (fits) sizes.push_back(static_cast<int>(size));
    }
    if (fits) {
      *grouping = std::move(sizes);
      return;
    }
    Fail(Invalid(Named(name) + " must be a list of 1 to 64 whole numbers from 1 to 64",
                 JsonPointer(pointer_, name)));
  }

  // Fails unless the object has all members.
  void Require(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (object_.Find(name) != nullptr) continue;
      Fail(Invalid("the times of a locale need \"" + name + "\"", pointer_));
    }
  }

  void Warn(const std::vector<std::string>& names, std::vector<Warning>* warnings) const {
    if (warnings == nullptr) return;
    for (const Json::Member& member : object_.members()) {
      if (std::find(names.begin(), names.end(), member.name) != names.end()) continue;
      warnings->push_back({JsonPointer(pointer_, member.name),
                           "unknown property \"" + member.name + "\" of a locale",
                           NearestNameHint(member.name, names)});
    }
  }

 private:
  void Fail(Status status) {
    if (status_.ok()) status_ = std::move(status);
  }

  void SetText(const Json& value, const char* name, const std::string& pointer, std::string* text) {
    if (!value.IsString()) {
      return Fail(Invalid(Named(name) + " must be text, not " + value.TypeName(), pointer));
    }
    if (value.AsString().size() > kMaxLocaleText) {
      return Fail(Status(Code::kLimitExceeded, Named(name) + " is longer than " +
                                                   std::to_string(kMaxLocaleText) + " bytes")
                      .At(pointer));
    }
    *text = value.AsString();
  }

  const Json& object_;
  std::string pointer_;
  Status status_;
};

Result<NumberLocale> ReadNumbers(const Json& json, std::vector<Warning>* warnings) {
  const std::string pointer = JsonPointer(kPointer, "number");
  if (!json.IsObject()) {
    return Invalid(Named("number") + " must be an object, not " + json.TypeName(), pointer);
  }
  NumberLocale locale;
  locale.currency = {"", ""};
  Reader reader(json, pointer);
  reader.Text("decimal", &locale.decimal);
  reader.Text("thousands", &locale.thousands);
  reader.Grouping("grouping", &locale.grouping);
  reader.Texts("currency", &locale.currency);
  reader.Numerals("numerals", &locale.numerals);
  reader.Text("percent", &locale.percent);
  reader.Text("minus", &locale.minus);
  reader.Text("nan", &locale.nan);
  reader.Warn(
      {"decimal", "thousands", "grouping", "currency", "numerals", "percent", "minus", "nan"},
      warnings);
  LOUPE_RETURN_IF_ERROR(reader.status());
  const bool grouped = json.Find("thousands") != nullptr && json.Find("grouping") != nullptr;
  if (!grouped) locale.grouping.clear();
  return locale;
}

Result<TimeLocale> ReadTimes(const Json& json, std::vector<Warning>* warnings) {
  const std::string pointer = JsonPointer(kPointer, "time");
  if (!json.IsObject()) {
    return Invalid(Named("time") + " must be an object, not " + json.TypeName(), pointer);
  }
  const std::vector<std::string> names = {"dateTime", "date",      "time",   "periods",
                                          "days",     "shortDays", "months", "shortMonths"};
  TimeLocale locale;
  Reader reader(json, pointer);
  reader.Require(names);
  reader.Text("dateTime", &locale.date_time);
  reader.Text("date", &locale.date);
  reader.Text("time", &locale.time);
  reader.Texts("periods", &locale.periods);
  reader.Texts("days", &locale.days);
  reader.Texts("shortDays", &locale.short_days);
  reader.Texts("months", &locale.months);
  reader.Texts("shortMonths", &locale.short_months);
  reader.Warn(names, warnings);
  LOUPE_RETURN_IF_ERROR(reader.status());
  return locale;
}

}  // namespace

Result<Locale> LocaleOf(const Json& config, std::vector<Warning>* warnings) {
  Locale locale;
  const Json* given = config.Find("locale");
  if (given == nullptr || given->IsNull()) return locale;
  if (!given->IsObject()) {
    return Invalid(std::string("\"locale\" must be an object, not ") + given->TypeName(), kPointer);
  }
  Reader(*given, kPointer).Warn({"number", "time"}, warnings);
  if (const Json* number = given->Find("number")) {
    LOUPE_ASSIGN_OR_RETURN(locale.number, ReadNumbers(*number, warnings));
  }
  if (const Json* time = given->Find("time")) {
    LOUPE_ASSIGN_OR_RETURN(locale.time, ReadTimes(*time, warnings));
  }
  return locale;
}

}  // namespace loupe::chart
