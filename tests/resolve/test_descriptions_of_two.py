"""Words that point back at one or both of two: the former, the two, its neighbour, the one of a country."""

from __future__ import annotations

import pytest
from tests.conftest import Read

pytestmark = pytest.mark.model


def meant(read: Read, text: str, words: str, published: str | None = None) -> set[str]:
    return {m.entity_id for m in read(text, published=published).mentions if m.text == words}


def test_the_latter_may_be_a_person(read: Read) -> None:
    text = "Angela Merkel met Donald Tusk. The latter brought a letter."
    assert meant(read, text, "The latter", "2016-05-04") == {"donald-tusk"}


def test_the_two_are_those_just_named(read: Read) -> None:
    text = "Angela Merkel met Donald Tusk. The two dined alone."
    assert meant(read, text, "The two", "2016-05-04") == {"angela-merkel", "donald-tusk"}


def test_each_side_is_both_states(read: Read) -> None:
    assert meant(read, "Chile and Peru signed. Each side claims to have won.", "Each side") == {"CHL", "PER"}


def test_its_neighbour_is_the_other_state(read: Read) -> None:
    text = "Chad has accused Sudan of arson. Its neighbour denies it."
    assert meant(read, text, "Its neighbour") == {"SDN"}


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("Bolivia thanked Brazil. The Andean country needs gas.", "The Andean country", "BOL"),
        ("Malta thanked Germany. The island nation needs boats.", "The island nation", "MLT"),
        ("Niger thanked no one. The landlocked country needs rain.", "The landlocked country", "NER"),
    ],
)
def test_an_adjective_of_place_picks_the_state(read: Read, text: str, words: str, state: str) -> None:
    assert meant(read, text, words) == {state}


def test_the_one_of_a_country_is_who_was_named(read: Read) -> None:
    text = "Angela Merkel rang Emmanuel Macron. The German asked for time."
    assert meant(read, text, "German", "2018-05-04") == {"angela-merkel"}
