-- Questions in plain language.

CREATE TYPE loupe.answer AS (
    id bigint,
    status text,
    question text,
    engine text,
    interpretation text,
    sql text,
    columns jsonb,
    rows jsonb,
    row_count bigint,
    answer text,
    chart jsonb,
    confidence float8,
    alternatives jsonb,
    warnings jsonb,
    elapsed interval
);
COMMENT ON TYPE loupe.answer IS 'What ask() returns: rows, the SQL behind them, a sentence, a chart';
COMMENT ON COLUMN loupe.answer.id IS 'Number in the history; NULL: none taken';
COMMENT ON COLUMN loupe.answer.status IS 'answered, clarify or abstained';
COMMENT ON COLUMN loupe.answer.engine IS 'What proposed the SQL: embedded, taught';
COMMENT ON COLUMN loupe.answer.interpretation IS 'The reading of the question in plain words';
COMMENT ON COLUMN loupe.answer.columns IS 'Array of {"name", "type"} in order';
COMMENT ON COLUMN loupe.answer.rows IS 'Array of objects keyed by column name';
COMMENT ON COLUMN loupe.answer.answer IS 'One sentence; why not, when it abstains';
COMMENT ON COLUMN loupe.answer.chart IS 'Vega-Lite specification with the rows inline';
COMMENT ON COLUMN loupe.answer.confidence IS 'Between 0 and 1';
COMMENT ON COLUMN loupe.answer.alternatives IS 'Other readings, or known things to ask about';

-- Answers a question over what the caller may read in search_path, or in schemas, or by a stored
-- model. filters: an array of semantic filters that apply besides those of the question.
--   SELECT answer, sql FROM ask('How many orders were there in 2025?', schemas => '{shop}');
CREATE FUNCTION @extschema@.ask(
    question text,
    filters jsonb DEFAULT NULL,
    conversation bigint DEFAULT NULL,
    schemas text[] DEFAULT NULL,
    model text DEFAULT NULL) RETURNS loupe.answer
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_ask';
COMMENT ON FUNCTION @extschema@.ask(text, jsonb, bigint, text[], text)
    IS 'Answers a question in plain language';

-- Translates a question without running it; NULL with a notice that says why when it abstains.
--   SELECT ask_sql('How many orders were there in 2025?', schemas => '{shop}') \gexec
CREATE FUNCTION @extschema@.ask_sql(
    question text,
    filters jsonb DEFAULT NULL,
    conversation bigint DEFAULT NULL,
    schemas text[] DEFAULT NULL,
    model text DEFAULT NULL) RETURNS text
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_ask_sql';
COMMENT ON FUNCTION @extschema@.ask_sql(text, jsonb, bigint, text[], text)
    IS 'Translates a question to SQL without running it';

-- The answer for a terminal: sentence, table and a small chart.
--   SELECT ask_text('orders by status', schemas => '{shop}');
CREATE FUNCTION @extschema@.ask_text(
    question text,
    filters jsonb DEFAULT NULL,
    conversation bigint DEFAULT NULL,
    schemas text[] DEFAULT NULL,
    model text DEFAULT NULL) RETURNS text
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_ask_text';
COMMENT ON FUNCTION @extschema@.ask_text(text, jsonb, bigint, text[], text)
    IS 'Answers a question as text for a terminal';

-- The chart of the answer; NULL when a chart would not say more.
--   SELECT ask_chart('orders by month', 'svg', schemas => '{shop}');
CREATE FUNCTION @extschema@.ask_chart(
    question text,
    format text DEFAULT 'svg',
    filters jsonb DEFAULT NULL,
    conversation bigint DEFAULT NULL,
    schemas text[] DEFAULT NULL,
    model text DEFAULT NULL) RETURNS bytea
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_ask_chart';
COMMENT ON FUNCTION @extschema@.ask_chart(text, text, jsonb, bigint, text[], text)
    IS 'Draws the chart of an answer';

-- Why a question is read as it is: its spans and what they may mean, the phrases, the joins, the
-- factors of the score, the first two readings and the verdict. Nothing is run.
--   SELECT * FROM ask_explain('orders by status', schemas => '{shop}');
CREATE FUNCTION @extschema@.ask_explain(
    question text,
    filters jsonb DEFAULT NULL,
    conversation bigint DEFAULT NULL,
    schemas text[] DEFAULT NULL,
    model text DEFAULT NULL)
    RETURNS TABLE (part text, words text, meaning text, weight float8, taken boolean)
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_ask_explain';
COMMENT ON FUNCTION @extschema@.ask_explain(text, jsonb, bigint, text[], text)
    IS 'Tells why a question is read as it is';

-- The same for programs.
--   SELECT ask_explain_json('orders by status', schemas => '{shop}') -> 'verdict';
CREATE FUNCTION @extschema@.ask_explain_json(
    question text,
    filters jsonb DEFAULT NULL,
    conversation bigint DEFAULT NULL,
    schemas text[] DEFAULT NULL,
    model text DEFAULT NULL) RETURNS jsonb
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_ask_explain_json';
COMMENT ON FUNCTION @extschema@.ask_explain_json(text, jsonb, bigint, text[], text)
    IS 'Tells why a question is read as it is, as JSON for programs';
