"""What actors are to each other and what they are called: allies, threats, critics, "anti-X", "X-backed".

What enters: a reading's parties and the stance lexicon. What leaves: findings. A role joins its bearer (who
is called so) to its owner (whose ally or threat he is); a character without an owner says how the one who
speaks regards the bearer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.codebook.stance_lexicon import StanceLexicon, Valences
from detente.coding.denials import is_denied, is_unreal
from detente.coding.parties import Finding, Parties
from detente.syntax.clauses import (
    first_conjunct,
    is_passive,
    is_verb,
    noun_modifiers,
    objects_of_preposition,
    obliques,
    possessors,
    surface_subjects,
)

_LINKS = frozenset(
    {"be", "remain", "become", "prove", "seem", "stay", "constitute", "represent", "pose", "present", "amount"}
)
_KINDS = ("mutual", "bearer", "owner")


class Roles:
    """Finds roles, ascribed characters and hyphenated attitudes in one reading."""

    def __init__(self, parties: Parties, lexicon: StanceLexicon) -> None:
        self.parties = parties
        self.p = parties.p
        self.lexicon = lexicon

    def at(self, i: int) -> Iterator[Finding]:
        """The roles and characters that token `i` names."""
        p, lemma = self.p, self.p.lemmas[i]
        if p.pos[i] in ("NOUN", "PROPN"):
            for kind in _KINDS:
                valence = self.lexicon.roles[kind].get(lemma)
                if valence is not None:
                    found = list(self._role(i, kind, valence))
                    yield from found
                    if found:
                        break
        if is_verb(p, i):
            yield from self._ascription(i)
        if p.lower[i] in self.lexicon.prefixes:
            yield from self._prefixed(i)
        elif p.lower[i] in self.lexicon.suffixes and i > 1 and p.words[i - 1] == "-" and p.ends[i - 1] == p.starts[i]:
            yield from self._suffixed(i)

    # --- roles -----------------------------------------------------------------------------------------

    def _role(self, i: int, kind: str, valence: float) -> Iterator[Finding]:
        p, link = self.p, self._link(i)
        if any(p.lower[t] in self.lexicon.no_roles for t in noun_modifiers(p, i)):
            return
        if link is not None and is_unreal(p, link):
            return
        bearers, bearer_tokens = self._bearer(i, link)
        owners, owner_tokens = self._owner(i, kind, link)
        own_modifiers = [t for t in noun_modifiers(p, i) if self.parties.named(t)]
        if not owners and bearers and kind != "owner" and not possessors(p, i):
            own_modifiers = [t for t in own_modifiers if not self._alliance(t)]
            owners, owner_tokens = self.parties.all_of(own_modifiers), own_modifiers
        elif owners and not bearers and own_modifiers:
            bearers, bearer_tokens = self.parties.all_of(own_modifiers), own_modifiers
        negated = is_denied(p, i) or (link is not None and is_denied(p, link))
        if negated:
            valence = -0.5 if valence > 0 else 0.0
        rule = f"role '{p.lemmas[i]}'"
        end = p.sentences[p.sentence_of[i]][1]
        named = self.parties.tokens_of(bearers, i + 1, min(end, i + 20)) if not bearer_tokens else []
        first, last = self.parties.span([i], [i, *bearer_tokens, *owner_tokens, *named])
        if kind == "mutual" and not owners and len(bearers) > 1 and link is not None:
            yield Finding((bearers[0],), tuple(bearers[1:2]), valence, first, last, i, rule + " of a pair", mutual=True)
            return
        bearers = [b for b in bearers if b not in owners]
        if not owners or not bearers:
            return
        holders, targets = (bearers, owners) if kind == "bearer" else (owners, bearers)
        yield Finding(tuple(holders), tuple(targets), valence, first, last, i, rule, mutual=kind == "mutual")

    def _alliance(self, token: int) -> bool:
        """Whether a modifier is an organisation: "a NATO ally" is a member of NATO, not its ally."""
        entities = (self.parties.reading.entities.get(i) for i in self.parties.named(token))
        return any(e is not None and e.kind == "organisation" for e in entities)

    def _link(self, i: int) -> int | None:
        """The verb that says that its subject is an `i`; None where `i` is no predicate noun."""
        p, top = self.p, first_conjunct(self.p, i)
        while p.deps[top] == "pobj" and p.lower[p.heads[top]] in ("of", "as", "for") and p.deps[p.heads[top]] == "prep":
            above = p.heads[p.heads[top]]  # "is of concern to", "a matter of concern", "a source of worry"
            top = first_conjunct(p, above)
            if is_verb(p, top):
                return top if p.lemmas[top] in _LINKS else None
        head = p.heads[top]
        if p.deps[top] in ("attr", "dobj", "oprd") and p.lemmas[head] in _LINKS:
            return head
        return None

    def _bearer(self, i: int, link: int | None) -> tuple[list[str], list[int]]:
        p = self.p
        if link is not None:
            subjects = surface_subjects(p, link)
            return self._of_subjects(subjects), subjects
        named = self.parties.examples(i)
        if named:
            return named, []
        if p.deps[i] == "appos":
            return self.parties.named(p.heads[i]) or self.parties.who(p.heads[i]), [p.heads[i]]
        if i + 1 < len(p) and p.pos[i + 1] == "PROPN" and p.heads[i] == i + 1:
            return self.parties.named(i + 1), [i + 1]
        head = p.heads[i]
        if p.deps[i] in ("compound", "nmod", "amod") and head > i:
            return self.parties.named(head), [head]
        for child in p.children[i]:  # "threat posed by X", "threat from X"
            if p.deps[child] in ("acl", "prep") and child > i:
                for word, nouns in (obliques(p, child) if p.deps[child] == "acl" else {}).items():
                    if word in ("by", "from"):
                        return self.parties.all_of(nouns), nouns
                if p.lower[child] in ("from", "by"):
                    nouns = objects_of_preposition(p, child)
                    return self.parties.all_of(nouns), nouns
        return [], []

    def _of_subjects(self, subjects: Sequence[int]) -> list[str]:
        """The actors of the subjects; an antecedent in apposition stands for what it explains."""
        found = self.parties.all_of(subjects)
        for subject in subjects:
            if not found and self.p.deps[subject] in ("appos", "conj", "npadvmod"):
                found = self.parties.who(self.p.heads[subject])
        return found

    def _owner(self, i: int, kind: str, link: int | None) -> tuple[list[str], list[int]]:
        p = self.p
        owners = possessors(p, i) or [o for m in noun_modifiers(p, i) for o in possessors(p, m)]
        found = self.parties.all_of(owners)
        if found:
            return found, owners
        if p.deps[i] == "appos" or (p.deps[i] in ("compound", "nmod", "amod") and p.heads[i] > i):
            owners = [o for o in possessors(p, p.heads[i]) if o < i]  # "X's arch-rival Y", "their Army (A) allies"
            found = self.parties.all_of(owners)
            if found:
                return found, owners
        near = obliques(p, i)
        if link is not None:
            for word, nouns in obliques(p, link).items():
                if word in ("to", "for"):
                    near.setdefault(word, []).extend(n for n in nouns if n > i or kind == "owner")
        for word in sorted(self.lexicon.role_prepositions[kind]):
            found = self.parties.all_of(near.get(word, ()))
            if found:
                return found, near[word]
        return [], []

    # --- ascriptions -----------------------------------------------------------------------------------

    def _ascription(self, i: int) -> Iterator[Finding]:
        """ "sees X as a threat", "called X an enemy", "views X with suspicion"."""
        p, lemma = self.p, self.p.lemmas[i]
        if not any(lemma in words for words in self.lexicon.ascribing.values()) or is_unreal(p, i):
            return
        holders, targets = self.parties.doers(i), self.parties.undergoers(i)
        for complement, valence, extra in self._complements(i, lemma):
            nouns = [*targets, *extra] if not targets or not extra else targets
            holder_ids = self.parties.all_of(holders) or self._by_phrase(complement) or self._seat(i)
            ids = self._regarded(i, [n for n in nouns if n != complement], holder_ids)
            if not ids or not holder_ids:
                continue
            if is_denied(p, i):
                valence = -0.5 if valence > 0 else 0.0
            phrases = [i, complement, *nouns, *holders]
            first, last = self.parties.span([i, complement], [t for t in phrases if not is_verb(p, t) or t == i])
            rule = f"verb '{lemma}' + '{p.lemmas[complement]}'"
            yield Finding(tuple(holder_ids), tuple(ids), valence, first, last, complement, rule)
            return

    def _complements(self, i: int, lemma: str) -> Iterator[tuple[int, float, list[int]]]:
        """Each thing that the object is said to be: its token, its valence, the object if it stands inside."""
        p, ascribing = self.p, self.lexicon.ascribing
        stray = [c for o in p.children[i] if p.deps[o] in ("dobj", "nsubjpass") for c in p.children[o] if c > i]
        for child in [*p.children[i], *(c for c in stray if p.lower[c] == "as")]:
            if p.lower[child] == "as" and lemma in ascribing["as"]:
                for token in p.children[child]:
                    valence = self.worth(token)
                    if valence is not None:
                        yield token, valence, []
            elif p.lower[child] == "to" and lemma in ascribing["to"]:
                for token in p.children[child]:
                    valence = self.worth(token)
                    if valence is not None:
                        yield token, valence, []
            elif child > i and lemma in ascribing["as"] and any(p.lower[c] == "as" for c in p.children[child]):
                valence = self.worth(child) if p.pos[child] == "ADJ" else None  # "rejected X as baseless"
                if valence is not None:
                    yield child, valence, []
            elif p.deps[child] in ("oprd", "ccomp", "xcomp", "dobj", "attr") and lemma in ascribing["plain"]:
                inner = [
                    child,
                    *(c for c in p.children[child] if p.deps[c] == "dobj" and p.deps[child] == "dobj"),
                    *(c for c in p.children[child] if p.lemmas[child] == "be" and p.deps[c] in ("attr", "acomp")),
                ]
                for token in inner:
                    valence = self.worth(token)
                    if valence is not None and not self._is_name(token):
                        subjects = [c for c in p.children[child] if p.deps[c] == "nsubj"]
                        yield token, valence, subjects
            elif p.lower[child] == "with" and lemma in ascribing["manner"]:
                for token in p.children[child]:
                    if p.lemmas[token] in self.lexicon.manners:
                        yield token, self.lexicon.manners[p.lemmas[token]], []

    def _is_name(self, token: int) -> bool:
        return any(m.form in ("name", "capital", "pronoun") for m in self.parties.reading.at(token))

    def _seat(self, verb: int) -> list[str]:
        """ "is seen in X as a threat": where a passive has no agent, the place may be one."""
        if not is_passive(self.p, verb):
            return []
        seats = obliques(self.p, verb).get("in", ())
        return [x for n in seats for x in self.parties.named(n) or self.parties.placed(n)]

    def _by_phrase(self, complement: int) -> list[str]:
        return self.parties.all_of(obliques(self.p, complement).get("by", ()))

    def _regarded(self, verb: int, nouns: Sequence[int], holders: Sequence[str]) -> list[str]:
        """Who is regarded; a relative clause hung on the holder himself means the name before it."""
        ids = self.parties.all_of(nouns)
        if ids and not set(ids) <= set(holders):
            return [x for x in ids if x not in holders]
        if self.p.deps[verb] != "relcl":
            return []
        start = self.p.sentences[self.p.sentence_of[verb]][0]
        for token in range(self.p.left[verb] - 1, start - 1, -1):
            named = [
                x
                for x in (m.entity_id for m in self.parties.reading.mentions_by_root.get(token, ()))
                if x not in holders
            ]
            if named:
                return named
        return []

    def worth(self, token: int) -> float | None:
        """What a noun or adjective says of the one it is said of; None where it evaluates nothing."""
        p, character = self.p, self.lexicon.character
        lemma = p.lemmas[token]
        if p.pos[token] == "ADJ" or p.tags[token] in ("JJ", "VBN", "VBG"):
            if p.lower[token] == "responsible" and "for" in obliques(p, token):
                return -0.5
            return character.adjectives.get(self._hyphenated(token))
        colour = _first(character.group_words, (p.lower[c] for c in noun_modifiers(p, token)))
        if lemma in character.groups and colour is not None:
            return colour
        if lemma in character.source_nouns:
            ends = [n for w in ("of", "for", "to") for n in obliques(p, token).get(w, ())]
            found = _first(character.sources_of, (p.lemmas[n] for n in ends))
            if found is not None:
                return found
        valence = character.nouns.get(lemma) if p.pos[token] in ("NOUN", "PROPN") else None
        adjective = _first(character.adjectives, (self._hyphenated(c) for c in noun_modifiers(p, token)))
        if adjective is not None and (lemma in character.deeds or (valence or 0) > 0 > adjective):
            return adjective
        if valence is not None and lemma in character.weak:
            if not any(p.deps[c] in ("amod", "compound") for c in p.children[token]):
                return None
        if valence is not None and (is_denied(p, token)):
            return None
        return valence

    def _hyphenated(self, token: int) -> str:
        """A word with what a hyphen joins to it in front: `short-sighted`."""
        p = self.p
        if token > 1 and p.words[token - 1] == "-" and p.starts[token] == p.ends[token - 1]:
            return f"{p.lower[token - 2]}-{p.lower[token]}"
        return p.lower[token]

    # --- hyphens ---------------------------------------------------------------------------------------

    def _prefixed(self, i: int) -> Iterator[Finding]:
        """ "anti-X rebels", "their anti-X rhetoric", "the pro-X party of Y"."""
        p = self.p
        after = i + 2 if i + 2 < len(p) and p.words[i + 1] == "-" else i + 1
        if after >= len(p) or (after == i + 1 and not p.lower[i].endswith("-")):
            return
        objects = self._inside_compound(after)
        head = self._compound_head(i, after)
        if objects and head is None:
            yield from self._predicated(i, after, objects)
        if not objects or head is None:
            return
        holders = [x for x in self._head_actors(head, after) if x not in objects]
        if holders:
            first, last = self.parties.span([i, head], [head])
            rule = f"prefix '{p.lower[i]}-' + {p.lemmas[head]}"
            yield Finding(tuple(holders), tuple(objects), self.lexicon.prefixes[p.lower[i]], first, last, i, rule)

    def _predicated(self, i: int, after: int, objects: list[str]) -> Iterator[Finding]:
        """ "X is openly anti-Y": the hyphenated word is itself the predicate."""
        p = self.p
        token = next((t for t in (i, after) if p.deps[t] in ("acomp", "attr", "oprd")), None)
        if token is None or p.lemmas[p.heads[token]] not in _LINKS or is_unreal(p, p.heads[token]):
            return
        subjects, valence = surface_subjects(p, p.heads[token]), self.lexicon.prefixes[p.lower[i].rstrip("-")]
        if is_denied(p, p.heads[token]):
            valence = -0.5 if valence > 0 else 0.0
        holders = [x for x in self.parties.all_of(subjects) if x not in objects]
        if holders:
            first, last = self.parties.span([i, after], [token, *subjects])
            yield Finding(tuple(holders), tuple(objects), valence, first, last, i, f"prefix '{p.lower[i]}-' said of X")

    def _suffixed(self, i: int) -> Iterator[Finding]:
        """ "X-backed rebels"."""
        p = self.p
        holders = self._inside_compound(i - 2)
        head = self._compound_head(i, i)
        if not holders or head is None:
            return
        objects = [x for x in self._bearers_of_head(head, i) if x not in holders]
        if objects:
            first, last = self.parties.span([i - 2, head], [head])
            rule = f"suffix '-{p.lower[i]}' + {p.lemmas[head]}"
            yield Finding(tuple(holders), tuple(objects), self.lexicon.suffixes[p.lower[i]], first, last, i, rule)

    def _inside_compound(self, token: int) -> list[str]:
        """Whom one part of a hyphenated word names, not whom the whole phrase does."""
        here = self.parties.reading.mentions_by_token.get(token, ())
        named = [
            m.entity_id
            for m in here
            if m.root == token or (self.p.ends[token] == m.end and m.start == self.p.starts[token])
        ]
        return named[:1] or self._spoken_of(token)

    def _spoken_of(self, token: int) -> list[str]:
        """Whom a common noun meant when it was last used: the regime of "anti-regime"."""
        p = self.p
        if p.lower[token] not in ("regime", "government", "junta", "establishment"):
            return []
        for mention in reversed(self.parties.reading.mentions):
            if mention.end <= p.starts[token] and mention.text.lower().endswith(p.lower[token]):
                return [mention.entity_id]
        return []

    def _compound_head(self, *tokens: int) -> int | None:
        """The noun that a hyphenated word stands before."""
        p, last = self.p, max(tokens)
        for token in tokens:
            while (
                p.deps[token] in ("amod", "compound", "nmod", "npadvmod", "advmod", "punct", "conj", "pobj", "prep")
                and p.heads[token] != token
            ):
                token = p.heads[token]
                if token > last and p.pos[token] in ("NOUN", "PROPN"):
                    return token
        return None

    def _bearers_of_head(self, head: int, modifier: int) -> list[str]:
        found = self.parties.named(head) or self.parties.examples(head)
        if found:
            return found
        if self.p.deps[head] == "appos":
            return self.parties.named(self.p.heads[head])
        if self.p.deps[head] == "attr" and self.p.lemmas[self.p.heads[head]] in _LINKS:
            return self.parties.all_of(surface_subjects(self.p, self.p.heads[head]))
        between = [t for t in noun_modifiers(self.p, head) if t > modifier]
        return self.parties.all_of(between[-1:])

    def _head_actors(self, head: int, after: int) -> list[str]:
        found = self._bearers_of_head(head, after)
        if found:
            return found
        holders, _ = self.parties.holders_of_noun(
            head, self.lexicon.light_verbs | {"dial", "tone", "soften", "drop", "step"}
        )
        mine = self.parties.named(after)
        if [h for h in holders if h not in mine]:
            return holders
        near = obliques(self.p, head)
        return self.parties.all_of([n for w in ("of", "by", "in", "among", "from") for n in near.get(w, ())])


def _first(table: Valences, words: Iterator[str]) -> float | None:
    return next((table[word] for word in words if word in table), None)
