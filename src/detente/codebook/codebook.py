"""The codebook: event types with their modes, quad classes and scores, contexts, and actor sectors.

What enters: `plover.yaml` and `sectors.yaml`. What leaves: one frozen `Codebook`. The files are read once, on
first use, and checked completely, so that no later stage meets a type or mode that does not exist.

Source: PLOVER manual, draft 0.8, 2021, Open Event Data Alliance.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Literal, get_args

import yaml

from detente.codebook import own
from detente.errors import DataError

QuadClass = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
QUAD_CLASSES: tuple[QuadClass, ...] = get_args(QuadClass)


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event of a type is done. `score` is None where the manual gives none."""

    name: str
    score: float | None
    meaning: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen PLOVER types. `score` runs from -10 (conflict) to +10 (cooperation)."""

    name: str
    quad: QuadClass
    score: float
    meaning: str
    modes: Mapping[str, Mode]


@dataclass(frozen=True, slots=True)
class Sector:
    """What an actor is, for codes such as `PAK:GOV`; `kind` is primary, secondary or transnational."""

    code: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """The definitions that every event is coded in."""

    name: str
    version: str
    source: str
    types: Mapping[str, EventType]
    contexts: tuple[str, ...]
    sectors: Mapping[str, Sector]

    def score(self, event_type: str, modes: Collection[str] = ()) -> float:
        """The conflict–cooperation score of an event: the mean over its modes that have one, else its type's.

        Raises:
            DataError: the type or a mode of it does not exist.
        """
        known = self.event_type(event_type)
        chosen = [known.modes[require(mode, known.modes, f"mode of {event_type}", "codebook")] for mode in modes]
        scores = [mode.score for mode in chosen if mode.score is not None]
        return sum(scores) / len(scores) if scores else known.score

    def event_type(self, name: str) -> EventType:
        """Look up a type.

        Raises:
            DataError: there is none of this name; the message names the nearest.
        """
        return self.types[require(name, self.types, "event type", "codebook")]


def require(value: str, allowed: Collection[str], what: str, where: str) -> str:
    """Return `value` if it is allowed.

    Raises:
        DataError: it is not; the message lists what is allowed and names the nearest.
    """
    if value in allowed:
        return value
    nearest = difflib.get_close_matches(str(value), sorted(allowed), n=1, cutoff=0.0)
    listed = ", ".join(sorted(allowed)) or "none"
    hint = f"Write {nearest[0]!r} if you meant the nearest." if nearest else "Leave it out."
    raise DataError(f"Unknown {what} {value!r} in {where}: {listed} are allowed. {hint}")


def read_data(name: str) -> Any:
    """Read one YAML file of this package, with the user's own additions to it.

    Raises:
        DataError: the file is not well-formed YAML.
    """
    content = parse_data((files("detente.codebook") / name).read_text("utf-8"), f"codebook/{name}")
    return own.merged(name, content)


def use_codebook(path: Path) -> None:
    """Add a user's own types, modes, contexts and words for the rest of the process.

    Raises:
        DataError: the file cannot be read or does not validate, or a codebook is in use already.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"Unreadable codebook {path} ({error}): a YAML file in UTF-8 is allowed. Mend the path."
        ) from error
    own.take(path.resolve(), parse_data(text, str(path)), is_loaded=load_codebook.cache_info().currsize > 0)
    try:
        load_codebook()
    except DataError:
        own.release()
        raise


def parse_data(text: str, where: str) -> Any:
    """Read YAML in which `on`, `off`, `yes` and `no` are words, not truth values.

    Raises:
        DataError: the text is not well-formed YAML.
    """
    try:
        return yaml.load(text, Loader=_loader())  # noqa: S506
    except yaml.YAMLError as error:
        raise DataError(f"Malformed YAML in {where}: {error}. Mend the file at that line.") from error


@cache
def _loader() -> Any:
    """The safe loader, in C where it exists, without the words among the truth values."""

    class WordLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {
            first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
            for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return WordLoader


@cache
def load_codebook() -> Codebook:
    """Read and check the codebook; the result is kept.

    Raises:
        DataError: a file does not validate.
    """
    return build_codebook(read_data("plover.yaml"), read_data("sectors.yaml"))


def build_codebook(plover: Mapping[str, Any], sectors: Mapping[str, Any]) -> Codebook:
    """Make a codebook from the content of its two files."""
    types = {name: _event_type(name, row) for name, row in _field(plover, "types", "plover.yaml").items()}
    listed = {
        code: Sector(code, kind, str(meaning))
        for kind in ("primary", "secondary", "transnational")
        for code, meaning in _field(sectors, kind, "sectors.yaml").items()
    }
    return Codebook(
        name=str(_field(plover, "name", "plover.yaml")),
        version=str(_field(plover, "version", "plover.yaml")),
        source=str(_field(plover, "source", "plover.yaml")),
        types=MappingProxyType(types),
        contexts=tuple(_field(plover, "contexts", "plover.yaml")),
        sectors=MappingProxyType(listed),
    )


def _event_type(name: str, row: Mapping[str, Any]) -> EventType:
    where = f"plover.yaml, type {name}"
    quad: QuadClass = row.get("quad", "")
    require(quad, QUAD_CLASSES, "quad class", where)
    score = _score(_field(row, "score", where), where)
    if score is None:
        raise DataError(f"No score in {where}: a type has a number from -10 to 10. Add one.")
    modes = {
        mode: Mode(mode, _score(_field(cells, "score", where), f"{where}, mode {mode}"), str(cells.get("meaning", "")))
        for mode, cells in (row.get("modes") or {}).items()
    }
    return EventType(name, quad, score, str(row.get("meaning", "")), MappingProxyType(modes))


def _score(value: object, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -10 <= value <= 10:
        raise DataError(f"Score {value!r} in {where}: a number from -10 to 10 is allowed. Mend the entry.")
    return float(value)


def _field(row: Mapping[str, Any], key: str, where: str) -> Any:
    if key not in row:
        raise DataError(f"No {key!r} in {where}: the entry needs it. Add it.")
    return row[key]
