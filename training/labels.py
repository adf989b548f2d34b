"""The label space of the heads, taken from the codebook, and the targets that rows of training data give."""

from __future__ import annotations

from dataclasses import dataclass

from detente.codebook.codebook import load_codebook
from detente.records import STATUSES

NONE = "NONE"
"""No event between the marked pair."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of the classes of each head, in the order of its outputs; `modes` are `TYPE/mode`."""

    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    quads: tuple[str, ...]
    quad_of: tuple[int, ...]
    """For each type the index of its quad class in `quads`; NONE has its own."""

    def as_data(self) -> dict[str, list[str]]:
        """What is stored beside the weights."""
        return {"types": list(self.types), "modes": list(self.modes), "statuses": list(self.statuses)}


def labels() -> Labels:
    """The labels of the codebook that ships."""
    book = load_codebook()
    types = (NONE, *book.types)
    modes = tuple(f"{name}/{mode}" for name, kind in book.types.items() for mode in kind.modes)
    quads = (NONE, *dict.fromkeys(str(kind.quad) for kind in book.types.values()))
    quad_of = (0, *(quads.index(str(kind.quad)) for kind in book.types.values()))
    return Labels(types, modes, STATUSES, quads, quad_of)


@dataclass(frozen=True, slots=True)
class Target:
    """What a row says of each head: the classes it admits (several where the source is coarser), or None if silent."""

    types: tuple[int, ...]
    mode: int | None = None
    status: int | None = None
