"""Lines as they stand on pages to paragraphs as they were written.

What enters: the lines of each page with their boxes, in reading order. What leaves: paragraphs, without running heads
and page numbers, words that were parted at line ends made whole, paragraphs that go on overleaf joined.

Source: none; the rules are those a typesetter follows: a paragraph ends with a gap, an indent, another size of type,
or a line that ends early with a full stop although the next word would have fitted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_BULLETS = ("•", "▪", "◦", "●", "■", "‣", "\uf0b7")
# PDFium writes this for a hyphen at which a word was parted.
PARTED = "\x02"
_GAP = 1.25
_SIZE = 1.15
_INDENT = 0.8
# A head may stand on left pages only.
_REPEATED_WITHIN_PAGES = 2
_COLUMN = 100.0
_EDGE_LINES = 2
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_PAGE_NUMBER = re.compile(r"[-–—|\s]*(page\s*)?#+(\s*(of|/)\s*#+)?[-–—|\s]*", re.IGNORECASE)
_HYPHENS = (PARTED, "-", "\u2010")
_LAST_WORD = re.compile(r"[^\W_]+$")
_FIRST_WORD = re.compile(r"[^\W_]+")
# "two- and threefold"
_SUSPENDING = ("and", "or", "to")
# First parts after which English keeps the hyphen, for words that occur nowhere else in the text.
_KEPT_AFTER = frozenset(
    "all anti cease cross counter deputy ex far first half hard high inter left long low mid multi near "
    "non off open post pre pro quasi right second self semi short soft so third two three four five six well".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. Lengths are in points; `bottom`, on which its letters stand, grows upwards.

    `height` is that of its letters as drawn, which differs between typefaces, `size` that of its type before scaling,
    which differs between programs: where both change, the type does.
    """

    text: str
    left: float
    right: float
    bottom: float
    height: float
    size: float


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Join the lines of a document to paragraphs; the lines of one are parted by a space."""
    lines = [line for page in _without_running_heads(pages) for line in page]
    pitch = _pitch(lines)
    margins = _right_margins(lines)
    found: list[list[Line]] = []
    for line in lines:
        if found and not _starts(found[-1], line, pitch, margins[_column(found[-1][-1])]):
            found[-1].append(line)
        else:
            found.append([line])
    words = Counter(word.lower() for line in lines for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", line.text))
    return [_joined([line.text for line in paragraph], words) for paragraph in found]


def _starts(paragraph: list[Line], line: Line, pitch: float, margin: float) -> bool:
    """Tell whether a line starts a paragraph of its own after those of another."""
    last = paragraph[-1]
    if last.text.endswith(PARTED):
        return False
    is_other_size = _differ(last.height, line.height) and _differ(last.size, line.size)
    down = last.bottom - line.bottom
    ended = _ENDS.search(last.text) is not None
    if down <= 0:
        # The next column or page: a gap or an indent cannot be seen.
        return is_other_size or _had_room(last, line, margin)
    if is_other_size or down > _GAP * pitch or line.text.startswith(_BULLETS):
        return True
    is_indented = line.left - last.left > _INDENT * line.height and len(paragraph) > 1
    return ended and (is_indented or _had_room(last, line, margin))


def _differ(one: float, other: float) -> bool:
    return max(one, other) > _SIZE * min(one, other)


def _had_room(last: Line, line: Line, margin: float) -> bool:
    """Tell whether the first word of `line` would have fitted behind `last`."""
    first = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) * (len(first) + 1) / len(line.text)
    return last.right + width < margin


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance of two lines of a paragraph."""
    steps = [last.bottom - line.bottom for last, line in pairwise(lines) if last.bottom > line.bottom]
    if not steps:
        return 0.0
    # Where most paragraphs are one line, the gap between them must not pass for the distance of lines.
    close = [step for step in steps if step < 3 * median(line.height for line in lines)]
    return min(median(close or steps), 1.6 * median(line.height for line in lines))


def _right_margins(lines: Sequence[Line]) -> dict[int, float]:
    """How far lines reach, by the column in which they begin; a few that stand out are not counted."""
    rights = defaultdict(list)
    for line in lines:
        rights[_column(line)].append(line.right)
    return {column: sorted(ends)[int(0.95 * (len(ends) - 1))] for column, ends in rights.items()}


def _column(line: Line) -> int:
    return round(line.left / _COLUMN)


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drop lines at the top and bottom edge that recur at those of a page nearby, and page numbers."""
    edges = [_edge_lines(page) for page in pages]
    keys = [{_without_digits(line) for line in edge} for edge in edges]
    kept = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        first = max(0, number - _REPEATED_WITHIN_PAGES)
        near = keys[first:number] + keys[number + 1 : number + 1 + _REPEATED_WITHIN_PAGES]
        recurring = set().union(*near)
        outermost = {max(edge, key=_height_on_page, default=None), min(edge, key=_height_on_page, default=None)}
        dropped = {
            line
            for line in edge
            if (key := _without_digits(line)) in recurring or (line in outermost and _PAGE_NUMBER.fullmatch(key))
        }
        kept.append([line for line in page if line not in dropped])
    return kept


def _edge_lines(page: Sequence[Line]) -> list[Line]:
    heights = sorted({round(line.bottom) for line in page})
    edge = {*heights[:_EDGE_LINES], *heights[-_EDGE_LINES:]}
    return [line for line in page if round(line.bottom) in edge]


def _height_on_page(line: Line) -> float:
    return line.bottom


def _without_digits(line: Line) -> str:
    return re.sub(r"\d", "#", " ".join(line.text.casefold().split()))


def _joined(lines: list[str], words: Counter[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        text = _whole(text, line, words) if text.endswith(_HYPHENS) else f"{text} {line}"
    return text.replace(PARTED, "-")


def _whole(text: str, line: str, words: Counter[str]) -> str:
    """Join two lines where the first ends in a hyphen; the hyphen stays where it belongs to the word."""
    before, after = _LAST_WORD.search(text[:-1]), _FIRST_WORD.match(line)
    if before is None or after is None:
        # A dash, or a number behind the hyphen.
        return f"{text} {line}" if before is None else text + line
    if after[0] in _SUSPENDING:
        return f"{text} {line}"
    head, tail = before[0].lower(), after[0].lower()
    if not after[0][0].islower() or not before[0].isalpha():
        return f"{text[:-1]}-{line}"
    if words[head + tail]:
        return text[:-1] + line
    stays = words[f"{head}-{tail}"] or head in _KEPT_AFTER
    return f"{text[:-1]}-{line}" if stays else text[:-1] + line
