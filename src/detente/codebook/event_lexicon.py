"""The event lexicon: which verb, noun or adjective, in which construction, names which event type and mode.

What enters: `verbs.yaml`, `nouns.yaml`, `adjectives.yaml` and `noun_classes.yaml`. What leaves: one frozen
`EventLexicon` with entries indexed by lemma, in the order of the files: the first entry that fits is the one
meant. docs/reference/lexicon.md explains the format.

The files are in American spelling; the British forms in -ise, -yse and -isation are added on loading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from detente.codebook.codebook import Codebook, load_codebook, read_data, require
from detente.codebook.own import ORIGIN
from detente.errors import DataError
from detente.records import STATUSES, Status

Complement = Literal["clause", "infinitive", "gerund"]
COMPLEMENTS: tuple[Complement, ...] = get_args(Complement)

PREPOSITIONS = frozenset(
    "about across after against along alongside amid among around as at before behind below beside between beyond by "
    "concerning despite down during for from in inside into near of off on onto out outside over regarding past round "
    "through throughout to together toward towards under underneath until up upon via with within without".split()
)
GRAMMATICAL_SLOTS = frozenset(
    "object object_owner complement_subject complement subject pair owner modifier light_subject speaker "
    "clause_subject".split()
)
SLOTS = GRAMMATICAL_SLOTS | PREPOSITIONS
# Classes that the coder decides on, not a list: nouns that head a mention of an actor, and all nouns.
ACTOR, ANY = "@actor", "@any"
KEYS = frozenset(
    "lemmas type mode object preposition complement recipient actor reciprocal solo status modifiers light skip".split()
)
_BRITISH = ((re.compile(r"iz(e|ing|ed|ation)\b"), r"is\1"), (re.compile(r"yz(e|ing|ed)\b"), r"ys\1"))
_NEVER_BRITISH = frozenset({"seize", "size", "prize", "capsize"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon.

    `object` and the values of `preposition` name noun classes, or single words as `=word`; empty means no
    condition, and under a preposition any object. One preposition out of several suffices. `recipient` and
    `actor` are slots in the order in which they are tried; an empty `actor` means the usual ones of the word
    class. `skip` says that this construction names no act and that no later entry may be tried; its `type` is
    empty. `origin` names file and entry, for `coded_by` and for messages.
    """

    lemmas: tuple[str, ...]
    type: str
    origin: str
    mode: str | None = None
    object: tuple[str, ...] = ()
    preposition: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    complement: Complement | None = None
    recipient: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    reciprocal: bool = False
    solo: bool = False
    status: Status | None = None
    modifiers: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    skip: bool = False


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """All entries by lemma; verbs with a particle under both words ("call off").

    `classes` holds the words of each noun class, plurals included.
    """

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    adjectives: Mapping[str, tuple[Entry, ...]]
    light_verbs: frozenset[str]
    classes: Mapping[str, frozenset[str]]


@cache
def load_event_lexicon() -> EventLexicon:
    """Read and check the lexicon; the result is kept.

    Raises:
        DataError: an entry names an unknown type, mode, class, slot or key.
    """
    return build_event_lexicon(
        read_data("verbs.yaml"),
        read_data("nouns.yaml"),
        read_data("adjectives.yaml"),
        read_data("noun_classes.yaml"),
        load_codebook(),
    )


def build_event_lexicon(
    verbs: Sequence[Mapping[str, Any]],
    nouns: Mapping[str, Any],
    adjectives: Sequence[Mapping[str, Any]],
    classes: Mapping[str, Sequence[str]],
    codebook: Codebook,
) -> EventLexicon:
    """Make a lexicon from the content of its files."""
    words = {name: frozenset(_plurals(_strings(listed, name, "noun_classes.yaml"))) for name, listed in classes.items()}
    words |= {ACTOR: frozenset(), ANY: frozenset()}
    reader = _EntryReader(words, codebook)
    return EventLexicon(
        verbs=_index(reader.entries(verbs, "verbs.yaml")),
        nouns=_index(reader.entries(nouns["entries"], "nouns.yaml"), plural=True),
        adjectives=_index(reader.entries(adjectives, "adjectives.yaml")),
        light_verbs=frozenset(_spellings(_strings(nouns["light_verbs"], "light_verbs", "nouns.yaml"))),
        classes=MappingProxyType(words),
    )


@dataclass(frozen=True, slots=True)
class _EntryReader:
    """Turns rows into entries, with the classes and the codebook they refer to at hand."""

    classes: Mapping[str, frozenset[str]]
    codebook: Codebook

    def entries(self, rows: Sequence[Mapping[str, Any]], file: str) -> Iterator[Entry]:
        number = 0
        for row in rows:
            number += ORIGIN not in row
            place = row.get(ORIGIN, f"{file}#{number}")
            lemmas = row.get("lemmas") or ["?"]
            yield self._entry({key: row[key] for key in row if key != ORIGIN}, f"{place} ({lemmas[0]})")

    def _entry(self, row: Mapping[str, Any], where: str) -> Entry:
        for key in row:
            require(key, KEYS, "key", where)
        if _flag(row, "skip", where):
            return self._skip(row, where)
        event_type = require(row.get("type", ""), self.codebook.types, "event type", where)
        mode = row.get("mode")
        if mode is not None:
            require(mode, self.codebook.types[event_type].modes, f"mode of {event_type}", where)
        return replace(
            self._construction(row, where),
            type=event_type,
            mode=mode,
            recipient=_slots(row.get("recipient", []), where),
            actor=_slots(row.get("actor", []), where),
            reciprocal=_flag(row, "reciprocal", where),
            solo=_flag(row, "solo", where),
            status=_one_of(row.get("status"), STATUSES, "status", where),
        )

    def _skip(self, row: Mapping[str, Any], where: str) -> Entry:
        """An entry that only says where a word names no act; `pair` holds nobody outside reciprocal entries."""
        for key in ("type", "mode", "recipient", "actor", "reciprocal", "solo", "status"):
            if key in row:
                raise DataError(f"Key {key!r} beside skip in {where}: a construction without an act has none. Drop it.")
        return replace(self._construction(row, where), actor=("pair",), skip=True)

    def _construction(self, row: Mapping[str, Any], where: str) -> Entry:
        """The words of an entry and the conditions on them."""
        return Entry(
            lemmas=tuple(_spellings(_strings(row.get("lemmas"), "lemmas", where))),
            type="",
            origin=where,
            object=self._class_names(row.get("object", []), where),
            preposition=self._prepositions(row.get("preposition", {}), where),
            complement=_one_of(row.get("complement"), COMPLEMENTS, "complement", where),
            modifiers=tuple(_spellings(_strings(row.get("modifiers", []), "modifiers", where, empty=True))),
            light=tuple(_spellings(_strings(row.get("light", []), "light", where, empty=True))),
        )

    def _class_names(self, names: object, where: str) -> tuple[str, ...]:
        """Names of noun classes, or words after `=`, which get their plurals beside them."""
        out: list[str] = []
        for name in _strings(names, "noun classes", where, empty=True):
            if name.startswith("="):
                out.extend(f"={form}" for form in _plurals([name[1:]]))
            else:
                out.append(require(name, self.classes, "noun class", where))
        return tuple(out)

    def _prepositions(self, row: object, where: str) -> Mapping[str, tuple[str, ...]]:
        if not isinstance(row, Mapping):
            raise DataError(
                f"Preposition {row!r} in {where}: a mapping to noun classes is allowed. Write {{with: []}}."
            )
        return MappingProxyType(
            {
                require(name, PREPOSITIONS, "preposition", where): self._class_names(names, where)
                for name, names in row.items()
            }
        )


def _index(entries: Iterable[Entry], *, plural: bool = False) -> Mapping[str, tuple[Entry, ...]]:
    out: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        for lemma in dict.fromkeys(_plurals(entry.lemmas) if plural else entry.lemmas):
            out[lemma] = (*out.get(lemma, ()), entry)
    return MappingProxyType(out)


def _spellings(words: Iterable[str]) -> list[str]:
    """Each word, followed by its British form where that differs."""
    out: list[str] = []
    for word in words:
        out.append(word)
        for american, british in _BRITISH:
            if american.search(word) and word not in _NEVER_BRITISH:
                out.append(american.sub(british, word))
    return out


def _plurals(words: Iterable[str]) -> list[str]:
    """Each word and its regular plural, since parsers leave capitalised plurals as they stand."""
    out: list[str] = []
    for word in _spellings(words):
        out.append(word)
        if word.endswith("y") and word[-2:-1] not in "aeiou":
            out.append(word[:-1] + "ies")
        elif not word.endswith("s"):
            out.append(word + ("es" if word.endswith(("x", "ch", "sh")) else "s"))
    return out


def _strings(value: object, what: str, where: str, *, empty: bool = False) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value) or not (value or empty):
        raise DataError(
            f"{what} {value!r} in {where}: a list of words is allowed. "
            "Write [word, word], and quote words that YAML reads as yes or no."
        )
    return value


def _slots(value: object, where: str) -> tuple[str, ...]:
    return tuple(require(slot, SLOTS, "slot", where) for slot in _strings(value, "slots", where, empty=True))


def _one_of(value: Any, allowed: Sequence[str], what: str, where: str) -> Any:
    return None if value is None else require(value, allowed, what, where)


def _flag(row: Mapping[str, Any], key: str, where: str) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise DataError(f"{key} {value!r} in {where}: true or false is allowed. Mend the entry.")
    return value
