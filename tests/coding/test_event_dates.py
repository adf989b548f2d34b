"""When an event happened: which date belongs to which word, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import detente
from detente.coding.dates import date_near, date_of, event_date, occasion_date
from detente.coding.surroundings import read_event_time_words
from detente.errors import DataError
from detente.parse.parser import parse
from detente.records import Document, Entity, Evidence, Mention, Statement
from detente.syntax.dates import find_dates
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import PlaceExpression, Reading

PUBLISHED = "2018-01-17"  # a Wednesday

Build = Callable[..., Reading]


@pytest.fixture(scope="session")
def build(coder: detente.Coder) -> Build:
    """A reading with dates, and with mentions, places and statements for the words given."""

    def _build(
        text: str,
        *,
        published: str | None = PUBLISHED,
        actors: dict[str, str] | None = None,
        places: dict[str, str] | None = None,
        said: tuple[tuple[str, str, str], ...] = (),
    ) -> Reading:
        p = next(parse([Document(id="t", text=text, published=published)], coder.nlp))
        ids = sorted(set((actors or {}).values()))
        return Reading(
            p,
            {i: Entity(i, i, "person") for i in ids},
            [m for words, i in (actors or {}).items() for m in _mentions(p, words, i)],
            dates=find_dates(p),
            places=sorted(
                (x for words, c in (places or {}).items() for x in _places(p, words, c)), key=lambda x: x.start
            ),
            statements=[_statement(p.document, *s) for s in said],
        )

    return _build


def _spans(p: ParsedDocument, words: str) -> list[tuple[int, int]]:
    text, found, at = p.document.text, [], 0
    while (at := text.find(words, at)) >= 0:
        found.append((at, at + len(words)))
        at += 1
    return found


def _mentions(p: ParsedDocument, words: str, entity_id: str) -> list[Mention]:
    return [Mention(a, b, words, entity_id, p.token_at(b - 1), "name", "test") for a, b in _spans(p, words)]


def _places(p: ParsedDocument, words: str, country: str) -> list[PlaceExpression]:
    return [PlaceExpression(p.token_at(a), p.token_at(b - 1) + 1, words, country) for a, b in _spans(p, words)]


def _statement(document: Document, speaker: str, cue: str, content: str) -> Statement:
    def quote(words: str) -> Evidence:
        start = document.text.index(words)
        return Evidence.of(document, start, start + len(words))

    return Statement(speaker=speaker, cue=quote(cue), content=quote(content), direct=True)


def token(reading: Reading, word: str) -> int:
    return next(i for i, w in enumerate(reading.parsed.words) if w == word)


OWN = [
    ("The premier visited Oslo in 2003.", "visited", "2003"),
    ("The premier sent troops into Mali on 5 May 2013.", "sent", "2013-05-05"),
    ("In April 2017 the minister's predecessor, Jane Roe, described him as a friend.", "described", "2017-04"),
    ("In December Jane Roe announced that troops would leave.", "announced", "2017-12"),
    ("Yesterday's visit angered the rebels.", "visit", "2018-01-16"),
    ("They welcomed the president's pledge at the summit in May 2016.", "pledge", "2016-05"),
    ("The 2015 deal was a success.", "deal", "2015"),
    ("The ceremony followed the attack in Lyon on Monday.", "attack", "2018-01-15"),
    ("In an interview aired on Sunday evening the minister said troops would stay.", "said", "2018-01-14"),
    ("The minister raised the matter in a call with his colleague earlier today.", "raised", "2018-01-17"),
    ("The union has been calling for a truce ever since the last one collapsed in September.", "calling", "2017-09/.."),
    ("Relations were established on 11 July 1950, when the envoy presented his papers.", "presented", "1950-07-11"),
    ("Peace talks were held in Doha on Monday.", "talks", "2018-01-15"),
    ("The talks that will be held at Vienna in February are open to all.", "talks", "2018-02"),
    ("A summit starting on Friday will end the dispute.", "summit", "2018-01-19"),
]
SHARED = [
    ("The premier met the king on Monday and signed a treaty.", "signed", "2018-01-15"),
    ("The premier met the king and signed a treaty on Monday.", "met", "2018-01-15"),
    ("The premier travelled to Oslo on Monday to sign a treaty.", "sign", "2018-01-15"),
    ("He sent officials to Oslo last week to obtain its consent.", "obtain", "2018-01-08/2018-01-14"),
    ("The minister spoke on Monday, accusing the rebels of arson.", "accusing", "2018-01-15"),
    ("Relations improved when the president visited Oslo in 2003.", "improved", "2003"),
    ("On Sunday, the coalition said it was working with the militia.", "working", "2018-01-14"),
]
NOT_OWN = [
    ("The agreement of 1991 failed.", "failed"),
    ("The 2015 deal was abandoned by the union.", "abandoned"),
    ("The minister said on Monday that the army had shelled the town.", "shelled"),
    ("The minister condemned Monday's attack.", "condemned"),
    ("The minister criticised the attack after a visit to the troops over Christmas.", "criticised"),
    ("The minister agreed on Monday to send troops.", "send"),
    ("The rebels recently left the town.", "left"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "word", "expected"), OWN)
def test_an_event_has_the_date_of_its_own_clause(build: Build, text: str, word: str, expected: str) -> None:
    reading = build(text)

    assert date_of(reading, token(reading, word)) == (expected, "text")


@pytest.mark.model
@pytest.mark.parametrize(("text", "word", "expected"), SHARED)
def test_an_event_shares_the_date_of_what_it_happens_with(build: Build, text: str, word: str, expected: str) -> None:
    reading = build(text)

    assert date_of(reading, token(reading, word)) == (expected, "context")


@pytest.mark.model
@pytest.mark.parametrize(("text", "word"), NOT_OWN)
def test_a_date_of_something_else_is_not_taken(build: Build, text: str, word: str) -> None:
    reading = build(text)

    assert date_of(reading, token(reading, word)) == (None, None)


@pytest.mark.model
def test_each_of_two_dates_goes_to_its_own_noun(build: Build) -> None:
    reading = build("The envoy angered the council in December after a visit to the front over Easter 2017.")

    assert date_of(reading, token(reading, "angered")) == ("2017-12", "text")


@pytest.mark.model
def test_a_state_of_affairs_keeps_its_open_interval(build: Build) -> None:
    reading = build("Norway has been an observer of the bloc since 2005.")

    assert date_near(reading, token(reading, "observer")) == "2005/.."


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "verbal"),
    [
        ("The president has accused the union of theft.", "accused", True),
        ("We urge all parties to stop.", "urge", True),
        ("Rebels have taken the town.", "taken", False),
        ("The navy is patrolling the strait.", "patrolling", False),
    ],
)
def test_undated_news_carries_the_publication_date(build: Build, text: str, word: str, verbal: bool) -> None:
    reading = build(text)

    assert event_date(reading, token(reading, word), status="actual", verbal=verbal) == (PUBLISHED, "publication")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The republic supplies arms to the kingdom.", "supplies", "actual"),
        ("The president had accused the union of theft.", "accused", "actual"),
        ("The president has accused the union of theft.", "accused", "historical"),
        ("The army could attack the town.", "attack", "hypothetical"),
        ("The minister said the army shelled the town.", "shelled", "actual"),
        ("The president recently accused the union of theft.", "accused", "actual"),
    ],
)
def test_what_is_no_news_does_not(build: Build, text: str, word: str, status: str) -> None:
    reading = build(text)

    assert event_date(reading, token(reading, word), status=status, verbal=word == "accused") == (None, None)  # type: ignore[arg-type]


@pytest.mark.model
def test_without_a_publication_date_news_has_no_date(build: Build) -> None:
    reading = build("The president has accused the union of theft.", published=None)

    assert event_date(reading, token(reading, "accused"), status="actual", verbal=True) == (None, None)


@pytest.mark.model
def test_what_a_history_goes_on_to_tell_takes_its_year_only(build: Build) -> None:
    reading = build("The kingdom cut its ties on 3 May 1965. The government stated that it blamed the republic.")

    found = event_date(reading, token(reading, "stated"), status="actual", verbal=True)

    assert found == ("1965", "context")


@pytest.mark.model
def test_later_words_of_a_speaker_have_the_date_of_the_occasion(build: Build) -> None:
    reading = build(
        "That is what Anna Berg expressed on 9 January 2018 during a seminar. Berg criticised the union.",
        actors={"Berg": "anna-berg", "union": "UNI"},
    )

    assert occasion_date(reading, "anna-berg", token(reading, "criticised")) == "2018-01-09"
    assert event_date(reading, token(reading, "criticised"), status="actual", verbal=True) == ("2018-01-09", "context")
    assert occasion_date(reading, "UNI", token(reading, "criticised")) is None


@pytest.mark.model
def test_an_act_in_a_quotation_has_the_date_of_its_cue(build: Build) -> None:
    reading = build(
        'Rebels fled. "We condemn the union," Berg said on Monday.',
        actors={"Berg": "anna-berg"},
        said=(("anna-berg", "said", "We condemn the union,"),),
    )

    assert event_date(reading, token(reading, "condemn"), status="actual", verbal=True) == ("2018-01-15", "context")


@pytest.mark.model
def test_what_is_told_of_a_place_has_the_date_of_the_visit_there(build: Build) -> None:
    reading = build(
        "The minister visited Norway on 4 January and Chad on 6 January 2018. In Chad he met the king.",
        places={"Norway": "NOR", "Chad": "TCD"},
    )

    assert event_date(reading, token(reading, "met"), status="actual", verbal=True) == ("2018-01-06", "context")


@pytest.mark.parametrize("text", ["[]", "holding: yes", "holding: [true]"])
def test_a_broken_word_list_is_refused(text: str) -> None:
    with pytest.raises(DataError, match=r"coding/event_time\.yaml"):
        read_event_time_words(text)
