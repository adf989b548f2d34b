"""A backup is one whole state, whoever writes meanwhile."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from detente.store.backup import back_up
from detente.store.errors import StoreError
from detente.store.project import DATABASE, open_project
from detente.store.schema import META
from store.projects import new_project


def notes(root):
    with open_project(root) as project, project.reading() as connection:
        return list(connection.scalars(select(META.c.name).order_by(META.c.name)))


def test_a_backup_holds_what_is_committed_and_not_what_is_being_written(tmp_path):
    (tmp_path / "copy # 1%").mkdir()
    with new_project(tmp_path / "project # 1%") as project:
        with project.writing() as connection:
            connection.execute(insert(META).values(name="done", value=""))
        with project.writing() as connection:
            connection.execute(insert(META).values(name="half", value=""))
            back_up(project, tmp_path / "copy # 1%" / DATABASE)

    assert notes(tmp_path / "copy # 1%") == ["created_at", "done", "format"]
    assert notes(tmp_path / "project # 1%") == ["created_at", "done", "format", "half"]
    assert [path.name for path in (tmp_path / "copy # 1%").iterdir() if path.suffix == ".part"] == []


def test_a_backup_overwrites_nothing_and_names_a_place_that_cannot_be(tmp_path):
    with new_project(tmp_path / "project") as project:
        with pytest.raises(StoreError, match="already: backups overwrite nothing"):
            back_up(project, project.database)
        with pytest.raises(StoreError, match="No backup at"):
            back_up(project, tmp_path / "no" / "such" / "copy.sqlite")
