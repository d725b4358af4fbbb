"""Where a link that an editor wrote beside a text may lead: a page of this site or of the web."""

import re
from urllib.parse import urlsplit

# A browser takes `//`, and `/\\`, for the beginning of another host, and skips tabs and the like.
_PATH = re.compile(r"/(?![/\\])[^\s\x00-\x1f\x7f\\]*")


def link_for_readers(address: str) -> str:
    """`address` if it is a path of this site or leads to a web page, otherwise the empty text."""
    address = str(address).strip()
    if _PATH.fullmatch(address):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in {"http", "https"} and parts.hostname else ""
