"""`detente evaluate`: predictions or a coder against annotated articles."""

import json

import pytest
from typer.testing import CliRunner

import make
from detente.cli.main import app
from detente.interchange import coded_to_json


class StubCoder:
    """Finds the right stance, and remembers what it was given."""

    def __init__(self):
        self.given = []

    def pipe(self, documents, *, batch_size=32):
        for document in documents:
            self.given.append(document)
            yield make.coded(document, stances=(make.stance(of=document),))


@pytest.fixture
def gold(tmp_path):
    """One annotated article: a stance, and an event that nobody finds."""
    obj = coded_to_json(make.coded(events=(make.event(),), stances=(make.stance(),)))
    obj["events"][0]["type"] = ["CONSULT"]
    obj["title"] = "Closer"
    (tmp_path / "article.txt").write_text(make.TEXT, encoding="utf-8")
    path = tmp_path / "article.json"
    path.write_text(json.dumps(obj), encoding="utf-8")
    return path


def run(*args):
    return CliRunner().invoke(app, ["evaluate", *map(str, args)])


def test_articles_are_coded_and_scored(gold, monkeypatch):
    coder = StubCoder()
    monkeypatch.setattr("detente.pipeline.load", lambda *_, **__: coder)

    result = run(gold, "--json")

    scores = json.loads(result.stdout)
    assert list(scores) == ["event", "event_quad", "stance", "membership", "statement"]
    assert (scores["stance"]["tp"], scores["event"]["fn"]) == (1, 1)
    assert (coder.given[0].title, coder.given[0].published, coder.given[0].text) == ("Closer", "2018-03", make.TEXT)


def test_predictions_are_read_from_a_directory(gold, tmp_path):
    predictions = tmp_path / "predictions"
    predictions.mkdir()
    (predictions / "article.json").write_text(json.dumps(coded_to_json(make.coded(events=(make.event(),)))))

    scores = json.loads(run(gold, "--predictions", predictions, "--json").stdout)

    assert scores["event"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "tp": 1,
        "fp": 0,
        "fn": 0,
        "attribution": [1.0, 1],
        "status": [1.0, 1],
    }


def test_a_missing_prediction_counts_as_no_records(gold, tmp_path):
    scores = json.loads(run(gold, "--predictions", tmp_path / "none", "--json").stdout)

    assert (scores["event"]["fn"], scores["stance"]["fn"]) == (1, 1)


def test_numbers_are_shown_as_a_table_with_event_types(gold, tmp_path):
    lines = run(gold, "--predictions", tmp_path / "none").stdout.splitlines()

    assert lines[0].split()[:6] == ["precision", "recall", "f1", "found", "extra", "missed"]
    assert lines[1].split() == ["event", "0.000", "0.000", "0.000", "0", "0", "1"]
    assert "CONSULT           0.000   0.000  0.000      0      0       1" in lines


def test_show_quotes_what_was_missed(gold, tmp_path):
    stdout = run(gold, "--predictions", tmp_path / "none", "--show").stdout

    assert "missed event article" in stdout
    assert "'Musharraf visited Moscow'" in stdout


def test_a_directory_of_articles_is_walked(gold, tmp_path):
    assert run(tmp_path, "--predictions", tmp_path, "--json").exit_code == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [("not json", "Unreadable article"), ("[]", "Unreadable article"), ('{"id": "a", "events": [{}]}', "Malformed")],
)
def test_unreadable_articles_are_told(tmp_path, content, message):
    path = tmp_path / "gold.json"
    path.write_text(content)

    result = run(path, "--predictions", tmp_path)

    assert (result.exit_code, message in result.stderr) == (2, True)


def test_a_missing_text_is_told(gold):
    gold.with_suffix(".txt").unlink()

    result = run(gold)

    assert (result.exit_code, "No text at" in result.stderr) == (2, True)
