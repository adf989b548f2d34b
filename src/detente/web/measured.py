"""The relations of a project, measured once for each state of it.

What enters: a project. What leaves: `Measured`, from which pages ask for one pair or for all pairs of an actor.
Copies of a story count as `detente.measure` says; a record of a copy is told by its words, sides and type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from detente.errors import DataError
from detente.interchange import Row, rows
from detente.queries import Found, each_record, found_alone

if TYPE_CHECKING:
    from detente.measure.build import Built
    from detente.measure.index import Survey
    from detente.store.project import Project

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """Reports and survey.

    Attributes:
        survey: None where no event between two sides counts.
        by_pair: ids of all events of two countries or organisations, whatever their status, in order.
    """

    built: Built
    survey: Survey | None
    by_pair: Mapping[Pair, tuple[str, ...]]

    def pairs_of(self, actor: str) -> list[Pair]:
        """All pairs in which a country or organisation stands."""
        return sorted(pair for pair in self.by_pair if actor in pair)


class Relations:
    """Keeps what was measured until the project changes."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self._known: tuple[str, Measured] | None = None

    def measured(self) -> Measured:
        """What is measured of the project as it is now."""
        with self._lock:
            state = state_of(self._project)
            if self._known is None or self._known[0] != state:
                self._known = state, _measure(self._project)
            return self._known[1]


def state_of(project: Project) -> str:
    """A short text that changes whenever the project's database does."""
    parts = []
    for path in (project.database, project.database.with_name(project.database.name + "-wal")):
        try:
            known = path.stat()
            parts.append(f"{known.st_mtime_ns:x}-{known.st_size:x}" if known.st_size else "0")
        except FileNotFoundError:
            parts.append("0")
    return ".".join(parts)


def _measure(project: Project) -> Measured:
    from detente.measure.build import Builder
    from detente.measure.index import survey

    stories: dict[str, str] = {}
    builder = Builder(stories=stories)
    for found, row in _rows(project, "event"):
        stories[row["id"]] = _story(found, row)
        builder.add(row)
    built = builder.build()
    try:
        known = survey(built.reports) if len(built.reports) else None
    except DataError:
        known = None
    return Measured(built, known, _by_pair(built))


def _by_pair(built: Built) -> dict[Pair, tuple[str, ...]]:
    reports, found = built.reports, dict[Pair, dict[str, None]]()
    for actor, recipient, record in zip(reports.actor, reports.recipient, reports.record, strict=True):
        a, b = sorted((reports.names[actor], reports.names[recipient]))
        if a != b:
            found.setdefault((a, b), {})[str(record)] = None
    return {pair: tuple(ids) for pair, ids in sorted(found.items())}


def _rows(project: Project, kind: str) -> Iterator[tuple[Found[Any], Row]]:
    for found in each_record(project, kind):
        for row in rows(found_alone(found)):
            yield found, {**row, "id": found.id}


def _story(found: Found[Any], row: Row) -> str:
    told = (row["type"], row["actors"], row["recipients"], row["quote"])
    return "|".join((found.copy_of or found.document.id, *map(str, told)))
