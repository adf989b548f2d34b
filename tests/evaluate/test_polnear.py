import json

import pytest

from detente.errors import DataError
from detente.evaluate.polnear import AttributionSpans, read_polnear
from detente.evaluate.polnear_scores import score_polnear

TEXT = "Anna Roe said on Monday that the talks had failed. Others disagreed."
#       0        9    14           27                   48
GOLD = AttributionSpans(((0, 8),), ((9, 13),), ((24, 49),))


def _line(**changes):
    row = {"id": "a", "published": "2020-05-01", "text": TEXT}
    row["attributions"] = [{"source": [[0, 8]], "cue": [[9, 13]], "content": [[24, 49]]}]
    return json.dumps({**row, **changes})


def _f1(gold, found, part, way):
    value = score_polnear([TEXT], [gold], [found]).figures[part, way][2].value
    return value


def test_articles_are_read_with_their_spans(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(_line() + "\n\n" + _line(id="b", attributions=[]) + "\n", encoding="utf8")

    first, second = read_polnear(path)

    assert first.document.text[slice(*first.attributions[0].content[0])] == "that the talks had failed"
    assert first.document.published == "2020-05-01"
    assert second.attributions == ()


@pytest.mark.parametrize(
    "line",
    [
        "{",
        _line(text=None),
        _line(attributions=[{"source": [], "cue": [[0, 4]]}]),
        _line(attributions=[{"source": [], "cue": [[0, 999]], "content": []}]),
        _line(published="yesterday"),
    ],
    ids=["no JSON", "no text", "no content", "span outside the text", "no date"],
)
def test_a_malformed_line_is_named_by_its_number(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_text(_line() + "\n" + line + "\n", encoding="utf8")

    with pytest.raises(DataError, match=r"line 2 of .*a\.jsonl"):
        read_polnear(path)


def test_a_file_without_articles_is_refused(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("\n", encoding="utf8")

    with pytest.raises(DataError, match="No articles"):
        read_polnear(path)


def test_an_attribution_that_agrees_is_right_in_all_parts():
    for part in ("source", "cue", "content", "relation"):
        assert _f1([GOLD], [GOLD], part, "exact") == 1.0


def test_punctuation_at_the_edges_does_not_count():
    found = AttributionSpans(GOLD.source, GOLD.cue, ((23, 50),))

    assert _f1([GOLD], [found], "content", "exact") == 1.0


def test_half_of_the_longer_span_in_common_is_an_overlap_and_less_is_none():
    half, less = (AttributionSpans(GOLD.source, GOLD.cue, ((24, end),)) for end in (37, 36))

    assert _f1([GOLD], [half], "content", "overlap") == 1.0
    assert _f1([GOLD], [half], "content", "exact") == 0.0
    assert _f1([GOLD], [less], "content", "overlap") == 0.0


def test_a_relation_is_wrong_where_one_of_its_parts_is():
    found = AttributionSpans(((51, 57),), GOLD.cue, GOLD.content)

    assert _f1([GOLD], [found], "source", "overlap") == 0.0
    assert _f1([GOLD], [found], "content", "overlap") == 1.0
    assert _f1([GOLD], [found], "relation", "overlap") == 0.0


def test_a_source_that_the_annotators_left_out_is_invented():
    gold = AttributionSpans((), GOLD.cue, GOLD.content)
    precision, recall, _ = score_polnear([TEXT], [[gold]], [[GOLD]]).figures["source", "overlap"]

    assert precision.value == 0.0
    assert recall.value is None


def test_a_content_found_under_another_cue_is_found_but_its_cue_is_not():
    found = AttributionSpans(GOLD.source, ((58, 67),), GOLD.content)

    assert _f1([GOLD], [found], "content", "overlap") == 1.0
    assert _f1([GOLD], [found], "cue", "overlap") == 0.0


def test_each_annotated_attribution_is_paired_once():
    precision, recall, _ = score_polnear([TEXT], [[GOLD]], [[GOLD, GOLD]]).figures["cue", "overlap"]

    assert precision.value == 0.5
    assert recall.value == 1.0
