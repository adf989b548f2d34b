"""Between whom a relation stands: the two sides of "ties between A and B", "A's ties with B", "their ties".

What enters: a reading's parties and the index of a relation noun. What leaves: pairs of entity ids with the
phrases that name them; none of these where only the discourse does ("bilateral ties").
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from detente.codebook.stance_lexicon import StanceLexicon
from detente.coding.parties import Parties
from detente.syntax.clauses import (
    clause_of,
    coordinated,
    first_conjunct,
    is_verb,
    noun_modifiers,
    obliques,
    possessors,
    surface_subjects,
)

_BETWEEN = ("between", "among", "amongst", "of")
_WITH = ("with", "to", "towards", "toward", "vis-à-vis")
_BARE = frozenset({"relation", "relations", "tie", "ties", "relationship", "partnership", "bond", "bonds"})
_JOINT = frozenset({"bilateral", "mutual", "their", "our", "reciprocal", "two-way", "neighbourly", "neighborly"})
_MEMORY = 12  # sentences for which a pair told of is still meant by "their ties"
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Who has the relation: pairs of ids, and the phrases that name them (empty where the discourse does)."""

    pairs: Pairs
    phrases: tuple[int, ...] = ()


class SideFinder:
    """Finds the two sides of relation nouns in one reading; remembers the last pair for "bilateral ties"."""

    def __init__(self, parties: Parties, lexicon: StanceLexicon) -> None:
        self.parties = parties
        self.p = parties.p
        self.lexicon = lexicon
        self._last: tuple[int, Pairs] | None = None

    def of(self, i: int, base: float, *, evaluated: bool) -> Sides | None:
        """The sides of relation noun `i`; `base` is what the noun itself is worth, `evaluated` whether it is judged."""
        sides = self._sides(i, base, evaluated)
        if sides is not None and sides.phrases:
            self.remember(i, sides.pairs)
        return sides

    def remember(self, i: int, told: Pairs) -> None:
        """Keep the pair told of at a token, for "bilateral ties" later on."""
        self._last = (self.p.sentence_of[i], told)

    def _sides(self, i: int, base: float, evaluated: bool) -> Sides | None:
        """The two sides of a relation noun, from the construction around it, else from the discourse."""
        near = obliques(self.p, i)
        if self.p.lemmas[i] in self.lexicon.phrases:  # "a war of words between"
            inner = [*near.get("of", ()), *(c for c in self.p.children[i] if self.p.deps[c] == "acl")]
            near = {**{k: v for n in inner for k, v in obliques(self.p, n).items()}, **near}
        if self.p.deps[i] in ("nsubj", "nsubjpass", "dobj") and "between" not in near:
            near = {**near, **{k: v for k, v in obliques(self.p, self.p.heads[i]).items() if k == "between"}}
        for word in _BETWEEN:
            if word in near:
                ids = self.members(near[word])
                if len(ids) > 1:
                    return Sides(pairs(ids), tuple(near[word]))
        owners = possessors(self.p, i)
        others = [noun for word in _WITH for noun in near.get(word, ())]
        own, with_ids = self.members(owners), self.members(others)
        modifiers = noun_modifiers(self.p, i)
        modified = self._modifying(i, modifiers)
        for left, right, phrases in (
            (own, with_ids, [*owners, *others]),
            (modified, with_ids, [*modifiers, *others]),
            (own, modified, [*owners, *modifiers]),
        ):
            crossed = cross(left, right)
            if crossed:
                return Sides(crossed, tuple(phrases))
        if not with_ids:
            for ids, phrases in ((own, owners), (modified, modifiers)):
                if len(ids) > 1:
                    return Sides(pairs(ids), tuple(phrases))
        return self._from_governor(i, base, evaluated, with_ids, others)

    def _from_governor(
        self, i: int, base: float, evaluated: bool, with_ids: list[str], others: list[int]
    ) -> Sides | None:
        """The side that stands outside the noun phrase: a subject, a governing noun's owner, the discourse."""
        p = self.p
        subjects: list[int] = []
        governor = p.heads[first_conjunct(p, i)]
        if p.deps[first_conjunct(p, i)] == "pobj" and not is_verb(p, governor):
            noun = p.heads[governor]
            if p.pos[noun] == "NOUN":
                owners = possessors(p, first_conjunct(p, noun)) or self._stray_owner(noun)
                crossed = cross(self.members(owners), with_ids)
                if crossed:
                    return Sides(crossed, (*owners, *others))
            if p.lower[governor] not in ("in", "of", "on", "for", "to"):
                return self._discourse(i, base) if not with_ids and base == 0 else None
        verb = clause_of(p, i)
        if verb != i and not self._subject_of(i, verb) and verb in list(p.ancestors(first_conjunct(p, i)))[:5]:
            subjects = [s for s in surface_subjects(p, verb) if not p.left[s] <= i <= p.right[s] or s in others]
        ids = self.members(subjects)
        crossed = cross(ids, with_ids)
        if crossed:
            return Sides(crossed, (*subjects, *others))
        if with_ids and p.deps[verb] == "ccomp":  # "X said ties with Y were good"
            speakers = surface_subjects(p, p.heads[verb])
            crossed = cross(self.members(speakers), with_ids)
            return Sides(crossed, (*others,)) if crossed else None
        if with_ids or (base != 0 and not evaluated):
            return None
        receivers = [
            n for c in p.children[verb] if p.deps[c] in ("dobj", "dative") and c != i for n in coordinated(p, c)
        ]
        crossed = cross(ids, self.members(receivers)) if p.deps[i] == "pobj" and not self._subject_of(i, verb) else ()
        if crossed:  # "thanked X for a close partnership"
            return Sides(crossed, (*subjects, *receivers))
        if len(ids) == 2 and p.deps[i] in ("dobj", "attr", "pobj", "conj") and verb >= 0:
            return Sides(pairs(ids), tuple(subjects))
        return self._inner(i) or self._discourse(i, base)

    def _stray_owner(self, noun: int) -> list[int]:
        """An owner that the parser did not see as one: a name with 's above the noun."""
        p = self.p
        return [t for t in list(p.ancestors(noun))[:4] if any(p.deps[c] == "case" for c in p.children[t])][:1]

    def _inner(self, i: int) -> Sides | None:
        """The sides of a relation noun below: "goodwill in the relations between A and B"."""
        for child in (*self.p.children[i], *self.p.children[self.p.heads[i]], *self._siblings(i)):
            if child > i and self.p.deps[child] == "prep":
                for noun in self.p.children[child]:
                    if self.p.deps[noun] == "pobj" and self.p.lemmas[noun] in self.lexicon.relation_nouns:
                        near = obliques(self.p, noun)
                        ids = self.members([n for w in _BETWEEN for n in near.get(w, ())])
                        if len(ids) > 1:
                            return Sides(pairs(ids), (noun,))
        return self._from_subject_relation(i)

    def _siblings(self, i: int) -> list[int]:
        """The dependents of the noun that governs `i` through a preposition ("state of goodwill in …")."""
        head = self.p.heads[i]
        return list(self.p.children[self.p.heads[head]]) if self.p.deps[i] == "pobj" else []

    def _from_subject_relation(self, i: int) -> Sides | None:
        """ "A–B ties came to an end of enmity": the subject is itself a relation."""
        for subject in surface_subjects(self.p, clause_of(self.p, i)):
            if subject != i and self.p.lemmas[subject] in self.lexicon.relation_nouns:
                modifiers = noun_modifiers(self.p, subject)
                ids = self._modifying(subject, modifiers) or self.members(possessors(self.p, subject))
                near = obliques(self.p, subject)
                ids = ids if len(ids) > 1 else self.members([n for w in _BETWEEN for n in near.get(w, ())])
                if len(ids) > 1:
                    return Sides(pairs(ids), (subject,))
        return None

    def _discourse(self, i: int, base: float) -> Sides | None:
        """The pair spoken of, for "bilateral ties", "their relationship" and bare "relations"."""
        if base != 0 or (self.p.lemmas[i] not in _BARE and not self._lacking(i)):
            return None
        p, near = self.p, {self.p.lower[c] for c in self.p.children[i]}
        if any(self.parties.reading.at(token) for token in noun_modifiers(p, i)) or obliques(p, i).keys() & {
            *_WITH,
            *_BETWEEN,
        }:
            return None
        if not near & _JOINT and not self._lacking(i) and p.deps[i] not in ("nsubj", "nsubjpass", "ROOT"):
            return None
        owners = [self.parties.country(x) for x in self.members(possessors(p, i))]
        number = p.sentence_of[i]
        for first in (number, max(0, number - 1)):  # this sentence alone, then with the one before
            distinct = self.parties.states(p.sentences[first][0], i)
            distinct = list(dict.fromkeys([*owners, *distinct]))
            if len(distinct) == 2:
                return Sides(pairs(distinct))
        if self._last is None or len(self._last[1]) > 1 or number - self._last[0] > _MEMORY:
            return None
        return Sides(self._last[1]) if set(owners) <= {self.parties.country(x) for x in self._last[1][0]} else None

    def _lacking(self, i: int) -> bool:
        """Whether trust is said to be lacking, lost or restored ("the loss of trust")."""
        p = self.p
        if p.lemmas[i] not in ("trust", "confidence") or p.deps[i] != "pobj":
            return False
        return p.lemmas[p.heads[p.heads[i]]] in self.lexicon.turn_nouns

    def members(self, nouns: list[int]) -> list[str]:
        return list(
            dict.fromkeys(x for noun in nouns for x in (self.parties.named(noun) or self.parties.who(noun)[:1]))
        )

    def _modifying(self, i: int, modifiers: list[int]) -> list[str]:
        """The actors among a noun's modifiers, those inside one hyphenated token ("U.S.-Iraq") included."""
        out: dict[str, None] = {}
        for token in sorted(modifiers):
            for mention in self.parties.reading.mentions_by_token.get(token, ()):
                if token in self.parties.reading.mentions_by_root and mention.root != token:
                    continue
                out.setdefault(mention.entity_id)
        return list(out)

    def _subject_of(self, i: int, verb: int) -> bool:
        top = first_conjunct(self.p, i)
        while self.p.heads[top] != verb and self.p.heads[top] != top and not is_verb(self.p, self.p.heads[top]):
            top = self.p.heads[top]
        return self.p.deps[top] in ("nsubj", "nsubjpass") and self.p.heads[top] == verb


def pairs(ids: list[str]) -> Pairs:
    """Every pair among the first three of several actors."""
    return tuple(combinations(ids[:3], 2))


def cross(left: list[str], right: list[str]) -> Pairs:
    """Each of the left with each of the right, a few of both."""
    return tuple((a, b) for a in left[:2] for b in right[:4] if a != b)
