"""Training data: sentences that we wrote, and tables of sentences with marked pairs in other projects' columns."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.encoder.encoder import NONE
from detente.encoder.marked import MarkedSentence
from detente.errors import DataError
from detente.evaluate.given_pairs import marked_sentence
from detente.evaluate.marked_pairs import MarkedRow, unmarked
from training.labels import Labels, Target

OWN = Path(__file__).parent / "sentences"
"""The sentences written for this project, one table a type."""

_NUMBERED = re.compile(r"\[(\d+):([^\[\]]+)\]")
_ACT = re.compile(r"(\d+)([>=])(\d+) (\S+) (\S+) (\S+)")


@dataclass(frozen=True, slots=True)
class Example:
    """A marked sentence and what its row says; `group` is shared by rows of one sentence, for folds."""

    sentence: MarkedSentence
    target: Target
    group: str


def own_sentences(labels: Labels, folder: Path = OWN) -> list[Example]:
    """The sentences of this project; each asymmetric act also with its marks exchanged, as NONE.

    Raises:
        DataError: A row has an unknown label or faulty marks; the message names file and line.
    """
    examples = []
    for path in sorted(folder.glob("*.tsv")):
        for number, row in _rows(path):
            where = f"{path.name}, line {number}"
            text, spans = unmarked(row["sentence"], where)
            source, target = ((marked[0].start, marked[0].end) if marked else None for marked in spans.values())
            example = Example(MarkedSentence(text, source, target), _target(row, labels, where), text)
            examples.append(example)
            if row["type"] != NONE and row["both"] == "0":
                examples.append(_exchanged(example))
    return examples


def own_pairs(labels: Labels, folder: Path = OWN) -> list[Example]:
    """Sentences with all their actors numbered: one example for each ordered pair, NONE where no act is listed.

    Raises:
        DataError: An act names a missing number or an unknown label; the message names file and line.
    """
    examples = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            examples += _pairs(json.loads(line), labels, f"{path.name}, line {number}")
    return examples


def _pairs(row: dict[str, Any], labels: Labels, where: str) -> list[Example]:
    text, spans = _numbered(row["text"], where)
    acts: dict[tuple[str, str], Target] = {}
    for act in row["acts"]:
        found = _ACT.fullmatch(act)
        if found is None or found[1] not in spans or found[3] not in spans:
            raise DataError(f"{where}: {act!r} is no act between numbered actors; write `1>2 TYPE mode status`.")
        fields = {"type": found[4], "mode": "" if found[5] == "-" else found[5], "status": found[6]}
        target = _target(fields, labels, where)
        acts.setdefault((found[1], found[3]), target)
        if found[2] == "=":
            acts.setdefault((found[3], found[1]), target)
    pairs = [(a, b) for a in spans for b in spans if a != b]
    return [Example(MarkedSentence(text, spans[a], spans[b]), acts.get((a, b), Target(0)), text) for a, b in pairs]


def _numbered(marked: str, where: str) -> tuple[str, dict[str, tuple[int, int]]]:
    text, last = "", 0
    spans: dict[str, tuple[int, int]] = {}
    for mark in _NUMBERED.finditer(marked):
        text += marked[last : mark.start()]
        if mark[1] in spans:
            raise DataError(f"{where}: number {mark[1]} stands twice; give each actor its own.")
        spans[mark[1]] = (len(text), len(text) + len(mark[2]))
        text += mark[2]
        last = mark.end()
    return text + marked[last:], spans


def plv(labels: Labels, rows: Sequence[MarkedRow]) -> list[Example]:
    """Rows of the PLV benchmark, which name a root."""
    chances = {name: tuple(float(one == name) for one in labels.roots) for name in labels.roots}
    return [Example(marked_sentence(row), Target(roots=chances[str(row.root)]), row.text) for row in rows]


def _target(row: dict[str, str], labels: Labels, where: str) -> Target:
    kind = _index(row["type"], labels.types, where)
    if row["type"] == NONE:
        return Target(kind)
    name = f"{row['type']}/{row['mode']}" if row["mode"] else NONE
    has_modes = any(mode.startswith(f"{row['type']}/") for mode in labels.modes)
    mode = _index(name, labels.modes, where) if has_modes else None
    root = tuple(float(one == labels.root_of[kind]) for one in range(len(labels.roots)))
    return Target(kind, mode, _index(row["status"], labels.statuses, where), root)


def _exchanged(example: Example) -> Example:
    one = example.sentence
    return Example(MarkedSentence(one.text, one.target, one.source), Target(0), example.group)


def _index(name: str, names: tuple[str, ...], where: str) -> int:
    try:
        return names.index(name)
    except ValueError:
        raise DataError(f"{where}: {name!r} is not a label of the codebook; one of: {', '.join(names)}.") from None


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in reader:
            yield reader.line_num, row
