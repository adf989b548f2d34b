"""Marking and cutting of sentences, with a word-per-token tokenizer made here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import BertPreTokenizer

from detente.encoder.marked import LENGTH, MarkedSentence, Marker
from detente.errors import DataError

WORDS = "[PAD] [UNK] [CLS] [SEP] @ # : source target Chile thanked Peru for its help".split()


@pytest.fixture(scope="module")
def marker() -> Marker:
    return Marker(_tokenizer())


def _tokenizer() -> Tokenizer:
    made = Tokenizer(WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    made.pre_tokenizer = BertPreTokenizer()
    return made


def _words(marker: Marker, sentence: MarkedSentence) -> str:
    return " ".join(WORDS[i] for i in marker.encode([sentence])[0].ids)


def test_source_and_target_stand_between_their_marks(marker: Marker) -> None:
    marked = _words(marker, MarkedSentence("Chile thanked Peru for its help", (0, 5), (14, 18)))
    assert marked == "[CLS] @ source : Chile @ thanked # target : Peru # for its help [SEP]"


def test_a_target_before_the_source_keeps_its_own_mark(marker: Marker) -> None:
    marked = _words(marker, MarkedSentence("Chile thanked Peru", (14, 18), (0, 5)))
    assert marked == "[CLS] # target : Chile # thanked @ source : Peru @ [SEP]"


def test_a_span_inside_another_is_marked_inside_it(marker: Marker) -> None:
    marked = _words(marker, MarkedSentence("Peru help", (0, 4), (0, 9)))
    assert marked == "[CLS] # target : @ source : Peru @ help # [SEP]"


def test_a_missing_side_has_position_zero(marker: Marker) -> None:
    coded = marker.encode([MarkedSentence("Chile thanked Peru", (0, 5), None)])[0]
    assert (coded.source, coded.target) == (1, 0)


def test_positions_point_at_the_opening_signs(marker: Marker) -> None:
    coded = marker.encode([MarkedSentence("Chile thanked Peru", (0, 5), (14, 18))])[0]
    assert [WORDS[coded.ids[i]] for i in (coded.source, coded.target)] == ["@", "#"]


def test_a_span_outside_the_sentence_is_refused(marker: Marker) -> None:
    with pytest.raises(ValueError, match="no span"):
        marker.encode([MarkedSentence("Chile", (0, 9), None)])


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_long_sentences_are_cut_round_their_marks(before: int, between: int, after: int) -> None:
    words = ["for"] * before + ["Chile"] + ["its"] * between + ["Peru"] + ["for"] * after
    text = " ".join(words)
    source, target = text.index("Chile"), text.index("Peru")
    marker = Marker(_tokenizer())
    coded = marker.encode([MarkedSentence(text, (source, source + 5), (target, target + 4))])[0]
    assert len(coded.ids) <= LENGTH
    assert [WORDS[coded.ids[i]] for i in (coded.source, coded.target)] == ["@", "#"]
    assert [WORDS[coded.ids[i + 3]] for i in (coded.source, coded.target)] == ["Chile", "Peru"]


def test_a_batch_is_padded_and_masked(marker: Marker) -> None:
    coded = marker.encode([MarkedSentence("Chile thanked Peru", (0, 5), None), MarkedSentence("Peru", (0, 4), None)])
    batch = marker.batch(coded)
    assert batch.ids.shape == batch.mask.shape == (2, len(coded[0].ids))
    assert batch.mask.sum(axis=1).tolist() == [len(one.ids) for one in coded]
    assert (batch.ids[1, len(coded[1].ids) :] == 0).all()


def test_a_file_that_is_no_tokenizer_is_named(tmp_path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text("{}")
    with pytest.raises(DataError, match=r"tokenizer\.json"):
        Marker.from_file(path)
