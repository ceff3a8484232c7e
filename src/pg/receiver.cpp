#include "pg/postgres.hpp"

extern "C" {
#include "executor/tuptable.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
}

#include "pg/receiver.hpp"

#include <cstring>

namespace loupe::pg {
namespace {

constexpr std::int64_t kFirstRows = 256;
// What a row and a cell take besides their text, NULL or not.
constexpr std::int64_t kRowBytes = 24;
constexpr std::int64_t kCellBytes = 16;

void Grow(RowReceiver* receiver) {
  const std::int64_t capacity =
      receiver->row_capacity == 0 ? kFirstRows : receiver->row_capacity * 2;
  const std::size_t bytes = sizeof(char**) * static_cast<std::size_t>(capacity);
  void* grown = receiver->rows == nullptr ? MemoryContextAllocHuge(receiver->context, bytes)
                                          : repalloc_huge(receiver->rows, bytes);
  receiver->rows = static_cast<char***>(grown);
  receiver->row_capacity = capacity;
}

// Fills the receiver's columns from the descriptor of the result.
void DescribeRows(RowReceiver* receiver, TupleDesc descriptor) {
  MemoryContext old = MemoryContextSwitchTo(receiver->context);
  const int natts = descriptor->natts;
  receiver->natts = natts;
  receiver->types = static_cast<Oid*>(palloc(sizeof(Oid) * (natts + 1)));
  receiver->names = static_cast<char**>(palloc(sizeof(char*) * (natts + 1)));
  receiver->type_names = static_cast<char**>(palloc(sizeof(char*) * (natts + 1)));
  receiver->output = static_cast<FmgrInfo*>(palloc(sizeof(FmgrInfo) * (natts + 1)));
  for (int i = 0; i < natts; ++i) {
    Form_pg_attribute attribute = TupleDescAttr(descriptor, i);
    Oid output = InvalidOid;
    bool is_varlena = false;
    getTypeOutputInfo(attribute->atttypid, &output, &is_varlena);
    fmgr_info_cxt(output, &receiver->output[i], receiver->context);
    receiver->types[i] = attribute->atttypid;
    receiver->names[i] = pstrdup(NameStr(attribute->attname));
    receiver->type_names[i] = format_type_with_typemod(attribute->atttypid, attribute->atttypmod);
  }
  MemoryContextSwitchTo(old);
}

void StartUp(DestReceiver* self, int /*operation*/, TupleDesc descriptor) {
  DescribeRows(reinterpret_cast<RowReceiver*>(self), descriptor);
}

bool Receive(TupleTableSlot* slot, DestReceiver* self) {
  auto* receiver = reinterpret_cast<RowReceiver*>(self);
  if (receiver->row_count >= receiver->max_rows) {
    receiver->stop = ReceiverStop::kRows;
    return false;
  }
  if (receiver->row_count == receiver->row_capacity) Grow(receiver);
  slot_getallattrs(slot);
  MemoryContext old = MemoryContextSwitchTo(receiver->context);
  auto** row = static_cast<char**>(palloc0(sizeof(char*) * (receiver->natts + 1)));
  receiver->bytes += kRowBytes + kCellBytes * receiver->natts;
  for (int i = 0; i < receiver->natts; ++i) {
    if (slot->tts_isnull[i]) continue;
    row[i] = OutputFunctionCall(&receiver->output[i], slot->tts_values[i]);
    receiver->bytes += static_cast<std::int64_t>(std::strlen(row[i]));
  }
  MemoryContextSwitchTo(old);
  receiver->rows[receiver->row_count++] = row;
  if (receiver->bytes <= receiver->max_bytes) return true;
  receiver->stop = ReceiverStop::kBytes;
  return false;
}

void ShutDown(DestReceiver* /*self*/) {}
void Destroy(DestReceiver* /*self*/) {}

}  // namespace

RowReceiver* MakeRowReceiver(MemoryContext context, std::int64_t max_rows, std::int64_t max_bytes) {
  auto* receiver = static_cast<RowReceiver*>(MemoryContextAllocZero(context, sizeof(RowReceiver)));
  receiver->base.receiveSlot = Receive;
  receiver->base.rStartup = StartUp;
  receiver->base.rShutdown = ShutDown;
  receiver->base.rDestroy = Destroy;
  receiver->base.mydest = DestNone;
  receiver->context = context;
  receiver->max_rows = max_rows;
  receiver->max_bytes = max_bytes;
  return receiver;
}

}  // namespace loupe::pg
