"""How a holder regards an object: "X distrusts Y", "X is wary of Y", "X's hostility towards Y".

What enters: a reading's parties and the stance lexicon. What leaves: findings from a holder to an object.
Verbs, adjectives and nouns of attitude share one frame: where the object stands, and what it is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.codebook.stance_lexicon import Frame, StanceLexicon
from detente.coding.denials import is_denied, is_unreal
from detente.coding.parties import Finding, Parties
from detente.records import Trend
from detente.syntax.clauses import (
    coordinated,
    first_conjunct,
    is_verb,
    noun_modifiers,
    objects,
    obliques,
    possessors,
    surface_subjects,
    verb_lemma,
)

_STRAYING = frozenset({"for", "toward", "towards", "against", "about", "over", "regarding", "upon"})
_SIDES = frozenset({"shoulder", "side", "hand", "arm", "foot", "ground", "lockstep"})
_ECHOES = frozenset({"so", "neither", "nor", "too", "likewise"})


class Regards:
    """Finds attitudes with a holder in one reading."""

    def __init__(self, parties: Parties, lexicon: StanceLexicon) -> None:
        self.parties = parties
        self.p = parties.p
        self.lexicon = lexicon

    def at(self, i: int) -> Iterator[Finding]:
        """The attitudes that token `i` names."""
        lemma, kind = self.p.lemmas[i], self.p.pos[i]
        if is_verb(self.p, i):
            for frame in self.lexicon.verbs.get(verb_lemma(self.p, i)) or self.lexicon.verbs.get(lemma, ()):
                found = list(self._verb(i, frame))
                if found:
                    yield from found
                    return
        if kind in ("ADJ", "VERB", "NOUN", "ADV") and (self.p.lower[i] in self.lexicon.adjectives):
            yield from self._adjective(i)
        if kind in ("NOUN", "PROPN"):
            for frame in self.lexicon.attitudes.get(lemma, ()):
                found = list(self._attitude(i, frame.valence, frame.objects, f"noun '{lemma}'", modest=frame.modest))
                if found:
                    yield from found
                    return
            if lemma in self.lexicon.directed_nouns:
                yield from self._directed(i)
        if self.p.lower[i] in self.lexicon.commitments["words"]:
            yield from self._commitment(i)

    # --- verbs -----------------------------------------------------------------------------------------

    def _verb(self, i: int, frame: Frame) -> Iterator[Finding]:
        p = self.p
        if is_unreal(p, i) or p.deps[i] == "amod" or self._is_material(i):
            return
        subjects, near = self.parties.doers(i), self._reach(i)
        if (frame.company and not frame.company & near.keys()) or frame.excluded & near.keys():
            return
        for place in frame.objects:
            if place == "subject":
                holders, targets = self.parties.undergoers(i), subjects
            else:
                holders, targets = subjects, (self.parties.undergoers(i) if place == "object" else near.get(place, []))
            ids = self.objects_of(targets, blamed=frame.valence < 0)
            if ids and holders:
                yield from self.found(
                    i,
                    self.parties.all_of(holders),
                    ids,
                    frame.valence,
                    [*holders, *targets],
                    f"{'implied: ' if frame.implied else ''}verb '{p.lemmas[i]}'",
                )
                yield from self._echoes(i, ids, frame.valence, f"echo of verb '{p.lemmas[i]}'")
                return
        if frame.valence < 0 and "object" in frame.objects and not frame.implied:
            yield from self._of_clause(i, subjects, frame.valence, f"verb '{p.lemmas[i]}' + that")

    def _reach(self, verb: int) -> dict[str, list[int]]:
        """What the verb's prepositions reach, those of its particle or set noun too ("side by side with X")."""
        p, near = self.p, dict(obliques(self.p, verb))
        inner = [c for c in p.children[verb] if c > verb and not is_verb(p, c)]
        for token in inner:
            if p.deps[token] in ("prt", "advmod", "npadvmod", "prep") or p.lemmas[token] in _SIDES:
                inner.extend(c for c in p.children[token] if p.lemmas[c] in _SIDES or p.lower[c] == "to")
                for word, nouns in obliques(p, token).items():
                    near.setdefault(word, nouns)
        return near

    def objects_of(self, nouns: Sequence[int], *, blamed: bool = False) -> list[str]:
        """The objects of an attitude; verbal nouns give whom they are about ("committed to helping X")."""
        out: list[str] = []
        for noun in nouns:
            if is_verb(self.p, noun):
                out.extend(self.objects_of([n for n in self._verb_objects(noun) if not is_verb(self.p, n)]))
            else:
                out.extend(self._partners(noun) or self._owners(noun, blamed))
        return list(dict.fromkeys(out))

    def _owners(self, noun: int, blamed: bool) -> list[str]:
        """Whose the noun is; of an agreement the one who made it, or the first of its parties."""
        if self.p.lemmas[noun] in self.lexicon.grounds:
            return []
        if self.p.lemmas[noun] not in self.lexicon.agreements or self.parties.named(noun):
            return self.parties.abstract(noun, blamed=blamed)
        owners = self.parties.all_of([*possessors(self.p, noun), *obliques(self.p, noun).get("by", ())])
        beside = self.parties.all_of(sorted(noun_modifiers(self.p, noun)))
        return (owners or beside)[:1] or self.parties.abstract(noun, blamed=blamed)

    def _partners(self, noun: int) -> list[str]:
        """The other side of a relation noun: to value one's partnership with X is to value X."""
        if self.p.lemmas[noun] not in self.lexicon.relation_nouns:
            return []
        near = obliques(self.p, noun)
        return self.parties.all_of([n for w in ("with", "to", "towards", "between") for n in near.get(w, ())])

    def _verb_objects(self, verb: int) -> list[int]:
        near = obliques(self.p, verb)
        for child in self.p.children[verb]:  # "working together with", "stand shoulder-to-shoulder with"
            if self.p.deps[child] in ("advmod", "npadvmod", "prep", "dobj"):
                for word, nouns in obliques(self.p, child).items():
                    near.setdefault(word, []).extend(nouns)
        return [
            *objects(self.p, verb),
            *(n for w in ("with", "by", "behind", "alongside") for n in near.get(w, ())),
        ]

    # --- adjectives ------------------------------------------------------------------------------------

    def _adjective(self, i: int) -> Iterator[Finding]:
        p = self.p
        if (
            p.deps[i] in ("compound", "nsubj")
            or p.tags[i] in ("VB", "VBP", "VBZ", "VBD")
            or is_unreal(p, self._governor(i))
        ):
            return
        near = obliques(p, i)
        for frame in self.lexicon.adjectives[p.lower[i]]:
            for place in frame.objects:
                targets = near.get(place) or self._stranded(i, place)
                ids = self.objects_of(targets, blamed=frame.valence < 0)
                if not ids:
                    continue
                holders = self._bearers(i)
                rule = f"adjective '{p.lower[i]}' + {place}"
                yield from self.found(i, self.parties.all_of(holders), ids, frame.valence, [*holders, *targets], rule)
                yield from self._echoes(self._governor(i), ids, frame.valence, "echo of " + rule)
                return
            yield from self._about_clause(i, frame)

    def _stranded(self, i: int, place: str) -> list[int]:
        """A preposition that the parser hung on the verb: "is angry at X" with `at` under `is`."""
        head = self.p.heads[i]
        if self.p.deps[i] not in ("acomp", "oprd") or not is_verb(self.p, head):
            return []
        return [
            n
            for c in self.p.children[head]
            if c > i and self.p.deps[c] == "prep" and self.p.lower[c] == place
            for n in obliques(self.p, head).get(place, ())
        ]

    def _about_clause(self, i: int, frame: Frame) -> Iterator[Finding]:
        """ "X remains sceptical that Y will …": the subject of the clause is the object."""
        if frame.valence < 0:
            yield from self._of_clause(i, self._bearers(i), frame.valence, f"adjective '{self.p.lower[i]}' + that")

    def _of_clause(self, i: int, holders: Sequence[int], valence: float, rule: str) -> Iterator[Finding]:
        """ "fears that X will …", "is worried that X may …": the subject of the clause is the object."""
        for child in self.p.children[i]:
            if self.p.deps[child] == "ccomp":
                targets = surface_subjects(self.p, child)
                ids = self.objects_of(targets)
                if ids:
                    yield from self.found(i, self.parties.all_of(holders), ids, valence, [*holders, *targets], rule)
                return

    def _governor(self, i: int) -> int:
        """The verb that links an adjective to its subject, else the adjective itself."""
        top = first_conjunct(self.p, i)
        head = self.p.heads[top]
        return head if self.p.deps[top] in ("acomp", "oprd", "attr", "xcomp", "ccomp") and is_verb(self.p, head) else i

    def _bearers(self, i: int) -> list[int]:
        """Whose attitude an adjective names: the subject of its verb, or the noun it stands beside."""
        p, top = self.p, first_conjunct(self.p, i)
        dep, head = p.deps[top], p.heads[top]
        own = [c for c in p.children[i] if p.deps[c] == "nsubj"]
        if own:  # "leaves X fearful of Y"
            return coordinated(p, own[0])
        if is_verb(p, i) and dep not in ("acomp", "oprd"):
            return surface_subjects(p, i) or self.parties.misplaced_subjects(i)
        if dep in ("amod", "appos", "acl", "relcl") and not is_verb(p, head):
            return coordinated(p, head)
        if is_verb(p, head):
            return surface_subjects(p, head)
        return []

    def _echoes(self, verb: int, ids: list[str], valence: float, rule: str) -> Iterator[Finding]:
        """ "…, and so is Y": a second holder of the same attitude."""
        p = self.p
        if not is_verb(p, verb):
            return
        for child in p.children[verb]:
            if p.deps[child] != "conj" or p.lemmas[child] not in ("be", "do", "have"):
                continue
            words = [t for t in p.subtree(child) if p.lower[t] in _ECHOES and t < child]
            nouns = [t for c in p.children[child] if p.deps[c] in ("nsubj", "attr") for t in coordinated(p, c)]
            if words and nouns:
                holders = [x for n in nouns for x in (self._located(n) or self.parties.who(n))]
                yield from self.found(words[0], holders, ids, valence, nouns, rule)

    def _located(self, noun: int) -> list[str]:
        """The state in which unnamed people sit: "his patrons in X"."""
        if self.parties.named(noun):
            return []
        return [i for n in obliques(self.p, noun).get("in", ()) for i in self.parties.named(n)]

    # --- nouns -----------------------------------------------------------------------------------------

    def _attitude(
        self, i: int, valence: float, places: Sequence[str], rule: str, *, modest: bool = False
    ) -> Iterator[Finding]:
        p = self.p
        if self._is_material(i):
            return
        holders, tokens = self.parties.holders_of_noun(i, self.lexicon.light_verbs)
        if not holders and p.deps[i] == "nsubj" and p.lemmas[p.heads[i]] in self.lexicon.uniting_verbs:
            tokens = objects(p, p.heads[i])  # "hostility towards X brought Y and Z together"
            holders = self.parties.all_of(tokens)
        if self.parties.light_verb(i, self.lexicon.receiving_verbs) is not None:
            yield from self._received(i, valence, rule)
            return
        if not holders:
            return
        verb = self.parties.light_verb(i, self.lexicon.light_verbs)
        if verb is not None and is_unreal(p, verb):
            return
        near, stray = obliques(p, i), obliques(p, verb) if verb is not None else {}
        for place in places:
            reached = near.get(place) or (stray.get(place, []) if place in _STRAYING else [])
            targets = [t for t in reached if t not in tokens]
            ids = [x for x in self.objects_of(targets, blamed=valence < 0) if x not in holders]
            if not ids:
                continue
            denied = verb is not None and is_denied(p, verb)
            worth = -valence if denied and not is_denied(p, i) else valence
            yield from self.found(i, holders, ids, worth, [*tokens, *targets], f"{rule} + {place}")
            return
        if verb is not None and p.lemmas[verb] in ("express", "voice") and self._bare(i) and valence < 0:
            subject = self._last_subject(i)
            ids = [x for x in self.parties.all_of(subject) if x not in holders]
            yield from self.found(i, holders, ids, valence, tokens, rule + " about what was told before")
            return
        if abs(valence) == 1 and possessors(p, i):  # "X's Y vendetta"
            targets = noun_modifiers(p, i)
            yield from self.found(i, holders, self.objects_of(targets), valence, [*tokens, *targets], rule)

    def _bare(self, i: int) -> bool:
        """Whether nothing says what an attitude is about."""
        return not any(
            self.p.deps[c] in ("prep", "acl", "relcl", "ccomp", "appos") for c in self.p.children[i] if c > i
        )

    def _last_subject(self, i: int) -> list[int]:
        """The subject of the sentence before, in the same paragraph."""
        p, number = self.p, self.p.sentence_of[i]
        if number == 0 or p.paragraph_of[p.sentences[number - 1][0]] != p.paragraph_of[i]:
            return []
        start, end = p.sentences[number - 1]
        root = next((t for t in range(start, end) if p.heads[t] == t and is_verb(p, t)), None)
        return surface_subjects(p, root) if root is not None else []

    def _received(self, i: int, valence: float, rule: str) -> Iterator[Finding]:
        """ "X enjoys the support of Y", "X faces opposition from Y": the subject is the object."""
        p, near = self.p, obliques(self.p, i)
        verb = p.heads[first_conjunct(p, i)]
        tokens = [n for w in ("from", "of", "by", "in", "among") for n in near.get(w, ())]
        tokens = tokens or obliques(p, verb).get("from", []) or [*possessors(p, i), *self.parties.modifiers(i)]
        targets = surface_subjects(p, verb)
        if not is_unreal(p, verb):
            ids = self.objects_of(targets)
            yield from self.found(i, self.parties.all_of(tokens), ids, valence, [*tokens, *targets], rule + " received")

    def _directed(self, i: int) -> Iterator[Finding]:
        """ "an aggressive stance towards X": the adjective says what the attitude is worth."""
        for child in self.p.children[i]:
            valence = self.lexicon.directed_adjectives.get(self.p.lower[child])
            if valence is not None and self.p.deps[child] == "amod":
                rule = f"adjective '{self.p.lower[child]}' + {self.p.lemmas[i]}"
                yield from self._attitude(i, valence, self.lexicon.directed_objects, rule)
                return

    def _commitment(self, i: int) -> Iterator[Finding]:
        """ "committed to defending X", "a commitment to support X"."""
        p = self.p
        for child in p.children[i]:
            inner = (
                [child] if p.deps[child] in ("acl", "xcomp") else [c for c in p.children[child] if p.deps[c] == "pcomp"]
            )
            for verb in inner:
                if p.lemmas[verb] not in self.lexicon.commitments["verbs"]:
                    continue
                targets = self._verb_objects(verb)
                ids = self.objects_of(targets)
                if p.pos[i] in ("NOUN", "PROPN"):
                    holders, tokens = self.parties.holders_of_noun(
                        i, self.lexicon.light_verbs | {"redouble", "strengthen"}
                    )
                else:
                    tokens = self._bearers(i)
                    holders = self.parties.all_of(tokens)
                rule = f"'{p.lower[i]}' to {p.lemmas[verb]}"
                yield from self.found(i, holders, ids, 0.5, [*tokens, *targets, verb], rule)
                return

    # --- shared ----------------------------------------------------------------------------------------

    def found(
        self, i: int, holders: list[str], ids: list[str], valence: float, phrases: Sequence[int], rule: str
    ) -> Iterator[Finding]:
        """A finding for each attitude that has a holder and an object, turned round where it is denied."""
        ids = [x for x in ids if x not in holders]
        if not holders or not ids:
            return
        verb = i if is_verb(self.p, i) else self._governor(i)
        if self._scant(i) or is_denied(self.p, i) or (verb != i and is_denied(self.p, verb)):
            if rule.startswith("implied"):
                return  # not to criticise or praise shows nothing
            valence = -0.5 if valence > 0 else 0.0
        first, last = self.parties.span([i], [i, *(t for t in phrases if not is_verb(self.p, t))])
        yield Finding(
            tuple(holders),
            tuple(ids),
            self._scaled(i, valence),
            first,
            last,
            i,
            rule,
            trend=self._trend(i, verb, valence),
        )

    def _is_material(self, i: int) -> bool:
        """Whether support is goods, money or arms: "financial support for X", "funds to support X"."""
        p, material = self.p, self.lexicon.material
        if not is_verb(p, i):
            return any(p.lower[c] in material["adjectives"] for c in noun_modifiers(p, i))
        if p.tags[i] != "VB" or p.deps[i] not in ("acl", "relcl", "advcl", "xcomp"):
            return False
        given = [p.heads[i], *(c for c in p.children[p.heads[i]] if p.deps[c] == "dobj" and c < i)]
        return any(p.lemmas[t] in material["nouns"] for t in given)

    def _scant(self, i: int) -> bool:
        """Whether there is next to nothing of an attitude: "little sympathy for X"."""
        return any(
            self.p.lower[c] in ("little", "scant", "few", "zero", "minimal") for c in self.p.children[i] if c < i
        )

    def _scaled(self, i: int, valence: float) -> float:
        """A strong word beside the attitude takes it to the end of the scale."""
        strong = any(self.p.lower[c] in self.lexicon.intensifiers for c in self.p.children[i])
        return (1.0 if valence > 0 else -1.0) if strong and valence != 0 else valence

    def _trend(self, i: int, verb: int, valence: float) -> Trend | None:
        p, lexicon = self.p, self.lexicon
        words = {w for t in {i, verb} for c in p.children[t] if abs(c - t) < 5 for w in (p.lower[c],)}
        words |= {p.lemmas[verb], p.lemmas[p.heads[verb]] if p.deps[verb] in ("xcomp", "dobj") else ""}
        if p.deps[i] in ("dobj", "attr"):
            words.add(p.lemmas[p.heads[i]])
        if p.deps[i] == "nsubj" and p.lemmas[p.heads[i]] in lexicon.more["verbs"]:
            return "warming" if valence > 0 else "cooling"
        if p.deps[i] == "nsubj" and p.lemmas[p.heads[i]] in lexicon.less["verbs"]:
            return "cooling" if valence > 0 else "warming"
        if words & lexicon.rising or p.lemmas[verb] in ("become", "grow") or words & lexicon.more["adjectives"]:
            return "warming" if valence > 0 else "cooling"
        return "steady" if words & lexicon.steady else None
