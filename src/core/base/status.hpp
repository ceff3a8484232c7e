// Status and Result: how the core reports everything that a user can cause.
//
// A Status carries what PostgreSQL's error fields carry (message, detail, hint) plus, for JSON
// input, the RFC 6901 pointer of the offending value. The core never knows SQLSTATEs: src/pg owns
// the one table from Code to SQLSTATE. Exceptions are left for bad_alloc, cancel and bugs.
//
//   Result<Query> query = ParseQuery(json);
//   if (!query.ok()) return query.status();
//   Use(query.value());
//
// Tested by test/unit/base_status_test.cpp.
#ifndef LOUPE_CORE_BASE_STATUS_HPP
#define LOUPE_CORE_BASE_STATUS_HPP

#include <string>
#include <utility>
#include <variant>

namespace loupe {

// One value per condition that a caller may want to tell apart; src/pg/sqlstate.cpp maps each.
enum class Code {
  kOk,
  kNullValue,               // a required argument is NULL
  kInvalidArgument,         // an argument has a value outside its domain
  kInvalidJson,             // text is not JSON
  kInvalidText,             // text is not valid UTF-8
  kLimitExceeded,           // bytes, depth, nodes, marks or another named budget
  kNotSupported,            // understood, but not offered
  kUndefinedTable,          // no such relation
  kUndefinedColumn,         // no such column
  kUndefinedFunction,       // no such function
  kNoPrivilege,             // the caller may not do this
  kInternal,                // a broken invariant of ours
  kAskEmptyQuestion,        // LP101
  kAskNothingReadable,      // LP102: the caller may read no table in scope
  kProfileNotRelation,      // LP201: not a kind of relation that has rows
  kSemanticInvalidModel,    // LP301
  kSemanticNoModel,         // LP302: no model, or none of that name
  kSemanticAmbiguousModel,  // LP303: several active models, none named
  kSemanticInvalidQuery,    // LP304
  kSemanticUnknownMember,   // LP305
  kSemanticNoJoinPath,      // LP306
  kSemanticAmbiguousPath,   // LP307: two equally short paths
  kSemanticTypeMismatch,    // LP308: aggregation or filter does not fit the type
  kChartInvalidSpec,        // LP401
  kChartNotSupported,       // LP402: valid Vega-Lite that is not drawn yet
  kChartInvalidData,        // LP403
  kChartFont,               // LP404: the configured font cannot be read
  kGateRefused,             // LP701: the statement is not one that may run
  kGateRowLimit,            // LP702
  kGateByteLimit,           // LP703
  kGateTimeLimit,           // 57014
  kGateMemoryLimit,         // LP705
  kGatePlanTimeLimit,       // LP706
  kGateArgumentSize,        // LP707: of a built-in function that heeds no cancel
};

// Outcome of an operation that yields no value. Message: lower case, names the thing in double
// quotes, no full stop. Detail and hint: full sentences, may be empty.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Code code, std::string message) : code_(code), message_(std::move(message)) {}

  static Status Ok() { return Status(); }

  [[nodiscard]] bool ok() const { return code_ == Code::kOk; }
  [[nodiscard]] Code code() const { return code_; }
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] const std::string& detail() const { return detail_; }
  [[nodiscard]] const std::string& hint() const { return hint_; }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }

  // Each returns the status itself, so that errors read as one expression:
  //   return Status(Code::kUndefinedColumn, "...").WithHint("Did you mean \"price\"?");
  Status&& WithDetail(std::string detail) && {
    detail_ = std::move(detail);
    return std::move(*this);
  }
  Status&& WithHint(std::string hint) && {
    hint_ = std::move(hint);
    return std::move(*this);
  }
  // `pointer` is an RFC 6901 JSON pointer into the input document.
  Status&& At(std::string pointer) && {
    pointer_ = std::move(pointer);
    return std::move(*this);
  }

 private:
  Code code_ = Code::kOk;
  std::string message_;
  std::string detail_;
  std::string hint_;
  std::string pointer_;
};

// Either a value or the Status that says why there is none. value() on an error is a bug.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}         // NOLINT(google-explicit-constructor)
  Result(Status status) : state_(std::move(status)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return std::holds_alternative<T>(state_); }
  [[nodiscard]] const T& value() const& { return std::get<T>(state_); }
  [[nodiscard]] T& value() & { return std::get<T>(state_); }
  [[nodiscard]] T&& value() && { return std::get<T>(std::move(state_)); }
  [[nodiscard]] Status status() const { return ok() ? Status::Ok() : std::get<Status>(state_); }

 private:
  std::variant<T, Status> state_;
};

}  // namespace loupe

// The only two macros of the core: leave early with the Status of `expression`.
#define LOUPE_RETURN_IF_ERROR(expression)                                                     \
  do {                                                                                        \
    if (::loupe::Status loupe_status = (expression); !loupe_status.ok()) return loupe_status; \
  } while (false)

#define LOUPE_CONCAT_INNER(a, b) a##b
#define LOUPE_CONCAT(a, b) LOUPE_CONCAT_INNER(a, b)
// LOUPE_ASSIGN_OR_RETURN(Query query, ParseQuery(json));
#define LOUPE_ASSIGN_OR_RETURN(declaration, expression)      \
  auto LOUPE_CONCAT(loupe_result_, __LINE__) = (expression); \
  if (!LOUPE_CONCAT(loupe_result_, __LINE__).ok())           \
    return LOUPE_CONCAT(loupe_result_, __LINE__).status();   \
  declaration = std::move(LOUPE_CONCAT(loupe_result_, __LINE__)).value()

#endif  // LOUPE_CORE_BASE_STATUS_HPP
