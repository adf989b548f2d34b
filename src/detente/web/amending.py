"""The form in which a reviewer corrects a record, and back: only what was changed there is a correction.

What enters: a record and the fields that were sent. What leaves: values by the names of `detente schema`. The words
that prove a record are given as words; where they stand more than once, those nearest to where the record pointed, or
to where they were selected, are meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from detente.codebook.codebook import load_codebook
from detente.queries import Found
from detente.records import STATUSES, MembershipStatus, Trend
from detente.store.kinds import KINDS
from detente.web.asking import id_of
from detente.web.errors import WebError

Control = Literal["text", "ids", "select", "modes", "check", "number", "words", "date"]

_EVIDENCE = {"statement": "content"}
_NAMING = {"event": "trigger", "stance": "trigger", "statement": "cue"}
_SHOWN: Mapping[str, tuple[tuple[str, str, Control], ...]] = {
    "event": (
        ("type", "Type", "select"),
        ("mode", "Mode", "modes"),
        ("actor", "Actors", "ids"),
        ("recipient", "Recipients", "ids"),
        ("status", "Status", "select"),
        ("date", "Date", "date"),
    ),
    "stance": (
        ("holder", "Holder", "text"),
        ("object", "Object", "text"),
        ("mutual", "Describes the pair", "check"),
        ("valence", "Valence, −1 to +1", "number"),
        ("trend", "Trend", "select"),
        ("date", "Date", "date"),
    ),
    "statement": (
        ("speaker", "Speaker", "text"),
        ("direct", "Direct speech", "check"),
        ("denied", "The words that introduce it deny it", "check"),
    ),
    "membership": (
        ("member", "Member", "text"),
        ("org", "Organisation", "text"),
        ("status", "As what", "select"),
        ("from", "Since", "date"),
        ("to", "Until", "date"),
    ),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: its name and label, how it is shown, what stands in it and what can be chosen."""

    name: str
    label: str
    control: Control
    value: Any
    choices: tuple[str, ...] = ()


def fields_for(found: Found[Any]) -> list[Field]:
    """The fields of a record's form, with its values."""
    shown = form_of(found)
    common: tuple[tuple[str, str, Control], ...] = (
        ("attribution", "According to", "ids"),
        (evidence_of(found.kind), "Words that prove it", "words"),
    )
    naming = _NAMING.get(found.kind)
    named: tuple[tuple[str, str, Control], ...] = ((naming, "Words that name it", "words"),) if naming else ()
    text = found.document.text
    out = []
    for name, label, control in (*_SHOWN[found.kind], *common, *named):
        value = shown[name]
        value = text[value[0] : value[1]] if control == "words" else value
        out.append(Field(name, label, control, value, _choices(found.kind, name)))
    return out


def changed_values(found: Found[Any], sent: Mapping[str, Any], several: Callable[[str], list[str]]) -> dict[str, Any]:
    """What the form gives other values than the record that it showed.

    Args:
        sent: the last value of each field; check boxes that are off are missing.
        several: all values of a field.

    Raises:
        WebError: words do not stand in the document, or a number is none.
    """
    shown = form_of(found)
    out: dict[str, Any] = {}
    for field in fields_for(found):
        if field.name not in sent and field.control not in ("check", "modes"):
            continue
        value = _read(field, found, sent, several, shown)
        if value != shown[field.name]:
            out[field.name] = value
    return out


def form_of(found: Found[Any]) -> dict[str, Any]:
    """The record in the form of `detente schema`."""
    return dict(KINDS[found.kind].form.write(found.record))


def evidence_of(kind: str) -> str:
    """Name of the field with the span of a kind's evidence."""
    return _EVIDENCE.get(kind, "evidence")


def span_of(text: str, words: str, near: int) -> list[int]:
    """Where words stand in a text, nearest to a character; blanks and line ends count as one blank.

    Raises:
        WebError: they do not.
    """
    parts = words.split()
    if not parts:
        raise WebError("No words of evidence: a record is proved by words of its document. Select some.")
    found: list[tuple[int, int]] = []
    at = text.find(parts[0])
    while at >= 0:
        after = _end_of(text, parts, at)
        if after is not None:
            found.append((at, after))
        at = text.find(parts[0], at + 1)
    if not found:
        shown = words if len(words) <= 80 else words[:79] + "…"
        raise WebError(f"Words {shown!r} do not stand in the document: evidence is quoted as it is. Select it anew.")
    start, end = min(found, key=lambda span: (abs(span[0] - near), span))
    return [start, end]


def _end_of(text: str, parts: list[str], at: int) -> int | None:
    for number, part in enumerate(parts):
        while number and at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(part, at):
            return None
        at += len(part)
    return at


def _read(
    field: Field, found: Found[Any], sent: Mapping[str, Any], several: Callable[[str], list[str]], shown: dict[str, Any]
) -> Any:
    if field.control == "check":
        return field.name in sent
    if field.control == "modes":
        kind = str(sent.get("type", shown["type"]))
        return [one.partition("/")[2] for one in several(field.name) if one.partition("/")[0] == kind]
    given = str(sent[field.name]).strip()
    if field.control == "ids":
        return [id_of(one.strip()) for one in given.split(",") if one.strip()]
    if field.control == "words":
        return _words(field, found, given, sent, shown)
    if field.control == "number":
        return _number(field.label, given)
    if field.control == "text":
        return id_of(given)
    return given or None


def _words(field: Field, found: Found[Any], given: str, sent: Mapping[str, Any], shown: dict[str, Any]) -> list[int]:
    old: list[int] = shown[field.name]
    if given.split() == str(field.value).split():
        return old
    near = str(sent.get(f"{field.name}_near", ""))
    return span_of(found.document.text, given, int(near) if near.isdecimal() else old[0])


def _number(label: str, given: str) -> float:
    try:
        return float(given.replace("−", "-"))
    except ValueError as error:
        raise WebError(f"{given!r} for {label!r}: a number is needed. Write for example -0.5.") from error


def _choices(kind: str, name: str) -> tuple[str, ...]:
    if name == "type":
        return tuple(load_codebook().types)
    if name == "mode":
        return tuple(f"{one.name}/{mode}" for one in load_codebook().types.values() for mode in one.modes)
    if name == "status":
        return STATUSES if kind == "event" else get_args(MembershipStatus)
    return ("", *get_args(Trend)) if name == "trend" else ()
