"""The quicker ruler says what the model's own says."""

from __future__ import annotations

import pytest
import spacy

from detente.parse.models import find_model
from detente.parse.word_classes import WordClasses, with_quick_word_classes

TEXTS = (
    "Kenya ain't gonna sign, let's say; they've got to go, Nairobi's envoy said.\n\nIt is what it was.",
    "The better-armed rebels themselves won't, can't and didn't lay down their arms that they'd bought.",
    "Who would've thought that more than 3,000 of them could have been freed?  “Nobody,” he said...",
)


@pytest.fixture(scope="module")
def models():
    path = find_model("en_core_web_sm").path
    return spacy.load(path), with_quick_word_classes(spacy.load(path))


@pytest.mark.model
def test_words_get_the_classes_and_forms_that_the_models_own_ruler_gives(models):
    own, quick = models

    assert isinstance(quick.get_pipe("attribute_ruler"), WordClasses)
    assert quick.pipe_names == own.pipe_names
    for text in TEXTS:
        told = [[(t.text, t.pos_, str(t.morph), t.lemma_) for t in nlp(text)] for nlp in (own, quick)]
        assert told[0] == told[1]


def test_a_pipeline_without_a_ruler_stays_as_it_is():
    nlp = spacy.blank("en")

    assert with_quick_word_classes(nlp).pipe_names == []


def test_a_ruler_that_asks_about_something_else_stays():
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add([[{"SHAPE": "Xx"}]], {"POS": "X"})

    assert not isinstance(with_quick_word_classes(nlp).get_pipe("attribute_ruler"), WordClasses)
