"""Links → groups of reports, each one happening, by complete linkage.

What enters: reports, links above the threshold, and the user's decisions. What leaves: groups of event ids.

Links are taken from the strongest down. Two groups join only if every report of the one is linked to every report
of the other. So nothing chains: any two reports of a happening score at least the threshold, lie within the window
of days, have the same fate and stand in different documents. What the user decided to be the same is joined first
and then stands as one: a link to one of it is a link to all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from detente.errors import DataError
from detente.linking.decisions import Decisions, Pair, ordered
from detente.linking.reports import Report
from detente.linking.score import Link

Links = Mapping[Pair, Link]


@dataclass(slots=True)
class _Group:
    """Reports of one happening, as tuples of those that the user tied together (mostly one each)."""

    ties: list[tuple[Report, ...]] = field(default_factory=list)


def group_reports(reports: Iterable[Report], links: Links, decisions: Decisions) -> list[tuple[Report, ...]]:
    """Group reports; each stands in one group, alone where nothing links it. The order is that of the event ids.

    Raises:
        DataError: the user's decisions contradict each other.
    """
    by_id = {report.event_id: report for report in sorted(reports, key=lambda one: one.event_id)}
    group_of: dict[str, _Group] = {}
    for tie in _ties(by_id, decisions):
        group = _Group([tie])
        group_of.update((report.event_id, group) for report in tie)
    for link in sorted(links.values(), key=lambda one: (-one.score, one.first, one.second)):
        first, second = group_of[link.first], group_of[link.second]
        if first is not second and _joinable(first, second, links, decisions):
            first.ties.extend(second.ties)
            group_of.update((report.event_id, first) for tie in second.ties for report in tie)
    groups = {id(group): group for group in group_of.values()}
    found = [tuple(sorted((one for tie in group.ties for one in tie), key=_event_id)) for group in groups.values()]
    return sorted(found, key=lambda group: group[0].event_id)


def _joinable(first: _Group, second: _Group, links: Links, decisions: Decisions) -> bool:
    return all(_tied(a, b, links, decisions) for a in first.ties for b in second.ties)


def _tied(a: tuple[Report, ...], b: tuple[Report, ...], links: Links, decisions: Decisions) -> bool:
    if not any(ordered(one.event_id, other.event_id) in links for one in a for other in b):
        return False
    if {one.document_id for one in a} & {one.document_id for one in b}:
        return False
    return not decisions.forbid(_ids(a), _ids(b))


def _ties(by_id: Mapping[str, Report], decisions: Decisions) -> list[tuple[Report, ...]]:
    """Reports joined by the user's decisions; those that no decision names are alone."""
    tie_of = {key: [key] for key in by_id}
    for first, second in sorted(decisions.same):
        if first not in by_id or second not in by_id or tie_of[first] is tie_of[second]:
            continue
        tie_of[first].extend(tie_of[second])
        tie_of.update((key, tie_of[first]) for key in tie_of[second])
    ties = {id(tie): tuple(by_id[key] for key in sorted(tie)) for tie in tie_of.values()}
    for tie in ties.values():
        _check(tie, decisions)
    return list(ties.values())


def _check(tie: tuple[Report, ...], decisions: Decisions) -> None:
    for place, one in enumerate(tie):
        for other in tie[place + 1 :]:
            if decisions.forbid(_ids((one,)), _ids((other,))):
                raise DataError(
                    f"Events {one.event_id} and {other.event_id} in the decisions: they are said to be different, and, "
                    "by themselves or through others, the same. Remove one of these decisions."
                )


def _ids(reports: Iterable[Report]) -> tuple[str, ...]:
    return tuple(id for report in reports for id in (report.event_id, report.document_id))


def _event_id(report: Report) -> str:
    return report.event_id
