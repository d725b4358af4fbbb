"""The audit trail in the admin: to be read, never to be touched."""

from django.contrib import admin
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    ChoicesDropdownFilter,
    DropdownFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import display

from articles.admin.base import NothingLast, ReadOnlyAdmin, moment, row_id
from articles.admin.day_filter import DayFilter
from articles.admin.event_details import described
from articles.admin.event_export import Exporting
from articles.models import Article, Event, User


class ActorFilter(RelatedDropdownFilter):
    """Offers those who did something, also to editors, who do not see the list of staff."""

    def field_choices(self, field, request, model_admin):
        acted = User.objects.filter(Exists(Event.objects.filter(actor=OuterRef("pk"))))
        return [(user.pk, str(user)) for user in acted.order_by("name", "username")]


class StoryFilter(DropdownFilter):
    """One story, to which the page of its history leads; only there to be seen and taken away."""

    title = _("story")
    parameter_name = "story"

    def lookups(self, request, model_admin):
        number = row_id(request.GET.get(self.parameter_name, ""))
        story = Article.objects.filter(pk=number).first() if number else None
        return [(str(story.pk), story.title or _("Untitled story"))] if story else []

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        number = row_id(self.value())
        return queryset.filter(article=number) if number else queryset.none()


@admin.register(Event)
class EventAdmin(Exporting, ReadOnlyAdmin):
    list_display = ["when", "actor_shown", "verb_shown", "story", "revision", "details_shown"]
    list_display_links = ["when"]
    list_filter = [
        ("verb", ChoicesDropdownFilter),
        ("actor", ActorFilter),
        ("happened_at", DayFilter),
        StoryFilter,
    ]
    list_select_related = ["actor", "article", "revision"]
    # what a story is called now finds also what happened under another title
    search_fields = ["title", "article__title"]
    search_help_text = _("Title of a story")
    fields = ["happened_at", "actor_shown", "verb", "story", "revision", "details_shown"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .defer("revision__content", "article__body", "article__rendered_body")
        )

    @display(description=_("when"), ordering="happened_at")
    def when(self, event):
        return moment(event.happened_at)

    @display(description=_("what"), ordering="verb", wrapper_class="whitespace-nowrap")
    def verb_shown(self, event):
        return event.get_verb_display()

    @display(description=_("who"), ordering=NothingLast(F("actor__name")))
    def actor_shown(self, event):
        return event.actor or _("the newsroom")

    @display(description=_("story"), ordering="title")
    def story(self, event):
        if event.article_id is None:
            return event.title or _("Untitled story")
        address = reverse("admin:articles_article_change", args=[event.article_id])
        return format_html(
            '<a class="text-link underline" href="{}">{}</a>',
            address,
            event.title or _("Untitled story"),
        )

    @display(description=_("details"))
    def details_shown(self, event):
        return described(event) or "—"
