"""A project is made once, found from below, and refused where it is none of ours."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from detente.store.errors import StoreError
from detente.store.project import DATABASE, create_project, find_project, open_project
from detente.store.schema import META

NOW = "2026-01-01T00:00:00Z"


def made(folder):
    create_project(folder, created_at=NOW).close()
    return folder


def test_a_new_project_has_its_folders_and_an_empty_database_in_wal_mode(tmp_path):
    root = made(tmp_path / "relations")

    assert sorted(path.name for path in root.iterdir() if path.is_dir()) == ["originals", "snapshots"]
    with open_project(root) as project, project.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("SELECT count(*) FROM documents").scalar() == 0


def test_a_second_project_in_the_same_folder_is_refused(tmp_path):
    root = made(tmp_path / "relations")

    with pytest.raises(StoreError, match=r"A project in .* already"):
        create_project(root, created_at=NOW)


def test_a_folder_without_a_parent_is_refused(tmp_path):
    with pytest.raises(StoreError, match="its parent has to exist"):
        create_project(tmp_path / "no" / "such", created_at=NOW)


@pytest.mark.parametrize("rest", [b"", "tables"], ids=["an empty file", "an empty database"])
def test_an_interrupted_init_is_begun_again(tmp_path, rest):
    root = tmp_path / "relations"
    root.mkdir()
    if rest == "tables":
        sqlite3.connect(root / DATABASE).close()
    else:
        (root / DATABASE).write_bytes(rest)

    made(root)

    open_project(root).close()


def test_the_nearest_project_above_is_found(tmp_path):
    root = made(tmp_path / "relations")
    below = root / "originals"

    assert find_project(below) == root


def test_without_a_project_the_error_says_how_to_make_one(tmp_path):
    with pytest.raises(StoreError, match="detente init"):
        find_project(tmp_path)
    with pytest.raises(StoreError, match="detente init"):
        open_project(tmp_path)


def test_another_sqlite_file_is_no_project(tmp_path):
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()

    with pytest.raises(StoreError, match="is no database of detente"):
        open_project(tmp_path)
    with pytest.raises(StoreError, match="already"):
        create_project(tmp_path, created_at=NOW)


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / DATABASE).write_text("these are no pages of SQLite" * 100, encoding="utf-8")

    with pytest.raises(StoreError, match="is no SQLite file"):
        open_project(tmp_path)


def test_a_project_of_a_newer_version_is_refused(tmp_path):
    root = made(tmp_path / "relations")
    with sqlite3.connect(root / DATABASE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    with pytest.raises(StoreError, match=r"Revision '9999'.*Upgrade"):
        open_project(root)


def test_readers_go_on_while_one_writes_and_see_what_is_committed(tmp_path):
    with open_project(made(tmp_path / "relations")) as project:
        with project.writing() as writer:
            writer.execute(insert(META).values(name="note", value="new"))
            with project.reading() as reader:
                before = reader.scalar(select(META.c.value).where(META.c.name == "note"))
        with project.reading() as reader:
            after = reader.scalar(select(META.c.value).where(META.c.name == "note"))

    assert (before, after) == (None, "new")


def test_an_error_undoes_the_whole_transaction(tmp_path):
    with open_project(made(tmp_path / "relations")) as project:
        with pytest.raises(IntegrityError), project.writing() as writer:
            writer.execute(insert(META), [{"name": "note", "value": "new"}, {"name": "note", "value": "again"}])
        with project.reading() as reader:
            assert reader.scalar(select(META.c.value).where(META.c.name == "note")) is None
