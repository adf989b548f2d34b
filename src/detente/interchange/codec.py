"""How one attribute of a record is written to JSON, read back and described.

A codec covers one attribute and may fill several keys, e.g. `place` and `place_country`; a form is the
codecs of one record class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args

from detente.records import (
    Attribution,
    Document,
    Evidence,
    Place,
)

Json = dict[str, Any]
R = TypeVar("R")

STRING: Json = {"type": "string"}
BOOLEAN: Json = {"type": "boolean"}
INTEGER: Json = {"type": "integer", "minimum": 0}
STRINGS: Json = {"type": "array", "items": STRING}
SPAN: Json = {"type": "array", "prefixItems": [INTEGER, INTEGER], "items": False, "minItems": 2}


def nullable(schema: Json) -> Json:
    """Allow null beside what `schema` allows."""
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(literal: object) -> Json:
    """Describe a `Literal` type."""
    return {"enum": list(get_args(literal))}


def described(schema: Json, description: str) -> Json:
    """Add a sentence for the reader to a schema."""
    return {**schema, "description": description}


@dataclass(frozen=True, slots=True)
class Codec:
    """How one attribute is written to JSON keys and read back.

    `read` may build evidence, for which it needs the document; `properties` describes each key.
    """

    attribute: str
    write: Callable[[Any], Json]
    read: Callable[[Mapping[str, Any], Document], Any]
    properties: Json


@dataclass(frozen=True, slots=True)
class Told:
    """What follows from a record by the codebook: written for readers, never read back, so never stored twice."""

    write: Callable[[Any], Json]
    properties: Json


@dataclass(frozen=True, slots=True)
class Form(Generic[R]):
    """The JSON form of one record class; reading ignores `derived`, properties such as `id`, and what is `told`."""

    record: Callable[..., R]
    description: str
    codecs: tuple[Codec, ...]
    derived: tuple[str, ...] = ("id",)
    told: Told | None = None

    def write(self, record: R) -> Json:
        out: Json = {name: getattr(record, name) for name in self.derived}
        for codec in self.codecs:
            out.update(codec.write(getattr(record, codec.attribute)))
        if self.told is not None:
            out.update(self.told.write(record))
        return out

    def read(self, obj: Mapping[str, Any], document: Document) -> R:
        return self.record(**{codec.attribute: codec.read(obj, document) for codec in self.codecs})

    def schema(self) -> Json:
        properties: Json = {name: described(STRING, "Made from the record's content.") for name in self.derived}
        for codec in self.codecs:
            properties.update(codec.properties)
        if self.told is not None:
            properties.update(self.told.properties)
        return {
            "type": "object",
            "description": self.description,
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }


def plain(attribute: str, schema: Json, description: str, *, key: str | None = None) -> Codec:
    """A value that JSON holds as it is."""
    name = key or attribute
    return Codec(
        attribute, lambda value: {name: value}, lambda obj, _: obj[name], {name: described(schema, description)}
    )


def strings(attribute: str, description: str, *, key: str | None = None) -> Codec:
    """A tuple of strings."""
    name = key or attribute
    return Codec(
        attribute,
        lambda value: {name: list(value)},
        lambda obj, _: tuple(obj[name]),
        {name: described(STRINGS, description)},
    )


def span(attribute: str, description: str) -> Codec:
    """Evidence as [start, end)."""
    return Codec(
        attribute,
        lambda value: {attribute: list(value.span)},
        lambda obj, document: Evidence.of(document, *obj[attribute]),
        {attribute: described(SPAN, description)},
    )


def quoted(attribute: str, description: str) -> Codec:
    """Evidence as [start, end) and the words in `quote`, which reading checks against the document."""

    def read(obj: Mapping[str, Any], document: Document) -> Evidence:
        start, end = obj[attribute]
        return Evidence(document, start, end, obj["quote"])

    return Codec(
        attribute,
        lambda value: {attribute: list(value.span), "quote": value.quote},
        read,
        {
            attribute: described(SPAN, description),
            "quote": described(STRING, f"The document's words at `{attribute}`."),
        },
    )


LOCATION: Json = {
    "geonameid": described(nullable({"type": "integer", "minimum": 1}), "Id of GeoNames."),
    "admin1": described(nullable(STRING), "Name of the first-level division, or its GeoNames code."),
    "latitude": described(nullable({"type": "number", "minimum": -90, "maximum": 90}), "Degrees north."),
    "longitude": described(nullable({"type": "number", "minimum": -180, "maximum": 180}), "Degrees east."),
}


def _read_place(obj: Mapping[str, Any], _: Document) -> Place | None:
    text, country = obj["place"], obj["place_country"]
    if text is None:
        return None
    name = text if country is None else text.removesuffix(f", {country}")
    return Place(name, country, **{part: obj[f"place_{part}"] for part in LOCATION})


def _write_place(value: Place | None) -> Json:
    return {
        "place": value and str(value),
        "place_country": value and value.country,
        **{f"place_{part}": value and getattr(value, part) for part in LOCATION},
    }


PLACE = Codec(
    "place",
    _write_place,
    _read_place,
    {
        "place": described(nullable(STRING), "The name as in the text, then the country's code: `Moscow, RUS`."),
        "place_country": described(nullable(STRING), "The country's code alone, null when unknown."),
        **{f"place_{part}": schema for part, schema in LOCATION.items()},
    },
)

ATTRIBUTION = Codec(
    "attribution",
    lambda value: {"attribution": list(value.sources), "endorsed": value.endorsed},
    lambda obj, _: Attribution(tuple(obj["attribution"]), obj["endorsed"]),
    {
        "attribution": described(STRINGS, "Who vouches for it, outermost last; empty for the document's own voice."),
        "endorsed": described(
            nullable(BOOLEAN), "True where the author adopts what is said, false where the author doubts it, else null."
        ),
    },
)

ALSO = Codec(
    "also",
    lambda value: {"also": [list(evidence.span) for evidence in value]},
    lambda obj, document: tuple(Evidence.of(document, start, end) for start, end in obj["also"]),
    {"also": described({"type": "array", "items": SPAN}, "Further tellings of the same in the document.")},
)
