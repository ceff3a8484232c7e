-- The gate itself: what judges SQL from outside, and what runs it.

-- What the judge says. stage: size, parse, analyze, acl or plan, the last one reached. position: the
-- character of the text that offends. relations, columns and functions: what the statement reaches,
-- the bodies of views included. The estimates are the planner's, when it came to that.
CREATE TYPE loupe.verdict AS (
    accepted boolean,
    rule text,
    object text,
    stage text,
    position integer,
    message text,
    hint text,
    relations text[],
    columns text[],
    functions text[],
    estimated_cost float8,
    estimated_rows float8
);
COMMENT ON TYPE loupe.verdict IS 'What the judge says about a statement';

-- Tells whether the gate would run a statement, for the caller and with the limits in force, and
-- runs nothing. It never fails for a bad statement: that is a verdict. schemas: all that may be
-- read, and where names are looked up; NULL: the caller's own search_path for names, and whatever
-- the caller may read.
--   SELECT accepted, rule, message FROM validate_sql('SELECT pg_read_file(''/etc/passwd'')');
CREATE FUNCTION @extschema@.validate_sql(sql text, schemas text[] DEFAULT NULL)
    RETURNS loupe.verdict
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_validate_sql';
COMMENT ON FUNCTION @extschema@.validate_sql(text, text[]) IS 'Judges a statement without running it';

-- Judges a statement and runs it, read-only, as the caller, with all limits in force:
-- {"columns": [{"name", "type"}], "rows": [[...]], "row_count"}. Refused: LP701, or 42501 where a
-- privilege is missing.
--   SELECT loupe.run_sql('SELECT n, n * n AS square FROM generate_series(1, 3) AS n');
CREATE FUNCTION loupe.run_sql(sql text, schemas text[] DEFAULT NULL, max_rows integer DEFAULT NULL)
    RETURNS jsonb
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_run_sql';
COMMENT ON FUNCTION loupe.run_sql(text, text[], integer) IS 'Judges a statement and runs it';
