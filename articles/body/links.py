"""Addresses of links: dead ones, redirect wrappers, campaign marks, bare ones in text."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SPACES = re.compile(r"[\x00-\x20\x7f\u200b\ufeff]+")
_DEAD = re.compile(r"(?:^|/)(?:undefined|null|NaN)/?(?:[?#].*)?$")
_CAMPAIGN = re.compile(
    r"utm_\w+|spm(?:_id_from)?|fbclid|gclid|hm(?:sr|pl|cu|kw|ci)|mc_[ce]id|_hs(?:enc|mi)|igshid"
)
_TARGETS = ("url", "target", "to", "t", "q", "u", "link", "href", "goto", "redirect", "dest")
_WRAPPER = re.compile(
    r"(?:^|[/._-])(?:gotolink|go|go-wild|link\d?|linkfilter|redirect|redir|track|out|jump|away|"
    r"external|click|url|leave|r|l)(?:[/._-]|\.php|\.aspx?|$)",
    re.IGNORECASE,
)
_ENCODING_HOST = re.compile(r"(?:^|\.)google\.[a-z.]+$")  # what follows is the wrapper's own
_SHARE = re.compile(
    r"^(?:service\.weibo\.com/share|v\.t\.sina\.com\.cn/share|(?:www\.)?(?:twitter|x)\.com/"
    r"(?:share|intent)|(?:www\.)?facebook\.com/sharer|(?:connect|sns)\.qq\.com|"
    r"(?:www\.)?linkedin\.com/share|t\.me/share|sns\.qzone\.qq\.com|"
    r"share\.\w+\.com|(?:api\.)?addthis\.com)",
    re.IGNORECASE,
)
_TOPIC_CLASSES = frozenset(
    {"s_tag", "project-link", "k_pendant", "hl-link", "keyword", "inner-link"}
)
_TOPIC_PATH = re.compile(r"/(?:tags?|topics?|keyword|label)/", re.IGNORECASE)
_TOPIC_LENGTH = 16
_BARE = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_TRAILING = ".,;:!?']"
_GLUED = re.compile(r"(?<![=?&%])(?<!/web/\d{14}/)(?<!/web/\d{4}/)(?<!^)(?=https?://)")


def clean_link(address: str) -> str:
    """The address a link of an imported article really leads to; empty if it leads nowhere.

    Only absolute http and https addresses and `mailto:` survive: an address relative to the
    source's site, a fragment, an unknown scheme and `…/undefined` are dead here. Redirect wrappers
    are unwrapped (up to three deep) and campaign parameters cut off; all else is left as written.
    """
    for _depth in range(3):
        address = _absolute(address)
        inside = _wrapped(address)
        if not inside:
            break
        address = inside
    return _without_campaign(address)


def is_share_link(address: str) -> bool:
    """Whether an absolute address only shares the page it stands on."""
    _scheme, _slashes, rest = address.partition("//")
    return _SHARE.match(rest) is not None


def is_topic_link(address: str, classes: str, text: str) -> bool:
    """Whether a link was put on a brand or topic word by the source's machine."""
    if _TOPIC_CLASSES & set(classes.split()):
        return True
    if len(text.strip()) > _TOPIC_LENGTH:
        return False
    return _TOPIC_PATH.search(urlsplit(address).path) is not None


def link_attributes(address: str, title: str) -> dict[str, str]:
    """The attributes of a stored link; one that leaves the site carries `rel`."""
    attributes = {"href": address} if address else {}
    if title:
        attributes["title"] = title
    if address.lower().startswith(("http:", "https:", "//")):
        attributes["rel"] = "noopener"
    return attributes


def bare_addresses(text: str) -> list[tuple[int, int]]:
    """Where http(s) addresses stand in running text: (start, end) of each, glued ones apart.

    Punctuation that ends a sentence, and a bracket that was opened before, are not part of one.
    """
    found = []
    for match in _BARE.finditer(text):
        start = match.start()
        for piece in _GLUED.split(match[0]):
            kept = _trimmed(piece)
            if len(kept) > len("https://"):
                found.append((start, start + len(kept)))
            start += len(piece)
    return found


def _trimmed(piece: str) -> str:
    unopened = piece.count(")") - piece.count("(")
    end = len(piece)
    while end and (piece[end - 1] in _TRAILING or (piece[end - 1] == ")" and unopened > 0)):
        end -= 1
        unopened -= piece[end] == ")"
    return piece[:end]


def _absolute(address: str) -> str:
    address = _SPACES.sub("", address)
    if address.startswith("//"):
        address = "https:" + address
    scheme = _SCHEME.match(address)
    if scheme is None or _DEAD.search(address):
        return ""
    if scheme[1].lower() == "mailto":
        return address if "@" in address else ""
    return address if _has_host(address, scheme[1]) else ""


def _has_host(address: str, scheme: str) -> bool:
    if scheme.lower() not in {"http", "https"}:
        return False
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _wrapped(address: str) -> str:
    """The address inside a redirect wrapper, or empty."""
    if "?" not in address or is_share_link(address):
        return ""
    parts = urlsplit(address)
    place = f"{parts.hostname or ''}{parts.path}"
    if not _WRAPPER.search(place):
        return ""
    last = address.partition("?")[2]
    for name, value in parse_qsl(parts.query):
        if name.lower() not in _TARGETS or not re.match(r"(?:https?:)?//", value):
            continue
        if _ENCODING_HOST.search(parts.hostname):
            return value
        raw = re.search(rf"(?:^|&){re.escape(name)}=(https?://.*)", last)
        return unquote(raw[1]) if raw and "%" in raw[1][:12] else raw[1] if raw else value
    return ""


def _without_campaign(address: str) -> str:
    if "?" not in address:
        return address
    base, _mark, rest = address.partition("?")
    query, hash_, fragment = rest.partition("#")
    kept = [part for part in query.split("&") if not _CAMPAIGN.fullmatch(part.partition("=")[0])]
    if len(kept) == len(query.split("&")):
        return address
    return base + ("?" if kept else "") + "&".join(kept) + hash_ + fragment
