"""Descriptions → the entity they mean: "the envoy", "the regime", "the bloc", "both countries", "the group".

What enters: a draft, what has been spoken of so far, and a role phrase or a noun. What leaves: mentions of form
`description`, one for each entity that the words mean; groups without a country stay under a slug of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.records import Entity
from detente.resolve.draft import Draft
from detente.resolve.knowledge import read_table
from detente.resolve.memory import Memory, Spoken
from detente.resolve.names import slug
from detente.resolve.phrases import IN_ROLES, RolePhrase, sector_of
from detente.resolve.titles import add_office, office_holder, span_of

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such"})
_STATE_BODIES = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_DOMESTIC = frozenset({"PTY", "OPP", "SOC", "JRN", "LEG", "JUD", "REL", "EDU", "LAB", "ELI"})
_PLACING = frozenset({"in", "inside", "near", "across", "at", "from", "around", "throughout"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "poss", "dative", "attr", "agent", "ROOT"})


@dataclass(frozen=True)
class Words:
    """The word lists that descriptions are recognised by."""

    country: frozenset[str]
    group: frozenset[str]
    organisation: frozenset[str]
    pair_states: frozenset[str]
    pair_persons: frozenset[str]
    numbers: dict[str, int]
    same_role: tuple[frozenset[str], ...]


@cache
def words() -> Words:
    table = read_table("references.yaml")
    return Words(
        frozenset(table["country_nouns"]),
        frozenset(table["group_nouns"]),
        frozenset(table["organisation_nouns"]),
        frozenset(table["pair_states"]),
        frozenset(table["pair_persons"]),
        {word: int(number) for word, number in table["numbers"].items()},
        tuple(frozenset(line) for line in table["same_role"]),
    )


def _add(draft: Draft, phrase: RolePhrase, entity_id: str, reason: str, score: float = 0.7) -> None:
    start, end = span_of(draft, phrase)
    draft.add_mention(start, end, entity_id, phrase.root, "description", reason, score)


def resolve_description(draft: Draft, memory: Memory, phrase: RolePhrase) -> None:
    """Resolve a role that has no owner of its own."""
    if _resolve_counted(draft, memory, phrase.root):
        return
    if phrase.owned_by:
        _resolve_office(draft, memory, phrase)
        return
    parsed = draft.parsed
    definite = parsed.lower[phrase.first] in _DEFINITE
    if phrase.pronoun is not None:
        _resolve_owned(draft, phrase)
    elif phrase.role.is_body or phrase.role.is_plural:
        _resolve_body(draft, memory, phrase, definite=definite)
    elif definite or parsed.words[phrase.first][:1].isupper():
        _resolve_person(draft, memory, phrase)
    elif parsed.deps[phrase.root] in ("nsubj", "agent") and phrase.role.noun not in draft.knowledge.weak:
        _add(draft, phrase, draft.add_person(slug(phrase.role.noun), phrase.role.noun, sector=phrase.role.sector, role=phrase.role.noun), "role alone", 0.4)


def _resolve_office(draft: Draft, memory: Memory, phrase: RolePhrase) -> None:
    """ "The Russian scholar": a person of that country spoken of before, else one known by role alone."""
    for owner in phrase.owned_by:
        country, noun = owner.country or owner.group, phrase.role.noun
        found = None
        if draft.parsed.lower[phrase.first] == "the" and not phrase.is_past:
            found = memory.best(
                phrase.root,
                lambda s: s.entity.kind == "person" and s.entity.country == country and has_role(draft, s.entity, noun),
            )
        if found is not None:
            _add(draft, phrase, found.entity.id, f"description: {noun} of {country}")
        else:
            add_office(draft, phrase, owner)


def _resolve_owned(draft: Draft, phrase: RolePhrase) -> None:
    """ "Its army", "his government": the owner is what the pronoun means."""
    owners = [m for m in draft.mentions if m.root == phrase.pronoun]
    for mention in owners:
        owner = draft.entities[mention.entity_id]
        country = owner.country or (owner.id if owner.kind in ("state", "organisation") else None)
        if country is None:
            continue
        if phrase.role.is_body or phrase.role.is_plural:
            start, end = span_of(draft, phrase)
            name = draft.parsed.document.text[start:end]
            _add(draft, phrase, draft.add_group(country, sector_of(phrase, None), name), "role and pronoun")
        elif owner.kind != "person":
            holder = office_holder(draft, phrase.role.noun, country)
            if holder:
                _add(draft, phrase, draft.add_person(holder, draft.knowledge.persons[holder].name), "office and pronoun")


def _resolve_person(draft: Draft, memory: Memory, phrase: RolePhrase) -> None:
    noun = phrase.role.noun

    def fits(spoken: Spoken) -> bool:
        return spoken.entity.kind == "person" and has_role(draft, spoken.entity, noun)

    found = memory.best(phrase.root, fits)
    if found is not None:
        _add(draft, phrase, found.entity.id, f"description: last {noun}")
        return
    country = _salient_state(memory, phrase.root)
    holder = office_holder(draft, noun, country)
    if holder is not None:
        _add(draft, phrase, draft.add_person(holder, draft.knowledge.persons[holder].name), f"office in {country}", 0.5)


def has_role(draft: Draft, entity: Entity, noun: str) -> bool:
    """Whether a person may be called by a role noun: by the same word or a related one."""
    role = (entity.role or "").lower().replace("-", " ")
    last = noun.split()[-1] if " of " not in noun else noun.split(" of ")[0].split()[-1]
    if noun.replace("-", " ") in role:
        return True
    if last in ("minister", "secretary", "president") and noun != last:
        return False
    for line in words().same_role:
        if noun in line or last in line:
            if any(word in role for word in line):
                return True
    return noun == "official" and entity.sector == "GOV"


def _salient_state(memory: Memory, at: int) -> str | None:
    found = memory.best(at, lambda s: s.entity.kind != "person" and (s.entity.kind == "state" or s.entity.country is not None))
    return None if found is None else found.entity.country or found.entity.id


def _resolve_body(draft: Draft, memory: Memory, phrase: RolePhrase, *, definite: bool) -> None:
    """ "The regime", "the troops", "rebels in Syria": the last such group, else that of the country spoken of."""
    sector, noun = sector_of(phrase, None), phrase.role.noun
    start, end = span_of(draft, phrase)
    name = draft.parsed.document.text[start:end]
    if definite:
        same = memory.best(phrase.root, lambda s: s.entity.kind == "group" and _same_group(draft, s, noun, sector))
        if same is not None:
            _add(draft, phrase, same.entity.id, f"description: last {noun}")
            return
    country = _place_country(draft, phrase) if sector in IN_ROLES or not definite else None
    if country is None and definite and sector in _STATE_BODIES and phrase.role.is_body:
        country = _salient_state(memory, phrase.root)
    if country is None:
        country = _domestic_country(draft, memory, phrase, sector)
    if country is not None:
        _add(draft, phrase, draft.add_group(country, sector, name), "role and country spoken of", 0.6)
    elif noun not in draft.knowledge.weak and draft.parsed.deps[phrase.root] in _ARGUMENTS:
        _add(draft, phrase, draft.add_group(None, sector, name, key=slug(noun)), "role alone", 0.4)


def _same_group(draft: Draft, spoken: Spoken, noun: str, sector: str) -> bool:
    if spoken.entity.sector != sector:
        return False
    word = draft.parsed.lower[spoken.token]
    return word == noun.split()[-1] or sector not in ("GOV", "CVL")


def _domestic_country(draft: Draft, memory: Memory, phrase: RolePhrase, sector: str) -> str | None:
    """Whose opposition or parties: the country of whoever acts in the sentence, or the only one just spoken of."""
    parsed = draft.parsed
    if sector in _DOMESTIC:
        start = parsed.sentences[parsed.sentence_of[phrase.root]][0]
        for mention in draft.mentions:
            if start <= mention.root < phrase.root and parsed.deps[mention.root] in ("nsubj", "nsubjpass"):
                entity = draft.entities[mention.entity_id]
                country = entity.id if entity.kind == "state" else entity.country
                if country and _is_state(draft, country):
                    return country
    return memory.only_country(phrase.root) if sector in IN_ROLES or sector in _DOMESTIC else None


def _is_state(draft: Draft, key: str) -> bool:
    actor = draft.knowledge.actors.get(key)
    return actor is not None and actor.kind == "state"


def _place_country(draft: Draft, phrase: RolePhrase) -> str | None:
    """The state in which the clause plays: "in Syria", "in the towns of Jabla", nearest first."""
    parsed = draft.parsed
    start, end = parsed.sentences[parsed.sentence_of[phrase.root]]
    found: list[tuple[int, str]] = []
    for token in range(start, end):
        match = draft.name_at.get(token)
        if match is None or match.last != token or parsed.deps[token] not in ("pobj", "conj", "appos"):
            continue
        if match.sense.kind in ("state", "capital") and _placed(draft, token):
            found.append((abs(token - phrase.root), draft.country_of(match.sense.id)))
        elif match.sense.kind == "place":
            country = draft.place_country(match.sense.id)
            if country:
                found.append((abs(token - phrase.root), country))
    return min(found)[1] if found else None


def _placed(draft: Draft, token: int) -> bool:
    parsed = draft.parsed
    while parsed.deps[token] in ("conj", "appos"):
        token = parsed.heads[token]
    return parsed.deps[token] == "pobj" and parsed.lower[parsed.heads[token]] in _PLACING


def resolve_noun(draft: Draft, memory: Memory, token: int) -> None:
    """Resolve a plain noun that refers back: a country, a group, an organisation, a pair."""
    parsed, lemma = draft.parsed, draft.parsed.lemmas[token]
    if parsed.lower[token] == "both" and parsed.deps[token] in ("nsubj", "nsubjpass", "dobj", "pobj", "appos"):
        _add_pair(draft, memory, token, 2, persons=None)
        return
    if _resolve_counted(draft, memory, token):
        return
    article = next((parsed.lower[c] for c in parsed.children[token] if parsed.deps[c] == "det"), None)
    if article not in _DEFINITE or parsed.tags[token] == "NNS":
        return
    if lemma in words().country and not _has_complement(draft, token):
        _refer(draft, memory, token, lambda s: s.entity.kind == "state" or _is_state_group(s), "description: last state")
        return
    if lemma in words().organisation or lemma in words().group:
        _refer(draft, memory, token, lambda s: _may_be_called(draft, s.entity, lemma), f"description: last {lemma}")


def _has_complement(draft: Draft, token: int) -> bool:
    parsed = draft.parsed
    return any(parsed.deps[c] in ("relcl", "compound", "amod") or (parsed.deps[c] == "prep" and parsed.lower[c] == "of") for c in parsed.children[token] if parsed.lower[c] not in ("entire", "whole"))


def _is_state_group(spoken: Spoken) -> bool:
    return spoken.entity.kind == "group" and ":" in spoken.entity.id


def _may_be_called(draft: Draft, entity: Entity, lemma: str) -> bool:
    actor = draft.knowledge.actors.get(entity.id)
    if actor is None:
        return False
    if actor.kind == "group":
        return lemma in words().group and actor.sector in ("REB", "PTY", "PRM", "OPP", "SOC", "CRM")
    return actor.kind == "organisation" and (lemma in actor.nouns or (lemma in ("organisation", "organization", "body") and actor.sector in ("IGO", "UNO", "NGO")))


def _refer(draft: Draft, memory: Memory, token: int, fits: object, reason: str) -> None:
    found = memory.best(token, fits)  # type: ignore[arg-type]
    if found is None:
        return
    parsed = draft.parsed
    entity_id = found.entity.id
    if reason.endswith("state") and found.entity.country is not None and found.entity.kind != "state":
        entity_id = draft.add_actor(found.entity.country) if found.entity.country in draft.knowledge.actors else entity_id
    first = max(parsed.left[token], token - 3)
    draft.add_mention(parsed.starts[first], parsed.ends[token], entity_id, token, "description", reason, 0.7)


def _resolve_counted(draft: Draft, memory: Memory, token: int) -> bool:
    """ "The two countries", "both leaders", "the three states"."""
    parsed, table = draft.parsed, words()
    lower = parsed.lower[token]
    if lower not in table.pair_states and lower not in table.pair_persons:
        return False
    count = next((table.numbers[parsed.lower[c]] for c in parsed.children[token] if parsed.lower[c] in table.numbers), None)
    if count is None and not (lower == "pair" or lower in ("sides",)):
        return False
    definite = any(parsed.lower[c] in ("the", "both", "these", "those") for c in parsed.children[token])
    if not definite or any(parsed.deps[c] == "amod" and parsed.lower[c] in ("other",) for c in parsed.children[token]):
        return False
    _add_pair(draft, memory, token, count or 2, persons=lower in table.pair_persons)
    return True


def _add_pair(draft: Draft, memory: Memory, token: int, count: int, *, persons: bool | None) -> None:
    def fits(spoken: Spoken) -> bool:
        if persons:
            return spoken.entity.kind == "person"
        if persons is None:
            return spoken.entity.kind != "group"
        return spoken.entity.kind == "state" or (spoken.entity.kind == "person" and bool(spoken.entity.country)) or _is_state_group(spoken)

    def key(spoken: Spoken) -> str:
        return spoken.entity.id if persons else (spoken.entity.country or spoken.entity.id)

    parsed = draft.parsed
    found = memory.pair(token, fits, count, key)
    if len(found) < count:
        return
    first = next((c for c in parsed.children[token] if c < token), token)
    for spoken in found:
        entity_id = spoken.entity.id
        if persons is False and key(spoken) in draft.knowledge.actors:
            entity_id = draft.add_actor(key(spoken))
        draft.add_mention(parsed.starts[first], parsed.ends[token], entity_id, token, "description", f"description: last {count}", 0.7)
