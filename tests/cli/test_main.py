"""The command as a whole: help, version, schema, and its page in the documentation."""

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from detente.cli.main import app
from detente.interchange import record_schema

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
COMMANDS = typer.main.get_command(app).commands


def test_version_names_the_program():
    assert re.fullmatch(r"detente \d+\.\d+\.\d+\S*\n", CliRunner().invoke(app, ["--version"]).stdout)


def test_schema_is_printed_as_json():
    assert json.loads(CliRunner().invoke(app, ["schema"]).stdout) == record_schema()


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=lambda command: " ".join(command))
def test_help_shows_an_example(command):
    result = CliRunner().invoke(app, [*command, "--help"])

    assert result.exit_code == 0
    assert "detente " in result.stdout.splitlines()[-1]


def test_an_unknown_command_is_wrong_usage():
    assert CliRunner().invoke(app, ["decode"]).exit_code == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name):
    section = re.search(rf"^## detente {name}\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.M | re.S)

    assert section is not None
    for parameter in COMMANDS[name].params:
        names = parameter.opts if parameter.param_type_name == "option" else [parameter.metavar]
        for option in names:
            assert f"`{option}" in section[1], f"{option} of detente {name} is missing in docs/reference/cli.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_documents_no_option_that_is_gone(name):
    section = re.search(rf"^## detente {name}\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    known = {option for parameter in COMMANDS[name].params for option in parameter.opts} | {"--help", "-h"}

    assert set(re.findall(r"^\| `(--[a-z-]+)", section[1], re.M)) <= known
