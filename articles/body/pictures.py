"""Which address of a picture is the picture: past proxies, placeholders and lazy loading."""

import re
from urllib.parse import unquote, urlsplit

from lxml import etree

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b\ufeff]+")
_PROXY = re.compile(r"^https?://[^/?#]+/?\?(https?://.+)$", re.IGNORECASE)
_PROXY_PATH = re.compile(
    r"^https?://(?:images\.weserv\.nl|wsrv\.nl|[^/?#]*(?:proxy|cors)[^/?#]*)/"
    r"(?:\?(?:.*&)?url=|\??)((?:https?(?::|%3a)(?://|%2f%2f)).+)$",
    re.IGNORECASE,
)
_PLACEHOLDER_HOST = re.compile(
    r"(?:^|\.)(?:picsum\.photos|placehold(?:er)?\.(?:com|it|co|jp)|via\.placeholder\.com|"
    r"placeimg\.com|placekitten\.com|dummyimage\.com|loremflickr\.com|lorempixel\.com|"
    r"fakeimg\.pl|unsplash\.it)$"
)
# Whole file names only: `pixel-6.jpg` is a telephone, `gray-whale.jpg` an animal.
_PLACEHOLDER_NAME = re.compile(
    r"(?:^|/)(?:"
    r"(?:404|blank|spacer|loading|lazy(?:load)?|placeholder|s_?blank|"
    r"default[_-]?(?:avatar|img|image|pic)|no[_-]?(?:image|pic|img))(?:[_-]?\d{1,4}(?:x\d{1,4})?)?"
    r"|transparent|pixel|1x1|grey|gray)\.(?:gif|png|jpe?g|svg|webp)$",
    re.IGNORECASE,
)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)(?:$|[@!?#])", re.IGNORECASE)
_RESIZED = re.compile(
    r"@[a-z_,0-9]+$|[?&](?:imageview2|imagemogr2|x-oss-process|resize|w|width|quality|thumbnail)\b|"
    r"!\w+$",
    re.IGNORECASE,
)
_CANDIDATES = (
    *("zoomfile", "file", "data-original-src", "data-original", "data-orig-file", "data-actualsrc"),
    *("data-large-file", "data-full", "data-origin", "_src", "data-src", "data-lazy-src"),
    *("data-lazyload", "data-echo", "src"),
)
_AD_HOST = re.compile(
    r"^(?:click|ad|ads|adv|track|union|s\.click|pos\.baidu)\.|\.doubleclick\.net$"
)
_ABOUT_NOTHING = re.compile(
    r"(?:.*\.(?:jpe?g|png|gif|webp|bmp)|image\s*\d*|img\s*\d*|图片\d*|圖片|图片描述|在这里插入图片描述|"
    r"picture|untitled|null|undefined|\d+)",
    re.IGNORECASE,
)
_BANNER_RATIO = 6
_PIXEL = 3


def clean_picture_address(address: str) -> str:
    """The direct address of a picture, or empty for what is no picture of the article.

    Proxy prefixes are stripped, protocol-relative addresses get https. Refused are other schemes
    than http(s), random placeholders, loading and "not found" pictures, and addresses that are
    relative to a site nobody named; `/media/…` and a local path without a leading slash stay.
    """
    address = _CONTROL.sub("", address).strip().replace(" ", "%20")
    for _depth in range(3):
        if address.startswith("//"):
            address = "https:" + address
        match = _PROXY.match(address) or _PROXY_PATH.match(address)
        if match is None:
            break
        address = unquote(match[1]) if "%2f%2f" in match[1][:14].lower() else match[1]
    return address if _is_picture(address) else ""


def _is_picture(address: str) -> bool:
    if not address or address.startswith(("#", "?")):
        return False
    if not _SCHEME.match(address):
        return address.startswith("/media/") or _is_local(address)
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return False
    return not (_PLACEHOLDER_HOST.search(parts.hostname) or _PLACEHOLDER_NAME.search(parts.path))


def _is_local(address: str) -> bool:
    """Whether a relative address can be a file beside the document."""
    first, _slash, _rest = address.partition("/")
    return first not in {"", ".."} and ":" not in first and not _PLACEHOLDER_NAME.search(address)


def best_address(image: etree._Element, link: str = "") -> tuple[str, list[str]]:
    """The best address of an `img` with the link around it, and all usable ones, best first.

    An original beats a resized copy; then a link to a picture file, then the attributes of lazy
    loading, then `srcset`'s largest, then `src`.
    """
    found: list[str] = []
    for candidate in _candidates(image, link):
        cleaned = clean_picture_address(candidate)
        if cleaned and cleaned not in found:
            found.append(cleaned)
    found.sort(key=lambda one: bool(_RESIZED.search(one)))
    return (found[0] if found else ""), found


def _candidates(image: etree._Element, link: str):
    if link and _PICTURE_FILE.search(link.partition("?")[0]):
        yield link
    for name in _CANDIDATES[:-1]:
        yield image.get(name, "")
    yield _largest(image.get("srcset", ""))
    yield image.get("src", "")


def _largest(srcset: str) -> str:
    best, size = "", 0.0
    for candidate in re.split(r",\s+|,(?=https?:|//)", srcset):
        address, _space, descriptor = candidate.strip().partition(" ")
        number = re.match(r"([0-9.]+)[wx]", descriptor.strip())
        if (weight := float(number[1].strip(".") or 0) if number else 1.0) > size:
            best, size = address, weight
    return best


def identity(address: str) -> str:
    """What two addresses of one picture have in common: host and path without resizing."""
    parts = urlsplit(clean_picture_address(address) or address)
    host, path = (parts.hostname or "").removeprefix("www."), parts.path.partition("@")[0]
    if re.fullmatch(r"i\d\.wp\.com", host):
        return path.lstrip("/").removeprefix("www.")
    return f"{host}{path}"


def size_of(image: etree._Element) -> tuple[str, str] | None:
    """The true (width, height) in pixels where the attributes agree on one, otherwise None."""
    for pair in (("data-original-width", "data-original-height"), ("data-width", "data-height")):
        if size := _pair(*(image.get(name, "") for name in pair)):
            return size
    for name in ("data-orig-size", "data-img-size-val", "data-size"):
        if size := _pair(*f"{image.get(name, '')},".split(",")[:2]):
            return size
    shown = _pair(image.get("width", ""), image.get("height", ""))
    true = _pair(image.get("w", ""), image.get("h", "")) or _pair(
        image.get("data-w", ""), image.get("data-h", "")
    )
    if shown and true:
        return shown if _same_shape(shown, true) else None
    return shown or true


def _pair(width: str, height: str) -> tuple[str, str] | None:
    numbers = [value.strip().removesuffix("px") for value in (width, height)]
    if all(re.fullmatch(r"[1-9][0-9]{0,4}", number) for number in numbers):
        return numbers[0], numbers[1]
    return None


def _same_shape(one: tuple[str, str], other: tuple[str, str]) -> bool:
    cross = int(one[0]) * int(other[1]) / (int(one[1]) * int(other[0]))
    return 0.97 < cross < 1.03


def is_tracking_pixel(image: etree._Element) -> bool:
    """Whether a picture is too small to be seen."""
    size = size_of(image)
    style = image.get("style", "").replace(" ", "")
    return bool(size and min(int(size[0]), int(size[1])) < _PIXEL) or bool(
        re.search(r"(?:^|;)(?:width|height):[01](?:px)?(?:;|$)", style)
    )


def is_banner(image: etree._Element, link: str) -> bool:
    """Whether a picture is an advertisement: it links to an advertiser, or is a linked strip."""
    if not link or _PICTURE_FILE.search(link.partition("?")[0]):
        return False
    if _AD_HOST.search(urlsplit(link).hostname or ""):
        return True
    size = size_of(image)
    return bool(size and int(size[0]) >= _BANNER_RATIO * int(size[1]))


def description_of(image: etree._Element, title: str) -> str:
    """The alternative text, unless it is a file name, a filler or the article's own title."""
    for name in ("alt", "title"):
        text = " ".join(image.get(name, "").split())
        if text and not _ABOUT_NOTHING.fullmatch(text) and plain(text) != plain(title):
            return text
    return ""


def plain(text: str) -> str:
    """Letters, digits and ideographs only: for comparing what was typeset twice."""
    return re.sub(r"[\W_]+", "", text).casefold()
