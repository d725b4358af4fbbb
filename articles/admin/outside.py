"""Pictures that are still on other sites: why, who shows them, and what can be done about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.base import row_id
from articles.admin.image_scripts import modules
from articles.desk import pictures
from articles.images.models import Image
from articles.workflow import NotAllowed

_ROWS = 40


def _kinds():
    outside = Image.objects.outside()
    given_up = Image.objects.given_up()
    return {
        "": (_("All"), outside),
        "retrying": (_("Asked again by itself"), outside.exclude(pk__in=given_up.values("pk"))),
        "dead": (_("Not asked any more"), given_up),
    }


def _stories(image):
    """The stories that show `image`, each once; the uses are read already."""
    return list({use.article_id: use.article for use in image.uses.all()}.values())


def _asked_for(asked):
    sentence = ngettext(
        "%d picture is asked for again; look again in a minute.",
        "%d pictures are asked for again; look again in a minute.",
        asked,
    )
    return sentence % asked


class Outside:
    """For the admin of pictures: the list of those that are still outside."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.outside_view)
        return [path("outside/", view, name="images_image_outside"), *super().get_urls()]

    def outside_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            self._ask_again(request)
            return HttpResponseRedirect(request.get_full_path())
        return TemplateResponse(
            request, "admin/images/image/outside.html", self._outside_context(request)
        )

    def _ask_again(self, request):
        """Ask for the pictures named by `again` at once, those of others left out."""
        asked = 0
        ids = filter(None, map(row_id, request.POST.getlist("again")[:_ROWS]))
        for image in Image.objects.outside().filter(pk__in=list(ids)):
            try:
                pictures.try_again(image, by=request.user)
            except NotAllowed as sentence:
                messages.error(request, f"{image}: {sentence}")
            else:
                asked += 1
        if asked:
            messages.success(request, _asked_for(asked))

    def _outside_context(self, request):
        kinds = _kinds()
        chosen = request.GET.get("kind", "")
        chosen = chosen if chosen in kinds else ""
        rows = kinds[chosen][1].prefetch_related("uses__article").order_by("-created_at", "-pk")
        page = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
        rows = [
            (image, _stories(image), pictures.may_change(request.user, image)) for image in page
        ]
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": _("Pictures still outside"),
            "desk_modules": modules(request, "library_outside"),
            "kinds": [(key, label, found.count()) for key, (label, found) in kinds.items()],
            "chosen": chosen,
            "page": page,
            "rows": rows,
            "library": reverse("admin:images_image_changelist"),
        }
