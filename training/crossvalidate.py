"""How well a network learns a table of marked sentences: cross-validated figures with intervals.

Run: python -m training.crossvalidate PLV.tsv --base minilm --start WEIGHTS.pt --json OUT.json
"""

from __future__ import annotations

import argparse
import json
import sys
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
from training.bases import BASES, base_folder
from training.build import taught_rows
from training.examples import Example, plv
from training.export import export
from training.fit import Settings, fit, fresh, second, settings_of
from training.folds import FOLDS, folds
from training.labels import labels
from training.taught import read_taught


def crossvalidate(
    examples: Sequence[Example],
    base: str,
    settings: Settings,
    cache: Path,
    *,
    start: Path | None,
    taught: Path | None,
) -> NDArray[np.float64]:
    """Chances of roots (examples × roots), each from the int8 network that saw no row of its fold.

    With `taught`, a folder of `training.teach`, the networks see our sentences alone, with what a teacher that saw no
    row of the fold either says of them; without, they see the rows of the other folds.
    """
    names = labels()
    folder = base_folder(base, cache)
    marker = Marker.from_file(folder / "tokenizer.json")
    number = folds(examples)
    out = np.zeros((len(examples), len(names.roots)))
    for fold in range(FOLDS):
        network = fresh(folder, names, settings.seed)
        if start is not None:
            network.start_from(start)
        if taught is not None:
            seen = taught_rows(names, read_taught(names, taught / f"teacher{fold}.tsv"))
        else:
            seen = [one for one, k in zip(examples, number, strict=True) if k != fold]
        fit(network, marker, names, seen, settings)
        rows = [row for row, k in enumerate(number) if k == fold]
        with tempfile.TemporaryDirectory() as scratch:
            encoder = Encoder(export(network, folder, names, Path(scratch)))
            out[rows] = encoder.read([examples[row].sentence for row in rows]).roots
        right = np.mean([out[row].argmax() == np.argmax(examples[row].target.roots) for row in rows])
        print(f"fold {fold + 1}: {right:.3f} of {len(rows)} right", file=sys.stderr, flush=True)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path, help="a table in PLV's columns")
    parser.add_argument("--base", choices=tuple(BASES), default="minilm")
    parser.add_argument("--start", type=Path, help="weights to start from, fitted on our own sentences")
    parser.add_argument("--taught", type=Path, help="folder of training.teach: fit on our sentences alone")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=Path("build/bases"))
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args()
    names = labels()
    torch.set_num_threads(args.threads)
    settings = settings_of(args.base) if args.taught is None else second(settings_of(args.base))
    if args.epochs is not None:
        settings = replace(settings, epochs=args.epochs)
    rows = read_plv(args.table)
    chances = crossvalidate(plv(names, rows), args.base, settings, args.cache, start=args.start, taught=args.taught)
    scores = score_given(rows, list(chances))
    print("\n".join(given_report(scores)))
    if args.json:
        args.json.write_text(json.dumps(given_json(scores), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
