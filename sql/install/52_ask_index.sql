-- The value index: distinct texts of stored tables. It says that a value was there, so that a
-- question finds the columns in which a word is a value without reading every table.
--
-- The rows are written by what scans the tables and read by what looks for the words of a question,
-- both with the rights of the owner of these tables and for columns that the caller may SELECT.
-- Everybody else has no rights here: a row tells a value, and a row that somebody planted would
-- mislead.

-- One row a column: how its table was when it was read.
CREATE TABLE loupe.indexed_column (
    relation oid NOT NULL,
    attribute smallint NOT NULL,
    is_complete boolean NOT NULL,
    storage bigint NOT NULL,
    changes bigint NOT NULL,
    value_count bigint NOT NULL,
    indexed_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
    PRIMARY KEY (relation, attribute)
);
COMMENT ON TABLE loupe.indexed_column IS 'Columns whose values are indexed for ask()';
COMMENT ON COLUMN loupe.indexed_column.is_complete IS 'false: it has more values than were kept';
COMMENT ON COLUMN loupe.indexed_column.storage IS 'Tells whether the table was written anew';
COMMENT ON COLUMN loupe.indexed_column.changes IS 'Rows that had been changed until then';
COMMENT ON COLUMN loupe.indexed_column.value_count IS 'Different values';
REVOKE ALL ON loupe.indexed_column FROM PUBLIC;

CREATE TABLE loupe.indexed_value (
    relation oid NOT NULL,
    attribute smallint NOT NULL,
    value text NOT NULL
);
COMMENT ON TABLE loupe.indexed_value IS 'Values of indexed columns';
REVOKE ALL ON loupe.indexed_value FROM PUBLIC;

-- Groups of three bytes in the words of a text, as numbers: texts that share most of them are alike.
--   SELECT loupe._value_trigrams('JetBlue') && loupe._value_trigrams('jetblue airways');
CREATE FUNCTION loupe._value_trigrams(value text) RETURNS integer[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_value_trigrams';
COMMENT ON FUNCTION loupe._value_trigrams(text) IS 'Groups of three bytes in the words of a text';

CREATE INDEX indexed_value_column ON loupe.indexed_value (relation, attribute);
CREATE INDEX indexed_value_folded ON loupe.indexed_value
    ((pg_catalog.lower(value)) COLLATE pg_catalog."C");
CREATE INDEX indexed_value_trigrams ON loupe.indexed_value
    USING gin (loupe._value_trigrams(value));

-- What is indexed belongs to the tables as they are here, and is made again where they are restored.
SELECT pg_catalog.pg_extension_config_dump('loupe.indexed_column', 'WHERE false');
SELECT pg_catalog.pg_extension_config_dump('loupe.indexed_value', 'WHERE false');

-- Brings the value index up to date for the tables of a schema, else of all schemas in search_path,
-- and tells what it did with each: indexed anew, unchanged, partial (it has more values than are
-- kept) or skipped, and why. ask() does the same by itself, within loupe.ask_index_time.
--   SELECT * FROM ask_index('shop');
CREATE FUNCTION @extschema@.ask_index(schema text DEFAULT NULL)
    RETURNS TABLE (relation text, status text, column_count integer, value_count bigint,
                   added bigint, removed bigint, reason text, elapsed interval)
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_ask_index';
COMMENT ON FUNCTION @extschema@.ask_index(text)
    IS 'Indexes the values of tables, by which ask() finds them';
