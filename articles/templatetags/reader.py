"""What readers' templates need beyond Django's own tags: data for machines, and short times."""

import json

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import pgettext

register = template.Library()


class _JsonForHtml:
    """JSON that cannot end the element around it; the escapes are those of `json_script`."""

    def __init__(self, value):
        self._value = value

    def __html__(self):
        return json.dumps(self._value, ensure_ascii=False, separators=(",", ":")).translate(
            _ESCAPES
        )


_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(value):
    """A data block of JSON-LD. It is no script, so the content security policy lets it stand."""
    return format_html('<script type="application/ld+json">{}</script>', _JsonForHtml(value))


@register.filter
def brief(moment, time_known):
    """A time for narrow places: without the year in this year, without the hour in older ones."""
    local = timezone.localtime(moment)
    if local.year != timezone.localtime().year:
        return date_format(local, "DATE_FORMAT")
    if not time_known:
        return date_format(local, pgettext("format of a day", "M j"))
    return date_format(local, pgettext("format of a day and its hour", "M j, H:i"))


@register.filter(expects_localtime=True)
def long_date(moment, form):
    """A date of that `form` (a setting's name), which in Chinese may break behind its year."""
    year, mark, rest = date_format(moment, form).partition("年")
    return format_html("{}{}<wbr>{}", year, mark, rest) if rest else year + mark
