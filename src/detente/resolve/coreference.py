"""Pronouns and descriptions → the entity last spoken of that fits.

What enters: a draft with all names and titles resolved, and the roles that have no owner. What leaves: the
mentions that refer back. Where nothing fits, no mention is made.
"""

from __future__ import annotations

from functools import cache

from detente.records import Entity
from detente.resolve.capitals import TOLD
from detente.resolve.descriptions import resolve_description, resolve_noun
from detente.resolve.draft import Draft
from detente.resolve.knowledge import read_table
from detente.resolve.memory import Memory, Spoken
from detente.resolve.phrases import RolePhrase

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_PRONOUNS = _HE | _SHE | _IT | _THEY


@cache
def _speech_verbs() -> frozenset[str]:
    return frozenset(read_table("references.yaml")["speech_verbs"])


@cache
def _female() -> frozenset[str]:
    return frozenset(read_table("references.yaml")["female"])


def resolve_references(draft: Draft, phrases: list[RolePhrase], unresolved: list[RolePhrase]) -> None:
    """Add mentions for pronouns, descriptions and roles without an owner, reading from left to right."""
    parsed, memory = draft.parsed, Memory(draft.parsed)
    told = sorted(draft.mentions, key=lambda m: (m.root, m.start))
    open_roles = {phrase.root: phrase for phrase in unresolved}
    in_roles = {token for phrase in phrases for token in range(phrase.first, phrase.last + 1)}
    number = 0
    for token in range(len(parsed)):
        before = len(draft.mentions)
        if parsed.lower[token] in _PRONOUNS:
            _resolve_pronoun(draft, memory, token)
        elif token in open_roles:
            resolve_description(draft, memory, open_roles[token])
        elif parsed.pos[token] in ("NOUN", "PRON", "DET", "PROPN") and token not in in_roles:
            resolve_noun(draft, memory, token)
        while number < len(told) and told[number].root <= token:
            memory.add(told[number], draft.entities[told[number].entity_id])
            number += 1
        for mention in draft.mentions[before:]:
            memory.add(mention, draft.entities[mention.entity_id])


def _resolve_pronoun(draft: Draft, memory: Memory, token: int) -> None:
    word = draft.parsed.lower[token]
    if word in _IT:
        found = _antecedent_of_it(draft, memory, token)
        reason = "pronoun: last state or organisation"
    elif word in _THEY:
        found = _antecedent_of_they(draft, memory, token)
        reason = "pronoun: last plural"
    else:
        found = _antecedent_of_person(draft, memory, token, female=word in _SHE)
        reason = "pronoun: last person"
    for spoken in found:
        _mention(draft, token, token, spoken.entity.id, reason)


def _mention(draft: Draft, first: int, last: int, entity_id: str, reason: str) -> None:
    parsed = draft.parsed
    draft.add_mention(parsed.starts[first], parsed.ends[last], entity_id, last, "pronoun", reason, 0.7)


def _co_argument(draft: Draft, token: int, other: int) -> bool:
    """Whether two tokens are arguments of one verb, so that a plain pronoun cannot mean the other."""
    parsed = draft.parsed
    if parsed.deps[token] == "poss":
        return False
    verb = parsed.heads[token]
    if parsed.deps[token] == "pobj":
        verb = parsed.heads[verb]
    return parsed.heads[other] == verb and parsed.deps[token] not in ("nsubj", "nsubjpass")


def _antecedent_of_person(draft: Draft, memory: Memory, token: int, *, female: bool) -> list[Spoken]:
    speaker = _quoting_speaker(draft, token)

    def fits(spoken: Spoken) -> bool:
        entity = spoken.entity
        if entity.kind != "person" or spoken.is_plural or entity.id == speaker or _co_argument(draft, token, spoken.token):
            return False
        return _may_be(entity, female=female)

    found = memory.best(token, fits)
    if found is None and female:  # a ship
        found = memory.best(token, lambda s: s.entity.id.endswith(":MIL") and s.weight > -2)
    return [found] if found else []


def _may_be(entity: Entity, *, female: bool) -> bool:
    given = entity.name.split()[0] if entity.name else ""
    role = entity.role or ""
    is_woman = given in _female() or "woman" in role or given in ("Mrs", "Ms", "Mrs.", "Ms.", "Queen", "Baroness")
    return is_woman or not _is_known_man(entity) if female else not is_woman


def _is_known_man(entity: Entity) -> bool:
    role = (entity.role or "").lower()
    return entity.kind == "person" and (" " in entity.name and entity.name.split()[0] not in _female() and "man" in role.split("wo")[-1][-3:])


def _quoting_speaker(draft: Draft, token: int) -> str | None:
    """The person whose words a quotation holds: "he" inside means somebody else."""
    parsed = draft.parsed
    number = parsed.quotation_of[token]
    if number is None:
        return None
    quotation = parsed.quotations[number]
    first, last = parsed.token_at(quotation.start), parsed.token_at(max(quotation.start, quotation.end - 1))
    start = parsed.sentences[parsed.sentence_of[first]][0]
    end = parsed.sentences[parsed.sentence_of[last]][1]
    for mention in draft.mentions:
        root = mention.root
        if start <= root < end and parsed.quotation_of[root] is None and parsed.deps[root] == "nsubj":
            if parsed.lemmas[parsed.heads[root]] in _speech_verbs() and draft.entities[mention.entity_id].kind == "person":
                return mention.entity_id
    return None


def _antecedent_of_it(draft: Draft, memory: Memory, token: int) -> list[Spoken]:
    if _is_empty_it(draft, token) or _is_thing(draft, token):
        return []

    def fits(spoken: Spoken) -> bool:
        entity = spoken.entity
        if entity.kind == "person" or entity.id.endswith(":CVL") or _co_argument(draft, token, spoken.token):
            return False
        return not (spoken.is_plural and draft.parsed.tags[spoken.token] == "NNS")

    found = memory.best(token, fits)
    if found is None or (draft.parsed.lower[token] != "its" and _thing_between(draft, found, token)):
        return []
    return [found]


def _is_thing(draft: Draft, token: int) -> bool:
    """ "It" as the object of a verb that is not done to actors is mostly a thing."""
    parsed = draft.parsed
    return parsed.deps[token] == "dobj" and parsed.lemmas[parsed.heads[token]] not in TOLD


def _is_empty_it(draft: Draft, token: int) -> bool:
    """ "It is clear that", "it was of interest to": the subject is a clause that follows."""
    parsed, verb = draft.parsed, draft.parsed.heads[token]
    if parsed.lower[token] != "it" or parsed.deps[token] not in ("nsubj", "nsubjpass", "expl"):
        return False
    kinds = {parsed.deps[c] for c in parsed.children[verb] if c > verb}
    if parsed.lemmas[verb] == "be":
        return True
    return "ccomp" in kinds and parsed.lemmas[verb] in ("seem", "appear", "happen", "follow", "mean", "turn", "remain")


def _thing_between(draft: Draft, found: Spoken, token: int) -> bool:
    """Whether a thing stands nearer that "it" may mean: the subject or object of a clause in between."""
    parsed = draft.parsed
    start = found.token if found.sentence == parsed.sentence_of[token] else parsed.sentences[parsed.sentence_of[token]][0]
    verb = parsed.heads[token]
    governor = parsed.heads[verb] if parsed.deps[verb] == "ccomp" else None
    if governor is not None and found.token in parsed.children[governor]:
        return False  # "Turkey said it would"
    for other in range(start + 1, token):
        if parsed.deps[other] in ("nsubj", "nsubjpass", "dobj") and parsed.tags[other] == "NN" and not _is_actor(draft, other):
            return True
    return False


def _is_actor(draft: Draft, token: int) -> bool:
    return any(m.root == token for m in draft.mentions)


def _antecedent_of_they(draft: Draft, memory: Memory, token: int) -> list[Spoken]:
    def fits(spoken: Spoken) -> bool:
        if _co_argument(draft, token, spoken.token):
            return False
        return (spoken.is_plural and spoken.entity.kind != "person") or len(memory.together(spoken)) > 1

    found = memory.best(token, fits)
    near = found is not None and draft.parsed.sentence_of[token] - found.sentence <= 1
    if found is None or not near:
        found = memory.best(token, lambda s: s.entity.kind in ("state", "organisation") and s.weight > 0) or found
    return [] if found is None else memory.together(found)
