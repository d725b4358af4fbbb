"""Pictures beside a document: which ones a body names, and putting in what they became."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from articles.body.serialising import parse, serialise

_PICTURED = MappingProxyType({"img": "src", "video": "poster"})


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture of the library as a body refers to it: its id, address and size in pixels."""

    id: int
    url: str
    width: int
    height: int


def is_beside(address: str) -> bool:
    """Whether `address` is a path relative to the document (RFC 3986, section 4.2)."""
    return bool(address) and ":" not in address and not address.startswith(("/", "#", "?"))


def pictures_beside(body: str) -> list[str]:
    """The relative addresses of pictures in a tidied body, each once, in order."""
    if "<img" not in body and "poster=" not in body:
        return []
    elements = parse(body).iter(*_PICTURED)
    sources = (element.get(_PICTURED[element.tag], "") for element in elements)
    return list(dict.fromkeys(source for source in sources if is_beside(source)))


def place(body: str, pictures: Mapping[str, PlacedPicture]) -> str:
    """Refer to the library's pictures instead of relative addresses.

    A figure whose relative picture is not in `pictures` goes; its caption stays as a paragraph.
    A film whose still is not there goes without.
    """
    root = parse(body)
    for film in root.iter("video"):
        _put_still(film, pictures)
    for element in list(root.iter("img")):
        source = element.get("src", "")
        if source in pictures:
            _refer(element, pictures[source])
        elif is_beside(source):
            _remove(element)
    return serialise(root)


def _put_still(film, pictures: Mapping[str, PlacedPicture]) -> None:
    still = film.get("poster", "")
    if still in pictures:
        film.set("poster", pictures[still].url)
    elif is_beside(still):
        del film.attrib["poster"]


def _refer(element, picture: PlacedPicture) -> None:
    element.set("src", picture.url)
    element.set("data-image", str(picture.id))
    element.set("width", str(picture.width))
    element.set("height", str(picture.height))


def _remove(element) -> None:
    figure = element.getparent()
    if figure.tag != "figure":
        element.drop_tree()
        return
    caption = figure.find("figcaption")
    if caption is None:
        figure.drop_tree()
    else:
        element.drop_tree()
        caption.tag, figure.tag = "p", "blockquote"
        figure.drop_tag()
