"""Tidy tables: what stands in them, and that a folder of tables is whole or not there."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

import make
from detente.exports import TABLES, DocumentNote, Group, findings_of, load_tables, table_named, write_snapshot
from detente.exports.dates import days_of, precision_of
from detente.exports.dictionary import dictionary_page
from detente.exports.rows import CodesOn
from detente.resolve.state_codes import codes_on
from exports.samples import TEXT, coded, rows, write

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables") / "snapshot")


def test_every_table_has_the_columns_and_notes_of_the_dictionary(snapshot):
    for name in TABLES:
        schema = parquet.read_schema(snapshot / f"{name}.parquet")

        assert schema.names == [column.name for column in load_tables()[name].columns]
        assert all(field.metadata[b"description"] for field in schema)


def test_keys_of_tables_are_unique(snapshot):
    for name in TABLES:
        keys = [tuple(row[part] for part in table_named(name).key) for row in rows(snapshot / f"{name}.parquet")]

        assert len(keys) == len({*keys}) > 0, name


def test_an_event_has_its_first_sides_with_codes_and_all_sides_by_id(snapshot):
    visit = rows(snapshot / "events.parquet", "event_type = 'CONSULT'")[0]

    assert (visit["actor_id"], visit["actor_country"], visit["actor_sector"]) == ("PAK:GOV", "PAK", "GOV")
    assert (visit["actor_iso3"], visit["actor_cow"], visit["recipient_gw"]) == ("PAK", 770, 365)
    assert (visit["quad_class"], visit["score"], visit["cameo"]) == (1, 4.0, "042")
    assert (visit["date_start"], visit["date_end"], visit["date_prec"]) == (date(2018, 3, 2), date(2018, 3, 2), 1)
    assert (visit["where_prec"], visit["place_country"], visit["geonameid"]) == (1, "RUS", 524901)


def test_a_mutual_act_has_its_second_actor_as_recipient(snapshot):
    pact = rows(snapshot / "events.parquet", "event_type = 'SUPPORT'")[0]

    assert (pact["mutual"], pact["actors"], pact["recipients"]) == (True, "PAK;RUS", None)
    assert (pact["actor_id"], pact["recipient_id"], pact["recipient_cow"]) == ("PAK", "RUS", 365)
    assert (pact["date_end"], pact["date_prec"]) == (date(2018, 3, 31), 4)


def test_sides_that_the_clause_does_not_state_are_marked(snapshot):
    sides = rows(snapshot / "event_sides.parquet", "inferred")

    assert [(side["side"], side["entity_id"]) for side in sides] == [("recipient", "RUS")]


def test_every_quote_stands_at_its_place_in_the_text(snapshot):
    found = rows(snapshot / "evidence.parquet")

    assert {row["kind"] for row in found} == {"event", "stance", "statement", "membership"}
    assert all(TEXT[row["start"] : row["end"]] == row["quote"] for row in found)


def test_codes_are_those_of_the_day(tmp_path):
    event = make.event(actors=("BEN",), recipients=("DEU",), status="actual", date="1970-05-01")
    document = make.coded(entities=(make.entity("BEN"), make.entity("DEU")), events=(event,))

    sides = rows(write(tmp_path / "s", document) / "event_sides.parquet")

    assert [(side["iso3"], side["cow"], side["gw"]) for side in sides] == [("DHY", 434, 434), ("DEU", 260, 260)]


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        ("2018-03-02", 1),
        ("2018-03-02/2018-03-07", 2),
        ("2018-03-02/2018-03-08", 3),
        ("2018-03", 4),
        ("2016", 5),
        ("2016/2018", None),
        ("2016/..", None),
        ("1815-06-18", 1),
        ("2018-02-31", None),
        (None, None),
    ],
)
def test_precision_has_the_meaning_of_ucdp(value, precision):
    assert precision_of(days_of(value)) == precision


def test_dyads_have_zeros_coverage_and_both_directions_of_a_mutual_act(tmp_path):
    later = coded("b", "2018-05-01", events=(), stances=(), statements=(), memberships=())

    found = rows(write(tmp_path / "s", coded(), later) / "dyad_month.parquet")

    assert [(row["actor"], row["month"].month, row["n_events"], row["coverage"]) for row in found] == [
        ("PAK", 3, 2, 1),
        ("PAK", 4, 0, 0),
        ("PAK", 5, 0, 1),
        ("RUS", 3, 1, 1),
        ("RUS", 4, 0, 0),
        ("RUS", 5, 0, 1),
    ]
    assert [row["mean_score"] for row in found] == [4.5, None, None, 5.0, None, None]


def test_a_happening_counts_once_with_all_its_reports(tmp_path):
    first, second = coded("a"), coded("b")
    group = {
        event.id: Group("ha-1", 2, one is first) for one in (first, second) for event in one.events[:1]
    }  # fmt: skip

    folder = write(tmp_path / "s", first, second, groups=group)

    year = rows(folder / "dyad_year.parquet", "actor = 'PAK' AND recipient = 'RUS'")[0]
    assert (year["n_quad_1"], year["n_reports"], year["coverage"]) == (3, 4, 2)


def test_what_was_not_read_is_listed_and_covers_nothing(tmp_path):
    found = [*findings_of([coded()]), DocumentNote(make.document(id="fr", language="fr", published="2018-03"), False)]

    write_snapshot(found, tmp_path / "s", codes_on=codes_on)

    assert [row["document_id"] for row in rows(tmp_path / "s" / "documents.parquet", "NOT is_coded")] == ["fr"]
    assert {row["coverage"] for row in rows(tmp_path / "s" / "dyad_month.parquet")} == {1}


def test_without_documents_all_tables_are_there_and_empty(tmp_path):
    write_snapshot([], tmp_path / "s", codes_on=codes_on)

    assert all(parquet.read_metadata(tmp_path / "s" / f"{name}.parquet").num_rows == 0 for name in TABLES)


def test_lone_surrogates_become_the_replacement_character(tmp_path):
    folder = write(tmp_path / "s", make.coded(make.document(title="Moscow \ud800 Kazan")))

    assert rows(folder / "documents.parquet")[0]["title"] == "Moscow \ufffd Kazan"


def test_a_failure_leaves_the_older_tables(tmp_path):
    folder = write(tmp_path / "s")
    before = (folder / "SHA256SUMS").read_text(encoding="utf-8")

    def broken():
        yield from findings_of([coded("b")])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_snapshot(broken(), folder, codes_on=codes_on)

    assert (folder / "SHA256SUMS").read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_the_same_records_give_the_same_files(tmp_path, snapshot):
    sums = (write(tmp_path / "s") / "SHA256SUMS").read_text(encoding="utf-8")

    assert sums == (snapshot / "SHA256SUMS").read_text(encoding="utf-8")


def test_sums_are_those_of_the_files(snapshot):
    lines = (snapshot / "SHA256SUMS").read_text(encoding="utf-8").splitlines()

    assert len(lines) == len(TABLES) + 2
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((snapshot / name).read_bytes()).hexdigest() == digest


def test_the_data_package_describes_every_file(snapshot):
    package = json.loads((snapshot / "datapackage.json").read_text(encoding="utf-8"))

    assert [resource["path"] for resource in package["resources"]] == [f"{name}.parquet" for name in TABLES]
    for resource in package["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == parquet.read_schema(snapshot / resource["path"]).names
        assert {*resource["schema"]["primaryKey"]} <= {*names}
        assert {field["type"] for field in resource["schema"]["fields"]} <= {
            "string", "integer", "number", "boolean", "date",
        }  # fmt: skip


def test_the_page_on_tables_is_that_of_the_dictionary():
    assert (ROOT / "docs/reference/tables.md").read_text(encoding="utf-8") == dictionary_page()


def test_state_codes_are_what_tables_ask_for():
    lookup: CodesOn = codes_on

    assert lookup("PAK", date(2018, 1, 1)) is not None
