"""The same text gives the same output: on every run, at any batch size, under any hash seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.resources import files

import pytest

import detente
from detente.interchange import coded_to_json
from detente.records import Document

pytestmark = pytest.mark.model

SAMPLES = ("report.txt", "statement.txt", "opinion.txt")
PROGRAM = """
import hashlib, json, sys
import detente
from detente.interchange import coded_to_json
coder = detente.load("en_core_web_sm")
text = open(sys.argv[1], encoding="utf-8").read()
coded = coded_to_json(coder(text, published="2023-03-11"))
print(hashlib.sha256(json.dumps(coded).encode()).hexdigest())
"""


def documents() -> list[Document]:
    folder = files("detente.samples")
    return [
        Document(id=name, text=folder.joinpath(name).read_text(encoding="utf-8"), published="2023-04-05", language="en")
        for name in SAMPLES
    ]


def test_output_does_not_depend_on_batch_size_or_neighbours(coder: detente.Coder) -> None:
    texts = documents()
    together = [json.dumps(coded_to_json(c)) for c in coder.pipe(texts, batch_size=32)]
    one_by_one = [json.dumps(coded_to_json(c)) for c in coder.pipe(texts, batch_size=1)]
    reversed_order = [json.dumps(coded_to_json(c)) for c in coder.pipe(texts[::-1], batch_size=2)]

    assert together == one_by_one
    assert together == reversed_order[::-1]


@pytest.mark.slow
def test_output_does_not_depend_on_the_hash_seed() -> None:
    sample = str(files("detente.samples").joinpath("opinion.txt"))
    digests = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, sample],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }

    assert len(digests) == 1
    assert next(iter(digests)).strip()
