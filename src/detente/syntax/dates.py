"""Date expressions: the words in a text that give a time, and the ISO date that they mean.

What enters: a `ParsedDocument`, whose publication date relative expressions count from. What leaves:
`DateExpression`s in the order of the text. Numbers and names that only look like dates (Resolution 1701,
Theresa May, 2003 soldiers) are left alone; times that the words leave open get no value.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from detente.syntax.calendar import Period, calendar_words, from_iso, moved, moved_years
from detente.syntax.calendar_dates import calendar_date
from detente.syntax.clauses import SUBJECTS, is_verb
from detente.syntax.clock import Clock
from detente.syntax.date_scan import Found, Scan, year_number
from detente.syntax.document import ParsedDocument
from detente.syntax.parts_of_time import PART_STARTS, part_of_time, the_unit
from detente.syntax.reading import DateExpression
from detente.syntax.relative_times import RELATIVE_STARTS, relative_time

_DATELINE_TOKENS = 8
_IN_NAMES = frozenset({"of", "de", "la", "and", "the"})
_ANCHOR_SENTENCES = 4  # how many sentences later "the next day" may still count from a date
_LOOSE = frozenset({"as", "early", "late", "at", "mid", "-", "the", "end", "beginning", "start", "middle", "of"})
_PREMODIFIERS = frozenset({"poss", "compound", "amod", "nummod", "nmod", "npadvmod"})
_RELATIONS = {
    "since": "since",
    "from": "since",
    "until": "until",
    "till": "until",
    "before": "before",
    "by": "before",
    "after": "after",
    "following": "after",
    "through": "until",
    "effective": "since",
    "onward": "since",
    "onwards": "since",
}


def find_dates(parsed: ParsedDocument) -> list[DateExpression]:
    """Find and resolve a document's date expressions; they do not overlap."""
    labels = {i: name.label for name in parsed.names for i in range(name.start, name.end)}
    clock = Clock(from_iso(parsed.document.published))
    s = Scan(parsed, calendar_words(), clock, labels)
    starts, lower = _starts(), parsed.lower
    out: list[DateExpression] = []
    anchored = told = 0  # the sentences that gave the clock's anchor and story
    for number, (first, stop) in enumerate(parsed.sentences):
        s.stop = stop
        i = first
        while i < stop:
            if lower[i] not in starts and not _may_start(lower[i]):
                i += 1
                continue
            if number - anchored > _ANCHOR_SENTENCES:
                clock.anchor = None
            if number - told > 1:
                clock.story = None
            found = _read(s, i)
            if found is None:
                i += 1
                continue
            found, ranged = _range(s, i, found)
            begin = _widened(s, i, found.end, out[-1].end if out and out[-1].end > first else first)
            out.append(_expression(s, begin, found, ranged))
            if found.period is not None:
                if _is_day(found.period) and _dates_the_report(s, begin, found.end):
                    clock.published = found.period
                if number - anchored > 1 or not _is_day(clock.anchor) or _is_day(found.period):
                    clock.anchor, anchored = found.period, number
                if tells_event(parsed, begin, found.end):
                    clock.story, told = found.period, number
            i = found.end
    return out


def _may_start(word: str) -> bool:
    return (
        word[:1].isdigit()
        or word[1:2].isdigit()
        or word.startswith(("mid-", "early-", "late-", "twenty-", "fy", "'", "’", "‘"))
    )


def _dates_the_report(s: Scan, begin: int, end: int) -> bool:
    """Whether a date stands in a dateline: "GENEVA, Nov. 24, 2013: …", "Tripoli, 19 March 2011 — …"."""
    if begin > _DATELINE_TOKENS or s.word(end) not in ("-", "--", "—", ":", ".", "(", ")", ""):
        return False
    if begin == 0:
        return s.word(end) != "("
    words = s.p.words
    names = all(words[t][:1].isupper() or not words[t][:1].isalpha() or words[t] in _IN_NAMES for t in range(begin))
    return names and (words[begin - 1] in (",", "(", ".") or words[0].isupper())


def _is_day(period: Period | None) -> bool:
    return period is not None and period.precision == "day"


def _read(s: Scan, i: int) -> Found | None:
    return part_of_time(s, i, _read) or calendar_date(s, i) or relative_time(s, i)


@cache
def _starts() -> frozenset[str]:
    """The words that a date expression may begin with, apart from figures."""
    w = calendar_words()
    sets = (w.months, w.weekdays, w.units, w.numbers, w.vague_numbers, w.seasons, w.feasts, w.vague, w.ordinals)
    return frozenset((*(word for words in sets for word in words), *RELATIVE_STARTS, *PART_STARTS))


def _range(s: Scan, i: int, found: Found) -> tuple[Found, bool]:
    """Join a second time: "from 2004 to 2011", "between May and July 2016", "28 April - 3 May"."""
    before = i - 1
    while s.word(before) in _LOOSE or s.word(before) in s.words.hedges:
        before -= 1
    opened = s.word(before) in ("from", "between")
    end = found.end + (s.word(found.end) in ("on", "onward", "onwards") or (s.word(found.end) == "," and opened))
    joint = s.word(end)
    spans = joint in ("-", "to", "until", "till", "through", "and")
    if found.period is None or not spans:
        return found, False
    if joint not in ("-", "and") and not opened and s.word(i - 1) in ("in", "on", "at"):
        return found, False
    j = end + 1
    j += joint == "until" and s.word(j) == "at"
    while s.word(j) in _LOOSE or s.word(j) in s.words.hedges:
        j += 1
    second = _second(s, j, found.period)
    if second is None or second.period is None:
        return found, False
    if joint == "and" and s.word(before) != "between":
        days = s.word(i) in s.words.weekdays and s.word(j) in s.words.weekdays
        if not _follows(second.period, found.period, days=days):
            return found, False
    found = _with_year_of(s, i, found, j, second)
    assert found.period is not None
    if second.period < found.period and s.word(j) in s.words.weekdays:
        second = Found(second.end, moved(second.period, "day", 7))
    if second.period is None or second.period.last < found.period.first:
        return found, False
    if not opened and (found.period.precision == "year") != (second.period.precision == "year"):
        return found, False
    return Found(second.end, found.period.joined(second.period)), True


def _second(s: Scan, j: int, first: Period) -> Found | None:
    """The end of a range, which may count from its beginning ("to the following March")."""
    anchor, s.clock.anchor = s.clock.anchor, first
    found = _read(s, j)
    s.clock.anchor = anchor
    return found or the_unit(s, j)


def _with_year_of(s: Scan, i: int, first: Found, j: int, second: Found) -> Found:
    """Give the year of the second time to the first: "from March to October 2009"."""
    period, later = first.period, second.period
    if period is None or later is None or period.precision not in ("day", "month"):
        return first
    dated = [any(year_number(s.word(t)) for t in range(*span)) for span in ((i, first.end), (j, second.end))]
    if dated[0] or not (dated[1] or later < period) or s.word(i) in s.words.weekdays:
        return first
    shifted = [moved_years(period, later.last.year - period.first.year - back) for back in (0, 1)]
    return Found(first.end, next((p for p in shifted if p is not None and p.first <= later.first), period))


def _follows(second: Period, first: Period, *, days: bool) -> bool:
    """Whether one month, year or decade follows on another ("in April and May 2011"), or one weekday."""
    same = second.precision == first.precision and (days or first.precision != "day")
    return same and second.first - first.last == timedelta(days=1)


def _widened(s: Scan, i: int, end: int, floor: int) -> int:
    """Take in the words that cut a part out of the period: "early", "mid-", "the end of", and its article."""
    while i > floor:
        word = s.word(i - 1)
        if word in ("early", "late", "mid", "later", "earlier"):
            i -= 1
        elif word == "-" and s.word(i - 2) == "mid":
            i -= 2
        elif word == "of" and s.word(i - 2) in s.words.edges:
            i -= 2
        elif word in ("the", "first", "second", "third", "fourth", "last") and i <= s.p.heads[i - 1] < end:
            i -= 1
        else:
            break
    return max(i, floor)


def _expression(s: Scan, start: int, found: Found, ranged: bool) -> DateExpression:
    period = found.period
    if period is None:
        return DateExpression(start, found.end, None)
    relation, period = _relation(s, start, found.end, period, ranged)
    match relation:
        case "since":
            value = f"{period.start_iso()}/.."
        case "after":
            value = f"{period.end_iso()}/.."
        case "until":
            value = f"../{period.end_iso()}"
        case "by":
            relation, value = "before", f"../{period.end_iso()}"
        case "before":
            last = s.word(start - 1) == "by"  # "by 2020" takes the year in, "before 2020" does not
            value = f"../{period.end_iso() if last else period.start_iso()}"
        case _:
            value = period.iso()
    return DateExpression(start, found.end, value, relation)


def _relation(s: Scan, start: int, end: int, period: Period, ranged: bool) -> tuple[str, Period]:
    """The sense of the preposition before the expression; "shortly after" a day is about its month."""
    root = span_root(s.p, start, end)
    if s.p.deps[root] in _PREMODIFIERS and s.p.heads[root] >= end:
        return "on", period
    j = start - 1
    while s.word(j) in s.words.hedges or (s.word(j) == "at" and s.word(j + 1) in ("least", "most")):
        j -= 1
    if s.word(j) == "as" and s.word(j - 1) in ("early", "late") and s.word(j - 2) == "as":
        j -= 3
    word = s.word(j)
    if s.word(end) in ("onward", "onwards") or (s.word(end) == "on" and word == "from"):
        return "since", period
    if word == "-" and s.word(j - 1) in ("post", "pre"):
        return ("after" if s.word(j - 1) == "post" else "before"), period
    if word in ("of", "from") and s.word(j - 1) in ("as", "starting", "beginning", "effective", "onwards"):
        return "since", period
    if word == "than" and s.word(j - 1) in ("later", "earlier") and s.word(j - 2) in ("no", "not"):
        return ("by" if s.word(j - 1) == "later" else "since"), period
    if word == "of" and s.word(j - 1) == "ahead":
        return "before", period
    if word in ("to", "until") and s.word(j - 1) == "up":
        return "until", period
    if word == "to" and s.word(j - 1) == "prior":
        return "before", period
    if word == "including" and s.word(j - 1) == "and" and s.word(j - 2) == "to":
        return "until", period
    relation = _RELATIONS.get(word, "on")
    if word == "through" and _is_filled(s, start):
        relation = "on"
    if word == "from" and (ranged or period.precision is None):
        relation = "on"
    if s.p.deps[j] == "agent" or j < 0:
        return "on", period
    if word in ("before", "after") and s.word(j - 1) in s.words.beside:
        return "on", period if period.precision == "year" else period.coarsened("month")
    return relation, period


def _is_filled(s: Scan, start: int) -> bool:
    """Whether "through" means all of a time ("through the winter") and not up to it ("through the end of May")."""
    edge = any(s.word(t) in s.words.edges and s.word(t) not in ("half", "quarter") for t in range(start, start + 3))
    return s.word(start) == "the" and s.word(start + 1) != "year" and not edge


def span_root(p: ParsedDocument, start: int, end: int) -> int:
    """The token that heads an expression, tokens [start, end): the first whose own head lies outside."""
    for i in range(start, end):
        if not start <= p.heads[i] < end or p.heads[i] == i:
            return i
    return start


def span_top(p: ParsedDocument, start: int, end: int) -> int:
    """The token by which a time or place hangs in its sentence: its head, or the preposition before it.

    A parser may take "In December Jane Roe" for one name, and leave the preposition without object or the
    verb without subject; the preposition then still shows where the expression belongs.
    """
    root = span_root(p, start, end)
    before = start - 1
    if before >= 0 and p.heads[root] >= end and p.lower[before] in ("in", "at", "on", "since", "until", "during", "by"):
        verb = p.heads[before]
        no_object = not any(p.deps[c] in ("pobj", "pcomp") for c in p.children[before])
        no_subject = is_verb(p, verb) and before < verb and not any(p.deps[c] in SUBJECTS for c in p.children[verb])
        if p.deps[before] == "prep" and (no_object or (no_subject and p.deps[verb] in ("ROOT", "ccomp"))):
            return before
    return root


def tells_event(p: ParsedDocument, start: int, end: int) -> bool:
    """Whether a date tells when a finite past clause happened, not which treaty or war is meant."""
    token = span_top(p, start, end)
    if p.deps[token] in _PREMODIFIERS and p.heads[token] >= end and not is_verb(p, p.heads[token]):
        return False
    while p.pos[p.heads[token]] == "ADP" and p.heads[token] != token:
        token = p.heads[token]
    head = p.heads[token]
    return is_verb(p, head) and p.tags[head] in ("VBD", "VBN")
