"""Which constructions of the event lexicon hold at a predicate.

What enters: a reading, the lexicon and a token. What leaves: whether an entry's conditions on objects,
prepositions, complements and light verbs are met there, and the pieces of grammar that this needs: light
verbs around a noun, the prepositions of a predicate wherever the parser hung them, complement clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente.codebook.event_lexicon import Entry, EventLexicon
from detente.coding.act import FRIENDLY
from detente.syntax.clauses import (
    OBJECTS,
    SUBJECTS,
    complements,
    coordinated,
    counted,
    counter,
    is_verb,
    objects_of_preposition,
    obliques,
    own_subjects,
    patients,
    verb_lemma,
)
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import Reading

_CALLING = frozenset("call appeal press push ask plead lobby petition agitate campaign vote".split())
_AIMING = frozenset(
    "impose reimpose place put slap levy level clamp direct aim target file bring launch issue sign reach hold wage "
    "mount stage set lodge".split()
)
_OPENING = frozenset({"open", "reopen"})  # whose subject may be what is opened: "the embassy in X opened"
_ROUNDABOUT = frozenset({"relation", "regard", "connection", "respect"})  # "sanctions in relation to X" are on X
_STATE_PHRASES = frozenset({"be in", "remain in", "engage in", "be under", "be at"})


def _is_bare(p: ParsedDocument, i: int) -> bool:
    """Whether a verb is an infinitive without to ("helped them go"), not one under a modal ("they would go")."""
    return p.tags[i] == "VB" and not any(p.deps[c] == "aux" for c in p.children[i])


class Constructions:
    """Looks at one reading's predicates through the lexicon; remembers what it saw, and nothing else."""

    def __init__(self, reading: Reading, lexicon: EventLexicon) -> None:
        self.reading = reading
        self.p: ParsedDocument = reading.parsed
        self.lexicon = lexicon
        self._obliques: dict[int, dict[str, list[int]]] = {}

    def fits(self, i: int, entry: Entry, kind: str) -> bool:
        if entry.object and not any(self.in_classes(n, entry.object) for n in self.themes(i, entry.type)):
            return False
        if entry.preposition and not self._preposition_fits(i, entry.preposition):
            return False
        if entry.complement and not self._complements(i, entry.complement):
            return False
        if kind == "verb" and entry.mode == "phone" and not entry.preposition and not self._is_rung(i):
            return False
        if entry.modifiers and not any(self.p.lemmas[m] in entry.modifiers for m in self.p.children[i]):
            return False
        return not entry.light or self.light_verb(i, entry.light) is not None

    def themes(self, i: int, type_: str) -> list[int]:
        """What an act is done to, counted things for their count ("a round of talks"); the subject where the
        verb has no object ("the embassy reopened").
        """
        nouns = patients(self.p, i) or (own_subjects(self.p, i) if type_ in FRIENDLY else [])
        nouns = [*nouns, *(named for n in nouns for named in self._named_so(n))]
        return [counted(self.p, n) for n in nouns]

    def _named_so(self, noun: int) -> list[int]:
        """What somebody is called, where the parse makes an apposition of it: "called the envoy | a fool"."""
        p = self.p
        return [
            c
            for c in p.children[noun]
            if p.deps[c] == "appos" and p.lower[p.left[c]] in ("a", "an") and p.pos[p.left[c] - 1] != "PUNCT"
        ]

    def _is_rung(self, i: int) -> bool:
        """Whether a verb has nothing but somebody as its object: who is called something is not telephoned."""
        p = self.p
        found = [c for c in p.children[i] if p.deps[c] in OBJECTS]
        by_name = all(p.pos[c] == "PROPN" or p.lemmas[c] in self.lexicon.classes["leader"] for c in found)
        return p.lemmas[i] != "call" or (len(found) == 1 and by_name)

    def _preposition_fits(self, i: int, conditions: Mapping[str, Sequence[str]]) -> bool:
        governed = self.obliques(i)
        for word, classes in conditions.items():
            nouns = governed.get(word)
            if nouns and (not classes or any(self.in_classes(n, classes) for n in nouns)):
                return True
        return False

    def in_classes(self, noun: int, classes: Sequence[str]) -> bool:
        """Whether a noun belongs to one of several noun classes, or is one of the words after `=`."""
        return any(self._in_class(noun, name) for name in classes)

    def _in_class(self, noun: int, name: str) -> bool:
        if name == "@any":
            return True
        if name == "@actor":
            return noun in self.reading.mentions_by_root and self.p.deps[noun] not in SUBJECTS
        lemma = self.p.lemmas[noun]
        return lemma == name[1:] if name.startswith("=") else lemma in self.lexicon.classes[name]

    def _complements(self, i: int, kind: str) -> list[int]:
        """The complement clauses of one kind: `clause`, `infinitive` or `gerund`."""
        p = self.p
        found = complements(p, i)
        if not is_verb(p, i):
            found += [c for name in self._named_goers(i) for c in complements(p, name)]
        if kind == "infinitive":
            chosen = [c for c in found if any(p.tags[x] == "TO" for x in p.children[c]) or _is_bare(p, c)]
            chosen += self.for_to(i)
        elif kind == "gerund":
            chosen = [c for c in found if p.tags[c] == "VBG"]
        else:
            chosen = [c for c in found if p.deps[c] == "ccomp"]
            chosen += [c for c in p.children[i] if p.deps[c] == "acl" and not is_verb(p, i) and self._is_that_clause(c)]
        return [c for head in chosen for c in coordinated(p, head) if is_verb(p, c)]

    def _is_modal(self, verb: int) -> bool:
        return any(self.p.tags[c] == "MD" for c in self.p.children[verb])

    def _is_that_clause(self, clause: int) -> bool:
        has_that = any(self.p.lower[c] == "that" for c in self.p.children[clause])
        return has_that and any(self.p.lower[s] != "that" for s in own_subjects(self.p, clause))

    def for_to(self, i: int) -> list[int]:
        """The infinitive of "call for X to stop", which the parser hangs on the verb, the noun or X."""
        p = self.p
        out: list[int] = []
        for child in p.children[i]:
            if p.deps[child] == "prep" and p.lower[child] in ("for", "on", "upon"):
                for noun in objects_of_preposition(p, child):
                    out.extend(c for c in p.children[noun] if p.deps[c] in ("acl", "relcl") and p.tags[c] == "VB")
                out.extend(c for c in p.children[child] if p.deps[c] == "pcomp" and p.tags[c] == "VB")
            elif p.deps[child] == "advcl" and p.tags[child] == "VB" and not self._is_modal(child):
                out.append(child)
        return out

    def light_verb(self, i: int, verbs: Iterable[str]) -> int | None:
        """The light verb that a noun completes ("impose sanctions", "sanctions were imposed")."""
        p = self.p
        noun = counter(p, i)
        while p.deps[noun] == "conj" and p.pos[p.heads[noun]] in ("NOUN", "PROPN"):
            noun = p.heads[noun]
        head = p.heads[noun]
        allowed = frozenset(verbs)
        if p.deps[noun] in ("dobj", "nsubjpass") and (verb_lemma(p, head) in allowed or p.lemmas[head] in allowed):
            return head
        if p.deps[noun] == "pobj" and p.deps[p.heads[noun]] == "prep":
            verb = p.heads[p.heads[noun]]
            phrase = f"{p.lemmas[verb]} {p.lower[p.heads[noun]]}"
            if is_verb(p, verb) and (phrase in allowed or phrase in _STATE_PHRASES):
                return verb
        for child in p.children[noun]:
            if p.deps[child] in ("acl", "relcl") and p.lemmas[child] in allowed and noun in patients(p, child):
                return child
        return None

    def governed(self, i: int, entry: Entry) -> list[int]:
        kinds = [entry.complement] if entry.complement else ["infinitive", "gerund", "clause"]
        return list(dict.fromkeys(c for kind in kinds for c in self._complements(i, kind)))

    def obliques(self, i: int) -> dict[str, list[int]]:
        """Prepositions of a predicate, with those that the parser hung on its object, light verb or complement."""
        if i not in self._obliques:
            self._obliques[i] = self._gathered(i)
        return self._obliques[i]

    def _gathered(self, i: int) -> dict[str, list[int]]:
        p = self.p
        out = {word: list(nouns) for word, nouns in obliques(p, i).items()}
        around: list[int] = []
        placed: list[int] = []
        if is_verb(p, i):
            around = [c for c in p.children[i] if p.deps[c] in ("dobj", "nsubjpass", "prt", "acomp", "advmod")]
            around += [c for c in p.children[i] if p.deps[c] == "nsubj" and p.lemmas[i] in _OPENING]
            if p.lemmas[i] in _CALLING:
                around += [n for c in p.children[i] if p.lower[c] == "for" for n in objects_of_preposition(p, c)]
            placed = [c for noun in around for c in self._placing(noun)]
        else:
            verb = self.light_verb(i, self.lexicon.light_verbs)
            around = [verb] if verb is not None else []
            around += [c for c in p.children[i] if p.deps[c] == "appos" or self._is_held(c)]
            placed = self._named_goers(i)
        for token in [*around, *placed]:
            for word, nouns in obliques(p, token).items():
                if token in placed and (word == "by" or (p.pos[i] == "NOUN" and word != "to")):
                    continue  # who did it, not to whom
                out.setdefault(word, []).extend(n for n in nouns if n not in out.get(word, ()))
            receivers = [
                c for c in p.children[token] if p.deps[c] == "dative" and p.pos[c] in ("NOUN", "PROPN", "PRON")
            ]
            out.setdefault("to", []).extend(receivers)  # "gave them assurances"
        for noun in (i, *around):
            for word, name in self._cut_off(noun):
                if name not in out.get(word, ()):
                    out.setdefault(word, []).append(name)
        for noun in [n for word in ("in", "with") for n in out.get(word, ()) if p.lemmas[n] in _ROUNDABOUT]:
            out.setdefault("on", []).extend(n for nouns in obliques(p, noun).values() for n in nouns)
        return {word: kept for word, nouns in out.items() if (kept := [n for n in nouns if not self._is_time(n)])}

    def _cut_off(self, noun: int) -> Iterator[tuple[str, int]]:
        """Names that go on a preposition's list, though the parse joins them to its noun: "sanctions on A and | B"."""
        p, last = self.p, ""
        if is_verb(p, noun) or self.reading.at(noun):
            return
        for child in p.children[noun]:
            if p.deps[child] == "prep" and child > noun:
                last = p.lower[child] if any(self.reading.at(n) for n in objects_of_preposition(p, child)) else ""
            elif p.deps[child] == "conj" and last and p.pos[child] == "PROPN" and self.reading.at(child):
                yield from ((last, one) for one in coordinated(p, child))

    def _is_held(self, child: int) -> bool:
        """Whether a participle behind a noun says with whom it is done: "a summit hosted | with X"."""
        p = self.p
        return p.deps[child] == "acl" and p.tags[child] == "VBN" and p.lemmas[child] in self.lexicon.light_verbs

    def _named_goers(self, noun: int) -> list[int]:
        """Who goes, where the parse hangs the goal on the name: "a visit by Ann Lee | to Seoul"."""
        inner = [n for word, nouns in obliques(self.p, noun).items() if word in ("by", "of") for n in nouns]
        return [n for n in inner if n in self.reading.mentions_by_root]

    def _placing(self, noun: int) -> list[int]:
        """The verbs behind a noun that say at whom it is aimed: "the sanctions imposed on X"."""
        p = self.p
        return [
            c
            for c in p.children[counted(p, noun)]
            if (p.deps[c] == "acl" and p.tags[c] == "VBN")
            or (p.deps[c] == "relcl" and p.lemmas[c] in _AIMING and noun in patients(p, c))
        ]

    def _is_time(self, noun: int) -> bool:
        return any(d.start <= noun < d.end for d in self.reading.dates)
