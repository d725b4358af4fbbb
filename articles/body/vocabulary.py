"""The words a stored body may use: elements, attributes and how each value must look."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from articles.body import embeds
from articles.body.picture_classes import may_stand_in_body

_DIGITS = re.compile(r"[0-9]{1,9}")
_SPAN = re.compile(r"[1-9][0-9]{0,2}")
_NUMBER = re.compile(r"-?[0-9]{1,6}")
_LANGUAGE = re.compile(r"language-[a-z0-9+#._-]{1,30}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")


def _anything(value: str) -> bool:
    return True


def _empty(value: str) -> bool:
    return value in {"", "controls", "allowfullscreen", "reversed", "open"}


def _matches(pattern: re.Pattern):
    return lambda value: pattern.fullmatch(value) is not None


def _one_of(*values: str):
    return frozenset(values).__contains__


def _is_address(value: str) -> bool:
    return _has_scheme(value, ("http:", "https:", "mailto:"))


def _is_resource(value: str) -> bool:
    return bool(value.strip()) and _has_scheme(value, ("http:", "https:"))


def _has_scheme(value: str, allowed: tuple[str, ...]) -> bool:
    """Whether an address is relative or of an allowed scheme, as a browser reads it."""
    bare = _INVISIBLE.sub("", value).replace("\\", "/")
    if scheme := _SCHEME.match(bare):
        return scheme[0].lower() in allowed
    return not bare.startswith(("&", ":"))


def _is_embed(value: str) -> bool:
    return embeds.parse_reference(value) is not None


_CELL = {"colspan": _matches(_SPAN), "rowspan": _matches(_SPAN)}

#: element -> attribute -> whether a value is acceptable
STORED: Mapping[str, Mapping] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("p", "h2", "h3", "h4", "h5", "h6", "ul", "blockquote", "hr", "br", "pre"),
                *("table", "caption", "thead", "tbody", "tfoot", "tr", "figcaption"),
                *("strong", "em", "u", "s", "sub", "sup", "kbd", "mark", "small"),
                *("ruby", "rt", "rp", "details", "summary", "dl", "dt", "dd"),
            ),
            MappingProxyType({}),
        ),
        "li": {"value": _matches(_NUMBER)},
        "ol": {"start": _matches(_NUMBER)},
        "code": {"class": _matches(_LANGUAGE)},
        "th": {**_CELL, "scope": _one_of("row", "col", "rowgroup", "colgroup")},
        "td": _CELL,
        "a": {"href": _is_address, "title": _anything, "rel": _anything},
        "figure": {"data-embed": _is_embed},
        "img": {
            "src": _is_resource,
            "alt": _anything,
            "role": _one_of("presentation"),  # it only decorates; without a word nobody knows
            "width": _matches(_DIGITS),
            "height": _matches(_DIGITS),
            "data-image": _matches(_DIGITS),
        },
        "video": {
            "src": _is_resource,
            "poster": _is_resource,
            "controls": _empty,
            "width": _matches(_DIGITS),
            "height": _matches(_DIGITS),
        },
        "audio": {"src": _is_resource, "controls": _empty},
        "source": {"src": _is_resource, "type": _matches(re.compile(r"(?:audio|video)/[\w.+-]+"))},
    }
)

_SRCSET = re.compile(
    r"\s*(?:https?://|/(?!/))[^\s,]+(?:\s+[0-9.]+[wx])?(?:,\s+"
    r"(?:https?://|/(?!/))[^\s,]+(?:\s+[0-9.]+[wx])?)*\s*"
)
_SIZES = re.compile(r"[0-9a-z\s():,.%<>=+*/-]{1,200}")
_HEADING_ID = re.compile(r"s-[\w-]{1,48}")
_FRAME = re.compile(r"/embed/[a-z]+/[0-9A-Za-z_=-]+/")
DIV_CLASSES = frozenset({"table-scroll"})
FIGURE_CLASSES = frozenset({"embed"})
CAPTION_CLASSES = frozenset({"credit-only"})
ADDRESS_CLASS = "address"
#: comment, keyword, string, number, function, built in; inserted, deleted, heading of a diff
CODE_CLASSES = frozenset(f"hl-{letter}" for letter in "cksnfbidh")


def _also(element: str, **more) -> dict:
    return {**STORED[element], **{name.replace("_", "-"): check for name, check in more.items()}}


_HEADING = {"id": _matches(_HEADING_ID)}
_RENDERED_IMG = _also(
    "img",
    **{"class": may_stand_in_body},
    loading=_one_of("lazy", "eager"),
    decoding=_one_of("async", "sync", "auto"),
    referrerpolicy=_one_of("no-referrer"),
    fetchpriority=_one_of("high", "low", "auto"),
    srcset=_matches(_SRCSET),
    sizes=_matches(_SIZES),
)

_REGION = {"role": _one_of("region"), "tabindex": _one_of("0"), "aria-label": _anything}

#: what rendering adds to it
RENDERED: Mapping[str, Mapping] = MappingProxyType(
    {
        **STORED,
        **dict.fromkeys(("h2", "h3", "h4"), _HEADING),
        "div": {"class": DIV_CLASSES.__contains__, **_REGION},
        "pre": _also("pre", **_REGION),
        "figure": _also("figure", **{"class": FIGURE_CLASSES.__contains__}),
        "figcaption": {"class": CAPTION_CLASSES.__contains__},
        "iframe": {
            "src": _matches(_FRAME),
            "title": _anything,
            "loading": _one_of("lazy"),
            "allowfullscreen": _empty,
        },
        "a": _also(
            "a",
            id=_matches(re.compile(r"fnref-[1-9][0-9]{0,2}")),
            role=_one_of("doc-noteref", "doc-backlink"),
            **{"aria-label": _anything, "class": _one_of(ADDRESS_CLASS)},
        ),
        "li": _also("li", id=_matches(re.compile(r"fn-[1-9][0-9]{0,2}"))),
        "picture": {},
        "span": {"class": CODE_CLASSES.__contains__},
        "img": _RENDERED_IMG,
        "source": _also(
            "source",
            type=_matches(re.compile(r"(?:audio|video|image)/[\w.+-]+")),
            srcset=_matches(_SRCSET),
            sizes=_matches(_SIZES),
            media=_matches(_SIZES),
            width=_matches(_DIGITS),
            height=_matches(_DIGITS),
        ),
        "video": _also("video", preload=_one_of("none", "metadata")),
        "audio": _also("audio", preload=_one_of("none", "metadata")),
    }
)

_MARK = {"class": _one_of("reformatted")}

#: a stored body with what `comparing` marks in it
COMPARED: Mapping[str, Mapping] = MappingProxyType({**STORED, "ins": _MARK, "del": _MARK})

VOID = frozenset({"br", "hr", "img", "source", "wbr", "track", "input", "col", "area", "embed"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
#: elements that stand as a line of their own in a serialised body
BLOCKS = frozenset(
    {
        *HEADINGS,
        *("p", "ul", "ol", "li", "blockquote", "hr", "pre", "table", "caption", "thead", "tbody"),
        *("tfoot", "tr", "figure", "video", "audio", "details", "summary", "dl", "dt", "dd"),
    }
)
