"""Names → mentions: states, peoples, organisations, groups, institutions, ships, capitals that act, persons.

What enters: a draft whose role phrases are resolved. What leaves: a mention for every name that is not
already part of a role phrase.
"""

from __future__ import annotations

from detente.resolve.capitals import acts
from detente.resolve.draft import Draft
from detente.resolve.names import NameMatch

_MODIFIER_DEPS = frozenset({"amod", "compound", "nmod", "npadvmod"})
_NO_ACTOR_AFTER = frozenset(
    "airlines airways air hotel hotels street avenue road ocean sea gulf peninsula desert cup championship open games olympics restaurant language cuisine grammar literature poetry".split()
)


def add_names(draft: Draft) -> None:
    """Add a mention for each name match and person span of the draft."""
    _add_persons(draft)
    _add_ships(draft)
    for match in draft.names:
        kind = match.sense.kind
        if kind in ("role", "person", "place") or _is_inside_person(draft, match) or match.first in draft.consumed:
            continue
        if kind in ("capital", "seat"):
            if acts(draft.parsed, match, is_seat=kind == "seat"):
                _add(draft, match, "capital", "capital that acts" if kind == "capital" else "seat of power")
        elif kind in ("adjective", "people"):
            _add_people(draft, match)
        elif not _is_named_thing(draft, match) and not _is_direction(draft, match) and not _is_in_america(draft, match):
            root = draft.head_of(match.first, match.last)
            form = "modifier" if _is_modifier(draft, match, root) else "name"
            _add(draft, match, form, "name")


def _add(draft: Draft, match: NameMatch, form: str, reason: str, score: float = 1.0) -> None:
    root = draft.head_of(match.first, match.last)
    draft.add_mention(match.start, match.end, draft.add_actor(match.sense.id), root, form, reason, score)


def _add_persons(draft: Draft) -> None:
    parsed = draft.parsed
    for span in draft.persons:
        if not span.titled:
            root = draft.head_of(span.first, span.last)
            draft.add_mention(
                parsed.starts[span.first], parsed.ends[span.last], span.entity_id, root, "name", span.reason
            )


def _is_inside_person(draft: Draft, match: NameMatch) -> bool:
    return match.first in draft.person_at and match.last in draft.person_at


def _is_modifier(draft: Draft, match: NameMatch, root: int) -> bool:
    """Whether a name stands attributively, or in the first half of a compound ("Pak-Russia ties", "US-led")."""
    parsed = draft.parsed
    if parsed.deps[root] in _MODIFIER_DEPS:
        return True
    return match.last + 1 < len(parsed) and parsed.lower[match.last + 1] == "-"


def _is_named_thing(draft: Draft, match: NameMatch) -> bool:
    """Airlines, hotels, streets and seas that carry a state's name are no actors."""
    parsed, after = draft.parsed, match.last + 1
    return after < len(parsed) and parsed.words[after][:1].isupper() and parsed.lower[after] in _NO_ACTOR_AFTER


def _is_direction(draft: Draft, match: NameMatch) -> bool:
    """ "In the west", "north-west Syria": the quarter of the sky, not the powers."""
    parsed = draft.parsed
    if match.sense.id != "the-west" or match.first != match.last:
        return False
    before = parsed.lower[match.first - 1] if match.first else ""
    if before != "the":
        return True
    placed = parsed.deps[match.first] == "pobj" and parsed.lower[parsed.heads[match.first]] in ("in", "to", "from", "of", "towards")
    return placed and parsed.words[match.first] == "west"


def _is_in_america(draft: Draft, match: NameMatch) -> bool:
    """ "Atlanta, Georgia": the state of the United States."""
    if match.sense.id != "GEO" or match.first < 2 or draft.parsed.lower[match.first - 1] != ",":
        return False
    before = draft.name_at.get(match.first - 2)
    return before is not None and before.sense.kind == "place" and draft.place_country(before.sense.id) == "USA"


def _add_people(draft: Draft, match: NameMatch) -> None:
    """ "The Russians", "a Briton", "Russian troops": a people, one of them, or an attribute."""
    parsed = draft.parsed
    root = draft.head_of(match.first, match.last)
    if _is_named_thing(draft, match) or parsed.pos[root] in ("VERB", "ADV"):
        return
    if match.sense.kind == "adjective" and not _is_people(draft, match, root):
        _add(draft, match, "modifier", "demonym")
        return
    actor = draft.knowledge.actors[match.sense.id]
    definite = match.first > 0 and parsed.lower[match.first - 1] == "the"
    if actor.kind != "state" or (definite and parsed.tags[root] not in ("NN", "NNP")):
        _add(draft, match, "name", "people that acts as one")
        return
    country = draft.country_of(match.sense.id)
    name = draft.parsed.document.text[match.start : match.end]
    draft.add_mention(match.start, match.end, draft.add_group(country, "CVL", name), root, "group", "people")


def _is_people(draft: Draft, match: NameMatch, root: int) -> bool:
    parsed = draft.parsed
    if parsed.deps[root] in _MODIFIER_DEPS and parsed.heads[root] > root:
        return False
    if match.last + 1 < len(parsed) and parsed.lower[match.last + 1] == "-":
        return False
    return parsed.deps[root] in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "attr", "dative", "ROOT", "poss") and (
        parsed.pos[root] in ("NOUN", "PROPN") or (match.first > 0 and parsed.lower[match.first - 1] == "the")
    )


def _add_ships(draft: Draft) -> None:
    """Warships by their prefix ("HMS Ocean") and later by the bare name; they are their navy's."""
    parsed, known = draft.parsed, {}
    for i in range(len(parsed) - 1):
        country = draft.knowledge.ship_prefixes.get(parsed.words[i])
        if country is None or i in draft.name_at or not _names_ship(draft, i + 1):
            continue
        last = i + 1
        while last + 1 < len(parsed) and last < i + 4 and _names_ship(draft, last + 1) and parsed.heads[last] > last:
            last += 1
        known[parsed.words[last]] = country
        _add_ship(draft, i, last, country)
    for i in range(len(parsed)):
        if parsed.words[i] in known and not any(t in draft.consumed for t in (i,)):
            _add_ship(draft, i, i, known[parsed.words[i]])


def _names_ship(draft: Draft, i: int) -> bool:
    return draft.parsed.pos[i] == "PROPN" and draft.parsed.words[i][:1].isupper()


def _add_ship(draft: Draft, first: int, last: int, country: str) -> None:
    parsed = draft.parsed
    root = draft.head_of(first, last)
    name = parsed.document.text[parsed.starts[first] : parsed.ends[last]]
    draft.consumed.update(range(first, last + 1))
    entity_id = draft.add_group(country, "MIL", name)
    draft.add_mention(parsed.starts[first], parsed.ends[last], entity_id, root, "group", "warship")
