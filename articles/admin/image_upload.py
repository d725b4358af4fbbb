"""Uploads by script: one file a request, answered with the picture or with a sentence."""

import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.image_choosing import facts_of
from articles.desk import pictures
from articles.images import intake
from articles.images.inspection import PictureRefused

_REFUSED = 422  # RFC 9110, 15.5.21: understood, and not to be done
_LATER = 503  # RFC 9110, 15.6.4: try again

logger = logging.getLogger(__name__)

LABELS = {
    "tooLarge": gettext_lazy("The file is too large; the limit is {limit} MB."),
    "unanswered": gettext_lazy("The newsroom did not answer. Is the network there?"),
    "loggedOut": gettext_lazy("You are not logged in any more. Log in again in another tab."),
    "notAllowed": gettext_lazy("You do not have the right to do this."),
    "failed": gettext_lazy("The newsroom could not take the file (error {status})."),
}


def upload_terms():
    """What `desk/upload.js` has to know: where to, how large at most, and its sentences."""
    return {
        "address": reverse("admin:images_image_upload"),
        "mostBytes": settings.IMAGE_MAX_BYTES,
        "labels": {name: str(label) for name, label in LABELS.items()},
    }


def content_of(upload):
    """The bytes of an uploaded file, if they may be read at all; raises `PictureRefused`."""
    if upload is None:
        raise PictureRefused(_("Choose a file."))
    if upload.size > settings.IMAGE_MAX_BYTES:
        megabytes = settings.IMAGE_MAX_BYTES // (1024 * 1024)
        sentence = LABELS["tooLarge"].replace("{limit}", str(megabytes))
        raise PictureRefused(sentence)
    return upload.read()


def storage_away(error):
    """The sentence for whoever waits for the pictures' storage; the log says what is the matter."""
    logger.error("The pictures' storage does not answer: %s", error)
    return _("The pictures' storage does not answer. Try again in a moment.")


def refused(sentence, status=_REFUSED):
    return JsonResponse({"error": str(sentence)}, status=status)


class Uploading:
    """For the admin of pictures: the door for scripts, of the library and of the body editor."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.upload_view))
        return [path("upload/", view, name="images_image_upload"), *super().get_urls()]

    def upload_view(self, request):
        """Take in `file`; `outcome` says whether it is new ("created") or was there ("known")."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        upload = request.FILES.get("file")
        try:
            content = content_of(upload)
            outcome = "known" if intake.known(content) else "created"
            picture = pictures.take_in(content, by=request.user, name=upload.name)
        except PictureRefused as sentence:
            return refused(sentence)
        except OSError as error:
            return refused(storage_away(error), _LATER)
        return JsonResponse({**facts_of(picture), "outcome": outcome})
