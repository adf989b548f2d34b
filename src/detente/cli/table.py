"""The default view: every record on a headline, with its proof beneath, and a legend of the entities.

What enters: coded documents. What leaves: text for people. Colours only mark what the words already say,
so nothing is lost in a pipe, in a file or with NO_COLOR.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from detente.cli.headlines import Headline, Names, entity_note, headlines
from detente.cli.output import opened
from detente.records import CodedDocument, Issue

PLAIN_WIDTH = 100
MIN_WIDTH = 40


def write_tables(found: Iterable[CodedDocument], output: Path | None, *, explain: bool) -> None:
    """Show documents one after the other, as they come."""
    with opened(output) as stream:
        page = Page(Console(file=stream, highlight=False, markup=False, emoji=False))
        for number, coded in enumerate(found):
            if number:
                page.line(Text("─" * page.width if page.rich else "-" * page.width, "dim"))
            page.show(coded, explain=explain)


@dataclass(frozen=True, slots=True)
class Page:
    """A console to write lines on; `rich` is True on a terminal."""

    console: Console

    @property
    def rich(self) -> bool:
        return self.console.is_terminal

    @property
    def width(self) -> int:
        return max(MIN_WIDTH, self.console.width if self.rich else PLAIN_WIDTH)

    def line(self, text: Text | str = "", *, indent: int = 0, hanging: int = 0) -> None:
        """Write one paragraph, wrapped to the width; `hanging` indents its later lines further."""
        body = Text(text) if isinstance(text, str) else text
        margin = indent + hanging
        for number, part in enumerate(body.wrap(self.console, self.width - margin) or [Text()]):
            part.rstrip()
            space = indent if number == 0 else margin
            self.console.print(Text(" " * space if part else "").append_text(part), soft_wrap=True)

    def show(self, coded: CodedDocument, *, explain: bool) -> None:
        """Write one document: its head, the records by kind, what was not coded, and the legend."""
        document = coded.document
        self.line(Text(document.title or document.id, "bold"))
        known = (document.id if document.title else None, document.author, document.publisher, document.published)
        if any(known):
            self.line(Text(" · ".join(one for one in known if one), "dim"))
        names = Names(coded.entities)
        shown = [(title, found) for title, found in headlines(coded, names) if found]
        for title, found in shown:
            self._section(title, found)
        if not shown:
            self.line("\nNo records found.")
        if explain:
            self._issues(coded)
        elif coded.issues and not shown:
            self.line(f"{len(coded.issues)} sentence(s) with two actors were not coded; --explain lists them.")
        self._legend(names)

    def _section(self, title: str, found: list[Headline]) -> None:
        self.line()
        self.line(Text(f"{title} ({len(found)})", "bold underline"))
        for headline in found:
            self.line(headline.text, indent=2, hanging=4)
            self.line(quote(headline, rich=self.rich), indent=6)

    def _issues(self, coded: CodedDocument) -> None:
        self.line()
        self.line(Text(f"Not coded ({len(coded.issues)})", "bold underline"))
        if not coded.issues:
            self.line("Every sentence with two actors has a record.", indent=2)
        for issue in coded.issues:
            self.line(Text(f"{issue.kind}: {issue.reason}", "yellow"), indent=2, hanging=4)
            self.line(f"“{_collapsed(_words(coded, issue))}”", indent=6)

    def _legend(self, names: Names) -> None:
        used = list(names.used())
        if not used:
            return
        self.line()
        self.line(Text("Who is who", "bold underline"))
        widest = min(24, max(len(entity.id) for entity in used))
        for entity in used:
            self.line(Text().append(f"{entity.id:{widest}}  ", "cyan").append(entity_note(entity)), indent=2, hanging=4)


def quote(headline: Headline, *, rich: bool) -> Text:
    """Quote the evidence with the trigger emphasised: underlined on a terminal, else between asterisks."""
    out = Text("“")
    for words, is_trigger in _pieces(headline):
        marked = f"*{words}*" if is_trigger and not rich else words
        out.append(marked, "bold underline" if is_trigger else "italic")
    return out.append("”")


def _pieces(headline: Headline) -> Iterator[tuple[str, bool]]:
    evidence, trigger = headline.evidence, headline.trigger
    words = evidence.quote
    if trigger is None or not evidence.start <= trigger.start < trigger.end <= evidence.end:
        yield _collapsed(words), False
        return
    start, end = trigger.start - evidence.start, trigger.end - evidence.start
    yield _collapsed(words[:start]), False
    yield _collapsed(words[start:end]), True
    yield _collapsed(words[end:]), False


def _collapsed(words: str) -> str:
    """Replace each run of white space by one space, so that the quote wraps like a paragraph."""
    inner = " ".join(words.split())
    before = " " if words[:1].isspace() else ""
    after = " " if words[-1:].isspace() and inner else ""
    return f"{before}{inner}{after}"


def _words(coded: CodedDocument, issue: Issue) -> str:
    return coded.document.text[issue.start : issue.end]
