"""How likely two reports tell of one happening: a score from 0 to 1 and the features that make it.

What enters: two reports and what is known of their articles. What leaves: a `Link` or None. The score is a
logistic function of a weighted sum; every feature runs from 0 to 1 and stands in the link, so that a reader can
do the sum again.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from detente.linking.reports import UNKNOWN, Party, Report, Side
from detente.linking.settings import FEATURES, Settings

# Acts that all parties do together may be told with all of them as actors.
_JOINT = frozenset({"AGREE", "CONSULT", "COOPERATE"})
# Of these, who meets or works with whom may be told either way round; who promises something to whom may not.
_TURNABLE = frozenset({"CONSULT", "COOPERATE"})
_WEEK = 7
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports and why they are, or are not, one happening. `first` and `second` are event ids, in order.

    `features` holds what the score was made of; it is empty and the score 1 where the user decided.
    """

    first: str
    second: str
    score: float
    days_apart: int | None
    features: Mapping[str, float]
    decided: bool = False


def days_apart(a: Report, b: Report) -> int | None:
    """Days between the two, 0 where their dates overlap; None where one has no date at all."""
    if a.days is None or b.days is None:
        return None
    return max(0, a.days[0] - b.days[1], b.days[0] - a.days[1])


def score_of(features: Mapping[str, float], settings: Settings) -> float:
    """The score of features, rounded so that it is the same on every machine."""
    total = settings.bias + sum(settings.weights[name] * features[name] for name in FEATURES)
    return round(1 / (1 + math.exp(-total)), _DECIMALS)


def features_of(
    a: Report, b: Report, settings: Settings, *, gap: int, article: float, copied: bool
) -> dict[str, float]:
    """Compare two reports.

    Args:
        gap: days between them, at most the window.
        article: similarity of their articles, 0 to 1.
        copied: whether the articles are near copies. They agree on everything, so that only a clause which both
            have says anything: `copy` takes the place of `article`.
    """
    actors, recipients = _sides_alike(a, b)
    return {
        "actors": actors,
        "recipients": recipients,
        "type": float(a.type == b.type),
        "modes": _modes(frozenset(a.modes), frozenset(b.modes)),
        "days": _days(a, b, gap, settings),
        "undated": 1 - (a.dated + b.dated) / 2,
        "place": _place(a, b),
        "trigger": float(a.trigger_stem == b.trigger_stem),
        "words": _cosine(a.words, b.words),
        "article": 0.0 if copied else article,
        "copy": _cosine(a.quote_stems, b.quote_stems) if copied else 0.0,
    }


def _sides_alike(a: Report, b: Report) -> tuple[float, float]:
    """How well actors agree with actors, and recipients with recipients."""
    kinds = {a.type, b.type}
    if kinds <= _JOINT and bool(a.recipients.parties) != bool(b.recipients.parties):
        together = _alike(_joined(a), _joined(b))
        return together, together
    straight = _alike(a.actors, b.actors), _alike(a.recipients, b.recipients)
    if not kinds <= _TURNABLE:
        return straight
    turned = _alike(a.actors, b.recipients), _alike(a.recipients, b.actors)
    return max(straight, turned, key=sum)


def _joined(report: Report) -> Side:
    return Side(tuple(dict.fromkeys(report.actors.parties + report.recipients.parties)), ())


def _alike(a: Side, b: Side) -> float:
    """The mean, over the parties of both sides, of how well each is met on the other side.

    Two empty sides are alike; where only one is empty, nothing contradicts: a half.
    """
    if not a.parties or not b.parties:
        return 1.0 if a.parties == b.parties else 0.5
    met = [max(_same(one, other) for other in b.parties) for one in a.parties]
    met += [max(_same(one, other) for other in a.parties) for one in b.parties]
    return round(sum(met) / len(met), _DECIMALS)


def _same(a: Party, b: Party) -> float:
    """1 for the same entity; a half for a state and somebody of it, or where one is unknown; else 0."""
    if UNKNOWN in (a.id, b.id):
        return 0.5
    if a.id == b.id:
        return 1.0
    return 0.5 if a.country == b.country and (a.generic or b.generic) else 0.0


def _modes(a: frozenset[str], b: frozenset[str]) -> float:
    return round(len(a & b) / len(a | b), _DECIMALS) if a and b else 0.5


def _days(a: Report, b: Report, gap: int, settings: Settings) -> float:
    """1 for the same day, less for each day between; half of that where a date is wider than a week."""
    assert a.days is not None
    assert b.days is not None
    wide = max(a.days[1] - a.days[0], b.days[1] - b.days[0]) > _WEEK
    return round((1 - gap / (settings.window_days + 1)) / (2 if wide else 1), _DECIMALS)


def _cosine(a: Collection[str], b: Collection[str]) -> float:
    """Cosine of two sets of stems, 0 where one is empty."""
    return round(len(set(a).intersection(b)) / math.sqrt(len(a) * len(b)), _DECIMALS) if a and b else 0.0


def _place(a: Report, b: Report) -> float:
    """1 for the same place, ½ where it is unknown or only the country agrees, 0 for another."""
    if a.place is None or b.place is None:
        return 0.5
    if a.place == b.place or (a.geonameid is not None and a.geonameid == b.geonameid):
        return 1.0
    return 0.5 if a.place_country is not None and a.place_country == b.place_country else 0.0
