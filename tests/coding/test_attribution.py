"""Attribution: which speakers vouch for what stands at a place in the text."""

from __future__ import annotations

from typing import Any

import pytest

import make
from detente.coding.attribution import attribution_at, denied_at
from detente.records import Attribution, Document, Entity, Statement
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import Reading

TEXT = "Tass said Lavrov had accused Turkey of arming rebels. Greece welcomed the talks."
ENTITIES = {
    "sergey-lavrov": Entity("sergey-lavrov", "Sergey Lavrov", "person", country="RUS", sector="GOV"),
    "scholar": Entity("scholar", "A Scholar", "person", country="RUS", sector="EDU"),
}


def reading(*statements: Statement) -> Reading:
    empty: dict[str, Any] = dict.fromkeys(
        "words lemmas pos tags deps heads starts ends left right sentences paragraphs quotations names".split(), ()
    )
    parsed = ParsedDocument(document=Document(id="article", text=TEXT), **empty)
    return Reading(parsed, ENTITIES, [], statements=statements)


def said(speaker: str, cue: str, content: str, **fields: Any) -> Statement:
    return make.statement(content, cue, Document(id="article", text=TEXT), speaker=speaker, **fields)


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


OUTER = said("tass", "Tass said", "Lavrov had accused Turkey of arming rebels")
INNER = said("sergey-lavrov", "Lavrov had accused", "arming rebels", attribution=Attribution(("tass",)))


def test_the_documents_own_voice_has_no_sources():
    assert attribution_at(reading(OUTER, INNER), *at("Greece welcomed the talks")) == Attribution()


def test_the_innermost_speaker_comes_first():
    found = attribution_at(reading(OUTER, INNER), *at("arming rebels"), actors=["TUR"])

    assert found.sources == ("sergey-lavrov", "tass")


def test_a_speakers_verbal_act_is_attributed_to_whoever_reports_him():
    found = attribution_at(reading(OUTER, INNER), *at("Lavrov had accused Turkey"), actors=["sergey-lavrov"])

    assert found.sources == ("tass",)


def test_an_act_of_speech_inside_the_speakers_words_is_his_own_act():
    words = at("arming rebels")

    assert attribution_at(reading(INNER), *words, actors=["RUS"], verbal=True).sources == ("tass",)
    assert attribution_at(reading(INNER), *words, actors=["RUS"]).sources == ("sergey-lavrov", "tass")


def test_a_private_person_does_not_act_for_his_state():
    statement = said("scholar", "Tass said", "arming rebels")

    assert attribution_at(reading(statement), *at("arming rebels"), actors=["RUS"], verbal=True).sources == ("scholar",)


def test_endorsement_is_passed_on():
    endorsed = said("scholar", "Tass said", "arming rebels", attribution=Attribution((), True))

    assert attribution_at(reading(endorsed), *at("arming rebels")).endorsed is True


def test_distance_is_passed_on_and_gives_way_to_endorsement():
    doubted = said("scholar", "Tass said", "arming rebels", attribution=Attribution((), False))
    endorsed = said("envoy", "Tass said", "arming rebels", attribution=Attribution((), True))

    assert attribution_at(reading(doubted), *at("arming rebels")).endorsed is False
    assert attribution_at(reading(doubted, endorsed), *at("arming rebels")).endorsed is True


@pytest.mark.parametrize("denied", [True, False])
def test_the_content_of_a_denial_is_denied(denied):
    statement = said("scholar", "Tass said", "arming rebels", denied=denied)

    assert denied_at(reading(statement), *at("arming rebels")) is denied
    assert not denied_at(reading(statement), *at("Greece welcomed the talks"))
