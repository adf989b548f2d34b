"""Fixtures for tests that need the language model: one coder, loaded once a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import detente
from detente.parse.parser import parse
from detente.records import CodedDocument, Document
from detente.syntax.reading import Reading

Read = Callable[..., Reading]
Code = Callable[..., CodedDocument]
Told = tuple[tuple[str, ...], str, tuple[str, ...]]


def told(coded: CodedDocument) -> list[Told]:
    """Actors, type and recipients of each event."""
    return [(event.actors, event.type, event.recipients) for event in coded.events]


@pytest.fixture(scope="session")
def coder() -> detente.Coder:
    """The coder over the model that detente installs by default."""
    return detente.load("en_core_web_sm")


@pytest.fixture(scope="session")
def read(coder: detente.Coder) -> Read:
    """Parse and resolve a text: `read(text, published=…, author=…)`."""

    def _read(text: str, *, published: str | None = None, author: str | None = None) -> Reading:
        document = Document(id="test", text=text, published=published, author=author, language="en")
        return coder.read(next(parse([document], coder.nlp)))

    return _read


@pytest.fixture(scope="session")
def code(coder: detente.Coder) -> Code:
    """Code a text by rules alone, since that is what these tests are about: `code(text, published=…, author=…)`."""
    rules = replace(coder, encoder=None)

    def _code(text: str, *, published: str | None = None, author: str | None = None) -> CodedDocument:
        return rules(text, published=published, author=author)

    return _code
