-- What shows the semantic layer to people and programs, and what publishes it.

-- Lists the errors of a query, one row each; none when it compiles. A bad query raises nothing.
--   SELECT * FROM semantic_check('{"measures": ["orders.cuont"]}');
CREATE FUNCTION @extschema@.semantic_check(query jsonb)
    RETURNS TABLE (sqlstate text, pointer text, message text, hint text)
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_check';
COMMENT ON FUNCTION @extschema@.semantic_check(jsonb) IS 'Lists the errors of a semantic query';

-- Tells what a range of dates means: its first and last millisecond on the clock of the zone.
--   SELECT semantic_date_range('last 7 days', 'Europe/Berlin');
CREATE FUNCTION @extschema@.semantic_date_range(
    range text, timezone text DEFAULT 'UTC', now timestamptz DEFAULT pg_catalog.now())
    RETURNS jsonb
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_date_range';
COMMENT ON FUNCTION @extschema@.semantic_date_range(text, text, timestamptz)
    IS 'First and last millisecond of a range such as "last 7 days"';

-- Publishes a query as a view with a column for each member, which runs with its reader's rights.
--   SELECT semantic_view('shop.by_status',
--       '{"measures": ["orders.count"], "dimensions": ["orders.status"]}');
CREATE FUNCTION @extschema@.semantic_view(
    name text, query jsonb, replace boolean DEFAULT false) RETURNS regclass
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_view';
COMMENT ON FUNCTION @extschema@.semantic_view(text, jsonb, boolean)
    IS 'Makes a view of a semantic query';
