"""How well a network learns a table of marked sentences: cross-validated figures with intervals.

Run: python -m training.crossvalidate PLV.tsv --base minilm --start WEIGHTS.pt --json OUT.json
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from detente.cli.score_tables import given_json, given_report
from detente.encoder.encoder import Encoder
from detente.encoder.marked import Marker
from detente.evaluate.given_pairs import score_given
from detente.evaluate.marked_pairs import read_plv
from training.bases import base_folder
from training.examples import Example, plv
from training.export import export
from training.fit import MINILM, MPNET, Settings, fit, fresh
from training.labels import labels

FOLDS = 5


def folds(examples: Sequence[Example], seed: int = 7) -> list[int]:
    """The fold of each example; examples of one sentence share theirs."""
    groups = sorted({example.group for example in examples})
    random.Random(seed).shuffle(groups)
    number = {group: place % FOLDS for place, group in enumerate(groups)}
    return [number[example.group] for example in examples]


def crossvalidate(
    examples: Sequence[Example], base: str, start: Path | None, settings: Settings, cache: Path
) -> NDArray[np.float64]:
    """Probabilities of types (examples × types), each from the int8 network that saw no row of its fold."""
    names = labels()
    folder = base_folder(base, cache)
    marker = Marker.from_file(folder / "tokenizer.json")
    number = folds(examples)
    out = np.zeros((len(examples), len(names.types)))
    for fold in range(FOLDS):
        network = fresh(folder, names, settings.seed)
        if start is not None:
            network.load_state_dict(torch.load(start))
        fit(network, marker, names, [one for one, k in zip(examples, number, strict=True) if k != fold], settings)
        rows = [row for row, k in enumerate(number) if k == fold]
        with tempfile.TemporaryDirectory() as scratch:
            encoder = Encoder(export(network, folder, names, Path(scratch)))
            out[rows] = encoder.probabilities([examples[row].sentence for row in rows])[0]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path, help="a table in PLV's columns")
    parser.add_argument("--base", choices=("minilm", "mpnet"), default="minilm")
    parser.add_argument("--start", type=Path, help="weights to start from, fitted on our own sentences")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--cache", type=Path, default=Path("build/bases"))
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args()
    names = labels()
    settings = MINILM if args.base == "minilm" else MPNET
    if args.epochs is not None:
        settings = replace(settings, epochs=args.epochs)
    rows = read_plv(args.table)
    chances = crossvalidate(plv(names, rows), args.base, args.start, settings, args.cache)
    scores = score_given(rows, names.types, list(chances))
    print("\n".join(given_report(scores)))
    if args.json:
        args.json.write_text(json.dumps(given_json(scores), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
