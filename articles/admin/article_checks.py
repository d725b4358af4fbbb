"""What the publish gate says of a story, while it is written and where somebody asks for a verb."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.admin.article_content import lenient_snapshot
from articles.admin.article_form import StoryForm
from articles.desk import autosaving, gate
from articles.desk.writing import working_snapshot
from articles.gate import Finding, Occasion
from articles.models import Snapshot
from articles.workflow import SETTLED, Verb

_MOST_PLACES = 8  # of one finding, in the narrow column
# The verbs the gate has a say in, and what it is asked for.
_OCCASIONS = {
    Verb.SUBMIT: Occasion.SUBMIT,
    Verb.PUBLISH: Occasion.PUBLISH,
    Verb.SCHEDULE: Occasion.PUBLISH,
}


@dataclass(frozen=True)
class Shown:
    """A finding as a page shows it; `stories`: pairs of a title and an address, if there is one."""

    finding: Finding
    stories: tuple

    @property
    def field(self):
        """What the form calls the field it is about."""
        return StoryForm.base_fields[self.finding.about].label

    @property
    def places(self):
        return self.finding.places[:_MOST_PLACES]

    @property
    def more(self):
        """How many places are not shown."""
        return max(0, len(self.finding.places) - _MOST_PLACES)


def checks_of(article, snapshot, *, to, occasion=Occasion.PUBLISH):
    """What the gate says, as the templates want it: `blocking` and `advisory`."""
    found = gate.findings(article, snapshot, occasion=occasion, to=to)
    may_open = to.has_perm("articles.change_article")
    shown = [Shown(finding, _stories(finding, may_open=may_open)) for finding in found]
    return {
        "blocking": [one for one in shown if one.finding.is_blocking],
        "advisory": [one for one in shown if not one.finding.is_blocking],
    }


def checks_before(choice, article, *, to):
    """What the gate says before `choice` is carried out; None where it has no say."""
    occasions = [_OCCASIONS[verb] for verb in choice.verbs if verb in _OCCASIONS]
    if not occasions:
        return None
    return checks_of(article, _text_for(choice, article), to=to, occasion=occasions[0])


def _text_for(choice, article):
    """The approved text, unless the verb takes the working copy."""
    is_settled = article.stage in SETTLED
    takes_approved = is_settled and {Verb.PUBLISH, Verb.SCHEDULE} & set(choice.verbs)
    return article.approved_revision.snapshot if takes_approved else working_snapshot(article)


def _stories(finding, *, may_open):
    def address(pk):
        return reverse("admin:articles_article_change", args=[pk]) if may_open else ""

    return tuple((story.title, address(story.pk)) for story in finding.stories)


class Checking:
    """For an admin of stories: the fragment in the column of the writing screen."""

    def get_urls(self):
        door = require_http_methods(["GET", "POST"])(self.checks_view)
        view = self.admin_site.admin_view(never_cache(door))
        return [
            path("<int:pk>/checks/", view, name="articles_article_checks"),
            path("checks/", view, name="articles_article_checks_new"),
            *super().get_urls(),
        ]

    def checks_view(self, request, pk=None):
        """What the gate says of the form that is sent, or of what is kept; nothing is written."""
        article = None if pk is None else get_object_or_404(self.get_queryset(request), pk=pk)
        is_allowed = self.has_view_permission if article else self.has_add_permission
        if not is_allowed(request):
            raise PermissionDenied
        snapshot = _looked_at(request, article)
        context = checks_of(article, snapshot, to=request.user)
        return TemplateResponse(request, "admin/articles/article/_checks.html", context)


def _looked_at(request, article):
    """What was sent; else what this person typed and has not saved; else the working copy."""
    if request.method == "POST":
        return lenient_snapshot(article, dict(request.POST.lists()))
    if article is None:
        return Snapshot()
    kept = autosaving.kept_of(request.user, article=article)
    return lenient_snapshot(article, kept.content) if kept else working_snapshot(article)
