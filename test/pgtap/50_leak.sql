-- 20,000 failing calls of each kind in one session do not grow the backend.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT plan(8);

-- Resident pages of this backend, in bytes.
CREATE FUNCTION pg_temp.resident() RETURNS bigint LANGUAGE sql AS $$
    SELECT split_part(pg_read_file('/proc/self/statm'), ' ', 2)::bigint * 4096 $$;

CREATE FUNCTION pg_temp.growth(query text, rounds int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    before bigint;
BEGIN
    FOR i IN 1 .. rounds + 500 LOOP
        IF i = 500 THEN
            before := pg_temp.resident();
        END IF;
        BEGIN
            EXECUTE query;
            RAISE EXCEPTION USING ERRCODE = 'P0004', MESSAGE = 'did not fail: ' || query;
        EXCEPTION WHEN OTHERS THEN
            IF SQLSTATE = 'P0004' THEN
                RAISE;
            END IF;
        END;
    END LOOP;
    RETURN pg_temp.resident() - before;
END $$;

SELECT cmp_ok(pg_temp.growth($$SELECT ask('')$$, 20000), '<', 16000000::bigint, 'ask');
SELECT cmp_ok(pg_temp.growth($$SELECT ask_sql('x', model => 'none')$$, 20000), '<', 16000000::bigint,
              'ask_sql that reads the stored models');
SELECT cmp_ok(pg_temp.growth($$SELECT * FROM profile('no.such')$$, 20000), '<', 16000000::bigint,
              'profile');
SELECT cmp_ok(pg_temp.growth($$SELECT semantic_query('{"measures": 1}')$$, 20000), '<',
              16000000::bigint, 'semantic_query');
SELECT cmp_ok(pg_temp.growth($$SELECT semantic_model_save('{"name": 1}')$$, 20000), '<',
              16000000::bigint, 'semantic_model_save');
SELECT cmp_ok(pg_temp.growth($$SELECT render_chart('{"mark": "bra", "data": {"values": []}}')$$,
                             20000), '<', 16000000::bigint, 'render_chart');
SELECT cmp_ok(pg_temp.growth(
    $$SELECT render_chart('{"mark": "bar", "data": {"sql": "SELECT 1/0"}}')$$, 20000), '<',
    16000000::bigint, 'an error inside the gate');
SELECT cmp_ok(pg_temp.growth($$SELECT chart_text('{}', 1)$$, 20000), '<', 16000000::bigint,
              'chart_text');

SELECT * FROM finish();
