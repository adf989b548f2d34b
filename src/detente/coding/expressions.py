"""Stances in fixed expressions and in the manner of speaking: "took issue with X", "spoke highly of X".

What enters: the finder of attitudes of one reading and the stance lexicon. What leaves: findings from a
holder to an object. A verb alone says nothing here; the noun or the adverb beside it evaluates.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.codebook.stance_lexicon import Idiom, StanceLexicon
from detente.coding.denials import is_unreal
from detente.coding.parties import Finding, Parties
from detente.coding.regards import Regards
from detente.syntax.clauses import is_verb, objects_of_preposition, obliques

_LOOKING = frozenset({"view", "see", "regard", "treat", "perceive", "receive", "judge", "greet"})


class Expressions:
    """Finds verb and noun, and verb and adverb, that evaluate together."""

    def __init__(self, parties: Parties, regards: Regards, lexicon: StanceLexicon) -> None:
        self.parties = parties
        self.p = parties.p
        self.regards = regards
        self.lexicon = lexicon

    def at(self, i: int) -> Iterator[Finding]:
        """The stances that verb `i` tells with a noun or an adverb beside it."""
        lemma = self.p.lemmas[i]
        if not is_verb(self.p, i):
            return
        for idiom in self.lexicon.idioms.get(lemma, ()):
            found = list(self._idiom(i, idiom))
            if found:
                yield from found
                return
        if lemma in self.lexicon.manner_verbs.verbs:
            yield from self._manner(i)

    def _idiom(self, i: int, idiom: Idiom) -> Iterator[Finding]:
        for noun in self._complements(i):
            if self.p.lemmas[noun] in idiom.nouns and not is_unreal(self.p, i):
                prefix = "implied: " if idiom.implied else ""
                rule = f"{prefix}expression '{self.p.lemmas[i]} {self.p.lower[noun]}'"
                yield from self._between(i, [i, noun], idiom.objects, idiom.valence, rule)
                return

    def _complements(self, i: int) -> Iterator[int]:
        """The nouns of an expression: direct objects, and what a preposition reaches ("to the defence of")."""
        p = self.p
        for child in p.children[i]:
            if child > i and p.deps[child] in ("dobj", "oprd", "advmod", "prt", "attr"):
                yield child
            elif child > i and p.deps[child] == "prep" and p.lower[child] in ("to", "in"):
                yield from objects_of_preposition(p, child)

    def _manner(self, i: int) -> Iterator[Finding]:
        p, table = self.p, self.lexicon.manner_verbs
        for child in p.children[i]:
            valence = table.adverbs.get(p.lower[child])
            if valence is None or p.deps[child] != "advmod" or is_unreal(p, i):
                continue
            rule = f"adverb '{p.lower[child]}' + {p.lemmas[i]}"
            places = table.objects if p.lemmas[i] in _LOOKING else [w for w in table.objects if w != "object"]
            yield from self._between(i, [i, child], places, valence, rule)
            return

    def _between(
        self, i: int, tokens: list[int], places: tuple[str, ...] | list[str], valence: float, rule: str
    ) -> Iterator[Finding]:
        """The stance of the verb's doer on what the first preposition with an actor reaches."""
        holders = self.parties.doers(i)
        near = [obliques(self.p, token) for token in tokens]
        for place in places:
            targets = self.parties.undergoers(i) if place == "object" else [n for x in near for n in x.get(place, ())]
            targets = [t for t in targets if t not in tokens]
            ids = self.regards.objects_of(targets, blamed=valence < 0)
            if ids:
                phrases = [*holders, *targets, *tokens[1:]]
                yield from self.regards.found(i, self.parties.all_of(holders), ids, valence, phrases, rule)
                return
