import json

import pytest
from typer.testing import CliRunner

from detente.cli.main import app

TEXT = "The minister said that the talks had failed."
ROW = {
    "id": "a",
    "published": "2020-05-01",
    "text": TEXT,
    "attributions": [{"source": [[0, 12]], "cue": [[13, 17]], "content": [[18, 43]]}],
}


@pytest.mark.model
def test_figures_of_both_finders_are_printed(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(ROW), encoding="utf8")

    done = CliRunner().invoke(app, ["score", "polnear", str(path), "--json", "--model", "en_core_web_sm"])
    found = json.loads(done.stdout)

    assert done.exit_code == 0
    assert found["articles"] == 1
    for finder in found["finders"].values():
        figures = {(one["part"], one["way"]): one["f1"][0] for one in finder["figures"]}
        assert figures["relation", "overlap"] == 1.0


def test_a_malformed_file_is_refused(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("{}", encoding="utf8")

    done = CliRunner().invoke(app, ["score", "polnear", str(path)])

    assert done.exit_code == 2
    assert "line 1" in done.stderr
