// The SQL functions that draw a value or a series in one line of text. They need no specification
// and no rows but their arguments: IMMUTABLE.
#include "pg/postgres.hpp"

extern "C" {
#include "catalog/pg_type.h"
#include "utils/array.h"
}

#include "pg/function.hpp"

#include "core/chart/render/inline_text.hpp"

namespace loupe::pg {
namespace {

// Walks a float8[] without a copy of its elements.
class FloatArray {
 public:
  explicit FloatArray(ArrayType* array)
      : count_(Call([&]() noexcept { return ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)); })),
        iterator_(Call([&]() noexcept { return array_create_iterator(array, 0, nullptr); })) {}
  ~FloatArray() { array_free_iterator(iterator_); }
  FloatArray(const FloatArray&) = delete;
  FloatArray& operator=(const FloatArray&) = delete;

  [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>(count_); }
  [[nodiscard]] std::optional<double> Next() {
    Datum datum = 0;
    bool is_null = true;
    Call([&]() noexcept { array_iterate(iterator_, &datum, &is_null); });
    return is_null ? std::nullopt : std::optional<double>(DatumGetFloat8(datum));
  }

 private:
  int count_;
  ArrayIterator iterator_;
};

double FloatArgument(FunctionCallInfo fcinfo, int index, const char* name) {
  RequireArgument(fcinfo, index, name);
  return PG_GETARG_FLOAT8(index);
}

int IntegerArgument(FunctionCallInfo fcinfo, int index, const char* name) {
  RequireArgument(fcinfo, index, name);
  return PG_GETARG_INT32(index);
}

}  // namespace

LOUPE_FUNCTION(loupe_chart_spark) {
  if (IsNullArgument(fcinfo, 0)) return NullResult(fcinfo);
  std::optional<int> width;
  if (!IsNullArgument(fcinfo, 1)) width = PG_GETARG_INT32(1);
  FloatArray values(Call([&]() noexcept { return PG_GETARG_ARRAYTYPE_P(0); }));
  chart::Sparkline line = ValueOrThrow(chart::Sparkline::Make(values.count(), width));
  const Context context = ServerContext();
  for (std::size_t i = 0; i < values.count(); ++i) {
    if (i % Context::kPollInterval == 0) context.Poll();
    line.Add(values.Next());
  }
  return TextDatum(line.Draw());
}

LOUPE_FUNCTION(loupe_chart_bar) {
  if (IsNullArgument(fcinfo, 0)) return NullResult(fcinfo);
  const double value = PG_GETARG_FLOAT8(0);
  const double min = FloatArgument(fcinfo, 1, "min");
  const double max = FloatArgument(fcinfo, 2, "max");
  const int width = IntegerArgument(fcinfo, 3, "width");
  return TextDatum(ValueOrThrow(chart::InlineBar(value, min, max, width)));
}

}  // namespace loupe::pg
