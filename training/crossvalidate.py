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
from sklearn.metrics import f1_score

from detente.encoder.encoder import Encoder
from detente.encoder.marked import Marker
from training.bases import base_folder
from training.examples import COARSE, Example, plv
from training.export import export
from training.fit import MINILM, MPNET, Settings, fit, fresh
from training.labels import NONE, Labels, labels

FOLDS = 5


def folds(examples: Sequence[Example], seed: int = 7) -> list[int]:
    """The fold of each example; examples of one sentence share theirs."""
    groups = sorted({example.group for example in examples})
    random.Random(seed).shuffle(groups)
    number = {group: place % FOLDS for place, group in enumerate(groups)}
    return [number[example.group] for example in examples]


def roots(names: Labels) -> tuple[list[str], NDArray[np.float64], NDArray[np.int64]]:
    """PLV's roots, the table that sums our types into them (types × roots), and the quad class of each root."""
    merged = {ours: root for root, parts in COARSE.items() for ours in parts}
    known = [name for name in names.types if name != NONE]
    out = list(dict.fromkeys(merged.get(name, name) for name in known))
    table = np.zeros((len(names.types), len(out)))
    quads = np.zeros(len(out), dtype=np.int64)
    for place, name in enumerate(names.types):
        if name != NONE:
            root = out.index(merged.get(name, name))
            table[place, root] = 1.0
            quads[root] = names.quad_of[place]
    quads[out.index("YIELD")] = names.quads.index("material cooperation")  # so the benchmark counts it
    return out, table, quads


def figures(
    gold: NDArray[np.int64], found: NDArray[np.int64], quads: NDArray[np.int64], draws: int = 1000
) -> dict[str, list[float]]:
    """Macro F1 of roots and of quad classes, and accuracy, each with a 95% bootstrap interval over sentences."""
    generator = np.random.default_rng(7)
    rows = [np.arange(len(gold)), *(generator.integers(0, len(gold), len(gold)) for _ in range(draws))]
    out: dict[str, list[float]] = {}
    for name, measure in (
        ("root_f1", lambda g, f: f1_score(g, f, average="macro")),
        ("accuracy", lambda g, f: float((g == f).mean())),
        ("quad_f1", lambda g, f: f1_score(quads[g], quads[f], average="macro")),
    ):
        values = [measure(gold[one], found[one]) for one in rows]
        out[name] = [round(float(v), 3) for v in (values[0], *np.quantile(values[1:], [0.025, 0.975]))]
    return out


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
    examples = plv(names, args.table)
    kinds, table, quads = roots(names)
    gold = np.array([int(table[one.target.types[0]].argmax()) for one in examples])
    found = (crossvalidate(examples, args.base, args.start, settings, args.cache) @ table).argmax(axis=1)
    out = figures(gold, found, quads)
    each = f1_score(gold, found, average=None, labels=range(len(kinds)))
    out |= {"classes": {kind: round(float(one), 3) for kind, one in zip(kinds, each, strict=True)}}
    print(json.dumps(out, indent=1))
    if args.json:
        args.json.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
