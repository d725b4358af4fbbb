"""Fetching one remote picture: politely, within limits, and only from public machines."""

import socket
import string
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.encoding import iri_to_uri
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as TimedOut
from urllib3.response import BaseHTTPResponse

from articles.images import addresses
from articles.images.addresses import Address, AddressRefused, PortRefused
from articles.images.deadlines import Deadline
from articles.images.models import DEAD, Problem

#: seconds for one picture, all requests together; and for one connection, or one silence in it
SECONDS = 30
PATIENCE = 10
MAX_REDIRECTS = 5
_CHUNK = 64 * 1024
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_CLIENT_ERROR = 4  # the first digit
#: what sites answer that show their pictures only on their own pages
_FORBIDDEN = frozenset({401, 403, 406})
#: bytes that no text has, and every picture (WHATWG MIME Sniffing, sections 3 and 7.2)
_BINARY = frozenset(range(0x20)) - frozenset(b"\t\n\f\r\x1b")
_HEAD = 1445
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/json"})
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<title", b"<meta")


class NotFetched(Exception):
    """The picture was not to be had; `str()` is the sentence for an editor, `detail` for a log."""

    def __init__(self, reason: Problem, detail: str = ""):
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return str(self.reason.label)

    @property
    def is_final(self) -> bool:
        """Whether asking again would be in vain."""
        return self.reason in DEAD


class _Refused(Exception):
    """The answer of a site that guards its pictures: another Referer may change it."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes that nobody has inspected yet, where they were in the end, and what they claim to be.

    `content_type` is in lower case and without parameters; empty if the answer had none.
    """

    content: bytes
    address: str
    content_type: str


def fetch(address: str, *, page: str = "") -> Fetched:
    """Fetch the picture at `address`; `page` is the page that shows it. Raises `NotFetched`.

    Sites that guard their pictures are asked again with the Referer a browser would send from
    the site itself, then from `page`. Whether the bytes are a picture is for the inspection.
    """
    with Deadline(getattr(settings, "IMAGE_FETCH_SECONDS", SECONDS)) as deadline:
        try:
            return _climb(Address.parse(address), page, deadline)
        except AddressRefused as error:
            is_port = isinstance(error, PortRefused)
            reason = Problem.PORT if is_port else Problem.ADDRESS
            raise NotFetched(reason, str(error)) from error
        except (HTTPError, HTTPException, OSError) as error:
            slow = deadline.has_passed or _is_slowness(error)
            reason = Problem.TOO_SLOW if slow else Problem.UNREACHABLE
            raise NotFetched(reason, repr(error)) from error


def _is_slowness(error: Exception) -> bool:
    # For urllib3 a connection that was refused is one that timed out.
    return isinstance(error, (TimedOut, TimeoutError)) and not isinstance(error, NewConnectionError)


def _climb(address: Address, page: str, deadline: Deadline) -> Fetched:
    detail = ""
    for referer in _referers(address, page):
        try:
            return _follow(address, referer, deadline)
        except _Refused as refusal:
            detail = str(refusal)
    raise NotFetched(Problem.REFUSED, detail)


def _referers(address: Address, page: str) -> Iterator[str]:
    """The rungs of the ladder: none, the picture's own site, the page that shows it."""
    yield ""
    yield address.origin
    try:
        source = str(Address.parse(page))
    except AddressRefused:
        return  # no page, or one whose address is nobody's business
    if source != address.origin:
        yield source


def _follow(address: Address, referer: str, deadline: Deadline) -> Fetched:
    """Ask, and follow redirects by hand: each is a new address, checked like the first."""
    seen: set[Address] = set()
    while address not in seen and len(seen) <= MAX_REDIRECTS:
        seen.add(address)
        with _asked(address, referer, deadline) as answer:
            if answer.status not in _MOVED:
                return _receive(answer, address, deadline)
            address = address.join(_location(answer))
    raise NotFetched(Problem.REDIRECTS, str(address))


@contextmanager
def _asked(address: Address, referer: str, deadline: Deadline) -> Iterator[BaseHTTPResponse]:
    """The answer of the one machine that was checked; its body is still to be read."""
    machine = deadline.wait_for(partial(addresses.resolve, address.host, address.port))
    with _line(address, str(machine), deadline) as line:
        answer = line.urlopen(
            "GET",
            address.target,
            headers=_headers(address, referer),
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


def _headers(address: Address, referer: str) -> dict[str, str]:
    headers = {
        "Host": address.authority,
        "User-Agent": f"Newsroom (+{iri_to_uri(settings.SITE_URL)})",
        "Accept": "image/*",
        # What is not packed cannot unpack to more than was read.
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    return headers | ({"Referer": referer} if referer else {})


def _location(answer: BaseHTTPResponse) -> str:
    """Where a redirect leads; Chinese servers write it unencoded, in UTF-8 or in GBK."""
    spelled = answer.headers.get("Location", "").encode("latin-1")
    if not spelled:
        raise NotFetched(Problem.UNREACHABLE, f"HTTP {answer.status} without a Location")
    try:
        return spelled.decode()
    except UnicodeDecodeError:
        return quote(spelled, safe=string.punctuation)


def _receive(answer: BaseHTTPResponse, address: Address, deadline: Deadline) -> Fetched:
    said = f"HTTP {answer.status} from {address}"
    if answer.status in _GONE:
        raise NotFetched(Problem.GONE, said)
    if answer.status in _FORBIDDEN:
        raise _Refused(said)
    if answer.status != HTTPStatus.OK:
        refused = answer.status // 100 == _CLIENT_ERROR
        raise NotFetched(Problem.REFUSED if refused else Problem.UNREACHABLE, said)
    content = _read(answer)
    deadline.remaining()  # what was cut off by us may look complete
    content_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    packed = answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity"
    if packed or not content or _is_page(content, content_type):
        raise _Refused(f"{said}: {content_type or 'unnamed'}, {len(content)} bytes, {packed=}")
    return Fetched(content, str(address), content_type)


def _read(answer: BaseHTTPResponse) -> bytes:
    content, expected = bytearray(), answer.length_remaining or 0
    if expected > settings.IMAGE_MAX_BYTES:
        raise NotFetched(Problem.TOO_LARGE, f"{expected} bytes")
    for chunk in answer.stream(_CHUNK):
        content += chunk
        if len(content) > settings.IMAGE_MAX_BYTES:
            raise NotFetched(Problem.TOO_LARGE, f"more than {settings.IMAGE_MAX_BYTES} bytes")
    return bytes(content)


def _is_page(content: bytes, content_type: str) -> bool:
    """Whether it is a page or a message, in place of a picture; a type alone may be a mistake."""
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not _BINARY.isdisjoint(head):
        return False
    return content_type in _PAGES or head.lower().startswith(_PAGE_STARTS)
