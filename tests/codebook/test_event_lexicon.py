from pathlib import Path

import pytest

from detente.codebook.codebook import load_codebook, parse_data, read_data
from detente.codebook.event_lexicon import ACTOR, ANY, GRAMMATICAL_SLOTS, KEYS, build_event_lexicon, load_event_lexicon
from detente.errors import DataError

CLASSES = {"talks": ["talk", "negotiation"]}
NOUNS = {"light_verbs": ["hold"], "entries": []}


def build(*verbs, nouns=NOUNS):
    return build_event_lexicon(verbs, nouns, [], CLASSES, load_codebook())


def test_every_type_is_named_by_some_verb_and_some_noun():
    lexicon = load_event_lexicon()

    for index in (lexicon.verbs, lexicon.nouns):
        assert {entry.type for entries in index.values() for entry in entries if not entry.skip} == set(
            load_codebook().types
        )


def test_every_mode_of_material_conflict_is_named_somewhere():
    lexicon = load_event_lexicon()
    named = {
        (entry.type, entry.mode)
        for index in (lexicon.verbs, lexicon.nouns)
        for entries in index.values()
        for entry in entries
    }

    for event_type in ("SANCTION", "COERCE", "ASSAULT", "PROTEST", "RETREAT"):
        modes = set(load_codebook().types[event_type].modes)
        assert modes <= {mode for found, mode in named if found == event_type}


def test_no_entry_stands_behind_one_that_always_fits():
    lexicon = load_event_lexicon()

    for index in (lexicon.verbs, lexicon.nouns, lexicon.adjectives):
        for lemma, entries in index.items():
            for entry in entries[:-1]:
                conditions = (entry.object, entry.preposition, entry.complement, entry.modifiers, entry.light)
                assert any(conditions) or not entry.solo, (lemma, entry.origin)


def test_entries_of_a_lemma_keep_the_order_of_the_file():
    lexicon = build(
        {"lemmas": ["lift"], "type": "RETREAT", "object": ["talks"], "recipient": ["on"]},
        {"lemmas": ["raise", "lift"], "type": "AID", "recipient": ["object"]},
    )

    assert [entry.type for entry in lexicon.verbs["lift"]] == ["RETREAT", "AID"]
    assert lexicon.verbs["lift"][0].origin == "verbs.yaml#1 (lift)"


def test_british_spellings_are_added():
    lexicon = build({"lemmas": ["mobilize", "seize"], "type": "MOBILIZE", "mode": "troops", "solo": True})

    assert set(lexicon.verbs) == {"mobilize", "mobilise", "seize"}


def test_nouns_are_found_by_their_plural_too():
    noun = {"lemmas": ["apology"], "type": "CONCEDE", "recipient": ["to"]}
    lexicon = build(nouns={"light_verbs": ["make"], "entries": [noun]})

    assert set(lexicon.nouns) == {"apology", "apologies"}


def test_the_classes_that_the_coder_decides_on_exist_and_are_empty():
    classes = load_event_lexicon().classes

    assert classes[ACTOR] == classes[ANY] == frozenset()


def test_every_noun_class_is_used():
    lexicon = load_event_lexicon()
    entries = [e for index in (lexicon.verbs, lexicon.nouns, lexicon.adjectives) for es in index.values() for e in es]
    used = {name for e in entries for names in (e.object, *e.preposition.values()) for name in names}

    assert set(lexicon.classes) <= used


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "DEMAND"}, r"Unknown event type 'DEMAND' in verbs.yaml#1 \(meet\)"),
        ({"mode": "visist"}, "Unknown mode of CONSULT 'visist'.*'visit'"),
        ({"object": ["talk"]}, "Unknown noun class 'talk'.*'talks'"),
        ({"recipient": ["objects"]}, "Unknown slot 'objects'.*'object'"),
        ({"preposition": {"whit": []}}, "Unknown preposition 'whit'.*'with'"),
        ({"complement": "infinitiv"}, "Unknown complement 'infinitiv'.*'infinitive'"),
        ({"recipients": ["object"]}, "Unknown key 'recipients'.*'recipient'"),
        ({"status": "past"}, "Unknown status 'past'"),
        ({"solo": "yes"}, "solo 'yes'.*true or false"),
        ({"lemmas": []}, "lemmas"),
        ({"skip": True}, "Key 'type' beside skip"),
        ({"preposition": ["with"]}, "a mapping to noun classes"),
    ],
)
def test_a_mistake_in_an_entry_is_named_with_its_place_and_remedy(change, message):
    entry = {"lemmas": ["meet"], "type": "CONSULT", "recipient": ["object"], **change}

    with pytest.raises(DataError, match=message):
        build(entry)


def test_a_construction_may_be_marked_as_no_act():
    lexicon = build({"lemmas": ["hold"], "object": ["=conference"], "skip": True})

    assert lexicon.verbs["hold"][0].skip
    assert lexicon.verbs["hold"][0].type == ""


@pytest.mark.parametrize(
    ("lemma", "dependent"),
    [("decline", "comment"), ("refuse", "answer"), ("ask", "explain")],
    ids=["comment", "answer", "explanation"],
)
def test_a_refusal_or_question_between_speaker_and_press_is_no_act(lemma, dependent):
    skipped = [entry for entry in load_event_lexicon().verbs[lemma] if entry.skip]

    assert any(dependent in entry.modifiers for entry in skipped)


def test_what_calls_somebody_a_name_stands_before_what_telephones_him():
    entries = load_event_lexicon().verbs["call"]
    phone = next(n for n, entry in enumerate(entries) if entry.mode == "phone" and "monday" in entry.modifiers)

    assert any("insult" in entry.object for entry in entries[:phone])
    assert any("honor" in entry.object for entry in entries[:phone])
    assert any(entry.skip and entry.complement == "clause" for entry in entries[:phone])


@pytest.mark.parametrize("lemma", ["assist", "help", "defend", "reassure"])
def test_words_of_everyday_use_ask_for_an_object_they_can_be_done_to(lemma):
    entries = [entry for entry in load_event_lexicon().verbs[lemma] if not entry.skip]

    assert ACTOR in entries[0].object


def test_a_single_word_may_stand_for_a_class():
    lexicon = build({"lemmas": ["go"], "type": "PROTEST", "preposition": {"on": ["=strike"]}, "solo": True})

    assert lexicon.verbs["go"][0].preposition["on"] == ("=strike", "=strikes")


def test_no_lemma_is_listed_twice_in_one_entry():
    for name in ("verbs.yaml", "adjectives.yaml"):
        for number, row in enumerate(read_data(name), start=1):
            assert len(row["lemmas"]) == len(set(row["lemmas"])), (name, number)
    for number, row in enumerate(read_data("nouns.yaml")["entries"], start=1):
        assert len(row["lemmas"]) == len(set(row["lemmas"])), number


def test_the_example_in_the_reference_is_valid_and_names_every_key_and_slot():
    text = (Path(__file__).parents[2] / "docs/reference/lexicon.md").read_text("utf-8")
    example = parse_data(text.split("```yaml")[1].split("```")[0], "lexicon.md")

    build_event_lexicon(example, NOUNS, [], {"sanctions": ["sanction"]}, load_codebook())
    for name in KEYS | GRAMMATICAL_SLOTS:
        assert f"`{name}`" in text
