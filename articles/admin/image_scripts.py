"""Scripts of the pages beside the story: which modules they load, and the library's words."""

from django.middleware.csp import get_nonce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from js_asset import ImportMap, Media, Script

from articles.admin.image_upload import upload_terms

_SHARED = (
    *("elements", "file_choice", "focal_point", "library_missing", "token", "upload"),
    *("autosave_terms", "local_copies", "opening", "story", "front_page_preview"),
)

LABELS = {
    "waiting": _("Waiting"),
    "sending": _("Sending"),
    "working": _("Being looked at"),
    "created": _("In the library"),
    "known": _("In the library already"),
    "openKnown": _("Show it"),
    "open": _("Open"),
    "retry": _("Try again"),
    "alt": _("What is to be seen"),
    "decorative": _("Only decorates"),
    "credit": _("Credit"),
    "saved": _("Saved"),
    "saving": _("Saving …"),
    "notSaved": _("Not saved: {reason}"),
    "progress": _("{done} of {all} files are done"),
    "failed": _("{failed} could not be taken"),
    "selected": _("{n} selected"),
    "leaving": _("Files are still being sent."),
}


def modules(request, start):
    """The script `start` as a module, and the modules of the desk it may import by name."""
    shared = {f"desk/{name}": f"articles/desk/{name}.js" for name in _SHARED}
    return Media(
        importmap=ImportMap(shared),
        js=[Script(f"articles/desk/{start}.js", type="module")],
        nonce=get_nonce(request),
    )


def grid_terms():
    """What the grid has to know: where files and words go, and its own words."""
    return {
        "upload": upload_terms(),
        "words": reverse("admin:images_image_words", args=[0]),
        "labels": {name: str(label) for name, label in LABELS.items()},
    }
