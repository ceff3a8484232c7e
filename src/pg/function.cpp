#include "pg/postgres.hpp"

extern "C" {
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
}

#include "pg/compat.hpp"
#include "pg/function.hpp"

#include <cstring>

namespace loupe::pg {
namespace {

// Views the bytes of a detoasted varlena argument; valid until the function returns.
std::string_view ArgumentBytes(FunctionCallInfo fcinfo, int index) {
  struct varlena* value =
      Call([&]() noexcept { return PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(index)); });
  return {VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)};
}

}  // namespace

bool IsNullArgument(FunctionCallInfo fcinfo, int index) { return PG_ARGISNULL(index); }

void RequireArgument(FunctionCallInfo fcinfo, int index, const char* name) {
  if (!PG_ARGISNULL(index)) return;
  throw StatusError{
      Status(Code::kNullValue, std::string("argument \"") + name + "\" must not be null")};
}

std::optional<std::string> OptionalText(FunctionCallInfo fcinfo, int index) {
  if (PG_ARGISNULL(index)) return std::nullopt;
  const std::string_view bytes = ArgumentBytes(fcinfo, index);
  return FromServer(bytes.data(), bytes.size());
}

std::string RequiredText(FunctionCallInfo fcinfo, int index, const char* name) {
  RequireArgument(fcinfo, index, name);
  return *OptionalText(fcinfo, index);
}

std::optional<Json> OptionalJson(FunctionCallInfo fcinfo, int index) {
  if (PG_ARGISNULL(index)) return std::nullopt;
  const char* text = Call([&]() noexcept {
    Jsonb* value = PG_GETARG_JSONB_P(index);
    return JsonbToCString(nullptr, &value->root, static_cast<int>(VARSIZE(value)));
  });
  return ValueOrThrow(ParseJson(FromServer(text)));
}

Json RequiredJson(FunctionCallInfo fcinfo, int index, const char* name) {
  RequireArgument(fcinfo, index, name);
  return *OptionalJson(fcinfo, index);
}

std::optional<std::vector<std::string>> OptionalTextArray(FunctionCallInfo fcinfo, int index,
                                                          const char* name) {
  if (PG_ARGISNULL(index)) return std::nullopt;
  Datum* items = nullptr;
  bool* nulls = nullptr;
  int count = 0;
  Call([&]() noexcept {
    ArrayType* array = PG_GETARG_ARRAYTYPE_P(index);
    deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &items, &nulls, &count);
  });
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) {
    if (nulls[i]) {
      throw StatusError{
          Status(Code::kNullValue, std::string("array \"") + name + "\" must not contain null")};
    }
    const char* item = Call([&]() noexcept { return TextDatumGetCString(items[i]); });
    texts.push_back(FromServer(item));
  }
  return texts;
}

Datum TextDatum(std::string_view text) {
  char* server = ToServer(text);
  return Call([&]() noexcept { return CStringGetTextDatum(server); });
}

Datum TextArrayDatum(const std::vector<std::string>& texts) {
  const auto count = static_cast<int>(texts.size());
  auto* elements =
      static_cast<Datum*>(Call([&]() noexcept { return palloc(sizeof(Datum) * (count + 1)); }));
  for (int i = 0; i < count; ++i) elements[i] = TextDatum(texts[i]);
  return Call([&]() noexcept {
    return PointerGetDatum(construct_array(elements, count, TEXTOID, -1, false, TYPALIGN_INT));
  });
}

Datum ByteaDatum(std::string_view bytes) {
  return Call([&]() noexcept {
    auto* value = static_cast<bytea*>(palloc(bytes.size() + VARHDRSZ));
    SET_VARSIZE(value, bytes.size() + VARHDRSZ);
    std::memcpy(VARDATA(value), bytes.data(), bytes.size());
    return PointerGetDatum(value);
  });
}

Datum JsonbDatum(const Json& value) {
  const std::string text = value.Dump();
  char* server = ToServer(text);
  return Call([&]() noexcept { return DirectFunctionCall1(jsonb_in, CStringGetDatum(server)); });
}

Datum NullResult(FunctionCallInfo fcinfo) {
  fcinfo->isnull = true;
  return 0;
}

std::string FromServer(const char* text, std::size_t length) {
  const char* converted =
      Call([&]() noexcept { return pg_server_to_any(text, static_cast<int>(length), PG_UTF8); });
  if (converted == text) return std::string(text, length);
  return std::string(converted);
}

std::string FromServer(const char* text) { return FromServer(text, std::strlen(text)); }

std::string FromServerLoosely(const char* text) {
  const int encoding = GetDatabaseEncoding();
  auto remaining = static_cast<int>(std::strlen(text));
  std::string valid;
  while (remaining > 0) {
    const int length = pg_encoding_verifymbchar(encoding, text, remaining);
    if (length > 0) {
      valid.append(text, static_cast<std::size_t>(length));
    } else {
      valid += '?';
    }
    text += length > 0 ? length : 1;
    remaining -= length > 0 ? length : 1;
  }
  return FromServer(valid.data(), valid.size());
}

char* ToServer(std::string_view text) {
  return Call([&]() noexcept {
    char* copy = pnstrdup(text.data(), text.size());
    return pg_any_to_server(copy, static_cast<int>(text.size()), PG_UTF8);
  });
}

RowValue TextOrNull(const std::string& text) { return text.empty() ? RowValue() : TextDatum(text); }

Datum CompositeDatum(FunctionCallInfo fcinfo, const std::vector<RowValue>& values) {
  const std::size_t count = values.size();
  const RowValue* rows = values.data();
  const Datum tuple = Call([&]() noexcept {
    TupleDesc descriptor = nullptr;
    if (get_call_result_type(fcinfo, nullptr, &descriptor) != TYPEFUNC_COMPOSITE) return Datum{0};
    auto* datums = static_cast<Datum*>(palloc0(sizeof(Datum) * count));
    auto* nulls = static_cast<bool*>(palloc0(sizeof(bool) * count));
    for (std::size_t i = 0; i < count; ++i) {
      datums[i] = rows[i].datum;
      nulls[i] = rows[i].is_null;
    }
    return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), datums, nulls));
  });
  if (tuple == 0) {
    throw StatusError{Status(Code::kInternal, "function is not declared to return a row")};
  }
  return tuple;
}

RowSink::RowSink(FunctionCallInfo fcinfo)
    : info_(reinterpret_cast<ReturnSetInfo*>(fcinfo->resultinfo)) {
  Call([&]() noexcept {
    // A set of scalars has no row type of its own: the executor's expectation is the descriptor.
    const bool is_scalar = get_call_result_type(fcinfo, nullptr, nullptr) == TYPEFUNC_SCALAR;
    InitMaterializedSRF(fcinfo, is_scalar ? MAT_SRF_USE_EXPECTED_DESC : 0);
  });
}

void RowSink::Add(const std::vector<RowValue>& values) {
  const std::size_t count = values.size();
  const RowValue* rows = values.data();
  Call([&]() noexcept {
    auto* datums = static_cast<Datum*>(palloc0(sizeof(Datum) * count));
    auto* nulls = static_cast<bool*>(palloc0(sizeof(bool) * count));
    for (std::size_t i = 0; i < count; ++i) {
      datums[i] = rows[i].datum;
      nulls[i] = rows[i].is_null;
    }
    tuplestore_putvalues(info_->setResult, info_->setDesc, datums, nulls);
    pfree(datums);
    pfree(nulls);
  });
}

}  // namespace loupe::pg
