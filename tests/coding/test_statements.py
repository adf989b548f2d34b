"""Statements: speaker, cue and content for each way of reporting what somebody says."""

from __future__ import annotations

import pytest

from detente.coding.cues import cue_lexicon, read_cue_lexicon
from detente.coding.statements import StatementCoder, code_statements
from detente.errors import DataError
from detente.records import Statement

pytestmark = pytest.mark.model


def statements(read, text: str) -> list[Statement]:
    return StatementCoder().code(read(text, published="2019-03-04"))


def contents(read, text: str) -> list[str]:
    return [s.content.quote for s in statements(read, text)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param("Turkey said that its troops had left.", "its troops had left", id="that-clause"),
        pytest.param("Turkey said its troops had left.", "its troops had left", id="bare clause"),
        pytest.param("Its troops had left, Turkey said.", "Its troops had left", id="content first"),
        pytest.param("Peace is possible, insisted Turkey.", "Peace is possible", id="inversion"),
        pytest.param("According to Turkey, the troops had left.", "the troops had left", id="according, first"),
        pytest.param("The troops had left, according to Turkey.", "The troops had left", id="according, last"),
        pytest.param("In Turkey's view, the talks are dead.", "the talks are dead", id="in the view of"),
        pytest.param("Turkey is of the view that the talks are dead.", "the talks are dead", id="of the view"),
        pytest.param("Turkey accused Greece of arming rebels.", "arming rebels", id="accusation"),
        pytest.param("Turkey vowed to close the base.", "to close the base", id="vow"),
        pytest.param("Turkey made it clear that troops would stay.", "troops would stay", id="make clear"),
        pytest.param("Turkey described the vote as a farce.", "a farce", id="description"),
        pytest.param("Turkey was critical of the new law.", "the new law", id="adjective"),
        pytest.param("Turkey went on to say that troops would stay.", "troops would stay", id="raising"),
        pytest.param("As Turkey put it, the talks have failed.", "the talks have failed", id="as X put it"),
        pytest.param("Turkey expressed hope that the talks would resume.", "the talks would resume", id="noun"),
        pytest.param("Greece, Turkey said, is arming the rebels.", "is arming the rebels", id="parenthesis"),
    ],
)
def test_the_content_is_the_clause_without_its_cue(read, text, content):
    found = statements(read, text)

    assert [s.content.quote for s in found] == [content]
    assert found[0].speaker == "TUR"
    assert not found[0].direct


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Turkey did not say that its troops had left.", id="negated"),
        pytest.param("If Turkey says that its troops have left, the talks begin.", id="condition"),
        pytest.param("Turkey refused to say whether its troops had left.", id="refusal"),
        pytest.param("Turkey would say that the talks are dead.", id="counterfactual"),
        pytest.param("The explosion showed that the road was mined.", id="no speaker"),
        pytest.param("Turkey called a meeting on Monday.", id="another sense"),
    ],
)
def test_what_is_not_said_is_no_statement(read, text):
    assert statements(read, text) == []


def test_a_quotation_interrupted_by_its_cue_gives_two_statements(read):
    found = statements(read, '"We will answer," Turkey said, "and we will win. Nobody can stop us."')

    assert [s.content.quote for s in found] == ["We will answer", "and we will win. Nobody can stop us."]
    assert all(s.direct and s.speaker == "TUR" for s in found)


def test_a_quotation_goes_on_in_the_next_sentence_and_paragraph(read):
    text = '"We are ready," said Turkey. "We have waited long enough."\n\n"Nobody should doubt that we will act."'

    assert contents(read, text) == [
        "We are ready",
        "We have waited long enough.",
        "Nobody should doubt that we will act.",
    ]


def test_paragraphs_after_a_colon_are_one_statement_each(read):
    text = "Turkey said:\n\nOur troops have left. We keep our word.\n\nThe talks must now begin.\n\nEnds"
    found = statements(read, text)

    assert [s.content.quote for s in found] == ["Our troops have left. We keep our word.", "The talks must now begin."]
    assert all(s.direct for s in found)


def test_a_blunt_reply_announces_the_next_sentence(read):
    found = statements(read, "Turkey's reply was rather cold. Ask us again next year.")

    assert [(s.content.quote, s.direct) for s in found] == [("Ask us again next year.", True)]


def test_scare_quotes_leave_a_statement_indirect(read):
    found = statements(read, 'Turkey said Greece was raising a "shadow army" on the islands near its coast.')

    assert [s.direct for s in found] == [False]


def test_a_denial_is_marked(read):
    assert [s.denied for s in statements(read, "Turkey denied that its troops had left.")] == [True]
    assert [s.denied for s in statements(read, "Turkey rejected claims that its troops had left.")] == [True]


def test_the_author_may_endorse_a_speaker(read):
    endorsed, neutral = (
        statements(read, text)[0].attribution.endorsed
        for text in ("As Turkey rightly said, the talks have failed.", "As Turkey said, the talks have failed.")
    )

    assert endorsed is True
    assert neutral is None


def test_a_participle_after_a_comma_belongs_to_the_main_clause(read):
    found = statements(read, "Turkey opposed the plan of the United States, saying it would split the country.")

    assert [(s.speaker, s.content.quote) for s in found] == [("TUR", "it would split the country")]


def test_a_closing_participle_is_no_part_of_what_was_said_before(read):
    found = contents(read, "Turkey said the road was open, adding that convoys could pass.")

    assert found == ["the road was open", "convoys could pass"]


def test_an_unnamed_speaker_gets_an_entity_of_his_own(read):
    reading = read("Some outspoken critics said the plan was unfair.")
    found = code_statements(reading)
    speaker = found.statements[0].speaker

    assert speaker == "outspoken-critics"
    assert {**reading.entities, **found.entities}[speaker].name == "outspoken critics"


def test_a_report_without_a_reporter_is_attributed_to_nobody_known(read):
    assert [s.speaker for s in statements(read, "It was reported that two soldiers had died.")] == ["UNK"]


def test_who_reports_a_speaker_stands_in_the_attribution(read):
    found = statements(read, "The two sides agreed that troops should leave, Turkey said in a statement.")

    assert found[-1].content.quote == "troops should leave"
    assert found[-1].attribution.sources == ("TUR",)


def test_contrasted_speakers_keep_their_own_content(read):
    found = statements(read, "Turkey says Greece fired first, while Russia insists it was an accident.")

    assert [(s.speaker, s.content.quote) for s in found] == [
        ("TUR", "Greece fired first"),
        ("RUS", "it was an accident"),
    ]


def test_the_occasion_is_the_venue_of_the_speakers_next_words_too(read):
    found = statements(read, '"We are ready," Turkey said in a speech in Ankara. "We have waited long enough."')

    assert [s.venue for s in found] == ["speech in Ankara", "speech in Ankara"]


def test_every_statement_quotes_the_text(read):
    reading = read("“Go,” said Turkey. According to Russia, Iran’s “new offer” was late, adding that it was weak.")

    for statement in code_statements(reading).statements:
        for span in (statement.cue, statement.content):
            assert reading.document.text[span.start : span.end] == span.quote


def test_an_empty_document_has_no_statements(read):
    assert statements(read, "") == []


def test_the_lexicon_adds_up_what_a_verb_takes():
    warn = cue_lexicon().verbs["warn"]

    assert {"clause", "quote", "infinitive", "of"} <= warn.takes


@pytest.mark.parametrize(
    "broken",
    ["- a list", "verbs: []\nnouns: no", "verbs: [{kind: song, factuality: neutral, takes: [], lemmas: []}]"],
)
def test_a_broken_lexicon_is_refused_with_its_file_name(broken):
    with pytest.raises(DataError, match=r"cues\.yaml"):
        read_cue_lexicon(broken)


def test_the_turns_of_a_transcript_are_statements(read):
    text = "MR. LEE: We will respond.\n\nThat is certain.\n\nQUESTION: When?\n\nMR. LEE: Soon."
    found = statements(read, text)

    assert [s.content.quote for s in found] == ["We will respond.", "That is certain.", "Soon."]
    assert len({s.speaker for s in found}) == 1


def test_an_institution_in_its_own_document_makes_no_statement(read):
    text = "Turkey believes that Greece has armed the rebels. Russia says that it has not."
    own = code_statements(read(text, author="Ministry of Foreign Affairs of Turkey")).statements

    assert [s.speaker for s in own] == ["RUS"]


def test_a_speaker_who_cites_an_inquiry_endorses_it_and_a_reporter_does_not(read):
    plain = statements(read, "The report by Russia shows that the road was mined.")
    quoted = statements(read, '"The report by Russia shows that the road was mined," Turkey said.')

    assert [s.attribution.endorsed for s in plain] == [None]
    assert [(s.speaker, s.attribution.endorsed) for s in quoted] == [("TUR", None), ("RUS", True)]
