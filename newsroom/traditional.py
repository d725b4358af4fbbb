"""Every public page a second time, in Traditional Chinese, below `/zh-hant/`."""

from functools import partial

from django.http import HttpResponsePermanentRedirect
from django.middleware.http import ConditionalGetMiddleware

from articles.body.traditional import feeds, markup, structured
from articles.body.traditional.wording import wording
from articles.reader import frame, scripts

# What a request says of the copy it has (RFC 9110, section 13): that copy is of our answer.
_CONDITIONS = (
    *("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH"),
    *("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"),
)


class TraditionalMiddleware:
    """Take the prefix off the path, let the site answer, and convert what it says.

    Stands inside the compression and outside of everything that reads the path. Where the outlet
    has no such pages, or the path leads to none, nothing is taken off, and no address fits: 404.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self._known = ConditionalGetMiddleware(get_response)

    def __call__(self, request):
        is_bare = request.path_info == scripts.PREFIX.rstrip("/")
        path = "/" if is_bare else scripts.in_simplified(request.path_info)
        if path is None:
            return self.get_response(request)
        outlet = frame.outlet_of(request)
        if not scripts.offered(outlet):
            return self.get_response(request)
        if is_bare:
            return HttpResponsePermanentRedirect(scripts.PREFIX)
        request.path_info = path
        return self._answer(request, outlet)

    def _answer(self, request, outlet):
        conditions = {name: request.META.pop(name) for name in _CONDITIONS if name in request.META}
        with scripts.traditional(outlet.traditional):
            response = self.get_response(request)
        request.META |= conditions
        response.headers["Content-Language"] = scripts.LANGUAGES[outlet.traditional]
        if response.streaming or not (convert := _conversion(response, outlet)):
            return response
        response.content = convert(response.text).encode(response.charset)
        response.headers["Content-Length"] = len(response.content)
        if response.has_header("ETag"):
            del response.headers["ETag"]
            return self._known.process_response(request, response)
        return response


def _conversion(response, outlet):
    """What makes text of this kind Traditional; None for what is not to be converted."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    words = wording(outlet.traditional, outlet.glossary)
    html = partial(markup.converted, wording=words, address_of=scripts.in_traditional)
    if kind == "text/html":
        return html
    if kind.endswith("xml") and not kind.startswith("image/"):
        return partial(feeds.converted, wording=words, address_of=scripts.in_traditional)
    if kind.endswith("json"):
        return partial(structured.structured_data, wording=words, html=html)
    return None
