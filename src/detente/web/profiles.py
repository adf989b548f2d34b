"""What stands in our tables of an actor: memberships as bars in time, and who held which office on a day.

What enters: an id, a day, and membership records of the project. What leaves: rows for the pages, each date as
precise as it is known; a bar begins and ends at the middle of a date that is known by its month or year only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.resolve.knowledge import Term, load_knowledge
from detente.resolve.memberships import MEMBER_STATUSES, Moment, Spell, load_memberships
from detente.web.asking import name_of
from detente.web.wording import Card

_EARLIEST = 1945
_OFFICES = (
    "head-of-state",
    "head-of-government",
    "organisation-head",
    "foreign",
    "defence",
    "interior",
    "armed-forces",
    "army",
    "vice",
    "spokesperson",
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One spell. `start` and `width` are in per cent of the axis; `words` are its status and dates."""

    status: str
    start: float
    width: float
    words: str
    holds: bool | None
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """A membership record of the project, at its place on the axis; None where the text gives no date."""

    card: Card
    at: float | None


@dataclass(frozen=True, slots=True)
class BelongingRow:
    """One member, or one organisation, with all its spells and what texts of the project tell."""

    other: str
    name: str
    bars: tuple[Bar, ...]
    told: tuple[Told, ...]

    @property
    def now(self) -> Bar | None:
        """The spell that held on the day asked, or that may have."""
        return next((bar for bar in self.bars if bar.holds is not False), None)


@dataclass(frozen=True, slots=True)
class Belongings:
    """Memberships of an actor. `of_organisation` says whether the rows are its members, or what it belongs to.

    `first` is the first year of the axis; `years` are its marks with their place in per cent, `at` is the place of
    the day asked for.
    """

    of_organisation: bool
    rows: tuple[BelongingRow, ...]
    first: int
    years: tuple[tuple[int, float], ...]
    at: float

    @property
    def counted(self) -> dict[str, int]:
        """How many hold each status on the day, and for sure; full members first."""
        out: dict[str, int] = {}
        for row in self.rows:
            if row.now is not None and row.now.holds:
                status = "member" if row.now.status in MEMBER_STATUSES else row.now.status
                out[status] = out.get(status, 0) + 1
        return dict(sorted(out.items(), key=lambda item: (item[0] != "member", item[0])))


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in office on a day; dates are ISO, empty where unknown or open."""

    role: str
    person: str
    name: str
    start: str
    end: str
    source: str


def holders_on(actor: str, day: str) -> list[Holder]:
    """Who held the listed offices of a state or organisation on a day, the highest first."""
    holders = load_knowledge().holders
    found = []
    for office in _OFFICES:
        for term, person in holders.get((actor, office), ()):
            if term.covers(day):
                found.append(Holder(term.role, person, name_of(person), term.start, term.end, term.source))
    return found


def terms_of(person: str) -> tuple[Term, ...]:
    """Offices that a person is known to have held, the latest first; empty for others than persons."""
    known = load_knowledge().persons.get(person)
    return () if known is None else tuple(sorted(known.terms, key=lambda term: (term.start, term.role), reverse=True))


def belongings_of(actor: str, on: date, *, until: date, told: Iterable[tuple[Card, Any]] = ()) -> Belongings | None:
    """The memberships of an organisation's members, or of a state; None where neither table nor texts have any.

    Args:
        on: the day that is asked for.
        until: the last day of the axis; open spells reach it.
        told: membership records with their cards.
    """
    table = load_memberships()
    is_organisation = actor in table.by_organisation
    spells = table.by_organisation.get(actor) or table.by_state.get(actor, ())
    by_other: dict[str, list[Spell]] = {}
    for spell in spells:
        if spell.status != "withdrawn":
            by_other.setdefault(spell.state if is_organisation else spell.organisation, []).append(spell)
    records: dict[str, list[tuple[Card, Any]]] = {}
    for card, record in told:
        other = record.member if is_organisation else record.organisation
        if other is not None and other != actor:
            records.setdefault(other, []).append((card, record))
    if not by_other and not records:
        return None
    begun = [spell.start.first.year for held in by_other.values() for spell in held if spell.start is not None]
    axis = _Axis(max(_EARLIEST, min(begun, default=until.year - 1)), max(until, on))
    rows = [
        BelongingRow(
            other,
            name_of(other),
            tuple(axis.bar(spell, on) for spell in by_other.get(other, ())),
            tuple(Told(card, axis.place_of(record.since)) for card, record in records.get(other, ())),
        )
        for other in by_other.keys() | records.keys()
    ]
    ordered = sorted(rows, key=lambda row: (_rank(row), row.bars[0].start if row.bars else 100.0, row.name))
    return Belongings(is_organisation, tuple(ordered), axis.first, axis.years(), axis.place(on))


def _rank(row: BelongingRow) -> int:
    """Full members first, then others that hold something on the day, then the rest."""
    if row.now is None:
        return 2
    return 0 if row.now.status in MEMBER_STATUSES else 1


@dataclass(frozen=True, slots=True)
class _Axis:
    first: int
    last: date

    def place(self, day: date) -> float:
        start = date(self.first, 1, 1)
        share = (day - start).days / max(1, (self.last - start).days)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def place_of(self, text: str | None) -> float | None:
        try:
            moment = Moment.parse(text or "")
        except ValueError:
            return None
        return self.place(_middle(moment))

    def bar(self, spell: Spell, on: date) -> Bar:
        start = 0.0 if spell.start is None else self.place(_middle(spell.start))
        end = 100.0 if spell.end is None else self.place(_middle(spell.end))
        return Bar(spell.status, start, max(0.4, round(end - start, 2)), _words(spell), spell.holds(on), spell.source)

    def years(self) -> tuple[tuple[int, float], ...]:
        step = next(step for step in (1, 2, 5, 10, 20, 50) if (self.last.year - self.first) / step <= 7)
        first = -(-self.first // step) * step
        return tuple((year, self.place(date(year, 1, 1))) for year in range(first, self.last.year + 1, step))


def _middle(moment: Moment) -> date:
    return moment.first + (moment.last - moment.first) / 2


def _words(spell: Spell) -> str:
    start = "unknown" if spell.start is None else written(spell.start)
    status = spell.status.replace("-", " ")
    return f"{status} since {start}" if spell.end is None else f"{status} {start} to {written(spell.end)}"


def written(moment: Moment) -> str:
    """A moment in ISO form, as precisely as it is known."""
    days = (moment.last - moment.first).days
    return moment.first.isoformat()[: 10 if days == 0 else 7 if days < 31 else 4]
