"""The library in the admin: a grid of pictures, and a page for each; every write is the desk's."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from articles.admin.base import DeskAdmin
from articles.admin.image_adding import Adding
from articles.admin.image_cards import Library, questions
from articles.admin.image_choosing import Choosing
from articles.admin.image_describing import Describing
from articles.admin.image_filters import (
    HomeFilter,
    LackFilter,
    MonthFilter,
    RightsFilter,
    UploaderFilter,
    UseFilter,
)
from articles.admin.image_focus import Focusing
from articles.admin.image_forms import FACTS, NewPictureForm, PictureForm
from articles.admin.image_page import PicturePage
from articles.admin.image_scripts import grid_terms, modules
from articles.admin.image_upload import Uploading
from articles.admin.outside import Outside
from articles.desk import pictures, picturing
from articles.images.models import Image


@admin.register(Image)
class ImageAdmin(
    Adding, Uploading, Focusing, Describing, Choosing, Outside, PicturePage, DeskAdmin
):
    list_display = ["__str__"]
    list_filter = [
        LackFilter,
        RightsFilter,
        UseFilter,
        HomeFilter,
        ("licence", ChoicesDropdownFilter),
        UploaderFilter,
        MonthFilter,
    ]
    search_fields = ["alt", "caption", "credit", "original_name", "source_url"]
    search_help_text = _("Words, credit, file name or address")
    list_per_page = 60

    # What somebody sees

    def get_queryset(self, request):
        return super().get_queryset(request).in_library()

    def get_changelist(self, request, **kwargs):
        return Library

    def changelist_view(self, request, extra_context=None):
        context = {
            "desk_questions": questions(request.GET.dict()),
            "desk_terms": grid_terms(),
            "desk_modules": modules(request, "library_grid"),
            "title": _("Pictures"),
            "subtitle": None,
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002
        kwargs["form"] = PictureForm if obj else NewPictureForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["upload", *FACTS]})]
        words = ["alt", "is_decorative", "caption", "credit"]
        return [
            (_("Words"), {"classes": ["desk-side"], "fields": words}),
            (
                _("Rights"),
                {
                    "classes": ["desk-side"],
                    "fields": ["licence", "licence_expires_on", "source_url"],
                },
            ),
            (None, {"classes": ["desk-point"], "fields": ["focal_point"]}),
        ]

    # What somebody may do

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        return pictures.may_change(request.user, obj)

    def save_model(self, request, obj, form, change):
        """A new picture is taken in before (see `Adding`); here it is described."""
        facts = {name: form.cleaned_data[name] for name in FACTS}
        pictures.describe(obj, by=request.user, **facts)
        pictures.set_focal_point(obj, form.point, by=request.user)

    # Throwing away, which the desk refuses while something shows the picture

    def delete_view(self, request, object_id, extra_context=None):
        try:
            image = self.get_object(request, unquote(object_id))
            if image is None or not picturing.uses_of(image):
                return super().delete_view(request, object_id, extra_context)
            messages.error(request, _("The picture is in use and cannot be deleted; see where."))
        except pictures.PictureInUse as sentence:
            messages.error(request, str(sentence))
        return HttpResponseRedirect(reverse("admin:images_image_change", args=[object_id]))

    def get_deleted_objects(self, objs, request):
        """A picture goes alone; the rows that remember its other addresses go with it unseen."""
        counted = {self.opts.verbose_name_plural: len(objs)}
        return [str(image) for image in objs], counted, set(), []

    def delete_model(self, request, obj):
        pictures.delete(obj, by=request.user)
