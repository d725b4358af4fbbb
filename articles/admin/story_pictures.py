"""What the form of a story tells its scripts about pictures: addresses, words, what is known."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from articles.admin.base import row_id
from articles.admin.image_choosing import facts_of
from articles.admin.image_focus import focus_terms
from articles.admin.image_upload import upload_terms
from articles.body.picturing import pictures_in
from articles.body.sanitising import sanitise
from articles.desk import picturing
from articles.images.models import Image
from articles.images.showing import shown

HOME, OUTSIDE, DEAD, LOST = "home", "outside", "dead", "lost"

LABELS = {
    "picture": _("Picture"),
    "pictureAddress": _("Address of the picture"),
    "apply": _("Apply"),
    "alt": _("Alternative text"),
    "altMissing": _("What is to be seen? For those who cannot see it."),
    "decorative": _("only decorates"),
    "caption": _("Caption"),
    "credit": _("Credit"),
    "library": _("Choose from the pictures we have"),
    "search": _("Search"),
    "searching": _("Searching…"),
    "noPictures": _("No picture answers to this."),
    "noAnswer": _("The library does not answer. Try again."),
    "more": _("Show more"),
    "byAddress": _("By address"),
    "upload": _("Upload"),
    "uploadHelp": _("Or drop files here, or paste a picture from the clipboard."),
    "cancel": _("Cancel"),
    "replace": _("Replace the picture"),
    "moveUp": _("Move up"),
    "moveDown": _("Move down"),
    "remove": _("Remove the picture"),
    "openInLibrary": _("Open in the library"),
    "pictureTools": _("The picture: replace, move, remove"),
    "outside": _("Still outside: it is being fetched."),
    "outsideBecause": _("Still outside: {why}"),
    "dead": _("Readers do not see it. Still outside: {why}"),
    "lost": _("Readers do not see it: the picture is not in the library any more."),
    "uploading": _("{name} is being uploaded"),
    "refused": _("{name}: {reason}"),
    "retry": _("Try again"),
    "dismiss": _("Dismiss"),
    "waiting": _(
        "Something is still on its way into the text; the story is saved when it is here."
    ),
    "notSaved": _("The story is not saved yet: a picture was refused. Save again."),
    "choose": _("Choose"),
    "noHeader": _("No header picture. Drop a file here, or paste one."),
    "altSaid": _("Alternative text: {alt}"),
    "altIsMissing": _("Alternative text is missing"),
    "onlyFirst": _("Only the first file was taken: {name}."),
    "focalPointKept": _("The focal point is kept."),
}


def terms():
    """The addresses and words the scripts of a story's form need."""
    return {
        "choose": reverse("admin:images_image_choose"),
        "upload": upload_terms(),
        "focus": reverse("admin:images_image_focus", args=[0]),
        "focal": focus_terms(),
        "labels": {name: str(label) for name, label in LABELS.items()},
    }


def standing_of(image):
    """What became of `image`, and what the library says of it."""
    facts = {**facts_of(image), "state": HOME, "why": image.get_fetch_problem_display()}
    visible = shown(image)
    if image.is_remote:
        facts["state"] = DEAD if image.is_dead else OUTSIDE
    elif visible is None:
        facts["state"] = LOST
    else:
        facts["src"] = visible.src
    return facts


def pictures_known_in(body):
    """For each picture of a body, by its id or its address, what the library knows."""
    if "<img" not in body:
        return {}
    body = sanitise(body)  # what a refused form sends back has not been through the allow-list
    known = {key: standing_of(image) for key, image in picturing.known_in(body).items()}
    ids = {str(picture.image) for picture in pictures_in(body) if picture.image is not None}
    return known | {number: {"state": LOST} for number in ids - known.keys()}


class HeaderPictureWidget(UnfoldAdminIntegerFieldWidget):
    """A picture with its crops; without JavaScript the number it has in the library."""

    template_name = "admin/desk/_header_picture_widget.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        number = row_id(str(value or ""))
        image = Image.objects.filter(pk=number).first() if number else None
        context["facts"] = standing_of(image.same_as or image) if image else None
        return context


class HeaderPictureField(forms.ModelChoiceField):
    """A picture of the library, by its number."""

    def __init__(self, **kwargs):
        super().__init__(Image.objects.all(), widget=HeaderPictureWidget, **kwargs)
