"""An event quotes the words that name it, whatever the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from detente.coding.events import code_events
from tests.conftest import Read

pytestmark = pytest.mark.model


def crossed(word: int, left: Sequence[int]) -> list[int]:
    """The left edges of a parse in which a later word's subtree reaches over everything before it."""
    return [0 if i == word else edge for i, edge in enumerate(left)]


def test_the_trigger_lies_within_the_evidence_of_a_crossing_parse(read: Read) -> None:
    reading = read("Chad attacked Sudan and Libya bombed Niger.")
    p = reading.parsed
    joined = p.lemmas.index("bomb")
    broken = replace(reading, parsed=replace(p, left=crossed(joined, p.left)))

    events = code_events(broken)

    assert events
    for event in events:
        assert event.evidence.start <= event.trigger.start < event.trigger.end <= event.evidence.end
