"""`detente dyad` and `detente compare`: records in, figures out, errors with their line."""

import csv
import io
import json

import pytest
import typer
from typer.testing import CliRunner

from detente.cli.alerts import alerts
from detente.cli.compare import compare
from detente.cli.dyad import dyad
from detente.cli.visits import visits
from measure.make import row

app = typer.Typer()
app.command()(dyad)
app.command()(compare)
app.command()(alerts)
app.command()(visits)

PEACE, STRAIN = ["CONSULT", "SUPPORT", "COOPERATE"], ["ACCUSE", "SANCTION", "CONSULT"]


def made_rows():
    number = 0
    for month in range(48):
        date = f"{2014 + month // 12}-{month % 12 + 1:02}"
        for a, b, kinds in (
            ("PAK", "RUS", (STRAIN if month < 24 else PEACE) * 7),
            ("IND", "USA", PEACE + STRAIN),
            ("CHN", "IND", ["CONSULT"] if month % 6 == 0 else []),
        ):
            for kind in kinds:
                number += 1
                words = f"{a} did {kind} to {b} in {date}"
                yield row(f"ev-{number:05}", actor_codes=a, recipient_codes=b, type=kind, date=date, quote=words)
    yield row("ev-proposed", status="proposed", type="COOPERATE", date="2015-01")
    yield {**row("st-1"), "kind": "stance", "valence": 1.0, "mutual": True, "trend": "warming"}


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    path = tmp_path_factory.mktemp("dyad") / "records.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in made_rows()), encoding="utf-8")
    return path


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_the_table_tells_the_line_the_turn_its_sentences_and_the_rules(records):
    result = run("dyad", "RUS", "PAK", records)

    assert result.exit_code == 0, result.output
    assert "PAK–RUS  2014-01 to 2017-12" in result.stdout
    assert "2016-01  warmth −" in result.stdout
    assert "“PAK did " in result.stdout
    assert "new        2016-" in result.stdout
    assert "Not counted, as it did not happen: 1 proposed." in result.stdout
    assert "Stances: 1 months and holders; last 2018-02, PAK–RUS: +1.0." in result.stdout
    assert "Status actual only." in result.stdout
    assert "detente.warmth/2" in result.stdout


def test_json_holds_every_figure_with_the_ids_behind_it(records):
    told = json.loads(run("dyad", "PAK", "RUS", records, "--format", "json").stdout)

    assert told["pair"] == ["PAK", "RUS"]
    assert told["verdict"] == "clear"
    assert len(told["records"]) == 48 * 21
    assert len(told["months"]) == 48
    assert [turn["month"] for turn in told["turning_points"] if turn["channel"] == "warmth"] == ["2016-01"]
    assert all(driver["records"] and driver["quote"] for driver in told["turning_points"][0]["drivers"])
    assert told["words_less_deeds"]["month"] == "2017-12"
    assert told["asymmetry"] is None


def test_csv_has_a_line_a_month_from_the_one_asked_for(records):
    rows = list(
        csv.DictReader(io.StringIO(run("dyad", "PAK", "RUS", records, "--format", "csv", "--since", "2016-07").stdout))
    )

    assert [one["month"] for one in rows] == [
        "2016-07",
        *(f"2016-{n:02}" for n in range(8, 13)),
        *(f"2017-{n:02}" for n in range(1, 13)),
    ]
    assert all(float(one["history_low"]) < float(one["history"]) < float(one["history_high"]) for one in rows)


def test_until_leaves_out_what_came_later(records):
    told = json.loads(run("dyad", "PAK", "RUS", records, "--format", "json", "--until", "2015-12").stdout)

    assert told["months"][-1]["month"] == "2015-12"
    assert told["turning_points"] == []


def test_a_thin_pair_gets_a_line_and_no_turning_point(records):
    result = run("dyad", "CHN", "IND", records)

    assert "Too thin to say (0.2 reports a month" in result.stdout
    assert "Turning points" not in result.stdout
    assert "Only 3 pairs stand for the world" in result.stdout


def test_happenings_make_copies_of_reports(records, tmp_path):
    happenings = tmp_path / "happenings.jsonl"
    members = [{"event_id": f"ev-{number:05}"} for number in (1, 2, 3)]
    happening = {"schema": "detente.happenings/1", "id": "ha-1", "members": members}
    happenings.write_text(json.dumps(happening) + "\n", encoding="utf-8")
    apart, linked = (
        json.loads(run("dyad", "PAK", "RUS", *files, "--format", "json").stdout)["coverage"]["stories"]
        for files in ([records], [records, happenings])
    )

    assert linked < apart


def test_a_broken_line_is_named_and_the_rest_is_measured(records, tmp_path):
    path = tmp_path / "broken.jsonl"
    path.write_text("{oops\n" + records.read_text(encoding="utf-8") + json.dumps(row("x", type="DEMAND")) + "\n{}\n")
    result = run("dyad", "PAK", "RUS", path)

    assert result.exit_code == 1
    assert f"Unreadable record in line 1 of '{path}'" in result.stderr
    assert "Malformed event 'x'" in result.stderr
    assert "Warmth now" in result.stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["PAK", "FRA"], "Nothing told of PAK and FRA"),
        (["PAK", "RUS", "--since", "soon"], "'soon' in --since"),
        (["PAK", "RUS", "--since", "2030"], "the last month told is 2017-12"),
    ],
)
def test_wrong_usage_is_refused(records, args, words):
    result = run("dyad", *args[:2], records, *args[2:])

    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize(("name", "words"), [("none.jsonl", "Unreadable file"), ("none.csv", "of another kind")])
def test_files_that_hold_no_records_are_refused(tmp_path, name, words):
    result = run("dyad", "PAK", "RUS", tmp_path / name)

    assert result.exit_code == 2
    assert words in result.stderr


def test_a_file_without_events_is_refused(tmp_path):
    path = tmp_path / "empty.jsonl"
    path.touch()

    assert "No event between two sides" in run("dyad", "PAK", "RUS", path).stderr


def test_all_pairs_stand_side_by_side(records):
    rows = list(csv.DictReader(io.StringIO(run("compare", records, "--format", "csv").stdout)))

    assert sorted((one["a"], one["b"]) for one in rows) == [("CHN", "IND"), ("IND", "USA"), ("PAK", "RUS")]
    assert all(one["month"] == "2017-12" for one in rows)


def test_named_pairs_alone_are_compared_up_to_a_month(records):
    told = json.loads(run("compare", records, "--pair", "RUS-PAK", "--until", "2016-06", "--format", "json").stdout)

    assert [(one["a"], one["b"], one["month"]) for one in told] == [("PAK", "RUS", "2016-06")]
    assert told[0]["change"] > 1
    assert told[0]["change_clear"] is True


@pytest.mark.parametrize(("pair", "words"), [("PAK", "'PAK' in --pair"), ("PAK-FRA", "Nothing told of PAK and FRA")])
def test_a_pair_that_is_none_is_refused(records, pair, words):
    result = run("compare", records, "--pair", pair)

    assert result.exit_code == 2
    assert words in result.stderr


def test_the_table_of_pairs_can_be_read(records):
    result = run("compare", records)

    assert "PAK–RUS" in result.stdout
    assert "(too thin to say)" in result.stdout


def test_a_wave_of_accusations_raises_an_alert_with_its_records(records, tmp_path):
    path = tmp_path / "wave.jsonl"
    wave = [row(f"w-{n}", actor_codes="IND", recipient_codes="USA", type="ASSAULT", date="2017-12") for n in range(9)]
    path.write_text(records.read_text(encoding="utf-8") + "".join(json.dumps(one) + "\n" for one in wave))
    told = json.loads(run("alerts", path, "--format", "json").stdout)

    assert ("IND–USA", "2017-12", "warmth") in [(one["pair"], one["month"], one["channel"]) for one in told]
    assert {f"w-{n}" for n in range(9)} <= set(told[0]["records"])
    assert "IND–USA  colder than expected" in run("alerts", path).stdout
    assert run("alerts", path, "--format", "csv").stdout.startswith("pair,month,channel,z,p,records\n")


def test_calm_raises_no_alert(records):
    assert run("alerts", records).stdout == "0 alerts, of which at most 10% are expected to be false.\n"


def test_visits_are_told_as_an_association(records, tmp_path):
    path = tmp_path / "visit.jsonl"
    visit = json.dumps(row("v-1", modes="visit", date="2016-01")) + "\n"
    path.write_text(records.read_text(encoding="utf-8") + visit)
    told = json.loads(run("visits", path, "--pair", "RUS-PAK", "--json").stdout)

    assert told["visits"] == 1
    assert told["effect"] > 0.3
    assert told["records"] == ["v-1"]
    assert told["wording"] in run("visits", path).stdout


def test_without_visits_nothing_is_said_of_them(records):
    assert run("visits", records).stdout.startswith("No visit has six measured months")
