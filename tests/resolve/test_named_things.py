"""Things, works, firms, ships, towns and cases that carry an actor's name and are none."""

from __future__ import annotations

import pytest
from tests.conftest import Read

from detente.resolve.tables import things

pytestmark = pytest.mark.model


def ids(read: Read, sentence: str, published: str | None = None) -> set[str]:
    return {m.entity_id for m in read(sentence, published=published).mentions}


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("The surgeon collects Norwegian mandolins.", "NOR"),
        ("A Portuguese saucepan hung by the door.", "PRT"),
        ("The Brazilian Lantern hangs in the third room.", "BRA"),
        ("Shares in Danish Electronics fell.", "DNK"),
        ("She taught at the Spanish College of Cairo.", "ESP"),
        ("They all read Peacock of Lebanon twice.", "LBN"),
        ("Counsel quoted Chile v. Denmark at length.", "CHL"),
        ("Divers went down to the wreck of the Norway.", "NOR"),
        ("The old ferry Iceland was sold for scrap.", "ISL"),
        ("They cycled through Denmark and Poland, two villages in Ohio.", "DNK"),
        ("Storks nest in the parish of Jordan.", "JOR"),
        ("Sergeant Ireland found the key.", "IRL"),
        ("An Irish-Italian violinist played.", "IRL"),
        ("The book was translated from the Hungarian.", "HUN"),
        ("She bought the Turkish carpet and left the Persian one.", "IRN"),
        ("His niece India sings.", "IND"),
    ],
)
def test_a_name_in_the_name_of_a_thing_is_no_state(read: Read, sentence: str, state: str) -> None:
    assert all(found.split(":")[0] != state for found in ids(read, sentence))


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("Beijing banned Norwegian salmon.", "NOR"),
        ("The Danish Cabinet Office denied it.", "DNK"),
        ("Sailors boarded an Iranian tanker.", "IRN"),
        ("The Netherlands sent an envoy.", "NLD"),
        ("The Congo signed the treaty.", "COD"),
        ("Parts of Lebanon were shelled by Israel.", "ISR"),
    ],
)
def test_trade_and_bodies_keep_their_state(read: Read, sentence: str, state: str) -> None:
    assert any(found.split(":")[0] == state for found in ids(read, sentence))


def test_shouted_words_are_no_acronyms(read: Read) -> None:
    assert "WHO" not in ids(read, "WHO BROKE THE WINDOW, asked the poster.")
    assert "WHO" in ids(read, "The WHO sent doctors.")


def test_a_month_is_nobody(read: Read) -> None:
    assert "theresa-may" not in ids(read, "Rain fell in May.", "2017-05-02")


def test_things_are_nouns_in_lower_case() -> None:
    assert {"mandolin", "encephalitis"} <= things()
    assert all(word.isalpha() and word.islower() for word in things())
