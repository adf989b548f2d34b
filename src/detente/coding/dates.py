"""When an event happened: the date in its own clause, one that it shares, or the day of publication.

What enters: a `Reading` and the token that names the event. What leaves: an ISO date and its basis:
`text` for the event's own clause, `context` for one taken over from words around it, `publication` for
news that gives no date, by the convention of event data (ICEWS and POLECAT date reports so too).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from detente.coding.cues import cue_lexicon
from detente.coding.news import is_news, is_past
from detente.coding.surroundings import event_time_words, is_occasion, is_speech, path_to, predicate_verb, sharing
from detente.records import DateBasis, Status
from detente.syntax.calendar import from_iso
from detente.syntax.clauses import SUBJECTS, agents, auxiliaries, is_verb
from detente.syntax.dates import span_root, span_top, tells_event
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import DateExpression, Reading

Dated = tuple[str | None, DateBasis | None]

_UNDATED: Dated = (None, None)
_DEPTH = 4  # how many predicates an event may borrow its time through
_VISIT_SENTENCES = 6  # how far a dated visit lends its date to what is done in the same place
_OCCASION_DAYS = 62  # a dated speech older than this at publication is history: later words are not part of it


@dataclass(frozen=True, slots=True)
class _Hit:
    """A date that was found; `value` is None where the words leave the time open."""

    value: str | None
    basis: DateBasis


def date_of(reading: Reading, predicate: int, *, status_hint: str | None = None) -> Dated:
    """The date that the text gives to the event named by a verb, noun or adjective.

    Args:
        reading: the document.
        predicate: token of the verb, noun or adjective.
        status_hint: "future" and the like, where known; such an event takes no date from its neighbours.
    """
    hit = _search(reading, predicate, borrow=status_hint in (None, "actual", "historical"))
    return _UNDATED if hit is None or hit.value is None else (hit.value, hit.basis)


def date_near(reading: Reading, token: int) -> str | None:
    """The date that belongs to a state of affairs (membership, stance), "since 2005" included."""
    return date_of(reading, token)[0]


def event_date(reading: Reading, predicate: int, *, status: Status, verbal: bool) -> Dated:
    """The date of an event: what the text says, what its context says, else publication for fresh news.

    Args:
        reading: the document.
        predicate: token of the verb, noun or adjective.
        status: the event's status; only what is actual can have happened on publication.
        verbal: whether the act is done in words, so that a document or quotation performs it.
    """
    past = status in ("actual", "historical", "negated")
    hit = _search(reading, predicate, borrow=past)
    if hit is not None and hit.value is not None:
        return hit.value, hit.basis
    if not past:
        return _UNDATED
    if hit is not None:  # "recently": near the story, not on the day
        told = _of_story(reading, predicate)
        return (told, "context") if told else _UNDATED
    borrowed = _of_visit(reading, predicate) or (_of_speech(reading, predicate) if verbal else None)
    borrowed = borrowed or _of_story(reading, predicate)
    if borrowed is not None:
        return borrowed, "context"
    if status == "actual" and _is_news(reading, predicate, verbal=verbal):
        return reading.document.published, "publication"
    return _UNDATED


def _is_news(reading: Reading, i: int, *, verbal: bool) -> bool:
    """Whether an act is news of the day itself, or part of what is: a visit during which somebody spoke."""
    p = reading.parsed
    if is_news(reading, i, verbal=verbal):
        return True
    if is_verb(p, i):
        return False
    return any(
        is_verb(p, other) and is_news(reading, other, verbal=p.lemmas[other] in cue_lexicon().verbs)
        for other in sharing(p, i)
    )


def occasion_date(reading: Reading, speaker_id: str, before_token: int) -> str | None:
    """The day of the last dated occasion on which a speaker has spoken before a token, None where there is none."""
    p = reading.parsed
    published = from_iso(reading.document.published)
    for d in reversed(reading.dates[: _first_from(reading.dates, before_token)]):
        period = from_iso(d.value)
        if d.relation != "on" or period is None or (period.last - period.first).days > 7:
            continue
        if published is not None and (published.first - period.last).days > _OCCASION_DAYS:
            continue
        verb = _speech_of(reading, d)
        if verb is not None and speaker_id in reading.ids(agents(p, verb)):
            return d.value
    return None


# Dates in the sentence -----------------------------------------------------------------------------------


def _search(reading: Reading, i: int, *, borrow: bool = True, depth: int = 0) -> _Hit | None:
    """Own clause first, then the verb that holds the event, then the events whose time it shares."""
    p = reading.parsed
    own = _own(reading, i)
    if own is not None:
        return own
    if depth >= _DEPTH:
        return None
    verb = predicate_verb(p, i)
    if verb is not None:
        found = _search(reading, verb, borrow=borrow, depth=depth + 1)
        if found is not None:
            return found
    head = p.heads[i]
    if p.deps[i] == "relcl" and not any(
        d.start <= head < d.end for d in reading.dates
    ):  # "the clash of 2020, in which"
        noun = _own(reading, head)
        if noun is not None:
            return _Hit(noun.value, "context")
    told = _when_clause(reading, i)
    if told is not None or not borrow:
        return told
    for other in sharing(p, i):
        found = _search(reading, other, borrow=borrow, depth=depth + 1)
        if found is not None:
            return _Hit(found.value, "context")
    return _from_coordinate(reading, i) if depth == 0 else None


def _own(reading: Reading, i: int) -> _Hit | None:
    """The nearest date that hangs on the event's own words."""
    p = reading.parsed
    best: tuple[tuple[int, int, int], DateExpression] | None = None
    for d in _in_sentence(reading, i):
        rank = _rank(p, i, d)
        if rank is not None:
            key = (int(d.value is None), rank, abs(d.start - i))
            if best is None or key < best[0]:
                best = key, d
    if best is None:
        return None
    (_, rank, _), d = best
    return _Hit(_since(d) if rank == _SINCE else d.value, "text")


_DIRECT, _THROUGH, _OCCASION, _SINCE = range(4)


def _rank(p: ParsedDocument, i: int, d: DateExpression) -> int | None:
    """How closely a date belongs to a predicate, 0 the closest; None where it belongs to something else."""
    path = path_to(p, d.start, d.end, span_top(p, d.start, d.end), i)
    if path is None:
        return None
    if not path.nouns and not path.verbs:
        return _DIRECT
    if _within_since(p, path.prepositions, path.verbs):
        return _SINCE if is_verb(p, i) and d.relation == "on" else None
    if is_occasion(p, path):
        return _OCCASION
    if path.verbs:
        held = (
            len(path.verbs) == 1
            and path.verbs[0] == path.branch
            and p.lemmas[path.branch] in event_time_words().holding
        )
        return _THROUGH if held and not is_verb(p, i) and p.deps[path.branch] in ("acl", "relcl") else None
    if path.link != "free" or set(path.prepositions) & event_time_words().apart:
        return None
    if p.deps[path.branch] in SUBJECTS and is_verb(p, i):
        named = len(path.nouns) == 1 and p.pos[path.nouns[0]] == "PROPN"
        return _THROUGH if named else None  # "Russia in September denied"
    return _THROUGH


def _within_since(p: ParsedDocument, prepositions: Sequence[str], verbs: Sequence[int]) -> bool:
    if verbs:
        return len(verbs) == 1 and any(
            p.lower[c] == "since" and p.deps[c] in ("mark", "prep") for c in p.children[verbs[0]]
        )
    return "since" in prepositions[1:]


def _since(d: DateExpression) -> str | None:
    """The open interval from a date inside "since the war began in …"."""
    return None if d.value is None else f"{d.value.split('/')[0]}/.."


def _when_clause(reading: Reading, i: int) -> _Hit | None:
    """The date that a when-clause follows, and the date inside the when-clause of an undated main clause."""
    p = reading.parsed
    if not is_verb(p, i):
        return None
    if any(p.lower[c] == "when" for c in p.children[i]) and p.deps[i] in ("relcl", "advcl"):
        for d in _in_sentence(reading, i):
            before = p.left[i] - d.end
            if d.start <= p.heads[i] < d.end or (0 <= before <= 1 and d.end <= i):
                return _Hit(_day(d), "text")
    for child in p.children[i]:
        if p.deps[child] == "advcl" and any(p.lower[c] == "when" for c in p.children[child]):
            found = _own(reading, child)
            return _Hit(found.value, "context") if found else None
    return None


def _day(d: DateExpression) -> str | None:
    """The date itself, without the "since" or "until" before it."""
    return None if d.value is None else d.value.removesuffix("/..").removeprefix("../")


def _from_coordinate(reading: Reading, i: int) -> _Hit | None:
    """The date at the end of a coordination: "met and signed on Tuesday" dates both."""
    p = reading.parsed
    for child in p.children[i]:
        if p.deps[child] == "conj" and is_verb(p, child) and p.tags[child] == p.tags[i]:
            if not any(p.deps[c] in SUBJECTS for c in p.children[child]):
                found = _own(reading, child)
                return _Hit(found.value, "context") if found else None
    return None


def _in_sentence(reading: Reading, i: int) -> Sequence[DateExpression]:
    if not reading.dates:
        return ()
    start, end = reading.parsed.sentences[reading.parsed.sentence_of[i]]
    return reading.dates[_first_from(reading.dates, start) : _first_from(reading.dates, end)]


def _first_from(dates: Sequence[DateExpression], token: int) -> int:
    return bisect_left(dates, token, key=lambda d: d.start)


# Dates from other sentences ------------------------------------------------------------------------------


def _of_speech(reading: Reading, i: int) -> str | None:
    """The date of the speech that an act in words is part of: that of its own cue, else of the speaker's occasion."""
    p = reading.parsed
    statement = reading.statement_around(reading.parsed.starts[i], reading.parsed.ends[i])
    verb = next((t for t in (i, *p.ancestors(i)) if is_verb(p, t)), None)
    if statement is not None:
        if verb is not None and is_past(p, verb):
            return None  # what the words tell of, not what they do
        cue = p.token_at(statement.cue.start)
        hit = _search(reading, cue)
        if hit is not None and hit.value is not None:
            return hit.value
        return occasion_date(reading, statement.speaker, i)
    verb = i if is_verb(p, i) else predicate_verb(p, i)
    for speaker in reading.ids(agents(p, verb)) if verb is not None else ():
        found = occasion_date(reading, speaker, i)
        if found is not None:
            return found
    return None


def _speech_of(reading: Reading, d: DateExpression) -> int | None:
    """The verb of saying that a date belongs to, or any verb that happens on an occasion for words."""
    p = reading.parsed
    for verb in p.ancestors(span_root(p, d.start, d.end)):
        if is_verb(p, verb) and is_speech(p, verb) and _rank(p, verb, d) is not None:
            return verb
    return None


def _of_visit(reading: Reading, i: int) -> str | None:
    """The date of a visit told before, for what a sentence beginning "In <the same place>" tells."""
    p = reading.parsed
    here = p.sentence_of[i]
    first, end = p.sentences[here]
    if p.tags[i] not in ("VBD", "VBN", "NN", "NNS") or not reading.places:
        return None
    there = {place.country or place.name for place in reading.places if first <= place.start < end}
    if not there:
        return None
    words = event_time_words()
    for d in reversed(reading.dates[: _first_from(reading.dates, first)]):
        if p.sentence_of[d.start] < here - _VISIT_SENTENCES:
            return None
        verb = next((t for t in p.ancestors(span_root(p, d.start, d.end)) if is_verb(p, t)), None)
        if verb is None or p.lemmas[verb] not in words.travel or d.value is None:
            continue
        begin = p.sentences[p.sentence_of[d.start]][0]
        before = [place for place in reading.places if begin <= place.start < d.start]
        if before and (before[-1].country or before[-1].name) in there:
            return d.value
    return None


def _of_story(reading: Reading, i: int) -> str | None:
    """The year of the dated past event that the sentence before tells, for a story long before publication.

    What follows in a history happened soon after; it is not said when, so no more than the year is taken.
    """
    p = reading.parsed
    published = from_iso(reading.document.published)
    here = p.sentence_of[i]
    verb = next((t for t in (i, *p.ancestors(i)) if is_verb(p, t)), None)
    if here == 0 or verb is None or p.tags[verb] not in ("VBD", "VBN") or published is None:
        return None
    if {"has", "have", "'ve"} & set(auxiliaries(p, verb)):
        return None
    begin, end = p.sentences[here - 1]
    dates = reading.dates[_first_from(reading.dates, begin) : _first_from(reading.dates, end)]
    heading = not any(p.tags[t] in ("VBD", "VBZ", "VBP", "MD") for t in range(begin, end))
    for d in reversed(dates):
        period = from_iso(d.value)
        if not heading and not tells_event(p, d.start, d.end):
            continue
        if period is None or d.relation != "on" or period.first.year != period.last.year:
            continue
        if (published.first - period.last).days < 2 * 365:
            return None
        return period.coarsened("year").iso()
    return None
