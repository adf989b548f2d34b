"""Who is a member of what and since when: the actors, organisations and dates around the words of a membership.

What enters: a reading and token indices. What leaves: ids of states and groups, and of organisations.
Organisations are those that belong to no single state; a government stands for its state.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.codebook.membership_lexicon import MembershipLexicon
from detente.coding.parties import Parties
from detente.coding.status import modality
from detente.records import MembershipStatus
from detente.syntax.clauses import (
    SUBJECTS,
    clause_of,
    coordinated,
    first_conjunct,
    is_verb,
    noun_modifiers,
    objects_of_preposition,
    obliques,
    patients,
    possessors,
    surface_subjects,
)
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import Reading

_BEGUN = frozenset({"member", "observer", "dialogue-partner"})
_AFTER = frozenset({"after", "since", "upon", "following"})
_FIRSTS = frozenset({"first", "maiden", "debut", "inaugural"})
_POINTING = frozenset({"this", "that", "it"})
LINKS = frozenset({"be", "remain", "become", "stay"})
UNREAL = ("hypothetical", "proposed", "future", "negated")
OF = ("of", "in", "to", "at", "for", "with", "within")


class MemberFinder:
    """Looks up members and organisations in one reading; holds nothing that changes."""

    def __init__(self, reading: Reading, lexicon: MembershipLexicon) -> None:
        self.reading = reading
        self.p = reading.parsed
        self.lexicon = lexicon
        self.parties = Parties(reading)

    def organisations(self, nouns: Iterable[int]) -> list[str]:
        """The organisations among nouns, named by the noun itself or by a modifier of it ("the NATO alliance")."""
        out: dict[str, None] = {}
        for noun in nouns:
            named: list[str] = []
            adjectives = [t for t in noun_modifiers(self.p, noun) if self.p.tags[t] == "JJ"]
            beside = noun_modifiers(self.p, noun) if self._is_body(noun) else []
            for token in (noun, *(t for t in beside if t not in adjectives)):
                for mention in self.reading.at(token):
                    for i in (mention.entity_id, self.reading.country(mention)):
                        if self.is_organisation(i):
                            named.append(i)
                            break
                if named:
                    break  # the noun's own name goes before those inside it
            out.update(dict.fromkeys(named))
        return list(out)

    def _is_body(self, noun: int) -> bool:
        """Whether a noun stands for the organisation beside it; parts of a name do."""
        return self.p.lemmas[noun] in self.lexicon.bodies or self.p.pos[noun] == "PROPN"

    def is_organisation(self, entity_id: str) -> bool:
        entity = self.reading.entities.get(entity_id)
        if entity is None or entity.kind != "organisation":
            return False
        if entity.sector in ("IGO", "UNO", "EUR"):
            return True
        home = self.reading.entities.get(entity.country or "")
        return entity.country in (None, entity.id) or (home is not None and home.kind == "organisation")

    def members(self, nouns: Iterable[int], organisations: Sequence[str] = ()) -> list[str]:
        """The states and groups among noun phrases; a government stands for its state."""
        out: dict[str, None] = {}
        for entity_id in self.parties.all_of(nouns):
            entity = self.reading.entities.get(entity_id)
            if entity is None or entity.kind in ("person", "unknown"):
                continue
            home = entity.country if entity.kind != "state" and entity.country else entity_id
            member = home.split(":")[0] if home in self.reading.entities or entity.kind == "state" else entity_id
            if member not in organisations:
                out.setdefault(member)
        return list(out)

    def is_state(self, entity_id: str) -> bool:
        entity = self.reading.entities.get(entity_id)
        return entity is not None and entity.kind == "state"

    def bearers(self, i: int, organisations: Sequence[str]) -> tuple[list[str], list[int]]:
        """Who is called a member, with the tokens that name him."""
        p, top = self.p, first_conjunct(self.p, i)
        head, dep = p.heads[top], p.deps[top]
        for child in p.children[i]:
            if (child > i and p.deps[child] == "appos") or (p.deps[child] == "conj" and not self._joined(i, child)):
                found = self.members(coordinated(p, child), organisations)
                if found:
                    return found, coordinated(p, child)
            if p.deps[child] == "prep" and p.lower[child] in ("as", "like", "including"):
                nouns = self.parties.introduced(child)
                return self.members(nouns, organisations), nouns
        if dep in ("attr", "oprd") and p.lemmas[head] in LINKS:
            if modality(p, head) in UNREAL:
                return [], []
            subjects = surface_subjects(p, head)
            return self.members(subjects, organisations), subjects
        if dep == "appos":
            return self.members([head], organisations), [head]
        if dep == "pobj" and p.lower[head] == "as":
            return self._as(p.heads[head], organisations)
        if (
            dep == "pobj"
            and p.lower[head] in ("with", "like", "among", "alongside")
            and any(p.lower[c] == "other" for c in p.children[i])
        ):
            return self._beside_others(i, organisations)
        if p.deps[i] == "conj" and any(p.lower[c] == "other" for c in p.children[i]):  # "X and other members"
            return self.members([top], organisations), [top]
        if dep in ("compound", "nmod", "amod", "appos") and head > i:
            return self.members([head], organisations), [head]
        after = i + 1
        if after < len(p) and p.pos[after] == "PROPN" and p.sentence_of[after] == p.sentence_of[i]:
            nouns = [after if p.deps[after] != "compound" else p.heads[after]]
            return self.members([n for t in nouns for n in coordinated(p, t)], organisations), nouns
        before = p.left[i] - 1
        if dep in ("ROOT", "conj", "dep", "npadvmod") and before > 0 and p.words[before] == ",":
            return self.members([before - 1], organisations), [before - 1]
        return [], []

    def _beside_others(self, i: int, organisations: Sequence[str]) -> tuple[list[str], list[int]]:
        """ "X, along with other members": X is one too."""
        p = self.p
        for token in list(p.ancestors(i))[:4]:
            if is_verb(p, token):
                subjects = surface_subjects(p, token)
                return self.members(subjects, organisations), subjects
            if self.parties.named(token):
                return self.members([token], organisations), [token]
        return [], []

    def _joined(self, i: int, conjunct: int) -> bool:
        return any(self.p.deps[c] == "cc" and i < c < conjunct for c in self.p.children[i])

    def _as(self, governor: int, organisations: Sequence[str]) -> tuple[list[str], list[int]]:
        """ "as a member of Y, X …", "admitted X as a member"."""
        p = self.p
        if not is_verb(p, governor):
            return self.members([governor], organisations), [governor]
        if modality(p, governor) in UNREAL and p.lemmas[governor] in ("admit", "accept", "recognize", "join"):
            return [], []
        tokens = patients(p, governor) if p.lemmas[governor] in self.lexicon.verbs else []
        tokens = tokens or surface_subjects(p, governor)
        return self.members(tokens, organisations), tokens

    def nominal_subject(self, verb: int) -> list[int]:
        """ "It was the first presence of X at Y after getting …": the predicate noun's actor is meant."""
        p = self.p
        above = next((t for t in p.ancestors(verb) if is_verb(p, t)), None)
        if above is None:
            return []
        nouns = [c for c in p.children[above] if p.deps[c] in ("attr", "nsubj")]
        return [n for noun in nouns for n in (*possessors(p, noun), *obliques(p, noun).get("of", ()))]

    def alongside(self, *governors: int) -> list[int]:
        """ "along with A, B and C": further members."""
        p = self.p
        out: list[int] = []
        for governor in governors:
            for child in p.children[governor]:
                if p.lower[child] in self.lexicon.along and p.deps[child] in ("prep", "advmod"):
                    out += objects_of_preposition(p, child)
                    for inner in p.children[child]:
                        if p.deps[inner] == "prep" and inner not in p.children[child][:0]:
                            out += objects_of_preposition(p, inner)
        return list(dict.fromkeys(out))

    def within(self, verb: int) -> list[int]:
        """What something consists of: the of-phrase of "is made up of X", through the particle too."""
        p = self.p
        governors = [verb, *(c for c in p.children[verb] if p.deps[c] in ("prt", "advmod", "prep"))]
        return [n for g in governors for n in obliques(p, g).get("of", ())]

    def nearby(self, i: int, members: Sequence[str]) -> list[str]:
        """The organisation of the same sentence, nearest before the word, else of the sentence before."""
        p = self.p
        number = p.sentence_of[i]
        for start, end in (p.sentences[number], p.sentences[max(0, number - 1)]):
            tokens = sorted(range(start, end), key=lambda t: (t > i, abs(t - i)))
            for token in tokens:
                for mention in self.reading.mentions_by_root.get(token, ()):
                    if mention.entity_id not in members and self.is_organisation(mention.entity_id):
                        return [mention.entity_id]
        return []


def dates_of(reading: Reading, i: int, status: MembershipStatus) -> tuple[str | None, str | None]:
    """Since when and until when, from the time words of the clause; an interval gives both."""
    p, since, until = reading.parsed, None, None
    clause = clause_of(p, i)
    inside = p.subtree(clause)
    for date in reading.dates:
        if date.value is None or not inside.start <= date.start < inside.stop:
            continue
        first, _, last = date.value.partition("/")
        if date.relation == "until" or (status == "withdrawn" and date.relation == "on"):
            until = until or _end(last or first)
        elif date.relation in ("on", "since", "after"):
            since, until = since or _end(first), until or _end(last)
    if since is None and until is None and status in _BEGUN:
        since = _before_a_first(reading, clause)
    return since, until


def _before_a_first(reading: Reading, clause: int) -> str | None:
    """The year of what is told as "the first since joining", "its first summit after getting the status"."""
    p = reading.parsed
    link = p.heads[clause] if p.deps[clause] == "pcomp" else _conjunction(p, clause)
    above = next((t for t in p.ancestors(clause) if is_verb(p, t)), None)
    if link is None or above is None or p.lower[link] not in _AFTER:
        return None
    start, end = p.sentences[p.sentence_of[above]]
    if not any(p.lower[t] in _FIRSTS for t in range(start, link)):
        return None
    pointing = any(p.lower[c] in _POINTING for c in p.children[above] if p.deps[c] in SUBJECTS)
    if pointing and start:
        start, _ = p.sentences[p.sentence_of[start - 1]]
    dates = [d for d in reading.dates if start <= d.start < end and d.value is not None and d.relation == "on"]
    years = {str(d.value)[:4] for d in dates}
    return years.pop() if len(years) == 1 and all("/" not in str(d.value) for d in dates) else None


def _conjunction(p: ParsedDocument, clause: int) -> int | None:
    return next((c for c in p.children[clause] if p.deps[c] == "mark"), None)


def _end(value: str) -> str | None:
    """One end of an interval, None where it is open."""
    return value if value not in ("", "..") else None
