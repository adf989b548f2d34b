"""What the parser fixes before and after the language model."""

from __future__ import annotations

import pytest
from tests.conftest import Code, Read

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("hoped", "hope"), ("waged", "wage"), ("fined", "fine"), ("hoping", "hope"), ("staged", "stage")],
)
def test_verbs_in_e_keep_their_e(read: Read, word: str, lemma: str) -> None:
    text = f"They were {word} in Kenya." if word.endswith("ing") else f"They {word} it in Kenya."
    parsed = read(text).parsed

    assert parsed.lemmas[parsed.words.index(word)] == lemma


@pytest.mark.parametrize("dateline", ["LIMA, Peru --", "OSLO (AP) -", "Tehran, March 15, IRNA -"])
def test_the_place_of_a_dateline_takes_no_part_in_the_report(code: Code, dateline: str) -> None:
    events = code(f"{dateline} The Kenyan parliament condemned Chad.", published="2018-06-01").events

    assert [(event.actors, event.recipients) for event in events] == [(("KEN:LEG",), ("TCD",))]
