"""Role phrases → mentions: who holds the title, which institution or group is meant.

What enters: role phrases with their owners. What leaves: mentions and entities in the draft. A singular office
without a name is its holder at the document's date, where the table knows one.
"""

from __future__ import annotations

from detente.resolve.draft import Draft, PersonSpan
from detente.resolve.names import slug
from detente.resolve.owners import Owner, RolePhrase, organisation_of_members, owners_of, sector_of
from detente.resolve.tables import word_list

_OUSTED = frozenset({"ousted", "deposed", "toppled", "overthrown", "outgoing"})
_NAMED = frozenset({"state", "organisation", "group"})
_OF_STATE = frozenset({"GOV", "MIL", "LEG"})


def add_role_mentions(draft: Draft, phrases: list[RolePhrase]) -> list[RolePhrase]:
    """Resolve role phrases; return those that need the context (no owner, no name)."""
    open_phrases: list[RolePhrase] = []
    by_root: dict[int, list[Owner]] = {}
    for phrase in phrases:
        owners = owners_of(draft, phrase) or _shared_owners(draft, phrase, by_root)
        by_root[phrase.root] = owners
        if phrase.persons:
            _add_named(draft, phrase, owners)
            if not owners and phrase.pronoun is not None:
                open_phrases.append(phrase)
        elif not owners:
            open_phrases.append(phrase)
            continue
        elif not (phrase.role.is_body or phrase.role.is_plural) and draft.parsed.deps[phrase.root] == "compound":
            continue  # "the Syrian refugee crisis" is about Syria
        elif organisation := organisation_of_members(phrase, owners, draft.knowledge):
            phrase.members_of = organisation
            open_phrases.append(phrase)
            if not _add_members(draft, phrase, organisation):
                continue
        elif phrase.role.is_body or phrase.role.is_plural:
            _add_group(draft, phrase, owners)
        else:
            phrase.owned_by = owners
            open_phrases.append(phrase)
        draft.consumed.update(
            token
            for match in phrase.owners
            for token in range(match.first, match.last + 1)
            if phrase.first <= match.first and match.last <= phrase.last and not _is_possessive(draft, match.last)
        )
    return open_phrases


def _shared_owners(draft: Draft, phrase: RolePhrase, by_root: dict[int, list[Owner]]) -> list[Owner]:
    """ "US warships and marines": the second of a pair without words of its own has the first one's owner."""
    parsed = draft.parsed
    if parsed.deps[phrase.root] != "conj" or phrase.modifiers or phrase.pronoun is not None:
        return []
    return by_root.get(parsed.heads[phrase.root], []) if phrase.role.is_plural else []


def _is_possessive(draft: Draft, last: int) -> bool:
    return last + 1 < len(draft.parsed) and draft.parsed.lower[last + 1] in ("'s", "'")


def span_of(draft: Draft, phrase: RolePhrase) -> tuple[int, int]:
    """The characters of a role phrase without its article."""
    parsed, first = draft.parsed, phrase.first
    while first < phrase.last and parsed.pos[first] in ("DET", "PUNCT", "PART"):
        first += 1
    return parsed.starts[first], parsed.ends[phrase.last]


def describe(draft: Draft, phrase: RolePhrase, entity_id: str, reason: str, score: float = 0.7) -> None:
    """Add a mention of form `description` over a role phrase."""
    start, end = span_of(draft, phrase)
    draft.add_mention(start, end, entity_id, phrase.root, "description", reason, score)


def role_text(draft: Draft, phrase: RolePhrase) -> str:
    """The role in the text's words without article: `US special representative on Iran`, cut at ten words."""
    parsed = draft.parsed
    start, end = span_of(draft, phrase)
    for child in parsed.children[phrase.root]:
        if (
            parsed.deps[child] == "prep"
            and child == phrase.last + 1
            and parsed.lower[child] in ("of", "for", "to", "on", "at")
        ):
            last = min(parsed.right[child], phrase.last + 8)
            if all(parsed.lower[t] not in (",", "who", "which") for t in range(child, last + 1)):
                end = parsed.ends[last]
    return parsed.document.text[start:end]


def _add_named(draft: Draft, phrase: RolePhrase, owners: list[Owner]) -> None:
    owner = owners[0] if owners else None
    if owner is None and phrase.role.sector in _OF_STATE and draft.home is not None:
        owner = Owner(draft.home)
    sector = "ELI" if phrase.is_past and phrase.role.sector == "GOV" else sector_of(phrase, owner)
    for span in phrase.persons:
        name = draft.entities[span.entity_id].name
        country = (owner.country or owner.group) if owner else None
        text = role_text(draft, phrase)
        draft.add_person(
            span.entity_id, name, country=country, sector=sector, role=text, affiliation=owner.group if owner else None
        )
    start, end = span_of(draft, phrase)
    if phrase.is_titled:
        _add_titled(draft, phrase, phrase.persons[0], start)
    else:
        root = phrase.root
        for span in phrase.persons:
            draft.add_mention(start, end, span.entity_id, root, "title", "title in apposition")


def _add_titled(draft: Draft, phrase: RolePhrase, span: PersonSpan, start: int) -> None:
    span.titled = True
    root = draft.head_of(phrase.last, span.last)
    if root < span.first:
        root = phrase.root
    end = draft.parsed.ends[span.last]
    draft.add_mention(start, end, span.entity_id, root, "title", "title and name")


def _add_group(draft: Draft, phrase: RolePhrase, owners: list[Owner]) -> None:
    start, end = span_of(draft, phrase)
    name = draft.parsed.document.text[start:end]
    for owner in owners:
        if owner.group is not None:
            entity_id = draft.add_actor(owner.group)
        else:
            entity_id = draft.add_group(owner.country, sector_of(phrase, owner), name)
        draft.add_mention(start, end, entity_id, phrase.root, "group", "role and owner")


def _add_members(draft: Draft, phrase: RolePhrase, organisation: str) -> bool:
    """Add the mention of members in the plural; False where the organisation's own name is to stand by itself."""
    after = draft.name_at.get(phrase.last + 1)
    is_named = after is not None and after.sense.kind in _NAMED
    if is_named or not phrase.role.is_plural or draft.parsed.tags[phrase.root] == "NN":
        return False
    start, end = span_of(draft, phrase)
    draft.add_mention(start, end, draft.add_actor(organisation), phrase.root, "group", "members of an organisation")
    return True


def add_holder(draft: Draft, phrase: RolePhrase, owner: Owner) -> bool:
    """A single office that the table knows the holder of at the date."""
    if word_list("other_holders").intersection(phrase.modifiers):
        return False
    if phrase.is_past:
        holder = _fallen(draft, phrase, owner)
    else:
        holder = office_holder(draft, phrase.role.noun, owner.group or owner.country, owner.body)
    if holder is None:
        return False
    start, end = span_of(draft, phrase)
    draft.add_person(holder, draft.knowledge.persons[holder].name)
    draft.add_mention(start, end, holder, phrase.root, "title", f"title + country {owner.country} in office", 0.9)
    return True


def _fallen(draft: Draft, phrase: RolePhrase, owner: Owner) -> str | None:
    """ "Niger's ousted president": the last whose term ended; of former ones there are many."""
    if draft.day is None or owner.country is None or not _OUSTED.intersection(phrase.modifiers):
        return None
    return draft.knowledge.last_holder(phrase.role.noun, owner.country, draft.day)


def add_office(draft: Draft, phrase: RolePhrase, owner: Owner) -> None:
    """A person known by role and country alone."""
    start, end = span_of(draft, phrase)
    country = owner.country or owner.group
    actor = draft.knowledge.actors.get(owner.group or country or "")
    adjective = (actor.adjective or actor.name) if actor is not None else owner.word
    name = f"{'former ' if phrase.is_past else ''}{adjective} {phrase.role.noun}"
    sector = "ELI" if phrase.is_past and phrase.role.sector == "GOV" else sector_of(phrase, owner)
    draft.add_person(slug(name), name, country=country, sector=sector, role=phrase.role.noun, affiliation=owner.group)
    draft.add_mention(start, end, slug(name), phrase.root, "title", "title + country")


def office_holder(draft: Draft, noun: str, country: str | None, body: str | None = None) -> str | None:
    """The person in an office of a country or organ at the document's date; None where not known or no office."""
    if country is None or draft.day is None:
        return None
    person = draft.knowledge.in_office(noun, country, draft.day, body=body)
    if person is None and body is None:
        person = draft.knowledge.with_role(noun, country, draft.day)
    return None if person is None else person.id
