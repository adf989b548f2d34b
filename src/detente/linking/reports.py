"""Events as reports: what linking needs to know of each, from coded documents or from their flat rows.

What enters: `CodedDocument`s, or the rows of `detente code --format jsonl`. What leaves: `Report`s, one an event,
and `Article`s, one a document. An article of rows is known by the quotes of its records alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.codebook.codebook import load_codebook
from detente.errors import RecordError
from detente.linking.settings import Settings
from detente.linking.words import runs, stems, vector
from detente.records import CodedDocument, Event, check_date

Row = Mapping[str, Any]
Days = tuple[int, int]

UNKNOWN = "UNK"
# A report of the day and a later one that looks back tell of one happening.
_HAPPENED = ("actual", "historical")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an entity: its country, or its own id where that is unknown, and its name."""

    country: str
    name: str


@dataclass(frozen=True, slots=True)
class Party:
    """An entity on one side of an event, with its country, or its own id where that is unknown."""

    id: str
    country: str

    @property
    def generic(self) -> bool:
        """Whether it is a state, or a part of one without a name of its own, such as `PAK:GOV`."""
        return self.id == self.country or self.id.startswith(f"{self.country}:")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an event: its parties by id, and their countries in alphabetical order."""

    parties: tuple[Party, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One event of one document, with what its links are judged by.

    `days` are the ordinals of the first and last day on which it may have happened, None where nothing is known;
    without a date of its own (`dated` False) they are those of the publication. `fate` is the status, with actual
    and historical as one. `words` are the stems of the quote but for those of
    the trigger and of the names of the sides.
    """

    event_id: str
    document_id: str
    start: int
    end: int
    quote: str
    trigger: str
    actor_ids: tuple[str, ...]
    recipient_ids: tuple[str, ...]
    actors: Side
    recipients: Side
    type: str
    quad: str
    modes: tuple[str, ...]
    status: str
    fate: str
    date: str | None
    days: Days | None
    dated: bool
    published: str | None
    place: str | None
    place_country: str | None
    geonameid: int | None
    quote_stems: tuple[str, ...]
    words: tuple[str, ...]
    trigger_stem: str


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """A document, as far as two of them are compared.

    `runs` are sorted hashes of its word runs; `vector` counts its stems, see `words.py`.
    """

    id: str
    published: str | None
    runs: NDArray[np.uint32]
    vector: NDArray[np.int8]


def article_of(coded: CodedDocument, settings: Settings) -> Article:
    """Prepare a document for comparison."""
    document = coded.document
    return _article(document.id, document.published, document.text, settings)


def article_of_quotes(
    document_id: str, published: str | None, quotes: Iterable[tuple[int, str]], settings: Settings
) -> Article:
    """Prepare a document of which only its records are known: their quotes, with their first characters, each once."""
    text = "\n".join(quote for _, quote in sorted(set(quotes)))
    return _article(document_id, published, text, settings)


def reports_of(coded: CodedDocument) -> list[Report]:
    """The events of a coded document as reports, in its order."""
    known = {entity.id: Known(entity.country or entity.id, entity.name) for entity in coded.entities}
    return [_of_event(event, coded.document.published, known) for event in coded.events]


def report_of_row(row: Row) -> Report:
    """An event's flat row as a report.

    Raises:
        RecordError: a column is missing or holds what no event has.
    """
    try:
        known = {**_known(row, "actor"), **_known(row, "recipient")}
        return _report(row, _split(row["actors"]), _split(row["recipients"]), known, modes=_split(row["modes"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RecordError(
            f"Malformed event {row.get('id')!r} of document {row.get('document_id')!r} "
            f"({type(error).__name__}: {error}): the columns of `detente code --format jsonl` are needed. "
            "Code the document again."
        ) from error


def day_range(value: str | None) -> Days | None:
    """First and last day, as ordinals, of a day, month, year or closed interval; None where an end is open.

    Raises:
        RecordError: there is no such day.
    """
    if value is None or ".." in value:
        return None
    first, _, last = value.partition("/")
    try:
        return _first_day(first).toordinal(), _last_day(last or first).toordinal()
    except ValueError as error:
        raise RecordError(
            f"Impossible date {value!r} ({error}): days of the calendar are allowed. Correct it."
        ) from error


def _known(row: Row, side: str) -> dict[str, Known]:
    columns = (_split(row[f"{side}{column}"]) for column in ("s", "_codes", "_names"))
    return {id: Known(code.partition(":")[0], name) for id, code, name in zip(*columns, strict=True)}


def _of_event(event: Event, published: str | None, known: Mapping[str, Known]) -> Report:
    place, evidence = event.place, event.evidence
    row = {
        "id": event.id,
        "document_id": evidence.document_id,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "trigger": event.trigger.quote,
        "type": event.type,
        "status": event.status,
        "date": event.date,
        "published": published,
        "place": place and place.name,
        "place_country": place and place.country,
        "place_geonameid": place and place.geonameid,
    }
    return _report(row, event.actors, event.recipients, known, modes=event.modes)


def _report(
    row: Row, actors: tuple[str, ...], recipients: tuple[str, ...], known: Mapping[str, Known], *, modes: Iterable[str]
) -> Report:
    check_date(row["date"], f"event {row['id']}")
    check_date(row["published"], f"published of document {row['document_id']!r}")
    days = day_range(row["date"])
    kind = load_codebook().event_type(row["type"])
    quote, trigger = stems(row["quote"]), stems(row["trigger"] or "")
    return Report(
        event_id=str(row["id"]),
        document_id=str(row["document_id"]),
        start=row["start"],
        end=row["end"],
        quote=row["quote"],
        trigger=row["trigger"],
        actor_ids=actors,
        recipient_ids=recipients,
        actors=_side(actors, known),
        recipients=_side(recipients, known),
        type=kind.name,
        quad=kind.quad,
        modes=tuple(modes),
        status=row["status"],
        fate="happened" if row["status"] in _HAPPENED else row["status"],
        date=row["date"],
        days=days or day_range(row["published"]),
        dated=days is not None,
        published=row["published"],
        place=row["place"],
        place_country=row["place_country"],
        geonameid=row["place_geonameid"],
        quote_stems=_sorted(quote),
        words=_sorted(set(quote).difference(trigger, _names((*actors, *recipients), known))),
        trigger_stem=" ".join(trigger),
    )


def _side(ids: tuple[str, ...], known: Mapping[str, Known]) -> Side:
    return _side_of(tuple((id, known[id].country if id in known else id.partition(":")[0]) for id in _sorted(ids)))


@lru_cache(maxsize=100_000)
def _side_of(members: tuple[tuple[str, str], ...]) -> Side:
    """Many events have the same sides: they share one object."""
    parties = tuple(Party(id, country) for id, country in members)
    return Side(parties, _sorted(party.country for party in parties))


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _names(ids: Iterable[str], known: Mapping[str, Known]) -> list[str]:
    """The stems of the parties' names, which say nothing that the sides do not say."""
    return stems(" ".join(f"{id.replace('-', ' ')} {known[id].name if id in known else ''}" for id in ids))


def _article(id: str, published: str | None, text: str, settings: Settings) -> Article:
    return Article(id, published, runs(text, settings.shingle_words), vector(stems(text)))


def _split(value: str | None) -> tuple[str, ...]:
    return tuple(value.split(";")) if value else ()


def _first_day(value: str) -> date:
    return date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)


def _last_day(value: str) -> date:
    if len(value) == 10:
        return date.fromisoformat(value)
    year, month = int(value[:4]), int(value[5:7] or 12)
    return date(year + (month == 12), month % 12 + 1, 1) - timedelta(days=1)
