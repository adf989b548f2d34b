"""Heads that users train: tables, fitting and figures, storing, and what they do to events."""

from pathlib import Path

import numpy as np
import pytest

from detente.encoder.marked import MarkedSentence
from detente.encoder.own_heads import load_heads, save_heads
from detente.errors import DataError, ModelError
from detente.learning.fitting import fit_head
from detente.learning.labelled import LabelledRow, read_labelled

pytest.importorskip("sklearn")


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "labels.csv"
    path.write_text(text, encoding="utf-8")
    return path


def rows_and_features(per_label: int = 30, labels: tuple[str, ...] = ("AID", "ASSAULT")):
    """Sentences whose features tell the label, apart from some noise."""
    draw = np.random.default_rng(3)
    rows, features = [], []
    for place, label in enumerate(labels):
        for number in range(per_label):
            sentence = MarkedSentence(f"Oman met Fiji {label} {number}.", (0, 4), (9, 13))
            rows.append(LabelledRow(sentence, {"type": (label,), "mode": None, "contexts": None}))
            features.append(np.eye(len(labels))[place].repeat(4) * 2 + draw.normal(size=4 * len(labels)))
    return rows, np.array(features)


def test_a_table_gives_marked_sentences_and_labels(tmp_path: Path) -> None:
    path = table(tmp_path, 'sentence,type,contexts\n"<s>Oman</s> aided <t>Fiji</t>, twice.",AID,military;health\n')
    (row,) = read_labelled(path)
    assert (row.sentence.text, row.sentence.source, row.sentence.target) == (
        "Oman aided Fiji, twice.",
        (0, 4),
        (11, 15),
    )
    assert row.labels == {"type": ("AID",), "mode": None, "contexts": ("military", "health")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("text,type\nx,AID\n", "'sentence' and one or more of"),
        ("sentence,type\n<s>Oman</s> aided Fiji,AIDE\n", r"'AIDE'.*labels.csv, line 2.*'AID'"),
        ("sentence,type\n<s>Oman aided Fiji,AID\n", "line 2"),
        ("sentence,type\n<s>Oman</s> aided Fiji,AID;ASSAULT\n", "2 labels"),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_labelled(table(tmp_path, text))


def test_a_head_learns_what_the_features_tell_and_is_measured_on_unseen_sentences() -> None:
    rows, features = rows_and_features()
    head, report = fit_head("type", rows, features)
    assert report.rows == 60
    assert 0.9 < report.macro_f1.value <= 1
    assert head.believed(features[0])[0][0] == "AID"
    noise = np.random.default_rng(1).normal(size=features.shape)
    _, blind = fit_head("type", rows, noise)
    assert blind.macro_f1.value < 0.7


def test_contexts_are_decided_each_by_itself() -> None:
    draw = np.random.default_rng(3)
    rows, features = [], []
    for number in range(120):
        held = [name for bit, name in enumerate(("military", "health")) if number >> bit & 1]
        sentence = MarkedSentence(f"Oman met Fiji {number}.", (0, 4), (9, 13))
        rows.append(LabelledRow(sentence, {"type": None, "mode": None, "contexts": tuple(held)}))
        features.append(4.0 * np.array([number & 1, number >> 1 & 1]) + draw.normal(size=2))
    head, report = fit_head("contexts", rows, np.array(features))
    assert {name for name, _ in head.believed(np.array([4.0, 4.0]))} == {"military", "health"}
    assert head.believed(np.array([0.0, 0.0])) == ()
    assert report.labels["health"].f1 > 0.9


def test_too_few_sentences_of_a_label_are_refused() -> None:
    rows, features = rows_and_features(per_label=9)
    with pytest.raises(DataError, match="Fewer than 10 sentences with type AID, ASSAULT"):
        fit_head("type", rows, features)


def test_heads_are_stored_and_bound_to_their_encoder(tmp_path: Path) -> None:
    rows, features = rows_and_features()
    head, _ = fit_head("type", rows, features)
    save_heads({"type": head}, "abc", {}, tmp_path)
    again = load_heads(tmp_path, "abc")["type"]
    assert np.array_equal(again.chances(features), head.chances(features))
    with pytest.raises(ModelError, match="other weights"):
        load_heads(tmp_path, "def")
    with pytest.raises(ModelError, match="no readable heads"):
        load_heads(tmp_path / "none", "abc")


@pytest.mark.model
def test_a_head_relabels_events_and_says_so(coder) -> None:
    from dataclasses import replace

    from detente.encoder.own_heads import OwnHead

    width = coder.encoder.read([MarkedSentence("Oman met Fiji.", (0, 4), (9, 13))]).features.shape[1]
    zeros, ones = np.zeros(width), np.ones(width)
    kind = OwnHead("type", ("AID", "ASSAULT"), np.zeros((2, width)), np.array([5.0, 0.0]), zeros, ones, 0.9)
    about = OwnHead("contexts", ("health",), np.zeros((1, width)), np.array([5.0]), zeros, ones, 0.9)
    text = "Oman bombed Fiji on Monday."
    (plain,) = coder(text).events
    (event,) = replace(coder, heads={"type": kind, "contexts": about})(text).events
    assert (plain.type, event.type, event.modes) == ("ASSAULT", "AID", ())
    assert event.contexts == (*plain.contexts, "health")
    assert "own head AID 0.99" in event.coded_by
    unsure = replace(kind, threshold=0.999)
    assert replace(coder, heads={"type": unsure})(text).events == (plain,)
