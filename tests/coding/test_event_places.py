"""Where an event happened: which place belongs to which word, and which names are no place of the event."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import detente
from detente.coding.places import place_of
from detente.parse.parser import parse
from detente.records import Document, Entity, Evidence, Mention, Statement
from detente.syntax.dates import find_dates
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import PlaceExpression, Reading

NAMES = {
    "Baghdad": "IRQ",
    "Mosul": "IRQ",
    "Oslo": "NOR",
    "Norway": "NOR",
    "Geneva": "CHE",
    "Kabul": "AFG",
    "Syria": "SYR",
    "Afrin": "SYR",
    "Aleppo": "SYR",
    "Lyon": "FRA",
}

Build = Callable[..., Reading]

pytestmark = pytest.mark.model


@pytest.fixture(scope="session")
def build(coder: detente.Coder) -> Build:
    """A reading in which the cities and countries of `NAMES` are places, and the actors given are mentioned."""

    def _build(
        text: str, *, actors: dict[str, str] | None = None, said: tuple[tuple[str, str, str], ...] = ()
    ) -> Reading:
        p = next(parse([Document(id="t", text=text, published="2018-01-17")], coder.nlp))
        given = actors or {}
        return Reading(
            p,
            {i: Entity(i, i, "person") for i in given.values()},
            [Mention(a, b, w, i, p.token_at(b - 1), "name", "test") for w, i in given.items() for a, b in _spans(p, w)],
            dates=find_dates(p),
            places=sorted((x for w in NAMES for x in _places(p, w)), key=lambda x: x.start),
            statements=[_statement(p.document, *s) for s in said],
        )

    return _build


def _spans(p: ParsedDocument, words: str) -> list[tuple[int, int]]:
    text, found, at = p.document.text, [], 0
    while (at := text.find(words, at)) >= 0:
        found.append((at, at + len(words)))
        at += 1
    return found


def _places(p: ParsedDocument, name: str) -> list[PlaceExpression]:
    return [PlaceExpression(p.token_at(a), p.token_at(a) + 1, name, NAMES[name]) for a, _ in _spans(p, name)]


def _statement(document: Document, speaker: str, cue: str, content: str) -> Statement:
    def quote(words: str) -> Evidence:
        start = document.text.index(words)
        return Evidence.of(document, start, start + len(words))

    return Statement(speaker=speaker, cue=quote(cue), content=quote(content), direct=True)


def found_at(reading: Reading, word: str) -> str:
    return str(place_of(reading, next(i for i, w in enumerate(reading.parsed.words) if w == word)))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The minister met the premier in Baghdad.", "met", "Baghdad, IRQ"),
        ("The minister met with the premier, Ali Salman, in Baghdad.", "met", "Baghdad, IRQ"),
        ("In Norway Minister Roe met the council.", "met", "Norway, NOR"),
        ("The minister visited Oslo in 2003.", "visited", "Oslo, NOR"),
        ("The republic sent troops into Syria.", "sent", "Syria, SYR"),
        ("He sent officials to Oslo last week.", "sent", "Oslo, NOR"),
        ("They condemned the assault on the Kurdish town of Afrin.", "assault", "Afrin, SYR"),
        ("They condemned the assault on the Afrin region.", "assault", "Afrin, SYR"),
        ("They condemned the attack in Lyon.", "attack", "Lyon, FRA"),
        ("Strikes and fighting in Aleppo went on.", "Strikes", "Aleppo, SYR"),
        ("Rebels told reporters at a forum in Geneva that they would leave.", "told", "Geneva, CHE"),
        ("He was praised at the Geneva summit.", "praised", "Geneva, CHE"),
        ("She left the Geneva talks early.", "left", "Geneva, CHE"),
        ("He flew to Baghdad, where the two leaders discussed trade.", "discussed", "Baghdad, IRQ"),
        ("The kingdom closed its embassy in Kabul on Monday.", "closed", "Kabul, AFG"),
        ("The embassy in Kabul was reopened on Monday.", "reopened", "Kabul, AFG"),
        ("The militia led the assault on fighters based in Aleppo.", "led", "Aleppo, SYR"),
        ("The campaign to liberate the city of Mosul goes on.", "campaign", "Mosul, IRQ"),
        ("The regime vowed to attack rebels in Aleppo.", "vowed", "Aleppo, SYR"),
        ("Leaders met in Oslo on Monday and signed a treaty.", "signed", "Oslo, NOR"),
        ("Talks that will be held in Lyon are open to all.", "Talks", "Lyon, FRA"),
    ],
)
def test_an_event_has_the_place_of_its_clause(build: Build, text: str, word: str, expected: str) -> None:
    assert found_at(build(text), word) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Troops in Syria condemned the decision.", "condemned"),
        ("The union announced plans for a force inside Syria.", "announced"),
        ("The union condemned the attack in Lyon.", "condemned"),
        ("The minister praised the president of Norway.", "praised"),
        ("Rebels that hold Aleppo accused the regime.", "accused"),
        ("The minister said the army had shelled Aleppo.", "said"),
    ],
)
def test_a_place_that_is_merely_spoken_of_is_none(build: Build, text: str, word: str) -> None:
    assert found_at(build(text), word) == "None"


def test_words_in_a_quotation_are_spoken_where_the_cue_says(build: Build) -> None:
    reading = build(
        '"We condemn the union," Berg said in a speech in Oslo. "They must stop."',
        said=(("berg", "said", "We condemn the union,"), ("berg", "said", "They must stop.")),
    )

    assert found_at(reading, "condemn") == "Oslo, NOR"
    assert found_at(reading, "stop") == "Oslo, NOR"
    assert place_of(reading, next(i for i, w in enumerate(reading.parsed.words) if w == "stop"), verbal=False) is None


def test_what_two_sides_say_to_each_other_is_said_where_they_met(build: Build) -> None:
    reading = build(
        "Berg met Salman in Baghdad. The talks were long. Berg thanked Salman for his help. Berg thanked Roe.",
        actors={"Berg": "berg", "Salman": "salman", "Roe": "roe"},
    )
    thanked = [i for i, word in enumerate(reading.parsed.words) if word == "thanked"]

    assert [str(place_of(reading, i)) for i in thanked] == ["Baghdad, IRQ", "None"]


def test_without_places_there_is_none(build: Build) -> None:
    assert found_at(build("The minister met the premier in Rome."), "met") == "None"
