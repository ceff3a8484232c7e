#include "pg/postgres.hpp"

extern "C" {
#include "catalog/dependency.h"
#include "commands/extension.h"
}

#include "pg/own_object.hpp"

namespace loupe::pg {

bool IsOwnObject(Oid catalog, Oid object) {
  const Oid extension = get_extension_oid("pg_loupe", true);
  return OidIsValid(extension) && getExtensionOfObject(catalog, object) == extension;
}

}  // namespace loupe::pg
