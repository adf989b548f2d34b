"""The weights of the learnt finder of attributions: four linear models over named features.

What enters: `cue_model/weights.tsv.gz`, read once on first use. What leaves: sums of weights. How they were learnt,
on what, and how well they do stands in the model card beside them.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from detente.errors import ModelError

Part = Literal["word", "reach", "source", "content"]
PARTS: tuple[Part, ...] = get_args(Part)
BLANK = str.maketrans("\t\n\r", "   ")
_FILE = "cue_model/weights.tsv.gz"


@dataclass(frozen=True, eq=False)
class CueWeights:
    """A weight for each feature of each part; features without one count nothing.

    `word` and `reach` give log odds, `source` and `content` rank candidates.
    """

    parts: Mapping[Part, Mapping[str, float]]

    def score(self, part: Part, features: Iterable[str]) -> float:
        """Sum the weights of features."""
        weights = self.parts[part]
        return math.fsum(weights.get(feature, 0.0) for feature in features)


@cache
def load_cue_weights() -> CueWeights:
    """Read the weights that ship with detente.

    Raises:
        ModelError: the file is missing or malformed.
    """
    path = files("detente.coding").joinpath(_FILE)
    try:
        return read_cue_weights(gzip.decompress(path.read_bytes()).decode("utf8"))
    except OSError as error:
        raise ModelError(f"No readable {_FILE} in detente.coding: {error}. Install detente anew.") from error


def read_cue_weights(text: str) -> CueWeights:
    """Parse lines of part, feature and weight, set apart by tabs; lines that begin with # are notes.

    Raises:
        ModelError: a line has another form; the message gives its number.
    """
    parts: dict[Part, dict[str, float]] = {part: {} for part in PARTS}
    known: dict[str, Part] = {part: part for part in PARTS}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            name, feature, weight = line.split("\t")
            parts[known[name]][feature] = float(weight)
        except (ValueError, KeyError) as error:
            raise ModelError(
                f"Malformed line {number} of {_FILE}: part ({', '.join(PARTS)}), feature and weight, set apart by "
                "tabs, are allowed. Install detente anew."
            ) from error
    return CueWeights(parts)


def write_cue_weights(weights: CueWeights, notes: Iterable[str]) -> bytes:
    """Pack weights, in order of their names; the same weights give the same bytes."""
    lines = [f"# {note}" for note in notes]
    for part in PARTS:
        lines += [f"{part}\t{name}\t{weight:.3g}" for name, weight in sorted(weights.parts[part].items())]
    return gzip.compress(("\n".join(lines) + "\n").encode("utf8"), mtime=0)
