"""Pronouns → whom they mean: he and she a person, it a state or organisation, they a group or several.

What enters: a draft and what has been spoken of so far. What leaves: mentions of form `pronoun`. Where the
pronoun may as well mean a thing, no mention is made.
"""

from __future__ import annotations

from functools import cache

from detente.records import Entity
from detente.resolve.draft import Draft
from detente.resolve.memory import Memory, Spoken
from detente.resolve.tables import given_names, read_table, word_list
from detente.syntax.clauses import is_verb, own_subjects, surface_subjects

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
PRONOUNS = _HE | _SHE | _IT | _THEY


@cache
def _speech_verbs() -> frozenset[str]:
    return frozenset(read_table("references.yaml")["speech_verbs"])


def resolve_pronoun(draft: Draft, memory: Memory, token: int) -> None:
    """Add the mentions of a personal or possessive pronoun; none where nothing fits."""
    word = draft.parsed.lower[token]
    near = _named_in_phrase(draft, token)
    if near:
        for entity_id in near:
            _mention(draft, token, token, entity_id, "pronoun: named in the same phrase")
        return
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


def _named_in_phrase(draft: Draft, token: int) -> list[str]:
    """ "Iraq in its fight", "for its part, Iraq": the owner stands in the phrase or is the subject to come."""
    parsed, head = draft.parsed, draft.parsed.heads[token]
    if parsed.deps[token] != "poss" or parsed.deps[head] != "pobj":
        return []
    preposition = parsed.heads[head]
    above = parsed.heads[preposition]
    if parsed.lower[preposition] == "for" and parsed.lower[head] == "part" and is_verb(parsed, above):
        nouns = own_subjects(parsed, above)
    elif parsed.lower[preposition] in ("in", "over", "with", "under", "during") and above < preposition:
        nouns = [above] if parsed.pos[above] in ("NOUN", "PROPN") else []
    else:
        return []
    found = [m.entity_id for noun in nouns for m in draft.mentions_at.get(noun, ())]
    return [key for key in dict.fromkeys(found) if _agrees(draft, key, parsed.lower[token])]


def _agrees(draft: Draft, entity_id: str, word: str) -> bool:
    entity = draft.entities[entity_id]
    if word in _IT:
        return entity.kind != "person"
    if word in _THEY:
        return entity.kind != "person"
    return entity.kind == "person" and _may_be(entity, female=word in _SHE)


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
    if parsed.deps[token] in ("nsubj", "nsubjpass"):
        return False
    return parsed.heads[other] == verb or (is_verb(parsed, verb) and other in surface_subjects(parsed, verb))


def _antecedent_of_person(draft: Draft, memory: Memory, token: int, *, female: bool) -> list[Spoken]:
    speaker = _quoting_speaker(draft, token)
    ships = {last for _, last, _ in draft.ships}

    def fits(spoken: Spoken) -> bool:
        entity = spoken.entity
        if (
            entity.kind != "person"
            or spoken.is_plural
            or entity.id == speaker
            or _co_argument(draft, token, spoken.token)
        ):
            return False
        return _may_be(entity, female=female)

    found = memory.best(token, lambda s: fits(s) and _is_surely(s.entity, female=female))
    nearer = memory.best(token, fits)
    if nearer is not None and nearer.weight > 0 and nearer.sentence == draft.parsed.sentence_of[token]:
        found = found if found is not None and found.sentence == nearer.sentence else nearer
    if found is None and female and draft.ships:
        found = memory.best(token, lambda s: s.token in ships)
    found = found or memory.best(token, fits)
    return [found] if found else []


def _is_surely(entity: Entity, *, female: bool) -> bool:
    """Whether a given name or a role word settles it."""
    if female:
        return not _may_be(entity, female=False)
    return (entity.name.split() or [""])[0] in given_names("male")


def _may_be(entity: Entity, *, female: bool) -> bool:
    given = entity.name.split()[0] if entity.name else ""
    role = entity.role or ""
    if female:
        is_man = given in given_names("male") or given in ("Mr", "Mr.", "King", "Lord", "Sir")
        return not is_man and not role.endswith("sman")
    return (
        given not in given_names("female")
        and "woman" not in role
        and given not in ("Mrs", "Ms", "Mrs.", "Ms.", "Queen", "Baroness")
    )


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
    for root in range(start, end):
        if parsed.quotation_of[root] is None and parsed.deps[root] == "nsubj":
            for mention in draft.mentions_at.get(root, ()):
                is_person = draft.entities[mention.entity_id].kind == "person"
                if is_person and parsed.lemmas[parsed.heads[root]] in _speech_verbs():
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

    owning = draft.parsed.lower[token] == "its"
    found = memory.directly_before(token) or memory.best(token, fits, owners_first=owning)
    if found is not None and not owning and draft.parsed.sentence_of[token] - found.sentence > 1:
        return []
    if found is None or (draft.parsed.lower[token] != "its" and _thing_between(draft, found, token)):
        return []
    return [found]


def _is_thing(draft: Draft, token: int) -> bool:
    """ "It" as the object of a verb that is not done to actors is mostly a thing."""
    parsed = draft.parsed
    if parsed.deps[token] not in ("dobj", "nsubjpass") or parsed.lower[token] != "it":
        return False
    return parsed.lemmas[parsed.heads[token]] not in word_list("addressing_verbs") | word_list("reaching_verbs")


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
    start = (
        found.token if found.sentence == parsed.sentence_of[token] else parsed.sentences[parsed.sentence_of[token]][0]
    )
    verb = parsed.heads[token]
    governor = parsed.heads[verb] if parsed.deps[verb] == "ccomp" else None
    if governor is not None and found.token in parsed.children[governor]:
        return False  # "Turkey said it would"
    for other in range(start + 1, token):
        if (
            parsed.deps[other] in ("nsubj", "nsubjpass", "dobj")
            and parsed.tags[other] == "NN"
            and not _is_actor(draft, other)
        ):
            return True
    return False


def _is_actor(draft: Draft, token: int) -> bool:
    return token in draft.mentions_at


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
