"""`detente evaluate`: how well records agree with annotated articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.code import ModelOption, UnknownModelOption
from detente.errors import DataError, DetenteError

if TYPE_CHECKING:
    from detente.evaluate import Difference, Scores


def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD...", help="Annotated articles (.json, the text beside), directories.")
    ],
    predictions: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Directory of <id>.json to score; without it the articles are coded now."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print numbers for machines.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Also list what was missed and what was invented.")] = False,
    model: ModelOption = None,
    allow_unknown_model: UnknownModelOption = False,
) -> None:
    """Compare records with annotated articles: precision, recall, F1 and attributes.

    Exit code: 0 scored, 2 wrong usage or unreadable articles.
    """
    from detente.evaluate import read_article, score

    try:
        articles = [_load(path) for path in _gold_files(gold)]
        predicted = (
            _code(articles, model, allow_unknown_model=allow_unknown_model)
            if predictions is None
            else (_load_prediction(predictions, obj["id"]) for _, obj in articles)
        )
        scores = score(
            (read_article(obj), read_article(found)) for (_, obj), found in zip(articles, predicted, strict=True)
        )
    except DetenteError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from error
    if show:
        texts = {obj["id"]: _text(path, obj) for path, obj in articles}
        for difference in scores.differences:
            typer.echo(_difference(difference, texts[difference.article_id]), err=as_json)
    typer.echo(json.dumps(scores.to_json()) if as_json else "\n".join(_report(scores)))


def _gold_files(paths: list[Path]) -> list[Path]:
    found = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not found:
        raise DataError(f"No annotated articles in {', '.join(map(str, paths))}: .json files are read. Name some.")
    return found


def _load(path: Path) -> tuple[Path, dict[str, Any]]:
    try:
        obj = json.loads(path.read_text(encoding="utf-8"))
        return path, obj | {"id": obj["id"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"Unreadable article in '{path}' ({error}): one object in the interchange form is needed. Check the file."
        ) from error


def _load_prediction(directory: Path, article_id: str) -> dict[str, Any]:
    path = directory / f"{article_id}.json"
    return _load(path)[1] if path.exists() else {"id": article_id}


def _text(path: Path, obj: dict[str, Any]) -> str:
    from detente.read.text import decode

    beside = path.parent / obj.get("text", f"{obj['id']}.txt")
    try:
        return decode(beside.read_bytes(), repr(str(beside)))
    except OSError as error:
        raise DataError(f"No text at '{beside}': it is named in '{path}'. Put the text beside the article.") from error


def _code(
    articles: list[tuple[Path, dict[str, Any]]], model: str | None, *, allow_unknown_model: bool
) -> Iterator[dict[str, Any]]:
    from detente.interchange import coded_to_json
    from detente.pipeline import load
    from detente.records import Document

    known = ("title", "author", "publisher", "url", "published", "language")
    documents = [
        Document(id=obj["id"], text=_text(path, obj), **{name: obj.get(name) for name in known})
        for path, obj in articles
    ]
    coder = load(model, allow_unknown_model=allow_unknown_model)
    return map(coded_to_json, coder.pipe(documents))


def _difference(difference: Difference, text: str) -> str:
    span = difference.item.tellings[0]
    what = "missed" if difference.missed else "extra"
    words = " ".join(text[span.start : span.end].split())
    return (
        f"{what} {difference.kind} {difference.article_id} {difference.item.id}: {words!r}\n    {difference.item.label}"
    )


def _report(scores: Scores) -> Iterator[str]:
    heading = f"{'precision':>11}{'recall':>8}{'f1':>7}{'found':>7}{'extra':>7}{'missed':>8}"
    for title, group in (("", scores.kinds), ("event types", scores.event_types)):
        yield f"{title:12}{heading}{'  attributes (share, of)' if not title else ''}".rstrip()
        for name, one in group.items():
            numbers = f"{one.precision:>11.3f}{one.recall:>8.3f}{one.f1:>7.3f}"
            counts = f"{one.found:>7}{one.invented:>7}{one.missed:>8}"
            attributes = "  ".join(f"{k} {ok / of:.3f} ({of})" for k, (ok, of) in one.attributes.items())
            yield f"{name:12}{numbers}{counts}  {attributes}".rstrip()
        yield ""
