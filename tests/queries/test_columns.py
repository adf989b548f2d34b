"""Columns tell what the records tell, and the table made from them is the Builder's."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

import make
from detente.codebook.codebook import load_codebook
from detente.interchange import rows
from detente.measure.build import Builder
from detente.measure.reports import COLUMNS
from detente.queries import each_record, found_alone
from detente.queries.columns import read_columns
from detente.queries.reports import reports_of_columns
from detente.records import Attribution, Document, Entity, Evidence
from detente.store.corrections import correct, reject
from detente.store.entities import Renamings
from detente.store.log import Author
from detente.store.project import create_project
from detente.store.renaming import merge_entities
from detente.store.rows import insert_rows
from detente.store.runs import start_run
from detente.store.schema import COPIES, HAPPENINGS, REPORTS
from detente.store.writer import add_document, write_coding

NOW = "2026-01-01T00:00:00Z"
BY = Author("maria", NOW)
ENTITIES = (
    *(make.entity(code, name=code.title()) for code in ("PAK", "RUS", "IND", "CHN")),
    Entity("SCO", "Shanghai Cooperation Organisation", "organisation"),
    Entity("khawaja-asif", "Khawaja Asif", "person", country="PAK", sector="GOV"),
    Entity("elvis", "Elvis", "person"),
    Entity("PAK:MIL", "Army", "group", country="PAK", sector="MIL"),
    Entity("UNK:REB", "Rebels", "group"),
)
DATES = ("2018-03-02", "2018-02", "2017", "2017/2018", "2016-05-03/2016-06", "../2016-05", None)
PUBLISHED = ("2018-03-05", "2018-04", "2017", None)
SENTENCE = "These two words name what was done in the place and on the day."


def told(dice, document, at):
    ids = [entity.id for entity in ENTITIES]
    kind = dice.choice(sorted(load_codebook().types))
    modes = sorted(load_codebook().types[kind].modes)
    span = Evidence.of(document, at, at + len(SENTENCE))
    actors = tuple(dice.sample(ids, dice.randint(1, 3)))
    event = make.event(
        SENTENCE, "words", document, actors=actors, recipients=tuple(dice.sample(ids, dice.randint(0, 2))),
        type=kind, status=dice.choice(["actual", "actual", "historical", "proposed", "negated"]),
        date=dice.choice(DATES), attribution=Attribution(dice.choice([(), ("SCO",)]), dice.choice([None, True])),
        modes=tuple(modes[: dice.randint(0, 2)]), probability=dice.choice([None, 0.5]),
    )  # fmt: skip
    return replace(event, evidence=span, trigger=span)


def put(project, dice, number, copy_of=None):
    """A document of six events; a copy has the same words and the same events in another place."""
    seed, first = (number, "") if copy_of is None else (copy_of, "Reprint. ")
    own = random.Random(seed)
    text = first + " ".join([SENTENCE] * 6) + f" Document {seed}."
    document = Document(f"doc-{number}", text, publisher=own.choice(["A", "B", None]), published=own.choice(PUBLISHED))
    events = tuple(told(own, document, len(first) + place * (len(SENTENCE) + 1)) for place in range(6))
    events = tuple({event.id: event for event in events}.values())
    with project.writing() as connection:
        run = start_run(connection, "add", {}, started_at=NOW)
        key = add_document(connection, document, run_key=run, date_source="flag", state="coded", reason=None)
        write_coding(connection, key, make.coded(document, entities=ENTITIES, events=events), Renamings())
        if copy_of is not None:
            insert_rows(connection, COPIES, [{"document_key": key, "original_key": copy_of + 1, "similarity": 0.9}])


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Forty documents, a quarter of them copies, with records corrected and rejected and an actor merged."""
    with create_project(tmp_path_factory.mktemp("columns") / "project", created_at=NOW) as made:
        dice = random.Random(4)
        for number in range(40):
            put(made, dice, number, copy_of=number - 1 if number % 4 == 3 else None)
        ids = [found.id for found in each_record(made, "event")]
        with made.writing() as connection:
            for one in ids[::9]:
                reject(connection, one, BY)
            for one in ids[4::9]:
                correct(connection, one, {"type": "AID", "recipient": ["CHN"], "date": "2015-01-09"}, BY)
            merge_entities(connection, "elvis", "IND", BY)
        yield made


@pytest.fixture(scope="module")
def columns(project):
    return read_columns(project)


@pytest.fixture(scope="module")
def made(columns):
    return reports_of_columns(columns)


@pytest.fixture(scope="module")
def slowly(project):
    """The same by way of the records."""
    stories, builder = {}, None
    builder = Builder(stories=stories)
    for found in each_record(project, "event"):
        for row in rows(found_alone(found)):
            same = (found.copy_of or found.document.id, row["type"], row["actors"], row["recipients"], row["quote"])
            stories[found.id] = "|".join(map(str, same))
            builder.add({**row, "id": found.id})
    return builder.build()


@pytest.mark.parametrize("name", [name for name in COLUMNS if name != "story"])
def test_the_table_is_that_of_the_builder(made, slowly, name):
    assert getattr(made[0], name).tolist() == getattr(slowly.reports, name).tolist()
    assert made[0].names == slowly.reports.names


def test_reports_share_a_story_as_with_the_builder(made, slowly):
    both = set(zip(made[0].story.tolist(), slowly.reports.story.tolist(), strict=True))

    assert len(both) == len(set(made[0].story.tolist())) == len(set(slowly.reports.story.tolist()))
    assert len(both) < len(set(slowly.reports.record.tolist()))


def test_what_is_left_out_is_counted_as_by_the_builder(made, slowly):
    assert made[2] == dict(slowly.left_out)
    assert min(made[2].values()) > 0


def test_the_events_of_a_pair_are_those_of_its_reports(columns, made):
    reports, paired, _ = made
    for place, pair in enumerate(paired.pairs):
        sides = [
            sorted((reports.names[a], reports.names[b])) for a, b in zip(reports.actor, reports.recipient, strict=True)
        ]
        expected = {record for both, record in zip(sides, reports.record, strict=True) if both == list(pair)}
        listed = [columns.id[row] for row in paired.rows_of(place)]
        assert listed == sorted(expected)


def test_columns_tell_what_the_records_tell(project, columns):
    for found in each_record(project, "event"):
        row = columns.id.tolist().index(found.id)
        claimed = bool(found.record.attribution.sources) and found.record.attribution.endorsed is not True
        publisher = columns.publishers[columns.publisher[row]] if columns.publisher[row] >= 0 else None
        assert columns.claimed[row] == claimed
        assert publisher == found.document.publisher


def test_events_that_were_linked_are_one_story_whatever_their_words(project, tmp_path):
    with create_project(tmp_path / "linked", created_at=NOW) as other:
        put(other, random.Random(1), 1)
        before = read_columns(other)
        keys = before.key[:2].tolist()
        with other.writing() as connection:
            happening = {"id": "ha-1", "representative": keys[0], "reports": 2, "independent": 1, "score": 0.9}
            insert_rows(connection, HAPPENINGS, [happening])
            insert_rows(connection, REPORTS, [{"record_key": key, "happening": "ha-1"} for key in keys])

        after = read_columns(other)

    assert before.story[0] != before.story[1]
    assert after.story[0] == after.story[1]


def test_a_project_without_records_has_empty_columns(tmp_path):
    with create_project(tmp_path / "empty", created_at=NOW) as other:
        columns = read_columns(other)
        reports, paired, left_out = reports_of_columns(columns)

    assert (len(columns), len(reports), paired.pairs, left_out) == (0, 0, (), {})
    assert columns.rows_of(np.array([3])).tolist() == []
