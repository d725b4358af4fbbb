"""Imported documents in the admin: the original beside what became of it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from articles.admin.base import ReadOnlyAdmin, shown_html
from articles.admin.day_filter import DayFilter
from articles.admin.import_labels import with_label
from articles.desk import importing, writing
from articles.models import ImportedDocument

Outcome = ImportedDocument.Outcome
_SAID = {
    importing.Outcome.CREATED: _("Imported again: a new story was made."),
    importing.Outcome.UPDATED: _("Imported again: the story has a new revision."),
    importing.Outcome.UNCHANGED: _("Imported again: nothing is different."),
}


@admin.register(ImportedDocument)
class ImportedDocumentAdmin(ReadOnlyAdmin):
    change_form_template = "admin/articles/importeddocument/change_form.html"
    list_display = ["file_name", "outcome_shown", "story", "sentence", "imported_at", "imported_by"]
    list_filter = [("outcome", ChoicesDropdownFilter), ("imported_at", DayFilter)]
    list_select_related = ["article", "imported_by"]
    search_fields = ["file_name", "import_ref", "sentence"]
    fields = [
        "file_name",
        "outcome",
        "story",
        "sentence",
        "line",
        "remarks_shown",
        "facts_shown",
        "dropped_shown",
        "import_ref",
        "imported_at",
        "imported_by",
    ]

    def get_queryset(self, request):
        found = super().get_queryset(request).defer("article__body", "article__rendered_body")
        is_list = request.resolver_match.url_name.endswith("_changelist")
        return found.defer("text") if is_list else found

    @display(
        description=_("outcome"),
        ordering="outcome",
        label={Outcome.CREATED: "success", Outcome.UPDATED: "info", Outcome.FAILED: "danger"},
    )
    def outcome_shown(self, document):
        return document.outcome, document.get_outcome_display()

    @display(description=_("story"))
    def story(self, document):
        if document.article is None:
            return "—"
        address = reverse("admin:articles_article_change", args=[document.article_id])
        return format_html(
            '<a class="text-link underline" href="{}">{}</a>', address, document.article.title
        )

    @display(description=_("remarks"))
    def remarks_shown(self, document):
        return _as_list(document.remarks)

    @display(description=_("source facts"))
    def facts_shown(self, document):
        return _as_list(document.facts)

    @display(description=_("left out"))
    def dropped_shown(self, document):
        return _as_list(document.dropped)

    def has_again_permission(self, request):
        return request.user.has_perm("articles.add_importeddocument")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        document = self.get_object(request, object_id)
        context = {
            **(extra_context or {}),
            "may_import": self.has_again_permission(request),
            "result": _result(document),
        }
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self):
        again = path(
            "<int:pk>/again/",
            self.admin_site.admin_view(self.again_view),
            name="articles_importeddocument_again",
        )
        return [again, *super().get_urls()]

    def again_view(self, request, pk):
        """Run the original through today's rules; only ever by a click."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_again_permission(request):
            raise PermissionDenied
        document = get_object_or_404(ImportedDocument, pk=pk)
        taken = importing.take_in_again(document, by=request.user)
        if taken.sentence:
            messages.error(request, taken.sentence)
        else:
            messages.success(request, _SAID[taken.outcome])
        return HttpResponseRedirect(
            reverse("admin:articles_importeddocument_change", args=[document.pk])
        )


def _result(document):
    """The story as it stands at the desk."""
    if document is None or document.article is None:
        return ""
    return shown_html(writing.working_snapshot(document.article).body)


def _as_list(entries):
    """Remarks are sentences, facts are objects; both as lines."""
    lines = [
        (" · ".join(map(str, with_label(entry))) if isinstance(entry, dict) else entry,)
        for entry in entries
    ]
    return format_html_join(mark_safe("<br>"), "{}", lines) or "—"
