"""Names that look like a state's and are none, and states that change with the date."""

from __future__ import annotations

import pytest
from tests.conftest import Read

pytestmark = pytest.mark.model


def ids(read: Read, sentence: str, published: str | None = None) -> set[str]:
    return {m.entity_id for m in read(sentence, published=published).mentions}


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("The bakery sells Danish pastries.", "DNK"),
        ("Two Siamese and a Norwegian terrier were on show.", "NOR"),
        ("Her novels are written in Portuguese.", "PRT"),
        ("The Italian-born surgeon retired.", "ITA"),
        ("Argentina lost to Chile in the semi-final.", "ARG"),
        ("Denmark beat Finland in the rain.", "FIN"),
        ("Kenya Example sang at the fair.", "KEN"),
        ("He was born in Cuba, Alabama.", "CUB"),
        ("They drank tea at the Hotel Ghana.", "GHA"),
        ("Children fed the guinea pigs.", "GIN"),
        ("A sloop lay in the Baltic.", "baltic-states"),
    ],
)
def test_a_states_name_in_the_name_of_something_else_is_no_actor(read: Read, sentence: str, state: str) -> None:
    assert state not in ids(read, sentence)


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("Danish frigates left port.", "DNK:MIL"),
        ("Argentina lost a ruling against Chile in the court.", "ARG"),
        ("Chad named a new envoy.", "TCD"),
        ("The Georgian president thanked Georgia's voters.", "GEO"),
        ("Envoys from Georgia met the Russian delegation.", "GEO"),
        ("The Baltic states protested.", "baltic-states"),
    ],
)
def test_a_state_among_such_words_stays_one(read: Read, sentence: str, state: str) -> None:
    assert any(found == state or found.split(":")[0] == state for found in ids(read, sentence))


def test_georgia_is_american_where_only_america_is_spoken_of(read: Read) -> None:
    assert "GEO" not in ids(read, "Democrats hope to win Georgia in the midterms.")
    assert "GEO" not in ids(read, "Georgia's governor signed the bill.")


@pytest.mark.parametrize(
    ("sentence", "published", "state"),
    [
        ("Moscow condemned the raid.", "1983-04-05", "SUN"),
        ("Moscow condemned the raid.", "2003-04-05", "RUS"),
        ("Prague signed the treaty.", "1991-05-01", "CSK"),
        ("Yugoslav soldiers crossed the river.", "1991-09-20", "YUG:MIL"),
        ("Congo signed the treaty.", "1985-02-01", "COG"),
        ("Congo signed the treaty.", "2005-02-01", "COD"),
    ],
)
def test_a_name_means_the_state_of_its_day(read: Read, sentence: str, published: str, state: str) -> None:
    assert state in ids(read, sentence, published)


def test_the_north_is_a_state_where_korea_is_spoken_of(read: Read) -> None:
    assert "PRK" in ids(read, "South Korea waited. The North kept silent.")
    assert "PRK" not in ids(read, "Snow fell in Norway. The North was dark.")
