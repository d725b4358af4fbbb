"""The desk's verbs as the admin offers them: what each asks for, and how it is carried out."""

from dataclasses import dataclass

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from articles.desk import publishing, review, rights, scheduling
from articles.workflow import RULES, NotAllowed, Verb

APPROVE_AND_PUBLISH = "approve_and_publish"


class VerbForm(forms.Form):
    """A verb that asks for nothing but a yes."""


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
    at = forms.DateTimeField(
        label=_("Time of publication"),
        widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = _("By the clock of the outlet, %(zone)s.") % {
            "zone": timezone.get_default_timezone_name()
        }


def _approve_and_publish(article, *, by):
    with transaction.atomic():
        review.approve(article, by=by)
        publishing.publish(article, by=by)


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
    panel: str = "stage"  # of the side column

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
        return not self.needs_page and self.panel == "stage"


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
        _choice(Verb.APPROVE, act=review.approve, done=_("Approved.")),
        Choice(
            name=APPROVE_AND_PUBLISH,
            label=_("Approve and publish"),
            act=_approve_and_publish,
            verbs=(Verb.APPROVE, Verb.PUBLISH),
            done=_("Published."),
            variant="primary",
        ),
        _choice(Verb.PUBLISH, act=publishing.publish, done=_("Published."), variant="primary"),
        _choice(
            Verb.SCHEDULE,
            act=scheduling.schedule,
            done=_("Scheduled."),
            explanation=_("The story goes live by itself at this time."),
            form=TimeForm,
            panel="schedule",
        ),
        _choice(
            Verb.UNSCHEDULE,
            act=scheduling.unschedule,
            done=_("The time is taken back; the story stays approved."),
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
    return [choice for choice in CHOICES.values() if _fits(choice, article, verbs, by)]


def _fits(choice, article, verbs, by):
    if choice.name == APPROVE_AND_PUBLISH:
        return Verb.APPROVE in verbs and rights.may(by, Verb.PUBLISH, article)
    return choice.verbs[0] in verbs


def refusal(choice, article, *, by):
    """Why `choice` is not to be had now, as a sentence."""
    verb = choice.verbs[0]
    try:
        rights.require(by, verb, article)
    except NotAllowed as error:
        return str(error)
    return str(RULES[verb].refusal)
