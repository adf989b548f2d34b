"""Who takes part in what a noun names: the holders and objects of a stance, the two sides of a relation.

What enters: a reading and token indices. What leaves: entity ids in the order of the text, and `Finding`s,
the raw form in which the stance rules hand on what they found. Coordination, apposition, examples ("such
as"), groups ("the two countries") and nouns named earlier ("the plan") are undone here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.codebook.stance_lexicon import load_stance_lexicon
from detente.coding.denials import is_unreal as is_unreal
from detente.records import Trend
from detente.syntax.clauses import (
    agents,
    coordinated,
    first_conjunct,
    is_passive,
    is_verb,
    noun_modifiers,
    objects_of_preposition,
    patients,
    possessors,
    surface_subjects,
)
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import Reading

_OWNING = ("of", "by", "from", "between", "among", "against", "towards", "toward", "to", "for", "with", "on", "over")
_DOING = ("of", "by", "from", "between", "among")
_EXAMPLES = frozenset({"like", "including", "as"})
_OPEN_CLAUSES = frozenset({"relcl", "advcl", "parataxis", "ccomp", "appos"})
_MAX_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """A stance before it is a record. `first` and `last` are the tokens that carry it; `trigger` names it."""

    holders: tuple[str, ...]
    objects: tuple[str, ...]
    valence: float
    first: int
    last: int
    trigger: int
    rule: str
    mutual: bool = False
    trend: Trend | None = None


class Parties:
    """Looks up actors in one reading; holds the reading and nothing that changes."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.p: ParsedDocument = reading.parsed
        self._lexicon = load_stance_lexicon()

    def named(self, token: int) -> list[str]:
        """The actors that a token itself names, all members of a group included; mere kinds of people are none."""
        return list(dict.fromkeys(m.entity_id for m in self.reading.at(token) if m.entity_id not in self._kinds))

    @cached_property
    def _kinds(self) -> frozenset[str]:
        """The groups that no name and no state tells apart ("refugees", "rebels")."""
        entities = self.reading.entities
        named = {m.entity_id for m in self.reading.mentions if m.form in ("name", "modifier")}
        return frozenset(i for i, e in entities.items() if e.kind == "group" and e.country is None and i not in named)

    def who(self, noun: int, depth: int = 0, *, blamed: bool = False) -> list[str]:
        """The actors in one noun phrase: its head, else owners, modifiers, or what its prepositions reach.

        Args:
            blamed: the doers alone, without those to whom something is done ("sanctions on X").
        """
        p, found = self.p, self.named(noun)
        if found or depth > _MAX_DEPTH or is_verb(p, noun):
            return found
        if p.lemmas[noun] in self._lexicon.detached:
            return self.examples(noun, depth + 1)
        if possessors(p, noun) and p.lemmas[noun] in self._lexicon.roles["mutual"]:
            beside = [t for t in noun_modifiers(p, noun) if self.named(t)]
            return self.examples(noun, depth + 1) or self.all_of(beside) or self.others(noun)
        if possessors(p, noun) and p.lemmas[noun] in self._lexicon.roles["bearer"]:
            return self.examples(noun, depth + 1)
        for inner in (possessors(p, noun), self.modifiers(noun)):
            found = _unique(i for token in inner for i in (self.named(token) or self.who(token, depth + 2)))
            if found:
                return found
        return (
            self._by_preposition(noun, depth, blamed)
            or self._under_clause(noun, depth)
            or self.examples(noun, depth + 1)
        )

    def _by_preposition(self, noun: int, depth: int, blamed: bool) -> list[str]:
        """The actors that a noun's prepositions reach."""
        words = _OWNING if not blamed else _DOING[self.p.lemmas[noun] in self._lexicon.suffered :]
        for child in self.p.children[noun]:
            if self.p.deps[child] in ("prep", "agent") and self.p.lower[child] in words:
                found = self.all_of(objects_of_preposition(self.p, child), depth + 1, blamed=blamed)
                if found:
                    return found
        return []

    @cached_property
    def _after_hyphens(self) -> frozenset[str]:
        return self._lexicon.places_after | self._lexicon.suffixes.keys()

    def modifiers(self, noun: int) -> list[int]:
        """The words before a noun without those that only back, arm or oppose it ("X-backed", "anti-X")."""
        p, end = self.p, len(self.p)
        out = []
        for t in noun_modifiers(p, noun):
            if t + 2 < end and p.words[t + 1] == "-" and p.lower[t + 2] in self._after_hyphens:
                continue
            if t > 1 and p.words[t - 1] == "-" and p.lower[t - 2] in self._lexicon.prefixes:
                continue
            out.append(t)
        return out

    def _under_clause(self, noun: int, depth: int) -> list[str]:
        """The doer in a clause behind a noun: "the plan announced by X", "the aid that X gives"."""
        for child in self.p.children[noun]:
            if self.p.deps[child] == "relcl" and self.p.lemmas[child] not in self._lexicon.verbs:
                subjects = [
                    c
                    for c in self.p.children[child]
                    if self.p.deps[c] == "nsubj" and self.p.tags[c] not in ("WDT", "WP")
                ]
                if subjects:
                    return self.all_of(subjects, depth + 1)
            if self.p.deps[child] == "acl":
                for inner in self.p.children[child]:
                    if self.p.deps[inner] == "agent" or self.p.lower[inner] in ("by", "from"):
                        nouns = objects_of_preposition(self.p, inner)
                        return self.all_of(nouns, depth + 1) or [x for n in nouns for x in self.placed(n)]
        return []

    def placed(self, token: int) -> list[str]:
        """The state in which a named place lies, where it stands for the state."""
        return [self._places[token]] if token in self._places else []

    @cached_property
    def _places(self) -> dict[int, str]:
        """The state of each token that names a place; "coming from Washington" is the state's doing."""
        return {t: x.country for x in self.reading.places if x.country for t in range(x.start, x.end)}

    def others(self, noun: int) -> list[str]:
        """Who is meant by "its allies" if unnamed: the other states of the sentence, else of the one before."""
        p = self.p
        owners = {self.country(i) for t in possessors(p, noun) for i in self.named(t)}
        number = p.sentence_of[noun]
        for index in (number, number - 1):
            if index < 0 or p.paragraph_of[p.sentences[index][0]] != p.paragraph_of[noun]:
                break
            start, end = p.sentences[index]
            found = [i for i in self.states(start, min(end, noun)) if i not in owners]
            if found:
                return found if len(found) < 4 else []
        return []

    def states(self, start: int, end: int) -> list[str]:
        """The states and organisations named by the tokens [start, end), officials counted for theirs."""
        reading = self.reading
        return _unique(
            reading.country(m)
            for t in range(start, end)
            for m in reading.mentions_by_root.get(t, ())
            if m.form != "pronoun"
        )

    def country(self, entity_id: str) -> str:
        """The state or organisation that an actor stands for."""
        entity = self.reading.entities.get(entity_id)
        return (entity.country if entity and entity.country else entity_id).split(":")[0]

    def all_of(self, nouns: Iterable[int], depth: int = 0, *, blamed: bool = False) -> list[str]:
        """The actors of several noun phrases, each once."""
        return _unique(i for noun in nouns for i in self.who(noun, depth, blamed=blamed))

    def examples(self, noun: int, depth: int = 0) -> list[str]:
        """Who is named behind a noun as what it stands for: "rebels such as X", "allies, X and Y", "notably X"."""
        p = self.p
        for child in p.children[noun]:
            if child < noun:
                continue
            if p.deps[child] == "appos":
                nouns = coordinated(p, child)
            elif p.deps[child] == "conj" and self._behind_comma(noun, child):
                nouns = coordinated(p, child)
            elif p.deps[child] == "prep" and p.lower[child] in _EXAMPLES:
                nouns = self.introduced(child)
            else:
                continue
            found = _unique(i for token in nouns for i in self.named(token)) or (
                [] if depth > 1 else _unique(i for token in nouns for i in self.who(token, depth + 2))
            )
            if found:
                return found
        return self.named(noun + 1) if self._adjoined(noun) else []

    def introduced(self, preposition: int) -> list[int]:
        """The examples behind "such as", "like" or "including", also where the parser hung them elsewhere."""
        found = objects_of_preposition(self.p, preposition)
        if found:
            return found
        end = self.p.sentences[self.p.sentence_of[preposition]][1]
        after = next((t for t in range(preposition + 1, min(end, preposition + 4)) if self.named(t)), None)
        return [] if after is None else coordinated(self.p, after)

    def _behind_comma(self, noun: int, conjunct: int) -> bool:
        """Whether a conjunct is an apposition that the parser took for coordination ("its allies, X and Y")."""
        p = self.p
        return p.tags[noun] in ("NNS", "NN") and not any(
            p.deps[c] == "cc" and noun < c < conjunct for c in p.children[noun]
        )

    def _adjoined(self, noun: int) -> bool:
        """Whether a name follows a noun at once ("its ally Jordan"), whatever the parser made of it."""
        p, after = self.p, noun + 1
        return after < len(p) and p.pos[after] == "PROPN" and p.sentence_of[after] == p.sentence_of[noun]

    def abstract(self, noun: int, *, blamed: bool = False) -> list[str]:
        """The actors behind a noun, or behind the same noun earlier in the text ("the plan" of another sentence)."""
        p, found = self.p, self.who(noun, blamed=blamed)
        if found or not any(p.deps[c] == "det" and p.lower[c] in ("the", "this", "that") for c in p.children[noun]):
            return found
        if any(c > noun and p.pos[c] != "PUNCT" for c in p.children[noun]):
            return []
        for earlier in reversed(self._tokens_of_lemma.get(p.lemmas[noun], ())):
            if earlier < noun and p.sentence_of[noun] - p.sentence_of[earlier] <= 12:
                found = self.all_of([*possessors(p, earlier), *self.modifiers(earlier)]) or self._announcer(earlier)
                if found:
                    return found[:1]
        return []

    def _announcer(self, noun: int) -> list[str]:
        head = self.p.heads[noun]
        if self.p.deps[noun] == "dobj" and is_verb(self.p, head):
            return self.all_of(surface_subjects(self.p, head))
        return []

    @cached_property
    def _tokens_of_lemma(self) -> dict[str, list[int]]:
        out: dict[str, list[int]] = {}
        for i, kind in enumerate(self.p.pos):
            if kind == "NOUN":
                out.setdefault(self.p.lemmas[i], []).append(i)
        return out

    def holders_of_noun(self, noun: int, light_verbs: frozenset[str]) -> tuple[list[str], list[int]]:
        """Who has what a noun names, with the tokens that say so: owner, modifier, by-phrase, light verb's subject."""
        p, owners = self.p, possessors(self.p, noun)
        if owners and all(p.pos[o] == "PRON" for o in owners) and p.deps[noun] == "dobj":
            subjects = surface_subjects(p, p.heads[noun])  # "X toned down their rhetoric": most likely X's
            found = self.all_of(subjects)
            if found:
                return found, owners
        for tokens in (owners, self.modifiers(noun)):
            found = self.all_of(tokens)
            if found:
                return found, list(tokens)
        for child in p.children[noun]:
            if p.deps[child] in ("prep", "agent") and p.lower[child] in ("by", "from", "among", "in"):
                tokens = objects_of_preposition(p, child)
                found = self.all_of(tokens)
                if found:
                    return found, tokens
        verb = self.light_verb(noun, light_verbs)
        if verb is not None:
            tokens = surface_subjects(p, verb)
            return self.all_of(tokens), [*tokens, verb]
        return [], []

    def doers(self, verb: int) -> list[int]:
        """Who does what a verb names; where the parse gives nobody, the name that stands right before the verb."""
        p, found = self.p, self._told_of(verb) or agents(self.p, verb) or self.misplaced_subjects(verb)
        if found or is_passive(p, verb) or p.tags[verb] not in ("VBD", "VBZ", "VBP"):
            return found
        token = verb - 1
        while token > 0 and (p.pos[token] in ("ADV", "AUX") or p.words[token] in (",", ")")):
            token -= 1
        return [token] if token >= 0 and p.sentence_of[token] == p.sentence_of[verb] and self.named(token) else []

    def _told_of(self, verb: int) -> list[int]:
        """The subject in front of an inserted "he said" ("X he said values Y"), which parsers hang on the saying."""
        p, top = self.p, first_conjunct(self.p, verb)
        if p.deps[top] not in ("ccomp", "xcomp") or p.tags[top] not in ("VBZ", "VBD", "VBN", "VBP"):
            return []
        if any(p.deps[c] in ("nsubj", "nsubjpass", "mark") for t in {top, verb} for c in p.children[t]):
            return []
        before = [c for c in p.children[p.heads[top]] if c < p.heads[top] and p.deps[c] in ("npadvmod", "dep")]
        return [c for c in before if self.named(c)][:1]

    def undergoers(self, verb: int) -> list[int]:
        """Whom a verb is about; where the parse gives nobody, the name that stands right behind the verb."""
        p, found = self.p, patients(self.p, verb)
        after = verb + 1
        if (
            found
            or after >= len(p)
            or p.pos[after] != "PROPN"
            or p.deps[after] not in ("npadvmod", "appos", "dep", "compound")
        ):
            return found
        token = after if p.deps[after] != "compound" else p.heads[after]
        return [token] if self.named(token) else []

    def misplaced_subjects(self, verb: int) -> list[int]:
        """Subjects that the parser hung on an auxiliary."""
        p = self.p
        return [
            s
            for c in p.children[verb]
            if p.deps[c] in ("aux", "auxpass")
            for g in p.children[c]
            if p.deps[g] in ("nsubj", "nsubjpass")
            for s in coordinated(p, g)
        ]

    def tokens_of(self, ids: Iterable[str], start: int, end: int) -> list[int]:
        """The tokens in [start, end) that name one of these actors."""
        wanted = set(ids)
        by_root = self.reading.mentions_by_root
        return [t for t in range(start, end) if any(m.entity_id in wanted for m in by_root.get(t, ()))]

    def light_verb(self, noun: int, light_verbs: frozenset[str]) -> int | None:
        """The verb that only carries a noun ("express concern"), None where there is none."""
        p, head = self.p, self.p.heads[noun]
        while p.deps[noun] == "conj" and not is_verb(p, noun):
            noun, head = head, p.heads[head]
        if p.deps[noun] in ("dobj", "oprd") and p.lemmas[head] in light_verbs:
            return head
        return None

    def phrase(self, token: int) -> tuple[int, int]:
        """First and last token of a noun phrase or predicate, without the clauses that hang from it."""
        p = self.p
        first, last = p.left[token], p.right[token]
        for child in p.children[token]:
            clause = p.deps[child] in _OPEN_CLAUSES or (p.deps[child] == "conj" and is_verb(p, child))
            if clause and child > token:
                last = min(last, p.left[child] - 1)
            elif clause and child < token:
                first = max(first, p.right[child] + 1)
        return self.trim(min(first, token), max(last, token))

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """Drop punctuation, conjunctions and white space at the edges."""
        p = self.p
        while (
            last > first
            and (p.pos[last] in ("PUNCT", "SPACE", "CCONJ") or p.words[last].isspace())
            and p.words[last] != ")"
        ):
            last -= 1
        while first < last and (p.pos[first] in ("PUNCT", "SPACE", "CCONJ") or p.words[first].isspace()):
            first += 1
        return first, last

    def span(self, tokens: Iterable[int], phrases: Sequence[int] = ()) -> tuple[int, int]:
        """First and last token over single tokens and whole phrases, within the sentence of the first."""
        edges = [(t, t) for t in tokens] + [self.phrase(t) for t in phrases]
        start, end = self.p.sentences[self.p.sentence_of[edges[0][0]]]
        inside = [e for e in edges if start <= e[0] and e[1] < end] or edges[:1]
        return self.trim(min(e[0] for e in inside), max(e[1] for e in inside))


def _unique(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))
