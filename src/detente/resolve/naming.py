"""Names → mentions: states, peoples, organisations, groups, institutions, ships, capitals that act, persons.

What enters: a draft whose role phrases are resolved. What leaves: a mention for every name that is not
already part of a role phrase.
"""

from __future__ import annotations

from detente.resolve.capitals import acts
from detente.resolve.draft import Draft
from detente.resolve.names import NameMatch
from detente.resolve.tables import word_list

_MODIFIER_DEPS = frozenset({"amod", "compound", "nmod", "npadvmod"})
_NOUN_DEPS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "attr", "dative", "ROOT", "poss"})


def add_names(draft: Draft) -> None:
    """Add a mention for each name match and person span of the draft."""
    _add_persons(draft)
    for ship in draft.ships:
        _add_ship(draft, *ship)
    for match in draft.names:
        kind = match.sense.kind
        if kind in ("role", "person", "place") or _is_inside_person(draft, match) or match.first in draft.consumed:
            continue
        if kind in ("capital", "seat"):
            if acts(draft.parsed, match, is_seat=kind == "seat") and not _is_named_thing(draft, match):
                _add(draft, match, "capital", "capital that acts" if kind == "capital" else "seat of power")
        elif kind == "body" and _ends_longer_name(draft, match):
            continue
        elif kind == "body" and _owner_before(draft, match) is not None:
            _add_foreign_body(draft, match, _owner_before(draft, match) or "")
        elif kind in ("adjective", "people"):
            _add_people(draft, match)
        elif not _is_named_thing(draft, match) and not _is_direction(draft, match) and not _is_in_america(draft, match):
            root = draft.head_of(match.first, match.last)
            form = "modifier" if _is_modifier(draft, match, root) else "name"
            _add(draft, match, form, "name")


def _add(draft: Draft, match: NameMatch, form: str, reason: str, score: float = 1.0) -> None:
    root = draft.head_of(match.first, match.last)
    draft.add_mention(match.start, match.end, draft.add_actor(match.sense.id), root, form, reason, score)


def _ends_longer_name(draft: Draft, match: NameMatch) -> bool:
    """ "The Labour Congress": one capitalised word of a body's name with another in front."""
    parsed, before = draft.parsed, match.first - 1
    if match.first != match.last or before < 0 or before in draft.name_at or parsed.heads[before] != match.last:
        return False
    return parsed.pos[before] == "PROPN" and parsed.words[before][:1].isupper() and parsed.deps[before] == "compound"


def _owner_before(draft: Draft, match: NameMatch) -> str | None:
    """ "The Philippine Coast Guard": another state in front than the one the name belongs to by itself."""
    before = match.first - 1
    if before > 0 and draft.parsed.lower[before] in ("'s", "'"):
        before -= 1
    owner = draft.name_at.get(before)
    if owner is None or owner.last != before or owner.sense.kind not in ("adjective", "state"):
        return None
    country = draft.country_of(owner.sense.id)
    return country if country != draft.country_of(match.sense.id) else None


def _add_foreign_body(draft: Draft, match: NameMatch, country: str) -> None:
    sector = draft.knowledge.actors[match.sense.id].sector
    name = draft.parsed.document.text[match.start : match.end]
    root = draft.head_of(match.first, match.last)
    draft.add_mention(match.start, match.end, draft.add_group(country, sector, name), root, "group", "body and owner")


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
    parsed, after, before = draft.parsed, match.last + 1, match.first - 1
    if before >= 0 and parsed.lower[before] == "de":
        before -= 1
    if before >= 0 and parsed.words[before][:1].isupper() and parsed.lower[before] in word_list("named_before"):
        return True
    if after >= len(parsed) or not parsed.words[after][:1].isupper():
        return False
    return parsed.lower[after] in word_list("named_things")


def _is_direction(draft: Draft, match: NameMatch) -> bool:
    """ "In the west", "north-west Syria": the quarter of the sky, not the powers."""
    parsed = draft.parsed
    if match.sense.id != "the-west" or match.first != match.last:
        return False
    before = parsed.lower[match.first - 1] if match.first else ""
    if before != "the":
        return True
    if parsed.deps[match.first] != "pobj" or parsed.words[match.first] != "west":
        return False
    return parsed.lower[parsed.heads[match.first]] in ("in", "to", "from", "of", "towards")


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
    if _is_breed_or_team(draft, match, root):
        return
    actor = draft.knowledge.actors[match.sense.id]
    definite = match.first > 0 and parsed.lower[match.first - 1] == "the"
    is_many = match.sense.kind == "people" and parsed.lower[root].endswith("s")
    is_folk = match.sense.kind == "adjective" and parsed.lower[root].endswith(("sh", "ch", "ese", "ss"))
    plural = is_folk or is_many or parsed.tags[root] in ("NNS", "NNPS")
    if actor.kind != "state" or (definite and plural):
        _add(draft, match, "name", "people that acts as one")
        return
    country = draft.country_of(match.sense.id)
    if definite and match.sense.kind == "adjective" and _add_compatriot(draft, match, root, country):
        return
    name = draft.parsed.document.text[match.start : match.end]
    draft.add_mention(match.start, match.end, draft.add_group(country, "CVL", name), root, "group", "people")


def _is_breed_or_team(draft: Draft, match: NameMatch, root: int) -> bool:
    """ "A Great Dane", "the Example Indians", "a Danish": with a name in front, or no word for a single person."""
    parsed, before = draft.parsed, match.first - 1
    if before < 0:
        return False
    if parsed.lower[before] in ("a", "an") and match.sense.kind == "adjective":
        return parsed.lower[root].endswith(("sh", "ch")) and parsed.deps[root] in ("dobj", "conj", "pobj")
    if before in draft.name_at or before in draft.person_at or parsed.heads[before] != match.last:
        return False
    return parsed.pos[before] == "PROPN" and parsed.words[before].istitle()


def _add_compatriot(draft: Draft, match: NameMatch, root: int, country: str) -> bool:
    """ "Lavrov rang twice. The Russian …": the one person of that country named before."""
    if draft.parsed.deps[root] not in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return False
    found = {
        span.entity_id
        for span in draft.persons
        if span.last < match.first and draft.entities[span.entity_id].country == country
    }
    if len(found) != 1:
        return False
    draft.add_mention(match.start, match.end, found.pop(), root, "description", "the one of that country", 0.7)
    return True


def _is_people(draft: Draft, match: NameMatch, root: int) -> bool:
    parsed = draft.parsed
    if parsed.deps[root] in _MODIFIER_DEPS and parsed.heads[root] > root:
        return False
    if match.last + 1 < len(parsed) and parsed.lower[match.last + 1] == "-":
        return False
    if match.first > 0 and parsed.lower[match.first - 1] == "the":
        return parsed.deps[root] in _NOUN_DEPS
    if parsed.pos[root] not in ("NOUN", "PROPN") or parsed.deps[root] not in _NOUN_DEPS:
        return False
    indefinite = match.first > 0 and parsed.lower[match.first - 1] in ("a", "an", "another", "one")
    return indefinite or parsed.deps[root] == "nsubj"


def _add_ship(draft: Draft, first: int, last: int, country: str) -> None:
    parsed = draft.parsed
    root = draft.head_of(first, last)
    name = parsed.document.text[parsed.starts[first] : parsed.ends[last]]
    entity_id = draft.add_group(country, "MIL", name)
    draft.add_mention(parsed.starts[first], parsed.ends[last], entity_id, root, "group", "warship")
