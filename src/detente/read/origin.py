"""What the user tells of a text, which wins over what the text or its file declares."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from detente.errors import ReadError, RecordError
from detente.records import check_date


@dataclass(frozen=True, slots=True)
class Origin:
    """What the user tells of a text; it wins over what a page declares."""

    published: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None

    def __post_init__(self) -> None:
        check_published(self.published)


def check_published(value: str | None) -> None:
    """Raise ReadError unless `value` is None or a day, month or year that exists."""
    try:
        check_date(value, "--published")
        if value is not None:
            datetime.date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except (RecordError, ValueError) as error:
        raise ReadError(
            f"Malformed date {value!r} in --published: a day, month or year in ISO 8601 is allowed. Write for "
            "example '2018-03-02', '2018-03' or '2018'."
        ) from error
