"""Search engines that want to be told: what each of them takes, as a request.

Pure but for the settings, which say who is told: an engine without its key is not.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Request:
    """What is posted, and where; the address may hold a secret."""

    url: str
    media_type: str
    body: bytes


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


_ENGINES: Mapping[str, Callable[[list[str]], Request | None]] = MappingProxyType(
    {"IndexNow": _indexnow, "Baidu": _baidu}
)


def engines() -> list[str]:
    """The names of those that are to be told."""
    return [name for name in _ENGINES if request(name, []) is not None]


def request(engine: str, addresses: list[str]) -> Request | None:
    """What tells `engine` that the pages at `addresses` (absolute) changed; None if it is off."""
    return _ENGINES[engine](addresses)
