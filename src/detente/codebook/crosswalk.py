"""What follows from an event's type, modes and contexts: its quad class, its score, and its code in CAMEO; and back.

What enters: `plover.yaml` by way of the codebook, and `cameo.yaml`. What leaves: numbers and names that records do not
store, because they can always be told anew, and a frozen `Crosswalk` for files of others that are coded in CAMEO.

The crosswalk loses: one type of ours covers several roots of CAMEO (REQUEST is 02 and 10, ASSAULT 18, 19 and 20), and
root 08 covers two of ours. docs/reference/codebook.md lists the losses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from detente.codebook.codebook import Codebook, QuadClass, load_codebook, read_data, require
from detente.errors import DataError

_FILE = "cameo.yaml"
_CLASSES = range(5)
_HAPPENED = ("actual", "historical")


def quad_of(event_type: str) -> QuadClass:
    """The quad class of a type.

    Raises:
        DataError: there is no such type.
    """
    return load_codebook().event_type(event_type).quad


def score_of(event_type: str, modes: Collection[str] = ()) -> float:
    """PLOVER's conflict–cooperation score, from -10 to +10.

    That of the mode; of several modes the mean; of the type where there is no mode or the manual gives it no score.
    The status of an event plays no part: add up events that happened.

    Raises:
        DataError: the type or a mode of it does not exist.
    """
    return load_codebook().score(event_type, modes)


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A code of CAMEO in our terms.

    `types` is empty for mere words, which are no event of ours, and has the likeliest first where the code covers two.
    `is_mirrored` where CAMEO's source is the side acted on. `departs` says where we leave PLOVER's table, and why.
    """

    code: str
    name: str
    types: tuple[str, ...]
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    is_mirrored: bool
    departs: str


@dataclass(frozen=True, slots=True)
class Export:
    """The code of a type or of one of its modes, and the more exact codes of some contexts."""

    code: str
    contexts: Mapping[str, str]
    modes: Mapping[str, Export]

    def chosen(self, contexts: Collection[str]) -> str:
        """The code that the contexts lead to, if they lead to one, else the general code."""
        found = {self.contexts[context] for context in contexts if context in self.contexts}
        return found.pop() if len(found) == 1 else self.code


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """CAMEO's codes by code and by name, the code of each type, and CAMEO's classes (0 to 4) of each type."""

    codes: Mapping[str, CameoCode]
    names: Mapping[str, str]
    exports: Mapping[str, Export]
    classes: Mapping[str, tuple[int, ...]]

    def meaning_of(self, code: str) -> CameoCode:
        """What a code of two to four digits means to us: its own entry, else that of the code above it.

        Raises:
            DataError: not even its first two digits are a root of CAMEO.
        """
        for length in range(len(code), 1, -1):
            if code[:length] in self.codes:
                return self.codes[code[:length]]
        raise DataError(
            f"Unknown CAMEO code {code!r}: two to four digits that begin with a root from '01' to '20' are allowed. "
            "Read codes as text, so that they keep a leading zero."
        )

    def code_named(self, name: str) -> str:
        """The code of a relation by its CAMEO name, as ICEWS has it ("Make a visit").

        Raises:
            DataError: no code has this name.
        """
        plain = _plain(name)
        if plain not in self.names:
            require(name, [entry.name for entry in self.codes.values()], "CAMEO name", "codebook/cameo.yaml")
        return self.names[plain]

    def code_of(
        self, event_type: str, modes: Collection[str] = (), contexts: Collection[str] = (), *, status: str = "actual"
    ) -> str | None:
        """The most exact code that says no more than the event does.

        None for what did not happen (future, hypothetical, proposed, negated): CAMEO has no sign for it, and the code
        would tell it as done. Where modes lead to different codes, the code is that of the type.

        Raises:
            DataError: the type or a mode of it does not exist.
        """
        known = load_codebook().event_type(event_type)
        for mode in modes:
            require(mode, known.modes, f"mode of {event_type}", "the event")
        if status not in _HAPPENED:
            return None
        general = self.exports[event_type]
        found = {general.modes.get(mode, general).chosen(contexts) for mode in modes}
        return found.pop() if len(found) == 1 else general.chosen(contexts)


def _plain(name: str) -> str:
    """A name without capitals, stops and quotation marks, which releases of CAMEO data set in different ways."""
    return " ".join(re.sub(r"[^\w\s/-]", " ", name.casefold()).split())


@cache
def load_crosswalk() -> Crosswalk:
    """Read and check the crosswalk; the result is kept.

    Raises:
        DataError: the file names a type, mode, context or code that does not exist, or lacks a type.
    """
    return build_crosswalk(read_data(_FILE), load_codebook())


def build_crosswalk(table: Mapping[str, Any], codebook: Codebook) -> Crosswalk:
    """Make a crosswalk from the content of its file and the codebook."""
    codes = {code: _code(code, row, codebook) for code, row in table["codes"].items()}
    names: dict[str, str] = {}
    for name, code in [*((entry.name, code) for code, entry in codes.items()), *table["aliases"].items()]:
        require(code, codes, "code", f"{_FILE}, alias {name}")
        if names.setdefault(_plain(name), code) != code:
            raise DataError(f"Name {name!r} of two codes in {_FILE}: a name has one. Rename the entry {code}.")
    exports = {name: _export(row, codes, f"{_FILE}, exports, {name}") for name, row in table["exports"].items()}
    classes = {name: tuple(map(int, found)) for name, found in table["classes"].items()}
    unfit = {name for name, found in classes.items() if not {*found} <= {*_CLASSES}}
    unfit |= {name for name, row in exports.items() if name in codebook.types and not _is_fit(name, row, codebook)}
    wrong = sorted(unfit | ({*classes} ^ {*codebook.types}) | ({*exports} ^ {*codebook.types}))
    if wrong:
        raise DataError(
            f"Unfit classes or exports of {', '.join(wrong)} in {_FILE}: each type has classes from 0 to 4 and a code, "
            "and its modes and contexts are those of the codebook. Mend the entry."
        )
    return Crosswalk(
        MappingProxyType(codes), MappingProxyType(names), MappingProxyType(exports), MappingProxyType(classes)
    )


def _is_fit(name: str, row: Export, codebook: Codebook) -> bool:
    contexts = {*row.contexts, *(context for mode in row.modes.values() for context in mode.contexts)}
    return {*row.modes} <= {*codebook.types[name].modes} and contexts <= {*codebook.contexts}


def _code(code: str, row: Mapping[str, Any], codebook: Codebook) -> CameoCode:
    where = f"{_FILE}, code {code}"
    if not re.fullmatch(r"(0[1-9]|1\d|20)\d{0,2}", code):
        raise DataError(f"Malformed code {code!r} in {_FILE}: two to four digits from root 01 to 20. Mend the entry.")
    types = tuple(row.get("types") or ([row["type"]] if "type" in row else []))
    for name in types:
        require(name, codebook.types, "event type", where)
    modes = (row["mode"],) if "mode" in row else ()
    for mode in modes:
        require(mode, codebook.types[types[0]].modes if types else (), "mode", where)
    contexts = tuple(row.get("context", ()))
    for context in contexts:
        require(context, codebook.contexts, "context", where)
    mirrored = str(row.get("mirrored", "false")).lower() == "true"
    return CameoCode(code, str(row["name"]), types, modes, contexts, mirrored, str(row.get("departs", "")))


def _export(row: Any, codes: Collection[str], where: str) -> Export:
    cells: Mapping[str, Any] = {"code": row} if isinstance(row, str) else row
    contexts = dict(cells.get("contexts", {}))
    for code in (cells["code"], *contexts.values()):
        require(code, codes, "code", where)
    modes = {mode: _export(inner, codes, f"{where}, {mode}") for mode, inner in cells.get("modes", {}).items()}
    return Export(cells["code"], MappingProxyType(contexts), MappingProxyType(modes))
