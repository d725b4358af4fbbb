"""A picture's page: what it shows, where it is used, its files, and another file in its place."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles.admin.base import moment
from articles.admin.image_focus import NAMES, focus_terms
from articles.admin.image_scripts import modules
from articles.admin.image_upload import content_of, storage_away
from articles.desk import pictures, picturing
from articles.images import recipes
from articles.images.inspection import PictureRefused
from articles.images.showing import shown
from articles.workflow import NotAllowed

_WHOLE = gettext_lazy("Uncropped – in the text")
_SHORT_HASH = 12  # characters; enough to tell two files apart


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one crop: `widths` in pixels, empty if there are none; `is_current` if they
    are cut around today's focal point, `is_original` if none are made, as of an animation."""

    name: str
    widths: list[int]
    formats: str
    is_current: bool
    is_original: bool


def files_of(image):
    """What the background has made of `image`, crop by crop."""
    return [_made(image, crop, name) for crop, name in {recipes.FULL: _WHOLE, **NAMES}.items()]


def _made(image, crop, name):
    made = image.renditions.get(crop) or {}
    key = recipes.focus_key(crop, image.focus)
    is_current = made.get("key") == key and made.get("edition") == recipes.EDITION
    endings = recipes.endings(has_alpha=image.has_alpha)
    formats = " · ".join({"jpg": "JPEG", "webp": "WebP"}.get(e, e.upper()) for e in endings)
    is_original = image.is_animated and crop == recipes.FULL
    return Made(name, [size[0] for size in made.get("sizes", [])], formats, is_current, is_original)


def facts_about(image):
    """Label and value of what is known of the file; what is not known is left out."""
    facts = {
        _("Size"): f"{image.width} × {image.height}" if image.width else "",
        _("File"): _file_of(image),
        _("File name"): image.original_name,
        _("Uploaded by"): image.uploaded_by or "",
        _("Added"): moment(image.created_at),
        _("Fingerprint"): image.sha256 and _as_code(image.sha256[:_SHORT_HASH]),
    }
    return {label: value for label, value in facts.items() if value}


def _file_of(image):
    """Format and bytes; the file itself may have gone missing."""
    if image.is_remote:
        return ""
    ending = image.file.name.rpartition(".")[2].upper()
    try:
        return format_html("{} · {}", _as_code(ending), filesizeformat(image.file.size))
    except FileNotFoundError:
        return _("The file is missing.")
    except OSError as error:
        return storage_away(error)


def _as_code(text):
    return format_html("<code>{}</code>", text)


class PicturePage:
    """For the admin of pictures: the page of one of them."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.replace_view))
        return [path("<int:pk>/replace/", view, name="images_image_replace"), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context = {**context, **self._page_of(request, obj)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _page_of(self, request, image):
        uses = picturing.uses_of(image)
        return {
            "desk_picture": image,
            "desk_shown": shown(image),
            "desk_may_change": self.has_change_permission(request, image),
            "desk_uses": uses,
            "desk_files": files_of(image),
            "desk_facts": facts_about(image),
            "desk_modules": modules(request, "library_picture"),
            "desk_focus": focus_terms() | {"point": image.focal_point},
            "title": str(image),
            "subtitle": None,
            "show_save_and_add_another": False,
            "show_delete": not uses,
        }

    def replace_view(self, request, pk):
        """Put another file behind the picture; a sentence says how many pages it changed."""
        image = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        upload = request.FILES.get("file")
        try:
            content = content_of(upload)
            image = pictures.replace(image, content, by=request.user, name=upload.name)
        except (PictureRefused, NotAllowed) as sentence:
            messages.error(request, str(sentence))
        except OSError as error:
            messages.error(request, storage_away(error))
        else:
            messages.success(request, _replaced(image))
        return HttpResponseRedirect(self._way_back(request, image))

    def _way_back(self, request, image):
        """The list of those still outside, if the file was chosen there."""
        if request.POST.get("from") == "outside":
            return reverse("admin:images_image_outside")
        return reverse("admin:images_image_change", args=[image.pk])


def _replaced(image):
    pages = len({use.url for use in picturing.uses_of(image) if use.is_live})
    sentence = ngettext(
        "The picture is replaced everywhere; %d page shows it.",
        "The picture is replaced everywhere; %d pages show it.",
        pages,
    )
    return sentence % pages
