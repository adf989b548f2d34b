"""Where a text's memberships contradict our own dated table.

What enters: coded memberships and the table. What leaves: the same records, those that the
table contradicts with the row that does. Nothing else is changed: the text may be wrong, or the table.

Only the beginning and the end of a status are compared, and a status in place of another on the day given, and only for
organisations of which the table lists members. Dates too coarse to tell count as agreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from detente.records import Membership
from detente.resolve.memberships import MEMBER_STATUSES, Memberships, Moment, Spell, load_memberships

_COMPARED = frozenset({"member", "founder", "observer", "dialogue-partner", "withdrawn"})


def with_disagreements(memberships: Iterable[Membership]) -> list[Membership]:
    """Name the contradicting row on each record that has one; the table is read when the first record comes."""
    return [replace(one, disagrees_with=disagreement(one, load_memberships())) for one in memberships]


def disagreement(membership: Membership, table: Memberships) -> str | None:
    """Say which row of the table contradicts a membership; None where none does or the table cannot tell."""
    spells = table.by_organisation.get(membership.organisation, ())
    if membership.status not in _COMPARED or not any(spell.status in MEMBER_STATUSES for spell in spells):
        return None
    own = [spell for spell in spells if spell.state == membership.member]
    if membership.status == "withdrawn":
        return _wrong_end(membership, own)
    alike = [spell for spell in own if _alike(spell.status, membership.status)]
    since = _moment(membership.since)
    if since is not None and alike:
        return _wrong_beginning(since, alike)
    if alike or not own or since is None:
        return None
    held = [spell for spell in own if spell.holds(since.first) is True]
    return _named(held[0]) if held and held[0].status not in ("suspended", "withdrawn") else None


def _alike(known: str, told: str) -> bool:
    """Whether two statuses are one for the table: a founder is a member."""
    return known == told or (known in MEMBER_STATUSES and told in MEMBER_STATUSES)


def _wrong_beginning(since: Moment, alike: Sequence[Spell]) -> str | None:
    """The row nearest to a date on which none of a state's spells of this status begins."""
    dated = [spell for spell in alike if spell.start is not None]
    if len(dated) < len(alike) or any(_meets(spell.start, since) for spell in dated):
        return None
    return _named(min(dated, key=lambda spell: abs((_first(spell) - since.first).days)))


def _wrong_end(membership: Membership, own: Sequence[Spell]) -> str | None:
    until = _moment(membership.until or membership.since)
    members = [spell for spell in own if spell.status in MEMBER_STATUSES]
    if until is None or not members or any(_meets(spell.end, until) for spell in members):
        return None
    return _named(members[-1])


def _meets(known: Moment | None, told: Moment) -> bool:
    return known is not None and known.first <= told.last and told.first <= known.last


def _first(spell: Spell) -> date:
    return spell.start.first if spell.start is not None else date.min


def _moment(value: str | None) -> Moment | None:
    """A plain ISO day, month or year; None for intervals, which leave the beginning open."""
    try:
        return None if value is None else Moment.parse(value)
    except ValueError:
        return None


def _named(spell: Spell) -> str:
    """The row in words: "memberships.csv line 2088: SCO, MNG, observer, from 2004-06-17"."""
    text = f"memberships.csv line {spell.line}: {spell.organisation}, {spell.state}, {spell.status}"
    if spell.start is not None:
        text += f", from {_written(spell.start)}"
    return text if spell.end is None else f"{text}, to {_written(spell.end)}"


def _written(moment: Moment) -> str:
    if moment.first == moment.last:
        return moment.first.isoformat()
    return moment.first.isoformat()[: 4 if moment.first.month != moment.last.month else 7]
