"""The table of office holders: it validates, and the holders of well-known days are right."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from detente.resolve.draft import person_entity
from detente.resolve.knowledge import load_knowledge
from detente.resolve.term_checks import Row, bounds, certain, faults, read_numbered

KNOWLEDGE = load_knowledge()
DATA = Path(str(files("detente.resolve") / "data"))


def row(line: int = 4, **fields: str) -> Row:
    whole = {
        "name": "Jane Doe",
        "country": "FRA",
        "sector": "GOV",
        "role": "Foreign Minister",
        "office": "foreign",
        "start": "2001-05-02",
        "end": "2003-05-02",
        "source": "general knowledge",
    }
    return Row("table.csv", line, {**whole, **fields})


def found(*rows: Row) -> list[str]:
    return list(faults(list(rows), KNOWLEDGE.actors))


def test_the_shipped_tables_have_no_fault() -> None:
    rows = [*read_numbered(DATA / "notables.csv"), *read_numbered(DATA / "officeholders.csv")]

    assert found(*rows) == []
    assert len(rows) > 10_000


def test_the_shipped_tables_stay_small() -> None:
    assert (DATA / "notables.csv").stat().st_size + (DATA / "officeholders.csv").stat().st_size < 1_500_000


def test_a_whole_row_has_no_fault() -> None:
    assert found(row()) == []


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"start": "May 2001"}, "no date"),
        ({"start": "2001-13"}, "no date"),
        ({"end": "1999"}, "ends before"),
        ({"country": "FRANCE"}, "country"),
        ({"office": "foreign-minister"}, "office"),
        ({"source": "hearsay"}, "source"),
        ({"start": ""}, "without a start"),
    ],
)
def test_a_fault_is_told_with_file_and_line(fields: dict[str, str], word: str) -> None:
    told = found(row(**fields))

    assert len(told) == 1
    assert told[0].startswith("table.csv:4: ")
    assert word in told[0]


def test_two_holders_of_a_seat_on_one_day_are_told() -> None:
    told = found(row(), row(5, name="John Roe", start="2002-01-01", end=""))

    assert len(told) == 1
    assert told[0].startswith("table.csv:5: 'John Roe' holds foreign of FRA")


def test_a_term_may_begin_on_the_day_or_in_the_year_the_last_one_ended() -> None:
    assert found(row(), row(5, name="John Roe", start="2003-05-02", end="")) == []
    assert found(row(end="2003"), row(5, name="John Roe", start="2003", end="")) == []


def test_many_may_speak_for_a_state_at_once() -> None:
    one, other = row(office="spokesperson"), row(5, name="John Roe", office="spokesperson")

    assert found(one, other) == []


def test_the_same_term_twice_is_told() -> None:
    told = found(row(), row(9))

    assert told == ["table.csv:9: the same term of 'Jane Doe' as at table.csv:4. Remove one."]


def test_a_term_of_months_covers_them_whole_and_is_certain_inside() -> None:
    first, last = bounds("2001-02", "2001-04")

    assert last - first == 88
    assert certain("2001-02", "2001-04") == (first + 27, last - 29)


@pytest.mark.parametrize(
    ("country", "office", "day", "holder"),
    [
        ("DEU", "foreign", "1991-06-01", "Hans-Dietrich Genscher"),
        ("DZA", "head-of-state", "1996-01-01", "Liamine Zeroual"),
        ("THA", "head-of-government", "1992-05-01", "Suchinda Kraprayoon"),
        ("COL", "head-of-state", "1995-01-01", "Ernesto Samper"),
        ("NGA", "armed-forces", "2024-01-01", "Christopher Musa"),
        ("PAK", "army", "1999-01-01", "Pervez Musharraf"),
        ("IND", "interior", "2010-01-01", "P. Chidambaram"),
        ("JPN", "head-of-government", "2025-12-01", "Sanae Takaichi"),
        ("IAEA", "organisation-head", "1995-01-01", "Hans Blix"),
        ("AU", "organisation-head", "2025-06-01", "Mahmoud Ali Youssouf"),
        ("EU", "organisation-head", "2016-01-01", "Jean-Claude Juncker"),
        ("EUCOUNCIL", "organisation-head", "2016-01-01", "Donald Tusk"),
        ("SRB", "foreign", "2025-01-01", "Marko Đurić"),
        ("KEN", "foreign", "2024-01-01", "Musalia Mudavadi"),
    ],
)
def test_the_holder_of_an_office_on_a_day(country: str, office: str, day: str, holder: str) -> None:
    person = KNOWLEDGE.holder(country, office, day)

    assert person is not None
    assert person.name == holder


def test_an_old_ambassador_is_not_in_office_today() -> None:
    open_terms = [
        (person.id, term.role)
        for person in KNOWLEDGE.persons.values()
        for term in person.terms
        if term.source.startswith("wikidata") and term.start and not term.end
    ]

    assert open_terms == []


def test_the_prime_minister_leads_where_the_crown_reigns() -> None:
    leader = KNOWLEDGE.in_office("leader", "JPN", "2021-12-20")

    assert leader is not None
    assert leader.name == "Fumio Kishida"


@pytest.mark.parametrize(
    ("key", "day", "role"),
    [
        ("mariano-rajoy", "2009-05-05", "opposition leader"),
        ("mariano-rajoy", "2011-12-01", "Prime Minister-elect"),
        ("mariano-rajoy", "2013-05-05", "Prime Minister"),
        ("joe-biden", "2020-12-10", "President-elect"),
        ("raila-odinga", "2010-10-20", "Prime Minister"),
        ("raila-odinga", "2016-10-20", "opposition leader"),
        ("narendra-modi", "2008-01-01", "chief minister of Gujarat"),
        ("alan-garcia", "2006-07-01", "former President"),
    ],
)
def test_a_person_has_the_office_of_the_day(key: str, day: str, role: str) -> None:
    assert person_entity(KNOWLEDGE.persons[key], day, KNOWLEDGE).role == role
