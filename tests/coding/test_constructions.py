"""What a reader must never get wrong: who did it, to whom, whether it happened and who says so."""

from __future__ import annotations

import pytest

from detente.records import CodedDocument, Event
from tests.conftest import Code

pytestmark = pytest.mark.model

PAIRS = [("Russia", "RUS", "Ukraine", "UKR"), ("Eritrea", "ERI", "Ethiopia", "ETH"), ("Iraq", "IRQ", "Kuwait", "KWT")]
pairs = pytest.mark.parametrize(("a", "a_id", "b", "b_id"), PAIRS, ids=[f"{p[1]}-{p[3]}" for p in PAIRS])


def events(coded: CodedDocument, event_type: str) -> list[Event]:
    return [event for event in coded.events if event.type == event_type]


@pairs
def test_active_voice_puts_the_subject_in_actors(code: Code, a: str, a_id: str, b: str, b_id: str) -> None:
    (event,) = code(f"{a} attacked {b}.").events

    assert (event.actors, event.type, event.recipients) == ((a_id,), "ASSAULT", (b_id,))
    assert event.status == "actual"
    assert event.attribution.sources == ()


@pairs
def test_passive_voice_puts_the_agent_in_actors(code: Code, a: str, a_id: str, b: str, b_id: str) -> None:
    (event,) = code(f"{b} was attacked by {a}.").events

    assert (event.actors, event.type, event.recipients) == ((a_id,), "ASSAULT", (b_id,))
    assert event.status == "actual"


@pairs
def test_a_negated_act_is_negated(code: Code, a: str, a_id: str, b: str, b_id: str) -> None:
    (event,) = code(f"{a} did not attack {b}.").events

    assert (event.actors, event.type, event.recipients) == ((a_id,), "ASSAULT", (b_id,))
    assert event.status == "negated"


@pairs
def test_a_denied_act_is_never_an_actual_one(code: Code, a: str, a_id: str, b: str, b_id: str) -> None:
    coded = code(f"{a} denied that it attacked {b}.")

    assert all(event.status == "negated" for event in events(coded, "ASSAULT"))
    assert events(coded, "REJECT") or (coded.statements and events(coded, "ASSAULT"))
    assert [statement.speaker for statement in coded.statements] == [a_id]
    assert coded.statements[0].denied


@pairs
def test_a_condition_makes_both_clauses_hypothetical(code: Code, a: str, a_id: str, b: str, b_id: str) -> None:
    coded = code(f"If {a} attacks {b}, the US will impose sanctions on {a}.")

    assert {event.type for event in coded.events} == {"ASSAULT", "SANCTION"}
    assert {event.status for event in coded.events} == {"hypothetical"}
    (sanction,) = events(coded, "SANCTION")
    assert (sanction.actors, sanction.recipients) == (("USA",), (a_id,))


@pytest.mark.parametrize(("c", "c_id"), [("Georgia", "GEO"), ("Moldova", "MDA")])
@pairs
def test_a_reported_act_is_attributed_to_its_speaker(
    code: Code, a: str, a_id: str, b: str, b_id: str, c: str, c_id: str
) -> None:
    (event,) = events(code(f"{b} said {a} attacked {c}."), "ASSAULT")

    assert (event.actors, event.recipients) == ((a_id,), (c_id,))
    assert event.attribution.sources == (b_id,)


def test_an_accusation_is_an_act_of_the_accuser_and_its_content_is_attributed(code: Code) -> None:
    coded = code("Chad accused Sudan of attacking Libya.")

    (accusation,) = events(coded, "ACCUSE")
    (assault,) = events(coded, "ASSAULT")
    assert (accusation.actors, accusation.recipients) == (("TCD",), ("SDN",))
    assert accusation.attribution.sources == ()
    assert (assault.actors, assault.recipients) == (("SDN",), ("LBY",))
    assert assault.attribution.sources == ("TCD",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France failed to recognise Kosovo.", ("SUPPORT", "negated")),
        ("Peru should recognise Kosovo.", ("SUPPORT", "proposed")),
        ("Peru might recognise Kosovo.", ("SUPPORT", "hypothetical")),
        ("Peru will recognise Kosovo.", ("AGREE", "actual")),
        ("Peru promised to recognise Kosovo.", ("AGREE", "actual")),
        ("Peru never recognised Kosovo.", ("SUPPORT", "negated")),
        ("Peru recognised Kosovo.", ("SUPPORT", "actual")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_status_follows_the_words_around_the_act(code: Code, text: str, expected: tuple[str, str]) -> None:
    (event,) = code(text).events

    assert (event.type, event.status) == expected
    assert event.recipients[0].startswith("XKX") or event.recipients[0].startswith("XK")


@pytest.mark.parametrize(
    ("text", "actors", "event_type", "recipients"),
    [
        ("The president of Kenya paid a visit to Uganda.", "KEN", "CONSULT", "UGA"),
        ("The visit of the Kenyan president to Uganda ended on Friday.", "KEN", "CONSULT", "UGA"),
        ("Russia's support for Serbia has grown.", "RUS", "SUPPORT", "SRB"),
        ("The United States exerted pressure on Pakistan.", "USA", "COERCE", "PAK"),
        ("Turkey extended support to Azerbaijan.", "TUR", "SUPPORT", "AZE"),
        ("Israel, which bombed Lebanon on Monday, said nothing.", "ISR", "ASSAULT", "LBN"),
        ("Morocco agreed to lift its sanctions on Algeria.", "MAR", "CONCEDE", "DZA"),
        ("Japan condemned and China praised North Korea.", "JPN", "ACCUSE", "PRK"),
    ],
)
def test_constructions_name_the_same_sides(
    code: Code, text: str, actors: str, event_type: str, recipients: str
) -> None:
    coded = code(text)
    countries = {entity.id: entity.country or entity.id for entity in coded.entities}

    found = [
        (countries.get(e.actors[0], e.actors[0]), e.type, countries.get(r, r))
        for e in coded.events
        for r in e.recipients
    ]
    assert (actors, event_type, recipients) in [(a.split(":")[0], t, r.split(":")[0]) for a, t, r in found]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A possible Chinese invasion of Taiwan worries Japan.", "hypothetical"),
        ("Fears of a Chinese invasion of Taiwan grew.", "hypothetical"),
        ("Were China to invade Taiwan, Japan would respond.", "hypothetical"),
        ("Should China invade Taiwan, Japan will respond.", "hypothetical"),
        ("Did China invade Taiwan?", "hypothetical"),
        ("Japan warned of a Chinese invasion of Taiwan.", "future"),
        ("China ruled out invading Taiwan.", "negated"),
        ("There is no evidence that China invaded Taiwan.", "negated"),
        ("China is not expected to invade Taiwan.", "negated"),
        ("China had tried to invade Taiwan.", "hypothetical"),
        ("China had invaded Taiwan.", "historical"),
    ],
)
def test_what_has_not_happened_is_never_told_as_done(code: Code, text: str, status: str) -> None:
    assert [event.status for event in events(code(text), "ASSAULT")] == [status]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pakistan refused to provide aid to Chad.", "REJECT"),
        ("Iran will not hold talks with Iraq.", "REJECT"),
        ("Israel would not allow Jordan to sail.", "REJECT"),
        ("Turkey violated the sanctions on Iran.", "REJECT"),
        ("Latvia offered condolences to Turkey.", "SUPPORT"),
        ("Cuba threw its weight behind Bolivia.", "SUPPORT"),
        ("Egypt and Qatar convened in Oman.", "CONSULT"),
        ("Kuwait ordered the Iranian ambassador to leave.", "SANCTION"),
        ("The African Union suspended Mali.", "SANCTION"),
        ("Turkey sent tanks to the border with Syria.", "MOBILIZE"),
        ("Russian hackers attacked the computers of Germany.", "COERCE"),
        ("Kenyan doctors went on strike.", "PROTEST"),
        ("Norway flew medicine to Nepal.", "AID"),
        ("A Turkish prosecutor is seeking a jail sentence for the Israeli minister.", "ACCUSE"),
        ("The American troops left Iraq.", "RETREAT"),
        ("Germany condemned Iran for its policy.", "ACCUSE"),
    ],
)
def test_the_construction_decides_what_a_word_names(code: Code, text: str, expected: str) -> None:
    assert [(event.type, event.status) for event in code(text).events] == [(expected, "actual")]


def test_a_listed_phrasal_verb_is_not_its_bare_verb(code: Code) -> None:
    assert events(code("Dockers in Peru called off a strike against the government."), "PROTEST") == []
    assert events(code("Dockers in Peru called a strike against the government."), "PROTEST") != []
