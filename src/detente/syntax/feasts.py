"""Feasts and days known by name: "Christmas", "New Year's Eve", "9/11", "the eve of the New Year".

What enters: a `Scan` and the token where a name may begin. What leaves: a `Found`, or None where no name begins or
where it only says which thing or place is meant ("Easter Island").
"""

from __future__ import annotations

from detente.syntax.date_scan import Found, Scan
from detente.syntax.years_in_words import year_at

_OTHER_CALENDARS = frozenset(
    "lunar chinese persian iranian jewish islamic muslim tibetan vietnamese thai ethiopian coptic orthodox".split()
)


def feast(s: Scan, i: int) -> Found | None:
    """`Christmas`, `New Year's Eve`, `9/11`, `the eve of the New Year`."""
    for one in s.words.feasts.get(s.word(i), ()):
        end = i + len(one.words)
        if (
            end <= s.stop
            and tuple(s.p.lower[i:end]) == one.words
            and (not one.naming or (end < s.stop and s.p.lemmas[end] in one.naming))
        ):
            if one.year is not None:
                return Found(end, one.in_year(one.year))
            if s.word(i - 1) in _OTHER_CALENDARS:
                return None
            year, after = year_at(s, end)
            named = year is None and _names_a_thing(s, i, end)
            if named or not any(word[:1].isupper() for word in s.p.words[i:end]):
                return None
            if year is None:  # "the Boxing Day tsunami of 2004"
                year = year_at(s, s.p.heads[end - 1] + 1, of=True)[0] if s.p.heads[end - 1] >= end else None
            period = one.in_year(year) if year is not None else s.clock.yearless(one.in_year, s.side(i))
            if period is not None and s.word(i - 1) == "over" and len(one.words) == 1:  # "over Christmas"
                period = period.coarsened("month")
            return Found(after, period)
    return None


def _names_a_thing(s: Scan, first: int, end: int) -> bool:
    """Whether a feast only says which thing or place is meant: "the Christmas tree", "Easter Island"."""
    p = s.p
    if s.p.lower[first] in ("island", "street") or (end < s.stop and p.tags[end] == "NNP" and p.heads[end - 1] == end):
        return True
    head = next((p.heads[t] for t in range(first, end) if not first <= p.heads[t] < end), first)
    if p.deps[end - 1] not in ("compound", "nmod", "poss", "amod") or not end <= head < end + 3:
        return False
    return p.lemmas[head] not in s.words.occasions
