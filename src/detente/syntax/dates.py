"""Date expressions: the words in a text that give a time, and the ISO date that they mean.

What enters: a `ParsedDocument`, whose publication date relative expressions count from. What leaves:
`DateExpression`s in the order of the text. Numbers and names that only look like dates (Resolution 1701,
Theresa May, 2003 soldiers) are left alone; times that the words leave open get no value.
"""

from __future__ import annotations

from functools import cache

from detente.syntax.calendar import Period, calendar_words, from_iso, moved
from detente.syntax.calendar_dates import calendar_date
from detente.syntax.clauses import SUBJECTS, is_verb
from detente.syntax.clock import Clock
from detente.syntax.date_scan import Found, Scan
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import DateExpression
from detente.syntax.relative_times import RELATIVE_STARTS, relative_time

_ANCHOR_SENTENCES = 4  # how many sentences later "the next day" may still count from a date
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
            if lower[i] not in starts and not lower[i][:1].isdigit() and lower[i][:4] != "mid-":
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
                if number - anchored > 1 or not _is_day(clock.anchor) or _is_day(found.period):
                    clock.anchor, anchored = found.period, number
                if tells_event(parsed, begin, found.end):
                    clock.story, told = found.period, number
            i = found.end
    return out


def _is_day(period: Period | None) -> bool:
    return period is not None and period.precision == "day"


def _read(s: Scan, i: int) -> Found | None:
    return calendar_date(s, i) or relative_time(s, i)


@cache
def _starts() -> frozenset[str]:
    """The words that a date expression may begin with, apart from figures."""
    w = calendar_words()
    sets = (w.months, w.weekdays, w.units, w.numbers, w.vague_numbers, w.seasons, w.feasts, w.vague, RELATIVE_STARTS)
    return frozenset(word for words in sets for word in words)


def _range(s: Scan, i: int, found: Found) -> tuple[Found, bool]:
    """Join a second time: "from 2004 to 2011", "between May and July 2016", "28 April - 3 May"."""
    joint = s.word(found.end)
    spans = joint in ("-", "to", "until", "till", "through") or (joint == "and" and s.word(i - 1) == "between")
    if found.period is None or not spans:
        return found, False
    if joint != "-" and s.word(i - 1) not in ("from", "between") and s.word(i - 1) in ("in", "on", "at"):
        return found, False
    second = _read(s, found.end + 1)
    if second is None or second.period is None:
        return found, False
    if second.period < found.period and s.word(found.end + 1) in s.words.weekdays:
        second = Found(second.end, moved(second.period, "day", 7))
    if second.period is None or second.period.last < found.period.first:
        return found, False
    if (found.period.precision == "year") != (second.period.precision == "year"):
        return found, False
    return Found(second.end, found.period.joined(second.period)), True


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
    word = s.word(j)
    if word in ("to", "until") and s.word(j - 1) == "up":
        return "until", period
    if word == "to" and s.word(j - 1) == "prior":
        return "before", period
    relation = _RELATIONS.get(word, "on")
    if word == "from" and (ranged or period.precision is None):
        relation = "on"
    if s.p.deps[j] == "agent" or j < 0:
        return "on", period
    if word in ("before", "after") and s.word(j - 1) in s.words.beside:
        return "on", period if period.precision == "year" else period.coarsened("month")
    return relation, period


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
