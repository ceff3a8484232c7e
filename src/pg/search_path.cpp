#include "pg/postgres.hpp"

extern "C" {
#include "catalog/catalog.h"
#include "catalog/namespace.h"
#include "nodes/pg_list.h"
#include "utils/lsyscache.h"
}

#include "core/sql/printer.hpp"
#include "pg/function.hpp"
#include "pg/search_path.hpp"

namespace loupe::pg {

std::vector<std::string> CallerSchemas() {
  List* path = Call([]() noexcept { return fetch_search_path(false); });
  std::vector<std::string> schemas;
  for (int i = 0; i < list_length(path); ++i) {
    const Oid schema = list_nth_oid(path, i);
    const char* name = Call([&]() noexcept -> const char* {
      if (IsCatalogNamespace(schema) || isAnyTempNamespace(schema)) return nullptr;
      return get_namespace_name(schema);
    });
    if (name == nullptr) continue;
    std::string text = FromServer(name);
    if (text != "information_schema" && text != "loupe") schemas.push_back(std::move(text));
  }
  return schemas;
}

std::string GatedSearchPath(const std::vector<std::string>& schemas) {
  std::string path = "pg_catalog";
  for (const std::string& schema : schemas.empty() ? CallerSchemas() : schemas) {
    path += ", " + sql::QuoteIdentifier(schema);
  }
  return path + ", pg_temp";
}

}  // namespace loupe::pg
