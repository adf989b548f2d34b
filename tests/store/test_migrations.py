"""The migrations make what the tables say, and their newest is the one that opening expects."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from detente.store.migrate import HEAD, MIGRATIONS, OLDER, revision
from detente.store.project import create_project
from detente.store.schema import FULL_TEXT, METADATA

NOW = "2026-01-01T00:00:00Z"
IN_THE_MIGRATIONS_ONLY = ("_fts", "_fts_data", "_fts_idx", "_fts_docsize", "_fts_config")


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def test_the_newest_migration_is_the_one_that_opening_expects():
    assert script().get_heads() == [HEAD]
    assert sorted(one.revision for one in script().walk_revisions()) == sorted([*OLDER, HEAD])


def test_the_migrations_make_the_tables_that_are_declared(tmp_path):
    def is_ours(name, kind, *_):
        return kind != "table" or not name.endswith(IN_THE_MIGRATIONS_ONLY)

    with create_project(tmp_path / "p", created_at=NOW) as project, project.reading() as connection:
        options = {"include_name": is_ours, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, METADATA) == []
        assert revision(connection) == HEAD


def test_the_full_text_indexes_are_made_and_kept_in_step_by_triggers(tmp_path):
    with create_project(tmp_path / "p", created_at=NOW) as project, project.reading() as connection:
        names = inspect(connection).get_table_names()
        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'").scalars()

        assert set(FULL_TEXT) <= set(names)
        assert set(triggers) == {f"{index}_{act}" for index in FULL_TEXT for act in ("insert", "update", "delete")}
