"""Addresses are fetched where that is asked for, each page once, and what fails costs one line."""

from __future__ import annotations

import gzip
from html import escape

import pytest
from sqlalchemy import select

from detente.errors import ReadError
from detente.ingest.add import add
from detente.ingest.options import AddOptions, Telling
from detente.read.fetch import FetchOptions
from detente.store.check import check
from detente.store.originals import path_of
from detente.store.schema import DOCUMENTS, ORIGINALS, SOURCES
from ingest.samples import article
from ingest.stub_coder import StubCoder
from read.formats import html_page
from read.site import Site
from store.projects import NOW, new_project

# The only way to a server on this machine: the caller's own options. By themselves they refuse it.
HERE = FetchOptions(allow_private=True, delay_seconds=0.0, timeout_seconds=5.0, max_bytes=100_000)
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path / "project") as made:
        yield made


@pytest.fixture
def site():
    site = Site()
    for number in range(6):
        page = html_page(f"Talks of day {number}\n\n{article(number)}")
        site.pages[f"/2018/03/0{number + 1}/talks"] = (200, HTML, page)
    yield site
    site.close()


class Run:
    """One `add`, with what it counted and told."""

    def __init__(self, project, *paths, fetch=HERE):
        self.failures = []
        self.expected = len(paths)
        self.done = 0
        self.coder = StubCoder()
        telling = Telling(self._fail, self._end, self._expect)
        options = AddOptions(fetch=fetch)
        self.counts = add(project, paths, self.coder, now=lambda: NOW, options=options, telling=telling)

    def _fail(self, where, message):
        self.failures.append(message)

    def _end(self, _):
        self.done += 1

    def _expect(self, number):
        self.expected += number


def rows(project, table):
    with project.reading() as connection:
        return [row._asdict() for row in connection.execute(select(table))]


def talks(site, *numbers):
    return [f"{site.origin}/2018/03/0{number + 1}/talks" for number in numbers]


def feed(*addresses):
    items = "".join(f"<item><title>Talks</title><link>{escape(one)}</link></item>" for one in addresses)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Daily</title>{items}</channel></rss>'.encode()


def sitemap(*addresses, root="urlset", child="url"):
    entries = "".join(f"<{child}><loc>{escape(one)}</loc></{child}>" for one in addresses)
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'.encode()


def test_a_page_is_stored_with_its_address_date_and_bytes(project, site):
    (address,) = talks(site, 0)
    run = Run(project, address)

    assert (run.counts.fetched, run.counts.coded, run.counts.events) == (1, 1, 1)
    (document,), (source,), (original,) = (rows(project, table) for table in (DOCUMENTS, SOURCES, ORIGINALS))
    assert (document["url"], document["published"], document["date_source"]) == (address, "2018-03-01", "url")
    assert (source["path"], source["url"]) == (address, address)
    assert source["retrieved_at"] is not None
    kept = path_of(project.originals, original["sha256"], original["name"])
    assert kept.suffix == ".html"
    assert kept.read_bytes() == site.pages["/2018/03/01/talks"][2]
    assert check(project, since=NOW) == []


def test_an_address_without_leave_to_fetch_is_refused_and_nothing_is_asked(project, site):
    with pytest.raises(ReadError, match=r"Address 'http://.*' without --fetch: the network is used only"):
        Run(project, *talks(site, 0), fetch=None)

    assert site.asked == []
    assert rows(project, DOCUMENTS) == []


def test_a_server_on_this_machine_is_refused_unless_the_caller_allows_it(project, site):
    run = Run(project, *talks(site, 0), fetch=FetchOptions(delay_seconds=0.0))

    assert "is not public" in run.failures[0]
    assert site.asked == []


@pytest.mark.parametrize("kind", ["addresses", "feed", "sitemap"])
def test_a_file_that_lists_addresses_is_followed(project, site, tmp_path, kind):
    listed = talks(site, 0, 1, 2)
    files = {
        "addresses": ("list.txt", "\n".join(["# ours", *listed, ""]).encode()),
        "feed": ("feed.xml", feed(*listed)),
        "sitemap": ("sitemap.xml", sitemap(*listed)),
    }
    name, data = files[kind]
    (tmp_path / name).write_bytes(data)
    run = Run(project, tmp_path / name)

    assert (run.counts.coded, run.counts.fetched, run.failures) == (3, 3, [])
    assert run.done == run.expected
    assert [row["url"] for row in rows(project, DOCUMENTS)] == listed


def test_the_address_of_a_feed_is_followed_and_asked_again_for_what_is_new(project, site):
    site.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed(*talks(site, 0, 1)))
    assert Run(project, f"{site.origin}/feed").counts.coded == 2
    site.pages["/feed"] = (200, {}, feed(*talks(site, 2, 1, 0)))
    site.asked.clear()
    again = Run(project, f"{site.origin}/feed")

    assert (again.counts.coded, again.counts.known_addresses, again.coder.seen) == (1, 2, 1)
    assert site.paths() == ["/robots.txt", "/feed", "/2018/03/03/talks"]
    assert again.done == again.expected
    assert len(rows(project, DOCUMENTS)) == 3


def test_an_index_of_packed_sitemaps_is_followed_to_its_pages(project, site):
    inner = [f"{site.origin}/maps/{number}.xml.gz" for number in (0, 1)]
    site.pages["/sitemap.xml"] = (200, {}, sitemap(*inner, root="sitemapindex", child="sitemap"))
    site.pages["/maps/0.xml.gz"] = (200, {}, gzip.compress(sitemap(*talks(site, 0, 1))))
    site.pages["/maps/1.xml.gz"] = (200, {}, sitemap(*talks(site, 1, 2)))
    run = Run(project, f"{site.origin}/sitemap.xml")

    assert (run.counts.coded, run.counts.fetched, run.failures) == (3, 3, [])
    assert run.done == run.expected
    assert [path for path in site.paths() if "talks" in path] == [f"/2018/03/0{day}/talks" for day in (1, 2, 3)]


def test_lists_that_list_lists_without_end_end(project, site):
    for number in range(9):
        site.pages[f"/{number}"] = (200, {}, feed(f"{site.origin}/{number + 1}"))
    site.pages["/circle"] = (200, {}, feed(f"{site.origin}/circle"))
    run = Run(project, f"{site.origin}/0", f"{site.origin}/circle")

    assert len(run.failures) == 1
    assert "more than 3 deep" in run.failures[0]
    assert len(site.paths()) < 8


def test_what_fails_costs_one_line_each_and_the_rest_is_stored(project, site, tmp_path):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\n")
    site.pages["/circle"] = (302, {"Location": "/circle"}, b"")
    site.pages["/large"] = (200, HTML, b"x" * 200_000)
    site.pages["/picture.png"] = (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    site.pages["/empty"] = (200, HTML, b"")
    site.pages["/bomb"] = (200, {}, b'<!DOCTYPE rss [<!ENTITY b "c">]><rss><channel><item><title>&b;</title></item>')
    bad = ["/private/a", "/circle", "/large", "/picture.png", "/empty", "/bomb", "/missing"]
    addresses = [*talks(site, 0), *(site.origin + path for path in bad), *talks(site, 1)]
    (tmp_path / "list.txt").write_text("\n".join(addresses), encoding="utf-8")
    run = Run(project, tmp_path / "list.txt", f"{site.origin}:notaport/", *talks(site, 2))

    assert run.counts.coded == 3
    assert run.counts.failed == len(run.failures) == len(bad) + 1
    told = ["robots.txt", "redirects", "More than 100,000 bytes", "No text in", "", "Declared entities", "Answer 404"]
    for path, words, message in zip(bad, told, run.failures, strict=False):
        assert words in message
        assert path in message
        assert len(message.splitlines()) == 1
    assert run.done == run.expected


def test_pages_that_failed_are_tried_again_and_only_these(project, site):
    addresses = [*talks(site, 0, 1), f"{site.origin}/later"]
    assert Run(project, *addresses).counts.failed == 1
    site.pages["/later"] = (200, HTML, html_page(f"Later\n\n{article(9)}"))
    site.asked.clear()
    again = Run(project, *addresses)

    assert (again.counts.coded, again.counts.known_addresses, again.counts.failed) == (1, 2, 0)
    assert site.paths() == ["/robots.txt", "/later"]


def test_files_and_addresses_may_be_named_together(project, site, tmp_path):
    (tmp_path / "a.txt").write_text(article(7), encoding="utf-8")
    run = Run(project, tmp_path / "a.txt", *talks(site, 0))

    assert (run.counts.files, run.counts.fetched, run.counts.coded) == (1, 1, 2)


def test_a_list_of_addresses_is_no_text_where_nothing_is_fetched(project, site, tmp_path):
    (tmp_path / "list.txt").write_text("\n".join(talks(site, 0, 1)), encoding="utf-8")
    run = Run(project, tmp_path / "list.txt", fetch=None)

    assert len(run.failures) == 1
    assert "A list of addresses in" in run.failures[0]
    assert "--fetch" in run.failures[0]
    assert rows(project, DOCUMENTS) == []
