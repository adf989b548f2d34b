"""The figures of `detente score polnear` as a table for people and as an object for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.evaluate.intervals import Figure
    from detente.evaluate.polnear_scores import PolnearScores


def polnear_report(articles: int, finders: Mapping[str, PolnearScores]) -> Iterator[str]:
    """One block for each finder."""
    first = next(iter(finders.values()))
    yield f"{articles} articles, {first.annotated} annotated attributions"
    for name, scores in finders.items():
        yield ""
        yield f"{name}: {scores.found} found"
        yield f"{'':20}{'precision':>10}{'recall':>10}{'F1':>10}  95% interval"
        for (part, way), (precision, recall, f1) in scores.figures.items():
            yield f"{part:10}{way:10}{_value(precision):>10}{_value(recall):>10}{_value(f1):>10}  {_bounds(f1)}"
    yield ""
    yield "exact: the same characters but for blanks and punctuation at the edges. overlap: at least half of the longer"
    yield "span is common to both. A relation is right when source, cue and content are."


def polnear_json(articles: int, finders: Mapping[str, PolnearScores]) -> dict[str, Any]:
    """The same figures, each with the bounds of its interval."""
    return {
        "articles": articles,
        "finders": {
            name: {
                "annotated": scores.annotated,
                "found": scores.found,
                "figures": [
                    {"part": part, "way": way, "precision": p.to_json(), "recall": r.to_json(), "f1": f.to_json()}
                    for (part, way), (p, r, f) in scores.figures.items()
                ],
            }
            for name, scores in finders.items()
        },
    }


def _value(figure: Figure) -> str:
    return "–" if figure.value is None else f"{figure.value:.3f}"


def _bounds(figure: Figure) -> str:
    return "" if figure.low is None or figure.high is None else f"{figure.low:.3f}–{figure.high:.3f}"
