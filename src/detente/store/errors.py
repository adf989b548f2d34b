"""What a project raises: one error for all that can go wrong with it on disk."""

from __future__ import annotations

from detente.errors import DetenteError


class StoreError(DetenteError):
    """A project that is missing, damaged, in use by another writer, or without space."""
