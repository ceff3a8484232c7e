// The only bridge between C++ exceptions and PostgreSQL's longjmp errors.
//
//   PostgreSQL --> Guard() --> C++ core --> Call() --> PostgreSQL
//
// Guard is the outermost C++ frame of every SQL-callable function: nothing that C++ throws gets
// past it. Call is the innermost: no longjmp gets past it into frames that own destructors.
//
// Rules (docs/architecture.md has the reasons):
//   1. Code between Guard and Call may own anything and throws StatusError, PgError or bad_alloc.
//   2. Code inside Call is C in C++ clothes: no locals with destructors, nothing that throws.
//   3. A PgError that is caught is thrown again, unless a subtransaction was rolled back around it.
#ifndef LOUPE_PG_BOUNDARY_HPP
#define LOUPE_PG_BOUNDARY_HPP

#include "pg/postgres.hpp"

#include <csetjmp>
#include <string>
#include <type_traits>
#include <utility>

#include "core/base/context.hpp"
#include "core/base/status.hpp"

namespace loupe::pg {

// A PostgreSQL ERROR on its way through C++ frames. `data` lives in the memory context that was
// current when the innermost Guard began.
struct PgError {
  ErrorData* data;
};

// A Status on its way to Guard, which reports it with the SQLSTATE of its code.
struct StatusError {
  Status status;
};

// Throws unless `status` is ok.
void ThrowIfError(const Status& status);

// Unwraps a Result or throws its status.
template <class T>
T ValueOrThrow(Result<T> result) {
  ThrowIfError(result.status());
  return std::move(result).value();
}

namespace detail {

// What is left of an exception when its handler has closed: plain data, no destructor.
struct Failure {
  int sqlstate;
  ErrorData* error;  // set for PgError alone
  char message[1024];
  char detail[1024];
  char hint[1024];
};

extern MemoryContext error_context;

void Capture(Failure* failure) noexcept;          // call inside a catch block
[[noreturn]] void Raise(const Failure& failure);  // call outside of it
[[noreturn]] void ThrowPgError();

}  // namespace detail

// Runs the body of an SQL-callable function; whatever it throws becomes an ERROR.
template <class Body>
Datum Guard(Body body, FunctionCallInfo fcinfo) {
  detail::Failure failure;
  MemoryContext outer = detail::error_context;
  detail::error_context = CurrentMemoryContext;
  try {
    Datum result = body(fcinfo);
    detail::error_context = outer;
    return result;
  } catch (...) {
    detail::Capture(&failure);
  }
  // The handler is closed and the exception object destroyed: only now may we jump.
  detail::error_context = outer;
  detail::Raise(failure);
}

// Runs `f`, which calls PostgreSQL, and turns an ERROR into a thrown PgError. Usage:
//   Oid relation = Call([&]() noexcept { return RangeVarGetRelid(...); });
template <class F>
auto Call(F f) -> decltype(f()) {
  using R = decltype(f());
  static_assert(noexcept(f()), "write [&]() noexcept { ... }");
  static_assert(std::is_void_v<R> || std::is_trivially_destructible_v<R>);
  MemoryContext context = CurrentMemoryContext;
  sigjmp_buf* stack = PG_exception_stack;
  ErrorContextCallback* callbacks = error_context_stack;
  sigjmp_buf here;
  if (sigsetjmp(here, 0) == 0) {
    PG_exception_stack = &here;
    if constexpr (std::is_void_v<R>) {
      f();
      PG_exception_stack = stack;
      return;
    } else {
      R result = f();
      PG_exception_stack = stack;
      return result;
    }
  }
  PG_exception_stack = stack;
  error_context_stack = callbacks;
  MemoryContextSwitchTo(context);
  detail::ThrowPgError();
}

// The core's view of this backend: Poll() throws PgError (57014) when the statement is cancelled.
[[nodiscard]] Context ServerContext();

// Reports a NOTICE or WARNING. Level is one of the server's elevels below ERROR.
void Report(int level, const std::string& message, const std::string& detail = "",
            const std::string& hint = "");

}  // namespace loupe::pg

#endif  // LOUPE_PG_BOUNDARY_HPP
