"""The desk's verbs as the admin offers them: what each asks for, and how it is carried out."""

from dataclasses import dataclass, replace
from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldBooleanWidget,
)

from articles.admin.outlet_time_field import OutletTimeField
from articles.desk import assigning, people, publishing, review, rights, scheduling
from articles.desk.outlet_time import exactly, next_full_hour
from articles.models import User
from articles.workflow import RULES, NotAllowed, Stage, Verb

APPROVE_AND_PUBLISH = "approve_and_publish"
_MINOR = "_minor"  # what the name of a publication ends in that readers are not told of


class VerbForm(forms.Form):
    """A verb that asks for nothing but a yes."""

    @classmethod
    def given(cls, article):
        """What stands in the fields at first."""
        return {}


class CommentForm(VerbForm):
    comment = forms.CharField(
        label=_("What should be changed"), widget=UnfoldAdminTextareaWidget, max_length=5000
    )


class ReasonForm(VerbForm):
    reason = forms.CharField(
        label=_("Reason"),
        widget=UnfoldAdminTextareaWidget,
        max_length=2000,
        help_text=_("Readers who come to the address of the story read this sentence."),
    )


class TimeForm(VerbForm):
    at = OutletTimeField(label=_("Time of publication"))
    minor = forms.BooleanField(
        label=_("Minor change"),
        required=False,
        widget=UnfoldBooleanWidget,
        help_text=_("Readers are not told of an update."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "minor" not in self.initial:
            del self.fields["minor"]

    @classmethod
    def given(cls, article):
        given = {"at": article.scheduled_at or next_full_hour()}
        if article.first_published_at is not None:
            given["minor"] = article.schedule_is_minor
        return given


class WithdrawalForm(ReasonForm):
    at = OutletTimeField(label=_("Time of withdrawal"))
    field_order = ("at", "reason")

    @classmethod
    def given(cls, article):
        return {"at": article.withdraw_at, "reason": article.withdraw_at_reason}


class _Person(forms.ModelChoiceField):
    """Somebody a story can be given to."""

    def label_from_instance(self, obj):
        return str(obj) if str(obj) == obj.username else f"{obj} ({obj.username})"


class AssignmentForm(VerbForm):
    to = _Person(
        User.objects.none(),
        label=_("assigned to"),
        required=False,
        empty_label=_("Nobody"),
        widget=UnfoldAdminSelectWidget,
    )
    due_at = OutletTimeField(label=_("due"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        writers = people.writers() | User.objects.filter(pk=self.initial.get("to"))
        self.fields["to"].queryset = writers.distinct().order_by("name", "username")

    @classmethod
    def given(cls, article):
        return {"to": article.assignee_id, "due_at": article.due_at}


@dataclass(frozen=True)
class Choice:
    """A button: what is written on it, what it asks for, what it does, what is said afterwards."""

    name: str
    label: str
    act: object
    done: str
    explanation: str = ""
    verbs: tuple = ()
    form: type = VerbForm
    variant: str = "default"
    of_a_revision: bool = False  # whether it is of what was on the screen, and nothing newer
    panel: str = "stage"  # of the side column
    again: str = ""  # the label where it changes what was set before
    was_set: object = None  # whether it was, of a story
    is_minor: bool = False  # for what readers had before, and seldom wanted

    def on(self, article):
        """The same, as it is offered on `article`."""
        is_set = self.was_set is not None and self.was_set(article)
        return replace(self, label=self.again) if is_set else self

    def announcement(self, article):
        """What is said when it was done."""
        return str(self.done) % {
            "publication": _moment(article.scheduled_at),
            "withdrawal": _moment(article.withdraw_at),
        }

    @property
    def ask_variant(self):
        """The colour of the button on the page that asks."""
        return "danger" if self.variant == "danger" else "primary"

    @property
    def needs_page(self):
        """Whether something has to be said before it is done."""
        return self.form is not VerbForm

    @property
    def is_in_bar(self):
        """Whether it is always at hand: what leads a story on, and is done with one click."""
        return not self.needs_page and self.panel == "stage" and not self.is_minor


def _choice(verb, **facts):
    return Choice(name=verb.value, label=verb.label, verbs=(verb,), **facts)


CHOICES = {
    choice.name: choice
    for choice in (
        _choice(Verb.SUBMIT, act=review.submit, done=_("Submitted for review.")),
        _choice(
            Verb.REQUEST_CHANGES,
            act=review.request_changes,
            done=_("Sent back with your comment."),
            explanation=_("The story goes back to whoever wrote it, with your comment."),
            form=CommentForm,
        ),
        _choice(Verb.APPROVE, act=review.approve, done=_("Approved."), of_a_revision=True),
        Choice(
            name=APPROVE_AND_PUBLISH,
            label=_("Approve and publish"),
            act=publishing.approve_and_publish,
            verbs=(Verb.APPROVE, Verb.PUBLISH),
            done=_("Published."),
            variant="primary",
            of_a_revision=True,
        ),
        _choice(
            Verb.PUBLISH,
            act=publishing.publish,
            done=_("Published."),
            variant="primary",
            of_a_revision=True,
        ),
        Choice(
            name=APPROVE_AND_PUBLISH + _MINOR,
            label=_("Approve and publish as a minor change"),
            act=partial(publishing.approve_and_publish, minor=True),
            verbs=(Verb.APPROVE, Verb.PUBLISH),
            done=_("Published; readers are not told of an update."),
            of_a_revision=True,
            is_minor=True,
        ),
        Choice(
            name=Verb.PUBLISH + _MINOR,
            label=_("Publish as a minor change"),
            act=partial(publishing.publish, minor=True),
            verbs=(Verb.PUBLISH,),
            done=_("Published; readers are not told of an update."),
            of_a_revision=True,
            is_minor=True,
        ),
        _choice(
            Verb.ASSIGN,
            act=assigning.assign,
            done=_("The assignment is noted."),
            explanation=_(
                "While the story is unfinished, it is theirs to read, edit and submit, whoever "
                "began it."
            ),
            form=AssignmentForm,
            panel="assignment",
            again=_("Change the assignment"),
            was_set=lambda article: article.assignee_id or article.due_at,
        ),
        _choice(
            Verb.SCHEDULE,
            act=scheduling.schedule,
            done=_("Scheduled: it goes live on %(publication)s."),
            explanation=_("The story goes live by itself at this time."),
            form=TimeForm,
            of_a_revision=True,
            panel="schedule",
            again=_("Change the time"),
            was_set=lambda article: article.stage == Stage.SCHEDULED,
        ),
        _choice(
            Verb.UNSCHEDULE,
            act=scheduling.unschedule,
            done=_("The time is taken back; the story stays approved."),
            panel="schedule",
        ),
        _choice(
            Verb.PLAN_WITHDRAWAL,
            act=scheduling.plan_withdrawal,
            done=_("Planned: it is withdrawn on %(withdrawal)s."),
            explanation=_(
                "Readers see the story until then; afterwards its address says that it was "
                "withdrawn, and why."
            ),
            form=WithdrawalForm,
            panel="schedule",
            again=_("Change the planned withdrawal"),
            was_set=lambda article: article.withdraw_at is not None,
        ),
        _choice(
            Verb.DROP_WITHDRAWAL,
            act=scheduling.drop_withdrawal,
            done=_("The planned withdrawal is dropped."),
            panel="schedule",
        ),
        _choice(
            Verb.WITHDRAW,
            act=publishing.withdraw,
            done=_("Withdrawn."),
            explanation=_(
                "Readers do not see the story any more; its address says that it was withdrawn, "
                "and why. It leaves lists, feeds and sitemaps."
            ),
            form=ReasonForm,
            variant="danger",
        ),
    )
}


def available_choices(article, *, by):
    """The buttons for `by` on `article` as it stands."""
    verbs = rights.available_verbs(article, by=by)
    return [choice.on(article) for choice in CHOICES.values() if _fits(choice, article, verbs, by)]


def _moment(when):
    """A time in a sentence, with its zone."""
    return exactly(when) if when else ""


def _fits(choice, article, verbs, by):
    first, *others = choice.verbs
    if choice.is_minor and article.first_published_at is None:
        return False
    return first in verbs and all(rights.may(by, verb, article) for verb in others)


def refusal(choice, article, *, by):
    """Why `choice` is not to be had now, as a sentence."""
    verb = choice.verbs[0]
    try:
        rights.require(by, verb, article)
    except NotAllowed as error:
        return str(error)
    return str(RULES[verb].refusal)
