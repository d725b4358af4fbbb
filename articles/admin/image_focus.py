"""The focal point: what the tool that sets it has to know, and the address that takes it."""

import math

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.image_upload import refused
from articles.desk import pictures
from articles.images.recipes import CLASSIC, SHAPES, SOCIAL, SQUARE, WIDE
from articles.workflow import NotAllowed

_FORBIDDEN = 403

NAMES = {
    WIDE: gettext_lazy("16:9 – story and front page"),
    CLASSIC: gettext_lazy("4:3 – cards"),
    SQUARE: gettext_lazy("1:1 – small lists"),
    SOCIAL: gettext_lazy("1200×630 – shared links"),
}

LABELS = {
    "across": gettext_lazy("From the left"),
    "down": gettext_lazy("From the top"),
    "middle": gettext_lazy("Back to the middle"),
    "hint": gettext_lazy(
        "Click where the subject is; the arrow keys move the point, with Shift in larger steps."
    ),
    "mark": gettext_lazy("Focal point: {x} per cent from the left, {y} per cent from the top"),
}


def focus_terms():
    """What `desk/focal_point.js` has to know: the shapes it previews, and its words."""
    shapes = [{"name": str(NAMES[crop]), "shape": shape} for crop, shape in SHAPES.items()]
    return {"shapes": shapes, "labels": {name: str(label) for name, label in LABELS.items()}}


def read_point(parts):
    """Two texts as a point, 0 to 1 each; None if they are none."""
    try:
        across, down = (float(part) for part in parts)
    except (TypeError, ValueError):
        return None
    is_inside = all(math.isfinite(part) and 0 <= part <= 1 for part in (across, down))
    return (across, down) if is_inside else None


class Focusing:
    """For the admin of pictures: the address to which a focal point is sent by script."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.focus_view))
        focus = path("<int:pk>/focus/", view, name="images_image_focus")
        return [focus, *super().get_urls()]

    def focus_view(self, request, pk):
        """Set the focal point to `x` and `y`, parts of the width and of the height."""
        image = get_object_or_404(self.get_queryset(request), pk=pk)
        point = read_point([request.POST.get("x"), request.POST.get("y")])
        if point is None:
            return refused(_("The focal point lies outside of the picture."))
        try:
            image = pictures.set_focal_point(image, point, by=request.user)
        except NotAllowed as sentence:
            return JsonResponse({"error": str(sentence)}, status=_FORBIDDEN)
        return JsonResponse({"focal_point": image.focal_point})
