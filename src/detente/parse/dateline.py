"""The day on which a text says of itself that it was written: a date line, a byline, a dateline.

What enters: a text. What leaves: an ISO date, or None. Only the first paragraphs are looked at, and there
only lines that hold little but a date ("5 April 2023", "By A. Writer, 30 October 2024") and datelines
("GENEVA, June 3, 2021 - …"); a date in running prose is never taken for the day of writing.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("january february march april may june july august september october november december").split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|{'|'.join(m[:3] for m in _MONTHS)}|sept)\.?"
_DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}}) {_MONTH} (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}}), (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_DATELINE = re.compile(r"^[A-Z][A-Z .'-]{2,30},? .{0,60}?[-–—] ", re.DOTALL)
_PARAGRAPHS = 5
_SHORT_CHARS = 60


def written_on(text: str) -> str | None:
    """The day a text's own head gives, as an ISO date; None where it gives none or one that no calendar has."""
    paragraphs = [line.strip() for line in text[:1500].splitlines() if line.strip()][:_PARAGRAPHS]
    for paragraph in paragraphs:
        dateline = _DATELINE.match(paragraph)
        if dateline is not None:
            head = dateline.group()
        else:
            is_line = len(paragraph) <= _SHORT_CHARS and not paragraph.endswith((".", "!", "?", '"', "”"))
            head = paragraph if is_line else ""
        found = _DAY_FIRST.search(head) or _MONTH_FIRST.search(head)
        if found is not None:
            return _iso(found)
    return None


def _iso(found: re.Match[str]) -> str | None:
    month = next(n for n, name in enumerate(_MONTHS, start=1) if name.startswith(found["month"].lower()[:3]))
    try:
        return date(int(found["year"]), month, int(found["day"])).isoformat()
    except ValueError:
        return None
