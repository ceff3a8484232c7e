-- The sample shop: the same on every server.
SET client_min_messages = warning;
SELECT * FROM loupe.load_sample('sample');
SET search_path = sample, public;
SET TimeZone = 'UTC';
SELECT min(ordered_at)::date AS first_day, max(ordered_at)::date AS last_day FROM orders;
SELECT md5(string_agg(i::text, '' ORDER BY i)) AS items FROM order_items AS i;
SELECT md5(string_agg(o::text, '' ORDER BY o)) AS orders FROM orders AS o;
SELECT count(*) AS foreign_keys FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'sample'::regnamespace;
SELECT count(*) AS columns_without_comment FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'sample'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
      AND col_description(a.attrelid, a.attnum) IS NULL;

-- It never overwrites, and says so.
SELECT loupe.load_sample('sample');
SELECT loupe.load_sample('');
SELECT loupe.load_sample(NULL);
SELECT loupe.load_sample(repeat('x', 70));
CREATE ROLE loupe_no_create;
SET ROLE loupe_no_create;
SELECT loupe.load_sample('not_mine');
RESET ROLE;
DROP ROLE loupe_no_create;
DROP SCHEMA sample CASCADE;
