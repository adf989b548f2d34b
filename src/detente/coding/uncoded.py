"""Which sentences name two political actors and gave no record, and why.

What enters: a reading and what was coded. What leaves: the coded document with one `Issue` for each such
sentence, so that what was not coded is counted and can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.codebook.event_lexicon import EventLexicon, load_event_lexicon
from detente.records import CodedDocument, Evidence, Issue
from detente.syntax.clauses import is_verb
from detente.syntax.reading import Reading


def uncoded_sentences(reading: Reading, coded: CodedDocument) -> CodedDocument:
    """Add an issue of kind `uncoded` for every sentence with two actors and no record."""
    p = reading.parsed
    spans = [evidence.span for evidence in _evidences(coded)]
    lexicon = load_event_lexicon()
    issues: list[Issue] = []
    for start, end in p.sentences:
        first, last = p.starts[start], p.ends[end - 1]
        actors = {reading.country(m) for t in range(start, end) for m in reading.mentions_by_root.get(t, ())}
        if len(actors) < 2 or any(a < last and first < b for a, b in spans):
            continue
        issues.append(Issue("uncoded", _reason(reading, lexicon, start, end), first, last, reading.document.id))
    return replace(coded, issues=(*coded.issues, *issues))


def _evidences(coded: CodedDocument) -> Iterator[Evidence]:
    for event in coded.events:
        yield from (event.evidence, *event.also)
    for stance in coded.stances:
        yield from (stance.evidence, *stance.also)
    for membership in coded.memberships:
        yield from (membership.evidence, *membership.also)
    for statement in coded.statements:
        yield statement.content


def _reason(reading: Reading, lexicon: EventLexicon, start: int, end: int) -> str:
    p = reading.parsed
    known = [
        p.lemmas[i]
        for i in range(start, end)
        if (is_verb(p, i) and p.lemmas[i] in lexicon.verbs) or (p.pos[i] == "NOUN" and p.lemmas[i] in lexicon.nouns)
    ]
    if known:
        return (
            f"predicates {', '.join(dict.fromkeys(known))} found, but no actor and recipient in a construction we know"
        )
    verbs = [p.lemmas[i] for i in range(start, end) if is_verb(p, i)]
    if verbs:
        return f"no predicate of the lexicon among {', '.join(dict.fromkeys(verbs))}"
    return "no predicate in the sentence"
