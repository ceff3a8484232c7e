-- Chooses a chart for the result of a query; its data is {"sql": …}, the reasons are in
-- usermeta.loupe. NULL when no chart says more than the rows themselves.
--   SELECT recommend_chart('SELECT status, count(*) FROM shop.orders GROUP BY 1');
CREATE FUNCTION @extschema@.recommend_chart(query text, question text DEFAULT NULL) RETURNS jsonb
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_recommend_chart';
COMMENT ON FUNCTION @extschema@.recommend_chart(text, text)
    IS 'Chooses a Vega-Lite chart for the result of a query';

-- Chooses a chart for the rows of a relation, from a sample of them; its data is {"relation": …}.
--   SELECT recommend_chart('shop.orders'::regclass, 'totals by month');
CREATE FUNCTION @extschema@.recommend_chart(relation regclass, question text DEFAULT NULL)
    RETURNS jsonb
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_recommend_chart_relation';
COMMENT ON FUNCTION @extschema@.recommend_chart(regclass, text)
    IS 'Chooses a Vega-Lite chart for the rows of a relation';

-- The charts that the result of a query has the shape of, best first, with the deciding reason.
--   SELECT rank, kind, score, reason
--   FROM recommend_charts('SELECT status, count(*) FROM shop.orders GROUP BY 1');
CREATE FUNCTION @extschema@.recommend_charts(
    query text,
    question text DEFAULT NULL,
    "limit" integer DEFAULT 5)
    RETURNS TABLE (rank integer, kind text, score float8, reason text, spec jsonb)
    LANGUAGE c STABLE PARALLEL UNSAFE ROWS 5
    AS 'MODULE_PATHNAME', 'loupe_recommend_charts';
COMMENT ON FUNCTION @extschema@.recommend_charts(text, text, integer)
    IS 'Ranks the Vega-Lite charts for the result of a query';
