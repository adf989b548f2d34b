"""Fetching is polite, bounded, and keeps away from private addresses; all against a server on this machine."""

import gzip
import ipaddress
import socket

import pytest

from detente.errors import ReadError
from detente.read.feeds import listed_addresses
from detente.read.fetch import Fetched, Fetcher, FetchOptions, Unchanged, Validators, read_fetched
from detente.read.guard import is_public, public_addresses
from detente.read.sources import Failure, Read
from read.formats import atom, html_page, rss, sample
from read.site import Site


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self):
        self.seconds = 0.0
        self.pauses = []

    def __call__(self):
        return self.seconds

    def sleep(self, seconds):
        self.pauses.append(seconds)
        self.seconds += seconds


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def fetch(clock):
    def _fetch(*addresses, known=None, **options):
        wanted = FetchOptions(**{"allow_private": True, "timeout_seconds": 5.0, **options})
        with Fetcher(wanted, now=lambda: "2026-07-01T00:00:00Z", clock=clock, sleep=clock.sleep) as fetcher:
            return list(fetcher.fetch(addresses, known))

    return _fetch


def only_message(results):
    (failure,) = results
    assert isinstance(failure, Failure)
    return failure.message


def test_a_page_is_fetched_and_read_with_its_address(site, fetch):
    site.pages["/2018/03/02/talks"] = (200, {"Content-Type": "text/html; charset=utf-8"}, html_page(sample()))

    (fetched,) = fetch(f"{site.origin}/2018/03/02/talks")
    (read,) = read_fetched(fetched)

    assert isinstance(read, Read)
    assert read.document.text == sample()
    assert read.document.url == read.source.path == f"{site.origin}/2018/03/02/talks"
    assert (read.document.published, read.source.date_source) == ("2018-03-02", "url")
    assert read.source.retrieved_at == "2026-07-01T00:00:00Z"


def test_our_name_is_told_and_nothing_else_of_us(site, fetch):
    site.pages["/a"] = (200, {}, b"Text")

    fetch(f"{site.origin}/a")

    headers = site.asked[-1][1]
    assert headers["User-Agent"].startswith("detente/")
    assert headers["Host"] == site.origin.removeprefix("http://")
    assert set(headers) == {"User-Agent", "Host", "Accept", "Accept-Encoding", "Connection"}


def test_a_server_on_this_machine_is_refused_by_itself(site, fetch):
    message = only_message(fetch(f"{site.origin}/a", allow_private=False))

    assert "127.0.0.1 of host '127.0.0.1' is not public" in message
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 ::
    fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2002:a9fe:a9fe::""".split(),
)
def test_addresses_that_are_not_of_the_public_internet_are_known(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14"])
def test_public_addresses_are_known(address):
    assert is_public(ipaddress.ip_address(address))


def resolving_to(monkeypatch, *answers):
    """Let names resolve to each list of addresses in turn, and the last one from then on."""
    left = list(answers)

    def getaddrinfo(host, port, **_):
        addresses = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr("detente.read.guard.getaddrinfo", getaddrinfo)


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    resolving_to(monkeypatch, ["93.184.215.14", "10.0.0.1"])

    with pytest.raises(ReadError, match=r"10\.0\.0\.1 of host 'news\.example' is not public"):
        public_addresses("news.example", 80)


def test_the_address_that_was_checked_is_the_one_connected_to(site, fetch, monkeypatch):
    site.pages["/a"] = (200, {}, b"Text")
    resolving_to(monkeypatch, ["127.0.0.1"])

    (fetched,) = fetch(f"http://news.example:{site.server.server_port}/a")

    assert isinstance(fetched, Fetched)
    assert site.asked[-1][1]["Host"] == f"news.example:{site.server.server_port}"


def test_a_name_that_turns_private_after_robots_txt_is_refused(site, fetch, monkeypatch):
    site.pages["/a"] = (200, {}, b"Text")
    monkeypatch.setattr("detente.read.guard.is_public", lambda address: str(address) == "127.0.0.1")
    resolving_to(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])

    message = only_message(fetch(f"http://news.example:{site.server.server_port}/a", allow_private=False))

    assert "10.0.0.1 of host 'news.example' is not public" in message
    assert site.paths() == ["/robots.txt"]


def test_redirects_are_followed_and_the_last_address_kept(site, fetch):
    site.pages["/a"] = (301, {"Location": "/b"}, b"")
    site.pages["/b"] = (302, {"Location": f"{site.origin}/c"}, b"")
    site.pages["/c"] = (200, {}, b"Text")

    (fetched,) = fetch(f"{site.origin}/a")

    assert (fetched.address, fetched.url, fetched.data) == (f"{site.origin}/a", f"{site.origin}/c", b"Text")


def test_a_redirect_to_a_private_address_is_refused(site, fetch, monkeypatch):
    site.pages["/a"] = (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b"")
    monkeypatch.setattr("detente.read.guard.is_public", lambda address: str(address) == "127.0.0.1")

    message = only_message(fetch(f"{site.origin}/a", allow_private=False))

    assert "169.254.169.254" in message


def test_redirects_in_a_circle_end(site, fetch):
    site.pages["/a"] = (302, {"Location": "/a"}, b"")

    assert "More than 2 redirects" in only_message(fetch(f"{site.origin}/a", max_redirects=2))
    assert site.paths().count("/a") == 3


@pytest.mark.parametrize(
    "address",
    [
        "ftp://x.example/a",
        "file:///etc/passwd",
        "news.example",
        "http://",
        "http://[::1",
        "http://x:99999/",
        "http://u:p@x/",
    ],
)
def test_what_is_no_web_address_is_refused_and_a_password_not_shown(fetch, address):
    message = only_message(fetch(address))

    assert message.startswith(("Address", "A password"))
    assert "u:p" not in message


def test_robots_txt_is_asked_once_and_obeyed(site, fetch):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\n")
    site.pages |= {path: (200, {}, b"Text") for path in ("/a", "/b", "/private/c")}

    a, b, c = fetch(*(site.origin + path for path in ("/a", "/b", "/private/c")))

    assert isinstance(a, Fetched)
    assert isinstance(b, Fetched)
    assert "robots.txt" in c.message
    assert site.paths() == ["/robots.txt", "/a", "/b"]


def test_robots_txt_may_forbid_us_alone(site, fetch):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: detente\nDisallow: /\n\nUser-agent: *\nAllow: /\n")

    assert "Forbidden address" in only_message(fetch(f"{site.origin}/a"))


def test_a_host_that_cannot_tell_its_rules_is_left_alone_for_good(site, fetch):
    site.pages["/robots.txt"] = (503, {}, b"")

    first, second = fetch(f"{site.origin}/a", f"{site.origin}/b")

    assert "Answer 503" in first.message
    assert "Answer 503" in second.message
    assert site.paths() == ["/robots.txt"]


def test_requests_to_one_host_are_spaced(site, fetch, clock):
    site.pages |= {"/a": (200, {}, b"Text"), "/b": (200, {}, b"Text")}

    fetch(f"{site.origin}/a", f"{site.origin}/b", delay_seconds=1.5)

    assert clock.pauses == [1.5, 1.5]


def test_the_delay_that_robots_txt_asks_for_is_kept(site, fetch, clock):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    site.pages |= {"/a": (200, {}, b"Text"), "/b": (200, {}, b"Text")}

    fetch(f"{site.origin}/a", f"{site.origin}/b")

    assert clock.pauses == [1.0, 7.0]


def test_what_did_not_change_is_not_sent_again(site, fetch):
    site.pages["/a"] = (200, {"ETag": '"1"'}, b"Text")
    (fetched,) = fetch(f"{site.origin}/a")

    (again,) = fetch(f"{site.origin}/a", known={f"{site.origin}/a": fetched.validators})

    assert fetched.validators == Validators('"1"', None)
    assert again == Unchanged(f"{site.origin}/a", "2026-07-01T00:00:00Z")


def test_an_answer_that_is_too_large_is_refused(site, fetch):
    site.pages["/a"] = (200, {}, b"x" * 2_000)

    assert "More than 1,000 bytes" in only_message(fetch(f"{site.origin}/a", max_bytes=1_000))


def test_a_packed_answer_is_unpacked_within_the_limit(site, fetch):
    site.pages["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"Text"))
    site.pages["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 50_000_000))

    fetched, bomb = fetch(f"{site.origin}/a", f"{site.origin}/bomb", max_bytes=100_000)

    assert fetched.data == b"Text"
    assert "More than 100,000 bytes" in bomb.message


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "gzip"}, b"no gzip"),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"Text" * 100)[:-12]),
        ({"Content-Encoding": "br"}, b"Text"),
    ],
    ids=["no gzip", "cut", "another packing"],
)
def test_a_damaged_answer_is_refused(site, fetch, headers, body):
    site.pages["/a"] = (200, headers, body)

    assert f"from '{site.origin}/a'" in only_message(fetch(f"{site.origin}/a"))


def test_a_slow_answer_is_given_up(site, fetch, clock, monkeypatch):
    site.pages["/a"] = (200, {}, b"Text")
    monkeypatch.setattr(Clock, "__call__", lambda self: setattr(self, "seconds", self.seconds + 10) or self.seconds)

    assert "it is too slow" in only_message(fetch(f"{site.origin}/a", total_seconds=1.0))


def test_what_the_server_has_not_is_told_and_the_rest_is_fetched(site, fetch):
    site.pages |= {"/b": (200, {}, b"Text"), "/c": (429, {"Retry-After": "30"}, b"")}

    missing, there, later = fetch(*(site.origin + path for path in ("/a", "/b", "/c")))

    assert "Answer 404" in missing.message
    assert there.data == b"Text"
    assert "It asks to wait for 30" in later.message


def test_a_host_that_does_not_answer_is_told(fetch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

    assert f"No answer from 'http://127.0.0.1:{port}/robots.txt'" in only_message(fetch(f"http://127.0.0.1:{port}/a"))


SITEMAP = (
    b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>'
    b"https://x.example/a </loc></url><url><loc>javascript:alert(1)</loc></url><url><loc>https://x.example/b</loc>"
    b"</url></urlset>"
)


@pytest.mark.parametrize(
    ("data", "addresses"),
    [
        (SITEMAP, ["https://x.example/a", "https://x.example/b"]),
        (
            b"# ours\nhttps://x.example/a\n\nhttps://x.example/b\nhttps://x.example/a\n",
            ["https://x.example/a", "https://x.example/b"],
        ),
        (rss("One"), ["https://news.example.org/world/talks"]),
        (atom("One"), ["https://news.example.org/world/talks"]),
    ],
    ids=["sitemap", "list", "rss", "atom"],
)
def test_addresses_are_listed_from_sitemaps_lists_and_feeds(data, addresses):
    assert listed_addresses(data, "a list") == addresses


@pytest.mark.parametrize("data", [b"", b"no address here", b"<urlset></urlset>"])
def test_a_list_without_addresses_is_refused(data):
    with pytest.raises(ReadError, match="No addresses in a list"):
        listed_addresses(data, "a list")
