#include "core/chart/check.hpp"

#include <algorithm>
#include <utility>

#include "core/base/pointer_map.hpp"
#include "core/chart/normalize/members.hpp"
#include "core/chart/parse/parse.hpp"

namespace loupe::chart {
namespace {

bool IsWithin(const std::string& pointer, const std::string& outer) {
  return pointer.size() > outer.size() && pointer.compare(0, outer.size(), outer) == 0 &&
         pointer[outer.size()] == '/';
}

// A specification out of which the places of errors are taken, one by one.
class Remainder {
 public:
  explicit Remainder(const Json& spec) : spec_(spec) {}

  [[nodiscard]] const Json& spec() const { return spec_; }

  // The place in the whole specification of a place in what remains of it.
  [[nodiscard]] std::string Original(const std::string& pointer) const {
    return places_.ToOriginal(pointer);
  }

  // An error around what was taken out is a consequence of that.
  [[nodiscard]] bool IsConsequence(const std::string& original) const {
    return std::any_of(taken_.begin(), taken_.end(),
                       [&](const std::string& taken) { return IsWithin(taken, original); });
  }

  // Takes out what the pointer names; a mark, without which there is no view, becomes a point.
  // False where there is no such place.
  bool Take(const std::string& pointer) {
    const std::vector<std::string> tokens = PointerTokens(pointer);
    if (tokens.empty()) return false;
    Json* holder = FollowPointer(&spec_, tokens, tokens.size() - 1);
    if (holder == nullptr) return false;
    const std::string original = Original(pointer);
    const std::string& last = tokens.back();
    if (holder->IsArray()) {
      const std::optional<std::size_t> index = PointerIndex(last);
      if (!index || *index >= holder->items().size()) return false;
      holder->items().erase(holder->items().begin() + static_cast<std::ptrdiff_t>(*index));
      places_.Remove(pointer);
    } else {
      if (holder->Find(last) == nullptr) return false;
      const bool in_mark = tokens.size() > 1 && tokens[tokens.size() - 2] == "mark";
      if (last == "mark" || (last == "type" && in_mark)) {
        if (holder->Set(last, "point"); !taken_.empty() && taken_.back() == original) return false;
      } else {
        *holder = Without(*holder, {last, last + "2", last + "Error", last + "Error2",
                                    last + "Offset"});  // a channel goes with what needs it
      }
    }
    taken_.push_back(original);
    return true;
  }

 private:
  Json spec_;
  PointerMap places_;               // from what remains to the whole
  std::vector<std::string> taken_;  // pointers into the whole
};

bool IsOfSpecification(Code code) {
  return code == Code::kChartInvalidSpec || code == Code::kChartNotSupported ||
         code == Code::kChartInvalidData || code == Code::kLimitExceeded;
}

class Checker {
 public:
  Checker(const std::optional<std::vector<RowSet>>& data, const CompileOptions& options,
          const TextMeasure& measure, const Context& context)
      : data_(data), options_(options), measure_(measure), context_(context) {}

  Checked Run(const Json& spec) {
    Remainder rest(spec);
    for (std::size_t errors = 0; errors < kMaxCheckedErrors;) {
      std::vector<Warning> warnings;
      const Status status = Attempt(rest.spec(), &warnings);
      for (Warning& warning : warnings) {
        warning.pointer = rest.Original(warning.pointer);
        AddWarning(warning);
      }
      if (status.ok()) break;
      Finding finding = FindingOf(status);
      finding.pointer = rest.Original(finding.pointer);
      const bool consequence = rest.IsConsequence(finding.pointer);
      if (!consequence) {
        ++errors;
        errors_.push_back(std::move(finding));
      }
      if (!IsOfSpecification(status.code()) || !rest.Take(status.pointer())) break;
    }
    Checked checked;
    if (errors_.empty()) checked.scene = std::move(scene_);
    checked.findings = std::move(errors_);
    checked.findings.insert(checked.findings.end(), warnings_.begin(), warnings_.end());
    return checked;
  }

 private:
  Status Attempt(const Json& spec, std::vector<Warning>* warnings) {
    Status parsed =
        ParseSpec(spec, {options_.theme, options_.config, options_.params}, context_, warnings)
            .status();
    if (!parsed.ok() || !data_) return parsed;
    const auto requests = RequestedData(spec);
    if (!requests.ok() || requests.value().size() != data_->size()) return requests.status();
    Result<Compiled> compiled = Compile(spec, *data_, options_, measure_, context_);
    if (!compiled.ok()) return compiled.status();
    *warnings = std::move(compiled.value().warnings);
    scene_ = std::move(compiled.value().scene);
    return Status::Ok();
  }

  void AddWarning(const Warning& warning) {
    const bool known = std::any_of(warnings_.begin(), warnings_.end(), [&](const Finding& old) {
      return old.pointer == warning.pointer && old.message == warning.message;
    });
    if (!known) warnings_.push_back(FindingOf(warning));
  }

  const std::optional<std::vector<RowSet>>& data_;
  const CompileOptions& options_;
  const TextMeasure& measure_;
  const Context& context_;
  std::vector<Finding> errors_;
  std::vector<Finding> warnings_;
  std::optional<Scene> scene_;
};

}  // namespace

Finding FindingOf(const Status& error) {
  return {Severity::kError, error.pointer(), error.message(), error.detail(), error.hint()};
}

Finding FindingOf(const Warning& warning) {
  return {Severity::kWarning, warning.pointer, warning.message, "", warning.hint};
}

Checked Check(const Json& spec, const std::optional<std::vector<RowSet>>& data,
              const CompileOptions& options, const TextMeasure& measure, const Context& context) {
  return Checker(data, options, measure, context).Run(spec);
}

}  // namespace loupe::chart
