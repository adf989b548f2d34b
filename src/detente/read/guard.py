"""Keeps fetching away from this machine and the network around it.

What enters: a request to a host by name. What leaves: the same request to an address of that host, which was looked
up once and found to be public. Since it is this very address that is connected to, a name that changes its address
between the check and the connection gains nothing.
"""

from __future__ import annotations

import ipaddress
from socket import SOCK_STREAM, getaddrinfo

import httpx

from detente.errors import ReadError
from detente.read.sources import said

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Addresses in which another one is hidden: RFC 6052 (NAT64) and RFC 3056 (6to4).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")


def is_public(address: Address) -> bool:
    """Tell whether an address lies in the public internet: not private, loopback, link-local, multicast or reserved."""
    if isinstance(address, ipaddress.IPv6Address):
        if (mapped := address.ipv4_mapped) is not None:
            return is_public(mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
        if address in _SIX_TO_FOUR:
            return is_public(ipaddress.IPv4Address(int(address) >> 80 & 0xFFFF_FFFF))
    return address.is_global and not address.is_multicast and not address.is_reserved


def public_addresses(host: str, port: int, *, allow_private: bool = False) -> list[str]:
    """Look up the addresses of a host, each of which has to be public.

    Args:
        host: a name, or an address as digits.
        port: where the connection will go.
        allow_private: take any address; for servers of one's own.

    Raises:
        ReadError: there is no such host, or one of its addresses is not public.
    """
    try:
        found = getaddrinfo(host, port, type=SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadError(
            f"No host {host!r} ({said(error)}): one that can be found is needed. Check the address."
        ) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allow_private and not is_public(ipaddress.ip_address(address.partition("%")[0])):
            raise ReadError(
                f"Address {address} of host {host!r} is not public: only the public internet is fetched from. Save the "
                "page to a file and read that."
            )
    return addresses


class PinnedTransport(httpx.BaseTransport):
    """Sends each request to an address that was checked, under the name that was asked for."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        # A kept connection to an address could be used for another name, whose certificate was never checked.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._inner = httpx.HTTPTransport(trust_env=False, limits=limits)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Connect to the first address that answers."""
        url = request.url
        port = url.port or (443 if url.scheme == "https" else 80)
        addresses = public_addresses(url.host, port, allow_private=self._allow_private)
        for number, address in enumerate(addresses, start=1):
            request.url = url.copy_with(host=address)
            request.extensions = {**request.extensions, "sni_hostname": url.host}
            try:
                return self._inner.handle_request(request)
            except httpx.ConnectError:
                if number == len(addresses):
                    raise
            finally:
                request.url = url
        raise ReadError(f"No address of host {url.host!r}: one that can be found is needed. Check the address.")

    def close(self) -> None:
        """Close what is open."""
        self._inner.close()
