"""`detente serve` refuses what would open a project to others by mistake."""

from __future__ import annotations

import socket

import pytest
import typer
from typer.testing import CliRunner

from detente.cli.serve import TOKEN, serve
from store.projects import new_project

app = typer.Typer()
app.command()(serve)


@pytest.fixture
def folder(tmp_path):
    new_project(tmp_path / "project").close()
    return str(tmp_path / "project")


def test_another_address_needs_a_token(folder, monkeypatch):
    monkeypatch.delenv(TOKEN, raising=False)

    result = CliRunner().invoke(app, ["--project", folder, "--host", "0.0.0.0"])

    assert result.exit_code == 2
    assert TOKEN in result.output


def test_a_short_token_is_refused(folder, monkeypatch):
    monkeypatch.setenv(TOKEN, "secret")

    result = CliRunner().invoke(app, ["--project", folder])

    assert result.exit_code == 2
    assert "16" in result.output


def test_a_taken_port_is_told_with_what_to_do(folder, monkeypatch):
    monkeypatch.delenv(TOKEN, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        result = CliRunner().invoke(app, ["--project", folder, "--port", str(port)])

    assert result.exit_code == 1
    assert "--port" in result.output


def test_a_folder_without_project_is_refused(tmp_path):
    result = CliRunner().invoke(app, ["--project", str(tmp_path)])

    assert result.exit_code == 2
    assert "detente init" in result.output
