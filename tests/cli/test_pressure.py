"""`detente pressure`: three sides in, a response beside placebos out."""

import json
import random

import pytest
import typer
from typer.testing import CliRunner

from detente.cli.pressure import pressure
from measure.make import row

app = typer.Typer()
app.command()(pressure)


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    draw, path, lines = random.Random(1), tmp_path_factory.mktemp("pressure") / "records.jsonl", []
    for month in range(60):
        for a, b in (("USA", "PAK"), ("PAK", "RUS"), ("IND", "PAK")):
            date = f"{2010 + month // 12}-{month % 12 + 1:02}"
            kind = draw.choice(["AID", "ACCUSE", "CONSULT", "THREATEN"])
            lines.append(row(f"ev-{len(lines):03}", actor_codes=a, recipient_codes=b, type=kind, date=date))
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_the_table_says_it_in_words_and_by_month(records):
    result = run("USA", "PAK", "RUS", records)

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("In the months after USA turned cooler toward PAK, PAK and RUS were ")
    assert "1 placebo thirds are too few to tell that from chance. An association, no cause." in result.stdout
    assert "120 records. detente.pressure/1. Status actual only." in result.stdout


def test_json_holds_every_figure_with_the_ids_behind_it(records):
    told = json.loads(run("USA", "PAK", "RUS", records, "--json").stdout)

    assert [one["months"] for one in told["after"]] == [1, 2, 3, 4, 5, 6]
    assert list(told["placebos"]) == ["IND"]
    assert told["p"] is None
    assert len(told["records"]) == 120


@pytest.mark.parametrize(
    ("sides", "message"),
    [(("USA", "PAK", "PAK"), "three sides are needed"), (("USA", "PAK", "CHN"), "Nothing told of PAK and CHN")],
    ids=["one side twice", "nothing told"],
)
def test_what_cannot_be_measured_is_refused(records, sides, message):
    result = run(*sides, records)

    assert result.exit_code == 2
    assert message in result.stderr
