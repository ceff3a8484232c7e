// What happens when the library is loaded: the magic block, the settings, the callbacks.
#include "pg/postgres.hpp"

#include "pg/function_belt.hpp"
#include "pg/settings.hpp"
#include "pg/statement_log.hpp"
#include "pg/validate/measure.hpp"

extern "C" {
PG_MODULE_MAGIC;

void _PG_init(void);
void _PG_init(void) {
  loupe::pg::DefineSettings();
  loupe::pg::InstallFunctionBelt();
  loupe::pg::InstallMeasures();
  loupe::pg::InstallStatementLog();
}
}
