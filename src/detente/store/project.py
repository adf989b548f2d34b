"""A project: one folder with the database, the originals and the snapshots.

relations/
  detente.sqlite     documents, records, corrections: the system of record
  originals/3f/…     the files as they were added, by the hash of their bytes
  snapshots/         tables in Parquet, made from the database
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select

from detente.store.database import connect, reading, use_wal, writing
from detente.store.errors import StoreError
from detente.store.lock import Holder, writer_lock
from detente.store.migrate import check_revision, upgrade
from detente.store.schema import APPLICATION_ID, META

DATABASE = "detente.sqlite"
ORIGINALS = "originals"
SNAPSHOTS = "snapshots"
FORMAT = "detente.project/1"


@dataclass(frozen=True, slots=True)
class Project:
    """An open project. Use it in a `with` statement, which closes it."""

    root: Path
    engine: Engine

    @property
    def database(self) -> Path:
        return self.root / DATABASE

    @property
    def originals(self) -> Path:
        return self.root / ORIGINALS

    @property
    def snapshots(self) -> Path:
        return self.root / SNAPSHOTS

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the project."""
        return reading(self.engine)

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection in one transaction. Hold `lock` around it."""
        return writing(self.engine)

    def lock(self, *, doing: str, since: str) -> AbstractContextManager[Holder | None]:
        """Be the only writer; see `writer_lock`."""
        return writer_lock(self.root, doing=doing, since=since)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def create_project(root: Path, *, created_at: str) -> Project:
    """Make the folder and an empty project in it.

    Args:
        root: a folder that is missing or holds no project; its parent has to exist.
        created_at: moment in UTC, ISO 8601.

    Raises:
        StoreError: there is a project already, or the folder cannot be made.
    """
    if _is_project(root / DATABASE):
        raise StoreError(f"A project in {str(root)!r} already: a new one needs its own folder. Add to it, or choose.")
    try:
        for folder in (root, root / ORIGINALS, root / SNAPSHOTS):
            folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"No folder {str(root)!r} ({error.strerror}): its parent has to exist and to be writable. Choose another."
        ) from error
    project = Project(root, connect(root / DATABASE))
    with _closing_on_error(project), project.lock(doing="init", since=created_at):
        use_wal(project.engine)
        with project.writing() as connection:
            upgrade(connection)
            # What init was interrupted at is begun again; META is filled last, so its rows say that all is there.
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            rows = [{"name": "format", "value": FORMAT}, {"name": "created_at", "value": created_at}]
            connection.execute(insert(META), rows)
    return project


def open_project(root: Path) -> Project:
    """Open the project in a folder, bringing an older one up to date.

    Raises:
        StoreError: there is none, it is damaged, or a newer detente made it.
    """
    if not (root / DATABASE).is_file():
        raise StoreError(
            f"No project in {str(root)!r}: a folder with {DATABASE} is needed. Make one: detente init DIR."
        )
    project = Project(root, connect(root / DATABASE))
    with _closing_on_error(project):
        with project.reading() as connection:
            if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
                raise StoreError(
                    f"{str(project.database)!r} is no database of detente, or `detente init` was interrupted. Run "
                    "`detente init` on an empty folder."
                )
            is_current = check_revision(connection)
        if not is_current:
            with project.lock(doing="upgrade", since="now"), project.writing() as connection:
                upgrade(connection)
    return project


def find_project(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that holds a project.

    Raises:
        StoreError: there is none.
    """
    for folder in (start, *start.absolute().parents):
        if (folder / DATABASE).is_file():
            return folder
    raise StoreError(
        f"No project in {str(start)!r} or above it: a folder with {DATABASE} is needed. Name one with --project, or "
        "make one: detente init DIR."
    )


def _is_project(database: Path) -> bool:
    """Whether the file is anything but the rest of an interrupted `init`."""
    if not database.is_file():
        return False
    engine = connect(database)
    try:
        with reading(engine) as connection:
            if not inspect(connection).has_table("meta"):
                return bool(inspect(connection).get_table_names())
            return connection.execute(select(META.c.value)).first() is not None
    finally:
        engine.dispose()


@contextmanager
def _closing_on_error(project: Project) -> Iterator[None]:
    try:
        yield
    except BaseException:
        project.close()
        raise
