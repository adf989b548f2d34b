"""`detente blocs`: records in, groups with their probability out, each figure with the ids behind it."""

import csv
import io
import json
from itertools import combinations

import pytest
import typer
from typer.testing import CliRunner

from detente.cli.blocs import blocs
from measure.make import row

app = typer.Typer()
app.command()(blocs)

CAMPS = {"USA": 0, "GBR": 0, "POL": 0, "RUS": 1, "CHN": 1, "IRN": 1}
FRIENDLY, HOSTILE = ("COOPERATE", "AID", "SUPPORT", "COOPERATE"), ("ACCUSE", "THREATEN", "SANCTION", "ACCUSE")


def made_rows():
    number = 0
    for month in range(8):
        date = f"2014-{month + 1:02}"
        for a, b in combinations(CAMPS, 2):
            for kind in FRIENDLY if CAMPS[a] == CAMPS[b] else HOSTILE:
                number += 1
                yield row(f"ev-{number:04}", actor_codes=a, recipient_codes=b, type=kind, date=date)
        yield row(f"ev-eu-{month}", actor_codes="EU", recipient_codes="USA", type="CONSULT", date=date)
    yield row("ev-thin", actor_codes="PAK", recipient_codes="RUS", date="2014-02")


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    path = tmp_path_factory.mktemp("blocs") / "records.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in made_rows()), encoding="utf-8")
    return path


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def told(records):
    return json.loads(run(records, "--draws", 60, "--format", "json").stdout)


def test_two_camps_are_told_apart(told):
    found = [{one["state"] for one in bloc} for bloc in told["blocs"]]

    assert sorted(map(sorted, found)) == [["CHN", "IRN", "RUS"], ["GBR", "POL", "USA"]]
    assert all(one["together"] > 0.8 for bloc in told["blocs"] for one in bloc)
    assert told["balance"]["share"] > 0.7
    assert told["frustration"]["median"] < 3


def test_every_figure_has_its_records_rules_and_method(told):
    pair = next(one for one in told["pairs"] if (one["a"], one["b"]) == ("CHN", "USA"))
    triad = told["triads"][0]

    assert told["month"] == "2014-08"
    assert len(pair["records"]) == 32
    assert set(pair["records"]) < set(told["records"])
    assert len(triad["records"]) == 96
    assert "Status actual only." in told["rules"]
    assert told["method"] == "detente.blocs/1"
    assert told["left_out"]["too thin"] == ["PAK–RUS"]


def test_the_table_is_read_from_top_to_bottom(records):
    result = run(records, "--draws", 60, "--at", "2014-03")

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Blocs in 2014-03: 6 states, 15 ties\n")
    assert "of 20, 90% [" in result.stdout
    assert "Ties that would have to turn for two camps at peace: " in result.stdout
    assert "1 pairs are too thin to have a tie." in result.stdout


def test_csv_has_a_row_for_each_pair(records):
    rows = list(csv.DictReader(io.StringIO(run(records, "--draws", 60, "--format", "csv").stdout)))

    assert len(rows) == 15
    assert {row["same_bloc"] for row in rows} == {"True", "False"}
    assert len(rows[0]["records"].split()) == 32


def test_organisations_have_a_part_where_they_are_named(records):
    result = run(records, "--draws", 60, "--among", "EU,USA,GBR", "--least", 0.5, "--format", "json")

    assert {one["state"] for bloc in json.loads(result.stdout)["blocs"] for one in bloc} == {"EU", "USA", "GBR"}


def test_the_same_seed_gives_the_same_figures(records, told):
    assert json.loads(run(records, "--draws", 60, "--format", "json").stdout) == told


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--at", "2019-01"), "records from 2014-01 to 2014-08 are here"),
        (("--at", "soon"), "a year, or a year and a month, is needed"),
        (("--among", "USA"), "two ids or more"),
        (("--least", "99"), "No pair with 99 reports a month"),
    ],
    ids=["another time", "no month", "one side", "too thin"],
)
def test_what_cannot_be_shown_is_refused(records, args, message):
    result = run(records, *args)

    assert result.exit_code == 2
    assert message in result.stderr


def test_a_broken_line_is_named_and_the_rest_is_measured(records, tmp_path):
    path = tmp_path / "broken.jsonl"
    path.write_text("{no json\n" + records.read_text(encoding="utf-8"), encoding="utf-8")
    result = run(path, "--draws", 60)

    assert result.exit_code == 1
    assert "line 1 of" in result.stderr
    assert "6 states, 15 ties" in result.stdout
