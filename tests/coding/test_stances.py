"""Stances: how actors regard each other, in the constructions of news and official prose."""

from __future__ import annotations

import pytest

from detente.coding.stances import code_stances
from detente.records import Stance
from tests.conftest import Read

pytestmark = pytest.mark.model

PAIRS = [("Norway", "NOR", "Kenya", "KEN"), ("Greece", "GRC", "Peru", "PER")]
pairs = pytest.mark.parametrize(("a", "a_id", "b", "b_id"), PAIRS, ids=[f"{p[1]}-{p[3]}" for p in PAIRS])


def sign(value: float) -> int:
    return (value > 0) - (value < 0)


def sides(stance: Stance) -> set[str]:
    return {stance.holder, stance.object}


MUTUAL = [
    ("Relations between {a} and {b} have soured.", -1, "cooling"),
    ("{a}'s ties with {b} remain frosty.", -1, "steady"),
    ("{a} and {b} enjoy a close partnership.", 1, None),
    ("{a} has improved its ties with {b}.", 1, "warming"),
    ("A deepening rift between {a} and {b} worries diplomats.", -1, "cooling"),
    ("Tensions between {a} and {b} have eased.", -1, "warming"),
    ("The visit led to an improvement in relations between {a} and {b}.", 1, "warming"),
    ("{a} and {b} are natural allies.", 1, None),
    ("{a} and {b} are at odds over fishing.", -1, None),
    ("{a} and {b} have drifted apart.", -1, "cooling"),
    ("{a} and {b} have mended fences.", 1, "warming"),
    ("{a} and {b} are on good terms.", 1, None),
    ("{a} is a staunch ally of {b}.", 1, None),
    ("{a}'s relations with {b} are at a low ebb.", -1, None),
    ("Relations between {a} and {b} were not as warm as today.", 1, "warming"),
    ("The strait has become a flashpoint between {a}, which mined it, and {b}.", -1, None),
    ("There is a lack of trust between {a} and {b}.", -1, "cooling"),
    ("The war of words between {a} and {b} went on.", -1, None),
    ("{a} and {b} came to blows over fish.", -1, None),
    ("{a} is at war with {b}.", -1, None),
]


@pairs
@pytest.mark.parametrize(("text", "valence", "trend"), MUTUAL, ids=[m[0] for m in MUTUAL])
def test_a_described_relation_is_mutual(
    read: Read, a: str, a_id: str, b: str, b_id: str, text: str, valence: int, trend: str | None
) -> None:
    (stance,) = code_stances(read(text.format(a=a, b=b)))

    assert sides(stance) == {a_id, b_id}
    assert stance.mutual
    assert sign(stance.valence) == valence
    assert stance.trend == trend


DIRECTED = [
    ("{a} fears {b}.", -1),
    ("{a} does not trust {b}.", -1),
    ("{a} greatly values its friendship with {b}.", 1),
    ("{a} regards {b} as a threat.", -1),
    ("{b} is seen by {a} as an existential threat.", -1),
    ("{a} views {b} with deep suspicion.", -1),
    ("{a} called {b} a reliable partner.", 1),
    ("{a} is increasingly wary of {b}.", -1),
    ("{a} is furious with {b} over the remarks.", -1),
    ("{a} remains strongly supportive of {b}.", 1),
    ("{a}'s hostility towards {b} is growing.", -1),
    ("{a} expressed deep concern about {b}'s dam.", -1),
    ("{a} is committed to helping {b}.", 1),
    ("{b} poses a threat to {a}.", -1),
    ("{a} adopted a tougher stance towards {b}.", -1),
    ("{a} criticised {b}.", -1),
    ("{a} praised {b} for its patience.", 1),
    ("{a} vowed to destroy {b}.", -1),
    ("{a} opposed {b}'s plan.", -1),
    ("{b} enjoys the support of {a}.", 1),
    ("{a} values its partnership with {b}.", 1),
    ("{a}, the minister said, is wary of {b}.", -1),
    ("{b} is regarded by {a} as a rogue state.", -1),
    ("{a} reacted coolly to {b}'s proposal.", -1),
    ("{a} has had harsh words for {b}.", -1),
    ("{a} took issue with {b}'s budget.", -1),
    ("{a} poured scorn on {b}'s offer.", -1),
    ("{a} heaped praise on {b}.", 1),
    ("{a} came to the defence of {b}.", 1),
    ("{a} distanced itself from {b}.", -1),
    ("{a} stands shoulder to shoulder with {b}.", 1),
    ("{a} is openly pro-{b}.", 1),
    ("{a} dismissed {b}'s report as groundless.", -1),
    ("{a} called {b} a source of instability.", -1),
    ("{a} warned {b} against reckless behaviour.", -1),
    ("{a} fears {b} could attack.", -1),
    ("{a} has shown little sympathy for {b}.", -1),
    ("{a} refused to support {b}.", -1),
    ("{a} called {b}'s launch a provocative step.", -1),
    ("{a} likened {b} to a gangster.", -1),
    ("{a} said that {b} was responsible for the raid.", -1),
    ("{a} lost patience with {b}.", -1),
    ("{a} spoke warmly of {b}.", 1),
]


@pairs
@pytest.mark.parametrize(("text", "valence"), DIRECTED, ids=[d[0] for d in DIRECTED])
def test_an_attitude_runs_from_holder_to_object(
    read: Read, a: str, a_id: str, b: str, b_id: str, text: str, valence: int
) -> None:
    found = code_stances(read(text.format(a=a, b=b)))

    assert [(s.holder, s.object) for s in found] == [(a_id, b_id)]
    assert sign(found[0].valence) == valence


NONE = [
    "{a} signed a treaty with {b}.",
    "{a} could improve its relations with {b}.",
    "If {a} and {b} fall out, the plan fails.",
    "{a} and {b} established diplomatic relations in 1970.",
    "{a} met officials from {b}.",
    "Officials discussed relations between {a} and {b}.",
    "{a} sent funds to support {b}.",
    "{a} promised financial support for {b}.",
    "{a} did not criticise {b}.",
    "The minister from {a} welcomed his guest to {b}.",
    "The two sides met in {a}-based halls, far from {b}.",
    "{a} closed its border to {b}.",
]


@pairs
@pytest.mark.parametrize("text", NONE)
def test_plain_facts_and_mere_possibilities_are_no_stances(
    read: Read, a: str, a_id: str, b: str, b_id: str, text: str
) -> None:
    assert code_stances(read(text.format(a=a, b=b))) == []


@pairs
def test_a_denied_hostility_is_neutral(read: Read, a: str, a_id: str, b: str, b_id: str) -> None:
    (stance,) = code_stances(read(f"{a} is not hostile to {b}."))

    assert (stance.holder, stance.object, stance.valence) == (a_id, b_id, 0.0)


@pairs
def test_relations_no_longer_cordial_have_cooled(read: Read, a: str, a_id: str, b: str, b_id: str) -> None:
    (stance,) = code_stances(read(f"Relations between {a} and {b} are no longer cordial."))

    assert stance.valence < 0
    assert stance.trend == "cooling"


@pairs
def test_an_echoed_attitude_has_its_own_holder(read: Read, a: str, a_id: str, b: str, b_id: str) -> None:
    found = code_stances(read(f"{a} is furious with Chile, and so is {b}."))

    assert {(s.holder, s.object) for s in found} == {(a_id, "CHL"), (b_id, "CHL")}


@pairs
def test_allies_are_named_behind_the_noun(read: Read, a: str, a_id: str, b: str, b_id: str) -> None:
    found = code_stances(read(f"It bargained with Chile's allies, {a} and {b}."))

    assert [sides(s) for s in found] == [{"CHL", a_id}, {"CHL", b_id}] or [sides(s) for s in found] == [
        {"CHL", b_id},
        {"CHL", a_id},
    ]


@pairs
def test_an_evaluation_inside_a_statement_is_the_speakers(read: Read, a: str, a_id: str, b: str, b_id: str) -> None:
    found = code_stances(read(f"{a}'s foreign ministry said {b} was a vital pillar of stability."))

    assert [(s.object, sign(s.valence)) for s in found] == [(b_id, 1)]
    assert found[0].holder.split(":")[0] == a_id


@pairs
def test_a_deed_is_judged_by_the_one_who_speaks_of_it(read: Read, a: str, a_id: str, b: str, b_id: str) -> None:
    found = code_stances(read(f"{a}'s foreign ministry said that {b}'s provocative exercises had to end."))

    assert [(s.holder.split(":")[0], s.object, sign(s.valence)) for s in found] == [(a_id, b_id, -1)]


@pairs
def test_bare_relations_are_those_of_the_pair_in_the_same_sentence(
    read: Read, a: str, a_id: str, b: str, b_id: str
) -> None:
    found = code_stances(read(f"Ties between Chile and Japan are warm. {a} once trusted {b}, but relations soured."))

    assert [sides(s) for s in found if s.trend == "cooling"] == [{a_id, b_id}]


@pairs
def test_implied_stances_say_so(read: Read, a: str, a_id: str, b: str, b_id: str) -> None:
    (stance,) = code_stances(read(f"{a} condemned {b}."))

    assert stance.coded_by.startswith("implied:")


@pairs
def test_the_victim_of_a_condemned_attack_is_not_condemned(read: Read, a: str, a_id: str, b: str, b_id: str) -> None:
    found = code_stances(read(f"{a} condemned the attack on {b}."))

    assert found == []


@pairs
@pytest.mark.parametrize(
    ("text", "valence"),
    [
        ("{a}-backed Hezbollah rejected the deal.", 1),
        ("{a} called for the overthrow of Hezbollah.", -1),
        ("{a}'s war against Hezbollah goes on.", -1),
    ],
)
def test_groups_are_backed_or_fought(read: Read, a: str, a_id: str, b: str, b_id: str, text: str, valence: int) -> None:
    found = code_stances(read(text.format(a=a)))

    assert [(s.holder, s.object, sign(s.valence)) for s in found] == [(a_id, "hezbollah", valence)]


@pairs
def test_a_call_to_step_down_is_hostile(read: Read, a: str, a_id: str, b: str, b_id: str) -> None:
    (stance,) = code_stances(read(f"{a} called for Bashar al-Assad to step down."))

    assert (stance.holder, stance.object, stance.valence) == (a_id, "bashar-al-assad", -1.0)
    assert stance.coded_by.startswith("implied:")


@pairs
def test_a_plan_told_of_before_is_its_owners(read: Read, a: str, a_id: str, b: str, b_id: str) -> None:
    found = code_stances(read(f"{a} announced plans for a dam. {b} opposed the plan."))

    assert [(s.holder, s.object) for s in found] == [(b_id, a_id)]


def test_evidence_quotes_the_text_and_holds_the_trigger(read: Read) -> None:
    text = "Observers agree. Ties between Norway and Kenya are warm, the paper wrote."
    (stance,) = code_stances(read(text))

    assert text[slice(*stance.evidence.span)] == stance.evidence.quote
    assert stance.trigger.quote == "warm"
    assert stance.evidence.start <= stance.trigger.start < stance.trigger.end <= stance.evidence.end


def test_an_empty_document_has_no_stances(read: Read) -> None:
    assert code_stances(read("")) == []
