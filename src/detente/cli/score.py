"""`detente score`: our figures on the files of others, one command each."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from detente.cli.code import EncoderOption, ModelOption, UnknownModelOption
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.encoder.encoder import Encoder
    from detente.evaluate.marked_pairs import MarkedRow
    from detente.pipeline import Coder

T = TypeVar("T")

JsonOption = Annotated[bool, typer.Option("--json", help="Print numbers for machines.")]
score = typer.Typer(
    help="Reproduce figures on the annotated files of other projects.",
    epilog="Example: detente score plv PLV_test.tsv --given",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@score.command(epilog="Example: detente score plv PLV_test.tsv --given")
def plv(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Table in PLV's columns (.tsv).")],
    given: Annotated[
        bool, typer.Option("--given", help="Tell the class with both sides given, as the published figures do.")
    ] = False,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
    show: Annotated[bool, typer.Option("--show", help="Also list what was missed, and why.")] = False,
    model: ModelOption = None,
    allow_unknown_model: UnknownModelOption = False,
) -> None:
    """Score sentences with a marked source and target: coded from raw text, or with the pair given.

    Exit code: 0 scored, 2 wrong usage or an unreadable file.
    """
    with _refusing():
        from detente.evaluate.marked_pairs import read_plv

        rows = read_plv(file)
        if given:
            _score_given(rows, encoder, as_json=as_json, show=show)
        else:
            coder = _coder(model, encoder, allow_unknown_model=allow_unknown_model)
            _score_pairs(rows, coder, as_json=as_json, show=show)


@score.command(epilog="Example: detente score roles roles.jsonl --classes penta.tsv")
def roles(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Tokens with role tags (.jsonl).")],
    classes: Annotated[
        Path, typer.Option(metavar="FILE", help="Table of sentences with their classes, 0 to 4 (.tsv).")
    ],
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
    show: Annotated[bool, typer.Option("--show", help="Also list what was missed, and why.")] = False,
    model: ModelOption = None,
    allow_unknown_model: UnknownModelOption = False,
) -> None:
    """Score sentences with role tags and quad classes, coded from raw text.

    Exit code: 0 scored, 2 wrong usage or an unreadable file.
    """
    with _refusing():
        from detente.evaluate.marked_pairs import read_roles

        rows, unjoined = read_roles(file, classes)
        typer.echo(f"{len(rows)} sentences have a class, {unjoined} have none and are left out.", err=True)
        coder = _coder(model, encoder, allow_unknown_model=allow_unknown_model)
        _score_pairs(rows, coder, as_json=as_json, show=show)


@score.command(epilog="Example: detente score gsr PLOVER_GSR.json")
def gsr(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Records in the form of PLOVER's gold standard (.json).")
    ],
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
    show: Annotated[bool, typer.Option("--show", help="Also list what was missed and what was invented.")] = False,
    model: ModelOption = None,
    allow_unknown_model: UnknownModelOption = False,
) -> None:
    """Score interstate events against records of who did what to whom, coded from raw text.

    Exit code: 0 scored, 2 wrong usage or an unreadable file.
    """
    with _refusing():
        from detente.cli.score_tables import records_json, records_report
        from detente.evaluate.gold_records import coded_dyads, read_gsr, score_texts
        from detente.records import Document

        coder = _coder(model, encoder, allow_unknown_model=allow_unknown_model)
        states = frozenset(actor.id for actor in coder.knowledge.actors.values() if actor.kind == "state")
        gold = read_gsr(file, states)
        documents = [Document(id=one.id, text=one.text, published=one.published, language="en") for one in gold.texts]
        coded = _with_progress(coder.pipe(documents), total=len(documents))
        scores = score_texts(gold.texts, [coded_dyads(one, states) for one in coded])
    if show:
        for what, left in (("missed", scores.missed), ("extra", scores.extra)):
            for text, label in left:
                typer.echo(f"{what} {label}: {' '.join(text.split())!r}", err=as_json)
    if as_json:
        typer.echo(json.dumps(records_json(scores, gold)))
    else:
        typer.echo("\n".join(records_report(scores, gold)))


@score.command(epilog="Example: detente score polnear polnear_dev.jsonl")
def polnear(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Articles with attributions (.jsonl).")],
    as_json: JsonOption = False,
    model: ModelOption = None,
    allow_unknown_model: UnknownModelOption = False,
) -> None:
    """Score attributions of every kind (source, cue, content) in annotated articles, beside a plain rule.

    Exit code: 0 scored, 2 wrong usage or an unreadable file.
    """
    with _refusing():
        from detente.cli.polnear_table import polnear_json, polnear_report
        from detente.coding.cue_weights import load_cue_weights
        from detente.evaluate.polnear import read_polnear
        from detente.evaluate.polnear_run import by_rule, learnt
        from detente.evaluate.polnear_scores import score_polnear
        from detente.parse.models import find_model, load_pipeline
        from detente.parse.parser import parse

        articles = read_polnear(file)
        weights = load_cue_weights()
        nlp = load_pipeline(find_model(model, allow_unknown=allow_unknown_model))
        parsed = parse([one.document for one in articles], nlp)
        found = [(by_rule(p), learnt(p, weights)) for p in _with_progress(parsed, total=len(articles))]
    texts, gold = [one.document.text for one in articles], [one.attributions for one in articles]
    names = ("cue verbs with a clause (rule)", "learnt finder")
    finders = {name: score_polnear(texts, gold, [one[k] for one in found]) for k, name in enumerate(names)}
    if as_json:
        typer.echo(json.dumps(polnear_json(len(articles), finders)))
    else:
        typer.echo("\n".join(polnear_report(len(articles), finders)))


# --- running -----------------------------------------------------------------------------------------------


@contextmanager
def _refusing() -> Iterator[None]:
    """End with exit code 2 where a file, a model or the usage is at fault."""
    try:
        yield
    except DetenteError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from error


def _coder(model: str | None, encoder: Path | None, *, allow_unknown_model: bool) -> Coder:
    from detente.pipeline import load

    return load(model, allow_unknown_model=allow_unknown_model, encoder=encoder)


def _encoder(directory: Path | None) -> Encoder:
    from detente.encoder.encoder import Encoder, load_encoder

    return load_encoder() if directory is None else Encoder(directory)


def _with_progress(items: Iterable[T], *, total: int) -> Iterator[T]:
    """Show a bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, "Scoring", total=total, console=Console(stderr=True), transient=True)


def _score_given(rows: list[MarkedRow], directory: Path | None, *, as_json: bool, show: bool) -> None:
    from detente.cli.score_tables import given_json, given_report, with_marks
    from detente.evaluate.given_pairs import marked_sentence, score_given

    encoder = _encoder(directory)
    asked = (encoder.read([marked_sentence(row)]).roots[0] for row in rows)
    scores = score_given(rows, list(_with_progress(asked, total=len(rows))))
    if show:
        for row, chosen in zip(rows, scores.chosen, strict=True):
            if chosen != row.root:
                typer.echo(f"{chosen} for {row.root}: {row.id}: {with_marks(row, row.pairs[0])}", err=as_json)
    if as_json:
        typer.echo(json.dumps(given_json(scores)))
    else:
        typer.echo("\n".join(given_report(scores)))


def _score_pairs(rows: list[MarkedRow], coder: Coder, *, as_json: bool, show: bool) -> None:
    from detente.cli.score_tables import pairs_json, pairs_report, with_marks
    from detente.evaluate.joined_pairs import REASONS, code_rows, place_spans_of, score_rows

    coded = _with_progress(code_rows(coder, rows, place_spans_of(coder)), total=len(rows))
    scores = score_rows(list(coded))
    if show:
        for miss in sorted(scores.misses, key=lambda miss: REASONS.index(miss.reason)):
            wanted = miss.row.root or f"quad {miss.row.quad}"
            found = "; ".join(miss.found) or "nothing"
            typer.echo(
                f"{miss.reason}: {miss.row.id}: {with_marks(miss.row, miss.pair)}\n    wanted {wanted}, coded {found}",
                err=as_json,
            )
    if as_json:
        typer.echo(json.dumps(pairs_json(scores)))
    else:
        typer.echo("\n".join(pairs_report(scores)))
