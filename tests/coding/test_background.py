"""What is told as history and what as news, where no date says so."""

from __future__ import annotations

import pytest

from tests.conftest import Code

pytestmark = pytest.mark.model

NAMES = [("Kenya", "Chad"), ("Japan", "Peru"), ("Norway", "Mali")]
PUBLISHED = "2018-06-01"
LEAD = "The weather was fine. "  # so that what follows is not the first sentence


def statuses(code: Code, text: str, event_type: str) -> list[str]:
    return [event.status for event in code(text, published=PUBLISHED).events if event.type == event_type]


@pytest.mark.parametrize(("a", "b"), NAMES)
@pytest.mark.parametrize(
    "text",
    [
        "Over the past year {a} has condemned {b}.",
        "{a} has repeatedly accused {b} of espionage.",
        "In recent years {a} has condemned {b}.",
        "{a} has condemned {b} on three occasions.",
        "{a} had condemned {b}.",
    ],
)
def test_what_is_spread_over_a_long_time_is_history(code: Code, text: str, a: str, b: str) -> None:
    assert statuses(code, text.format(a=a, b=b), "ACCUSE") == ["historical"]


@pytest.mark.parametrize(("a", "b"), NAMES)
@pytest.mark.parametrize(
    "text",
    [
        "{a} has condemned {b}.",
        "{a} said it had condemned {b}.",
        "In recent days {a} condemned {b}.",
    ],
)
def test_a_plain_perfect_and_a_backshifted_one_are_news(code: Code, text: str, a: str, b: str) -> None:
    assert statuses(code, text.format(a=a, b=b), "ACCUSE") == ["actual"]


@pytest.mark.parametrize(("a", "b"), NAMES)
def test_a_clause_that_only_describes_somebody_is_history(code: Code, a: str, b: str) -> None:
    text = LEAD + f"Poland praised the soldiers from {a} who attacked {b}."

    assert statuses(code, text, "ASSAULT") == ["historical"]


@pytest.mark.parametrize(("a", "b"), NAMES)
def test_a_clause_that_goes_on_with_the_story_is_news(code: Code, a: str, b: str) -> None:
    text = LEAD + f"Poland met the president of {a}, who then condemned {b}."

    assert statuses(code, text, "ACCUSE") == ["actual"]


def test_the_first_sentence_tells_news_in_its_asides_too(code: Code) -> None:
    assert statuses(code, "Poland praised the soldiers from Kenya who attacked Chad.", "ASSAULT") == ["actual"]
