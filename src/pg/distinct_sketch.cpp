// The type distinct_sketch and its aggregates. A value is a varlena around the bytes of
// core/sketch/distinct_sketch.hpp; it is also the state of the aggregates, changed in place, so
// that distributed planners can ship it. A state that must grow is made anew in the current
// context: the executor copies what the transition function returns into the aggregate's own, once
// a doubling.
//
// Tested by test/pgtap/46_sketch.sql.
#include "pg/postgres.hpp"

extern "C" {
#include "lib/stringinfo.h"
}

#include "pg/compat.hpp"
#include "pg/function.hpp"
#include "pg/value_hash.hpp"

#include <string>
#include <string_view>

#include "core/sketch/distinct_format.hpp"
#include "core/sketch/distinct_sketch.hpp"

namespace loupe::pg {
namespace {

void RequireState(std::string_view bytes) {
  if (sketch::IsState(bytes)) return;
  throw StatusError{Status(Code::kInternal, "distinct sketch is damaged")};
}

// Views an argument that is only read; valid until the function returns.
std::string_view SketchArgument(FunctionCallInfo fcinfo, int index) {
  const struct varlena* value =
      Call([&]() noexcept { return PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(index)); });
  const std::string_view bytes(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
  RequireState(bytes);
  return bytes;
}

void RequireAggregate(FunctionCallInfo fcinfo) {
  if (AggCheckCallContext(fcinfo, nullptr) != 0) return;
  throw StatusError{Status(Code::kNotSupported, "function must be called by an aggregate")};
}

// The state of the aggregate, argument 0: changed in place and made anew to grow.
class AggregateState {
 public:
  explicit AggregateState(FunctionCallInfo fcinfo) {
    if (PG_ARGISNULL(0)) return;
    // Ours is plain; the initial value of somebody's own aggregate need not be.
    value_ = reinterpret_cast<struct varlena*>(PG_GETARG_POINTER(0));
    if (VARATT_IS_EXTENDED(value_)) {
      value_ = Call([&]() noexcept { return PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0)); });
    }
    RequireState(bytes());
  }

  [[nodiscard]] bool is_null() const { return value_ == nullptr; }
  [[nodiscard]] Datum datum() const { return PointerGetDatum(value_); }
  [[nodiscard]] sketch::StateBytes bytes() const {
    if (value_ == nullptr) return {nullptr, 0};
    return {VARDATA(value_), VARSIZE(value_) - VARHDRSZ};
  }

  void Grow(std::string_view added) {
    const std::size_t size = sketch::RoomFor(bytes(), added);
    auto* larger = Call([&]() noexcept {
      auto* value = static_cast<struct varlena*>(palloc(size + VARHDRSZ));
      SET_VARSIZE(value, size + VARHDRSZ);
      return value;
    });
    (void)sketch::Rebuild(bytes(), {VARDATA(larger), size});
    value_ = larger;
  }

 private:
  struct varlena* value_ = nullptr;
};

Datum StateOrNull(FunctionCallInfo fcinfo, const AggregateState& state) {
  return state.is_null() ? NullResult(fcinfo) : state.datum();
}

std::string PackedBytes(std::string_view state) {
  std::string packed(sketch::PackedSize(state), '\0');
  sketch::Pack(state, packed.data());
  return packed;
}

}  // namespace

LOUPE_FUNCTION(loupe_distinct_sketch_in) {
  return ByteaDatum(ValueOrThrow(sketch::ParseSketchText(PG_GETARG_CSTRING(0))));
}

LOUPE_FUNCTION(loupe_distinct_sketch_out) {
  const std::string text = sketch::SketchText(PackedBytes(SketchArgument(fcinfo, 0)));
  return Call([&]() noexcept { return CStringGetDatum(pnstrdup(text.data(), text.size())); });
}

LOUPE_FUNCTION(loupe_distinct_sketch_recv) {
  auto* message = reinterpret_cast<StringInfo>(PG_GETARG_POINTER(0));
  const std::string_view bytes(message->data + message->cursor,
                               static_cast<std::size_t>(message->len - message->cursor));
  ThrowIfError(sketch::CheckPacked(bytes));
  message->cursor = message->len;
  return ByteaDatum(bytes);
}

LOUPE_FUNCTION(loupe_distinct_sketch_send) {
  return ByteaDatum(PackedBytes(SketchArgument(fcinfo, 0)));
}

LOUPE_FUNCTION(loupe_distinct_sketch_add) {
  RequireAggregate(fcinfo);
  AggregateState state(fcinfo);
  if (PG_ARGISNULL(1)) return StateOrNull(fcinfo, state);
  const std::uint64_t hash = HashValue(HasherOfArgument(fcinfo, 1), PG_GETARG_DATUM(1));
  if (state.is_null()) state.Grow({});
  while (!sketch::Add(state.bytes(), hash)) state.Grow({});
  return state.datum();
}

LOUPE_FUNCTION(loupe_distinct_sketch_unite) {
  RequireAggregate(fcinfo);
  AggregateState state(fcinfo);
  if (PG_ARGISNULL(1)) return StateOrNull(fcinfo, state);
  const std::string_view other = SketchArgument(fcinfo, 1);
  if (state.is_null()) state.Grow(other);
  while (!sketch::Unite(state.bytes(), other)) state.Grow(other);
  return state.datum();
}

// The results: without rows a sketch of no values, and 0.
LOUPE_FUNCTION(loupe_distinct_sketch_packed) {
  if (!PG_ARGISNULL(0)) return ByteaDatum(PackedBytes(SketchArgument(fcinfo, 0)));
  AggregateState empty(fcinfo);
  empty.Grow({});
  return ByteaDatum(PackedBytes(empty.bytes()));
}

LOUPE_FUNCTION(loupe_distinct_sketch_count) {
  const int64 count = PG_ARGISNULL(0) ? 0 : sketch::CountDistinct(SketchArgument(fcinfo, 0));
  return Int64GetDatum(count);
}

}  // namespace loupe::pg
