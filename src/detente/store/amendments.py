"""Other values for fields of a record, checked before anything is written.

What enters: a record's JSON form and the values that a user gives, by the names of `detente schema`. What leaves: the
form of a record that can be built, so its quote stands in the document and its type in the codebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.codebook.codebook import load_codebook
from detente.errors import RecordError
from detente.records import Document
from detente.store.kinds import Kind, Record

Form = dict[str, Any]

# The evidence of each kind, whose words stand in `quote`.
_EVIDENCE = {"statement": "content"}
_NEEDED = {
    "event": ("actor", "type", "status", "evidence"),
    "stance": ("holder", "object", "mutual", "valence", "evidence"),
    "statement": ("speaker", "content", "direct"),
    "membership": ("member", "org", "status", "evidence"),
}


def amended(kind: Kind, old: Mapping[str, Any], values: Mapping[str, Any], document: Document) -> Form:
    """A record's form with other values in it.

    Raises:
        RecordError: a field is unknown or follows from others, or the record cannot be built.
    """
    _check_fields(kind, values)
    new = {**old, **values}
    if kind.name == "event":
        _fit_modes(new, values)
        _fit_place(new, old, values)
    _fit_quote(kind, new, document)
    return kind.form.write(_built(kind, new, document))


def complete(kind: Kind, values: Mapping[str, Any], document: Document) -> Record:
    """A new record of the values that a user gives; what is left out is empty.

    Raises:
        RecordError: a field is missing or unknown, or the record cannot be built.
    """
    _check_fields(kind, values)
    evidence = _EVIDENCE.get(kind.name, "evidence")
    if missing := [name for name in _NEEDED[kind.name] if name not in values]:
        raise RecordError(
            f"No {missing[0]!r} in the new {kind.name}: {', '.join(_NEEDED[kind.name])} are needed. Give it."
        )
    new: Form = {name: _empty(schema) for codec in kind.form.codecs for name, schema in codec.properties.items()}
    # Without words that name it, the evidence names it.
    new.update({name: values[evidence] for name in ("trigger", "cue") if name in new})
    new.update(values)
    if kind.name == "event":
        _fit_modes(new, values)
        _fit_place(new, new, values)
    _fit_quote(kind, new, document)
    return _built(kind, new, document)


def fields_of(kind: Kind) -> list[str]:
    """The fields of a kind that can be given."""
    return [name for codec in kind.form.codecs for name in codec.properties if name != "quote"]


def _check_fields(kind: Kind, values: Mapping[str, Any]) -> None:
    allowed = fields_of(kind)
    for name in values:
        if name not in allowed and name not in ("coded_by", "quote", *_told(kind)):
            raise RecordError(f"No field {name!r} in a record of kind {kind.name!r}: {', '.join(allowed)}. Choose one.")


def _told(kind: Kind) -> tuple[str, ...]:
    """Fields that follow from others: in a list of changes they may stand, and are made anew."""
    return tuple(kind.form.told.properties) if kind.form.told is not None else ()


def _built(kind: Kind, form: Mapping[str, Any], document: Document) -> Record:
    try:
        record: Record = kind.form.read(form, document)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise RecordError(
            f"Values that make no {kind.name} ({error}): those of `detente schema` are allowed. Correct them."
        ) from error
    _check_lists(kind, form)
    return record


def _check_lists(kind: Kind, form: Mapping[str, Any]) -> None:
    """A string where a list is needed would pass as a list of letters."""
    for codec in kind.form.codecs:
        for name, schema in codec.properties.items():
            if schema.get("type") == "array" and not isinstance(form[name], list):
                raise RecordError(f"{form[name]!r} for {name!r}: a list is needed. Write [{form[name]!r}].")


def _fit_modes(new: Form, given: Mapping[str, Any]) -> None:
    """Check type and modes against the codebook; modes that another type does not have go with the old type."""
    known = load_codebook().types.get(new["type"])
    if known is None:
        types = ", ".join(load_codebook().types)
        raise RecordError(f"Unknown event type {new['type']!r}: the types are {types}. Choose one.")
    if "type" in given and "mode" not in given:
        new["mode"] = [mode for mode in new["mode"] if mode in known.modes]
    if strange := [mode for mode in new["mode"] if mode not in known.modes]:
        modes = ", ".join(known.modes) or "none"
        raise RecordError(f"Mode {strange[0]!r} in an event {new['type']}: its modes are {modes}. Choose among them.")


def _fit_place(new: Form, old: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Another place has neither the country nor the coordinates of the old one, unless they are given."""
    if not any(name.startswith("place") for name in given):
        return
    country = given.get("place_country", None if "place" in given else old["place_country"])
    name = given.get("place", old["place"])
    if name is not None:
        suffix = f", {old['place_country']}"
        name = name.removesuffix(suffix) if "place" not in given and old["place_country"] else name
        ending = f", {country}" if country is not None else ""
        name = name if name.endswith(ending) else f"{name}{ending}"
    parts = ("place_geonameid", "place_admin1", "place_latitude", "place_longitude")
    new.update({"place": name, "place_country": country, **{part: given.get(part) for part in parts}})


def _fit_quote(kind: Kind, new: Form, document: Document) -> None:
    span = new[_EVIDENCE.get(kind.name, "evidence")]
    try:
        start, end = span
        new["quote"] = document.text[start:end]
    except (TypeError, ValueError) as error:
        raise RecordError(
            f"Span {span!r} of the evidence: [start, end] in characters is needed. Correct it."
        ) from error


def _empty(schema: Mapping[str, Any]) -> object:
    if schema.get("type") == "array":
        return []
    return False if schema.get("type") == "boolean" else "" if schema.get("type") == "string" else None
