"""Text → coded documents: the one place where the stages meet.

What enters: texts or `Document`s. What leaves: `CodedDocument`s, one for each, in order. A document is
coded on its own, so the result does not depend on batch size or on its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from detente.codebook.codebook import load_codebook, use_codebook
from detente.coding.duplicates import merge_tellings
from detente.coding.events import code_events
from detente.coding.memberships import code_memberships
from detente.coding.own_heads import relabelled
from detente.coding.speech_acts import code_speech_acts
from detente.coding.stances import code_stances
from detente.coding.statements import code_statements
from detente.coding.uncoded import uncoded_sentences
from detente.encoder.encoder import Encoder, load_encoder
from detente.encoder.own_heads import HeadKind, OwnHead, load_heads
from detente.parse.models import LanguageModel, find_model, load_pipeline
from detente.parse.parser import parse
from detente.records import CodedDocument, Document, Provenance, content_id
from detente.resolve.knowledge import Knowledge, load_knowledge
from detente.resolve.membership_checks import with_disagreements
from detente.resolve.own_actors import with_actors
from detente.resolve.places import find_places
from detente.resolve.resolver import resolve
from detente.resolve.speech import resolve_speech
from detente.syntax.dates import find_dates
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import Reading

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True)
class Coder:
    """Codes documents. Made by `detente.load()`; holds the language model, the knowledge and the encoder, no state.

    Without an encoder the event lexicon alone decides. `heads` are the user's own, read on the encoder's features.
    """

    nlp: Language
    model: LanguageModel
    knowledge: Knowledge
    encoder: Encoder | None = None
    heads: Mapping[HeadKind, OwnHead] = field(default_factory=dict)

    @property
    def provenance(self) -> Provenance:
        return Provenance(
            detente=version("detente"),
            codebook=load_codebook().version,
            model=f"{self.model.name} {self.model.version}",
            model_sha256=self.model.sha256,
            encoder_sha256=self.encoder.sha256 if self.encoder else "none",
        )

    def __call__(
        self,
        text: str | Document,
        *,
        published: str | None = None,
        title: str | None = None,
        author: str | None = None,
    ) -> CodedDocument:
        """Code one text.

        Args:
            text: plain text, or a Document, whose own fields then hold.
            published: ISO date of any precision; relative dates are resolved against it.
            title: headline, kept with the document.
            author: who signs or issues the text; gives "I" and "we" outside quotations their meaning.

        Raises:
            RecordError: `published` is not an ISO date.
        """
        if isinstance(text, str):
            key = content_id("doc", text)
            text = Document(id=key, text=text, title=title, author=author, published=published, language="en")
        return next(self.pipe([text]))

    def pipe(self, documents: Iterable[Document], *, batch_size: int = 32) -> Iterator[CodedDocument]:
        """Code documents in order, parsing them in batches of `batch_size`; reads ahead one batch at most."""
        provenance = self.provenance
        for parsed in parse(documents, self.nlp, batch_size=batch_size):
            yield self._code(parsed, provenance)

    def read(self, parsed: ParsedDocument) -> Reading:
        """Resolve a parsed document's actors, dates, places and reported speech."""
        mentions, entities = resolve(parsed, self.knowledge)
        places = find_places(parsed, mentions, self.knowledge)
        reading = Reading(parsed, entities, mentions, dates=find_dates(parsed), places=places)
        found = code_statements(reading)
        heard = replace(reading, entities={**entities, **found.entities}, statements=found.statements)
        return resolve_speech(heard)

    def _code(self, parsed: ParsedDocument, provenance: Provenance) -> CodedDocument:
        reading = self.read(parsed)
        stances = code_stances(reading)
        told = code_events(reading, self.encoder)
        if self.encoder is not None and self.heads:
            told = relabelled(reading, told, self.encoder, self.heads)
        events = [*told, *code_speech_acts(reading, told, stances)]
        events.sort(key=lambda event: (event.evidence.span, event.trigger.span))
        coded = CodedDocument(
            document=parsed.document,
            provenance=provenance,
            entities=tuple(reading.entities.values()),
            mentions=tuple(reading.mentions),
            events=tuple(merge_tellings(reading, events)),
            stances=tuple(stances),
            memberships=tuple(with_disagreements(code_memberships(reading))),
            statements=tuple(reading.statements),
        )
        return uncoded_sentences(reading, coded)


def load(
    model: str | None = None,
    *,
    allow_unknown_model: bool = False,
    actors: Sequence[Path] = (),
    codebook: Path | None = None,
    heads: Path | None = None,
    encoder: Path | None = None,
) -> Coder:
    """Load the language model and the knowledge of actors.

    Args:
        model: name of an installed model such as `en_core_web_md`; None takes the best one found.
        allow_unknown_model: accept weights whose hash is not on our list.
        actors: the user's own tables, CSV or PETRARCH actor files; see docs/reference/actors.md.
        codebook: the user's additions to the codebook, one file a process; see docs/reference/own-codebook.md.
        heads: a folder of heads that `detente train` made.
        encoder: a folder with another encoder than the shipped one, such as the larger of `make accurate`.

    Raises:
        ModelError: no model is installed, its weights are unknown, the encoder's files are missing, or the heads
            belong to another encoder.
        DataError: a file of actors or the codebook does not validate.
    """
    if codebook is not None:
        use_codebook(codebook)
    knowledge = with_actors(load_knowledge(), actors)
    found = find_model(model, allow_unknown=allow_unknown_model)
    judge = load_encoder() if encoder is None else Encoder(encoder)
    own = load_heads(heads, judge.sha256) if heads is not None else {}
    return Coder(nlp=load_pipeline(found), model=found, knowledge=knowledge, encoder=judge, heads=own)
