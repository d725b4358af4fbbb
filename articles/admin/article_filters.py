"""Filters of the list of stories."""

from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from articles.admin.base import row_id
from articles.models import Category
from articles.models.listing import PUBLISHED
from articles.workflow import Visibility


class VisibilityFilter(DropdownFilter):
    title = _("readers see")
    parameter_name = "visibility"

    def lookups(self, request, model_admin):
        return Visibility.choices

    def queryset(self, request, queryset):
        match self.value():
            case Visibility.NEVER_PUBLISHED:
                return queryset.filter(first_published_at=None)
            case Visibility.LIVE:
                return queryset.filter(PUBLISHED)
            case Visibility.WITHDRAWN:
                return queryset.withdrawn()
        return queryset


class CategoryFilter(DropdownFilter):
    """A category with everything below it."""

    title = _("category")
    parameter_name = "in"

    def lookups(self, request, model_admin):
        tree = Category.objects.with_tree_fields()
        return [(str(c.pk), "　" * c.tree_depth + c.name) for c in tree]

    def queryset(self, request, queryset):
        chosen = row_id(self.value() or "")
        if chosen is None:
            return queryset
        category = Category.objects.filter(pk=chosen).first()
        return queryset.in_category(category) if category else queryset.none()
