-- What the gate may let through, whom it limits, and what it has run: approvals of functions and
-- relations, limits by role and project, the record of statements.
--
-- Approvals keep names, never OIDs, so that they survive pg_dump and pg_upgrade, and a fingerprint
-- of what was approved, so that a definition that changes afterwards is approved no longer.

-- Tells what a function is called and what it is: fingerprint is a hash over its definition and
-- its owner. One row of NULLs when it does not exist.
--   SELECT * FROM loupe._function_identity('lower(text)'::regprocedure);
CREATE FUNCTION loupe._function_identity(
    function oid,
    OUT schema_name text, OUT function_name text, OUT argument_types text, OUT fingerprint text)
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_function_identity';
COMMENT ON FUNCTION loupe._function_identity(oid)
    IS 'Name and fingerprint of a function';

-- Tells what a relation is called and what it is, as _function_identity does.
--   SELECT * FROM loupe._relation_identity('pg_class'::regclass);
CREATE FUNCTION loupe._relation_identity(
    relation oid,
    OUT schema_name text, OUT relation_name text, OUT fingerprint text)
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_relation_identity';
COMMENT ON FUNCTION loupe._relation_identity(oid)
    IS 'Name and fingerprint of a relation';

-- Tells whether the caller owns a function, by its rights as a member of the owner.
--   SELECT loupe._owns_function('lower(text)'::regprocedure);
CREATE FUNCTION loupe._owns_function(function regprocedure) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    RETURN EXISTS (SELECT FROM pg_catalog.pg_proc p
                   WHERE p.oid = function AND pg_catalog.pg_has_role(p.proowner, 'USAGE'));
COMMENT ON FUNCTION loupe._owns_function(regprocedure) IS 'Whether the caller owns the function';

-- Tells whether a relation is of a kind that needs approval: a foreign table or a system catalog.
--   SELECT loupe._needs_approval('pg_class'::regclass);
CREATE FUNCTION loupe._needs_approval(relation regclass) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    RETURN EXISTS (
        SELECT FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = relation
          AND (c.relkind = 'f' OR n.nspname IN ('pg_catalog', 'information_schema')));
COMMENT ON FUNCTION loupe._needs_approval(regclass)
    IS 'Whether the gate reads the relation only when approved';

-- Tells whether the caller owns a relation, by its rights as a member of the owner.
--   SELECT loupe._owns_relation('pg_class'::regclass);
CREATE FUNCTION loupe._owns_relation(relation regclass) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    RETURN EXISTS (SELECT FROM pg_catalog.pg_class c
                   WHERE c.oid = relation AND pg_catalog.pg_has_role(c.relowner, 'USAGE'));
COMMENT ON FUNCTION loupe._owns_relation(regclass) IS 'Whether the caller owns the relation';

-- Gives the number of the project that loupe.project names.
--   SELECT loupe._current_project();
CREATE FUNCTION loupe._current_project() RETURNS bigint
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_current_project';
COMMENT ON FUNCTION loupe._current_project() IS 'Number of the project in use';

-- Functions that gated SQL may call besides the reviewed built-in ones.
-- Whom a row binds: an approval counts for the role that gave it, and for everybody when that role
-- is a superuser or owns the database. Nobody can make others run their function.
CREATE TABLE loupe.approved_function (
    project_id bigint NOT NULL DEFAULT 1 REFERENCES loupe.project (id) ON DELETE CASCADE,
    schema_name text NOT NULL,
    function_name text NOT NULL,
    argument_types text NOT NULL,
    approved_by name NOT NULL DEFAULT CURRENT_USER,
    approved_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
    fingerprint text NOT NULL,
    note text,
    PRIMARY KEY (project_id, schema_name, function_name, argument_types, approved_by)
);
COMMENT ON TABLE loupe.approved_function IS 'Functions that gated SQL may call';
COMMENT ON COLUMN loupe.approved_function.argument_types IS 'Input types by full name';
COMMENT ON COLUMN loupe.approved_function.approved_by IS 'Role that answers for it';
COMMENT ON COLUMN loupe.approved_function.fingerprint IS 'Of the definition that was approved';
COMMENT ON COLUMN loupe.approved_function.note IS 'Why';

ALTER TABLE loupe.approved_function ENABLE ROW LEVEL SECURITY;
CREATE POLICY approved_function_read ON loupe.approved_function FOR SELECT
    USING (loupe._is_member_of(approved_by) OR loupe._is_trusted_owner(approved_by));
CREATE POLICY approved_function_insert ON loupe.approved_function FOR INSERT
    WITH CHECK (approved_by = CURRENT_USER
                AND loupe._owns_function(pg_catalog.to_regprocedure(pg_catalog.format(
                    '%I.%I(%s)', schema_name, function_name, argument_types))));
CREATE POLICY approved_function_delete ON loupe.approved_function FOR DELETE
    USING (loupe._is_member_of(approved_by));
REVOKE ALL ON loupe.approved_function FROM PUBLIC;
GRANT SELECT, INSERT, DELETE ON loupe.approved_function TO PUBLIC;

-- Foreign tables and system catalogs that gated SQL may read; bound like approved functions.
CREATE TABLE loupe.approved_relation (
    project_id bigint NOT NULL DEFAULT 1 REFERENCES loupe.project (id) ON DELETE CASCADE,
    schema_name text NOT NULL,
    relation_name text NOT NULL,
    approved_by name NOT NULL DEFAULT CURRENT_USER,
    approved_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
    fingerprint text NOT NULL,
    note text,
    PRIMARY KEY (project_id, schema_name, relation_name, approved_by)
);
COMMENT ON TABLE loupe.approved_relation
    IS 'Foreign tables and catalogs that gated SQL may read';
COMMENT ON COLUMN loupe.approved_relation.approved_by IS 'Role that answers for it';
COMMENT ON COLUMN loupe.approved_relation.fingerprint IS 'Of the definition that was approved';
COMMENT ON COLUMN loupe.approved_relation.note IS 'Why';

ALTER TABLE loupe.approved_relation ENABLE ROW LEVEL SECURITY;
CREATE POLICY approved_relation_read ON loupe.approved_relation FOR SELECT
    USING (loupe._is_member_of(approved_by) OR loupe._is_trusted_owner(approved_by));
CREATE POLICY approved_relation_insert ON loupe.approved_relation FOR INSERT
    WITH CHECK (approved_by = CURRENT_USER
                AND loupe._owns_relation(pg_catalog.to_regclass(pg_catalog.format(
                    '%I.%I', schema_name, relation_name))));
CREATE POLICY approved_relation_delete ON loupe.approved_relation FOR DELETE
    USING (loupe._is_member_of(approved_by));
REVOKE ALL ON loupe.approved_relation FROM PUBLIC;
GRANT SELECT, INSERT, DELETE ON loupe.approved_relation TO PUBLIC;

-- Limits that bind a role, or all roles, in one project or in all of them. NULL restricts nothing.
-- Of the settings and of all rows that match a caller the strictest value counts, and the schemas
-- that all of them allow. Anybody may SET loupe.project, so a limit that must hold names none.
-- Superusers and the owner of the database write here; a superuser is bound by rows for all roles.
CREATE TABLE loupe.policy (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    project_id bigint REFERENCES loupe.project (id) ON DELETE CASCADE,
    role_name name,
    allowed_schemas text[] CHECK (pg_catalog.array_position(allowed_schemas, NULL) IS NULL),
    max_cost float8 CHECK (max_cost > 0 AND max_cost < 'Infinity'),
    statement_timeout interval
        CHECK (statement_timeout BETWEEN interval '1 ms' AND interval '24 days'),
    plan_timeout interval CHECK (plan_timeout BETWEEN interval '1 ms' AND interval '24 days'),
    max_rows bigint CHECK (max_rows > 0),
    max_bytes bigint CHECK (max_bytes >= 1024),
    work_mem bigint CHECK (work_mem >= 65536),
    temp_limit bigint CHECK (temp_limit >= 0),
    memory_limit bigint CHECK (memory_limit >= 1048576),
    UNIQUE NULLS NOT DISTINCT (project_id, role_name)
);
COMMENT ON TABLE loupe.policy IS 'Limits of gated SQL by role and project';
COMMENT ON COLUMN loupe.policy.project_id IS 'NULL: every project';
COMMENT ON COLUMN loupe.policy.role_name IS 'Binds its members; NULL: every role';
COMMENT ON COLUMN loupe.policy.allowed_schemas IS 'Schemas that may be read';
COMMENT ON COLUMN loupe.policy.max_cost IS 'In the planner''s units';
COMMENT ON COLUMN loupe.policy.max_bytes IS 'Bytes of a result';
COMMENT ON COLUMN loupe.policy.work_mem IS 'Bytes of one sort or hash';
COMMENT ON COLUMN loupe.policy.temp_limit IS 'Bytes of temporary files';
COMMENT ON COLUMN loupe.policy.memory_limit IS 'Bytes that a run may take in memory';

ALTER TABLE loupe.policy ENABLE ROW LEVEL SECURITY;
CREATE POLICY policy_read ON loupe.policy FOR SELECT
    USING (role_name IS NULL OR loupe._is_member_of(role_name));
CREATE POLICY policy_owner ON loupe.policy TO pg_database_owner USING (true) WITH CHECK (true);
REVOKE ALL ON loupe.policy FROM PUBLIC;
GRANT SELECT ON loupe.policy TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON loupe.policy TO pg_database_owner;

-- Tells every backend that rows have changed of which it may keep a copy: approvals, limits,
-- semantic models. Before the statement too: a function that runs inside of it may read, and its
-- rows must be forgotten when the statement fails.
--   CREATE TRIGGER ... EXECUTE FUNCTION loupe._table_changed();
CREATE FUNCTION loupe._table_changed() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_table_changed';
COMMENT ON FUNCTION loupe._table_changed() IS 'Makes backends read the table again';
REVOKE ALL ON FUNCTION loupe._table_changed() FROM PUBLIC;

CREATE TRIGGER policy_changes BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON loupe.policy EXECUTE FUNCTION loupe._table_changed();
CREATE TRIGGER policy_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON loupe.policy EXECUTE FUNCTION loupe._table_changed();
CREATE TRIGGER policy_changes BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON loupe.approved_function EXECUTE FUNCTION loupe._table_changed();
CREATE TRIGGER policy_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON loupe.approved_function EXECUTE FUNCTION loupe._table_changed();
CREATE TRIGGER policy_changes BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON loupe.approved_relation EXECUTE FUNCTION loupe._table_changed();
CREATE TRIGGER policy_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON loupe.approved_relation EXECUTE FUNCTION loupe._table_changed();
CREATE TRIGGER policy_changes BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON loupe.project EXECUTE FUNCTION loupe._table_changed();
CREATE TRIGGER policy_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON loupe.project EXECUTE FUNCTION loupe._table_changed();

-- Replication and restores that switch triggers off must not hide a change.
ALTER TABLE loupe.policy ENABLE ALWAYS TRIGGER policy_changes;
ALTER TABLE loupe.policy ENABLE ALWAYS TRIGGER policy_changed;
ALTER TABLE loupe.approved_function ENABLE ALWAYS TRIGGER policy_changes;
ALTER TABLE loupe.approved_function ENABLE ALWAYS TRIGGER policy_changed;
ALTER TABLE loupe.approved_relation ENABLE ALWAYS TRIGGER policy_changes;
ALTER TABLE loupe.approved_relation ENABLE ALWAYS TRIGGER policy_changed;
ALTER TABLE loupe.project ENABLE ALWAYS TRIGGER policy_changes;
ALTER TABLE loupe.project ENABLE ALWAYS TRIGGER policy_changed;

-- What the gate has run or refused, written by a background worker, so that a ROLLBACK does not
-- take it back. Nobody has a right to write here.
CREATE TABLE loupe.statement (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    project_id bigint REFERENCES loupe.project (id) ON DELETE SET NULL,
    role_name name NOT NULL,
    session_user_name name NOT NULL,
    purpose text NOT NULL,
    sql text NOT NULL,
    relations text[] NOT NULL,
    accepted boolean NOT NULL,
    rule text,
    sqlstate text,
    row_count bigint,
    duration_ms float8 NOT NULL,
    backend_pid integer NOT NULL,
    application_name text NOT NULL
);
CREATE INDEX statement_at ON loupe.statement (at);
CREATE INDEX statement_project ON loupe.statement (project_id);
COMMENT ON TABLE loupe.statement IS 'What the gate has run and refused';
COMMENT ON COLUMN loupe.statement.at IS 'When it began';
COMMENT ON COLUMN loupe.statement.project_id IS 'NULL: loupe.project named none that exists';
COMMENT ON COLUMN loupe.statement.role_name IS 'Whose rights counted';
COMMENT ON COLUMN loupe.statement.purpose IS 'What asked for it: ask, semantic, chart, ...';
COMMENT ON COLUMN loupe.statement.sql IS 'Its text, at most 8 kB of it';
COMMENT ON COLUMN loupe.statement.relations IS 'Relations that it reads';
COMMENT ON COLUMN loupe.statement.accepted IS 'Whether the gate let it run';
COMMENT ON COLUMN loupe.statement.rule IS 'Rule that refused it';
COMMENT ON COLUMN loupe.statement.sqlstate IS 'Error that ended it; NULL: none';
COMMENT ON COLUMN loupe.statement.row_count IS 'NULL: it did not come to an end';

-- The roles are looked up once a query, not once a row: this table grows long.
ALTER TABLE loupe.statement ENABLE ROW LEVEL SECURITY;
CREATE POLICY statement_read ON loupe.statement FOR SELECT
    USING (role_name IN (SELECT r.rolname FROM pg_catalog.pg_roles AS r
                         WHERE pg_catalog.pg_has_role(r.oid, 'MEMBER')));
CREATE POLICY statement_owner ON loupe.statement FOR SELECT TO pg_database_owner USING (true);
REVOKE ALL ON loupe.statement FROM PUBLIC;
GRANT SELECT ON loupe.statement TO PUBLIC;

-- pg_dump carries approvals and limits; the record of statements belongs to this server.
SELECT pg_catalog.pg_extension_config_dump('loupe.approved_function', '');
SELECT pg_catalog.pg_extension_config_dump('loupe.approved_relation', '');
SELECT pg_catalog.pg_extension_config_dump('loupe.policy', '');
SELECT pg_catalog.pg_extension_config_dump('loupe.policy_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('loupe.statement', 'WHERE false');
SELECT pg_catalog.pg_extension_config_dump('loupe.statement_id_seq', '');

-- Lets gated SQL call a function, as it is defined now; CREATE OR REPLACE or another owner ends the
-- approval. Its owner or a superuser may do this. The approval counts in the project of
-- loupe.project, for the caller alone, or for everybody when the caller is a superuser or owns the
-- database.
--   SELECT loupe.approve_function('shop.net_price(numeric)', 'plain arithmetic');
CREATE FUNCTION loupe.approve_function(function regprocedure, note text DEFAULT NULL)
    RETURNS void
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
BEGIN
    IF function IS NULL THEN
        RAISE EXCEPTION 'argument "function" must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT loupe._owns_function(function) THEN
        RAISE EXCEPTION 'must be owner of function "%"', function
            USING ERRCODE = 'insufficient_privilege',
                  HINT = 'Its owner or a superuser may approve it.';
    END IF;
    DELETE FROM loupe.approved_function AS a
    USING loupe._function_identity(function) AS i
    WHERE a.project_id = loupe._current_project() AND a.schema_name = i.schema_name
      AND a.function_name = i.function_name AND a.argument_types = i.argument_types
      AND a.approved_by = CURRENT_USER;
    INSERT INTO loupe.approved_function
        (project_id, schema_name, function_name, argument_types, fingerprint, note)
    SELECT loupe._current_project(), i.schema_name, i.function_name, i.argument_types,
           i.fingerprint, approve_function.note
    FROM loupe._function_identity(function) AS i;
END $$;
COMMENT ON FUNCTION loupe.approve_function(regprocedure, text)
    IS 'Lets gated SQL call a function of the caller';

-- Takes approvals of a function back: those given by roles that the caller is a member of. Tells
-- whether there was one.
--   SELECT loupe.revoke_function('shop.net_price(numeric)');
CREATE FUNCTION loupe.revoke_function(function regprocedure, OUT revoked boolean)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
BEGIN
    DELETE FROM loupe.approved_function AS a
    USING loupe._function_identity(function) AS i
    WHERE a.project_id = loupe._current_project() AND a.schema_name = i.schema_name
      AND a.function_name = i.function_name AND a.argument_types = i.argument_types;
    revoked := FOUND;
END $$;
COMMENT ON FUNCTION loupe.revoke_function(regprocedure) IS 'Takes the approval of a function back';

-- Approves every function of an installed extension and tells how many there are. Read the list of
-- what it can do first: some extensions open files or connections.
--   SELECT loupe.approve_extension('fuzzystrmatch', 'no side effects');
CREATE FUNCTION loupe.approve_extension(
    extension name, note text DEFAULT NULL, OUT approved integer)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension AS e WHERE e.extname = extension) THEN
        RAISE EXCEPTION 'extension "%" does not exist', extension
            USING ERRCODE = 'undefined_object';
    END IF;
    PERFORM loupe.approve_function(p.oid, approve_extension.note)
    FROM pg_extension AS e
    JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
        AND d.deptype = 'e' AND d.classid = 'pg_proc'::regclass
    JOIN pg_proc AS p ON p.oid = d.objid
    WHERE e.extname = extension AND p.prokind <> 'p';
    GET DIAGNOSTICS approved = ROW_COUNT;
END $$;
COMMENT ON FUNCTION loupe.approve_extension(name, text)
    IS 'Lets gated SQL call all functions of an extension';

-- Lets gated SQL read a foreign table, as it is defined now, or, for superusers, a system catalog.
-- Whom it binds is as for approve_function; privileges and row-level security stay in force.
--   SELECT loupe.approve_relation('pg_catalog.pg_timezone_names');
CREATE FUNCTION loupe.approve_relation(relation regclass, note text DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
BEGIN
    IF relation IS NULL THEN
        RAISE EXCEPTION 'argument "relation" must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT loupe._owns_relation(relation) THEN
        RAISE EXCEPTION 'must be owner of relation "%"', relation
            USING ERRCODE = 'insufficient_privilege',
                  HINT = 'Its owner or a superuser may approve it.';
    END IF;
    IF NOT loupe._needs_approval(relation) THEN
        RAISE EXCEPTION 'relation "%" needs no approval', relation
            USING ERRCODE = 'wrong_object_type',
                  HINT = 'Only foreign tables and system catalogs are closed to gated SQL.';
    END IF;
    DELETE FROM loupe.approved_relation AS a
    USING loupe._relation_identity(relation) AS i
    WHERE a.project_id = loupe._current_project() AND a.schema_name = i.schema_name
      AND a.relation_name = i.relation_name AND a.approved_by = CURRENT_USER;
    INSERT INTO loupe.approved_relation
        (project_id, schema_name, relation_name, fingerprint, note)
    SELECT loupe._current_project(), i.schema_name, i.relation_name, i.fingerprint,
           approve_relation.note
    FROM loupe._relation_identity(relation) AS i;
END $$;
COMMENT ON FUNCTION loupe.approve_relation(regclass, text)
    IS 'Lets gated SQL read a foreign table or system catalog';

-- Takes approvals of a relation back, as revoke_function does.
--   SELECT loupe.revoke_relation('pg_catalog.pg_timezone_names');
CREATE FUNCTION loupe.revoke_relation(relation regclass, OUT revoked boolean)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
BEGIN
    DELETE FROM loupe.approved_relation AS a
    USING loupe._relation_identity(relation) AS i
    WHERE a.project_id = loupe._current_project() AND a.schema_name = i.schema_name
      AND a.relation_name = i.relation_name;
    revoked := FOUND;
END $$;
COMMENT ON FUNCTION loupe.revoke_relation(regclass) IS 'Takes the approval of a relation back';

-- Tells whether gated SQL of the caller may call a function because it is approved.
--   SELECT loupe.is_approved_function('shop.net_price(numeric)');
CREATE FUNCTION loupe.is_approved_function(function regprocedure) RETURNS boolean
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_is_approved_function';
COMMENT ON FUNCTION loupe.is_approved_function(regprocedure)
    IS 'Whether an approval of the function counts for the caller';

-- Tells whether gated SQL of the caller may read a relation because it is approved.
--   SELECT loupe.is_approved_relation('pg_catalog.pg_timezone_names');
CREATE FUNCTION loupe.is_approved_relation(relation regclass) RETURNS boolean
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_is_approved_relation';
COMMENT ON FUNCTION loupe.is_approved_relation(regclass)
    IS 'Whether an approval of the relation counts for the caller';

-- Sets all limits of a role (NULL: of every role) in a project (NULL: in all of them); what is not
-- given is not restricted. Sizes are written as in pg_size_bytes. To end it, DELETE the row.
--   SELECT loupe.set_policy('pg_monitor', statement_timeout => '10 s', max_bytes => '16 MB');
CREATE FUNCTION loupe.set_policy(
    role_name name,
    project text DEFAULT NULL,
    allowed_schemas text[] DEFAULT NULL,
    max_cost float8 DEFAULT NULL,
    statement_timeout interval DEFAULT NULL,
    plan_timeout interval DEFAULT NULL,
    max_rows bigint DEFAULT NULL,
    max_bytes text DEFAULT NULL,
    work_mem text DEFAULT NULL,
    temp_limit text DEFAULT NULL,
    memory_limit text DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
    SET search_path = pg_catalog, pg_temp
    AS $$
#variable_conflict use_column
DECLARE
    project_number bigint;
BEGIN
    IF set_policy.role_name IS NOT NULL
       AND NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = set_policy.role_name) THEN
        RAISE EXCEPTION 'role "%" does not exist', set_policy.role_name
            USING ERRCODE = 'undefined_object';
    END IF;
    SELECT p.id INTO project_number FROM loupe.project AS p WHERE p.name = set_policy.project;
    IF set_policy.project IS NOT NULL AND project_number IS NULL THEN
        RAISE EXCEPTION 'project "%" does not exist', set_policy.project
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Name "default" or a known project, or none for all of them.';
    END IF;
    DELETE FROM loupe.policy AS p
    WHERE p.role_name IS NOT DISTINCT FROM set_policy.role_name
      AND p.project_id IS NOT DISTINCT FROM project_number;
    INSERT INTO loupe.policy (project_id, role_name, allowed_schemas, max_cost, statement_timeout,
        plan_timeout, max_rows, max_bytes, work_mem, temp_limit, memory_limit)
    VALUES (project_number, set_policy.role_name, set_policy.allowed_schemas,
        set_policy.max_cost, set_policy.statement_timeout, set_policy.plan_timeout,
        set_policy.max_rows, pg_size_bytes(set_policy.max_bytes),
        pg_size_bytes(set_policy.work_mem), pg_size_bytes(set_policy.temp_limit),
        pg_size_bytes(set_policy.memory_limit));
END $$;
COMMENT ON FUNCTION loupe.set_policy(name, text, text[], float8, interval, interval, bigint, text,
    text, text, text) IS 'Sets the limits of a role';
REVOKE ALL ON FUNCTION loupe.set_policy(name, text, text[], float8, interval, interval, bigint,
    text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION loupe.set_policy(name, text, text[], float8, interval, interval, bigint,
    text, text, text, text) TO pg_database_owner;

-- Gives the limits that the tables set for the caller in the project in use; a NULL: none.
--   SELECT * FROM loupe.current_policy();
CREATE FUNCTION loupe.current_policy(
    OUT allowed_schemas text[], OUT max_cost float8, OUT statement_timeout interval,
    OUT plan_timeout interval, OUT max_rows bigint, OUT max_bytes bigint, OUT work_mem bigint,
    OUT temp_limit bigint, OUT memory_limit bigint)
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_current_policy';
COMMENT ON FUNCTION loupe.current_policy() IS 'Limits that policies set for the caller';

-- Hands what this session has to record to the writer and waits until it is in loupe.statement, for
-- ten seconds at most. Tells whether all of it is there.
--   SELECT loupe.statement_flush();
CREATE FUNCTION loupe.statement_flush() RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_statement_flush';
COMMENT ON FUNCTION loupe.statement_flush() IS 'Writes pending records of gated statements now';

-- Deletes records that are older than the given time, by default than loupe.log_retention, and
-- tells how many. For superusers and the owner of the database.
--   SELECT loupe.statement_purge('7 days');
CREATE FUNCTION loupe.statement_purge(older_than interval DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_statement_purge';
COMMENT ON FUNCTION loupe.statement_purge(interval) IS 'Deletes old records of gated statements';
REVOKE ALL ON FUNCTION loupe.statement_purge(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION loupe.statement_purge(interval) TO pg_database_owner;
