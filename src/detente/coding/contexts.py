"""What a record is about: PLOVER's contexts of the words that carry it.

What enters: a reading and an evidence. What leaves: context names, by the rule in `codebook/contexts.py`.
"""

from __future__ import annotations

from detente.codebook.contexts import load_contexts
from detente.records import Evidence
from detente.syntax.reading import Reading


def contexts_at(reading: Reading, evidence: Evidence) -> tuple[str, ...]:
    """What an event is about, by the words of its clause, sentence and paragraph and the sides in the clause."""
    p = reading.parsed
    first, last = p.token_at(evidence.start), p.token_at(evidence.end - 1)
    named = {m.entity_id for t in range(first, last + 1) for m in reading.mentions_by_token.get(t, ())}
    return load_contexts().contexts_at(
        p.lemmas,
        clause=(first, last + 1),
        sentence=p.sentences[p.sentence_of[first]],
        paragraph=p.paragraphs[p.paragraph_of[first]],
        sectors={e.sector for one in named if (e := reading.entities.get(one)) is not None and e.sector is not None},
    )
