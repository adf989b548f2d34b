"""Who stands in the slots of a lexicon entry: subject, object, a preposition, a possessor, a complement.

What enters: the constructions of a reading, a predicate and an entry. What leaves: entity ids, in the
order of the text, each once. Only what the clause says is found here; see `inference.py` for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from detente.codebook.event_lexicon import Entry
from detente.coding.constructions import Constructions
from detente.coding.status import governors
from detente.records import Mention
from detente.syntax.clauses import (
    agents,
    clause_of,
    counted,
    is_verb,
    noun_modifiers,
    objects,
    obliques,
    own_subjects,
    patients,
    possessors,
    surface_subjects,
)
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import KNOWN_SCORE

_ARMED = frozenset({"REB", "MIL", "PRM", "UAF", "CRM"})
_AUTHORITIES = frozenset({"GOV", "JUD", "LEG", "COP", "OPP", "PTY", "SPY"})
_AMONG_KNOWN = frozenset({"CONSULT", "AGREE", "COOPERATE"})  # acts between parties that have a name
_DIRECT = frozenset({"to", "on", "upon", "against", "at", "for", "of", "from", "with", "by", "into", "over"})
_UTTERING = frozenset(
    "express voice convey reiterate reaffirm declare state repeat register renew offer extend".split()
)
_MADE = frozenset(
    "statement letter report resolution bill law decree order ruling motion petition lawsuit suit complaint verdict "
    "communique declaration note message memo memorandum tweet post speech article directive decision edict warrant "
    "indictment campaign attack strike airstrike raid assault operation offensive protest rally demonstration ban "
    "sanction tariff measure ultimatum video legislation amendment judgment judgement press-release appeal".split()
)
_PUBLISHING = frozenset({"release", "publish", "post", "circulate"})
_GIVING = frozenset("give offer grant send lend show deny hand award".split())
_MESSAGES = frozenset("letter note message email e-mail cable telegram memo call conversation meeting talk".split())
_PLACE_TYPES = frozenset({"CONSULT", "ASSAULT", "MOBILIZE", "RETREAT", "COERCE", "AID", "SUPPORT", "SANCTION"})


class Sides:
    """Fills the slots of entries in one reading."""

    def __init__(self, grammar: Constructions) -> None:
        self.grammar = grammar
        self.reading = grammar.reading
        self.p: ParsedDocument = grammar.p
        self.lexicon = grammar.lexicon
        self.places: Mapping[int, str] = {
            token: place.country
            for place in self.reading.places
            if place.country is not None
            for token in range(place.start, place.end)
        }

    @cached_property
    def _bringers(self) -> frozenset[str]:
        """Verbs whose subject does what their object names: light verbs, and verbs of planning and weighing."""
        return self.lexicon.light_verbs | _PUBLISHING | frozenset(governors())

    def slots(self, i: int, entry: Entry, kind: str, slots: Sequence[str], *, actor: bool = False) -> list[str]:
        """The entity ids of the first slot that yields any.

        A recipient may be of a kind alone ("workers", "newspapers"), where no slot holds anybody better known.
        """
        for slot in slots:
            ids = self._slot(i, entry, kind, slot, actor=actor)
            if ids:
                return ids
        if actor and entry.type:
            return self._bodies(i, entry, kind, slots)
        if actor or not entry.type:
            return []
        found = self._kinds(i, entry, kind, slots)
        return [one for one in found if self._has_name(one)] if entry.type in _AMONG_KNOWN else found

    def _has_name(self, entity_id: str) -> bool:
        """Whether somebody is told by a name of two words at least, however little we know of him."""
        entity = self.reading.entities.get(entity_id)
        return entity is not None and entity.kind == "person" and " " in entity.name and entity.name.istitle()

    def _bodies(self, i: int, entry: Entry, kind: str, slots: Sequence[str]) -> list[str]:
        """The authorities without a country ("the court", "the government") that act; in protest, whoever does."""
        p = self.p
        for slot in slots:
            if slot == "subject":
                nouns = self.subjects(i, kind)
            elif slot == "light_subject":
                verb = self.grammar.light_verb(i, self._bringers)
                nouns = agents(p, verb) if verb is not None else []
            else:
                nouns = self.grammar.obliques(i).get(slot, []) if slot == "by" else []
            ids = [
                m.entity_id
                for n in nouns
                for m in (self.reading.at(n) or self.reading.at(counted(p, n)))
                if entry.type == "PROTEST" or (self._is_authority(m) and p.tags[m.root] != "NNS")
            ]
            if ids:
                return list(dict.fromkeys(ids))
        return []

    def _is_authority(self, mention: Mention) -> bool:
        entity = self.reading.entities.get(mention.entity_id)
        return entity is not None and entity.sector in _AUTHORITIES

    def _kinds(self, i: int, entry: Entry, kind: str, slots: Sequence[str]) -> list[str]:
        """The people, groups and names without a country in the slots that stand nearest to the predicate."""
        p = self.p
        governed = self.grammar.obliques(i)
        for number, slot in enumerate(slots):
            if slot == "object" and not (number and entry.object):  # else the thing given, not who gets it
                nouns = patients(p, i) if kind == "verb" else objects(p, i)
            else:
                nouns = governed.get(slot, []) if slot in _DIRECT else []
            named = [n for n in nouns if not is_verb(p, n) and p.lemmas[n] not in entry.modifiers]
            ids = [m.entity_id for n in named for m in self.reading.actors_of(counted(p, n))]
            if ids:
                return list(dict.fromkeys(ids))
        return []

    def _slot(self, i: int, entry: Entry, kind: str, slot: str, *, actor: bool) -> list[str]:
        p = self.p
        expeller = actor and slot == "from" and entry.mode == "expel"  # "expelled from Tehran"
        use_places = expeller or (not actor and entry.type in _PLACE_TYPES)
        if slot == "subject":
            subjects = self.subjects(i, kind)
            return self.ids(subjects, places=False) or self._makers(subjects)
        if slot == "object":
            nouns = patients(p, i) if kind == "verb" else objects(p, i)
            given = entry.object if entry.type == "AID" and entry.recipient[:1] != ("object",) else ()
            return self.ids([n for n in nouns if not self.grammar.in_classes(n, given)], places=use_places)
        if slot == "object_owner":
            return [x for n in patients(p, i) for x in self._inner_ids(n)]
        if slot == "owner":
            return self._owner(i)
        if slot == "modifier":
            return self.ids([m for m in noun_modifiers(p, i) if self.reading.at(m)], places=False)
        if slot == "light_subject":
            bringers = self._bringers.union(entry.light) if entry.light else self._bringers
            verb = self.grammar.light_verb(i, bringers)
            return self.ids(agents(p, verb), places=False) if verb is not None else []
        if slot == "clause_subject":
            verb = clause_of(p, i)
            return self.ids(agents(p, verb), places=False) if is_verb(p, verb) else []
        if slot == "speaker":
            return self._speaker(i)
        if slot == "complement_subject":
            asked = [p.heads[c] for c in self.grammar.for_to(i) if not is_verb(p, p.heads[c])]
            small = [c for c in p.children[i] if p.deps[c] == "ccomp" and not is_verb(p, c)]  # "found | X guilty"
            told = [s for c in self.grammar.governed(i, entry) for s in own_subjects(p, c)]
            called = [s for c in small for s in own_subjects(p, c)]
            return next((ids for one in (told, asked, called) if (ids := self.ids(one, places=False))), [])
        if slot == "complement":
            return self.complement_ids(i, entry)
        nouns = self.grammar.obliques(i).get(slot, [])
        return self.ids([n for n in nouns if not is_verb(p, n)], places=use_places)

    def subjects(self, i: int, kind: str) -> list[int]:
        """The subject of a verb, or of the copula over a predicative adjective, phrase or noun."""
        return [self._before_cue(i, noun) for noun in self._parsed_subjects(i, kind)]

    def _owner(self, i: int) -> list[str]:
        """Whose act a noun names; a pronoun beside a verb of utterance is its subject: "X called Y to voice his …"."""
        owners = possessors(self.p, i)
        verb = self.grammar.light_verb(i, _UTTERING) if owners and self.p.tags[owners[0]] == "PRP$" else None
        return (self.ids(agents(self.p, verb), places=False) if verb is not None else []) or self.ids(
            owners, places=False
        )

    def _makers(self, nouns: Sequence[int]) -> list[str]:
        """Who makes the thing that acts: "X issued a statement condemning Y", "X signed a decree that bans Y"."""
        verbs = [self.grammar.light_verb(n, self._bringers) for n in nouns if self.p.lemmas[n] in _MADE]
        return self.ids([a for verb in verbs if verb is not None for a in agents(self.p, verb)], places=False)

    def _speaker(self, i: int) -> list[str]:
        """Who says the words around a token."""
        said = self.reading.statement_around(self.p.starts[i], self.p.ends[i])
        return [said.speaker] if said is not None and self.reading.is_political(said.speaker) else []

    def _parsed_subjects(self, i: int, kind: str) -> list[int]:
        if kind == "verb":
            return [noun for agent in agents(self.p, i) for noun in self._one_among(agent)]
        if is_verb(self.p, i):
            return surface_subjects(self.p, i)
        head = self.p.heads[i]
        if self.p.deps[i] in ("acomp", "attr", "oprd", "prep", "advmod", "xcomp") and is_verb(self.p, head):
            return agents(self.p, head)
        member = self._one_among(i)
        if member != [i]:
            return member
        own = own_subjects(self.p, i)
        if own:
            return agents(self.p, head) if self.p.deps[i] in ("ccomp", "xcomp") else own
        if self.p.deps[i] == "conj" and self.p.pos[head] == "ADJ":
            return self._parsed_subjects(head, kind)
        if self.p.deps[i] in ("amod", "acl", "prep") and self.p.pos[head] in ("NOUN", "PROPN"):
            return [head]
        return []

    def _one_among(self, noun: int) -> list[int]:
        """Who is one of those that a noun names: X of "X is among those calling", "X is one of Y's supporters"."""
        p = self.p
        preposition = p.heads[noun]
        above = p.heads[preposition]
        if p.deps[noun] != "pobj" or p.lower[preposition] not in ("among", "of"):
            return [noun]
        if p.lower[preposition] == "of" and p.lower[above] == "one" and p.deps[above] == "attr":
            above = p.heads[above]
        return (surface_subjects(p, above) if p.lemmas[above] in ("be", "remain") else []) or [noun]

    def given(self, i: int, entry: Entry) -> list[str]:
        """Who is given what a noun names, where the parse makes one phrase of both: "gave | Peru assurances"."""
        p = self.p
        giving = self.grammar.light_verb(i, _GIVING)
        if giving is None or not entry.light or p.heads[i] != giving:
            return []
        first = [c for c in p.children[i] if p.left[c] == giving + 1 and p.pos[c] == "PROPN"]
        return self.ids([c for c in first if p.deps[c] in ("compound", "nmod", "amod")], places=False)

    def addressees(self, i: int) -> list[str]:
        """To whom a message goes: "sent X a letter demanding …", "in a call with X, Y urged …"."""
        p, head = self.p, self.p.heads[i]
        notes = [n for word in ("in", "during", "on", "at") for n in self.grammar.obliques(i).get(word, [])]
        if p.deps[i] in ("acl", "advcl") and p.tags[i] == "VBG":
            notes += objects(p, head) if is_verb(p, head) else [head]
        notes = [n for n in notes if p.lemmas[n] in _MESSAGES]
        governed = [self.grammar.obliques(n) for n in notes]
        if notes and is_verb(p, head) and p.heads[notes[-1]] == head:
            governed.append(self.grammar.obliques(head))
        return self.ids([n for by in governed for word in ("to", "with") for n in by.get(word, [])], places=False)

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

    def _inner_ids(self, noun: int) -> list[str]:
        """The actors inside a noun phrase, its head left aside."""
        p = self.p
        tokens = [*possessors(p, noun), *noun_modifiers(p, noun)]
        found = self.ids(tokens, places=False)
        if found:
            return found
        inner = [n for word, nouns in obliques(p, noun).items() if word not in ("by",) for n in nouns]
        told = [c for c in p.children[noun] if p.deps[c] == "acl" and p.tags[c] not in ("VB", "VBG", "VBN")]
        clauses = told or [c for c in p.children[noun] if p.deps[c] == "acl" and own_subjects(p, c)]
        return self.ids(inner, places=True) or self.ids([s for c in clauses for s in own_subjects(p, c)], places=False)

    def complement_ids(self, i: int, entry: Entry) -> list[str]:
        out: list[str] = []
        for clause in self._inner_clauses(i, entry):
            for noun in [*own_subjects(self.p, clause), *patients(self.p, clause)]:
                out.extend(self.ids([noun], places=False))
            for nouns in self.grammar.obliques(clause).values():
                out.extend(self.ids([n for n in nouns if not is_verb(self.p, n)], places=entry.type in _PLACE_TYPES))
        return list(dict.fromkeys(out))

    def _inner_clauses(self, i: int, entry: Entry) -> list[int]:
        """The clauses that a predicate governs, with the infinitives in them ("to try to prevent")."""
        clauses = self.grammar.governed(i, entry)
        bare = [clause for clause in clauses if self.p.tags[clause] == "VB"]
        inner = [c for clause in bare for c in self.p.children[clause] if self.p.deps[c] == "xcomp"]
        return [*clauses, *inner]

    def pair(self, i: int, kind: str) -> list[str]:
        """All parties of a reciprocal act, in the order of the text."""
        p = self.p
        if kind == "noun":
            governed = self.grammar.obliques(i)
            nouns = [*governed.get("between", []), *governed.get("among", [])]
            if not nouns:
                owners = possessors(p, i) or [m for m in noun_modifiers(p, i) if self.reading.at(m)]
                verb = self.grammar.light_verb(i, self.lexicon.light_verbs)
                owners = owners or (agents(p, verb) if verb is not None else governed.get("by", []))
                nouns = [*owners, *governed.get("with", [])]
        else:
            nouns = [*self.subjects(i, kind), *self.grammar.obliques(i).get("with", [])]
            ids = self.ids(nouns, places=False)
            if len(ids) < 2:
                return [*ids, *(x for x in self.ids(patients(p, i), places=False) if x not in ids)]
        return self.ids(nouns, places=False)

    def ids(self, nouns: Sequence[int], *, places: bool) -> list[str]:
        """The entities in noun phrases; where there is none and `places` holds, the country of a place."""
        out: list[str] = []
        for noun in nouns:
            mentions = [m for m in self._named(noun) if self.is_known(m)]
            if mentions:
                out.extend(one for m in mentions for one in (m.entity_id, *self._elsewhere(m)))
            elif places:
                out.extend(self.place_ids(noun))
        return list(dict.fromkeys(out))

    def _elsewhere(self, mention: Mention) -> list[str]:
        """The further states of people who live in several: Chad and Mali of "refugees in Niger, Chad and Mali"."""
        entity = self.reading.entities.get(mention.entity_id)
        if entity is None or entity.kind != "group" or entity.country is None:
            return []
        homes = [one for n in obliques(self.p, mention.root).get("in", []) for one in self.place_ids(n)]
        return [one for one in homes if one != entity.country] if entity.country in homes else []

    def _named(self, noun: int) -> Sequence[Mention]:
        """The actors of a noun phrase; a name in apposition goes before an owner ("its ally Turkey")."""
        if not self.reading.at(noun):
            for child in self.p.children[noun]:
                named = self.reading.at(child) if self.p.deps[child] == "appos" else ()
                if self.p.pos[child] == "PROPN" and any(self.is_known(m) for m in named):
                    return named
        return self.reading.actors_of(noun)

    def is_known(self, mention: Mention) -> bool:
        """Whether a mention tells enough: "militants" act without a name, "people" and "companies" do not."""
        entity = self.reading.entities.get(mention.entity_id)
        return mention.score >= KNOWN_SCORE or (entity is not None and entity.sector in _ARMED)

    def place_ids(self, noun: int, depth: int = 0) -> list[str]:
        """The country of the place that a noun phrase names or leads to ("the victims of the attack in …")."""
        country = self.places.get(noun)
        if country is not None or depth > 3:
            return [country] if country is not None else []
        inner = [n for nouns in obliques(self.p, noun).values() for n in nouns]
        return next((ids for n in inner if (ids := self.place_ids(n, depth + 1))), [])
