"""Demands that lie in what somebody says."""

from __future__ import annotations

import pytest

from detente.records import CodedDocument
from tests.conftest import Code

pytestmark = pytest.mark.model


def demands(coded: CodedDocument) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(event.actors, event.recipients) for event in coded.events if event.type == "REQUEST"]


@pytest.mark.parametrize("duty", ["must", "should", "has to", "ought to"])
def test_who_says_that_another_must_do_something_demands_it(code: Code, duty: str) -> None:
    assert demands(code(f"Chad said that Libya {duty} disarm.")) == [(("TCD",), ("LBY",))]


@pytest.mark.parametrize(
    "text",
    [
        "Chad said that Libya may disarm.",
        "Chad said that Libya should be awarded a prize.",
        "Chad said that Chad must disarm.",
        "Libya must disarm.",
    ],
)
def test_no_demand_without_a_duty_of_somebody_else(code: Code, text: str) -> None:
    assert demands(code(text)) == []


def test_a_plain_report_of_a_deed_accuses_nobody(code: Code) -> None:
    assert [e.type for e in code("Officials in Chad said that Libya had bombed a town in Niger.").events] == ["ASSAULT"]


def test_who_tells_of_a_deed_done_to_his_own_side_accuses(code: Code) -> None:
    coded = code("Officials in Chad said that Libya had bombed a town in Chad.")
    assert [(e.type, e.contexts) for e in coded.events if e.type == "ACCUSE"] == [("ACCUSE", ("military",))]
