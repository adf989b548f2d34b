"""Where something happens: names of places after a preposition of place or a verb of motion.

What enters: a parsed document, its mentions and the knowledge. What leaves: place expressions in the order of
the text, with the state's code where the table, the phrase itself ("the Syrian town of Afrin") or the gazetteer
gives it, and with coordinates where the place can be told from its namesakes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.records import Mention
from detente.resolve.knowledge import Knowledge
from detente.resolve.locations import add_locations
from detente.resolve.tables import word_list
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import PlaceExpression


def find_places(parsed: ParsedDocument, mentions: Sequence[Mention], knowledge: Knowledge) -> list[PlaceExpression]:
    """The places of a document in the order of the text; a place that is named to say which other is left out."""
    acting = {m.root for m in mentions if m.form == "capital"}
    names = _place_names(parsed, knowledge)
    at = {token: place for place in names for token in range(place.first, place.last + 1)}
    areas: list[PlaceExpression] = []
    sites: list[PlaceExpression] = []
    for place in names:
        root = _root(parsed, place)
        if _repeats_country(parsed, at, place):
            continue
        if place.is_place and root not in acting and _is_locative(parsed, root, is_state=place.is_state):
            country = place.country or (None if place.is_known else _country_near(parsed, at, place))
            name = parsed.document.text[parsed.starts[place.first] : parsed.ends[place.last]]
            is_area = place.is_state or (place.is_known and country is None)
            (areas if is_area else sites).append(PlaceExpression(place.first, place.last + 1, name, country))
    located = add_locations(parsed, sites, {name.first: name.country for name in names if name.country})
    return sorted([*areas, *located], key=lambda expression: expression.start)


def _repeats_country(parsed: ParsedDocument, at: dict[int, _Name], place: _Name) -> bool:
    """The second half of "Istanbul, Turkey" and "Atlanta, Georgia"."""
    if place.first < 2 or parsed.lower[place.first - 1] != ",":
        return False
    before = at.get(place.first - 2)
    if before is None or before.is_state or not place.is_state:
        return False
    return before.country in (place.country, None) or (before.country == "USA" and place.country == "GEO")


@dataclass(frozen=True, slots=True)
class _Name:
    first: int
    last: int
    country: str | None
    is_place: bool = True
    is_state: bool = False
    is_known: bool = True


def _place_names(parsed: ParsedDocument, knowledge: Knowledge) -> list[_Name]:
    """Names from the tables, and what the parser takes for places, in the order of the text."""
    out: list[_Name] = []
    taken: set[int] = set()
    for match in knowledge.place_lexicon.find(parsed):
        is_state = match.sense.kind == "state"
        is_place = match.sense.kind != "adjective"
        out.append(_Name(match.first, match.last, match.sense.id or None, is_place, is_state))
        taken.update(range(match.first, match.last + 1))
    for span in parsed.names:
        if span.label in ("GPE", "LOC", "FAC") and not taken.intersection(range(span.start, span.end)):
            first = span.start
            while first < span.end - 1 and parsed.pos[first] == "DET":
                first += 1
            out.append(_Name(first, span.end - 1, None, is_known=False))
    return sorted(out, key=lambda name: name.first)


def _root(parsed: ParsedDocument, name: _Name) -> int:
    for token in range(name.last, name.first - 1, -1):
        if not name.first <= parsed.heads[token] <= name.last or parsed.heads[token] == token:
            return token
    return name.last


def _is_locative(parsed: ParsedDocument, token: int, *, is_state: bool = False) -> bool:
    """Whether a noun stands where places stand: after a preposition of place, or reached by a verb."""
    dep, head = parsed.deps[token], parsed.heads[token]
    if dep == "conj":
        return _is_locative(parsed, head, is_state=is_state) if head != token else False
    if dep in ("pobj", "pcomp"):
        word, governor = parsed.lower[head], parsed.heads[head]
        if word in word_list("placing_prepositions"):
            return True
        if word in ("on", "over", "above", "against"):
            return _is_attacked(parsed, token, governor)
        if word in ("to", "from", "for", "towards", "toward"):
            return _moves(parsed, governor) or parsed.lemmas[token] in word_list("place_nouns")
        if word == "of":
            if parsed.lemmas[governor] in word_list("attack_nouns"):
                return True
            return parsed.lemmas[governor] in word_list("place_nouns") and _is_locative(parsed, governor)
        return False
    if dep == "dobj":
        return parsed.lemmas[head] in (word_list("visiting_verbs") if is_state else word_list("reaching_verbs"))
    if is_state and dep != "appos":
        return False
    if dep in ("compound", "nmod", "amod", "poss") and parsed.lemmas[head] in word_list("place_nouns"):
        return _is_locative(parsed, head)
    if dep in ("compound", "nmod") and head > token:
        return parsed.lemmas[head] in word_list("meeting_nouns") or parsed.lemmas[head] in word_list("attack_nouns")
    return dep == "appos" and _is_locative(parsed, head)


def _moves(parsed: ParsedDocument, governor: int) -> bool:
    """Whether a verb or noun, the thing it moves or the visit it is part of goes somewhere: "suspended aid to Gaza",
    "a visit by X to Seoul".
    """
    near = [governor, *(c for c in parsed.children[governor] if parsed.deps[c] in ("dobj", "nsubjpass"))]
    if parsed.deps[governor] == "pobj" and parsed.lower[parsed.heads[governor]] in ("by", "of"):
        near.append(parsed.heads[parsed.heads[governor]])
    return any(parsed.lemmas[token] in word_list("motion_words") for token in near)


def _is_attacked(parsed: ParsedDocument, token: int, governor: int) -> bool:
    """ "Assault on Afrin", "the heaviest shelling of the year on Homs", "fly over Syria"."""
    objects = [c for c in parsed.children[governor] if parsed.deps[c] in ("dobj", "nsubjpass")]
    above = (governor, parsed.heads[governor], *objects)
    known = any(
        parsed.lemmas[t] in word_list("attack_nouns") or parsed.lemmas[t] in word_list("attack_verbs") for t in above
    )
    return known and (parsed.pos[token] == "PROPN" or parsed.lemmas[token] in word_list("place_nouns"))


def _country_near(parsed: ParsedDocument, at: dict[int, _Name], place: _Name) -> str | None:
    """The state in the same noun phrase: "Istanbul, Turkey", "the Syrian town of Afrin", "X in north Syria"."""
    after = place.last + 2
    if after < len(parsed) and parsed.lower[place.last + 1] == "," and after in at:
        if parsed.deps[_root(parsed, at[after])] in ("appos", "npadvmod", "conj", "pobj"):
            return at[after].country
    root = _root(parsed, place)
    for token in (root, *list(parsed.ancestors(root))[:2]):
        for child in parsed.children[token]:
            other = at.get(child)
            if other is not None and other.country and parsed.deps[child] in ("amod", "compound", "poss", "nmod"):
                return other.country
            if parsed.deps[child] == "prep" and child > token and parsed.lower[child] == "in":
                for noun in parsed.children[child]:
                    if noun in at and at[noun].country:
                        return at[noun].country
        if parsed.pos[token] in ("VERB", "AUX"):
            break
    return None
