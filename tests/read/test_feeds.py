"""Feeds give an article an entry; what could grow without end is refused."""

import pytest

from detente.read import Read
from read.formats import ADDRESS, atom, read_bytes, rss, sample

BOMB = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
FOREIGN = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("data", [rss(sample()), atom(sample())], ids=["rss", "atom"])
def test_an_entry_is_an_article_with_its_title_address_and_day(tmp_path, data):
    (read,) = read_bytes(tmp_path, "feed.xml", data)

    document = read.document
    assert (document.text, document.title, document.url) == (sample(), "Talks", ADDRESS)
    assert (document.publisher, document.published) == ("The Daily Example", "2018-03-02")
    assert read.source.member == ("entry 1",)


def test_a_summary_is_told_from_a_whole_text(tmp_path):
    assert read_bytes(tmp_path, "a.rss", rss(sample()))[0].source.notes == ("the feed may give a summary only",)
    assert read_bytes(tmp_path, "a.atom", atom(sample()))[0].source.notes == ()


def test_an_entry_without_text_is_named_and_the_next_one_read(tmp_path):
    empty, read = read_bytes(tmp_path, "a.rss", rss("", sample()))

    assert "No text in" in empty.message
    assert "entry 1" in empty.message
    assert isinstance(read, Read)


@pytest.mark.parametrize("head", [BOMB, FOREIGN, FOREIGN.lower().replace("<!", "<! ")], ids=["bomb", "file", "odd"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_declares_entities_is_refused(tmp_path, head, encoding):
    data = rss("&lol9; Pakistan met Russia.", head=head).decode().encode(encoding)

    (failure,) = read_bytes(tmp_path, "a.rss", data)

    assert "Declared entities in the XML" in failure.message


@pytest.mark.parametrize("data", [b"<rss", b"<?xml version='1.0'?><rss version='2.0'></rss>", b"\0\1\2"])
def test_a_feed_without_entries_is_refused(tmp_path, data):
    (failure,) = read_bytes(tmp_path, "a.rss", data)

    assert "No entries in the feed" in failure.message


def test_a_feed_that_is_cut_gives_the_entries_that_are_whole(tmp_path):
    data = rss(sample(), sample())

    found = read_bytes(tmp_path, "a.rss", data[: data.index(b"<item>") + len(data) // 2])

    assert found[0].document.text == sample()


def test_an_address_in_place_of_a_feed_is_not_opened(tmp_path, monkeypatch):
    def connect(*_):
        raise AssertionError("the network was opened")

    monkeypatch.setattr("socket.socket.connect", connect)

    (failure,) = read_bytes(tmp_path, "a.rss", b"http://127.0.0.1/feed.rss")

    assert "No entries in the feed" in failure.message


def test_a_sitemap_is_a_list_of_addresses_that_files_are_not_read_from(tmp_path):
    data = b"<?xml version='1.0'?><urlset><url><loc>https://x.example/a</loc></url></urlset>"

    (failure,) = read_bytes(tmp_path, "sitemap.xml", data)

    assert "A list of 1 addresses" in failure.message
    assert "detente add --fetch" in failure.message
