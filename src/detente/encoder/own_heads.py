"""Heads that users train on the features of the encoder: probabilities of their own types, modes and contexts.

What enters: a folder that `detente train` wrote, and features. What leaves: probabilities. A head is a linear model
over standardised features; it belongs to the weights that it was trained on and is refused with others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from detente.errors import ModelError

HeadKind = Literal["type", "mode", "contexts"]
HEAD_KINDS: tuple[HeadKind, ...] = get_args(HeadKind)

_ARRAYS = ("weights", "bias", "mean", "scale")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OwnHead:
    """One trained head.

    `weights` (labels × width) and `bias` (labels) act on features less `mean`, divided by `scale` (width each). For
    contexts each label is decided by itself, else one label is chosen. `threshold` is the least probability at which
    a label is believed.
    """

    kind: HeadKind
    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    mean: Floats
    scale: Floats
    threshold: float

    def chances(self, features: Floats) -> Floats:
        """Probabilities of the labels (sentences × labels) from features (sentences × width)."""
        logits = ((features - self.mean) / self.scale) @ self.weights.T + self.bias
        if self.kind == "contexts":
            return np.asarray(1 / (1 + np.exp(-logits)))
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def believed(self, features: Floats) -> tuple[tuple[str, float], ...]:
        """The labels believed of one sentence's features (width), with their probabilities."""
        chances = self.chances(features[None])[0]
        places = range(len(self.labels)) if self.kind == "contexts" else [int(chances.argmax())]
        return tuple((self.labels[at], float(chances[at])) for at in places if chances[at] >= self.threshold)


def save_heads(heads: Mapping[HeadKind, OwnHead], encoder_sha256: str, report: object, folder: Path) -> None:
    """Write heads.npz and heads.json, which also holds the report on their accuracy."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {f"{kind}.{part}": getattr(head, part) for kind, head in heads.items() for part in _ARRAYS}
    np.savez_compressed(folder / "heads.npz", allow_pickle=False, **arrays)
    told = {
        "encoder_sha256": encoder_sha256,
        "heads": {kind: {"labels": list(head.labels), "threshold": head.threshold} for kind, head in heads.items()},
        "report": report,
    }
    (folder / "heads.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load_heads(folder: Path, encoder_sha256: str) -> dict[HeadKind, OwnHead]:
    """Read the heads of a folder.

    Raises:
        ModelError: a file is missing or damaged, or the heads were trained on another encoder.
    """
    try:
        told = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
            heads = {
                kind: OwnHead(
                    kind=kind,
                    labels=tuple(told["heads"][kind]["labels"]),
                    threshold=float(told["heads"][kind]["threshold"]),
                    **{part: arrays[f"{kind}.{part}"] for part in _ARRAYS},
                )
                for kind in HEAD_KINDS
                if kind in told["heads"]
            }
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{folder}: no readable heads ({error}); make them with `detente train`.") from error
    if told["encoder_sha256"] != encoder_sha256:
        raise ModelError(f"{folder}: these heads were trained on other weights; train them anew with `detente train`.")
    return heads
