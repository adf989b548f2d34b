"""What is said of a relation: warm or frosty, thawing or souring, by which words.

What enters: a reading's parties and the index of a relation noun. What leaves: a `Verdict`. The noun's
predicate goes before its adjectives, those before the noun it hangs from, that before the noun itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.codebook.stance_lexicon import StanceLexicon
from detente.coding.denials import is_denied, is_unreal
from detente.coding.parties import Parties
from detente.coding.status import modality
from detente.records import Trend
from detente.syntax.clauses import clause_of, coordinated, first_conjunct, is_verb, verb_lemma

COPULAS = frozenset(
    "be remain become grow turn get stay seem appear look go run stand prove feel keep continue reach hit enter sink "
    "fall come".split()
)
_NOW = frozenset({"now", "today", "currently", "present", "nowadays"})
_CHANGE: dict[bool, Trend] = {True: "warming", False: "cooling"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a relation is judged, by which token; `real` is False where the words only hope or fear it."""

    valence: float
    trend: Trend | None
    token: int
    rule: str
    real: bool = True


class Judge:
    """Judges relation nouns in one reading."""

    def __init__(self, parties: Parties, lexicon: StanceLexicon) -> None:
        self.parties = parties
        self.p = parties.p
        self.lexicon = lexicon

    def of(self, i: int, base: float) -> Verdict | None:
        """What is said of the relation: the predicate goes before the adjective, that before the noun itself."""
        found = self._by_predicate(i, base) or self._by_adjective(i, base) or self._by_governor(i, base)
        if found is None and base != 0:
            found = Verdict(base, self._trend_beside(i, base), i, f"noun '{self.p.lemmas[i]}' of a pair")
        if found is None:
            return None
        by_verb = found.token != i and is_verb(self.p, found.token)
        unreal = not by_verb and is_unreal(self.p, clause_of(self.p, i)) and not self._definite(i)
        return replace(found, real=found.real and not unreal)

    def _definite(self, i: int) -> bool:
        return any(self.p.deps[c] == "poss" or self.p.lower[c] in ("the", "our") for c in self.p.children[i])

    def _by_adjective(self, i: int, base: float) -> Verdict | None:
        if base != 0:
            return None
        for child in self._adjectives(i):
            valence = self.lexicon.qualities.get(self.p.lower[child])
            if valence is not None:
                valence = -valence / 2 if is_denied(self.p, child) else valence
                trend = self._quality_trend(child, valence)
                return Verdict(valence, trend, child, f"adjective '{self.p.lower[child]}' + {self.p.lemmas[i]}")
        return None

    def _adjectives(self, i: int) -> list[int]:
        return [
            t
            for c in self.p.children[i]
            if self.p.deps[c] in ("amod", "compound", "nmod") and c < i
            for t in coordinated(self.p, c)
        ]

    def _quality_trend(self, adjective: int, valence: float) -> Trend | None:
        p = self.p
        near = [p.lower[c] for c in p.children[adjective]] + [p.lower[adjective]]
        if any(word in self.lexicon.steady for word in near):
            return "steady"
        if p.tags[adjective] == "JJR" or p.tags[adjective] == "VBG" or any(w in self.lexicon.rising for w in near):
            return _CHANGE[valence > 0]
        if any(w in self.lexicon.falling for w in near):
            return _CHANGE[valence < 0]
        return None

    def _trend_beside(self, i: int, base: float) -> Trend | None:
        """The trend that adjectives give a noun which is good or bad by itself ("growing tensions")."""
        words = {self.p.lower[t] for t in self._adjectives(i)}
        if words & self.lexicon.more["adjectives"]:
            return _CHANGE[base > 0]
        if words & self.lexicon.less["adjectives"]:
            return _CHANGE[base < 0]
        return None

    def _by_predicate(self, i: int, base: float) -> Verdict | None:
        p, top = self.p, first_conjunct(self.p, i)
        verb, dep = p.heads[top], p.deps[top]
        if not is_verb(p, verb) or dep not in ("nsubj", "nsubjpass", "dobj"):
            return self._by_participle(i, base)
        if dep == "nsubj" and base == 0 and p.lemmas[verb] in COPULAS:
            found = self._copular(verb)
            if found is not None:
                return found
        return self._ascribed(verb, base) or self._changed(i, base, verb) or self._by_chained(i, base, verb)

    def _ascribed(self, verb: int, base: float) -> Verdict | None:
        """ "described ties with X as excellent"."""
        p = self.p
        if base != 0 or p.lemmas[verb] not in self.lexicon.ascribing["as"]:
            return None
        for child in p.children[verb]:
            for token in p.children[child] if p.lower[child] == "as" else ():
                valence = self._worth(token)
                if valence is not None:
                    return Verdict(valence, None, token, f"'{p.lower[token]}' said of a relation")
        return None

    def _by_chained(self, i: int, base: float, verb: int) -> Verdict | None:
        """A verb that changes the relation behind another: "continue to improve", "began deteriorating"."""
        for child in self.p.children[verb]:
            if self.p.deps[child] in ("xcomp", "ccomp", "conj") and is_verb(self.p, child):
                if not any(self.p.deps[c] in ("nsubj", "nsubjpass", "dobj") for c in self.p.children[child]):
                    if base == 0 and self.p.lemmas[child] in COPULAS:
                        return self._copular(child)
                    found = self._changed(i, base, child)
                    if found is not None:
                        return found
        return None

    def _by_participle(self, i: int, base: float) -> Verdict | None:
        """ "ties strained by", "Relations improving" without a finite verb."""
        for child in self.p.children[i]:
            if self.p.deps[child] in ("acl", "relcl"):
                return self._changed(i, base, child) or (self._copular(child) if base == 0 else None)
        return None

    def _changed(self, i: int, base: float, verb: int) -> Verdict | None:
        """A verb that betters, worsens, strengthens or lessens the relation."""
        p, lemma = self.p, verb_lemma(self.p, verb)
        status = modality(p, verb)
        real = status != "future" and not is_unreal(p, verb)
        rule = f"verb '{lemma}' + {p.lemmas[i]}"
        if base == 0:
            valence = self.lexicon.turn_verbs.get(lemma) or self.lexicon.turn_verbs.get(p.lemmas[verb])
            if valence is None:
                return None
            if status == "negated":
                return Verdict(-valence, "steady", verb, rule)
            return Verdict(valence, _CHANGE[valence > 0], verb, rule, real=real or self._opportune(verb))
        grows = lemma in self.lexicon.more["verbs"]
        if not grows and lemma not in self.lexicon.less["verbs"]:
            return None
        trend: Trend = "steady" if status == "negated" else _CHANGE[grows == (base > 0)]
        return Verdict(base, trend, verb, rule, real=real or not grows)

    def _opportune(self, verb: int) -> bool:
        """Whether a noun promises the change: "an opportunity to deepen ties", "efforts to mend relations"."""
        p, top = self.p, first_conjunct(self.p, verb)
        return p.deps[top] == "acl" and p.pos[p.heads[top]] == "NOUN" and p.tags[top] == "VB"

    def _copular(self, verb: int) -> Verdict | None:
        """What a linking verb says of its subject: "were frosty", "are at a low ebb", "remain unsettled"."""
        p = self.p
        for child in p.children[verb]:
            if (
                p.deps[child] in ("acomp", "attr", "oprd", "advmod", "dobj", "xcomp", "ccomp", "advcl", "conj")
                and child > verb
            ):
                for token in coordinated(p, child):
                    valence = self._worth(token)
                    if valence is not None:
                        return self._copular_verdict(verb, token, valence)
            elif p.deps[child] == "prep" and p.lower[child] in ("at", "in", "on", "under", "to", "into"):
                for noun in p.children[child]:
                    valence = self.lexicon.conditions.get(p.lemmas[noun])
                    if p.deps[noun] == "pobj" and valence is not None:
                        valence = self._superlative(noun, valence)
                        return self._copular_verdict(verb, noun, valence)
        return None

    def _worth(self, token: int) -> float | None:
        p, lexicon = self.p, self.lexicon
        if p.lower[token] in lexicon.qualities:
            return lexicon.qualities[p.lower[token]]
        if p.tags[token] == "VBN" and p.lemmas[token] in lexicon.turn_verbs:
            return lexicon.turn_verbs[p.lemmas[token]]
        for table in (lexicon.turn_nouns, lexicon.relation_nouns):
            if table.get(p.lemmas[token]):
                return table[p.lemmas[token]]
        if p.pos[token] == "NOUN" and p.lemmas[token] in lexicon.conditions:
            return lexicon.conditions[p.lemmas[token]]
        words = [lexicon.qualities[p.lower[c]] for c in self._adjectives(token) if p.lower[c] in lexicon.qualities]
        return words[0] if words and p.pos[token] == "NOUN" else None

    def _superlative(self, noun: int, valence: float) -> float:
        """ "at a new low" is bad, "at an all-time high" good, whatever the noun's other uses."""
        return (
            -0.5
            if any(self.p.lower[c] in ("low", "lowest", "worst", "all-time-low") for c in self.p.children[noun])
            else valence
        )

    def _copular_verdict(self, verb: int, token: int, valence: float) -> Verdict:
        p = self.p
        rule = f"predicate '{p.lower[token]}' of a relation"
        negated = is_denied(p, verb) or is_denied(p, token)
        if negated and p.tags[token] == "JJR" and any(p.lower[c] == "never" for c in p.children[verb]):
            negated, rule = False, rule + ", at its height"  # "have never been better"
        if negated:
            return self._compared(token, valence, rule)
        trend: Trend | None = self._quality_trend(token, valence)
        if p.lemmas[verb] in ("remain", "stay", "continue", "keep"):
            trend = "steady"
        elif p.lemmas[verb] in ("become", "grow", "turn", "get", "go", "sink", "fall", "come"):
            trend = _CHANGE[valence > 0]
        real = modality(p, verb) != "future" and not is_unreal(p, verb)
        return Verdict(valence, trend, token, rule, real=real)

    def _compared(self, token: int, valence: float, rule: str) -> Verdict:
        """ "not as cordial as now" means warmer now; "not as cordial as before" and "no longer" cooler."""
        p = self.p
        words = set(p.lower[max(0, token - 6) : p.right[token] + 1])
        if words & _NOW and any(p.lower[c] in ("as", "so") for c in p.children[token]):
            return Verdict(valence, _CHANGE[valence > 0], token, rule + ", compared with now")
        trend: Trend | None = _CHANGE[valence < 0] if words & {"longer", "as", "anymore", "more"} else None
        return Verdict(-valence / 2 if valence > 0 else 0.0, trend, token, rule + ", negated")

    def _by_governor(self, i: int, base: float) -> Verdict | None:
        """The noun that the relation hangs from: "improvement in ties", "end to the enmity"."""
        p, top = self.p, first_conjunct(self.p, i)
        if p.deps[top] != "pobj" or is_verb(p, p.heads[p.heads[top]]):
            return None
        noun = p.heads[p.heads[top]]
        lemma, rule = p.lemmas[noun], f"noun '{p.lemmas[noun]}' of a relation"
        if base != 0:
            for grows, table in ((True, self.lexicon.more), (False, self.lexicon.less)):
                if lemma in table["nouns"]:
                    return Verdict(base, _CHANGE[grows == (base > 0)], noun, rule)
            return None
        valence = self.lexicon.turn_nouns.get(lemma)
        if valence is not None:
            return Verdict(valence, _CHANGE[valence > 0], noun, rule)
        trends = [c for c in self._adjectives(noun) if p.lower[c] in ("upward", "downward")]
        if trends:
            valence = self.lexicon.qualities[p.lower[trends[0]]]
            return Verdict(valence, _CHANGE[valence > 0], noun, rule)
        return None
