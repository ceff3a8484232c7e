-- Models of other semantic layers, read and written.

-- Reads a model of another semantic layer: {"model": …, "notes": [{"pointer", "message"}]}. It
-- saves nothing. The notes say what could not be carried, with pointers into the document. Types
-- that the format leaves open are those of the columns, as far as the caller sees the tables.
--   SELECT semantic_import('cube', '{"cubes": [{"name": "orders", "sql_table": "shop.orders",
--       "measures": [{"name": "count", "type": "count"}]}]}') -> 'model';
CREATE FUNCTION @extschema@.semantic_import(format text, document jsonb) RETURNS jsonb
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_import';
COMMENT ON FUNCTION @extschema@.semantic_import(text, jsonb)
    IS 'Reads a model of Cube, dbt, OSI or the simple form; saves nothing';

-- Writes a model for another semantic layer: {"document": …, "notes": [{"pointer", "message"}]}.
-- The notes say what that layer cannot express, with pointers into the model.
--   SELECT semantic_export('osi', semantic_model_infer('shop')) -> 'document';
CREATE FUNCTION @extschema@.semantic_export(format text, model jsonb) RETURNS jsonb
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_export';
COMMENT ON FUNCTION @extschema@.semantic_export(text, jsonb)
    IS 'Writes a model in the form of Cube, dbt or OSI';
