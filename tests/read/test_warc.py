"""Web archives give the pages that servers answered with."""

import gzip

from detente.read import Failure, Limits, Read, ReadOptions
from read.formats import ADDRESS, html_page, pdf, read_bytes, sample, warc

PAGE = (ADDRESS, "text/html; charset=utf-8", html_page(sample()))


def test_a_page_has_its_address_and_the_time_it_was_got(tmp_path):
    (read,) = read_bytes(tmp_path, "a.warc", warc(PAGE))

    assert (read.document.text, read.document.url) == (sample(), ADDRESS)
    assert read.source.member == (ADDRESS,)
    assert read.source.retrieved_at == "2018-03-03T04:05:06Z"
    assert read.original == html_page(sample())


def test_pictures_and_answers_without_a_page_are_passed_over(tmp_path):
    answers = [
        ("https://x.example/a.png", "image/png", b"\x89PNG"),
        ("https://x.example/b", "text/html", b"Not found", "404 Not Found"),
        PAGE,
        ("https://x.example/c.pdf", "application/pdf", pdf(sample())),
    ]

    found = read_bytes(tmp_path, "a.warc", warc(*answers))

    assert [one.source.member for one in found] == [(ADDRESS,), ("https://x.example/c.pdf",)]
    assert {one.document.text for one in found} == {sample()}


def test_each_record_may_be_packed_by_itself(tmp_path):
    data = gzip.compress(warc(PAGE)) + gzip.compress(warc(PAGE))

    assert len(read_bytes(tmp_path, "a.warc.gz", data)) == 2


def test_what_the_server_says_of_the_encoding_wins(tmp_path):
    page = html_page(sample().replace("ceremony", "ceremony “so”")).decode().replace("utf-8", "us-ascii")

    (read,) = read_bytes(tmp_path, "a.warc", warc((ADDRESS, "text/html; charset=windows-1252", page.encode("cp1252"))))

    assert "ceremony “so”" in read.document.text
    assert read.source.notes == ("decoded as windows-1252",)


def test_a_page_beyond_the_limit_is_named_and_the_next_one_read(tmp_path):
    large = ("https://x.example/large", "text/html", html_page(sample() + "x" * 20_000))

    found = read_bytes(tmp_path, "a.warc", warc(large, PAGE), ReadOptions(limits=Limits(document_bytes=10_000)))

    assert [type(one) for one in found] == [Failure, Read]
    assert "https://x.example/large" in found[0].message


def test_a_broken_record_is_told_after_those_before_it(tmp_path):
    found = read_bytes(tmp_path, "a.warc", warc(PAGE) + b"WARC/9 nonsense\r\nno header\r\n\r\n" + warc(PAGE))

    assert isinstance(found[0], Read)
    assert isinstance(found[-1], Failure)


def test_a_cut_record_is_told(tmp_path):
    data = gzip.compress(warc(PAGE)) + gzip.compress(warc(PAGE))[:-300]

    found = read_bytes(tmp_path, "a.warc.gz", data)

    assert isinstance(found[0], Read)
    assert isinstance(found[-1], Failure)
