#include "pg/postgres.hpp"

extern "C" {
#include "access/detoast.h"
#include "access/table.h"
#include "access/tableam.h"
#include "catalog/pg_type.h"
#include "storage/lmgr.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
}

#include "pg/value_scan.hpp"

#include <cstring>
#include <exception>

#include "pg/compat.hpp"

namespace loupe::pg {
namespace {

// A column of one part; its number is 0 where the part lacks it.
struct PartColumn {
  AttrNumber number;
  Oid type;
  FmgrInfo* output;  // null: the bytes of the value are the text
};

struct TextView {
  const char* bytes;
  std::size_t length;
  bool is_shown;
};

// One part of a table while it is read. Ends with its scope, but for an ERROR on its way, after
// which the transaction lets go of everything.
class PartScan {
 public:
  PartScan(const TextTable& table, Oid part, std::size_t max_bytes);
  ~PartScan();
  PartScan(const PartScan&) = delete;
  PartScan& operator=(const PartScan&) = delete;

  [[nodiscard]] bool IsOpen() const { return relation_ != nullptr; }
  // Moves to the next row and reads its texts; false at the end.
  bool Next();
  [[nodiscard]] const TextView& text(std::size_t column) const { return texts_[column]; }

 private:
  void Open(const TextTable& table, Oid part);
  [[nodiscard]] TextView Read(const PartColumn& column) const;

  std::size_t max_bytes_;
  int exceptions_ = std::uncaught_exceptions();
  Relation relation_ = nullptr;
  TableScanDesc scan_ = nullptr;
  TupleTableSlot* slot_ = nullptr;
  MemoryContext row_ = nullptr;  // of one row's texts
  std::vector<PartColumn> columns_;
  std::vector<TextView> texts_;
};

PartColumn ColumnOf(const TextTable& table, const TextColumn& column, Oid part) {
  PartColumn found = {column.number, column.type, nullptr};
  if (part != table.relation) {
    const char* name = get_attname(table.relation, column.number, true);
    found.number = name == nullptr ? InvalidAttrNumber : get_attnum(part, name);
  }
  const bool is_plain = column.type == TEXTOID || column.type == VARCHAROID ||
                        column.type == BPCHAROID || column.type == NAMEOID;
  if (is_plain) return found;
  Oid output = InvalidOid;
  bool is_varlena = false;
  getTypeOutputInfo(column.type, &output, &is_varlena);
  found.output = static_cast<FmgrInfo*>(palloc(sizeof(FmgrInfo)));
  fmgr_info(output, found.output);
  return found;
}

void PartScan::Open(const TextTable& table, Oid part) {
  if (!ConditionalLockRelationOid(part, AccessShareLock)) return;
  relation_ = try_table_open(part, NoLock);
  if (relation_ == nullptr) return UnlockRelationOid(part, AccessShareLock);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    columns_[i] = ColumnOf(table, table.columns[i], part);
  }
  row_ = AllocSetContextCreate(CurrentMemoryContext, "loupe values", ALLOCSET_SMALL_SIZES);
  slot_ = table_slot_create(relation_, nullptr);
  scan_ = table_beginscan(relation_, GetActiveSnapshot(), 0, nullptr);
}

PartScan::PartScan(const TextTable& table, Oid part, std::size_t max_bytes)
    : max_bytes_(max_bytes), columns_(table.columns.size()), texts_(table.columns.size()) {
  Call([&]() noexcept { Open(table, part); });
}

PartScan::~PartScan() {
  if (relation_ == nullptr || std::uncaught_exceptions() > exceptions_) return;
  table_endscan(scan_);
  ExecDropSingleTupleTableSlot(slot_);
  MemoryContextDelete(row_);
  // Of very many small tables each is let go of before the next is read.
  table_close(relation_, AccessShareLock);
}

TextView PartScan::Read(const PartColumn& column) const {
  if (column.number == InvalidAttrNumber) return {};
  bool is_null = true;
  const Datum value = slot_getattr(slot_, column.number, &is_null);
  if (is_null) return {};
  if (column.output != nullptr || column.type == NAMEOID) {
    const char* text = column.output == nullptr ? NameStr(*DatumGetName(value))
                                                : OutputFunctionCall(column.output, value);
    const std::size_t length = std::strlen(text);
    return {text, length, length > 0 && length <= max_bytes_};
  }
  // What is too long is not fetched from where it is kept apart.
  const Size size = toast_raw_datum_size(value) - VARHDRSZ;
  if (size == 0 || size > max_bytes_) return {};
  auto* text = reinterpret_cast<varlena*>(PG_DETOAST_DATUM_PACKED(value));
  TextView view = {VARDATA_ANY(text), VARSIZE_ANY_EXHDR(text), true};
  while (column.type == BPCHAROID && view.length > 0 && view.bytes[view.length - 1] == ' ') {
    --view.length;
  }
  view.is_shown = view.length > 0;
  return view;
}

bool PartScan::Next() {
  return Call([&]() noexcept {
    if (!table_scan_getnextslot(scan_, ForwardScanDirection, slot_)) return false;
    MemoryContextReset(row_);
    MemoryContext outer = MemoryContextSwitchTo(row_);
    for (std::size_t i = 0; i < columns_.size(); ++i) texts_[i] = Read(columns_[i]);
    MemoryContextSwitchTo(outer);
    return true;
  });
}

bool ShowRow(const PartScan& scan, std::size_t count, const TextVisitor& visitor) {
  for (std::size_t column = 0; column < count; ++column) {
    const TextView& text = scan.text(column);
    if (text.is_shown && !visitor(column, {text.bytes, text.length})) return false;
  }
  return true;
}

}  // namespace

ScanEnd ScanTexts(const TextTable& table, const TableState& state, std::size_t max_bytes,
                  const TextVisitor& visitor) {
  for (const Oid part : state.parts) {
    PartScan scan(table, part, max_bytes);
    if (!scan.IsOpen()) return ScanEnd::kLocked;
    while (scan.Next()) {
      if (!ShowRow(scan, table.columns.size(), visitor)) return ScanEnd::kCut;
    }
  }
  return ScanEnd::kWhole;
}

}  // namespace loupe::pg
