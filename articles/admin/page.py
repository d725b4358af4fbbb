"""The outlet's simple pages in the admin, written in the same editor as stories."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DeskAdmin, row_id
from articles.admin.body_editor import BodyField
from articles.admin.page_versions import VersionPages, compare_pages
from articles.desk import gate, pages
from articles.models import Page, PageVersion


class PageForm(forms.ModelForm):
    """Knows the version it was opened with: `base`.

    `refusal`: what the desk said after the form was found valid. Such a form comes back with what
    was typed, and counts as opened with the newest version, which it shows: whoever sends it again
    knows what they replace.
    """

    based_on = forms.IntegerField(label=_("based on"), required=False, widget=forms.HiddenInput)
    body = BodyField(required=False, label=Page.body.field.verbose_name)

    refusal: pages.SavedMeanwhile | None = None

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        shown = pages.version_shown(instance) if instance and instance.pk else None
        initial = {"based_on": shown and shown.pk, **(initial or {})}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.base = self._base() if self.is_bound else shown
        if self.refusal:
            self.data = self.data.copy()
            self.data["based_on"] = str(self.refusal.newest.pk)

    def _base(self):
        """The version a form that was sent began from; None if nobody knows."""
        pk = row_id(self.data.get("based_on", ""))
        return PageVersion.objects.filter(pk=pk, page=self.instance.pk).first()

    def clean_body(self):
        """What the editor sends back unchanged stays as it was stored, byte by byte."""
        stored = self.base.body if self.base else self.instance.body
        return self.fields["body"].kept(self.cleaned_data["body"], stored=stored)

    def clean(self):
        if self.refusal:
            raise ValidationError(
                _(
                    "%(sentence)s Nothing of yours is lost, it stands in the form; what they saved "
                    "stands beside it. Save again to make yours the next version."
                )
                % {"sentence": self.refusal}
            )
        return super().clean()


@admin.register(Page)
class PageAdmin(VersionPages, DeskAdmin):
    form = PageForm
    list_display = ["title", "slug", "purpose", "is_public", "position", "edited_at"]
    ordering = ["position", "pk"]
    search_fields = ["title", "slug"]
    fields = ["title", "body", "description", "purpose", "is_public", "position", "slug"]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "desk_refusal", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except pages.SavedMeanwhile as refusal:
            request.desk_refusal = refusal
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        form = context["adminform"].form
        context["show_history"] = True
        if form.refusal:
            newest = form.refusal.newest
            context |= {"newest": newest, "meanwhile": compare_pages(newest, form.instance)}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if change:
            pages.save_edit(obj, by=request.user, based_on=form.base)
        else:
            pages.save(obj, by=request.user)
        for finding in gate.findings_of_page(obj.body):
            messages.warning(request, finding.sentence)
