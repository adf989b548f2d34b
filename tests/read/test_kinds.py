"""The kind of a file is told by its content first and by its name where the content allows several."""

import pytest

from detente.read.kinds import declared_type, is_text, kind_of


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7", "a.txt", "pdf"),
        (b"\0\0junk\n%PDF-1.4", "a", "pdf"),
        (b"a text on %PDF-1.4", "a.txt", "text"),
        (b"PK\x03\x04", "a.docx", "zip"),
        (b"\x1f\x8b\x08", "a", "gzip"),
        (b"WARC/1.0\r\n", "a", "warc"),
        (b"PAR1", "a.csv", "parquet"),
        (b"x" * 257 + b"ustar\x0000", "a", "tar"),
        (b"<!DOCTYPE html><p>", "a.txt", "html"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><!-- x --><html>", "a", "html"),
        (b"<?xml version='1.0'?>\n<rss version='2.0'>", "a.txt", "feed"),
        (b"<rdf:RDF xmlns:rdf=''>", "a.xml", "feed"),
        ("<?xml version='1.0'?><feed>".encode("utf-16"), "a.xml", "feed"),
        (b"<urlset>", "a.xml", "sitemap"),
        (b'{"text": "x"}\n', "a.txt", "jsonl"),
        (b'{\n "text": "x"}', "a.json", "json"),
        (b"{not json}", "a.txt", "text"),
        (b"text,title\n", "a.csv", "csv"),
        (b"text,title\n", "a.txt", "text"),
        (b"From a@b Fri Mar  2 23:30:00 2018\nFrom: a@b\n", "a", "mbox"),
        (b"From here on all was quiet in 2018\n", "a.txt", "text"),
        (b"Received: x\nMIME-Version: 1.0\n\nText", "a", "eml"),
        (b"Date: x\nFrom: y\n\nText", "a", "text"),
        (b"Date: x\nFrom: y\n\nText", "a.eml", "eml"),
        (b"<p>A fragment", "a.html", "html"),
        (b"# Talks", "https://x.example/a.md?raw=1", "markdown"),
        (b"Talks", "a.unknown", "text"),
        (b"\x89PNG\r\n\x1a\n\0", "a.png", None),
        (b"", "a.txt", "text"),
    ],
)
def test_kinds(head, name, kind):
    assert kind_of(head, name) == kind


def test_many_comments_before_nothing_are_told_at_once():
    assert kind_of(b"<!-- x -->" * 6_000 + b"text", "a.txt") == "text"


def test_control_characters_are_no_text_but_for_those_of_texts():
    assert is_text("Zürich\t\r\n\f".encode())
    assert not is_text(b"a\0b")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, ("", None)),
        ("text/HTML", ("text/html", None)),
        ('text/html; Charset="utf-8"', ("text/html", "utf-8")),
    ],
)
def test_declared_types(header, expected):
    assert declared_type(header) == expected
