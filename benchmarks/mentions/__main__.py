"""Resolve the annotated mentions of one half and print the figures.

Usage: `python -m benchmarks.mentions [--half tune|report] [--show] [--json]`. The tune half is the default; the
errors of the report half are not shown, so that nothing is fitted to them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import detente
from detente.evaluate.mention_figures import Figure, by_stratum, figures
from detente.evaluate.mentions import GoldText, Outcome, judge, read_gold
from detente.records import Document

FOLDER = Path(__file__).parent


def outcomes_of(gold: Sequence[GoldText], model: str | None) -> list[Outcome]:
    """Code the texts and compare."""
    coder = detente.load(model)
    documents = [Document(id=one.id, text=one.text, published=one.published, language="en") for one in gold]
    coded = coder.pipe(documents)
    return [outcome for text, found in zip(gold, coded, strict=True) for outcome in judge(text, found)]


def print_figures(found: Sequence[Figure]) -> None:
    print(f"{'':34}{'share':>7}  {'95% interval':<16}{'answers':>12}  target")
    for one in found:
        if one.share is None:
            print(f"{one.name:34}{'-':>7}")
            continue
        interval = f"{one.low:.3f} – {one.high:.3f}"
        target = "" if one.target is None else f"{one.target:.2f} {'met' if one.is_met else 'MISSED'}"
        print(f"{one.name:34}{one.share:7.3f}  {interval:<16}{one.hits:>6}/{one.count:<5}  {target}".rstrip())


def print_strata(outcomes: Sequence[Outcome]) -> None:
    print(f"\n{'stratum: entity or none':34}{'share':>7}  {'answers':>28}")
    for stratum, (right, every) in by_stratum(outcomes).items():
        print(f"{stratum:34}{right / every:7.3f}  {'':16}{right:>6}/{every}")


def print_confusions(outcomes: Sequence[Outcome]) -> None:
    questions = sorted({outcome.question for outcome in outcomes})
    for question in questions:
        wrong = [one for one in outcomes if one.question == question and not one.is_right]
        if wrong:
            print(f"\n{question}: {len(wrong)} wrong")
        for one in wrong:
            print(f"  {one.text_id:20} {one.words!r}: wanted {one.wanted}, found {one.found}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--model", default="en_core_web_sm", help="the language model")
    parser.add_argument("--resamples", type=int, default=1000, help="bootstrap samples")
    parser.add_argument("--seed", type=int, default=1, help="of the bootstrap")
    parser.add_argument("--show", action="store_true", help="list what was got wrong (tune half only)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args()
    if args.show and args.half == "report":
        parser.error("argument --show: the errors of the report half are not shown; use it with --half tune")
    gold = read_gold(FOLDER / f"{args.half}.jsonl")
    outcomes = outcomes_of(gold, args.model)
    found = figures(outcomes, [one.id for one in gold], resamples=args.resamples, seed=args.seed)
    if args.json:
        strata = {name: {"right": right, "answers": every} for name, (right, every) in by_stratum(outcomes).items()}
        figures_ = [asdict(one) for one in found]
        print(json.dumps({"half": args.half, "texts": len(gold), "figures": figures_, "strata": strata}, indent=1))
    else:
        print(f"{args.half} half: {len(gold)} texts, {sum(len(one.mentions) for one in gold)} annotated mentions")
        print_figures(found)
        print_strata(outcomes)
    if args.show:
        print_confusions(outcomes)


if __name__ == "__main__":
    main()
