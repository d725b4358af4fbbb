"""Players of other sites: a page of our own in a frame, which asks nobody before the click."""

from django.conf import settings
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from articles.body import embeds
from articles.reader.frame import language_tag


@require_safe
@xframe_options_sameorigin
@csp_override(settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]})
def embed(request, provider, id):  # noqa: A002 - the id is what it is
    player = embeds.player_address(provider, id)
    if player is None:
        raise Http404("There is no such player.")
    context = {
        "player": player,
        "site": embeds.label(provider),
        "is_video": embeds.medium(provider) == embeds.VIDEO,
        "language": language_tag(),
    }
    headers = {"X-Robots-Tag": "noindex"}
    return TemplateResponse(request, "embed.html", context, headers=headers)
