-- Compares the rows of a semantic query with those of hand-written SQL.
CREATE SCHEMA import_test;

-- A value as text: numbers without trailing zeros and to nine digits after the point.
CREATE FUNCTION import_test.plain(value text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $function$
    SELECT CASE WHEN value ~ '^-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?$'
                THEN trim_scale(round(value::numeric, 9))::text ELSE value END
$function$;

CREATE FUNCTION import_test.plain_row(input jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $function$
    SELECT jsonb_object_agg(key, import_test.plain(value)) FROM jsonb_each_text(input)
$function$;

-- Keys that a query asks for; the deprecated ones of time dimensions are not compared.
CREATE FUNCTION import_test.only(input jsonb, keys text[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $function$
    SELECT jsonb_object_agg(key, value) FROM jsonb_each(input) WHERE key = ANY (keys)
$function$;

-- 'same', or the first rows of both sides.
CREATE FUNCTION import_test.compare(query jsonb, statement text) RETURNS text
    LANGUAGE plpgsql
    AS $function$
DECLARE
    wanted jsonb[];
    got jsonb[];
    keys text[];
BEGIN
    EXECUTE format('SELECT array_agg(import_test.plain_row(to_jsonb(t)) ORDER BY 1) FROM (%s) AS t',
                   statement) INTO wanted;
    SELECT array_agg(k) INTO keys FROM jsonb_object_keys(wanted[1]) AS k;
    SELECT array_agg(r ORDER BY r) INTO wanted FROM unnest(wanted) AS r;
    SELECT array_agg(r ORDER BY r) INTO got
    FROM (SELECT import_test.plain_row(import_test.only(row, keys)) AS r
          FROM jsonb_array_elements(semantic_query(query) -> 'data') AS row) AS rows;
    IF got IS NOT DISTINCT FROM wanted THEN
        RETURN 'same';
    END IF;
    RETURN format('%s rows, first %s; wanted %s rows, first %s', cardinality(got), got[1],
                  cardinality(wanted), wanted[1]);
END
$function$;
