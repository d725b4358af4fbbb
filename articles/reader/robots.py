"""What programs are told before they ask for a page: where to look, and whose site it is."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.reader.addresses import absolute

_TEXT = "text/plain; charset=utf-8"
_HIDDEN = ("/admin/", "/preview/")
_SITEMAPS = ("sitemap", "news_sitemap")


@require_safe
def robots(request):
    """The rules for robots (RFC 9309), and the sitemaps (https://www.sitemaps.org/protocol.html)."""
    hidden = [f"Disallow: {path}" for path in _HIDDEN]
    maps = [f"Sitemap: {absolute(reverse(name))}" for name in _SITEMAPS]
    lines = ["User-agent: *", *hidden, "", *maps]
    return HttpResponse("\n".join(lines) + "\n", content_type=_TEXT)


@require_safe
def indexnow_key(request, key):
    """Proves whose site it is to IndexNow (https://www.indexnow.org/documentation)."""
    if key != settings.INDEXNOW_KEY:
        raise Http404("There is no such file.")
    return HttpResponse(key, content_type=_TEXT)
