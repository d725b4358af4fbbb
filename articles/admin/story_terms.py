"""What the writing screen tells its scripts: numbers, rules and words."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.body import text
from articles.gate import MOST_TITLE_CHARACTERS
from articles.models import Outlet

LABELS = {
    "counts": _("{characters} characters · {minutes} min to read"),
    "shortcuts": _("Keyboard shortcuts"),
    "save": _("Save"),
    "submit": _("Submit for review"),
    "preview": _("Preview"),
    "previewPhone": _("As wide as a phone"),
    "previewDesk": _("As wide as a desk"),
    "previewTab": _("Open in a tab of its own"),
    "previewShare": _("Share a preview"),
    "previewAway": _("The preview cannot be renewed now."),
    "previewBehind": _("The desk does not have what you type; it is not in this preview."),
    "publish": _("Publish"),
    "alone": _("Full screen"),
    "leaveAlone": _("Leave full screen"),
    "close": _("Close"),
    "cancel": _("Cancel"),
    "askSubmit": _("Submit this story for review?"),
    "askSubmitHelp": _("What stands on the screen is saved and handed to an editor."),
    "askPublish": _("Publish this story now?"),
    "askPublishHelp": _("What stands on the screen is saved, and readers see it at once."),
    "saving": _("Saving …"),
    "unsaved": _("Changed, not saved yet"),
    "movedTo": _("{name}: place {place} of {all}"),
}


def terms(article):
    """Everything `desk/story` reads from the page; `article` is None as long as it is new."""
    return {
        "labels": {name: str(label) for name, label in LABELS.items()},
        "titleLength": MOST_TITLE_CHARACTERS,
        "counting": text.counting_rule(),
        "elsewhere": _elsewhere(article),
    }


def _elsewhere(article):
    """What others show of a story besides its words: the outlet's name, and the address.

    Without a slug of its own a story has the one of its last revision.
    """
    address = reverse("article", args=[article.pk, "-"]) if article else ""
    return {
        "outlet": Outlet.objects.current().name,
        "host": urlsplit(settings.SITE_URL).netloc,
        "path": [part for part in address.split("/") if part][:-1],
        "slug": article.slug if article else "",
    }
