// What happens when the library is loaded: the magic block, the settings, the callbacks.
#include "pg/postgres.hpp"

#include "pg/function_belt.hpp"
#include "pg/settings.hpp"
#include "pg/statement_log.hpp"

extern "C" {
PG_MODULE_MAGIC;

void _PG_init(void);
void _PG_init(void) {
  loupe::pg::DefineSettings();
  loupe::pg::InstallFunctionBelt();
  loupe::pg::InstallStatementLog();
}
}
