"""Organisations that no table has but the parser sees: recorded as unresolved, with what their name tells.

What enters: a draft whose names and roles are resolved. What leaves: mentions of entities of kind `unknown`, with
a sector where the name has a role noun ("Example Institute"), and a country where a state owns or names it. They
count little, so that no coder takes them for a known side.
"""

from __future__ import annotations

from detente.records import Entity
from detente.resolve.draft import Draft
from detente.resolve.names import slug
from detente.resolve.tables import read_table, word_list
from detente.syntax.clauses import objects_of_preposition
from detente.syntax.document import NamedSpan

_NAMELESS, _OWNED = 0.3, 0.6
_PLACING = frozenset({"in", "at", "near", "outside", "around"})
_OWNERS = frozenset({"state", "adjective", "place", "capital"})


def add_unknown(draft: Draft) -> None:
    """Add a mention for each organisation in the text that nothing else was found in."""
    taken = {token for m in draft.mentions for token in _tokens(draft, m.start, m.end)}
    for span in draft.parsed.names:
        if span.label != "ORG":
            continue
        first, last = _trim(draft, span)
        if first > last or not _is_name(draft, first, last) or taken.intersection(range(first, last + 1)):
            continue
        _add(draft, first, last)
        taken.update(range(first, last + 1))


def _tokens(draft: Draft, start: int, end: int) -> range:
    return range(draft.parsed.token_at(start), draft.parsed.token_at(max(start, end - 1)) + 1)


def _trim(draft: Draft, span: NamedSpan) -> tuple[int, int]:
    """The span without article in front and possessive behind."""
    parsed, first, last = draft.parsed, span.start, span.end - 1
    while first <= last and parsed.pos[first] in ("DET", "PUNCT", "PRON", "ADP"):
        first += 1
    while last >= first and (parsed.lower[last] in ("'s", "'") or parsed.pos[last] == "PUNCT"):
        last -= 1
    return first, last


def _is_name(draft: Draft, first: int, last: int) -> bool:
    """Whether the words look like a name in their place: capitalised, in no known name, not shouted."""
    parsed = draft.parsed
    if any(t in draft.person_at or t in draft.consumed or t in draft.no_actors for t in range(first, last + 1)):
        return False
    if any(parsed.lower[t] in word_list("named_things") for t in range(first, last + 1)):
        return False
    if parsed.lower[first] in word_list("named_before"):
        return False
    if first == last and parsed.lower[first] in word_list("languages"):
        return False
    whole = draft.name_at.get(first)
    if whole is not None and whole.last >= last:
        return False
    root = draft.head_of(first, last)
    if parsed.deps[root] == "ROOT" or "\n" in parsed.document.text[parsed.starts[first] : parsed.ends[last]]:
        return False
    if parsed.deps[root] == "pobj" and _is_placing(draft, parsed.heads[root]):
        return False
    if not parsed.words[first][:1].isupper() or not any(parsed.pos[t] == "PROPN" for t in range(first, last + 1)):
        return False
    start, end = parsed.sentences[parsed.sentence_of[first]]
    return not all(parsed.words[t].isupper() for t in range(start, end) if parsed.words[t].isalpha())


def _is_placing(draft: Draft, preposition: int) -> bool:
    """ "In", "near", and "to" or "from" behind a word of motion: what follows is a place."""
    parsed = draft.parsed
    if parsed.lower[preposition] in _PLACING:
        return True
    moving = word_list("motion_words") | word_list("transit_nouns") | {"race"}
    return parsed.lower[preposition] in ("to", "from") and parsed.lemmas[parsed.heads[preposition]] in moving


def _add(draft: Draft, first: int, last: int) -> None:
    parsed = draft.parsed
    root = draft.head_of(first, last)
    start, end = parsed.starts[first], parsed.ends[last]
    name = parsed.document.text[start:end]
    country, sector = _country(draft, first, last, root), _sector(draft, first, last)
    key = slug(name) or "unknown"
    if key in draft.knowledge.actors or key in draft.knowledge.persons:
        return
    draft.entities.setdefault(key, Entity(key, name, "unknown", country=country, sector=sector))
    score = _NAMELESS if country is None else _OWNED
    draft.add_mention(start, end, key, root, "name", "unresolved: organisation in no table", score)


def _sector(draft: Draft, first: int, last: int) -> str | None:
    """What the last telling word of a name says of its bearer: "Example Bank", "Example Liberation Front"."""
    words = read_table("contexts.yaml")["organisation_words"]
    for token in range(last, first - 1, -1):
        word = draft.parsed.lower[token].rstrip(".")
        for sector, nouns in words.items():
            if word in nouns:
                return str(sector)
        role = draft.knowledge.roles.get(word)
        if role is not None and role.is_body:
            return role.sector
    return None


def _country(draft: Draft, first: int, last: int, root: int) -> str | None:
    """The state in the name, in front of it or behind "of"."""
    tokens = [t for t in range(first, last + 1) if t in draft.name_at or t in draft.located]
    parsed = draft.parsed
    for child in parsed.children[root]:
        if parsed.deps[child] in ("poss", "amod", "nmod", "compound") and child < first:
            tokens.append(child)
        elif parsed.deps[child] == "prep" and parsed.lower[child] == "of":
            tokens += objects_of_preposition(parsed, child)
    for token in tokens:
        match = draft.name_at.get(token)
        if match is None or match.sense.kind not in _OWNERS:
            if token in draft.located:
                return draft.located[token]
            continue
        is_place = match.sense.kind == "place"
        found = draft.place_country(match.sense.id) if is_place else draft.country_of(match.sense.id)
        if found is not None and parsed.lower[match.first - 1] not in word_list("stance_prefixes"):
            return found
    return None
