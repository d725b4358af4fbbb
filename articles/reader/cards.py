"""Cards: where the drawn picture of a page without one is found, and the view that draws it.

An address changes with the words on the card, so that social sites, which keep what they once
fetched, fetch a new headline anew.
"""

from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.body.traditional.wording import wording
from articles.images import cards, recipes
from articles.models import Article, Outlet
from articles.reader import scripts
from articles.reader.addresses import absolute
from articles.reader.pictures import PictureFile

_A_DAY = 86_400  # seconds: a withdrawn headline is not to stay with caches for long
_DIGITS = 12
#: the shapes that Google asks for beside that of social sites: pixels
_SHAPES = {"16x9": (1200, 675), "4x3": (1200, 900), "1x1": (1200, 1200)}


def card_of_story(story: Article, outlet: Outlet) -> PictureFile | None:
    """The card of a story without a picture; None where nothing can be drawn."""
    return _file("card", story.title, outlet, story.pk)


def cards_of_story(story: Article, outlet: Outlet) -> list[PictureFile]:
    """The card of a story in every shape that search engines ask for; empty as `card_of_story`."""
    if (card := card_of_story(story, outlet)) is None:
        return []
    digest = _digest(_words(story.title, outlet))
    return [
        replace(
            card,
            address=absolute(reverse("shaped_card", args=[story.pk, shape, digest])),
            width=width,
            height=height,
        )
        for shape, (width, height) in _SHAPES.items()
    ]


def card_of_outlet(outlet: Outlet) -> PictureFile | None:
    """The card of every page that is no story; None where nothing can be drawn."""
    return _file("site_card", _motto(outlet), outlet)


@require_safe
def story_card(request, pk, digest):
    story = get_object_or_404(Article.objects.published().only("title"), pk=pk)
    return _drawn(digest, "card", story.title, Outlet.objects.get(), story.pk)


@require_safe
def shaped_card(request, pk, shape, digest):
    if shape not in _SHAPES:
        raise Http404("There is no such shape.")
    story = get_object_or_404(Article.objects.published().only("title"), pk=pk)
    return _drawn(
        digest,
        "shaped_card",
        story.title,
        Outlet.objects.get(),
        story.pk,
        shape,
        size=_SHAPES[shape],
    )


@require_safe
def site_card(request, digest):
    outlet = Outlet.objects.get()
    return _drawn(digest, "site_card", _motto(outlet), outlet)


def _motto(outlet):
    return outlet.tagline or outlet.name


def _drawn(digest, name, headline, outlet, *args, size=cards.SIZE):
    """The card as PNG; any digest but that of its words leads to the right one."""
    if not (headline and cards.can_draw()):
        raise Http404("There is no card.")
    words = _words(headline, outlet)
    if digest != _digest(words):
        return redirect(name, *args, _digest(words))
    key = f"card:{digest}:{size[1]}"
    content = cache.get_or_set(key, lambda: cards.draw(*words, size=size), timeout=_A_DAY)
    headers = {"Cache-Control": f"public, max-age={_A_DAY}"}
    return HttpResponse(content, content_type=recipes.MEDIA_TYPES[recipes.PNG], headers=headers)


def _file(name, headline, outlet, *args):
    if not (headline and cards.can_draw()):
        return None
    address = absolute(reverse(name, args=[*args, _digest(_words(headline, outlet))]))
    return PictureFile(address, *cards.SIZE, recipes.MEDIA_TYPES[recipes.PNG], headline)


def _words(headline, outlet):
    """All that stands on a card, in the script of the page: headline, name, and where we are."""
    place = (urlsplit(settings.SITE_URL).hostname or "").removeprefix("www.")
    if not scripts.variant():
        return headline, outlet.name, place
    words = wording(scripts.variant(), outlet.glossary)
    return words.plain(headline), words.plain(outlet.name), place


def _digest(words):
    told = "\0".join((str(cards.EDITION), *words))
    return sha256(told.encode()).hexdigest()[:_DIGITS]
