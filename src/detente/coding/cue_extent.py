"""A cue and the tokens of its clause: subject, auxiliaries, verb, hearers, time and occasion.

What enters: a `ParsedDocument` and a cue word. What leaves: the `Cue` record and the extent of its clause,
which ends where what is said begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.coding.cues import CueEntry
from detente.syntax.document import ParsedDocument

CueForm = Literal["verb", "participle", "as", "according", "noun", "opener", "view", "adjective", "label"]

GROUPED = frozenset({"prep", "npadvmod", "advmod", "dative", "prt", "nsubj", "nsubjpass", "agent", "tmod", "neg"})
UNREAL = frozenset({"would", "could", "may", "might", "should", "must", "can", "'d", "ca"})
_OPEN = ('"', ":", "that")
_HEARING = frozenset(
    {"tell", "ask", "inform", "assure", "remind", "warn", "notify", "advise", "urge", "accuse", "brief", "reassure"}
    | {"caution", "call", "order", "instruct", "make", "describe"}
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word and its clause: tokens `first` to `last`, both included, without what is said.

    `speakers` are the heads of noun phrases; empty where the text names nobody. `reporters` report the
    speakers ("TASS quoted Lavrov as saying"). `anonymous` marks "it was reported that".
    """

    word: int
    first: int
    last: int
    speakers: tuple[int, ...]
    entry: CueEntry
    form: CueForm
    reporters: tuple[int, ...] = ()
    endorsed: bool = False
    anonymous: bool = False


def extent(p: ParsedDocument, i: int, speakers: Sequence[int], form: CueForm) -> tuple[int, int]:
    """The tokens of the cue clause: subject, auxiliaries, verb, hearers, time and occasion."""
    first = i
    for child in p.children[i]:
        if child < i and p.deps[child] in ("aux", "auxpass", "advmod", "mark") and first - child <= 3:
            first = min(first, child)
    for noun in speakers:
        if noun < i and form != "participle" and (p.heads[noun] == i or i - noun <= 3):
            first = min(first, left_of(p, noun))
    return first, _last(p, i)


def left_of(p: ParsedDocument, noun: int) -> int:
    """The start of a subject, short of quotation marks and commas that belong to what was said before it."""
    left = p.left[noun]
    for token in range(noun, left - 1, -1):
        if p.lower[token] == '"' or (p.lower[token] == "," and p.deps[token] != "punct"):
            return token + 1
    return left


def _last(p: ParsedDocument, i: int) -> int:
    """The end of the cue clause; it stops where what is said begins."""
    last = i
    children = p.children[i]
    while True:
        nxt = last + 1
        found = next((c for c in children if p.left[c] == nxt and p.deps[c] in GROUPED), None)
        if found is None:
            found = next((c for c in children if p.left[c] == nxt and _is_hearer(p, i, c)), None)
        if found is None:
            return last
        right = p.right[found]
        for token in range(nxt, right + 1):
            if p.lower[token] in _OPEN and (p.lower[token] != "that" or _is_conjunction(p, token)):
                return token - 1
            if (
                p.deps[token] == "relcl"
                and p.pos[p.left[token]] in ("PRON", "PROPN", "DET")
                and _lacks_relative(p, token)
            ):
                return p.left[token] - 1  # "said after the talks it was ready": no relative clause
        last = right


def _is_conjunction(p: ParsedDocument, token: int) -> bool:
    return p.tags[token] in ("IN", "WDT") and p.deps[token] not in ("nsubj", "nsubjpass", "dobj", "det")


def _lacks_relative(p: ParsedDocument, verb: int) -> bool:
    """Whether a supposed relative clause is complete: subject and object of its own, or no object at all."""
    if any(p.lower[c] in ("who", "which", "that", "where", "when", "whose", "whom") for c in p.subtree(verb)):
        return False
    return any(p.deps[c] in ("dobj", "attr", "acomp", "xcomp", "ccomp") for c in p.children[verb])


def _is_hearer(p: ParsedDocument, i: int, child: int) -> bool:
    return p.deps[child] == "dobj" and p.pos[child] in ("PROPN", "PRON", "NOUN") and p.lemmas[i] in _HEARING
