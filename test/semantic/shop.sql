-- The shop that the benchmark of the semantic layer asks: :orders orders, about 2.5 items each, over
-- the 547 days from 2023 on. Every value is a hash of its row's number, so each run makes the same
-- rows.
--   psql -v orders=407000 -f test/semantic/shop.sql
SET client_min_messages = warning;
SET timezone = 'UTC';
DROP SCHEMA IF EXISTS shop CASCADE;
CREATE SCHEMA shop;

-- A number from 0 to below `below` that depends on row and purpose alone.
CREATE FUNCTION shop.pick(row_number bigint, purpose integer, below integer) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((hashint8extended(row_number, purpose) >> 1 & 1073741823) % below)::integer;

CREATE TABLE shop.products (
    id integer PRIMARY KEY,
    category text);
INSERT INTO shop.products
SELECT i, (ARRAY['Books', 'Garden', 'Music', 'Tools', 'Toys', 'Wool', NULL])[1 + shop.pick(i, 1, 7)]
FROM generate_series(1, 2000) AS i;

CREATE TABLE shop.tags (
    id integer PRIMARY KEY,
    label text NOT NULL);
INSERT INTO shop.tags
SELECT i, (ARRAY['new', 'sale', 'eco', 'gift', 'bulk', 'unused'])[i]
FROM generate_series(1, 6) AS i;

-- Two products of five have a tag, for each of the first five.
CREATE TABLE shop.product_tags (
    product_id integer REFERENCES shop.products,
    tag_id integer REFERENCES shop.tags,
    PRIMARY KEY (product_id, tag_id));
INSERT INTO shop.product_tags
SELECT p.id, t.id
FROM shop.products AS p, shop.tags AS t
WHERE t.id <= 5 AND shop.pick(p.id * 10 + t.id, 2, 5) < 2;

CREATE TABLE shop.orders (
    id integer PRIMARY KEY,
    shipping_fee numeric(12, 2) NOT NULL,
    created_at timestamptz NOT NULL,
    status text NOT NULL,
    channel text);
INSERT INTO shop.orders
SELECT i, CASE WHEN shop.pick(i, 3, 3) = 0 THEN 0 ELSE 300 + shop.pick(i, 4, 1500) END / 100.0,
    timestamptz '2023-01-01 00:00+00' + shop.pick(i, 5, 547 * 86400) * interval '1 second',
    (ARRAY['completed', 'shipped', 'pending', 'cancelled', 'returned'])[1 + shop.pick(i, 6, 5)],
    (ARRAY['web', 'web', 'store', 'phone', NULL])[1 + shop.pick(i, 7, 5)]
FROM generate_series(1, :orders) AS i;
-- Days without a single order, which a rolling window has to span.
DELETE FROM shop.orders WHERE created_at >= '2023-08-10 00:00+00' AND created_at < '2023-08-15 00:00+00';
VACUUM (FULL) shop.orders;
CREATE INDEX ON shop.orders (created_at);

CREATE TABLE shop.order_items (
    id integer PRIMARY KEY,
    order_id integer NOT NULL REFERENCES shop.orders,
    product_id integer NOT NULL REFERENCES shop.products,
    quantity integer NOT NULL,
    unit_price numeric(12, 2) NOT NULL,
    discount numeric(12, 2));
INSERT INTO shop.order_items
SELECT row_number() OVER (ORDER BY o.id, n), o.id, 1 + shop.pick(o.id * 16 + n, 8, 1900),
    1 + shop.pick(o.id * 16 + n, 9, 5), (500 + shop.pick(o.id * 16 + n, 10, 20000)) / 100.0,
    CASE WHEN shop.pick(o.id * 16 + n, 11, 3) > 0 THEN shop.pick(o.id * 16 + n, 12, 300) / 100.0 END
FROM shop.orders AS o, generate_series(1, shop.pick(o.id, 13, 6)) AS n;
CREATE INDEX ON shop.order_items (order_id);
CREATE INDEX ON shop.order_items (product_id);

CREATE TABLE shop.payments (
    id integer PRIMARY KEY,
    order_id integer NOT NULL REFERENCES shop.orders,
    state text NOT NULL,
    amount numeric(12, 2) NOT NULL);
INSERT INTO shop.payments
SELECT row_number() OVER (ORDER BY o.id, n), o.id,
    CASE WHEN shop.pick(o.id * 8 + n, 14, 12) = 0 THEN 'failed' ELSE 'captured' END,
    (100 + shop.pick(o.id * 8 + n, 15, 30000)) / 100.0
FROM shop.orders AS o,
    generate_series(1, (ARRAY[0, 1, 1, 1, 2, 3])[1 + shop.pick(o.id, 16, 6)]) AS n;
CREATE INDEX ON shop.payments (order_id);

CREATE TABLE shop.refunds (
    id integer PRIMARY KEY,
    order_id integer NOT NULL REFERENCES shop.orders,
    amount numeric(12, 2) NOT NULL);
INSERT INTO shop.refunds
SELECT row_number() OVER (ORDER BY o.id, n), o.id, (100 + shop.pick(o.id * 8 + n, 17, 8000)) / 100.0
FROM shop.orders AS o,
    generate_series(1, (ARRAY[0, 0, 0, 0, 0, 0, 1, 1, 2, 3])[1 + shop.pick(o.id, 18, 10)]) AS n;
CREATE INDEX ON shop.refunds (order_id);

VACUUM (ANALYZE) shop.products, shop.tags, shop.product_tags, shop.orders, shop.order_items,
    shop.payments, shop.refunds;
