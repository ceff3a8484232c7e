-- Subscriptions: accounts, plans, invoices and monthly snapshots of recurring revenue.
CREATE SCHEMA saas;
CREATE TABLE saas.accounts (
    id integer PRIMARY KEY, name text NOT NULL, region text, signed_up_at timestamptz NOT NULL
);
INSERT INTO saas.accounts
SELECT n, 'Account ' || n, (ARRAY['EMEA', 'AMER', 'APAC', NULL])[1 + n % 4],
       timestamptz '2024-01-01 08:00+00' + n * interval '37 hours'
FROM generate_series(1, 80) AS n;
CREATE TABLE saas.plans (id integer PRIMARY KEY, name text NOT NULL, monthly_price numeric NOT NULL);
INSERT INTO saas.plans VALUES (1, 'Free', 0), (2, 'Team', 49.5), (3, 'Business', 199);
CREATE TABLE saas.subscriptions (
    id integer PRIMARY KEY, account_id integer NOT NULL, plan_id integer NOT NULL,
    started_on date NOT NULL, ended_on date
);
INSERT INTO saas.subscriptions
SELECT n, 1 + n % 70, 1 + n % 3, date '2024-02-01' + (n * 5) % 300,
       CASE WHEN n % 4 = 0 THEN date '2024-02-01' + (n * 5) % 300 + 60 END
FROM generate_series(1, 120) AS n;
CREATE TABLE saas.invoices (
    id integer PRIMARY KEY, account_id integer NOT NULL, issued_on date NOT NULL,
    amount numeric(10, 2) NOT NULL, is_paid boolean NOT NULL
);
INSERT INTO saas.invoices
SELECT n, 1 + (n * 7) % 75, date '2024-03-01' + n % 200, 20 + (n * 17) % 180, n % 6 <> 0
FROM generate_series(1, 500) AS n;
CREATE TABLE saas.mrr_snapshots (
    account_id integer NOT NULL, taken_on date NOT NULL, mrr numeric NOT NULL,
    PRIMARY KEY (account_id, taken_on)
);
INSERT INTO saas.mrr_snapshots
SELECT a, (date '2024-03-31' + m * interval '1 month')::date, (a * (m + 3)) % 120
FROM generate_series(1, 60) AS a, generate_series(0, 5) AS m
WHERE (a + m) % 9 <> 0;
