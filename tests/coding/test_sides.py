"""Where the sides of an act stand, beyond subject and object."""

from __future__ import annotations

import pytest

from tests.conftest import Code, told

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "event_type", "sector"),
    [
        ("A court in Chad banned foreign newspapers.", "COERCE", "JRN"),
        ("Peru expelled three foreign students.", "SANCTION", "EDU"),
    ],
)
def test_who_has_no_country_can_still_be_the_recipient(code: Code, text: str, event_type: str, sector: str) -> None:
    coded = code(text)
    sectors = {entity.id: entity.sector for entity in coded.entities}

    assert [(event.type, [sectors[r] for r in event.recipients]) for event in coded.events] == [(event_type, [sector])]


def test_nobody_of_a_mere_kind_is_met(code: Code) -> None:
    assert not [event for event in code("Peru's president met several organisations.").events if event.recipients]


def test_a_court_acts_though_the_text_does_not_say_whose_it_is(code: Code) -> None:
    (event,) = code("The court rejected a request from Bolivia.").events

    assert (event.type, event.recipients) == ("REJECT", ("BOL",))


def test_workers_protest_though_the_text_does_not_say_where(code: Code) -> None:
    (event,) = code("Hundreds of workers staged a protest.").events

    assert event.type == "PROTEST"


def test_a_name_in_apposition_goes_before_the_owner(code: Code) -> None:
    assert (("USA",), "SANCTION", ("TUR",)) in told(code("The United States imposed sanctions on its ally Turkey."))


def test_the_prepositions_of_a_participle_belong_to_its_noun(code: Code) -> None:
    assert (("JPN",), "RETREAT", ("IND",)) in told(code("Japan lifted the sanctions imposed on India."))


@pytest.mark.parametrize(
    "text", ["Canada issued a statement condemning Iran.", "Canada passed a resolution that condemns Iran."]
)
def test_who_makes_a_statement_does_what_it_says(code: Code, text: str) -> None:
    assert (("CAN",), "ACCUSE", ("IRN",)) in told(code(text))


def test_what_is_voiced_is_the_voice_of_the_subject(code: Code) -> None:
    coded = code("Qatar phoned President Omar al-Bashir to express its support for Chad.")

    assert (("QAT",), "SUPPORT", ("TCD",)) in told(coded)


def test_names_in_a_list_act_together(code: Code) -> None:
    coded = code("The United States, India, Israel, Pakistan and Peru have condemned Chad.")

    assert (("USA", "IND", "ISR", "PAK", "PER"), "ACCUSE", ("TCD",)) in told(coded)


def test_the_doer_of_a_passive_does_what_follows_from_it(code: Code) -> None:
    (first, second) = code("Tunisia was attacked by al-Qaeda, killing Israeli tourists.").events

    assert first.actors == second.actors == ("al-qaeda",)
