"""Exports: every format holds what was asked for, and others can read it."""

import csv
import json

import duckdb
import networkx
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from detente.errors import DataError
from detente.exports.export import FORMATS, export_query, export_tables
from detente.exports.opened import opened_tables, run_query
from detente.exports.selection import Selection
from detente.imports import import_events
from exports.samples import coded, write
from imports.foreign import WORLD, table

EVERYTHING = Selection()


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables") / "snapshot", coded("a"), coded("b", "2019-07-01", stances=()))


def exported(snapshot, out, form, **fields):
    return export_tables(snapshot, out, form, wanted=Selection(**fields))


@pytest.mark.parametrize("form", FORMATS)
def test_every_export_has_a_dictionary_a_citation_and_sums_beside_it(snapshot, tmp_path, form):
    written = exported(snapshot, tmp_path, form)

    names = {path.name for path in tmp_path.iterdir()}
    assert names == {*written, "datapackage.json", "CITATION.cff", "SHA256SUMS"}
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {*written}


def test_files_of_the_user_stay(snapshot, tmp_path):
    (tmp_path / "mine.txt").touch()

    exported(snapshot, tmp_path, "csv")

    assert (tmp_path / "mine.txt").exists()


def test_the_tables_themselves_are_not_overwritten(snapshot):
    with pytest.raises(DataError, match="holds the tables"):
        exported(snapshot, snapshot, "parquet", since="2019")


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("csv", lambda path: len(list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())))),
        ("jsonl", lambda path: len([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])),
        ("parquet", lambda path: parquet.read_table(path).num_rows),
        ("arrow", lambda path: pa.ipc.open_file(path.read_bytes()).read_all().num_rows),
    ],
)
def test_plain_formats_hold_all_rows(snapshot, tmp_path, form, read):
    written = exported(snapshot, tmp_path, form)

    assert read(tmp_path / f"events.{form}") == written[f"events.{form}"] == 6


def test_parquet_keeps_the_notes_on_columns(snapshot, tmp_path):
    exported(snapshot, tmp_path, "parquet")

    assert b"UCDP" not in parquet.read_schema(tmp_path / "events.parquet").field("date_prec").metadata[b"description"]
    assert b"a week" in parquet.read_schema(tmp_path / "events.parquet").field("date_prec").metadata[b"description"]


def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(snapshot, tmp_path):
    exported(snapshot, tmp_path, "csv")

    lines = (tmp_path / "statements.csv").read_text(encoding="utf-8").splitlines()
    quotes = [row["quote"] for row in csv.DictReader(lines)]
    assert [quote[:5] for quote in quotes] == ["'=1+1"] * 2


@pytest.mark.parametrize(
    ("fields", "events", "others"),
    [
        ({}, 6, 5),
        ({"involving": ("PAK",)}, 4, 3),
        ({"involving": ("PAK", "RUS")}, 4, 1),
        ({"involving": ("vladimir-kozin",)}, 0, 2),
        ({"types": ("CONSULT",)}, 2, 0),
        ({"statuses": ("negated",)}, 2, 0),
        ({"since": "2018-04"}, 0, 3),
        ({"until": "2018-03-02"}, 6, 1),
        ({"since": "2018-03-02", "until": "2018-03-02", "types": ("CONSULT",)}, 2, 0),
    ],
    ids=["all", "country", "pair", "person", "type", "status", "since", "until", "day"],
)
def test_a_selection_takes_what_fits_and_what_belongs_to_it(snapshot, tmp_path, fields, events, others):
    written = exported(snapshot, tmp_path, "parquet", **fields)

    found = {name.removesuffix(".parquet"): rows for name, rows in written.items()}
    assert (found["events"], found["stances"] + found["statements"] + found["memberships"]) == (events, others)
    proved = parquet.read_table(tmp_path / "evidence.parquet")["record_id"].to_pylist()
    assert len({*proved}) == events + others


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"types": ("VISIT",)}, "event type"), ({"statuses": ("done",)}, "status"), ({"since": "May"}, "--since")],
)
def test_a_condition_that_means_nothing_is_refused(fields, words):
    with pytest.raises(DataError, match=words):
        Selection(**fields)


def test_a_network_has_actors_and_sums_of_their_acts(snapshot, tmp_path):
    exported(snapshot, tmp_path, "graphml")

    graph = networkx.read_graphml(tmp_path / "network.graphml")
    assert sorted(graph.edges) == [("PAK", "RUS"), ("PAK:GOV", "RUS"), ("RUS", "PAK")]
    assert graph.edges["PAK:GOV", "RUS"]["n_quad_1"] == 2
    assert graph.nodes["PAK"] == {"label": "Pakistan", "kind": "state"}


def test_json_ld_leads_from_records_to_the_characters_that_prove_them(snapshot, tmp_path):
    exported(snapshot, tmp_path, "jsonld")

    document = json.loads((tmp_path / "records.jsonld").read_text(encoding="utf-8"))
    nodes = {node["id"]: node for node in document["@graph"]}
    visits = [node for node in nodes.values() if "plover:CONSULT" in node["type"]]
    for visit in visits:
        source, _, characters = visit["derivedFrom"].partition("#")
        assert source in nodes
        assert characters == "char=10,44"
        assert {*visit["agent"], *visit["object"]} <= {*nodes}


def test_follow_the_money_entities_refer_to_each_other(snapshot, tmp_path):
    exported(snapshot, tmp_path, "ftm")

    lines = (tmp_path / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    entities = {entity["id"]: entity for entity in map(json.loads, lines)}
    assert {entity["schema"] for entity in entities.values()} == {
        "PublicBody", "Organization", "Person", "LegalEntity", "Article", "Event", "Membership", "UnknownLink",
    }  # fmt: skip
    for entity in entities.values():
        for name in ("involved", "proof", "member", "organization", "subject", "object"):
            assert {*entity["properties"].get(name, [])} <= {*entities}
        assert all(isinstance(value, str) for values in entity["properties"].values() for value in values)


@pytest.mark.parametrize("dataset", ["icews", "gdelt", "polecat"])
def test_event_tables_for_others_come_back_as_the_same_events(snapshot, tmp_path, dataset):
    written = exported(snapshot, tmp_path / "export", dataset)
    name, rows = next(iter(written.items()))

    reports = list(import_events(dataset, [tmp_path / "export" / name], tmp_path / "imports", world=WORLD))

    assert [(report.rows, report.rejected) for report in reports] == [(rows, 0)] == [(6, 0)]
    found = {
        (row["actor_country"], row["recipient_country"], row["event_type"], row["score"], str(row["date_start"]))
        for row in table(tmp_path / "imports")
    }
    assert found == {
        ("PAK", "RUS", "CONSULT", 4.0, "2018-03-02"),
        ("PAK", "RUS", "SUPPORT", 5.0, "2018-03-01"),
        ("RUS", "PAK", "SUPPORT", 5.0, "2018-03-01"),
    }


def test_the_rows_of_a_query_can_be_exported(snapshot, tmp_path):
    query = "SELECT event_type, count(*) AS n FROM events GROUP BY ALL ORDER BY ALL;"

    written = export_query(snapshot, None, tmp_path, "csv", query)

    assert written == {"query.csv": 3}
    assert (tmp_path / "query.csv").read_text(encoding="utf-8") == "event_type,n\nAID,2\nCONSULT,2\nSUPPORT,2\n"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("DROP VIEW events", "one SELECT is allowed"),
        ("SELECT 1; SELECT 2", "one SELECT is allowed"),
        ("COPY events TO 'x.csv'", "one SELECT is allowed"),
        ("", "one SELECT is allowed"),
        ("SELECT nothing FROM events", "the tables are documents, dyad_month"),
        ("SELEKT", "the tables are"),
        ("SELECT * FROM read_text('/etc/hostname')", "file system operations are disabled"),
        ("SELECT * FROM read_csv('/etc/passwd')", "file system operations are disabled"),
    ],
)
def test_queries_can_only_read_the_tables(snapshot, query, words):
    with opened_tables(snapshot) as connection, pytest.raises(DataError, match=words):
        run_query(connection, query).fetchall()


def test_the_lock_on_files_cannot_be_undone(snapshot):
    with opened_tables(snapshot) as connection, pytest.raises(duckdb.Error, match="locked"):
        connection.execute("SET enable_external_access = true")


def test_without_imports_their_table_is_empty(snapshot):
    with opened_tables(snapshot) as connection:
        assert run_query(connection, "SELECT count(*) FROM imported_events").fetchall() == [(0,)]
