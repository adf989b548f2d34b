"""`detente init`, `find`, `review`, `check` and `backup`: what they print, and how they end."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from contextlib import closing

import pytest
import typer
from typer.testing import CliRunner

from detente.cli.check import backup, check
from detente.cli.find import find
from detente.cli.init import init
from detente.cli.recode import happenings
from detente.cli.review import review
from detente.ingest.add import add
from ingest.samples import write_articles
from ingest.stub_coder import StubCoder
from store.projects import NOW, new_project

app = typer.Typer()
for command in (init, find, check, backup, happenings):
    app.command()(command)
app.add_typer(review, name="review")


def run(*args, code=0):
    result = CliRunner().invoke(app, list(map(str, args)))
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    root = tmp_path_factory.mktemp("template")
    with new_project(root / "project") as made:
        add(made, [write_articles(root / "texts", 12)], StubCoder(), now=lambda: NOW)
    return root / "project"


@pytest.fixture
def project(tmp_path, template, monkeypatch):
    shutil.copytree(template, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def first_event() -> str:
    return json.loads(run("find", "events", "--format", "json", "--limit", "1").stdout)[0]["id"]


def test_init_makes_a_project_and_says_what_comes_next(tmp_path):
    told = run("init", tmp_path / "new").stderr

    assert "detente add" in told
    assert (tmp_path / "new" / "detente.sqlite").exists()
    assert "already" in run("init", tmp_path / "new", code=2).stderr


def test_outside_of_a_project_the_error_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert "detente init" in run("find", "events", code=2).stderr


def test_records_are_shown_with_their_evidence(project):
    shown = run("find", "events", "--limit", "2")

    assert shown.stdout.count("CONSULT") + shown.stdout.count("ACCUSE") == 2
    assert shown.stdout.count("“") == 2
    assert "2 of 12 shown" in shown.stderr


@pytest.mark.parametrize("what", ["events", "stances", "statements", "memberships", "records"])
def test_every_kind_is_written_as_rows(project, what):
    rows = list(csv.DictReader(io.StringIO(run("find", what, "--format", "csv").stdout)))
    lines = run("find", what, "--format", "jsonl").stdout.splitlines()

    assert len(rows) == len(lines) == (48 if what == "records" else 12)
    assert {row["kind"] for row in rows} == ({what[:-1]} if what != "records" else {one[:-1] for one in KINDS})


KINDS = ("events", "stances", "statements", "memberships")


@pytest.mark.parametrize("format", ["table", "json", "jsonl", "csv"])
def test_documents_are_written_in_every_format(project, format):
    found = run("find", "documents", "--text", "talks useful", "--format", format).stdout

    assert found.count("doc-") == 12


def test_counts_are_written_in_place_of_a_list(project):
    table = run("find", "events", "--by", "type").stdout
    (one, *_) = json.loads(run("find", "events", "--by", "type", "--format", "json").stdout)

    assert set(table.split()) >= {"CONSULT", "ACCUSE"}
    assert set(one) == {"type", "records"}


def test_a_file_gets_what_is_found(project):
    run("find", "events", "--format", "jsonl", "-o", "events.jsonl")

    assert len((project / "events.jsonl").read_text(encoding="utf-8").splitlines()) == 12


def test_nothing_found_is_no_error_and_says_how_ids_look(project):
    assert "detente who" in run("find", "events", "--actor", "Mars").stderr
    assert run("find", "events", "--actor", "Mars", "--format", "json").stdout == "[]\n"


@pytest.mark.parametrize("wrong", [("--type", "VISIT"), ("--since", "soon"), ("--text", "?!"), ("--by", "colour")])
def test_a_wrong_question_is_one_line(project, wrong):
    told = run("find", "events", *wrong, code=2).stderr

    assert told.startswith("Error: ")
    assert len(told.splitlines()) == 1


def test_a_correction_is_noted_shown_and_undone(project):
    event = first_event()
    noted = run("review", "correct", event, "type=THREATEN", "recipient=IND,CHN", "--who", "maria", "--note", "a slip")
    (row,) = map(json.loads, run("find", "events", "--type", "threaten", "--format", "jsonl").stdout.splitlines())

    assert "review undo 1" in noted.stderr
    assert (row["id"], row["recipients"]) == (event, "IND;CHN")
    log = run("review", "log", event).stdout
    assert "maria  correct" in log
    assert "“a slip”" in log

    run("review", "undo", 1)
    assert run("find", "events", "--type", "threaten", "--format", "json").stdout == "[]\n"
    assert [json.loads(line)["holds"] for line in run("review", "log", "--json").stdout.splitlines()] == [False, True]


def test_several_records_are_decided_together_or_not_at_all(project):
    event = first_event()

    assert "No record 'ev-0'" in run("review", "reject", event, "ev-0", code=2).stderr
    assert run("review", "log").stdout == ""
    run("review", "accept", event)
    assert run("find", "events", "--review", "accepted", "--format", "jsonl").stdout.count(event) == 1


def test_a_record_is_added_by_hand(project):
    document = json.loads(run("find", "documents", "--format", "json", "--limit", "1").stdout)[0]["id"]
    added = run(
        "review", "add", document, "stance", "holder=PAK", "object=RUS", "mutual=true", "valence=0.5", "evidence=[0,20]"
    ).stdout.strip()

    assert added.startswith("st-")
    assert run("find", "stances", "--review", "added", "--format", "jsonl").stdout.count(added) == 1


@pytest.mark.parametrize("value", ["type", "=x", "valence=warm", "evidence=[0"])
def test_an_unclear_value_is_one_line(project, value):
    assert run("review", "correct", first_event(), value, code=2).stderr.startswith("Error: Unclear")


def test_merging_splitting_and_linking_are_commands(project):
    first, second = (
        json.loads(line)["id"] for line in run("find", "events", "--format", "jsonl").stdout.splitlines()[:2]
    )
    document = json.loads(run("find", "documents", "--format", "json", "--limit", "1").stdout)[0]["id"]

    run("review", "merge", "RUS", "PAK", "--who", "maria")
    assert run("find", "events", "--actor", "RUS", "--format", "json").stdout == "[]\n"
    run("review", "split", "CHN", "IRN", document)
    run("review", "same", first, second)
    run("review", "different", first, second)
    assert "12 events" in run("happenings").stderr


def test_a_sound_project_passes_the_check_and_a_damaged_one_does_not(project):
    assert "No faults" in run("check").stderr
    with closing(sqlite3.connect(project / "detente.sqlite")) as connection:
        connection.execute("UPDATE records SET quote = 'other words' WHERE key = 1")
        connection.commit()

    assert "has other words in its columns" in run("check", code=1).stderr


def test_a_backup_is_a_project_of_its_own_and_overwrites_nothing(project, tmp_path):
    (tmp_path / "restored").mkdir()
    run("backup", tmp_path / "restored" / "detente.sqlite")

    assert "already" in run("backup", tmp_path / "restored" / "detente.sqlite", code=2).stderr
    rows = run("find", "events", "--format", "csv").stdout
    assert run("find", "events", "--format", "csv", "-p", tmp_path / "restored").stdout == rows
