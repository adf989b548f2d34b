"""What a question can be wrong with."""

from __future__ import annotations

from detente.errors import DetenteError


class QueryError(DetenteError):
    """A question that cannot be asked: an unknown type or status, a malformed date or cursor, nothing to search."""
