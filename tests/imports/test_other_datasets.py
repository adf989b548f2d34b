"""ICEWS, POLECAT, PETRARCH, UCDP and ACLED in our terms."""

from datetime import date

import pytest

from detente.imports.crosswalks import acts_of, load_tables, sectors_of
from detente.imports.layouts import load_layouts
from imports.foreign import WORLD, rejects, table, take, write_csv, write_lines, write_tsv

ICEWS = {
    "Event ID": "17", "Event Date": "2014-05-06", "Source Name": "Police (Malaysia)",
    "Source Sectors": "Unknown,Police,Government", "Source Country": "Malaysia", "Event Text": "Investigate",
    "CAMEO Code": "090", "Intensity": "-2.0", "Target Name": "Boko Haram", "Target Sectors": "", "Target Country": "",
    "Story ID": "3", "Sentence Number": "1", "Publisher": "Agency", "City": "", "District": "", "Province": "Borno",
    "Country": "Nigeria", "Latitude": "11.8", "Longitude": "13.1",
}  # fmt: skip
POLECAT = {
    "Event ID": "20200101-1-abc", "Event Date": "2020-01-01", "Event Type": "CONSULT", "Event Mode": "visit",
    "Intensity": "4.0", "Quad Code": "VERBAL COOPERATION", "Contexts": "military;diplomatic",
    "Actor Name": "Pakistan; Imran Khan", "Actor Country": "PAK", "Primary Actor Sector": "GOV",
    "Recipient Name": "Russia", "Recipient Country": "RUS", "Primary Recipient Sector": "", "City": "Moscow",
    "Country": "RUS", "Latitude": "55.75", "Longitude": "37.61", "Source": "Agency", "Publication Date": "2020-01-02",
}  # fmt: skip
UCDP = {
    "id": "244", "type_of_violence": "1", "side_a": "Government of Afghanistan", "side_b": "Taleban",
    "number_of_sources": "-1", "source_office": "Agency", "source_date": "2017-01-02",
    "source_headline": 'One "fight",\nover two lines', "where_prec": "4", "where_coordinates": "Helmand province",
    "adm_1": "Helmand", "latitude": "31.0", "longitude": "64.0", "country": "Afghanistan", "date_prec": "2",
    "date_start": "2017-01-01 00:00:00.000", "date_end": "2017-01-03 00:00:00.000", "best": "12",
}  # fmt: skip
ACLED = {
    "event_id_cnty": "IND1", "event_date": "2019-02-26", "time_precision": "1",
    "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike",
    "actor1": "Military Forces of India (2014-)", "actor2": "Civilians (Pakistan)", "country": "Pakistan",
    "admin1": "Punjab", "location": "Lahore", "latitude": "31.5", "longitude": "74.3",
    "geo_precision": "2", "source": "Agency", "notes": "Aircraft dropped bombs.", "fatalities": "0",
}  # fmt: skip


def one(dataset, path, out):
    take(dataset, path, out=out)
    rows = table(out)
    assert len(rows) == 1, rejects(out)
    return rows[0]


def parts(row, *names):
    return tuple(row[name] for name in names)


def test_icews_actors_are_told_by_name_else_by_country(tmp_path):
    row = one("icews", write_tsv(tmp_path / "a.tab", [ICEWS]), tmp_path / "out")

    assert parts(row, "event_id", "actor_id", "recipient_id") == ("icews-17", "MYS:COP", "boko-haram")
    assert parts(row, "event_type", "modes", "intensity") == ("ACCUSE", "investigate", -2.0)
    assert parts(row, "place_country", "where_prec", "publisher") == ("NGA", 4, "Agency")


def test_icews_files_with_quotation_marks_are_read(tmp_path):
    quoted = [{f'"{name}"': f'"{value}"' for name, value in ICEWS.items()}]

    row = one("icews", write_tsv(tmp_path / "a.tab", quoted), tmp_path / "out")

    assert parts(row, "event_id", "actor_id", "source_row") == ("icews-17", "MYS:COP", 1)


def test_columns_may_stand_in_any_order_and_headers_differ(tmp_path):
    turned = dict(reversed(ICEWS.items()))
    shouted = {name.upper(): value for name, value in ICEWS.items()}
    paths = [
        write_tsv(tmp_path / f"{name}.tab", [{**row, key: name} for key in row if key.lower() == "event id"])
        for name, row in (("1", ICEWS), ("2", turned), ("3", shouted))
    ]

    reports = take("icews", *paths, out=tmp_path / "out")

    assert [(report.rows, report.rejected) for report in reports] == [(1, 0)] * 3
    assert {row["event_id"] for row in table(tmp_path / "out")} == {"icews-1", "icews-2", "icews-3"}


def test_icews_lines_are_counted_with_the_header(tmp_path):
    row = one("icews", write_tsv(tmp_path / "a.tab", [ICEWS]), tmp_path / "out")

    assert row["source_row"] == 2


@pytest.mark.parametrize("writer", [write_tsv, write_csv], ids=["tab", "comma"])
def test_icews_relations_are_told_by_their_cameo_name(tmp_path, writer):
    rows = [
        dict(zip(columns, cells, strict=True))
        for columns in (("actor1", "relation", "actor2", "date"),)
        for cells in (
            ("Police (Malaysia)", "Arrest, detain, or charge with legal action", "Men (Malaysia)", "2005-02-15"),
            ("Japan", "Host a visit", "UN Security Council", "2005-02-16"),
            ("Barack Obama", "Criticize or denounce", "Uladi Mussa", "2014-02-17"),
        )
    ]
    path = writer(tmp_path / "a.txt", rows)
    if writer is write_tsv:
        path.write_text(path.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")

    take("icews", path, out=tmp_path / "out")

    first, second, third = table(tmp_path / "out")
    assert parts(first, "actor_id", "recipient_id", "event_type", "cameo") == ("MYS:COP", "MYS:CVL", "COERCE", "173")
    assert parts(third, "actor_id", "actor_cow", "recipient_id") == ("barack-obama", 2, "Uladi Mussa")
    assert parts(second, "actor_id", "recipient_id", "modes") == ("UNSC", "JPN", "visit")
    assert len({first["event_id"], second["event_id"]}) == 2


def test_polecat_has_our_types_and_its_first_actor_acts(tmp_path):
    row = one("polecat", write_tsv(tmp_path / "a.txt", [POLECAT]), tmp_path / "out")

    assert parts(row, "actor_id", "recipient_id", "source_actor") == ("PAK:GOV", "RUS", "Pakistan; Imran Khan")
    assert parts(row, "event_type", "modes", "contexts", "cameo") == ("CONSULT", "visit", "military;diplomatic", "042")
    assert parts(row, "published", "where_prec") == (date(2020, 1, 2), 1)


def test_an_unknown_mode_of_polecat_leaves_the_type(tmp_path):
    row = one("polecat", write_tsv(tmp_path / "a.txt", [{**POLECAT, "Event Mode": "telepathy"}]), tmp_path / "out")

    assert parts(row, "event_type", "modes", "notes") == ("CONSULT", None, "CONSULT|telepathy")


def test_petrarch_codes_are_a_state_and_a_role(tmp_path):
    lines = ["20150102\tUSAGOV\tIGOUNO\t0311\t\tid-1\thttps://example.org", "20150103\tPAKMIL\tIND\t190"]

    take("petrarch", write_lines(tmp_path / "events.txt", lines), out=tmp_path / "out")

    first, second = table(tmp_path / "out")
    assert parts(first, "actor_id", "recipient_id", "event_type", "url") == (
        "USA:GOV",
        "UN",
        "AGREE",
        "https://example.org",
    )
    assert parts(second, "actor_id", "recipient_id", "event_type", "url") == ("PAK:MIL", "IND", "ASSAULT", None)


def test_phoenix_has_entities_and_roles_apart(tmp_path):
    cells = ["7_1", "20150102", "2015", "1", "2", "USAGOV", "USA", "GOV", "", "RUS", "RUS", "", "", "112", "11", "3",
             "-2.0", "ID_ECONOMY,1", "55.7", "37.6", "Moscow", "Russia", "Moskva", "s1",
             "https://example.org;x", "bbc"]  # fmt: skip

    row = one("petrarch", write_lines(tmp_path / "events.full.txt", ["\t".join(cells)]), tmp_path / "out")

    assert parts(row, "event_id", "actor_id", "recipient_id", "url") == (
        "petrarch-7_1",
        "USA:GOV",
        "RUS",
        "https://example.org",
    )
    assert parts(row, "place", "place_country", "where_prec") == ("Moscow, Moskva, Russia", "RUS", 1)


def test_historical_phoenix_codes_get_their_leading_zero_back(tmp_path):
    cells = {
        "eid": "NYT1", "story_date": "1/2/1995", "year": "1995", "month": "1", "day": "2", "source": "USAGOV",
        "source_root": "USA", "source_agent": "GOV", "target": "RUS", "target_root": "RUS", "target_agent": "",
        "code": "42", "root_code": "4", "countryname": "Russia",
    }  # fmt: skip

    row = one("petrarch", write_csv(tmp_path / "a.csv", [cells]), tmp_path / "out")

    assert parts(row, "cameo", "event_type", "date_start") == ("042", "CONSULT", date(1995, 1, 2))


def test_ucdp_fights_are_mutual_and_keep_precision_and_deaths(tmp_path):
    row = one("ucdp", write_csv(tmp_path / "ged.csv", [UCDP]), tmp_path / "out")

    assert parts(row, "actor_id", "recipient_id", "mutual", "event_type") == ("AFG:GOV", "taliban", True, "ASSAULT")
    assert parts(row, "date_start", "date_end", "date_prec") == (date(2017, 1, 1), date(2017, 1, 3), 2)
    assert parts(row, "where_prec", "fatalities", "n_reports") == (4, 12, None)
    assert row["notes"] == 'One "fight",\nover two lines'


def test_ucdp_civilians_are_those_of_the_country(tmp_path):
    cells = {**UCDP, "type_of_violence": "3", "side_b": "Civilians"}

    row = one("ucdp", write_csv(tmp_path / "ged.csv", [cells]), tmp_path / "out")

    assert parts(row, "recipient_id", "mutual") == ("AFG:CVL", False)


def test_quoted_rows_that_are_too_short_or_too_long_are_refused(tmp_path):
    path = write_csv(tmp_path / "ged.csv", [UCDP])
    path.write_text(path.read_text(encoding="utf-8") + "1,2\n" + ",".join("x" * 30) + "\n", encoding="utf-8")

    take("ucdp", path, out=tmp_path / "out")

    assert rejects(tmp_path / "out") == [
        ("ged.csv", 2, "fewer fields than 18"),
        ("ged.csv", 3, "more fields than 18"),
    ]


def test_acled_actors_are_told_by_their_kind_and_country(tmp_path):
    row = one("acled", write_csv(tmp_path / "a.csv", [ACLED]), tmp_path / "out")

    assert parts(row, "actor_id", "recipient_id") == ("IND:MIL", "PAK:CVL")
    assert parts(row, "event_type", "modes", "where_prec", "date_prec") == ("ASSAULT", "aerial", 2, 1)


ACLED_NAMES = {
    "Police Forces of Kenya (2013-2022)": "KEN:COP",
    "Government of the Philippines (2016-2022)": "PHL:GOV",
    "Protesters (India)": "IND:SOC",
    "Boko Haram": "boko-haram",
    "Islamic State (Iraq)": "isil",
    "Clan Militia of Nowhere (Mali)": "Clan Militia of Nowhere (Mali)",
}


def test_acled_names_of_actors(tmp_path):
    rows = [{**ACLED, "event_id_cnty": str(i), "actor1": name} for i, name in enumerate(ACLED_NAMES)]

    take("acled", write_csv(tmp_path / "a.csv", rows), out=tmp_path / "out")

    assert {row["source_actor"]: row["actor_id"] for row in table(tmp_path / "out")} == ACLED_NAMES


def test_acled_days_may_be_written_out(tmp_path):
    row = one("acled", write_csv(tmp_path / "a.csv", [{**ACLED, "event_date": "26 February 2019"}]), tmp_path / "out")

    assert row["date_start"] == date(2019, 2, 26)


@pytest.mark.parametrize("layout", load_layouts(), ids=lambda layout: layout.name)
def test_every_code_of_a_layout_has_a_type_sector_and_score_of_the_codebook(layout):
    acts = list(acts_of(layout.acts))

    assert len({act.key for act in acts}) == len(acts)
    assert all((act.score is None) == (act.event_type is None) == (act.quad_class is None) for act in acts)
    assert sectors_of(layout.sectors)


def test_states_and_groups_of_the_crosswalks_are_known():
    tables = load_tables()
    known = {one.id for one in WORLD.names.values()}

    assert {*tables["cameo_groups"].values()} <= known
    assert {*tables["cameo_countries"].values(), *tables["names"].values()} <= {*WORLD.states}
    assert {*WORLD.states} >= {code for code in tables["fips"].values() if code in known}
