-- A help desk: tickets of customers, handled by agents of teams, and what happens to each ticket.
CREATE SCHEMA tickets;
CREATE TABLE tickets.customers (id integer PRIMARY KEY, name text NOT NULL, tier text NOT NULL);
INSERT INTO tickets.customers
SELECT n, 'Customer ' || n, (ARRAY['basic', 'pro', 'vip'])[1 + n % 3]
FROM generate_series(1, 40) AS n;
CREATE TABLE tickets.agents (id integer PRIMARY KEY, name text NOT NULL, team text NOT NULL);
INSERT INTO tickets.agents
SELECT n, 'Agent ' || n, (ARRAY['billing', 'technical'])[1 + n % 2]
FROM generate_series(1, 8) AS n;
CREATE TABLE tickets.tickets (
    id integer PRIMARY KEY,
    customer_id integer NOT NULL,
    agent_id integer,
    opened_at timestamp NOT NULL,
    first_reply_minutes integer,
    priority text NOT NULL,
    is_resolved boolean NOT NULL,
    stars integer
);
INSERT INTO tickets.tickets
SELECT n, 1 + (n * 3) % 38, CASE WHEN n % 10 <> 0 THEN 1 + n % 8 END,
       timestamp '2025-02-01 09:00' + n * interval '5 hours',
       CASE WHEN n % 10 <> 0 THEN 5 + (n * 11) % 240 END,
       (ARRAY['low', 'normal', 'high', 'urgent'])[1 + n % 4],
       n % 5 <> 0,
       CASE WHEN n % 3 = 0 THEN 1 + n % 5 END
FROM generate_series(1, 400) AS n;
CREATE TABLE tickets.events (
    id integer PRIMARY KEY, ticket_id integer NOT NULL, kind text NOT NULL,
    minutes_spent integer NOT NULL
);
INSERT INTO tickets.events
SELECT n, 1 + (n * 7) % 390, (ARRAY['reply', 'note', 'reopen'])[1 + n % 3], 1 + n % 25
FROM generate_series(1, 900) AS n;
