"""What Alembic runs to migrate: on the connection that the caller gives, within its transaction."""

from __future__ import annotations

from alembic import context

from detente.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
