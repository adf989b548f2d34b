"""The shipped encoder: probabilities of event type, mode and status for marked sentences, on one CPU thread.

What enters: marked sentences. What leaves: one `Judgement` each. The weights are int8 ONNX, made by the
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

    `modes` are those of all types, keyed `TYPE/mode`, and sum to one as well.
    """

    types: dict[str, float]
    modes: dict[str, float]
    statuses: dict[str, float]


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
            weights, options, providers=["CPUExecutionProvider"]
        )
        self._marker = Marker.from_file(folder / "tokenizer.json")
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.types: tuple[str, ...] = tuple(labels["types"])
        self.modes: tuple[str, ...] = tuple(labels["modes"])
        self.statuses: tuple[str, ...] = tuple(labels["statuses"])

    def ask(self, sentences: Sequence[MarkedSentence]) -> list[Judgement]:
        """Judge sentences, in the order given."""
        types, modes, statuses = self.probabilities(sentences)
        return [
            Judgement(
                dict(zip(self.types, types[row].tolist(), strict=True)),
                dict(zip(self.modes, modes[row].tolist(), strict=True)),
                dict(zip(self.statuses, statuses[row].tolist(), strict=True)),
            )
            for row in range(len(sentences))
        ]

    def probabilities(
        self, sentences: Sequence[MarkedSentence]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Types, modes and statuses as arrays (sentences × classes), in the order of the label lists."""
        heads = [np.zeros((len(sentences), len(names))) for names in (self.types, self.modes, self.statuses)]
        for row, coded in enumerate(self._marker.encode(sentences)):
            batch = self._marker.batch([coded])
            logits = self._session.run(None, {"ids": batch.ids, "mask": batch.mask, "marks": batch.marks})
            for head, values in zip(heads, logits, strict=True):
                head[row] = _softmax(values[0].astype(np.float64))
        return heads[0], heads[1], heads[2]


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
