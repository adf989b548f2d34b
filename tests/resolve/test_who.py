"""Who a name means at a date: candidates in order, with offices, memberships and their sources."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from detente.resolve.knowledge import load_knowledge
from detente.resolve.who import Candidate, who_is

DAY = date(2018, 2, 20)


def first(name: str, on: date = DAY) -> Candidate:
    return who_is(name, on).candidates[0]


@pytest.mark.parametrize(
    ("name", "kind", "entity_id"),
    [
        ("Khawaja Asif", "person", "khawaja-asif"),
        ("Khawaja Muhammad Asif", "person", "khawaja-asif"),
        ("Mr. Putin", "person", "vladimir-putin"),
        ("Asif", "person", "khawaja-asif"),
        ("Foreign Minister Asif", "person", "khawaja-asif"),
        ("foreign minister of Pakistan", "person", "khawaja-asif"),
        ("Pakistani foreign minister", "person", "khawaja-asif"),
        ("Pakistan's Foreign Minister", "person", "khawaja-asif"),
        ("US Secretary of State", "person", "rex-tillerson"),
        ("secretary general of NATO", "person", "jens-stoltenberg"),
        ("former president of France", "person", "francois-hollande"),
        ("the Russian foreign ministry", "group", "RUS:GOV"),
        ("pakistan", "state", "PAK"),
        ("Pakistanis", "state", "PAK"),
        ("sco", "organisation", "SCO"),
        ("Taliban", "group", "taliban"),
        ("the Kremlin", "state", "RUS"),
        ("Guam", "place", "place-usa-guam"),
        ("GUAM", "organisation", "GUAM"),
    ],
)
def test_the_likeliest_candidate_comes_first(name: str, kind: str, entity_id: str) -> None:
    candidate = first(name)

    assert (candidate.kind, candidate.id) == (kind, entity_id)


def test_an_office_has_another_holder_at_another_date() -> None:
    assert first("Pakistani foreign minister", date(2019, 1, 1)).id == "shah-mehmood-qureshi"


def test_a_person_comes_with_dated_offices_and_their_sources() -> None:
    held = [office for office in first("Khawaja Asif").offices if office.held]

    assert [(o.role, o.country, o.start, o.end) for o in held] == [
        ("Foreign Minister", "PAK", "2017-08-04", "2018-04-26")
    ]
    assert held[0].source


def test_a_surname_has_those_in_office_first() -> None:
    found = who_is("Asif", DAY).candidates

    assert [candidate.id for candidate in found][:1] == ["khawaja-asif"]
    assert "asif-ali-zardari" in [candidate.id for candidate in found]
    assert [candidate.score for candidate in found] == sorted((c.score for c in found), reverse=True)


def test_a_title_of_another_country_counts_against_a_name() -> None:
    assert first("French President Putin").score < first("President Putin").score


def test_a_state_comes_with_the_memberships_of_the_day() -> None:
    def of(on: date) -> set[tuple[str, str]]:
        return {(one.organisation, one.status) for one in first("India", on).memberships}

    assert ("SCO", "observer") in of(date(2016, 1, 1))
    assert ("SCO", "member") in of(DAY)
    assert all(one.source and one.member == "IND" for one in first("India").memberships)


def test_an_organisation_comes_with_its_members() -> None:
    members = {one.member: one for one in first("SCO").members}

    assert members["PAK"].status == "member"
    assert members["PAK"].name == "Pakistan"
    assert members["PAK"].start == "2017-06-09"


def test_a_coarse_date_is_written_as_coarse_as_it_is_and_may_leave_doubt() -> None:
    spells = {one.organisation: one for one in first("Soviet Union", date(1957, 5, 1)).memberships}

    assert spells["IAEA"].start == "1957"
    assert not spells["IAEA"].is_sure


def test_a_former_state_names_its_successor() -> None:
    candidate = first("Soviet Union")

    assert (candidate.until, candidate.country) == ("1991-12-26", "RUS")


def test_namesakes_of_a_place_stand_below_the_well_known_one() -> None:
    places = [candidate for candidate in who_is("Paris", DAY).candidates if candidate.kind == "place"]

    assert [place.country for place in places] == ["FRA", "USA"]
    assert places[0].latitude == pytest.approx(48.85, abs=0.1)


def test_an_office_whose_holder_is_unknown_is_still_an_office() -> None:
    candidate = first("prime minister of Fiji", date(1890, 1, 1))

    assert (candidate.id, candidate.country) == ("fijian-prime-minister", "FJI")
    assert candidate.score <= 0.5


@pytest.mark.parametrize("name", ["Xqzzt", "", "foreign minister", "the", "'s", "\N{SNOWMAN}"])
def test_what_means_nobody_is_unresolved(name: str) -> None:
    assert who_is(name, DAY).candidates == ()


def test_a_misspelling_is_unresolved_with_the_nearest_names() -> None:
    answer = who_is("Sergei Lavrof", DAY)

    assert answer.candidates == ()
    assert answer.nearest[0].id == "sergey-lavrov"


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("Shah Mehmood Qureshi", "shah-mehmood-qureshi"),
        ("Makhdoom Shah Mahmood Hussain Qureshi", "shah-mehmood-qureshi"),
        ("Sergey Shoygu", "sergei-shoigu"),
    ],
)
def test_two_spellings_of_one_holder_are_one_person(spelling: str, key: str) -> None:
    assert first(spelling).id == key


def test_no_office_has_two_spellings_of_one_person_at_once() -> None:
    knowledge = load_knowledge()
    rivals = {
        (a, b)
        for held in knowledge.holders.values()
        for (term, a), (other, b) in pairwise(held)
        if a != b and term.start == other.start and a.split("-")[-1] == b.split("-")[-1] and term.end == other.end
    }

    assert rivals == set()
