import pytest

from detente.coding.cue_attributions import find_attributions
from detente.coding.cue_weights import load_cue_weights, read_cue_weights, write_cue_weights
from detente.errors import ModelError
from detente.parse.parser import parse
from detente.records import Document


@pytest.fixture(scope="module")
def found(coder):
    """Read a text; attributions as texts of source, cue and content."""

    def run(text, **options):
        (p,) = parse([Document(id="d", text=text, language="en")], coder.nlp)

        def words(ranges):
            return " … ".join(text[p.starts[a] : p.ends[b]] for a, b in ranges)

        return [
            (words([one.source] if one.source else []), words([one.cue]), words(one.content))
            for one in find_attributions(p, load_cue_weights(), **options)
        ]

    return run


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The minister said that the talks had failed.", "The minister", "said", "that the talks had failed"),
        ("Prices will fall, according to the bank.", "the bank", "according to", "Prices will fall"),
        ("Voters believe that the economy is weak.", "Voters", "believe", "that the economy is weak"),
        ("The poll found that most voters were undecided.", "The poll", "found", "that most voters were undecided"),
        ("“We are ready,” the general said.", "the general", "said", "We are ready"),
    ],
    ids=["clause", "according to", "belief", "a poll as source", "quotation"],
)
def test_an_attribution_is_found_with_its_words(found, text, source, cue, content):
    assert [(s, c, t.strip("“”,")) for s, c, t in found(text)] == [(source, cue, content)]


@pytest.mark.model
def test_a_clause_cut_in_two_by_its_cue_has_two_contents(found):
    ((source, cue, content),) = found("The war, the envoy said, must end before winter.")

    assert (source, cue) == ("the envoy", "said")
    assert content.startswith("The war … must end")


@pytest.mark.model
def test_a_plain_report_has_none(found):
    assert found("The train left the station at noon.") == []


@pytest.mark.model
def test_a_higher_threshold_finds_no_more(found):
    text = "Critics worry that the plan, announced on Monday, is weak. He supports it and wants more."

    assert len(found(text, threshold=0.9)) <= len(found(text, threshold=0.1))
    assert found(text, threshold=1.0) == []


def test_weights_are_written_as_they_were_read():
    weights = load_cue_weights()

    again = write_cue_weights(weights, ["note"])

    assert again == write_cue_weights(weights, ["note"])
    assert all(len(weights.parts[part]) > 1000 for part in weights.parts)


@pytest.mark.parametrize("line", ["word\tfeature", "verb\tfeature\t1", "word\tfeature\tx"])
def test_a_malformed_weight_is_named_by_its_line(line):
    with pytest.raises(ModelError, match="line 2"):
        read_cue_weights(f"# note\n{line}\n")
