#include "pg/postgres.hpp"

extern "C" {
#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
}

#include <cstring>
#include <iterator>

#include "pg/validate/builtin_functions.hpp"

namespace loupe::pg {
namespace {

struct Signature {
  const char* text;
  unsigned char section;  // index in kSections
};

// The tables that scripts/function-table makes of functions.txt: kSections and kSignatures.
#include "functions.inc"

// What a byte of the memo says; any other value is the index of a section plus kFirstSection.
constexpr unsigned char kNotAsked = 0;
constexpr unsigned char kNotListed = 1;
constexpr unsigned char kFirstSection = 2;
static_assert(std::size(kSections) <= 255 - kFirstSection, "a section must fit into a byte");

// The signature's section as the memo keeps it. O(log of the table).
unsigned char Search(const char* signature) {
  std::size_t low = 0;
  std::size_t high = std::size(kSignatures);
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const int order = std::strcmp(signature, kSignatures[middle].text);
    if (order == 0) return static_cast<unsigned char>(kSignatures[middle].section + kFirstSection);
    if (order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return kNotListed;
}

// Appends a type's bare name: every argument type of a built-in function is built in itself.
bool AppendTypeName(StringInfo out, Oid type) {
  HeapTuple tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
  if (!HeapTupleIsValid(tuple)) return false;
  appendStringInfoString(out, NameStr(reinterpret_cast<Form_pg_type>(GETSTRUCT(tuple))->typname));
  ReleaseSysCache(tuple);
  return true;
}

// False for a schema that the list does not cover.
bool AppendSchema(StringInfo out, Oid schema) {
  if (schema == PG_CATALOG_NAMESPACE) return true;
  const char* name = get_namespace_name(schema);
  if (name == nullptr || std::strcmp(name, "information_schema") != 0) return false;
  appendStringInfo(out, "%s.", name);
  return true;
}

bool AppendSignature(StringInfo out, const FormData_pg_proc* form) {
  if (!AppendSchema(out, form->pronamespace)) return false;
  appendStringInfo(out, "%s(", NameStr(form->proname));
  for (int i = 0; i < form->proargtypes.dim1; ++i) {
    if (i > 0) appendStringInfoChar(out, ',');
    if (!AppendTypeName(out, form->proargtypes.values[i])) return false;
  }
  appendStringInfoChar(out, ')');
  return true;
}

unsigned char LookUp(Oid function) {
  HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
  if (!HeapTupleIsValid(tuple)) return kNotListed;
  StringInfoData signature;
  initStringInfo(&signature);
  const bool covered =
      AppendSignature(&signature, reinterpret_cast<Form_pg_proc>(GETSTRUCT(tuple)));
  ReleaseSysCache(tuple);
  const unsigned char found = covered ? Search(signature.data) : kNotListed;
  pfree(signature.data);
  return found;
}

}  // namespace

const BuiltinFunction* FindBuiltinFunction(Oid function) {
  // The server's own functions keep their OIDs and signatures for the life of a cluster.
  static unsigned char memo[FirstNormalObjectId];
  if (function >= FirstNormalObjectId) return nullptr;
  if (memo[function] == kNotAsked) memo[function] = LookUp(function);
  if (memo[function] == kNotListed) return nullptr;
  return &kSections[memo[function] - kFirstSection];
}

}  // namespace loupe::pg
