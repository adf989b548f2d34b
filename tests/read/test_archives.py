"""Archives are opened within bounds, and nothing in them leads out of them."""

import bz2
import gzip
import io
import struct
import tarfile
import zipfile

import pytest

from detente.read import Failure, Limits, Read, ReadOptions
from read.formats import jsonl, read_bytes, tarred, zipped

ENGLISH = b"Pakistan and Russia agreed on Tuesday to hold joint exercises in the autumn, officials said."


def messages(found):
    return [one.message for one in found if isinstance(one, Failure)]


def members(found):
    return [one.source.member for one in found if isinstance(one, Read)]


@pytest.mark.parametrize(
    "name", ["../a.txt", "deep/../../a.txt", "/etc/passwd", "..\\a.txt", "C:\\a.txt", "C:/a.txt", "\\\\host\\a.txt"]
)
def test_names_that_lead_out_are_refused_and_the_rest_is_read(tmp_path, name):
    found = read_bytes(tmp_path, "a.zip", zipped({name: ENGLISH, "b.txt": ENGLISH}))

    assert "A name that leads out of the archive" in messages(found)[0]
    assert members(found) == [("b.txt",)]
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


def test_names_that_lead_out_of_a_tar_are_refused(tmp_path):
    found = read_bytes(tmp_path, "a.tar", tarred({"../a.txt": ENGLISH, "b.txt": ENGLISH}))

    assert "A name that leads out of the archive" in messages(found)[0]
    assert members(found) == [("b.txt",)]


def test_links_and_devices_are_refused(tmp_path):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            member = tarfile.TarInfo("link.txt")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)

    found = read_bytes(tmp_path, "a.tar", stream.getvalue())

    assert [message.partition(" at ")[0] for message in messages(found)] == ["A link or device"] * 4


def test_hidden_files_and_those_of_macos_are_left_out(tmp_path):
    names = (".DS_Store", "__MACOSX/._a.txt", "deep/.b.txt", "c.txt")

    assert members(read_bytes(tmp_path, "a.zip", zipped(dict.fromkeys(names, ENGLISH)))) == [("c.txt",)]


def test_a_bomb_is_stopped_at_its_ratio(tmp_path):
    bomb = zipped({f"{number}.txt": b"a " * 5_000_000 for number in range(20)})

    found = read_bytes(tmp_path, "a.zip", bomb)

    assert len(bomb) < 250_000
    assert "Far more unpacked than packed data" in messages(found)[-1]
    # Ten megabytes each, and fifty at most.
    assert len(found) == 6


def test_a_bomb_in_archives_in_each_other_spends_one_budget(tmp_path):
    inner = zipped({"a.txt": b"a " * 500_000})
    limits = Limits(unpacked_floor_bytes=1_500_000, ratio=10)

    found = read_bytes(
        tmp_path, "a.zip", zipped({"1.zip": inner, "2.zip": inner, "3.txt": ENGLISH}), ReadOptions(limits=limits)
    )

    assert members(found) == [("1.zip", "a.txt")]
    assert "Far more unpacked" in messages(found)[-1]


def test_a_large_member_is_refused_and_the_next_one_read(tmp_path):
    limits = ReadOptions(limits=Limits(document_bytes=1_000))

    found = read_bytes(tmp_path, "a.zip", zipped({"a.txt": b"word " * 1_000, "b.txt": ENGLISH}), limits)

    assert "More than 1,000 bytes in" in messages(found)[0]
    assert "a.zip > a.txt" in messages(found)[0]
    assert members(found) == [("b.txt",)]


def test_archives_in_each_other_are_opened_to_a_depth(tmp_path):
    data = ENGLISH
    for _ in range(4):
        data = gzip.compress(data)

    (failure,) = read_bytes(tmp_path, "a.txt.gz.gz.gz.gz", data)
    (read,) = read_bytes(tmp_path, "b.gz", gzip.decompress(data))

    assert "Archives 4 deep" in failure.message
    assert read.document.text == ENGLISH.decode()


def test_an_archive_in_an_archive_is_read(tmp_path):
    inner = tarred({"deep/a.jsonl": jsonl({"text": ENGLISH.decode()})}, "w:gz")

    assert members(read_bytes(tmp_path, "a.zip", zipped({"b.tar.gz": inner}))) == [
        ("b.tar.gz", "b.tar", "deep/a.jsonl", "line 1")
    ]


def test_a_cut_gzip_gives_what_is_whole_and_then_the_fault(tmp_path):
    rows = jsonl(*({"text": f"{ENGLISH.decode()} {number}"} for number in range(2_000)))
    packed = gzip.compress(rows)

    found = read_bytes(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2])

    assert len(members(found)) > 500
    assert "Damaged data in" in messages(found)[-1]
    assert len(messages(found)) == 1


@pytest.mark.parametrize("cut", [gzip.compress(ENGLISH * 9)[:40], bz2.compress(ENGLISH)[:30], gzip.compress(b"")[:3]])
def test_a_cut_text_is_refused_whole(tmp_path, cut):
    (failure,) = read_bytes(tmp_path, "a.txt.gz", cut)

    assert "Damaged data in" in failure.message


def test_a_cut_zip_is_refused(tmp_path):
    (failure,) = read_bytes(tmp_path, "a.zip", zipped({"a.txt": ENGLISH})[:-30])

    assert "Damaged data in" in failure.message


def test_a_cut_tar_gives_what_is_whole_and_then_the_fault(tmp_path):
    whole = tarred({"a.txt": ENGLISH, "b.txt": ENGLISH * 10})

    found = read_bytes(tmp_path, "a.tar", whole[:1800])

    assert members(found) == [("a.txt",)]
    assert "Damaged data in" in messages(found)[-1]


def test_a_member_with_a_wrong_checksum_is_refused_and_the_next_one_read(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", ENGLISH)
        archive.writestr("b.txt", ENGLISH)
    data = bytearray(stream.getvalue())
    data[data.index(ENGLISH)] ^= 1

    found = read_bytes(tmp_path, "a.zip", bytes(data))

    assert "Bad CRC-32" in messages(found)[0]
    assert members(found) == [("b.txt",)]


def test_an_encrypted_member_is_refused_and_the_next_one_read(tmp_path):
    data = bytearray(zipped({"a.txt": ENGLISH, "b.txt": ENGLISH}))
    flags = data.index(b"PK\x01\x02") + 8
    struct.pack_into("<H", data, flags, 1)

    found = read_bytes(tmp_path, "a.zip", bytes(data))

    assert "An encrypted file" in messages(found)[0]
    assert members(found) == [("b.txt",)]


def test_names_with_control_characters_are_shown_harmlessly(tmp_path):
    found = read_bytes(tmp_path, "a.tar", tarred({"a\x1b[2J.txt": ENGLISH}))

    assert members(found) == [("a\ufffd[2J.txt",)]


@pytest.mark.parametrize(
    ("names", "program"),
    [
        (("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
        (("mimetype", "content.xml"), "OpenOffice"),
        (("META-INF/container.xml",), "an e-book reader"),
    ],
)
def test_files_of_other_programs_are_refused_by_name(tmp_path, names, program):
    (failure,) = read_bytes(tmp_path, "a.zip", zipped(dict.fromkeys(names, b"x")))

    assert f"A file of {program}" in failure.message


def test_an_empty_archive_holds_nothing(tmp_path):
    assert read_bytes(tmp_path, "a.zip", zipped({})) == []
