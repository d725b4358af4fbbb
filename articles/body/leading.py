"""Where a link that an editor wrote beside a text may lead: a page of this site or of the web."""

import re
from urllib.parse import urlsplit

# A browser takes `//`, and `/\\`, for the beginning of another host, and skips tabs and the like.
_PATH = re.compile(r"/(?![/\\])[^\s\x00-\x1f\x7f\\]*")


def link_for_readers(address: str) -> str:
    """`address` if it is a path of this site or leads to a web page, otherwise the empty text.

    An address with a login in it (`carries_login`) is no page for readers.
    """
    address = str(address).strip()
    if _PATH.fullmatch(address):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_page = parts.scheme.lower() in {"http", "https"} and parts.hostname
    return address if is_page and not carries_login(address) else ""


def carries_login(address: str) -> bool:
    """Whether `address` has a name or a password before its host (RFC 3986, 3.2.1).

    It would hand them to everybody, or name a host that it does not lead to:
    `https://bank.example@elsewhere.example/`.
    """
    try:
        return "@" in urlsplit(str(address).strip()).netloc
    except ValueError:
        return False
