"""Whose group is meant where it stands without a state, and names that are those of sites."""

from __future__ import annotations

import pytest
from tests.conftest import Code

pytestmark = pytest.mark.model


def test_rebels_are_where_the_text_says_that_there_is_fighting(code: Code) -> None:
    text = (
        "Barack Obama met Xi Jinping in China on Monday, in a city in China. He spoke of the war in Syria and asked "
        "Russia and Iran to help. He will not arm the rebels."
    )
    ids = {mention.entity_id for mention in code(text).mentions if mention.text.endswith("rebels")}

    assert ids == {"SYR:REB"}


def test_opponents_of_a_government_are_of_its_state(code: Code) -> None:
    coded = code("Opponents of the Maldives government marched at dawn, said a lawyer who lives in Canada.")

    assert {m.entity_id for m in coded.mentions if m.text == "Opponents"} == {"MDV:OPP"}


@pytest.mark.parametrize("site", ["International Airport", "Avenue", "Stadium"])
def test_a_site_called_after_somebody_is_not_he(code: Code, site: str) -> None:
    coded = code(f"Taliban fighters attacked Hamid Karzai {site} in Kabul.")

    assert "hamid-karzai" not in {mention.entity_id for mention in coded.mentions}
