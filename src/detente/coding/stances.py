"""Stances: how one actor regards another, or how the relation of a pair is described.

What enters: a `Reading`. What leaves: `Stance`s in the order of the text, one for each pair, direction and
sign that a stretch of text carries; a second telling in the same sentence goes to `also`. The rules are in
`relations`, `regards`, `expressions`, `roles` and `judgements`; here their findings become records.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.codebook.stance_lexicon import load_stance_lexicon
from detente.coding.attribution import attribution_at
from detente.coding.dates import date_near
from detente.coding.expressions import Expressions
from detente.coding.judgements import Judgements
from detente.coding.parties import Finding, Parties
from detente.coding.regards import Regards
from detente.coding.relations import Relations
from detente.coding.roles import Roles
from detente.records import Stance
from detente.syntax.reading import Reading


def code_stances(reading: Reading) -> list[Stance]:
    """Code every stance in a document, in the order of the text."""
    findings = list(_find(reading))
    stances = [
        stance
        for finding in findings
        for holder in finding.holders[:3]
        for other in finding.objects[:3]
        if _apart(reading, holder, other)
        for stance in (_record(reading, finding, holder, other),)
    ]
    return sorted(_distinct(reading, stances), key=lambda s: (s.evidence.start, s.evidence.end, s.holder, s.object))


def _find(reading: Reading) -> Iterator[Finding]:
    lexicon, parties = load_stance_lexicon(), Parties(reading)
    relations, regards = Relations(parties, lexicon), Regards(parties, lexicon)
    roles = Roles(parties, lexicon)
    judgements, expressions = Judgements(parties, roles, lexicon), Expressions(parties, regards, lexicon)
    for i in range(len(reading.parsed)):
        if reading.parsed.pos[i] in _WORDS:
            yield from relations.at(i)
            yield from roles.at(i)
            yield from regards.at(i)
            yield from expressions.at(i)
            yield from judgements.at(i)


_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})
_WORDS = frozenset({"NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV", "X"})


def _apart(reading: Reading, holder: str, other: str) -> bool:
    """Whether two actors are distinct: not one state and its own government or officials."""
    if holder == other or "UNK" in (holder, other):
        return False
    sides = [reading.entities.get(i) for i in (holder, other)]
    countries = [
        (e.country if e and e.country else i).split(":")[0] for i, e in zip((holder, other), sides, strict=True)
    ]
    if countries[0] != countries[1]:
        return True
    return any(
        e is not None and e.kind in ("group", "organisation") and e.id != country and e.sector not in _STATE
        for e, country in zip(sides, countries, strict=True)
    )


def _record(reading: Reading, finding: Finding, holder: str, other: str) -> Stance:
    p = reading.parsed
    evidence = p.evidence(finding.first, finding.last)
    spoken = not finding.rule.startswith("judgement")
    return Stance(
        holder=holder,
        object=other,
        mutual=finding.mutual,
        valence=finding.valence,
        trend=finding.trend,
        date=date_near(reading, finding.trigger),
        evidence=evidence,
        trigger=p.evidence(finding.trigger, finding.trigger),
        attribution=attribution_at(reading, evidence.start, evidence.end, actors=(holder,) if spoken else ()),
        coded_by=finding.rule,
    )


def _distinct(reading: Reading, stances: list[Stance]) -> list[Stance]:
    """One stance for each pair, sign and stretch of text; explicit rules go before implied ones."""
    ranked = sorted(stances, key=lambda s: (s.coded_by.startswith("implied"), s.coded_by.startswith("judgement")))
    kept: list[Stance] = []
    for stance in ranked:
        if not any(_same(reading, stance, other) for other in kept):
            kept.append(stance)
    return kept


def _same(reading: Reading, a: Stance, b: Stance) -> bool:
    if {reading.country_of(a.holder), reading.country_of(a.object)} != {
        reading.country_of(b.holder),
        reading.country_of(b.object),
    }:
        return False
    if (a.valence > 0) - (a.valence < 0) != (b.valence > 0) - (b.valence < 0):
        return False
    return min(a.evidence.end, b.evidence.end) > max(a.evidence.start, b.evidence.start)
