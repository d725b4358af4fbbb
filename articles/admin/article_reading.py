"""A story to those who may read but not edit it: the working copy, as the desk has it."""

from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.admin.base import shown_html
from articles.desk.writing import working_snapshot
from articles.models import Article, Author, Category


class ReadingView:
    """For an admin of stories: read-only fields, made of the snapshot and not of the row."""

    @display(description=_("title"))
    def title_read(self, article):
        return working_snapshot(article).title or _("Untitled story")

    @display(description=_("standfirst"))
    def standfirst_read(self, article):
        return working_snapshot(article).standfirst or "—"

    @display(description=_("body"))
    def body_read(self, article):
        return shown_html(working_snapshot(article).body) or "—"

    @display(description=_("category"))
    def category_read(self, article):
        return Category.objects.filter(pk=working_snapshot(article).category).first() or "—"

    @display(description=_("authors"))
    def authors_read(self, article):
        bylines = working_snapshot(article).bylines
        authors = Author.objects.in_bulk([pk for pk, _role in bylines])
        return "、".join(authors[pk].name for pk, _role in bylines if pk in authors) or "—"

    @display(description=_("tags"))
    def tags_read(self, article):
        return "、".join(working_snapshot(article).tags) or "—"

    @display(description=_("kind"))
    def kind_read(self, article):
        return Article.Kind(working_snapshot(article).kind).label
