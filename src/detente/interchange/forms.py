"""One table a record: which attribute stands under which JSON keys, and what it means.

The same table writes records, reads them back and yields their JSON Schema, so that the three cannot
drift apart.
"""

from __future__ import annotations

from typing import get_type_hints

from detente.codebook.codebook import QuadClass, load_codebook
from detente.codebook.crosswalk import load_crosswalk, quad_of, score_of
from detente.interchange.codec import (
    ALSO,
    ATTRIBUTION,
    BOOLEAN,
    INTEGER,
    PLACE,
    STRING,
    Codec,
    Form,
    Json,
    Told,
    described,
    nullable,
    one_of,
    plain,
    quoted,
    span,
    strings,
)
from detente.records import (
    DateBasis,
    Event,
    Issue,
    Membership,
    MembershipStatus,
    Mention,
    Stance,
    Statement,
    Status,
    Trend,
)

EXTENT = (
    plain("start", INTEGER, "First character in the text."),
    plain("end", INTEGER, "Character after the last."),
)
DATE = nullable(STRING)
CODED_BY = plain("coded_by", STRING, "The rule and the construction that made the record.")
EVIDENCE = quoted("evidence", "The clause that proves the record, as characters [start, end) of the text.")
TRIGGER = span("trigger", "The word or words that name it.")

DISAGREES_WITH = Codec(  # files written before the field came lack it
    "disagrees_with",
    lambda value: {"disagrees_with": value},
    lambda obj, _: obj.get("disagrees_with"),
    {"disagrees_with": described(nullable(STRING), "The row of our own dated table that says otherwise.")},
)


def told_of(event: Event) -> Json:
    """Quad class, score and CAMEO code of an event; all null where the codebook lacks its type or a mode of it."""
    known = load_codebook().types.get(event.type)
    if known is None or not {*event.modes} <= {*known.modes}:
        return {"quad": None, "score": None, "cameo": None}
    code = load_crosswalk().code_of(event.type, event.modes, event.contexts, status=event.status)
    return {"quad": quad_of(event.type), "score": score_of(event.type, event.modes), "cameo": code}


TOLD_OF_EVENT = Told(
    told_of,
    {
        "quad": described(nullable(one_of(QuadClass)), "PLOVER quad class of the type. Not read back."),
        "score": described(
            nullable({"type": "number", "minimum": -10, "maximum": 10}),
            "PLOVER score of type and mode, whatever the status. Not read back.",
        ),
        "cameo": described(
            nullable({"type": "string", "pattern": r"^\d{2,4}$"}),
            "CAMEO code by crosswalk, null where the event is not said to have happened. Not read back.",
        ),
    },
)
EVENT: Form[Event] = Form(
    Event,
    "Who did or said what to whom, in PLOVER's terms.",
    (
        strings("actors", "Ids of the acting side; all sides of a reciprocal act.", key="actor"),
        strings("recipients", "Ids of the side acted on.", key="recipient"),
        plain("type", STRING, "PLOVER event type."),
        strings("modes", "PLOVER modes of the type.", key="mode"),
        strings("contexts", "PLOVER contexts: what it is about.", key="context"),
        plain("status", one_of(Status), "Whether and how it is said to have happened."),
        plain("date", DATE, "ISO 8601 date, month, year or interval; null when the text gives none."),
        plain("date_basis", nullable(one_of(DateBasis)), "What the date was read from."),
        plain("due", DATE, "When a promised act falls due."),
        PLACE,
        ATTRIBUTION,
        EVIDENCE,
        TRIGGER,
        ALSO,
        strings("inferred", "Sides that the clause itself does not state."),
        CODED_BY,
        plain(
            "probability",
            nullable({"type": "number", "minimum": 0, "maximum": 1}),
            "The encoder's of the type; null for rules.",
        ),
    ),
    told=TOLD_OF_EVENT,
)
STANCE: Form[Stance] = Form(
    Stance,
    "How a holder regards an object or, where mutual, how a pair's relation is described.",
    (
        plain("holder", STRING, "Id of the entity that regards."),
        plain("object", STRING, "Id of the entity regarded."),
        plain("mutual", BOOLEAN, "True where the relation of the pair is described."),
        plain("valence", {"type": "number", "minimum": -1, "maximum": 1}, "-1 hostile, 0 neutral, +1 allied."),
        plain("trend", nullable(one_of(Trend)), "Where the relation is said to be going."),
        plain("date", DATE, "ISO 8601 date, month, year or interval."),
        ATTRIBUTION,
        EVIDENCE,
        TRIGGER,
        ALSO,
        CODED_BY,
    ),
)
MEMBERSHIP: Form[Membership] = Form(
    Membership,
    "Who belongs to which organisation, as what, since when.",
    (
        plain("member", STRING, "Id of the member."),
        plain("organisation", STRING, "Id of the organisation.", key="org"),
        plain("status", one_of(MembershipStatus), "As what."),
        plain("since", DATE, "ISO 8601; null when the text gives none.", key="from"),
        plain("until", DATE, "ISO 8601; null when the text gives none.", key="to"),
        ATTRIBUTION,
        EVIDENCE,
        ALSO,
        CODED_BY,
        DISAGREES_WITH,
    ),
)
STATEMENT: Form[Statement] = Form(
    Statement,
    "Who is quoted or reported as saying what.",
    (
        plain("speaker", STRING, "Id of the speaker."),
        plain("role", nullable(STRING), "The speaker's role as the text gives it."),
        plain("affiliation", nullable(STRING), "The speaker's affiliation as the text gives it."),
        span("cue", "The word or words that introduce what is said."),
        quoted("content", "What is said, without the cue."),
        plain("direct", BOOLEAN, "True inside quotation marks."),
        plain("denied", BOOLEAN, "True where the cue denies the content."),
        plain("venue", nullable(STRING), "Where or on what occasion it was said."),
        ATTRIBUTION,
        CODED_BY,
    ),
)
MENTION: Form[Mention] = Form(
    Mention,
    "Words that name or refer to an entity, and why we think so.",
    (
        *EXTENT,
        plain("text", STRING, "The words."),
        plain("entity_id", STRING, "Id of the entity.", key="entity"),
        plain("root", {"type": "integer"}, "Index of the token that heads the mention."),
        plain("form", one_of(get_type_hints(Mention)["form"]), "What kind of words these are."),
        plain("reason", STRING, "Why they were read as this entity."),
        plain("score", {"type": "number"}, "How sure the reading is, for ranking only."),
    ),
    derived=(),
)
ISSUE: Form[Issue] = Form(
    Issue,
    "Something that was seen and not coded, with the reason.",
    (
        plain("kind", STRING, "What kind of gap it is."),
        plain("reason", STRING, "Why it was not coded."),
        *EXTENT,
        Codec("document_id", lambda _: {}, lambda _, document: document.id, {}),
    ),
)
