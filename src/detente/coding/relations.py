"""How the relation of a pair is described: "ties between A and B soured", "A and B are at odds".

What enters: a reading's parties and the stance lexicon. What leaves: findings, mutual except where one
side merely wishes for good relations. A relation needs two sides and an evaluation; the evaluation is the
noun itself ("rift"), an adjective, a predicate, a verb that changes it, or the noun it hangs from.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.codebook.stance_lexicon import StanceLexicon
from detente.coding.denials import is_denied, is_unreal
from detente.coding.parties import Finding, Parties
from detente.coding.relation_sides import SideFinder, cross
from detente.coding.relation_sides import pairs as make_pairs
from detente.coding.relation_verdicts import Judge
from detente.coding.status import modality
from detente.records import Trend
from detente.syntax.clauses import (
    clause_of,
    coordinated,
    is_verb,
    noun_modifiers,
    obliques,
    possessors,
    surface_subjects,
)

_TOWARDS = frozenset("to toward towards for at against over about of".split())
_WISHES = frozenset("want wish seek hope aim need interest desire importance favor favour prefer".split())


class Relations:
    """Finds described relations in one reading."""

    def __init__(self, parties: Parties, lexicon: StanceLexicon) -> None:
        self.parties = parties
        self.p = parties.p
        self.lexicon = lexicon
        self.sides = SideFinder(parties, lexicon)
        self.judge = Judge(parties, lexicon)

    def at(self, i: int) -> Iterator[Finding]:
        """The relations that token `i` names or is the predicate of."""
        lemma = self.p.lemmas[i]
        if lemma in self.lexicon.pair_verbs and is_verb(self.p, i):
            yield from self._pair_verb(i)
        elif lemma in self.lexicon.pair_conditions or self.p.lower[i] in self.lexicon.pair_conditions:
            yield from self._pair_condition(i)
        elif self.p.lower[i] in self.lexicon.pair_adjectives and self.p.deps[i] in ("acomp", "oprd", "attr"):
            yield from self._pair_adjective(i)
        base = self._base(i)
        if base is not None:
            yield from self._noun(i, base)

    def _base(self, i: int) -> float | None:
        """What the noun itself says of the relation; None where it is no relation noun."""
        lemma = self.p.lemmas[i]
        if self.p.pos[i] not in ("NOUN", "PROPN", "ADJ", "VERB", "AUX"):
            return None
        if lemma in self.lexicon.phrases:
            phrase = self.lexicon.phrases[lemma].get(" ".join(self.p.lower[i + 1 : i + 3]))
            if phrase is not None:
                return phrase
        if lemma in self.lexicon.compounds:
            return self.lexicon.compounds[lemma].get(self.p.lower[i - 1] if i else "")
        return self.lexicon.relation_nouns.get(lemma) if self.p.pos[i] in ("NOUN", "PROPN") else None

    def _noun(self, i: int, base: float) -> Iterator[Finding]:
        if self.p.lemmas[i] in self.lexicon.attitudes and self._one_sided(i):
            return
        verdict = self.judge.of(i, base)
        sides = self.sides.of(i, base, evaluated=verdict is not None)
        if sides is None or verdict is None:
            return
        wish = self._wished(i)
        if (not verdict.real and not wish) or (wish and not sides.phrases):
            return
        head = [verdict.token] if self._near(i, verdict.token) else []
        first, last = self.parties.span([i, *head], [i, *sides.phrases])
        for holder, other in sides.pairs:
            yield Finding(
                (holder,),
                (other,),
                verdict.valence,
                first,
                last,
                verdict.token,
                verdict.rule,
                mutual=not wish,
                trend=verdict.trend,
            )

    def _one_sided(self, i: int) -> bool:
        """Whether a noun of attitude is one party's ("X's suspicion of Y"): a pair's stands between two."""
        p, near = self.p, obliques(self.p, i)
        words = {p.lower[c] for c in p.children[i]}
        if words & {"mutual", "reciprocal", "shared"} or near.keys() & {"between", "among", "amongst"}:
            return False
        owners = [*possessors(p, i), *(t for t in noun_modifiers(p, i) if self.parties.named(t))]
        if near.keys() & _TOWARDS or owners:
            return len(self.sides.members(owners)) < 2
        return p.deps[i] == "pobj" and p.lower[p.heads[i]] in ("on", "with", "in", "out", "by", "under")

    def _near(self, i: int, token: int) -> bool:
        return self.p.sentence_of[i] == self.p.sentence_of[token] and abs(i - token) < 30

    def _wished(self, i: int) -> bool:
        """Whether good relations are only wanted: "wants close ties with", "in its interest to have good relations"."""
        p = self.p
        return any(p.lemmas[token] in _WISHES for token in list(p.ancestors(i))[:4])

    # --- predicates of a pair --------------------------------------------------------------------------

    def _pair_verb(self, i: int) -> Iterator[Finding]:
        p = self.p
        if p.lower[i + 1 : i + 2] == ["together"] and p.lemmas[i] == "bring":
            return  # who brings others together at a table says nothing of what they feel
        near = [c for c in p.children[i] if abs(c - i) < 10]
        near += [n for c in near if p.lower[c] in ("to", "in") for n in p.children[c] if p.deps[n] == "pobj"]
        around = {w for c in near for w in (p.lower[c], p.lemmas[c])}
        for frame in self.lexicon.pair_verbs[p.lemmas[i]]:
            if frame.company and not frame.company & around:
                continue
            valence = -frame.valence if is_denied(p, i) else frame.valence
            if is_unreal(p, i) or (modality(p, i) == "negated" and not is_denied(p, i)):
                return
            yield from self._predicated(i, i, valence, frame.trend, f"verb '{p.lemmas[i]}' of a pair")
            return

    def _pair_condition(self, i: int) -> Iterator[Finding]:
        p, preposition = self.p, self.p.heads[i]
        if p.deps[i] != "pobj" or p.lower[preposition] not in ("at", "on", "in", "by"):
            return
        around = {p.lower[c] for c in p.children[i]}
        table = self.lexicon.pair_conditions
        for frame in table.get(p.lower[i]) or table[p.lemmas[i]]:
            if frame.company and not frame.company & around:
                continue
            verb = clause_of(p, i)
            valence = -frame.valence if is_denied(p, verb) else frame.valence
            if not is_unreal(p, verb):
                yield from self._predicated(
                    i, verb, valence, frame.trend, f"'{p.lower[preposition]} {p.lower[i]}' of a pair"
                )
            return

    def _pair_adjective(self, i: int) -> Iterator[Finding]:
        p, verb = self.p, self.p.heads[i]
        if not is_verb(p, verb) or is_unreal(p, verb):
            return
        frame = self.lexicon.pair_adjectives[p.lower[i]][0]
        valence = -frame.valence if is_denied(p, verb) or is_denied(p, i) else frame.valence
        trend: Trend | None = "steady" if p.lemmas[verb] in self.lexicon.steady else None
        yield from self._predicated(i, verb, valence, trend, f"adjective '{p.lower[i]}' of a pair")

    def _predicated(self, i: int, verb: int, valence: float, trend: Trend | None, rule: str) -> Iterator[Finding]:
        """Two subjects, or one and a with-phrase, or a causative's two objects."""
        p = self.p
        subjects = self._subjects(verb)
        others = [
            n
            for t in (i, verb, p.heads[i], *self._adverbs(verb))
            for word in ("with", "to")
            for n in obliques(p, t).get(word, ())
        ]
        objects = [n for c in p.children[verb] if p.deps[c] == "dobj" for n in coordinated(p, c)]
        left, right = self.sides.members(subjects), self.sides.members([n for n in others if n not in subjects])
        pairs, phrases = cross(left, right), [*subjects, *others]
        if not pairs and len(self.sides.members(objects)) > 1:
            pairs, phrases = make_pairs(self.sides.members(objects)), objects
        if not pairs and len(left) > 1:
            pairs, phrases = make_pairs(left), subjects
        if not pairs:
            return
        self.sides.remember(i, pairs)
        first, last = self.parties.span([i, verb], [i, *phrases])
        for a, b in pairs:
            yield Finding((a,), (b,), valence, first, last, i, rule, mutual=True, trend=trend)

    def _adverbs(self, verb: int) -> list[int]:
        return [c for c in self.p.children[verb] if self.p.deps[c] in ("advmod", "acomp", "prt") and c > verb]

    def _subjects(self, verb: int) -> list[int]:
        """The subjects of a verb, in headlines also the name before the comma ("A, B inching closer")."""
        p, subjects = self.p, surface_subjects(self.p, verb)
        if len(subjects) == 1:
            for token in range(subjects[0] - 1, max(-1, subjects[0] - 4), -1):
                if p.words[token] in (",", "/", "and", "&") and token > 0:
                    before = p.token_at(p.starts[token] - 1)
                    if self.parties.named(before):
                        return [before, *subjects]
        return subjects
