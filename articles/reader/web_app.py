"""The outlet as an app on a reader's device: what it is called, how it looks, what it keeps.

Off unless `WEB_APP` says so: then no page names any of this, and the worker of a time when it was
on takes itself and what it kept away. https://www.w3.org/TR/appmanifest/
"""

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.images import icons
from articles.models import Outlet
from articles.reader import frame, scripts

PAPER = "#f8f6f1"  # as in templates/base.html
_LONGEST_SHORT_NAME = 12  # characters that fit below an icon
_PURPOSES = {"icon": "any", "maskable": "maskable"}
_A_DAY = 86_400  # seconds


@require_safe
def manifest(request):
    """What a browser asks before it puts the site among a device's programs."""
    outlet = Outlet.objects.current()
    facts = {
        "id": "/",
        "name": outlet.name,
        "short_name": outlet.name[:_LONGEST_SHORT_NAME],
        "description": outlet.description or outlet.tagline,
        "lang": frame.language_tag(),
        "dir": "ltr",
        "start_url": reverse("front"),
        "scope": "/",
        "display": "standalone",
        "theme_color": PAPER,
        "background_color": PAPER,
        "icons": [_icon(purpose, side) for side in icons.SIZES for purpose in _PURPOSES],
    }
    return JsonResponse(facts, content_type="application/manifest+json")


@require_safe
def icon(request, purpose, side):
    """The outlet's icon as PNG."""
    if purpose not in _PURPOSES or side not in icons.SIZES:
        raise Http404("There is no such icon.")
    outlet = Outlet.objects.current()
    content = cache.get_or_set(
        f"icon:{purpose}:{side}:{_look(outlet)}", lambda: _drawn(outlet, purpose, side), _A_DAY
    )
    headers = {"Cache-Control": f"public, max-age={_A_DAY}"}
    return HttpResponse(content, content_type="image/png", headers=headers)


@require_safe
def worker(request):
    """The service worker, without what only its authors need: comments and indentation.

    Browsers ask for it anew again and again, whatever page is open.
    """
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    name, context = "sw_off.js", {}
    if settings.WEB_APP:
        written = reverse("offline")
        twin = scripts.twin_of(written, frame.outlet_of(request))
        name, context = "sw.js", {"offline": filter(None, [written, twin])}
    lines = map(str.strip, render_to_string(name, context, request).splitlines())
    text = "\n".join(filter(None, lines))
    return HttpResponse(text, content_type="text/javascript", headers=headers)


@require_safe
def offline(request):
    """What is shown without a network instead of a page that was not kept."""
    context = {"heading": _("You are offline"), "alternates": []}
    return frame.page(request, "offline.html", context)


def _look(outlet):
    """What changes when the icons change."""
    logo = outlet.logo.file.name if outlet.logo else ""
    return sha256(f"{logo}\0{outlet.name[:1]}".encode()).hexdigest()[:16]


def _icon(purpose, side):
    return {
        "src": reverse("web_app_icon", args=[purpose, side]),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": _PURPOSES[purpose],
    }


def _stored(image):
    try:
        _held, file = default_storage.fetch(image.file.name)
    except OSError:
        return b""
    with file:
        return file.read()


def _drawn(outlet, purpose, side):
    logo = outlet.logo
    suits = logo and logo.file and icons.suits(logo.width, logo.height)
    found = suits and icons.of_logo(_stored(logo), side, maskable=purpose == "maskable")
    return found or icons.of_name(outlet.name, side)
