"""Addresses to pages: the network, and only for a user who asked for it.

What enters: addresses that the user named. What leaves: each page once, and the pages that feeds and sitemaps among
them list. Pages that are stored whole are not asked for again; feeds and sitemaps are, since what is new stands there.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from detente.errors import ReadError
from detente.ingest.options import Counts, Telling
from detente.read.feeds import listed_addresses
from detente.read.fetch import Fetched, Fetcher, Unchanged
from detente.read.kinds import Kind, kind_of
from detente.read.sources import Failure

_ADDRESS = re.compile(r"https?:/", re.IGNORECASE)
_WHOLE_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_LISTS: tuple[Kind | None, ...] = ("feed", "sitemap")
# An index of sitemaps lists sitemaps, and these list pages.
_DEPTH = 3
_MAX_LIST_BYTES = 20_000_000
_HEAD_BYTES = 65_536


def is_address(path: str | Path) -> bool:
    """Whether what the user named is an address and no file."""
    return _ADDRESS.match(str(path)) is not None


def check_addresses(paths: Iterable[str | Path]) -> None:
    """Raise ReadError where an address is named though nothing is to be fetched."""
    for path in paths:
        if is_address(path):
            raise ReadError(
                f"Address {str(path)!r} without --fetch: the network is used only where that is asked for. Add "
                "--fetch, or save the page and name the file."
            )


def addresses_listed_in(file: Path) -> list[str]:
    """The addresses that a file lists: a feed, a sitemap, or a text of which every line is one; else none.

    Raises:
        ReadError: it is a broken feed or sitemap.
    """
    data = _list_in(file, _LISTS)
    return [] if data is None else listed_addresses(data, repr(str(file)))


def check_no_list(file: Path) -> None:
    """Raise ReadError where a text is a list of addresses though nothing is to be fetched.

    A feed has texts of its own, and what reads a sitemap says the same of it.
    """
    if _list_in(file, ()) is not None:
        raise ReadError(
            f"A list of addresses in {str(file)!r} without --fetch: the network is used only where that is asked for. "
            "Add --fetch, or save the pages and name the files."
        )


def _list_in(file: Path, kinds: tuple[Kind | None, ...]) -> bytes | None:
    """What stands in a file of addresses, or of some kinds; None where it is none of these, or cannot be read."""
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
            is_list = _is_address_list(head) or kind_of(head, file.name) in kinds
            return head + stream.read(_MAX_LIST_BYTES) if is_list else None
    except OSError:
        return None  # the reader of files says what is wrong with it


def _is_address_list(head: bytes) -> bool:
    lines = [line.strip() for line in head.decode("utf-8-sig", "replace").splitlines()]
    whole = lines if len(head) < _HEAD_BYTES else lines[:-1]
    told = [line for line in whole if line and not line.startswith("#")]
    return bool(told) and all(_WHOLE_ADDRESS.fullmatch(line) for line in told)


@dataclass(frozen=True, slots=True)
class Crawl:
    """Asks for addresses, and for those that feeds and sitemaps list.

    Attributes:
        fetcher: asks the servers, politely.
        is_known: tells of addresses which of them are stored whole.
        counts: where those are counted.
        telling: who is told of each that is done, and of how many more there are.
    """

    fetcher: Fetcher
    is_known: Callable[[list[str]], set[str]]
    counts: Counts
    telling: Telling
    _seen: set[str] = field(default_factory=set)

    def pages(self, addresses: list[str]) -> Iterator[Fetched | Failure]:
        """Fetch pages one after the other; a failure says why there is none."""
        waiting = deque((address, 1) for address in self._new(addresses))
        while waiting:
            address, depth = waiting.popleft()
            for answer in self.fetcher.fetch([address]):
                if isinstance(answer, Unchanged):
                    continue
                try:
                    listed = None if isinstance(answer, Failure) else self._listed(answer, depth)
                except ReadError as error:
                    answer, listed = Failure(address, (), str(error)), None
                if listed is None:
                    yield answer
                else:
                    self.telling.more(len(listed))
                    # What a feed lists comes before what the user named after it.
                    waiting.extendleft((one, depth + 1) for one in reversed(self._new(listed)))
                    self.telling.done(address)

    def _new(self, addresses: list[str]) -> list[str]:
        """The addresses that are to be asked for, each once in a run."""
        fresh = [address for address in dict.fromkeys(addresses) if address not in self._seen]
        self._seen.update(fresh)
        known = self.is_known(fresh)
        self.counts.known_addresses += len(known)
        for address in addresses:
            if address in known or address not in fresh:
                self.telling.done(address)
        return [address for address in fresh if address not in known]

    def _listed(self, fetched: Fetched, depth: int) -> list[str] | None:
        """The addresses in a feed or sitemap; None where it is a page."""
        data = _unpacked(fetched.data)
        if kind_of(data[:_HEAD_BYTES], fetched.url) not in _LISTS:
            return None
        if depth > _DEPTH:
            raise ReadError(
                f"Lists of addresses more than {_DEPTH} deep at {fetched.address!r}: an index lists sitemaps, and "
                "these list pages. Name the inner list itself."
            )
        return listed_addresses(data, repr(fetched.address))


def _unpacked(data: bytes) -> bytes:
    """A sitemap is often a gzip file; anything else stays as it is."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, _MAX_LIST_BYTES)
    except zlib.error:
        return data


def file_name_of(fetched: Fetched) -> str:
    """A name for the bytes of a page, whose suffix tells its kind."""
    path = PurePosixPath(urlsplit(fetched.url).path)
    kind = kind_of(fetched.data[:_HEAD_BYTES], fetched.url)
    suffix = ".html" if kind == "html" else path.suffix
    return f"{path.stem or 'index'}{suffix}"
