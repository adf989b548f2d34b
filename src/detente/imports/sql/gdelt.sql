-- GDELT 1.0 and 2.0 events. A group is the actor where the row names no state, or where it is an armed group.
SELECT file_key, source_file, source_row, fields,
    txt(globaleventid) AS source_event_id,
    txt(sourceurl) AS url,
    NULL AS publisher,
    day(left(dateadded, 8)) AS published,
    sqldate AS given_date,
    day(sqldate) AS date_start,
    date_start AS date_end,
    1 AS date_prec,
    eventcode AS act_key,
    CASE WHEN actor1knowngroupcode = '' THEN txt(actor1countrycode)
         WHEN actor1knowngroupcode IN (SELECT key FROM armed) OR actor1countrycode = ''
              OR actor1countrycode NOT IN (SELECT key FROM known)
         THEN actor1knowngroupcode ELSE actor1countrycode END AS actor_key,
    txt(actor1code) AS source_actor,
    txt(actor1name) AS actor_name,
    txt(actor1type1code) AS actor_sector_key,
    CASE WHEN actor2knowngroupcode = '' THEN txt(actor2countrycode)
         WHEN actor2knowngroupcode IN (SELECT key FROM armed) OR actor2countrycode = ''
              OR actor2countrycode NOT IN (SELECT key FROM known)
         THEN actor2knowngroupcode ELSE actor2countrycode END AS recipient_key,
    txt(actor2code) AS source_recipient,
    txt(actor2name) AS recipient_name,
    txt(actor2type1code) AS recipient_sector_key,
    NULL AS own_contexts,
    false AS mutual,
    num(goldsteinscale) AS intensity,
    txt(actiongeo_fullname) AS place,
    txt(actiongeo_countrycode) AS place_key,
    txt(actiongeo_adm1code) AS admin1,
    num(actiongeo_lat) AS latitude,
    num(actiongeo_long) AS longitude,
    CASE actiongeo_type WHEN '1' THEN 6 WHEN '2' THEN 4 WHEN '5' THEN 4 WHEN '3' THEN 1 WHEN '4' THEN 1 END
        AS where_prec,
    whole(numarticles) AS n_reports,
    NULL AS fatalities,
    NULL AS notes
FROM raw
