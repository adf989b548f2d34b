-- PETRARCH's own output. An actor code is a state or group in three letters and then its role.
SELECT file_key, source_file, source_row, fields,
    NULL AS source_event_id,
    txt(url) AS url,
    txt(publisher) AS publisher,
    NULL::DATE AS published,
    "date" AS given_date,
    day("date") AS date_start,
    date_start AS date_end,
    1 AS date_prec,
    trim(code) AS act_key,
    CASE WHEN left(source, 3) IN (SELECT key FROM known) THEN left(source, 3)
         ELSE nullif(substr(source, 4, 3), '') END AS actor_key,
    txt(source) AS source_actor,
    txt(source) AS actor_name,
    CASE WHEN left(source, 3) IN (SELECT key FROM sectors) THEN left(source, 3)
         ELSE nullif(substr(source, 4, 3), '') END AS actor_sector_key,
    CASE WHEN left(target, 3) IN (SELECT key FROM known) THEN left(target, 3)
         ELSE nullif(substr(target, 4, 3), '') END AS recipient_key,
    txt(target) AS source_recipient,
    txt(target) AS recipient_name,
    CASE WHEN left(target, 3) IN (SELECT key FROM sectors) THEN left(target, 3)
         ELSE nullif(substr(target, 4, 3), '') END AS recipient_sector_key,
    NULL AS own_contexts,
    false AS mutual,
    NULL::DOUBLE AS intensity,
    NULL AS place,
    NULL AS place_key,
    NULL AS admin1,
    NULL::DOUBLE AS latitude,
    NULL::DOUBLE AS longitude,
    NULL AS where_prec,
    1 AS n_reports,
    NULL AS fatalities,
    txt(issues) AS notes
FROM raw
