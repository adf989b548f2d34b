"""The checks against real relations, on small files of the same form."""

import csv

import numpy as np
import pytest

from detente.errors import DataError
from detente.measure.halves import read_halves
from detente.measure.relations import auc, read_disputes, read_dyad_years, read_rivalries, validate_relations

STATES = {number: f"S{number:02}" for number in range(40)}


def cow(number, year):
    return STATES.get(number)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """States in twelve pairs, the first four of which are hostile, dispute and rival."""
    chance = np.random.default_rng(4)
    path = tmp_path_factory.mktemp("relations")
    counts, events, disputes, rivals = [], [], [], []
    labels = {"good": ["Consult", "Praise or endorse"], "bad": ["Criticize or denounce", "Threaten"]}
    for pair in range(12):
        a, b = 2 * pair, 2 * pair + 1
        hostile = pair < 4
        for year in range(2003, 2011):
            mix = [12, 2, 30, 18] if hostile else [40, 8, 8, 2]
            counts.append([STATES[a], STATES[b], year, *chance.poisson(mix)])
            for day in range(12):
                kind = "bad" if chance.random() < (0.7 if hostile else 0.2) else "good"
                events.append([STATES[a], str(chance.choice(labels[kind])), STATES[b], f"{year}-{day + 1:02}-10"])
            if hostile:
                disputes.append([a, b, year, 1, 4, 0])
        if hostile:
            rivals.append([f"{a}-{b}", f"{a}.0", f"{b}.0", "1990.0", "2020.0"])
    chance.shuffle(events)
    tables = {
        "icews_dyad_years.csv": (
            ["actor", "recipient", "year", "verbal_coop", "material_coop", "verbal_conflict", "material_conflict"],
            counts,
        ),
        "mid_dyad_years.csv": (["ccode1", "ccode2", "year", "gmlmidonset", "hostlev", "fatality"], disputes),
        "rivalries.csv": (["rivalry", "ccode1", "ccode2", "start", "end"], rivals),
    }
    for name, (head, rows) in tables.items():
        with (path / name).open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([head, *rows])
    lines = "\n".join("\t".join(row) for row in events)
    (path / "icews_events_sample.tsv").write_text(lines, encoding="utf-8")
    return path


def test_planted_hostility_is_told_from_friendship(files):
    found = {one.name: one for one in validate_relations(files, cow=cow, named=str)}

    assert found["militarised disputes, AUC"].value > 0.99
    assert found["rivalries, AUC"].passes
    assert found["next year's mix, log loss"].is_ceiling
    assert found["split halves, r within pairs"].others["warmth, pooled"] > 0.8


def test_both_directions_of_a_year_are_added(files, tmp_path):
    path = tmp_path / "years.csv"
    head = "actor,recipient,year,verbal_coop,material_coop,verbal_conflict,material_conflict\n"
    path.write_text(head + "B,A,2001,1,0,0,0\nA,B,2001,2,0,0,1\nA,A,2001,9,9,9,9\n", encoding="utf-8")
    years = read_dyad_years(path)

    assert years.pairs == (("A", "B"),)
    assert years.counts.tolist() == [[[3, 0, 0, 1]]]


def test_only_disputes_with_force_count_and_rivals_only_while_they_are(files, tmp_path):
    disputes = tmp_path / "mid.csv"
    disputes.write_text("ccode1,ccode2,year,hostlev\n0,1,2001,2\n2,3,2001,3\n99,1,2001,5\n", encoding="utf-8")
    rivals = tmp_path / "rivals.csv"
    rivals.write_text("ccode1,ccode2,start,end\n0,1,1990,2001\n", encoding="utf-8")

    assert read_disputes(disputes, cow) == {(("S02", "S03"), 2001)}
    assert read_rivalries(rivals, cow, np.arange(2000, 2005)) == {(("S00", "S01"), 2000), (("S00", "S01"), 2001)}


def test_the_area_under_the_curve_counts_pairs_and_halves_ties():
    assert auc(np.array([3.0, 2, 1, 0]), np.array([1, 1, 0, 0])) == 1
    assert auc(np.array([1.0, 1, 1, 1]), np.array([1, 0, 1, 0])) == 0.5
    assert np.isnan(auc(np.array([1.0]), np.array([1])))


def test_relations_without_a_type_and_unknown_names_are_passed_over(files, tmp_path):
    path = tmp_path / "events.tsv"
    lines = ["A\tMake statement\tB\t2005-01-01", "A\tConsult\tnobody\t2005-01-01", "A\tConsult\tB\t2005-02-01"]
    path.write_text("\n".join([*lines, "A\tConsult\tB\t2005-03-01"]), encoding="utf-8")
    first, second = read_halves(path, {"A": "A", "B": "B"}.get)

    assert (len(first), len(second)) == (0, 2)


def test_a_missing_file_and_a_missing_column_are_named(files, tmp_path):
    with pytest.raises(DataError, match="No file"):
        validate_relations(tmp_path, cow=cow, named=str)
    (tmp_path / "icews_dyad_years.csv").write_text("actor,recipient\n", encoding="utf-8")
    with pytest.raises(DataError, match="No column 'material_conflict'"):
        validate_relations(tmp_path, cow=cow, named=str)
