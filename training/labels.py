"""The label space of the heads, taken from the codebook, and the targets that rows of training data give."""

from __future__ import annotations

from dataclasses import dataclass

from detente.codebook.codebook import load_codebook
from detente.encoder.encoder import NONE
from detente.evaluate.marked_pairs import root_of, roots
from detente.records import STATUSES


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of the classes of each head, in the order of its outputs.

    `modes` are `TYPE/mode`, after NONE for an act that shows none of its type's. `roots` are the classes of the PLV
    benchmark, in its annotators' understanding.
    """

    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    roots: tuple[str, ...]
    quads: tuple[str, ...]
    quad_of: tuple[int, ...]
    """For each type the index of its quad class in `quads`; NONE has its own."""
    root_of: tuple[int, ...]
    """For each type the index of its root; -1 for NONE."""

    def as_data(self) -> dict[str, list[str]]:
        """What is stored beside the weights."""
        return {
            "types": list(self.types),
            "modes": list(self.modes),
            "statuses": list(self.statuses),
            "roots": list(self.roots),
        }


def labels() -> Labels:
    """The labels of the codebook that ships."""
    book = load_codebook()
    types = (NONE, *book.types)
    modes = (NONE, *(f"{name}/{mode}" for name, kind in book.types.items() for mode in kind.modes))
    quads = (NONE, *dict.fromkeys(str(kind.quad) for kind in book.types.values()))
    quad_of = (0, *(quads.index(str(kind.quad)) for kind in book.types.values()))
    root = (-1, *(roots().index(root_of(name)) for name in book.types))
    return Labels(types, modes, STATUSES, roots(), quads, quad_of, root)


@dataclass(frozen=True, slots=True)
class Target:
    """What a row says of each head, None where it is silent; `roots` are chances of each root."""

    type: int | None = None
    mode: int | None = None
    status: int | None = None
    roots: tuple[float, ...] | None = None
