-- What all forms have in common: codes in our terms, sides in the order of the act, and why a row cannot be taken.
, acted AS (
    SELECT p.*, a.event_type, a.modes, coalesce(p.own_contexts, a.contexts) AS contexts, a.quad_class, a.score,
        a.cameo, a.key IS NULL AS is_unknown,
        if(a.mirrored, p.recipient_key, p.actor_key) AS key_1,
        if(a.mirrored, p.actor_key, p.recipient_key) AS key_2,
        if(a.mirrored, p.source_recipient, p.source_actor) AS code_1,
        if(a.mirrored, p.source_actor, p.source_recipient) AS code_2,
        if(a.mirrored, p.recipient_name, p.actor_name) AS name_1,
        if(a.mirrored, p.actor_name, p.recipient_name) AS name_2,
        if(a.mirrored, p.recipient_sector_key, p.actor_sector_key) AS sector_key_1,
        if(a.mirrored, p.actor_sector_key, p.recipient_sector_key) AS sector_key_2
    FROM parsed AS p LEFT JOIN acts AS a ON a.key = p.act_key
), judged AS (
    SELECT *,
        CASE
            WHEN fields < getvariable('fewest') THEN 'fewer fields than ' || getvariable('fewest')
            WHEN fields > getvariable('most') THEN 'more fields than ' || getvariable('most')
            WHEN getvariable('has_ids') AND source_event_id IS NULL THEN 'no event id'
            WHEN date_start IS NULL THEN 'no day in the date ''' || coalesce(given_date, '') || ''''
            WHEN date_end < date_start THEN 'ends on ' || date_end || ', before it starts'
            WHEN is_unknown THEN 'unknown event code ''' || coalesce(act_key, '') || ''''
        END AS reason
    FROM acted
)
