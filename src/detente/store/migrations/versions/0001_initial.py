"""The first form of a project's database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Full-text index: the table, its key and its column.
FULL_TEXT = {"texts_fts": ("texts", "document_key", "text"), "quotes_fts": ("records", "key", "quote")}


def upgrade() -> None:
    _tables()
    for index, (table, key, column) in FULL_TEXT.items():
        _full_text(index, table, key, column)


def _full_text(index: str, table: str, key: str, column: str) -> None:
    """Index a column without copying it; triggers keep the index in step."""
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({column}, content='{table}', content_rowid='{key}', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    add = f"INSERT INTO {index}(rowid, {column}) VALUES (new.{key}, new.{column});"
    drop = f"INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', old.{key}, old.{column});"
    op.execute(f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {add} END")
    op.execute(f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {drop} END")
    op.execute(f"CREATE TRIGGER {index}_update AFTER UPDATE OF {column} ON {table} BEGIN {drop} {add} END")


def _tables() -> None:
    op.create_table(
        "coders",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("detente", sa.String(), nullable=False),
        sa.Column("codebook", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("model_sha256", sa.String(), nullable=False),
        sa.Column("encoder_sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("detente", "codebook", "model", "model_sha256", "encoder_sha256", name="one_coder"),
    )
    op.create_table(
        "corrections",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["undoes"],
            ["corrections.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("undoes"),
    )
    op.create_index(op.f("ix_corrections_action"), "corrections", ["action"], unique=False)
    op.create_index(op.f("ix_corrections_target"), "corrections", ["target"], unique=False)
    op.create_table(
        "meta",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "originals",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "runs",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=True),
        sa.Column("coder_key", sa.Integer(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coder_key"],
            ["coders.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "documents",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("published_start", sa.String(), nullable=True),
        sa.Column("published_end", sa.String(), nullable=True),
        sa.Column("date_source", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("chars", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("coder_key", sa.Integer(), nullable=True),
        sa.Column("run_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coder_key"],
            ["coders.key"],
        ),
        sa.ForeignKeyConstraint(
            ["run_key"],
            ["runs.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("sha256"),
    )
    op.create_index(op.f("ix_documents_published_start"), "documents", ["published_start"], unique=False)
    op.create_index(op.f("ix_documents_publisher"), "documents", ["publisher"], unique=False)
    op.create_index(op.f("ix_documents_state"), "documents", ["state"], unique=False)
    op.create_table(
        "failures",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("run_key", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_key"],
            ["runs.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_failures_run_key"), "failures", ["run_key"], unique=False)
    op.create_table(
        "buckets",
        sa.Column("bucket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_key"],
            ["documents.key"],
        ),
        sa.PrimaryKeyConstraint("bucket", "document_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copies",
        sa.Column("document_key", sa.Integer(), nullable=False),
        sa.Column("original_key", sa.Integer(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_key"],
            ["documents.key"],
        ),
        sa.ForeignKeyConstraint(
            ["original_key"],
            ["documents.key"],
        ),
        sa.PrimaryKeyConstraint("document_key"),
    )
    op.create_index(op.f("ix_copies_original_key"), "copies", ["original_key"], unique=False)
    op.create_table(
        "document_entities",
        sa.Column("document_key", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("affiliation", sa.Text(), nullable=True),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_key"],
            ["documents.key"],
        ),
        sa.PrimaryKeyConstraint("document_key", "entity"),
        sqlite_with_rowid=False,
    )
    op.create_index("document_entities_by_entity", "document_entities", ["entity", "document_key"], unique=False)
    op.create_table(
        "issues",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document_key", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_key"],
            ["documents.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_issues_document_key"), "issues", ["document_key"], unique=False)
    op.create_table(
        "mentions",
        sa.Column("document_key", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_key"],
            ["documents.key"],
        ),
        sa.PrimaryKeyConstraint("document_key"),
    )
    op.create_table(
        "records",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("document_key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("date_start", sa.String(), nullable=True),
        sa.Column("date_end", sa.String(), nullable=True),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("endorsed", sa.Boolean(), nullable=True),
        sa.Column("coded_by", sa.Text(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("coder_key", sa.Integer(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["coder_key"],
            ["coders.key"],
        ),
        sa.ForeignKeyConstraint(
            ["document_key"],
            ["documents.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("records_by_document", "records", ["document_key", "kind", "position"], unique=False)
    op.create_index("records_by_kind", "records", ["kind", "day", "key"], unique=False)
    op.create_index("records_by_review", "records", ["review", "key"], unique=False)
    op.create_table(
        "sources",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("document_key", sa.Integer(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("date_source", sa.String(), nullable=True),
        sa.Column("retrieved_at", sa.String(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_key"],
            ["documents.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("document_key", "original", "member", name="one_source"),
    )
    op.create_table(
        "texts",
        sa.Column("document_key", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_key"],
            ["documents.key"],
        ),
        sa.PrimaryKeyConstraint("document_key"),
    )
    op.create_table(
        "attributions",
        sa.Column("record_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("coded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_key"],
            ["records.key"],
        ),
        sa.PrimaryKeyConstraint("record_key", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("attributions_by_entity", "attributions", ["entity", "record_key"], unique=False)
    op.create_table(
        "events",
        sa.Column("record_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("modes", sa.Text(), nullable=False),
        sa.Column("contexts", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("quad", sa.String(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("cameo", sa.String(), nullable=True),
        sa.Column("date_basis", sa.String(), nullable=True),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_country", sa.String(), nullable=True),
        sa.Column("place_geonameid", sa.Integer(), nullable=True),
        sa.Column("place_admin1", sa.Text(), nullable=True),
        sa.Column("place_latitude", sa.Float(), nullable=True),
        sa.Column("place_longitude", sa.Float(), nullable=True),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("inferred", sa.Text(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_key"],
            ["records.key"],
        ),
        sa.PrimaryKeyConstraint("record_key"),
    )
    op.create_index(op.f("ix_events_type"), "events", ["type"], unique=False)
    op.create_table(
        "happenings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("representative", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("independent", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["representative"],
            ["records.key"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "memberships",
        sa.Column("record_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("disagrees_with", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_key"],
            ["records.key"],
        ),
        sa.PrimaryKeyConstraint("record_key"),
    )
    op.create_table(
        "pairs",
        sa.Column("a", sa.String(), nullable=False),
        sa.Column("b", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("record_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("direction", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_key"],
            ["records.key"],
        ),
        sa.PrimaryKeyConstraint("a", "b", "day", "record_key"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_pairs_record_key"), "pairs", ["record_key"], unique=False)
    op.create_table(
        "sides",
        sa.Column("record_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("coded", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_key"],
            ["records.key"],
        ),
        sa.PrimaryKeyConstraint("record_key", "role", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("sides_by_country", "sides", ["country", "record_key"], unique=False)
    op.create_index("sides_by_entity", "sides", ["entity", "record_key"], unique=False)
    op.create_table(
        "stances",
        sa.Column("record_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("mutual", sa.Boolean(), nullable=False),
        sa.Column("valence", sa.Float(), nullable=False),
        sa.Column("trend", sa.String(), nullable=True),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_key"],
            ["records.key"],
        ),
        sa.PrimaryKeyConstraint("record_key"),
    )
    op.create_table(
        "statements",
        sa.Column("record_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("affiliation", sa.Text(), nullable=True),
        sa.Column("venue", sa.Text(), nullable=True),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("denied", sa.Boolean(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_key"],
            ["records.key"],
        ),
        sa.PrimaryKeyConstraint("record_key"),
    )
    op.create_table(
        "reports",
        sa.Column("record_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("happening", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["happening"],
            ["happenings.id"],
        ),
        sa.ForeignKeyConstraint(
            ["record_key"],
            ["records.key"],
        ),
        sa.PrimaryKeyConstraint("record_key"),
    )
    op.create_index(op.f("ix_reports_happening"), "reports", ["happening"], unique=False)
