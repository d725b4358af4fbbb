"""The outlet's simple pages in the admin, written in the same editor as stories."""

from django import forms
from django.contrib import admin

from articles.admin.base import DeskAdmin
from articles.admin.body_editor import BodyField
from articles.desk import pages
from articles.models import Page


class PageForm(forms.ModelForm):
    body = BodyField(required=False, label=Page.body.field.verbose_name)

    def clean_body(self):
        """What the editor sends back unchanged stays as it was stored, byte by byte."""
        return self.fields["body"].kept(self.cleaned_data["body"], stored=self.instance.body)


@admin.register(Page)
class PageAdmin(DeskAdmin):
    form = PageForm
    list_display = ["title", "slug", "purpose", "is_public", "position", "edited_at"]
    ordering = ["position", "pk"]
    search_fields = ["title", "slug"]
    fields = ["title", "body", "description", "purpose", "is_public", "position", "slug"]

    def save_model(self, request, obj, form, change):
        pages.save(obj, by=request.user)
