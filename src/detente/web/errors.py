"""What a request can be wrong with."""

from __future__ import annotations

from detente.errors import DetenteError


class WebError(DetenteError):
    """A request that cannot be answered; `status` is the HTTP status that says so."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status
