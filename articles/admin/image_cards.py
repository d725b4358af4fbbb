"""The library's grid: a card for each picture, with what an editor has to know at a glance."""

from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from unfold.views import ChangeList

from articles.admin.image_filters import SOON, ends_soon
from articles.images.models import Image
from articles.images.recipes import CLASSIC
from articles.images.showing import Shown, shown
from articles.models.picture_use import is_used

PLAIN, WARNING, DANGER = "plain", "warning", "danger"


@dataclass(frozen=True, slots=True)
class Card:
    """A picture of the grid: `shown` is None if there is nothing to show of it."""

    image: Image
    shown: Shown | None
    marks: list[tuple[str, str]]


def card(image, today=None):
    """The card of `image`, a row with `is_in_use`; asks the database nothing."""
    visible = shown(image, CLASSIC)
    return Card(image, visible, list(_marks(image, visible, today or timezone.localdate())))


def _marks(image, visible, today):
    if image.is_remote:
        yield _mark_of_an_outsider(image)
    elif visible is None:
        yield DANGER, _("File missing")
    yield from _marks_of_rights(image, today)
    if not image.alt and not image.is_decorative:
        yield WARNING, _("No alternative text")
    if not image.credit:
        yield WARNING, _("No credit")
    if image.is_animated:
        yield PLAIN, _("Animated")
    if not image.is_in_use:
        yield PLAIN, _("Not used")


def _mark_of_an_outsider(image):
    if image.is_dead:
        return DANGER, _("Not to be had")
    return WARNING, _("Still outside")


def _marks_of_rights(image, today):
    ends = image.licence_expires_on
    if ends and ends < today:
        yield DANGER, _("Licence ended")
    elif ends and ends <= today + SOON:
        yield WARNING, _("Licence ends %(day)s") % {"day": date_format(ends, "n-j")}


class Library(ChangeList):
    """The list of pictures, each knowing whether it is in use."""

    def get_queryset(self, *args, **kwargs):
        condition = ExpressionWrapper(Q(is_used()), output_field=BooleanField())
        return super().get_queryset(*args, **kwargs).annotate(is_in_use=condition)

    @property
    def is_narrowed(self):
        """Whether the list shows less than everything."""
        return bool(self.query or self.has_active_filters)

    def cards(self):
        return [card(image) for image in self.result_list]


_QUESTIONS = {
    "alt": ({"lacks": "alt"}, lambda: Q(alt="", is_decorative=False)),
    "credit": ({"lacks": "credit"}, lambda: Q(credit="")),
    "expired": ({"rights": "expired"}, lambda: Q(licence_expires_on__lt=timezone.localdate())),
    "soon": ({"rights": "soon"}, ends_soon),
    "outside": ({}, lambda: Q(file="", same_as=None)),
    "unused": ({"used": "no"}, lambda: ~Q(is_used())),
}


def questions(asked):
    """The short ways to what needs somebody: label, count, address, and whether one is there.

    `asked`: the parameters of the list's address. One query.
    """
    labels = {
        "alt": _("No alternative text"),
        "credit": _("No credit"),
        "expired": _("Licence ended"),
        "soon": _("Licence ends soon"),
        "outside": _("Still outside"),
        "unused": _("Not used"),
    }
    counts = Image.objects.in_library().aggregate(
        all=Count("pk"), **{key: Count("pk", filter=q()) for key, (_p, q) in _QUESTIONS.items()}
    )
    outside = reverse("admin:images_image_outside")  # they have a list of their own
    everything = {"label": _("All"), "count": counts["all"], "link": "?", "is_on": not asked}
    return [everything] + [
        {
            "label": labels[key],
            "count": counts[key],
            "link": "?" + urlencode(parameters) if parameters else outside,
            "is_on": bool(parameters) and asked == parameters,
        }
        for key, (parameters, _q) in _QUESTIONS.items()
        if counts[key] or (parameters and asked == parameters)
    ]
