// The server's headers, always first and always inside extern "C". Server macros that clash with
// the C++ standard library are taken back here.
#ifndef LOUPE_PG_POSTGRES_HPP
#define LOUPE_PG_POSTGRES_HPP

extern "C" {
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/elog.h"
#include "utils/memutils.h"
#include "utils/palloc.h"
}

// libintl's and port.h's replacements of printf-like names; the standard headers declare them too.
#undef snprintf
#undef vsnprintf
#undef sprintf
#undef printf
#undef fprintf

#endif  // LOUPE_PG_POSTGRES_HPP
