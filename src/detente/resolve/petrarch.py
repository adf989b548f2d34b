"""Actor files of PETRARCH and TABARI, the form of the Phoenix dictionaries: read, not judged.

What enters: the lines of a file. An entry is a name, further names on lines with `+`, and codes in brackets behind
the first or after the last of them, each with the days between which it holds: `[USAGOV 930120-010120]`,
`[ELI >20010120]`. Names without a code of their own share that of the next name. What leaves: one record an entry,
with names in ordinary capitals and codes as a state, a PLOVER sector and ISO dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from detente.codebook.codebook import load_codebook
from detente.errors import DataError

_CODE: Final = re.compile(r"\[([^\]]*)\]")
_COMMENT: Final = re.compile(r"\s*[#;].*")
_SMALL: Final = frozenset("a and at by de des el for from in la of on the to".split())
_CENTURY = 30  # two-digit years above it are of the twentieth century, as in PETRARCH


@dataclass(frozen=True, slots=True)
class PetrarchCode:
    """A code: the first three letters as `country`, which may be no state, and the first sector after it."""

    country: str
    sector: str | None
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class PetrarchActor:
    """An entry. Only persons change codes with time, so `is_person` where a code is dated."""

    names: tuple[str, ...]
    codes: tuple[PetrarchCode, ...]
    source: str

    @property
    def is_person(self) -> bool:
        return any(code.start or code.end for code in self.codes)


def read_petrarch(lines: Iterable[str], *, name: str) -> Iterator[PetrarchActor]:
    """Read the entries of an actor file; entries without a code that says anything (`[---]`) are left out.

    Raises:
        DataError: a line is no name, spelling or code, names have no code, or a date is not one; the message names
            the line.
    """
    names: list[str] = []
    codes: list[PetrarchCode] = []
    opened, is_coded = 0, False
    for number, line in enumerate(lines, start=1):
        text, where = _COMMENT.sub("", line).strip(), f"{name} line {number}"
        if not text:
            continue
        plain, found = _ordinary(text.partition("[")[0].partition("(")[0]), _codes_in(text, where)
        if plain and is_coded and not text.startswith("+"):
            if codes:
                yield PetrarchActor(tuple(names), tuple(codes), name)
            names, codes, is_coded = [], [], False
        if plain:
            opened = opened if names else number
            names.append(plain)
        if found and not names:
            raise DataError(f"Code {found[0]!r} without a name in {where}: a name stands before it. Add the name.")
        is_coded = is_coded or bool(found)
        codes.extend(code for code in (_code(one, where) for one in found) if code is not None)
    if names and not is_coded:
        raise DataError(f"Name {names[0]!r} without a code in {name} line {opened}: a code in brackets. Add it.")
    if codes:
        yield PetrarchActor(tuple(names), tuple(codes), name)


def _codes_in(text: str, where: str) -> list[str]:
    if "~" in text:
        raise DataError(f"Agent code in {where}: actors are read, agents are roles of our own. Leave the file out.")
    found: list[str] = _CODE.findall(text)
    if text.count("[") != len(found):
        raise DataError(f"Open bracket in {where}: a code ends with ']'. Close it.")
    return found


def _ordinary(text: str) -> str:
    """A name in ordinary capitals: `ARMY_OF_GOD_` is "Army of God"; short words alone are taken for acronyms."""
    words = text.strip().strip("+").replace("_", " ").split()
    if len(words) == 1 and len(words[0]) < 5:
        return words[0]
    return " ".join(
        word.lower() if i and word.lower() in _SMALL else "-".join(map(_capitalised, word.split("-")))
        for i, word in enumerate(words)
    )


def _capitalised(word: str) -> str:
    return word.capitalize() if word.isupper() and "." not in word[:-1] else word


def _code(text: str, where: str) -> PetrarchCode | None:
    """A code with its dates; None for one that stands for nobody."""
    code, _, dates = text.strip().partition(" ")
    if not code.strip("-"):
        return None
    if not code.isalnum():
        raise DataError(f"Unknown code {text!r} in {where}: letters such as USAGOV, then dates. Mend the code.")
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    sector = next((part for part in parts[1:] if part in load_codebook().sectors), None)
    if sector is None and parts[0] in load_codebook().sectors:
        sector = parts[0]
    start, end = _dates("".join(dates.split()), where)
    return PetrarchCode(parts[0], sector, start, end)


def _dates(text: str, where: str) -> tuple[str, str]:
    if not text:
        return "", ""
    if text[0] in "<>":
        return ("", _day(text[1:], where)) if text[0] == "<" else (_day(text[1:], where), "")
    start, separator, end = text.partition("-")
    if not separator:
        raise DataError(f"Unknown dates {text!r} in {where}: '<', '>' or two dates with '-'. Mend them.")
    return _day(start, where), _day(end, where)


def _day(text: str, where: str) -> str:
    if not text.isdigit() or len(text) not in (6, 8):
        raise DataError(f"Unknown date {text!r} in {where}: YYMMDD or YYYYMMDD. Mend the date.")
    if len(text) == 6:
        text = ("19" if int(text[:2]) > _CENTURY else "20") + text
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
