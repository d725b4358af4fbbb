"""Notes of a story in the admin: a page that needs no script, and a door for the panel's."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _

from articles.admin import story_notes
from articles.admin.base import row_id
from articles.admin.desk_door import Malformed, for_scripts, id_in
from articles.admin.story_pages import StoryPages, address
from articles.body.passages import Passage
from articles.desk import notes
from articles.models import Article
from articles.workflow import TransitionRefused

# What can be done to a note that is there: takes the note, what was written, and who acts.
_ACTS = {
    "reply": lambda note, text, by: notes.reply(note, text=text, by=by),
    "edit": lambda note, text, by: notes.edit(note, text=text, by=by),
    "delete": lambda note, _text, by: notes.delete(note, by=by),
    "resolve": lambda note, _text, by: notes.resolve(note, by=by),
    "reopen": lambda note, _text, by: notes.reopen(note, by=by),
}


class NotePages(StoryPages):
    """For an admin of stories: `…/notes/`, and the panel of the writing screen."""

    def get_urls(self):
        page = self.story_page(self.notes_view)
        panel = for_scripts(self.admin_site, self.notes_panel_view)
        return [
            path("<int:pk>/notes/", page, name="articles_article_notes"),
            path("<int:pk>/notes/panel/", panel, name="articles_article_notes_panel"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and obj.pk:
            context["desk_notes"] = story_notes.panel(obj, request.user)
            context["desk_notes_terms"] = story_notes.terms(obj, request.user)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # The page

    def notes_view(self, request, article):
        written = {}
        if request.method == "POST":
            try:
                return self._done(request, article)
            except TransitionRefused as sentence:
                messages.error(request, str(sentence))
                written = {name: request.POST.get(name, "") for name in ("act", "note", "text")}
                written["passage"] = request.POST.get("passage", "")
        context = {**story_notes.shown(article, request.user), "written": written}
        return self.show_page(request, article, "notes", {**context, "title": _("Notes")})

    def _done(self, request, article):
        act, text = request.POST.get("act"), request.POST.get("text", "")
        if act == "add":
            passage = notes.quoted(article, request.POST.get("passage", ""))
            note = notes.add(article, text=text, by=request.user, passage=passage)
        elif act in _ACTS:
            note = _note(article, row_id(request.POST.get("note", "")))
            note = _ACTS[act](note, text, request.user) or note
        else:
            raise BadRequest
        return HttpResponseRedirect(f"{address('notes', article)}#note-{note.pk}")

    # The panel

    def notes_panel_view(self, request, said, pk):
        """Do what a script says, and answer with the notes as they are then."""
        article = Article.objects.at_the_desk_of(request.user).get(pk=pk)
        try:
            note = _do(article, said, by=request.user)
        except TransitionRefused as sentence:
            return JsonResponse({"error": str(sentence)})
        answer = story_notes.panel(article, request.user)
        if said.get("seen") == answer["seen"]:
            answer = {"seen": answer["seen"]}
        return JsonResponse({**answer, "note": note and note.pk})


class NoteIsGone(TransitionRefused):
    """Somebody has taken it back meanwhile."""


def _note(article, pk):
    note = article.notes.select_related("article", "parent__article").filter(pk=pk).first()
    if note is None:
        raise NoteIsGone(_("This note is not there any more."))
    return note


def _do(article, said, *, by):
    """The note that was written or changed, if one was."""
    act, text = said.get("act"), said.get("text", "")
    if not isinstance(text, str) or not isinstance(act, str):
        raise Malformed
    if act == "look":
        return None
    if act == "add":
        return notes.add(article, text=text, by=by, passage=_passage_in(said))
    if act not in _ACTS:
        raise Malformed
    return _ACTS[act](_note(article, id_in(said, "note")), text, by)


def _passage_in(said):
    parts = said.get("passage") or {}
    if not isinstance(parts, dict):
        raise Malformed
    words = [parts.get(name, "") for name in ("quote", "prefix", "suffix")]
    if not all(isinstance(part, str) for part in words):
        raise Malformed
    return Passage(*words) if words[0] else None
