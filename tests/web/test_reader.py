"""The text of the reader is the text of the document, cut but not changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import make
from detente.records import Attribution, Event, Evidence
from detente.web.reader import around, pieces_of
from detente.web.wording import cards_of

TEXT = make.TEXT


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 60)), max_size=8))
def test_the_pieces_make_up_the_text_whatever_overlaps(spans):
    document = make.document()
    events = []
    for start, length in spans:
        evidence = Evidence.of(document, start, min(start + length, len(TEXT)))
        events.append(Event(("PAK",), ("RUS",), "CONSULT", "actual", evidence, evidence))
    cards = cards_of(make.coded(events=tuple(events)))

    pieces = pieces_of(TEXT, cards)

    assert "".join(piece.text for piece in pieces) == TEXT
    assert {card.id for piece in pieces for card in piece.begins} == {card.id for card in cards}
    for card in cards:
        assert "".join(one.text for one in pieces if card in one.cards) == TEXT[card.start : card.end]


def test_a_nested_proposal_is_marked_where_it_begins_and_all_along():
    outer = make.event("Musharraf visited Moscow in February 2003", "visited", status="actual")
    inner = make.event("Moscow in February 2003", "in", status="proposed")

    pieces = pieces_of(TEXT, cards_of(make.coded(events=(outer, inner))))

    flagged = [piece for piece in pieces if piece.flags]
    doubtful = "".join(piece.text for piece in pieces if "nofact" in piece.classes.split())
    assert [piece.flags for piece in flagged] == [("proposed",)]
    assert doubtful == "Moscow in February 2003"


def test_a_claim_is_marked_in_the_text():
    claim = make.event(status="actual", attribution=Attribution(("tass",)))

    pieces = pieces_of(TEXT, cards_of(make.coded(events=(claim,))))

    assert [piece.flags for piece in pieces if piece.flags] == [("claimed",)]


def test_a_sentence_without_record_carries_the_reason():
    pieces = pieces_of(TEXT, [], [make.issue()])

    (found,) = [piece for piece in pieces if piece.issue]
    assert (found.text, found.classes) == ("Pakistan and Russia", "uncoded")


def test_around_gives_the_rest_of_the_paragraph():
    assert around("One.\nTwo and three.\nFour.", 9, 12) == ("Two ", " three.")
