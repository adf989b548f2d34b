"""Adding stores each document once, with its records, and goes on after what fails."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from detente.ingest.add import add
from detente.ingest.options import AddOptions, Telling
from detente.read import Origin, ReadOptions
from detente.records import Document
from detente.store.check import check
from detente.store.entities import Renamings
from detente.store.errors import StoreError
from detente.store.originals import path_of
from detente.store.reader import read_coded
from detente.store.schema import DOCUMENTS, FAILURES, METADATA, ORIGINALS, RUNS, SOURCES
from ingest.samples import article, write_articles
from ingest.stub_coder import StubCoder, code
from read.formats import zipped
from store.projects import NOW, new_project

PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
FRENCH = "Le ministre des affaires étrangères a rencontré son homologue à Paris pour parler de la paix en Europe. " * 5


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path / "project") as made:
        yield made


@pytest.fixture
def texts(tmp_path):
    return write_articles(tmp_path / "texts", 3)


def run(project, *paths, coder=None, **options):
    return add(project, paths, coder or StubCoder(), now=lambda: NOW, options=AddOptions(**options))


def rows(project, table):
    with project.reading() as connection:
        return [row._asdict() for row in connection.execute(select(table))]


def count(project, name):
    with project.reading() as connection:
        return connection.scalar(select(func.count()).select_from(METADATA.tables[name]))


def test_documents_and_their_records_are_stored(project, texts):
    counts = run(project, texts)

    assert (counts.files, counts.coded, counts.events, counts.stances, counts.statements) == (3, 3, 3, 3, 3)
    document = rows(project, DOCUMENTS)[0]
    text = (texts / "00" / "0000.txt").read_text(encoding="utf-8")
    with project.reading() as connection:
        found = read_coded(connection, document["id"], Renamings())
    assert found == code(Document(id=document["id"], text=text, language="en"))
    assert check(project, since=NOW) == []


def test_adding_again_writes_nothing_and_codes_nothing(project, texts):
    run(project, texts)
    before = {name: count(project, name) for name in METADATA.tables}
    coder = StubCoder()
    counts = run(project, texts, coder=coder)

    after = {name: count(project, name) for name in METADATA.tables}
    assert (counts.coded, counts.known_files, coder.seen) == (0, 3, 0)
    assert {name for name in before if before[name] != after[name]} == {"runs"}


def test_new_files_beside_old_ones_are_added(project, texts):
    run(project, texts)
    write_articles(texts, 5)
    coder = StubCoder()

    assert run(project, texts, coder=coder).coded == 2
    assert coder.seen == 2


def test_the_same_text_elsewhere_is_one_document_with_two_sources(project, texts, tmp_path):
    run(project, texts)
    page = tmp_path / "reprint.md"
    page.write_text((texts / "00" / "0001.txt").read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    counts = run(project, page, read=ReadOptions(origin=Origin(publisher="TASS", published="2018-03-02")))

    assert (counts.coded, counts.known) == (0, 1)
    assert count(project, "documents") == 3
    assert [(row["publisher"], row["published"]) for row in rows(project, SOURCES)][-1] == ("TASS", "2018-03-02")


def test_the_same_text_twice_in_one_batch_is_coded_once(project, texts, tmp_path):
    (texts / "copy.txt").write_text((texts / "00" / "0001.txt").read_text(encoding="utf-8"), encoding="utf-8")
    coder = StubCoder()
    counts = run(project, texts, coder=coder)

    assert (counts.coded, counts.known, coder.seen) == (3, 1, 3)


def test_what_is_not_english_is_stored_counted_and_not_coded(project, tmp_path):
    (tmp_path / "fr.txt").write_text(FRENCH, encoding="utf-8")
    coder = StubCoder()
    counts = run(project, tmp_path / "fr.txt", coder=coder)

    (document,) = rows(project, DOCUMENTS)
    assert (counts.foreign, counts.coded, coder.seen) == (1, 0, 0)
    assert (document["state"], document["language"], document["reason"]) == (
        "foreign",
        "fr",
        "in language 'fr'; English is coded",
    )


def test_what_was_stored_as_foreign_is_coded_when_asked_for(project, tmp_path):
    path = tmp_path / "fr.jsonl"
    path.write_text(json.dumps({"text": FRENCH}) + "\n", encoding="utf-8")
    run(project, path)
    path.write_text(json.dumps({"text": FRENCH}) + "\n\n", encoding="utf-8")
    counts = run(project, path, any_language=True)

    (document,) = rows(project, DOCUMENTS)
    assert (counts.coded, document["state"], document["reason"]) == (1, "coded", None)


def test_a_document_that_breaks_the_coder_is_kept_told_and_tried_again(project, texts):
    told = []
    telling = Telling(failure=lambda where, message: told.append((where, message)))
    counts = add(project, [texts], StubCoder(breaks_on="Report 1 "), now=lambda: NOW, telling=telling)

    assert (counts.coded, counts.failed) == (2, 1)
    assert told[0][0].endswith("0001.txt")
    assert "Unexpected ValueError (cannot code Report 1 )" in told[0][1]
    assert [row["state"] for row in rows(project, DOCUMENTS)] == ["coded", "failed", "coded"]
    assert [row["path"] for row in rows(project, FAILURES)] == [told[0][0]]

    again = run(project, texts)
    assert (again.coded, again.known_files) == (1, 2)
    assert {row["state"] for row in rows(project, DOCUMENTS)} == {"coded"}


def test_a_file_that_cannot_be_read_costs_one_line_and_the_rest_is_stored(project, texts):
    (texts / "empty.txt").write_text("...", encoding="utf-8")
    counts = run(project, texts, texts / "missing.txt")

    assert (counts.coded, counts.failed) == (3, 2)
    reasons = [row["reason"] for row in rows(project, FAILURES)]
    assert "Empty text in" in reasons[0]
    assert "No file at" in reasons[1]


def test_a_picture_in_an_archive_is_counted_and_the_archive_is_not_opened_again(project, tmp_path):
    (tmp_path / "week.zip").write_bytes(zipped({"a.txt": article(1).encode(), "map.png": PICTURE, "b.jpg": PICTURE}))
    counts = run(project, tmp_path / "week.zip")

    assert (counts.coded, counts.passed_over, counts.failed) == (1, 2, 0)
    assert run(project, tmp_path / "week.zip").known_files == 1


@pytest.mark.parametrize("name", ["map.png", "maps.zip", "map.png.gz"])
def test_what_is_asked_for_by_name_and_holds_no_text_is_told_in_one_line(project, tmp_path, name):
    packed = {"maps.zip": zipped({"a.png": PICTURE, "b.png": PICTURE}), "map.png.gz": gzip.compress(PICTURE)}
    (tmp_path / name).write_bytes(packed.get(name, PICTURE))
    counts = run(project, tmp_path / name)

    assert (counts.coded, counts.passed_over, counts.failed) == (0, 0, 1)
    (failure,) = rows(project, FAILURES)
    assert name in failure["reason"]


def test_half_of_a_surrogate_pair_is_replaced_so_that_offsets_stay(project, tmp_path):
    text = f"\ud83d {article(1)}"
    path = tmp_path / "broken.jsonl"
    path.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")

    run(project, path)

    (document,) = rows(project, DOCUMENTS)
    with project.reading() as connection:
        found = read_coded(connection, document["id"], Renamings())
    assert found.document.text == text.replace("\ud83d", "\ufffd")
    assert found.events[0].evidence.start == 2


def test_originals_are_kept_unless_not_wanted(project, texts, tmp_path):
    run(project, texts / "00" / "0000.txt")
    run(project, texts / "00" / "0001.txt", keep_originals=False)

    first, second = rows(project, ORIGINALS)
    assert path_of(project.originals, first["sha256"], first["name"]).read_text(encoding="utf-8") == article(0)
    assert (second["kept"], second["complete"]) == (False, True)
    assert not path_of(project.originals, second["sha256"], second["name"]).exists()


def test_where_the_publication_date_comes_from_is_kept(project, texts):
    run(project, texts, read=ReadOptions(origin=Origin(published="2018-03")))

    (document, *_) = rows(project, DOCUMENTS)
    assert (document["published"], document["published_start"], document["published_end"]) == (
        "2018-03",
        "2018-03-01",
        "2018-03-31",
    )
    assert document["date_source"] == "flag"


def test_each_run_is_noted_with_its_counts(project, texts):
    run(project, texts)

    (noted,) = rows(project, RUNS)
    assert (noted["command"], noted["started_at"], noted["ended_at"]) == ("add", NOW, NOW)
    assert json.loads(noted["counts"])["coded"] == 3


def test_a_second_writer_is_refused_and_nothing_is_lost(project, texts):
    with (
        project.lock(doing="add", since=NOW),
        pytest.raises(StoreError, match="one writer at a time"),
    ):
        run(project, texts)

    assert run(project, texts).coded == 3


def test_other_provenance_is_another_coder(project, texts):
    coder = StubCoder()
    run(project, texts / "00" / "0000.txt", coder=coder)
    run(project, texts, coder=StubCoder(provenance=replace(coder.provenance, detente="0.2.0")))

    assert count(project, "coders") == 2


class TwiceNamedCoder(StubCoder):
    """Gives two entities one id in one document, which no table can hold."""

    def __call__(self, document, /):
        coded = super().__call__(document)
        twice = (*coded.entities, *coded.entities) if "Report 1 " in document.text else coded.entities
        return replace(coded, entities=twice)


def test_a_document_that_the_tables_cannot_hold_costs_itself_only(project, texts):
    told = []
    telling = Telling(failure=lambda where, message: told.append(message))
    counts = add(project, [texts], TwiceNamedCoder(), now=lambda: NOW, telling=telling)

    assert (counts.coded, counts.failed, len(told)) == (2, 1, 1)
    assert count(project, "documents") == 2
    assert check(project, since=NOW) == []
    assert run(project, texts).coded == 1
