-- Profiles: every statistic of every column of a relation, from one statement and one snapshot.

-- One row a column, in the order of the relation. N = rows read, n = rows with a value.
--
--   row_count, null_count, null_fraction   N, N - n, (N - n) / N
--   distinct_count, is_distinct_exact      different values; whether they were counted exactly
--   distinct_error                         relative standard error of distinct_count, 0 = exact
--   is_unique                              whether no value occurs twice
--   min, max                               in the order of the type and collation, as text
--   mean, stddev                           of numbers; sample standard deviation
--   p05, p25, median, p75, p95             quantiles that occur as values (percentile_disc)
--   most_common                            [{"value": text, "count": k, "fraction": k / N}], up to
--                                          five values that occur more than once
--   note                                   why statistics are missing
--
-- Values longer than 200 characters end in "...". columns: profile only these. sample_rows: read
-- only the first rows that the relation yields, a quick look and no random sample. A column that
-- the caller may not SELECT keeps its row and says so in note. The form with text knows how to
-- hint at the nearest name. JIT compilation would take longer than it saves.
--   SELECT column_name, null_count, distinct_count, min, max FROM profile('shop.orders');
CREATE FUNCTION @extschema@.profile(
    relation text,
    columns text[] DEFAULT NULL,
    sample_rows bigint DEFAULT NULL)
    RETURNS TABLE (
        "position" integer,
        column_name text,
        data_type text,
        row_count bigint,
        null_count bigint,
        null_fraction float8,
        distinct_count bigint,
        is_distinct_exact boolean,
        distinct_error float8,
        is_unique boolean,
        min text,
        max text,
        mean numeric,
        stddev numeric,
        p05 text,
        p25 text,
        median text,
        p75 text,
        p95 text,
        most_common jsonb,
        note text)
    LANGUAGE c STABLE CALLED ON NULL INPUT PARALLEL UNSAFE ROWS 20
    SET jit = off
    AS 'MODULE_PATHNAME', 'loupe_profile_name';
COMMENT ON FUNCTION @extschema@.profile(text, text[], bigint)
    IS 'Profiles every column of the relation of that name';

-- The same by OID, as in a query over pg_class.
--   SELECT p.* FROM pg_class AS c, profile(c.oid::regclass) AS p WHERE c.relname = 'orders';
CREATE FUNCTION @extschema@.profile(
    relation regclass,
    columns text[] DEFAULT NULL,
    sample_rows bigint DEFAULT NULL)
    RETURNS TABLE (
        "position" integer,
        column_name text,
        data_type text,
        row_count bigint,
        null_count bigint,
        null_fraction float8,
        distinct_count bigint,
        is_distinct_exact boolean,
        distinct_error float8,
        is_unique boolean,
        min text,
        max text,
        mean numeric,
        stddev numeric,
        p05 text,
        p25 text,
        median text,
        p75 text,
        p95 text,
        most_common jsonb,
        note text)
    LANGUAGE c STABLE CALLED ON NULL INPUT PARALLEL UNSAFE ROWS 20
    SET jit = off
    AS 'MODULE_PATHNAME', 'loupe_profile_relation';
COMMENT ON FUNCTION @extschema@.profile(regclass, text[], bigint)
    IS 'Profiles every column of a relation';
