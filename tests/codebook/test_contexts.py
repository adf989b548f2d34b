import pytest

from detente.codebook.codebook import load_codebook
from detente.codebook.contexts import build_contexts, load_contexts
from detente.errors import DataError


def test_every_context_of_the_codebook_has_words():
    named = {context for rows in load_contexts().phrases.values() for _, context in rows}

    assert named == set(load_codebook().contexts)


def test_a_phrase_counts_only_as_a_whole():
    contexts = load_contexts()

    assert "cbrn" in contexts.contexts_of("they use chemical weapon there".split())
    assert contexts.contexts_of("they visit a chemical plant".split()) == ()


def test_the_context_with_most_words_comes_first():
    found = load_contexts().contexts_of("the court ask the judge about an election".split())

    assert found == ("legal", "election")


def test_an_unknown_context_is_refused():
    with pytest.raises(DataError, match=r"Unknown context 'militray'.*'military'"):
        build_contexts({"militray": ["army"]}, load_codebook().contexts)
