"""Acts: predicates of the event lexicon with the actors and recipients that the grammar gives them.

What enters: a reading and the event lexicon. What leaves: `Act`s, one for each predicate token whose
lexicon entry fits its construction and whose sides can be filled. An act says what the words name; what
becomes of it (status, date, attribution, type in view of its status) is decided in `events.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from detente.codebook.event_lexicon import Entry, EventLexicon
from detente.records import Mention
from detente.syntax.clauses import (
    agents,
    clause_of,
    complements,
    coordinated,
    counted,
    counter,
    is_passive,
    is_verb,
    noun_modifiers,
    objects,
    objects_of_preposition,
    obliques,
    own_subjects,
    patients,
    possessors,
    surface_subjects,
    verb_lemma,
)
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import Reading

UNKNOWN = "UNK"
_FALLBACK_SLOTS = ("object", "against", "on", "with", "to", "from", "over", "at", "for")
_STATE_PHRASES = frozenset({"be in", "remain in", "engage in", "be under", "be at"})
_USUAL_ACTOR = {
    "verb": ("subject",),
    "adjective": ("subject",),
    "noun": ("owner", "by", "modifier", "light_subject"),
}
_PRIVATE = frozenset({"CVL", "REF", "EDU", "BUS", "SOC", "JRN", "MED", "LAB", "REL", "AGR", "CRM"})
_DOMESTIC = frozenset(
    {"ASSAULT", "COERCE", "PROTEST", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION", "CONCEDE"}
)
_FRIENDLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE"})
_UNILATERAL = frozenset({"SANCTION", "ASSAULT", "REJECT", "COERCE"})
_VERBAL_CONFLICT = frozenset({"ACCUSE", "THREATEN", "REJECT"})
_PLACE_TYPES = frozenset({"CONSULT", "ASSAULT", "MOBILIZE", "RETREAT", "COERCE", "AID", "SUPPORT", "SANCTION"})


@dataclass(frozen=True, slots=True)
class Act:
    """A predicate with its sides.

    `governed` holds the predicates inside its complement; `fulfilled` the nouns that its entry asks for as
    objects, which name no act beside it ("lifted sanctions" imposes none); `initiators` the parties of a
    reciprocal act that are its subject ("A will work with B").
    """

    predicate: int
    entry: Entry
    kind: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    inferred: tuple[str, ...] = ()
    governed: tuple[int, ...] = ()
    fulfilled: tuple[int, ...] = ()
    initiators: tuple[str, ...] = ()


def find_acts(reading: Reading, lexicon: EventLexicon) -> list[Act]:
    """Every act in a document, in the order of the text."""
    finder = _Finder(reading, lexicon)
    acts = [act for i in range(len(reading.parsed)) for act in finder.at(i)]
    told = {noun for act in acts for noun in act.fulfilled}
    return [act for act in acts if act.predicate not in told]


class _Finder:
    """Looks up one reading's predicates; holds what all look-ups share and nothing that changes."""

    def __init__(self, reading: Reading, lexicon: EventLexicon) -> None:
        self.reading = reading
        self.p: ParsedDocument = reading.parsed
        self.lexicon = lexicon
        self.places: Mapping[int, str] = {
            token: place.country
            for place in reading.places
            if place.country is not None
            for token in range(place.start, place.end)
        }

    def at(self, i: int) -> Iterator[Act]:
        p = self.p
        if p.tags[i] == "VBN" and p.lower[i] in self.lexicon.adjectives and (p.deps[i] == "amod" or is_passive(p, i)):
            act = self._first(i, self.lexicon.adjectives[p.lower[i]], "adjective")
        elif is_verb(p, i) and p.deps[i] != "amod":
            act = self._first(i, self.lexicon.verbs.get(verb_lemma(p, i), ()), "verb")
            if act is None and verb_lemma(p, i) != p.lemmas[i]:
                act = self._first(i, self.lexicon.verbs.get(p.lemmas[i], ()), "verb")
        elif p.pos[i] in ("NOUN", "PROPN") and p.deps[i] not in ("compound", "npadvmod"):
            act = self._first(i, self.lexicon.nouns.get(p.lemmas[i], ()), "noun")
        elif p.pos[i] == "ADJ" or (p.pos[i] == "VERB" and p.deps[i] == "amod"):
            act = self._first(i, self.lexicon.adjectives.get(p.lemmas[i], ()), "adjective")
        elif p.pos[i] == "ADP" and p.lower[i] == "at":
            act = self._first(i, self._phrase_entries(i), "adjective")
        else:
            act = None
        if act is not None:
            yield act

    def _phrase_entries(self, i: int) -> Sequence[Entry]:
        """Entries for predicative phrases such as "at war", keyed by both words."""
        for child in self.p.children[i]:
            if self.p.deps[child] == "pobj":
                return self.lexicon.adjectives.get(f"{self.p.lower[i]} {self.p.lemmas[child]}", ())
        return ()

    def _first(self, i: int, entries: Sequence[Entry], kind: str) -> Act | None:
        for entry in entries:
            if self._fits(i, entry, kind):
                if entry.skip:
                    return None
                act = self._fill(i, entry, kind)
                if act is not None:
                    fulfilled = [n for n in self._themes(i, entry.type) if self._in_classes(n, entry.object)]
                    return replace(act, fulfilled=tuple(fulfilled)) if kind == "verb" else act
        return None

    # --- does the entry's construction hold here? -----------------------------------------------

    def _fits(self, i: int, entry: Entry, kind: str) -> bool:
        if entry.object and not any(self._in_classes(n, entry.object) for n in self._themes(i, entry.type)):
            return False
        if entry.preposition and not self._preposition_fits(i, entry.preposition):
            return False
        if entry.complement and not self._complements(i, entry.complement):
            return False
        if entry.modifiers and not any(self.p.lemmas[m] in entry.modifiers for m in self.p.children[i]):
            return False
        return not entry.light or self._light_verb(i, entry.light) is not None

    def _themes(self, i: int, type_: str) -> list[int]:
        """What an act is done to, counted things for their count ("a round of talks"); the subject where the
        verb has no object ("the embassy reopened").
        """
        nouns = patients(self.p, i) or (own_subjects(self.p, i) if type_ in _FRIENDLY else [])
        return [counted(self.p, n) for n in nouns]

    def _preposition_fits(self, i: int, conditions: Mapping[str, Sequence[str]]) -> bool:
        governed = self._obliques(i)
        for word, classes in conditions.items():
            nouns = governed.get(word)
            if nouns and (not classes or any(self._in_classes(n, classes) for n in nouns)):
                return True
        return False

    def _in_classes(self, noun: int, classes: Sequence[str]) -> bool:
        """Whether a noun belongs to one of several noun classes, or is one of the words after `=`."""
        return any(self._in_class(noun, name) for name in classes)

    def _in_class(self, noun: int, name: str) -> bool:
        if name == "@any":
            return True
        if name == "@actor":
            return noun in self.reading.mentions_by_root
        lemma = self.p.lemmas[noun]
        return lemma == name[1:] if name.startswith("=") else lemma in self.lexicon.classes[name]

    def _complements(self, i: int, kind: str) -> list[int]:
        """The complement clauses of one kind: `clause`, `infinitive` or `gerund`."""
        p = self.p
        found = complements(p, i)
        if kind == "infinitive":
            chosen = [c for c in found if p.tags[c] == "VB" or any(p.tags[x] == "TO" for x in p.children[c])]
            chosen += self._for_to(i)
        elif kind == "gerund":
            chosen = [c for c in found if p.tags[c] == "VBG"]
        else:
            chosen = [c for c in found if p.deps[c] == "ccomp"]
        return [c for head in chosen for c in coordinated(p, head) if is_verb(p, c)]

    def _for_to(self, i: int) -> list[int]:
        """The infinitive of "call for X to stop", which the parser hangs on the verb, the noun or X."""
        p = self.p
        out: list[int] = []
        for child in p.children[i]:
            if p.deps[child] == "prep" and p.lower[child] in ("for", "on", "upon"):
                for noun in objects_of_preposition(p, child):
                    out.extend(c for c in p.children[noun] if p.deps[c] in ("acl", "relcl") and p.tags[c] == "VB")
                out.extend(c for c in p.children[child] if p.deps[c] == "pcomp" and p.tags[c] == "VB")
            elif p.deps[child] == "advcl" and p.tags[child] == "VB":
                out.append(child)
        return out

    def _light_verb(self, i: int, verbs: Iterable[str]) -> int | None:
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

    # --- who are the sides? ---------------------------------------------------------------------

    def _fill(self, i: int, entry: Entry, kind: str) -> Act | None:
        governed = tuple(self._governed(i, entry))
        if entry.reciprocal:
            act = self._mutual(i, entry, kind, governed)
            if act is not None:
                return act
        actors = self._slots(i, entry, kind, entry.actor or _USUAL_ACTOR[kind], actor=True)
        recipients = self._slots(i, entry, kind, entry.recipient)
        inferred: list[str] = []
        if not recipients and kind == "verb" and not entry.recipient:
            recipients = self._slots(i, entry, kind, _FALLBACK_SLOTS)
        if not actors and recipients and entry.type == "ASSAULT" and kind == "verb" and is_passive(self.p, i):
            actors, inferred = [UNKNOWN], ["actors"]
        moved = entry.type in ("RETREAT", "MOBILIZE") and self.p.deps[i] != "acl"
        if not actors and moved and kind == "verb" and is_passive(self.p, i):
            actors = self._ids(patients(self.p, i), places=False)  # "the troops were withdrawn"
        if not actors or (entry.mode == "visit" and all(self._is_private(a) for a in actors)):
            return None
        recipients = self._others(actors, recipients, entry.type)
        if not recipients and not entry.reciprocal:
            recipients = self._others(actors, self._implied(i, entry, kind, actors), entry.type)
            inferred += ["recipients"] if recipients else []
        alone = not recipients and len(actors) == 1
        if (not recipients and not entry.solo) or (alone and kind == "noun" and entry.type in _FRIENDLY):
            return None
        return Act(i, entry, kind, tuple(actors), tuple(recipients), tuple(inferred), governed)

    def _mutual(self, i: int, entry: Entry, kind: str, governed: tuple[int, ...]) -> Act | None:
        """A reciprocal act: all parties act. One side alone can break off relations with the other."""
        pair = self._pair(i, kind)
        own = self._ids(self._subjects(i, kind), places=False) if kind == "verb" else []
        if entry.type in _UNILATERAL and len(own) == 1 and len(pair) > 1:
            return Act(i, entry, kind, tuple(own), tuple(self._others(own, pair, entry.type)), governed=governed)
        if len(pair) >= 2:
            return Act(i, entry, kind, tuple(pair), (), governed=governed, initiators=tuple(own))
        if not pair and kind == "verb" and is_passive(self.p, i):
            parties = self._parties_of_sentence(i)
            if len(parties) == 2:
                return Act(i, entry, kind, tuple(parties), (), inferred=("actors",), governed=governed)
        return None

    def _parties_of_sentence(self, i: int) -> list[str]:
        """The states that a sentence names, else the two that the document is about."""
        countries = dict.fromkeys(
            self.reading.country_of(m.entity_id) for m in self._mentions_in(*self.p.sentences[self.p.sentence_of[i]])
        )
        return list(countries) if len(countries) == 2 else list(self._protagonists)

    @cached_property
    def _protagonists(self) -> tuple[str, ...]:
        """The two states with the most mentions, where they have three quarters of all between them."""
        counts = Counter(self.reading.country(m) for m in self.reading.mentions)
        top = [country for country, _ in counts.most_common(2)]
        return tuple(top) if sum(counts[c] for c in top) >= 0.75 * counts.total() else ()

    def _implied(self, i: int, entry: Entry, kind: str, actors: Sequence[str]) -> list[str]:
        """Recipients that the clause does not state: the owner of a thing taken up, the place of an assault, the
        one other state of the sentence, whoever the text has just spoken of.
        """
        found = self._anaphoric(patients(self.p, i) if kind == "verb" else [i])
        if not found and kind == "verb" and self.p.deps[i] == "conj" and is_verb(self.p, self.p.heads[i]):
            found = [r for act in self.at(self.p.heads[i]) if act.entry.type == entry.type for r in act.recipients]
        if not found and entry.type == "ASSAULT":
            found = self._ids(self._obliques(i).get("in", []), places=True)
        if not found and entry.mode == "withdraw" and kind == "verb":
            found = [c for n in [*surface_subjects(self.p, i), *patients(self.p, i)] for c in self._place_ids(n)]
        if found or entry.solo or (kind == "noun" and entry.type == "CONSULT"):
            return found
        found = self._discourse(i, actors)
        if entry.type in ("ASSAULT", "MOBILIZE"):
            found = [r for r in found if self._kind(r) != "organisation"]
        return found or (self._spoken_of(i, actors) if entry.type in _VERBAL_CONFLICT else [])

    def _is_private(self, entity_id: str) -> bool:
        """Whether somebody travels for himself: refugees, students and journalists visit no government."""
        entity = self.reading.entities.get(entity_id)
        return entity is not None and entity.sector in _PRIVATE

    def _kind(self, entity_id: str) -> str:
        entity = self.reading.entities.get(entity_id)
        return entity.kind if entity else "unknown"

    def _spoken_of(self, i: int, actors: Sequence[str]) -> list[str]:
        """The subject of an earlier sentence in the paragraph, when of another state: whom a protest answers."""
        p = self.p
        countries = {self.reading.country_of(a) for a in actors}
        start = max(p.paragraphs[p.paragraph_of[i]][0], p.sentences[max(0, p.sentence_of[i] - 3)][0])
        for token in range(p.sentences[p.sentence_of[i]][0] - 1, start - 1, -1):
            if p.deps[token] in ("nsubj", "nsubjpass", "poss"):
                for mention in self.reading.mentions_by_root.get(token, ()):
                    if self.reading.country(mention) not in countries:
                        return [mention.entity_id]
        return []

    def _governed(self, i: int, entry: Entry) -> list[int]:
        kinds = [entry.complement] if entry.complement else ["infinitive", "gerund", "clause"]
        return list(dict.fromkeys(c for kind in kinds for c in self._complements(i, kind)))

    def _slots(self, i: int, entry: Entry, kind: str, slots: Sequence[str], *, actor: bool = False) -> list[str]:
        """The entity ids of the first slot that yields any."""
        for slot in slots:
            ids = self._slot(i, entry, kind, slot, actor=actor)
            if ids:
                return ids
        return []

    def _slot(self, i: int, entry: Entry, kind: str, slot: str, *, actor: bool) -> list[str]:
        p = self.p
        use_places = not actor and entry.type in _PLACE_TYPES
        if slot == "subject":
            return self._ids(self._subjects(i, kind), places=False)
        if slot == "object":
            return self._ids(patients(p, i) if kind == "verb" else objects(p, i), places=use_places)
        if slot == "object_owner":
            return [x for n in patients(p, i) for x in self._inner_ids(n)]
        if slot == "owner":
            return self._ids(possessors(p, i), places=False)
        if slot == "modifier":
            return self._ids([m for m in noun_modifiers(p, i) if self.reading.at(m)], places=False)
        if slot == "light_subject":
            verb = self._light_verb(i, self.lexicon.light_verbs | frozenset(entry.light))
            return self._ids(agents(p, verb), places=False) if verb is not None else []
        if slot == "clause_subject":
            verb = clause_of(p, i)
            return self._ids(agents(p, verb), places=False) if is_verb(p, verb) else []
        if slot == "speaker":
            return self._speaker(i)
        if slot == "complement_subject":
            return self._ids([s for c in self._governed(i, entry) for s in own_subjects(p, c)], places=False) or (
                self._ids([s for c in self._for_to(i) for s in [p.heads[c]] if not is_verb(p, s)], places=False)
            )
        if slot == "complement":
            return self._complement_ids(i, entry)
        nouns = self._obliques(i).get(slot, [])
        return self._ids([n for n in nouns if not is_verb(p, n)], places=use_places)

    def _subjects(self, i: int, kind: str) -> list[int]:
        """The subject of a verb, or of the copula over a predicative adjective, phrase or noun."""
        return [self._before_cue(i, noun) for noun in self._parsed_subjects(i, kind)]

    def _speaker(self, i: int) -> list[str]:
        """Who says the words around a token."""
        start, end = self.p.starts[i], self.p.ends[i]
        around = [s for s in self.reading.statements if s.content.start <= start and end <= s.content.end]
        around.sort(key=lambda s: s.content.end - s.content.start)
        return [s.speaker for s in around[:1]]

    def _parsed_subjects(self, i: int, kind: str) -> list[int]:
        if kind == "verb":
            return agents(self.p, i)
        if is_verb(self.p, i):
            return surface_subjects(self.p, i)
        head = self.p.heads[i]
        if self.p.deps[i] in ("acomp", "attr", "oprd", "prep", "advmod", "xcomp") and is_verb(self.p, head):
            return agents(self.p, head)
        own = own_subjects(self.p, i)
        if own:
            return agents(self.p, head) if self.p.deps[i] in ("ccomp", "xcomp") else own
        if self.p.deps[i] == "conj" and self.p.pos[head] == "ADJ":
            return self._parsed_subjects(head, kind)
        if self.p.deps[i] in ("amod", "acl", "prep") and self.p.pos[head] in ("NOUN", "PROPN"):
            return [head]
        return []

    def _before_cue(self, i: int, noun: int) -> int:
        """The true subject where a cue stands between it and its verb: "Russia he said values", not "he values"."""
        start = self.p.starts[noun]
        for statement in self.reading.statements:
            inside = statement.cue.start <= start < statement.cue.end <= statement.content.start <= self.p.starts[i]
            if inside and self.p.ends[i] <= statement.content.end:
                before = self.p.token_at(statement.cue.start) - 1
                while before > 0 and self.p.pos[before] == "PUNCT":
                    before -= 1
                same = before >= 0 and self.p.sentence_of[before] == self.p.sentence_of[noun]
                mentions = self.reading.mentions_by_token.get(before, ()) if same else ()
                return mentions[0].root if mentions else noun
        return noun

    def _obliques(self, i: int) -> dict[str, list[int]]:
        """Prepositions of a predicate, with those that the parser hung on its object, light verb or complement."""
        p = self.p
        out = {word: list(nouns) for word, nouns in obliques(p, i).items()}
        around: list[int] = []
        if is_verb(p, i):
            around = [c for c in p.children[i] if p.deps[c] in ("dobj", "nsubjpass", "prt", "acomp", "advmod")]
        else:
            verb = self._light_verb(i, self.lexicon.light_verbs)
            around = [verb] if verb is not None else []
        for token in around:
            for word, nouns in obliques(p, token).items():
                out.setdefault(word, []).extend(n for n in nouns if n not in out.get(word, ()))
        return {word: kept for word, nouns in out.items() if (kept := [n for n in nouns if not self._is_time(n)])}

    def _is_time(self, noun: int) -> bool:
        return any(d.start <= noun < d.end for d in self.reading.dates)

    def _inner_ids(self, noun: int) -> list[str]:
        """The actors inside a noun phrase, its head left aside."""
        p = self.p
        tokens = [*possessors(p, noun), *noun_modifiers(p, noun)]
        found = self._ids(tokens, places=False)
        if found:
            return found
        inner = [n for word, nouns in obliques(p, noun).items() if word not in ("by",) for n in nouns]
        return self._ids(inner, places=True)

    def _complement_ids(self, i: int, entry: Entry) -> list[str]:
        out: list[str] = []
        for clause in self._governed(i, entry):
            for noun in [*own_subjects(self.p, clause), *patients(self.p, clause)]:
                out.extend(self._ids([noun], places=False))
            for nouns in self._obliques(clause).values():
                out.extend(self._ids([n for n in nouns if not is_verb(self.p, n)], places=False))
        return list(dict.fromkeys(out))

    def _pair(self, i: int, kind: str) -> list[str]:
        """All parties of a reciprocal act, in the order of the text."""
        p = self.p
        if kind == "noun":
            governed = self._obliques(i)
            nouns = [*governed.get("between", []), *governed.get("among", [])]
            if not nouns:
                owners = possessors(p, i) or [m for m in noun_modifiers(p, i) if self.reading.at(m)]
                verb = self._light_verb(i, self.lexicon.light_verbs)
                owners = owners or (agents(p, verb) if verb is not None else governed.get("by", []))
                nouns = [*owners, *governed.get("with", [])]
        else:
            nouns = [*self._subjects(i, kind), *self._obliques(i).get("with", [])]
            ids = self._ids(nouns, places=False)
            if len(ids) < 2:
                return [*ids, *(x for x in self._ids(patients(p, i), places=False) if x not in ids)]
        return self._ids(nouns, places=False)

    def _ids(self, nouns: Sequence[int], *, places: bool) -> list[str]:
        """The entities in noun phrases; where there is none and `places` holds, the country of a place."""
        out: list[str] = []
        for noun in nouns:
            mentions = self.reading.actors_of(noun)
            if mentions:
                out.extend(m.entity_id for m in mentions)
            elif places:
                out.extend(self._place_ids(noun))
        return list(dict.fromkeys(out))

    def _place_ids(self, noun: int, depth: int = 0) -> list[str]:
        """The country of the place that a noun phrase names or leads to ("the victims of the attack in …")."""
        country = self.places.get(noun)
        if country is not None or depth > 3:
            return [country] if country is not None else []
        inner = [n for nouns in obliques(self.p, noun).values() for n in nouns]
        return next((ids for n in inner if (ids := self._place_ids(n, depth + 1))), [])

    def _others(self, actors: Sequence[str], recipients: Sequence[str], type_: str) -> list[str]:
        """Recipients that are not the actors themselves; a state does not withdraw from itself or visit itself."""
        if type_ in _DOMESTIC:
            return [r for r in recipients if r not in actors]
        own = {self.reading.country_of(a) for a in actors}
        return [
            r for r in recipients if r not in actors and not (self._is_state(r) and self.reading.country_of(r) in own)
        ]

    def _is_state(self, entity_id: str) -> bool:
        """Whether an id stands for a state as such, not for one of its parties, rebels or people."""
        entity = self.reading.entities.get(entity_id)
        return entity is None or entity.kind == "state" or (entity.kind != "person" and entity.sector in ("GOV", "MIL"))

    def _anaphoric(self, nouns: Sequence[int]) -> list[str]:
        """Whose thing a definite noun takes up: "the plan" after "Washington announced plans"."""
        p = self.p
        for noun in nouns:
            if not any(
                p.deps[c] == "det" and p.lower[c] in ("the", "this", "that", "these", "those") for c in p.children[noun]
            ):
                continue
            sentence = p.sentence_of[noun]
            start = p.sentences[max(0, sentence - 10)][0]
            for earlier in range(noun - 1, start - 1, -1):
                if p.lemmas[earlier] == p.lemmas[noun] and p.pos[earlier] in ("NOUN", "PROPN"):
                    found = self._ids([earlier], places=False)
                    if not found and p.deps[earlier] == "dobj":
                        found = self._ids(agents(p, p.heads[earlier]), places=False)
                    if found:
                        return found
        return []

    def _discourse(self, i: int, actors: Sequence[str]) -> list[str]:
        """The one other state that the sentence names."""
        countries = {self.reading.country_of(a) for a in actors}
        sentence = self.p.sentences[self.p.sentence_of[i]]
        others: dict[str, str] = {}
        for mention in self._mentions_in(*sentence):
            country = self.reading.country_of(mention.entity_id)
            if country not in countries and not self._tells(mention, i):
                others.setdefault(country, mention.entity_id)
        return [next(iter(others.values()))] if len(others) == 1 else []

    def _tells(self, mention: Mention, i: int) -> bool:
        """Whether somebody only tells of an act: he stands in the cue of the words around it."""
        start, end = self.p.starts[i], self.p.ends[i]
        return any(
            s.cue.start <= mention.start < s.cue.end and s.content.start <= start and end <= s.content.end
            for s in self.reading.statements
        )

    def _mentions_in(self, start: int, end: int) -> Iterator[Mention]:
        for token in range(start, end):
            yield from self.reading.mentions_by_root.get(token, ())
