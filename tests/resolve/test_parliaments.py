"""Parliaments that go by a name of their own, and the capital of Kuwait."""

from __future__ import annotations

import pytest
from tests.conftest import Read

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [
        ("Riksdag", "SWE:LEG"),
        ("Folketing", "DNK:LEG"),
        ("Storting", "NOR:LEG"),
        ("Eduskunta", "FIN:LEG"),
        ("Althing", "ISL:LEG"),
        ("Saeima", "LVA:LEG"),
        ("Seimas", "LTU:LEG"),
        ("Riigikogu", "EST:LEG"),
        ("Knesset", "ISR:LEG"),
        ("Bundestag", "DEU:LEG"),
    ],
)
def test_a_parliament_is_known_by_its_name(read: Read, name: str, entity_id: str) -> None:
    reading = read(f"The {name} condemned Chad.")

    assert entity_id in [mention.entity_id for mention in reading.mentions]


def test_kuwait_city_acts_for_kuwait(read: Read) -> None:
    reading = read("Kuwait City condemned Baghdad.")

    assert [mention.entity_id for mention in reading.mentions] == ["KWT", "IRQ"]
