"""The two scripts of Chinese: a page as it is written, in Simplified, and its Traditional twin.

The Traditional pages are the same application below `/zh-hant/`: while one is made, every address
that is reversed lies there, and what is answered is converted (newsroom/traditional.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, get_script_prefix, resolve, set_script_prefix

from articles.body.traditional import PREFIX, wording
from articles.models import Outlet
from articles.reader.addresses import absolute

SIMPLIFIED, TRADITIONAL, DEFAULT = "zh-Hans", "zh-Hant", "x-default"  # as `hreflang` says it
#: a way to write Traditional Chinese -> its language tag (BCP 47)
LANGUAGES = {"s2twp": "zh-Hant-TW", "s2hk": "zh-Hant-HK"}
# What is no page for readers, or one for all scripts.
_ELSEWHERE = (
    *("/admin/", "/static/", "/media/", "/i18n/", "/healthz/", "/calendar/", "/preview/", PREFIX),
)
_FOR_ALL = (".txt", ".xml", ".ico", ".js")  # robots.txt and the like, sitemaps, the worker

_variant: ContextVar[str] = ContextVar("variant", default="")


def variant() -> str:
    """The way of the page that is being made: "s2twp", "s2hk", or empty for Simplified."""
    return _variant.get()


def as_written(text: str) -> str:
    """What a reader typed, in the script stories are written in."""
    return wording.simplified(text, variant()) if variant() else text


@contextmanager
def traditional(name: str) -> Iterator[None]:
    """Make pages in the script of `name`: addresses that are reversed lie below `PREFIX`."""
    root, token = get_script_prefix(), _variant.set(name)
    set_script_prefix(f"{root.rstrip('/')}{PREFIX}")
    try:
        yield
    finally:
        set_script_prefix(root)
        _variant.reset(token)


def offered(outlet: Outlet) -> bool:
    """Whether this site has pages in Traditional Chinese."""
    return bool(outlet.traditional) and settings.LANGUAGE_CODE.lower().startswith("zh")


def in_simplified(path: str) -> str | None:
    """The path of the Simplified page of `path`; None if that is no Traditional page."""
    if not path.startswith(PREFIX):
        return None
    found = path.removeprefix(PREFIX[:-1])
    return found if _has_two_scripts(found) else None


def in_traditional(address: str) -> str:
    """The Traditional twin of `address` (a path, or absolute); `address` itself if it has none.

    Only what readers' pages answer has one: a file that nginx serves stays where it is.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    path = parts.path or (origin and "/")
    if origin not in {"", settings.SITE_URL} or not _is_for_readers(path):
        return address
    return parts._replace(path=f"{PREFIX[:-1]}{path}").geturl()


def twin_of(path: str, outlet: Outlet) -> str:
    """The path of the same page in the other script; empty if there is none."""
    if not offered(outlet):
        return ""
    if variant():
        return in_simplified(path) or ""
    return f"{PREFIX[:-1]}{path}" if _has_two_scripts(path) else ""


def alternates(path: str, outlet: Outlet) -> list[tuple[str, str]]:
    """`hreflang` and absolute address of a page in each script, the page itself included.

    Follows https://developers.google.com/search/docs/specialty/international/localized-versions.
    """
    if not (twin := twin_of(path, outlet)):
        return []
    written, converted = (twin, path) if variant() else (path, twin)
    scripts = [(SIMPLIFIED, written), (TRADITIONAL, converted), (DEFAULT, written)]
    return [(script, absolute(address)) for script, address in scripts]


def _has_two_scripts(path: str) -> bool:
    if path.endswith(_FOR_ALL):
        return False
    return path.startswith("/") and not path.startswith(("//", *_ELSEWHERE))


@lru_cache(maxsize=4096)  # the same links stand on every page
def _is_for_readers(path: str) -> bool:
    """Whether readers' pages answer at `path`, in both scripts; the last slash may be missing."""
    if not _has_two_scripts(path):
        return False
    return any(_is_answered(unquote(each)) for each in (path, f"{path}/"))


def _is_answered(path: str) -> bool:
    try:
        resolve(path, "articles.reader.urls")
    except Resolver404:
        return False
    return True
