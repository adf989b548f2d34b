"""Invented acts for a scenario, from a table of the user's: what if this had happened?

What enters: a CSV file. What leaves: `Reports` to add to those that are told. They never enter a project.
"""

from __future__ import annotations

import csv
from pathlib import Path

from detente.errors import DataError, RecordError
from detente.measure.build import Builder
from detente.measure.periods import Step
from detente.measure.reports import Reports

COLUMNS = ("date", "actor", "recipient", "type")
_OTHERS = dict.fromkeys(("published", "modes", "probability", "attribution"))


def read_invented(path: Path, *, step: Step = "month") -> Reports:
    """Read acts with the columns date, actor, recipient and type, and modes if there are some.

    The id of each is `scenario-` and the number of its line, so that it cannot be taken for a record.

    Raises:
        DataError: the file cannot be read, lacks a column, or a line has no act that can be counted.
    """
    builder = Builder(step=step)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
                raise DataError(f"No column {missing[0]!r} in '{path}': {', '.join(COLUMNS)} are needed. Add it.")
            for row in reader:
                _add(builder, row, f"'{path}' line {reader.line_num}", reader.line_num)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"Unreadable scenario '{path}' ({error}): CSV in UTF-8 is needed. Check the file.") from error
    built = builder.build()
    if not len(built.reports):
        raise DataError(f"No act in '{path}': a line for each is needed. Write one.")
    return built.reports


def _add(builder: Builder, row: dict[str, str], where: str, line: int) -> None:
    cells = {name: (row[name] or "").strip() for name in COLUMNS}
    if empty := [name for name, cell in cells.items() if not cell]:
        raise DataError(f"Nothing in column {empty[0]!r} of {where}: all of {', '.join(COLUMNS)} are needed. Fill it.")
    needed = {"week": "day", "month": "month", "quarter": "month", "year": "year"}[builder.step]
    event = {
        **_OTHERS,
        "kind": "event",
        "id": f"scenario-{line}",
        "date": cells["date"],
        "actor_codes": cells["actor"],
        "recipient_codes": cells["recipient"],
        "type": cells["type"],
        "modes": (row.get("modes") or "").strip() or None,
        "status": "actual",
    }
    try:
        builder.add(event)
    except RecordError as error:
        raise DataError(f"No act in {where}: {error}") from error
    if len(cells["date"]) < {"day": 10, "month": 7, "year": 4}[needed]:
        raise DataError(f"{cells['date']!r} as date in {where}: a {needed} at least is needed. Write 2018-02-20.")
