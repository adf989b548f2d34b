"""Noun phrases built around a role: "Iraqi Prime Minister Haider al-Abadi", "Turkish troops", "its army".

What enters: a draft whose persons are known. What leaves: mentions of persons by title, and of institutions
and groups by country and sector. The country comes from what stands in front of the role ("Russian", "Iraq's"),
from "of" and "for" behind it, or from the person's own record.
"""

from __future__ import annotations

from detente.resolve.draft import PAST, Draft, PersonSpan
from detente.resolve.entries import Role
from detente.resolve.names import NameMatch
from detente.resolve.owners import RolePhrase
from detente.resolve.tables import word_list
from detente.syntax.clauses import objects_of_preposition

_LEFT_DEPS = frozenset(
    {"amod", "compound", "nmod", "poss", "nummod", "npadvmod", "advmod", "quantmod", "punct", "case", "det", "predet"}
)
_ARGUMENTS = frozenset({"pobj", "nsubj", "dobj", "ROOT", "nsubjpass", "appos", "attr"})
_BEHIND = frozenset({"of"})
_BEHIND_SPEAKER = frozenset({"of", "for", "from", "at", "with"})


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
    if (
        match.first == match.last
        and role.noun in ("general", "major", "national", "marine")
        and parsed.deps[root] == "amod"
    ):
        return False
    if not role.is_body and parsed.deps[root] in ("compound", "amod", "nmod") and parsed.words[root][:1].isupper():
        above = parsed.heads[root]
        if parsed.pos[above] == "PROPN" and above not in draft.person_at and above not in draft.name_at:
            return False  # "National Convention"
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
    if word in ("'s", "'") and dep == "case":
        before = draft.name_at.get(t - 1) or draft.person_at.get(t - 1)
        if before is None or (t - 1 in draft.name_at and draft.name_at[t - 1].sense.kind == "role"):
            phrase.pronoun = t - 1
            return None
        return t
    if word in PAST:
        phrase.is_past = word not in ("then", "outgoing", "late")
        if phrase.is_past:
            phrase.modifiers.append(word)
        return t
    if pos == "PRON" and dep == "poss":
        phrase.pronoun = t
        return None
    if word in ("and", ",", "&", "or") and phrase.owners and phrase.owners[-1].first == t + 1:
        return t if _is_joint_owner(draft, phrase, t) else None
    if pos in ("ADJ", "NUM", "DET") or word == "-":
        phrase.modifiers.append(word)
        return t
    if (pos == "VERB" and parsed.tags[t] not in ("VBN", "VBG")) or (pos == "ADV" and not word.endswith("ly")):
        return None
    if pos in ("NOUN", "PROPN", "ADV", "VERB") and dep in _LEFT_DEPS and phrase.last >= parsed.heads[t] > t:
        phrase.modifiers.append(word)
        return t
    return None


def _is_joint_owner(draft: Draft, phrase: RolePhrase, t: int) -> bool:
    """Whether what stands before "and" at `t` owns too: "French and German envoys", "X's and Y's ministers"."""
    parsed, owns = draft.parsed, draft.parsed.lower[t - 1] == "'s"
    earlier = draft.name_at.get(t - 2 if owns else t - 1)
    if earlier is None or earlier.sense.kind not in ("adjective", "state", "organisation"):
        return False
    dep = parsed.deps[phrase.owners[-1].first]
    if dep == "poss":
        return owns or parsed.deps[earlier.last] in ("poss", "compound", "nmod", "amod")
    return dep in ("conj", "compound", "amod", "nmod")


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
        if (
            follower in ("'s", "'")
            or parsed.deps[root] in ("compound", "nmod", "amod", "poss")
            or parsed.heads[root] > match.last
        ):
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
    if draft.parsed.words[match.first].isupper() and match.last + 1 == phrase.first:
        return True
    parsed, root = draft.parsed, draft.head_of(match.first, match.last)
    if parsed.deps[root] in _ARGUMENTS:
        return False
    return match.last < parsed.heads[root] <= max(phrase.last, phrase.root) or parsed.deps[root] == "conj"


def _is_compound_part(draft: Draft, match: NameMatch) -> bool:
    """ "US-backed", "pro-Russian", "Kurdish-held": the name does not own what follows."""
    lower = draft.parsed.lower
    after, before = match.last + 1, match.first - 1
    if after + 1 < len(lower) and lower[after] == "-" and lower[after + 1] in word_list("backing_forms"):
        return True
    if before < 0:
        return False
    prefix = lower[before - 1] if lower[before] == "-" else lower[before]
    return prefix in word_list("stance_prefixes")


def _look_right(draft: Draft, phrase: RolePhrase) -> None:
    """Find the owner behind the role: "government of Iraq", "spokesman for the Kremlin", "people in Syria"."""
    if phrase.owners or phrase.person_owner:
        return
    parsed = draft.parsed
    speaker = phrase.role.noun.split()[-1].rstrip("s") in word_list("speaking_roles")
    allowed = _BEHIND_SPEAKER if speaker or phrase.role.is_plural else _BEHIND
    for child in parsed.children[phrase.root]:
        if parsed.deps[child] == "prep" and child > phrase.last and parsed.lower[child] in allowed:
            for noun in objects_of_preposition(parsed, child):
                match = _name_in(draft, noun)
                if match is not None and match.sense.kind != "role":
                    phrase.behind.append(match)
                span = draft.person_at.get(noun)
                if span is not None and parsed.lower[child] == "of" and phrase.role.is_body:
                    phrase.person_owner = span.entity_id
            if phrase.behind or phrase.person_owner:
                return


def _name_in(draft: Draft, noun: int) -> NameMatch | None:
    """The name that a noun is or that stands in front of it: "lawmakers from Kenya's ruling party"."""
    parsed, match = draft.parsed, draft.name_at.get(noun)
    if match is not None and match.sense.kind != "role":
        return match
    owners = [c for c in parsed.children[noun] if parsed.deps[c] == "poss" and c in draft.name_at]
    found = draft.name_at[owners[0]] if owners else match
    return found if found is None or found.sense.kind in ("state", "organisation", "group", "role") else match


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
        linked = (
            parsed.deps[token] == "appos"
            if parsed.heads[token] == phrase.root
            else parsed.deps[phrase.root] in ("appos", "attr")
        )
        if span is not None and linked and not span.titled:
            phrase.persons.append(span)
    span = _across_comma(draft, phrase)
    if span is not None and not phrase.persons:
        phrase.persons.append(span)
    elif span is not None and span.last == phrase.first - 2 and not phrase.role.is_plural:
        phrase.persons = [span]  # "X and Y, the envoy": the one beside the comma
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
    while (
        t < len(parsed)
        and t < phrase.last + 8
        and parsed.lower[t] not in ("'s", "'")
        and parsed.sentence_of[t] == sentence
        and parsed.pos[t] not in ("VERB", "AUX")
    ):
        if parsed.lower[t] == ",":
            span = draft.person_at.get(t + 1)
            if span is None or span.first != t + 1 or span.last + 1 >= len(parsed):
                return None
            follower = span.last + 1
            closed = parsed.lower[follower] in (",", ".", ")", "-", ":") or parsed.pos[follower] in ("VERB", "AUX")
            return span if (closed and t == phrase.last + 1) or parsed.lower[follower] == "," else None
        t += 1
    return None
