"""Stances whose holder is the one who speaks, and stances that aims and demands let be seen.

What enters: a reading's parties and the stance lexicon. What leaves: findings. "X is a real problem" inside
a statement is how the speaker regards X; in a release that says "we", it is how the issuing institution
does. An aim to oust X, a fight against X, a call for X to resign: all are evidence of hostility to X.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from detente.codebook.stance_lexicon import StanceLexicon
from detente.coding.denials import is_denied, is_unreal
from detente.coding.parties import Finding, Parties
from detente.coding.roles import Roles
from detente.coding.status import modality
from detente.records import Entity
from detente.syntax.clauses import (
    agents,
    clause_of,
    is_passive,
    is_verb,
    noun_agents,
    noun_modifiers,
    objects,
    obliques,
    possessors,
    surface_subjects,
    verb_lemma,
)

_LINKS = frozenset({"be", "remain", "become", "constitute", "represent", "amount", "pose", "prove"})
_OFFICES = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})
_ADOPTING = frozenset({"adopt", "share", "embrace", "pursue", "support", "back", "join", "endorse"})
_EFFORTS = frozenset({"effort", "campaign", "operation", "mission", "attempt", "offensive", "battle"})
_DANGERS = frozenset({"threat", "menace", "danger", "challenge", "scourge", "nightmare"})
_RESULTS = frozenset({"effect", "result", "consequence", "risk", "danger", "cost", "prospect", "possibility", "point"})
_TOWARDS = frozenset({"to", "of", "with", "towards", "toward", "about"})
_MEASURES = frozenset(
    {"form", "kind", "part", "rest", "remnant", "remains", "majority", "all", "member", "type", "sort"}
)
_FIRST_PERSON = frozenset({"we", "our", "us"})


class Judgements:
    """Finds evaluations by the one who speaks, aims to harm and demands to go, in one reading."""

    def __init__(self, parties: Parties, roles: Roles, lexicon: StanceLexicon) -> None:
        self.parties = parties
        self.p = parties.p
        self.roles = roles
        self.lexicon = lexicon

    def at(self, i: int) -> Iterator[Finding]:
        """The judgements, aims and demands that token `i` names."""
        p, lexicon, lemma = self.p, self.lexicon, self.p.lemmas[i]
        if is_verb(p, i):
            if lemma in _LINKS:
                yield from self._character(i)
            elif lemma in lexicon.judging_verbs:
                yield from self._misdeed(i)
            if lemma in lexicon.harm["verbs"] or verb_lemma(p, i) in lexicon.harm["verbs"]:
                yield from self._aim(i)
            if verb_lemma(p, i) in lexicon.departures["verbs"]:
                yield from self._departure(i)
        elif p.pos[i] in ("NOUN", "PROPN"):
            if lemma in lexicon.judgements:
                yield from self._judgement(i, lexicon.judgements[lemma], f"judgement '{lemma}'")
            else:
                yield from self._judged_deed(i)
            if lemma in lexicon.roles["owner"]:
                yield from self._threat(i)
            if lemma in lexicon.harm["nouns"]:
                yield from self._harm_noun(i, ("of",))
            elif lemma in lexicon.harm["struggle"]:
                yield from self._harm_noun(i, ("against",), spoken=False)
            if lemma in lexicon.departures["nouns"]:
                yield from self._departure_noun(i)

    # --- whose voice -----------------------------------------------------------------------------------

    def voice(self, i: int) -> str | None:
        """Who says what stands at a token: the speaker of a statement, or the institution that issues the text.

        An official stands for the state. None where the reporter speaks.
        """
        start = self.p.starts[i]
        covering = [s for s in self._statements_before(start) if start < s[1]]
        if covering:
            return self._standing_for(min(covering, key=lambda s: s[1] - s[0])[2])
        return self._institution if self.p.quotation_of[i] is None else None

    def _statements_before(self, start: int) -> Sequence[tuple[int, int, str]]:
        return self._spans[: bisect_right(self._spans, (start, len(self.p.document.text), "\uffff"))]

    @cached_property
    def _spans(self) -> list[tuple[int, int, str]]:
        return sorted((s.content.start, s.content.end, s.speaker) for s in self.parties.reading.statements)

    def _standing_for(self, speaker: str) -> str:
        entity: Entity | None = self.parties.reading.entities.get(speaker)
        if entity is None or entity.country is None or entity.kind == "state":
            return speaker
        return entity.country if entity.sector in _OFFICES else speaker

    @cached_property
    def _institution(self) -> str | None:
        """The state or organisation that says "we" outside statements and quotation marks."""
        reading = self.parties.reading
        for mention in reading.mentions:
            if mention.form != "pronoun" or mention.text.lower() not in _FIRST_PERSON:
                continue
            if self.p.quotation_of[mention.root] is not None:
                continue
            if any(a <= mention.start < b for a, b, _ in self._spans):
                continue
            entity = reading.entities.get(mention.entity_id)
            if entity is not None and (entity.kind in ("state", "organisation") or entity.sector in _OFFICES):
                return self._standing_for(mention.entity_id)
        return None

    def _author(self, i: int, predicate: int) -> str | None:
        """The author who says "I" elsewhere, where he judges outright by an adjective; reporters seldom do."""
        p = self.p
        if p.quotation_of[i] is not None or "author" not in self.parties.reading.entities:
            return None
        beside = [predicate, *noun_modifiers(p, predicate)]
        return "author" if any(p.lower[t] in self.lexicon.character.adjectives for t in beside) else None

    # --- what the speaker thinks -----------------------------------------------------------------------

    def _character(self, i: int) -> Iterator[Finding]:
        """ "X is a key player", "X's remarks were an insult": a predicate that evaluates its subject."""
        p = self.p
        if is_unreal(p, i):
            return
        for child in p.children[i]:
            if p.deps[child] not in ("attr", "acomp", "dobj", "oprd") or child < i:
                continue
            valence, voice = self.roles.worth(child), self.voice(i) or self._author(i, child)
            if voice is None:
                continue
            if (
                valence is None
                or self._has_owner(child)
                or (p.pos[child] == "ADJ" and obliques(p, child).keys() & _TOWARDS)
            ):
                continue
            subjects = surface_subjects(p, i)
            ids = self.parties.all_of(subjects)
            if is_denied(p, i):
                valence = -0.5 if valence > 0 else 0.0
            yield from self._judged(
                [*subjects, i], ids, voice, valence, child, f"judgement '{p.lemmas[child]}' of the subject"
            )
            return

    def _misdeed(self, i: int) -> Iterator[Finding]:
        """ "X is inflicting suffering", "so that X can no longer brutalize": told so only by those who condemn X."""
        voice = self.voice(i)
        if voice is None or is_unreal(self.p, i):
            return
        tokens = agents(self.p, i)
        ids = [x for t in tokens for x in (self.parties.all_of([t]))]
        worth = self.lexicon.judging_verbs[self.p.lemmas[i]]
        yield from self._judged([*tokens, i], ids, voice, worth, i, f"judgement by verb '{self.p.lemmas[i]}'")

    def _has_owner(self, noun: int) -> bool:
        """Whether the noun is somebody's ("an ally of X"): then it is a role, not a character."""
        tokens = [
            *possessors(self.p, noun),
            *(n for w in ("to", "of", "for") for n in obliques(self.p, noun).get(w, ())),
            *(n for n in obliques(self.p, self.p.heads[noun]).get("for", ()) if n < noun),
        ]
        if self.p.lemmas[noun] in self.lexicon.roles["mutual"]:
            tokens += noun_modifiers(self.p, noun)
        role = any(self.p.lemmas[noun] in table for table in self.lexicon.roles.values())
        return role and bool(self.parties.all_of(tokens))

    def _judgement(self, i: int, valence: float, rule: str) -> Iterator[Finding]:
        """ "the cruelty of X", "their disregard for the law"."""
        voice = self.voice(i)
        if voice is None:
            return
        tokens = [*possessors(self.p, i), *obliques(self.p, i).get("of", ())] or noun_modifiers(self.p, i)
        ids = self.parties.all_of(tokens)
        if not ids and self.p.deps[i] == "dobj":
            tokens = surface_subjects(self.p, self.p.heads[i])
            ids = self.parties.all_of(tokens)
        yield from self._judged([*tokens, i], ids, voice, valence, i, rule)

    def _judged_deed(self, i: int) -> Iterator[Finding]:
        """ "X's indiscriminate bombing", "the cowardly attack by X"."""
        p = self.p
        for child in p.children[i]:
            valence = self.lexicon.judging_adjectives.get(p.lower[child])
            if valence is None or p.deps[child] != "amod":
                continue
            if p.lemmas[i] in self.lexicon.character.groups and p.lemmas[i] != "attack":
                return
            if p.lemmas[i] not in self.lexicon.character.deeds | self.lexicon.suffered:
                return
            near = obliques(p, i)
            tokens = [*possessors(p, i), *near.get("by", ())] or [
                t for t in noun_modifiers(p, i) if self.parties.named(t)
            ]
            ids = self.parties.all_of(tokens)
            voice = self.voice(i)
            if ids and voice is not None:
                yield from self._judged(
                    [*tokens, i], ids, voice, valence, child, f"judgement '{p.lower[child]}' of a deed"
                )
            return

    def _threat(self, i: int) -> Iterator[Finding]:
        """ "the threat posed by X", "the X threat": the speaker's threat where no owner is named."""
        p, voice = self.p, self.voice(i)
        if voice is None or p.lemmas[i] not in _DANGERS or self._has_owner(i) or p.deps[i] in ("attr",):
            return
        tokens: list[int] = []
        for child in p.children[i]:
            if p.deps[child] == "acl":
                tokens += obliques(p, child).get("by", []) + obliques(p, child).get("from", [])
        tokens = tokens or obliques(p, i).get("from", []) or obliques(p, i).get("of", [])
        tokens = tokens or [t for t in noun_modifiers(p, i) if self.parties.named(t)]
        yield from self._judged([i, *tokens], self.parties.all_of(tokens), voice, -1.0, i, f"judgement '{p.lemmas[i]}'")

    def _judged(
        self, phrases: Sequence[int], ids: Sequence[str], voice: str, valence: float, trigger: int, rule: str
    ) -> Iterator[Finding]:
        ids = [x for x in ids if x != voice]
        if ids:
            first, last = self.parties.span([trigger], [trigger, *(t for t in phrases if not is_verb(self.p, t))])
            yield Finding((voice,), tuple(ids), valence, first, last, trigger, rule)

    # --- aims and demands ------------------------------------------------------------------------------

    def _aim(self, i: int) -> Iterator[Finding]:
        """ "the goal of toppling X", "to defeat X": an infinitive or gerund, since the finite verb is a deed."""
        p = self.p
        gerund = p.tags[i] == "VBG" and p.deps[i] in ("pcomp", "csubj", "xcomp", "nsubj", "pobj", "dobj", "conj")
        infinitive = p.tags[i] == "VB" and any(p.lower[c] == "to" and p.deps[c] == "aux" for c in p.children[i])
        if not (gerund or infinitive) or is_passive(p, i) or modality(p, i) == "negated":
            return
        if p.deps[i] in ("acl", "pcomp") and _EFFORTS & {p.lemmas[p.heads[i]], p.lemmas[p.heads[p.heads[i]]]}:
            return  # an ongoing fight is an act, not an aim
        if p.deps[i] == "pcomp" and p.lemmas[p.heads[p.heads[i]]] in _RESULTS:
            return
        targets = [t for o in objects(p, i) or self._stray_objects(i) for t in self._content(o)]
        targets = [t for t in targets if self.parties.named(t) or p.lemmas[t] in self.lexicon.harm["objects"]]
        ids = self.parties.all_of(targets)
        if not ids:
            return
        doers = agents(p, i) if p.deps[i] != "csubj" else []
        if self._adopted(i):
            doers = surface_subjects(p, clause_of(p, p.heads[i]))
        holders = self.parties.all_of(doers) or self._clause_subject(i)
        if not holders and p.deps[i] == "csubj":
            holders = self._predicate_owner(p.heads[i])
        yield from self._hostile(i, holders, ids, [*targets], f"implied: aim to {p.lemmas[i]}")

    def _stray_objects(self, i: int) -> list[int]:
        """The object of a gerund subject, which parsers take for the subject: "Combating X has become …"."""
        p = self.p
        siblings = p.children[p.heads[i]] if p.deps[i] == "csubj" else ()
        return [c for c in siblings if p.deps[c] == "nsubj" and i < c < p.heads[i]]

    def _adopted(self, i: int) -> bool:
        """Whether an aim is taken over from another: "took up its neighbour's goal of toppling X"."""
        p = self.p
        verb = clause_of(p, p.heads[i])
        return p.deps[i] in ("pcomp", "acl") and p.lemmas[verb] in _ADOPTING

    def _content(self, noun: int) -> list[int]:
        """What a measure word measures: "any form of X", "the rest of X"."""
        return obliques(self.p, noun).get("of", []) if self.p.lemmas[noun] in _MEASURES else [noun]

    def _clause_subject(self, i: int) -> list[str]:
        """The subject of the clause around an aim whose own doer is nobody we know ("shared the goal of ousting X")."""
        p = self.p
        verb = next((t for t in p.ancestors(i) if is_verb(p, t)), None)
        return self.parties.all_of(surface_subjects(p, verb)) if verb is not None and p.deps[i] != "csubj" else []

    def _predicate_owner(self, verb: int) -> list[str]:
        """ "Countering X is the cornerstone of Y's policy": whose aim a predicate says it is."""
        p = self.p
        nouns = [c for c in p.children[verb] if p.deps[c] in ("attr", "dobj")]
        nouns += [n for word in ("as", "to") for n in obliques(p, verb).get(word, ())]
        return self.parties.all_of(nouns)

    def _harm_noun(self, i: int, places: Sequence[str], *, spoken: bool = True) -> Iterator[Finding]:
        """ "the defeat of X", "the war against X"."""
        p = self.p
        targets = [n for w in places for n in obliques(p, i).get(w, ())]
        ids = self.parties.all_of(targets)
        if not ids:
            return
        owners = [t for t in noun_agents(p, i) if t not in targets]
        holders = self.parties.all_of(owners)
        if not holders and p.deps[i] == "dobj" and p.lemmas[p.heads[i]] in self.lexicon.harm["waging"]:
            holders = self.parties.all_of(agents(p, p.heads[i]))
        if holders or spoken:
            yield from self._hostile(i, holders, ids, targets, f"implied: {p.lemmas[i]} {places[0]}")

    def _hostile(
        self, i: int, holders: Sequence[str], ids: Sequence[str], targets: Sequence[int], rule: str
    ) -> Iterator[Finding]:
        voice = self.voice(i)
        holders = list(holders) or ([voice] if voice is not None else [])
        ids = [x for x in ids if x not in holders]
        if holders and ids:
            first, last = self.parties.span([i], [i, *targets] if not is_verb(self.p, i) else targets)
            yield Finding(tuple(holders), tuple(ids), -1.0, first, last, i, rule)

    def _departure(self, i: int) -> Iterator[Finding]:
        """ "calls for X to resign", "insists that X must go"."""
        p, head = self.p, self.p.heads[i]
        if p.tags[i] != "VB" or is_passive(p, i):
            return
        targets = surface_subjects(p, i)
        before = [c - 1 for c in p.children[i] if p.deps[c] == "mark" and p.lower[c] == "for" and c]
        for token in (*before, head, *([] if is_verb(p, head) else [p.heads[head]])):
            if p.lemmas[token] in self.lexicon.departures["governors"] and token not in targets and token != i:
                governor = token
                break
        else:
            return
        yield from self._demanded(i, governor, self.parties.all_of(targets), targets)

    def _departure_noun(self, i: int) -> Iterator[Finding]:
        """ "demanded X's resignation", "calls for the removal of X"."""
        p, head = self.p, self.p.heads[i]
        governor = p.heads[head] if p.deps[i] == "pobj" else head
        if p.lemmas[governor] not in self.lexicon.departures["governors"]:
            return
        targets = [*possessors(p, i), *obliques(p, i).get("of", ())]
        yield from self._demanded(i, governor, self.parties.all_of(targets), targets)

    def _demanded(self, i: int, governor: int, ids: Sequence[str], targets: Sequence[int]) -> Iterator[Finding]:
        p = self.p
        owners = agents(p, governor) if is_verb(p, governor) else noun_agents(p, governor)
        holders = self.parties.all_of(owners)
        if not holders and not is_verb(p, governor):
            above = list(p.ancestors(governor))[:4]
            verb = next((t for t in above if is_verb(p, t)), None)
            holders = self.parties.all_of(surface_subjects(p, verb)) if verb is not None else []
        ids = [x for x in ids if x not in holders]
        if holders and ids and not is_denied(p, governor):
            first, last = self.parties.span([governor, i], [i, *targets])
            yield Finding(
                tuple(holders), tuple(ids), -1.0, first, last, i, f"implied: demand that somebody {p.lemmas[i]}"
            )
