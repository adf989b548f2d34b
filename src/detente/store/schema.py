"""The tables of a project's database, `detente.sqlite`: the system of record.

What enters: nothing. What leaves: `METADATA` with one SQLAlchemy table a thing. `doc` of a column says what its name
cannot; docs/reference/project.md shows the same to readers. The database is made by the migrations beside this file;
a test compares the two.

Conventions
- `key` is the integer that rows join by. It means nothing outside this file; `id` is the content id that users see.
- Dates are ISO 8601 text as the record has them (`2005-10`, `2005/..`); `…_start` and `…_end` are their first and
  last day (`2005-10-01`, `2005-10-31`), NULL where that end is open or unknown. Moments end in `_at` and are UTC.
- Lists are JSON arrays in text. Booleans are 0 and 1. NULL means that the text gives nothing.
- A record stands once in `records` with what every kind has, and once in the table of its kind, both under the same
  `key`. Columns hold what is valid now, corrections applied; `records.original` holds what the coder wrote.
- Both sides of any record stand in `sides`: actors and recipients, a stance's holder and object, a membership's
  member and organisation, a statement's speaker.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

# Written into the file's header, so that another SQLite file is not taken for a project.
APPLICATION_ID = 0x64746E74


def _key() -> Column[int]:
    return Column("key", Integer, primary_key=True)


def _document(*, primary_key: bool = False, index: bool = False) -> Column[int]:
    return Column(
        "document_key", ForeignKey("documents.key"), nullable=False, primary_key=primary_key, index=index or None
    )


def _record() -> Column[int]:
    return Column("record_key", ForeignKey("records.key"), primary_key=True, autoincrement=False)


META = Table(
    "meta",
    METADATA,
    Column("name", String, primary_key=True, doc="`format` or `created_at`."),
    Column("value", String, nullable=False),
)

RUNS = Table(
    "runs",
    METADATA,
    _key(),
    Column("command", String, nullable=False, doc="`add`, `recode` or `link`."),
    Column("options", Text, nullable=False, doc="JSON object of what was asked for."),
    Column("started_at", String, nullable=False),
    Column("ended_at", String, doc="NULL while it runs and where it was interrupted."),
    Column("coder_key", ForeignKey("coders.key")),
    Column("counts", Text, nullable=False, doc='JSON object, such as `{"coded": 3, "known": 1}`.'),
)

FAILURES = Table(
    "failures",
    METADATA,
    _key(),
    Column("run_key", ForeignKey("runs.key"), nullable=False, index=True),
    Column("path", String, nullable=False, doc="The file, with the part of it where there is one."),
    Column("reason", Text, nullable=False, doc="The error as the user was told."),
)

CODERS = Table(
    "coders",
    METADATA,
    _key(),
    Column("detente", String, nullable=False),
    Column("codebook", String, nullable=False),
    Column("model", String, nullable=False),
    Column("model_sha256", String, nullable=False),
    Column("encoder_sha256", String, nullable=False, doc="`none` where rules alone decided."),
    UniqueConstraint("detente", "codebook", "model", "model_sha256", "encoder_sha256", name="one_coder"),
)

ORIGINALS = Table(
    "originals",
    METADATA,
    Column("sha256", String, primary_key=True, doc="Hash of the file's bytes."),
    Column("name", String, nullable=False, doc="Name of the file when it was first added."),
    Column("bytes", Integer, nullable=False),
    Column("kept", Boolean, nullable=False, doc="Whether `originals/` holds a copy."),
    Column("complete", Boolean, nullable=False, doc="Whether all documents in it are stored."),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    _key(),
    Column("id", String, nullable=False, unique=True, doc="`doc-` and a hash of the text."),
    Column("title", Text),
    Column("author", Text),
    Column("publisher", Text, index=True),
    Column("url", Text),
    Column("published", String, doc="ISO date of any precision."),
    Column("published_start", String, index=True),
    Column("published_end", String),
    Column("date_source", String, doc="What the publication date was read from."),
    Column("language", String, doc="ISO 639-1; NULL where it cannot be told."),
    Column("sha256", String, nullable=False, unique=True, doc="Hash of the UTF-8 text."),
    Column("chars", Integer, nullable=False, doc="Length of the text."),
    Column("state", String, nullable=False, index=True, doc="`coded`, `foreign` (not English) or `failed`."),
    Column("reason", Text, doc="Why it is not coded."),
    Column("coder_key", ForeignKey("coders.key"), doc="What coded it last."),
    Column("run_key", ForeignKey("runs.key"), nullable=False, doc="The run that stored it first."),
)

TEXTS = Table(
    "texts",
    METADATA,
    _document(primary_key=True),
    Column("text", Text, nullable=False, doc="Offsets of records count its characters (Unicode code points)."),
)

SOURCES = Table(
    "sources",
    METADATA,
    _key(),
    _document(),
    Column("original", String, nullable=False, doc="`originals.sha256`, or the hash of the text where no file was."),
    Column("path", Text, nullable=False, doc="As the user named it."),
    Column("member", Text, nullable=False, doc="Part of the file, such as a line or a name in an archive; else empty."),
    Column("media_type", String),
    Column("title", Text),
    Column("publisher", Text),
    Column("url", Text),
    Column("published", String),
    Column("date_source", String),
    Column("retrieved_at", String),
    Column("notes", Text, nullable=False, doc="JSON array of remarks of the reader."),
    UniqueConstraint("document_key", "original", "member", name="one_source"),
)

DOCUMENT_ENTITIES = Table(
    "document_entities",
    METADATA,
    _document(primary_key=True),
    Column("entity", String, primary_key=True, doc="Id as coded: ISO alpha-3, acronym or slug."),
    Column("position", Integer, nullable=False, doc="Place among the entities of the document."),
    Column("name", Text, nullable=False),
    Column("kind", String, nullable=False, doc="`state`, `organisation`, `group`, `person` or `unknown`."),
    Column("country", String),
    Column("sector", String, doc="PLOVER sector."),
    Column("role", Text),
    Column("affiliation", Text),
    Column("aliases", Text, nullable=False, doc="JSON array of ids."),
    Index("document_entities_by_entity", "entity", "document_key"),
    sqlite_with_rowid=False,
)

MENTIONS = Table(
    "mentions",
    METADATA,
    _document(primary_key=True),
    Column("mentions", Text, nullable=False, doc="JSON array in the form of `detente schema`, text order."),
)

ISSUES = Table(
    "issues",
    METADATA,
    _key(),
    Column("id", String, nullable=False),
    _document(index=True),
    Column("kind", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

RECORDS = Table(
    "records",
    METADATA,
    _key(),
    Column("id", String, nullable=False, unique=True, doc="Content id of the record as first coded; never changes."),
    Column("kind", String, nullable=False, doc="`event`, `stance`, `statement` or `membership`."),
    _document(),
    Column("position", Integer, nullable=False, doc="Place among the document's records of its kind."),
    Column("start", Integer, nullable=False, doc="First character of the evidence."),
    Column("end", Integer, nullable=False, doc="Character after its last."),
    Column("quote", Text, nullable=False, doc="The evidence; indexed for full-text search in `quotes_fts`."),
    Column("date", String, doc="The record's own date; a membership's `since`."),
    Column("date_start", String, doc="First day of `date`, else of the document's `published`."),
    Column("date_end", String, doc="Last day; NULL where open. A membership's is that of `until`."),
    Column("day", String, nullable=False, doc="`date_start`, or empty where unknown: what lists are ordered by."),
    Column("attribution", Text, nullable=False, doc="JSON array of entity ids, outermost last; `[]` is the document."),
    Column("endorsed", Boolean),
    Column("coded_by", Text, nullable=False),
    Column(
        "review",
        String,
        nullable=False,
        doc="`unreviewed`, `accepted`, `corrected`, `added` or `rejected`; what is rejected is no finding.",
    ),
    Column("coder_key", ForeignKey("coders.key"), doc="NULL for records that a user added."),
    Column("record", Text, nullable=False, doc="The record now, in the JSON form of `detente schema`."),
    Column("original", Text, doc="The record as coded, where a correction changed it."),
    Index("records_by_document", "document_key", "kind", "position"),
    Index("records_by_kind", "kind", "day", "key"),
    Index("records_by_review", "review", "key"),
)

EVENTS = Table(
    "events",
    METADATA,
    _record(),
    Column("type", String, nullable=False, index=True, doc="PLOVER event type."),
    Column("modes", Text, nullable=False, doc="JSON array."),
    Column("contexts", Text, nullable=False, doc="JSON array."),
    Column(
        "status", String, nullable=False, doc="`actual`, `historical`, `future`, `hypothetical`, `proposed`, `negated`."
    ),
    Column("quad", String, doc="PLOVER quad class of the type; NULL for a type that the codebook lacks."),
    Column("score", Float, doc="PLOVER score of type and mode, -10 to +10, whatever the status."),
    Column("cameo", String, doc="CAMEO code; NULL where the event is not said to have happened."),
    Column("date_basis", String, doc="`text`, `context` or `publication`."),
    Column("due", String),
    Column("place", Text),
    Column("place_country", String),
    Column("place_geonameid", Integer),
    Column("place_admin1", Text),
    Column("place_latitude", Float),
    Column("place_longitude", Float),
    Column("trigger", Text, nullable=False, doc="The words that name the act."),
    Column("inferred", Text, nullable=False, doc="JSON array of sides that the clause does not state."),
    Column("probability", Float, doc="The encoder's; NULL for rules."),
)

STANCES = Table(
    "stances",
    METADATA,
    _record(),
    Column("holder", String, nullable=False),
    Column("object", String, nullable=False),
    Column("mutual", Boolean, nullable=False),
    Column("valence", Float, nullable=False, doc="-1 hostile to +1 allied."),
    Column("trend", String),
    Column("trigger", Text, nullable=False),
)

STATEMENTS = Table(
    "statements",
    METADATA,
    _record(),
    Column("speaker", String, nullable=False),
    Column("role", Text),
    Column("affiliation", Text),
    Column("venue", Text),
    Column("direct", Boolean, nullable=False),
    Column("denied", Boolean, nullable=False),
    Column("cue", Text, nullable=False, doc="The words that introduce what is said."),
)

MEMBERSHIPS = Table(
    "memberships",
    METADATA,
    _record(),
    Column("member", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("status", String, nullable=False, doc="`member`, `observer`, `candidate`, …"),
    Column("since", String),
    Column("until", String),
    Column("disagrees_with", Text, doc="Row of our own dated table that says otherwise."),
)

SIDES = Table(
    "sides",
    METADATA,
    _record(),
    Column("role", String, primary_key=True, doc="`actor` or `recipient`."),
    Column("position", Integer, primary_key=True, autoincrement=False, doc="Place on its side, from 0."),
    Column("entity", String, nullable=False, doc="Id, with merged and split entities resolved."),
    Column("coded", String, nullable=False, doc="Id as the record has it."),
    Column("country", String, doc="State or organisation that it belongs to; of these their own id."),
    Index("sides_by_entity", "entity", "record_key"),
    Index("sides_by_country", "country", "record_key"),
    sqlite_with_rowid=False,
)

PAIRS = Table(
    "pairs",
    METADATA,
    Column("a", String, primary_key=True, doc="A country of `sides`; a < b."),
    Column("b", String, primary_key=True),
    Column("day", String, primary_key=True, doc="`records.day`."),
    Column("record_key", ForeignKey("records.key"), primary_key=True, autoincrement=False, index=True),
    Column("direction", Integer, nullable=False, doc="1 a to b, 2 b to a, 3 both or mutual."),
    sqlite_with_rowid=False,
)

ATTRIBUTIONS = Table(
    "attributions",
    METADATA,
    _record(),
    Column("position", Integer, primary_key=True, autoincrement=False, doc="Place in the chain, outermost last."),
    Column("entity", String, nullable=False, doc="As in `sides`."),
    Column("coded", String, nullable=False),
    Index("attributions_by_entity", "entity", "record_key"),
    sqlite_with_rowid=False,
)

COPIES = Table(
    "copies",
    METADATA,
    _document(primary_key=True),
    Column("original_key", ForeignKey("documents.key"), nullable=False, index=True, doc="The document stored first."),
    Column("similarity", Float, nullable=False, doc="Jaccard similarity of their word runs, up to 1."),
)

BUCKETS = Table(
    "buckets",
    METADATA,
    Column("bucket", Integer, primary_key=True, autoincrement=False, doc="Hash of one band of a sketch."),
    _document(primary_key=True),
    sqlite_with_rowid=False,
)

HAPPENINGS = Table(
    "happenings",
    METADATA,
    Column("id", String, primary_key=True, doc="Made from the ids of its events."),
    Column("representative", ForeignKey("records.key"), nullable=False, doc="The event that tells most."),
    Column("reports", Integer, nullable=False, doc="Number of its events."),
    Column("independent", Integer, nullable=False, doc="Number of documents, copies counted once."),
    Column("score", Float, doc="Its weakest link; NULL where one event stands alone."),
)

REPORTS = Table(
    "reports",
    METADATA,
    _record(),
    Column("happening", ForeignKey("happenings.id"), nullable=False, index=True),
)

CORRECTIONS = Table(
    "corrections",
    METADATA,
    _key(),
    Column("at", String, nullable=False, doc="UTC."),
    Column("who", String, nullable=False),
    Column(
        "action",
        String,
        nullable=False,
        index=True,
        doc="`accept`, `correct`, `reject`, `add`, `merge`, `split`, `same`, `different` or `undo`.",
    ),
    Column("target", String, nullable=False, index=True, doc="Id of a record; of an entity for merge and split."),
    Column("details", Text, nullable=False, doc="JSON object: what changed from what to what, or the other id."),
    Column("note", Text),
    Column("undoes", ForeignKey("corrections.key"), unique=True, doc="The correction that this one takes back."),
)

# Full-text indexes over `texts.text` and `records.quote`; triggers keep them in step. They are made by the
# migrations, since SQLAlchemy has no word for them.
FULL_TEXT = {"texts_fts": ("texts", "document_key", "text"), "quotes_fts": ("records", "key", "quote")}
