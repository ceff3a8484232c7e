-- The semantic layer: stored models and the query JSON that Cube's users know.

-- Models are versioned: saving one adds a row and makes it the active version of its name.
-- Who sees a model: members of the role that owns it; and everybody, when the owner is a superuser
-- or owns the database. A model holds SQL expressions that run with the reader's rights, so an
-- ordinary role must not be able to put one before others.
CREATE TABLE loupe.semantic_model (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint NOT NULL DEFAULT 1 REFERENCES loupe.project (id) ON DELETE CASCADE,
    name text NOT NULL CHECK (name <> ''),
    version integer NOT NULL CHECK (version > 0),
    is_active boolean NOT NULL DEFAULT true,
    model jsonb NOT NULL,
    owner name NOT NULL DEFAULT CURRENT_USER,
    saved_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
    UNIQUE (project_id, owner, name, version)
);
CREATE UNIQUE INDEX semantic_model_active
    ON loupe.semantic_model (project_id, owner, name) WHERE is_active;
COMMENT ON TABLE loupe.semantic_model IS 'Semantic models, one row a version';
COMMENT ON COLUMN loupe.semantic_model.is_active IS 'Whether queries use this version';
COMMENT ON COLUMN loupe.semantic_model.model IS 'The model document';
COMMENT ON COLUMN loupe.semantic_model.owner IS 'Role that saved it';

ALTER TABLE loupe.semantic_model ENABLE ROW LEVEL SECURITY;
CREATE POLICY semantic_model_read ON loupe.semantic_model FOR SELECT
    USING (loupe._is_member_of(owner) OR loupe._is_trusted_owner(owner));
CREATE POLICY semantic_model_insert ON loupe.semantic_model FOR INSERT
    WITH CHECK (owner = CURRENT_USER);
CREATE POLICY semantic_model_update ON loupe.semantic_model FOR UPDATE
    USING (loupe._is_member_of(owner)) WITH CHECK (loupe._is_member_of(owner));
CREATE POLICY semantic_model_delete ON loupe.semantic_model FOR DELETE
    USING (loupe._is_member_of(owner));
GRANT SELECT, INSERT, UPDATE, DELETE ON loupe.semantic_model TO PUBLIC;

-- For each row as well: statement triggers do not fire where logical replication applies a change.
CREATE TRIGGER semantic_model_changes BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON loupe.semantic_model EXECUTE FUNCTION loupe._table_changed();
CREATE TRIGGER semantic_model_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON loupe.semantic_model EXECUTE FUNCTION loupe._table_changed();
CREATE TRIGGER semantic_model_row_changed AFTER INSERT OR UPDATE OR DELETE
    ON loupe.semantic_model FOR EACH ROW EXECUTE FUNCTION loupe._table_changed();
ALTER TABLE loupe.semantic_model ENABLE ALWAYS TRIGGER semantic_model_changes;
ALTER TABLE loupe.semantic_model ENABLE ALWAYS TRIGGER semantic_model_changed;
ALTER TABLE loupe.semantic_model ENABLE ALWAYS TRIGGER semantic_model_row_changed;

SELECT pg_catalog.pg_extension_config_dump('loupe.semantic_model', '');
SELECT pg_catalog.pg_extension_config_dump('loupe.semantic_model_id_seq', '');

-- Makes a first model from keys, comments and types of a schema; NULL: the schemas of search_path.
-- It saves nothing.
--   SELECT semantic_model_infer('shop');
CREATE FUNCTION @extschema@.semantic_model_infer(schema text DEFAULT NULL) RETURNS jsonb
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_model_infer';
COMMENT ON FUNCTION @extschema@.semantic_model_infer(text) IS 'Infers a semantic model from the catalog';

-- Checks a model against the catalog: one row a problem, none when it is sound.
--   SELECT * FROM semantic_model_check('{"name": "m", "entities": []}');
CREATE FUNCTION @extschema@.semantic_model_check(model jsonb)
    RETURNS TABLE (sqlstate text, pointer text, message text, hint text)
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_model_check';
COMMENT ON FUNCTION @extschema@.semantic_model_check(jsonb) IS 'Lists all problems of a semantic model';

-- Stores a model as the next version of its name, makes that active, and returns its number.
--   SELECT semantic_model_save(semantic_model_infer('shop'));
CREATE FUNCTION @extschema@.semantic_model_save(model jsonb) RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_model_save';
COMMENT ON FUNCTION @extschema@.semantic_model_save(jsonb) IS 'Saves a semantic model as a new version';

-- Lists the versions of the models that the caller sees in the project; NULL: of every name.
--   SELECT * FROM semantic_model_versions('shop');
CREATE FUNCTION @extschema@.semantic_model_versions(model text DEFAULT NULL)
    RETURNS TABLE (name text, version integer, is_active boolean, owner name, saved_at timestamptz,
                   title text)
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_model_versions';
COMMENT ON FUNCTION @extschema@.semantic_model_versions(text) IS 'Lists stored versions of semantic models';

-- Makes another version of a model the active one; returns the number of the one that was, or NULL.
-- The caller's own model of that name, else that of a role that the caller is a member of.
--   SELECT semantic_model_activate('shop', 1);
CREATE FUNCTION @extschema@.semantic_model_activate(name text, version integer) RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_model_activate';
COMMENT ON FUNCTION @extschema@.semantic_model_activate(text, integer) IS 'Makes a version of a semantic model the active one';

-- Removes a version of a model, or all of them; returns how many. Without its active version a
-- model is used by no query until another one is activated.
--   SELECT semantic_model_drop('shop', 1);
CREATE FUNCTION @extschema@.semantic_model_drop(name text, version integer DEFAULT NULL)
    RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_model_drop';
COMMENT ON FUNCTION @extschema@.semantic_model_drop(text, integer) IS 'Removes a semantic model or one version of it';

-- Lists what changes from model a to model b. Members are matched by name; a pointer leads into b,
-- that of what was removed into a.
--   SELECT * FROM semantic_model_diff('{"name": "m", "title": "A"}', '{"name": "m", "title": "B"}');
CREATE FUNCTION @extschema@.semantic_model_diff(a jsonb, b jsonb)
    RETURNS TABLE (change text, pointer text, before jsonb, after jsonb)
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_model_diff';
COMMENT ON FUNCTION @extschema@.semantic_model_diff(jsonb, jsonb) IS 'Lists the differences of two semantic models';

-- The same between two versions of a stored model.
--   SELECT * FROM semantic_model_diff('shop', 1, 2);
CREATE FUNCTION @extschema@.semantic_model_diff(name text, a integer, b integer)
    RETURNS TABLE (change text, pointer text, before jsonb, after jsonb)
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_model_diff_versions';
COMMENT ON FUNCTION @extschema@.semantic_model_diff(text, integer, integer) IS 'Lists the differences of two versions of a model';

-- Answers a query: {"query", "sql", "data", "annotation", "row_count"[, "total"]}.
--   SELECT semantic_query('{"measures": ["orders.count"], "dimensions": ["orders.status"]}');
CREATE FUNCTION @extschema@.semantic_query(query jsonb) RETURNS jsonb
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_query';
COMMENT ON FUNCTION @extschema@.semantic_query(jsonb) IS 'Answers a semantic query in Cube''s query JSON';

-- The rows of a query as a set.
--   SELECT r ->> 'orders.status' FROM semantic_rows('{"dimensions": ["orders.status"]}') AS r;
CREATE FUNCTION @extschema@.semantic_rows(query jsonb) RETURNS SETOF jsonb
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_rows';
COMMENT ON FUNCTION @extschema@.semantic_rows(jsonb) IS 'Rows of a semantic query, one jsonb object each';

-- The SQL that a query means, not run.
--   SELECT semantic_sql('{"measures": ["orders.count"]}') \gexec
CREATE FUNCTION @extschema@.semantic_sql(query jsonb) RETURNS text
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_semantic_sql';
COMMENT ON FUNCTION @extschema@.semantic_sql(jsonb) IS 'SQL text of a semantic query';
