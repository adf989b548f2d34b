"""Acts: predicates of the event lexicon with the actors and recipients that the grammar gives them.

What enters: a reading and the event lexicon. What leaves: `Act`s, one for each predicate token whose
lexicon entry fits its construction and whose sides can be filled. An act says what the words name; what
becomes of it (status, date, attribution, type in view of its status) is decided in `events.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.codebook.event_lexicon import Entry, EventLexicon
from detente.coding.act import FRIENDLY, Act
from detente.coding.constructions import Constructions
from detente.coding.inference import Inference
from detente.coding.pairs import UNLISTED, open_pairs
from detente.coding.sides import Sides
from detente.coding.status import modality
from detente.syntax.clauses import (
    is_passive,
    is_verb,
    noun_modifiers,
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
_USUAL_ACTOR = {
    "verb": ("subject",),
    "adjective": ("subject",),
    "noun": ("owner", "by", "modifier", "light_subject"),
}
_PRIVATE = frozenset({"CVL", "REF", "EDU", "BUS", "SOC", "JRN", "MED", "LAB", "REL", "AGR", "CRM"})
_DOMESTIC = frozenset(
    {"ASSAULT", "COERCE", "PROTEST", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION", "CONCEDE"}
)
_ADDRESSED = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
_TOLD = frozenset({"REQUEST", "THREATEN", "AGREE"})
_ANSWERS = frozenset({"REJECT", "CONCEDE", "AGREE", "ACCUSE"})
_WEAPONS = frozenset(
    "attack bomb bombing blast explosion shelling airstrike strike shooting raid rocket missile mine mortar ambush "
    "gunfire bomber gunman shell grenade explosive".split()
)
_UNILATERAL = frozenset({"SANCTION", "ASSAULT", "REJECT", "COERCE"})


def find_acts(reading: Reading, lexicon: EventLexicon, *, unlisted: bool = False) -> list[Act]:
    """Every act in a document, in the order of the text.

    With `unlisted`, also what a predicate outside the lexicon joins: acts without a type, for an encoder to judge.
    """
    finder = _Finder(reading, lexicon)
    acts = [act for i in range(len(reading.parsed)) for act in finder.at(i, unlisted=unlisted)]
    told = {noun: act for act in acts for noun in act.fulfilled}
    kept = [act for act in acts if act.predicate not in told or _stays(reading.parsed, act, told[act.predicate])]
    if unlisted:
        kept += open_pairs(reading, kept)
        kept.sort(key=lambda act: act.predicate)
    return kept


def _stays(p: ParsedDocument, act: Act, teller: Act) -> bool:
    """Whether a noun that an act has for its object is an act beside it.

    It is where somebody else said what is answered ("denied the allegations by X that …"), and where an assault is
    only to be ended ("urged X to cease its attacks on Y").
    """
    if teller.entry.type == "RETREAT":
        return act.entry.type == "ASSAULT" and modality(p, teller.predicate) == "proposed"
    return act.entry.type in _ADDRESSED and teller.entry.type in _ANSWERS and not set(act.actors) & set(teller.actors)


def _peopled(reading: Reading) -> Iterator[int]:
    """The sentences in which two actors or more stand, places among them."""
    p = reading.parsed
    standing: dict[int, set[str]] = {}
    for mention in reading.mentions:
        standing.setdefault(p.sentence_of[mention.root], set()).add(mention.entity_id)
    for place in reading.places:
        if place.country is not None:
            standing.setdefault(p.sentence_of[place.start], set()).add(place.country)
    return (sentence for sentence, actors in standing.items() if len(actors) > 1)


class _Finder:
    """Looks up one reading's predicates; holds what all look-ups share and nothing that changes."""

    def __init__(self, reading: Reading, lexicon: EventLexicon) -> None:
        self.reading = reading
        self.p: ParsedDocument = reading.parsed
        self.lexicon = lexicon
        self.grammar = Constructions(reading, lexicon)
        self.sides = Sides(self.grammar)
        self.inference = Inference(self.sides, self.at)
        self.peopled = frozenset(_peopled(reading))

    def at(self, i: int, *, unlisted: bool = False) -> Iterator[Act]:
        kind, entries = self._entries(i)
        act, is_settled = self._first(i, entries, kind)
        if act is None and unlisted and not is_settled and self.p.sentence_of[i] in self.peopled:
            act = self._unlisted(i)
        if act is not None:
            yield act

    def _entries(self, i: int) -> tuple[str, Sequence[Entry]]:
        """The word class in which a token may name an act, and what the lexicon has for it."""
        p = self.p
        if p.tags[i] == "VBN" and p.lower[i] in self.lexicon.adjectives and (p.deps[i] == "amod" or is_passive(p, i)):
            return "adjective", self.lexicon.adjectives[p.lower[i]]
        if is_verb(p, i) and p.deps[i] != "amod":
            lemma = verb_lemma(p, i)  # a phrasal verb that is listed is not its bare verb ("call off a strike")
            return "verb", self.lexicon.verbs.get(lemma, self.lexicon.verbs.get(p.lemmas[i], ()))
        if p.pos[i] in ("NOUN", "PROPN") and p.deps[i] not in ("compound", "npadvmod"):
            return "noun", self.lexicon.nouns.get(p.lemmas[i], ())
        if p.pos[i] == "ADJ" or (p.pos[i] == "VERB" and p.deps[i] == "amod"):
            return "adjective", self.lexicon.adjectives.get(p.lemmas[i], ())
        if p.pos[i] == "ADP" and p.lower[i] in ("at", "behind"):
            return "adjective", self._phrase_entries(i)
        return "", ()

    def _unlisted(self, i: int) -> Act | None:
        """An act without a type: a predicate that joins two actors by its own grammar, whatever it means."""
        p = self.p
        if p.pos[i] == "VERB" and p.deps[i] not in ("amod", "aux", "auxpass"):
            kind = "verb"
        elif p.pos[i] == "NOUN" and p.deps[i] not in ("compound", "npadvmod"):
            kind = "noun"
        else:
            return None
        actors = self.sides.slots(i, UNLISTED, kind, _USUAL_ACTOR[kind], actor=True)
        recipients = self._others(actors, self.sides.slots(i, UNLISTED, kind, _FALLBACK_SLOTS), "") if actors else []
        return Act(i, UNLISTED, kind, tuple(actors), tuple(recipients)) if recipients else None

    def _phrase_entries(self, i: int) -> Sequence[Entry]:
        """Entries for predicative phrases such as "at war" and "behind the attack", keyed by both words."""
        for child in self.p.children[i]:
            if self.p.deps[child] == "pobj":
                return self.lexicon.adjectives.get(f"{self.p.lower[i]} {self.p.lemmas[child]}", ())
        return ()

    def _first(self, i: int, entries: Sequence[Entry], kind: str) -> tuple[Act | None, bool]:
        """The act of the first entry that fits, and whether the lexicon settles the matter: an entry that fits may
        say that this construction names none."""
        for entry in entries:
            if self.grammar.fits(i, entry, kind):
                if entry.skip:
                    return None, True
                act = self._fill(i, entry, kind)
                if act is not None:
                    fulfilled = [
                        n for n in self.grammar.themes(i, entry.type) if self.grammar.in_classes(n, entry.object)
                    ]
                    return (replace(act, fulfilled=tuple(fulfilled)) if kind == "verb" else act), True
        return None, False

    def _fill(self, i: int, entry: Entry, kind: str) -> Act | None:
        governed = tuple(self.grammar.governed(i, entry))
        if entry.reciprocal:
            act = self._mutual(i, entry, kind, governed)
            if act is not None:
                return act
        actors = self._partakers(i) if kind == "noun" else []
        actors = actors or self.sides.slots(i, entry, kind, entry.actor or _USUAL_ACTOR[kind], actor=True)
        recipients = self.sides.given(i, entry) if kind == "noun" else []
        recipients = recipients or self.sides.slots(i, entry, kind, entry.recipient)
        inferred: list[str] = []
        if not recipients and kind == "verb" and not entry.recipient:
            recipients = self.sides.slots(i, entry, kind, _FALLBACK_SLOTS)
        if not actors and recipients and self._is_unclaimed(i, entry, kind, recipients):
            actors, inferred = [UNKNOWN], ["actors"]
        moved = entry.type in ("RETREAT", "MOBILIZE") and self.p.deps[i] != "acl"
        if not actors and moved and kind == "verb" and is_passive(self.p, i):
            actors = self.sides.ids(patients(self.p, i), places=False)  # "the troops were withdrawn"
        if not actors or (entry.mode == "visit" and all(self._is_private(a) for a in actors)):
            return None
        if not recipients and kind == "noun":
            recipients = self._beside_owner(i, entry)
        loyal = entry.type == "SUPPORT" and entry.recipient[:1] == ("object",) and all(map(self._is_person, actors))
        if not loyal:  # a minister may defend his own country
            recipients = self._others(actors, recipients, entry.type)
        if kind == "verb" and entry.type in _TOLD and all(map(self._is_vague, recipients)):
            recipients = self._others(actors, self.sides.addressees(i), entry.type) or recipients
        if not recipients and not entry.reciprocal and entry.recipient != ("complement_subject",):
            recipients = self._others(actors, self.inference.implied(i, entry, kind, actors), entry.type)
            inferred += ["recipients"] if recipients else []
        alone = not recipients and len(actors) == 1
        if (not recipients and not entry.solo) or (alone and kind == "noun" and entry.type in FRIENDLY):
            return None
        return Act(i, entry, kind, tuple(actors), tuple(recipients), tuple(inferred), governed)

    def _is_unclaimed(self, i: int, entry: Entry, kind: str, recipients: Sequence[str]) -> bool:
        """Whether a clause leaves open who did it: "ten Kenyans were killed", "a bomb killed ten Kenyans"."""
        if entry.type != "ASSAULT" or kind != "verb" or is_passive(self.p, i):
            return entry.type == "ASSAULT" and kind == "verb"
        known = any(self.reading.is_political(r) for r in recipients) or any(":" in r for r in recipients)
        return known and any(self.p.lemmas[s] in _WEAPONS for s in own_subjects(self.p, i))

    def _partakers(self, i: int) -> list[str]:
        """Who does what an occasion includes: the visitor of "X's visit did not include talks"."""
        p, verb = self.p, self.p.heads[i]
        if p.deps[i] != "dobj" or p.lemmas[verb] not in ("include", "feature", "involve"):
            return []
        return [a for noun in surface_subjects(p, verb) for act in self.at(noun) for a in act.actors]

    def _beside_owner(self, i: int, entry: Entry) -> list[str]:
        """Whom a noun with an owner names in front of it ("Turkey's Syria incursion"), or whom a visit is meant to
        meet ("his visit to woo the Russians").
        """
        if possessors(self.p, i):
            found = self.sides.ids([m for m in noun_modifiers(self.p, i) if self.reading.at(m)], places=True)
            if found:
                return found
        return self.sides.complement_ids(i, entry) if entry.mode == "visit" else []

    def _mutual(self, i: int, entry: Entry, kind: str, governed: tuple[int, ...]) -> Act | None:
        """A reciprocal act: all parties act. One side alone can break off relations with the other."""
        pair = self.sides.pair(i, kind)
        own = self.sides.ids(self.sides.subjects(i, kind), places=False) if kind == "verb" else []
        alone = entry.type == "RETREAT" and "with" not in self.grammar.obliques(i)  # "Israel ended attacks on Syria"
        if (entry.type in _UNILATERAL or alone) and len(own) == 1 and len(pair) > 1:
            return Act(i, entry, kind, tuple(own), tuple(self._others(own, pair, entry.type)), governed=governed)
        if len(pair) >= 2:
            third = self._third_parties(pair, governed) if entry.type == "AGREE" and set(pair) <= set(own) else []
            return Act(i, entry, kind, tuple(pair), tuple(third), governed=governed, initiators=tuple(own))
        if not pair and kind == "verb" and is_passive(self.p, i):
            parties = self.inference.parties_of_sentence(i)
            if len(parties) == 2:
                return Act(i, entry, kind, tuple(parties), (), inferred=("actors",), governed=governed)
        return None

    def _third_parties(self, pair: Sequence[str], governed: tuple[int, ...]) -> list[str]:
        """Whom two who agree will act on: X of "A and B agreed to lift tariffs on X"."""
        found = [r for c in governed for act in self.at(c) for r in act.recipients]
        return list(dict.fromkeys(self._others(pair, found, "AGREE")))

    def _others(self, actors: Sequence[str], recipients: Sequence[str], type_: str) -> list[str]:
        """Recipients that are not the actors themselves; a state does not withdraw from itself or visit itself."""
        if type_ in _DOMESTIC:
            reproach = type_ in ("ACCUSE", "THREATEN", "PROTEST")
            return [r for r in recipients if r not in actors and not (reproach and self._is_own_government(actors, r))]
        own = {self.reading.country_of(a) for a in actors}
        return [
            r for r in recipients if r not in actors and not (self._is_state(r) and self.reading.country_of(r) in own)
        ]

    def _is_own_government(self, actors: Sequence[str], recipient: str) -> bool:
        """Whether somebody in office would act on the state or government that he belongs to."""
        country, _, sector = recipient.partition(":")
        known = [entity for a in actors if (entity := self.reading.entities.get(a)) is not None]
        return sector in ("", "GOV") and any(e.sector == "GOV" and e.country == country for e in known)

    def _is_private(self, entity_id: str) -> bool:
        """Whether somebody travels for himself: refugees, students and journalists visit no government."""
        entity = self.reading.entities.get(entity_id)
        return entity is not None and entity.sector in _PRIVATE

    def _is_vague(self, entity_id: str) -> bool:
        """Whether somebody is known by a kind alone ("the crew"): an act addressed to a state only concerns him."""
        entity = self.reading.entities.get(entity_id)
        return entity is not None and entity.country is None and entity.kind in ("group", "person")

    def _is_person(self, entity_id: str) -> bool:
        entity = self.reading.entities.get(entity_id)
        return entity is not None and entity.kind == "person"

    def _is_state(self, entity_id: str) -> bool:
        """Whether an id stands for a state as such, not for one of its parties, rebels or people."""
        entity = self.reading.entities.get(entity_id)
        return entity is None or entity.kind == "state" or (entity.kind != "person" and entity.sector in ("GOV", "MIL"))
