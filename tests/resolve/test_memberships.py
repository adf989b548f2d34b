"""The tables of memberships: facts that must hold, dates of every precision, and what the reader refuses."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from detente.errors import DataError
from detente.resolve.memberships import (
    KNOWN_STATUSES,
    LISTED_STATUSES,
    MEMBER_STATUSES,
    Moment,
    Spell,
    listings_of,
    load_listings,
    load_memberships,
    members_of,
    memberships_of,
    read_spells,
)
from detente.resolve.tables import read_table

HEADER = "organisation,state,status,from,to,source"


def states(organisation: str, on: str, *statuses: str) -> set[str]:
    found = members_of(organisation, date.fromisoformat(on), statuses=statuses or ("member", "founder"))
    return {spell.state for spell in found}


def read(*rows: str) -> tuple[Spell, ...]:
    return read_spells([HEADER, *rows], name="table.csv", statuses=KNOWN_STATUSES)


@pytest.mark.parametrize(
    ("organisation", "state", "last_day", "first_day"),
    [
        ("EU", "GBR", "2020-01-30", "2020-01-31"),
        ("ECOWAS", "NER", "2023-07-29", "2025-01-29"),
        ("OPEC", "QAT", "2018-12-31", "2019-01-01"),
        ("OPEC", "AGO", "2023-12-31", "2024-01-01"),
        ("OPEC", "ECU", "2019-12-31", "2020-01-01"),
        ("G8", "RUS", "2014-03-23", "2014-03-24"),
        ("COE", "RUS", "2022-02-24", "2022-03-16"),
        ("CSTO", "UZB", "2012-06-27", "2012-12-19"),
        ("CIS", "GEO", "2009-08-17", "2009-08-18"),
        ("UN", "TWN", "1971-10-24", "1971-10-25"),
        ("OAS", "NIC", "2023-11-18", "2023-11-19"),
        ("ICC", "PHL", "2019-03-16", "2019-03-17"),
        ("SADC", "SYC", "2003-12-31", "2005-01-01"),
    ],
)
def test_a_state_that_leaves_is_a_member_until_the_day_before(
    organisation: str, state: str, last_day: str, first_day: str
) -> None:
    assert state in states(organisation, last_day)
    assert state not in states(organisation, first_day)


@pytest.mark.parametrize(
    ("organisation", "state", "first_day"),
    [
        ("SCO", "PAK", "2017-06-09"),
        ("SCO", "IND", "2017-06-09"),
        ("SCO", "IRN", "2023-07-04"),
        ("SCO", "BLR", "2024-07-04"),
        ("NATO", "FIN", "2023-04-04"),
        ("NATO", "SWE", "2024-03-07"),
        ("NATO", "MNE", "2017-06-05"),
        ("EU", "HRV", "2013-07-01"),
        ("WTO", "CHN", "2001-12-11"),
        ("WTO", "RUS", "2012-08-22"),
        ("UN", "CHN", "1971-10-25"),
        ("UN", "DEU", "1973-09-18"),
        ("UN", "SSD", "2011-07-14"),
        ("BRICS", "IDN", "2025-01-06"),
        ("BRICS", "IRN", "2024-01-01"),
        ("EAEU", "ARM", "2015-01-02"),
        ("G20", "AU", "2023-09-09"),
        ("ASEAN", "TLS", "2025-10-26"),
        ("SAARC", "AFG", "2007-04-03"),
        ("FATF", "IND", "2010-06-25"),
        ("CPTPP", "GBR", "2024-12-15"),
    ],
)
def test_a_state_that_joins_is_a_member_from_that_day(organisation: str, state: str, first_day: str) -> None:
    day = date.fromisoformat(first_day)

    assert state in states(organisation, first_day)
    assert state not in {s.state for s in members_of(organisation, date.fromordinal(day.toordinal() - 1))}


def test_the_sco_has_six_members_and_four_observers_in_2005() -> None:
    assert states("SCO", "2005-07-05") == {"CHN", "KAZ", "KGZ", "RUS", "TJK", "UZB"}
    assert states("SCO", "2005-07-05", "observer") == {"IND", "IRN", "MNG", "PAK"}
    assert states("SCO", "2005-07-04", "observer") == {"MNG"}


def test_the_sco_did_not_exist_before_june_2001() -> None:
    assert states("SCO", "2001-06-14") == set()
    assert states("SHANGHAIFIVE", "2001-06-14") == {"CHN", "KAZ", "KGZ", "RUS", "TJK"}


def test_the_sco_grows_from_six_to_eight_in_june_2017() -> None:
    assert len(states("SCO", "2017-06-08")) == 6
    assert states("SCO", "2017-06-10") - states("SCO", "2017-06-08") == {"IND", "PAK"}


def test_three_sahel_states_leave_ecowas_after_a_suspension() -> None:
    assert states("ECOWAS", "2025-01-28", "suspended") >= {"BFA", "MLI", "NER"}
    assert states("ECOWAS", "2025-01-29", "withdrawn") >= {"BFA", "MLI", "NER"}
    assert states("AES", "2025-01-29") == {"BFA", "MLI", "NER"}


def test_russia_is_suspended_from_the_g8_in_march_2014() -> None:
    assert states("G8", "2014-03-25", "suspended") == {"RUS"}
    assert "RUS" not in states("G7", "2010-01-01")


def test_syria_is_suspended_from_the_arab_league_for_twelve_years() -> None:
    assert "SYR" in states("AL", "2011-11-12", "suspended")
    assert "SYR" in states("AL", "2023-05-07")


def test_turkey_is_a_candidate_for_the_eu_and_ukraine_since_june_2022() -> None:
    assert "UKR" in states("EU", "2022-03-01", "applicant")
    assert states("EU", "2022-06-23", "candidate") >= {"TUR", "UKR", "MDA"}


@pytest.mark.parametrize("year", range(1991, 2027))
def test_the_security_council_has_fifteen_members_each_year(year: int) -> None:
    assert len(states("UNSC", f"{year}-06-01")) == 15


def test_the_security_council_of_2018() -> None:
    permanent = {"CHN", "FRA", "GBR", "RUS", "USA"}
    first_year = {"CIV", "GNQ", "KWT", "NLD", "PER", "POL"}
    second_year = {"BOL", "ETH", "KAZ", "SWE"}

    assert states("P5", "2018-06-01") == permanent
    assert states("UNSC", "2018-06-01") == permanent | first_year | second_year


@pytest.mark.parametrize(
    ("organisation", "on", "count"),
    [
        ("UN", "1946-01-01", 51),
        ("UN", "2011-07-14", 193),
        ("NATO", "2024-03-07", 32),
        ("EU", "2007-01-01", 27),
        ("EU", "2019-12-31", 28),
        ("EU", "2021-01-01", 27),
        ("WTO", "2024-08-30", 166),
        ("OIC", "2012-01-01", 57),
        ("COE", "2022-03-16", 46),
        ("OSCE", "2012-11-21", 57),
        ("OECD", "2021-05-25", 38),
        ("G20", "2023-09-09", 21),
        ("ICC", "2025-01-01", 125),
        ("OPEC", "2024-01-01", 12),
        ("GCC", "1990-08-02", 6),
        ("CELAC", "2012-01-01", 33),
    ],
)
def test_organisations_have_as_many_members_as_they_say(organisation: str, on: str, count: int) -> None:
    assert len(states(organisation, on)) == count


def test_memberships_of_a_state_name_every_organisation_and_status() -> None:
    found = {spell.organisation: spell.status for spell in memberships_of("PAK", date(2010, 1, 1))}

    assert found["SCO"] == "observer"
    assert found["SAARC"] == "founder"
    assert found["UN"] == "member"
    assert "UNSC" not in found


def test_pakistan_is_on_the_grey_list_from_june_2018_to_october_2022() -> None:
    assert [spell.status for spell in listings_of("PAK", date(2020, 1, 1))] == ["listed-grey"]
    assert listings_of("PAK", date(2018, 5, 31)) == ()
    assert listings_of("PAK", date(2022, 10, 31)) == ()


def test_myanmar_moves_from_the_grey_to_the_black_list() -> None:
    assert [spell.status for spell in listings_of("MMR", date(2022, 10, 20))] == ["listed-grey"]
    assert [spell.status for spell in listings_of("MMR", date(2022, 10, 21))] == ["listed-black"]


def test_what_is_dated_by_the_year_is_unsure_within_that_year() -> None:
    (spell,) = read("NATO,GEO,observer,2005,2008-03,list")

    assert spell.holds(date(2004, 12, 31)) is False
    assert spell.holds(date(2005, 6, 1)) is None
    assert spell.holds(date(2006, 1, 1)) is True
    assert spell.holds(date(2008, 3, 15)) is None
    assert spell.holds(date(2008, 3, 31)) is False


def test_a_spell_without_a_begin_is_unsure_and_one_without_an_end_goes_on() -> None:
    unknown, going = read("NATO,GEO,observer,,2008,list", "NATO,MDA,observer,2001-01-01,,list")

    assert unknown.holds(date(1990, 1, 1)) is None
    assert unknown.holds(date(2009, 1, 1)) is False
    assert going.holds(date(2100, 1, 1)) is True


def test_unsure_members_come_only_when_asked_for() -> None:
    day = date(2006, 3, 1)

    assert "VEN" not in {s.state for s in members_of("AL", day, statuses=["observer"])}
    assert "VEN" in {s.state for s in members_of("AL", day, statuses=["observer"], include_unsure=True)}


def test_an_organisation_that_the_table_does_not_cover_has_no_members() -> None:
    assert members_of("AMNESTY", date(2020, 1, 1)) == ()


def test_a_month_runs_to_its_last_day() -> None:
    assert Moment.parse("2024-02") == Moment(date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("NATTO,USA,member,1949,,list", r"organisation 'NATTO' in table\.csv line 2"),
        ("NATO,ZZZ,member,1949,,list", r"state 'ZZZ' in table\.csv line 2"),
        ("NATO,USA,friend,1949,,list", r"status 'friend' in table\.csv line 2"),
        ("NATO,USA,founded,1949,,list", r"status 'founded' in table\.csv line 2"),
        ("NATO,USA,member,49,,list", r"date '49' in table\.csv line 2"),
        ("NATO,USA,member,1949-02-30,,list", r"date '1949-02-30' in table\.csv line 2"),
        ("NATO,USA,member,1949-04-04,1949-04-03,list", r"before begin '1949-04-04' in table\.csv line 2"),
        ("NATO,USA,member,1949,1948,list", r"before begin '1949' in table\.csv line 2"),
        ("NATO,USA,member,1949,,", r"No source in table\.csv line 2"),
        ("NATO,USA,member,1949", r"4 fields in table\.csv line 2"),
    ],
)
def test_a_row_that_does_not_validate_is_refused_with_its_line(row: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(row)


@pytest.mark.parametrize(
    "rows",
    [
        ("NATO,USA,member,1949,,list", "NATO,USA,observer,1950,,list"),
        ("NATO,USA,member,1949,1960,list", "NATO,USA,observer,1955,,list"),
        ("NATO,USA,observer,1955,,list", "NATO,USA,member,1949,1960,list"),
        ("NATO,USA,member,,1960,list", "NATO,USA,observer,,,list"),
    ],
    ids=["open then later", "within", "out of order", "no begins"],
)
def test_overlapping_spells_are_refused_with_both_lines(rows: tuple[str, ...]) -> None:
    with pytest.raises(DataError, match=r"table\.csv lines (2 and 3|3 and 2)"):
        read(*rows)


def test_spells_that_touch_do_not_overlap() -> None:
    assert len(read("NATO,USA,observer,1949,1955-05-06,list", "NATO,USA,member,1955,,list")) == 2


def test_another_header_is_refused() -> None:
    with pytest.raises(DataError, match=r"Columns \['state'\] in table\.csv"):
        read_spells(["state"], name="table.csv", statuses=KNOWN_STATUSES)


def test_lines_are_counted_with_comments() -> None:
    lines = ["# comment", HEADER, "", "NATO,USA,member,1949,,list"]
    (spell,) = read_spells(lines, name="table.csv", statuses=KNOWN_STATUSES)

    assert spell.line == 4


def test_the_tables_are_frozen_kept_and_in_order() -> None:
    table = load_memberships()

    assert load_memberships() is table
    with pytest.raises(TypeError):
        table.by_state["USA"] = ()  # type: ignore[index]
    for spells in (*table.by_state.values(), *load_listings().by_state.values()):
        starts = [spell.start.first for spell in spells if spell.start is not None]
        assert all(before <= after for before, after in pairwise(starts))
    assert {spell.status for spells in load_listings().by_state.values() for spell in spells} == LISTED_STATUSES


def test_organisations_with_members_have_ids_that_no_state_has() -> None:
    assert not set(load_memberships().by_organisation) & set(read_table("states.yaml"))


def test_no_organisation_ends_before_it_begins_and_no_name_belongs_to_two() -> None:
    owners: dict[str, set[str]] = {}
    for key, row in read_table("organisations.yaml").items():
        assert int(row.get("founded", 0)) <= int(row.get("dissolved", 9999)), key
        for name in (row["name"], *row.get("names", ())):
            owners.setdefault(name, set()).add(key)

    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


def test_no_member_belongs_before_the_founding() -> None:
    founded = {key: row.get("founded") for key, row in read_table("organisations.yaml").items()}
    early = {
        (spell.organisation, spell.state)
        for spells in load_memberships().by_organisation.values()
        for spell in spells
        if spell.organisation != "EU"  # whose members count from its first Communities
        and spell.status in MEMBER_STATUSES
        and spell.start is not None
        and spell.start.last.year < int(founded[spell.organisation] or 0)
    }

    assert early == set()
