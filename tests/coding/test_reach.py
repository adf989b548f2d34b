"""Sides and acts in constructions beside the usual slots: lists cut by the parse, messages, third parties."""

from __future__ import annotations

import pytest

from tests.conftest import Code, told

pytestmark = pytest.mark.model

NAMES = [("Kenya", "KEN", "Chad", "TCD"), ("Japan", "JPN", "Peru", "PER"), ("Norway", "NOR", "Mali", "MLI")]


@pytest.mark.parametrize(("a", "x", "b", "y"), NAMES)
@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("{a} imposed sanctions in relation to {b}.", "SANCTION"),
        ("{a} sent {b} a letter demanding a release of the crew.", "REQUEST"),
        ("In a call with {b}, {a} urged restraint.", "REQUEST"),
        ("{a} attended a summit in {b}.", "CONSULT"),
        ("{a} suspended a tax on goods from {b}.", "RETREAT"),
    ],
)
def test_a_side_is_found_behind_other_words(
    code: Code, text: str, event_type: str, a: str, x: str, b: str, y: str
) -> None:
    assert ((x,), event_type, (y,)) in told(code(text.format(a=a, b=b)))


@pytest.mark.parametrize(("a", "x", "b", "y"), NAMES)
def test_who_agree_on_a_step_agree_it_towards_a_third(code: Code, a: str, x: str, b: str, y: str) -> None:
    acts = told(code(f"{a} and {b} agreed to lift tariffs on Canadian products."))

    assert ((x, y), "CONCEDE", ("CAN",)) in acts


@pytest.mark.parametrize(("a", "x", "b", "y"), NAMES)
def test_drills_of_two_states_are_cooperation_and_those_of_one_are_not(
    code: Code, a: str, x: str, b: str, y: str
) -> None:
    assert ((x, y), "COOPERATE", ()) in told(code(f"{a} and {b} held naval drills."))
    assert [event.type for event in code(f"{a} held naval drills.").events] == ["MOBILIZE"]


@pytest.mark.parametrize(("a", "x", "b", "y"), NAMES)
def test_whoever_is_said_to_be_behind_an_attack_is_accused(code: Code, a: str, x: str, b: str, y: str) -> None:
    assert ((f"{x}:GOV",), "ACCUSE", (y,)) in told(code(f"The government of {a} said {b} was behind the attack."))


def test_a_list_goes_on_past_an_acronym_in_brackets(code: Code) -> None:
    text = "The Security Council imposed sanctions on Papua New Guinea (PNG) and Fiji last week."

    assert (("UNSC",), "SANCTION", ("PNG", "FJI")) in told(code(text))


def test_people_in_several_states_are_recipients_in_each(code: Code) -> None:
    acts = told(code("Norway sent relief to people in Nepal, Bhutan and Laos."))

    assert (("NOR",), "AID", ("NPL:CVL", "BTN", "LAO")) in acts


def test_who_is_called_something_is_not_telephoned(code: Code) -> None:
    acts = told(code("Emmanuel Macron last night called Brazil's envoy in Lisbon a complete fool."))

    assert acts == [(("emmanuel-macron",), "ACCUSE", ("BRA",))]


def test_a_caller_upon_a_state_demands_and_does_not_telephone(code: Code) -> None:
    assert [event.type for event in code("Iran's president called on China to discuss the plan.").events] == ["REQUEST"]


def test_a_call_in_which_something_is_urged_took_place(code: Code) -> None:
    events = code("In a call with Emmanuel Macron, Narendra Modi urged an end to the fighting.").events

    assert [event.status for event in events if event.type == "CONSULT"] == ["actual"]


def test_somebody_known_by_name_alone_is_met(code: Code) -> None:
    acts = told(code("Kenya's prime minister met activist Jane Doe on Monday."))

    assert acts == [(("kenyan-prime-minister", "jane-doe"), "CONSULT", ())]


@pytest.mark.parametrize("name", ["priest", "pastor", "minister"])
def test_a_court_convicts_whom_it_finds_guilty(code: Code, name: str) -> None:
    (event,) = code(f"A court in Lyon found the {name} guilty of failing to report abuse.").events

    assert (event.type, event.modes, event.actors) == ("SANCTION", ("convict",), ("FRA:JUD",))
