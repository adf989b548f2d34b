"""The head of a report: where a dateline ends, and the day on which a text says of itself that it was written.

What enters: a text. What leaves: the offset behind a dateline, and an ISO date, or None. For the date only the
first paragraphs are looked at, and there only lines that hold little but a date ("5 April 2023", "By A. Writer,
30 October 2024") and datelines ("GENEVA, June 3, 2021 - …"); a date in running prose is never taken for the day
of writing.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("january february march april may june july august september october november december").split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|{'|'.join(m[:3] for m in _MONTHS)}|sept)\.?"
_DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}}) {_MONTH} (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}}), (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_DATELINE = re.compile(r"^[A-Z][A-Z .'-]{2,30},? .{0,60}?[-–—] ", re.DOTALL)
_TOWN = r"[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,3}"
_TOWN_IN_LOWER_CASE = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_DETAIL = r"(?:, ?(?:[A-Z][\w. ]{1,30}?|\d{4})){0,4}"  # region, day, agency
_AGENCY = r" ?\([A-Z][\w ./-]{1,30}\)"
_DAY = r", [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?"
_PLACE_LINE = re.compile(
    rf"(?:{_TOWN}{_DETAIL}(?:{_AGENCY})?|{_TOWN_IN_LOWER_CASE}{_DETAIL}{_AGENCY}"
    rf"|{_TOWN_IN_LOWER_CASE}{_DAY}(?:, [A-Z]+| ?\([A-Z][\w ]+\))) ?(?:--?|–|—) +(?=[\"“'‘]?[A-Z0-9])"
)
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


def dateline_end(text: str, start: int, end: int) -> int | None:
    """The offset where the report begins behind a dateline at the start of a paragraph; None where there is none.

    A town in capitals is enough ("KABUL, Afghanistan — …"); in lower case an agency has to stand with it.
    """
    found = _PLACE_LINE.match(text, start, end)
    return found.end() if found is not None and found.end() < end else None


def _iso(found: re.Match[str]) -> str | None:
    month = next(n for n, name in enumerate(_MONTHS, start=1) if name.startswith(found["month"].lower()[:3]))
    try:
        return date(int(found["year"]), month, int(found["day"])).isoformat()
    except ValueError:
        return None
