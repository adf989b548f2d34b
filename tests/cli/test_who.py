"""`detente who`: text for people, JSON for machines, exit codes."""

import json

import pytest
from typer.testing import CliRunner

from detente.cli.main import app


def run(*args):
    return CliRunner().invoke(app, ["who", *args])


def test_a_name_is_explained_with_the_office_of_the_day():
    result = run("Khawaja Asif", "--on", "2018-02-20")

    assert result.exit_code == 0
    assert "khawaja-asif  Khawaja Asif  [person]" in result.stdout
    assert "in office on that day:\n    Foreign Minister (PAK), 2017-08-04 to 2018-04-26; " in result.stdout


def test_a_long_list_is_cut_and_all_of_it_given_on_demand():
    short, long = run("SCO", "--on", "2018-02-20"), run("SCO", "--on", "2018-02-20", "--all")

    assert "more (--all lists them)" in short.stdout
    assert "more (--all lists them)" not in long.stdout
    assert "UZB Uzbekistan" in long.stdout


def test_a_former_state_and_a_place_are_told_as_such():
    assert "former state, until 1991-12-26, then coded as RUS" in run("USSR", "--on", "2018-02-20").stdout
    assert "at 48.85, 2.35, " in run("Paris", "--on", "2018-02-20").stdout


def test_json_holds_the_same_answer():
    found = json.loads(run("foreign minister of Pakistan", "--on", "2018-02-20", "--format", "json").stdout)

    assert (found["name"], found["on"], found["resolved"]) == ("foreign minister of Pakistan", "2018-02-20", True)
    assert found["candidates"][0]["id"] == "khawaja-asif"
    assert [office["role"] for office in found["candidates"][0]["offices"] if office["held"]] == ["Foreign Minister"]


@pytest.mark.parametrize(
    ("name", "words"), [("Sergei Lavrof", "Sergey Lavrov  (sergey-lavrov, person)"), ("Xqzzt", "no name is like it")]
)
def test_an_unresolved_name_costs_exit_code_one(name, words):
    result = run(name, "--on", "2018-02-20")

    assert result.exit_code == 1
    assert "unresolved" in result.stdout
    assert words in result.stdout


def test_an_unresolved_name_as_json_has_the_nearest_ones():
    result = run("Sergei Lavrof", "--format", "json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["nearest"][0]["id"] == "sergey-lavrov"


@pytest.mark.parametrize("day", ["2018", "yesterday", "2018-02-30"])
def test_a_malformed_day_is_wrong_usage(day):
    result = run("Russia", "--on", day)

    assert result.exit_code == 2
    assert f"Unknown date '{day}' in --on" in result.stderr


def test_actors_of_ones_own_are_known_too(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("name,kind,country,sector\nCoral Front,group,FJI,REB\n", encoding="utf-8")

    assert "coral-front  Coral Front  [group]" in run("Coral Front", "--actors", str(path)).stdout


def test_a_broken_file_of_actors_is_wrong_usage(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("name,kind\nCoral Front,reef\n", encoding="utf-8")
    result = run("Coral Front", "--actors", str(path))

    assert result.exit_code == 2
    assert "Error: Unknown kind 'reef'" in result.stderr
