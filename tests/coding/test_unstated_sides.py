"""Sides that stand in another phrase than the slots of the predicate."""

from __future__ import annotations

import pytest

from tests.conftest import Code, Told, told

pytestmark = pytest.mark.model

NAMES = [("Kenya", "KEN", "Chad", "TCD"), ("Japan", "JPN", "Peru", "PER"), ("Norway", "NOR", "Mali", "MLI")]


@pytest.mark.parametrize(("a", "x", "b", "y"), NAMES)
@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("{a} has been among those calling for a ceasefire in {b}.", "REQUEST"),
        ("{a} is one of {b}'s strongest supporters.", "SUPPORT"),
        ("{a} is {b}'s biggest trading partner.", "COOPERATE"),
        ("{a} has given {b} economic assurances.", "AGREE"),
        ("{a} hoped that {b} would send an envoy.", "REQUEST"),
        ("{a} wants {b} to withdraw its troops.", "REQUEST"),
        ("{a} reacted angrily to {b}'s decision.", "ACCUSE"),
        ("{a} spoke highly of {b}.", "SUPPORT"),
        ("{a} rejected the claim that {b} had won.", "REJECT"),
        ("{a} will go ahead with the visit to {b}.", "AGREE"),
        ("{a} has threatened to hit back if {b} advances.", "THREATEN"),
    ],
)
def test_a_side_is_found_where_the_construction_puts_it(
    code: Code, text: str, event_type: str, a: str, x: str, b: str, y: str
) -> None:
    assert ((x,), event_type, (y,)) in told(code(text.format(a=a, b=b)))


@pytest.mark.parametrize(("a", "x", "b", "y"), NAMES)
def test_what_an_allegation_says_names_who_is_accused(code: Code, a: str, x: str, b: str, y: str) -> None:
    acts = told(code(f"Poland denied allegations by {a} that {b} had sent spies."))

    assert (("POL",), "REJECT", (x,)) in acts
    assert ((x,), "ACCUSE", (y,)) in acts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The city was freed from Islamic State by Kenya.", (("KEN",), "ASSAULT", ("isil",))),
        ("Turkey fought to drive Islamic State from the north.", (("TUR",), "ASSAULT", ("isil",))),
        ("Russia has annexed Crimea.", (("RUS",), "COERCE", ("UKR",))),
        ("France suspended aid to Gaza.", (("FRA",), "SANCTION", ("PSE",))),
        ("The visit of Khawaja Asif to Moscow was a success.", (("khawaja-asif",), "CONSULT", ("RUS",))),
        ("Two Ukrainian jets shot down by Russia fell.", (("RUS",), "ASSAULT", ("UKR:MIL",))),
        ("The American legation in Vientiane opened last spring.", (("USA:GOV",), "SUPPORT", ("LAO",))),
        ("Angela Merkel has defended Germany.", (("angela-merkel",), "SUPPORT", ("DEU",))),
        ("A bomb killed ten Kenyan soldiers.", (("UNK",), "ASSAULT", ("KEN:MIL",))),
        ("Israel must end attacks on Syria.", (("ISR",), "RETREAT", ("SYR",))),
        ("Soldiers from Kenya were hit by US sanctions.", (("USA",), "SANCTION", ("KEN:MIL",))),
    ],
)
def test_places_weapons_and_phrases_stand_for_sides(code: Code, text: str, expected: Told) -> None:
    assert expected in told(code(text))


@pytest.mark.parametrize(
    "text", ["Boris Johnson met ministers from Kenya in London.", "Boris Johnson met ministers from Kenya."]
)
def test_without_a_visit_to_the_host_those_who_meet_act_together(code: Code, text: str) -> None:
    assert (("boris-johnson", "KEN:GOV"), "CONSULT", ()) in told(code(text))


def test_who_meets_his_hosts_during_a_visit_is_their_guest(code: Code) -> None:
    coded = code("During a visit to Kenya, Boris Johnson met Kenyan ministers.")

    assert (("boris-johnson",), "CONSULT", ("KEN:GOV",)) in told(coded)


def test_the_country_in_an_envoys_title_is_not_whom_he_condemns(code: Code) -> None:
    acts = told(code("The Kenyan envoy to Chad has condemned the truce."))

    assert all("TCD" not in recipients for _, _, recipients in acts)


def test_nobody_accuses_his_own_government_of_its_options(code: Code) -> None:
    text = "President Barack Obama is skeptical of the options advanced by the US government."
    acts = told(code(text, published="2014-05-01"))

    assert all("USA:GOV" not in recipients for _, _, recipients in acts)


def test_the_parts_of_a_state_that_are_urged_apart_make_two_events(code: Code) -> None:
    coded = code("Kenya urged Iraq's parties to remain calm. Kenya urged Haider al-Abadi to resign.")
    urged = [event.recipients for event in coded.events if event.type == "REQUEST"]

    assert len(urged) == 2
