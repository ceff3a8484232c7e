-- The main job on the sample shop; run by scripts/demo.
SET search_path = shop, public;
\set ECHO queries

\echo
\echo '### 1. A profile: one row of statistics per column'
SELECT column_name, data_type, row_count, null_count, distinct_count, min, max, mean
FROM profile('shop.orders');

\echo '### 2. Questions in plain language'
\pset tuples_only on
\pset format unaligned
SELECT ask_sql('What is the total amount by category?');
SELECT ask_text('What is the total amount by category?');

SELECT ask_sql('How many orders per month in 2025?');
SELECT ask_text('How many orders per month in 2025?');

SELECT ask_sql('Top 5 customers by amount');
SELECT ask_text('Top 5 customers by amount');

-- A word that means nothing here: it says so instead of guessing.
SELECT ask_text('How many orders are blorbed?');
\pset tuples_only off
\pset format aligned

\echo
\echo '### 3. A semantic query: measures and dimensions, the SQL is its business'
SELECT * FROM semantic_rows('{
    "measures": ["orders.count", "order_items.total_amount"],
    "dimensions": ["orders.channel"]
}');

-- What it ran: each measure is aggregated from the rows of its own table.
\pset tuples_only on
\pset format unaligned
SELECT semantic_sql('{
    "measures": ["orders.count", "order_items.total_amount"],
    "dimensions": ["orders.channel"]
}');

\echo
\echo '### 4. A chart from SQL, drawn in the terminal'
SELECT chart_text('{
    "data": {"sql": "SELECT status, count(*) AS orders FROM shop.orders GROUP BY status"},
    "mark": "bar",
    "encoding": {"y": {"field": "status", "type": "nominal"},
                 "x": {"field": "orders", "type": "quantitative"}}
}');
