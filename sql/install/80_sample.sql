-- The sample shop: about 100,000 rows that look like two years of a small retailer.
--
-- Every value is computed from row numbers by a fixed hash, so that each load on each server gives
-- the same rows: no clock, no random numbers. Sums and products only; nothing depends on the
-- platform's mathematical library.
--
--   categories --+                  stores --+
--   suppliers ---+-- products       orders --+-- customers
--                      |               |             |
--                      +- order_items -+- returns    |
--                      +- reviews -------------------+
--
-- What the numbers do: orders grow by a quarter from year to year, peak in November and December
-- and on Fridays and Saturdays; few products sell most, the cheap ones more; every seventh customer
-- is a regular; winter favours toys, summer the outdoors; orders of the last days are on their way.
--
-- Tested by sql/sample.sql.

-- A number in [0, 1) for row n of the stream called seed. The server's extended hash is safe to
-- build on: hash partitions on disk depend on it, so that no version may change it. The body names
-- every schema instead of setting search_path, because the planner inlines only functions without
-- settings, and inlining makes the load three times faster.
-- SELECT loupe._sample_unit(1, 42);
CREATE FUNCTION loupe._sample_unit(n bigint, seed integer)
RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $function$
    SELECT (pg_catalog.hashint8extended(n, seed) OPERATOR(pg_catalog.&) 4294967295)
        ::double precision OPERATOR(pg_catalog./) 4294967296
$function$;

COMMENT ON FUNCTION loupe._sample_unit(bigint, integer)
    IS 'Hashes a row number to a fixed number in [0, 1)';

-- An element of items, chosen by a number in [0, 1).
-- SELECT loupe._sample_pick(ARRAY['a', 'b'], 0.7);
CREATE FUNCTION loupe._sample_pick(items text[], unit double precision)
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $function$
    SELECT items[1 OPERATOR(pg_catalog.+) pg_catalog.floor(
        unit OPERATOR(pg_catalog.*) pg_catalog.cardinality(items))::integer]
$function$;

COMMENT ON FUNCTION loupe._sample_pick(text[], double precision)
    IS 'Chooses an element of an array by a number in [0, 1)';

-- The tables in the order in which they are filled.
-- SELECT loupe._sample_tables();
CREATE FUNCTION loupe._sample_tables()
RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $function$
    SELECT ARRAY[
        'categories', 'suppliers', 'products', 'stores', 'customers',
        'orders', 'order_items', 'returns', 'reviews'
    ]
$function$;

COMMENT ON FUNCTION loupe._sample_tables()
    IS 'Lists the tables of the sample shop';

-- Raises a clear error when the sample cannot be loaded into the schema.
-- SELECT loupe._sample_check('shop');
CREATE FUNCTION loupe._sample_check(schema text)
RETURNS void
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    taken text;
BEGIN
    IF schema IS NULL THEN
        RAISE EXCEPTION 'argument "schema" must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF schema = '' THEN
        RAISE EXCEPTION 'argument "schema" must not be empty'
            USING ERRCODE = 'invalid_name',
                  HINT = 'Give the name of the schema that is to hold the sample tables.';
    END IF;
    IF octet_length(schema) > 63 THEN
        RAISE EXCEPTION 'schema name "%..." is too long', left(schema, 30)
            USING ERRCODE = 'name_too_long',
                  HINT = 'A name has at most 63 bytes.';
    END IF;

    SELECT c.relname
    INTO taken
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = schema AND c.relname = ANY (loupe._sample_tables())
    ORDER BY array_position(loupe._sample_tables(), c.relname::text)
    LIMIT 1;
    IF taken IS NOT NULL THEN
        RAISE EXCEPTION 'relation "%" already exists in schema "%"', taken, schema
            USING ERRCODE = 'duplicate_table',
                  HINT = 'Nothing was changed. Name another schema, as in load_sample(''shop_2'').';
    END IF;

    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = schema) THEN
        IF NOT has_database_privilege(current_database(), 'CREATE') THEN
            RAISE EXCEPTION 'permission denied to create schema "%"', schema
                USING ERRCODE = 'insufficient_privilege',
                      HINT = 'Name an existing schema in which you may create tables.';
        END IF;
    ELSIF NOT has_schema_privilege(schema, 'CREATE') THEN
        RAISE EXCEPTION 'permission denied to create tables in schema "%"', schema
            USING ERRCODE = 'insufficient_privilege',
                  HINT = 'Name another schema, or have CREATE granted on this one.';
    END IF;
END
$function$;

COMMENT ON FUNCTION loupe._sample_check(text)
    IS 'Raises an error when the sample cannot be loaded into a schema';

-- Creates the nine empty tables; keys follow in _sample_finish, because that is faster.
-- SELECT loupe._sample_create('shop');
CREATE FUNCTION loupe._sample_create(schema text)
RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    EXECUTE format($ddl$
        CREATE TABLE %1$I.categories (
            category_id integer PRIMARY KEY,
            name text NOT NULL UNIQUE,
            department text NOT NULL
        );
        CREATE TABLE %1$I.suppliers (
            supplier_id integer PRIMARY KEY,
            name text NOT NULL,
            country text NOT NULL,
            rating numeric(2, 1)
        );
        CREATE TABLE %1$I.products (
            product_id integer PRIMARY KEY,
            category_id integer NOT NULL,
            supplier_id integer NOT NULL,
            name text NOT NULL,
            price numeric(10, 2) NOT NULL CHECK (price > 0),
            cost numeric(10, 2),
            discontinued boolean NOT NULL
        );
        CREATE TABLE %1$I.stores (
            store_id integer PRIMARY KEY,
            name text NOT NULL,
            city text NOT NULL,
            country text NOT NULL,
            opened_on date NOT NULL
        );
        CREATE TABLE %1$I.customers (
            customer_id integer PRIMARY KEY,
            name text NOT NULL,
            email text,
            city text NOT NULL,
            country text NOT NULL,
            segment text NOT NULL,
            birth_year smallint,
            signed_up_on date NOT NULL
        );
        CREATE TABLE %1$I.orders (
            order_id integer PRIMARY KEY,
            customer_id integer NOT NULL,
            store_id integer,
            ordered_at timestamptz NOT NULL,
            channel text NOT NULL,
            status text NOT NULL,
            shipping_fee numeric(6, 2) NOT NULL,
            coupon_code text
        );
        CREATE TABLE %1$I.order_items (
            item_id integer PRIMARY KEY,
            order_id integer NOT NULL,
            product_id integer NOT NULL,
            quantity integer NOT NULL CHECK (quantity > 0),
            unit_price numeric(10, 2) NOT NULL,
            discount numeric(3, 2) NOT NULL CHECK (discount BETWEEN 0 AND 1),
            amount numeric(12, 2) NOT NULL
                GENERATED ALWAYS AS (round(quantity * unit_price * (1 - discount), 2)) STORED
        );
        CREATE TABLE %1$I.returns (
            return_id integer PRIMARY KEY,
            item_id integer NOT NULL,
            returned_on date NOT NULL,
            quantity integer NOT NULL CHECK (quantity > 0),
            reason text,
            refund numeric(12, 2) NOT NULL
        );
        CREATE TABLE %1$I.reviews (
            review_id integer PRIMARY KEY,
            product_id integer NOT NULL,
            customer_id integer NOT NULL,
            rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
            title text,
            reviewed_on date NOT NULL
        );
    $ddl$, schema);
END
$function$;

COMMENT ON FUNCTION loupe._sample_create(text)
    IS 'Creates the empty tables of the sample shop';

-- Fills categories, suppliers, products and stores.
-- SELECT loupe._sample_fill_catalog('shop');
CREATE FUNCTION loupe._sample_fill_catalog(schema text)
RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    EXECUTE format($sql$
        INSERT INTO %1$I.categories (category_id, name, department)
        VALUES
            (1, 'Kitchen', 'Home'), (2, 'Lighting', 'Home'), (3, 'Furniture', 'Home'),
            (4, 'Garden', 'Home'), (5, 'Audio', 'Electronics'), (6, 'Computing', 'Electronics'),
            (7, 'Photo', 'Electronics'), (8, 'Outdoor', 'Leisure'), (9, 'Fitness', 'Leisure'),
            (10, 'Toys', 'Leisure'), (11, 'Stationery', 'Office'), (12, 'Bags', 'Office')
    $sql$, schema);

    EXECUTE format($sql$
        INSERT INTO %1$I.suppliers (supplier_id, name, country, rating)
        SELECT
            n,
            loupe._sample_pick(ARRAY['Brandt', 'Castell', 'Dahlin', 'Ferro', 'Hollis', 'Ikeda',
                'Kovar', 'Lindqvist', 'Moreau', 'Novak'], (mod(n - 1, 10) + 0.5) / 10)
                || ' ' || loupe._sample_pick(ARRAY['Works', 'Trading', 'Supply'],
                (div(n - 1, 10)::float8 + 0.5) / 3),
            loupe._sample_pick(ARRAY['Germany', 'China', 'Italy', 'Poland', 'Japan', 'France'],
                loupe._sample_unit(n, 11)),
            CASE WHEN loupe._sample_unit(n, 12) < 0.85
                THEN (2.5 + floor(26 * loupe._sample_unit(n, 13)) / 10)::numeric(2, 1) END
        FROM generate_series(1, 30) AS n
    $sql$, schema);

    -- The sales rank decides the price (the popular ones are cheap); product numbers shuffle it.
    EXECUTE format($sql$
        WITH parts (category_id, base_price, nouns) AS (
            VALUES
                (1, 24, ARRAY['Pan', 'Kettle', 'Knife Set', 'Teapot', 'Mixing Bowl', 'Grater']),
                (2, 45, ARRAY['Desk Lamp', 'Lantern', 'Floor Lamp', 'Spotlight', 'Night Light',
                    'Pendant']),
                (3, 160, ARRAY['Chair', 'Bookcase', 'Side Table', 'Stool', 'Bench', 'Cabinet']),
                (4, 32, ARRAY['Watering Can', 'Planter', 'Pruner', 'Hammock', 'Bird Feeder',
                    'Rake']),
                (5, 95, ARRAY['Headphones', 'Speaker', 'Radio', 'Turntable', 'Microphone',
                    'Soundbar']),
                (6, 120, ARRAY['Keyboard', 'Monitor', 'Mouse', 'Webcam', 'Dock', 'Tablet']),
                (7, 210, ARRAY['Camera', 'Lens', 'Tripod', 'Flash', 'Photo Printer', 'Filter']),
                (8, 80, ARRAY['Tent', 'Sleeping Bag', 'Rain Jacket', 'Stove', 'Trekking Pole',
                    'Headlamp']),
                (9, 38, ARRAY['Yoga Mat', 'Dumbbell', 'Skipping Rope', 'Foam Roller', 'Kettlebell',
                    'Resistance Band']),
                (10, 22, ARRAY['Puzzle', 'Train Set', 'Building Blocks', 'Board Game', 'Kite',
                    'Teddy Bear']),
                (11, 9, ARRAY['Notebook', 'Fountain Pen', 'Marker Set', 'Stapler', 'Calendar',
                    'Folder']),
                (12, 55, ARRAY['Backpack', 'Messenger Bag', 'Wallet', 'Suitcase', 'Tote',
                    'Laptop Sleeve'])
        ),
        ranked AS (
            SELECT rank, 1 + mod(rank * 147 + 59, 400) AS id
            FROM generate_series(0, 399) AS rank
        ),
        priced AS (
            SELECT
                r.id,
                p.category_id,
                p.nouns,
                div(r.id - 1, 12)::integer AS place,
                round((p.base_price * (0.55 + r.rank / 400.0
                    + 0.6 * loupe._sample_unit(r.id, 21)))::numeric, 0) - 0.05 AS price
            FROM ranked AS r
            JOIN parts AS p ON p.category_id = 1 + mod(r.id - 1, 12)
        )
        INSERT INTO %1$I.products
            (product_id, category_id, supplier_id, name, price, cost, discontinued)
        SELECT
            id,
            category_id,
            1 + floor(30 * loupe._sample_unit(id, 22))::integer,
            (ARRAY['Alpine', 'Classic', 'Compact', 'Nordic', 'Urban', 'Premium', 'Coastal', 'Smart',
                'Vintage', 'Ultra', 'Eco', 'Studio'])[
                1 + mod(div(place, 6)::integer * 2 + category_id, 12)]
                || ' ' || nouns[1 + mod(place, 6)],
            price,
            CASE WHEN loupe._sample_unit(id, 23) >= 0.03
                THEN round(price * (0.45 + 0.3 * loupe._sample_unit(id, 24))::numeric, 2) END,
            mod(id, 13) = 5
        FROM priced
        ORDER BY id
    $sql$, schema);

    EXECUTE format($sql$
        INSERT INTO %1$I.stores (store_id, name, city, country, opened_on)
        VALUES
            (1, 'Berlin Mitte', 'Berlin', 'Germany', '2012-03-15'),
            (2, 'Hamburg Altona', 'Hamburg', 'Germany', '2014-09-01'),
            (3, 'Munich Centre', 'Munich', 'Germany', '2015-05-20'),
            (4, 'Paris Marais', 'Paris', 'France', '2016-10-08'),
            (5, 'Lyon Confluence', 'Lyon', 'France', '2019-04-02'),
            (6, 'London Camden', 'London', 'United Kingdom', '2017-06-30'),
            (7, 'Amsterdam Jordaan', 'Amsterdam', 'Netherlands', '2018-11-12'),
            (8, 'Milan Brera', 'Milan', 'Italy', '2021-02-18'),
            (9, 'Madrid Sol', 'Madrid', 'Spain', '2022-07-07'),
            (10, 'Warsaw Wola', 'Warsaw', 'Poland', '2023-03-23')
    $sql$, schema);
END
$function$;

COMMENT ON FUNCTION loupe._sample_fill_catalog(text)
    IS 'Fills categories, suppliers, products and stores of the sample';

-- Fills customers, numbered by the day on which they signed up.
-- SELECT loupe._sample_fill_customers('shop');
CREATE FUNCTION loupe._sample_fill_customers(schema text)
RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    EXECUTE format($sql$
        WITH places (city, country, upto) AS (
            SELECT city, country, sum(weight) OVER (ORDER BY place)
            FROM (VALUES
                (1, 'Berlin', 'Germany', 12), (2, 'Hamburg', 'Germany', 8),
                (3, 'Munich', 'Germany', 8), (4, 'Cologne', 'Germany', 6),
                (5, 'Paris', 'France', 11), (6, 'Lyon', 'France', 5),
                (7, 'Marseille', 'France', 4), (8, 'London', 'United Kingdom', 10),
                (9, 'Manchester', 'United Kingdom', 4), (10, 'Amsterdam', 'Netherlands', 6),
                (11, 'Rotterdam', 'Netherlands', 3), (12, 'Milan', 'Italy', 5),
                (13, 'Rome', 'Italy', 4), (14, 'Madrid', 'Spain', 5),
                (15, 'Barcelona', 'Spain', 4), (16, 'Warsaw', 'Poland', 3),
                (17, 'Vienna', 'Austria', 2)
            ) AS v (place, city, country, weight)
        ),
        people AS (
            SELECT
                n,
                loupe._sample_pick(ARRAY['Anna', 'Ben', 'Clara', 'David', 'Elena', 'Felix',
                    'Greta', 'Hugo', 'Ines', 'Jonas', 'Karin', 'Luca', 'Marta', 'Nils', 'Olivia',
                    'Paul', 'Rosa', 'Samuel', 'Tessa', 'Victor', 'Aisha', 'Bruno', 'Chloe',
                    'Diego', 'Emma', 'Farid', 'Giulia', 'Henrik', 'Ivana', 'Julian', 'Katya',
                    'Leon', 'Maja', 'Noor', 'Oscar', 'Petra', 'Rafael', 'Sofia', 'Tomasz', 'Yara'],
                    loupe._sample_unit(n, 31)) AS first_name,
                loupe._sample_pick(ARRAY['Adler', 'Baker', 'Costa', 'Dubois', 'Eriksen', 'Fischer',
                    'Garcia', 'Hoffmann', 'Ivanov', 'Jansen', 'Keller', 'Lambert', 'Meyer',
                    'Nowak', 'Olsen', 'Petit', 'Quinn', 'Rossi', 'Schmidt', 'Taylor', 'Urban',
                    'Vogel', 'Wagner', 'Young', 'Ziegler', 'Bianchi', 'Carter', 'Lopez', 'Moreno',
                    'Patel', 'Romano', 'Sanchez', 'Turner', 'Visser', 'Weber', 'Zielinski'],
                    loupe._sample_unit(n, 32)) AS last_name,
                1 + floor(100 * loupe._sample_unit(n, 33)) AS spot,
                (n - 1) / 5000.0::float8 AS share
            FROM generate_series(1, 5000) AS n
        )
        INSERT INTO %1$I.customers
            (customer_id, name, email, city, country, segment, birth_year, signed_up_on)
        SELECT
            n,
            first_name || ' ' || last_name,
            CASE WHEN loupe._sample_unit(n, 34) >= 0.06
                THEN lower(first_name || '.' || last_name) || n || '@example.'
                    || loupe._sample_pick(ARRAY['com', 'org', 'net'], loupe._sample_unit(n, 35))
                END,
            place.city,
            place.country,
            CASE WHEN loupe._sample_unit(n, 36) < 0.70 THEN 'Consumer'
                WHEN loupe._sample_unit(n, 36) < 0.92 THEN 'Small Business'
                ELSE 'Enterprise' END,
            CASE WHEN loupe._sample_unit(n, 37) >= 0.18
                THEN 2007 - floor(30 * (loupe._sample_unit(n, 38) + loupe._sample_unit(n, 39)))
                END::smallint,
            date '2022-01-01' + floor(1461 * share * (1.35 - 0.35 * share))::integer
        FROM people
        CROSS JOIN LATERAL (
            SELECT city, country FROM places WHERE upto >= spot ORDER BY upto LIMIT 1
        ) AS place
        ORDER BY n
    $sql$, schema);
END
$function$;

COMMENT ON FUNCTION loupe._sample_fill_customers(text)
    IS 'Fills the customers of the sample';

-- Fills orders: 24,000 over the days of 2024 and 2025 in proportion to a weight for each day.
-- SELECT loupe._sample_fill_orders('shop');
CREATE FUNCTION loupe._sample_fill_orders(schema text)
RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    EXECUTE format($sql$
        WITH weighted AS (
            SELECT
                day,
                floor(100 * (1 + 0.6 * day / 731)
                    * (ARRAY[82, 80, 92, 97, 103, 100, 94, 90, 98, 104, 128, 145])[
                        extract(month FROM date '2024-01-01' + day)::integer]
                    * (ARRAY[96, 92, 94, 100, 116, 122, 84])[
                        extract(isodow FROM date '2024-01-01' + day)::integer]
                    * (0.88 + 0.24 * loupe._sample_unit(day, 41)))::bigint AS weight
            FROM generate_series(0, 730) AS day
        ),
        spread AS (
            SELECT
                day,
                div(24000 * sum(weight) OVER (ORDER BY day), sum(weight) OVER ())::integer AS upto,
                div(24000 * (sum(weight) OVER (ORDER BY day) - weight),
                    sum(weight) OVER ())::integer AS before
            FROM weighted
        ),
        known_customers AS (
            SELECT day, count(*) AS known
            FROM generate_series(0, 730) AS day
            JOIN %1$I.customers AS c ON c.signed_up_on <= date '2024-01-01' + day
            GROUP BY day
        ),
        timed AS (
            SELECT
                s.day,
                date '2024-01-01' + s.day AS ordered_on,
                d.known,
                time '07:00' + interval '1 second' * floor(28500
                    * (loupe._sample_unit(k, 42) + loupe._sample_unit(k, 43))) AS ordered_time,
                k
            FROM spread AS s
            JOIN known_customers AS d USING (day)
            CROSS JOIN LATERAL generate_series(s.before + 1, s.upto) AS k
        ),
        numbered AS (
            SELECT row_number() OVER (ORDER BY day, ordered_time, k) AS n, t.* FROM timed AS t
        ),
        placed AS (
            SELECT
                n,
                (ordered_on + ordered_time) AT TIME ZONE 'UTC' AS ordered_at,
                CASE WHEN loupe._sample_unit(n, 44) < 0.55
                    THEN 1 + floor(known * loupe._sample_unit(n, 45))
                    ELSE 7 * (1 + floor(div(known, 7)::float8 * loupe._sample_unit(n, 45)
                        * loupe._sample_unit(n, 46)))
                    END::integer AS customer_id,
                CASE WHEN loupe._sample_unit(n, 47) < 0.46 - 0.12 * day / 731 THEN 'web'
                    WHEN loupe._sample_unit(n, 47) < 0.70 THEN 'app'
                    WHEN loupe._sample_unit(n, 47) < 0.95 THEN 'store'
                    ELSE 'phone' END AS channel,
                CASE WHEN loupe._sample_unit(n, 48) < 0.035 THEN 'cancelled'
                    WHEN day > 726 THEN 'shipped'
                    WHEN loupe._sample_unit(n, 48) < 0.095 THEN 'returned'
                    ELSE 'completed' END AS status
            FROM numbered
        )
        INSERT INTO %1$I.orders
            (order_id, customer_id, store_id, ordered_at, channel, status, shipping_fee,
            coupon_code)
        SELECT
            n,
            customer_id,
            CASE WHEN channel = 'store' THEN 1 + floor(10 * loupe._sample_unit(n, 49)
                * (0.4 + 0.6 * loupe._sample_unit(customer_id, 50))) END,
            ordered_at,
            channel,
            status,
            CASE WHEN channel = 'store' OR loupe._sample_unit(n, 51) < 0.25 THEN 0.00
                WHEN loupe._sample_unit(n, 51) < 0.85 THEN 4.95 ELSE 9.95 END,
            CASE WHEN loupe._sample_unit(n, 52) < 0.12 THEN loupe._sample_pick(
                ARRAY['WELCOME10', 'SPRING10', 'FRIEND10', 'THANKS10'],
                loupe._sample_unit(n, 53)) END
        FROM placed
        ORDER BY n
    $sql$, schema);
END
$function$;

COMMENT ON FUNCTION loupe._sample_fill_orders(text)
    IS 'Fills the orders of the sample';

-- Fills order_items, and from them returns and reviews.
-- SELECT loupe._sample_fill_items('shop');
CREATE FUNCTION loupe._sample_fill_items(schema text)
RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- Multiplied units lean to low sales ranks: a tenth of the products makes a third of the lines.
    EXECUTE format($sql$
        WITH lines AS (
            SELECT
                o.order_id,
                o.order_id * 8::bigint + line AS n,
                (o.ordered_at AT TIME ZONE 'UTC')::date AS ordered_on,
                o.coupon_code
            FROM %1$I.orders AS o
            CROSS JOIN LATERAL generate_series(1, CASE
                WHEN loupe._sample_unit(o.order_id, 61) < 0.28 THEN 1
                WHEN loupe._sample_unit(o.order_id, 61) < 0.56 THEN 2
                WHEN loupe._sample_unit(o.order_id, 61) < 0.78 THEN 3
                WHEN loupe._sample_unit(o.order_id, 61) < 0.92 THEN 4
                ELSE 5 END) AS line
        ),
        chosen AS MATERIALIZED (
            SELECT
                l.*,
                1 + mod(147 * floor(400 * loupe._sample_unit(n, 62) * loupe._sample_unit(n, 63)
                    * (0.5 + 0.5 * loupe._sample_unit(n, 64)))::integer + 59, 400) AS product,
                CASE
                    WHEN extract(month FROM ordered_on) >= 11
                        AND loupe._sample_unit(n, 65) < 0.16 THEN 10
                    WHEN extract(month FROM ordered_on) BETWEEN 5 AND 8
                        AND loupe._sample_unit(n, 65) < 0.14 THEN 8
                END AS season_category
            FROM lines AS l
        ),
        seasonal AS MATERIALIZED (
            SELECT
                c.*,
                CASE WHEN season_category IS NULL THEN product
                    ELSE least(product - mod(product - 1, 12), 385) + season_category - 1
                    END AS season_product
            FROM chosen AS c
        ),
        current_range AS (
            SELECT
                s.*,
                CASE WHEN mod(season_product, 13) = 5 AND ordered_on >= date '2025-01-01'
                    THEN season_product + 1 ELSE season_product END AS product_id
            FROM seasonal AS s
        )
        INSERT INTO %1$I.order_items
            (item_id, order_id, product_id, quantity, unit_price, discount)
        SELECT
            row_number() OVER (ORDER BY n),
            order_id,
            product_id,
            CASE WHEN loupe._sample_unit(n, 66) < 0.68 THEN 1
                WHEN loupe._sample_unit(n, 66) < 0.88 THEN 2
                ELSE 3 + floor(4 * loupe._sample_unit(n, 67))::integer END,
            CASE WHEN ordered_on < date '2025-01-01' THEN round(p.price * 0.96, 2) ELSE p.price END,
            CASE WHEN coupon_code IS NOT NULL THEN 0.10
                WHEN loupe._sample_unit(n, 68) < 0.80 THEN 0.00
                WHEN loupe._sample_unit(n, 68) < 0.92 THEN 0.05 ELSE 0.20 END
        FROM current_range
        JOIN %1$I.products AS p USING (product_id)
        ORDER BY n
    $sql$, schema);

    EXECUTE format($sql$
        WITH sent_back AS (
            SELECT i.*, (o.ordered_at AT TIME ZONE 'UTC')::date AS ordered_on
            FROM %1$I.order_items AS i
            JOIN %1$I.orders AS o USING (order_id)
            WHERE o.status = 'returned' AND loupe._sample_unit(i.item_id, 71) < 0.75
        )
        INSERT INTO %1$I.returns (return_id, item_id, returned_on, quantity, reason, refund)
        SELECT
            row_number() OVER (ORDER BY item_id),
            item_id,
            least(ordered_on + 3 + floor(25 * loupe._sample_unit(item_id, 72))::integer,
                date '2025-12-31'),
            quantity,
            CASE WHEN loupe._sample_unit(item_id, 73) < 0.90 THEN loupe._sample_pick(
                ARRAY['Changed mind', 'Damaged', 'Not as described', 'Changed mind', 'Too late'],
                loupe._sample_unit(item_id, 74)) END,
            amount
        FROM sent_back
        ORDER BY item_id
    $sql$, schema);

    EXECUTE format($sql$
        WITH opinions AS (
            SELECT
                i.item_id,
                i.product_id,
                o.customer_id,
                (o.ordered_at AT TIME ZONE 'UTC')::date AS ordered_on,
                least(5, greatest(1, floor(2.2 + 1.6 * loupe._sample_unit(i.product_id, 81)
                    + 2.6 * loupe._sample_unit(i.item_id, 82)
                    - 2.0 * loupe._sample_unit(i.item_id, 83)
                        * loupe._sample_unit(i.item_id, 84))))::integer AS rating
            FROM %1$I.order_items AS i
            JOIN %1$I.orders AS o USING (order_id)
            WHERE o.status = 'completed' AND loupe._sample_unit(i.item_id, 85) < 0.15
        )
        INSERT INTO %1$I.reviews
            (review_id, product_id, customer_id, rating, title, reviewed_on)
        SELECT
            row_number() OVER (ORDER BY item_id),
            product_id,
            customer_id,
            rating,
            CASE WHEN loupe._sample_unit(item_id, 86) < 0.6 THEN loupe._sample_pick(CASE
                WHEN rating >= 4 THEN ARRAY['Just right', 'Buy it again', 'Great value', 'Love it']
                WHEN rating = 3 THEN ARRAY['Does its job', 'Average', 'As expected']
                ELSE ARRAY['Disappointed', 'Broke quickly', 'Not worth it'] END,
                loupe._sample_unit(item_id, 87)) END,
            least(ordered_on + 2 + floor(40 * loupe._sample_unit(item_id, 88))::integer,
                date '2025-12-31')
        FROM opinions
        ORDER BY item_id
    $sql$, schema);
END
$function$;

COMMENT ON FUNCTION loupe._sample_fill_items(text)
    IS 'Fills order items, returns and reviews of the sample';

-- Adds foreign keys and indexes to the filled tables and gathers their statistics.
-- SELECT loupe._sample_finish('shop');
CREATE FUNCTION loupe._sample_finish(schema text)
RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    name text;
BEGIN
    EXECUTE format($ddl$
        ALTER TABLE %1$I.products
            ADD FOREIGN KEY (category_id) REFERENCES %1$I.categories,
            ADD FOREIGN KEY (supplier_id) REFERENCES %1$I.suppliers;
        ALTER TABLE %1$I.orders
            ADD FOREIGN KEY (customer_id) REFERENCES %1$I.customers,
            ADD FOREIGN KEY (store_id) REFERENCES %1$I.stores;
        ALTER TABLE %1$I.order_items
            ADD FOREIGN KEY (order_id) REFERENCES %1$I.orders,
            ADD FOREIGN KEY (product_id) REFERENCES %1$I.products;
        ALTER TABLE %1$I.returns
            ADD FOREIGN KEY (item_id) REFERENCES %1$I.order_items;
        ALTER TABLE %1$I.reviews
            ADD FOREIGN KEY (product_id) REFERENCES %1$I.products,
            ADD FOREIGN KEY (customer_id) REFERENCES %1$I.customers;
        CREATE INDEX ON %1$I.products (category_id);
        CREATE INDEX ON %1$I.products (supplier_id);
        CREATE INDEX ON %1$I.orders (customer_id);
        CREATE INDEX ON %1$I.orders (store_id);
        CREATE INDEX ON %1$I.orders (ordered_at);
        CREATE INDEX ON %1$I.order_items (order_id);
        CREATE INDEX ON %1$I.order_items (product_id);
        CREATE INDEX ON %1$I.returns (item_id);
        CREATE INDEX ON %1$I.reviews (product_id);
        CREATE INDEX ON %1$I.reviews (customer_id);
    $ddl$, schema);
    FOREACH name IN ARRAY loupe._sample_tables() LOOP
        EXECUTE format('ANALYZE %I.%I', schema, name);
    END LOOP;
END
$function$;

COMMENT ON FUNCTION loupe._sample_finish(text)
    IS 'Adds keys, indexes and statistics to the filled sample tables';

-- Writes what tables and columns mean; the words of these comments are found by ask().
-- SELECT loupe._sample_comment('shop');
CREATE FUNCTION loupe._sample_comment(schema text)
RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    EXECUTE format($ddl$
        COMMENT ON TABLE %1$I.categories IS 'Product categories';
        COMMENT ON COLUMN %1$I.categories.name IS 'Name of the category. synonyms: category';
        COMMENT ON COLUMN %1$I.categories.department IS 'Department that sells the category';

        COMMENT ON TABLE %1$I.suppliers IS 'Companies that deliver products. synonyms: vendors';
        COMMENT ON COLUMN %1$I.suppliers.country IS 'Country of the supplier';
        COMMENT ON COLUMN %1$I.suppliers.rating IS 'Score of the buyers, 2.5 to 5; null: not rated';

        COMMENT ON TABLE %1$I.products IS 'Articles on sale. synonyms: articles, goods';
        COMMENT ON COLUMN %1$I.products.name IS 'Name of the product. synonyms: product, article';
        COMMENT ON COLUMN %1$I.products.price IS 'List price in EUR';
        COMMENT ON COLUMN %1$I.products.cost IS 'Purchase cost in EUR; null: unknown';
        COMMENT ON COLUMN %1$I.products.discontinued IS 'No longer sold since 2025';

        COMMENT ON TABLE %1$I.stores IS 'Shops with a door. synonyms: shops, branches';
        COMMENT ON COLUMN %1$I.stores.name IS 'Name of the store. synonyms: store, shop';
        COMMENT ON COLUMN %1$I.stores.opened_on IS 'Day of opening';

        COMMENT ON TABLE %1$I.customers IS 'People and firms that buy. synonyms: buyers, clients';
        COMMENT ON COLUMN %1$I.customers.name IS 'Full name of the customer. synonyms: customer';
        COMMENT ON COLUMN %1$I.customers.email IS 'E-mail address; null: not given';
        COMMENT ON COLUMN %1$I.customers.city IS 'City where the customer lives. synonyms: town';
        COMMENT ON COLUMN %1$I.customers.country IS 'Country where the customer lives';
        COMMENT ON COLUMN %1$I.customers.segment
            IS 'Consumer, Small Business or Enterprise. synonyms: customer group';
        COMMENT ON COLUMN %1$I.customers.birth_year IS 'Year of birth; null: not given';
        COMMENT ON COLUMN %1$I.customers.signed_up_on
            IS 'Day of registration. synonyms: registered, joined';

        COMMENT ON TABLE %1$I.orders IS 'Orders of customers. synonyms: purchases';
        COMMENT ON COLUMN %1$I.orders.store_id IS 'Store of the order; null: not bought in a store';
        COMMENT ON COLUMN %1$I.orders.ordered_at IS 'Time of the order. synonyms: order date';
        COMMENT ON COLUMN %1$I.orders.channel
            IS 'Way of the order: web, app, store or phone. synonyms: sales channel';
        COMMENT ON COLUMN %1$I.orders.status IS 'completed, shipped, cancelled or returned';
        COMMENT ON COLUMN %1$I.orders.shipping_fee
            IS 'Fee for the delivery in EUR. synonyms: shipping, delivery fee';
        COMMENT ON COLUMN %1$I.orders.coupon_code
            IS 'Code of a voucher; null: none. synonyms: coupon, voucher';

        COMMENT ON TABLE %1$I.order_items IS 'Lines of orders. synonyms: order lines';
        COMMENT ON COLUMN %1$I.order_items.quantity
            IS 'Pieces ordered. synonyms: units, pieces';
        COMMENT ON COLUMN %1$I.order_items.unit_price IS 'Price of one piece in EUR when ordered';
        COMMENT ON COLUMN %1$I.order_items.discount IS 'Share taken off the price, 0 to 1';
        COMMENT ON COLUMN %1$I.order_items.amount
            IS 'Value of the line in EUR after discount. synonyms: revenue, sales, turnover';

        COMMENT ON TABLE %1$I.returns IS 'Order lines that were sent back';
        COMMENT ON COLUMN %1$I.returns.quantity IS 'Pieces sent back. synonyms: returned pieces';
        COMMENT ON COLUMN %1$I.returns.reason IS 'Reason of the return; null: not given';
        COMMENT ON COLUMN %1$I.returns.refund IS 'Money paid back in EUR. synonyms: refunded';
        COMMENT ON COLUMN %1$I.returns.returned_on IS 'Day of the return';

        COMMENT ON TABLE %1$I.reviews IS 'Opinions of customers on products. synonyms: feedback';
        COMMENT ON COLUMN %1$I.reviews.rating IS 'Stars from 1 (bad) to 5 (good). synonyms: stars';
        COMMENT ON COLUMN %1$I.reviews.title IS 'Headline of the review; null: stars only';
        COMMENT ON COLUMN %1$I.reviews.reviewed_on IS 'Day of the review';
    $ddl$, schema);
END
$function$;

COMMENT ON FUNCTION loupe._sample_comment(text)
    IS 'Comments on the tables and columns of the sample';

-- Creates and fills the sample shop; fails, and changes nothing, when one of its tables exists.
-- SELECT * FROM loupe.load_sample('shop');
CREATE FUNCTION loupe.load_sample(schema text DEFAULT 'shop')
RETURNS TABLE (relation text, rows bigint)
LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $function$
DECLARE
    name text;
BEGIN
    PERFORM loupe._sample_check(schema);
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = schema) THEN
        EXECUTE format('CREATE SCHEMA %I', schema);
        EXECUTE format('COMMENT ON SCHEMA %I IS %L', schema, 'Sample shop of pg_loupe');
    END IF;
    PERFORM loupe._sample_create(schema);
    PERFORM loupe._sample_fill_catalog(schema);
    PERFORM loupe._sample_fill_customers(schema);
    PERFORM loupe._sample_fill_orders(schema);
    PERFORM loupe._sample_fill_items(schema);
    PERFORM loupe._sample_finish(schema);
    PERFORM loupe._sample_comment(schema);
    FOREACH name IN ARRAY loupe._sample_tables() LOOP
        relation := format('%I.%I', schema, name);
        EXECUTE format('SELECT count(*) FROM %I.%I', schema, name) INTO rows;
        RETURN NEXT;
    END LOOP;
END
$function$;

COMMENT ON FUNCTION loupe.load_sample(text)
    IS 'Creates the sample shop: nine related tables, about 100,000 rows';
