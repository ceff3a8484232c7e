// What happens when the library is loaded: the magic block and the settings, nothing else.
#include "pg/postgres.hpp"

#include "pg/settings.hpp"

extern "C" {
PG_MODULE_MAGIC;

void _PG_init(void);
void _PG_init(void) { loupe::pg::DefineSettings(); }
}
