"""Years and what is made of them: "2003", "2004-05", "the 1990s", "the sixties", "the nineteenth century".

What enters: a `Scan` and the token where a form may begin. What leaves: a `Found`, or None where no form begins.
Numbers that only look like years (Resolution 1701, 2003 soldiers) are none.
"""

from __future__ import annotations

from detente.syntax.calendar import Period, years
from detente.syntax.date_scan import EARLIEST, LATEST, Found, Scan, counts, ordinal_at, year_number

_JOINTS = frozenset({"to", "-", "until"})
_YEAR_NAMES = frozenset({"year", "years", "period", "span", "fiscal", "fy", "circa", "season"})


def calendar_year(s: Scan, i: int) -> Found | None:
    """`2003`, `2004-05`, `2011/12`, `1960s`; not `Resolution 2254`, `2003 soldiers`, `2015 GMT`."""
    word = s.word(i)
    if word[4:5] in ("/", "-") and len(word) in (7, 9):
        first, second = year_number(word[:4]), word[5:]
        pair = _academic(first, second) if first else None
        return Found(i + 1, pair) if pair else None
    part, _, whole = word.rpartition("-")
    year = year_number(whole if part in ("mid", "early", "late") else word)
    if year is None:
        return decade(s, i)
    if not part and not _stands_for_year(s, i):
        return None
    if s.word(i + 1) == "-" and len(s.word(i + 2)) == 2 and s.word(i + 3) not in s.words.months:
        pair = _academic(year, s.word(i + 2))
        return Found(i + 3, pair) if pair else Found(i + 1, years(year, year))
    return Found(i + 1, years(year, year))


def _academic(first: int, second: str) -> Period | None:
    """`2004-05`: the years up to the second, which may be written short."""
    if not second.isdecimal() or len(second) not in (2, 4):
        return None
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return years(first, last) if first < last <= LATEST else None


def _stands_for_year(s: Scan, i: int) -> bool:
    p = s.p
    before, after = s.word(i - 1), s.word(i + 1)
    if before == "-" and year_number(s.word(i - 2)) is not None:
        return True
    second = year_number(s.word(i + 2)) if after in _JOINTS else None
    if second is not None and (counts(s, i + 2) or p.lemmas[min(i + 3, len(p) - 1)] in s.words.counted):
        return False  # "from 1990 to 2010 dollars"
    if second is not None and after == "to" and before not in s.words.numbered and int(p.words[i]) < second:
        return True
    if (
        before in ("$", "£", "€", "#", ".", "no.", "at", "than", "+")
        or after in s.words.clock
        or after in ("%", "percent")
    ):
        return False
    if before == "(" and after in (")", "-", ","):
        return True
    if before in s.words.numbered and (before not in s.words.units or p.words[i - 1][:1].isupper()):
        return False
    if counts(s, i) or p.lemmas[i + 1 if i + 1 < s.stop else i] in s.words.counted:
        return False
    if i > 0 and before and p.pos[i - 1] in ("NOUN", "PROPN", "NUM", "SYM"):  # a numbered thing, unless a time
        dates = before in s.words.seasons or before in _YEAR_NAMES or before in s.words.months
        return dates or (p.heads[i] != i - 1 and p.deps[i] in ("npadvmod", "pobj", "appos") and p.pos[i - 1] != "SYM")
    numbered = p.deps[i] == "conj" and p.pos[p.heads[i]] == "NUM" and p.heads[i] < i
    return not numbered or year_number(s.word(p.heads[i])) is None or _stands_for_year(s, p.heads[i])


def decade(s: Scan, i: int) -> Found | None:
    """`1990s`, `mid-1990s`, `90s`."""
    word = s.word(i).rpartition("-")[2].removesuffix("s").rstrip("'")
    if not s.word(i).endswith("s") or not word.isdecimal() or word[-1] != "0" or len(word) not in (2, 4):
        return None
    first = int(word) if len(word) == 4 else 1900 + int(word)
    if len(word) == 2 and not (first >= 1920 and s.word(i - 1) in ("the", "'", "mid", "early", "late")):
        return None
    length = 100 if first % 100 == 0 and first < 1900 else 10  # "the 1800s"
    return Found(i + 1, years(first, first + length - 1)) if EARLIEST <= first <= LATEST else None


def century(s: Scan, i: int) -> Found | None:
    """`19th century`, `twenty-first century`."""
    found = ordinal_at(s, i)
    if found is not None and s.word(found[1]) in ("and", "to", "-") and s.word(found[1] + 2) == "centuries":
        other = ordinal_at(s, found[1] + 1)
        if other is not None and found[0] < other[0] < 30:
            return Found(found[1] + 3, years(found[0] * 100 - 99, other[0] * 100))
    if found is None or s.word(found[1]) not in ("century", "centuries") or not 0 < found[0] < 30:
        return None
    return Found(found[1] + 1, years(found[0] * 100 - 99, found[0] * 100))


def decade_by_name(s: Scan, i: int) -> Found | None:
    """`the sixties`; not "the nineties" of an age."""
    first = s.words.decades.get(s.word(i))
    return None if first is None or s.word(i + 1) == "of" else Found(i + 1, years(first, first + 9))
