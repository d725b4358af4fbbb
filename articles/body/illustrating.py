"""The pictures of a body as readers and feed readers get them; dead ones are not shown."""

from collections.abc import Mapping

from lxml import etree

from articles.body.picture_classes import TALL, UNMEASURED, is_tall, tone_class
from articles.body.picturing import ShownPicture, reference_of

Pictures = Mapping[str, ShownPicture | None]

# The room of `.prose` in `.page` (layout.css, story.css), and of a tall picture in it (prose.css).
_PAGE = "100vw - 2 * clamp(1rem, 4vw, 2.5rem)"
_SIZES, _SIZES_OF_TALL = f"(min-width: 64rem) 42.75rem, calc({_PAGE})", f"min(30rem, {_PAGE})"
_REMOTE = ("http:", "https:", "//")
_HOLLOW = frozenset({"a", "p", "strong", "em"})  # nothing, once the picture in them is gone


def leave_out_dead(root: etree._Element, pictures: Pictures) -> None:
    """Take the pictures out that nobody can be shown, each with its figure and caption."""
    for picture in list(root.iter("img")):
        reference = reference_of(picture)
        if reference in pictures and pictures[reference] is None:
            _take_out(_alone_with(picture))


def illustrate(picture: etree._Element, shown: ShownPicture | None) -> None:
    """Make the `img` of a stored body what a page shows; `shown` is None if it is not known."""
    is_measured = bool(picture.get("width") and picture.get("height"))
    if shown is not None:
        _tell(picture, shown)
        is_measured = is_measured or not shown.is_fitted
        if not shown.is_fitted:
            _measure(picture, (shown.width, shown.height))
    _classify(picture, shown, is_measured=is_measured)
    picture.set("loading", "lazy")
    picture.set("decoding", "async")
    if picture.get("src", "").startswith(_REMOTE) and (shown is None or shown.is_remote):
        picture.set("referrerpolicy", "no-referrer")
    if shown is not None and shown.sources:
        _offer(picture, shown)


def illustrate_for_feed(picture: etree._Element, shown: ShownPicture | None) -> None:
    """Point the `img` of a stored body to the one file that every feed reader can show."""
    if shown is not None:
        _tell(picture, shown)
        if shown.file_size is not None:
            _measure(picture, shown.file_size)


def _tell(picture: etree._Element, shown: ShownPicture) -> None:
    picture.set("src", shown.src)
    if not picture.get("alt") and picture.get("role") != "presentation":
        picture.set("alt", "" if shown.alt in _caption_of(picture) else shown.alt)


def _caption_of(picture: etree._Element) -> str:
    """What stands below a picture, so that its words need not say it a second time."""
    figure = next(picture.iterancestors("figure"), None)
    caption = figure.find("figcaption") if figure is not None else None
    return "" if caption is None else "".join(caption.itertext())


def _measure(picture: etree._Element, size: tuple[int, int]) -> None:
    for name, pixels in zip(("width", "height"), size, strict=True):
        picture.set(name, str(pixels))


def _classify(picture: etree._Element, shown: ShownPicture | None, *, is_measured: bool) -> None:
    classes = [] if is_measured else [UNMEASURED]
    if shown is not None and not shown.is_fitted and is_tall(shown.width, shown.height):
        classes.append(TALL)
    if shown is not None and (tone := tone_class(shown.tone)):
        classes.append(tone)
    if classes:
        picture.set("class", " ".join(classes))


def _offer(picture: etree._Element, shown: ShownPicture) -> None:
    """Put the `img` into a `picture` with a source for each better format."""
    sizes = _SIZES_OF_TALL if is_tall(shown.width, shown.height) else _SIZES
    frame = etree.Element("picture")
    frame.tail, picture.tail = picture.tail, None
    picture.getparent().replace(picture, frame)
    *better, (_kind, fallback) = shown.sources
    for kind, srcset in better:
        etree.SubElement(frame, "source", {"type": kind, "srcset": srcset, "sizes": sizes})
    picture.set("srcset", fallback)
    picture.set("sizes", sizes)
    frame.append(picture)


def _alone_with(picture: etree._Element) -> etree._Element:
    """The figure of a picture, if it is there for it alone; otherwise the picture itself."""
    figure = next(picture.iterancestors("figure"), None)
    if figure is None or len(list(figure.iter("img"))) > 1:
        return picture
    return figure


def _take_out(element: etree._Element) -> None:
    """Remove an element but not the text behind it, and what is hollow without it."""
    parent = element.getparent()
    element.drop_tree()
    if parent.tag in _HOLLOW and not len(parent) and not (parent.text or "").strip():
        _take_out(parent)
