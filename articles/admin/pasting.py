"""What is pasted into a story is tidied by the rules of imports: HTML in, HTML out."""

from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.desk_door import Malformed, for_scripts, refusal
from articles.admin.import_labels import DROPPED_LABELS, FACT_LABELS
from articles.body.facts import TEXT_KINDS, UNSEEN_KINDS
from articles.body.sanitising import sanitise
from articles.body.tidying import tidy_pasted

MOST = 1_000_000  # characters; the longest page of a site is far shorter

#: signs that stood for something the text now says otherwise
_SIGNS = frozenset({"brackets", "caption-mark", "line-number", "list-mark", "separator"})
_NAMED = 5  # pieces a notice names
_LENGTH = 30  # characters of each

LABELS = {
    "tidying": gettext_lazy("What you pasted is being tidied …"),
    "rough": gettext_lazy("What you pasted was tidied only roughly: {why}"),
    "away": gettext_lazy("the desk does not answer."),
    "large": gettext_lazy("it is too long."),
    "dismiss": gettext_lazy("Dismiss"),
}


def terms(user):
    """What the script needs that sends what was pasted."""
    return {
        "address": reverse("admin:articles_article_tidy"),
        "user": user.pk,
        "most": MOST,
        "labels": {name: str(label) for name, label in LABELS.items()},
    }


class Pasting:
    """For an admin of stories: the door for what is pasted."""

    def get_urls(self):
        view = for_scripts(self.admin_site, self.tidy_view)
        return [path("tidy/", view, name="articles_article_tidy"), *super().get_urls()]

    def tidy_view(self, request, said):
        """`html` as a body is stored, and a sentence about what is not in it any more."""
        html = said.get("html")
        if not self.has_add_permission(request):
            return refusal("refused", _("Only those who write stories paste into them."), 403)
        if not isinstance(html, str):
            raise Malformed
        if len(html) > MOST:
            return refusal("large", LABELS["large"], 413)
        tidied = tidy_pasted(html)
        return JsonResponse({"html": sanitise(tidied.html), "notice": notice(tidied)})


def notice(tidied):
    """What tidying left out, as a sentence or two; empty if it is nothing anybody would miss."""
    return " ".join(filter(None, (_words_left_out(tidied), _pictures_left_out(tidied))))


def _words_left_out(tidied):
    kinds = (TEXT_KINDS | UNSEEN_KINDS) - _SIGNS
    pieces = [
        *((FACT_LABELS[one.kind], one.text) for one in tidied.facts),
        *((DROPPED_LABELS[one.kind], one.text) for one in tidied.dropped if one.kind in kinds),
    ]
    if not pieces:
        return ""
    named = [_("%(kind)s “%(text)s”") % {"kind": k, "text": _short(t)} for k, t in pieces[:_NAMED]]
    facts = {"what": _(", ").join(named), "more": len(pieces) - _NAMED}
    if facts["more"] > 0:
        return _("Left out: %(what)s and %(more)d more.") % facts
    return _("Left out: %(what)s.") % facts


def _short(text):
    return text if len(text) <= _LENGTH else text[: _LENGTH - 1] + "…"


def _pictures_left_out(tidied):
    """Those nobody can fetch; what only counted visitors is not missed."""
    places = [one.url for one in tidied.dropped if one.kind == "picture"]
    missing = sum(not place.startswith(("http:", "https:", "//", "data:")) for place in places)
    if not missing:
        return ""
    return ngettext(
        "%(n)d picture lies in the program it was copied from: put it in as a file.",
        "%(n)d pictures lie in the program they were copied from: put them in as files.",
        missing,
    ) % {"n": missing}
