"""Who says what stands in quotation marks, and what a colon at the end of a paragraph announces.

What enters: a `ParsedDocument` and its cues. What leaves: for each quotation that is speech, the cue that
it belongs to. A quotation of a few words inside a clause ("a 'terror army'") is part of that clause and is
left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.coding.cue_extent import Cue
from detente.coding.cues import CueLexicon
from detente.coding.frames import Range
from detente.coding.quote_frames import framing_cue
from detente.syntax.document import ParsedDocument

_SHORTEST = 5  # tokens of a paragraph that is taken for speech without a cue of its own
_ENDS = frozenset({".", "!", "?", '"', ":", ";", "..."})


@dataclass(frozen=True, slots=True)
class QuotedSpeech:
    """Tokens [first, last] inside quotation marks and the cue they belong to. `next_to_cue` is False where
    the cue stands in an earlier sentence."""

    first: int
    last: int
    cue: Cue
    next_to_cue: bool


def quoted_speech(p: ParsedDocument, cues: Sequence[Cue]) -> list[QuotedSpeech]:
    """Assign quotations that stand as sentences of their own to cues, in the order of the text."""
    out: list[QuotedSpeech] = []
    for number in range(len(p.quotations)):
        first, last = _tokens(p, number)
        if last < first or not _stands_alone(p, first, cues):
            continue
        cue, beside = _cue_beside(p, first, last, cues) or framing_cue(p, first, last, cues), True
        if cue is None:
            cue, beside = _cue_before(p, first, cues, out, number), False
        if cue is not None:
            if beside:
                out.extend(_unclosed_before(p, number, cue, out))
            out.append(QuotedSpeech(first, last, cue, beside))
    return out


def _unclosed_before(p: ParsedDocument, number: int, cue: Cue, done: Sequence[QuotedSpeech]) -> list[QuotedSpeech]:
    """The paragraphs before a quotation that opened without a closing mark and so belong to the same speech."""
    out: list[QuotedSpeech] = []
    here = p.token_at(p.quotations[number].start)
    while number > 0 and not p.quotations[number - 1].closed:
        number -= 1
        first, last = _tokens(p, number)
        gap = range(last + 1, here)
        if any(speech.first == first for speech in done) or any(
            not p.words[t].isspace() and p.lower[t] not in ('"', ".") for t in gap
        ):
            break
        out.append(QuotedSpeech(first, last, cue, False))
        here = first - 1
    return out[::-1]


def _tokens(p: ParsedDocument, number: int) -> Range:
    """The first and last token inside a quotation."""
    quotation = p.quotations[number]
    first, last = p.token_at(quotation.start), p.token_at(max(quotation.start, quotation.end - 1))
    return (first + 1 if p.starts[first] < quotation.start else first), last


def _stands_alone(p: ParsedDocument, first: int, cues: Sequence[Cue]) -> bool:
    """Whether a quotation begins a sentence or follows a comma, a colon or a cue."""
    before = first - 2
    while before >= 0 and p.words[before].isspace():
        before -= 1
    if before < 0 or p.lower[before] in _ENDS or p.lower[before] == ",":
        return True
    if p.paragraph_of[before] != p.paragraph_of[first]:
        return True
    if p.tags[before] == "POS":
        return False  # a title: "on the network's 'Morning Hour'"
    return any(cue.last == before and cue.form != "according" and "quote" in cue.entry.takes for cue in cues)


def _cue_beside(p: ParsedDocument, first: int, last: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue right after a quotation (", X said"), else the one right before it ("X said: ")."""
    after = last + 1
    while after < len(p) and (p.lower[after] in (",", '"', "-", "—", ".") or p.words[after].isspace()):
        if p.lower[after] == ".":
            break
        after += 1
    right = [
        cue
        for cue in cues
        if cue.first == after
        and _may_quote(cue)
        and cue.form != "participle"
        and _same_paragraph(p, last, after)
        and not _has_own_clause(p, cue)
    ]
    if right:  # the main verb before that of a relative clause: "…," an envoy who declined to be named said
        return min(right, key=lambda cue: p.deps[cue.word] == "relcl")
    before = first - 2
    while before >= 0 and (p.lower[before] in (",", ":", "-", "—", "that") or p.words[before].isspace()):
        before -= 1
    for cue in cues:
        if _may_quote(cue) and before <= cue.last < first and cue.word <= before and cue.form != "according":
            return cue
    return None


def _has_own_clause(p: ParsedDocument, cue: Cue) -> bool:
    """Whether a cue after a quotation goes on to report something else ("… ." He said that …)."""
    if p.lower[cue.first - 1] == '"' and cue.first > 1 and p.lower[cue.first - 2] in (".", "..."):
        nxt = cue.last + 1
        return nxt < len(p) and p.lower[nxt] not in (".", ",", ":", '"', ";")
    return False


def _cue_before(
    p: ParsedDocument, first: int, cues: Sequence[Cue], done: Sequence[QuotedSpeech], number: int
) -> Cue | None:
    """The cue of an earlier sentence that a quotation without its own goes on from."""
    paragraph = p.paragraph_of[first]
    start = p.paragraphs[paragraph][0]
    earlier = [cue for cue in cues if start <= cue.first < first and cue.form != "noun" and _may_quote(cue)]
    outside = [cue for cue in earlier if p.quotation_of[cue.word] is None]
    if outside:
        return outside[-1]
    if not _opens_paragraph(p, first, start):
        return None
    if done and _ended_before(p, done[-1], paragraph):
        return done[-1].cue
    return _last_told(p, first, paragraph, cues)


def _last_told(p: ParsedDocument, first: int, paragraph: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue that ends the paragraph before one that is nothing but a quotation of at least one sentence."""
    start, end = p.paragraphs[paragraph]
    outside = [t for t in range(start, end) if p.quotation_of[t] is None and not p.words[t].isspace()]
    if (
        any(p.lower[t] not in ('"', ".") for t in outside)
        or end - first < _SHORTEST
        or not p.words[first][:1].isupper()
    ):
        return None
    while paragraph > 0:
        paragraph -= 1
        start, end = p.paragraphs[paragraph]
        if any(not p.words[t].isspace() for t in range(start, end)):
            break
    told = [c for c in cues if start <= c.first < end and c.form in ("verb", "according") and c.entry.kind == "speech"]
    ending = [c for c in told if p.sentence_of[c.word] == p.sentence_of[_last_word(p, start, end)]]
    return ending[-1] if ending and p.quotation_of[ending[-1].word] is None else None


def _last_word(p: ParsedDocument, start: int, end: int) -> int:
    return next(t for t in range(end - 1, start - 1, -1) if not p.words[t].isspace())


def _opens_paragraph(p: ParsedDocument, first: int, start: int) -> bool:
    return all(p.lower[t] == '"' or p.words[t].isspace() for t in range(start, first))


def _ended_before(p: ParsedDocument, speech: QuotedSpeech, paragraph: int) -> bool:
    """Whether the last quoted speech stands in the paragraph before, nothing but space between them."""
    gap = paragraph - p.paragraph_of[speech.last]
    return gap == 1 or (gap > 0 and all(p.words[t].isspace() for t in range(*p.paragraphs[paragraph - 1])))


def _may_quote(cue: Cue) -> bool:
    return "quote" in cue.entry.takes or cue.form == "opener" or "oprd" in cue.entry.takes


def _same_paragraph(p: ParsedDocument, a: int, b: int) -> bool:
    return p.paragraph_of[a] == p.paragraph_of[b]


def announced_paragraphs(p: ParsedDocument, cue: Cue, cues: Sequence[Cue], lexicon: CueLexicon) -> list[Range]:
    """The paragraphs that a cue with a colon at the end of its own paragraph announces, quotation marks aside."""
    colon = next((t for t in range(cue.last + 1, min(cue.last + 4, len(p))) if not p.words[t].isspace()), None)
    if colon is None or p.lower[colon] != ":":
        return []
    paragraph = p.paragraph_of[cue.word]
    if any(not p.words[t].isspace() for t in range(colon + 1, p.paragraphs[paragraph][1])):
        return []
    out: list[Range] = []
    for start, end in p.paragraphs[paragraph + 1 :]:
        tokens = [t for t in range(start, end) if not p.words[t].isspace()]
        if not tokens:
            continue
        if p.lower[tokens[0]] == '"' or _ends_announcement(p, tokens, cues, lexicon):
            break
        out.append((tokens[0], tokens[-1]))
    return out


def _ends_announcement(p: ParsedDocument, tokens: Sequence[int], cues: Sequence[Cue], lexicon: CueLexicon) -> bool:
    """Whether a paragraph is the reporter's again: it announces words itself, reports him in the third
    person, or is a closing formula."""
    opening = " ".join(p.lower[t] for t in tokens[:4])
    if any(opening.startswith(words) for words in lexicon.closing) or p.lower[tokens[-1]] == ":":
        return True
    return any(cue.first == tokens[0] and _reports_third_person(p, cue) for cue in cues)


def _reports_third_person(p: ParsedDocument, cue: Cue) -> bool:
    return any(p.lower[s] in ("he", "she") for s in cue.speakers)
