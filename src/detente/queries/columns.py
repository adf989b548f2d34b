"""All records of a project as columns of numbers: what facets are counted and relations are measured from.

What enters: a project. What leaves: `RecordColumns`, read in one pass without building a record, so that half a million
events take seconds and not minutes. Nothing is proved here: who shows a record reads it by its id, which checks its
quote against the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from detente.codebook.codebook import load_codebook
from detente.queries.filters import REVIEWS
from detente.records import STATUSES
from detente.store.kinds import KINDS
from detente.store.project import Project
from detente.store.schema import ATTRIBUTIONS, COPIES, DOCUMENTS, EVENTS, HAPPENINGS, RECORDS, REPORTS, SIDES

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

NONE = -1
REJECTED = REVIEWS.index("rejected")
_AT_ONCE = 50_000
_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands on the sides of the records, one row a place, in the order of records.

    `row` counts in the columns of records. `entity` and `country` count in `names`; `country` is -1 for what belongs to
    no country or organisation, and `alone` is then what stands for it. `acted_on` marks recipients.
    """

    row: Ints
    entity: Ints
    country: Ints
    alone: Ints
    acted_on: Flags
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vouching:
    """Who vouches for the records, one row a source; `entity` counts in the names of `Sides`."""

    row: Ints
    entity: Ints


@dataclass(frozen=True, slots=True)
class RecordColumns:
    """One row a record, in the order of keys; -1 stands for what a record does not have.

    Attributes:
        key: the key that questions to the database give.
        id: what users know it by.
        kind, review: counts in `KINDS` and `REVIEWS`.
        day, ends: ordinals of the first and last day, as `date.toordinal` has them; where the record has no date those
            of publication; -1 where that end is open or unknown.
        is_copy: its document is a near copy of another.
        publisher: counts in `publishers`.
        type, status: of events, counts in the types of the codebook and in `STATUSES`.
        score, probability: of events; NaN where there is none.
        claimed: somebody says so, and the text does not adopt it.
        month: of events, months since January of year 0: that of the event, else that of publication.
        on: of events, ordinal of the day by the same rule; the first of the month where no day is told.
        story: of events, the same number for the reports of one happening: those that `detente link` joined, or, where
            it did not look, those of near copies with the same words, sides and type.
    """

    key: Ints
    id: NDArray[Any]
    kind: Ints
    review: Ints
    day: Ints
    ends: Ints
    is_copy: Flags
    publisher: Ints
    type: Ints
    status: Ints
    score: Floats
    probability: Floats
    claimed: Flags
    month: Ints
    on: Ints
    story: Ints
    sides: Sides
    vouching: Vouching
    publishers: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.key)

    def events(self) -> Ints:
        """Rows of the events that hold."""
        return np.flatnonzero((self.kind == tuple(KINDS).index("event")) & (self.review != REJECTED))

    def rows_of(self, keys: Ints) -> Ints:
        """Rows of records by key; those that came since the columns were read are left out."""
        if not len(self.key):
            return np.zeros(0, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.key, keys), len(self.key) - 1)
        here: Ints = place[self.key[place] == keys]
        return here


def read_columns(project: Project, tell: Callable[[int], None] = lambda _: None) -> RecordColumns:
    """Read all records, rejected ones among them.

    Args:
        tell: told how many records are read.
    """
    with project.reading() as connection:
        publishers = _publishers(connection)
        parts = [_part(rows, tell) for rows in _chunks(connection, _records())] or [_part(((),) * _WIDTH, tell)]
        found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        sides, vouching = _sides(connection, found["key"])
    numbers, document = dict(publishers), found.pop("document")
    names = sorted({name for name in numbers.values() if name})
    place = {name: number for number, name in enumerate(names)}
    listed = np.array([place.get(numbers[key] or "", NONE) for key in document.tolist()], dtype=np.int64)
    story, is_copy = _stories(found, sides), found["origin"] != document
    for name in ("origin", "words", "happening"):
        del found[name]
    known: dict[str, Any] = {
        "is_copy": is_copy,
        "publisher": listed,
        "story": story,
        "sides": sides,
        "vouching": vouching,
    }
    return RecordColumns(**{**known, **found}, publishers=tuple(names))


def most_records(project: Project) -> int:
    """A number of records that the project does not exceed, without counting them."""
    with project.reading() as connection:
        return connection.scalar(select(func.max(RECORDS.c.key))) or 0


def _records() -> Select[Any]:
    """The columns as the database can give them: names as numbers, so that few texts are carried over."""
    record, event = RECORDS.c, EVENTS.c
    return (
        select(
            record.key,
            record.id,
            record.document_key,
            func.coalesce(COPIES.c.original_key, record.document_key),
            _number(record.kind, tuple(KINDS)),
            _number(record.review, REVIEWS),
            record.day,
            record.date_end,
            _number(event.type, tuple(load_codebook().types)),
            _number(event.status, STATUSES),
            event.score,
            event.probability,
            (record.attribution != "[]") & (func.coalesce(record.endorsed, 0) == 0),
            _told(record.date, DOCUMENTS.c.published),
            func.coalesce(HAPPENINGS.c.representative, NONE),
            record.quote,
        )
        .join(DOCUMENTS, DOCUMENTS.c.key == record.document_key)
        .outerjoin(EVENTS, event.record_key == record.key)
        .outerjoin(COPIES, COPIES.c.document_key == record.document_key)
        .outerjoin(REPORTS, REPORTS.c.record_key == record.key)
        .outerjoin(HAPPENINGS, HAPPENINGS.c.id == REPORTS.c.happening)
        .order_by(record.key)
    )


def _number(column: ColumnElement[str], names: tuple[str, ...]) -> ColumnElement[int]:
    return case({name: number for number, name in enumerate(names)}, value=column, else_=NONE)


def _told(date: ColumnElement[str], published: ColumnElement[str]) -> ColumnElement[str]:
    """The first text that tells a month, up to its day: that of the event, else that of publication."""
    months = [(column.like("____-__%"), func.substr(column, 1, 10)) for column in (date, published)]
    return case(*months, else_=None)


def cursor_over(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    """Rows from the driver: those of SQLAlchemy would take three times as long."""
    compiled = query.compile(connection, compile_kwargs={"render_postcompile": True})
    cursor = connection.connection.cursor()
    cursor.execute(str(compiled), [compiled.params[name] for name in compiled.positiontup or ()])
    return cursor  # type: ignore[return-value]


def _chunks(connection: Connection, query: Select[Any]) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Columns of some rows at a time."""
    rows = cursor_over(connection, query)
    while some := tuple(islice(rows, _AT_ONCE)):
        yield tuple(zip(*some, strict=True))


def _part(columns: tuple[tuple[Any, ...], ...], tell: Callable[[int], None]) -> dict[str, NDArray[Any]]:
    key, record_id, document, origin, kind, review, day, ends, type_, status, score, probability, claimed, *rest = (
        columns
    )
    told, happening, quote = rest
    tell(len(key))
    month, on = _months(told)
    whole = {
        "key": key, "document": document, "origin": origin, "kind": kind, "review": review, "type": type_,
        "status": status, "happening": happening,
    }  # fmt: skip
    return {
        **{name: np.array(values, dtype=np.int64) for name, values in whole.items()},
        "id": np.array(record_id, dtype=object),
        "day": _ordinals(day),
        "ends": _ordinals(ends),
        "score": np.array(score, dtype=np.float64),
        "probability": np.array(probability, dtype=np.float64),
        "claimed": np.array(claimed, dtype=np.bool_),
        "month": month,
        "on": on,
        "words": np.array([crc32(words.encode()) for words in quote], dtype=np.int64),
    }


def _ordinals(days: tuple[str | None, ...]) -> Ints:
    """Ordinals of ISO days; few of them differ."""
    known = {day: date.fromisoformat(day).toordinal() if day else NONE for day in set(days)}
    return np.array([known[day] for day in days], dtype=np.int64)


def _months(told: tuple[str | None, ...]) -> tuple[Ints, Ints]:
    """Months and days of texts that begin YYYY-MM."""
    known = {text: _month(text) for text in set(told)}
    both = np.array([known[text] for text in told], dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _month(text: str | None) -> tuple[int, int]:
    start = (text or "").partition("/")[0]
    try:
        first = date.fromisoformat(f"{start[:7]}-01")
        return first.year * 12 + first.month - 1, first.toordinal() + max(int(start[8:] or 1), 1) - 1
    except ValueError:
        return NONE, NONE


def _publishers(connection: Connection) -> list[tuple[int, str | None]]:
    return [(key, name) for key, name in connection.execute(select(DOCUMENTS.c.key, DOCUMENTS.c.publisher))]


def _sides(connection: Connection, keys: Ints) -> tuple[Sides, Vouching]:
    """The sides and sources of all records; names are numbered in alphabetical order."""
    side, source = SIDES.c, ATTRIBUTIONS.c
    query = select(side.record_key, side.entity, side.country, side.role == "recipient")
    record, entity, country, acted_on = _lists(
        connection, query.order_by(side.record_key, side.role, side.position), width=4
    )
    told, vouching = _lists(connection, select(source.record_key, source.entity).distinct(), width=2)
    own = {name: name.partition(":")[0] for name in set(entity)}
    names = sorted({*own, *own.values(), *country, *vouching} - {None})
    place = {name: number for number, name in enumerate(names)}
    alone = [own[one] if of is None else of for one, of in zip(entity, country, strict=True)]
    row, who, is_acted_on = np.searchsorted(keys, record), _numbers(entity, place), np.array(acted_on, dtype=np.int64)
    # Merged entities may stand twice on a side.
    _, first = np.unique((row * 2 + is_acted_on) * len(names) + who, return_index=True)
    once = np.sort(first)
    sides = Sides(
        row=row[once].astype(np.int64),
        entity=who[once],
        country=_numbers(country, {**place, None: NONE})[once],
        alone=_numbers(alone, place)[once],
        acted_on=is_acted_on[once] == 1,
        names=tuple(names),
    )
    return sides, Vouching(np.searchsorted(keys, told).astype(np.int64), _numbers(vouching, place))


def _lists(connection: Connection, query: Select[Any], *, width: int) -> tuple[list[Any], ...]:
    found: tuple[list[Any], ...] = tuple([] for _ in range(width))
    for columns in _chunks(connection, query):
        for values, column in zip(found, columns, strict=True):
            values.extend(column)
    return found


def _numbers(names: list[Any], place: Mapping[Any, int]) -> Ints:
    return np.array([place[name] for name in names], dtype=np.int64)


def _stories(found: Mapping[str, NDArray[Any]], sides: Sides) -> Ints:
    """Number the stories in the order of the least record id of each, which no order of adding changes."""
    size = len(found["key"])
    order = np.argsort(found["id"].astype("S"), kind="stable") if size else np.zeros(0, dtype=np.int64)
    linked = found["happening"] != NONE
    told = (found["origin"], found["type"], _signatures(sides, size))
    same = _same(*(np.where(linked, NONE, one) for one in told), np.where(linked, found["happening"], found["words"]))
    _, first, number = np.unique(same[order], return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    out = np.empty(size, dtype=np.int64)
    out[order] = rank[number]
    return out


def _same(*columns: Ints) -> Ints:
    """Number the rows so that those have one number which agree in all columns."""
    out = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        values, number = np.unique(column, return_inverse=True)
        _, out = np.unique(out * max(1, len(values)) + number, return_inverse=True)
    return out


def _signatures(sides: Sides, size: int) -> Ints:
    """A number that two records share if the same entities stand on the same sides in the same order."""
    out = np.zeros(size, dtype=np.uint64)
    place = np.arange(len(sides.row)) - np.searchsorted(sides.row, sides.row)
    with np.errstate(over="ignore"):
        one = (sides.entity.astype(np.uint64) * 2 + sides.acted_on + 1) * (2 * place + 1).astype(np.uint64)
        one = (one ^ (one >> np.uint64(15))) * np.uint64(0x9E3779B97F4A7C15)
        np.add.at(out, sides.row, one ^ (one >> np.uint64(31)))
    return out.view(np.int64)
