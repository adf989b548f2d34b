"""Sentences in which others marked who acts on whom, read from the files in which they are published.

What enters: a table in PLV's columns (Hu et al., ACL 2024), or the role tags and the classes of ConfliBERT's CAMEO
sentences. What leaves: rows, each a sentence with its marked pairs and the class of their act.

PLV's root YIELD is CONCEDE or RETREAT; its quads count 1 verbal cooperation, 2 material cooperation, 3 verbal
conflict, 4 material conflict, and put YIELD into 2. The CAMEO classes have 0 beside for neutral sentences.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

from detente.codebook.codebook import QUAD_CLASSES, load_codebook, require
from detente.errors import DataError
from detente.evaluate.items import Span

YIELD = "YIELD"
PLV_COLUMNS = ("marked_sentence", "gold_penta", "gold_root")
CLASS_COLUMNS = ("sentence", "penta")

_YIELDING = ("CONCEDE", "RETREAT")
_YIELD_QUAD = 2
_MARK = re.compile(r"<(/?)([st])>")
_TAG = re.compile(r"O|[BI]-[STR]")


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """Who acts on whom. Where several spans stand for one side, any of them will do; a side may be unmarked.

    The sides of a mutual pair stand in either order, and may share one span ("the two presidents").
    """

    sources: tuple[Span, ...]
    targets: tuple[Span, ...]
    is_mutual: bool = False

    @property
    def is_whole(self) -> bool:
        return bool(self.sources and self.targets)


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A sentence, its marked pairs and the class of their act, 0 to 4. `root` is None in rows of CAMEO classes."""

    id: str
    text: str
    pairs: tuple[MarkedPair, ...]
    root: str | None
    quad: int


def root_of(event_type: str) -> str:
    """The PLV root of one of our types."""
    return YIELD if event_type in _YIELDING else event_type


def quad_of(event_type: str) -> int:
    """PLV's number, 1 to 4, for the quad of one of our types or of a root."""
    if root_of(event_type) == YIELD:
        return _YIELD_QUAD
    return QUAD_CLASSES.index(load_codebook().event_type(event_type).quad) + 1


def roots() -> tuple[str, ...]:
    """PLV's fifteen roots, in the order of our types."""
    return tuple(dict.fromkeys(map(root_of, load_codebook().types)))


def read_plv(path: Path) -> list[MarkedRow]:
    """Read a table in PLV's columns.

    Raises:
        DataError: a column is missing, a mark is not closed, or a class is unknown; the message names the line.
    """
    return [_plv_row(row, where) for where, row in _table(path, PLV_COLUMNS, quoted=True)]


def read_roles(path: Path, classes: Path) -> tuple[list[MarkedRow], int]:
    """Read role tags, one JSON object a line, and join them with the classes of the same sentences.

    Returns:
        The rows whose sentence has a class, with the text of the table of classes; and how many have none.

    Raises:
        DataError: a line is not of the form, or two rows give one sentence different classes.
    """
    known: dict[str, tuple[str, int]] = {}
    for where, row in _table(classes, CLASS_COLUMNS, quoted=False):
        found = (row["sentence"], _quad(row["penta"], where, least=0))
        key = _letters(row["sentence"])[0]
        if known.setdefault(key, found)[1] != found[1]:
            raise DataError(f"Two classes for one sentence in {where}: a sentence has one. Correct the table.")
    rows: list[MarkedRow] = []
    unjoined = 0
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            where = f"{path.name} line {number}"
            tokens, tags = _tagged(line, where)
            joined = known.get(_letters("".join(tokens))[0])
            if joined is None:
                unjoined += 1
            else:
                rows.append(MarkedRow(str(number), joined[0], _tagged_pairs(joined[0], tokens, tags), None, joined[1]))
    return rows, unjoined


# --- PLV ---------------------------------------------------------------------------------------------------


def _plv_row(row: Mapping[str, str], where: str) -> MarkedRow:
    text, spans = unmarked(row["marked_sentence"], where)
    root = require(row["gold_root"].strip().upper(), (*roots(), *_YIELDING), "gold_root", where)
    pair = MarkedPair(spans["s"], spans["t"])
    return MarkedRow(
        row.get("sentence_id") or where, text, (pair,), root_of(root), _quad(row["gold_penta"], where, least=1)
    )


def unmarked(marked: str, where: str) -> tuple[str, dict[str, tuple[Span, ...]]]:
    """Take the marks out of a sentence and give the spans that they enclose, outer blanks apart."""
    text, last = "", 0
    opened: dict[str, int] = {}
    spans: dict[str, list[Span]] = {"s": [], "t": []}
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        closes, name = bool(mark[1]), mark[2]
        if closes != (name in opened):
            raise DataError(f"Unpaired <{mark[1]}{name}> in {where}: <{name}>…</{name}> is allowed. Mend the marks.")
        if not closes:
            opened[name] = len(text)
            continue
        words = text[opened[name] :]
        start = opened.pop(name) + len(words) - len(words.lstrip())
        if words.strip():
            spans[name].append(Span(start, start + len(words.strip())))
    if opened or not (spans["s"] or spans["t"]):
        raise DataError(
            f"Open or missing marks in {where}: <s>…</s> for the source and <t>…</t> for the target, one of them at "
            "least. Mend the marked sentence."
        )
    return text + marked[last:], {name: tuple(found) for name, found in spans.items()}


def _quad(value: str, where: str, *, least: int) -> int:
    allowed = [str(number) for number in range(least, len(QUAD_CLASSES) + 1)]
    return int(require(value.strip(), allowed, "quad class", where))


# --- role tags ---------------------------------------------------------------------------------------------


def _tagged(line: str, where: str) -> tuple[Sequence[str], Sequence[str]]:
    try:
        row: Any = json.loads(line)
        tokens, tags = [str(one) for one in row["tokens"]], [str(one) for one in row["tags"]]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"Malformed roles ({type(error).__name__}: {error}) in {where}: an object with tokens and tags. Mend it."
        ) from error
    wrong = next((tag for tag in tags if not _TAG.fullmatch(tag)), None)
    if wrong is not None or len(tags) != len(tokens):
        raise DataError(
            f"{f'Unknown tag {wrong!r}' if wrong else 'Tags that do not fit the tokens'} in {where}: one of O, B-S, "
            "I-S, B-T, I-T, B-R, I-R for each token. Mend the line."
        )
    return tokens, tags


def _tagged_pairs(text: str, tokens: Sequence[str], tags: Sequence[str]) -> tuple[MarkedPair, ...]:
    """Every source with every target, and those that are tagged as related with each other."""
    spans: dict[str, list[Span]] = {"S": [], "T": [], "R": []}
    places = _letters(text)[1]
    at = 0
    former = "O"
    for token, tag in zip(tokens, tags, strict=True):
        first, at = at, at + len(_letters(token)[0])
        role = tag[-1]
        if role in spans and at > first:
            found, span = spans[role], Span(places[first], places[at - 1] + 1)
            if tag[0] == "I" and former[-1] == role and found:
                found[-1] = Span(found[-1].start, span.end)
            else:
                found.append(span)
        former = tag
    related = spans["R"]
    mutual = combinations(related, 2) if len(related) > 1 else ((one, one) for one in related)
    pairs = [MarkedPair((source,), (target,)) for source, target in product(spans["S"], spans["T"])]
    pairs += [MarkedPair((one,), (other,), is_mutual=True) for one, other in mutual]
    if not pairs and (spans["S"] or spans["T"]):
        pairs.append(MarkedPair(tuple(spans["S"]), tuple(spans["T"])))
    return tuple(pairs)


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text without accents and case, and where each stands: what both files agree on."""
    out: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in unicodedata.normalize("NFKD", character).lower():
            if one.isascii() and one.isalnum():
                out.append(one)
                places.append(place)
    return "".join(out), places


# --- files -------------------------------------------------------------------------------------------------


def _table(path: Path, columns: Sequence[str], *, quoted: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows of a table with tabs, each with the words that say where it stands."""
    reader = csv.DictReader(_lines(path), delimiter="\t", quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise DataError(
            f"No column {', '.join(missing)} in {path.name} line 1: the columns {', '.join(columns)} are needed, with "
            "tabs between them. Add a first line that names the columns."
        )
    for row in reader:
        where = f"{path.name} line {reader.line_num}"
        if None in row or any(row[name] is None for name in columns):
            raise DataError(f"A cell too few or too many in {where}: {len(reader.fieldnames or ())} cells. Mend it.")
        yield where, row


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"Unreadable file {str(path)!r} ({error}): UTF-8 text is needed. Check the file.") from error
