"""Pairs of actors in one sentence that no listed act joins: what an encoder is asked about beside the lexicon's acts.

What enters: a reading and the acts found by grammar. What leaves: acts without a type, one for each ordered pair,
on the predicate that governs both. The nearest pairs in the parse go first, and few are kept of a long sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.codebook.event_lexicon import Entry
from detente.coding.act import Act
from detente.syntax.clauses import first_conjunct, is_verb
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import KNOWN_SCORE, Reading

UNLISTED = Entry(lemmas=(), type="", origin="no entry")
"""The entry of acts whose predicate the lexicon does not know."""

MOST = 3
"""Ordered pairs kept of one sentence."""

FARTHEST = 5
"""Steps of the parse between two actors, beyond which the encoder hardly ever sees an act."""

_DOERS = frozenset("nsubj nsubjpass poss appos compound nmod ROOT".split())
_WITHIN_NAMES = frozenset("poss appos compound amod nmod".split())
_SUBORDINATE = frozenset("ccomp xcomp advcl relcl acl pcomp csubj csubjpass parataxis".split())
_BRINGERS = frozenset("by from between among".split())


@dataclass(frozen=True, slots=True)
class _Party:
    entity_id: str
    root: int
    acts: bool


def open_pairs(reading: Reading, acts: Sequence[Act]) -> list[Act]:
    """Acts without a type for the pairs of each sentence that `acts` leave open, in the order of the text."""
    covered: dict[int, set[frozenset[str]]] = {}
    for act in acts:
        sides = (*act.actors, *act.recipients)
        joined = covered.setdefault(reading.parsed.sentence_of[act.predicate], set())
        joined |= {frozenset((a, b)) for a in sides for b in sides if a != b}
    out: list[Act] = []
    for number, (first, last) in enumerate(reading.parsed.sentences):
        parties = list(_parties(reading, first, last))
        if len(parties) > 1:
            out += _of_sentence(reading, parties, covered.get(number, set()))
    return out


def _of_sentence(reading: Reading, parties: Sequence[_Party], covered: set[frozenset[str]]) -> list[Act]:
    p = reading.parsed
    found: dict[tuple[str, str], tuple[int, Act]] = {}
    for source in parties:
        for target in parties:
            key = (source.entity_id, target.entity_id)
            if not source.acts or frozenset(key) in covered or not _distinct(reading, *key):
                continue
            joint = _joint(p, source.root, target.root)
            if joint is None or joint[1] > FARTHEST or _is_below(p, source.root, target.root):
                continue
            predicate, distance = joint
            if key not in found or distance < found[key][0]:
                kind = "verb" if is_verb(p, predicate) else "noun"
                found[key] = (distance, Act(predicate, UNLISTED, kind, (key[0],), (key[1],)))
    nearest = sorted(found.values(), key=lambda one: (one[0], one[1].predicate, one[1].actors, one[1].recipients))
    return [act for _, act in nearest[:MOST]]


def _parties(reading: Reading, first: int, last: int) -> Iterator[_Party]:
    """Who stands in a sentence; places stand for their countries, as targets only."""
    for token in range(first, last):
        for mention in reading.mentions_by_root.get(token, ()):
            if mention.score >= KNOWN_SCORE and reading.is_political(mention.entity_id):
                yield _Party(mention.entity_id, token, acts=_may_act(reading.parsed, token))
    for place in reading.places:
        if first <= place.start < last and place.country is not None:
            yield _Party(place.country, place.end - 1, acts=False)


def _may_act(p: ParsedDocument, root: int) -> bool:
    """Whether a noun stands where actors do: subject, owner, behind "by"; not as an adjective or a circumstance."""
    noun = first_conjunct(p, root)
    return p.deps[noun] in _DOERS or (p.deps[noun] == "pobj" and p.lower[p.heads[noun]] in _BRINGERS)


def _distinct(reading: Reading, source: str, target: str) -> bool:
    """Whether two ids can act on each other: not one actor, nor a state and its own organ."""
    if source == target:
        return False
    entities = [reading.entities.get(one) for one in (source, target)]
    same = reading.country_of(source) == reading.country_of(target)
    return not same or all(one is not None and one.kind != "state" and one.sector != "GOV" for one in entities)


def _is_below(p: ParsedDocument, source: int, target: int) -> bool:
    """Whether the source stands in a clause below that of the target: "X said that | Y …" tells nothing of Y on X."""
    below, above = _clauses(p, source), _clauses(p, target)
    return below != above and above <= below


def _clauses(p: ParsedDocument, token: int) -> set[int]:
    return {t for t in (token, *p.ancestors(token)) if p.deps[t] in _SUBORDINATE}


def _is_one_name(p: ParsedDocument, inner: int, outer: int) -> bool:
    """Whether one stands within the other's noun phrase: "Pakistan's envoy", "Lavrov, the Russian minister"."""
    while inner != outer and p.deps[inner] in _WITHIN_NAMES:
        inner = p.heads[inner]
    return inner == outer


def _joint(p: ParsedDocument, source: int, target: int) -> tuple[int, int] | None:
    """The predicate that governs both tokens and how many steps of the parse lie between them."""
    if _is_one_name(p, source, target) or _is_one_name(p, target, source):
        return None
    above = {token: step for step, token in enumerate((source, *p.ancestors(source)))}
    for step, token in enumerate((target, *p.ancestors(target))):
        if token not in above:
            continue
        predicate: int | None = token
        while predicate is not None and predicate in (source, target):
            predicate = p.heads[predicate] if p.heads[predicate] != predicate else None
        while predicate is not None and p.pos[predicate] not in ("VERB", "AUX", "NOUN"):
            predicate = p.heads[predicate] if p.heads[predicate] != predicate else None
        return (predicate, above[token] + step) if predicate is not None else None
    return None
