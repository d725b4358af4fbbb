"""Pictures in the admin: taken in by the one door there is, described, and pointed at."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from imagefield.widgets import PPOIWidget
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminFileFieldWidget

from articles.admin.base import DeskAdmin, moment
from articles.admin.image_choosing import Choosing
from articles.admin.image_focus import Focusing
from articles.admin.image_upload import Uploading
from articles.images import intake
from articles.images.inspection import PictureRefused, inspect
from articles.images.models import Image

_FACTS = ["alt", "caption", "credit", "licence", "source_url"]


def described(image):
    """What a picture is called where a line is all there is."""
    return image.alt or image.caption or PurePosixPath(urlsplit(image.url).path).name


class HomeFilter(DropdownFilter):
    title = _("file")
    parameter_name = "home"

    def lookups(self, request, model_admin):
        return [("yes", _("In our library")), ("no", _("Still on another site"))]

    def queryset(self, request, queryset):
        match self.value():
            case "yes":
                return queryset.at_home()
            case "no":
                return queryset.outside()
        return queryset


class NewPictureForm(forms.ModelForm):
    """A file, or an address; `intake` decides whether it is a picture."""

    upload = forms.FileField(
        label=_("File"), required=False, widget=UnfoldAdminFileFieldWidget({"accept": "image/*"})
    )

    class Meta:
        model = Image
        fields = _FACTS

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload:
            self.content = upload.read()
            try:
                inspect(self.content)
            except PictureRefused as sentence:
                raise ValidationError(str(sentence)) from sentence
        return upload

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("upload") and not cleaned.get("source_url"):
            raise ValidationError(_("Choose a file, or give the address of the picture."))
        return cleaned

    def _post_clean(self):
        """The row is made by `intake`; there is nothing to check on an empty one."""

    def save(self, commit=True):  # noqa: FBT002 - Django's signature
        self.save_m2m = lambda: None
        return self.instance


class PictureForm(forms.ModelForm):
    class Meta:
        model = Image
        fields = [*_FACTS, "focal_point"]
        widgets = {"focal_point": PPOIWidget}

    def clean_source_url(self):
        """Without a file the address is all there is; the form has no file to check it with."""
        address = self.cleaned_data["source_url"]
        if not self.instance.is_remote:
            return address
        if not address:
            raise ValidationError(_("A picture needs a file or an address."))
        others = Image.objects.outside().exclude(pk=self.instance.pk)
        if others.filter(source_url=address).exists():
            raise ValidationError(_("This address is known already."))
        return address


@admin.register(Image)
class ImageAdmin(Uploading, Focusing, Choosing, DeskAdmin):
    list_display = ["thumbnail", "name", "credit", "licence", "size", "added"]
    list_display_links = ["thumbnail", "name"]
    list_filter = [HomeFilter, ("licence", ChoicesDropdownFilter)]
    search_fields = ["alt", "caption", "credit", "original_name", "source_url"]
    list_per_page = 40

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002
        kwargs["form"] = PictureForm if obj else NewPictureForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["upload", *_FACTS]})]
        return [
            (None, {"fields": ["preview", *_FACTS, "focal_point"]}),
            (_("Facts"), {"fields": ["size", "uploaded_by", "created_at"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["preview", "size", "uploaded_by", "created_at"] if obj else []

    def save_model(self, request, obj, form, change):
        if change:
            obj.save(update_fields=form.changed_data)
            return
        facts = {name: form.cleaned_data[name] for name in _FACTS}
        if form.cleaned_data["upload"]:
            before = Image.objects.count()
            picture = intake.take_in(form.content, by=request.user, **facts)
            if Image.objects.count() == before:
                messages.info(request, _("This picture was in the library already; here it is."))
        else:
            picture = intake.refer_to(facts.pop("source_url"), **facts)
        obj.pk = picture.pk
        obj.refresh_from_db()

    @display(description=_("picture"))
    def thumbnail(self, image):
        return format_html(
            '<img class="desk-thumbnail" src="{}" alt="" loading="lazy" '
            'referrerpolicy="no-referrer" width="96" height="64">',
            image.url,
        )

    @display(description=_("preview"))
    def preview(self, image):
        return format_html(
            '<div class="imagefield" data-ppoi-id="id_focal_point">'
            '<div class="imagefield-preview">'
            '<img class="imagefield-preview-image" src="{}" alt="" referrerpolicy="no-referrer">'
            "</div></div>",
            image.url,
        )

    @display(description=_("description"), ordering="alt")
    def name(self, image):
        return described(image)

    @display(description=_("added"), ordering="created_at")
    def added(self, image):
        return moment(image.created_at)

    @display(description=_("size"))
    def size(self, image):
        return f"{image.width} × {image.height}" if image.width else "—"
