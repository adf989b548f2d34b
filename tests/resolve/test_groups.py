"""The table of groups: it validates, its names are nobody else's, and the traps of acronyms and shared names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from detente.codebook.codebook import load_codebook
from detente.resolve.entries import institution_names, other_names, roles_in, state_names
from detente.resolve.knowledge import Knowledge, load_knowledge
from detente.resolve.names import split
from detente.resolve.tables import read_rows, read_table

KEYS = {"name", "names", "country", "sector", "aliases", "adjectives", "in_capitals", "nouns", "founded", "dissolved"}
# Peoples and parties that were in the table before the names of states, and what settles them stands elsewhere.
SETTLED = {"Polisario", "Congress party", "Congress Party", "Chechens", "Kosovo Albanians", "Kosovo Albanian"}
SETTLED |= {"Iraqi Kurdistan", "Baltic", "the Baltics"}


def key(name: str) -> tuple[str, ...]:
    return tuple(piece.lower() for piece in split(name.removeprefix("the ")))


def names_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (row["name"], *row.get("names", ()), *row.get("adjectives", ()))


@pytest.fixture(scope="module")
def groups() -> dict[str, Any]:
    return read_table("groups.yaml")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def test_every_group_has_a_name_a_known_sector_and_a_known_country(groups: dict[str, Any]) -> None:
    countries = {*read_table("states.yaml"), *read_table("organisations.yaml")}
    sectors = load_codebook().sectors
    for group, row in groups.items():
        assert set(row) <= KEYS, group
        assert {"name", "country", "sector"} <= set(row), group
        assert row["country"] is None or row["country"] in countries, group
        assert row["sector"] in sectors or row["sector"] in ("IGO", "NGO"), group


def test_no_two_groups_share_a_name(groups: dict[str, Any]) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for group, row in groups.items():
        for name in names_of(row):
            other = seen.setdefault(key(name), group)
            assert other == group or name == "JeM", f"{name}: {other} and {group}"


def test_no_group_has_the_name_of_a_state_an_organisation_a_body_or_a_role(groups: dict[str, Any]) -> None:
    taken: dict[tuple[str, ...], str] = {}
    for name, sense in (
        *state_names(read_table("states.yaml")),
        *other_names(read_table("organisations.yaml"), "organisation"),
        *institution_names(read_table("institutions.yaml")),
    ):
        taken[key(name)] = sense.id
    taken |= {key(name): name for name, _ in roles_in(read_table("roles.yaml"))}
    taken |= {key(name): name for name in read_table("institutions.yaml")["not_actors"]}
    found = {name for row in groups.values() for name in names_of(row) if key(name) in taken}
    assert found <= SETTLED


def test_no_group_has_the_name_of_a_place_or_a_person(groups: dict[str, Any]) -> None:
    taken = {key(row["name"]) for row in read_rows("places.csv")}
    taken |= {key(row["name"]) for table in ("notables.csv", "officeholders.csv") for row in read_rows(table)}
    assert {name for row in groups.values() for name in names_of(row) if key(name) in taken} <= SETTLED


@pytest.mark.parametrize(
    ("name", "group", "country"),
    [
        ("Asa'ib Ahl al-Haq", "asaib-ahl-al-haq", "IRQ"),
        ("Hurras al-Din", "hurras-al-din", "SYR"),
        ("Popular Front for the Liberation of Palestine-General Command", "pflp-gc", "SYR"),
        ("Harkat-ul-Jihad-e-Islami", "huji", "PAK"),
        ("United Liberation Front of Asom", "ulfa", "IND"),
        ("Ta'ang National Liberation Army", "tnla", "MMR"),
        ("Barisan Revolusi Nasional", "brn", "THA"),
        ("Bangsamoro Islamic Freedom Fighters", "biff", "PHL"),
        ("Ansaroul Islam", "ansaroul-islam", "BFA"),
        ("Liberians United for Reconciliation and Democracy", "lurd", "LBR"),
        ("Popular Front for the Rebirth of Central African Republic", "fprc", "CAF"),
        ("Ambazonia Defence Forces", "ambazonia-defence-forces", "CMR"),
        ("Segunda Marquetalia", "segunda-marquetalia", "COL"),
        ("Primeiro Comando da Capital", "pcc-brazil", "BRA"),
        ("Ulster Volunteer Force", "uvf", "GBR"),
        ("Islamic Movement of Uzbekistan", "imu", "UZB"),
        ("Tibetan government-in-exile", "cta", "CHN"),
        ("Israel's Labour Party", "labour-israel", "ISR"),
        ("Law and Justice party", "pis", "POL"),
        ("Jamiat Ulema-e-Islam", "jui", "PAK"),
    ],
)
def test_a_group_is_known_by_its_names(knowledge: Knowledge, name: str, group: str, country: str) -> None:
    assert [sense.id for sense in knowledge.lexicon.find_text(name)] == [group]
    assert knowledge.country_of(group) == country


@pytest.mark.parametrize("way", ["Al-Aqsa Martyrs Brigades", "al Aqsa Martyrs Brigades", "Al-Aqsa Martyrs' Brigades"])
def test_the_article_of_a_name_may_be_spelt_in_each_way(knowledge: Knowledge, way: str) -> None:
    assert [sense.id for sense in knowledge.lexicon.find_text(way)] == ["al-aqsa-brigades"]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Kanu", "kanu"),
        ("Arena", "arena-el-salvador"),
        ("Biff", "biff"),
        ("on November 17", "17n"),
        ("the Southern Front", "southern-front-syria"),
        ("people's war", "peoples-war-group"),
        ("the US-India alliance", "india-bloc"),
        ("Model rebels", "model-liberia"),
    ],
)
def test_a_word_that_is_also_a_groups_name_is_no_group(knowledge: Knowledge, text: str, group: str) -> None:
    assert group not in {sense.id for sense in knowledge.lexicon.find_text(text)}


@pytest.mark.parametrize("acronym", ["AA", "PAC", "UPC", "PDF", "MIC", "AAP", "APC", "PDP", "NDC", "FLN", "DTP", "BDP"])
def test_an_acronym_of_many_is_nobodys(knowledge: Knowledge, acronym: str) -> None:
    assert [sense for sense in knowledge.lexicon.find_text(acronym) if sense.kind == "group"] == []


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Social Democratic Party", None),
        ("German Social Democratic Party", "DEU"),
        ("Liberal Democratic Party", None),
        ("Japan's Liberal Democratic Party", "JPN"),
        ("People's Democratic Party", None),
        ("Nigeria's People's Democratic Party", "NGA"),
        ("France's National Front", "FRA"),
    ],
)
def test_a_party_name_of_many_states_is_one_states_with_its_adjective_only(
    knowledge: Knowledge, name: str, country: str | None
) -> None:
    (sense,) = knowledge.lexicon.find_text(name)
    assert knowledge.actors[sense.id].country == country


@pytest.mark.parametrize(
    ("longer", "group"),
    [
        ("Ogaden National Liberation Front", "onlf"),
        ("Irish National Liberation Army", "inla"),
        ("Uganda People's Defence Forces", "uganda-army"),
        ("Sudan People's Liberation Army in Opposition", "splm-io"),
        ("Pan Africanist Congress", "pac-za"),
    ],
)
def test_a_name_inside_a_longer_one_is_not_taken_for_itself(knowledge: Knowledge, longer: str, group: str) -> None:
    assert [sense.id for sense in knowledge.lexicon.find_text(longer)] == [group]
