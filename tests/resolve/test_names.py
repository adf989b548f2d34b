"""Names in text: longest match, capitals, accents, hyphens, and what only looks like a name."""

from __future__ import annotations

import pytest

from detente.records import Document
from detente.resolve.names import Lexicon, Sense, fold, slug
from detente.syntax.document import ParsedDocument

LEXICON = Lexicon(
    [
        ("Indian Ocean", Sense("ignore", "Indian Ocean")),
        ("US", Sense("state", "USA")),
        ("U.S.", Sense("state", "USA")),
        ("Indian", Sense("adjective", "IND")),
        ("Pak", Sense("adjective", "PAK")),
        ("Russia", Sense("state", "RUS")),
        ("Côte d'Ivoire", Sense("state", "CIV")),
        ("NATO", Sense("organisation", "NATO")),
        ("foreign minister", Sense("role", "foreign minister")),
        ("minister", Sense("role", "minister")),
    ]
)


def parsed(*words: str) -> ParsedDocument:
    """A document of bare words; the grammar says nothing."""
    starts, position = [], 0
    for word in words:
        starts.append(position)
        position += len(word) + 1
    n = len(words)
    return ParsedDocument(
        document=Document(id="d", text=" ".join(words)),
        words=words,
        lemmas=[w.lower() for w in words],
        pos=["X"] * n,
        tags=["X"] * n,
        deps=["dep"] * n,
        heads=list(range(n)),
        starts=starts,
        ends=[s + len(w) for s, w in zip(starts, words, strict=True)],
        left=list(range(n)),
        right=list(range(n)),
        sentences=[(0, n)],
        paragraphs=[(0, n)],
        quotations=[],
        names=[],
    )


def found(*words: str) -> list[tuple[str, str]]:
    document = parsed(*words)
    return [(document.document.text[m.start : m.end], m.sense.id) for m in LEXICON.find(document)]


def test_the_longest_name_wins() -> None:
    assert found("the", "Indian", "Ocean") == [("Indian Ocean", "Indian Ocean")]
    assert found("foreign", "minister") == [("foreign minister", "foreign minister")]


def test_an_acronym_needs_its_capitals_and_a_pronoun_is_none() -> None:
    assert found("told", "us", "that", "Us", "and", "US") == [("US", "USA")]


def test_a_long_acronym_may_be_written_as_a_word() -> None:
    assert found("Nato", "said") == [("Nato", "NATO")]
    assert found("nato", "said") == []


def test_parts_of_a_compound_are_found_inside_one_word() -> None:
    assert found("Pak-Russia", "ties") == [("Pak", "PAK"), ("Russia", "RUS")]
    assert found("U.S.-led") == [("U.S.", "USA")]


def test_accents_do_not_matter() -> None:
    assert found("Cote", "d'Ivoire") == [("Cote d'Ivoire", "CIV")]


def test_capitals_mean_nothing_in_a_shouted_headline() -> None:
    assert found("TELL", "US", "WHAT", "HAPPENED") == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Robert O'Brien", "robert-obrien"),
        ("Jean-Yves Le Drian", "jean-yves-le-drian"),
    ],
)
def test_a_slug_is_plain_lower_case(name: str, key: str) -> None:
    assert slug(name) == key


def test_folding_keeps_the_length_of_plain_text() -> None:
    assert fold("Łódź Tromsø") == "Lodz Tromso"


def test_a_name_that_is_a_word_too_needs_its_capitals() -> None:
    organisation, island = Sense("organisation", "GUAM"), Sense("place", "Guam")
    lexicon = Lexicon([("GUAM", organisation), ("Guam", island)], in_capitals={"GUAM"})

    assert [m.sense for m in lexicon.find(parsed("GUAM", "met", "on", "Guam"))] == [organisation, island]
    assert lexicon.find_text("the Guam office") == [island]
    assert lexicon.senses("guam") == [organisation, island]
    assert lexicon.senses("Guam") == [island]


def test_every_name_of_a_lexicon_is_listed_folded() -> None:
    assert ("Côte d'Ivoire", "cote d ' ivoire", Sense("state", "CIV")) in list(LEXICON.names())
