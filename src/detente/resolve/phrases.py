"""Noun phrases built around a role: "Iraqi Prime Minister Haider al-Abadi", "Turkish troops", "its army".

What enters: a draft whose persons are known. What leaves: mentions of persons by title, and of institutions
and groups by country and sector. The country comes from what stands in front of the role ("Russian", "Iraq's"),
from "of" and "for" behind it, or from the person's own record.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.resolve.draft import PAST, Draft, PersonSpan
from detente.resolve.knowledge import Role
from detente.resolve.names import NameMatch, slug

_BACKING = frozenset(
    {"backed", "led", "supported", "funded", "financed", "sponsored", "allied", "aligned", "trained", "armed", "held", "controlled", "occupied", "administered", "friendly", "dominated", "brokered", "mediated", "supplied", "equipped", "made", "built", "owned", "run"}
)  # fmt: skip
_AGAINST = frozenset({"anti", "pro", "counter", "non", "ex", "post", "pre"})
_GENERIC = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "official", "leader", "commander", "chief", "adviser", "advisor", "member", "representative", "aide", "general", "deputy", "envoy", "source", "force", "forces", "troop", "troops", "state", "leadership", "authorities", "officer", "group", "groups", "politician", "fighter", "supporter", "activist"}
)  # fmt: skip
_LEFT_DEPS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "npadvmod", "advmod", "quantmod", "punct", "case", "det", "predet"})
_BEHIND = frozenset({"of"})
_BEHIND_SPEAKER = frozenset({"of", "for", "from", "at", "with"})
IN_ROLES = frozenset({"CVL", "REB", "COP", "OPP", "REF", "JUD", "LEG", "JRN", "SOC", "BUS", "CRM", "PRM"})
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson", "analyst", "expert", "adviser", "advisor", "professor"})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a role belongs to: country (or organisation), the acting group if any, and a word for a slug."""

    country: str | None
    group: str | None = None
    sector: str | None = None
    word: str = ""


@dataclass(slots=True)
class RolePhrase:
    """A role noun with what stands around it: tokens [first, last], the root, and the owners in front or behind."""

    first: int
    last: int
    root: int
    role: Role
    owners: list[NameMatch] = field(default_factory=list)
    person_owner: str | None = None
    inner: list[Role] = field(default_factory=list)
    is_past: bool = False
    pronoun: int | None = None
    persons: list[PersonSpan] = field(default_factory=list)
    owned_by: list[Owner] = field(default_factory=list)
    is_titled: bool = False


def find_role_phrases(draft: Draft) -> list[RolePhrase]:
    """The role phrases of a text in order; those that stand inside a longer one ("army spokesman") are its part."""
    out: list[RolePhrase] = []
    taken: set[int] = set()
    for match in reversed([m for m in draft.names if m.sense.kind == "role"]):
        if match.first in taken or any(t in draft.person_at for t in (match.first, match.last)):
            continue
        role = draft.knowledge.roles[match.sense.id]
        root = draft.head_of(match.first, match.last)
        if not _is_nominal(draft, match, root, role):
            continue
        phrase = RolePhrase(match.first, match.last, root, role)
        _look_left(draft, phrase, taken)
        _look_right(draft, phrase)
        taken.update(range(phrase.first, phrase.last + 1))
        out.append(phrase)
    out.reverse()
    for phrase in out:
        _attach_persons(draft, phrase)
    return out


def _is_nominal(draft: Draft, match: NameMatch, root: int, role: Role) -> bool:
    """Whether the words are a noun here: "to force", "leads" and "general election" are none."""
    parsed = draft.parsed
    if parsed.pos[root] not in ("NOUN", "PROPN", "ADJ") or parsed.deps[root] in ("prep", "advmod", "aux"):
        return False
    if parsed.pos[root] == "ADJ" and parsed.deps[root] in ("amod", "acomp"):
        return False
    if match.first == match.last and role.noun in ("general", "major", "national", "marine") and parsed.deps[root] == "amod":
        return False
    text = parsed.words[match.last + 1] if match.last + 1 < len(parsed) else ""
    return text != "-"


def _look_left(draft: Draft, phrase: RolePhrase, taken: set[int]) -> None:
    """Collect what stands in front of the role in its noun phrase."""
    parsed, t = draft.parsed, phrase.first - 1
    sentence = parsed.sentence_of[phrase.first]
    while t >= 0 and parsed.sentence_of[t] == sentence and t not in taken:
        step = _left_step(draft, phrase, t)
        if step is None:
            break
        phrase.first = step
        if parsed.pos[step] == "DET" and step == t:
            break
        t = step - 1


def _left_step(draft: Draft, phrase: RolePhrase, t: int) -> int | None:
    """The first token of the unit that ends at `t` if it belongs to the phrase, else None."""
    parsed = draft.parsed
    word, pos, dep = parsed.lower[t], parsed.pos[t], parsed.deps[t]
    if t in draft.person_at:
        return _left_person(draft, phrase, t)
    match = draft.name_at.get(t)
    if match is not None and match.last == t:
        return _left_match(draft, phrase, match)
    if word == ")" and t >= 2 and parsed.lower[t - 2] == "(" and t - 1 in draft.name_at:
        phrase.owners.append(draft.name_at[t - 1])
        return t - 2
    if word in ("'s", "'"):
        before = draft.name_at.get(t - 1) or draft.person_at.get(t - 1)
        return t if before is not None else None
    if word in PAST:
        phrase.is_past = word not in ("then", "outgoing", "late")
        return t
    if pos == "PRON" and dep == "poss":
        phrase.pronoun = t
        return None
    if word in ("and", ",", "&", "or") and phrase.owners and phrase.owners[-1].first == t + 1:
        earlier = draft.name_at.get(t - 1)
        joined = earlier is not None and earlier.sense.kind in ("adjective", "state", "organisation")
        return t if joined and parsed.deps[phrase.owners[-1].first] in ("conj", "compound", "amod", "nmod") else None
    if pos in ("ADJ", "NUM", "DET") or word == "-":
        return t
    if pos in ("NOUN", "PROPN", "ADV", "VERB") and dep in _LEFT_DEPS and phrase.last >= parsed.heads[t] > t:
        return t
    return None


def _left_person(draft: Draft, phrase: RolePhrase, t: int) -> int | None:
    """ "Assad's forces", "the Trump administration"."""
    span, parsed = draft.person_at[t], draft.parsed
    possessive = parsed.lower[t + 1] in ("'s", "'") if t + 1 < len(parsed) else False
    if possessive or (phrase.role.is_body and parsed.deps[t] in ("compound", "poss", "nmod") and parsed.heads[t] > t):
        phrase.person_owner = span.entity_id
        return span.first if not possessive else None
    return None


def _left_match(draft: Draft, phrase: RolePhrase, match: NameMatch) -> int | None:
    parsed, kind = draft.parsed, match.sense.kind
    follower = parsed.lower[match.last + 1] if match.last + 1 < len(parsed) else ""
    if kind == "role":
        inner = draft.knowledge.roles[match.sense.id]
        root = draft.head_of(match.first, match.last)
        if follower in ("'s", "'") or parsed.deps[root] in ("compound", "nmod", "amod", "poss") or parsed.heads[root] > match.last:
            phrase.inner.append(inner)
            return match.first
        return None
    possessive = follower in ("'s", "'")
    if not possessive and not _modifies(draft, match, phrase):
        return None
    if kind == "place" and not possessive and phrase.role.is_body is False and phrase.role.is_plural is False:
        return None
    if kind in ("state", "place", "capital") and not possessive and _follows_place_preposition(draft, match):
        return None
    if kind == "capital" and not possessive and parsed.deps[draft.head_of(match.first, match.last)] == "pobj":
        return None
    if _is_compound_part(draft, match):
        return match.first
    phrase.owners.append(match)
    return match.first


def _follows_place_preposition(draft: Draft, match: NameMatch) -> bool:
    """ "In Turkey officials said": the name belongs to the preposition; acronyms ("in US custody") do not."""
    parsed, before = draft.parsed, match.first - 1
    if before < 0 or parsed.lower[before] not in ("in", "at", "near", "inside", "outside", "across"):
        return False
    return not parsed.words[match.first].isupper()


def _modifies(draft: Draft, match: NameMatch, phrase: RolePhrase) -> bool:
    """Whether a name stands in front of a noun as its modifier, by its form or by the parse."""
    if match.sense.kind == "adjective":
        return True
    parsed, root = draft.parsed, draft.head_of(match.first, match.last)
    if parsed.deps[root] in ("pobj", "nsubj", "dobj", "ROOT", "nsubjpass", "appos", "attr"):
        return False
    return match.last < parsed.heads[root] <= max(phrase.last, phrase.root) or parsed.deps[root] == "conj"


def _is_compound_part(draft: Draft, match: NameMatch) -> bool:
    """ "US-backed", "pro-Russian", "Kurdish-held": the name does not own what follows."""
    lower = draft.parsed.lower
    after, before = match.last + 1, match.first - 1
    if after + 1 < len(lower) and lower[after] == "-" and lower[after + 1] in _BACKING:
        return True
    return before >= 0 and (lower[before] in _AGAINST or (lower[before] == "-" and lower[before - 1] in _AGAINST))


def _look_right(draft: Draft, phrase: RolePhrase) -> None:
    """Find the owner behind the role: "government of Iraq", "spokesman for the Kremlin", "people in Syria"."""
    if phrase.owners or phrase.person_owner:
        return
    parsed = draft.parsed
    speaker = phrase.role.noun.split()[-1].rstrip("s") in _SPEAKERS
    allowed = _BEHIND_SPEAKER if speaker or phrase.role.is_plural else _BEHIND
    for child in parsed.children[phrase.root]:
        if parsed.deps[child] == "prep" and child > phrase.last and parsed.lower[child] in allowed:
            for noun in parsed.children[child]:
                match = draft.name_at.get(noun)
                if match is not None and parsed.deps[noun] == "pobj" and match.sense.kind != "role":
                    phrase.owners.append(match)
                    return
                span = draft.person_at.get(noun)
                if span is not None and parsed.lower[child] == "of" and phrase.role.is_body:
                    phrase.person_owner = span.entity_id
                    return


def _attach_persons(draft: Draft, phrase: RolePhrase) -> None:
    """Find the person whom the title names, next to it or in apposition."""
    if phrase.role.is_body:
        return
    parsed = draft.parsed
    after = phrase.last + 1
    while after < len(parsed) and parsed.lower[after] in draft.knowledge.honorifics:
        after += 1
    if after in draft.person_at and draft.person_at[after].first == after:
        phrase.persons.append(draft.person_at[after])
        phrase.is_titled = True
        return
    for token in (*parsed.children[phrase.root], parsed.heads[phrase.root]):
        span = draft.person_at.get(token)
        linked = parsed.deps[token] == "appos" if parsed.heads[token] == phrase.root else parsed.deps[phrase.root] in ("appos", "attr")
        if span is not None and linked and not span.titled:
            phrase.persons.append(span)
    if not phrase.persons:
        span = _across_comma(draft, phrase)
        if span is not None:
            phrase.persons.append(span)
    if not phrase.role.is_plural:
        del phrase.persons[1:]


def _across_comma(draft: Draft, phrase: RolePhrase) -> PersonSpan | None:
    """The person before ", the envoy" or after "the envoy for Syria, ": names and titles keep one order."""
    parsed, before = draft.parsed, phrase.first - 1
    if before > 0 and parsed.lower[before] == ",":
        span = draft.person_at.get(before - 1)
        if span is not None:
            return span
    t, sentence = phrase.last + 1, parsed.sentence_of[phrase.last]
    while t < len(parsed) and t < phrase.last + 8 and parsed.sentence_of[t] == sentence and parsed.pos[t] not in ("VERB", "AUX"):
        if parsed.lower[t] == ",":
            span = draft.person_at.get(t + 1)
            if span is None or span.first != t + 1 or span.last + 1 >= len(parsed):
                return None
            follower = span.last + 1
            closed = parsed.lower[follower] in (",", ".", ")", "-", ":") or parsed.pos[follower] in ("VERB", "AUX")
            return span if closed and t == phrase.last + 1 or parsed.lower[follower] == "," else None
        t += 1
    return None


def owners_of(draft: Draft, phrase: RolePhrase) -> list[Owner]:
    """The owners of a role, the possessor first; several only where they are joined ("U.S. and Turkish officials")."""
    parsed = draft.parsed
    if phrase.person_owner is not None:
        person = draft.entities[phrase.person_owner]
        return [Owner(person.country, None, None, slug(person.name))] if person.country else []
    matches = sorted(phrase.owners, key=lambda m: m.first)
    groups = [m for m in matches if m.sense.kind == "group"]
    if groups and not phrase.inner:
        return [owner_from(draft, groups[0])]
    for match in matches:
        if match.last + 1 < len(parsed) and parsed.lower[match.last + 1] in ("'s", "'"):
            matches = [match]
            break
    adjectives = [m for m in matches if m.sense.kind != "place"]
    matches = adjectives or matches
    out: list[Owner] = []
    for number, match in enumerate(matches):
        joined = number == 0 or parsed.lower[match.first - 1] in ("and", ",", "&", "or", "-", "the")
        if joined and (number == 0 or _between(draft, matches[number - 1], match)):
            out.append(owner_from(draft, match))
    return [owner for owner in out if owner.country or owner.group]


def _between(draft: Draft, left: NameMatch, right: NameMatch) -> bool:
    return all(draft.parsed.lower[t] in ("and", ",", "&", "or", "-", "the") for t in range(left.last + 1, right.first))


def owner_from(draft: Draft, match: NameMatch) -> Owner:
    """What a name match means as an owner."""
    actor = draft.knowledge.actors.get(match.sense.id)
    word = draft.parsed.document.text[match.start : match.end].removesuffix("'s")
    if match.sense.kind == "place":
        return Owner(draft.place_country(match.sense.id), word=word)
    if match.sense.kind == "person":
        entity = draft.entities.get(match.sense.id)
        return Owner(entity.country if entity else None, word=word)
    if actor is None:
        return Owner(None)
    country = draft.country_of(actor.id)
    if actor.kind == "group" and actor.sector != "GOV":
        return Owner(actor.country and country, actor.id, actor.sector, word)
    if match.sense.kind in ("body", "media"):
        return Owner(country, None, actor.sector, word)
    if actor.kind == "group" and actor.country is None:
        return Owner(None, actor.id, actor.sector, word)
    return Owner(country, None, None, word)


def sector_of(phrase: RolePhrase, owner: Owner | None) -> str:
    """The sector of whoever the phrase names: a generic role takes it from what it belongs to."""
    generic = any(word.rstrip("s") in _GENERIC or word in _GENERIC for word in phrase.role.noun.split()[-1:])
    if generic and phrase.inner:
        return phrase.inner[0].sector
    if generic and owner is not None and owner.sector is not None:
        return owner.sector
    return phrase.role.sector
