"""An act: a predicate of the event lexicon with its sides, before status, date and attribution are known."""

from __future__ import annotations

from dataclasses import dataclass

from detente.codebook.event_lexicon import Entry

FRIENDLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Act:
    """A predicate with its sides.

    `governed` holds the predicates inside its complement; `fulfilled` the nouns that its entry asks for as
    objects, which name no act beside it ("lifted sanctions" imposes none); `initiators` the parties of a
    reciprocal act that are its subject ("A will work with B").
    """

    predicate: int
    entry: Entry
    kind: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    inferred: tuple[str, ...] = ()
    governed: tuple[int, ...] = ()
    fulfilled: tuple[int, ...] = ()
    initiators: tuple[str, ...] = ()
