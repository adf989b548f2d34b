"""The database's form through the versions of detente: Alembic migrations that come with the package."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from detente.store.errors import StoreError

# The newest file in migrations/versions. A constant, so that opening a project need not load Alembic; a test
# compares the two.
HEAD = "0001"
MIGRATIONS = Path(__file__).with_name("migrations")
# Revisions that this version can bring up to date.
OLDER: tuple[str, ...] = ()


def revision(connection: Connection) -> str | None:
    """The revision that the database is at; None where it has no tables of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def check_revision(connection: Connection) -> bool:
    """Tell whether the database is at the newest revision.

    Raises:
        StoreError: its revision is unknown, as that of a newer detente is.
    """
    found = revision(connection)
    if found not in (HEAD, *OLDER):
        raise StoreError(
            f"Revision {found!r} of {connection.engine.url.database!r}: this version knows up to {HEAD!r}. Upgrade "
            "detente, which made the project in a newer version."
        )
    return found == HEAD


def upgrade(connection: Connection, *, to: str = "head") -> None:
    """Run the migrations that are missing, within the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, to)
