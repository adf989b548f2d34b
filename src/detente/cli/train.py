"""`detente train`: heads for users' own types, modes and contexts, from a table of labelled sentences."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.code import CodebookOption, EncoderOption
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.encoder.own_heads import HeadKind
    from detente.learning.fitting import HeadReport


def train(
    labels: Annotated[
        Path, typer.Argument(metavar="LABELS", help="CSV with marked sentences and columns type, mode or contexts.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write the heads to.")],
    codebook: CodebookOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Train heads on your own labels and report how well they do on sentences that they have not seen.

    In the column `sentence` mark who acts with <s>…</s> and who is acted upon with <t>…</t>. Each column `type`,
    `mode` (as TYPE/mode) and `contexts` (several joined by ;) trains one head. Use them with detente code --heads DIR.

    Exit code: 0 trained, 2 wrong usage or an unreadable file.
    """
    try:
        reports = _trained(labels, output, codebook, encoder)
    except DetenteError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo("\n\n".join("\n".join(_lines(kind, report)) for kind, report in reports.items()))


def _trained(labels: Path, output: Path, codebook: Path | None, folder: Path | None) -> dict[HeadKind, HeadReport]:
    from detente.codebook.codebook import use_codebook
    from detente.encoder.encoder import Encoder, load_encoder
    from detente.encoder.own_heads import HEAD_KINDS, save_heads
    from detente.errors import DataError, ModelError
    from detente.learning.fitting import fit_head
    from detente.learning.labelled import read_labelled

    try:
        import sklearn  # noqa: F401
    except ImportError as error:
        raise ModelError("scikit-learn is not installed; run: pip install 'detente[train]'") from error
    if codebook is not None:
        use_codebook(codebook)
    rows = read_labelled(labels)
    encoder = load_encoder() if folder is None else Encoder(folder)
    typer.echo(f"Reading {len(rows)} sentences …", err=True)
    features = encoder.read([row.sentence for row in rows]).features
    found = {kind: fit_head(kind, rows, features) for kind in HEAD_KINDS}
    heads = {kind: one[0] for kind, one in found.items() if one is not None}
    reports = {kind: one[1] for kind, one in found.items() if one is not None}
    if not heads:
        raise DataError(f"No labels in {labels.name}: the columns type, mode and contexts are empty. Fill one.")
    save_heads(heads, encoder.sha256, {kind: asdict(report) for kind, report in reports.items()}, output)
    return reports


def _lines(kind: str, report: HeadReport) -> list[str]:
    from detente.cli.score_tables import figure_line

    lines = [f"{kind}: {report.rows} sentences, figures from five folds, none measured on a sentence it was fitted to"]
    lines += [figure_line("macro-F1", report.macro_f1), figure_line("accuracy", report.accuracy)]
    lines.append(f"  {'label':32} {'rows':>5} {'precision':>9} {'recall':>7} {'F1':>5}")
    for name, one in report.labels.items():
        cells = [f"{value:.2f}" if value is not None else "–" for value in (one.precision, one.recall, one.f1)]
        lines.append(f"  {name:32} {one.rows:>5} {cells[0]:>9} {cells[1]:>7} {cells[2]:>5}")
    right = "–" if report.precision_of_believed is None else f"{report.precision_of_believed:.2f}"
    share = f"{report.believed:.0%} of sentences, {right} of the labels right"
    return [*lines, f"  believed from probability {report.threshold:g}: {share}"]
