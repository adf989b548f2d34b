"""A user's additions to the codebook. Each case runs in a process of its own, since additions hold for a process."""

import subprocess
import sys
from pathlib import Path

import pytest

OWN = """
name: water
version: "1"
types:
  SHARE_WATER:
    like: COOPERATE
    score: 6
    meaning: shares a river's water
    modes:
      data: {score: 5, meaning: gives data}
  CONSULT:
    modes:
      commission: {score: 2, meaning: meets in a standing commission}
contexts:
  water: {words: [reservoir], hints: [river]}
verbs:
  - {lemmas: [irrigate], type: SHARE_WATER, recipient: [object]}
noun_classes:
  weapon: [water cannon]
"""


def run(tmp_path: Path, content: str, code: str) -> subprocess.CompletedProcess[str]:
    file = tmp_path / "own.yaml"
    file.write_text(content, encoding="utf-8")
    head = f"from pathlib import Path\nfrom detente.codebook.codebook import *\nfile = Path({str(file)!r})\n"
    return subprocess.run([sys.executable, "-c", head + code], capture_output=True, text=True, check=False)


def test_own_types_modes_contexts_and_words_join_the_shipped_ones(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        OWN,
        """
use_codebook(file)
from detente.codebook.contexts import load_contexts
from detente.codebook.crosswalk import load_crosswalk
from detente.codebook.event_lexicon import load_event_lexicon
book = load_codebook()
kind = book.types["SHARE_WATER"]
print(kind.quad, kind.score, sorted(kind.modes), book.version.endswith("+water.1"))
print("commission" in book.types["CONSULT"].modes, "visit" in book.types["CONSULT"].modes)
code_of = load_crosswalk().code_of
print("water" in load_contexts().order, code_of("SHARE_WATER") == code_of("COOPERATE"))
entry = load_event_lexicon().verbs["irrigate"][0]
print(entry.type, entry.origin)
""",
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "material cooperation 6.0 ['data'] True",
        "True True",
        "True True",
        "SHARE_WATER water verbs#1 (irrigate)",
    ]


def test_the_numbers_of_shipped_entries_stay(tmp_path: Path) -> None:
    code = """
from detente.codebook.event_lexicon import load_event_lexicon
print(load_event_lexicon().verbs["attack"][-1].origin)
"""
    without, with_own = run(tmp_path, OWN, code), run(tmp_path, OWN, "use_codebook(file)\n" + code)
    assert without.stdout == with_own.stdout != ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("version: '1'", "No 'name'"),
        ("name: w\nversion: '1'\nverb: []", "Unknown key 'verb'"),
        ("name: w\nversion: '1'\ntypes: {FLOOD: {score: 1}}", "No known 'like' in your type FLOOD"),
        ("name: w\nversion: '1'\ntypes: {FLOOD: {like: AID, weight: 1}}", "Unknown key 'weight'"),
        ("name: w\nversion: '1'\ntypes: {FLOOD: {like: AID, score: 11}}", "Score 11"),
        ("[1, 2]", "a mapping with the keys"),
    ],
)
def test_a_faulty_file_is_refused_with_its_fault(tmp_path: Path, content: str, message: str) -> None:
    done = run(tmp_path, content, "use_codebook(file)")
    assert message in done.stderr
    assert "DataError" in done.stderr


def test_a_codebook_comes_before_anything_is_loaded(tmp_path: Path) -> None:
    done = run(tmp_path, OWN, "load_codebook()\nuse_codebook(file)")
    assert "in use already" in done.stderr
