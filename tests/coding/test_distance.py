"""The author's own position: siding with a speaker, at a distance from what is told, or neither."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


def positions(coded):
    return {event.attribution.endorsed for event in coded.events}


@pytest.mark.parametrize(
    "text",
    [
        'Russia sent a "peace" mission to Georgia in May.',
        "Russia sent a ‘peace’ mission to Georgia in May.",
        'Russia deployed "peacekeepers" to Georgia in May.',
        'Israel struck Syria in a "pre-emptive" attack.',
        "The alleged attack by Russia on Poland was discussed by NATO.",
        "Greece sent a so-called relief mission to Albania in May.",
        "Greece sent a self-styled relief mission to Albania in May.",
    ],
    ids=["scare quotes", "single marks", "a quoted noun", "a hyphen", "alleged", "so-called", "self-styled"],
)
def test_a_disowned_word_keeps_the_author_at_a_distance(code, text):
    assert positions(code(text, published="2016-06-01")) == {False}


@pytest.mark.parametrize(
    "text",
    [
        "Russia sent a peace mission to Georgia in May.",
        'Turkey attacked Syria in an operation called "spring" in May.',
        'The so-called "Islamic State" attacked Syria in May.',
        "The so-called Islamic State attacked Syria in May.",
        "Police in France arrested the alleged spy from Russia.",
        'China offered its "friendship" to Laos and lent it money.',
        'Israel attacked Syria. "We had to," said the minister.',
    ],
    ids=["plain", "a name in marks", "a name both", "a disowned name", "a suspect", "a speaker's words", "a quotation"],
)
def test_names_suspects_and_quoted_speakers_leave_the_author_neutral(code, text):
    assert positions(code(text, published="2016-06-01")) == {None}


def test_a_speakers_own_word_of_doubt_is_not_the_authors(code):
    coded = code("Turkey said that the so-called relief mission of Greece had attacked Syria.", published="2016-06-01")

    assert positions(coded) == {None}


@pytest.mark.parametrize(
    ("text", "endorsed"),
    [
        ("Turkey rightly noted that Greece had armed the islands.", True),
        ("Turkey correctly points out that Greece has armed the islands.", True),
        ("Turkey was right to say that Greece had armed the islands.", True),
        ("Turkey was right when it said that Greece had armed the islands.", True),
        ("Turkey made the valid point that Greece had armed the islands.", True),
        ("Turkey falsely said that Greece had armed the islands.", False),
        ("Turkey said, without evidence, that Greece had armed the islands.", False),
        ("Turkey was wrong to say that Greece had armed the islands.", False),
        ("Turkey is wrong in saying that Greece has armed the islands.", False),
        ("Turkey repeated the baseless allegation that Greece had armed the islands.", False),
        ("Turkey was not right to say that Greece had armed the islands.", None),
        ("Turkey calmly said that Greece had armed the islands.", None),
        ("Turkey said that Greece had wrongly armed the islands.", None),
        ("Turkey said the islands were armed without evidence of a threat.", None),
    ],
)
def test_words_beside_a_cue_show_where_the_author_stands(read, text, endorsed):
    assert {s.attribution.endorsed for s in read(text).statements} == {endorsed}


def test_a_denial_stays_one_beside_a_word_of_doubt(read):
    (statement,) = read("Turkey falsely denied that its troops had left.").statements

    assert statement.denied
