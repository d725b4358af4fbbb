"""Stories in the admin: the list, the form, and a button for each verb that is to be had."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import F
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
)
from unfold.decorators import display
from unfold.views import ChangeList

from articles.admin import story_panels
from articles.admin.article_checks import Checking
from articles.admin.article_conflicts import ConflictPages
from articles.admin.article_filters import (
    AssigneeFilter,
    CategoryFilter,
    DeskFilter,
    DueFilter,
    VisibilityFilter,
)
from articles.admin.article_form import StoryForm
from articles.admin.article_history import HistoryPages
from articles.admin.article_kept import Autosaving
from articles.admin.article_notes import NotePages
from articles.admin.article_reading import ReadingView
from articles.admin.article_verb_pages import VerbPages
from articles.admin.base import DeskAdmin, NothingLast, moment
from articles.admin.day_filter import DayFilter
from articles.admin.pasting import Pasting
from articles.admin.preview_sharing import SharingPages
from articles.admin.story_deleting import what_goes_with
from articles.admin.writing_screen import WritingScreen
from articles.desk import presence, rights, writing
from articles.models import Article
from articles.workflow import Stage, TransitionRefused, Verb, Visibility


class StoryList(ChangeList):
    """The list needs no text, and every byline; it says who is typing in which story."""

    def get_results(self, request):
        super().get_results(request)
        writing_now = presence.writing_now([s.pk for s in self.result_list], user=request.user)
        for story in self.result_list:
            story.edited_now_by = writing_now.get(story.pk, "")

    def get_queryset(self, *args, **kwargs):
        found = super().get_queryset(*args, **kwargs)
        return found.defer("body", "rendered_body").with_working_title().with_bylines()

    def get_ordering(self, request, queryset):
        """A question of the desk has an order of its own, until somebody clicks on a column."""
        if ORDER_VAR not in self.params and queryset.query.order_by:
            return list(queryset.query.order_by)
        return super().get_ordering(request, queryset)


@admin.register(Article)
class ArticleAdmin(
    NotePages,
    HistoryPages,
    ConflictPages,
    WritingScreen,
    Autosaving,
    Pasting,
    Checking,
    VerbPages,
    SharingPages,
    ReadingView,
    DeskAdmin,
):
    form = StoryForm
    list_display = [
        "title_shown",
        "stage_shown",
        "readers_see",
        "category",
        "authors_shown",
        "assignment_shown",
        "published_shown",
        "edited_shown",
    ]
    list_filter = [
        DeskFilter,
        ("stage", ChoicesDropdownFilter),
        VisibilityFilter,
        CategoryFilter,
        AssigneeFilter,
        DueFilter,
        ("kind", ChoicesDropdownFilter),
        ("licence", ChoicesDropdownFilter),
        ("authors", AutocompleteSelectFilter),
        ("published_at", DayFilter),
    ]
    search_fields = ["title"]  # and what `get_search_results` asks for
    list_select_related = ["category", "assignee"]
    compressed_fields = False

    # What somebody sees

    def get_queryset(self, request):
        return super().get_queryset(request).at_the_desk_of(request.user)

    def get_changelist(self, request, **kwargs):
        return StoryList

    def get_search_results(self, request, queryset, search_term):
        return queryset.mentioning(search_term.split()), False

    def get_fieldsets(self, request, obj=None):
        return story_panels.WRITING if self._may_write(request, obj) else story_panels.READING

    def get_readonly_fields(self, request, obj=None):
        if self._may_write(request, obj):
            return []
        return [name for _title, options in story_panels.READING for name in options["fields"]]

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "desk_refusal", "")
        return form

    def get_view_on_site_url(self, obj=None):
        is_live = obj is not None and obj.visibility is Visibility.LIVE
        return obj.get_absolute_url() if is_live else None

    # What somebody may do

    def _may_write(self, request, obj):
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_article")

    def has_add_permission(self, request):
        return rights.may(request.user, Verb.CREATE)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return rights.may(request.user, Verb.CREATE)
        return rights.may(request.user, Verb.REVISE, obj)

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return False
        return Verb.DELETE in rights.available_verbs(obj, by=request.user)

    # Saving, which is the desk's business

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {**(extra_context or {}), **self.story_context(request, object_id)}
        view = partial(super().changeform_view, request, object_id, form_url)
        try:
            return view(context)
        except TransitionRefused as sentence:
            request.desk_refusal = str(sentence)
            return view(context)
        except Article.DoesNotExist:
            return self._story_is_gone(request)

    def save_model(self, request, obj, form, change):
        if not change:
            note = form.cleaned_data["note"]
            written = writing.create(form.snapshot(), by=request.user, note=note)
        else:
            written = self.save_edit(request, obj, form)
        obj.pk = written.pk
        obj.refresh_from_db()
        is_stale = getattr(request, "desk_is_stale", False)
        saved_as = None if is_stale else obj.working_revision
        self.forget_kept(request, obj, saved_as=saved_as)

    def delete_view(self, request, object_id, extra_context=None):
        article = self.get_object(request, unquote(object_id))
        if article is None:
            return self._story_is_gone(request)
        try:
            return super().delete_view(request, object_id, what_goes_with(article, request.user))
        except TransitionRefused as sentence:
            messages.error(request, str(sentence))
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[object_id]))
        except Article.DoesNotExist:
            return self._story_is_gone(request)

    def save_related(self, request, form, formsets, change):
        """Relations are part of the snapshot."""

    def log_addition(self, request, obj, message):
        """The audit trail has it already."""

    def log_change(self, request, obj, message):
        """The audit trail has it already."""

    def log_deletions(self, request, queryset):
        """The audit trail has it already."""

    def delete_model(self, request, obj):
        writing.delete(obj, by=request.user)

    # Columns

    @display(description=_("title"), ordering="title")
    def title_shown(self, article):
        title = article.working_title or article.title or _("Untitled story")
        if not article.edited_now_by:
            return title
        said = _("%(name)s is editing now") % {"name": article.edited_now_by}
        return format_html('{} <span class="desk-editing">{}</span>', title, said)

    @display(
        description=_("stage"),
        ordering="stage",
        label={
            Stage.DRAFT: "default",
            Stage.IN_REVIEW: "warning",
            Stage.CHANGES_REQUESTED: "danger",
            Stage.APPROVED: "info",
            Stage.SCHEDULED: "primary",
            Stage.LIVE: "success",
            Stage.WITHDRAWN: "danger",
        },
    )
    def stage_shown(self, article):
        return article.stage, article.get_stage_display()

    @display(description=_("readers see"))
    def readers_see(self, article):
        if article.visibility is Visibility.LIVE and article.has_unpublished_changes:
            return _("Live, with unpublished changes")
        return article.visibility.label

    @display(description=_("assigned to"), ordering=NothingLast(F("due_at")))
    def assignment_shown(self, article):
        due = _("due %(time)s") % {"time": moment(article.due_at)} if article.due_at else ""
        name = "desk-overdue" if article.is_overdue else "desk-due"
        shown = format_html('{}<span class="{}">{}</span>', article.assignee or "", name, due)
        return shown if article.assignee or article.due_at else "—"

    @display(description=_("published"), ordering=NothingLast(F("published_at")))
    def published_shown(self, article):
        return moment(article.published_at)

    @display(description=_("last edited"), ordering="edited_at")
    def edited_shown(self, article):
        return moment(article.edited_at)

    @display(description=_("authors"))
    def authors_shown(self, article):
        return "、".join(b.author.name for b in article.bylines.all()) or "—"
