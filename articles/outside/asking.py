"""One conversation with another machine: polite, within a deadline, with a public one only."""

import socket
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.encoding import iri_to_uri
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

from articles.outside import addresses
from articles.outside.addresses import Address
from articles.outside.deadlines import Deadline

#: seconds for one connection, or one silence in it
PATIENCE = 10
MAX_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})


class RoundInCircles(Exception):
    """Redirects lead from one to the next without end."""


class LeadsNowhere(Exception):
    """A redirect does not say where to."""


@contextmanager
def answered(
    address: Address, deadline: Deadline, *, headers: Mapping[str, str], method: str = "GET"
) -> Iterator[tuple[BaseHTTPResponse, Address]]:
    """What is answered at `address`, and where in the end; the body is still to be read.

    Redirects are followed by hand: each is a new address, checked like the first. `headers`: what
    the request says beside who asks. Raises `AddressRefused`, `RoundInCircles`, `LeadsNowhere`,
    and `HTTPError` (urllib3), `HTTPException` or `OSError` where nothing answers.
    """
    seen: set[Address] = set()
    while address not in seen and len(seen) <= MAX_REDIRECTS:
        seen.add(address)
        with asked(address, deadline, headers=headers, method=method) as answer:
            if answer.status not in _MOVED:
                yield answer, address
                return
            address = address.join(_location(answer))
    raise RoundInCircles(str(address))


@contextmanager
def asked(
    address: Address,
    deadline: Deadline,
    *,
    headers: Mapping[str, str],
    method: str = "GET",
    body: bytes | None = None,
) -> Iterator[BaseHTTPResponse]:
    """The answer of the one machine that was checked, be it a redirect; raises as `answered`."""
    machine = deadline.wait_for(partial(addresses.resolve, address.host, address.port))
    with _line(address, str(machine), deadline) as line:
        answer = line.urlopen(
            method,
            address.target,
            body=body,
            headers=_introduction(address) | headers,
            timeout=min(PATIENCE, deadline.remaining()),
            retries=False,
            redirect=False,
            assert_same_host=False,
            preload_content=False,
            decode_content=False,
        )
        try:
            yield answer
        finally:
            answer.close()


class _Watched:
    """A connection that ends at the deadline, wherever it stands."""

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._deadline = deadline

    def _new_conn(self) -> socket.socket:
        # The place where urllib3's own SOCKS connections differ, too.
        connection = super()._new_conn()
        self._deadline.watch(connection)
        return connection


class _Plain(_Watched, HTTPConnection):
    pass


class _Secure(_Watched, HTTPSConnection):
    pass


def _line(address: Address, machine: str, deadline: Deadline) -> HTTPConnectionPool:
    """To `machine` and nowhere else: no proxy; the certificate has to be for the address's host."""
    if address.scheme == "http":
        line = HTTPConnectionPool(machine, address.port, deadline=deadline)
        line.ConnectionCls = _Plain
    else:
        line = HTTPSConnectionPool(
            machine, address.port, server_hostname=address.host, deadline=deadline
        )
        line.ConnectionCls = _Secure
    return line


def _introduction(address: Address) -> dict[str, str]:
    return {
        "Host": address.authority,
        "User-Agent": f"Newsroom (+{iri_to_uri(settings.SITE_URL)})",
        # What is not packed cannot unpack to more than was read.
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _location(answer: BaseHTTPResponse) -> str:
    """Where a redirect leads; Chinese servers write it unencoded, in UTF-8 or in GBK."""
    spelled = answer.headers.get("Location", "").encode("latin-1")
    if not spelled:
        raise LeadsNowhere(f"HTTP {answer.status} without a Location")
    try:
        return spelled.decode()
    except UnicodeDecodeError:
        return quote(spelled, safe=string.punctuation)
