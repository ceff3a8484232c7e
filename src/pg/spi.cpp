#include "pg/postgres.hpp"

extern "C" {
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/guc.h"
}

#include "pg/spi.hpp"

#include <charconv>

#include "pg/function.hpp"

namespace loupe::pg {
namespace {

constexpr const char* kSafeSearchPath = "pg_catalog, pg_temp";

}  // namespace

SpiSession::SpiSession(Mode mode) : mode_(mode), nest_level_(0) {
  nest_level_ = Call([]() noexcept {
    SPI_connect();
    const int level = NewGUCNestLevel();
    (void)set_config_option("search_path", kSafeSearchPath, PGC_USERSET, PGC_S_SESSION,
                            GUC_ACTION_SAVE, true, 0, false);
    return level;
  });
}

// After an ERROR the transaction's abort cleans up both, and calling into SPI again is harmless:
// the nest level and the SPI stack are those of this session.
SpiSession::~SpiSession() {
  AtEOXact_GUC(true, nest_level_);
  SPI_finish();
}

std::vector<SpiSession::Row> SpiSession::Query(const char* sql,
                                               const std::vector<Value>& parameters) {
  const std::size_t count = parameters.size();
  std::vector<Oid> types(count, TEXTOID);
  std::vector<Datum> values(count);
  std::string nulls(count, ' ');
  for (std::size_t i = 0; i < count; ++i) {
    if (parameters[i]) {
      values[i] = TextDatum(*parameters[i]);
    } else {
      nulls[i] = 'n';
    }
  }
  const int result = Call([&]() noexcept {
    return SPI_execute_with_args(sql, static_cast<int>(count), types.data(), values.data(),
                                 nulls.data(), mode_ == Mode::kReadOnly, 0);
  });
  if (result < 0) {
    throw StatusError{
        Status(Code::kInternal, std::string("SPI failed with ") + SPI_result_code_string(result))};
  }
  std::vector<Row> rows;
  if (SPI_tuptable == nullptr) return rows;
  SPITupleTable* table = SPI_tuptable;
  rows.reserve(table->numvals);
  for (std::uint64_t i = 0; i < table->numvals; ++i) {
    Row row;
    for (int column = 1; column <= table->tupdesc->natts; ++column) {
      const char* text = Call([&]() noexcept {
        return static_cast<const char*>(SPI_getvalue(table->vals[i], table->tupdesc, column));
      });
      row.push_back(text == nullptr ? Value() : Value(FromServer(text)));
    }
    rows.push_back(std::move(row));
  }
  Call([&]() noexcept { SPI_freetuptable(table); });
  return rows;
}

int IntegerOf(const SpiSession::Value& digits) {
  int number = 0;
  std::from_chars(digits->data(), digits->data() + digits->size(), number);
  return number;
}

}  // namespace loupe::pg
