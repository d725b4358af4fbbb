"""What the page of a story tells the scripts that keep what is typed: addresses, words, facts."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Autosave

LABELS = {
    "kept": _("Kept {time}"),
    "keeping": _("Keeping …"),
    "away": _("The newsroom does not answer. Your text is kept in this browser."),
    "back": _("The newsroom answers again. Kept {time}"),
    "session": _("You are not logged in any more. Your text is kept in this browser."),
    "person": _("Somebody else is logged in by now. Your text is kept in this browser."),
    "refused": _("The newsroom does not keep this: {reason} Your text is kept in this browser."),
    "nowhere": _("Your text is kept nowhere: this browser's memory is full. {reason}"),
    "notSubmitted": _("Nothing is sent yet, so that nothing is lost. {reason}"),
    "checking": _("Saving …"),
    "login": _("Log in in a new tab"),
    "again": _("Try again"),
    "elsewhere": _(
        "You typed in this story in another window ({time}) and did not save it there. What you "
        "type here is kept in this browser only."
    ),
    "takeOver": _("Go on here"),
    "look": _("Look at the other text"),
    "inBrowser": _("kept in this browser only"),
    "show": _("Show it"),
    "nobody": _("Nobody else is here."),
}


def terms(request, article, page):
    """Everything `desk/autosave` and `desk/presence` read from the page."""
    pk = article.pk if article else None
    return {
        "user": request.user.pk,
        "story": pk,
        "keep": _keep_address(article, page),
        "presence": reverse("admin:articles_article_presence", args=[pk]) if pk else None,
        "login": reverse("admin:login"),
        "now": timezone.now().timestamp(),
        "stage": article.stage if article else None,
        "basedOn": article.working_revision_id if article else None,
        "known": _known(request.user, article),
        "isUnsaved": page["is_unsaved"],
        "labels": {name: str(label) for name, label in LABELS.items()},
    }


def _keep_address(article, page):
    if article:
        return reverse("admin:articles_article_autosave", args=[article.pk])
    return reverse("admin:articles_article_autosave_new", args=[page["new_story"]])


def _known(user, article):
    """Up to where the desk has what was typed, in which window, for each story of this page."""
    mine = Autosave.objects.of(user)
    rows = mine.filter(article=article) if article else mine.filter(article=None)
    return [
        {"newStory": number and str(number), "tab": tab, "count": count}
        for number, tab, count in rows.values_list("new_story", "tab", "count")
    ]
