"""What the page of a story tells the scripts that keep what is typed: addresses, words, facts."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Autosave

_COMPARE = "admin:articles_article_autosave_compare"
_NO_STORY = UUID(int=0)

LABELS = {
    "kept": _("Kept {time}"),
    "inBrowser": _("Kept in this browser only"),
    "keptNowhere": _("Kept nowhere"),
    "away": _("The newsroom does not answer. Your text is kept in this browser."),
    "session": _("You are not logged in any more. Your text is kept in this browser."),
    "person": _("Somebody else is logged in by now. Your text is kept in this browser."),
    "refused": _("{reason} Your text is kept in this browser."),
    "nowhere": _("This browser's memory is full or forbidden: your text is kept nowhere. {reason}"),
    "notSent": _("Nothing was sent, so that nothing is lost. {reason}"),
    "login": _("Log in in a new tab"),
    "elsewhere": _(
        "You typed in this story in another window ({time}) and did not save it there. What you "
        "type here is kept in this browser only."
    ),
    "takeOver": _("Go on here"),
    "look": _("Look at the other text"),
    "show": _("Show it"),
    "dismiss": _("Dismiss"),
    "copy": _("Unsaved text of yours from {time}, kept in this browser only"),
    "copyOfNew": _("Unsaved text of yours from {time}, a new story, kept in this browser only"),
}


def terms(request, article, page):
    """Everything `desk/autosave` and `desk/presence` read from the page."""
    return {
        **_addresses(article, page),
        "user": request.user.pk,
        "story": article.pk if article else None,
        "newStory": None if article else page["new_story"],
        "tab": page["tab"],
        "stage": article.stage if article else None,
        "basedOn": article.working_revision_id if article else None,
        "known": _known(Autosave.objects.of(request.user).filter(article=article)),
        "isUnsaved": page["is_unsaved"],
        **_clock(),
        "labels": {name: str(label) for name, label in LABELS.items()},
    }


def first_page_terms(user):
    """Everything `desk/unsaved_here` reads from the first page."""
    return {
        "user": user.pk,
        "known": _known(Autosave.objects.of(user)),
        **_clock(),
        "compare": reverse(_COMPARE, args=[0]),
        "compareNew": reverse(f"{_COMPARE}_new", args=[_NO_STORY]),
        "number": str(_NO_STORY),
        "labels": {"untitled": str(_("Untitled story"))},
    }


def _clock():
    return {
        "zone": timezone.get_default_timezone_name(),
        "now": timezone.now().timestamp(),
    }


def _addresses(article, page):
    if article:
        suffix, args, form = "", [article.pk], "change"
    else:
        suffix, args, form = "_new", [page["new_story"]], "add"
    keep = "admin:articles_article_autosave"
    here = [article.pk] if article else []
    return {
        "keep": reverse(f"{keep}{suffix}", args=args),
        "compare": reverse(f"{keep}_compare{suffix}", args=args),
        "form": reverse(f"admin:articles_article_{form}", args=here),
        "presence": article and reverse("admin:articles_article_presence", args=here),
        "login": reverse("admin:login"),
    }


def _known(rows):
    """Up to where the desk has or had what was typed in which window of which story."""
    return [
        {"story": story, "newStory": number and str(number), "tab": tab, "count": count}
        for story, number, *now, settled in rows.values_list(
            "article", "new_story", "tab", "count", "settled"
        )
        for tab, count, *_made in [now, *settled]
    ]
