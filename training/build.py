"""Make the encoder that ships: fit on the sentences in training/sentences, export, write manifest and model card.

Run: python -m training.build --out src/detente/encoder/fast
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path

import torch

from detente.encoder.marked import Marker
from detente.evaluate.marked_pairs import read_plv
from training.bases import BASES, base_folder
from training.examples import OWN, Example, own_pairs, own_sentences, plv
from training.export import export
from training.fit import MINILM, MPNET, Settings, fit, fresh
from training.labels import Labels, labels

KEEP_EXCHANGED = 0.6
"""Share kept of the rows that say NONE because their marks were exchanged."""
KEEP_IDLE = 0.4
"""Share kept of the pairs of a numbered sentence between which nothing happens."""


def training_rows(names: Labels, seed: int) -> list[Example]:
    """Our sentences, with as many rows of NONE as leave the acts in view."""
    draw = random.Random(seed)
    rows = _thinned(own_sentences(names), KEEP_EXCHANGED, draw)
    return rows + _thinned(own_pairs(names), KEEP_IDLE, draw)


def _thinned(examples: Sequence[Example], share: float, draw: random.Random) -> list[Example]:
    return [one for one in examples if one.target.types != (0,) or draw.random() < share]


def manifest(
    rows: Sequence[Example], names: Labels, base: str, settings: Settings, more: Sequence[Path]
) -> dict[str, object]:
    """What the weights were made from, by hash, and with what."""
    files = [*sorted(OWN.glob("*.tsv")), *sorted(OWN.glob("*.jsonl"))]
    counts = Counter(names.types[one.target.types[0]] for one in rows)
    return {
        "base": asdict(BASES[base]),
        "settings": asdict(settings),
        "rows": {name: counts[name] for name in names.types},
        "sentences": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
        "further_tables": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in more},
        "made_with": {name: version(name) for name in ("torch", "transformers", "onnx", "onnxruntime")},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", choices=tuple(BASES), default="minilm")
    parser.add_argument("--plv", type=Path, help="a further table in PLV's columns; its licence is unclear")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--threads", type=int, default=1, help="more threads change the weights in the last digits")
    parser.add_argument("--cache", type=Path, default=Path("build/bases"))
    parser.add_argument("--weights", type=Path, help="also keep the unquantised weights here")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    names = labels()
    settings = MINILM if args.base == "minilm" else MPNET
    settings = replace(settings, epochs=args.epochs) if args.epochs else settings
    rows = training_rows(names, settings.seed) + (plv(names, read_plv(args.plv)) if args.plv else [])
    content = manifest(rows, names, args.base, settings, [args.plv] if args.plv else [])
    folder = base_folder(args.base, args.cache)
    network = fit(
        fresh(folder, names, settings.seed), Marker.from_file(folder / "tokenizer.json"), names, rows, settings
    )
    if args.weights:
        torch.save(network.state_dict(), args.weights)
    export(network, folder, names, args.out)
    (args.out / "manifest.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
