"""Sides that a clause leaves to the reader."""

from __future__ import annotations

import pytest

from tests.conftest import Code

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "event_type", "recipient"),
    [
        ("Peru mobilised its army for a possible war against Chile.", "MOBILIZE", "CHL"),
        ("Obama eased the limits on the right of emigrants to send money to Cuba.", "RETREAT", "CUB"),
        ("Norway sent medicine and personnel such as doctors to Nepal.", "AID", "NPL"),
        ("Al-Shabaab refuses to lift the ban on Kenya.", "REJECT", "KEN"),
        ("Peru will not lift the embargo until Chile holds elections.", "REJECT", "CHL"),
    ],
)
def test_the_only_other_state_of_the_clause_receives(code: Code, text: str, event_type: str, recipient: str) -> None:
    found = [event for event in code(text).events if event.type == event_type]

    assert [[r.split(":")[0] for r in event.recipients] for event in found] == [[recipient]]
    assert found[0].inferred in ((), ("recipients",))


def test_a_state_named_only_in_the_circumstances_receives_nothing(code: Code) -> None:
    events = code("Peru mobilised its army after an earthquake in Chile.").events

    assert not any("CHL" in event.recipients for event in events)


def test_two_other_states_leave_the_recipient_open(code: Code) -> None:
    (event,) = code("Peru mobilised its army for a march past Chile through Bolivia.").events

    assert event.recipients == ()
