"""Codes of others in our terms: what an event is, and which sector an actor belongs to.

What enters: `crosswalks.yaml` and the codebook. What leaves: one `Act` a code, and sectors by their foreign names.
Event codes and types are looked up in full before rows are read, so that rows need only a join.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from detente.codebook.codebook import QUAD_CLASSES, load_codebook, parse_data
from detente.codebook.crosswalk import CameoCode, load_crosswalk, quad_of, score_of


@dataclass(frozen=True, slots=True)
class Act:
    """What a foreign code says: type, modes and contexts of ours, none for mere words; all that follows from them.

    `quad_class` is 1 to 4 in the order of the codebook. `is_mirrored` where source and target change places.
    """

    key: str
    event_type: str | None = None
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    is_mirrored: bool = False

    @property
    def quad_class(self) -> int | None:
        return None if self.event_type is None else QUAD_CLASSES.index(quad_of(self.event_type)) + 1

    @property
    def score(self) -> float | None:
        return None if self.event_type is None else score_of(self.event_type, self.modes)


@cache
def load_tables() -> Mapping[str, Any]:
    """Read `crosswalks.yaml`; the result is kept."""
    found: Mapping[str, Any] = parse_data(
        (files("detente.imports") / "crosswalks.yaml").read_text("utf-8"), "imports/crosswalks.yaml"
    )
    return found


def acts_of(scheme: str) -> Iterator[Act]:
    """Every code of a scheme: `cameo`, `relations` (CAMEO's names), `plover` (`TYPE` and `TYPE|mode`), or a table."""
    match scheme:
        case "cameo":
            yield from (_cameo_act(code, load_crosswalk().meaning_of(code)) for code in _cameo_codes())
        case "relations":
            for name, code in {**load_tables()["relations"], **load_crosswalk().names}.items():
                yield _cameo_act(name, load_crosswalk().meaning_of(code), code=code)
        case "plover":
            yield from _plover_acts()
        case _:
            for key, row in load_tables()["acts"][scheme].items():
                yield _own_act(key, row.get("type"), tuple(row.get("modes", ())), tuple(row.get("contexts", ())))


def sectors_of(scheme: str) -> Mapping[str, str]:
    """PLOVER sectors by what another data set calls them."""
    found: Mapping[str, str] = load_tables()["sectors"][scheme]
    return found


def _cameo_codes() -> Iterator[str]:
    """Every code of two to four digits, known or not: what is unknown reads as the code above it."""
    for root in range(1, 21):
        yield f"{root:02}"
        for middle in range(10):
            yield f"{root:02}{middle}"
            yield from (f"{root:02}{middle}{last}" for last in range(10))


def _cameo_act(key: str, meaning: CameoCode, *, code: str | None = None) -> Act:
    return Act(
        key,
        event_type=meaning.types[0] if meaning.types else None,
        modes=meaning.modes,
        contexts=meaning.contexts,
        cameo=code or key,
        is_mirrored=meaning.is_mirrored,
    )


def _plover_acts() -> Iterator[Act]:
    for name, known in load_codebook().types.items():
        yield _own_act(name, name, (), ())
        yield from (_own_act(f"{name}|{mode}", name, (mode,), ()) for mode in known.modes)


def _own_act(key: str, event_type: str | None, modes: tuple[str, ...], contexts: tuple[str, ...]) -> Act:
    code = None if event_type is None else load_crosswalk().code_of(event_type, modes, contexts)
    return Act(key, event_type, modes, contexts, code)
