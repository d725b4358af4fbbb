"""The editorial workflow as data: stages, what leads from one to the next, and who may do it.

Pure: nothing here knows the database or a request. `desk` asks before it acts, the admin asks
before it shows a button, and both get the same answer.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """Where the working copy stands."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Visibility(TextChoices):
    """What readers see."""

    NEVER_PUBLISHED = "never_published", _("Never published")
    LIVE = "live", _("Live")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Verb(TextChoices):
    """What can be done to a story at the desk; also the verb of the audit trail."""

    CREATE = "create", _("Create")
    REVISE = "revise", _("Edit")
    SUBMIT = "submit", _("Submit for review")
    REQUEST_CHANGES = "request_changes", _("Request changes")
    APPROVE = "approve", _("Approve")
    SCHEDULE = "schedule", _("Schedule")
    UNSCHEDULE = "unschedule", _("Unschedule")
    PUBLISH = "publish", _("Publish")
    WITHDRAW = "withdraw", _("Withdraw")
    PLAN_WITHDRAWAL = "plan_withdrawal", _("Plan a withdrawal")
    DROP_WITHDRAWAL = "drop_withdrawal", _("Drop the planned withdrawal")
    ASSIGN = "assign", _("Assign")
    RESTORE = "restore", _("Restore a revision")
    NAME = "name", _("Name a revision")
    SET_ASIDE = "set_aside", _("Set a colliding edit aside")
    RESOLVE = "resolve", _("Resolve a conflict")
    SHARE = "share", _("Share a preview")
    REVOKE = "revoke", _("Revoke a preview")
    FAIL = "fail", _("Miss a schedule")
    DELETE = "delete", _("Delete")


REPORTER, EDITOR, CHIEF = "reporter", "editor", "chief"

_EVERYBODY = frozenset(
    {
        "articles.add_article",
        "articles.view_article",
        "articles.submit_article",
        "articles.view_author",
        "articles.view_category",
        "articles.view_tag",
        "images.view_image",
        "images.add_image",
    }
)
_EDITORS = _EVERYBODY | {
    "articles.change_article",
    "articles.review_article",
    "articles.publish_article",
    "articles.add_author",
    "articles.change_author",
    "articles.add_tag",
    "articles.change_tag",
    "articles.view_importeddocument",
    "articles.add_importeddocument",
    "articles.view_event",
    "images.change_image",
    "images.delete_image",
}
_CHIEFS = _EDITORS | {
    "articles.withdraw_article",
    "articles.delete_article",
    "articles.delete_author",
    "articles.delete_tag",
    "articles.add_category",
    "articles.change_category",
    "articles.delete_category",
    "articles.arrange_front_page",
    "articles.view_page",
    "articles.add_page",
    "articles.change_page",
    "articles.view_outlet",
    "articles.change_outlet",
    "articles.view_user",
    "articles.add_user",
    "articles.change_user",
    "auth.view_group",
}

# The three groups and their permissions. A migration makes the groups from this table; after a
# change to it, another migration has to. A superuser may everything.
ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    REPORTER: _EVERYBODY,
    EDITOR: _EDITORS,
    CHIEF: _CHIEFS,
}
ROLE_NAMES = {REPORTER: _("Reporter"), EDITOR: _("Editor"), CHIEF: _("Chief editor")}


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the workflow.

    `sources`: the stages in which the verb is possible; `target`: the stage it leads to (None: it
    leaves the stage as it is); `permission`: the permission that allows it on any story;
    `own_permission`: the one that suffices on an unfinished story of one's own; `visibilities`:
    what readers may see at that moment; `refusal`: the sentence for whoever tries it in another
    stage.
    """

    sources: frozenset[Stage]
    permission: str
    refusal: str
    target: Stage | None = None
    own_permission: str = ""
    visibilities: frozenset[Visibility] = frozenset(Visibility)


UNFINISHED = frozenset({Stage.DRAFT, Stage.CHANGES_REQUESTED})
# Stages in which somebody has to do something still before a story can go out.
AWAITED = UNFINISHED | {Stage.IN_REVIEW}
# Stages in which the working copy is approved and not out yet.
SETTLED = frozenset({Stage.APPROVED, Stage.SCHEDULED})
_NOT_WITHDRAWN = frozenset({Visibility.NEVER_PUBLISHED, Visibility.LIVE})

# Where an edit leaves the working copy. An edit keeps a story in review. It need not be all that
# was asked for, so changes stay requested until the story is submitted again. An approval is void
# after it, unless whoever edits may approve (then `AFTER_EDIT_BY_APPROVER` counts).
AFTER_EDIT: dict[Stage, Stage] = dict.fromkeys(Stage, Stage.DRAFT) | {
    stage: stage for stage in (Stage.IN_REVIEW, Stage.CHANGES_REQUESTED)
}
AFTER_EDIT_BY_APPROVER: dict[Stage, Stage] = AFTER_EDIT | {
    Stage.APPROVED: Stage.APPROVED,
    Stage.SCHEDULED: Stage.SCHEDULED,
}

RULES: dict[Verb, Rule] = {
    Verb.REVISE: Rule(
        sources=frozenset(Stage),
        permission="articles.change_article",
        own_permission="articles.add_article",
        refusal=_("This story cannot be edited now."),
    ),
    Verb.SUBMIT: Rule(
        sources=UNFINISHED,
        target=Stage.IN_REVIEW,
        permission="articles.change_article",
        own_permission="articles.submit_article",
        refusal=_("Only a draft can be submitted for review."),
    ),
    Verb.REQUEST_CHANGES: Rule(
        sources=frozenset({Stage.IN_REVIEW, Stage.APPROVED}),
        target=Stage.CHANGES_REQUESTED,
        permission="articles.review_article",
        refusal=_("Changes can only be requested of a story in review."),
    ),
    Verb.APPROVE: Rule(
        sources=UNFINISHED | {Stage.IN_REVIEW, Stage.WITHDRAWN},
        target=Stage.APPROVED,
        permission="articles.review_article",
        refusal=_("Only a draft or a story in review can be approved."),
    ),
    Verb.SCHEDULE: Rule(
        sources=SETTLED,
        target=Stage.SCHEDULED,
        permission="articles.publish_article",
        refusal=_("Only an approved story can be scheduled."),
    ),
    Verb.UNSCHEDULE: Rule(
        sources=frozenset({Stage.SCHEDULED}),
        target=Stage.APPROVED,
        permission="articles.publish_article",
        refusal=_("This story is not scheduled."),
    ),
    Verb.PUBLISH: Rule(
        sources=SETTLED,
        target=Stage.LIVE,
        permission="articles.publish_article",
        refusal=_("Only an approved story can be published."),
    ),
    Verb.WITHDRAW: Rule(
        sources=frozenset(Stage),
        target=Stage.WITHDRAWN,
        permission="articles.withdraw_article",
        visibilities=frozenset({Visibility.LIVE}),
        refusal=_("Only a live story can be withdrawn."),
    ),
    Verb.PLAN_WITHDRAWAL: Rule(
        sources=frozenset(Stage),
        permission="articles.withdraw_article",
        visibilities=_NOT_WITHDRAWN,
        refusal=_("This story is withdrawn already."),
    ),
    Verb.DROP_WITHDRAWAL: Rule(
        sources=frozenset(Stage),
        permission="articles.withdraw_article",
        refusal=_("No withdrawal is planned for this story."),
    ),
    Verb.ASSIGN: Rule(
        sources=frozenset(Stage),
        permission="articles.review_article",
        refusal=_("This story cannot be assigned now."),
    ),
    Verb.SHARE: Rule(
        sources=frozenset(Stage),
        permission="articles.change_article",
        own_permission="articles.add_article",
        visibilities=_NOT_WITHDRAWN,
        refusal=_("A withdrawn story is not shared."),
    ),
    Verb.DELETE: Rule(
        sources=frozenset(Stage),
        permission="articles.delete_article",
        visibilities=frozenset({Visibility.NEVER_PUBLISHED}),
        refusal=_("A story that was published is never deleted; withdraw it instead."),
    ),
}


class TransitionRefused(Exception):
    """The workflow does not allow this now; `str()` is the sentence for the person."""


class NotAllowed(TransitionRefused):
    """The person does not have the right; `str()` is the sentence for the person."""


def is_possible(verb: Verb, *, stage: Stage, visibility: Visibility) -> bool:
    """Whether the workflow allows `verb` on a story in this state, whoever asks."""
    rule = RULES[verb]
    return stage in rule.sources and visibility in rule.visibilities


# What brings a withdrawn story back to readers takes the right to withdraw.
_BRINGING_BACK = frozenset({Verb.PUBLISH, Verb.SCHEDULE})


def is_permitted(
    verb: Verb,
    *,
    permissions: Collection[str],
    stage: Stage,
    visibility: Visibility,
    owns: bool = False,
) -> bool:
    """Whether somebody with these permissions (`app_label.codename`) has the right to `verb`.

    `owns`: whether the story is the person's own, begun by them or assigned to them; that only
    helps while it is unfinished.
    """
    rule = RULES[verb]
    if verb in _BRINGING_BACK and visibility is Visibility.WITHDRAWN:
        return RULES[Verb.WITHDRAW].permission in permissions
    by_owning = owns and stage in UNFINISHED and rule.own_permission in permissions
    return rule.permission in permissions or by_owning


def next_stage(verb: Verb, *, stage: Stage, visibility: Visibility) -> Stage:
    """The stage `verb` leads to; raises `TransitionRefused` where it is not possible.

    For `Verb.REVISE` ask `stage_after_edit`: where an edit leads depends on who edits.
    """
    if not is_possible(verb, stage=stage, visibility=visibility):
        raise TransitionRefused(RULES[verb].refusal)
    return RULES[verb].target or stage


def stage_after_edit(stage: Stage, *, may_approve: bool) -> Stage:
    """The stage an edit leaves the working copy in; `may_approve`: of whoever edits."""
    return (AFTER_EDIT_BY_APPROVER if may_approve else AFTER_EDIT)[stage]
