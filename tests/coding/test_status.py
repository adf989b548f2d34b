"""Statuses that the clauses around an act give it."""

from __future__ import annotations

import pytest

from tests.conftest import Code

pytestmark = pytest.mark.model

NAMES = [("Kenya", "Chad"), ("Japan", "Peru"), ("Norway", "Mali")]


def told(code: Code, text: str) -> list[tuple[str, str]]:
    return [(event.type, event.status) for event in code(text).events]


@pytest.mark.parametrize(("a", "b"), NAMES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They discussed the efforts of {a} to destroy rebels from {b}.", ("ASSAULT", "actual")),
        ("{a} is trying to attack {b}.", ("ASSAULT", "actual")),
        ("{a} had tried to attack {b}.", ("ASSAULT", "hypothetical")),
        ("Let {a} condemn {b}.", ("ACCUSE", "proposed")),
        ("Poland backed calls for {a} to attack {b}.", ("ASSAULT", "proposed")),
        ("Poland would react if {a} does not withdraw its troops from {b}.", ("RETREAT", "hypothetical")),
        ("Both spoke for continuing the long cooperation between {a} and {b}.", ("COOPERATE", "actual")),
        ("{a} has threatened to attack Poland if {b} advances.", ("THREATEN", "actual")),
        ("I suggested to Poland that a visit of the president of {a} to {b} will help.", ("CONSULT", "proposed")),
    ],
)
def test_clauses_around_an_act_give_its_status(
    code: Code, text: str, expected: tuple[str, str], a: str, b: str
) -> None:
    assert expected in told(code, text.format(a=a, b=b))


@pytest.mark.parametrize(("a", "b"), NAMES)
def test_an_accusation_that_is_denied_has_been_made(code: Code, a: str, b: str) -> None:
    coded = code(f"Poland denied allegations by {a} that {b} had sent spies.")

    assert [(e.type, e.status) for e in coded.events if e.type == "ACCUSE"] == [("ACCUSE", "actual")]


@pytest.mark.parametrize(("a", "b"), NAMES)
def test_who_is_urged_to_cease_its_strikes_carries_them_out(code: Code, a: str, b: str) -> None:
    acts = told(code, f"Poland urged {a} to cease its airstrikes against {b}.")

    assert ("ASSAULT", "actual") in acts
