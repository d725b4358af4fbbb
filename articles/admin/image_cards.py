"""The library's grid: a card for each picture, with what an editor has to know at a glance."""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.views import ChangeList

from articles.admin.image_filters import answering
from articles.images.models import SOON, Image
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


# The short ways above the grid: name, label, and the parameters of the list they lead to.
_QUESTIONS = (
    ("alt", gettext_lazy("No alternative text"), {"lacks": "alt"}),
    ("credit", gettext_lazy("No credit"), {"lacks": "credit"}),
    ("expired", gettext_lazy("Licence ended"), {"rights": "expired"}),
    ("soon", gettext_lazy("Licence ends soon"), {"rights": "soon"}),
    ("unused", gettext_lazy("Not used"), {"used": "no"}),
)


def questions(asked):
    """The short ways to what needs somebody: label, count, address, and whether one is there.

    `asked`: the parameters of the list's address. One query.
    """
    found = {name: answering(parameters) for name, _label, parameters in _QUESTIONS}
    counts = Image.objects.counted(
        {"all": answering({}), "outside": answering({"home": "no"}), **found}
    )
    ways = [_way(_("All"), counts["all"], "?", is_on=not asked)]
    for name, label, parameters in _QUESTIONS:
        if counts[name] or asked == parameters:
            link = "?" + urlencode(parameters)
            ways.append(_way(label, counts[name], link, is_on=asked == parameters))
    if counts["outside"]:  # they have a list of their own
        outside = reverse("admin:images_image_outside")
        ways.append(_way(_("Still outside"), counts["outside"], outside))
    return ways


def _way(label, count, link, *, is_on=False):
    return {"label": label, "count": count, "link": link, "is_on": is_on}
