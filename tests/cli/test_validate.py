"""`detente validate`: figures on demand, and a calibration file of one's own."""

import json

from typer.testing import CliRunner

from detente.cli.validate import validate
from detente.measure.calibration import read_calibration


def run(*args):
    return CliRunner().invoke(validate, [str(arg) for arg in args])


def test_made_up_worlds_are_measured_and_calibrated(tmp_path):
    path = tmp_path / "mine.yaml"
    result = run("synthetic", "--seeds", "31", "--pairs", "10", "--json", "--calibrate", path)

    told = json.loads(result.stdout)
    assert set(told) == {"main", "two_channels"}
    assert told["main"]["pooled"] > 0.5
    assert "seeds 31, 10 pairs" in read_calibration(path).source


def test_seeds_that_are_none_are_refused():
    result = run("synthetic", "--seeds", "many")

    assert result.exit_code == 2
    assert "'many' in --seeds" in result.stderr


def test_a_directory_without_the_files_is_refused(tmp_path):
    result = run("relations", tmp_path)

    assert result.exit_code == 2
    assert "No file" in result.stderr
