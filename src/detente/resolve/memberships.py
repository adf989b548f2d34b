"""Who belonged to which organisation as what, and when; and whom the FATF lists: dated facts for later stages.

What enters: `memberships.csv`, `fatf_lists.csv` and the ids of states and organisations, all beside this module.
What leaves: frozen spells, looked up by organisation or member and a day. A spell runs from the first day of its
status up to, not including, the day on which the status ended: on the day of an accession a state is a member.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Final, get_args

from detente.errors import DataError
from detente.records import MembershipStatus
from detente.resolve.tables import read_table, uncollected

MEMBER_STATUSES: Final = frozenset({"member", "founder"})
"""A founder is a member since the founding day."""
LISTED_STATUSES: Final = frozenset({"listed-grey", "listed-black"})
KNOWN_STATUSES: Final = frozenset(get_args(MembershipStatus)) - {"founded"}
_COLUMNS: Final = ("organisation", "state", "status", "from", "to", "source")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as precisely as it is known: a day, a month or a year, by its first and last possible day."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

        Raises:
            ValueError: the text has another form, or names no day of the calendar.
        """
        match = _DATE.fullmatch(text)
        if match is None:
            raise ValueError(f"no date: {text!r}")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        first = date(year, month or 1, day or 1)
        last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
        return cls(first, last)


@dataclass(frozen=True, slots=True)
class Spell:
    """One state's time in one status.

    `state` is a code of a state, or of an organisation where one belongs to another (the EU to the G20). `start` is
    None when the beginning is unknown, `end` when the status had not ended when the table was written. `line` is
    the line in the data file.
    """

    organisation: str
    state: str
    status: str
    start: Moment | None
    end: Moment | None
    source: str
    line: int

    def holds(self, on: date) -> bool | None:
        """Whether the status held on a day; None when the dates are too coarse to tell."""
        if (self.start is not None and on < self.start.first) or (self.end is not None and on >= self.end.last):
            return False
        begun = self.start is not None and on >= self.start.last
        ended = self.end is not None and on >= self.end.first
        return True if begun and not ended else None


@dataclass(frozen=True)
class Memberships:
    """Every spell of a table, in order of beginning, by organisation and by member."""

    by_organisation: Mapping[str, tuple[Spell, ...]]
    by_state: Mapping[str, tuple[Spell, ...]]


def members_of(
    organisation: str, on: date, *, statuses: Iterable[str] = MEMBER_STATUSES, include_unsure: bool = False
) -> tuple[Spell, ...]:
    """The spells that held in an organisation on a day, in order of the states' codes.

    Args:
        organisation: id in `organisations.yaml`; one that the table does not cover has no spells.
        on: the day asked for; what is after the table was written is answered from its last state.
        statuses: those wanted, by default full members. A suspended member is `suspended`, not `member`.
        include_unsure: also those whose dates are too coarse to tell.
    """
    spells = load_memberships().by_organisation.get(organisation, ())
    found = _holding(spells, on, statuses=statuses, include_unsure=include_unsure)
    return tuple(sorted(found, key=lambda spell: spell.state))


def memberships_of(
    state: str, on: date, *, statuses: Iterable[str] = KNOWN_STATUSES, include_unsure: bool = False
) -> tuple[Spell, ...]:
    """The spells that a state held on a day, of any status by default, in order of the organisations' ids."""
    spells = load_memberships().by_state.get(state, ())
    found = _holding(spells, on, statuses=statuses, include_unsure=include_unsure)
    return tuple(sorted(found, key=lambda spell: spell.organisation))


def listings_of(state: str, on: date, *, include_unsure: bool = False) -> tuple[Spell, ...]:
    """The FATF lists that a state was on: none or one, or two where the dates are too coarse to tell."""
    spells = load_listings().by_state.get(state, ())
    return _holding(spells, on, statuses=LISTED_STATUSES, include_unsure=include_unsure)


@cache
def load_memberships() -> Memberships:
    """Read the table of memberships; the result is kept.

    Raises:
        DataError: a row does not validate.
    """
    with uncollected():
        return _load("memberships.csv", KNOWN_STATUSES)


@cache
def load_listings() -> Memberships:
    """Read the table of states listed by the FATF; the result is kept.

    Raises:
        DataError: a row does not validate.
    """
    return _load("fatf_lists.csv", LISTED_STATUSES)


def read_spells(lines: Iterable[str], *, name: str, statuses: frozenset[str]) -> tuple[Spell, ...]:
    """Read and check spells.

    Args:
        lines: a CSV file with the columns organisation, state, status, from, to, source; `#` starts a comment line.
        name: what the file is called in errors.
        statuses: those allowed.

    Raises:
        DataError: a column is missing, an organisation, state, status or date is unknown, a spell ends before it
            begins, or two spells of one state in one organisation surely overlap.
    """
    organisations, states = (frozenset(read_table(table)) for table in ("organisations.yaml", "states.yaml"))
    kept = [(i, line) for i, line in enumerate(lines, start=1) if line.strip() and not line.startswith("#")]
    header, *rows = ([] if not kept else list(csv.reader(line for _, line in kept))) or [[]]
    if tuple(header) != _COLUMNS:
        raise DataError(f"Columns {header} in {name}: they are {', '.join(_COLUMNS)}. Restore the header.")
    spells = []
    for (line, _), row in zip(kept[1:], rows, strict=True):
        where = f"{name} line {line}"
        if len(row) != len(_COLUMNS):
            raise DataError(f"{len(row)} fields in {where}: a row has {len(_COLUMNS)}. Mend the row.")
        organisation, state, status, start, end, source = row
        _check_known(organisation, organisations, f"organisation {organisation!r} in {where}", "in organisations.yaml")
        _check_known(state, states | organisations, f"state {state!r} in {where}", "in states.yaml")
        _check_known(status, statuses, f"status {status!r} in {where}", ", ".join(sorted(statuses)))
        if not source:
            raise DataError(f"No source in {where}: every row names one in a few words. Add it.")
        spell = Spell(organisation, state, status, _moment(start, where), _moment(end, where), source, line)
        if spell.start is not None and spell.end is not None and spell.end.last <= spell.start.first:
            raise DataError(
                f"End {end!r} before begin {start!r} in {where}: a spell ends after it begins. Mend a date."
            )
        spells.append(spell)
    _check_overlaps(spells, name)
    return tuple(spells)


def _check_known(value: str, allowed: frozenset[str], found: str, allowed_are: str) -> None:
    if value not in allowed:
        raise DataError(f"Unknown {found}: those allowed are {allowed_are}. Mend the row.")


def _moment(text: str, where: str) -> Moment | None:
    if not text:
        return None
    try:
        return Moment.parse(text)
    except ValueError as error:
        raise DataError(f"Unknown date {text!r} in {where}: YYYY, YYYY-MM or YYYY-MM-DD. Mend the date.") from error


def _order(spell: Spell) -> tuple[date, date]:
    return (date.min, date.min) if spell.start is None else (spell.start.first, spell.start.last)


def _check_overlaps(spells: Iterable[Spell], name: str) -> None:
    pairs: dict[tuple[str, str], list[Spell]] = {}
    for spell in spells:
        pairs.setdefault((spell.organisation, spell.state), []).append(spell)
    for (organisation, state), held in pairs.items():
        held.sort(key=_order)
        for before, after in pairwise(held):
            if before.end is None or after.start is None or after.start.last < before.end.first:
                raise DataError(
                    f"Overlapping spells of {state!r} in {organisation!r} in {name} lines {before.line} and "
                    f"{after.line}: a state has one status at a time. End the first where the second begins."
                )


def _holding(spells: Iterable[Spell], on: date, *, statuses: Iterable[str], include_unsure: bool) -> tuple[Spell, ...]:
    wanted = frozenset(statuses)
    states = (True, None) if include_unsure else (True,)
    return tuple(spell for spell in spells if spell.status in wanted and spell.holds(on) in states)


def _load(name: str, statuses: frozenset[str]) -> Memberships:
    lines = (files("detente.resolve") / "data" / name).read_text("utf-8").splitlines()
    spells = sorted(read_spells(lines, name=f"resolve/data/{name}", statuses=statuses), key=_order)
    by_organisation: dict[str, list[Spell]] = {}
    by_state: dict[str, list[Spell]] = {}
    for spell in spells:
        by_organisation.setdefault(spell.organisation, []).append(spell)
        by_state.setdefault(spell.state, []).append(spell)
    return Memberships(
        MappingProxyType({key: tuple(held) for key, held in by_organisation.items()}),
        MappingProxyType({key: tuple(held) for key, held in by_state.items()}),
    )
