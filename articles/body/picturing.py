"""Pictures in a stored body: which ones it shows, and what it says of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from articles.body.serialising import parse, serialise


@dataclass(frozen=True, slots=True)
class BodyPicture:
    """One picture of a body: the library's id or None, its address, and what stands beside it.

    `is_decorative`: the body itself says that there is nothing to say of it.
    """

    image: int | None
    address: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    is_decorative: bool = False


class ShownPicture(Protocol):
    """What rendering needs to know of a picture that can be shown.

    `sources`: (media type, srcset) pairs, best format first, the last for `<img>` itself;
    `width`, `height` in pixels; `tone`: three hexadecimal digits or ""; `alt`: what is said of it
    where the body says nothing; `is_fitted`: its own size is not known; `file_size`: pixels of the
    file at `src`.
    """

    src: str
    width: int
    height: int
    sources: Sequence[tuple[str, str]]
    tone: str
    alt: str
    is_remote: bool
    is_fitted: bool
    file_size: tuple[int, int] | None


def pictures_in(body: str) -> tuple[BodyPicture, ...]:
    """The pictures of a stored body, in order; stills of films are not among them."""
    if "<img" not in body:
        return ()
    return tuple(_described(element) for element in parse(body).iter("img"))


def reference_of(element: etree._Element) -> str:
    """What a picture is known by: the library's id as a string, or else its remote address."""
    return element.get("data-image") or element.get("src", "")


def with_addresses(body: str, addresses: Mapping[str, str]) -> str:
    """The same with other files for its pictures, by `reference_of`; nothing is said of sizes."""
    if "<img" not in body:
        return body
    root = parse(body)
    for element in root.iter("img"):
        if address := addresses.get(reference_of(element)):
            element.set("src", address)
            element.attrib.pop("width", None)
            element.attrib.pop("height", None)
    return serialise(root)


def _described(element: etree._Element) -> BodyPicture:
    figure = element.getparent()
    caption, credit = "", ""
    lines = figure.find("figcaption") if figure.tag == "figure" else None
    if lines is not None:
        small = lines.find("small")
        credit = _text(small) if small is not None else ""
        caption = _text(lines).removesuffix(credit).strip()
    number = element.get("data-image", "")
    return BodyPicture(
        image=int(number) if number else None,
        address=element.get("src", ""),
        alt=element.get("alt", ""),
        caption=caption,
        credit=credit,
        is_decorative=element.get("role") == "presentation",
    )


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())
