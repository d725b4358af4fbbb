"""What of the library needs somebody now, for the first page of the desk."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from articles.images.models import Image
from articles.models.picture_use import is_shown_live, is_used


def pictures_that_need_somebody(user):
    """Label, count and address of each kind there is, the most urgent first; one query."""
    if not user.has_perm("images.view_image"):
        return []
    counts = Image.objects.counted(_kinds())
    return [
        {"name": name, "label": label, "count": counts[name], "link": _address(asked)}
        for name, (label, asked) in _LISTS.items()
        if counts[name]
    ]


def _kinds():
    library = Image.objects.in_library()
    used = library.filter(is_used())
    return {
        "expired": used.with_expired_licence(),
        "soon": used.with_licence_ending_soon(),
        "undescribed": library.filter(is_shown_live()).without_alt(),
        "uncredited": library.filter(is_shown_live()).without_credit(),
        "outside": library.outside(),
    }


# What is said of each kind, and the parameters of the library that list it.
_LISTS = {
    "expired": (
        _("Pictures in use whose licence ended"),
        {"rights": "expired", "used": "yes"},
    ),
    "soon": (
        _("Pictures in use whose licence ends within 30 days"),
        {"rights": "soon", "used": "yes"},
    ),
    "undescribed": (
        _("Pictures in live stories without alternative text"),
        {"lacks": "alt", "used": "live"},
    ),
    "uncredited": (
        _("Pictures in live stories without credit"),
        {"lacks": "credit", "used": "live"},
    ),
    "outside": (_("Pictures still outside"), None),  # these have a page of their own
}


def _address(asked):
    if asked is None:
        return reverse("admin:images_image_outside")
    return f"{reverse('admin:images_image_changelist')}?{urlencode(asked)}"
