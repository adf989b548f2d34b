"""Role phrases without an owner or a name → the person they mean: "the envoy", "her Malaysian counterpart".

What enters: a draft, what has been spoken of so far, and a role phrase. What leaves: mentions of form
`description` or `title`. Bodies and groups go to `bodies`, counted pairs to `nouns`.
"""

from __future__ import annotations

from detente.records import Entity
from detente.resolve.belonging import resolve_member
from detente.resolve.bodies import DEFINITE, may_be_nameless, place_country, resolve_body, salient_state
from detente.resolve.draft import Draft
from detente.resolve.memory import Memory, Spoken
from detente.resolve.names import slug
from detente.resolve.nouns import is_state, resolve_counted
from detente.resolve.owners import Owner, RolePhrase, sector_of
from detente.resolve.role_words import has_role
from detente.resolve.tables import word_list
from detente.resolve.titles import add_holder, add_office, describe, office_holder, span_of

_BODILY = frozenset({"keep", "lose", "raise", "rear", "shake", "turn", "bow", "hang", "bury", "hold", "nod"})
_BEST_KNOWN = {"pope": "VAT", "pontiff": "VAT", "queen": "GBR"}
_OPPOSITES = frozenset({"counterpart", "opposite number", "guest", "host"})


def resolve_description(draft: Draft, memory: Memory, phrase: RolePhrase) -> None:
    """Resolve a role that has no owner of its own, or whose holder no table knows."""
    if phrase.persons:
        _tell_owner(draft, phrase)
        return
    if resolve_counted(draft, memory, phrase.root):
        return
    parsed = draft.parsed
    if not phrase.role.is_body and not phrase.role.is_plural and _is_predicative(draft, phrase):
        return
    if phrase.members_of is not None:
        if not phrase.role.is_plural:
            resolve_member(draft, memory, phrase, phrase.members_of)
    elif phrase.owned_by:
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
    elif parsed.deps[phrase.root] in ("dobj", "pobj", "nsubjpass", "conj") and may_be_nameless(draft, phrase):
        _add_nameless(draft, phrase)


def _is_predicative(draft: Draft, phrase: RolePhrase) -> bool:
    """ "Elected as president", "ran for president", "whoever becomes the president": a post, not who holds it."""
    parsed, head = draft.parsed, draft.parsed.heads[phrase.root]
    dep = parsed.deps[phrase.root]
    if dep == "attr":
        return parsed.lemmas[head] in ("become", "be", "remain")
    if dep == "oprd" or (dep == "pobj" and parsed.lower[head] == "as"):
        return True
    return dep == "pobj" and parsed.lower[head] == "for" and parsed.lemmas[parsed.heads[head]] in word_list("running")


def _add_unnamed(draft: Draft, phrase: RolePhrase, country: str | None) -> None:
    """ "A rebel commander in Darfur", "a minister": known by role, and country if the clause plays in one."""
    if country is not None and phrase.role.sector not in ("MIL", "CVL", "JRN"):
        add_office(draft, phrase, Owner(country))
    elif phrase.role.noun not in draft.knowledge.weak:
        _add_nameless(draft, phrase, 0.4)
    elif may_be_nameless(draft, phrase):
        _add_nameless(draft, phrase)


def _add_nameless(draft: Draft, phrase: RolePhrase, score: float = 0.35) -> None:
    """ "A farmer", "a former candidate": somebody of whom the text says no more than the role."""
    noun = phrase.role.noun
    person = draft.add_person(slug(noun), noun, sector=sector_of(phrase, None), role=noun)
    describe(draft, phrase, person, "role alone", score)


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
        if noun in _OPPOSITES:
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
        if owner.kind == "group" and owner.sector in ("REB", "PRM") and phrase.role.sector in ("CVL", "REB", "MIL"):
            describe(draft, phrase, owner.id, "its own people")
            continue
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
    elif phrase.role.noun not in _OPPOSITES and not _is_idiom(draft, phrase):
        add_office(draft, phrase, Owner(country))


def _is_someone_else(phrase: RolePhrase) -> bool:
    """ "The next president", "the Christian leader": not who holds the office of the country spoken of."""
    if word_list("other_holders").intersection(phrase.modifiers):
        return True
    told = [word for word in phrase.modifiers if word not in word_list("plain_modifiers")]
    return bool(told) and phrase.role.noun in ("leader", "head", "chief", "chairman", "ruler")


def _clause_place(draft: Draft, token: int) -> str | None:
    """ "In Kabul, the president waited": where the clause itself says that it plays."""
    parsed = draft.parsed
    if parsed.deps[token] not in ("nsubj", "nsubjpass"):
        return None
    for child in parsed.children[parsed.heads[token]]:
        if parsed.deps[child] == "prep" and parsed.lower[child] == "in" and child < token:
            for noun in parsed.children[child]:
                match = draft.name_at.get(noun)
                if match is not None and match.sense.kind in ("capital", "state", "place"):
                    is_place = match.sense.kind == "place"
                    found = draft.place_country(match.sense.id) if is_place else draft.country_of(match.sense.id)
                    if found is not None and is_state(draft, found):
                        return found
    return None


def _has_held(draft: Draft, entity: Entity, noun: str) -> bool:
    """Whether somebody once had a title with this noun: "the former prime minister"."""
    person = draft.knowledge.persons.get(entity.id)
    if person is None:
        return entity.kind == "person" and noun in (entity.role or "").lower()
    begun = (term for term in person.terms if draft.day is None or term.start <= draft.day)
    return any(noun in term.role.lower() for term in begun)


def _is_idiom(draft: Draft, phrase: RolePhrase) -> bool:
    """ "Kept its head": a part of the body, not a head of anything."""
    parsed = draft.parsed
    verb = parsed.heads[phrase.root]
    return phrase.role.noun == "head" and parsed.deps[phrase.root] == "dobj" and parsed.lemmas[verb] in _BODILY


def _resolve_definite(draft: Draft, memory: Memory, phrase: RolePhrase) -> None:
    """ "The envoy", "the president": the last person called so, else who holds the office where the text plays."""
    noun = phrase.role.noun

    def fits(spoken: Spoken) -> bool:
        if phrase.is_past:
            return _has_held(draft, spoken.entity, noun)
        return spoken.entity.kind == "person" and has_role(draft, spoken.entity, noun)

    found = memory.best(phrase.root, fits)
    if found is None and phrase.is_past:
        return
    if found is not None:
        describe(draft, phrase, found.entity.id, f"description: last {noun}")
        return
    if _is_someone_else(phrase):
        return
    country = _clause_place(draft, phrase.root) or salient_state(draft, memory, phrase.root) or draft.home
    country = country or place_country(draft, phrase.root)
    if noun in ("secretary-general", "secretary general") and (country is None or is_state(draft, country)):
        country = "UN"  # without more, the best known one
    holder = office_holder(draft, noun, country)
    if holder is None and noun in _BEST_KNOWN:
        country = _BEST_KNOWN[noun]
        holder = office_holder(draft, noun, country)
    if holder is not None:
        name = draft.knowledge.persons[holder].name
        describe(draft, phrase, draft.add_person(holder, name), f"office in {country}", 0.5)
    elif country is not None and noun in draft.knowledge.offices and is_state(draft, country):
        add_office(draft, phrase, Owner(country))
    elif draft.parsed.deps[phrase.root] in ("nsubj", "agent", "pobj", "dobj"):
        official = phrase.role.sector in ("GOV", "LEG", "MIL")
        _add_unnamed(draft, phrase, draft.home if official and draft.home else place_country(draft, phrase.root))
