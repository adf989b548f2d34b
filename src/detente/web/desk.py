"""The order in which records are reviewed, kept while one works, and which of them is next.

What enters: a question and the record that one is at. What leaves: the next record that still waits. The order is made
when it is first asked for and again when records were added; decisions do not shuffle it.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from detente.queries import Queued, RecordFilter, newest_key, queue
from detente.queries.reviewing import still_waiting

if TYPE_CHECKING:
    from detente.store.project import Project

_MOST = 2_000
_AT_ONCE = 200
_KEPT = 20
Key = tuple[str | None, RecordFilter]


class Desk:
    """Keeps the orders of the last questions."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self._orders: dict[Key, tuple[int, list[Queued]]] = {}

    def following(
        self, kind: str | None, wanted: RecordFilter, *, past: str | None, second_to: str | None
    ) -> tuple[str | None, bool]:
        """The next record behind `past`, or from the start.

        Args:
            second_to: a reviewer who judges what others have judged.

        Returns:
            Its id, None where nothing waits; and whether the end was passed, so that skipped ones come again.
        """
        ids = [one.id for one in self._order(kind, wanted, second_to)]
        reviews = wanted.reviews or ("unreviewed",)
        at = ids.index(past) + 1 if past in ids else 0
        found = self._waiting(ids[at:], reviews, second_to)
        if found is not None or not at:
            return found, False
        found = self._waiting(ids[: at - 1], reviews, second_to)
        if found is None and len(ids) == _MOST:
            with self._lock:
                self._orders.pop((kind, wanted), None)
            return self.following(kind, wanted, past=None, second_to=second_to)[0], True
        return found, True

    def _waiting(self, ids: list[str], reviews: tuple[str, ...], second_to: str | None) -> str | None:
        if second_to is not None:
            return next(iter(ids), None)
        for start in range(0, len(ids), _AT_ONCE):
            if left := still_waiting(self._project, ids[start : start + _AT_ONCE], reviews):
                return left[0]
        return None

    def _order(self, kind: str | None, wanted: RecordFilter, second_to: str | None) -> list[Queued]:
        if second_to is not None:
            return queue(self._project, kind, wanted, second_to=second_to, most=_MOST)
        key, newest = (kind, wanted), newest_key(self._project)
        with self._lock:
            known = self._orders.pop(key, None)
            if known is None or known[0] != newest:
                known = newest, queue(self._project, kind, wanted, most=_MOST)
            self._orders[key] = known
            while len(self._orders) > _KEPT:
                self._orders.pop(next(iter(self._orders)))
            return known[1]
