"""`detente score`: figures on files in other projects' forms."""

import json
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from detente.cli.main import app
from detente.encoder.encoder import Readings
from detente.evaluate.marked_pairs import roots

PLV = (
    "sentence_id\tmarked_sentence\tgold_penta\tgold_root\n"
    "a\t<s>Brazil</s> condemned <t>Angola</t> on Tuesday.\t3\tACCUSE\n"
    "b\t<s>Peru</s> hummed beside <t>Chad</t>.\t1\tSUPPORT\n"
)
RECORDS = [
    {
        "text": "Brazil condemned Angola on Tuesday.",
        "source": [{"actorText": "Brazil", "code": "BRA", "sector": "GOV"}],
        "target": [{"actorText": "Angola", "code": "AGO", "sector": ""}],
        "event": "ACCUSE",
    },
    {"text": "Peru hummed.", "source": [{"code": "PER"}], "target": [{"code": "TCD"}], "event": "HUM"},
]


class StubEncoder:
    """Holds everything for an accusation."""

    def read(self, sentences):
        chances = np.tile([float(root == "ACCUSE") for root in roots()], (len(sentences), 1))
        nothing = np.zeros((len(sentences), 0))
        return Readings(types=nothing, modes=nothing, statuses=nothing, roots=chances, features=nothing)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "plv.tsv"
    path.write_text(PLV, encoding="utf-8")
    return path


@pytest.fixture
def loaded(coder, monkeypatch):
    monkeypatch.setattr("detente.pipeline.load", lambda *_, **__: coder)


def run(*args):
    return CliRunner().invoke(app, ["score", *map(str, args)])


@pytest.mark.model
@pytest.mark.usefixtures("loaded")
def test_marked_sentences_are_coded_from_raw_text(table):
    scores = json.loads(run("plv", table, "--json").stdout)

    assert scores["counts"]["pairs asked for"] == 2
    assert scores["levels"]["root"]["recall"][0] == 0.5
    assert sum(scores["misses"].values()) == 1


@pytest.mark.model
@pytest.mark.usefixtures("loaded")
def test_show_lists_what_was_missed_with_its_marks(table):
    stdout = run("plv", table, "--show").stdout

    assert "both mentioned, no event: b: <s>Peru</s> hummed beside <t>Chad</t>." in stdout
    assert "wanted SUPPORT, coded nothing" in stdout
    assert "nobody marked" in stdout


def test_given_pairs_are_judged_by_the_encoder_alone(table, monkeypatch):
    monkeypatch.setattr("detente.encoder.encoder.load_encoder", StubEncoder)

    scores = json.loads(run("plv", table, "--given", "--json").stdout)
    report = run("plv", table, "--given", "--show").stdout

    assert scores["figures"]["root accuracy"][0] == 0.5
    assert scores["roots"]["SUPPORT"]["mistaken_for"] == {"ACCUSE": 1}
    assert "ACCUSE for SUPPORT: b: <s>Peru</s>" in report


@pytest.mark.model
@pytest.mark.usefixtures("loaded")
def test_role_tags_are_scored_with_their_classes(tmp_path):
    tags = {"tokens": ["Brazil", "condemned", "Angola", "."], "tags": ["B-S", "O", "B-T", "O"]}
    (tmp_path / "roles.jsonl").write_text(json.dumps(tags) + "\n" + json.dumps({"tokens": ["a"], "tags": ["O"]}))
    (tmp_path / "classes.tsv").write_text("sentence\tpenta\nBrazil condemned Angola.\t3\n")

    result = run("roles", tmp_path / "roles.jsonl", "--classes", tmp_path / "classes.tsv")

    assert "1 sentences have a class, 1 have none" in result.stderr
    assert "right class in CAMEO's terms" in result.stdout
    assert "right root" not in result.stdout


@pytest.mark.model
@pytest.mark.usefixtures("loaded")
def test_records_are_scored_with_intervals(tmp_path):
    path = tmp_path / "records.json"
    path.write_text(json.dumps(RECORDS), encoding="utf-8")

    scores = json.loads(run("gsr", path, "--json").stdout)
    report = run("gsr", path, "--show").stdout

    assert scores["all texts"]["strict"]["precision"][0] == 1
    assert scores["all texts"]["strict"]["recall"][0] == 0.5
    assert scores["counts"]["unknown types"] == {"HUM": 1}
    assert "missed PER → TCD HUM: 'Peru hummed.'" in report
    assert "of the type 'HUM', which we do not know" in report


@pytest.mark.parametrize("command", [["plv"], ["plv", "--given"], ["roles", "--classes", "none.tsv"]])
def test_an_unreadable_file_is_told_with_exit_code_2(tmp_path, command):
    result = run(*command, tmp_path / "none.tsv")

    assert (result.exit_code, "Unreadable file" in result.stderr) == (2, True)


def test_a_missing_encoder_is_told_with_exit_code_2(table, tmp_path):
    result = run("plv", table, "--given", "--encoder", tmp_path)

    assert (result.exit_code, "model.onnx" in result.stderr) == (2, True)


@pytest.mark.parametrize("command", ["plv", "roles", "gsr"])
def test_help_has_an_example(command):
    assert f"Example: detente score {command}" in run(command, "--help").stdout


@pytest.mark.parametrize("command", ["plv", "roles", "gsr"])
def test_every_option_is_documented(command):
    page = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
    section = page.read_text(encoding="utf-8").partition("## detente score\n")[2].partition("\n## ")[0]

    for parameter in typer.main.get_command(app).commands["score"].commands[command].params:
        name = parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar
        assert f"`{name}`" in section, f"{name} of detente score {command} is missing in docs/reference/cli.md"
