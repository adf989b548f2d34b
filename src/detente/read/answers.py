"""One request and its answer, within bounds of size and time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from detente.errors import ReadError
from detente.read.sources import said

_CHUNK = 65_536
_MAX_ADDRESS_CHARS = 2_000
_GZIP = ("gzip", "x-gzip")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; the names of headers are in small letters, the data is unpacked."""

    status: int
    headers: Mapping[str, str]
    data: bytes


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of an answer is read: `max_bytes` of it unpacked, until `is_late`; with `cut` the rest is left."""

    max_bytes: int
    cut: bool
    is_late: Callable[[], bool]


def origin_of(url: str) -> str:
    """Check an address, and give scheme, host and port of it.

    Raises:
        ReadError: it is none of http or https, or holds a password.
    """
    try:
        parts = urlsplit(url)
        is_fetched = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_fetched = False
    if not is_fetched or len(url) > _MAX_ADDRESS_CHARS:
        raise ReadError(f"Address {url[:200]!r}: http and https addresses with a host are fetched. Check it.")
    if parts.username is not None or parts.password is not None:
        raise ReadError(f"A password in the address of host {parts.hostname!r}: none is sent. Leave it out.")
    return f"{parts.scheme}://{parts.netloc}"


def ask(client: httpx.Client, url: str, headers: Mapping[str, str], bounds: Bounds) -> Answer:
    """Ask for an address and read the answer, whichever it is; redirects are not followed.

    Raises:
        ReadError: there is no answer, or it is too large, too slow or damaged.
    """
    try:
        with client.stream("GET", url, headers=headers) as response:
            body = _Body(url, bounds, response.headers.get("content-encoding", "").lower())
            for chunk in response.iter_raw(_CHUNK):
                if not body.add(chunk):
                    break
                if bounds.is_late():
                    raise ReadError(f"No whole answer in time from {url!r}: it is too slow. Try again later.")
            body.finish()
            return Answer(response.status_code, dict(response.headers), bytes(body.data))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ReadError(f"No answer from {url!r} ({said(error)}): one that answers is needed. Try later.") from error


class _Body:
    """Gathers an answer, unpacked, up to a size; beyond it the answer is cut or refused."""

    def __init__(self, url: str, bounds: Bounds, packing: str) -> None:
        if packing not in ("", "identity", *_GZIP):
            raise ReadError(f"An answer packed as {packing!r} from {url!r}: gzip is read. Save it from a browser.")
        self.data = bytearray()
        self._url = url
        self._bounds = bounds
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if packing in _GZIP else None

    def add(self, chunk: bytes) -> bool:
        """Take the next part, and tell whether more is wanted."""
        room = self._bounds.max_bytes - len(self.data)
        try:
            part = chunk if self._unpacker is None else self._unpacker.decompress(chunk, room + 1)
        except zlib.error as error:
            raise self._damaged(said(error)) from error
        self.data += part[:room]
        if len(part) > room and not self._bounds.cut:
            raise ReadError(
                f"More than {self._bounds.max_bytes:,} bytes from {self._url!r}: an answer has at most that many. Save "
                "it from a browser, or raise the limit."
            )
        return len(part) <= room

    def finish(self) -> None:
        """Raise ReadError where the packed data ends early."""
        if self._unpacker is not None and self.data and not self._unpacker.eof and not self._bounds.cut:
            raise self._damaged("it ends early")

    def _damaged(self, why: str) -> ReadError:
        return ReadError(f"A damaged answer from {self._url!r} ({why}): a whole one is needed. Try again later.")
