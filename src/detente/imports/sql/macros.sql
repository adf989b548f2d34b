-- Small readers that the queries of all forms share. Text that is empty is NULL.
CREATE TEMP MACRO txt(x) AS nullif(trim(x), '');
CREATE TEMP MACRO num(x) AS try_cast(nullif(x, '') AS DOUBLE);
CREATE TEMP MACRO whole(x) AS try_cast(nullif(x, '') AS INTEGER);
CREATE TEMP MACRO day(x) AS try_strptime(x, '%Y%m%d')::DATE;
CREATE TEMP MACRO iso_day(x) AS try_strptime(left(trim(x), 10), '%Y-%m-%d')::DATE;
CREATE TEMP MACRO first_of(x) AS nullif(trim(split_part(x, ';', 1)), '');
CREATE TEMP MACRO in_brackets(x) AS nullif(regexp_extract(x, '\(([^()]+)\)\s*$', 1), '');
CREATE TEMP MACRO before_brackets(x) AS nullif(regexp_extract(x, '^(.+?)\s*\([^()]+\)\s*$', 1), '');
-- As names of CAMEO codes are compared: no capitals, stops or quotation marks.
CREATE TEMP MACRO plain_name(x) AS trim(regexp_replace(regexp_replace(lower(x), '[^\w\s/-]', ' ', 'g'), '\s+', ' ', 'g'));
-- The first of several sectors by comma that we know.
CREATE TEMP MACRO first_sector(x) AS list_filter(
    list_transform(string_split(x, ','), lambda s: trim(s)), lambda s: list_contains(getvariable('sector_keys'), s))[1];
CREATE TEMP MACRO state_or_name(x) AS regexp_replace(trim(x), '^Government of (the )?', '');
CREATE TEMP MACRO acled_kind(x) AS nullif(regexp_extract(x, getvariable('kinds'), 1), '');
CREATE TEMP MACRO acled_key(x) AS lower(coalesce(
    nullif(regexp_extract(x, '^(?:Government|Military Forces|Police Forces|Mutiny of Military Forces) of (?:the )?(.+?)\s*\(', 1), ''),
    CASE WHEN acled_kind(x) IS NULL THEN nullif(regexp_extract(x, '^([^(:]+?)\s*(?:[(:]|$)', 1), '') END,
    in_brackets(x)));
-- A group or organisation by its own id, a state with its sector, and what we do not know by the code it has.
CREATE TEMP MACRO own_id(id, country, sector, code) AS CASE
    WHEN id IS NULL THEN code
    WHEN id = country AND sector IS NOT NULL THEN id || ':' || sector
    ELSE id END;
