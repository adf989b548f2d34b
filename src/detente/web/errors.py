"""What a request can be wrong with."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from detente.errors import DetenteError


class WebError(DetenteError):
    """A request that cannot be answered; `status` is the HTTP status that says so."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class ErrorBody(BaseModel):
    """What is wrong."""

    status: int
    message: str


class ErrorForm(BaseModel):
    """The one shape of errors."""

    error: ErrorBody


WRONG: Final[dict[int | str, dict[str, Any]]] = {400: {"model": ErrorForm}, 404: {"model": ErrorForm}}
