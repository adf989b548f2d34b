"""The default view tells a newcomer who did what to whom, and what proves it."""

import dataclasses
import io

import pytest
from rich.console import Console

import make
from detente.cli.table import Page, write_tables
from detente.records import Attribution, Place


def shown(coded, *, explain=False, **options):
    stream = io.StringIO()
    Page(Console(file=stream, highlight=False, markup=False, emoji=False, **options)).show(coded, explain=explain)
    return stream.getvalue()


def headline(event):
    text = shown(dataclasses.replace(make.full(), events=(event,)))
    return text.partition("Events (1)\n")[2].partition("\n      “")[0].strip()


def test_an_event_is_told_on_one_line_with_its_proof_beneath():
    event = make.event(
        modes=("visit",), date="2003", place=Place("Moscow", "RUS"), attribution=Attribution(("vladimir-kozin",))
    )

    text = shown(dataclasses.replace(make.full(), events=(event,)), width=200, force_terminal=True, color_system=None)

    assert (
        "  PAK (Pakistan) → RUS (Russia)  CONSULT/visit  historical  2003  Moscow, RUS  "
        "according to Vladimir Kozin (RUS:EDU)\n"
        "      “Musharraf visited Moscow”\n"
    ) in text


def test_names_stand_beside_codes_on_first_use_only():
    text = shown(dataclasses.replace(make.full(), events=(make.event(), make.event(type="AID"))))

    assert "PAK (Pakistan) → RUS (Russia)  CONSULT" in text
    assert "PAK → RUS  AID" in text


def test_a_reciprocal_event_joins_its_actors():
    assert headline(make.event(actors=("PAK", "RUS"), recipients=())).startswith("PAK (Pakistan) ↔ RUS (Russia)  ")


@pytest.mark.parametrize(
    ("status", "beginning"),
    [
        ("actual", "PAK"),
        ("historical", "PAK"),
        ("negated", "[denied] PAK"),
        ("proposed", "[proposed] PAK"),
        ("hypothetical", "[hypothetical] PAK"),
        ("future", "[planned] PAK"),
    ],
)
def test_what_is_no_fact_stands_out(status, beginning):
    assert headline(make.event(status=status)).startswith(beginning)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"valence": -1.0}, "-1 hostile"),
        ({"valence": -0.5}, "-0.5 cool"),
        ({"valence": 0.0}, "+0 neutral"),
        ({"valence": 0.5, "trend": "warming"}, "+0.5 warm  warming"),
        ({"valence": 1.0, "mutual": False}, "PAK (Pakistan) → RUS (Russia)  +1 allied"),
        ({"mutual": True}, "PAK (Pakistan) ↔ RUS (Russia)"),
    ],
)
def test_a_stance_is_told_in_words(fields, words):
    assert words in shown(dataclasses.replace(make.full(), events=(), stances=(make.stance(**fields),)))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"since": "2005", "until": "2017"}, "observer of  SCO  since 2005  until 2017"),
        ({"status": "dialogue-partner"}, "dialogue partner of  SCO"),
        ({"member": "SCO", "status": "founded", "since": "2001"}, "SCO  was founded  since 2001"),
    ],
)
def test_a_membership_is_told_in_words(fields, words):
    text = shown(dataclasses.replace(make.full(), memberships=(make.membership(**fields),)))

    assert words in text.replace(" (SCO)", "")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "says  quoted"),
        ({"direct": False}, "says  reported"),
        ({"denied": True}, "denies  quoted"),
        ({"role": "analyst", "affiliation": "RISS", "venue": "a seminar"}, "analyst, RISS  says  quoted  a seminar"),
    ],
)
def test_a_statement_is_told_in_words(fields, words):
    assert words in shown(dataclasses.replace(make.full(), statements=(make.statement(**fields),)))


def test_the_legend_says_who_everybody_is():
    legend = shown(make.full()).partition("Who is who")[2]

    assert "PAK             Pakistan, state" in legend
    assert "vladimir-kozin  Vladimir Kozin, person, RUS:EDU" in legend


def test_entities_that_no_record_names_are_left_out_of_the_legend():
    assert "Russia" not in shown(dataclasses.replace(make.full(), events=(), stances=()))


def test_a_document_without_records_says_so():
    assert "No records found." in shown(make.coded())
    assert "--explain lists them" in shown(make.coded(issues=(make.issue(),)))


def test_explain_says_why_a_sentence_has_no_record():
    assert "no-event: no verb that we code" in shown(make.full(), explain=True)
    assert "Every sentence with two actors has a record." in shown(make.coded(), explain=True)


def test_line_breaks_in_a_quote_become_spaces():
    document = make.document("Pakistan  met\nRussia.")
    event = make.event("Pakistan  met\nRussia", "met", of=document)

    assert "“Pakistan *met* Russia”" in shown(make.coded(document, events=(event,)))


def test_a_trigger_outside_the_evidence_is_not_marked():
    assert "“Musharraf visited Moscow”" in shown(make.coded(events=(make.event(trigger="February"),)))


def test_a_pipe_gets_no_escape_codes_and_no_trailing_space():
    text = shown(make.full())

    assert "\x1b" not in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_a_terminal_gets_colours_and_its_own_width():
    text = shown(make.full(), force_terminal=True, color_system="truecolor", width=50)

    assert "\x1b[1;4mvisited" in text
    assert "*visited*" not in text


def test_no_color_is_honoured(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    text = shown(make.full(), force_terminal=True, color_system="truecolor")

    assert "\x1b[36m" not in text
    assert "\x1b[1;4mvisited" in text


def test_lines_wrap_to_the_terminal():
    text = shown(make.full(), force_terminal=True, no_color=True, color_system=None, width=44)

    assert max(map(len, text.splitlines())) <= 44


def test_several_documents_are_parted_by_a_line(capsys):
    write_tables([make.full(), make.full()], None, explain=False)

    assert capsys.readouterr().out.count("\n" + "-" * 100 + "\n") == 1
