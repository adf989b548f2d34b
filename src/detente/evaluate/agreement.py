"""When a prediction tells the same as gold, and how well its attributes then agree.

Agreement is 0 for no, else 1 plus the overlap of the evidence, so that the closest passage is matched
first. An attribute check is None where gold has nothing to compare.
"""

from __future__ import annotations

from detente.evaluate.items import EventItem, MembershipItem, Names, StanceItem, StatementItem

MIN_EVIDENCE_OVERLAP = 0.3
MIN_CONTENT_OVERLAP = 0.5

QUADS: dict[str, tuple[str, ...]] = {
    "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "material cooperation": ("COOPERATE", "AID", "RETREAT"),
    "verbal conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "material conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
_QUAD_OF = {event_type: quad for quad, types in QUADS.items() for event_type in types}

Checks = dict[str, bool | None]


def event_agreement(gold: EventItem, prediction: EventItem) -> float:
    """Ask for an accepted type, an actor and a recipient."""
    overlap = gold.overlap(prediction)
    same = prediction.types[0] in gold.types and all(_sides(gold, prediction))
    return 1 + overlap if same and overlap >= MIN_EVIDENCE_OVERLAP else 0


def event_quad_agreement(gold: EventItem, prediction: EventItem) -> float:
    """Ask for a type of the same quad class, and for an actor or a recipient."""
    overlap = gold.overlap(prediction)
    quads = {_QUAD_OF.get(one) for one in gold.types} - {None}
    same = _QUAD_OF.get(prediction.types[0]) in quads and any(_sides(gold, prediction))
    return 1 + overlap if same and overlap >= MIN_EVIDENCE_OVERLAP else 0


def _sides(gold: EventItem, prediction: EventItem) -> tuple[bool, bool]:
    """Tell whether the actors and whether the recipients agree.

    Gold without recipients is a reciprocal act, whose others may stand as recipients, or an act on
    nobody named, where any recipient passes.
    """
    actors = bool(gold.actors & prediction.actors)
    if gold.recipients:
        return actors, bool(gold.recipients & prediction.recipients)
    reciprocal = gold.actor_count > 1 and bool(prediction.recipients)
    return actors and (not reciprocal or bool(gold.actors & prediction.recipients)), True


def stance_agreement(gold: StanceItem, prediction: StanceItem) -> float:
    """Ask for the sign of the valence and both entities, in either order where gold is mutual."""
    overlap = gold.overlap(prediction)
    if overlap < MIN_EVIDENCE_OVERLAP or _sign(gold.valence) != _sign(prediction.valence):
        return 0
    straight = gold.holder & prediction.holder and gold.object & prediction.object
    crossed = gold.mutual and gold.holder & prediction.object and gold.object & prediction.holder
    return 1 + overlap if straight or crossed else 0


def membership_agreement(gold: MembershipItem, prediction: MembershipItem) -> float:
    """Ask for member, organisation and status, wherever the text tells them."""
    ours = (gold.member, gold.organisation, gold.status)
    return float(ours == (prediction.member.partition(":")[0], prediction.organisation, prediction.status))


def statement_agreement(gold: StatementItem, prediction: StatementItem) -> float:
    """Ask for the speaker and half of the shorter content."""
    overlap = gold.overlap(prediction)
    return 1 + overlap if overlap >= MIN_CONTENT_OVERLAP and gold.speaker & prediction.speaker else 0


def event_checks(gold: EventItem, prediction: EventItem) -> Checks:
    place = gold.place and gold.place.partition(",")[0].lower()
    return {
        "status": gold.status == prediction.status,
        "date": _date_agrees(gold.date, prediction.date),
        "place": place in (prediction.place or "").lower() if place else None,
        "mode": bool(gold.modes & prediction.modes) if gold.modes else None,
        "attribution": _attribution_agrees(gold.attribution, prediction.attribution),
    }


def stance_checks(gold: StanceItem, prediction: StanceItem) -> Checks:
    return {
        "trend": gold.trend == prediction.trend if gold.trend else None,
        "attribution": _attribution_agrees(gold.attribution, prediction.attribution),
    }


def membership_checks(gold: MembershipItem, prediction: MembershipItem) -> Checks:
    return {"from": _date_agrees(gold.since, prediction.since)}


def statement_checks(gold: StatementItem, prediction: StatementItem) -> Checks:
    return {
        "direct": gold.direct == prediction.direct,
        "endorsed": prediction.endorsed if gold.endorsed else None,
    }


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _attribution_agrees(gold: Names, prediction: Names) -> bool:
    return bool(gold & prediction) if gold else not prediction


def _date_agrees(gold: str | None, prediction: str | None) -> bool | None:
    """Compare to the precision of the coarser date; of a gold interval only the start counts."""
    if not gold:
        return None
    if not prediction:
        return False
    if "/" in gold:
        start = gold.partition("/")[0]
        return prediction.partition("/")[0][: len(start)] == start
    return prediction.startswith(gold) or (len(prediction) >= 4 and gold.startswith(prediction))
