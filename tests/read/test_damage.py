"""Damaged files give whole documents or one clear line each, never anything else."""

import random

import pytest

from detente.read import Failure, Read
from read.formats import in_all_formats, read_bytes, sample

FORMATS = in_all_formats(sample("statement"))
VARIANTS = 25


def damaged(data, rng):
    """Change, drop, add or repeat bytes at a few places, or cut the rest off."""
    data = bytearray(data)
    for _ in range(rng.choice([1, 2, 5, 20])):
        place, other = rng.randrange(len(data)), rng.randrange(len(data))
        change = rng.randrange(5)
        if change == 0:
            data[place] = rng.randrange(256)
        elif change == 1:
            del data[place : place + rng.randrange(1, 200)]
        elif change == 2:
            data[place:place] = rng.randbytes(rng.randrange(1, 50))
        elif change == 3:
            data[place:place] = data[other : other + 100]
        else:
            del data[max(1, place) :]
        data = data or bytearray(b"x")
    return bytes(data)


@pytest.mark.parametrize("name", FORMATS)
def test_a_damaged_file_gives_documents_or_one_clear_line(tmp_path, name, capfd):
    rng = random.Random(name)

    for _ in range(VARIANTS):
        for found in read_bytes(tmp_path, name, damaged(FORMATS[name], rng)):
            assert isinstance(found, Read | Failure)
            if isinstance(found, Failure):
                assert name in found.message
                assert found.message.isprintable()
                assert found.message.endswith(".")

    assert capfd.readouterr() == ("", "")
