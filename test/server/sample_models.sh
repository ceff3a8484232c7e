#!/usr/bin/env bash
# The sample models: sound, and their numbers are those of SQL written by hand. The flights are left
# out where their package cannot be had.
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.."

db=loupe_sample_models
fresh_database $db
sql $db "CREATE EXTENSION pg_loupe; SELECT loupe.load_sample('shop')" >/dev/null

# problems NAME: what is wrong with the model.
problems() { sql $db "SELECT * FROM semantic_model_check(loupe.sample_model('$1'))"; }
# save NAME
save() { sql $db "SELECT semantic_model_save(loupe.sample_model('$1'))" >/dev/null; }

# same TITLE QUERY SQL: the semantic query and the statement have the same rows, numbers to nine
# digits, whatever the order.
same() {
  local semantic
  semantic=$(sql $db "SELECT semantic_sql('$2')")
  semantic=$(rows "$semantic")
  is "${semantic:-no rows}" "$(rows "$3")" "$1"
}
rows() {
  sql $db "SELECT (SELECT string_agg(CASE WHEN jsonb_typeof(value) = 'number'
                              THEN round(value::numeric, 9 - ceil(log(greatest(1, abs(value::numeric))))::int)::float8::text
                              ELSE value::text END, ' ' ORDER BY place)
                   FROM jsonb_array_elements(line) WITH ORDINALITY AS e (value, place)) AS text
           FROM (SELECT (SELECT jsonb_agg(value ORDER BY place)
                         FROM json_each(row_to_json(r)) WITH ORDINALITY AS j (key, value, place)) AS line
                 FROM ($1) AS r) AS lines ORDER BY text"
}

is "$(problems shop)" "" "the shop's model is sound"
save shop

same "orders, revenue and average order value by country" \
  '{"measures": ["orders.count", "order_items.revenue", "order_items.aov"],
    "dimensions": ["customers.country"]}' \
  "SELECT country, n, revenue, revenue / kept FROM (
     SELECT c.country, count(*) AS n, count(*) FILTER (WHERE o.status <> 'cancelled') AS kept
     FROM shop.orders AS o JOIN shop.customers AS c USING (customer_id) GROUP BY 1) AS a
   JOIN (SELECT c.country, sum(i.amount) FILTER (WHERE o.status <> 'cancelled') AS revenue
         FROM shop.order_items AS i JOIN shop.orders AS o USING (order_id)
              JOIN shop.customers AS c USING (customer_id) GROUP BY 1) AS b USING (country)"

same "orders by department: each once in each" \
  '{"measures": ["orders.count", "returns.refunds"], "dimensions": ["categories.department"]}' \
  "SELECT department, n, refunds FROM (
     SELECT g.department, count(DISTINCT i.order_id) AS n
     FROM shop.order_items AS i JOIN shop.products AS p USING (product_id)
          JOIN shop.categories AS g USING (category_id) GROUP BY 1) AS a
   JOIN (SELECT g.department, sum(r.refund) AS refunds
         FROM shop.returns AS r JOIN shop.order_items AS i USING (item_id)
              JOIN shop.products AS p USING (product_id)
              JOIN shop.categories AS g USING (category_id) GROUP BY 1) AS b USING (department)"

same "revenue, last year's and growth by quarter" \
  '{"measures": ["order_items.revenue", "order_items.revenue_last_year", "order_items.revenue_yoy"],
    "timeDimensions": [{"dimension": "orders.ordered_at", "granularity": "quarter",
                        "dateRange": "2025"}]}' \
  "WITH q AS (SELECT date_trunc('quarter', o.ordered_at AT TIME ZONE 'UTC') AS quarter,
                     sum(i.amount) AS revenue
              FROM shop.order_items AS i JOIN shop.orders AS o USING (order_id)
              WHERE o.status <> 'cancelled' GROUP BY 1)
   SELECT a.quarter, a.revenue, b.revenue, a.revenue / b.revenue - 1
   FROM q AS a JOIN q AS b ON b.quarter = a.quarter - interval '1 year'
   WHERE a.quarter >= '2025-01-01'"

same "revenue of the fiscal year to date, by month" \
  '{"measures": ["order_items.revenue_fytd"], "timeDimensions": [{
    "dimension": "orders.ordered_at", "granularity": "month", "dateRange": "2025"}]}' \
  "SELECT m, (SELECT sum(i.amount) FROM shop.order_items AS i JOIN shop.orders AS o USING (order_id)
              WHERE o.status <> 'cancelled' AND o.ordered_at AT TIME ZONE 'UTC' < m + interval '1 month'
                AND o.ordered_at AT TIME ZONE 'UTC' >= date_trunc('year', m - interval '1 month')
                                                       + interval '1 month')
   FROM generate_series(timestamp '2025-01-01', '2025-12-01', '1 month') AS m"

same "active customers of 28 days, by day" \
  '{"measures": ["orders.active_customers_28d", "orders.count"], "timeDimensions": [{
    "dimension": "orders.ordered_at", "granularity": "day",
    "dateRange": ["2024-01-20", "2024-02-10"]}]}' \
  "SELECT d, (SELECT count(DISTINCT customer_id) FROM shop.orders
              WHERE ordered_at AT TIME ZONE 'UTC' >= d - interval '27 days'
                AND ordered_at AT TIME ZONE 'UTC' < d + interval '1 day'),
          (SELECT count(*) FROM shop.orders WHERE (ordered_at AT TIME ZONE 'UTC')::date = d::date)
   FROM generate_series(timestamp '2024-01-20', '2024-02-10', '1 day') AS d"

same "shares and ranks by category" \
  '{"measures": ["order_items.revenue_share_of_department", "order_items.revenue_rank"],
    "dimensions": ["categories.department", "categories.name"]}' \
  "SELECT g.department, g.name,
          sum(i.amount) / sum(sum(i.amount)) OVER (PARTITION BY g.department),
          rank() OVER (ORDER BY sum(i.amount) DESC)
   FROM shop.order_items AS i JOIN shop.orders AS o USING (order_id)
        JOIN shop.products AS p USING (product_id) JOIN shop.categories AS g USING (category_id)
   WHERE o.status <> 'cancelled' GROUP BY 1, 2"

same "customers of whom a review has five stars, by years of birth" \
  '{"measures": ["customers.count"], "dimensions": ["customers.birth_years"],
    "filters": [{"member": "reviews.rating", "operator": "equals", "values": [5]}]}' \
  "SELECT CASE WHEN birth_year < 1960 THEN '< 1960'
               WHEN birth_year >= 2000 THEN '>= 2000'
               WHEN birth_year IS NOT NULL THEN birth_year / 10 * 10 || ' to < ' || birth_year / 10 * 10 + 10
          END, count(*)
   FROM shop.customers AS c
   WHERE EXISTS (SELECT FROM shop.reviews AS r WHERE r.customer_id = c.customer_id AND r.rating = 5)
   GROUP BY 1"

is "$(sql $db "SELECT count(*) FROM loupe.semantic_model,
                 jsonb_path_query(model, '\$.entities[*]') AS e, jsonb_path_query(e, '\$.measures[*]') AS m,
                 LATERAL semantic_check(jsonb_build_object(
                     'measures', jsonb_build_array(e ->> 'name' || '.' || (m ->> 'name')),
                     'timeDimensions', '[{\"dimension\": \"orders.ordered_at\", \"granularity\": \"month\"}]'::jsonb))
               WHERE m ->> 'public' IS DISTINCT FROM 'false'")" 0 \
  "every measure can be had by month"

is "$(sql $db "SELECT loupe.sample_model('shop', schema => 'other') #>> '{entities,0,schema}'")" other \
  "the tables may lie in another schema"
is "$(sql $db "SELECT loupe.sample_model('shops')" 2>&1 | sed -n 's/^HINT:  //p')" \
  'There are "shop" and "flights".' "an unknown name is refused"

if PGDATABASE=$db scripts/load-flights >/dev/null 2>&1; then
  is "$(problems flights)" "" "the model of the flights is sound"
  save flights

  same "flights, punctuality and delay by airline" \
    '{"model": "flights", "dimensions": ["airlines.name"], "measures": ["flights.count",
      "flights.on_time_rate", "flights.median_arr_delay", "flights.share", "flights.delay_rank"]}' \
    "SELECT a.name, count(*), count(*) FILTER (WHERE arr_delay <= 15)::numeric / count(arr_delay),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY arr_delay), count(*) / sum(count(*)) OVER (),
            rank() OVER (ORDER BY avg(arr_delay) DESC)
     FROM flights.flights AS f JOIN flights.airlines AS a USING (carrier) GROUP BY 1"

  same "flights and weather side by side" \
    '{"model": "flights", "measures": ["flights.count", "weather.rain"], "timeDimensions": [{
      "dimension": "days.day", "granularity": "month"}], "dimensions": ["origins.name"]}' \
    "SELECT name, make_date(2013, month, 1)::timestamp, n, rain
     FROM (SELECT origin AS faa, month, count(*) AS n FROM flights.flights GROUP BY 1, 2) AS f
          JOIN (SELECT origin AS faa, month, sum(precip) AS rain FROM flights.weather
                GROUP BY 1, 2) AS w USING (faa, month)
          JOIN flights.airports USING (faa)"

  same "flights by the two roles of an airport" \
    '{"model": "flights", "measures": ["flights.count"],
      "dimensions": ["origins.name", "destinations.name"]}' \
    "SELECT o.name, d.name, count(*) FROM flights.flights AS f JOIN flights.airports AS o ON o.faa = origin
            LEFT JOIN flights.airports AS d ON d.faa = dest GROUP BY 1, 2"

  same "the last temperature of each airport, by month" \
    '{"model": "flights", "measures": ["weather.last_temperature"], "dimensions": ["weather.origin"],
      "timeDimensions": [{"dimension": "weather.time", "granularity": "month"}]}' \
    "SELECT DISTINCT ON (1, 2) origin, date_trunc('month', time_hour), avg(temp)
     FROM flights.weather GROUP BY 1, 2, time_hour ORDER BY 1, 2, time_hour DESC"
fi

sql postgres "DROP DATABASE $db"
done_testing
