"""GDELT files in, tidy rows out: what a row says in our terms, and what happens to files and rows that are broken."""

import errno
import gzip
import json
import zipfile
from datetime import date

import pytest

import detente.imports.run as run
import detente.imports.staging as staging
from detente.errors import DataError
from detente.exports import table_named
from imports.foreign import gdelt_row, rejects, table, take, write_csv, write_lines


@pytest.fixture
def out(tmp_path):
    return tmp_path / "imports"


def one(out, path, dataset="gdelt"):
    reports = take(dataset, path, out=out)
    rows = table(out)
    assert [report.error for report in reports] == [None]
    assert len(rows) == 1
    return rows[0]


def test_a_row_says_who_did_what_to_whom_when_and_where_in_our_terms(tmp_path, out):
    row = one(out, write_lines(tmp_path / "20180303.export.CSV", [gdelt_row()]))

    assert (row["event_id"], row["actor_id"], row["recipient_id"]) == ("gdelt-1", "PAK:GOV", "RUS")
    assert (row["event_type"], row["modes"], row["quad_class"], row["score"]) == ("CONSULT", "visit", 1, 4.0)
    assert (row["actor_iso3"], row["actor_cow"], row["recipient_gw"]) == ("PAK", 770, 365)
    assert (row["date_start"], row["date_prec"], row["year"]) == (date(2018, 3, 2), 1, 2018)
    assert (row["place_country"], row["where_prec"], row["latitude"]) == ("RUS", 1, 55.75)
    assert (row["intensity"], row["n_reports"], row["cameo"]) == (1.9, 7, "042")


def test_a_row_tells_where_it_comes_from(tmp_path, out):
    row = one(out, write_lines(tmp_path / "20180303.export.CSV", [gdelt_row()]))

    assert (row["dataset"], row["source_file"], row["source_row"]) == ("gdelt", "20180303.export.CSV", 1)
    assert (row["url"], row["source_event_id"], row["source_actor"]) == ("https://example.org/a", "1", "PAKGOV")
    assert row["published"] == date(2018, 3, 3)


@pytest.mark.parametrize("last", [58, 57])
def test_files_of_gdelt_1_with_and_without_address_are_read(tmp_path, out, last):
    line = "\t".join(gdelt_row("gdelt-1").split("\t")[:last])

    row = one(out, write_lines(tmp_path / "a.csv", [line]))

    assert row["url"] == ("https://example.org/a" if last == 58 else None)
    assert (row["latitude"], row["place"]) == (55.75, "Moscow, Moskva, Russia")


def test_a_file_with_a_header_and_quotation_marks_is_read(tmp_path, out):
    cells = {
        "GLOBALEVENTID": "5", "SQLDATE": "20180302", "Actor1Code": "PAK", "Actor1CountryCode": "PAK",
        "Actor2Code": "RUS", "Actor2CountryCode": "RUS", "EventCode": "0311", "ActionGeo_FullName": "Moscow, Russia",
    }  # fmt: skip

    row = one(out, write_csv(tmp_path / "a.csv", [cells]))

    assert (row["event_type"], row["place"], row["source_row"]) == ("AGREE", "Moscow, Russia", 1)


def test_a_host_of_a_visit_is_its_recipient(tmp_path, out):
    row = one(out, write_lines(tmp_path / "a.csv", [gdelt_row(eventcode="043")]))

    assert (row["actor_id"], row["recipient_id"], row["modes"]) == ("RUS", "PAK:GOV", "visit")
    assert (row["source_actor"], row["source_recipient"]) == ("PAKGOV", "RUS")


def test_mere_statements_are_kept_without_a_type(tmp_path, out):
    row = one(out, write_lines(tmp_path / "a.csv", [gdelt_row(eventcode="010")]))

    assert (row["event_type"], row["quad_class"], row["score"], row["cameo"]) == (None, None, None, "010")


ACTORS = {
    "renamed": ({"actor1countrycode": "ROM"}, ("ROU:GOV", "ROU", 360)),
    "former state": ({"actor1countrycode": "SUN", "sqldate": "19850302"}, ("SUN:GOV", "SUN", 365)),
    "no longer a state": ({"actor1countrycode": "SUN"}, ("SUN:GOV", None, None)),
    "former name": ({"actor1countrycode": "BEN", "sqldate": "19700302"}, ("BEN:GOV", "DHY", 434)),
    "region": ({"actor1countrycode": "AFR", "actor1code": "AFRGOV"}, ("AFRGOV", None, None)),
    "organisation": (
        {"actor1countrycode": "", "actor1knowngroupcode": "UNO", "actor1code": "IGOUNO"},
        ("UN", None, None),
    ),
    "armed group": ({"actor1countrycode": "PSE", "actor1knowngroupcode": "HMS"}, ("hamas", "PSE", None)),
    "state at an organisation": ({"actor1countrycode": "USA", "actor1knowngroupcode": "UNO"}, ("USA:GOV", "USA", 2)),
    "sector alone": (
        {"actor1countrycode": "", "actor1code": "COP", "actor1type1code": "COP"},
        ("COP", None, None),
    ),
    "nobody": ({"actor1countrycode": "", "actor1code": "", "actor1type1code": ""}, (None, None, None)),
}


def test_actors_have_our_ids_and_the_codes_of_the_day(tmp_path, out):
    lines = [gdelt_row(globaleventid=name, **cells) for name, (cells, _) in ACTORS.items()]
    take("gdelt", write_lines(tmp_path / "a.csv", lines), out=out)

    found = {row["source_event_id"]: (row["actor_id"], row["actor_iso3"], row["actor_cow"]) for row in table(out)}

    assert found == {name: expected for name, (_, expected) in ACTORS.items()}


def test_broken_rows_are_listed_with_file_line_and_reason_and_the_rest_is_taken(tmp_path, out):
    lines = [
        gdelt_row(globaleventid=1), "", gdelt_row(globaleventid=2, sqldate="20180231"), "too\tshort",
        gdelt_row(globaleventid=3, eventcode="---"), gdelt_row(globaleventid=4), gdelt_row(globaleventid=""),
    ]  # fmt: skip

    reports = take("gdelt", write_lines(tmp_path / "a.csv", lines), out=out)

    assert [(report.rows, report.rejected) for report in reports] == [(2, 4)]
    assert [(row["source_event_id"], row["source_row"]) for row in table(out)] == [("1", 1), ("4", 6)]
    assert rejects(out) == [
        ("a.csv", 3, "no day in the date '20180231'"),
        ("a.csv", 4, "fewer fields than 61"),
        ("a.csv", 5, "unknown event code '---'"),
        ("a.csv", 7, "no event id"),
    ]


def test_rows_of_many_files_are_counted_in_their_own_file(tmp_path, out):
    paths = [
        write_lines(tmp_path / f"{name}.csv", [gdelt_row(globaleventid=f"{name}{i}") for i in range(size)])
        for name, size in (("a", 3), ("b", 1), ("c", 2))
    ]

    reports = take("gdelt", *paths, out=out)

    assert [(report.name, report.rows) for report in reports] == [("a.csv", 3), ("b.csv", 1), ("c.csv", 2)]
    assert all(row["source_event_id"] == f"{row['source_file'][0]}{row['source_row'] - 1}" for row in table(out))
    assert len(list(out.glob("gdelt/*"))) == 1


def test_the_number_of_threads_does_not_matter(tmp_path):
    lines = [gdelt_row(globaleventid=i, sqldate=f"{2000 + i % 7}0302") for i in range(5_000)]
    path = write_lines(tmp_path / "a.csv", lines)

    tables = []
    for threads in (1, 2):
        take("gdelt", path, out=tmp_path / str(threads), threads=threads)
        tables.append(table(tmp_path / str(threads)))

    assert tables[0] == tables[1]
    assert [row["source_row"] for row in tables[0]] == list(range(1, 5_001))
    assert [row["source_event_id"] for row in tables[0]] == [str(i) for i in range(5_000)]


def test_zips_and_gzips_are_unpacked(tmp_path, out):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../../a.csv", gdelt_row(globaleventid=1))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(gdelt_row(globaleventid=2).encode()))

    take("gdelt", tmp_path / "a.zip", tmp_path / "b.csv.gz", out=out)

    assert [(row["source_file"], row["source_event_id"]) for row in table(out)] == [("a.zip", "1"), ("b.csv.gz", "2")]
    assert not list(tmp_path.parent.glob("a.csv"))


def test_a_file_that_is_there_is_not_read_again_under_any_name(tmp_path, out):
    path = write_lines(tmp_path / "a.csv", [gdelt_row()])
    take("gdelt", path, out=out)

    reports = take("gdelt", path, path.rename(tmp_path / "b.csv"), tmp_path / "b.csv", out=out)

    assert [report.is_known for report in reports if report.error is None] == [True, True]
    assert len(table(out)) == 1


def test_a_broken_file_is_named_and_the_rest_is_taken(tmp_path, out):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 no zip at all")
    whole = zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED)
    whole.writestr("b.csv", "\n".join(gdelt_row(globaleventid=i) for i in range(500)))
    whole.close()
    data = bytearray((tmp_path / "b.zip").read_bytes())
    data[60:90] = bytes(30)
    (tmp_path / "b.zip").write_bytes(data)
    good = write_lines(tmp_path / "c.csv", [gdelt_row()])

    reports = take("gdelt", tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "missing.csv", good, out=out)

    errors = {report.name: report.error for report in reports if report.error is not None}
    assert set(errors) == {"a.zip", "b.zip", "missing.csv"}
    assert "gdelt files are" in errors["a.zip"]
    assert "Unreadable file" in errors["b.zip"]
    assert [row["source_file"] for row in table(out)] == ["c.csv"]


def test_a_file_of_something_else_is_refused_with_what_is_allowed(tmp_path, out):
    reports = take("gdelt", write_lines(tmp_path / "a.csv", ["a,b", "1,2"]), out=out)

    assert "1 fields by tab, 2 by comma" in reports[0].error
    assert "tab-separated with 61 fields" in reports[0].error


def test_an_unknown_data_set_is_refused(tmp_path, out):
    with pytest.raises(DataError, match="nearest"):
        take("gdelta", tmp_path / "a.csv", out=out)


def test_line_ends_marks_and_broken_bytes_are_repaired_and_counted(tmp_path, out):
    line = gdelt_row(actor1name="CAF\xc9").encode("latin-1")
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + line + b"\r\n" + gdelt_row(globaleventid=2).encode() + b"\r\n")

    reports = take("gdelt", tmp_path / "a.csv", out=out)

    assert [(report.rows, report.rejected, report.repaired) for report in reports] == [(2, 0, 1)]
    assert [(row["actor_name"], row["source_event_id"]) for row in table(out)] == [
        ("CAF\ufffd", "1"),
        ("PAKISTAN", "2"),
    ]


def test_a_line_without_end_is_refused(tmp_path, out):
    (tmp_path / "a.csv").write_bytes(b"x" * (3 << 20))

    assert "is longer than 1 MiB" in take("gdelt", tmp_path / "a.csv", out=out)[0].error


def test_an_interrupted_import_leaves_nothing_and_goes_on_where_it_stopped(tmp_path, out, monkeypatch):
    path = write_lines(tmp_path / "a.csv", [gdelt_row()])

    def full(*_):
        raise OSError("No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(run, "_describe", full)
        with pytest.raises(DataError, match="No space left"):
            take("gdelt", path, out=out)
    assert list((out / "gdelt").iterdir()) == []

    assert [report.rows for report in take("gdelt", path, out=out)] == [1]


def test_a_full_disk_is_told_as_such_and_leaves_nothing(tmp_path, out, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", gdelt_row())
    monkeypatch.setattr(staging, "_survey", full)

    with pytest.raises(DataError, match=r"Unwritable directory .*make room"):
        take("gdelt", tmp_path / "a.zip", out=out)

    assert list((out / "gdelt").iterdir()) == []


def test_what_was_read_is_written_down_beside_the_rows(tmp_path, out):
    path = write_lines(tmp_path / "a.csv", [gdelt_row(), "broken"])
    take("gdelt", path, out=out)

    told = json.loads(next(out.glob("gdelt/*/import.json")).read_text(encoding="utf-8"))

    assert (told["layout"], told["codebook"]) == ("gdelt-2", "0.8")
    assert {name: told["files"][0][name] for name in ("name", "rows", "rejected")} == {
        "name": "a.csv", "rows": 1, "rejected": 1,
    }  # fmt: skip


def test_columns_are_those_of_the_data_dictionary(tmp_path, out):
    row = one(out, write_lines(tmp_path / "a.csv", [gdelt_row()]))

    assert tuple(row) == tuple(column.name for column in table_named("imported_events").columns)


def test_joins_keep_the_codes_in_memory_and_not_the_rows(tmp_path, out, monkeypatch):
    plans, copy = [], run._copy

    def explained(connection, query, *rest):
        plans.append(connection.execute(f"EXPLAIN {query}").fetchall()[0][1])
        return copy(connection, query, *rest)

    monkeypatch.setattr(run, "_copy", explained)
    one(out, write_lines(tmp_path / "a.csv", [gdelt_row()]))

    assert "LEFT" in plans[0]
    assert "RIGHT" not in plans[0]
