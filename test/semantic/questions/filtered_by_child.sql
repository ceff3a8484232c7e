-- Orders that have a Books item. The products come as an array, for then the planner dares to read the
-- items by the index on product_id.
--
-- Tried, wall ms / server CPU ms, this one 67 / 116: EXISTS over items joined to products 79 / 143; IN
-- over the same 83 / 165; IN within IN 82 / 154; distinct orders, joined 204 / 388; a hashed subplan
-- 357; = ANY of an array of orders 264.
SELECT count(*) AS "orders.count", sum(shipping_fee) AS "orders.shipping_total"
FROM shop.orders AS o
WHERE EXISTS (
    SELECT FROM shop.order_items AS i
    WHERE i.order_id = o.id AND i.product_id = ANY (ARRAY(
        SELECT id FROM shop.products WHERE category = 'Books')))
