"""Memberships: who belongs to which organisation, as what, since when; and when organisations were founded.

What enters: a `Reading`. What leaves: `Membership`s in the order of the text, one for each member,
organisation and status. Wished, proposed, denied and future memberships are none. Members are states by
their bare code, or groups; organisations are those that belong to no single state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.codebook.membership_lexicon import MembershipLexicon, MembershipVerb, load_membership_lexicon
from detente.coding.attribution import attribution_at
from detente.coding.membership_parties import OF, UNREAL, MemberFinder, dates_of
from detente.coding.status import modality
from detente.records import Membership, MembershipStatus
from detente.syntax.clauses import (
    agents,
    clause_of,
    first_conjunct,
    is_negated,
    is_passive,
    is_verb,
    noun_modifiers,
    objects,
    objects_of_preposition,
    obliques,
    patients,
    possessors,
    surface_subjects,
    verb_lemma,
)
from detente.syntax.reading import Reading


@dataclass(frozen=True, slots=True)
class _Finding:
    """A membership before it is a record: members and organisations, and the phrases that name them."""

    members: tuple[str, ...]
    organisations: tuple[str, ...]
    status: MembershipStatus
    tokens: tuple[int, ...]
    phrases: tuple[int, ...]
    rule: str


def code_memberships(reading: Reading) -> list[Membership]:
    """Code every membership in a document, in the order of the text."""
    coder = _Coder(reading, load_membership_lexicon())
    kept: dict[tuple[str, str, str], Membership] = {}
    for i in range(len(reading.parsed)):
        for finding in coder.at(i):
            for record in coder.records(finding, i):
                kept.setdefault((record.member, record.organisation, record.status), record)
    return sorted(kept.values(), key=lambda m: (m.evidence.start, m.evidence.end))


class _Coder:
    """Looks up one reading's memberships; holds what all look-ups share and nothing that changes."""

    def __init__(self, reading: Reading, lexicon: MembershipLexicon) -> None:
        self.reading = reading
        self.p = reading.parsed
        self.lexicon = lexicon
        self.find = MemberFinder(reading, lexicon)

    def at(self, i: int) -> Iterator[_Finding]:
        """The memberships that token `i` names."""
        p, lexicon = self.p, self.lexicon
        lemma = p.lemmas[i]
        if p.pos[i] in ("NOUN", "PROPN") and not self._named(i):
            if lemma in lexicon.nouns:
                yield from self._noun(i, lexicon.nouns[lemma])
            elif lemma in lexicon.partner_nouns and self._qualified(i) == "dialogue-partner":
                yield from self._noun(i, "dialogue-partner")
            elif lemma in lexicon.status_nouns:
                yield from self._status_noun(i)
            elif lemma == "part":
                yield from self._noun(i, "member")
            elif lemma in lexicon.accessions:
                yield from self._accession(i)
        elif is_verb(p, i):
            name = self._verb_name(i)
            verb = lexicon.verbs.get(name) or lexicon.verbs.get(lemma)
            if verb is not None:
                yield from self._verb(i, verb)
            if name in lexicon.foundings or lemma in lexicon.foundings:
                yield from self._founded(i)
            elif lemma == "come":
                yield from self._came(i)
            elif name in lexicon.includings or lemma in lexicon.includings:
                yield from self._including(i)
            elif lemma in lexicon.applies:
                yield from self._applied(i)
        elif p.deps[i] == "prep" and (
            p.lower[i] in lexicon.inside or (p.lower[i] == "in" and p.lemmas[p.heads[i]] == "be")
        ):
            yield from self._inside(i)

    # --- nouns -----------------------------------------------------------------------------------------

    def _qualified(self, i: int) -> MembershipStatus | None:
        """The status that words beside a noun give ("founding member", "observer status")."""
        for token in noun_modifiers(self.p, i):
            status = self.lexicon.qualifiers.get(self.p.lower[token])
            if status is not None and status != "member":
                return status
        return None

    def _excluded(self, i: int) -> bool:
        beside = [*noun_modifiers(self.p, i), *range(max(0, i - 2), i)]
        words = [self.p.lower[t] for t in beside]
        if "permanent" in words and "non" in words:  # "a non-permanent member" is one
            words.remove("non")
        return any(word in self.lexicon.excluding for word in words)

    def _noun(self, i: int, status: MembershipStatus) -> Iterator[_Finding]:
        """ "X, a member of Y", "Y member X", "X is a Y member", "members such as X"."""
        p = self.p
        if self._excluded(i):
            return
        modifiers = noun_modifiers(p, i)
        if p.lemmas[i] not in self.lexicon.loose:
            modifiers = [*modifiers, *possessors(p, i)]
        organisations, phrases = self.find.organisations(modifiers), modifiers
        if not organisations and p.lemmas[i] not in self.lexicon.loose:
            phrases = [n for w in OF for n in obliques(p, i).get(w, ())]
            phrases += [
                n for t in phrases if p.lemmas[t] == "membership" for w in OF for n in obliques(p, t).get(w, ())
            ]
            organisations = self.find.organisations(phrases)
        elif not organisations and status in ("candidate", "applicant"):
            phrases = [n for n in obliques(p, i).get("for", ()) if p.lemmas[n] in ("membership", "accession")]
            organisations = self.find.organisations(phrases)
        if not organisations:
            return
        members, tokens = self.find.bearers(i, organisations)
        status = self._qualified(i) or status
        if members:
            rule = f"noun '{p.lemmas[i]}' + organisation"
            yield _Finding(tuple(members), tuple(organisations), status, (i,), (i, *tokens), rule)

    def _status_noun(self, i: int) -> Iterator[_Finding]:
        """ "got observer status at Y", "was granted full membership", "X's membership of Y"."""
        p = self.p
        words = [p.lower[t] for t in noun_modifiers(p, i)]
        status = self._qualified(i) or (
            "member" if p.lemmas[i] == "membership" or "member" in words or "membership" in words else None
        )
        if status is None or (self._excluded(i) and status == "member"):
            return
        verb, dep = p.heads[first_conjunct(p, i)], p.deps[first_conjunct(p, i)]
        near = [n for w in OF for n in obliques(p, i).get(w, ())]
        phrases = [*near, *noun_modifiers(p, i), *possessors(p, i)]
        members: list[str] = []
        tokens: list[int] = []
        if dep in ("dobj", "attr", "oprd", "nsubjpass", "dative") and is_verb(p, verb):
            members, tokens, status = self._through(verb, i, status)
            phrases += [n for w in (*OF, "from", "by") for n in obliques(p, verb).get(w, ())]
        organisations = self.find.organisations(phrases) or self.find.nearby(i, members)
        if not members and p.lemmas[i] == "membership" and dep in ("nsubj", "pobj", "dobj", "ROOT", "nsubjpass"):
            tokens = possessors(p, i)
            members = self.find.members(tokens, organisations)
            if modality(p, clause_of(p, i)) in UNREAL or p.lemmas[p.heads[p.heads[i]]] in (
                "application",
                "bid",
                "path",
                "quest",
            ):
                return
        if members and organisations:
            yield _Finding(
                tuple(m for m in members if m not in organisations),
                tuple(organisations[:1]),
                status,
                (i, verb),
                (i, *tokens, *near),
                f"'{' '.join([*words[-1:], p.lower[i]])}'",
            )

    def _through(self, verb: int, i: int, status: MembershipStatus) -> tuple[list[str], list[int], MembershipStatus]:
        """Who gets or loses a status by the verb that governs the noun."""
        p, lexicon = self.p, self.lexicon
        lemma = p.lemmas[verb]
        if self._unreal(verb):
            return [], [], status
        if lemma in lexicon.grants:
            tokens = [t for t in (*patients(p, verb), *obliques(p, verb).get("to", ())) if t != i]
        elif lemma in lexicon.gains or lemma in lexicon.forfeits:
            tokens = agents(p, verb) if not is_passive(p, verb) else possessors(p, i)
            tokens = tokens or self.find.nominal_subject(verb)
            if lemma in lexicon.forfeits:
                status = "suspended" if lemma in ("suspend", "freeze") else "withdrawn"
        else:
            return [], [], status
        members = self.find.members(tokens)
        if not members:
            tokens = self.find.nominal_subject(verb)
            members = self.find.members(tokens)
        beside = self.find.alongside(verb, i)
        return list(dict.fromkeys([*members, *self.find.members(beside)])), [*tokens, *beside], status

    def _named(self, i: int) -> bool:
        """Whether a noun is part of a longer name ("the United Nations")."""
        here = self.reading.mentions_by_token.get(i, ())
        return self.p.tags[i].startswith("NNP") and any(m.form == "name" for m in here)

    def _verb_name(self, i: int) -> str:
        """The verb with its particle, also where the parser took that for a preposition ("pulled out of")."""
        for child in self.p.children[i]:
            if self.p.lower[child] == "out" and child == i + 1:
                return f"{self.p.lemmas[i]} out"
        return verb_lemma(self.p, i)

    # --- verbs -----------------------------------------------------------------------------------------

    def _unreal(self, verb: int) -> bool:
        """Whether a membership verb tells no fact: denied, wished, planned, possible, or a bare purpose."""
        p = self.p
        if is_negated(p, verb) or modality(p, verb) in UNREAL:
            return True
        return (
            p.tags[verb] == "VB"
            and any(p.deps[c] == "aux" and p.lower[c] == "to" for c in p.children[verb])
            and not (
                p.deps[verb] in ("acl", "relcl")
                and p.lemmas[p.heads[verb]] in ("country", "nation", "state", "member", "republic")
            )
        )

    def _verb(self, i: int, verb: MembershipVerb) -> Iterator[_Finding]:
        """ "X joined Y", "Y admitted X", "X was suspended from Y"."""
        p = self.p
        near = obliques(p, i)
        if self._unreal(i) or p.deps[i] == "amod" or self._undated(near.get("in", ())):
            return
        for child in p.children[i]:  # "pulled out of Y"
            if p.deps[child] in ("prep", "prt", "advmod"):
                for word, nouns in obliques(p, child).items():
                    near.setdefault(word, []).extend(nouns)
        for place in verb.places:
            if place == "object":
                nouns = objects(p, i)
            elif place == "subject":
                nouns = agents(p, i)
            else:
                nouns = near.get(place, [])
            organisations = self.find.organisations(nouns)
            if organisations:
                break
        else:
            return
        tokens = patients(p, i) if verb.patient else agents(p, i)
        tokens = [*tokens, *self.find.alongside(i)]
        members = self.find.members([t for t in tokens if t not in nouns], organisations)
        status = self._as_status(i) or verb.status
        if members:
            rule = f"verb '{p.lemmas[i]}' + organisation"
            yield _Finding(tuple(members), tuple(organisations), status, (i,), (*tokens, *nouns, i), rule)

    def _undated(self, nouns: Sequence[int]) -> bool:
        """Whether an in-phrase gives no time: "joined Y in calling for peace", "includes X in its list"."""
        dated = {t for date in self.reading.dates for t in range(date.start, date.end)}
        return any(noun not in dated and self.p.tags[noun] != "CD" for noun in nouns)

    def _as_status(self, verb: int) -> MembershipStatus | None:
        """ "joined as an observer", "was admitted as a dialogue partner"."""
        for noun in obliques(self.p, verb).get("as", ()):
            status = self._qualified(noun) or self.lexicon.nouns.get(self.p.lemmas[noun])
            if status is not None and status != "founder":
                return status
        return None

    def _applied(self, i: int) -> Iterator[_Finding]:
        """ "X applied to join Y", "X has applied for membership of Y"."""
        p = self.p
        if is_negated(p, i) or modality(p, i) in UNREAL:
            return
        nouns = [n for w in ("to", "for") for n in obliques(p, i).get(w, ())]
        for noun in list(nouns):
            nouns += [n for w in OF for n in obliques(p, noun).get(w, ())]
        for child in p.children[i]:
            if p.deps[child] == "xcomp" and p.lemmas[child] in ("join", "enter", "become", "rejoin"):
                nouns += objects(p, child)
                nouns += [n for noun in objects(p, child) for n in obliques(p, noun).get("of", ())]
        organisations, tokens = self.find.organisations(nouns), surface_subjects(p, i)
        members = self.find.members(tokens, organisations)
        if organisations and members:
            yield _Finding(
                tuple(members), tuple(organisations[:1]), "applicant", (i,), (*tokens, *nouns, i), "verb 'apply'"
            )

    def _founded(self, i: int) -> Iterator[_Finding]:
        """ "Y was founded in 1990", "they set up Y"."""
        p = self.p
        if self._unreal(i):
            return
        nouns = [n for n in patients(p, i) if any(self.find.is_organisation(x) for x in self.find.parties.named(n))]
        organisations = self.find.organisations(nouns)
        for organisation in organisations[:1]:
            yield _Finding((organisation,), (organisation,), "founded", (i,), (*nouns, i), f"verb '{p.lemmas[i]}'")

    def _came(self, i: int) -> Iterator[_Finding]:
        p = self.p
        if not any(p.lower[n] in self.lexicon.comings for n in obliques(p, i).get("into", ())) or self._unreal(i):
            return
        nouns = surface_subjects(p, i)
        for organisation in self.find.organisations(nouns)[:1]:
            yield _Finding((organisation,), (organisation,), "founded", (i,), (*nouns, i), "'come into being'")

    def _including(self, i: int) -> Iterator[_Finding]:
        """ "Y includes X", "Y, whose members are X", "Y comprises X"."""
        p = self.p
        if self._unreal(i) or obliques(p, i).keys() & {"in", "on"}:
            return
        subjects = surface_subjects(p, i)
        organisations = [x for t in subjects for x in self.find.parties.named(t) if self.find.is_organisation(x)]
        if not organisations and subjects and p.lemmas[subjects[0]] in self.lexicon.nouns:
            owners = possessors(p, subjects[0])
            owners = [p.heads[i] if p.lower[o] == "whose" and p.deps[i] == "relcl" else o for o in owners]
            organisations = self.find.organisations([*owners, *obliques(p, subjects[0]).get("of", ())])
        tokens = objects(p, i) if not is_passive(p, i) else []
        tokens = tokens or self.find.within(i)
        members = [m for t in tokens for m in self.find.parties.named(t) if self.find.is_state(m)]
        if members and organisations:
            rule = f"verb '{p.lemmas[i]}' + members"
            yield _Finding(tuple(members), tuple(organisations[:1]), "member", (i,), (*subjects, *tokens, i), rule)

    def _accession(self, i: int) -> Iterator[_Finding]:
        """ "since X's accession to Y", "X's entry into Y in 2001": told as done, not as hoped for."""
        p = self.p
        head = p.heads[i]
        published = (self.reading.document.published or "9999")[:4]
        past = any(
            d.value is not None and i < d.start <= p.right[i] and d.value[:4] <= published for d in self.reading.dates
        )
        if not past and not (p.deps[i] == "pobj" and p.lower[head] in ("since", "after", "following", "upon")):
            return
        near = obliques(p, i)
        nouns = [n for w in ("to", "into", "in") for n in near.get(w, ())]
        tokens = [*possessors(p, i), *near.get("of", ()), *(t for t in noun_modifiers(p, i))]
        organisations = self.find.organisations(nouns)
        members = self.find.members(tokens, organisations) if organisations else []
        if members:
            rule = f"noun '{p.lemmas[i]}' + organisation"
            yield _Finding(tuple(members), tuple(organisations[:1]), "member", (i,), (i, *tokens, *nouns), rule)

    def _inside(self, i: int) -> Iterator[_Finding]:
        """ "working with X within Y": those who act together inside an organisation belong to it."""
        p = self.p
        nouns = objects_of_preposition(p, i)
        organisations = self.find.organisations(nouns)
        head = p.heads[i]
        if not organisations:
            return
        if is_verb(p, head) and modality(p, head) in UNREAL:
            return
        if is_verb(p, head):
            tokens = [*surface_subjects(p, head), *obliques(p, head).get("with", ())]
        else:
            tokens = [head]
        members = [m for m in self.find.members(tokens, organisations) if self.find.is_state(m)]
        if members:
            yield _Finding(
                tuple(members),
                tuple(organisations[:1]),
                "member",
                (i,),
                (*tokens, *nouns),
                f"'{p.lower[i]}' + organisation",
            )

    # --- records ---------------------------------------------------------------------------------------

    def records(self, finding: _Finding, i: int) -> Iterator[Membership]:
        """One record for each member and organisation."""
        first, last = self.find.parties.span(finding.tokens, [t for t in finding.phrases if t >= 0])
        evidence = self.p.evidence(first, last)
        since, until = dates_of(self.reading, i, finding.status)
        for organisation in finding.organisations[:2]:
            for member in finding.members:
                if member == organisation and finding.status != "founded":
                    continue
                yield Membership(
                    member=member,
                    organisation=organisation,
                    status=finding.status,
                    evidence=evidence,
                    since=since,
                    until=until,
                    attribution=attribution_at(self.reading, evidence.start, evidence.end, actors=(member,)),
                    coded_by=finding.rule,
                )
