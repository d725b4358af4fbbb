"""What the kinds of source facts and of things left out by an import are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FACT_LABELS = {
    "author": _("Author"),
    "editor": _("Editor in charge"),
    "end": _("End mark"),
    "licence": _("Note on rights"),
    "original_url": _("Address of the original"),
    "source": _("Source"),
    "tag": _("Tag"),
}
DROPPED_LABELS = {
    "advertisement": _("Advertisement"),
    "advertising-picture": _("Advertising picture"),
    "brackets": _("Empty brackets"),
    "button": _("Button"),
    "caption-mark": _("Mark before a caption"),
    "copy-button": _("Copy button"),
    "dead-link": _("Dead link"),
    "fallback": _("Substitute for what a browser cannot show"),
    "furniture": _("Site furniture"),
    "hidden": _("Hidden text"),
    "line-number": _("Line numbers"),
    "list-mark": _("Mark of a list"),
    "picture": _("Picture"),
    "promotion": _("Promotion"),
    "repeated-source": _("Repeated source"),
    "repeated-title": _("Repeated title"),
    "revealed": _("Text in angle brackets, now visible"),
    "separator": _("Dividing line"),
    "share": pgettext_lazy("button of a site", "Share"),
    "topic-link": _("Link on a topic word"),
}


def with_label(entry):
    """The values of a source fact or of a thing left out, its kind as a word for people."""
    kind = entry.get("kind", "")
    label = FACT_LABELS.get(kind) or DROPPED_LABELS.get(kind) or kind
    return [label, *(value for name, value in entry.items() if name != "kind" and value)]
