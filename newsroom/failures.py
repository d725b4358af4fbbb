"""The pages for our own failures: they need neither the database nor anything else of ours."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from articles.body.traditional import PREFIX, markup
from articles.body.traditional.wording import wording
from articles.reader import scripts

RETRY_AFTER = 120  # seconds
_USUAL = "s2twp"  # the usage where nobody knows the outlet's

# What a database raises that is away, locked or out of order, as Django names it (PEP 249).
_AWAY = (OperationalError, InterfaceError)


@never_cache
def failed(request):
    """503 where the database does not answer, otherwise 500; asked while the error is handled."""
    if isinstance(sys.exception(), _AWAY):
        answer = _answer(request, "503.html", 503)
        answer.headers["Retry-After"] = str(RETRY_AFTER)
        return answer
    return _answer(request, "500.html", 500)


def _answer(request, template, status):
    """A page in the script that was asked for.

    Below the prefix an error of a page is converted with the outlet's wording by whoever took the
    prefix off; if nobody did, since the outlet cannot be had, it is converted here, with none.
    """
    if scripts.variant():
        tag = scripts.LANGUAGES[scripts.variant()]
        return HttpResponse(render_to_string(template, {"tag": tag}), status=status)
    if not _is_traditional(request.path_info):
        return HttpResponse(render_to_string(template), status=status)
    text = render_to_string(template, {"tag": scripts.TRADITIONAL})
    told = markup.converted(text, wording(_USUAL, ""), address_of=scripts.in_traditional)
    return HttpResponse(told, status=status, headers={"Content-Language": scripts.TRADITIONAL})


def _is_traditional(path):
    is_chinese = (get_language() or "").startswith("zh")
    return is_chinese and f"{path}/".startswith(PREFIX)
