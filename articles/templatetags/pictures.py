"""The picture of a page: the smallest file its reader can use, in room that is kept for it."""

from collections.abc import Mapping
from types import MappingProxyType

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from articles.body.picture_classes import TALL, focus_classes, is_tall, tone_class
from articles.images import recipes
from articles.images.showing import Shown, shown, words_for

register = template.Library()

# The lengths of layout.css and base.css that all places below are made of.
_GAP = "clamp(1.25rem, 2.4vw, 2rem)"
_PAGE = "min(100vw, 82rem) - 2 * clamp(1rem, 4vw, 2.5rem)"
_ROW = "clamp(7rem, 30vw, 10rem)"
#: place on a page -> how wide the stylesheet makes a picture there (HTML, 4.8.4.2.2)
SIZES: Mapping[str, str] = MappingProxyType(
    {
        "page": f"calc({_PAGE})",
        "lead": f"(width >= 60rem) calc(({_PAGE} - {_GAP}) * 2 / 3), calc({_PAGE})",
        "stack": f"(width >= 60rem) calc(({_PAGE} - 4 * {_GAP}) / 3), "
        f"(width >= 40rem) calc(({_PAGE} - 2 * {_GAP}) / 2), calc({_PAGE})",
        "quarter": f"(width >= 72rem) calc(({_PAGE} - 6 * {_GAP}) / 4), "
        f"(width >= 40rem) calc(({_PAGE} - 2 * {_GAP}) / 2), calc({_PAGE})",
        "row": _ROW,
        "river": f"(width >= 40.25rem) 13rem, {_ROW}",
        "cover": f"(width >= 60rem) calc(({_PAGE} - 2 * {_GAP}) / 3.6), calc({_PAGE})",
        "portrait": "6rem",
        "header": f"(width >= 64rem) calc({_PAGE} - 11.5rem - 1.5 * {_GAP}), calc({_PAGE})",
    }
)
_OF_TALL = f"min(36rem, {_PAGE})"


@register.simple_tag
def picture(
    image, crop=recipes.FULL, sizes="page", *, beside="", priority=False, decorative=False, **more
):
    """A `picture` with every format there is of `image`; a quiet box if there is none.

    `crop`: a key of `recipes.SHAPES`, or FULL. `sizes`: a key of `SIZES`, or what HTML takes.
    `beside`: its caption there, which is not said twice. `priority`: it is the first thing seen.
    `decorative`: its words stand beside it. `class`: more classes. Asks the database nothing.
    """
    if not image:
        return ""
    words = "" if decorative else words_for(image, beside=beside)
    found = shown(image, crop)
    names = _names(found, crop, more.get("class", ""))
    if found is None:
        return _placeholder(names, words)
    sizes = _OF_TALL if TALL in names else SIZES.get(sizes, sizes)
    attributes = {"alt": words} | _shape(found) | _loading(found, priority=priority)
    return format_html(
        '<picture class="{}">{}<img{}></picture>',
        " ".join(names),
        _sources(found, sizes),
        flatatt(_file(found, sizes) | attributes),
    )


def _names(found: Shown | None, crop: str, more: str) -> list[str]:
    """The classes of the frame: its shape, unless the picture's own size says it."""
    names = ["picture"]
    if crop != recipes.FULL:
        names.append(f"picture--{crop.replace(':', 'x')}")
    elif found is None or found.is_fitted:
        names.append("picture--16x9")
    elif is_tall(found.width, found.height):
        names.append(TALL)
    return [*names, *more.split(), *([] if found else ["picture--missing"])]


def _placeholder(names: list[str], words: str):
    named = {"role": "img", "aria-label": words} if words else {"aria-hidden": "true"}
    return format_html("<span{}></span>", flatatt({"class": " ".join(names)} | named))


def _sources(found: Shown, sizes: str):
    line = '<source type="{}" srcset="{}" sizes="{}">'
    return format_html_join("", line, ((*source, sizes) for source in found.sources[:-1]))


def _file(found: Shown, sizes: str) -> dict[str, str]:
    if not found.sources:
        return {"src": found.src}
    return {"src": found.src, "srcset": found.sources[-1][1], "sizes": sizes}


def _shape(found: Shown) -> dict[str, str | int]:
    names = [tone_class(found.tone), focus_classes(found.focus) if found.is_fitted else ""]
    facts = {"width": found.width, "height": found.height}
    return facts | ({"class": " ".join(filter(None, names))} if any(names) else {})


def _loading(found: Shown, *, priority: bool) -> dict[str, str]:
    facts = {"loading": "eager", "fetchpriority": "high"} if priority else {"loading": "lazy"}
    facts["decoding"] = "async"
    return facts | ({"referrerpolicy": "no-referrer"} if found.is_remote else {})
