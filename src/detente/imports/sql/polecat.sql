-- POLECAT. Of several actors the first is the actor; all stand in source_actor.
SELECT file_key, source_file, source_row, fields,
    txt(event_id) AS source_event_id,
    NULL AS url,
    txt(source) AS publisher,
    iso_day(publication_date) AS published,
    event_date AS given_date,
    iso_day(event_date) AS date_start,
    date_start AS date_end,
    1 AS date_prec,
    CASE WHEN upper(trim(event_type)) || '|' || lower(trim(event_mode)) IN (SELECT key FROM acts)
         THEN upper(trim(event_type)) || '|' || lower(trim(event_mode)) ELSE upper(trim(event_type)) END AS act_key,
    CASE WHEN lower(first_of(actor_name)) IN (SELECT key FROM known) THEN lower(first_of(actor_name))
         ELSE lower(first_of(actor_country)) END AS actor_key,
    txt(actor_name) AS source_actor,
    first_of(actor_name) AS actor_name,
    first_of(primary_actor_sector) AS actor_sector_key,
    CASE WHEN lower(first_of(recipient_name)) IN (SELECT key FROM known) THEN lower(first_of(recipient_name))
         ELSE lower(first_of(recipient_country)) END AS recipient_key,
    txt(recipient_name) AS source_recipient,
    first_of(recipient_name) AS recipient_name,
    first_of(primary_recipient_sector) AS recipient_sector_key,
    txt(replace(lower(contexts), ' ', '')) AS own_contexts,
    false AS mutual,
    num(intensity) AS intensity,
    coalesce(txt(placename), txt(raw_placename), txt(city)) AS place,
    lower(txt(country)) AS place_key,
    txt(province) AS admin1,
    num(latitude) AS latitude,
    num(longitude) AS longitude,
    CASE WHEN txt(city) IS NOT NULL THEN 1 WHEN txt(district) IS NOT NULL THEN 3 WHEN txt(province) IS NOT NULL THEN 4
         WHEN txt(country) IS NOT NULL THEN 6 END AS where_prec,
    1 AS n_reports,
    NULL AS fatalities,
    upper(trim(event_type)) || coalesce('|' || lower(txt(event_mode)), '') AS notes
FROM raw
