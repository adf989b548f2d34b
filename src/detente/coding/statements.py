"""Who is quoted or reported as saying what.

What enters: a `Reading` with mentions. What leaves: `Statement`s in the order of the text, one for each
contiguous segment of what is said, and the entities that had to be made for unnamed speakers. A statement
inside another one is attributed to its speaker; the document's own voice is no statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from detente.coding.content import contents_of
from detente.coding.cue_clauses import find_cues
from detente.coding.cue_extent import Cue
from detente.coding.cues import CueLexicon, cue_lexicon
from detente.coding.frames import Range
from detente.coding.quote_marks import plain_text, with_all_quotations
from detente.coding.quoted import QuotedSpeech, announced_paragraphs, quoted_speech
from detente.coding.speakers import Speakers
from detente.coding.transcripts import transcript_turns
from detente.coding.venues import venue_of
from detente.records import Attribution, Entity, Evidence, Statement
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import Reading

_DIRECT_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class StatementsFound:
    """The statements of a document and the entities of speakers that the reading did not know."""

    statements: tuple[Statement, ...]
    entities: Mapping[str, Entity]


@dataclass(frozen=True, slots=True)
class _Segment:
    """One contiguous piece of what a cue reports, as tokens [first, last]."""

    first: int
    last: int
    cue: Cue
    verbatim: bool
    rule: str


def code_statements(reading: Reading) -> StatementsFound:
    """Find a document's statements and their speakers."""
    lexicon = cue_lexicon()
    p = with_all_quotations(reading.parsed)
    reading = reading if p is reading.parsed else replace(reading, parsed=p)
    cues = find_cues(p, lexicon)
    segments = _segments(p, cues, lexicon)
    speakers = Speakers(reading, lexicon)
    statements = _spoken(reading, segments, speakers)
    kept = _without_carriers(_nested(reading, statements), speakers)
    used = {id for s in kept for id in (s.speaker, *s.attribution.sources)}
    return StatementsFound(tuple(kept), MappingProxyType({k: v for k, v in speakers.new.items() if k in used}))


def _segments(p: ParsedDocument, cues: Sequence[Cue], lexicon: CueLexicon) -> list[_Segment]:
    """All pieces of reported speech, in the order of their cues' and contents' places in the text."""
    quoted = quoted_speech(p, cues)
    out = [_Segment(q.first, q.last, q.cue, True, "quotation") for q in quoted]
    beside: dict[int, list[Cue]] = {}
    for cue in cues:
        beside.setdefault(p.sentence_of[cue.word], []).append(cue)
    for cue in cues:
        paragraphs = announced_paragraphs(p, cue, cues, lexicon)
        out.extend(_Segment(first, last, cue, True, "announced") for first, last in paragraphs)
        if paragraphs:
            continue
        opened = cue.form == "opener"
        contents = _opened(p, cue) if opened else contents_of(p, cue, beside[p.sentence_of[cue.word]])
        for content in contents:
            if not _is_covered(p, cue, content, quoted) and not _announces(cue, content, quoted):
                out.append(_Segment(*content, cue, opened, f"{cue.form}: {cue.entry.lemma}"))
    for cue, paragraphs in transcript_turns(p):
        out.extend(_Segment(first, last, cue, True, "transcript") for first, last in paragraphs)
    return sorted(out, key=lambda s: (s.first, -s.last, s.cue.word))


def _is_covered(p: ParsedDocument, cue: Cue, content: Range, quoted: Sequence[QuotedSpeech]) -> bool:
    """Whether a cue's clause is what a quotation of the same cue already holds."""
    first, last = content
    size = p.ends[last] - p.starts[first]
    for speech in quoted:
        if speech.cue.word == cue.word:
            shared = min(p.ends[last], p.ends[speech.last]) - max(p.starts[first], p.starts[speech.first])
            if shared > 0.5 * min(size, p.ends[speech.last] - p.starts[speech.first]):
                return True
    return False


def _announces(cue: Cue, content: Range, quoted: Sequence[QuotedSpeech]) -> bool:
    """Whether a cue with a quotation right after it would also claim what stands before it."""
    return content[1] < cue.word and any(
        q.cue.word == cue.word
        and q.next_to_cue
        and q.first > cue.last
        and not any(other.cue.word == cue.word and other.last < cue.first for other in quoted)
        for q in quoted
    )


def _opened(p: ParsedDocument, cue: Cue) -> list[Range]:
    """The sentence that "his reply was blunt." announces."""
    number = p.sentence_of[cue.last] + 1
    if p.lower[cue.last] == ":":
        end = p.sentences[number - 1][1]
        if cue.last + 1 < end:
            return [(cue.last + 1, end - 1)]
    if number >= len(p.sentences):
        return []
    start, end = p.sentences[number]
    if p.paragraph_of[start] != p.paragraph_of[cue.last] or p.lower[start] == '"':
        return []
    return [(start, end - 1)]


def _spoken(reading: Reading, segments: Sequence[_Segment], speakers: Speakers) -> list[Statement]:
    """Resolve the speakers and build the records."""
    out: list[Statement] = []
    last: str | None = None
    venues: dict[tuple[str, int], str] = {}
    spoken = {t for s in segments if s.verbatim for t in range(s.first, s.last + 1)}
    for segment in segments:
        for speaker in speakers.of(segment.cue, last):
            statement = _statement(reading, segment, speaker, speakers, adopted=segment.cue.word in spoken)
            if statement is None:
                continue
            out.append(_with_venue(reading, statement, segment, venues))
            if reading.parsed.quotation_of[segment.cue.word] is None:
                last = speaker
        speakers.hear(segment.cue)
    return out


def _statement(
    reading: Reading, segment: _Segment, speaker: str, speakers: Speakers, *, adopted: bool
) -> Statement | None:
    """Build the record; `adopted` where the cue stands in somebody's own words, who then sides with an inquiry."""
    p = reading.parsed
    start, end = _edges(p, segment)
    if start >= end:
        return None
    entity = speakers.entity(speaker)
    reporters = [id for noun in segment.cue.reporters for id in speakers.noun(noun, segment.cue, None)]
    cue = segment.cue
    last = max(cue.last, cue.word)
    if cue.word < segment.first <= last:  # "accused X of …": the preposition ends the cue
        last = segment.first - 1
    endorsed = cue.endorsed or (adopted and cue.entry.establishes and _is_inquiry(p, cue, speakers.lexicon))
    return Statement(
        speaker=speaker,
        cue=p.evidence(cue.first, last),
        content=Evidence.of(reading.document, start, end),
        direct=segment.verbatim or _quoted_share(p, start, end) >= _DIRECT_SHARE,
        role=entity.role if entity is not None else None,
        affiliation=(entity.affiliation or entity.country) if entity is not None else None,
        denied=cue.entry.factuality == "denying",
        attribution=Attribution(tuple(dict.fromkeys(reporters)), _position(cue, endorsed=endorsed)),
        coded_by=segment.rule,
    )


def _position(cue: Cue, *, endorsed: bool) -> bool | None:
    """The author's own position: with the speaker, at a distance ("claims", "alleges"), or neither."""
    if endorsed:
        return True
    return False if cue.entry.factuality == "doubting" else None


def _is_inquiry(p: ParsedDocument, cue: Cue, lexicon: CueLexicon) -> bool:
    return any(p.lower[s] in lexicon.inquiries or p.lemmas[s] in lexicon.inquiries for s in cue.speakers)


def _edges(p: ParsedDocument, segment: _Segment) -> tuple[int, int]:
    """The characters of a segment, without quotation marks and commas at its edges.

    A full stop stays where the segment holds whole sentences of direct speech.
    """
    start, end = p.starts[segment.first], p.ends[segment.last]
    text = plain_text(p)
    abbreviation = len(p.words[segment.last]) > 1 and p.words[segment.last].endswith(".")
    drop = " \n\t,;:" if segment.verbatim or abbreviation else " \n\t,;:."
    marks, closing = '"“”„«»', ('"', "”", "»")
    while start < end and ((text[start] in marks and not _balanced(text[start:end])) or text[start] in " \n\t,;:"):
        start += 1
    while start < end and (text[end - 1] in drop or (text[end - 1] in marks and not _balanced(text[start:end]))):
        end -= 1
    if text[end : end + 1] in closing and not _balanced(text[start:end]) and _balanced(text[start : end + 1]):
        end += 1  # "its “old habits”", where the parse leaves the mark outside
    return start, end


def _balanced(text: str) -> bool:
    opened = sum(text.count(mark) for mark in "“„«")
    closed = sum(text.count(mark) for mark in "”»")
    return opened == closed and text.count('"') % 2 == 0


def _quoted_share(p: ParsedDocument, start: int, end: int) -> float:
    inside = sum(max(0, min(end, q.end) - max(start, q.start)) for q in p.quotations)
    marks = sum(start <= place < end for q in p.quotations for place in (q.start - 1, q.end))
    return inside / max(1, end - start - marks)


def _with_venue(
    reading: Reading, statement: Statement, segment: _Segment, venues: dict[tuple[str, int], str]
) -> Statement:
    """Give a statement its occasion, or that of the same speaker's last statement in the paragraph."""
    key = (statement.speaker, reading.parsed.paragraph_of[segment.cue.word])
    venue = venue_of(reading.parsed, segment.cue)
    if venue is not None:
        venues[key] = venue
    return replace(statement, venue=venue or venues.get(key))


def _nested(reading: Reading, statements: Sequence[Statement]) -> list[Statement]:
    """Attribute each statement to those whose statements contain its cue, outermost last."""
    out: list[Statement] = []
    for statement in statements:
        outer = [o for o in statements if _reports(o, statement)]
        outer.sort(key=lambda o: o.content.end - o.content.start)
        sources = dict.fromkeys((*statement.attribution.sources, *(o.speaker for o in outer)))
        sources.pop(statement.speaker, None)
        out.append(replace(statement, attribution=replace(statement.attribution, sources=tuple(sources))))
    return out


def _without_carriers(statements: Sequence[Statement], speakers: Speakers) -> list[Statement]:
    """Drop what the press reports where it is nothing but another's statement: that names it as its source."""
    return [s for s in statements if not (speakers.is_press(s.speaker) and any(_carries(s, o) for o in statements))]


def _carries(outer: Statement, inner: Statement) -> bool:
    first, last = min(inner.cue.start, inner.content.start), max(inner.cue.end, inner.content.end)
    return _reports(outer, inner) and first - outer.content.start <= 2 and outer.content.end - last <= 2


def _reports(outer: Statement, inner: Statement) -> bool:
    """Whether the outer statement's content holds the inner one's cue and most of its content."""
    a, b, cue = outer.content, inner.content, inner.cue
    return (
        outer is not inner and a.start <= cue.start and cue.end <= a.end and a.start <= b.start and b.end <= a.end + 2
    )
