"""The records that pass between the stages: frozen, typed, with ids made from their content.

What enters: plain values. What leaves: records that cannot be built inconsistent. Offsets are half-open
character ranges [start, end) into the document's text. Dates are ISO 8601 strings of the precision that
the text gives (`2005-10-26`, `2001-06`, `2003`, `2005/..`, `2016-04-05/2016-04-06`); None means that the
text gives nothing.

Source: the record forms follow the PLOVER manual (Open Event Data Alliance, draft 0.8, 2021); stances,
statements and memberships are our own.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import InitVar, dataclass, field
from typing import Literal, get_args

from detente.errors import RecordError

EntityKind = Literal["state", "organisation", "group", "person", "unknown"]
Status = Literal["actual", "historical", "future", "hypothetical", "proposed", "negated"]
Trend = Literal["warming", "cooling", "steady"]
MembershipStatus = Literal[
    "member", "observer", "dialogue-partner", "candidate", "applicant", "suspended", "withdrawn", "founder", "founded"
]
DateBasis = Literal["text", "context", "publication"]

STATUSES: tuple[Status, ...] = get_args(Status)

_DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_DATE = re.compile(rf"^({_DAY}|({_DAY}|\.\.)/({_DAY}|\.\.))$")


def content_id(prefix: str, *fields: object) -> str:
    """Hash identifying fields, as a JSON array, to an id such as `ev-3f2a…` (16 hexadecimal digits)."""
    packed = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), default=str)
    return f"{prefix}-{hashlib.sha256(packed.encode()).hexdigest()[:16]}"


def check_date(value: str | None, name: str) -> None:
    """Raise RecordError unless `value` is None or an ISO 8601 date, month, year or interval."""
    if value is not None and not _DATE.match(value):
        raise RecordError(
            f"Malformed date {value!r} in {name}: ISO 8601 dates, months, years and intervals are allowed. "
            "Write for example '2005-10-26', '2005-10' or '2005/..'."
        )


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read, with what is known of its origin.

    `published` is an ISO date of any precision. `sha256` is that of the UTF-8 text.
    """

    id: str
    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        check_date(self.published, f"published of document {self.id!r}")

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove a record. Building one checks that the quote stands in the document.

    Raises:
        RecordError: `quote` is empty or is not `document.text[start:end]`.
    """

    document: InitVar[Document]
    start: int
    end: int
    quote: str
    document_id: str = field(init=False)

    def __post_init__(self, document: Document) -> None:
        if not 0 <= self.start < self.end <= len(document.text) or document.text[self.start : self.end] != self.quote:
            raise RecordError(
                f"Quote {self.quote!r} in evidence [{self.start}, {self.end}) of document {document.id!r}: "
                "a quote must be the document's text at these characters. Build it with Evidence.of()."
            )
        object.__setattr__(self, "document_id", document.id)

    @classmethod
    def of(cls, document: Document, start: int, end: int) -> Evidence:
        """Quote the document at [start, end)."""
        return cls(document, start, end, document.text[start:end])

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Entity:
    """A resolved state, organisation, group or person.

    `id` is ISO 3166-1 alpha-3 for a state (`PAK`), an acronym for an organisation (`SCO`), else a slug
    (`vladimir-kozin`). `country` is the state (or the organisation) that a person or body acts for.
    `code` is country and PLOVER sector where both are known (`PAK:GOV`).
    """

    id: str
    name: str
    kind: EntityKind
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        if self.country is None or self.kind == "state":
            return self.id
        return f"{self.country}:{self.sector}" if self.sector else self.country


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of the text that names or refers to an entity, and why we think so.

    `root` is the index of the token that heads the mention in the parse; `form` says what kind of words
    these are; `reason` is for the reader, e.g. `title 'president' + country RUS in office 2018-03`.
    """

    start: int
    end: int
    text: str
    entity_id: str
    root: int
    form: Literal["name", "modifier", "capital", "title", "pronoun", "description", "group"]
    reason: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened: the name as in the text and, where known, the country's code and the place meant.

    `geonameid` is the id of GeoNames; sites and regions have coordinates without one. `admin1` is the name of
    the first-level division or its GeoNames code. Coordinates are degrees of WGS 84, of a region its middle.
    """

    name: str
    country: str | None = None
    geonameid: int | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    def __str__(self) -> str:
        return f"{self.name}, {self.country}" if self.country else self.name


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who vouches for a record, outermost last; empty for the document's own voice.

    `endorsed` is the author's position: True where the author adopts what is said ("as X rightly said"), False where
    the author keeps a distance ("X claims", "allegedly"), None where neither shows.
    """

    sources: tuple[str, ...] = ()
    endorsed: bool | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Who did or said what to whom, in PLOVER's terms.

    `actors` and `recipients` are entity ids, in the order of the text; a reciprocal act lists all in
    `actors`. `coded_by` names the rule and its construction, or the encoder. `probability` is the encoder's
    of the type where it alone sees the act, and None for rules, which are not calibrated. `inferred` names
    the sides (`actors`, `recipients`) that the clause itself does not state.
    """

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    type: str
    status: Status
    evidence: Evidence
    trigger: Evidence
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    date: str | None = None
    date_basis: DateBasis | None = None
    due: str | None = None
    place: Place | None = None
    attribution: Attribution = Attribution()
    also: tuple[Evidence, ...] = ()
    inferred: tuple[str, ...] = ()
    coded_by: str = ""
    probability: float | None = None

    def __post_init__(self) -> None:
        if not self.actors:
            raise RecordError(
                f"No actor in event {self.type} at {self.evidence.span}: an event has at least one actor. "
                "Use 'UNK' for an unknown perpetrator."
            )
        if self.status not in STATUSES:
            raise RecordError(f"Unknown status {self.status!r} in event {self.type}: one of {', '.join(STATUSES)}.")
        check_date(self.date, f"event {self.type}")
        check_date(self.due, f"due of event {self.type}")

    @property
    def id(self) -> str:
        e = self.evidence
        key = (e.document_id, e.start, e.end, self.type, self.actors, self.recipients, self.trigger.span)
        return content_id("ev", *key)


@dataclass(frozen=True, slots=True)
class Stance:
    """How a holder regards an object, or, where `mutual`, how a pair's relation is described.

    `valence` runs from −1 (hostile) over 0 (explicitly neutral) to +1 (allied).
    """

    holder: str
    object: str
    mutual: bool
    valence: float
    evidence: Evidence
    trigger: Evidence
    trend: Trend | None = None
    date: str | None = None
    attribution: Attribution = Attribution()
    also: tuple[Evidence, ...] = ()
    coded_by: str = ""

    def __post_init__(self) -> None:
        if not -1 <= self.valence <= 1:
            raise RecordError(f"Valence {self.valence!r} in stance of {self.holder!r}: from -1 to +1 is allowed.")
        check_date(self.date, f"stance of {self.holder!r}")

    @property
    def id(self) -> str:
        e = self.evidence
        return content_id("st", e.document_id, e.start, e.end, self.holder, self.object, self.mutual, self.trigger.span)


@dataclass(frozen=True, slots=True)
class Membership:
    """Who belongs to which organisation, as what, since when.

    The founding of an organisation has the organisation as `member` and status `founded`. `disagrees_with` names the
    row of our own dated table that says otherwise; None where none does. The record keeps what the text says.
    """

    member: str
    organisation: str
    status: MembershipStatus
    evidence: Evidence
    since: str | None = None
    until: str | None = None
    attribution: Attribution = Attribution()
    also: tuple[Evidence, ...] = ()
    coded_by: str = ""
    disagrees_with: str | None = None

    def __post_init__(self) -> None:
        if self.status not in get_args(MembershipStatus):
            raise RecordError(f"Unknown status {self.status!r} in membership of {self.member!r}.")
        check_date(self.since, f"membership of {self.member!r}")
        check_date(self.until, f"membership of {self.member!r}")

    @property
    def id(self) -> str:
        e = self.evidence
        return content_id("me", e.document_id, e.start, e.end, self.member, self.organisation, self.status)


@dataclass(frozen=True, slots=True)
class Statement:
    """Who is quoted or reported as saying what.

    `content` is the smallest clause that carries what is said, without the cue. `direct` is True inside
    quotation marks. `denied` is True where the cue denies the content. `attribution` holds who reports
    the speaker, when it is not the document itself.
    """

    speaker: str
    cue: Evidence
    content: Evidence
    direct: bool
    role: str | None = None
    affiliation: str | None = None
    venue: str | None = None
    denied: bool = False
    attribution: Attribution = Attribution()
    coded_by: str = ""

    @property
    def id(self) -> str:
        c = self.content
        return content_id("sa", c.document_id, c.start, c.end, self.speaker)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that was seen and not coded, with the reason, so that nothing vanishes in silence."""

    kind: str
    reason: str
    start: int
    end: int
    document_id: str

    @property
    def id(self) -> str:
        return content_id("is", self.document_id, self.kind, self.start, self.end, self.reason)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the records: versions of detente, its codebook, the language model, and the encoder's weights.

    `encoder_sha256` is `none` where rules alone decided.
    """

    detente: str
    codebook: str
    model: str
    model_sha256: str
    encoder_sha256: str = "none"


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """A document and all that was read in it. Records stand in the order of the text."""

    document: Document
    provenance: Provenance
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    stances: tuple[Stance, ...] = ()
    memberships: tuple[Membership, ...] = ()
    statements: tuple[Statement, ...] = ()
    issues: tuple[Issue, ...] = ()
