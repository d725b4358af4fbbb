"""The short address of a story as a QR code, for whoever reads on a screen and shares by phone."""

from io import BytesIO

import segno
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.reader.addresses import absolute
from articles.reader.views import gone_or_unknown

_A_DAY = 86_400  # seconds: the code of a withdrawn story is not to stay with caches for long
_QUIET = 4  # modules of white around it (ISO/IEC 18004); it is dark on light in either scheme


@require_safe
def qr_code(request, pk):
    story = Article.objects.published().only("pk").filter(pk=pk).first()
    if story is None:
        return gone_or_unknown(request, pk)
    drawn = drawing_of(absolute(story.get_short_url()))
    headers = {"Cache-Control": f"public, max-age={_A_DAY}"}
    return HttpResponse(drawn, content_type="image/svg+xml", headers=headers)


def drawing_of(address: str) -> bytes:
    """A QR code of `address` as SVG, which scales to any size."""
    out = BytesIO()
    options = {"border": _QUIET, "dark": "#000", "light": "#fff", "omitsize": True}
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, svgclass=None, lineclass=None, nl=False, **options)
    return out.getvalue()
