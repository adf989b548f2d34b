"""Make the encoder that ships: fit on the sentences in training/sentences, export, write manifest and model card.

Run: python -m training.build --out src/detente/encoder/fast
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path

import torch

from detente.encoder.marked import Marker
from detente.evaluate.marked_pairs import read_plv
from training.bases import BASES, base_folder
from training.calibrate import temperatures
from training.examples import OWN, Example, own_pairs, own_sentences, plv
from training.export import export
from training.fit import Probabilities, Settings, ask, fit, fresh, second, settings_of
from training.labels import Labels, labels
from training.taught import TAUGHT, read_taught, with_taught

KEEP_EXCHANGED = 0.6
"""Share kept of the rows that say NONE because their marks were exchanged."""
KEEP_IDLE = 0.4
"""Share kept of the pairs of a numbered sentence between which nothing happens."""
IDLE_BESIDE_TAUGHT = 0.3
"""Rows of NONE beside one that teachers named, in the second run."""
HELD_OUT = 20
"""One sentence in so many is kept from the fit."""


def training_rows(names: Labels, seed: int) -> list[Example]:
    """Our sentences, with as many rows of NONE as leave the acts in view."""
    draw = random.Random(seed)
    rows = _thinned(own_sentences(names), KEEP_EXCHANGED, draw)
    return rows + _thinned(own_pairs(names), KEEP_IDLE, draw)


def taught_rows(names: Labels, chances: Mapping[str, tuple[float, ...]]) -> list[Example]:
    """Rows of the second run: the acts that teachers named, and some rows of NONE so that it is not forgotten."""
    rows = with_taught(training_rows(names, 1), chances)
    told = [one for one in rows if one.target.roots is not None]
    idle = [one for one in rows if one.target.type == 0]
    count = min(len(idle), round(IDLE_BESIDE_TAUGHT * len(told)))
    return told + random.Random(1).sample(idle, count)


def held_out(rows: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Rows to fit to, and rows of one sentence in `HELD_OUT` to calibrate on: the same sentences in every run."""
    held = {one.group for one in rows if int(hashlib.sha256(one.group.encode()).hexdigest(), 16) % HELD_OUT == 0}
    return [one for one in rows if one.group not in held], [one for one in rows if one.group in held]


def right_shares(judged: Probabilities, rows: Sequence[Example]) -> dict[str, float]:
    """For each head of our own labels the share of rows that have a label and are given it."""
    out = {}
    for head, name in (("types", "type"), ("modes", "mode"), ("statuses", "status")):
        chosen = getattr(judged, head).argmax(axis=1)
        told = [
            (int(one), wanted)
            for one, row in zip(chosen, rows, strict=True)
            if (wanted := getattr(row.target, name)) is not None
        ]
        out[head] = round(sum(one == wanted for one, wanted in told) / len(told), 3)
    return out


def _thinned(examples: Sequence[Example], share: float, draw: random.Random) -> list[Example]:
    return [one for one in examples if one.target.type != 0 or draw.random() < share]


def manifest(
    rows: Sequence[Example], names: Labels, base: str, settings: Settings, more: Sequence[Path]
) -> dict[str, object]:
    """What the weights were made from, by hash, and with what."""
    files = [*sorted(OWN.glob("*.tsv")), *sorted(OWN.glob("*.jsonl"))]
    counts = Counter(names.types[one.target.type] for one in rows if one.target.type is not None)
    return {
        "base": asdict(BASES[base]),
        "settings": asdict(settings),
        "rows": {name: counts[name] for name in names.types},
        "sentences": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
        "roots": hashlib.sha256(TAUGHT.read_bytes()).hexdigest() if TAUGHT.exists() else None,
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
    parser.add_argument("--start", type=Path, help="weights of a first run; now learn the roots that teachers tell")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    names = labels()
    settings = settings_of(args.base)
    settings = settings if args.start is None else second(settings)
    settings = replace(settings, epochs=args.epochs) if args.epochs else settings
    rows = training_rows(names, settings.seed) if args.start is None else taught_rows(names, read_taught(names))
    rows, held = held_out(rows)
    rows += plv(names, read_plv(args.plv)) if args.plv else []
    content = manifest(rows, names, args.base, settings, [args.plv] if args.plv else [])
    folder = base_folder(args.base, args.cache)
    marker = Marker.from_file(folder / "tokenizer.json")
    network = fresh(folder, names, settings.seed)
    if args.start:
        network.start_from(args.start)
    fit(network, marker, names, rows, settings)
    if args.weights:
        torch.save(network.state_dict(), args.weights)
    judged = ask(network, marker, [one.sentence for one in held])
    export(network, folder, names, args.out, temperatures(judged, held, names))
    if args.start:
        content["start"] = hashlib.sha256(args.start.read_bytes()).hexdigest()
    content["held_out"] = {"rows": len(held), **right_shares(judged, held)}
    (args.out / "manifest.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
