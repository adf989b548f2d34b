"""Whether a document reports an act as news of its own day, so that an undated act has its date.

What enters: a `Reading` and the token that names the act. What leaves: a yes or no. An institution's
statement and the lead of a report tell what has just happened; histories and background do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from detente.coding.cues import cue_lexicon
from detente.records import Statement
from detente.syntax.calendar import from_iso
from detente.syntax.clauses import auxiliaries, is_verb
from detente.syntax.dates import tells_event
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import Reading

_LEAD_SENTENCES = 3
_STOPS = frozenset({".", "!", "?", '"', "'", "”", "’", ":"})
_OLD_DAYS = 62
_HISTORY_DAYS = 366
_HISTORY_DATES = 3
_HISTORY_DENSITY = 0.25  # dates a sentence


def is_news(reading: Reading, i: int, *, verbal: bool) -> bool:
    """Whether an actual act without a date carries the publication date.

    Args:
        reading: the document.
        i: token of the verb, noun or adjective that names the act.
        verbal: whether the act is done in words.
    """
    p = reading.parsed
    if reading.document.published is None or is_history(reading):
        return False
    verb = next((t for t in (i, *p.ancestors(i)) if is_verb(p, t)), None)
    if verb is None:  # a headline, or a verb that the parse took for a noun
        return _in_lead(p, i) or (verbal and any(p.deps[c] in ("nsubj", "aux") for c in p.children[i]))
    if "had" in auxiliaries(p, verb) or (p.deps[verb] in ("relcl", "acl") and p.tags[verb] in ("VBD", "VBN")):
        return False
    quoted = [s for s in reading.statements if s.content.start <= p.starts[i] < s.content.end]
    if any(not _institutional(reading, s) for s in quoted) or (_reported(p, verb) and not _released(p, verb)):
        return verbal and (not is_past(p, verb) or _first_person(p, verb)) and not _in_the_past(reading, quoted)
    if _after_old_date(reading, verb) or (not verbal and p.deps[verb] in ("pcomp", "xcomp")):
        return False
    if i == verb and (verbal or _is_progressive(p, verb)):
        return True
    return _in_lead(p, i) and (verbal or not _is_timeless(p, verb))


@lru_cache(maxsize=1)  # asked for every event of a document
def is_history(reading: Reading) -> bool:
    """Whether a document is full of dates, and these lie mostly long before its publication."""
    published = from_iso(reading.document.published)
    periods = [from_iso(d.value) for d in reading.dates if d.relation == "on"]
    known = [period for period in periods if period is not None]
    if published is None or len(known) < max(_HISTORY_DATES, _HISTORY_DENSITY * len(reading.parsed.sentences)):
        return False
    old = sum((published.first - period.last).days > _HISTORY_DAYS for period in known)
    return old >= 0.8 * len(known)


def _in_lead(p: ParsedDocument, i: int) -> bool:
    """Whether a token stands in the first sentences; headings, which have no full stop, do not count."""
    here, full = p.sentence_of[i], 0
    for start, end in p.sentences[:here]:
        words = [p.words[t] for t in range(start, end) if not p.words[t].isspace()]
        full += bool(words) and words[-1] in _STOPS
        if full >= _LEAD_SENTENCES:
            return False
    return True


def _reported(p: ParsedDocument, verb: int) -> bool:
    """Whether a clause is what somebody says or thinks."""
    cues = cue_lexicon().verbs
    chain = (verb, *p.ancestors(verb))
    return any(p.deps[token] == "ccomp" and p.lemmas[p.heads[token]] in cues for token in chain)


def _released(p: ParsedDocument, verb: int) -> bool:
    """Whether a paper or the press tells it: "…, the ministry said in a statement", "the release said"."""
    lexicon = cue_lexicon()
    for token in (verb, *p.ancestors(verb)):
        if p.deps[token] == "ccomp" and p.lemmas[p.heads[token]] in lexicon.verbs:
            subjects = [p.lemmas[c] for c in p.children[p.heads[token]] if p.deps[c] == "nsubj"]
            return any(lemma in lexicon.documents or lemma in lexicon.media for lemma in subjects)
    return False


def _after_old_date(reading: Reading, verb: int) -> bool:
    """Whether a simple past goes on with a story that the sentence before dates long before publication."""
    p = reading.parsed
    here = p.sentence_of[verb]
    published = from_iso(reading.document.published)
    if here == 0 or p.tags[verb] != "VBD" or published is None:
        return False
    start, end = p.sentences[here - 1]
    for d in reading.dates:
        period = from_iso(d.value)
        if start <= d.start < end and period is not None and tells_event(p, d.start, d.end):
            return (published.first - period.last).days > _OLD_DAYS
    return False


def _is_timeless(p: ParsedDocument, verb: int) -> bool:
    """Whether a verb states what holds in general: the simple present."""
    return p.tags[verb] in ("VBZ", "VBP")


def is_past(p: ParsedDocument, verb: int) -> bool:
    """Whether a verb is a simple past or past perfect, so that words which use it tell of another time."""
    aux = set(auxiliaries(p, verb))
    return bool(aux & {"had", "was", "were", "did"}) or (p.tags[verb] in ("VBD", "VBN") and not aux)


def _institutional(reading: Reading, statement: Statement) -> bool:
    """Whether a body reports in its own words what happened, as a release does."""
    speaker = reading.entities.get(statement.speaker)
    return not statement.direct and speaker is not None and speaker.kind != "person"


def _is_progressive(p: ParsedDocument, verb: int) -> bool:
    return p.tags[verb] == "VBG" and bool({"is", "are", "'s", "'re"} & set(auxiliaries(p, verb)))


def _first_person(p: ParsedDocument, verb: int) -> bool:
    return any(p.deps[c] == "nsubj" and p.lower[c] in ("i", "we") for c in p.children[verb])


def _in_the_past(reading: Reading, quoted: Sequence[Statement]) -> bool:
    """Whether the words are quoted from a sentence that had gives its own, earlier time ("had said")."""
    p = reading.parsed
    return any("had" in auxiliaries(p, p.token_at(s.cue.start)) for s in quoted)
