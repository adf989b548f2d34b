"""Shared organisations: to what two states belong together, day by day, and since when.

What enters: plain `Belonging`s, from a table or from membership records. What leaves: spells in which both belong.
Dates are as coarse as the sources: where a year alone is known, a day in it is unsure, which is said and not guessed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np

from detente.errors import DataError
from detente.measure.reports import Floats

METHOD_VERSION = "detente.shared/1"
FULL = frozenset({"member", "founder"})


@dataclass(frozen=True, slots=True)
class Belonging:
    """One state's time in an organisation in one status.

    `since` and `until` are ISO days, months or years; None is unknown, or still so. It runs up to, not including, the
    day on which it ended. `record` is the id of the record, or the line of the table, that says so.
    """

    member: str
    organisation: str
    status: str
    since: str | None
    until: str | None
    record: str = ""

    def begins(self) -> tuple[date, date]:
        """First and last day on which it may have begun; of an unknown beginning, the first day of all."""
        return (date.min, date.min) if self.since is None else _days(self.since)

    def ends(self) -> tuple[date, date]:
        """First and last day on which it may have ended."""
        return (date.max, date.max) if self.until is None else _days(self.until)


@dataclass(frozen=True, slots=True)
class SharedSpell:
    """A time in which two states belong to one organisation.

    Each end has the first and the last day that it may fall on; they are one where the day is known.
    """

    organisation: str
    begins: tuple[date, date]
    ends: tuple[date, date]
    records: tuple[str, ...]

    def holds(self, on: date) -> bool | None:
        """Whether it held on a day; None where the dates are too coarse to tell."""
        if on < self.begins[0] or on >= self.ends[1]:
            return False
        return True if self.begins[1] <= on < self.ends[0] else None


@dataclass(frozen=True, slots=True)
class SharedChange:
    """A day on which what two states share changes; `is_exact` is False where `day` stands for a month or a year."""

    day: date
    is_exact: bool
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    count: int


def shared_spells(
    belongings: Iterable[Belonging], a: str, b: str, *, statuses: Iterable[str] = FULL
) -> tuple[SharedSpell, ...]:
    """The spells that two states share, by begin and organisation. Spells that follow on each other are joined.

    Args:
        belongings: of any states; others are passed over.
        statuses: those that count, full members by default.

    Raises:
        DataError: a date is none.
    """
    wanted = frozenset(statuses)
    held: dict[str, dict[str, list[Belonging]]] = {a: {}, b: {}}
    for one in belongings:
        if one.member in held and one.status in wanted:
            held[one.member].setdefault(one.organisation, []).append(one)
    found = [
        spell
        for organisation in sorted(held[a].keys() & held[b].keys())
        for spell in _joined(_overlaps(organisation, held[a][organisation], held[b][organisation]))
    ]
    return tuple(sorted(found, key=lambda spell: (spell.begins, spell.organisation)))


def shared_on(spells: Sequence[SharedSpell], on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Organisations that are shared on a day, and those of which the dates do not tell."""
    sure = {spell.organisation for spell in spells if spell.holds(on)}
    unsure = {spell.organisation for spell in spells if spell.holds(on) is None} - sure
    return tuple(sorted(sure)), tuple(sorted(unsure))


def changes_of(spells: Sequence[SharedSpell]) -> Iterator[SharedChange]:
    """What two states came to share and ceased to share, in order; a coarse date counts from its first day."""
    moments: dict[tuple[date, bool], tuple[list[str], list[str]]] = {}
    for spell in spells:
        for number, ends in enumerate((spell.begins, spell.ends)):
            if ends[0] != date.max:
                moments.setdefault((ends[0], ends[0] == ends[1]), ([], []))[number].append(spell.organisation)
    count = 0
    for (day, is_exact), (gained, lost) in sorted(moments.items()):
        count += len(gained) - len(lost)
        yield SharedChange(day, is_exact, tuple(sorted(gained)), tuple(sorted(lost)), count)


def portfolios(
    belongings: Iterable[Belonging], on: date, *, statuses: Iterable[str] = FULL
) -> tuple[tuple[str, ...], tuple[str, ...], Floats]:
    """States, organisations, and who belongs to what on a day: 1, 0, or NaN where the dates do not tell.

    The form that `alignment.py` takes, so that what is shared can be held against what chance would share.
    """
    wanted = frozenset(statuses)
    held = [one for one in belongings if one.status in wanted]
    states = tuple(sorted({one.member for one in held}))
    organisations = tuple(sorted({one.organisation for one in held}))
    row, column = ({name: at for at, name in enumerate(names)} for names in (states, organisations))
    table = np.zeros((len(states), len(organisations)))
    for one in held:
        holds = SharedSpell(one.organisation, one.begins(), one.ends(), ()).holds(on)
        cell = row[one.member], column[one.organisation]
        if holds or (holds is None and table[cell] == 0):
            table[cell] = 1.0 if holds else np.nan
    return states, organisations, table


def _overlaps(organisation: str, ours: list[Belonging], theirs: list[Belonging]) -> Iterator[SharedSpell]:
    for one, other in product(ours, theirs):
        begins = tuple(max(pair) for pair in zip(one.begins(), other.begins(), strict=True))
        ends = tuple(min(pair) for pair in zip(one.ends(), other.ends(), strict=True))
        if begins[0] < ends[1]:
            records = tuple(sorted({one.record, other.record} - {""}))
            yield SharedSpell(organisation, (begins[0], begins[1]), (ends[0], ends[1]), records)


def _joined(spells: Iterable[SharedSpell]) -> Iterator[SharedSpell]:
    """A founder who became a plain member, or the like, never left."""
    last: SharedSpell | None = None
    for spell in sorted(spells, key=lambda one: (one.begins, one.ends)):
        if last is not None and spell.begins[0] <= last.ends[1]:
            records = tuple(sorted({*last.records, *spell.records}))
            last = SharedSpell(last.organisation, last.begins, max(last.ends, spell.ends), records)
            continue
        if last is not None:
            yield last
        last = spell
    if last is not None:
        yield last


def _days(text: str) -> tuple[date, date]:
    parts = text.split("-")
    try:
        year, month, day = (int(part) for part in (*parts, "0", "0")[:3])
        if len(parts) > 3:
            raise ValueError
        first = date(year, month or 1, day or 1)
        return first, first if day else date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError as error:
        raise DataError(f"No date {text!r} in a membership: YYYY, YYYY-MM or YYYY-MM-DD is needed. Mend it.") from error
