"""Tables of users' labelled sentences.

What enters: a CSV or TSV file with a column `sentence`, in which `<s>…</s>` and `<t>…</t>` mark who acts and who is
acted upon, and one or more of the columns `type`, `mode` and `contexts` (several joined by `;`). What leaves: rows.
An empty cell is no label under `type` and `mode`, and says "none of them" under `contexts`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.codebook.codebook import Codebook, load_codebook, require
from detente.encoder.encoder import NONE
from detente.encoder.marked import MarkedSentence
from detente.encoder.own_heads import HEAD_KINDS, HeadKind
from detente.errors import DataError
from detente.evaluate.marked_pairs import unmarked


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A marked sentence and its labels: of types and modes one, of contexts any number; None where unlabelled."""

    sentence: MarkedSentence
    labels: Mapping[HeadKind, tuple[str, ...] | None]


def read_labelled(path: Path) -> list[LabelledRow]:
    """Read a table of labelled sentences.

    Raises:
        DataError: a column is missing, marks are faulty or a label is not in the codebook; the message names the line.
    """
    book = load_codebook()
    return [_row(cells, book, f"{path.name}, line {number}") for number, cells in _cells(path)]


def _cells(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"Unreadable table {path} ({error}): a CSV file in UTF-8 is allowed. Save it as such."
        ) from error
    delimiter = "\t" if path.suffix == ".tsv" else ","
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    columns = reader.fieldnames or ()
    if "sentence" not in columns or not {*HEAD_KINDS} & {*columns}:
        raise DataError(
            f"Columns {', '.join(columns) or 'none'} in {path.name}: 'sentence' and one or more of "
            f"{', '.join(HEAD_KINDS)} are needed. Name them in the first line."
        )
    for cells in reader:
        yield reader.line_num, {name: (cells.get(name) or "").strip() for name in columns}


def _row(cells: Mapping[str, str], book: Codebook, where: str) -> LabelledRow:
    text, spans = unmarked(cells["sentence"], where)
    source, target = ((marked[0].start, marked[0].end) if marked else None for marked in spans.values())
    labels: dict[HeadKind, tuple[str, ...] | None] = {}
    for kind in HEAD_KINDS:
        cell = cells.get(kind, "")
        found = tuple(part.strip() for part in cell.split(";") if part.strip())
        for label in found:
            require(label, _allowed(kind, book), kind, where)
        if kind != "contexts" and len(found) > 1:
            raise DataError(f"{len(found)} labels {cell!r} under {kind} in {where}: one is allowed. Keep one.")
        labels[kind] = found if found or (kind == "contexts" and kind in cells) else None
    return LabelledRow(MarkedSentence(text, source, target), labels)


def _allowed(kind: HeadKind, book: Codebook) -> tuple[str, ...]:
    if kind == "type":
        return (NONE, *book.types)
    if kind == "mode":
        return (NONE, *(f"{name}/{mode}" for name, row in book.types.items() for mode in row.modes))
    return book.contexts
