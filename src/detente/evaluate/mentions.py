"""How well mentions in sentences are resolved: the right entity, the office at the date, capital or place.

What enters: annotated texts (benchmarks/mentions/README.md describes the form) and the mentions and entities
found in them. What leaves: outcomes, each one right or wrong answer to one question, with the text it is from.

A resolution is judged against the annotations that it overlaps. Where it overlaps none, it is false, except
for pronouns and for collective descriptions ("soldiers", "the rebels") of a country that the text's own
annotations name, and for unknown persons and groups of no country: of these the annotations say nothing.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from detente.errors import DataError
from detente.evaluate.offices import holds
from detente.records import CodedDocument, Entity, Mention

KINDS = ("state", "organisation", "group", "person", "place", "none")
_ACTORS = KINDS[:4]
_QUESTIONS = {"state": "states", "organisation": "organisations", "group": "groups", "person": "persons"}
_ARTICLE = len("the ")
_POSSESSIVE = len("'s")
_SAME_NAME = 0.75


@dataclass(frozen=True, slots=True)
class GoldMention:
    """An annotated span. Of `countries`, `sectors` and `offices` each is accepted; none are known where empty.

    `is_named` is False for a person whose name is not in the text: to give the state and sector is then enough.
    `refers_to` holds the ids of all that "both countries" stands for. `is_seat` marks capitals and seats, which
    name a place or an actor. An optional mention may be resolved rightly or left alone.
    """

    start: int
    end: int
    kind: str
    id: str | None = None
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    is_seat: bool = False
    is_optional: bool = False
    is_named: bool = True

    @property
    def is_actor(self) -> bool:
        return self.kind in _ACTORS

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id of an entity or country that resolving (a part of) the span may rightly give."""
        return tuple(dict.fromkeys((*self.refers_to, *((self.id,) if self.id else ()), *self.countries)))


@dataclass(frozen=True, slots=True)
class GoldText:
    """An annotated text. `published` is an ISO date."""

    id: str
    published: str
    text: str
    stratum: str
    mentions: tuple[GoldMention, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """A mention with its entity."""

    mention: Mention
    entity: Entity

    @property
    def names(self) -> tuple[str, ...]:
        return (self.entity.id, *self.entity.aliases)

    def overlaps(self, gold: GoldMention) -> bool:
        return self.mention.start < gold.end and gold.start < self.mention.end

    def is_owner_in(self, gold: GoldMention) -> bool:
        """Whether this is the "his" of "his Greek counterpart", of which the annotation says nothing."""
        is_inside = self.mention.end - self.mention.start < gold.end - gold.start
        return gold.is_actor and is_inside and self.mention.form == "pronoun"

    def stands_on(self, gold: GoldMention) -> bool:
        """Whether the resolution is of the gold words alone, an article and "'s" apart."""
        starts = gold.start - _ARTICLE <= self.mention.start < gold.end
        return starts and gold.start < self.mention.end <= gold.end + _POSSESSIVE


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question answered rightly or not; `words` and `found` tell a reader which words and what they gave."""

    text_id: str
    stratum: str
    question: str
    is_right: bool
    words: str
    wanted: str
    found: str


def read_gold(path: Path) -> list[GoldText]:
    """Read annotated texts, one JSON object a line.

    Raises:
        DataError: a line is not of the form, or an offset does not quote the text.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_gold_text(line, f"{path.name} line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def judge(gold: GoldText, coded: CodedDocument) -> list[Outcome]:
    """Compare what was found in a text with its annotations."""
    entities = {entity.id: entity for entity in coded.entities}
    found = [Resolution(mention, entities[mention.entity_id]) for mention in coded.mentions]
    outcomes = [one for mention in gold.mentions if not mention.is_optional for one in _asked(gold, mention, found)]
    return outcomes + [one for resolution in found for one in _resolved(gold, resolution)]


def _asked(text: GoldText, gold: GoldMention, found: Sequence[Resolution]) -> Iterator[Outcome]:
    """The questions that an annotation asks."""
    over = [one for one in found if one.overlaps(gold)]
    words, given = text.text[gold.start : gold.end], _shown(over)

    def answer(question: str, is_right: bool, wanted: str) -> Outcome:
        return Outcome(text.id, text.stratum, question, is_right, words, wanted, given)

    if gold.is_actor:
        wanted = "+".join(gold.refers_to) or gold.id or f"{'|'.join(gold.countries)}:{'|'.join(gold.sectors)}"
        question = "pairs" if gold.refers_to else _QUESTIONS[gold.kind]
        yield answer(question, _is_found(gold, over), wanted)
        yield answer("found", bool(over), wanted)
        if gold.kind == "person":
            yield answer("countries of persons", any(_has_country(gold, one) for one in over), "|".join(gold.countries))
        if gold.is_seat:
            yield answer("metonyms", any(one.stands_on(gold) for one in over), "an actor")
        if gold.offices:
            held = any(_is_right(gold, one) and holds(one.entity, gold.offices) for one in over)
            yield answer("offices" if gold.id else "roles", held, "|".join(gold.offices))
    else:
        left_alone = not any(_is_false_on(gold, one) for one in over)
        yield answer("left alone", left_alone, f"no actor ({gold.kind})")
        if gold.is_seat:
            yield answer("seats as places", left_alone, f"no actor ({gold.kind})")


def _resolved(text: GoldText, one: Resolution) -> Iterator[Outcome]:
    """Whether there is something to resolve at all, and whether it is this; nothing where that is not annotated."""
    over = [gold for gold in text.mentions if one.overlaps(gold) and not one.is_owner_in(gold)]
    actors = [gold for gold in over if gold.is_actor]
    agrees = any(_agrees(gold, one) for gold in actors)
    is_false = not agrees and any(_is_false_on(gold, one) for gold in over if not gold.is_actor)
    if not is_false and not actors:
        if over or _is_unjudged(text, one):
            return
        is_false = True
    if not is_false and not agrees and all(gold.is_optional for gold in actors):
        return
    words = text.text[one.mention.start : one.mention.end]
    wanted = ", ".join("+".join(gold.ids) or gold.kind for gold in over) or "nothing"
    given = _shown([one])
    yield Outcome(text.id, text.stratum, "unresolvable left", not is_false, words, wanted, given)
    if not is_false:
        yield Outcome(text.id, text.stratum, "resolutions", agrees, words, wanted, given)


def _is_unjudged(text: GoldText, one: Resolution) -> bool:
    """Whether the annotations say nothing of a resolution that overlaps none of them."""
    entity, is_named = one.entity, one.mention.form in ("name", "modifier", "capital")
    if entity.kind not in ("state", "organisation") and entity.country is None:
        return not (is_named and entity.sector)
    spoken_of = {name for gold in text.mentions if gold.kind != "none" for name in gold.ids}
    if is_named or entity.id in spoken_of:
        return not is_named
    return entity.country in spoken_of and (one.mention.form == "pronoun" or entity.kind != "person")


def _is_found(gold: GoldMention, over: Iterable[Resolution]) -> bool:
    if not gold.refers_to:
        return any(_is_right(gold, one) for one in over)
    named = {name for one in over for name in (*one.names, one.entity.country)}
    return named.issuperset(gold.refers_to)


def _is_right(gold: GoldMention, one: Resolution) -> bool:
    """Whether a resolution gives the annotated entity itself."""
    entity = one.entity
    if gold.kind == "person":
        if not _has_country(gold, one):
            return False
        if gold.id is not None and _same_person(gold.id, one):
            return True
        return not gold.is_named and entity.sector in gold.sectors
    if gold.id in one.names:
        return True
    if gold.kind == "group":
        return entity.country in gold.countries and entity.sector in gold.sectors
    return entity.country == gold.id and entity.kind in ("group", "organisation")


def _has_country(gold: GoldMention, one: Resolution) -> bool:
    return one.entity.country in gold.countries and one.entity.kind in ("person", "group")


def _same_person(gold_id: str, one: Resolution) -> bool:
    """Whether the slugs are one or spell the first and the last name alike ("yevgeny", "evgeny", "y")."""
    if gold_id in one.names:
        return True
    if one.entity.kind != "person":
        return False
    (first, *_, last), (other_first, *others) = gold_id.split("-"), one.entity.id.split("-")
    if not any(_likeness(last, other) >= _SAME_NAME for other in others):
        return False
    shared = min(len(first), len(other_first), 2)
    return first[:shared] == other_first[:shared] or _likeness(first, other_first) >= _SAME_NAME


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _agrees(gold: GoldMention, one: Resolution) -> bool:
    """Whether a resolution gives the annotated entity, a part of it or the country it belongs to."""
    if _is_right(gold, one) or set(one.names) & set(gold.ids):
        return True
    if gold.kind == "person" and gold.is_named and one.entity.kind == "person":
        return one.mention.form == "pronoun" and one.entity.country in gold.ids
    return one.entity.country in gold.ids


def _is_false_on(gold: GoldMention, one: Resolution) -> bool:
    """Whether a resolution makes an actor of words that name none."""
    if gold.is_optional:
        return False
    if gold.kind == "place":
        return one.stands_on(gold)
    return not gold.countries or bool({one.entity.id, one.entity.country} & set(gold.countries))


def _shown(over: Iterable[Resolution]) -> str:
    return ", ".join(f"{one.entity.id} ({one.entity.code}, {one.entity.role or '-'})" for one in over) or "nothing"


# --- the annotated texts -----------------------------------------------------------------------------------


def _gold_text(line: str, where: str) -> GoldText:
    try:
        row = json.loads(line)
        mentions = tuple(_gold_mention(one, row["text"], where) for one in row["mentions"])
        return GoldText(row["id"], row["published"], row["text"], row["stratum"], mentions)
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise DataError(
            f"Malformed annotation ({type(error).__name__}: {error}) in {where}: an object with id, published, text, "
            "stratum and mentions. See benchmarks/mentions/README.md."
        ) from error


def _gold_mention(row: Mapping[str, Any], text: str, where: str) -> GoldMention:
    start, end = row["start"], row["end"]
    if row["kind"] not in KINDS:
        raise DataError(f"Unknown kind {row['kind']!r} in {where}: one of {', '.join(KINDS)}. Correct the annotation.")
    if text[start:end] != row["text"] or start >= end:
        raise DataError(
            f"Offsets [{start}, {end}) of {row['text']!r} in {where}: they must quote the text. Correct the annotation."
        )
    return GoldMention(
        start,
        end,
        row["kind"],
        id=row["id"],
        countries=_choices(row["country"]),
        sectors=_choices(row["sector"]),
        offices=_choices(row["office"]),
        refers_to=tuple(row.get("refers_to", ())),
        is_seat=row.get("metonymy", False),
        is_optional=row.get("optional", False),
        is_named=bool(row["id"]) and row["id"].split("-")[-1] in _plain(text),
    )


def _plain(text: str) -> str:
    """The text in the letters of slugs."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _choices(value: str | None) -> tuple[str, ...]:
    return tuple(value.split("|")) if value else ()
