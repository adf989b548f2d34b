"""Results page by page: each page names where the next one begins.

A cursor holds the place of the last result in the order, not its number, so that documents which are added meanwhile
neither repeat nor hide a result.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, tuple_

from detente.queries.errors import QueryError

R = TypeVar("R")
MAX_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some results in order; `following` is the cursor of the next page, None on the last one."""

    results: tuple[R, ...]
    following: str | None


def cursor_of(day: str, key: int) -> str:
    """Name a place in the order of days and keys."""
    return base64.urlsafe_b64encode(json.dumps([day, key]).encode()).decode().rstrip("=")


def place_of(cursor: str) -> tuple[str, int]:
    """The place that a cursor names.

    Raises:
        QueryError: it is no cursor of ours.
    """
    try:
        day, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, binascii.Error) as error:
        raise _unknown(cursor) from error
    if not isinstance(day, str) or not isinstance(key, int):
        raise _unknown(cursor)
    return day, key


def beyond(
    cursor: str | None, day: ColumnElement[str], key: ColumnElement[int], *, newest_first: bool
) -> list[ColumnElement[bool]]:
    """The condition that a result comes after a cursor."""
    if cursor is None:
        return []
    place = tuple_(day, key)
    return [place < place_of(cursor)] if newest_first else [place > place_of(cursor)]


def each(page_after: Callable[[str | None], Page[R]]) -> Iterator[R]:
    """All results of a question, page by page; `page_after` gives the page behind a cursor."""
    page = page_after(None)
    yield from page.results
    while page.following is not None:
        page = page_after(page.following)
        yield from page.results


def check_limit(limit: int) -> None:
    """Raise QueryError unless a page of this length is allowed."""
    if not 1 <= limit <= MAX_LIMIT:
        raise QueryError(f"Page of {limit} results: 1 to {MAX_LIMIT} are given at once. Ask for the following page.")


def _unknown(cursor: str) -> QueryError:
    return QueryError(f"Unknown cursor {cursor!r}: that of a page's `following` is needed. Begin without one.")
