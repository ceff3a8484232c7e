-- Web analytics: visitors, their sessions and the pages they view.
CREATE SCHEMA web;
CREATE TABLE web.visitors (id integer PRIMARY KEY, country text, first_seen date NOT NULL);
INSERT INTO web.visitors
SELECT n, (ARRAY['DE', 'FR', 'US', NULL, 'JP'])[1 + n % 5], date '2025-03-01' + n % 28
FROM generate_series(1, 90) AS n;
CREATE TABLE web.sessions (
    id integer PRIMARY KEY, visitor_id integer NOT NULL, started_at timestamptz NOT NULL,
    source text NOT NULL, device text NOT NULL, duration_seconds integer NOT NULL,
    bounced boolean NOT NULL
);
INSERT INTO web.sessions
SELECT n, 1 + (n * 13) % 85, timestamptz '2025-03-01 00:30+00' + n * interval '97 minutes',
       (ARRAY['search', 'direct', 'social', 'mail'])[1 + n % 4],
       (ARRAY['phone', 'desktop', 'tablet'])[1 + n % 3], (n * 29) % 900, n % 3 = 0
FROM generate_series(1, 420) AS n;
CREATE TABLE web.pageviews (
    id integer PRIMARY KEY, session_id integer NOT NULL, path text NOT NULL,
    "timestamp" timestamptz NOT NULL, load_ms integer NOT NULL
);
INSERT INTO web.pageviews
SELECT n, 1 + (n * 11) % 415, (ARRAY['/', '/docs', '/pricing', '/blog/' || n % 5])[1 + n % 4],
       timestamptz '2025-03-01 00:31+00' + n * interval '31 minutes', 40 + (n * 53) % 1900
FROM generate_series(1, 1300) AS n;
