"""`detente export`, `detente sql` and `detente import`: files and projects in, tables and answers out."""

from __future__ import annotations

import csv
import json

import pytest
import typer
from typer.testing import CliRunner

from detente.cli.export import export
from detente.cli.import_ import import_
from detente.cli.sql import sql
from detente.ingest.happenings import link_project
from detente.interchange import coded_to_json
from detente.store.corrections import reject
from detente.store.entities import Renamings
from detente.store.log import Author
from detente.store.project import open_project
from detente.store.runs import start_run
from detente.store.writer import add_document, write_coding
from exports.samples import TEXT, coded
from imports.foreign import gdelt_row, write_lines
from store.projects import NOW, new_project

app = typer.Typer()
app.command()(export)
app.command("import")(import_)
app.command()(sql)


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def answer(*args):
    """The rows that a query gives, without the header."""
    result = run("sql", *args, "--format", "csv", "--quiet")
    assert result.exit_code == 0, result.output
    return [tuple(row) for row in csv.reader(result.stdout.splitlines())][1:]


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path / "project") as made:
        put(made, coded("a"))
    return tmp_path / "project"


def put(made, one):
    with made.writing() as connection:
        run_key = start_run(connection, "add", {}, started_at=NOW)
        key = add_document(connection, one.document, run_key=run_key, date_source=None, state="coded", reason=None)
        write_coding(connection, key, one, Renamings())


@pytest.fixture
def records(tmp_path):
    folder = tmp_path / "records"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.json").write_text(json.dumps(coded_to_json(coded(name))), encoding="utf-8")
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_records_in_files_are_exported_with_their_happenings_linked(records, tmp_path):
    result = run("export", records, "--format", "csv", "-o", tmp_path / "out")

    lines = (tmp_path / "out" / "events.csv").read_text(encoding="utf-8").splitlines()
    visits = [row for row in csv.DictReader(lines) if row["event_type"] == "CONSULT"]
    assert result.exit_code == 0
    assert [row["n_reports"] for row in visits] == ["2", "2"]
    assert sorted(row["is_first"] for row in visits) == ["false", "true"]


def test_an_unreadable_file_is_named_and_the_rest_is_exported(records, tmp_path):
    (records / "b.txt").unlink()

    result = run("export", records, "-o", tmp_path / "out", "--type", "CONSULT")

    assert result.exit_code == 1
    assert "No text at" in result.stderr
    assert "events.parquet (1)" in result.stderr


def test_a_project_is_exported_with_conditions(project, tmp_path):
    result = run("export", project, "-f", "jsonl", "-o", tmp_path / "out", "--table", "events", "--status", "negated")

    rows = [json.loads(line) for line in (tmp_path / "out" / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert result.exit_code == 0
    assert [row["event_type"] for row in rows] == ["AID"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--table", "event"], "Unknown table 'event'"),
        (["--type", "VISIT"], "Unknown event type"),
        (["--format", "graphml", "--table", "events"], "--table with format"),
        (["--sql", "SELECT 1", "--since", "2018"], "Conditions beside --sql"),
        (["--sql", "DELETE FROM events"], "one SELECT is allowed"),
        (["--table", "imported_events"], "Use --sql"),
    ],
)
def test_wrong_usage_is_refused_and_nothing_is_written(project, tmp_path, args, words):
    result = run("export", project, "-o", tmp_path / "out", *args)

    assert result.exit_code == 2
    assert words in result.stderr
    assert not list((tmp_path / "out").glob("*"))


def test_a_project_is_asked_and_its_tables_follow_every_change(project):
    count = "SELECT count(*) FROM events"
    assert answer(count, project) == [("3",)]

    with open_project(project) as made:
        put(made, coded("b", "2018-03-06", text=f"{TEXT} More."))
        with made.writing() as connection:
            reject(connection, coded("a").events[2].id, Author("maria", NOW))

    assert answer(count, project, "--no-refresh") == [("3",)]
    assert answer(count, project) == [("5",)]


def test_happenings_are_those_that_the_project_has_linked(project):
    query = "SELECT n_events, n_reports FROM dyad_year WHERE actor = 'PAK'"
    with open_project(project) as made:
        put(made, coded("b", "2018-03-06", text=f"{TEXT} More."))
    told = run("sql", query, project)
    assert "6 events are not linked into happenings yet" in told.stderr
    assert answer(query, project) == [("4", "4")]

    with open_project(project) as made:
        link_project(made, now=lambda: NOW)

    assert answer(query, project) == [("2", "4")]


def test_tables_are_not_written_again_without_a_change(project):
    run("sql", "SELECT 1", project)

    result = run("sql", "SELECT 1", project)

    assert "writing its tables" not in result.stderr


def test_a_table_is_cut_and_says_so(project):
    result = run("sql", "SELECT event_type FROM events ORDER BY 1", project, "--rows", "2")

    assert result.stdout.split() == ["event_type", "AID", "CONSULT"]
    assert "the first 2 are shown" in result.stderr


def test_a_wrong_query_is_refused_with_the_names_of_the_tables(project):
    result = run("sql", "SELECT * FROM event", project)

    assert result.exit_code == 2
    assert "the tables are documents, dyad_month" in result.stderr


def test_imports_go_into_the_project_and_are_asked_beside_its_records(project, tmp_path):
    path = write_lines(tmp_path / "a.csv", [gdelt_row(), gdelt_row(globaleventid=2, eventcode="---")])

    result = run("import", "gdelt", path, "--project", project)

    query = "SELECT actor_id, event_type, source_file, source_row, year FROM imported_events"
    assert result.exit_code == 1
    assert "a.csv: 1 row refused" in result.stderr
    assert "1 file imported: 1 rows, 1 refused" in result.stderr
    assert answer(query, project) == [("PAK:GOV", "CONSULT", "a.csv", "1", "2018")]
    assert answer("SELECT count(*) FROM events", project) == [("3",)]
    assert (project / "imports" / "datapackage.json").is_file()


def test_an_import_needs_a_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    result = run("import", "gdelt", "a.csv")

    assert result.exit_code == 2
    assert "Or name a folder with --output" in result.stderr
