"""Statements: speaker, cue and content for each way of reporting what somebody says."""

from __future__ import annotations

import pytest

from detente.coding.cues import cue_lexicon, read_cue_lexicon
from detente.coding.quote_marks import with_all_quotations
from detente.coding.statements import code_statements
from detente.errors import DataError
from detente.records import Statement

pytestmark = pytest.mark.model


def statements(read, text: str) -> list[Statement]:
    return list(code_statements(read(text, published="2019-03-04")).statements)


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


@pytest.mark.parametrize(
    ("text", "endorsed"),
    [
        ("Turkey claimed that Greece had armed the islands.", False),
        ("Turkey alleges that Greece has armed the islands.", False),
        ("Turkey's claim that Greece had armed the islands was repeated.", False),
        ("Turkey said that Greece had armed the islands.", None),
    ],
)
def test_a_word_of_doubt_shows_the_author_s_distance(read, text, endorsed):
    assert {s.attribution.endorsed for s in statements(read, text)} == {endorsed}


def test_an_adverb_of_doubt_keeps_the_author_at_a_distance(code):
    (event,) = code("Greece allegedly attacked Turkey in May 2015.", published="2016-01-01").events
    (plain,) = code("Greece attacked Turkey in May 2015.", published="2016-01-01").events

    assert event.attribution.endorsed is False
    assert plain.attribution.endorsed is None


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


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param("Turkey says if the vote fails it will leave.", "if the vote fails it will leave", id="condition"),
        pytest.param("Turkey said after the vote it would not pay.", "it would not pay", id="occasion without that"),
        pytest.param("Turkey noted on Friday, in a letter, that it had paid.", "it had paid", id="late that"),
        pytest.param("Turkey said it had criticised the deal.", "it had criticised the deal", id="a cue inside"),
        pytest.param("Turkey shot back that it had paid long ago.", "it had paid long ago", id="particle"),
        pytest.param("Turkey made the point that it had paid.", "it had paid", id="made the point"),
        pytest.param("Turkey's position is that the base must close.", "the base must close", id="position is that"),
        pytest.param("Turkey told Greece not to sail.", "not to sail", id="negated infinitive"),
        pytest.param("Turkey called for all ships to stop.", "all ships to stop", id="called for X to"),
        pytest.param("Turkey warned against new raids.", "new raids", id="warned against"),
        pytest.param("Turkey demanded talks with Greece.", "talks with Greece", id="demand"),
        pytest.param("Turkey likened the embargo to a siege.", "a siege", id="likened to"),
        pytest.param("Turkey praised the talks as very useful.", "very useful", id="praised as"),
        pytest.param("Turkey left the talks, calling them a farce.", "a farce", id="calling it"),
        pytest.param('What Turkey calls "piracy" began in May.', '"piracy"', id="what X calls"),
        pytest.param("Turkey called the ban on fishing in its waters “absurd”.", "absurd", id="quoted name"),
        pytest.param("Turkey slammed Greece for its “old habits”.", "its “old habits”", id="quoted reason"),
        pytest.param("Turkey denounced the “old habits” of Greece.", "the “old habits” of Greece", id="quoted object"),
        pytest.param(
            "Turkey accused the head of the mission, Jan Vos, of spying for Greece.",
            "spying for Greece",
            id="hearer with apposition",
        ),
        pytest.param("The joint declaration by Turkey called for calm.", "calm", id="declaration"),
    ],
)
def test_what_a_cue_governs_is_its_content(read, text, content):
    assert [(s.speaker, s.content.quote) for s in statements(read, text)] == [("TUR", content)]


@pytest.mark.parametrize(
    ("text", "contents_found"),
    [
        pytest.param(
            "With the talks going nowhere, Turkey said, Greece has lost patience.",
            ["With the talks going nowhere", "Greece has lost patience"],
            id="adverbial first",
        ),
        pytest.param("It is, Turkey said, a very old quarrel.", ["a very old quarrel"], id="copula cut off"),
        pytest.param(
            "The road is open, Turkey said, and the convoys may leave.",
            ["The road is open", "the convoys may leave"],
            id="second main clause",
        ),
        pytest.param("Turkey, which said it had paid, has sent ships.", ["it had paid"], id="relative clause"),
    ],
)
def test_a_cue_in_the_middle_leaves_both_sides_whole(read, text, contents_found):
    assert contents(read, text) == contents_found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("'We will not yield,' Turkey said.", id="single"),
        pytest.param("‘We will not yield,’ Turkey said.", id="typographic"),
        pytest.param("''We will not yield,'' Turkey said.", id="doubled"),
        pytest.param('"We will not yield," a Turkish envoy, who asked to stay unnamed, said.', id="relative clause"),
        pytest.param('"We will not yield," Turkey said to cheers.', id="said to cheers"),
        pytest.param('Turkey was blunt: "We will not yield".', id="colon without a cue"),
        pytest.param('Turkey reacted angrily to the news, "We will not yield," and left.', id="comma without a cue"),
        pytest.param('Turkey\'s answer to its critics was short: "We will not yield".', id="answer was"),
        pytest.param('"We will not yield" — Recep Tayyip Erdogan', id="signature"),
    ],
)
def test_direct_speech_is_known_by_its_marks_whatever_frames_it(read, text):
    reading = read(text, published="2019-03-04")
    found = code_statements(reading)
    entities = {**reading.entities, **found.entities}

    assert [(s.content.quote, s.direct) for s in found.statements] == [("We will not yield", True)]
    assert {s.speaker for s in found.statements} == {"TUR"} or entities[found.statements[0].speaker].country == "TUR"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The ships' crews left the islands' ports.", id="possessives"),
        pytest.param("It's Turkey's turn, and Greece's too.", id="apostrophes"),
    ],
)
def test_apostrophes_are_no_quotation_marks(read, text):
    parsed = read(text).parsed

    assert with_all_quotations(parsed) is parsed


def test_a_possessive_does_not_close_a_single_quotation(read):
    assert contents(read, "'The ships' crews are safe,' Turkey said.") == ["The ships' crews are safe"]


def test_an_unclosed_paragraph_belongs_to_the_speaker_of_the_next(read):
    text = '"We waited for long.\n\n"This is our last offer," Turkey said.'

    assert contents(read, text) == ["We waited for long.", "This is our last offer"]


def test_a_paragraph_of_pure_quotation_goes_on_from_what_was_said_last(read):
    text = 'Turkey said the talks would resume.\n\n"We cannot wait for ever."'
    found = statements(read, text)

    assert [(s.speaker, s.content.quote) for s in found][1:] == [("TUR", "We cannot wait for ever.")]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        pytest.param(
            "The embassy rejected the story. Turkey's embassy in Oslo said it was old.", ["TUR"], id="embassy, once"
        ),
        pytest.param("The embassy said it was shut. Turkey's embassy in Oslo was shut.", ["TUR"], id="embassy, later"),
        pytest.param(
            'Turkey rejected the story in a statement.\n\n"It is old," the statement said.', ["TUR"], id="statement"
        ),
        pytest.param("In a note, Turkey closed the road. The note said it was mined.", ["TUR"], id="note"),
        pytest.param("Half of the towns are empty, according to a survey by Turkey.", ["TUR"], id="survey"),
        pytest.param("The nominee of the Turkish party insisted that he would win.", ["TUR"], id="unlisted noun"),
        pytest.param("The road is open, Tass reported, citing Turkey.", ["TUR"], id="citing"),
        pytest.param("Greece, Turkish officials said, has lost patience.", ["TUR"], id="plural after a name"),
    ],
)
def test_a_speaker_is_traced_to_whom_he_speaks_for(read, text, speakers):
    reading = read(text, published="2019-03-04")
    found = code_statements(reading)
    entities = {**reading.entities, **found.entities}

    assert [entities[s.speaker].country or s.speaker for s in found.statements] == speakers


def test_who_is_cited_speaks_and_the_agency_reports(read):
    found = statements(read, "The road is open, Tass reported, citing Turkey.")

    assert [(s.speaker, s.attribution.sources) for s in found] == [("TUR", ("tass",))]


def test_they_are_the_officials_who_spoke_last_and_not_the_rebels_spoken_of(read):
    text = "The front is quiet, officials said. The rebels have fled. The road to the rebels' camp is open, they said."

    assert {s.speaker for s in statements(read, text)} == {"officials"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The vote stressed the limits of the law.", id="a thing"),
        pytest.param("Turkey praised the new road.", id="praise without words"),
        pytest.param("Turkey called a meeting for Monday.", id="called a meeting for"),
        pytest.param("Turkey left because it believed that Greece had lied.", id="motive"),
        pytest.param("Neither side said that it had fired.", id="neither"),
        pytest.param("Oil: 46.\n\nGold: 121.\n\nCOPPER: 7.", id="table"),
    ],
)
def test_acts_motives_and_tables_are_no_statements(read, text):
    assert statements(read, text) == []


def test_the_view_of_another_inside_a_statement_takes_the_clause_after_it(read):
    found = contents(read, "Greece said that, in Turkey's view, the talks were dead.")

    assert found == ["in Turkey's view, the talks were dead", "the talks were dead"]


def test_a_second_verb_of_the_same_speaker_ends_what_the_first_reports(read):
    text = 'Turkey said Greece was "studying" the offer and warned that it would not wait.'

    assert contents(read, text) == ['Greece was "studying" the offer', "it would not wait"]
