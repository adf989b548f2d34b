"""Whom a role belongs to: the country, organisation or group in front of it or behind it.

What enters: a role phrase with the names around it. What leaves: its owners and its sector.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.resolve.draft import Draft, PersonSpan
from detente.resolve.entries import Role
from detente.resolve.names import NameMatch, slug
from detente.resolve.tables import word_list


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a role belongs to: country (or organisation), the acting group if any, and a word for a slug."""

    country: str | None
    group: str | None = None
    sector: str | None = None
    word: str = ""


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


def owners_of(draft: Draft, phrase: RolePhrase) -> list[Owner]:
    """The owners of a role, the possessor first; several only where they are joined ("U.S. and Turkish officials")."""
    parsed = draft.parsed
    if phrase.person_owner is not None:
        person = draft.entities[phrase.person_owner]
        return [Owner(person.country, None, None, slug(person.name))] if person.country else []
    if phrase.behind and not phrase.owners:
        found = [owner_from(draft, match) for match in phrase.behind]
        return [owner for owner in found if owner.country or owner.group]
    matches = sorted(phrase.owners, key=lambda m: m.first)
    groups = [m for m in matches if m.sense.kind == "group"]
    if groups and not phrase.inner:
        return [owner_from(draft, groups[0])]
    for match in matches:
        if match.last + 1 < len(parsed) and parsed.lower[match.last + 1] in ("'s", "'"):
            matches = [match]
            break
    adjectives = [m for m in matches if m.sense.kind != "place"]
    matches = adjectives or matches
    out: list[Owner] = []
    for number, match in enumerate(matches):
        joined = number == 0 or parsed.lower[match.first - 1] in ("and", ",", "&", "or", "-", "the")
        if joined and (number == 0 or _between(draft, matches[number - 1], match)):
            out.append(owner_from(draft, match))
    return [owner for owner in out if owner.country or owner.group]


def _between(draft: Draft, left: NameMatch, right: NameMatch) -> bool:
    return all(draft.parsed.lower[t] in ("and", ",", "&", "or", "-", "the") for t in range(left.last + 1, right.first))


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
        return Owner(country, None, actor.sector, word)
    if actor.kind == "group" and actor.country is None:
        return Owner(None, actor.id, actor.sector, word)
    return Owner(country, None, None, word)


def sector_of(phrase: RolePhrase, owner: Owner | None) -> str:
    """The sector of whoever the phrase names: a generic role takes it from what it belongs to."""
    word = phrase.role.noun.split()[-1]
    generic = word in word_list("generic_roles") or word.rstrip("s") in word_list("generic_roles")
    if generic and phrase.inner:
        return phrase.inner[0].sector
    if generic and owner is not None and owner.sector is not None:
        return owner.sector
    return phrase.role.sector
