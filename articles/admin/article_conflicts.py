"""Two people, one story: a save that collides with another, and the page where one chooses."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_content import (
    LenientForm,
    as_sent,
    lenient_snapshot,
    of_the_story,
    wrong_in,
)
from articles.admin.article_presence import saved_sentence
from articles.admin.article_verbs import CHOICES
from articles.admin.base import row_id
from articles.admin.story_merging import Choices, merge_page
from articles.admin.story_pages import StoryPages, address
from articles.admin.story_reading import read
from articles.body.merging import Choice, Undecided
from articles.characters import storable
from articles.desk import conflicts, reconciling, rights
from articles.desk.revisions import NewerRevision
from articles.models import Article, Conflict
from articles.workflow import TransitionRefused, Verb

_OUTCOMES = {"mine": Conflict.Outcome.MINE, "theirs": Conflict.Outcome.THEIRS}
_DONE = {
    Conflict.Outcome.MINE: gettext_lazy(
        "The colliding edit is the newest text now; the other one stays in the history."
    ),
    Conflict.Outcome.THEIRS: gettext_lazy(
        "The newest text stays as it is; the colliding edit stays in the history."
    ),
    Conflict.Outcome.MERGED: gettext_lazy(
        "The merged text is the newest one now; both edits stay in the history."
    ),
}
_NOTE_LENGTH = 300


class ConflictPages(StoryPages):
    """For an admin of stories: saving, which may collide, and `…/conflicts/<pk>/`."""

    def get_urls(self):
        page = self.story_page(self.conflict_view)
        return [
            path("<int:pk>/conflicts/<int:number>/", page, name="articles_article_conflict"),
            *super().get_urls(),
        ]

    # Saving

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        article = (extra_context or {}).get("desk_article")
        if article is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if _is_late(request) and not self._may_write(request, article):
            return self._keep_late(request, article)
        open_ones = article.conflicts.open().select_related("person")
        context = {**extra_context, "desk_conflicts": open_ones}
        return super().changeform_view(request, object_id, form_url, context)

    def _keep_late(self, request, article):
        """Whoever wrote this may not edit the story any more: it is kept aside, and said."""
        sent = dict(request.POST.lists())
        base = LenientForm(as_sent(sent), instance=article).base
        request.desk_is_stale = True
        request.desk_conflict = conflicts.save(
            article,
            lenient_snapshot(article, sent),
            by=request.user,
            note=storable(request.POST.get("note", ""))[:_NOTE_LENGTH],
            based_on=base,
        )
        if wrong := wrong_in(article, of_the_story(sent)):
            return self._keep_wrong(request, article, wrong, based_on=base)
        self.forget_kept(request, article)
        return self.response_change(request, article)

    def _keep_wrong(self, request, article, wrong, *, based_on):
        """What no revision can hold is kept as it was typed, and shown to whoever typed it."""
        _say_not_carried_out(request)
        messages.error(request, _wrong_sentence(wrong, request.desk_conflict))
        try:
            self.keep_sent(request, article, based_on=based_on)
        except TransitionRefused as sentence:
            messages.error(request, f"{sentence} {_('Copy what you need from this page.')}")
            return self.show_sent(request, article)
        messages.info(request, _("Nothing is lost: this is your text as you typed it."))
        return HttpResponseRedirect(address("autosave_compare", article))

    def save_edit(self, request, article, form):
        """Save what the form says, or keep it aside; `response_change` says which."""
        written = Article.objects.select_for_update().get(pk=article.pk)
        known = form.base.pk if form.base else None
        request.desk_is_stale = written.working_revision_id != known
        request.desk_conflict = conflicts.save(
            written,
            form.snapshot(),
            by=request.user,
            note=form.cleaned_data["note"],
            based_on=form.base,
        )
        return written

    def response_change(self, request, obj):
        if not getattr(request, "desk_is_stale", False):
            return super().response_change(request, obj)
        _say_not_carried_out(request)
        conflict = request.desk_conflict
        if conflict is None:
            messages.info(request, _("The story was changed meanwhile; this is the newest text."))
            return HttpResponseRedirect(address("change", obj))
        said = _("Nothing is lost: your text is kept as revision %(number)s.")
        messages.warning(request, said % {"number": conflict.mine.number})
        return HttpResponseRedirect(address("conflict", obj, conflict.pk))

    # Choosing

    def conflict_view(self, request, article, number):
        conflict = _conflict(article, number)
        if conflict.resolved_at is not None:
            messages.info(request, _resolved_sentence(conflict))
            return HttpResponseRedirect(address("history", article))
        if request.method == "POST":
            rights.require(request.user, Verb.REVISE, article)
            return self._choose(request, article, conflict)
        return self._conflict_page(request, article, conflict)

    def _choose(self, request, article, conflict):
        with suppress(NewerRevision):
            if _seen(request) == article.working_revision_id:
                return self._chosen(request, article, conflict)
        return self._ask_again(request, conflict)

    def _ask_again(self, request, conflict):
        """Somebody saved while one was choosing; what was chosen stays where it still fits."""
        article = conflict.article = Article.objects.get(pk=conflict.article_id)
        messages.warning(request, _again(article, request.user))
        choices = Choices()
        if before := article.revisions.filter(pk=_seen(request)).first():
            then, now = (
                reconciling.collision(conflict, beside=before),
                reconciling.collision(conflict),
            )
            choices = Choices.sent(then, request.POST).carried_over(then, now)
        return self._conflict_page(request, article, conflict, choices=choices)

    def _chosen(self, request, article, conflict):
        act = request.POST.get("act")
        if act in _OUTCOMES:
            return _resolve(request, article, conflict, outcome=_OUTCOMES[act])
        found = reconciling.collision(conflict)
        choices = Choices.sent(found, request.POST)
        try:
            merged = reconciling.merged_snapshot(
                found, fields=choices.fields, chunks=choices.chunks
            )
        except Undecided:
            messages.error(request, _("Please choose in every place that both have changed."))
            return self._conflict_page(request, article, conflict, choices=choices, is_asked=True)
        if act == "merge":
            outcome = Conflict.Outcome.MERGED
            return _resolve(request, article, conflict, outcome=outcome, snapshot=merged)
        return self._conflict_page(
            request, article, conflict, choices=choices, preview=read(merged)
        )

    def _conflict_page(self, request, article, conflict, *, choices=None, **facts):
        found = reconciling.collision(conflict)
        theirs = article.working_revision
        whose = {
            Choice.MINE: _edit_of(conflict.mine, request.user),
            Choice.THEIRS: _edit_of(theirs, request.user),
        }
        context = {
            "title": _("Two edits of one story"),
            "conflict": conflict,
            "theirs": theirs,
            "whose": {str(choice): label for choice, label in whose.items()},
            "merge": merge_page(found, choices or Choices(), whose),
            **facts,
        }
        return self.show_page(request, article, "conflict", context)


def _say_not_carried_out(request):
    if verb := CHOICES.get(request.POST.get("_verb")):
        messages.error(request, _("Not carried out: %(verb)s.") % {"verb": verb.label})


def _wrong_sentence(wrong, conflict):
    fields = "、".join(one.label for one in wrong)
    if conflict is None:
        return _("This cannot be saved as it stands: %(fields)s.") % {"fields": fields}
    return _(
        "This cannot be saved as it stands: %(fields)s. The rest is kept as revision %(number)s."
    ) % {"fields": fields, "number": conflict.mine.number}


def _is_late(request):
    return (
        request.method == "POST" and "based_on" in request.POST and "_restore" not in request.POST
    )


def _conflict(article, number):
    """The conflict with what it is about; 404 if the story has none of that number."""
    found = article.conflicts.select_related(
        "mine__created_by", "ancestor", "person", "resolved_by"
    )
    conflict = found.filter(pk=number).first()
    if conflict is None:
        raise Http404
    conflict.article = article
    return conflict


def _seen(request):
    """The id of the revision that was chosen against."""
    return row_id(request.POST.get("seen", ""))


def _resolve(request, article, conflict, **facts):
    conflicts.resolve(conflict, seen=article.working_revision, by=request.user, **facts)
    messages.success(request, _DONE[facts["outcome"]])
    return HttpResponseRedirect(address("change", article))


def _again(article, user):
    sentence = saved_sentence(article.working_revision, to=user)
    again = _(
        "%(sentence)s Here is your choice against the newest text; "
        "choose once more where it is open."
    )
    return again % {"sentence": sentence}


def _edit_of(revision, user):
    """What an edit is called for `user`."""
    facts = {"number": revision.number, "name": revision.created_by or _("the newsroom")}
    if revision.created_by_id == user.pk:
        return _("Your edit (revision %(number)s)") % facts
    return _("Edit by %(name)s (revision %(number)s)") % facts


def _resolved_sentence(conflict):
    facts = {
        "name": conflict.resolved_by or _("The newsroom"),
        "outcome": conflict.get_outcome_display(),
        "number": conflict.mine.number,
    }
    return (
        _(
            "%(name)s has resolved this conflict: %(outcome)s. "
            "Revision %(number)s stays in the history."
        )
        % facts
    )
