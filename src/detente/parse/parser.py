"""Documents → parsed documents, through a spaCy pipeline.

What enters: documents and a loaded pipeline. What leaves: `ParsedDocument`s in the same order. Paragraphs
are fixed before parsing, so that no sentence runs across a headline, a dateline or a blank line, except where
a paragraph visibly breaks off in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from detente.parse.dateline import dateline_end, written_on
from detente.records import Document
from detente.syntax.document import NamedSpan, ParsedDocument, Quotation, normalise

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_OPEN_END = re.compile(
    r"(?:\b(?:of|the|a|an|and|or|to|in|on|for|with|by|at|from|that|which|as|its|their)|,)$", re.IGNORECASE
)
# Verb forms whose base the rules of the language model get wrong ("hoped" as hop, "waged" as wag).
_LEMMAS = {
    form: verb
    for verb in "axe dine fine gripe hope rage rape snipe spare stage wage".split()
    for form in (f"{verb}d", f"{verb}s", f"{verb[:-1]}ing")
} | {
    f"{verb}{ending}": verb
    for verb in "co-develop co-sponsor cordon fulfill green-light install re-establish rubber-stamp waterboard".split()
    for ending in ("ed", "ing")
}
_QUOTE = re.compile(r'["“”„«»]')


def parse(documents: Iterable[Document], nlp: Language, *, batch_size: int = 32) -> Iterator[ParsedDocument]:
    """Parse documents in batches, in order. The result does not depend on `batch_size`.

    A document without `published` takes the day that its own head gives, if any.
    """
    dated = (d if d.published else replace(d, published=written_on(d.text)) for d in documents)
    pairs = ((_prepare(document, nlp), document) for document in dated)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
        yield _to_arrays(doc, document)


def paragraph_starts(text: str) -> list[int]:
    """The offsets where paragraphs begin; a paragraph that ends on a function word or comma goes on in the next."""
    starts = [0]
    for match in _PARAGRAPH.finditer(text):
        before = text[starts[-1] : match.start()].rstrip()
        if match.end() < len(text) and not (before and _OPEN_END.search(before)):
            starts.append(match.end())
    return starts


def quotations(text: str, paragraphs: list[int]) -> list[Quotation]:
    """The spans inside quotation marks. A quotation open at the end of its paragraph is closed there."""
    out: list[Quotation] = []
    for start, end in zip(paragraphs, [*paragraphs[1:], len(text)], strict=True):
        opened: int | None = None
        for match in _QUOTE.finditer(text, start, end):
            mark = match.group()
            opens = mark in "“„«" or (mark == '"' and opened is None)
            if opens:
                if opened is not None:  # a new paragraph of the same speech inside one paragraph
                    out.append(Quotation(opened, match.start(), closed=False))
                opened = match.end()
            elif opened is not None:
                out.append(Quotation(opened, match.start(), closed=True))
                opened = None
        if opened is not None:
            stop = opened + len(text[opened:end].rstrip())
            out.append(Quotation(opened, stop, closed=False))
    return [q for q in out if q.start < q.end]


def _prepare(document: Document, nlp: Language) -> Doc:
    text = normalise(document.text)
    doc = nlp.make_doc(text)
    paragraphs = paragraph_starts(document.text)
    ends = [dateline_end(text, a, b) for a, b in zip(paragraphs, [*paragraphs[1:], len(text)], strict=True)]
    starts = {*paragraphs, *(end for end in ends if end is not None)}
    pending = True
    for token in doc:
        pending = pending or token.idx in starts
        if token.is_space:
            pending = pending or any(token.idx < s <= token.idx + len(token) for s in starts)
        elif pending and token.i > 0:
            token.is_sent_start = True
        pending = pending and token.is_space
    return doc


def _lemma(token: Token) -> str:
    known = _LEMMAS.get(token.lower_) if token.pos_ == "VERB" else None
    return known or token.lemma_.lower() or token.lower_


def _to_arrays(doc: Doc, document: Document) -> ParsedDocument:
    starts = paragraph_starts(document.text)
    tokens = list(doc)
    sentences = [(s.start, s.end) for s in doc.sents]
    firsts = sorted({0, *(next((t.i for t in tokens if t.idx >= start), len(tokens)) for start in starts)})
    paragraphs = [(a, b) for a, b in zip(firsts, [*firsts[1:], len(tokens)], strict=True) if a < b]
    return ParsedDocument(
        document=document,
        words=[t.text for t in tokens],
        lemmas=[_lemma(t) for t in tokens],
        pos=[t.pos_ for t in tokens],
        tags=[t.tag_ for t in tokens],
        deps=[t.dep_ for t in tokens],
        heads=[t.head.i for t in tokens],
        starts=[t.idx for t in tokens],
        ends=[t.idx + len(t) for t in tokens],
        left=[t.left_edge.i for t in tokens],
        right=[t.right_edge.i for t in tokens],
        sentences=sentences,
        paragraphs=paragraphs,
        quotations=quotations(document.text, starts),
        names=list(chain.from_iterable([[NamedSpan(e.start, e.end, e.label_)] for e in doc.ents])),
    )
