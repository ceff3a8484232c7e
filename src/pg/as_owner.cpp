#include "pg/postgres.hpp"

extern "C" {
#include "access/htup_details.h"
#include "catalog/pg_class.h"
#include "utils/syscache.h"
}

#include "pg/as_owner.hpp"

namespace loupe::pg {

Oid OwnerOf(Oid relation) {
  HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));
  if (!HeapTupleIsValid(tuple)) return InvalidOid;
  const Oid owner = reinterpret_cast<Form_pg_class>(GETSTRUCT(tuple))->relowner;
  ReleaseSysCache(tuple);
  return owner;
}

AsOwner::AsOwner(Oid owner) {
  GetUserIdAndSecContext(&user_, &context_);
  SetUserIdAndSecContext(owner,
                         context_ | SECURITY_LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION);
}

AsOwner::~AsOwner() { SetUserIdAndSecContext(user_, context_); }

}  // namespace loupe::pg
