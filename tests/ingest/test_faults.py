"""Whatever ends an `add`, what is stored is whole, and running it again gives what an undisturbed run gives."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from detente.ingest.add import add
from detente.store.check import check
from detente.store.errors import StoreError
from detente.store.lock import NOTE
from detente.store.project import Project, open_project
from detente.store.schema import DOCUMENTS, METADATA, ORIGINALS
from ingest.adding import Fate, start
from ingest.samples import write_articles
from ingest.stub_coder import StubCoder
from store.projects import NOW, new_project

DOCUMENTS_ADDED = 200
KILLS = 20
# What happened, not what is stored.
OF_RUNS = {"runs", "failures"}


def content(project: Project) -> dict[str, list[tuple]]:
    """All rows of all tables that say what is stored."""
    found = {}
    with project.reading() as connection:
        for name, table in METADATA.tables.items():
            if name not in OF_RUNS:
                columns = [column for column in table.c if column.name not in ("run_key", "path")]
                found[name] = sorted(map(repr, map(tuple, connection.execute(select(*columns)))))
    return found


def kept(project: Project) -> set[str]:
    return {path.relative_to(project.root).as_posix() for path in project.originals.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def texts(tmp_path_factory) -> Path:
    return write_articles(tmp_path_factory.mktemp("articles") / "texts", DOCUMENTS_ADDED)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, texts) -> tuple[dict, set[str]]:
    with new_project(tmp_path_factory.mktemp("undisturbed") / "project") as project:
        add(project, [texts], StubCoder(), now=lambda: NOW)
        return content(project), kept(project)


def number_stored(project: Project) -> int:
    with project.reading() as connection:
        return connection.scalar(select(func.count()).select_from(DOCUMENTS))


@pytest.mark.slow
def test_killed_at_twenty_moments_and_resumed_it_is_as_if_undisturbed(tmp_path, texts, undisturbed):
    """The process is killed within a transaction or between two, before a statement that is drawn."""
    chance = random.Random(1)
    numbers = []
    with new_project(tmp_path / "project") as project:
        for _ in range(KILLS):
            process = start(project.root, texts, Fate(killed_at=chance.randrange(1, 120)))
            process.join(120)
            assert process.exitcode == -signal.SIGKILL
            numbers.append(number_stored(project))
        assert 0 < numbers[-1] < DOCUMENTS_ADDED
        assert len(set(numbers)) > KILLS // 2
        assert check(project, since=NOW) == []

        add(project, [texts], StubCoder(), now=lambda: NOW)

        assert (content(project), kept(project)) == undisturbed
        assert check(project, since=NOW) == []


def test_an_interrupt_from_the_keyboard_leaves_whole_documents(tmp_path, texts, undisturbed):
    coder = InterruptedCoder(after=70)
    with new_project(tmp_path / "project") as project:
        with pytest.raises(KeyboardInterrupt):
            add(project, [texts], coder, now=lambda: NOW)
        assert number_stored(project) == 64
        assert check(project, since=NOW) == []

        add(project, [texts], StubCoder(), now=lambda: NOW)
        assert (content(project), kept(project)) == undisturbed


class InterruptedCoder(StubCoder):
    def __init__(self, after: int) -> None:
        super().__init__()
        self._after = after

    def __call__(self, document, /):
        if self.seen >= self._after:
            raise KeyboardInterrupt
        return super().__call__(document)


def test_a_full_disk_is_one_clear_line_and_nothing_is_half_stored(tmp_path, texts, undisturbed):
    with new_project(tmp_path / "project") as project:
        pages = project.database.stat().st_size // 4096 + 100
        process = start(project.root, texts, Fate(pages=pages, told=tmp_path / "told"))
        process.join(120)
        told = (tmp_path / "told").read_text(encoding="utf-8")

        assert process.exitcode == 2
        assert "No space left for" in told
        assert "what is stored stays" in told
        assert 0 < number_stored(project) < DOCUMENTS_ADDED
        assert check(project, since=NOW) == []

        add(project, [texts], StubCoder(), now=lambda: NOW)
        assert (content(project), kept(project)) == undisturbed


def test_two_writers_at_once_leave_one_to_its_work(tmp_path, texts, undisturbed):
    with new_project(tmp_path / "project") as project:
        process = start(project.root, texts, Fate(held_until=tmp_path / "go"))
        while process.is_alive() and not (project.root / NOTE).exists():
            time.sleep(0.01)
        with pytest.raises(StoreError, match=f"process {process.pid} on"):
            add(project, [texts], StubCoder(), now=lambda: NOW)
        (tmp_path / "go").touch()
        process.join(120)

        assert process.exitcode == 0
        assert content(project) == undisturbed[0]


def test_readers_see_whole_documents_while_one_writes(tmp_path, texts):
    with new_project(tmp_path / "project") as project:
        process = start(project.root, texts, Fate())
        tables = [METADATA.tables[name] for name in ("documents", "texts", "events", "mentions")]
        seen = set()
        while process.is_alive():
            with open_project(project.root) as reader, reader.reading() as connection:
                seen.add(tuple(connection.scalar(select(func.count()).select_from(table)) for table in tables))
        process.join(120)

        assert all(len(set(numbers)) == 1 for numbers in seen)
        assert number_stored(project) == DOCUMENTS_ADDED


def test_a_damaged_original_and_a_changed_text_are_found(tmp_path, texts):
    with new_project(tmp_path / "project") as project:
        add(project, [texts / "00" / "0000.txt", texts / "00" / "0001.txt"], StubCoder(), now=lambda: NOW)
        path = next(path for path in project.originals.rglob("*") if path.is_file())
        path.write_bytes(b"other")
        with project.writing() as connection:
            connection.exec_driver_sql(
                "UPDATE texts SET text = replace(text, 'spring', 'winter') WHERE document_key = 1"
            )
        with project.reading() as connection:
            name = connection.scalar(select(DOCUMENTS.c.id).where(DOCUMENTS.c.key == 1))
            original = connection.scalar(select(ORIGINALS.c.sha256).order_by(ORIGINALS.c.sha256).limit(1))

        faults = [(fault.where.split()[0], fault.what.split(":")[0]) for fault in check(project, since=NOW)]

    assert original is not None
    assert name is not None
    assert ("original", "was changed") in faults
    assert ("document", "has another text than was stored") in faults


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE records SET quote = 'Pakistan met Mars' WHERE key = 1", "has other words in its columns"),
        ("DELETE FROM texts_fts WHERE rowid = 1", "is not in step with texts"),
        ("DELETE FROM events WHERE record_key = 1", "has no row in events"),
        ("DELETE FROM mentions; DELETE FROM documents WHERE key = 2", "refers to a row of documents that is not there"),
    ],
)
def test_damaged_rows_are_found(tmp_path, texts, damage, found):
    with new_project(tmp_path / "project") as project:
        add(project, [texts / "00"], StubCoder(), now=lambda: NOW)
        with project.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys = OFF")
            for statement in damage.split("; "):
                raw.execute(statement)
            raw.execute("PRAGMA foreign_keys = ON")

        assert [fault for fault in check(project, since=NOW) if found in fault.what]
