"""The shipped encoder: probabilities of event type, mode, status and root for marked sentences, on one CPU thread.

What enters: marked sentences. What leaves: one `Judgement` each, or arrays of probabilities and of features. The
weights are int8 ONNX, made by the
programs in training/ (see the model card beside the weights).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.encoder.marked import MarkedSentence, Marker
from detente.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NONE = "NONE"
"""The class of pairs between which nothing happens."""

_FILES = ("model.onnx", "tokenizer.json", "labels.json")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Probabilities for one marked sentence; those of `types` (with NONE) sum to one, as do `statuses`.

    `modes` are those of all types, keyed `TYPE/mode`, with NONE for an act without one, and sum to one as well.
    """

    types: dict[str, float]
    modes: dict[str, float]
    statuses: dict[str, float]


@dataclass(frozen=True, slots=True)
class Readings:
    """What the encoder reads in sentences: float arrays (sentences × classes), in the order of the label lists.

    `roots` are the classes of the PLV benchmark as its annotators use them, given that there is an act between the
    marked. `features` (sentences × width) are what all heads read, for heads that users train.
    """

    types: NDArray[np.float64]
    modes: NDArray[np.float64]
    statuses: NDArray[np.float64]
    roots: NDArray[np.float64]
    features: NDArray[np.float64]


_SLOWER = "SkipLayerNormFusion"
"""A step of the runtime's optimizer that is left out: the kernel that it puts in costs a sixth more time."""

_HEADS = ("types", "modes", "statuses", "roots")


class Encoder:
    """A loaded encoder. Holds no state.

    Sentences are run one by one: int8 activations are scaled over a batch, so that in a larger one the answer for
    a sentence would depend on its neighbours. On one thread this costs a fifth of the speed.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder}: {', '.join(missing)} is missing; install detente anew or train an encoder.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        weights = (folder / "model.onnx").read_bytes()
        self.sha256 = hashlib.sha256(weights).hexdigest()
        self._session: InferenceSession = onnxruntime.InferenceSession(
            weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=[_SLOWER]
        )
        self._marker = Marker.from_file(folder / "tokenizer.json")
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.types: tuple[str, ...] = tuple(labels["types"])
        self.modes: tuple[str, ...] = tuple(labels["modes"])
        self.statuses: tuple[str, ...] = tuple(labels["statuses"])
        self.roots: tuple[str, ...] = tuple(labels["roots"])
        self._temperatures = [float(labels["temperatures"][head]) for head in _HEADS]

    def ask(self, sentences: Sequence[MarkedSentence]) -> list[Judgement]:
        """Judge sentences, in the order given."""
        read = self.read(sentences)
        return [
            Judgement(
                dict(zip(self.types, read.types[row].tolist(), strict=True)),
                dict(zip(self.modes, read.modes[row].tolist(), strict=True)),
                dict(zip(self.statuses, read.statuses[row].tolist(), strict=True)),
            )
            for row in range(len(sentences))
        ]

    def read(self, sentences: Sequence[MarkedSentence]) -> Readings:
        """Probabilities of each head, and the features, in the order of the sentences."""
        rows: list[list[NDArray[np.float64]]] = [[] for _ in (*_HEADS, "features")]
        for coded in self._marker.encode(sentences):
            batch = self._marker.batch([coded])
            *logits, features = self._session.run(None, {"ids": batch.ids, "mask": batch.mask, "marks": batch.marks})
            for head, values, temperature in zip(rows, logits, self._temperatures, strict=False):
                head.append(_softmax(values[0].astype(np.float64) / temperature))
            rows[-1].append(features[0].astype(np.float64))
        return Readings(*(np.array(head) for head in rows))


@cache
def load_encoder() -> Encoder:
    """The encoder that ships with detente.

    Raises:
        ModelError: Its files are missing.
    """
    with as_file(files("detente.encoder").joinpath("fast")) as folder:
        return Encoder(folder)


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = np.exp(logits - logits.max())
    return np.asarray(shifted / shifted.sum())
