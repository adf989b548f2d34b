"""Records as JSON, JSON Schema and flat rows: the forms in which they leave detente and come back."""

from detente.interchange.documents import SCHEMA_VERSION, coded_from_json, coded_to_json, record_schema
from detente.interchange.rows import COLUMNS, Row, rows, write_csv, write_jsonl, write_parquet

__all__ = [
    "COLUMNS",
    "SCHEMA_VERSION",
    "Row",
    "coded_from_json",
    "coded_to_json",
    "record_schema",
    "rows",
    "write_csv",
    "write_jsonl",
    "write_parquet",
]
