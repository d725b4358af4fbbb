"""What a page shows of a picture: the best files that exist of it, each with its address."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.images import recipes
from articles.images.models import Image

logger = logging.getLogger("newsroom.pictures")

_PLAIN_WIDTH = 1280  # pixels; what a browser gets that knows neither srcset nor our formats
_UNMEASURED = (1280, 720)  # room for a remote picture whose size nobody knows


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as an HTML `<picture>` shows it.

    `sources`: media type and `srcset` (HTML, 4.8.4.2.1), best format first, the last for `<img>`
    itself; empty if there is only one file. `width`, `height`: pixels of the shape shown, so that
    room is kept. `file_size`: pixels of the file at `src`, None if nobody knows. `tone`: three
    hexadecimal digits or "". `is_fitted`: the file has another shape than asked for, and the
    browser cuts it around `focus`. `alt`: see `words_for`.
    """

    src: str
    width: int
    height: int
    sources: tuple[tuple[str, str], ...] = ()
    tone: str = ""
    is_fitted: bool = False
    is_remote: bool = False
    focus: recipes.Point = (0.5, 0.5)
    file_size: recipes.Size | None = None
    alt: str = ""


def words_for(image: Image, otherwise: str = "", *, beside: str = "") -> str:
    """What is said to those who cannot see `image`; `beside`: what is written next to it.

    Nothing where it merely decorates, and nothing that is written beside it: it would be read
    twice (https://html.spec.whatwg.org/multipage/images.html#a-graphical-representation-of-some-of-the-surrounding-text).
    Nothing either where nobody wrote a word: a screen reader then passes the picture over, but a
    placeholder such as "picture" is no better (WCAG, F30). The gate has told the desk that the
    words are missing.
    """
    if image.is_decorative:
        return ""
    words = image.alt or image.caption or otherwise
    return "" if words in beside else words


def shown(image: Image, crop: str = recipes.FULL) -> Shown | None:
    """The best there is of `image` under `crop` (a key of `recipes.SHAPES`, or FULL).

    A format whose file is missing is left out, with a line in the log; without the fallback the
    original is shown. None, and a line in the log, if there is nothing to show: the file is
    missing, or the picture is remote and known dead. Asks the database nothing.
    """
    if image.is_remote:
        return _remote(image, crop)
    made = None if image.is_animated and crop == recipes.FULL else image.renditions.get(crop)
    endings = _endings_there(image, crop, made) if made else ()
    if endings and endings[-1] == _fallback(image):
        return _rendered(image, crop, made, endings)
    if is_there(image, image.file.name):
        return _original(image, crop)
    logger.error("The file of picture %s is missing: %s", image.pk, image.file.name)
    return None


def is_there(image: Image, name: str) -> bool:
    """Whether a file exists, as far as that can be known at once.

    A local folder is asked; a bucket would have to be asked over the network for every picture of
    every page, so there the row is believed. What it wrongly promises, readers' browsers find out.
    """
    try:
        return Path(image.file.storage.path(name)).is_file()
    except NotImplementedError:
        return True


def rendition_name(image: Image, crop: str, made: dict[str, Any], size: Iterable[int]) -> str:
    """Where the fallback file of `size` lies that was `made` under `crop`."""
    return _name(image, crop, made, size, _fallback(image))


def _fallback(image: Image) -> str:
    return _endings(image)[-1]


def _endings(image: Image) -> tuple[str, ...]:
    return recipes.endings(has_alpha=image.has_alpha)


def _endings_there(image: Image, crop: str, made: dict[str, Any]) -> tuple[str, ...]:
    """The formats whose largest file is there; a browser tries no other than it was offered."""
    names = {e: _name(image, crop, made, made["sizes"][-1], e) for e in _endings(image)}
    missing = [ending for ending, name in names.items() if not is_there(image, name)]
    if missing:
        lost = ", ".join(names[ending] for ending in missing)
        logger.error("Renditions of picture %s are missing: %s", image.pk, lost)
    return tuple(ending for ending in names if ending not in missing)


def _name(image: Image, crop: str, made: dict[str, Any], size: Iterable[int], ending: str) -> str:
    recipe = recipes.Recipe(crop, tuple(size), ending)
    return recipes.file_name(image.stem, recipe, made["key"], made["edition"])


def _rendered(image: Image, crop: str, made: dict[str, Any], endings: tuple[str, ...]) -> Shown:
    address = image.file.storage.url
    sources = tuple(
        (
            recipes.MEDIA_TYPES[ending],
            ", ".join(
                f"{address(_name(image, crop, made, size, ending))} {size[0]}w"
                for size in made["sizes"]
            ),
        )
        for ending in endings
    )
    plain = [size for size in made["sizes"] if size[0] <= _PLAIN_WIDTH] or made["sizes"][:1]
    width, height = made["sizes"][-1]
    return Shown(
        src=address(rendition_name(image, crop, made, plain[-1])),
        width=width,
        height=height,
        sources=sources,
        tone=image.tone,
        focus=image.focus,
        file_size=(plain[-1][0], plain[-1][1]),
        alt=words_for(image),
    )


def _original(image: Image, crop: str) -> Shown:
    width, height = recipes.sizes((image.width, image.height), crop)[-1]
    if crop == recipes.FULL:
        width, height = image.width, image.height
    return Shown(
        src=image.url,
        width=width,
        height=height,
        tone=image.tone,
        is_fitted=crop != recipes.FULL,
        focus=image.focus,
        file_size=(image.width, image.height),
        alt=words_for(image),
    )


def _remote(image: Image, crop: str) -> Shown | None:
    if image.is_dead:
        return None
    known = (image.width, image.height) if image.width and image.height else None
    width, height = recipes.sizes(known or _UNMEASURED, crop)[-1]
    return Shown(
        src=image.source_url,
        width=width,
        height=height,
        is_fitted=crop != recipes.FULL or known is None,
        is_remote=True,
        focus=image.focus,
        file_size=known,
        alt=words_for(image),
    )
