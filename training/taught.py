"""What teachers say of our sentences, stored: chances of the PLV benchmark's roots by sentence (see teach.py)."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from detente.encoder.marked import MarkedSentence
from detente.errors import DataError
from training.examples import Example
from training.labels import Labels

TAUGHT = Path(__file__).parent / "roots.tsv"
"""What the teachers say of our sentences: a key, then the chance of each root in thousandths."""


def key_of(sentence: MarkedSentence) -> str:
    """What a marked sentence is known by in `roots.tsv`."""
    packed = json.dumps([sentence.text, sentence.source, sentence.target], ensure_ascii=False)
    return hashlib.sha256(packed.encode()).hexdigest()[:16]


def read_taught(names: Labels, path: Path = TAUGHT) -> dict[str, tuple[float, ...]]:
    """Chances of each root by key.

    Raises:
        DataError: The columns are not those of the codebook's roots.
    """
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter="\t")
    if tuple(header[1:]) != names.roots:
        raise DataError(f"{path}: the columns are not the roots of the codebook; run training.teach again.")
    return {key: tuple(int(one) / 1000 for one in chances) for key, *chances in rows}


def write_taught(names: Labels, chances: Mapping[str, Sequence[float]], path: Path = TAUGHT) -> None:
    """Store chances by key, in the order of the keys."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("key", *names.roots))
        writer.writerows((key, *(round(1000 * one) for one in chances[key])) for key in sorted(chances))


def with_taught(examples: Sequence[Example], chances: Mapping[str, tuple[float, ...]]) -> list[Example]:
    """Examples with the teachers' chances in place of the roots of their types; those that no teacher saw have none."""
    return [replace(one, target=replace(one.target, roots=chances.get(key_of(one.sentence)))) for one in examples]
