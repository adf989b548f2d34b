"""Event data of others (GDELT, ICEWS, POLECAT, PETRARCH, UCDP GED, ACLED) → one tidy table in Parquet."""

from detente.imports.layouts import DATASETS
from detente.imports.run import FileReport, import_events
from detente.imports.world import Known, World

__all__ = ["DATASETS", "FileReport", "Known", "World", "import_events"]
