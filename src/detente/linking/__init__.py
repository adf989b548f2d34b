"""Links reports of one happening across documents: who did what to whom, told by several articles."""

from detente.linking.decisions import Decisions, read_decisions
from detente.linking.happenings import SCHEMA_VERSION, Corpus, Happening, happening_to_json, link
from detente.linking.score import Link
from detente.linking.settings import Settings, load_settings

__all__ = [
    "SCHEMA_VERSION",
    "Corpus",
    "Decisions",
    "Happening",
    "Link",
    "Settings",
    "happening_to_json",
    "link",
    "load_settings",
    "read_decisions",
]
