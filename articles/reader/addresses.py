"""Absolute addresses: the origin is the outlet's, whatever host a request came in by."""

from urllib.parse import urljoin, urlsplit

from django.conf import settings


def absolute(address: str) -> str:
    """`address` (a path, or absolute already) against `SITE_URL` (RFC 3986, section 5)."""
    return urljoin(f"{settings.SITE_URL}/", address)


def web_address(address: str) -> str:
    """`address` if a reader may be sent there (http, https, mailto), otherwise the empty text."""
    try:
        scheme = urlsplit(str(address).strip()).scheme.lower()
    except ValueError:
        return ""
    return str(address).strip() if scheme in {"http", "https", "mailto"} else ""


def accounts(links: object) -> list[tuple[str, str]]:
    """Name and address of each account elsewhere; an editor's JSON is taken as it comes."""
    if not isinstance(links, dict):
        return []
    addresses = ((str(name), web_address(address)) for name, address in links.items())
    return [(name, address) for name, address in addresses if address]
