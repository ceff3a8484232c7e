-- Measured twins of built-in functions that never look whether they are cancelled.
--
-- One call of strpos on two texts of 100 MB runs for days, and neither statement_timeout nor a
-- cancel ends it; how large the texts are, is known when the statement runs. So the gate calls a
-- twin in place of the built-in, loupe._strpos for strpos: it has the same arguments, result and
-- properties, compares the sizes of its arguments with a limit (LP707 above it) and calls the
-- built-in with them. src/pg/validate/measure.hpp has the limits.
--   SELECT loupe._strpos('needle in a haystack', 'hay');

-- Their time grows with the product of the sizes of two arguments.
CREATE FUNCTION loupe._arraycontained(anyarray, anyarray) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._arraycontained(anyarray, anyarray)
    IS 'arraycontained, its arguments measured';

CREATE FUNCTION loupe._arraycontains(anyarray, anyarray) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._arraycontains(anyarray, anyarray)
    IS 'arraycontains, its arguments measured';

CREATE FUNCTION loupe._arrayoverlap(anyarray, anyarray) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._arrayoverlap(anyarray, anyarray)
    IS 'arrayoverlap, its arguments measured';

CREATE FUNCTION loupe._jsonb_contained(jsonb, jsonb) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._jsonb_contained(jsonb, jsonb)
    IS 'jsonb_contained, its arguments measured';

CREATE FUNCTION loupe._jsonb_contains(jsonb, jsonb) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._jsonb_contains(jsonb, jsonb) IS 'jsonb_contains, its arguments measured';

CREATE FUNCTION loupe._jsonb_exists_all(jsonb, text[]) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._jsonb_exists_all(jsonb, text[])
    IS 'jsonb_exists_all, its arguments measured';

CREATE FUNCTION loupe._jsonb_exists_any(jsonb, text[]) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._jsonb_exists_any(jsonb, text[])
    IS 'jsonb_exists_any, its arguments measured';

CREATE FUNCTION loupe._jsonb_delete(from_json jsonb, VARIADIC path_elems text[]) RETURNS jsonb
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._jsonb_delete(jsonb, text[]) IS 'jsonb_delete, its arguments measured';

CREATE FUNCTION loupe._position(bit, bit) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._position(bit, bit) IS 'position, its arguments measured';

CREATE FUNCTION loupe._position(bytea, bytea) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._position(bytea, bytea) IS 'position, its arguments measured';

CREATE FUNCTION loupe._position(text, text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._position(text, text) IS 'position, its arguments measured';

CREATE FUNCTION loupe._replace(text, text, text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._replace(text, text, text) IS 'replace, its arguments measured';

CREATE FUNCTION loupe._split_part(text, text, integer) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._split_part(text, text, integer) IS 'split_part, its arguments measured';

CREATE FUNCTION loupe._string_to_array(text, text) RETURNS text[]
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._string_to_array(text, text) IS 'string_to_array, its arguments measured';

CREATE FUNCTION loupe._string_to_array(text, text, text) RETURNS text[]
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._string_to_array(text, text, text)
    IS 'string_to_array, its arguments measured';

CREATE FUNCTION loupe._string_to_table(text, text) RETURNS SETOF text
    LANGUAGE c IMMUTABLE PARALLEL SAFE ROWS 1000
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._string_to_table(text, text) IS 'string_to_table, its arguments measured';

CREATE FUNCTION loupe._string_to_table(text, text, text) RETURNS SETOF text
    LANGUAGE c IMMUTABLE PARALLEL SAFE ROWS 1000
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._string_to_table(text, text, text)
    IS 'string_to_table, its arguments measured';

CREATE FUNCTION loupe._strpos(text, text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._strpos(text, text) IS 'strpos, its arguments measured';

-- Their time grows with the size of a text times the size of a set of characters.
CREATE FUNCTION loupe._btrim(bytea, bytea) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._btrim(bytea, bytea) IS 'btrim, its arguments measured';

CREATE FUNCTION loupe._btrim(text, text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._btrim(text, text) IS 'btrim, its arguments measured';

CREATE FUNCTION loupe._ltrim(bytea, bytea) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._ltrim(bytea, bytea) IS 'ltrim, its arguments measured';

CREATE FUNCTION loupe._ltrim(text, text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._ltrim(text, text) IS 'ltrim, its arguments measured';

CREATE FUNCTION loupe._rtrim(bytea, bytea) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._rtrim(bytea, bytea) IS 'rtrim, its arguments measured';

CREATE FUNCTION loupe._rtrim(text, text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._rtrim(text, text) IS 'rtrim, its arguments measured';

CREATE FUNCTION loupe._translate(text, text, text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._translate(text, text, text) IS 'translate, its arguments measured';

-- Their time grows with the square of a run of combining characters.
CREATE FUNCTION loupe._is_normalized(text, text DEFAULT 'NFC') RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._is_normalized(text, text) IS 'is_normalized, its arguments measured';

CREATE FUNCTION loupe._normalize(text, text DEFAULT 'NFC') RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._normalize(text, text) IS 'normalize, its arguments measured';

-- Their time grows with the product of the numbers of points of two figures.
CREATE FUNCTION loupe._path_distance(path, path) RETURNS double precision
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._path_distance(path, path) IS 'path_distance, its arguments measured';

CREATE FUNCTION loupe._path_inter(path, path) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._path_inter(path, path) IS 'path_inter, its arguments measured';

CREATE FUNCTION loupe._poly_contain(polygon, polygon) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._poly_contain(polygon, polygon) IS 'poly_contain, its arguments measured';

CREATE FUNCTION loupe._poly_contained(polygon, polygon) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._poly_contained(polygon, polygon)
    IS 'poly_contained, its arguments measured';

CREATE FUNCTION loupe._poly_distance(polygon, polygon) RETURNS double precision
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._poly_distance(polygon, polygon)
    IS 'poly_distance, its arguments measured';

CREATE FUNCTION loupe._poly_overlap(polygon, polygon) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._poly_overlap(polygon, polygon) IS 'poly_overlap, its arguments measured';

CREATE FUNCTION loupe._poly_same(polygon, polygon) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._poly_same(polygon, polygon) IS 'poly_same, its arguments measured';

-- They parse a text in a time that may grow with its square.
CREATE FUNCTION loupe._phraseto_tsquery(regconfig, text) RETURNS tsquery
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._phraseto_tsquery(regconfig, text)
    IS 'phraseto_tsquery, its arguments measured';

CREATE FUNCTION loupe._phraseto_tsquery(text) RETURNS tsquery
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._phraseto_tsquery(text) IS 'phraseto_tsquery, its arguments measured';

CREATE FUNCTION loupe._plainto_tsquery(regconfig, text) RETURNS tsquery
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._plainto_tsquery(regconfig, text)
    IS 'plainto_tsquery, its arguments measured';

CREATE FUNCTION loupe._plainto_tsquery(text) RETURNS tsquery
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._plainto_tsquery(text) IS 'plainto_tsquery, its arguments measured';

CREATE FUNCTION loupe._to_tsquery(regconfig, text) RETURNS tsquery
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._to_tsquery(regconfig, text) IS 'to_tsquery, its arguments measured';

CREATE FUNCTION loupe._to_tsquery(text) RETURNS tsquery
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._to_tsquery(text) IS 'to_tsquery, its arguments measured';

CREATE FUNCTION loupe._websearch_to_tsquery(regconfig, text) RETURNS tsquery
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._websearch_to_tsquery(regconfig, text)
    IS 'websearch_to_tsquery, its arguments measured';

CREATE FUNCTION loupe._websearch_to_tsquery(text) RETURNS tsquery
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._websearch_to_tsquery(text)
    IS 'websearch_to_tsquery, its arguments measured';

CREATE FUNCTION loupe._xml(text) RETURNS xml
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._xml(text) IS 'xml, its arguments measured';

CREATE FUNCTION loupe._xml_is_well_formed(text) RETURNS boolean
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._xml_is_well_formed(text) IS 'xml_is_well_formed, its arguments measured';

CREATE FUNCTION loupe._xml_is_well_formed_content(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._xml_is_well_formed_content(text)
    IS 'xml_is_well_formed_content, its arguments measured';

CREATE FUNCTION loupe._xml_is_well_formed_document(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._xml_is_well_formed_document(text)
    IS 'xml_is_well_formed_document, its arguments measured';

-- Their time grows with the square of the terms of the query.
CREATE FUNCTION loupe._ts_rank(real[], tsvector, tsquery) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._ts_rank(real[], tsvector, tsquery) IS 'ts_rank, its arguments measured';

CREATE FUNCTION loupe._ts_rank(real[], tsvector, tsquery, integer) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._ts_rank(real[], tsvector, tsquery, integer)
    IS 'ts_rank, its arguments measured';

CREATE FUNCTION loupe._ts_rank(tsvector, tsquery) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._ts_rank(tsvector, tsquery) IS 'ts_rank, its arguments measured';

CREATE FUNCTION loupe._ts_rank(tsvector, tsquery, integer) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._ts_rank(tsvector, tsquery, integer) IS 'ts_rank, its arguments measured';

CREATE FUNCTION loupe._ts_rank_cd(real[], tsvector, tsquery) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._ts_rank_cd(real[], tsvector, tsquery)
    IS 'ts_rank_cd, its arguments measured';

CREATE FUNCTION loupe._ts_rank_cd(real[], tsvector, tsquery, integer) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._ts_rank_cd(real[], tsvector, tsquery, integer)
    IS 'ts_rank_cd, its arguments measured';

CREATE FUNCTION loupe._ts_rank_cd(tsvector, tsquery) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._ts_rank_cd(tsvector, tsquery) IS 'ts_rank_cd, its arguments measured';

CREATE FUNCTION loupe._ts_rank_cd(tsvector, tsquery, integer) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._ts_rank_cd(tsvector, tsquery, integer)
    IS 'ts_rank_cd, its arguments measured';

-- What an XPath costs grows with the document; the path itself is judged before it runs.
CREATE FUNCTION loupe._xmlexists(text, xml) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._xmlexists(text, xml) IS 'xmlexists, its arguments measured';

CREATE FUNCTION loupe._xpath(text, xml) RETURNS xml[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._xpath(text, xml) IS 'xpath, its arguments measured';

CREATE FUNCTION loupe._xpath(text, xml, text[]) RETURNS xml[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._xpath(text, xml, text[]) IS 'xpath, its arguments measured';

CREATE FUNCTION loupe._xpath_exists(text, xml) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._xpath_exists(text, xml) IS 'xpath_exists, its arguments measured';

CREATE FUNCTION loupe._xpath_exists(text, xml, text[]) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._xpath_exists(text, xml, text[])
    IS 'xpath_exists, its arguments measured';

-- Their time grows with the product of the sizes of text and pattern. The support functions of the
-- originals make index conditions and estimates of the calls as well.
CREATE FUNCTION loupe._bpchariclike(character, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE SUPPORT pg_catalog.texticlike_support
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._bpchariclike(character, text) IS 'bpchariclike, its arguments measured';

CREATE FUNCTION loupe._bpcharicnlike(character, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._bpcharicnlike(character, text)
    IS 'bpcharicnlike, its arguments measured';

CREATE FUNCTION loupe._bpcharlike(character, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE SUPPORT pg_catalog.textlike_support
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._bpcharlike(character, text) IS 'bpcharlike, its arguments measured';

CREATE FUNCTION loupe._bpcharnlike(character, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._bpcharnlike(character, text) IS 'bpcharnlike, its arguments measured';

CREATE FUNCTION loupe._bytealike(bytea, bytea) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE SUPPORT pg_catalog.textlike_support
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._bytealike(bytea, bytea) IS 'bytealike, its arguments measured';

CREATE FUNCTION loupe._byteanlike(bytea, bytea) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._byteanlike(bytea, bytea) IS 'byteanlike, its arguments measured';

CREATE FUNCTION loupe._like(bytea, bytea) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE SUPPORT pg_catalog.textlike_support
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._like(bytea, bytea) IS 'like, its arguments measured';

CREATE FUNCTION loupe._like(name, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE SUPPORT pg_catalog.textlike_support
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._like(name, text) IS 'like, its arguments measured';

CREATE FUNCTION loupe._like(text, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE SUPPORT pg_catalog.textlike_support
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._like(text, text) IS 'like, its arguments measured';

CREATE FUNCTION loupe._like_escape(bytea, bytea) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._like_escape(bytea, bytea) IS 'like_escape, its arguments measured';

CREATE FUNCTION loupe._like_escape(text, text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._like_escape(text, text) IS 'like_escape, its arguments measured';

CREATE FUNCTION loupe._nameiclike(name, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE SUPPORT pg_catalog.texticlike_support
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._nameiclike(name, text) IS 'nameiclike, its arguments measured';

CREATE FUNCTION loupe._nameicnlike(name, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._nameicnlike(name, text) IS 'nameicnlike, its arguments measured';

CREATE FUNCTION loupe._namelike(name, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE SUPPORT pg_catalog.textlike_support
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._namelike(name, text) IS 'namelike, its arguments measured';

CREATE FUNCTION loupe._namenlike(name, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._namenlike(name, text) IS 'namenlike, its arguments measured';

CREATE FUNCTION loupe._notlike(bytea, bytea) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._notlike(bytea, bytea) IS 'notlike, its arguments measured';

CREATE FUNCTION loupe._notlike(name, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._notlike(name, text) IS 'notlike, its arguments measured';

CREATE FUNCTION loupe._notlike(text, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._notlike(text, text) IS 'notlike, its arguments measured';

CREATE FUNCTION loupe._texticlike(text, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE SUPPORT pg_catalog.texticlike_support
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._texticlike(text, text) IS 'texticlike, its arguments measured';

CREATE FUNCTION loupe._texticnlike(text, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._texticnlike(text, text) IS 'texticnlike, its arguments measured';

CREATE FUNCTION loupe._textlike(text, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE SUPPORT pg_catalog.textlike_support
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._textlike(text, text) IS 'textlike, its arguments measured';

CREATE FUNCTION loupe._textnlike(text, text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_measured_call';
COMMENT ON FUNCTION loupe._textnlike(text, text) IS 'textnlike, its arguments measured';

-- The planner turns NOT (a LIKE b) into the negator of the operator and looks its function up anew.
-- So the gate puts these operators in the place of those of LIKE; their negators are measured too.
CREATE OPERATOR loupe.~~ (
    FUNCTION = loupe._bytealike, LEFTARG = bytea, RIGHTARG = bytea,
    NEGATOR = OPERATOR(loupe.!~~),
    RESTRICT = pg_catalog.likesel, JOIN = pg_catalog.likejoinsel);
COMMENT ON OPERATOR loupe.~~ (bytea, bytea) IS '~~, its arguments measured';

CREATE OPERATOR loupe.!~~ (
    FUNCTION = loupe._byteanlike, LEFTARG = bytea, RIGHTARG = bytea,
    NEGATOR = OPERATOR(loupe.~~),
    RESTRICT = pg_catalog.nlikesel, JOIN = pg_catalog.nlikejoinsel);
COMMENT ON OPERATOR loupe.!~~ (bytea, bytea) IS '!~~, its arguments measured';

CREATE OPERATOR loupe.~~ (
    FUNCTION = loupe._namelike, LEFTARG = name, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.!~~),
    RESTRICT = pg_catalog.likesel, JOIN = pg_catalog.likejoinsel);
COMMENT ON OPERATOR loupe.~~ (name, text) IS '~~, its arguments measured';

CREATE OPERATOR loupe.!~~ (
    FUNCTION = loupe._namenlike, LEFTARG = name, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.~~),
    RESTRICT = pg_catalog.nlikesel, JOIN = pg_catalog.nlikejoinsel);
COMMENT ON OPERATOR loupe.!~~ (name, text) IS '!~~, its arguments measured';

CREATE OPERATOR loupe.~~* (
    FUNCTION = loupe._nameiclike, LEFTARG = name, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.!~~*),
    RESTRICT = pg_catalog.iclikesel, JOIN = pg_catalog.iclikejoinsel);
COMMENT ON OPERATOR loupe.~~* (name, text) IS '~~*, its arguments measured';

CREATE OPERATOR loupe.!~~* (
    FUNCTION = loupe._nameicnlike, LEFTARG = name, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.~~*),
    RESTRICT = pg_catalog.icnlikesel, JOIN = pg_catalog.icnlikejoinsel);
COMMENT ON OPERATOR loupe.!~~* (name, text) IS '!~~*, its arguments measured';

CREATE OPERATOR loupe.~~ (
    FUNCTION = loupe._textlike, LEFTARG = text, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.!~~),
    RESTRICT = pg_catalog.likesel, JOIN = pg_catalog.likejoinsel);
COMMENT ON OPERATOR loupe.~~ (text, text) IS '~~, its arguments measured';

CREATE OPERATOR loupe.!~~ (
    FUNCTION = loupe._textnlike, LEFTARG = text, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.~~),
    RESTRICT = pg_catalog.nlikesel, JOIN = pg_catalog.nlikejoinsel);
COMMENT ON OPERATOR loupe.!~~ (text, text) IS '!~~, its arguments measured';

CREATE OPERATOR loupe.~~* (
    FUNCTION = loupe._texticlike, LEFTARG = text, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.!~~*),
    RESTRICT = pg_catalog.iclikesel, JOIN = pg_catalog.iclikejoinsel);
COMMENT ON OPERATOR loupe.~~* (text, text) IS '~~*, its arguments measured';

CREATE OPERATOR loupe.!~~* (
    FUNCTION = loupe._texticnlike, LEFTARG = text, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.~~*),
    RESTRICT = pg_catalog.icnlikesel, JOIN = pg_catalog.icnlikejoinsel);
COMMENT ON OPERATOR loupe.!~~* (text, text) IS '!~~*, its arguments measured';

CREATE OPERATOR loupe.~~ (
    FUNCTION = loupe._bpcharlike, LEFTARG = character, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.!~~),
    RESTRICT = pg_catalog.likesel, JOIN = pg_catalog.likejoinsel);
COMMENT ON OPERATOR loupe.~~ (character, text) IS '~~, its arguments measured';

CREATE OPERATOR loupe.!~~ (
    FUNCTION = loupe._bpcharnlike, LEFTARG = character, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.~~),
    RESTRICT = pg_catalog.nlikesel, JOIN = pg_catalog.nlikejoinsel);
COMMENT ON OPERATOR loupe.!~~ (character, text) IS '!~~, its arguments measured';

CREATE OPERATOR loupe.~~* (
    FUNCTION = loupe._bpchariclike, LEFTARG = character, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.!~~*),
    RESTRICT = pg_catalog.iclikesel, JOIN = pg_catalog.iclikejoinsel);
COMMENT ON OPERATOR loupe.~~* (character, text) IS '~~*, its arguments measured';

CREATE OPERATOR loupe.!~~* (
    FUNCTION = loupe._bpcharicnlike, LEFTARG = character, RIGHTARG = text,
    NEGATOR = OPERATOR(loupe.~~*),
    RESTRICT = pg_catalog.icnlikesel, JOIN = pg_catalog.icnlikejoinsel);
COMMENT ON OPERATOR loupe.!~~* (character, text) IS '!~~*, its arguments measured';
