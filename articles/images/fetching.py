"""Fetching one remote picture: politely, within limits, and only from public machines."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException

from django.conf import settings
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as TimedOut
from urllib3.response import BaseHTTPResponse

from articles.images.models import DEAD, Problem
from articles.outside import asking
from articles.outside.addresses import Address, AddressRefused, PortRefused
from articles.outside.asking import LeadsNowhere, RoundInCircles
from articles.outside.deadlines import Deadline

#: seconds for one picture, all requests together
SECONDS = 30
_CHUNK = 64 * 1024
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
        except RoundInCircles as error:
            raise NotFetched(Problem.REDIRECTS, str(error)) from error
        except LeadsNowhere as error:
            raise NotFetched(Problem.UNREACHABLE, str(error)) from error
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
    headers = {"Accept": "image/*"} | ({"Referer": referer} if referer else {})
    with asking.answered(address, deadline, headers=headers) as (answer, found_at):
        return _receive(answer, found_at, deadline)


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
