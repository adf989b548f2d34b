"""Let networks that learnt a benchmark's classes name those of the sentences that we wrote.

The network that ships must not learn from texts without a clear licence. So teachers, fitted to four folds of the
PLV table each, say what they hold of our sentences; the mean of what they say is stored with the sentences, and from
that alone the network that ships learns how the benchmark's annotators use their classes.

Run: python -m training.teach PLV.tsv --start WEIGHTS.pt --out build/teachers
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from detente.cli.score_tables import given_report
from detente.encoder.marked import MarkedSentence, Marker
from detente.evaluate.given_pairs import score_given
from detente.evaluate.marked_pairs import read_plv
from training.bases import BASES, base_folder
from training.examples import Example, own_pairs, own_sentences, plv
from training.fit import Settings, ask, fit, fresh, settings_of
from training.folds import FOLDS, folds
from training.labels import Labels, labels
from training.taught import key_of, write_taught


def acts(names: Labels) -> list[Example]:
    """Those of our rows in which something happens."""
    return [one for one in (*own_sentences(names), *own_pairs(names)) if one.target.type != 0]


def teach(
    rows: Sequence[Example], own: Sequence[MarkedSentence], base: str, start: Path, settings: Settings, cache: Path
) -> Iterator[tuple[list[int], NDArray[np.float64], NDArray[np.float64]]]:
    """Fit a teacher a fold.

    Yields:
        The rows of a fold, and chances of roots from the teacher that never saw them: of these rows (rows × roots) and
        of our sentences (sentences × roots).
    """
    names = labels()
    folder = base_folder(base, cache)
    marker = Marker.from_file(folder / "tokenizer.json")
    number = folds(rows)
    for fold in range(FOLDS):
        network = fresh(folder, names, settings.seed)
        network.start_from(start)
        fit(network, marker, names, [one for one, k in zip(rows, number, strict=True) if k != fold], settings)
        left = [row for row, k in enumerate(number) if k == fold]
        unseen = ask(network, marker, [rows[row].sentence for row in left]).roots
        yield left, unseen, ask(network, marker, own).roots


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path, help="a table in PLV's columns")
    parser.add_argument("--base", choices=tuple(BASES), default="mpnet")
    parser.add_argument("--start", type=Path, required=True, help="weights fitted on our own sentences")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=Path("build/bases"))
    parser.add_argument("--most", type=int, help="ask about so many of our sentences at most, drawn by their keys")
    parser.add_argument("--out", type=Path, required=True, help="folder for what each teacher says")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    names = labels()
    keys = {key_of(one.sentence): one.sentence for one in acts(names)}
    keys = {key: keys[key] for key in sorted(keys)[: args.most]}
    settings = replace(settings_of(args.base), epochs=args.epochs)
    table = read_plv(args.table)
    rows = plv(names, table)
    args.out.mkdir(parents=True, exist_ok=True)
    said, unseen = [], np.zeros((len(rows), len(names.roots)))
    for fold, (left, of_rows, of_own) in enumerate(
        teach(rows, list(keys.values()), args.base, args.start, settings, args.cache)
    ):
        unseen[left] = of_rows
        said.append(of_own)
        write_taught(names, dict(zip(keys, of_own, strict=True)), args.out / f"teacher{fold}.tsv")
        right = np.mean([unseen[row].argmax() == np.argmax(rows[row].target.roots) for row in left])
        print(f"fold {fold + 1}: {right:.3f} of {len(left)} right", file=sys.stderr, flush=True)
    print("\n".join(given_report(score_given(table, list(unseen)))))
    write_taught(names, dict(zip(keys, np.mean(said, axis=0), strict=True)))


if __name__ == "__main__":
    main()
