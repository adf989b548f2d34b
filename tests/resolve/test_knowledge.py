"""The tables: every reference resolves, offices have holders at a date, plurals are made by rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.codebook.codebook import load_codebook
from detente.errors import DataError
from detente.resolve.entries import actors_in, names_in_capitals, plural
from detente.resolve.knowledge import Term, load_knowledge
from detente.resolve.tables import read_rows, read_table, word_list

KNOWLEDGE = load_knowledge()


def test_every_country_of_an_actor_or_a_term_is_an_actor() -> None:
    unknown = {a.country for a in KNOWLEDGE.actors.values()} - set(KNOWLEDGE.actors) - {None}
    terms = {term.country for person in KNOWLEDGE.persons.values() for term in person.terms} - set(KNOWLEDGE.actors)

    assert unknown == set()
    assert terms == set()


def test_every_sector_is_in_the_codebook() -> None:
    sectors = {a.sector for a in KNOWLEDGE.actors.values()} | {r.sector for r in KNOWLEDGE.roles.values()}

    assert sectors - set(load_codebook().sectors) - {None} == set()


def test_every_place_lies_in_a_known_state() -> None:
    assert {country for country in KNOWLEDGE.cities.values() if country} - set(KNOWLEDGE.actors) == set()


def test_weak_roles_are_roles() -> None:
    known = set(KNOWLEDGE.roles)

    assert {noun for noun in KNOWLEDGE.weak if noun not in known} == set()


def test_dates_of_terms_are_dates_in_order() -> None:
    dated = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?$")
    for person in KNOWLEDGE.persons.values():
        for term in person.terms:
            assert dated.match(term.start), person.id
            assert dated.match(term.end), person.id
            assert not (term.start and term.end and term.end < term.start[: len(term.end)]), person.id


@pytest.mark.parametrize(
    ("country", "office", "day", "holder"),
    [
        ("USA", "head-of-state", "2016-05", "barack-obama"),
        ("USA", "head-of-state", "2018", "donald-trump"),
        ("GBR", "foreign", "2019-01-03", "jeremy-hunt"),
        ("RUS", "foreign", "2020-02", "sergey-lavrov"),
        ("EU", "foreign", "2016-12", "federica-mogherini"),
        ("TUR", "head-of-state", "2018-01-15", "recep-tayyip-erdogan"),
    ],
)
def test_an_office_has_its_holder_at_a_date(country: str, office: str, day: str, holder: str) -> None:
    person = KNOWLEDGE.holder(country, office, day)

    assert person is not None
    assert person.id == holder


def test_a_term_covers_dates_of_any_precision() -> None:
    term = Term("GBR", "GOV", "Foreign Secretary", "foreign", "2016-07-13", "2018-07-09")

    assert term.covers("2016")
    assert term.covers("2018-07")
    assert not term.covers("2018-07-10")
    assert not term.covers("2016-07-12")


def test_an_unknown_office_has_no_holder() -> None:
    assert KNOWLEDGE.holder("XXX", "foreign", "2018") is None


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("secretary of state", "secretaries of state"),
        ("fisherman", "fishermen"),
        ("prime minister", "prime ministers"),
        ("attaché", "attachés"),
        ("deputy", "deputies"),
    ],
)
def test_plurals_are_made_by_rule(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_a_missing_word_list_names_the_file() -> None:
    with pytest.raises(DataError, match=r"contexts\.yaml"):
        word_list("no such list")


def test_no_name_is_read_as_a_truth_value() -> None:
    names = [name for row in read_table("states.yaml").values() for name in (row["name"], *row.get("names", ()))]

    assert all(isinstance(name, str) for name in names)


def test_every_row_of_the_tables_is_whole() -> None:
    for name in ("notables.csv", "officeholders.csv", "places.csv"):
        assert sum(1 for _ in read_rows(name)) > 500


def test_an_id_names_one_actor_only() -> None:
    one, other = {"NAM": {"name": "Namibia"}}, {"NAM": {"name": "Non-Aligned Movement"}}

    with pytest.raises(DataError, match=r"'NAM' in states\.yaml and in organisations\.yaml"):
        list(actors_in(one, other, {}, {"bodies": {}, "media": {}}))


def test_a_key_written_twice_in_a_table_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "twice.yaml").write_text("A: {name: one}\nB: {name: two}\nA: {name: three}\n")
    monkeypatch.setattr("detente.resolve.tables.files", lambda _: tmp_path)

    with pytest.raises(DataError, match=r"twice\.yaml.*'A' is there twice"):
        read_table("twice.yaml")


def test_names_in_capitals_are_names_of_their_entry() -> None:
    with pytest.raises(DataError, match="'ABC' in in_capitals of 'X'"):
        names_in_capitals({"X": {"name": "Xylem", "in_capitals": ["ABC"]}})


@pytest.mark.parametrize(
    ("name", "kind", "actor_id"),
    [
        ("Namibia", "state", "NAM"),
        ("Non-Aligned Movement", "organisation", "NONALIGNED"),
        ("NAM", "organisation", "NONALIGNED"),
        ("GUAM", "organisation", "GUAM"),
        ("Guam", "place", "Guam"),
        ("PACE", "organisation", "PACE"),
        ("OPEC+", "organisation", "OPECPLUS"),
        ("OPEC", "organisation", "OPEC"),
        ("P5+1", "organisation", "P5PLUS1"),
        ("P5", "organisation", "P5"),
        ("IFRC", "organisation", "IFRC"),
        ("Red Cross", "organisation", "ICRC"),
        ("ATMIS", "organisation", "ATMIS"),
        ("AMISOM", "organisation", "AMISOM"),
    ],
)
def test_a_name_means_its_own_actor(name: str, kind: str, actor_id: str) -> None:
    sense = KNOWLEDGE.lexicon.senses(name)[0]

    assert (sense.kind, sense.id) == (kind, actor_id)


def test_a_word_is_no_acronym() -> None:
    assert KNOWLEDGE.lexicon.find_text("Pace of the reform, Mend the road") == []
