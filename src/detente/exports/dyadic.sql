-- One row for each actor and each recipient of a happening that took place.
CREATE OR REPLACE TEMP VIEW dyadic AS
SELECT e.event_id, e.event_type, e.modes, e.contexts, e.quad_class, e.score, e.cameo, c.name AS cameo_name,
    e.n_reports, e.place, e.place_country, pc.name AS place_country_name, e.admin1, e.geonameid, e.latitude,
    e.longitude, e.where_prec, e.document_id,
    coalesce(e.date_start, e.date_end, d.date_start) AS day,
    d.publisher, d.url, d.language, d.date_start AS published_on,
    a.entity_id AS actor_id, coalesce(na.name, a.entity_id) AS actor_name, a.country AS actor_country,
    ca.name AS actor_country_name, a.sector AS actor_sector, a.iso3 AS actor_iso3, a.cow AS actor_cow,
    r.entity_id AS recipient_id, coalesce(nr.name, r.entity_id) AS recipient_name, r.country AS recipient_country,
    cr.name AS recipient_country_name, r.sector AS recipient_sector, r.iso3 AS recipient_iso3, r.cow AS recipient_cow,
    row_number() OVER (PARTITION BY e.event_id ORDER BY a.position, r.position) AS n
FROM x_events AS e
    JOIN x_event_sides AS a ON a.event_id = e.event_id AND a.side = 'actor'
    LEFT JOIN x_event_sides AS r ON r.event_id = e.event_id
        AND (r.side = 'recipient' OR (e.mutual AND r.entity_id <> a.entity_id))
    LEFT JOIN documents AS d ON d.document_id = e.document_id
    LEFT JOIN entities AS na ON na.entity_id = a.entity_id
    LEFT JOIN entities AS nr ON nr.entity_id = r.entity_id
    LEFT JOIN entities AS ca ON ca.entity_id = a.country
    LEFT JOIN entities AS cr ON cr.entity_id = r.country
    LEFT JOIN entities AS pc ON pc.entity_id = e.place_country
    LEFT JOIN cameo_names AS c ON c.code = e.cameo
WHERE e.is_first AND e.status IN ('actual', 'historical') AND e.cameo IS NOT NULL
    AND coalesce(e.date_start, e.date_end, d.date_start) IS NOT NULL
ORDER BY day, e.event_id, n
