"""Records → `Reports`: sides become countries, dates months, several sides pairs.

What enters: flat rows of `detente code` or `detente link`'s happenings beside them, coded documents, or an Arrow table
of the same columns. What leaves: `Built`, which also counts what could not be used, by reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from detente.codebook.codebook import load_codebook
from detente.errors import DataError, RecordError
from detente.interchange import Row, rows
from detente.measure.expansion import Directed, Expansion, expand
from detente.measure.periods import Step, days_of, period_number
from detente.measure.reports import Reports, event_types
from detente.records import STATUSES, CodedDocument

ONE_SOURCE = "all"


@dataclass(frozen=True, slots=True)
class Built:
    """Reports, the rows behind them by record id, and how many records of which reason were left out."""

    reports: Reports
    rows: Mapping[str, Row]
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """One pair of an event, on its way into the columns."""

    pair: Directed
    month: int
    record: str
    type: str
    score: float
    status: int
    probability: float
    source: str


@dataclass(slots=True)
class Builder:
    """Takes in rows one by one.

    `stories` maps event ids to the happening that they report; an event without one is a story of its own. `source`
    tells the class of a row's source. `step` is what `Reports.month` counts. Without `keep_rows` only what is measured
    is kept of a row. Records that say what did not happen are kept: the rules decide later.
    """

    stories: Mapping[str, str] = field(default_factory=dict)
    source: Callable[[Row], str] = lambda _: ONE_SOURCE
    expansion: Expansion = "divided"
    step: Step = "month"
    keep_rows: bool = True
    _parts: list[_Part] = field(default_factory=list)
    _rows: dict[str, Row] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _left: Counter[str] = field(default_factory=Counter)

    def add(self, row: Row) -> None:
        """Take in a row; others than events are passed over.

        Raises:
            RecordError: an event lacks a column, or holds what no event has.
        """
        if row.get("kind") != "event":
            return
        try:
            self._add(row)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise RecordError(
                f"Malformed event {row.get('id')!r} ({type(error).__name__}: {error}): the columns of `detente code "
                "--format jsonl` are needed. Code the document again."
            ) from error
        except DataError as error:
            raise RecordError(f"Malformed event {row.get('id')!r}: {error}") from error

    def _add(self, row: Row) -> None:
        if row["id"] in self._seen:
            self._left["told twice in the files"] += 1
            return
        known = load_codebook().event_type(row["type"])
        if row["status"] not in STATUSES:
            raise ValueError(f"status {row['status']!r}")
        month = period_of_row(row, self.step)
        pairs = list(expand(_countries(row["actor_codes"]), _countries(row["recipient_codes"]), self.expansion))
        if month is None:
            self._left[f"no {self.step}"] += 1
        elif not pairs:
            self._left["one side only"] += 1
        else:
            figures = (str(row["id"]), known.name, _score(row), STATUSES.index(row["status"]), _probability(row))
            self._parts += [_Part(pair, month, *figures, self.source(row)) for pair in pairs]
        self._seen.add(row["id"])
        if self.keep_rows:
            self._rows[row["id"]] = row

    def build(self) -> Built:
        """Make the table; rows stand in the order of record ids, whatever the order they came in."""
        parts = sorted(self._parts, key=lambda part: (part.record, part.pair.actor, part.pair.recipient))
        names = sorted({side for part in parts for side in (part.pair.actor, part.pair.recipient)})
        sources = sorted({part.source for part in parts})
        classes = {source: number for number, source in enumerate(sources)}
        told = [self.stories.get(part.record, part.record) for part in parts]
        stories = {story: number for number, story in enumerate(sorted(set(told)))}
        place = {name: number for number, name in enumerate(names)}
        types = {name: number for number, name in enumerate(event_types())}
        reports = Reports(
            actor=np.array([place[part.pair.actor] for part in parts], dtype=np.int64),
            recipient=np.array([place[part.pair.recipient] for part in parts], dtype=np.int64),
            month=np.array([part.month for part in parts], dtype=np.int64),
            type=np.array([types[part.type] for part in parts], dtype=np.int64),
            score=np.array([part.score for part in parts], dtype=np.float64),
            status=np.array([part.status for part in parts], dtype=np.int64),
            share=np.array([part.pair.share for part in parts], dtype=np.float64),
            probability=np.array([part.probability for part in parts], dtype=np.float64),
            mutual=np.array([part.pair.mutual for part in parts], dtype=np.bool_),
            story=np.array([stories[story] for story in told], dtype=np.int64),
            source=np.array([classes[part.source] for part in parts], dtype=np.int64),
            record=np.array([part.record for part in parts], dtype=object),
            names=tuple(names),
            sources=tuple(sources),
            step=self.step,
        )
        return Built(reports, self._rows, dict(sorted(self._left.items())))


def reports_of(documents: Iterable[CodedDocument], **options: Any) -> Built:
    """Reports of coded documents; options are those of `Builder`."""
    return reports_of_rows((row for coded in documents for row in rows(coded)), **options)


def reports_of_rows(found: Iterable[Row], **options: Any) -> Built:
    """Reports of flat rows; options are those of `Builder`."""
    builder = Builder(**options)
    for row in found:
        builder.add(row)
    return builder.build()


def reports_of_table(table: Any, **options: Any) -> Built:
    """Reports of a `pyarrow.Table` with the columns of the flat rows; options are those of `Builder`."""
    return reports_of_rows((row for batch in table.to_batches() for row in batch.to_pylist()), **options)


def by_speaker(row: Row) -> str:
    """Source class: who vouches for the event, `document` where the document itself does."""
    return str(row.get("attribution") or "document").split(";")[-1]


def _countries(codes: str | None) -> list[str]:
    return [code.partition(":")[0] for code in codes.split(";")] if codes else []


def period_of_row(row: Row, step: Step) -> int | None:
    """The step of the event; that of publication where the text gives none; None where neither does.

    A date that is coarser than the step, such as a month where weeks are asked for, gives way to a day of publication
    that lies in it, and else to none.
    """
    told, published = ((row.get(name) or "").partition("/")[0] for name in ("date", "published"))
    needed = {"week": 10, "month": 7, "quarter": 7, "year": 4}[step]
    if len(told) >= needed:
        return period_number(told[:needed], step)
    if len(published) < needed:
        return None
    if step == "week" and len(told) >= 4:
        first, last = days_of(told[:10])
        if not first <= days_of(published[:10])[0] <= last:
            return None
    return period_number(published[:needed], step)


def _score(row: Row) -> float:
    modes = row["modes"].split(";") if row["modes"] else ()
    return load_codebook().score(row["type"], modes)


def _probability(row: Row) -> float:
    """Rules state none and count in full."""
    return 1.0 if row["probability"] is None else float(row["probability"])
