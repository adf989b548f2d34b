"""Whom a role belongs to: the country, organisation or group in front of it or behind it.

What enters: a role phrase with the names around it. What leaves: its owners and its sector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from detente.resolve.draft import Draft, PersonSpan
from detente.resolve.entries import Role
from detente.resolve.gazetteer import locate
from detente.resolve.knowledge import Knowledge
from detente.resolve.names import NameMatch, slug
from detente.resolve.tables import word_list

_CONJUNCTIONS = frozenset({"and", ",", "&", "or", "-"})
_JOINING = frozenset({"and", ",", "&", "or", "-", "the", "'s", "'"})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a role belongs to: country (or organisation), the acting group if any, and a word for a slug.

    `body` is the organ or organisation that the words themselves name, where that is another than the country.
    """

    country: str | None
    group: str | None = None
    sector: str | None = None
    word: str = ""
    body: str | None = None


@dataclass(slots=True)
class RolePhrase:
    """A role noun with what stands around it: tokens [first, last], the root, and the owners in front or behind."""

    first: int
    last: int
    root: int
    role: Role
    owners: list[NameMatch] = field(default_factory=list)
    behind: list[NameMatch] = field(default_factory=list)
    person_owner: str | None = None
    inner: list[Role] = field(default_factory=list)
    modifiers: list[str] = field(default_factory=list)
    is_past: bool = False
    pronoun: int | None = None
    persons: list[PersonSpan] = field(default_factory=list)
    owned_by: list[Owner] = field(default_factory=list)
    is_titled: bool = False
    members_of: str | None = None


def owners_of(draft: Draft, phrase: RolePhrase) -> list[Owner]:
    """The owners of a role, the possessor first; several only where they are joined ("U.S. and Turkish officials")."""
    parsed = draft.parsed
    if phrase.person_owner is not None:
        person = draft.entities[phrase.person_owner]
        return [Owner(person.country, None, None, slug(person.name))] if person.country else []
    if phrase.behind and not phrase.owners:
        found = [owner_from(draft, match) for match in phrase.behind]
        return [owner for owner in found if owner.country or owner.group]
    if not phrase.owners:
        located = [draft.located[t] for t in range(phrase.first, phrase.last) if t in draft.located]
        return [Owner(located[-1])] if located else []
    if "ethnic" in phrase.modifiers:
        return []
    matches = sorted(phrase.owners, key=lambda m: m.first)
    groups = [m for m in matches if m.sense.kind == "group"]
    if groups and not phrase.inner and not _are_joined(draft, matches):
        return [owner_from(draft, groups[0])]
    for number, match in enumerate(matches):
        if match.last + 1 < len(parsed) and parsed.lower[match.last + 1] in ("'s", "'"):
            first, last = number, number
            while first and _between(draft, matches[first - 1], matches[first]):  # "X and Y's ministers"
                first -= 1
            while last + 1 < len(matches) and _between(draft, matches[last], matches[last + 1]):  # "X's and Y's"
                last += 1
            matches = matches[first : last + 1]
            break
    adjectives = [m for m in matches if m.sense.kind != "place"]
    matches = adjectives or matches
    out: list[Owner] = []
    for number, match in enumerate(matches):
        joined = number == 0 or parsed.lower[match.first - 1] in _JOINING
        if joined and (number == 0 or _between(draft, matches[number - 1], match)):
            out.append(owner_from(draft, match))
    return [_at_place(draft, phrase, owner) for owner in out if owner.country or owner.group]


def _at_place(draft: Draft, phrase: RolePhrase, owner: Owner) -> Owner:
    """ "A Brussels court": courts, police and people of an organisation's seat are the country's that it lies in."""
    actor = draft.knowledge.actors.get(owner.country or "")
    seats = [m for m in phrase.owners if m.sense.kind == "capital" and m.sense.id == owner.country]
    if actor is None or actor.kind != "organisation" or not seats or phrase.role.sector in ("GOV", "MIL"):
        return owner
    place = locate(owner.word, near_countries=())
    return Owner(place.country, word=owner.word) if place is not None else owner


def _are_joined(draft: Draft, matches: Sequence[NameMatch]) -> bool:
    """ "The American and Taliban negotiators": each of them owns."""
    return len(matches) > 1 and all(_between(draft, left, right) for left, right in pairwise(matches))


def _between(draft: Draft, left: NameMatch, right: NameMatch) -> bool:
    words = [draft.parsed.lower[t] for t in range(left.last + 1, right.first)]
    return bool(_CONJUNCTIONS.intersection(words)) and all(word in _JOINING for word in words)


def owner_from(draft: Draft, match: NameMatch) -> Owner:
    """What a name match means as an owner."""
    actor = draft.knowledge.actors.get(match.sense.id)
    word = draft.parsed.document.text[match.start : match.end].removesuffix("'s")
    if match.sense.kind == "place":
        return Owner(draft.place_country(match.sense.id), word=word)
    if match.sense.kind == "person":
        entity = draft.entities.get(match.sense.id)
        return Owner(entity.country if entity else None, word=word)
    if actor is None:
        return Owner(None)
    country = draft.country_of(actor.id)
    if actor.kind == "group" and actor.sector != "GOV":
        return Owner(actor.country and country, actor.id, actor.sector, word)
    if match.sense.kind in ("body", "media"):
        return Owner(country, None, actor.sector, word, actor.id)
    if actor.kind == "group" and actor.country is None:
        return Owner(None, actor.id, actor.sector, word)
    return Owner(country, None, None, word, actor.id if actor.id != country else None)


def organisation_of_members(phrase: RolePhrase, owners: Sequence[Owner], knowledge: Knowledge) -> str | None:
    """The organisation whose members a role phrase speaks of; None where the phrase is about something else."""
    if phrase.persons or phrase.role.noun.split()[-1] not in word_list("membership_roles"):
        return None
    for owner in owners:
        actor = knowledge.actors.get(owner.body or owner.country or "")
        if actor is None or actor.kind != "organisation" or owner.group is not None:
            return None
        if owner.country is None or knowledge.actors[owner.country].kind != "organisation":
            return None
    return owners[0].body or owners[0].country if owners else None


def sector_of(phrase: RolePhrase, owner: Owner | None) -> str:
    """The sector of whoever the phrase names: a generic role takes it from what it belongs to."""
    word = phrase.role.noun.split()[-1]
    generic = word in word_list("generic_roles") or word.rstrip("s") in word_list("generic_roles")
    if generic and phrase.inner:
        return phrase.inner[0].sector
    if generic and owner is not None and owner.sector is not None:
        return owner.sector
    return phrase.role.sector
