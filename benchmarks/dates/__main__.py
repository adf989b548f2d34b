"""Resolve the annotated date expressions of one half and print the shares.

Usage: `python -m benchmarks.dates [--half tune|report] [--show] [--json] [--check]`. The tune half is the default;
the errors of the report half are not shown, so that nothing is fitted to them. `--check` only reads both files.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import detente
from benchmarks.dates.gold import GoldDate, is_right, read_gold
from detente.evaluate.intervals import Figure, figure, ratio, resampled_sums
from detente.parse.parser import parse
from detente.records import Document
from detente.syntax.dates import find_dates
from detente.syntax.document import ParsedDocument

FOLDER = Path(__file__).parent
HALVES = ("tune", "report")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The values found on an expression, each with its relation, and whether they are right."""

    gold: GoldDate
    answers: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> str:
        """`right`; `wrong`, for a value that is not accepted; `missing`, where one was wanted and none came."""
        if is_right(self.gold, list(self.answers)):
            return "right"
        return "wrong" if self.answers else "missing"


def answers_on(gold: GoldDate, parsed: ParsedDocument) -> tuple[tuple[str, str], ...]:
    """Value and relation of every resolved date that shares a character with the expression."""
    start, end = gold.span
    return tuple(
        (one.value, one.relation)
        for one in find_dates(parsed)
        if one.value is not None and parsed.starts[one.start] < end and parsed.ends[one.end - 1] > start
    )


def outcomes_of(gold: Sequence[GoldDate], model: str) -> list[Outcome]:
    """Parse the texts, find their dates and compare."""
    documents = [Document(id=one.id, text=one.text, published=one.published, language="en") for one in gold]
    parsed = parse(documents, detente.load(model).nlp)
    return [Outcome(one, answers_on(one, found)) for one, found in zip(gold, parsed, strict=True)]


def share(outcomes: Sequence[Outcome], kind: str) -> Figure:
    """The share of one kind of outcome, with its interval."""
    counts = np.array([[one.kind == kind, 1] for one in outcomes], dtype=np.float64)
    sums = resampled_sums(counts)
    return figure(ratio(sums[:, 0], sums[:, 1]))


def strata_of(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """For each stratum how many outcomes are of each kind."""
    counts: dict[str, dict[str, int]] = {}
    for one in outcomes:
        row = counts.setdefault(one.gold.stratum, {"right": 0, "wrong": 0, "missing": 0})
        row[one.kind] += 1
    return counts


def print_shares(outcomes: Sequence[Outcome]) -> None:
    for kind in ("right", "wrong", "missing"):
        found = share(outcomes, kind)
        print(f"{kind:12}{found.value:7.3f}  {found.low:.3f} – {found.high:.3f}")
    print(f"\n{'stratum':12}{'right':>7}{'wrong':>7}{'missing':>9}")
    for stratum, row in strata_of(outcomes).items():
        print(f"{stratum:12}{row['right']:7}{row['wrong']:7}{row['missing']:9}")


def print_errors(outcomes: Sequence[Outcome]) -> None:
    for one in outcomes:
        if one.kind != "right":
            wanted = " or ".join(str(value) for value in one.gold.values)
            found = ", ".join(f"{relation} {value}" for value, relation in one.answers) or "nothing"
            print(f"  {one.gold.id:14} {one.gold.expression!r}: wanted {wanted}, found {found}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, default="tune")
    parser.add_argument("--model", default="en_core_web_sm", help="the language model")
    parser.add_argument("--show", action="store_true", help="list what was got wrong (tune half only)")
    parser.add_argument("--json", action="store_true", help="print the shares as JSON")
    parser.add_argument("--check", action="store_true", help="only read and check both files")
    args = parser.parse_args()
    if args.show and args.half == "report":
        parser.error("argument --show: the errors of the report half are not shown; use it with --half tune")
    if args.check:
        for half in HALVES:
            print(f"{half}: {len(read_gold(FOLDER / f'{half}.jsonl'))} expressions, no fault")
        return
    outcomes = outcomes_of(read_gold(FOLDER / f"{args.half}.jsonl"), args.model)
    if args.json:
        shares = {kind: share(outcomes, kind).to_json() for kind in ("right", "wrong", "missing")}
        report = {"half": args.half, "expressions": len(outcomes), "shares": shares, "strata": strata_of(outcomes)}
        print(json.dumps(report, indent=1))
    else:
        print(f"{args.half} half: {len(outcomes)} expressions")
        print_shares(outcomes)
    if args.show:
        print_errors(outcomes)


if __name__ == "__main__":
    main()
