-- What shows the semantic layer to people and programs, and what publishes it.

-- Describes the public members of a model, as the caller sees them, in the shape of Cube's /v1/meta.
-- NULL: the model that a query without "model" means.
--   SELECT semantic_meta() #> '{cubes,0,measures}';
CREATE FUNCTION @extschema@.semantic_meta(model text DEFAULT NULL) RETURNS jsonb
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_meta';
COMMENT ON FUNCTION @extschema@.semantic_meta(text)
    IS 'Members of a semantic model in the shape of Cube''s /v1/meta';

-- Explains how a measure comes about: what it is made of, each part below what it is a part of.
--   SELECT repeat('  ', depth) || coalesce(member, '') AS member, kind, expression
--   FROM semantic_explain('orders.count');
CREATE FUNCTION @extschema@.semantic_explain(measure text, model text DEFAULT NULL)
    RETURNS TABLE (depth integer, member text, kind text, type text, expression text,
                   description text)
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_explain';
COMMENT ON FUNCTION @extschema@.semantic_explain(text, text) IS 'How a measure comes about';

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
