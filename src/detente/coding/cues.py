"""The lexicon of cues: words that introduce what somebody says or thinks.

What enters: `codebook/cues.yaml`, read once on first use and checked completely. What leaves: one frozen
`CueLexicon`, looked up by lemma.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

from detente.errors import DataError

CueKind = Literal["speech", "thought", "sentiment"]
Factuality = Literal["neutral", "endorsing", "doubting", "denying"]
Frame = Literal[
    "clause", "quote", "bare", "infinitive", "noun", "words", "of", "as", "for", "against", "to", "oprd", "whom"
]

_FILE = "codebook/cues.yaml"
_WORD_LISTS = (
    "nouns",
    "openers",
    "views",
    "documents",
    "inquiries",
    "people",
    "media",
    "stand_ins",
    "raising",
    "evincing",
    "light_verbs",
    "deniable",
    "endorsing_adverbs",
    "endorsing",
    "disowning",
    "proofs",
    "doubting_adverbs",
    "doubting_adjectives",
    "disowning_labels",
    "naming",
    "events",
    "institutions",
    "closing",
)


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A cue word: what kind of utterance it names, what it commits the author to, what it governs."""

    lemma: str
    kind: CueKind
    factuality: Factuality
    takes: frozenset[str]
    establishes: bool = False


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """All cue words. Keys of `verbs` carry a particle where the verb has one (`point out`). The verbs of
    `quoting` name acts (criticise, smile) and report words only by quoting some of them."""

    verbs: Mapping[str, CueEntry]
    quoting: Mapping[str, CueEntry]
    adjectives: Mapping[str, CueEntry]
    nouns: frozenset[str]
    openers: frozenset[str]
    views: frozenset[str]
    documents: frozenset[str]
    inquiries: frozenset[str]
    people: frozenset[str]
    media: frozenset[str]
    stand_ins: frozenset[str]
    raising: frozenset[str]
    evincing: frozenset[str]
    light_verbs: frozenset[str]
    deniable: frozenset[str]
    endorsing_adverbs: frozenset[str]
    endorsing: frozenset[str]
    disowning: frozenset[str]
    proofs: frozenset[str]
    doubting_adverbs: frozenset[str]
    doubting_adjectives: frozenset[str]
    disowning_labels: frozenset[str]
    naming: frozenset[str]
    events: frozenset[str]
    institutions: frozenset[str]
    closing: tuple[str, ...]


@cache
def cue_lexicon() -> CueLexicon:
    """Load and check the lexicon.

    Raises:
        DataError: an entry does not validate; the message names it.
    """
    return read_cue_lexicon(files("detente").joinpath(_FILE).read_text(encoding="utf8"))


def read_cue_lexicon(text: str) -> CueLexicon:
    """Parse the YAML of a cue lexicon; raises as `cue_lexicon` does."""
    data = yaml.safe_load(text)
    if not isinstance(data, dict):
        raise DataError(f"No mapping in {_FILE}: a lexicon is a mapping of lists. Restore the file.")
    words = {name: _words(data, name) for name in _WORD_LISTS}
    closing = tuple(words.pop("closing"))
    return CueLexicon(
        verbs=_entries(data, "verbs"),
        quoting=_entries(data, "quoting"),
        adjectives=_entries(data, "adjectives"),
        closing=closing,
        **{name: frozenset(values) for name, values in words.items()},
    )


def _words(data: Mapping[str, Any], name: str) -> list[str]:
    values = data.get(name)
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise DataError(f"Malformed {name!r} in {_FILE}: a list of words is allowed. Quote words that YAML misreads.")
    return values


def _entries(data: Mapping[str, Any], name: str) -> Mapping[str, CueEntry]:
    groups = data.get(name)
    if not isinstance(groups, list):
        raise DataError(f"Malformed {name!r} in {_FILE}: a list of groups is allowed. Compare the head of the file.")
    out: dict[str, CueEntry] = {}
    for group in groups:
        for entry in _group(group, name):
            out[entry.lemma] = _merged(out[entry.lemma], entry) if entry.lemma in out else entry
    return out


def _group(group: Mapping[str, Any], name: str) -> list[CueEntry]:
    kind = _one_of(group, "kind", get_args(CueKind), name)
    factuality = _one_of(group, "factuality", get_args(Factuality), name)
    takes = frozenset(_words(group, "takes"))
    unknown = sorted(takes - set(get_args(Frame)))
    if unknown:
        raise DataError(f"Unknown {unknown[0]!r} under takes of {name} in {_FILE}: {', '.join(get_args(Frame))}.")
    establishes = factuality == "endorsing"
    return [CueEntry(lemma, kind, factuality, takes, establishes) for lemma in _words(group, "lemmas")]


def _one_of(group: Mapping[str, Any], key: str, allowed: tuple[Any, ...], name: str) -> Any:
    if group.get(key) not in allowed:
        raise DataError(
            f"Unknown {key} {group.get(key)!r} under {name} in {_FILE}: one of {', '.join(allowed)}. Correct the group."
        )
    return group[key]


def _merged(old: CueEntry, new: CueEntry) -> CueEntry:
    return CueEntry(old.lemma, old.kind, old.factuality, old.takes | new.takes, old.establishes or new.establishes)
