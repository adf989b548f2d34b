"""`detente link`: files in, happenings out, errors with their line."""

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import make
from detente.cli.main import app
from detente.interchange import coded_to_json, rows, write_jsonl

TEXT = "On Monday Pakistan's prime minister visited Moscow to sign a gas pipeline contract worth two billion dollars."


def coded(name):
    document = make.document(TEXT, id=name, published="2018-03-06")
    event = make.event(TEXT.rstrip("."), "visited", document, status="actual", date="2018-03-05", date_basis="text")
    return make.coded(document, entities=(make.entity(), make.entity("RUS", name="Russia")), events=(event,))


def run(*args):
    return CliRunner().invoke(app, ["link", *map(str, args)])


@pytest.fixture
def records(tmp_path) -> Path:
    stream = io.StringIO()
    write_jsonl((row for name in ("a", "b") for row in rows(coded(name))), stream)
    path = tmp_path / "records.jsonl"
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def test_happenings_are_written_one_a_line(records, tmp_path):
    result = run(records, "-o", tmp_path / "happenings.jsonl")

    lines = (tmp_path / "happenings.jsonl").read_text(encoding="utf-8").splitlines()
    assert result.exit_code == 0
    assert [json.loads(line)["documents"] for line in lines] == [2]
    assert result.stderr == "2 reports in 2 documents; happenings: 1, told more than once: 1\n"


def test_without_options_the_linked_reports_are_shown(records):
    result = run(records, "--quiet")

    assert "PAK → RUS  CONSULT  actual  2018-03-05  (2 reports)" in result.stdout
    assert result.stdout.count("visited Moscow") == 2


def test_documents_are_read_with_their_texts_beside_them(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text(json.dumps(coded_to_json(coded(name))), encoding="utf-8")
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")

    result = run(tmp_path, "--json")

    assert result.exit_code == 0
    assert len(json.loads(result.stdout)["members"]) == 2


def test_a_broken_line_is_named_and_the_rest_is_linked(records):
    records.write_text("{oops\n" + records.read_text(encoding="utf-8") + '{"kind": "event"}\n', encoding="utf-8")

    result = run(records, "--json")

    assert result.exit_code == 1
    assert f"Unreadable record in line 1 of '{records}'" in result.stderr
    assert f"Unreadable record in line 4 of '{records}'" in result.stderr
    assert len(json.loads(result.stdout)["members"]) == 2


def test_a_document_without_its_text_is_named(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(coded_to_json(coded("a"))), encoding="utf-8")

    result = run(tmp_path)

    assert result.exit_code == 1
    assert "no text at" in result.stderr


def test_a_decision_parts_a_pair_and_unknown_ids_are_counted(records, tmp_path):
    path = tmp_path / "decisions.csv"
    path.write_text("a,b,verdict\na,b,different\nev-1,ev-2,same\n", encoding="utf-8")

    result = run(records, "--decisions", path)

    assert "No two reports are linked." in result.stdout
    assert "1 decision names events or documents that are not here" in result.stderr


def test_a_threshold_that_nothing_reaches_links_nothing(records):
    assert "No two reports are linked." in run(records, "--threshold", "1").stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["missing.jsonl"], "No file 'missing.jsonl'"),
        (["records.csv"], "File 'records.csv' of another kind"),
        (["records.jsonl", "-o", "nowhere/happenings.jsonl"], "in --output"),
        (["records.jsonl", "--decisions", "missing.csv"], "Unreadable decisions in 'missing.csv'"),
    ],
)
def test_wrong_usage_is_refused(records, monkeypatch, args, words):
    monkeypatch.chdir(records.parent)
    Path("records.csv").touch()

    result = run(*args)

    assert result.exit_code == 2
    assert words in result.stderr
