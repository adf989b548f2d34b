import pytest

from detente.codebook.codebook import load_codebook, read_data
from detente.codebook.contexts import build_contexts, load_contexts
from detente.errors import DataError


def contexts_of(clause, sentence="", paragraph="", sectors=()):
    return load_contexts().contexts_of(clause.split(), sentence.split(), paragraph.split(), sectors)


def test_every_context_of_the_codebook_has_words_and_hints():
    table = read_data("contexts.yaml")

    assert set(table["words"]) == set(table["hints"]) == set(load_codebook().contexts)


def test_a_phrase_counts_only_as_a_whole():
    assert "cbrn" in contexts_of("they use chemical weapon there")
    assert contexts_of("they open a chemical plant") == ()


def test_the_longest_phrase_uses_up_its_words():
    assert contexts_of("they start a trade war") == ("economic",)


def test_a_hyphen_and_a_final_s_make_no_difference():
    assert contexts_of("the peace - keepers leave") == contexts_of("the peace keeper leave") == ()
    assert "peacekeeping" in contexts_of("the peace - keeping forces leave")


def test_the_context_with_most_words_comes_first():
    assert contexts_of("the court ask the judge about a referendum") == ("legal", "election")


def test_a_hint_needs_another_word_of_its_context():
    assert contexts_of("the officer shoot") == ("crime",)
    assert contexts_of("they shoot") == ()


def test_the_paragraph_confirms_a_hint_and_tells_nothing_by_itself():
    assert contexts_of("they attack it", paragraph="soldier and tank") == ("military",)
    assert contexts_of("they do it", paragraph="soldier tank artillery battalion infantry") == ()


def test_two_words_of_the_sentence_are_as_good_as_one_of_the_clause():
    assert contexts_of("he see it", sentence="parliament and senate") == ("legislative",)


def test_a_faint_context_gives_way_to_a_strong_one():
    clause = "soldier tank artillery battalion"

    assert contexts_of(clause) == ("military",)
    assert contexts_of(f"{clause} parliament") == ("military",)


def test_the_sector_of_a_side_tells_a_context():
    assert contexts_of("they confer", sectors={"SPY", "GOV"}) == ("intelligence",)


def test_a_one_sentence_paragraph_reaches_into_its_neighbours():
    lemmas = "soldier march . they attack it . tank roll".split()
    found = load_contexts().contexts_at(lemmas, clause=(3, 6), sentence=(3, 7), paragraph=(3, 7))

    assert found == ("military",)


def test_nothing_beyond_the_reach_counts():
    lemmas = ["soldier", "tank", *["word"] * 200, "they", "attack", "it"]
    found = load_contexts().contexts_at(lemmas, clause=(202, 205), sentence=(202, 205), paragraph=(0, 205))

    assert found == ()


def built(**changes):
    table = {"words": {"military": ["army"]}, "hints": {}, "sectors": {}, **changes}
    return build_contexts(table, load_codebook().contexts, load_codebook().sectors)


def test_an_unknown_context_is_refused():
    with pytest.raises(DataError, match=r"Unknown context 'militray'.*'military'"):
        built(words={"militray": ["army"]})


def test_a_context_without_words_is_refused():
    with pytest.raises(DataError, match="No hints under 'military'"):
        built(hints={"military": []})


def test_an_unknown_sector_is_refused():
    with pytest.raises(DataError, match="Unknown sector 'MILL'"):
        built(sectors={"MILL": "military"})
