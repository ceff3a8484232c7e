// The SQL that says which columns a caller may read, once for all statements that ask for them.
#ifndef LOUPE_PG_READABLE_COLUMNS_HPP
#define LOUPE_PG_READABLE_COLUMNS_HPP

// FROM and WHERE of a statement over the columns (a) of the tables (c) that the caller may SELECT,
// in the schemas (n) that $1 names as a JSON array; s.place is a schema's place in it. A condition
// may follow. The right to a whole table is asked for first: looking at that to each column would
// keep all columns in the server's caches. A macro, so that it joins the literals around it.
#define LOUPE_FROM_READABLE_COLUMNS                                                              \
  "FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb) WITH ORDINALITY AS s (name, " \
  "place)\n"                                                                                     \
  "     JOIN pg_catalog.pg_namespace n ON n.nspname = s.name\n"                                  \
  "     JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid\n"                                  \
  "     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT "          \
  "a.attisdropped\n"                                                                             \
  "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition\n"                      \
  "      AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')\n"                                  \
  "      AND (pg_catalog.has_table_privilege(c.oid, 'SELECT')\n"                                 \
  "           OR pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'))\n"

#endif  // LOUPE_PG_READABLE_COLUMNS_HPP
