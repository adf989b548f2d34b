"""The relations of a project, measured once for each state of it.

What enters: a project. What leaves: `Measured`, from which pages ask for one pair or for all pairs of an actor.
A project of up to `AT_ONCE` records is measured anew before the page that asks; a larger one in the background, while
pages show the figures of the state before and say from when they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock, RLock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from detente.errors import DataError, DetenteError
from detente.interchange import Row, rows
from detente.queries import found_alone, record

if TYPE_CHECKING:
    from detente.measure.build import Built
    from detente.measure.calibration import Calibration
    from detente.measure.index import Survey
    from detente.measure.rules import Rules
    from detente.queries.columns import Ints, RecordColumns
    from detente.queries.reports import Paired
    from detente.store.project import Project

T = TypeVar("T")
Pair = tuple[str, str]
AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Measured:
    """Reports and survey of one state of a project.

    Attributes:
        state: of `state_of`.
        at: moment of measuring, UTC.
        columns: all records, in numbers.
        built: the reports; its rows are read from the project when they are asked for.
        survey: None where no event between two sides counts.
    """

    project: Project
    state: str
    at: str
    columns: RecordColumns
    built: Built
    paired: Paired
    survey: Survey | None
    _made: dict[object, Any] = field(default_factory=dict)
    _lock: Any = field(default_factory=RLock)

    @property
    def by_pair(self) -> EventsByPair:
        """Ids of all events of two countries or organisations, whatever their status, in order."""
        return self.once("by pair", lambda: EventsByPair(self.columns, self.paired))

    def pairs_of(self, actor: str) -> list[Pair]:
        """All pairs in which a country or organisation stands."""
        return [pair for pair in self.paired.pairs if actor in pair]

    def once(self, name: object, make: Callable[[], T]) -> T:
        """What is made from these figures, made once: `name` tells it from other things."""
        with self._lock:
            if name not in self._made:
                self._made[name] = make()
            made: T = self._made[name]
            return made

    def survey_by(self, rules: Rules) -> Survey | None:
        """The survey by other rules, over the same months; None where nothing counts by them."""
        known = None if self.survey is None else self.survey.calibration
        return self.once(rules, lambda: _survey(self.built, rules, known))


class EventsByPair(Mapping[Pair, tuple[str, ...]]):
    """Ids by pair, put together when they are asked for."""

    def __init__(self, columns: RecordColumns, paired: Paired) -> None:
        self._columns, self._paired = columns, paired
        self._place = {pair: number for number, pair in enumerate(paired.pairs)}

    def rows_of(self, pair: Pair) -> Ints:
        """Rows in the columns of the events of a pair, by id; none for a pair that is not told of."""
        place = self._place.get(pair)
        return self._paired.row[:0] if place is None else self._paired.rows_of(place)

    def __getitem__(self, pair: Pair) -> tuple[str, ...]:
        if pair not in self._place:
            raise KeyError(pair)
        return tuple(self._columns.id[self.rows_of(pair)])

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._paired.pairs)

    def __len__(self) -> int:
        return len(self._paired.pairs)


class _Rows(Mapping[str, Row]):
    """Flat rows of events by id, each read and proved when it is asked for."""

    def __init__(self, project: Project, ids: Ints) -> None:
        self._project, self._ids = project, ids

    def __getitem__(self, record_id: str) -> Row:
        found = record(self._project, record_id)
        (row,) = rows(found_alone(found))
        return {**row, "id": found.id}

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class Relations:
    """Keeps what was measured until the project changes."""

    def __init__(self, project: Project, now: Callable[[], str], *, at_once: int = AT_ONCE) -> None:
        self._project = project
        self._now = now
        self._at_once = at_once
        self._lock = Lock()
        self._known: Measured | None = None
        self._size: tuple[str, int] = ("", 0)
        self._work: Thread | None = None
        self._failed: tuple[str, DetenteError] | None = None

    def measured(self) -> Measured:
        """What is measured of the project as it is now; of a large one that changed, as it was a moment ago.

        Raises:
            DetenteError: the project cannot be read.
        """
        known = self.glance()
        while known is None:
            with self._lock:
                work = self._work
            if work is not None:
                work.join()
            known = self.glance()
        return known

    def glance(self) -> Measured | None:
        """The same without waiting: None while a large project is measured for the first time."""
        state = state_of(self._project)
        with self._lock:
            if self._failed is not None and self._failed[0] == state:
                raise self._failed[1]
            if self._known is not None and self._known.state == state:
                return self._known
            if self._is_small(state):
                self._known = measure(self._project, state, self._now())
            elif self._work is None:
                self._work = Thread(target=self._measure, args=(state,), name="measuring", daemon=True)
                self._work.start()
            return self._known

    @property
    def is_behind(self) -> bool:
        """Whether the project has changed since what is known was measured."""
        return self._known is not None and self._known.state != state_of(self._project)

    def state(self) -> str:
        """A short text that changes whenever the answers do: with the project, and with its figures."""
        state, known = state_of(self._project), self._known
        if self._is_small(state):
            return state
        return f"{state}/{known.state if known is not None else ''}"

    def _measure(self, state: str) -> None:
        try:
            made = measure(self._project, state, self._now())
            _prepare(made)
            with self._lock:
                self._known = made
        except DetenteError as error:
            with self._lock:
                self._failed = state, error
        finally:
            with self._lock:
                self._work = None

    def _is_small(self, state: str) -> bool:
        from detente.queries.columns import most_records

        if self._size[0] != state:
            self._size = state, most_records(self._project)
        return self._size[1] <= self._at_once


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


def measure(project: Project, state: str, at: str) -> Measured:
    """Read all events and survey them; `at` is the moment.

    Raises:
        DetenteError: the project cannot be read.
    """
    from detente.measure.build import Built
    from detente.measure.rules import Rules
    from detente.queries.columns import read_columns
    from detente.queries.reports import reports_of_columns

    columns = read_columns(project)
    reports, paired, left_out = reports_of_columns(columns)
    built = Built(reports, _Rows(project, columns.id[columns.events()]), left_out)
    return Measured(project, state, at, columns, built, paired, _survey(built, Rules(), None))


def _survey(built: Built, rules: Rules, calibration: Calibration | None) -> Survey | None:
    from detente.measure.index import survey

    reports = built.reports
    if not len(reports):
        return None
    # Words and deeds are compared month by month: both over all months.
    whole = rules.channel != "all"
    span = {"first": int(reports.month.min()), "last": int(reports.month.max())} if whole else {}
    try:
        return survey(reports, rules, **span, calibration=calibration)
    except DataError:
        return None


def _prepare(known: Measured) -> None:
    """Make what every page of a pair asks for, so that the first one need not wait for it."""
    from detente.measure.rules import Rules
    from detente.web.movers import alerts_in, movers_in

    for rules in (Rules(directed=True), Rules(channel="verbal"), Rules(channel="material")):
        known.survey_by(rules)
    movers_in(known)
    alerts_in(known)
