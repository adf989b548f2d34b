"""Where something happens: names of places after a preposition of place or a verb of motion.

What enters: a parsed document, its mentions and the knowledge. What leaves: place expressions in the order of
the text, with the state's code where the table or the phrase itself gives it ("the Syrian town of Afrin").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.records import Mention
from detente.resolve.knowledge import Knowledge
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import PlaceExpression

_PLACING = frozenset("in at near outside inside into around across through throughout within off along via".split())
_MOTION_OBJECT = frozenset(
    "visit reach enter leave tour attack bomb bombard shell invade occupy seize capture retake recapture storm besiege strike hit liberate cross hold control quit evacuate overrun target".split()
)
_MOTION = frozenset(
    "go come fly travel arrive return head move drive sail march send deploy withdraw depart flee escape transfer bring take ship deport advance retreat escort evacuate visit trip journey flight tour arrival departure return convoy".split()
)
_PLACE_NOUNS = frozenset(
    "town city village province region district port capital area enclave border coast base camp airport airbase island islands suburb governorate outskirts part swath state territory territories peninsula".split()
)


def find_places(parsed: ParsedDocument, mentions: Sequence[Mention], knowledge: Knowledge) -> list[PlaceExpression]:
    """The places of a document in the order of the text; a place that is named to say which other is left out."""
    acting = {m.root for m in mentions if m.form == "capital"}
    names = _place_names(parsed, knowledge)
    at = {token: place for place in names for token in range(place.first, place.last + 1)}
    out = []
    for place in names:
        root = _root(parsed, place)
        if root not in acting and _is_locative(parsed, root):
            country = place.country or _country_near(parsed, at, place)
            name = parsed.document.text[parsed.starts[place.first] : parsed.ends[place.last]]
            out.append(PlaceExpression(place.first, place.last + 1, name, country))
    return out


@dataclass(frozen=True, slots=True)
class _Name:
    first: int
    last: int
    country: str | None


def _place_names(parsed: ParsedDocument, knowledge: Knowledge) -> list[_Name]:
    """Names from the tables, and what the parser takes for places, in the order of the text."""
    out: list[_Name] = []
    taken: set[int] = set()
    for match in knowledge.place_lexicon.find(parsed):
        out.append(_Name(match.first, match.last, match.sense.id or None))
        taken.update(range(match.first, match.last + 1))
    for span in parsed.names:
        if span.label in ("GPE", "LOC", "FAC") and not taken.intersection(range(span.start, span.end)):
            first = span.start
            while first < span.end - 1 and parsed.pos[first] == "DET":
                first += 1
            out.append(_Name(first, span.end - 1, None))
    return sorted(out, key=lambda name: name.first)


def _root(parsed: ParsedDocument, name: _Name) -> int:
    for token in range(name.last, name.first - 1, -1):
        if not name.first <= parsed.heads[token] <= name.last or parsed.heads[token] == token:
            return token
    return name.last


def _is_locative(parsed: ParsedDocument, token: int) -> bool:
    """Whether a noun stands where places stand: after a preposition of place, or reached by a verb."""
    dep, head = parsed.deps[token], parsed.heads[token]
    if dep == "conj":
        return _is_locative(parsed, head) if head != token else False
    if dep in ("pobj", "pcomp"):
        word, governor = parsed.lower[head], parsed.heads[head]
        if word in _PLACING:
            return True
        if word in ("on", "over", "above", "against"):
            return _is_attacked(parsed, token, governor)
        if word in ("to", "from", "for", "towards", "toward"):
            return parsed.lemmas[governor] in _MOTION or parsed.lemmas[token] in _PLACE_NOUNS
        if word == "of":
            if parsed.lemmas[governor] in _ATTACKS:
                return True
            return parsed.lemmas[governor] in _PLACE_NOUNS and _is_locative(parsed, governor)
        return False
    if dep == "dobj":
        return parsed.lemmas[head] in _MOTION_OBJECT
    if dep in ("compound", "nmod", "amod", "poss") and parsed.lemmas[head] in _PLACE_NOUNS:
        return _is_locative(parsed, head)
    if dep in ("compound", "nmod") and head > token:
        return parsed.lemmas[head] in _MEETINGS or parsed.lemmas[head] in _ATTACKS
    return dep == "appos" and _is_locative(parsed, head)


_MEETINGS = frozenset("summit conference meeting talks talk forum congress seminar".split())
_ATTACKS = frozenset(
    "assault attack offensive bombardment raid airstrike strike bombing airspace shelling fire invasion occupation siege incursion operation capture liberation fall battle blockade annexation massacre".split()
)


def _is_attacked(parsed: ParsedDocument, token: int, governor: int) -> bool:
    """ "Assault on Afrin", "the worst bombardment seen yet on Aleppo", "fly over Syria"."""
    above = (governor, parsed.heads[governor])
    known = any(parsed.lemmas[t] in _ATTACKS or parsed.lemmas[t] in ("fly", "march", "advance", "fire") for t in above)
    return known and (parsed.pos[token] == "PROPN" or parsed.lemmas[token] in _PLACE_NOUNS)



def _country_near(parsed: ParsedDocument, at: dict[int, _Name], place: _Name) -> str | None:
    """The state in the same noun phrase: "Istanbul, Turkey", "the Syrian town of Afrin", "X in north Syria"."""
    after = place.last + 2
    if after < len(parsed) and parsed.lower[place.last + 1] == "," and after in at:
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
