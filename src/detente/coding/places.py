"""Where an event happened: the place in its own clause, or that of what it is part of.

What enters: a `Reading` whose places are found, and the token that names the event. What leaves: a
`Place`, or None. A name that acts ("Moscow welcomed") or is merely spoken of ("plans for Syria") is no place
of the event.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from detente.coding.news import is_past
from detente.coding.surroundings import Path, event_time_words, is_occasion, is_speech, path_to, predicate_verb, sharing
from detente.records import Place
from detente.syntax.calendar import calendar_words
from detente.syntax.clauses import SUBJECTS, agents, auxiliaries, first_conjunct, is_verb, obliques, patients
from detente.syntax.dates import span_root, span_top
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import PlaceExpression, Reading

_DEPTH = 4  # how many predicates an event may borrow its place through
_SAME_MEETING_SENTENCES = 6
_OCCASION_SENTENCES = 12  # how far an occasion lends its place to what the same speaker says


def place_of(reading: Reading, predicate: int, *, verbal: bool = True) -> Place | None:
    """The place of the event named by a verb, noun or adjective.

    Args:
        reading: the document.
        predicate: token of the verb, noun or adjective.
        verbal: whether the act is done in words; only then does it happen where its words are spoken.
    """
    if not reading.places:
        return None
    found = _search(reading, predicate)
    if found is None and verbal:
        found = _of_speech(reading, predicate) or _of_meeting(reading, predicate)
    return None if found is None else found.place


def _search(reading: Reading, i: int, depth: int = 0) -> PlaceExpression | None:
    """Own clause first, then the noun or verb that holds the event, then the events whose place it shares."""
    p = reading.parsed
    found = _own(reading, i) or _where_clause(reading, i) or _of_parts(reading, i)
    if found is not None or depth >= _DEPTH:
        return found
    verb = predicate_verb(p, i)
    others = ([] if verb is None else [verb]) + list(sharing(p, i))
    for other in others:
        found = _search(reading, other, depth + 1)
        if found is not None:
            return found
    return None


def _own(reading: Reading, i: int) -> PlaceExpression | None:
    """The place that hangs closest on the event's own words; of nested places the first, the smallest."""
    best: tuple[tuple[int, int], PlaceExpression] | None = None
    for place in _in_sentence(reading, i):
        rank = _rank(reading, i, place)
        if rank is not None:
            key = (rank + (2 if place.country is None else 0), abs(place.start - i))
            if best is None or key < best[0]:
                best = key, place
    return best[1] if best else None


def _of_parts(reading: Reading, i: int) -> PlaceExpression | None:
    """The place of what the predicate is made of, or leads to.

    The noun of a light verb ("led the assault on X"), a noun's infinitive ("the campaign to retake X"), a
    coordinate noun ("strikes and fighting in X"), the promised deed ("is preparing to reopen embassies in X").
    """
    p = reading.parsed
    words = event_time_words()
    for child in p.children[i]:
        dep, lemma = p.deps[child], p.lemmas[child]
        if is_verb(p, i):
            held = (
                dep in ("dobj", "nsubjpass")
                and lemma in words.struck | words.occasions
                and p.lemmas[i] in words.holding
            )
            part = held or (is_verb(p, child) and _is_deed_of(p, i, child))
        else:
            infinitive = dep == "acl" and p.tags[child] == "VB" and lemma in words.motion | words.visiting
            part = infinitive or (dep == "conj" and lemma in words.struck | words.occasions)
        if part:
            found = _own(reading, child) or (_of_parts(reading, child) if is_verb(p, child) else None)
            if found is not None:
                return found
    return None


def _is_deed_of(p: ParsedDocument, i: int, child: int) -> bool:
    """Whether a clause names the deed that its governor plans or fights for: "vowed to retake X", "said it would"."""
    words = event_time_words()
    if p.deps[child] == "xcomp":
        return p.lemmas[i] in calendar_words().ahead
    if p.deps[child] == "ccomp":
        own = [c for c in p.children[child] if p.deps[c] == "nsubj" and p.pos[c] == "PRON"]
        return bool(own) and bool({"will", "would"} & set(auxiliaries(p, child)))
    return p.deps[child] == "advcl" and p.tags[child] == "VB" and p.lemmas[i] in words.motion | words.struck


def _rank(reading: Reading, i: int, place: PlaceExpression) -> int | None:
    """How closely a place belongs to a predicate, 0 the closest; None where it is no place of the event."""
    p = reading.parsed
    words = event_time_words()
    root = _kind_of_place(p, span_top(p, place.start, place.end))
    lone = p.pos[root] == "ADP"  # the preposition itself, which then counts
    path = path_to(p, min(root, place.start), root if lone else max(root + 1, place.end), root, i)
    if path is None or root == i:
        return None
    if is_occasion(p, path) and _locates(p, root, path):
        return 1
    if not all(_transparent(p, verb, i) for verb in path.verbs):
        return None
    if p.deps[path.branch] in SUBJECTS and is_verb(p, i):
        in_site = path.nouns and p.lemmas[path.nouns[-1]] in words.sites
        return 1 if in_site and path.prepositions[:1] in (("in",), ("at",), ("near",)) else None
    if not path.prepositions:
        return 0 if _bare(reading, i, root, path) else None
    kinds = [t for t in path.nouns if p.deps[t] != "appos"]
    if not kinds:
        return 0 if path.prepositions[-1] in words.locative or _goes(p, i, path.prepositions[-1]) else None
    return 1 if len(kinds) == 1 and _inside(p, i, kinds[0], path) else None


def _kind_of_place(p: ParsedDocument, root: int) -> int:
    """The noun that says what kind of place a name is: "town" of "the town of X", "hotel" of "the X hotel"."""
    areas = event_time_words().areas
    while True:
        head = p.heads[root]
        if p.lower[head] == "of" and p.deps[root] == "pobj" and p.lemmas[p.heads[head]] in areas:
            root = p.heads[head]
        elif (
            head > root and p.deps[root] in ("compound", "nmod") and p.lemmas[head] in areas | event_time_words().sites
        ):
            root = head
        else:
            return root


def _transparent(p: ParsedDocument, verb: int, i: int) -> bool:
    """Whether a place inside a clause is one of the noun around it: "troops based in X", "talks held in X"."""
    words = event_time_words()
    if p.deps[verb] == "acl" and p.tags[verb] in ("VBN", "VBG") and p.lemmas[verb] in words.stationed:
        return True
    return (
        p.deps[verb] in ("acl", "relcl")
        and p.heads[verb] == i
        and p.lemmas[verb] in words.holding
        and not is_verb(p, i)
    )


def _inside(p: ParsedDocument, i: int, noun: int, path: Path) -> bool:
    """Whether a place of one noun in between is that of the event: "met officials in X", "strikes on rebels in X"."""
    words = event_time_words()
    if path.prepositions[0] not in ("in", "at", "near", "inside", "outside"):
        return False
    if not is_verb(p, i):
        return p.lemmas[i] in words.struck | words.occasions | words.carrying
    event_itself = p.lemmas[noun] in words.struck | words.occasions
    if event_itself and p.lemmas[i] not in words.holding:
        return False
    apart = bool(set(path.prepositions[1:]) & words.apart)
    return p.deps[path.branch] in ("dobj", "prep", "dative") and not apart


def _bare(reading: Reading, i: int, root: int, path: Path) -> bool:
    """A place without a preposition: "visited Moscow", "the Geneva talks", "left the Geneva talks"."""
    p = reading.parsed
    words = event_time_words()
    dep = p.deps[path.branch]
    in_front = path.link == "before" and p.deps[root] in ("compound", "nmod") and not _is_state(reading, root)
    if is_verb(p, i):
        if path.nouns:
            named = in_front and len(path.nouns) == 1 and p.lemmas[path.nouns[0]] in words.occasions
            return named and dep == "dobj" and p.lemmas[i] in words.attending
        return dep in ("dobj", "nsubjpass") and p.lemmas[i] in words.visiting
    return path.branch == root and in_front and p.lemmas[i] in words.occasions | words.struck


def _is_state(reading: Reading, token: int) -> bool:
    """Whether a name in front of a noun is a state, which then acts: "the US strikes", "the Iran talks"."""
    return any((e := reading.entities.get(m.entity_id)) is not None and e.kind == "state" for m in reading.at(token))


def _goes(p: ParsedDocument, i: int, preposition: str) -> bool:
    """Whether the preposition names the goal or source of a movement, or the object of an attack."""
    words = event_time_words()
    if preposition not in words.goals:
        return False
    if is_verb(p, i):
        return p.lemmas[i] in words.motion and preposition not in ("for", "of", "against")
    return p.lemmas[i] in words.struck and preposition != "from"


def _locates(p: ParsedDocument, root: int, path: Path) -> bool:
    """Whether a place inside an occasion says where it is held: "at talks in X", "at the X summit"."""
    words = event_time_words()
    if path.link == "before":
        return p.deps[root] in ("compound", "nmod") and p.lemmas[path.nouns[0]] in words.occasions
    return not path.prepositions[:-1] or path.prepositions[0] in words.locative or path.prepositions[0] == "to"


def _where_clause(reading: Reading, i: int) -> PlaceExpression | None:
    """The place that a where-clause follows: "in Baghdad, where the two met"."""
    p = reading.parsed
    if not is_verb(p, i) or not any(p.lower[c] == "where" for c in p.children[i]):
        return None
    antecedent = first_conjunct(p, i)
    antecedent = p.heads[antecedent] if p.deps[antecedent] == "relcl" else antecedent
    before = [
        place for place in _in_sentence(reading, i) if p.left[antecedent] <= place.start and place.end <= p.left[i]
    ]
    return before[0] if before else None


def _in_sentence(reading: Reading, i: int) -> Sequence[PlaceExpression]:
    start, end = reading.parsed.sentences[reading.parsed.sentence_of[i]]
    return reading.places[_first_from(reading.places, start) : _first_from(reading.places, end)]


def _first_from(places: Sequence[PlaceExpression], token: int) -> int:
    return bisect_left(places, token, key=lambda place: place.start)


def _of_speech(reading: Reading, i: int) -> PlaceExpression | None:
    """The place where the words are spoken that the act is part of: "said in a speech in Ankara"."""
    p = reading.parsed
    verb = next((t for t in (i, *p.ancestors(i)) if is_verb(p, t)), None)
    inner = reading.statement_around(p.starts[i], p.ends[i])
    if inner is not None:
        if verb is not None and is_past(p, verb):
            return None
        return _search(reading, p.token_at(inner.cue.start)) or _of_occasion(reading, inner.speaker, i)
    own = i if is_verb(p, i) else predicate_verb(p, i)
    if own is None or not (is_speech(p, own) or own != i):
        return None
    places = (_of_occasion(reading, speaker, i) for speaker in reading.ids(agents(p, own)))
    return next((place for place in places if place is not None), None)


def _of_occasion(reading: Reading, speaker: str, before: int) -> PlaceExpression | None:
    """The place of the last occasion in the sentences before at which a speaker is told to have spoken."""
    entity = reading.entities.get(speaker)
    if entity is None or entity.kind != "person":
        return None
    p = reading.parsed
    first = p.sentences[max(0, p.sentence_of[before] - _OCCASION_SENTENCES)][0]
    here = reading.places[_first_from(reading.places, first) : _first_from(reading.places, before)]
    for place in reversed(here):
        for verb in p.ancestors(span_root(p, place.start, place.end)):
            if is_verb(p, verb) and _rank(reading, verb, place) is not None:
                if is_speech(p, verb) and speaker in reading.ids(agents(p, verb)):
                    return place
    return None


def _of_meeting(reading: Reading, i: int) -> PlaceExpression | None:
    """The place of the meeting told before between the same two sides, for what they say to each other."""
    p = reading.parsed
    if not is_verb(p, i) or p.tags[i] not in ("VBD", "VBN"):
        return None
    here = _sides(reading, i)
    if len(here) < 2:
        return None
    sentence = p.sentence_of[i]
    first = p.sentences[max(0, sentence - _SAME_MEETING_SENTENCES)][0]
    last = p.sentences[sentence][0]
    for place in reversed(reading.places[_first_from(reading.places, first) : _first_from(reading.places, last)]):
        root = span_root(p, place.start, place.end)
        verb = next((t for t in p.ancestors(root) if is_verb(p, t)), None)
        if verb is not None and _rank(reading, verb, place) is not None and len(here & _sides(reading, verb)) >= 2:
            return place
    return None


def _sides(reading: Reading, verb: int) -> set[str]:
    """The ids of those who act and those who are acted on or met."""
    p = reading.parsed
    others = [
        noun for preposition, nouns in obliques(p, verb).items() if preposition in ("with", "to") for noun in nouns
    ]
    return set(reading.ids([*agents(p, verb), *patients(p, verb), *others]))
