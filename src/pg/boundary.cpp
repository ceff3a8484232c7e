#include "pg/postgres.hpp"

extern "C" {
#include "catalog/namespace.h"
#include "mb/pg_wchar.h"
}

#include "pg/boundary.hpp"

#include <cstring>
#include <exception>
#include <new>

#include "pg/memory_limit.hpp"
#include "pg/sqlstate.hpp"

namespace loupe::pg {
namespace detail {

// Where PgError copies the server's error data; set by Guard, so it never outlives the call.
MemoryContext error_context = nullptr;

namespace {

// Copies as much of `text` as fits, cut at a character; allocates nothing.
template <std::size_t N>
void Copy(const char* text, char (&target)[N]) noexcept {
  const std::size_t length = std::strlen(text);
  std::size_t kept = length < N ? length : N - 1;
  while (kept > 0 && kept < length && (static_cast<unsigned char>(text[kept]) & 0xC0U) == 0x80U) {
    --kept;
  }
  std::memcpy(target, text, kept);
  target[kept] = '\0';
}

void CaptureStatus(const Status& status, Failure* failure) noexcept {
  failure->sqlstate = SqlState(status.code());
  Copy(status.message().c_str(), failure->message);
  Copy(status.hint().c_str(), failure->hint);
  const bool has_detail = !status.detail().empty();
  if (status.pointer().empty()) {
    Copy(status.detail().c_str(), failure->detail);
    return;
  }
  // snprintf with fixed buffers: no allocation while the exception is alive.
  char located[sizeof failure->detail];
  std::snprintf(located, sizeof located, "%s%sAt \"%s\".", status.detail().c_str(),
                has_detail ? " " : "", status.pointer().c_str());
  Copy(located, failure->detail);
}

// Text of the core is UTF-8; errors leave in the database's encoding. A character that it lacks
// becomes a question mark: an error must not fail to be told.
const char* ToServer(const char* text) {
  const int encoding = GetDatabaseEncoding();
  const int length = static_cast<int>(std::strlen(text));
  if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII ||
      !pg_verify_mbstr(PG_UTF8, text, length, true)) {
    return text;
  }
  const Oid conversion = FindDefaultConversionProc(PG_UTF8, encoding);
  if (!OidIsValid(conversion)) return text;
  const int room = length * MAX_CONVERSION_GROWTH + 1;
  auto* converted = static_cast<char*>(palloc0(room));
  int read = 0;
  int written = 0;
  while (read < length) {
    auto* source = reinterpret_cast<unsigned char*>(const_cast<char*>(text + read));
    auto* target = reinterpret_cast<unsigned char*>(converted + written);
    read += pg_do_encoding_conversion_buf(conversion, PG_UTF8, encoding, source, length - read,
                                          target, room - written, true);
    written += static_cast<int>(std::strlen(converted + written));
    if (read >= length) break;
    converted[written++] = '?';
    read += pg_utf_mblen(reinterpret_cast<const unsigned char*>(text + read));
  }
  return converted;
}

}  // namespace

void Capture(Failure* failure) noexcept {
  failure->sqlstate = ERRCODE_INTERNAL_ERROR;
  failure->error = nullptr;
  failure->message[0] = failure->detail[0] = failure->hint[0] = '\0';
  try {
    throw;
  } catch (const PgError& error) {
    failure->error = error.data;
  } catch (const StatusError& error) {
    CaptureStatus(error.status, failure);
  } catch (const std::bad_alloc&) {
    failure->sqlstate = ERRCODE_OUT_OF_MEMORY;
    Copy("out of memory", failure->message);
  } catch (const std::exception& error) {
    Copy(error.what(), failure->message);
  } catch (...) {
    Copy("unknown C++ exception", failure->message);
  }
}

void Raise(const Failure& failure) {
  if (failure.error != nullptr) ReThrowError(failure.error);
  ereport(ERROR, (errcode(failure.sqlstate), errmsg("%s", ToServer(failure.message)),
                  failure.detail[0] != '\0' ? errdetail("%s", ToServer(failure.detail)) : 0,
                  failure.hint[0] != '\0' ? errhint("%s", ToServer(failure.hint)) : 0));
  pg_unreachable();
}

void ThrowPgError() {
  LiftMemoryLimit();  // or there might be no room for the error
  MemoryContext old = MemoryContextSwitchTo(error_context);
  ErrorData* data = CopyErrorData();
  MemoryContextSwitchTo(old);
  FlushErrorState();
  throw PgError{data};
}

void PollInterrupts(void* /*data*/) {
  if (INTERRUPTS_PENDING_CONDITION()) {
    Call([]() noexcept { CHECK_FOR_INTERRUPTS(); });
  }
}

}  // namespace detail

void ThrowIfError(const Status& status) {
  if (!status.ok()) throw StatusError{status};
}

Context ServerContext() { return Context(&detail::PollInterrupts); }

void Report(int level, const std::string& message, const std::string& detail,
            const std::string& hint) {
  const char* text = message.c_str();
  const char* more = detail.c_str();
  const char* advice = hint.c_str();
  Call([&]() noexcept {
    ereport(level, (errmsg("%s", detail::ToServer(text)),
                    *more != '\0' ? errdetail("%s", detail::ToServer(more)) : 0,
                    *advice != '\0' ? errhint("%s", detail::ToServer(advice)) : 0));
  });
}

}  // namespace loupe::pg
