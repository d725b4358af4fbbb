"""Forms of a picture: a new one, by file or by address, and what is said of one there is."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextInputWidget

from articles.admin.image_focus import read_point
from articles.admin.image_upload import content_of
from articles.images.inspection import PictureRefused
from articles.images.models import Image
from articles.outside.lengths import require_fitting

FACTS = (
    *("alt", "is_decorative", "caption", "credit"),
    *("licence", "licence_expires_on", "source_url"),
)


class NewPictureForm(forms.ModelForm):
    """A file, or an address; whether it is a picture, the desk decides when it takes it in."""

    upload = forms.FileField(
        label=_("File"), required=False, widget=UnfoldAdminFileFieldWidget({"accept": "image/*"})
    )

    class Meta:
        model = Image
        fields = FACTS

    refusal = ""  # what the desk said of this very form

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                self.content = content_of(upload)
            except PictureRefused as sentence:
                raise ValidationError(str(sentence)) from sentence
        return upload

    def clean_source_url(self):
        """Nothing is checked on a row here, so the column's own rule is asked for."""
        address = self.cleaned_data["source_url"]
        require_fitting(address)
        return address

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            self.add_error("upload" if cleaned.get("upload") else "source_url", self.refusal)
        elif not self.errors and not cleaned.get("upload") and not cleaned.get("source_url"):
            raise ValidationError(_("Choose a file, or give the address of the picture."))
        return cleaned

    def _post_clean(self):
        """The row is made by the desk; there is nothing to check on an empty one."""

    def save(self, commit=True):  # noqa: FBT002 - Django's signature
        self.save_m2m = lambda: None
        return self.instance


class PictureForm(forms.ModelForm):
    class Meta:
        model = Image
        fields = (*FACTS, "focal_point")
        widgets = {"focal_point": UnfoldAdminTextInputWidget}

    def clean_focal_point(self):
        said = self.cleaned_data["focal_point"]
        self.point = read_point(said.split("x")) if said.count("x") == 1 else None
        if self.point is None:
            raise ValidationError(_("The focal point lies outside of the picture."))
        return said

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
