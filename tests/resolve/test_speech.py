"""The first person: speakers, the states they act for, authors and issuing institutions."""

from __future__ import annotations

import pytest
from tests.conftest import Read

from detente.syntax.reading import Reading

pytestmark = pytest.mark.model


def meant(reading: Reading, word: str) -> set[str]:
    return {m.entity_id for m in reading.mentions if m.text == word}


def test_i_is_the_speaker_and_we_is_the_state_of_an_official(read: Read) -> None:
    reading = read("“I met him and we will sign,” French President Emmanuel Macron said.", published="2019-05")

    assert meant(reading, "I") == {"emmanuel-macron"}
    assert meant(reading, "we") == {"FRA"}


def test_outside_quotations_i_is_the_author(read: Read) -> None:
    reading = read("Iran lied, and I said so.", author="Ann Example")

    assert meant(reading, "I") == {"author"}
    assert reading.entities["author"].name == "Ann Example"


def test_we_of_an_institution_is_what_it_acts_for(read: Read) -> None:
    reading = read("We condemn the attack and call on Iran to stop.", author="US Department of State")

    assert meant(reading, "We") == {"USA"}


def test_we_of_a_statement_without_author_is_its_first_voice(read: Read) -> None:
    reading = read("Norway condemns the attack. We call on all sides to stop.")

    assert meant(reading, "We") == {"NOR"}


def test_us_the_pronoun_is_not_us_the_state(read: Read) -> None:
    reading = read("“The US gave us hope,” Iraqi Prime Minister Haider al-Abadi said.", published="2016-10")

    assert meant(reading, "US") == {"USA"}
    assert meant(reading, "us") == {"IRQ"}
