"""What of the library needs somebody now, for the first page of the desk."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.images.models import Image
from articles.models import PictureUse
from articles.models.picture_use import is_used

_SOON = timedelta(days=30)


def pictures_that_need_somebody(user):
    """Label, count and address of each kind there is, the most urgent first; one query."""
    if not user.has_perm("images.view_image"):
        return []
    library = reverse("admin:images_image_changelist")
    today = timezone.localdate()
    live = Exists(PictureUse.objects.filter(image=OuterRef("pk"), text=PictureUse.Text.LIVE))
    ends_soon = Q(licence_expires_on__gte=today, licence_expires_on__lte=today + _SOON)
    kinds = {
        "expired": (
            Q(is_used(), licence_expires_on__lt=today),
            _("Pictures in use whose licence ended"),
            f"{library}?rights=expired&used=yes",
        ),
        "soon": (
            Q(is_used(), ends_soon),
            _("Pictures in use whose licence ends within 30 days"),
            f"{library}?rights=soon&used=yes",
        ),
        "undescribed": (
            Q(live, alt="", is_decorative=False),
            _("Pictures in live stories without alternative text"),
            f"{library}?lacks=alt&used=live",
        ),
        "outside": (
            Q(file="", same_as=None),
            _("Pictures still outside"),
            reverse("admin:images_image_outside"),
        ),
    }
    asked = {name: Count("pk", filter=kind[0]) for name, kind in kinds.items()}
    counts = Image.objects.in_library().aggregate(**asked)
    return [
        {"name": name, "label": label, "count": counts[name], "link": link}
        for name, (_condition, label, link) in kinds.items()
        if counts[name]
    ]
