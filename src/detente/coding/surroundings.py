"""Where an event's date and place stand in the sentence: on its own words, or on what it happens with.

What enters: a parse, the token that names the event, and that of a date or place. What leaves: the `Path`
between the two, and the predicates whose time and place an event shares. Word classes are in
`event_time.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

import yaml

from detente.coding.cues import cue_lexicon
from detente.errors import DataError
from detente.syntax.calendar import calendar_words
from detente.syntax.clauses import SUBJECTS, auxiliaries, is_verb, own_subjects
from detente.syntax.document import ParsedDocument

_FILE = "coding/event_time.yaml"
_PREMODIFIERS = frozenset({"poss", "compound", "amod", "nummod", "nmod"})
_CONTENT = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_EQUAL_TIME = frozenset({"when", "while", "as"})


@dataclass(frozen=True, slots=True)
class EventTimeWords:
    """The word classes of `event_time.yaml`, lemmas and prepositions in lower case."""

    holding: frozenset[str]
    carrying: frozenset[str]
    travel: frozenset[str]
    visiting: frozenset[str]
    motion: frozenset[str]
    occasions: frozenset[str]
    sharing: frozenset[str]
    apart: frozenset[str]
    locative: frozenset[str]
    goals: frozenset[str]
    struck: frozenset[str]
    featuring: frozenset[str]
    sites: frozenset[str]
    areas: frozenset[str]
    stationed: frozenset[str]
    attending: frozenset[str]


@cache
def event_time_words() -> EventTimeWords:
    """Load and check the word classes.

    Raises:
        DataError: a class is missing or is no list of words; the message names it.
    """
    return read_event_time_words(files("detente").joinpath(_FILE).read_text(encoding="utf8"))


def read_event_time_words(text: str) -> EventTimeWords:
    """Parse the YAML of the word classes; raises as `event_time_words` does."""
    data = yaml.safe_load(text)
    classes: dict[str, frozenset[str]] = {}
    for name in (field.name for field in fields(EventTimeWords)):
        words = data.get(name) if isinstance(data, dict) else None
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise DataError(
                f"Malformed {name!r} in {_FILE}: a list of words is allowed. Quote words that YAML misreads."
            )
        classes[name] = frozenset(words)
    return EventTimeWords(**classes)


@dataclass(frozen=True, slots=True)
class Path:
    """What lies between an expression and the predicate above it, nearest to the expression first.

    `branch` is the child of the predicate that the path comes through. `link` says how the expression
    hangs on the first noun: in front of it, by "of", or freely ("in", "on" or nothing).
    """

    nouns: tuple[int, ...]
    verbs: tuple[int, ...]
    prepositions: tuple[str, ...]
    branch: int
    link: str


def path_to(p: ParsedDocument, start: int, end: int, root: int, predicate: int) -> Path | None:
    """The path from an expression, tokens [start, end) with head `root`, up to a predicate; None if there is none."""
    nouns: list[int] = []
    verbs: list[int] = []
    prepositions: list[str] = []
    link = "before" if p.deps[root] in _PREMODIFIERS and p.heads[root] >= end else "free"
    token, below = root, root
    while token != predicate:
        if not start <= token < end:
            if is_verb(p, token):
                verbs.append(token)
            elif p.pos[token] in _CONTENT:
                nouns.append(token)
            elif p.deps[token] in ("prep", "agent", "dative", "mark") or p.pos[token] == "ADP":
                prepositions.append(p.lower[token])
                if not nouns and not verbs and p.lower[token] == "of":
                    link = "of"
        if p.heads[token] == token:
            return None
        token, below = p.heads[token], token
    return Path(tuple(nouns), tuple(verbs), tuple(prepositions), below, link)


def is_occasion(p: ParsedDocument, path: Path) -> bool:
    """Whether the path runs through an adjunct such as "at a forum", "in an interview aired by …"."""
    words = event_time_words()
    if len(path.verbs) == 1 and path.verbs[0] == path.branch and not path.nouns:
        return _misread_occasion(p, path.branch)
    return (
        bool(path.nouns)
        and p.deps[path.branch] in ("prep", "npadvmod")
        and p.lower[path.branch] in words.sharing
        and p.lemmas[path.nouns[-1]] in words.occasions
        and all(p.deps[verb] in ("acl", "relcl") for verb in path.verbs)
    )


def is_speech(p: ParsedDocument, verb: int) -> bool:
    """Whether somebody speaks: a verb of saying, or any verb with "at a seminar", "during a visit"."""
    if p.lemmas[verb] in cue_lexicon().verbs:
        return True
    adjuncts = [c for c in p.children[verb] if p.deps[c] == "prep" and p.lower[c] in ("during", "at", "in")]
    return any(p.lemmas[noun] in event_time_words().occasions for c in adjuncts for noun in p.children[c])


def _misread_occasion(p: ParsedDocument, verb: int) -> bool:
    """Whether a "clause" is a participle after an occasion: "In an interview aired on Sunday X said"."""
    if p.deps[verb] not in ("ccomp", "advcl") or verb > p.heads[verb] or p.tags[verb] not in ("VBD", "VBN"):
        return False
    kinds = {p.deps[c] for c in p.children[verb]}
    lead = [
        c for c in p.children[verb] if p.deps[c] == "prep" and c < verb and p.lower[c] in ("in", "at", "during", "on")
    ]
    nouns = [noun for c in lead for noun in p.children[c]]
    return not kinds & SUBJECTS and any(p.lemmas[noun] in event_time_words().occasions for noun in nouns)


def predicate_verb(p: ParsedDocument, i: int) -> int | None:
    """The verb that says that the event of a noun or adjective happens: "talks were held", "was critical"."""
    words = event_time_words()
    dep, head = p.deps[i], p.heads[i]
    if is_verb(p, i) or head == i:
        return None
    if dep in ("acomp", "oprd", "attr") and is_verb(p, head):
        return head
    if dep in ("dobj", "nsubjpass", "nsubj", "dative") and is_verb(p, head):
        return head if p.lemmas[head] in words.holding else None
    if dep == "pobj" and p.deps[head] == "agent":
        return p.heads[head]
    return None


def sharing(p: ParsedDocument, i: int) -> Iterator[int]:
    """The predicates whose time and place an event shares without being named with them, nearest first.

    The first of coordinate predicates, what a participle or a purpose accompanies, what an aspect verb
    governs, the event inside which another takes place, the whole of which a noun names a part.
    """
    words = event_time_words()
    dep, head = p.deps[i], p.heads[i]
    if head == i:
        return
    if is_verb(p, i):
        if dep == "conj" and (is_verb(p, head) or not own_subjects(p, i)):
            yield head
        elif _accompanies(p, i):
            yield head
        elif (
            dep == "xcomp"
            and p.lemmas[head] not in calendar_words().ahead
            and p.lemmas[head] not in cue_lexicon().verbs
        ):
            yield head
        elif dep == "pcomp" and p.lower[head] in ("by", "in", "without", "while"):
            yield p.heads[head]
        elif dep == "acl" and p.tags[i] == "VBG":
            yield head
        elif dep == "relcl":
            yield from _told_beside(p, i)
        elif dep == "ccomp" and p.tags[i] == "VBG" and {"was", "were", "is", "are"} & set(auxiliaries(p, i)):
            yield head  # what is going on while somebody speaks of it
    elif dep in ("conj", "appos"):
        yield head
    elif dep in _PREMODIFIERS and dep != "poss" and p.pos[head] in ("NOUN", "PROPN"):
        yield head
    elif dep == "pobj":
        governor = p.heads[head]
        if p.lower[head] == "of" and p.lemmas[governor] in words.carrying:
            yield governor
        elif p.pos[governor] == "NOUN" and p.lower[head] in ("in", "at", "during") and p.lemmas[i] in words.occasions:
            yield governor
        elif is_verb(p, governor) and (p.lower[head] in words.sharing or p.lemmas[governor] in words.holding):
            yield governor


def _told_beside(p: ParsedDocument, i: int) -> Iterator[int]:
    """The event that a relative clause goes on about: "…, an attack that led to …", "a visit, which included …"."""
    antecedent = p.heads[i]
    first = p.left[antecedent]
    resumes = first > 0 and p.lower[first - 1] == "," and p.lower[first] in ("a", "an")
    if resumes or p.deps[antecedent] == "appos":
        start = p.sentences[p.sentence_of[i]][0]
        yield from [t for t in range(first - 1, start - 1, -1) if is_verb(p, t)][:1]
    elif p.lemmas[i] in event_time_words().featuring and p.lemmas[antecedent] in event_time_words().occasions:
        yield antecedent


def _accompanies(p: ParsedDocument, i: int) -> bool:
    """Whether an adverbial clause has the time of its main clause: "…, adding", "to sign", "when he met"."""
    if p.deps[i] != "advcl":
        return False
    marks = {p.lower[c] for c in p.children[i] if p.deps[c] in ("mark", "advmod") and p.tags[c] in ("IN", "WRB")}
    if marks:
        return marks <= _EQUAL_TIME
    return p.tags[i] in ("VBG", "VBN") or (p.tags[i] == "VB" and any(p.lower[c] == "to" for c in p.children[i]))
