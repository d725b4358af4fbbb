"""Webhooks: the addresses of chat groups, as an operator writes them down."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urlsplit

from django.utils.translation import gettext as _


class MalformedWebhook(ValueError):
    """`str()` says what is wrong, without giving the address away."""


class Verdict(Enum):
    """What an answer means for the message."""

    TAKEN = auto()
    BUSY = auto()  # the same later
    REFUSED = auto()  # the same for ever


@dataclass(frozen=True, slots=True)
class Message:
    """One line, and where it leads."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be posted where, as JSON."""

    url: str
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Webhook:
    """A chat group that is to be told. The address opens the group to whoever knows it."""

    service: str
    url: str
    secret: str = ""

    @property
    def key(self) -> str:
        """What stands for it where the address must not be read, in the queue and in the log."""
        return f"{self.service}-{hashlib.sha256(self.url.encode()).hexdigest()[:12]}"


def parse(line: str, *, services: Iterable[str]) -> Webhook:
    """`service=https://…;secret=…`, the secret only where the bot is set up with one.

    Raises `MalformedWebhook`.
    """
    service, sign, rest = line.strip().partition("=")
    if not sign or service not in services:
        sentence = _("It must begin with one of %(services)s, and an equals sign.")
        raise MalformedWebhook(sentence % {"services": ", ".join(sorted(services))})
    url, _mark, secret = rest.partition(";secret=")
    if not _is_address(url):
        sentence = _("Behind %(service)s= there must be an address with https:// or http://.")
        raise MalformedWebhook(sentence % {"service": service})
    return Webhook(service, url, secret.strip())


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        reachable = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket or a port that makes no sense
        return False
    return reachable and parts.scheme in {"http", "https"} and not set(url) & set(" \t\r\n;")
