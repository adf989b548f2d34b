"""Whether an act is told as history, not as news: by its date, its tense, or the words around it.

What enters: a reading, the token that names an act, and the date that the text gives it. What leaves: yes or no.
A dated act is as old as its date. An undated one is background where the past perfect puts it before the story,
where its clause only says more about a person or thing ("the rebels who seized the town", "a pact signed by X"),
or where an adverbial spreads it over months and years ("over the years", "has repeatedly").
"""

from __future__ import annotations

from detente.coding.news import is_history
from detente.coding.surroundings import predicate_verb
from detente.syntax.clauses import RELATIVES, SUBJECTS, auxiliaries, is_passive, is_verb, obliques, own_subjects
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import Reading

_RECENT_MONTHS = 1  # by how many calendar months news may lag behind its act
_BEFORE = frozenset({"historically", "formerly", "previously", "once", "originally", "traditionally", "earlier"})
_AGAIN = frozenset({"repeatedly", "long", "often", "frequently", "consistently", "regularly", "periodically"})
_PERFECT = frozenset({"has", "have", "'ve"})
_LONG_TIMES = frozenset({"month", "year", "decade", "century"})
_THROUGH = frozenset({"over", "through", "throughout"})
_WITHIN = frozenset({"in", "during", "for"})
_GONE = frozenset({"recent", "past", "last", "previous", "earlier", "early"})


def is_background(reading: Reading, i: int, date: str | None) -> bool:
    """Whether the act that token `i` names is history; `date` is the one that the text gives, None if it gives none."""
    p = reading.parsed
    published = reading.document.published
    if date is not None and published is not None:
        return _is_older(date, published) or (_is_finished(p, i) and _began_before(date, published))
    if is_history(reading):
        verb = next((t for t in (i, *p.ancestors(i)) if is_verb(p, t)), None)
        return i != verb or p.tags[i] not in ("VBZ", "VBP") or bool(auxiliaries(p, i))
    if any(p.lower[c] in _BEFORE for c in p.children[i]):
        return True
    told = _telling_verb(p, i)
    if told is None:
        return False
    if "had" in auxiliaries(p, told) and not _is_backshifted(p, told):
        return True
    return _is_finished(p, told) and (_spreads(p, told) or (_is_aside(p, told) and p.sentence_of[told] > 0))


def _telling_verb(p: ParsedDocument, i: int) -> int | None:
    """The verb whose tense an act has: its own, or that which its noun is the object of ("exerted pressure")."""
    if is_verb(p, i):
        return i
    head = p.heads[i]
    return head if p.deps[i] in ("dobj", "nsubjpass") and is_verb(p, head) else predicate_verb(p, i)


def _is_finished(p: ParsedDocument, i: int) -> bool:
    """Whether a verb is a simple past, a perfect or a bare passive, neither going on nor to come."""
    aux = set(auxiliaries(p, i))
    if p.tags[i] == "VBD":
        return not aux
    return p.tags[i] == "VBN" and (aux <= {"has", "have", "'ve", "been", "was", "were", "had"})


def _is_backshifted(p: ParsedDocument, i: int) -> bool:
    """Whether "had" only follows a past report: "said it had signed" reports the words "we have signed"."""
    governor = p.heads[i]
    return p.deps[i] == "ccomp" and p.tags[governor] in ("VBD", "VBN") and "had" not in auxiliaries(p, governor)


def _spreads(p: ParsedDocument, i: int) -> bool:
    """Whether an adverbial spreads a finished act over a long time, or says that it was done again and again."""
    if _PERFECT & set(auxiliaries(p, i)) and any(p.lower[c] in _AGAIN for c in p.children[i]):
        return True
    for word, nouns in obliques(p, i).items():
        for noun in nouns:
            if p.tags[noun] != "NNS" or p.lemmas[noun] not in _LONG_TIMES:
                continue
            gone = any(p.lower[c] in _GONE for c in p.children[noun])
            if word in _THROUGH or (word in _WITHIN and gone):
                return True
    if any(_is_repetition(p, noun) for noun in _circumstances(p, i)):
        return True
    return p.deps[i] == "conj" and not own_subjects(p, i) and is_verb(p, p.heads[i]) and _spreads(p, p.heads[i])


def _circumstances(p: ParsedDocument, i: int) -> list[int]:
    """The nouns of a verb's adverbials with "on" and without a preposition, those of its object included."""
    around = [i, *(c for c in p.children[i] if p.deps[c] == "dobj")]
    bare = [c for c in p.children[i] if p.deps[c] == "npadvmod"]
    return [*bare, *(noun for token in around for noun in obliques(p, token).get("on", ()))]


def _is_repetition(p: ParsedDocument, noun: int) -> bool:
    """Whether a noun says that an act was done again: "on three occasions", "many times", "on a daily basis"."""
    if p.lemmas[noun] == "basis":
        return any(p.lower[c] in ("regular", "daily", "weekly", "routine") for c in p.children[noun])
    return p.tags[noun] == "NNS" and p.lemmas[noun] in ("occasion", "time")


def _is_aside(p: ParsedDocument, i: int) -> bool:
    """Whether a verb stands in a clause that says who or what somebody or something is, not what happened next.

    A bare passive ("backed by X"), a perfect, or a past whose subject the clause describes ("who seized the town");
    "…, who then accused X" and "where they met" go on with the story.
    """
    while p.deps[i] == "conj" and not own_subjects(p, i) and is_verb(p, p.heads[i]):
        i = p.heads[i]
    if p.deps[i] not in ("relcl", "acl"):
        return False
    aux = set(auxiliaries(p, i))
    if aux & _PERFECT or (p.deps[i] == "acl" and is_passive(p, i)):
        return True
    subjects = [c for c in p.children[i] if p.deps[c] in SUBJECTS]
    describes = any(p.lower[c] in RELATIVES for c in subjects)
    return p.deps[i] == "relcl" and describes and p.lower[p.left[i] - 1] != ","


def _is_older(date: str, published: str) -> bool:
    """Whether a date lies more than two months before publication; an open interval counts as current."""
    last = date.split("/")[-1]
    return last != ".." and _months(published, 12) - _months(last, 12) > _RECENT_MONTHS


def _began_before(date: str, published: str) -> bool:
    """Whether a closed interval, such as "the past year", began more than two months before publication."""
    first, _, last = date.partition("/")
    return last not in ("", "..") and first != ".." and _months(published, 12) - _months(first, 1) > _RECENT_MONTHS


def _months(value: str, default: int) -> int:
    """The calendar months of a date since the year 0; `default` is the month of a bare year."""
    year, _, rest = value.partition("-")
    return int(year) * 12 + (int(rest[:2]) if rest else default)
