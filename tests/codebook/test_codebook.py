import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.codebook.codebook import build_codebook, load_codebook, read_data
from detente.errors import DataError


def test_there_are_sixteen_types_with_scores_on_their_side_of_zero():
    types = load_codebook().types

    assert len(types) == 16
    for event_type in types.values():
        assert event_type.name == "REQUEST" or (event_type.score > 0) == event_type.quad.endswith("cooperation")


def test_every_mode_scores_on_the_same_side_as_its_type():
    for event_type in load_codebook().types.values():
        for mode in event_type.modes.values():
            assert mode.score is None or mode.score * event_type.score >= 0


def test_a_mode_sharpens_the_score_and_one_without_a_score_leaves_it():
    codebook = load_codebook()

    assert codebook.score("CONSULT") == 2.5
    assert codebook.score("CONSULT", ["visit"]) == 4
    assert codebook.score("COERCE", ["arrest", "censor"]) == -6.75
    assert codebook.score("PROTEST", ["vandalize"]) == -5


def test_an_unknown_type_is_named_with_its_nearest():
    with pytest.raises(DataError, match=r"Unknown event type 'REQUESTS'.*'REQUEST'"):
        load_codebook().event_type("REQUESTS")


def test_a_mode_of_another_type_is_refused():
    with pytest.raises(DataError, match=r"Unknown mode of AID 'visit'"):
        load_codebook().score("AID", ["visit"])


@given(st.floats(min_value=10.01, allow_nan=False, allow_infinity=False))
def test_a_score_off_the_scale_is_refused(score):
    plover = dict(read_data("plover.yaml"))
    plover["types"] = {"AID": {"quad": "material cooperation", "score": score, "meaning": ""}}

    with pytest.raises(DataError, match="from -10 to 10"):
        build_codebook(plover, read_data("sectors.yaml"))


def test_sectors_are_listed_by_kind():
    sectors = load_codebook().sectors

    assert sectors["GOV"].kind == "primary"
    assert sectors["OPP"].kind == "secondary"
    assert sectors["IGO"].kind == "transnational"


def test_on_and_no_are_words_in_our_data_files():
    assert all(isinstance(lemma, str) for lemmas in read_data("noun_classes.yaml").values() for lemma in lemmas)
