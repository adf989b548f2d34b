"""The encoder that ships: its files, what it depends on, and that it reads direction."""

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import pytest

from detente.codebook.codebook import load_codebook
from detente.encoder.encoder import NONE, Encoder, load_encoder
from detente.encoder.marked import MarkedSentence
from detente.errors import ModelError
from detente.evaluate.marked_pairs import roots
from detente.records import STATUSES

FOLDER = Path(str(files("detente.encoder").joinpath("fast")))
SENTENCES = Path(__file__).parents[2] / "training" / "sentences"


def _marked(marked: str) -> MarkedSentence:
    """A sentence with its source in [ ] and its target in { }."""
    plain = marked.translate({ord(sign): None for sign in "[]{}"})
    spans = {}
    for opening, closing in ("[]", "{}"):
        words = marked[marked.index(opening) + 1 : marked.index(closing)]
        start = plain.index(words)
        spans[opening] = (start, start + len(words))
    return MarkedSentence(plain, spans["["], spans["{"])


def test_labels_are_those_of_the_codebook() -> None:
    encoder, book = load_encoder(), load_codebook()
    assert encoder.types == (NONE, *book.types)
    assert encoder.statuses == STATUSES
    assert set(encoder.modes) == {NONE, *(f"{name}/{mode}" for name, kind in book.types.items() for mode in kind.modes)}
    assert encoder.roots == roots()


def test_the_manifest_names_the_sentences_that_are_here() -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    here = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(SENTENCES.iterdir())}
    assert manifest["sentences"] == here
    assert manifest["roots"] == hashlib.sha256((SENTENCES.parent / "roots.tsv").read_bytes()).hexdigest()
    assert manifest["further_tables"] == {}


def test_the_weights_are_small_enough_to_ship() -> None:
    assert (FOLDER / "model.onnx").stat().st_size <= 30_000_000


def test_probabilities_sum_to_one_and_do_not_depend_on_neighbours() -> None:
    encoder = load_encoder()
    one = _marked("[Oman] invited {Fiji} to talks.")
    other = _marked(
        "A long line about [the harbour police of Suva], who arrested {two dozen striking dockers} on Friday."
    )
    alone, together = encoder.ask([one])[0], encoder.ask([other, one, other])[1]
    assert alone == together
    for shares in (alone.types, alone.modes, alone.statuses):
        assert sum(shares.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[Oman] bombed {a Fijian base} before dawn.", "ASSAULT"),
        ("{Fiji's ambassador} was expelled by [Oman] on Monday.", "SANCTION"),
        ("[Oman] sent 200 tonnes of rice to {Fiji} after the cyclone.", "AID"),
        ("Police in {Suva} were quick, and [Oman] won the match.", "NONE"),
        ("[Fiji] was bombed by {Oman} before dawn.", "NONE"),
    ],
)
def test_plain_acts_are_told_with_their_direction(marked: str, kind: str) -> None:
    judgement = load_encoder().ask([_marked(marked)])[0]
    assert max(judgement.types, key=lambda name: judgement.types[name]) == kind


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.onnx, tokenizer\.json, labels\.json"):
        Encoder(tmp_path)
