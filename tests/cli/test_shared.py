"""`detente shared`: what two states belong to together."""

import json

import pytest
import typer
from typer.testing import CliRunner

from detente.cli.shared import shared
from measure.make import row

app = typer.Typer()
app.command()(shared)


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def told(*args):
    return {one["organisation"]: one for one in json.loads(run(*args, "--json").stdout)}


def test_pakistan_and_russia_share_the_sco_since_the_accession_of_2017():
    found = told("PAK", "RUS")["SCO"]

    assert found["begins"] == ["2017-06-09", "2017-06-09"]
    assert found["ends"] == [None, None]
    assert all(source.startswith("memberships.csv line ") for source in found["sources"])


def test_observers_count_where_asked_for():
    assert told("PAK", "RUS", "--observers")["SCO"]["begins"][0].startswith("2005")


def test_a_day_shows_what_is_shared_then():
    assert "SCO" not in told("PAK", "RUS", "--on", "2016-01-01")
    assert "SCO" in told("PAK", "RUS", "--on", "2018-01-01")


def test_the_table_names_organisation_dates_and_sources():
    line = next(line for line in run("RUS", "PAK").stdout.splitlines() if line.startswith("SCO "))

    assert "2017-06-09" in line
    assert "memberships.csv line" in line


def test_memberships_of_records_count_with_their_ids(tmp_path):
    path = tmp_path / "records.jsonl"
    rows = [row("ev-1")]
    for number, state in enumerate(("PAK", "RUS")):
        known = {"kind": "membership", "actors": state, "recipients": "new-club", "status": "member", "until": None}
        rows.append({**row(f"me-{number}"), **known, "date": f"202{number}-05"})
    rows.append({**rows[-1], "id": "me-undated", "recipients": "old-club", "date": None})
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    found = told("PAK", "RUS", path)

    assert found["new-club"]["sources"] == ["me-0", "me-1"]
    assert found["new-club"]["begins"] == ["2021-05-01", "2021-05-31"]
    assert "old-club" not in found


@pytest.mark.parametrize(
    ("args", "message"),
    [(("PAK", "XXX"), "No memberships of 'XXX'"), (("PAK", "RUS", "--on", "then"), "a day is needed")],
    ids=["stranger", "no day"],
)
def test_wrong_usage_is_refused(args, message):
    result = run(*args)

    assert result.exit_code == 2
    assert message in result.stderr
