"""Tags in the admin."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.admin.base import DeskAdmin
from articles.models import Tag


@admin.register(Tag)
class TagAdmin(DeskAdmin):
    list_display = ["name", "slug", "stories"]
    ordering = ["name"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "description"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(n=Count("taggings"))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug":
            formfield.required = False
        return formfield

    @display(description=_("stories"), ordering="n")
    def stories(self, tag):
        return tag.n
