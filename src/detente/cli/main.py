"""The `detente` command and its subcommands; each lives in a module of its own."""

from __future__ import annotations

import io
import json
import sys
from importlib import metadata
from typing import Annotated

import typer

from detente.cli.add import add
from detente.cli.alerts import alerts
from detente.cli.alignment import alignment
from detente.cli.blocs import blocs
from detente.cli.check import backup, check
from detente.cli.code import code
from detente.cli.compare import compare
from detente.cli.dyad import dyad
from detente.cli.evaluate import evaluate
from detente.cli.export import export
from detente.cli.find import find
from detente.cli.forecast import forecast
from detente.cli.import_ import import_
from detente.cli.init import init
from detente.cli.link import link
from detente.cli.pressure import pressure
from detente.cli.recode import happenings, recode
from detente.cli.review import review
from detente.cli.score import score
from detente.cli.serve import serve
from detente.cli.shared import shared
from detente.cli.sql import sql
from detente.cli.train import train
from detente.cli.validate import validate
from detente.cli.visits import visits
from detente.cli.warmth import warmth
from detente.cli.who import who

app = typer.Typer(
    name="detente",
    help="Read news and official statements into records, each with the words that prove it.",
    epilog="Start with: detente code article.txt --published 2018-03-02",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog="Example: detente code article.txt --published 2018-03-02")(code)
app.command(epilog="Example: detente evaluate gold/ --predictions records/")(evaluate)
app.add_typer(score, name="score")
app.command(epilog="Example: detente link records.jsonl -o happenings.jsonl")(link)
app.command(epilog="Example: detente init relations")(init)
app.command(epilog="Example: detente add articles/ --project relations")(add)
app.command(epilog="Example: detente find events --pair PAK RUS --since 2015")(find)
app.add_typer(review, name="review")
app.command(epilog="Example: detente recode --changes changes.csv")(recode)
app.command(epilog="Example: detente happenings")(happenings)
app.command(epilog="Example: detente check")(check)
app.command(epilog="Example: detente backup monday.sqlite")(backup)
app.command(epilog="Example: detente dyad PAK RUS records.jsonl happenings.jsonl")(dyad)
app.command(epilog="Example: detente compare records.jsonl --pair PAK-RUS")(compare)
app.command(epilog="Example: detente warmth records.parquet -o warmth.parquet")(warmth)
app.command(epilog="Example: detente forecast PAK RUS records.jsonl --months 6")(forecast)
app.command(epilog="Example: detente alignment votes.csv PAK RUS")(alignment)
app.command(epilog="Example: detente visits records.jsonl --pair PAK-RUS")(visits)
app.command(epilog="Example: detente alerts records.jsonl")(alerts)
app.command(epilog="Example: detente blocs records.jsonl --at 2014-06")(blocs)
app.command(epilog="Example: detente pressure USA PAK RUS records.jsonl")(pressure)
app.command(epilog="Example: detente shared PAK RUS --on 2018-01-01")(shared)
app.add_typer(validate, name="validate")
app.command("import", epilog="Example: detente import gdelt 20180302.export.CSV.zip")(import_)
app.command(epilog="Example: detente export relations/ --format csv -o tables/")(export)
app.command(epilog='Example: detente sql "SELECT event_type, count(*) FROM events GROUP BY ALL"')(sql)
app.command(epilog="Example: detente train labels.csv --codebook own.yaml -o heads/")(train)
app.command(epilog="Example: detente who 'Khawaja Asif' --on 2018-02-20")(who)
app.command(epilog="Example: detente serve --project relations")(serve)


@app.command(epilog="Example: detente schema > records.schema.json")
def schema() -> None:
    """Print the JSON Schema of the records that `detente code --format json` writes."""
    from detente.interchange import record_schema

    typer.echo(json.dumps(record_schema(), indent=2, ensure_ascii=False))


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"detente {metadata.version('detente')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; exit codes are 0 for success, 1 for files that failed, 2 for wrong usage."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Records are UTF-8 wherever they go; a terminal of another encoding shows "?" for what it lacks.
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8")
    app()


if __name__ == "__main__":
    main()
