"""What a URL asks for, as a filter, and back: the whole view stands in the address.

What enters: the parameters of a request, named as the options of `detente find`. What leaves: an `Asked`, whose
`address` gives the same view again, with changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from detente.queries import RecordFilter
from detente.resolve.knowledge import load_knowledge
from detente.web.errors import WebError

KINDS = ("event", "stance", "statement", "membership")
SINGLE = ("text", "actor", "recipient", "involving", "since", "until", "according_to", "publisher", "document")
SEVERAL = ("type", "status", "review")
_SIDES = ("actor", "recipient", "involving", "according_to")
_FLAGS = ("directed", "no_copies")
# Of the page, not of the question.
_PLACE = ("after", "limit", "oldest_first")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in a URL: its kind of record (None for all), its conditions, and which page of the answer."""

    kind: str | None
    values: dict[str, tuple[str, ...]]
    after: str | None
    limit: int
    newest_first: bool

    def one(self, name: str) -> str:
        """The value of a parameter, empty where it is not given."""
        return next(iter(self.values.get(name, ())), "")

    def wanted(self) -> RecordFilter:
        """The filter.

        Raises:
            QueryError: a type, status or date does not exist.
        """
        known = {name: self.one(name) or None for name in SINGLE if name != "according_to"}
        pair = self.values.get("pair")
        return RecordFilter(
            **known,
            pair=(pair[0], pair[1]) if pair else None,
            directed="directed" in self.values,
            types=self.values.get("type", ()),
            statuses=self.values.get("status", ()),
            reviews=self.values.get("review", ()),
            attribution=self.one("according_to") or None,
            copies="no_copies" not in self.values,
        )

    def address(self, **changes: str | None) -> str:
        """The query string of this question, from its first page, with parameters set, or dropped by None."""
        values: dict[str, tuple[str, ...]] = {"kind": (self.kind,)} if self.kind else {}
        values |= self.values
        if not self.newest_first:
            values["oldest_first"] = ("1",)
        for name, value in changes.items():
            values.pop(name, None)
            if value is not None:
                values[name] = (value,)
        pairs = [
            (name, ",".join(given) if name == "pair" else one)
            for name, given in values.items()
            for one in (given[:1] if name == "pair" else given)
        ]
        return urlencode(pairs)

    def conditions(self) -> list[tuple[str, str]]:
        """Name and value of every condition, for showing them."""
        return [(name, one) for name, given in self.values.items() for one in given]


def read_question(given: QueryParams) -> Asked:
    """Read the parameters of a request; a type or status alone asks for events.

    Raises:
        WebError: a parameter is unknown or malformed.
    """
    known = (*SINGLE, *SEVERAL, *_FLAGS, *_PLACE, "kind", "pair")
    if unknown := sorted(set(given) - set(known)):
        raise WebError(f"Unknown parameter {unknown[0]!r}: {', '.join(known)} are known. Correct the address.")
    kind = given.get("kind") or None
    if kind is not None and kind not in KINDS:
        raise WebError(f"Unknown kind {kind!r} in kind: {', '.join(KINDS)} are stored. Choose one.")
    values: dict[str, tuple[str, ...]] = {}
    for name in (*SINGLE, *SEVERAL):
        found = tuple(one.strip() for one in given.getlist(name) if one.strip())
        if found:
            values[name] = tuple(id_of(one) for one in found) if name in _SIDES else found
    values |= {name: ("1",) for name in _FLAGS if given.get(name)}
    if given.get("pair"):
        values["pair"] = _pair(given["pair"])
    if "type" in values:
        values["type"] = tuple(one.upper() for one in values["type"])
    if kind is None and ("type" in values or "status" in values):
        kind = "event"
    return Asked(kind, values, given.get("after") or None, _limit(given), not given.get("oldest_first"))


def _pair(text: str) -> tuple[str, ...]:
    sides = tuple(id_of(one.strip()) for one in text.split(",") if one.strip())
    if len(sides) != 2:
        raise WebError(f"Unclear {text!r} in pair: two ids with a comma are read. Write for example pair=PAK,RUS.")
    return sides


def _limit(given: QueryParams) -> int:
    text = given.get("limit") or "50"
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise WebError(f"{text!r} in limit: 1 to 1000 is allowed. Write for example limit=100.")
    return int(text)


def id_of(text: str) -> str:
    """The id that a user means: ids stay as they are, and the name of a known actor becomes its id."""
    known = load_knowledge().actors
    if text in known or text.upper() in known:
        return text if text in known else text.upper()
    return _by_name().get(text.casefold(), text)


def name_of(entity_id: str, default: str | None = None) -> str:
    """The name of a known actor or person, else the default or the id itself."""
    knowledge = load_knowledge()
    known: Any = knowledge.actors.get(entity_id) or knowledge.persons.get(entity_id)
    return str(known.name) if known is not None else default or entity_id


@cache
def _by_name() -> dict[str, str]:
    actors = load_knowledge().actors.values()
    aliases = {alias.casefold(): actor.id for actor in actors for alias in actor.aliases}
    return aliases | {actor.name.casefold(): actor.id for actor in actors}
