"""Search engines that want to be told: what each takes, as a request, and what its answer means.

Pure but for the settings, which say who is told: an engine without its key is not.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Request:
    """What is posted, and where; the address may hold a secret."""

    url: str
    media_type: str
    body: bytes


class Verdict(Enum):
    """What became of a request."""

    TAKEN = "taken"
    BUSY = "busy"  # may be taken later
    REFUSED = "refused"  # for ever


def _indexnow(addresses: list[str]) -> Request | None:
    """A list of addresses of one host (https://www.indexnow.org/documentation)."""
    key = settings.INDEXNOW_KEY
    if not key:
        return None
    facts = {
        "host": urlsplit(settings.SITE_URL).netloc,
        "key": key,
        "keyLocation": f"{settings.SITE_URL}/{key}.txt",
        "urlList": addresses,
    }
    body = json.dumps(facts).encode()
    return Request(settings.INDEXNOW_URL, "application/json; charset=utf-8", body)


def _baidu(addresses: list[str]) -> Request | None:
    """One address a line (https://ziyuan.baidu.com/college/courseinfo?id=267&page=2)."""
    token = settings.BAIDU_PUSH_TOKEN
    if not token:
        return None
    query = urlencode({"site": settings.SITE_URL, "token": token})
    return Request(
        f"{settings.BAIDU_PUSH_URL}?{query}", "text/plain", "\n".join(addresses).encode()
    )


def _by_status(status: int) -> Verdict:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        return Verdict.BUSY
    is_success = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
    return Verdict.TAKEN if is_success else Verdict.REFUSED


def _by_status_alone(status: int, said: str) -> Verdict:
    """IndexNow's: 200 is taken, 202 too as soon as the key is looked at."""
    return _by_status(status)


def _by_baidus_count(status: int, said: str) -> Verdict:
    """Baidu answers 200 also where it takes nothing, and says in JSON how much and what not."""
    verdict = _by_status(status)
    if verdict is not Verdict.TAKEN:
        return verdict
    try:
        told = json.loads(said)
        refused = [*(told.get("not_same_site") or ()), *(told.get("not_valid") or ())]
        is_taken = told.get("success", 0) > 0 and not refused
    except (ValueError, AttributeError, TypeError):
        return Verdict.REFUSED
    return Verdict.TAKEN if is_taken else Verdict.REFUSED


@dataclass(frozen=True, slots=True)
class _Engine:
    request: Callable[[list[str]], Request | None]
    judge: Callable[[int, str], Verdict]


_ENGINES: Mapping[str, _Engine] = MappingProxyType(
    {
        "IndexNow": _Engine(_indexnow, _by_status_alone),
        "Baidu": _Engine(_baidu, _by_baidus_count),
    }
)


def engines() -> list[str]:
    """The names of those that are to be told."""
    return [name for name in _ENGINES if request(name, []) is not None]


def request(engine: str, addresses: list[str]) -> Request | None:
    """What tells `engine` that the pages at `addresses` (absolute) changed; None if it is off."""
    return _ENGINES[engine].request(addresses)


def judge(engine: str, status: int, said: str) -> Verdict:
    """What `engine` means by its answer: the status, and the text as it came."""
    return _ENGINES[engine].judge(status, said)
