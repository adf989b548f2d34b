"""Role phrases without an owner or a name → the person they mean: "the envoy", "her Malaysian counterpart".

What enters: a draft, what has been spoken of so far, and a role phrase. What leaves: mentions of form
`description` or `title`. Bodies and groups go to `bodies`, counted pairs to `nouns`.
"""

from __future__ import annotations

from detente.resolve.bodies import DEFINITE, place_country, resolve_body, salient_state
from detente.resolve.draft import Draft
from detente.resolve.memory import Memory, Spoken
from detente.resolve.names import slug
from detente.resolve.nouns import has_role, is_state, resolve_counted
from detente.resolve.owners import Owner, RolePhrase, sector_of
from detente.resolve.titles import add_holder, add_office, describe, office_holder, span_of


def resolve_description(draft: Draft, memory: Memory, phrase: RolePhrase) -> None:
    """Resolve a role that has no owner of its own, or whose holder no table knows."""
    if phrase.persons:
        _tell_owner(draft, phrase)
        return
    if resolve_counted(draft, memory, phrase.root):
        return
    parsed = draft.parsed
    if phrase.owned_by:
        _resolve_office(draft, memory, phrase)
    elif phrase.pronoun is not None:
        _resolve_owned(draft, phrase)
    elif parsed.deps[phrase.root] in ("compound", "nmod", "amod"):
        return
    elif phrase.role.is_body or phrase.role.is_plural:
        resolve_body(draft, memory, phrase)
    elif parsed.lower[phrase.first] in DEFINITE or parsed.words[phrase.root][:1].isupper():
        _resolve_definite(draft, memory, phrase)
    elif parsed.deps[phrase.root] in ("nsubj", "agent"):
        _add_unnamed(draft, phrase, place_country(draft, phrase.root))


def _add_unnamed(draft: Draft, phrase: RolePhrase, country: str | None) -> None:
    """ "A rebel commander in Darfur", "a minister": known by role, and country if the clause plays in one."""
    if country is not None and phrase.role.sector not in ("MIL", "CVL"):
        add_office(draft, phrase, Owner(country))
    elif phrase.role.noun not in draft.knowledge.weak:
        noun = phrase.role.noun
        person = draft.add_person(slug(noun), noun, sector=sector_of(phrase, None), role=noun)
        describe(draft, phrase, person, "role alone", 0.4)


def _tell_owner(draft: Draft, phrase: RolePhrase) -> None:
    """ "Its leader, Jane Doe": the person is whose the pronoun means."""
    for mention in tuple(draft.mentions_at.get(phrase.pronoun or 0, ())):
        owner = draft.entities[mention.entity_id]
        country = owner.country or (owner.id if owner.kind != "person" else None)
        for span in phrase.persons:
            known = draft.entities[span.entity_id]
            if known.country is None and country is not None:
                sector, role = sector_of(phrase, None), known.role
                draft.add_person(span.entity_id, known.name, country=country, sector=sector, role=role)


def _resolve_office(draft: Draft, memory: Memory, phrase: RolePhrase) -> None:
    """ "The Russian scholar": a person of that country spoken of before, else one known by role alone."""
    for owner in phrase.owned_by:
        country, noun = owner.country or owner.group, phrase.role.noun
        if noun == "counterpart":
            _resolve_counterpart(draft, memory, phrase, owner)
            continue
        found = None
        if draft.parsed.lower[phrase.first] not in ("a", "an") and not phrase.is_past:
            found = _person_of(draft, memory, phrase, country)
        if found is not None:
            describe(draft, phrase, found.entity.id, f"description: {noun} of {country}")
        elif not add_holder(draft, phrase, owner):
            add_office(draft, phrase, owner)


def _resolve_counterpart(draft: Draft, memory: Memory, phrase: RolePhrase, owner: Owner) -> None:
    """ "Her Malaysian counterpart": who holds the same office there."""
    first = memory.best(phrase.root, lambda s: s.entity.kind == "person" and s.entity.role is not None)
    role = (first.entity.role or "").lower() if first is not None else ""
    nouns = sorted((noun for noun in draft.knowledge.offices if noun in role), key=lambda noun: (-len(noun), noun))
    holder = office_holder(draft, nouns[0], owner.country) if nouns else None
    if holder is not None:
        describe(draft, phrase, draft.add_person(holder, draft.knowledge.persons[holder].name), "same office", 0.6)
    else:
        add_office(draft, phrase, owner)


def _person_of(draft: Draft, memory: Memory, phrase: RolePhrase, country: str | None) -> Spoken | None:
    def fits(spoken: Spoken) -> bool:
        entity = spoken.entity
        return entity.kind == "person" and entity.country == country and has_role(draft, entity, phrase.role.noun)

    return memory.best(phrase.root, fits)


def _resolve_owned(draft: Draft, phrase: RolePhrase) -> None:
    """ "Its army", "his government", "the country's prime minister": the owner is what the other word means."""
    for mention in tuple(draft.mentions_at.get(phrase.pronoun or 0, ())):
        owner = draft.entities[mention.entity_id]
        country = owner.country or (owner.id if owner.kind in ("state", "organisation") else None)
        if country is None:
            continue
        if phrase.role.is_body or phrase.role.is_plural:
            start, end = span_of(draft, phrase)
            name = draft.parsed.document.text[start:end]
            describe(draft, phrase, draft.add_group(country, sector_of(phrase, None), name), "role and pronoun")
        elif owner.kind != "person":
            _add_holder_or_office(draft, phrase, country)


def _add_holder_or_office(draft: Draft, phrase: RolePhrase, country: str) -> None:
    holder = office_holder(draft, phrase.role.noun, country)
    if holder is not None:
        name = draft.knowledge.persons[holder].name
        describe(draft, phrase, draft.add_person(holder, name), "office and pronoun")
    elif phrase.role.noun != "counterpart":
        add_office(draft, phrase, Owner(country))


def _resolve_definite(draft: Draft, memory: Memory, phrase: RolePhrase) -> None:
    """ "The envoy", "the president": the last person called so, else who holds the office where the text plays."""
    noun = phrase.role.noun

    def fits(spoken: Spoken) -> bool:
        return spoken.entity.kind == "person" and has_role(draft, spoken.entity, noun)

    found = memory.best(phrase.root, fits)
    if found is not None:
        describe(draft, phrase, found.entity.id, f"description: last {noun}")
        return
    country = salient_state(draft, memory, phrase.root) or draft.home
    if noun in ("secretary-general", "secretary general") and (country is None or is_state(draft, country)):
        country = "UN"  # without more, the best known one
    holder = office_holder(draft, noun, country)
    if holder is not None:
        name = draft.knowledge.persons[holder].name
        describe(draft, phrase, draft.add_person(holder, name), f"office in {country}", 0.5)
    elif draft.parsed.deps[phrase.root] in ("nsubj", "agent", "pobj", "dobj"):
        official = phrase.role.sector in ("GOV", "LEG", "MIL")
        _add_unnamed(draft, phrase, draft.home if official and draft.home else place_country(draft, phrase.root))
