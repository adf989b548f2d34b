"""What the user asks of `add`, and what it tells the user."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from detente.read import Failure, Read, ReadOptions, read_any

if TYPE_CHECKING:
    from detente.read.fetch import FetchOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOptions:
    """How to add.

    Attributes:
        read: how files are read.
        keep_originals: copy each file into the project.
        any_language: code what is not English, too; else it is stored and not coded.
        read_file: what reads a file; `read.confined.read_confined` for files that strangers send.
        fetch: how addresses are fetched; None keeps the network closed.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    keep_originals: bool = True
    any_language: bool = False
    read_file: Callable[[Path, ReadOptions], Iterator[Read | Failure]] = read_any
    fetch: FetchOptions | None = None

    def is_read(self, language: str | None) -> bool:
        """Whether a text in this language is coded."""
        return self.any_language or language in (None, "en")


@dataclass(slots=True)
class Counts:
    """What happened: to files, to documents, and how many records were found.

    `known` ones stood in the project already, `foreign` documents are stored and not coded, `passed_over` files are
    no text and were not asked for by name, `fetched` pages came from addresses, `known_addresses` were not asked for
    again, `copies` are coded documents that nearly repeat a stored one.
    """

    files: int = 0
    known_files: int = 0
    fetched: int = 0
    known_addresses: int = 0
    passed_over: int = 0
    coded: int = 0
    known: int = 0
    foreign: int = 0
    failed: int = 0
    copies: int = 0
    events: int = 0
    stances: int = 0
    memberships: int = 0
    statements: int = 0

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told: `failure` of what failed (the place and the message), `done` of each file or address when it is
    done, and `more` of how many addresses a list of them has added."""

    failure: Callable[[str, str], None] = lambda _, __: None
    done: Callable[[str], None] = lambda _: None
    more: Callable[[int], None] = lambda _: None
