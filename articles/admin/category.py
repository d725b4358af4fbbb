"""Categories in the admin: the tree as a list, with each place's neighbours to change."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.views import ChangeList

from articles.admin.article_fields import CategoryField
from articles.admin.base import DeskAdmin
from articles.models import Category

UP, DOWN = "up", "down"
_STEP = 10


@transaction.atomic
def move(category, direction):
    """Change places with the sibling above or below, if there is one."""
    siblings = list(Category.objects.filter(parent=category.parent_id).order_by("position", "pk"))
    place = siblings.index(category)
    other = place + (-1 if direction == UP else 1)
    if 0 <= other < len(siblings):
        siblings[place], siblings[other] = siblings[other], siblings[place]
    for number, sibling in enumerate(siblings, start=1):
        sibling.position = number * _STEP
    Category.objects.bulk_update(siblings, ["position"])


def _is_occupied(category):
    held = (category.children, category.articles, category.also_articles)
    return any(related.exists() for related in held)


class TreeList(ChangeList):
    """In the order of the tree, whatever else is asked."""

    def get_ordering(self, request, queryset):
        return ["tree_ordering"]


@admin.register(Category)
class CategoryAdmin(DeskAdmin):
    list_display = ["name_shown", "slug", "stories", "in_navigation", "places"]
    sortable_by = []
    list_per_page = 500
    search_fields = ["name", "slug"]
    autocomplete_fields = ["cover"]
    fields = ["name", "parent", "description", "cover", "in_navigation", "slug"]

    def get_queryset(self, request):
        found = super().get_queryset(request).with_tree_fields()
        return found.annotate(n=Count("articles")).order_by("tree_ordering")

    def get_changelist(self, request, **kwargs):
        return TreeList

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "parent":
            return CategoryField(
                required=False,
                label=_("lies in"),
                help_text=_("Empty for a channel, at the top of the tree."),
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def delete_view(self, request, object_id, extra_context=None):
        """Whoever lies in a category would go with it, so an occupied one stays."""
        category = self.get_object(request, unquote(object_id))
        if category and self.has_delete_permission(request, category) and _is_occupied(category):
            messages.error(
                request,
                _(
                    "%(name)s is not empty: there are categories below it, or stories in it. "
                    "Move them first."
                )
                % {"name": category},
            )
            return HttpResponseRedirect(
                reverse("admin:articles_category_change", args=[category.pk])
            )
        return super().delete_view(request, object_id, extra_context)

    def get_urls(self):
        moving = path(
            "<int:pk>/move/<slug:direction>/",
            self.admin_site.admin_view(self.move_view),
            name="articles_category_move",
        )
        return [moving, *super().get_urls()]

    def move_view(self, request, pk, direction):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        category = get_object_or_404(Category, pk=pk)
        if self.has_change_permission(request, category) and direction in {UP, DOWN}:
            move(category, direction)
        return HttpResponseRedirect(reverse("admin:articles_category_changelist"))

    @display(description=_("name"))
    def name_shown(self, category):
        return format_html(
            '<span class="desk-depth-{}">{}</span>', min(category.tree_depth, 6), category.name
        )

    @display(description=_("stories"))
    def stories(self, category):
        return category.n

    @display(description=_("order"))
    def places(self, category):
        return format_html(
            '<span class="desk-places">{}{}</span>',
            self._button(category, UP, "arrow_upward", _("Move up")),
            self._button(category, DOWN, "arrow_downward", _("Move down")),
        )

    def _button(self, category, direction, icon, label):
        return format_html(
            '<button type="submit" formaction="{}" title="{}" aria-label="{}">'
            '<span class="material-symbols-outlined" aria-hidden="true">{}</span></button>',
            reverse("admin:articles_category_move", args=[category.pk, direction]),
            label,
            label,
            icon,
        )
