"""Plain nouns that refer back: "the country", "the bloc", "the group", "both sides", "the two leaders".

What enters: a draft, what has been spoken of so far, and a noun. What leaves: mentions of form `description`,
one for each entity that the words mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from detente.records import Entity
from detente.resolve.draft import Draft
from detente.resolve.memory import Memory, Spoken
from detente.resolve.tables import read_table, word_list
from detente.syntax.clauses import clause_of, own_subjects
from detente.syntax.document import ParsedDocument

_MOTIONS = frozenset({"to", "from", "out"})


@dataclass(frozen=True)
class Words:
    """The word lists that descriptions are recognised by."""

    country: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    group: frozenset[str]
    paper: frozenset[str]
    inquiry: frozenset[str]
    speech: frozenset[str]
    organisation: frozenset[str]
    pair_states: frozenset[str]
    pair_persons: frozenset[str]
    plain_pairs: frozenset[str]
    numbers: dict[str, int]
    same_role: tuple[frozenset[str], ...]


@cache
def words() -> Words:
    table = read_table("references.yaml")
    return Words(
        frozenset(table["country_nouns"]),
        {noun: frozenset(ids) for noun, ids in table["kinds_of_states"].items()},
        frozenset(table["group_nouns"]),
        frozenset(table["papers"]),
        frozenset(table["inquiries"]),
        frozenset(table["speech_verbs"]),
        frozenset(table["organisation_nouns"]),
        frozenset(table["pair_states"]),
        frozenset(table["pair_persons"]),
        frozenset(table["plain_pairs"]),
        {word: int(number) for word, number in table["numbers"].items()},
        tuple(frozenset(line) for line in table["same_role"]),
    )


def is_state(draft: Draft, key: str) -> bool:
    """Whether an id is that of a state in the tables."""
    actor = draft.knowledge.actors.get(key)
    return actor is not None and actor.kind == "state"


_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such"})


def resolve_noun(draft: Draft, memory: Memory, token: int) -> None:
    """Resolve a plain noun that refers back: a country, a group, an organisation, a pair."""
    parsed, lemma = draft.parsed, draft.parsed.lemmas[token]
    if parsed.lower[token] == "both" and parsed.deps[token] in ("nsubj", "nsubjpass", "dobj", "pobj", "appos"):
        _add_pair(draft, memory, token, 2, persons=None)
        return
    if _resolve_bare_count(draft, memory, token) or _resolve_neighbour(draft, memory, token):
        return
    if resolve_counted(draft, memory, token) or _resolve_former_or_latter(draft, memory, token):
        return
    if _resolve_half(draft, token):
        return
    for key in _NAMESAKES.get(parsed.words[token], ()):  # "the two Koreas"
        _describe(draft, token, draft.add_actor(key), "both of a name")
    article = next((parsed.lower[c] for c in parsed.children[token] if parsed.deps[c] == "det"), None)
    if article not in _DEFINITE or parsed.tags[token] == "NNS" or _is_named_beside(draft, token):
        return
    if lemma in words().country or lemma in words().kinds:
        if not _has_complement(draft, token):
            _resolve_country(draft, memory, token, lemma)
    elif lemma in words().paper or lemma in words().inquiry:
        _resolve_paper(draft, token, lemma)
    elif (lemma in words().organisation or lemma in words().group) and _is_plain(draft, token):
        _resolve_organisation(draft, memory, token, lemma)


def _resolve_former_or_latter(draft: Draft, memory: Memory, token: int) -> bool:
    """ "The latter has oil, the former an army": one of the two states or two persons last named together."""
    parsed = draft.parsed
    if parsed.lower[token] not in ("former", "latter") or token == 0 or parsed.lower[token - 1] != "the":
        return False
    if parsed.deps[token] in ("amod", "compound"):
        return False
    states = memory.pair(token, lambda s: s.entity.kind == "state", 2, lambda s: s.entity.id)
    persons = memory.pair(token, _is_person, 2, lambda s: s.entity.id, reach=1)
    later = max((s.sentence for s in states), default=-1)
    named = len({s.conjunct_of for s in persons}) == 1 or all(s.weight > 0 for s in persons)
    nearer = len(persons) == 2 and persons[0].sentence == persons[1].sentence >= later
    found = persons if nearer and (named or persons[0].sentence > later) else states
    if len(found) == 2:
        _describe(draft, token, found[parsed.lower[token] == "latter"].entity.id, f"the {parsed.lower[token]} of two")
    return True


def _is_person(spoken: Spoken) -> bool:
    return spoken.entity.kind == "person"


def _resolve_bare_count(draft: Draft, memory: Memory, token: int) -> bool:
    """ "The two then planted a pine", "each side says": two persons or states just spoken of."""
    parsed = draft.parsed
    if parsed.lower[token] == "two" and token and parsed.lower[token - 1] == "the":
        if parsed.deps[token] not in ("nsubj", "nsubjpass") or parsed.pos[token] == "ADJ":
            return False
        return _add_pair(draft, memory, token, 2, persons=True, reach=1) or _add_pair(
            draft, memory, token, 2, persons=False, reach=1
        )
    if parsed.lower[token] == "side" and any(parsed.lower[c] in ("each", "neither") for c in parsed.children[token]):
        return _add_pair(draft, memory, token, 2, persons=False, reach=2)
    return False


def _resolve_neighbour(draft: Draft, memory: Memory, token: int) -> bool:
    """ "Its neighbour denies it": the other of two states just spoken of."""
    parsed = draft.parsed
    if parsed.lemmas[token] not in _OTHER_STATES or parsed.tags[token] != "NN":
        return False
    owner = next((c for c in parsed.children[token] if parsed.lower[c] == "its"), None)
    if owner is None or token in draft.mentions_at:
        return False
    owners = {m.entity_id for m in draft.mentions_at.get(owner, ())}
    found = memory.pair(token, lambda s: s.entity.kind == "state", 2, lambda s: s.entity.id, reach=1)
    others = [s.entity.id for s in found if s.entity.id not in owners]
    if len(found) == 2 and len(others) == 1:
        _describe(draft, token, others[0], "the other of two states")
        return True
    return False


_OTHER_STATES = frozenset({"neighbour", "neighbor", "rival", "foe", "adversary"})
_COURTS = frozenset({"court", "tribunal"})
_NAMESAKES = {"Koreas": ("KOR", "PRK"), "Congos": ("COD", "COG"), "Sudans": ("SDN", "SSD"), "Germanys": ("DDR", "DEU")}
_HALVES = {"north": ("PRK", "KOR"), "south": ("KOR", "PRK")}


def _resolve_half(draft: Draft, token: int) -> bool:
    """ "The North" in a text that names one of the two Koreas."""
    parsed = draft.parsed
    half = _HALVES.get(parsed.lower[token])
    if half is None or not parsed.words[token][:1].isupper() or token == 0 or parsed.lower[token - 1] != "the":
        return False
    if not any(key in half or entity.country in half for key, entity in draft.entities.items()):
        return False
    if parsed.deps[token] in ("amod", "compound", "nmod") or parsed.lower[parsed.heads[token]] in ("in", "to", "from"):
        return False
    _describe(draft, token, draft.add_actor(half[0]), "half of a divided country")
    return True


def _resolve_paper(draft: Draft, token: int, lemma: str) -> None:
    """ "The release said": whoever is named as its issuer before, else the institution that issues the text."""
    parsed = draft.parsed
    if parsed.deps[token] not in ("nsubj", "pobj") or _has_complement(draft, token):
        return
    speaks = parsed.lemmas[parsed.heads[token]] in words().speech or lemma in words().inquiry
    if parsed.deps[token] == "nsubj" and not speaks:
        return
    if parsed.deps[token] == "pobj" and parsed.lower[parsed.heads[token]] not in ("to", "by"):
        return
    issuers = [m for m in draft.issuers if m.root < token and parsed.lemmas[parsed.heads[m.root]] == lemma]
    if issuers:
        _describe(draft, token, issuers[-1].entity_id, f"issuer of the {lemma}")
    elif draft.home is not None and lemma in words().paper:
        _describe(draft, token, draft.add_actor(draft.home), f"issuer of the {lemma}")


def _is_plain(draft: Draft, token: int) -> bool:
    """Whether nothing stands with the noun but words that such descriptions have."""
    parsed = draft.parsed
    for child in parsed.children[token]:
        if parsed.deps[child] in ("amod", "compound", "nmod") and parsed.lower[child] not in word_list(
            "group_modifiers"
        ):
            return False
        if parsed.deps[child] == "poss" or (parsed.deps[child] == "prep" and parsed.lower[child] == "of"):
            return False
    return True


def _is_named_beside(draft: Draft, token: int) -> bool:
    """ "The bloc ECOWAS": the name says it itself."""
    after = draft.name_at.get(token + 1)
    return after is not None and after.sense.kind in ("organisation", "group", "state")


def _resolve_country(draft: Draft, memory: Memory, token: int, lemma: str) -> None:
    place = _last_place(draft, token)
    kinds = _kinds(draft, token, lemma)
    if place is not None and (kinds is None or place in kinds):
        _describe(draft, token, draft.add_actor(place), "description: last state as a place")
        return

    def fits(spoken: Spoken) -> bool:
        key = spoken.entity.id if spoken.entity.kind == "state" else spoken.entity.country
        if spoken.entity.kind == "person" and kinds is None:
            return False
        return key is not None and is_state(draft, key) and (kinds is None or key in kinds)

    found = memory.best(token, fits)
    if found is not None:
        key = found.entity.id if found.entity.kind == "state" else found.entity.country or found.entity.id
        _describe(draft, token, draft.add_actor(key), "description: last state")


def _kinds(draft: Draft, token: int, lemma: str) -> frozenset[str] | None:
    """The states that may be called so: "the kingdom", "the Andean country"; None where any may."""
    told = [words().kinds.get(lemma)]
    told += [words().kinds.get(draft.parsed.lower[c]) for c in draft.parsed.children[token]]
    known = [ids for ids in told if ids is not None]
    return frozenset.intersection(*known) if known else None


def _resolve_organisation(draft: Draft, memory: Memory, token: int, lemma: str) -> None:
    found = memory.best(token, lambda s: called_organisation(draft, s.entity, lemma) is not None)
    if found is not None:
        key = called_organisation(draft, found.entity, lemma)
        _describe(draft, token, draft.add_actor(key or found.entity.id), f"description: last {lemma}")
        return
    found = memory.best(token, lambda s: _may_be_called(draft, s.entity, lemma))
    if found is not None:
        _describe(draft, token, found.entity.id, f"description: last {lemma}")


def _describe(draft: Draft, token: int, entity_id: str, reason: str) -> None:
    parsed = draft.parsed
    first = max(parsed.left[token], token - 3)
    draft.add_mention(parsed.starts[first], parsed.ends[token], entity_id, token, "description", reason, 0.7)


def _is_setting(parsed: ParsedDocument, token: int) -> bool:
    """Whether a state is only where something happens ("the war in Yemen")."""
    return parsed.deps[token] == "pobj" and parsed.lower[parsed.heads[token]] in ("in", "inside", "across", "near")


def _doers(parsed: ParsedDocument, token: int) -> frozenset[int]:
    """The subjects of the clause in which a noun is no subject: they host others, not themselves."""
    verb = clause_of(parsed, token)
    subjects = own_subjects(parsed, verb)
    return frozenset() if token in subjects else frozenset(subjects)


def _last_place(draft: Draft, token: int) -> str | None:
    """The state last named as a place, where "the country" stands as one too ("in the east of the country")."""
    parsed = draft.parsed
    head = parsed.heads[token]
    if parsed.deps[token] == "pobj" and parsed.lower[head] == "of":
        token, head = parsed.heads[head], parsed.heads[parsed.heads[head]]
    if parsed.deps[token] != "pobj" or parsed.lower[head] not in word_list("placing_prepositions") | _MOTIONS:
        return None
    return next(_places_before(draft, token, sentences=4), None)


def scene_before(draft: Draft, token: int) -> str | None:
    """The state that the text has named as a place most often before a token; the nearer of two equals."""
    counts = Counter(_places_before(draft, token, sentences=len(draft.parsed.sentences)))
    return counts.most_common(1)[0][0] if counts else None


def _places_before(draft: Draft, token: int, *, sentences: int) -> Iterator[str]:
    """The states named as places, by themselves, a capital or a town, so many sentences back; nearest first."""
    parsed = draft.parsed
    prepositions = word_list("placing_prepositions") | _MOTIONS
    start = parsed.sentences[max(0, parsed.sentence_of[token] - sentences)][0]
    for other in range(token - 1, start - 1, -1):
        match = draft.name_at.get(other)
        if match is None or match.last != other or match.sense.kind not in ("state", "capital", "place"):
            continue
        if parsed.deps[other] == "pobj" and parsed.lower[parsed.heads[other]] in prepositions:
            is_place = match.sense.kind == "place"
            country = draft.place_country(match.sense.id) if is_place else draft.country_of(match.sense.id)
            if country is not None and is_state(draft, country):
                yield country


def _has_complement(draft: Draft, token: int) -> bool:
    parsed = draft.parsed
    for child in parsed.children[token]:
        if parsed.deps[child] == "relcl" or (parsed.deps[child] == "prep" and parsed.lower[child] == "of"):
            return True
        if parsed.deps[child] in ("compound", "amod") and parsed.lower[child] not in word_list("country_adjectives"):
            return True
    return False


def _is_state_group(draft: Draft, spoken: Spoken) -> bool:
    entity = spoken.entity
    return entity.kind == "group" and entity.country is not None and is_state(draft, entity.country)


def _may_be_called(draft: Draft, entity: Entity, lemma: str) -> bool:
    actor = draft.knowledge.actors.get(entity.id)
    if actor is None:
        return False
    if actor.kind == "group":
        return lemma in words().group and actor.sector in ("REB", "PTY", "PRM", "OPP", "SOC", "CRM")
    return actor.kind == "organisation" and (
        lemma in actor.nouns
        or (lemma in ("organisation", "organization", "body") and actor.sector in ("IGO", "UNO", "NGO"))
    )


def called_organisation(draft: Draft, entity: Entity, word: str) -> str | None:
    """The organisation that an entity is or acts for, if it may be called by this word ("bloc")."""
    for key in (entity.id, entity.country):
        actor = draft.knowledge.actors.get(key or "")
        if actor is None or actor.kind != "organisation":
            continue
        if word in actor.nouns or (word in _COURTS and actor.sector == "JUD" and ":" not in actor.id):
            return actor.id
    return None


def resolve_counted(draft: Draft, memory: Memory, token: int) -> bool:
    """ "The two countries", "both leaders", "the three states"."""
    parsed, table = draft.parsed, words()
    lower = parsed.lower[token]
    if lower not in table.pair_states and lower not in table.pair_persons:
        return False
    count = next(
        (
            table.numbers[parsed.lower[c]]
            for c in parsed.children[token]
            if parsed.lower[c] in table.numbers and parsed.deps[c] != "preconj"
        ),
        None,
    )
    definite = any(parsed.lower[c] in ("the", "both", "these", "those") for c in parsed.children[token])
    if not definite or any(parsed.lower[c] == "other" for c in parsed.children[token]):
        return False
    if any(
        parsed.deps[c] in ("amod", "compound") and parsed.lower[c] not in word_list("pair_modifiers")
        for c in parsed.children[token]
    ):
        return False
    bare = all(parsed.deps[c] in ("det", "predet", "punct") for c in parsed.children[token] if c < token)
    if count is None and not (bare and (lower in ("pair", "sides") or lower in table.plain_pairs)):
        return False
    reach = 12 if count else 2
    return _add_pair(draft, memory, token, count or 2, persons=lower in table.pair_persons, reach=reach)


def _add_pair(draft: Draft, memory: Memory, token: int, count: int, *, persons: bool | None, reach: int = 12) -> bool:
    """Add a mention for each of the last `count` things that fit; False where there are not so many."""

    def fits(spoken: Spoken) -> bool:
        if persons:
            return spoken.entity.kind == "person"
        if persons is None:
            return spoken.entity.kind != "group"
        return (
            spoken.entity.kind == "state"
            or (spoken.entity.kind == "person" and bool(spoken.entity.country))
            or _is_state_group(draft, spoken)
        )

    def key(spoken: Spoken) -> str:
        return spoken.entity.id if persons else (spoken.entity.country or spoken.entity.id)

    parsed = draft.parsed
    doers = _doers(parsed, token)
    found = memory.pair(
        token, lambda s: s.token not in doers and not _is_setting(parsed, s.token) and fits(s), count, key, reach=reach
    )
    if len(found) < count:
        return False
    first = next((c for c in parsed.children[token] if c < token), token)
    for spoken in found:
        entity_id = spoken.entity.id
        if persons is False and key(spoken) in draft.knowledge.actors:
            entity_id = draft.add_actor(key(spoken))
        draft.add_mention(
            parsed.starts[first], parsed.ends[token], entity_id, token, "description", f"description: last {count}", 0.7
        )
    return True
