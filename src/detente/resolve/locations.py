"""Which place of the world a place expression means: its country where the text gives none, and coordinates.

What enters: place expressions and every country that the names of the document stand for. What leaves: the
expressions with what the gazetteer has of the place. One name means one place throughout a document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from detente.resolve.gazetteer import PlaceRecord, locate
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import PlaceExpression

_COUNTRIES = 6  # how many countries of a document support a name; what is named seldom says little


def add_locations(
    parsed: ParsedDocument, expressions: Iterable[PlaceExpression], named: Mapping[int, str]
) -> list[PlaceExpression]:
    """Locate names of places.

    Args:
        parsed: the document.
        expressions: names that are neither states nor known to lie in no single state.
        named: country by token, for each name in the document that has one.
    """
    found = list(expressions)
    stated = {e.name: place for e in reversed(found) if (place := _in_division(parsed, e)) is not None}
    near = _supporting_countries(parsed, found, named)
    return [_located(e, stated.get(e.name) or _find(e, near.get(e.name, ()))) for e in found]


def _in_division(parsed: ParsedDocument, expression: PlaceExpression) -> PlaceRecord | None:
    """The place in the division that follows its name: "Paris, Texas"."""
    division = _division_after(parsed, expression)
    return None if division is None else locate(expression.name, near_countries=(), within=division)


def _find(expression: PlaceExpression, near: Sequence[str]) -> PlaceRecord | None:
    """The place in the country known or, without one, by the countries around."""
    return locate(expression.name, near_countries=near, within=expression.country)


def _located(expression: PlaceExpression, record: PlaceRecord | None) -> PlaceExpression:
    if record is None:
        return expression
    return replace(
        expression,
        country=record.country,
        geonameid=record.geonameid,
        admin1=record.admin1,
        latitude=record.latitude,
        longitude=record.longitude,
    )


def _division_after(parsed: ParsedDocument, expression: PlaceExpression) -> str | None:
    """The name between a comma and what ends it, where a division would stand."""
    comma = expression.end
    if comma + 1 >= len(parsed) or parsed.lower[comma] != "," or parsed.pos[comma + 1] != "PROPN":
        return None
    last = comma + 1
    while last + 1 < len(parsed) and parsed.pos[last + 1] == "PROPN":
        last += 1
    return parsed.document.text[parsed.starts[comma + 1] : parsed.ends[last]]


def _supporting_countries(
    parsed: ParsedDocument, expressions: Sequence[PlaceExpression], named: Mapping[int, str]
) -> dict[str, tuple[str, ...]]:
    """For each name without a country: the countries of its sentences, the nearest first, then the most named."""
    lacking = [expression for expression in expressions if expression.country is None]
    if not lacking:
        return {}
    beside: dict[str, list[str]] = {}
    for expression in lacking:
        start, end = parsed.sentences[parsed.sentence_of[expression.start]]
        tokens = sorted((token for token in named if start <= token < end), key=lambda t: abs(t - expression.start))
        beside.setdefault(expression.name, []).extend(named[token] for token in tokens)
    often = [country for country, _ in Counter(named[token] for token in sorted(named)).most_common()]
    return {name: tuple(dict.fromkeys([*countries, *often]))[:_COUNTRIES] for name, countries in beside.items()}
