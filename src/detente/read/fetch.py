"""Addresses to the bytes behind them: the only place that opens the network, and only when it is called.

What enters: http and https addresses. What leaves: what the servers answered, or why they were not asked. Servers are
asked politely: as robots.txt allows, one request at a time and not too often, under our own name.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from detente.errors import ReadError
from detente.read.answers import Answer, Bounds, ask, origin_of
from detente.read.anything import read_piece
from detente.read.guard import PinnedTransport
from detente.read.kinds import declared_type
from detente.read.sources import Failure, Piece, Read, ReadOptions
from detente.read.streams import stream_of

ROBOT = "detente"
_ROBOTS_BYTES = 500_000
_MAX_DELAY_SECONDS = 60.0
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """How to fetch.

    Attributes:
        max_bytes: largest answer, unpacked.
        max_redirects: how often one address may lead to another.
        timeout_seconds: time for connecting, and for each part of an answer.
        total_seconds: time for a whole answer.
        delay_seconds: time between two requests to one host; more where its robots.txt asks for it, up to a minute.
        allow_private: fetch from private addresses, too; for servers of one's own.
        user_agent: name that servers are told.
    """

    max_bytes: int = 20_000_000
    max_redirects: int = 5
    timeout_seconds: float = 20.0
    total_seconds: float = 120.0
    delay_seconds: float = 1.0
    allow_private: bool = False
    user_agent: str = field(default_factory=lambda: f"{ROBOT}/{version('detente')}")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server named its answer by, so that it can be asked for news only (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `address` is what was asked for, `url` where it came from in the end; `retrieved_at` is in UTC."""

    address: str
    url: str
    data: bytes
    media_type: str
    charset: str | None
    retrieved_at: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server has nothing newer than what was got before."""

    address: str
    retrieved_at: str


def utc_now() -> str:
    """The time as a UTC timestamp."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_fetched(fetched: Fetched, options: ReadOptions | None = None) -> Iterator[Read | Failure]:
    """Read what was fetched as a file with the address as its name."""
    piece = Piece(
        fetched.address,
        stream_of(fetched.data),
        charset=fetched.charset,
        url=fetched.url,
        retrieved_at=fetched.retrieved_at,
    )
    yield from read_piece(piece, options or ReadOptions())


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses one after the other. To be used in a `with` statement.

    `now`, `clock` and `sleep` tell and pass the time.
    """

    options: FetchOptions = field(default_factory=FetchOptions)
    now: Callable[[], str] = utc_now
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _client: httpx.Client = field(init=False)
    _robots: dict[str, Protego | ReadError] = field(init=False, default_factory=dict)
    _next_at: dict[str, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            transport=PinnedTransport(allow_private=self.options.allow_private),
            headers={"User-Agent": self.options.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"},
            timeout=self.options.timeout_seconds,
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(
        self, addresses: Iterable[str], known: Mapping[str, Validators] | None = None
    ) -> Iterator[Fetched | Unchanged | Failure]:
        """Fetch addresses in their order.

        Args:
            addresses: http and https addresses.
            known: what servers named the answers by that are there already, by address.

        Yields:
            One result an address; a failure says why there is no answer.
        """
        for address in addresses:
            try:
                yield self._fetch(address, (known or {}).get(address, Validators()))
            except ReadError as error:
                yield Failure(address, (), str(error))

    def _fetch(self, address: str, validators: Validators) -> Fetched | Unchanged:
        asked = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
        headers = {name: value for name, value in asked.items() if value is not None}
        url = address
        for _ in range(self.options.max_redirects + 1):
            origin = origin_of(url)
            self._check_robots(origin, url)
            answer = self._ask(url, headers, self.options.max_bytes)
            if answer.status == 304 and headers:
                return Unchanged(address, self.now())
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return self._fetched(address, url, answer)
            url = urljoin(url, answer.headers["location"])
        raise _too_many_redirects(address, self.options)

    def _fetched(self, address: str, url: str, answer: Answer) -> Fetched:
        if answer.status != 200:
            later = answer.headers.get("retry-after")
            when = f" It asks to wait for {later[:40]} (seconds, or until then)." if later else ""
            raise ReadError(
                f"Answer {answer.status} from {url!r}: 200 with a page is needed. Check the address in a browser.{when}"
            )
        media_type, charset = declared_type(answer.headers.get("content-type"))
        validators = Validators(answer.headers.get("etag"), answer.headers.get("last-modified"))
        return Fetched(address, url, answer.data, media_type, charset, self.now(), validators)

    def _check_robots(self, origin: str, url: str) -> None:
        """Raise ReadError where the host's robots.txt forbids the address.

        Source: RFC 9309: a host that answers that there is none allows all, one that cannot answer allows nothing.
        """
        if origin not in self._robots:
            try:
                self._robots[origin] = self._read_robots(origin)
            except ReadError as error:
                self._robots[origin] = error
        robots = self._robots[origin]
        if isinstance(robots, ReadError):
            raise robots
        if not robots.can_fetch(url, ROBOT):
            raise ReadError(
                f"Forbidden address {url!r}: robots.txt of {origin} keeps robots away from it. Save the page from a "
                "browser and read the file."
            )

    def _read_robots(self, origin: str) -> Protego:
        url = f"{origin}/robots.txt"
        for _ in range(self.options.max_redirects + 1):
            origin_of(url)
            answer = self._ask(url, {}, _ROBOTS_BYTES, cut=True)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                break
            url = urljoin(url, answer.headers["location"])
        if answer.status >= 500 or answer.status == 429:
            raise ReadError(
                f"Answer {answer.status} from {url!r}: without a readable robots.txt nothing is fetched from a host. "
                "Try again later."
            )
        return Protego.parse(answer.data.decode("utf-8", "replace") if answer.status == 200 else "")

    def _ask(self, url: str, headers: Mapping[str, str], max_bytes: int, *, cut: bool = False) -> Answer:
        self._wait(url)
        ends_at = self.clock() + self.options.total_seconds
        return ask(self._client, url, headers, Bounds(max_bytes, cut=cut, is_late=lambda: self.clock() > ends_at))

    def _wait(self, url: str) -> None:
        host = urlsplit(url).netloc
        robots = self._robots.get(origin_of(url))
        asked = robots.crawl_delay(ROBOT) if isinstance(robots, Protego) else None
        delay = max(self.options.delay_seconds, min(asked or 0.0, _MAX_DELAY_SECONDS))
        pause = self._next_at.get(host, 0.0) - self.clock()
        if pause > 0:
            self.sleep(pause)
        self._next_at[host] = self.clock() + delay


def _too_many_redirects(address: str, options: FetchOptions) -> ReadError:
    return ReadError(
        f"More than {options.max_redirects} redirects from {address!r}: it may lead in a circle. Open it in a browser "
        "and give the address where it ends."
    )
