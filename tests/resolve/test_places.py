"""Where something happens: names after prepositions of place and verbs of motion, with their state."""

from __future__ import annotations

import pytest
from tests.conftest import Read

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("sentence", "place", "country"),
    [
        ("They met in Istanbul, Turkey.", "Istanbul", "TUR"),
        ("The minister visited Moscow.", "Moscow", "RUS"),
        ("Planes bombed the Syrian town of Afrin.", "Afrin", "SYR"),
        ("Ships exercised in the South China Sea.", "South China Sea", None),
        ("Troops were sent to Mali.", "Mali", "MLI"),
        ("It began an assault on Mosul.", "Mosul", "IRQ"),
    ],
)
def test_a_place_is_found_with_its_state(read: Read, sentence: str, place: str, country: str | None) -> None:
    assert (place, country) in {(p.name, p.country) for p in read(sentence).places}


@pytest.mark.parametrize(
    "sentence",
    ["Moscow rejected the plan.", "It told Baghdad to wait.", "Iran’s oil is sold.", "Iran and Iraq agreed."],
)
def test_a_name_that_acts_or_owns_is_no_place(read: Read, sentence: str) -> None:
    assert list(read(sentence).places) == []
