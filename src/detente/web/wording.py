"""How records are told on every page: what is no fact says so before anything else.

What enters: records. What leaves: `Card`s of plain words, which all pages show by one template. No card says in a
finite verb what was proposed, denied, possible, planned or only claimed: acts are named by nouns, and `standing` says
how the text vouches for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from detente.codebook.codebook import load_codebook
from detente.interchange.forms import told_of
from detente.queries import Found
from detente.records import CodedDocument, Entity, Event, Evidence, Membership, Stance, Statement
from detente.web.asking import name_of

# Short mark, and what it means in full.
STANDINGS: Mapping[str, tuple[str, str]] = {
    "fact": ("reported", "The text tells it as a fact."),
    "historical": ("background", "The text tells it as past, not as its news."),
    "claimed": ("claimed", "Somebody says so; the text itself does not vouch for it."),
    "future": ("planned", "Announced or expected: not done when the text was written."),
    "proposed": ("proposed", "Urged or suggested: not done."),
    "hypothetical": ("hypothetical", "Conditional or possible: not done."),
    "negated": ("denied", "Said not to have happened."),
    "said": ("said", "The words are the speaker's; that they are true is not said."),
}
FACTS = ("fact", "historical")
TONES = {
    "verbal cooperation": "coop word",
    "material cooperation": "coop deed",
    "verbal conflict": "conf word",
    "material conflict": "conf deed",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One actor of a record, with the page that tells more."""

    id: str
    name: str
    note: str

    @property
    def href(self) -> str:
        return f"/actors/{quote(self.id, safe=':')}"


@dataclass(frozen=True, slots=True)
class Card:
    """A record in words.

    Attributes:
        standing: key of `STANDINGS`.
        tone: CSS classes of cooperation or conflict, word or deed; empty for other kinds than events.
        what: the act, stance, membership or way of saying, as a noun or participle.
        chain: who vouches for it, the nearest first.
        before, trigger, after: the evidence, parted at the words that name the record.
        facts: further attributes, label and value.
        pair: the two countries of a record of two, for a link to their page.
    """

    id: str
    kind: str
    standing: str
    tone: str
    actors: tuple[Side, ...]
    joint: str
    recipients: tuple[Side, ...]
    what: str
    meaning: str
    date: str | None
    chain: tuple[Side, ...]
    before: str
    trigger: str
    after: str
    start: int
    end: int
    facts: tuple[tuple[str, str], ...]
    document_id: str
    document_title: str
    publisher: str | None
    published: str | None
    review: str
    pair: tuple[str, str] | None

    @property
    def mark(self) -> str:
        return STANDINGS[self.standing][0]

    @property
    def standing_note(self) -> str:
        return STANDINGS[self.standing][1]

    @property
    def is_fact(self) -> bool:
        return self.standing in FACTS

    @property
    def manner(self) -> str:
        """CSS class of how it stands: `fact`, `saying` for speech, which vouches for nothing, or `nofact`."""
        return "fact" if self.is_fact else "saying" if self.standing == "said" else "nofact"

    @property
    def href(self) -> str:
        return f"/records/{self.id}"

    @property
    def in_text(self) -> str:
        return f"/documents/{quote(self.document_id)}#{self.id}"


def cards_of(coded: CodedDocument, reviews: Mapping[str, str] | None = None) -> list[Card]:
    """Cards of all records of a document, in the order of its text."""
    told: list[tuple[str, Any]] = [
        *(("event", record) for record in coded.events),
        *(("stance", record) for record in coded.stances),
        *(("membership", record) for record in coded.memberships),
        *(("statement", record) for record in coded.statements),
    ]
    found = [
        _card(record.id, kind, record, coded.document, coded.entities, (reviews or {}).get(record.id, ""))
        for kind, record in told
    ]
    return sorted(found, key=lambda card: (card.start, card.end, card.kind, card.id))


def card_of(found: Found[Any]) -> Card:
    """The card of a result."""
    return _card(found.id, found.kind, found.record, found.document, found.entities, found.review)


def standing_of(record: Any) -> str:
    """How the text vouches for a record: denial and mood come before attribution, attribution before background."""
    if isinstance(record, Statement):
        return "negated" if record.denied else "said"
    status = record.status if isinstance(record, Event) else "actual"
    if status not in ("actual", "historical"):
        return str(status)
    if record.attribution.sources and record.attribution.endorsed is not True:
        return "claimed"
    return "historical" if status == "historical" else "fact"


def _card(record_id: str, kind: str, record: Any, document: Any, entities: Iterable[Entity], review: str) -> Card:
    known = {entity.id: entity for entity in entities}
    told = _TOLD[type(record)](record)
    actors, recipients = (tuple(side_of(one, known) for one in told[side]) for side in ("actors", "recipients"))
    evidence = record.content if isinstance(record, Statement) else record.evidence
    trigger = None if isinstance(record, Statement | Membership) else record.trigger
    before, words, after = _parts(evidence, trigger)
    return Card(
        id=record_id,
        kind=kind,
        standing=standing_of(record),
        tone=told.get("tone", ""),
        actors=actors,
        joint=told.get("joint", ""),
        recipients=recipients,
        what=told["what"],
        meaning=told.get("meaning", ""),
        date=told.get("date"),
        chain=tuple(side_of(one, known) for one in record.attribution.sources),
        before=before,
        trigger=words,
        after=after,
        start=evidence.start,
        end=evidence.end,
        facts=tuple((label, str(value)) for label, value in told["facts"] if value not in (None, "")),
        document_id=document.id,
        document_title=document.title or opening_of(document.text),
        publisher=document.publisher,
        published=document.published,
        review=review,
        pair=_pair(told, known) if kind in ("event", "stance") else None,
    )


def side_of(entity_id: str, known: Mapping[str, Entity]) -> Side:
    """An actor with its name, and the country it acts for where that is another."""
    entity = known.get(entity_id)
    name = name_of(entity_id) if entity is None or entity.kind == "state" else entity.name
    note = entity.code if entity is not None and entity.code != entity_id else ""
    return Side(entity_id, name, note)


def _event(event: Event) -> dict[str, Any]:
    kind = load_codebook().types.get(event.type)
    told = told_of(event)
    score = told["score"]
    return {
        "actors": event.actors,
        "recipients": event.recipients,
        "joint": "→" if event.recipients else "↔",
        "what": "/".join((event.type, *event.modes)),
        "meaning": kind.meaning if kind else "",
        "tone": TONES.get(told["quad"], ""),
        "date": event.date,
        "facts": (
            ("Class", told["quad"]),
            ("PLOVER score", None if score is None else f"{score:+.1f}".replace("-", "−")),
            ("Place", event.place),
            ("Due", event.due),
            ("About", ", ".join(event.contexts)),
            ("Sides not in the clause", ", ".join(event.inferred)),
            ("Date from", event.date_basis),
            ("Probability", None if event.probability is None else f"{event.probability:.2f}"),
            ("Coded by", event.coded_by),
        ),
    }


def _stance(stance: Stance) -> dict[str, Any]:
    return {
        "actors": (stance.holder, stance.object) if stance.mutual else (stance.holder,),
        "recipients": () if stance.mutual else (stance.object,),
        "joint": "↔" if stance.mutual else "→",
        "what": f"described as {_valence(stance.valence)}",
        "tone": "coop" if stance.valence > 0 else "conf" if stance.valence < 0 else "",
        "date": stance.date,
        "facts": (
            ("Valence", f"{stance.valence:+.1f} of −1 to +1".replace("-", "−")),
            ("Trend", stance.trend),
            ("Coded by", stance.coded_by),
        ),
    }


def _valence(valence: float) -> str:
    if valence == 0:
        return "neutral"
    words = ("hostile", "cool") if valence < 0 else ("allied", "warm")
    return words[0] if abs(valence) > 0.75 else words[1]


def _membership(one: Membership) -> dict[str, Any]:
    founded = one.status == "founded"
    return {
        "actors": (one.member,),
        "recipients": () if founded else (one.organisation,),
        "joint": "" if founded else "·",
        "what": one.status.replace("-", " "),
        "date": one.since,
        "facts": (("Since", one.since), ("Until", one.until), ("Coded by", one.coded_by)),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "actors": (statement.speaker,),
        "recipients": (),
        "what": "denial" if statement.denied else "quoted" if statement.direct else "reported speech",
        "facts": (
            ("Role", statement.role),
            ("Affiliation", statement.affiliation),
            ("Venue", statement.venue),
            ("Words that introduce it", statement.cue.quote),
            ("Coded by", statement.coded_by),
        ),
    }


_TOLD: dict[type, Any] = {Event: _event, Stance: _stance, Membership: _membership, Statement: _statement}


def _parts(evidence: Evidence, trigger: Evidence | None) -> tuple[str, str, str]:
    words = evidence.quote
    if trigger is None or not evidence.start <= trigger.start < trigger.end <= evidence.end:
        return words, "", ""
    start, end = trigger.start - evidence.start, trigger.end - evidence.start
    return words[:start], words[start:end], words[end:]


def _pair(told: Mapping[str, Any], known: Mapping[str, Entity]) -> tuple[str, str] | None:
    """The two countries or organisations that a record is of, where there are just two."""
    sides = {
        country
        for one in (*told["actors"], *told["recipients"])
        if (country := known[one].code.partition(":")[0] if one in known else one)
    }
    if len(sides) != 2 or not all(side.isupper() for side in sides):
        return None
    first, second = sorted(sides)
    return first, second


def opening_of(text: str) -> str:
    """The first line, for a title where there is none."""
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= 90 else line[:89].rstrip() + "…"
