"""The door for the desk's scripts: JSON in, JSON out; a refusal is a sentence and a reason."""

import json
from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.models import Article
from articles.workflow import NotAllowed

_MOST_CHANGES = 2**62  # what a column holds, and no window reaches
_TAB_LENGTH = 36


class Malformed(Exception):
    """A script never sends this; whoever wrote it by hand is told so."""


def refusal(reason, sentence, status, **facts):
    """What a script gets instead of an answer; `reason` is for it, the sentence for the person."""
    return JsonResponse({"reason": reason, "error": str(sentence), **facts}, status=status)


def for_scripts(admin_site, view):
    """`view(request, said, …)`, where `said` is the JSON object that was sent.

    Whoever is logged out is answered as such and not led to the login page; a page that was
    opened by somebody else (`user` in what is sent) is refused.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        if not admin_site.has_permission(request):
            sentence = _("You are not logged in any more.")
            return refusal("session", sentence, 403, login=reverse("admin:login"))
        try:
            return _answered(view, request, *args, **kwargs)
        except RequestDataTooBig:
            return refusal("large", _("This text is too long to be kept while you type."), 413)
        except Malformed:
            return refusal("malformed", _("This request makes no sense."), 400)
        except NotAllowed as sentence:
            return refusal("refused", sentence, 403)
        except Article.DoesNotExist:
            return refusal("gone", _("This story is not there any more."), 404)

    return never_cache(require_POST(answer))


def _answered(view, request, *args, **kwargs):
    said = object_in(request.body)
    if said.get("user") != request.user.pk:
        return refusal("person", _("Somebody else is logged in by now."), 403)
    return view(request, said, *args, **kwargs)


def object_in(text):
    """The JSON object that a script or a form sends; raises `Malformed`."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:  # neither UTF-8 nor JSON, or endlessly deep
        raise Malformed from error
    if not isinstance(said, dict):
        raise Malformed
    return said


def number_in(said, name, *, most=_MOST_CHANGES):
    """A number that is not negative; raises `Malformed`."""
    number = said.get(name)
    if type(number) is not int or not 0 <= number <= most:
        raise Malformed
    return number


def id_in(said, name):
    """The id of a row, or None where none is said; raises `Malformed`."""
    return None if said.get(name) is None else number_in(said, name)


def tab_in(said, name="tab"):
    """Which window it comes from; raises `Malformed`."""
    tab = said.get(name)
    if not isinstance(tab, str) or not is_tab(tab):
        raise Malformed
    return tab


def is_tab(text):
    """Whether a window can be called that."""
    return 0 < len(text) <= _TAB_LENGTH and text.isascii() and text.isprintable()
