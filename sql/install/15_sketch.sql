-- Sketches that count distinct values: small, mergeable, the same bytes on every server.
--
-- The type and a triple of aggregates (docs/reference/sketch.md; src/core/sketch/distinct_sketch.hpp
-- has the byte format): the value at once, the state as a value, states united. The aggregates keep
-- the type itself as their state and have an overload for each type, since a distributed planner
-- ships neither states of type internal nor polymorphic arguments.

CREATE TYPE @extschema@.distinct_sketch;

CREATE FUNCTION loupe._distinct_sketch_in(cstring) RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_in';
COMMENT ON FUNCTION loupe._distinct_sketch_in(cstring) IS 'Reads a sketch from hexadecimal digits';

CREATE FUNCTION loupe._distinct_sketch_out(@extschema@.distinct_sketch) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_out';
COMMENT ON FUNCTION loupe._distinct_sketch_out(@extschema@.distinct_sketch)
    IS 'Writes a sketch as hexadecimal digits';

CREATE FUNCTION loupe._distinct_sketch_recv(internal) RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_recv';
COMMENT ON FUNCTION loupe._distinct_sketch_recv(internal) IS 'Reads a sketch from bytes';

CREATE FUNCTION loupe._distinct_sketch_send(@extschema@.distinct_sketch) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_send';
COMMENT ON FUNCTION loupe._distinct_sketch_send(@extschema@.distinct_sketch)
    IS 'Writes a sketch as bytes';

-- A set of values that knows how many different ones it has.
--   SELECT pg_column_size(distinct_sketch_agg(n)) FROM generate_series(1, 100) AS n;
CREATE TYPE @extschema@.distinct_sketch (
    INPUT = loupe._distinct_sketch_in,
    OUTPUT = loupe._distinct_sketch_out,
    RECEIVE = loupe._distinct_sketch_recv,
    SEND = loupe._distinct_sketch_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = extended);
COMMENT ON TYPE @extschema@.distinct_sketch IS 'Set of values that knows how many differ';

-- Counts the values of a sketch; NULL for NULL.
--   SELECT distinct_of(distinct_sketch_agg(n % 7)) FROM generate_series(1, 100) AS n;
CREATE FUNCTION @extschema@.distinct_of(sketch @extschema@.distinct_sketch) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_count';
COMMENT ON FUNCTION @extschema@.distinct_of(@extschema@.distinct_sketch)
    IS 'Counts the distinct values of a sketch';

-- The parts of the aggregates. What adds or unites changes its first argument, so they refuse to be
-- called outside of one.
CREATE FUNCTION loupe._distinct_sketch_unite(
    @extschema@.distinct_sketch, @extschema@.distinct_sketch)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_unite';
COMMENT ON FUNCTION loupe._distinct_sketch_unite(
    @extschema@.distinct_sketch, @extschema@.distinct_sketch)
    IS 'Adds the values of one sketch to another';

CREATE FUNCTION loupe._distinct_sketch_count(@extschema@.distinct_sketch) RETURNS bigint
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_count';
COMMENT ON FUNCTION loupe._distinct_sketch_count(@extschema@.distinct_sketch)
    IS 'Counts distinct values, none without a state';

CREATE FUNCTION loupe._distinct_sketch_packed(@extschema@.distinct_sketch)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_packed';
COMMENT ON FUNCTION loupe._distinct_sketch_packed(@extschema@.distinct_sketch)
    IS 'Packs the state of an aggregate, empty without one';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, text)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, text)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, character)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, character)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, bytea)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, bytea)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, smallint)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, smallint)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, integer)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, integer)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, bigint)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, bigint)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, numeric)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, numeric)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, real)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, real)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, float8)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, float8)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, boolean)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, boolean)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, date)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, date)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, time)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, time)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, timestamp)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, timestamp)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, timestamptz)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, timestamptz)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, interval)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, interval)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, uuid)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, uuid)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, oid)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, oid)
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, "char")
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, "char")
    IS 'Adds a value to a sketch';

CREATE FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, anyelement)
    RETURNS @extschema@.distinct_sketch
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'loupe_distinct_sketch_add';
COMMENT ON FUNCTION loupe._distinct_sketch_add(@extschema@.distinct_sketch, anyelement)
    IS 'Adds a value to a sketch';

-- Unites sketches of parts, days or servers: the same sketch as of all values at once.
--   SELECT distinct_of(distinct_sketch_merge_agg(part))
--   FROM (SELECT distinct_sketch_agg(n) AS part FROM generate_series(1, 100) AS n GROUP BY n % 4) AS p;
CREATE AGGREGATE @extschema@.distinct_sketch_merge_agg(sketch @extschema@.distinct_sketch) (
    SFUNC = loupe._distinct_sketch_unite,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_merge_agg(@extschema@.distinct_sketch)
    IS 'Unites sketches of distinct values';

-- Counts distinct values, nulls left out: 0 without any.
--   SELECT approx_distinct(n % 7) FROM generate_series(1, 100) AS n;
CREATE AGGREGATE @extschema@.approx_distinct(value text) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(text) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value character) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(character) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value bytea) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(bytea) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value smallint) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(smallint) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value integer) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(integer) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value bigint) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(bigint) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value numeric) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(numeric) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value real) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(real) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value float8) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(float8) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value boolean) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(boolean) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value date) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(date) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value time) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(time) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value timestamp) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(timestamp) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value timestamptz) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(timestamptz) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value interval) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(interval) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value uuid) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(uuid) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value oid) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(oid) IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value "char") (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct("char") IS 'Counts distinct values, within about 1 %';

CREATE AGGREGATE @extschema@.approx_distinct(value anyelement) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_count,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.approx_distinct(anyelement) IS 'Counts distinct values, within about 1 %';

-- Makes the sketch of all values, nulls left out.
--   SELECT distinct_of(distinct_sketch_agg(n)) FROM generate_series(1, 100) AS n;
CREATE AGGREGATE @extschema@.distinct_sketch_agg(value text) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(text) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value character) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(character) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value bytea) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(bytea) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value smallint) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(smallint) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value integer) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(integer) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value bigint) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(bigint) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value numeric) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(numeric) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value real) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(real) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value float8) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(float8) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value boolean) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(boolean) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value date) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(date) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value time) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(time) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value timestamp) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(timestamp) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value timestamptz) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(timestamptz) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value interval) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(interval) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value uuid) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(uuid) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value oid) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(oid) IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value "char") (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg("char") IS 'Sketch of the distinct values';

CREATE AGGREGATE @extschema@.distinct_sketch_agg(value anyelement) (
    SFUNC = loupe._distinct_sketch_add,
    STYPE = @extschema@.distinct_sketch,
    FINALFUNC = loupe._distinct_sketch_packed,
    COMBINEFUNC = loupe._distinct_sketch_unite,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.distinct_sketch_agg(anyelement) IS 'Sketch of the distinct values';
