"""A story to those who may read but not edit it: the working copy, as the desk has it."""

from django.template.loader import render_to_string
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.admin.story_facts import FACTS, Names
from articles.admin.story_reading import body_of, said
from articles.desk.writing import working_snapshot

_EMPTY = "—"


def _reading(fact):
    """A read-only field that says `fact` in words."""

    @display(description=lazy(lambda: fact.label, str)())
    def field(self, article):
        snapshot, names = _looked_up(article)
        return _shown(said(fact, getattr(snapshot, fact.name), names)) or _EMPTY

    return field


def _looked_up(article):
    """The working copy and what its ids are called: asked for once for all fields of a page."""
    if not hasattr(article, "_desk_reading"):
        snapshot = working_snapshot(article)
        article._desk_reading = snapshot, Names(snapshot)
    return article._desk_reading


def _shown(words):
    if words.form == "several":
        return "、".join(words.value)
    if words.form == "picture":
        template = "admin/articles/article/_pictured.html"
        return render_to_string(template, {"picture": words.value})
    return words.value


class ReadingView:
    """For an admin of stories: read-only fields, made of the snapshot and not of the row.

    `<name>_read` for every field of a snapshot; those below are shown as readers will see them.
    """

    @display(description=_("title"))
    def title_read(self, article):
        return working_snapshot(article).title or _("Untitled story")

    @display(description=_("body"))
    def body_read(self, article):
        return body_of(working_snapshot(article)) or _EMPTY


for _fact in FACTS:
    if not hasattr(ReadingView, f"{_fact.name}_read"):
        setattr(ReadingView, f"{_fact.name}_read", _reading(_fact))
