"""The stance lexicon: which words say how actors regard each other, how strongly and with what trend.

What enters: `stances.yaml`. What leaves: one frozen `StanceLexicon` whose tables are looked up by lemma.
Valences run from -1 (hostile) to +1 (allied). Plurals and British spellings are added on loading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

from detente.codebook.codebook import read_data, require
from detente.errors import DataError
from detente.records import Trend

FILE = "codebook/stances.yaml"
Valences = Mapping[str, float]
_FRAME_KEYS = frozenset({"lemmas", "valence", "object", "reverse", "implied", "modest", "with", "without"})
_IDIOM_KEYS = frozenset({"verbs", "nouns", "valence", "object", "implied"})
_PAIR_KEYS = frozenset({"verbs", "nouns", "with", "valence", "trend"})
_SPELLINGS = (
    ("ize", "ise"),
    ("izing", "ising"),
    ("ized", "ised"),
    ("ization", "isation"),
    ("vor", "vour"),
    ("bor", "bour"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb, adjective or noun by which a holder regards an object.

    `objects` are `object`, `subject` or prepositions, in the order in which they are tried. `reverse`: the
    grammatical object is the holder. `implied`: an act that lets a stance be seen. `modest`: the noun also
    names other things, so it needs an explicit holder. `company`: prepositions of which one must stand beside
    the verb; `excluded`: those that must not.
    """

    lemma: str
    valence: float
    objects: tuple[str, ...]
    reverse: bool = False
    implied: bool = False
    modest: bool = False
    company: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Idiom:
    """A noun that makes one expression with its verb ("take issue with"); `objects` are prepositions."""

    nouns: frozenset[str]
    valence: float
    objects: tuple[str, ...]
    implied: bool


@dataclass(frozen=True, slots=True)
class MannerVerbs:
    """Verbs that tell a stance by their adverb ("spoke highly of"); `objects` as in `Frame`."""

    verbs: frozenset[str]
    adverbs: Valences
    objects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairFrame:
    """A verb or a prepositional noun that says what two actors are to each other; one of `company` must be near."""

    valence: float
    company: frozenset[str]
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class Character:
    """What an actor may be said to be: nouns, adjectives, and group nouns that a word beside them colours."""

    nouns: Valences
    adjectives: Valences
    groups: frozenset[str]
    group_words: Valences
    deeds: frozenset[str]
    source_nouns: frozenset[str]
    sources_of: Valences
    weak: frozenset[str]


@dataclass(frozen=True, slots=True)
class StanceLexicon:
    """All tables of `stances.yaml`, by lemma."""

    relation_nouns: Valences
    compounds: Mapping[str, Valences]
    phrases: Mapping[str, Valences]
    qualities: Valences
    conditions: Valences
    turn_verbs: Valences
    turn_nouns: Valences
    more: Mapping[str, frozenset[str]]
    less: Mapping[str, frozenset[str]]
    rising: frozenset[str]
    falling: frozenset[str]
    steady: frozenset[str]
    intensifiers: frozenset[str]
    pair_verbs: Mapping[str, Sequence[PairFrame]]
    pair_conditions: Mapping[str, Sequence[PairFrame]]
    pair_adjectives: Mapping[str, Sequence[PairFrame]]
    verbs: Mapping[str, Sequence[Frame]]
    idioms: Mapping[str, Sequence[Idiom]]
    manner_verbs: MannerVerbs
    adjectives: Mapping[str, Sequence[Frame]]
    attitudes: Mapping[str, Sequence[Frame]]
    ascribing: Mapping[str, frozenset[str]]
    manners: Valences
    character: Character
    roles: Mapping[str, Valences]
    role_prepositions: Mapping[str, frozenset[str]]
    no_roles: frozenset[str]
    directed_nouns: frozenset[str]
    directed_adjectives: Valences
    directed_objects: tuple[str, ...]
    commitments: Mapping[str, frozenset[str]]
    receiving_verbs: frozenset[str]
    light_verbs: frozenset[str]
    prefixes: Valences
    suffixes: Valences
    places_after: frozenset[str]
    agreements: frozenset[str]
    grounds: frozenset[str]
    material: Mapping[str, frozenset[str]]
    uniting_verbs: frozenset[str]
    detached: frozenset[str]
    suffered: frozenset[str]
    departures: Mapping[str, frozenset[str]]
    harm: Mapping[str, frozenset[str]]
    judgements: Valences
    judging_verbs: Valences
    judging_adjectives: Valences


@cache
def load_stance_lexicon() -> StanceLexicon:
    """Read and check the lexicon; the result is kept.

    Raises:
        DataError: an entry has an unknown key or trend, no words, or a valence outside -1 to 1.
    """
    return build_stance_lexicon(read_data("stances.yaml"))


def build_stance_lexicon(data: Mapping[str, Any]) -> StanceLexicon:
    """Make a lexicon from the content of its file."""
    turns, trends, ascribed = _table(data, "turns"), _table(data, "trend_words"), _table(data, "ascriptions")
    characters, directed = _table(data, "characters"), _table(data, "stances_of")
    return StanceLexicon(
        relation_nouns=_valences(_table(data, "relation_nouns"), "relation_nouns"),
        compounds=_by_neighbour(_table(data, "compounds"), "compounds"),
        phrases=_by_neighbour(_table(data, "phrases"), "phrases"),
        qualities=_valences(_table(data, "qualities"), "qualities"),
        conditions=_valences(_table(data, "conditions"), "conditions"),
        turn_verbs=_valences({v: row["verbs"] for v, row in turns.items()}, "turns"),
        turn_nouns=_valences({v: row["nouns"] for v, row in turns.items()}, "turns"),
        more=_sets(_table(data, "more"), "more"),
        less=_sets(_table(data, "less"), "less"),
        rising=_words(trends["rising"], "trend_words"),
        falling=_words(trends["falling"], "trend_words"),
        steady=_words(trends["steady"], "trend_words"),
        intensifiers=_words(data.get("intensifiers"), "intensifiers"),
        pair_verbs=_pairs(data.get("pair_predicates"), "verbs", "pair_predicates"),
        pair_conditions=_pairs(data.get("pair_conditions"), "nouns", "pair_conditions"),
        pair_adjectives=_pairs(data.get("pair_adjectives"), "nouns", "pair_adjectives"),
        verbs=_frames(data.get("verbs"), "verbs"),
        idioms=_idioms(data.get("idioms")),
        manner_verbs=_manner_verbs(_table(data, "manner_verbs")),
        adjectives=_frames(data.get("adjectives"), "adjectives"),
        attitudes=_frames(data.get("attitudes"), "attitudes"),
        ascribing=_sets(ascribed, "ascriptions"),
        manners=_valences(_table(data, "manners"), "manners"),
        character=Character(
            nouns=_valences(characters["nouns"], "characters"),
            adjectives=_valences(characters["adjectives"], "characters"),
            groups=_words(characters["groups"], "characters"),
            group_words=_valences(characters["group_words"], "characters"),
            deeds=_words(characters["deeds"], "characters"),
            source_nouns=_words(characters["sources"]["nouns"], "characters"),
            sources_of=_valences(characters["sources"]["of"], "characters"),
            weak=_words(characters["weak"], "characters"),
        ),
        roles=MappingProxyType({kind: _valences(row, f"roles, {kind}") for kind, row in _table(data, "roles").items()}),
        role_prepositions=_sets(_table(data, "role_prepositions"), "role_prepositions"),
        no_roles=_words(data.get("no_roles"), "no_roles"),
        directed_nouns=_words(directed["nouns"], "stances_of"),
        directed_adjectives=_valences(directed["adjectives"], "stances_of"),
        directed_objects=tuple(_list(directed["object"], "stances_of")),
        commitments=_sets(_table(data, "commitments"), "commitments"),
        receiving_verbs=_words(data.get("receiving_verbs"), "receiving_verbs"),
        light_verbs=_words(data.get("light_verbs"), "light_verbs"),
        prefixes=MappingProxyType({str(k): _valence(v, "prefixes") for k, v in _table(data, "prefixes").items()}),
        suffixes=MappingProxyType({str(k): _valence(v, "suffixes") for k, v in _table(data, "suffixes").items()}),
        places_after=_words(data.get("places_after"), "places_after"),
        agreements=_words(data.get("agreements"), "agreements"),
        material=_sets(_table(data, "material"), "material"),
        grounds=_words(data.get("grounds"), "grounds"),
        uniting_verbs=_words(data.get("uniting_verbs"), "uniting_verbs"),
        detached=_words(data.get("detached"), "detached"),
        suffered=_words(data.get("suffered"), "suffered"),
        departures=_sets(_table(data, "departures"), "departures"),
        harm=_sets(_table(data, "harm"), "harm"),
        judgements=_valences(_table(data, "judgements"), "judgements"),
        judging_verbs=_valences(_table(data, "judging_verbs"), "judging_verbs"),
        judging_adjectives=_valences(_table(data, "judging_adjectives"), "judging_adjectives"),
    )


def _table(data: Mapping[str, Any], key: str) -> Mapping[Any, Any]:
    table = data.get(key)
    if not isinstance(table, Mapping):
        raise DataError(f"No table {key!r} in {FILE}: the lexicon needs it. Add it.")
    return table


def _list(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
        raise DataError(
            f"Words {value!r} in {FILE}, {where}: a list of words is allowed. Quote words that YAML reads as yes or no."
        )
    return value


def _valence(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1 <= value <= 1:
        raise DataError(f"Valence {value!r} in {FILE}, {where}: a number from -1 to 1 is allowed. Mend the entry.")
    return float(value)


def _forms(words: Iterable[str]) -> list[str]:
    """Each word, its British spelling and its regular plural; parsers leave some plurals as they stand."""
    out: list[str] = []
    for word in words:
        spelled = [word, *(word[: -len(a)] + b for a, b in _SPELLINGS if word.endswith(a))]
        for form in spelled:
            out.extend((form, form[:-1] + "ies" if form.endswith("y") else form + "s"))
    return out


def _words(value: object, where: str) -> frozenset[str]:
    return frozenset(_forms(_list(value, where)))


def _sets(table: Mapping[str, Any], where: str) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({str(key): _words(value, f"{where}, {key}") for key, value in table.items()})


def _valences(table: Mapping[Any, Any], where: str) -> Valences:
    """Valence by word; the first valence listed for a word holds."""
    out: dict[str, float] = {}
    for value, listed in table.items():
        for word in _forms(_list(listed, where)):
            out.setdefault(word, _valence(value, where))
    return MappingProxyType(out)


def _by_neighbour(table: Mapping[str, Any], where: str) -> Mapping[str, Valences]:
    """Valence by noun and by the words beside it that make it a relation."""
    return MappingProxyType(
        {
            noun: MappingProxyType({w: _valence(v, f"{where}, {noun}") for w, v in row.items()})
            for noun, row in table.items()
        }
    )


def _frames(rows: Sequence[Mapping[str, Any]] | None, where: str) -> Mapping[str, Sequence[Frame]]:
    out: dict[str, tuple[Frame, ...]] = {}
    for row in rows or ():
        for key in row:
            require(key, _FRAME_KEYS, "key", f"{FILE}, {where}")
        for word in dict.fromkeys(_forms(_list(row.get("lemmas"), where))):
            frame = Frame(
                lemma=word,
                valence=_valence(row.get("valence"), where),
                objects=tuple(_list(row.get("object"), where)),
                reverse=bool(row.get("reverse", False)),
                implied=bool(row.get("implied", False)),
                modest=bool(row.get("modest", False)),
                company=_words(row["with"], where) if "with" in row else frozenset(),
                excluded=_words(row["without"], where) if "without" in row else frozenset(),
            )
            out[word] = (*out.get(word, ()), frame)
    return MappingProxyType(out)


def _idioms(rows: Sequence[Mapping[str, Any]] | None) -> Mapping[str, Sequence[Idiom]]:
    out: dict[str, tuple[Idiom, ...]] = {}
    for row in rows or ():
        for key in row:
            require(key, _IDIOM_KEYS, "key", f"{FILE}, idioms")
        idiom = Idiom(
            nouns=_words(row.get("nouns"), "idioms"),
            valence=_valence(row.get("valence"), "idioms"),
            objects=tuple(_list(row.get("object"), "idioms")),
            implied=bool(row.get("implied", False)),
        )
        for word in dict.fromkeys(_forms(_list(row.get("verbs"), "idioms"))):
            out[word] = (*out.get(word, ()), idiom)
    return MappingProxyType(out)


def _manner_verbs(table: Mapping[str, Any]) -> MannerVerbs:
    return MannerVerbs(
        verbs=_words(table.get("verbs"), "manner_verbs"),
        adverbs=_valences(table.get("adverbs") or {}, "manner_verbs"),
        objects=tuple(_list(table.get("object"), "manner_verbs")),
    )


def _pairs(rows: Sequence[Mapping[str, Any]] | None, key: str, where: str) -> Mapping[str, Sequence[PairFrame]]:
    out: dict[str, tuple[PairFrame, ...]] = {}
    for row in rows or ():
        for name in row:
            require(name, _PAIR_KEYS, "key", f"{FILE}, {where}")
        trend = row.get("trend")
        if trend is not None:
            require(trend, get_args(Trend), "trend", f"{FILE}, {where}")
        company = _words(row["with"], where) if "with" in row else frozenset()
        frame = PairFrame(_valence(row.get("valence"), where), company, trend)
        for word in dict.fromkeys(_forms(_list(row.get(key), where))):
            out[word] = (*out.get(word, ()), frame)
    return MappingProxyType(out)
