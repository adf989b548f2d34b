"""Codes of states by span, and states in time: who was there on a day, what followed, who claims whom."""

from __future__ import annotations

from datetime import date

import pytest

from detente.errors import DataError
from detente.resolve import state_codes
from detente.resolve.capitals_in_time import sense_on
from detente.resolve.knowledge import load_knowledge
from detente.resolve.names import Sense
from detente.resolve.state_codes import codes_in, codes_of, codes_on, load_state_codes
from detente.resolve.tables import read_table
from detente.resolve.who import who_is

STATES = read_table("states.yaml")
KNOWLEDGE = load_knowledge()


@pytest.mark.parametrize(
    ("state", "day", "iso3", "cow", "gw"),
    [
        ("PAK", "2018-02-20", "PAK", 770, 770),
        ("USA", "1950-01-01", "USA", 2, 2),
        ("DEU", "1980-01-01", "DEU", 260, 260),
        ("DEU", "2000-01-01", "DEU", 255, 260),
        ("DDR", "1980-01-01", "DDR", 265, 265),
        ("SUN", "1985-01-01", "SUN", 365, 365),
        ("RUS", "1992-01-01", "RUS", 365, 365),
        ("YUG", "1999-01-01", "YUG", 345, 345),
        ("SCG", "2005-01-01", "SCG", 345, 345),
        ("SRB", "2010-01-01", "SRB", 345, 340),
        ("XKX", "2010-01-01", "XKX", 347, 347),
        ("YEM", "2000-01-01", "YEM", 679, 678),
        ("YMD", "1980-01-01", "YMD", 680, 680),
        ("COD", "1980-01-01", "ZAR", 490, 490),
        ("COD", "2000-01-01", "COD", 490, 490),
        ("MMR", "1988-08-08", "BUR", 775, 775),
        ("TUV", "2010-01-01", "TUV", 947, 973),
        ("VNM", "1968-01-31", "VDR", 816, 816),
        ("south-vietnam", "1968-01-31", None, 817, 817),
        ("PSE", "2010-01-01", "PSE", None, None),
        ("abkhazia", "2010-01-01", None, None, 396),
    ],
)
def test_a_state_has_its_codes_on_a_day(
    state: str, day: str, iso3: str | None, cow: int | None, gw: int | None
) -> None:
    found = codes_on(state, date.fromisoformat(day))

    assert found is not None
    assert (found.iso3, found.cow_number, found.gw_number) == (iso3, cow, gw)


def test_a_state_that_was_not_there_has_no_codes_on_that_day() -> None:
    assert codes_on("SUN", date(1992, 1, 1)) is None
    assert codes_on("RUS", date(1985, 1, 1)) is None
    assert codes_on("EU", date(2000, 1, 1)) is None


def test_a_year_of_two_spans_has_the_codes_of_the_later() -> None:
    found = codes_in("COD", 1997)

    assert found is not None
    assert found.iso3 == "COD"
    assert codes_in("SUN", 1991) is not None
    assert codes_in("SUN", 1992) is None


def test_every_state_with_an_iso_id_has_a_row_that_gives_it() -> None:
    by_iso = {row.id for rows in load_state_codes().values() for row in rows if row.iso3 == row.id}

    assert {key for key in STATES if len(key) == 3 and key.isupper()} - by_iso == {"YAR"}


def test_no_code_belongs_to_two_states_at_once() -> None:
    for rows in ([row for spans in load_state_codes().values() for row in spans if row.end is None],):
        for field in ("iso3", "iso2", "cow_number", "cow_letters", "gw_number", "gw_letters"):
            codes = [code for row in rows if (code := getattr(row, field)) is not None]
            assert len(codes) == len(set(codes)), field


def test_spans_agree_with_the_years_of_former_states() -> None:
    for key, row in STATES.items():
        spans = codes_of(key)
        if spans and "until" in row and key not in ("prussia", "nagorno-karabakh"):
            assert str(spans[-1].end) == row["until"], key


def test_ids_of_parts_of_states_are_no_codes() -> None:
    assert {"CHE": "Switzerland", "CIV": "Ivory Coast"}.items() <= {k: r["name"] for k, r in STATES.items()}.items()
    assert codes_of("chechnya") == ()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"id": "XXX"}], "Unknown id 'XXX'"),
        ([{"iso3": "Pak"}], "Malformed iso3 'Pak'"),
        ([{"start": "1947-02-30"}], "No such day"),
        ([{"start": "1947-08-14", "end": "1947-08-14"}], "before it starts"),
        ([{"end": "1950-01-01"}, {"start": "1949-01-01"}], "overlap"),
    ],
)
def test_a_row_that_does_not_validate_is_refused(
    monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, str]], message: str
) -> None:
    columns = ("id", "name", "iso3", "iso2", "cow_number", "cow_letters", "gw_number", "gw_letters", "start", "end")
    whole = [{**dict.fromkeys((*columns, "source"), ""), "id": "PAK", "name": "Pakistan", **row} for row in rows]
    monkeypatch.setattr(state_codes, "read_rows", lambda _: iter(whole))

    with pytest.raises(DataError, match=message):
        load_state_codes.__wrapped__()


def test_every_state_named_by_another_is_a_state() -> None:
    for key, row in STATES.items():
        named = {*row.get("successors", ()), row.get("country", key), row.get("claimed_by", key)}
        assert named <= set(STATES), key
        assert "country" in row or "until" not in row, key


@pytest.mark.parametrize(
    ("name", "day", "sense"),
    [
        ("Moscow", "1985-06-01", Sense("capital", "SUN")),
        ("Moscow", "1991-12-26", Sense("capital", "RUS")),
        ("Moscow", "2018", Sense("capital", "RUS")),
        ("the Kremlin", "1985", Sense("seat", "SUN")),
        ("Belgrade", "1999-04-01", Sense("capital", "YUG")),
        ("Belgrade", "2004", Sense("capital", "SCG")),
        ("Belgrade", "2010", Sense("capital", "SRB")),
        ("Prague", "1968-08", Sense("capital", "CSK")),
        ("Bonn", "1985", Sense("capital", "DEU")),
        ("Bonn", "2015", Sense("place", "Bonn")),
        ("Lagos", "1985", Sense("capital", "NGA")),
        ("Aden", "1975", Sense("capital", "YMD")),
        ("Aden", "2015", Sense("place", "Aden")),
        ("Saigon", "1995", Sense("place", "Saigon")),
        ("Paris", "1940", Sense("capital", "FRA")),
    ],
)
def test_a_capital_stands_for_the_state_of_its_day(name: str, day: str, sense: Sense) -> None:
    today = KNOWLEDGE.lexicon.senses(name.removeprefix("the "))[0]

    assert sense_on(name, today, day) == sense


def test_a_former_capital_still_lies_in_its_state() -> None:
    assert {KNOWLEDGE.cities[name] for name in ("Bonn", "Lagos", "Yangon", "Almaty")} == {"DEU", "NGA", "MMR", "KAZ"}


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Phillipines", "PHL"),
        ("Afganistan", "AFG"),
        ("Ukrain", "UKR"),
        ("Kirghizia", "KGZ"),
        ("Plurinational State of Bolivia", "BOL"),
        ("Upper Volta", "BFA"),
        ("Ceylon", "LKA"),
        ("Zaire", "COD"),
        ("Burma", "MMR"),
        ("Rhodesia", "RHO"),
        ("Ottoman Empire", "ottoman-empire"),
        ("Biafran", "biafra"),
        ("Guinea-Bissau", "GNB"),
        ("Equatorial Guinea", "GNQ"),
        ("Papua New Guinea", "PNG"),
        ("Congo-Brazzaville", "COG"),
        ("Dominica", "DMA"),
        ("Serbs", "SRB"),
        ("Quai d’Orsay", "FRA"),
        ("Zhongnanhai", "CHN"),
        ("GHQ Rawalpindi", "PAK"),
    ],
)
def test_a_state_is_known_by_its_other_names(name: str, state: str) -> None:
    assert KNOWLEDGE.lexicon.senses(name)[0].id == state


def test_no_name_of_states_is_a_name_of_two() -> None:
    seen: dict[str, str] = {}
    for key, row in STATES.items():
        for name in (row["name"], *row.get("names", ())):
            assert seen.setdefault(name.lower().removeprefix("the "), key) == key, name


@pytest.mark.parametrize(
    ("name", "sector", "country", "claimed_by"),
    [
        ("Taiwan", "PRE", None, "CHN"),
        ("Kosovo", "PRE", None, "SRB"),
        ("Palestine", "PRE", None, None),
        ("Somaliland", "PRE", "SOM", None),
        ("Transnistria", "PRE", "MDA", None),
        ("Chechnya", None, "RUS", None),
    ],
)
def test_a_partly_recognised_state_is_tagged(
    name: str, sector: str | None, country: str | None, claimed_by: str | None
) -> None:
    found = who_is(name, date(2018, 1, 1)).candidates[0]

    assert (found.sector, found.country, found.claimed_by) == (sector, country, claimed_by)


def test_a_former_state_comes_with_successors_and_codes() -> None:
    found = who_is("Czechoslovakia", date(2018, 1, 1)).candidates[0]

    assert found.successors == ("CZE", "SVK")
    assert found.codes is not None
    assert found.codes.cow_letters == "CZE"
