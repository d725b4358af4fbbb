"""Authors in the admin."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter
from unfold.decorators import display

from articles.admin.base import DeskAdmin
from articles.models import Author


@admin.register(Author)
class AuthorAdmin(DeskAdmin):
    list_display = ["name", "kind", "in_house", "position", "user", "stories"]
    list_filter = [("kind", ChoicesDropdownFilter), ("in_house", BooleanRadioFilter)]
    list_select_related = ["user"]
    ordering = ["name"]
    search_fields = ["name", "position"]
    autocomplete_fields = ["portrait", "user"]
    fields = [
        *("name", "kind", "in_house", "position", "bio", "website", "links"),
        *("portrait", "user", "slug"),
    ]

    def get_readonly_fields(self, request, obj=None):
        """A login is chosen by those who may see the logins."""
        return [] if request.user.has_perm("articles.view_user") else ["user"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(n=Count("bylines__article", distinct=True))

    @display(description=_("stories"), ordering="n")
    def stories(self, author):
        return author.n
