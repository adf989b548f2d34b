-- Directed pairs of states by {unit}: happenings counted once, zeros included. Tables events, event_sides, documents
-- and codes (state, unit, iso3, cow, gw) are views of the connection.
WITH sides AS (
    SELECT s.event_id, s.side, s.country, e.mutual
    FROM event_sides AS s JOIN events AS e USING (event_id)
    WHERE e.is_first AND e.status = 'actual' AND (s.iso3 IS NOT NULL OR s.gw IS NOT NULL)
), acts AS (
    SELECT DISTINCT a.event_id, a.country AS actor, r.country AS recipient
    FROM sides AS a JOIN sides AS r USING (event_id)
    WHERE a.side = 'actor' AND (r.side = 'recipient' OR a.mutual) AND a.country <> r.country
), pairs AS (
    SELECT actor, recipient FROM acts UNION SELECT recipient, actor FROM acts
), counted AS (
    SELECT a.actor, a.recipient, date_trunc('{unit}', e.date_start)::DATE AS unit,
        count(*) AS n_events, sum(e.n_reports) AS n_reports,
        count(*) FILTER (e.quad_class = 1) AS n_quad_1, count(*) FILTER (e.quad_class = 2) AS n_quad_2,
        count(*) FILTER (e.quad_class = 3) AS n_quad_3, count(*) FILTER (e.quad_class = 4) AS n_quad_4,
        round(avg(e.score), 6) AS mean_score
    FROM acts AS a JOIN events AS e USING (event_id)
    WHERE date_trunc('{unit}', e.date_start) = date_trunc('{unit}', e.date_end)
    GROUP BY ALL
)
SELECT p.actor, p.recipient, {shown} AS "{unit}",
    ca.iso3 AS actor_iso3, ca.cow AS actor_cow, ca.gw AS actor_gw,
    cr.iso3 AS recipient_iso3, cr.cow AS recipient_cow, cr.gw AS recipient_gw,
    coalesce(c.n_events, 0) AS n_events, coalesce(c.n_reports, 0)::BIGINT AS n_reports,
    coalesce(c.n_quad_1, 0) AS n_quad_1, coalesce(c.n_quad_2, 0) AS n_quad_2,
    coalesce(c.n_quad_3, 0) AS n_quad_3, coalesce(c.n_quad_4, 0) AS n_quad_4,
    c.mean_score, coalesce(v.n, 0) AS coverage
FROM pairs AS p CROSS JOIN units AS u
    LEFT JOIN counted AS c ON c.actor = p.actor AND c.recipient = p.recipient AND c.unit = u.unit
    LEFT JOIN covered AS v ON v.unit = u.unit
    LEFT JOIN codes AS ca ON ca.state = p.actor AND ca.unit = u.unit
    LEFT JOIN codes AS cr ON cr.state = p.recipient AND cr.unit = u.unit
ORDER BY p.actor, p.recipient, u.unit
