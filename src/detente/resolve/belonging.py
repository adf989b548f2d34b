"""One member of an organisation without its name: "the NATO member" → the state last spoken of that belongs to it.

What enters: a draft, what has been spoken of so far, and a role phrase that says whose member is meant. What
leaves: a mention of form `description`, none where no state fits.
"""

from __future__ import annotations

from datetime import date

from detente.resolve.draft import Draft
from detente.resolve.memberships import KNOWN_STATUSES, members_of
from detente.resolve.memory import Memory, Spoken
from detente.resolve.owners import RolePhrase
from detente.resolve.titles import describe


def resolve_member(draft: Draft, memory: Memory, phrase: RolePhrase, organisation: str) -> None:
    """ "The NATO member": the state last spoken of that belongs to it at the document's date."""
    parsed = draft.parsed
    is_part = parsed.deps[phrase.root] in ("compound", "nmod", "amod") or phrase.last + 1 in draft.name_at
    if is_part or parsed.lower[phrase.first] not in ("the", "this", "that"):
        return
    known = _known_members(organisation, draft.day)

    def fits(spoken: Spoken) -> bool:
        return spoken.entity.kind == "state" and (not known or spoken.entity.id in known)

    found = memory.best(phrase.root, fits)
    if found is not None:
        describe(draft, phrase, found.entity.id, f"description: last member of {organisation}")


def _known_members(organisation: str, day: str | None) -> frozenset[str]:
    """The states with any status in an organisation on a day; empty where the day or the table does not tell."""
    if day is None:
        return frozenset()
    on = date.fromisoformat(_first_day(day))
    return frozenset(s.state for s in members_of(organisation, on, statuses=KNOWN_STATUSES, include_unsure=True))


def _first_day(day: str) -> str:
    first = day.split("/")[0]
    return first + "-01-01"[len(first) - 4 :] if len(first) < 10 else first
