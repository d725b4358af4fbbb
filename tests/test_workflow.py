"""The workflow's table, row by row."""

import pytest

from articles.workflow import (
    CHIEF,
    EDITOR,
    REPORTER,
    ROLE_PERMISSIONS,
    RULES,
    Stage,
    TransitionRefused,
    Verb,
    Visibility,
    is_permitted,
    next_stage,
    stage_after_edit,
)

NEVER, LIVE, GONE = Visibility.NEVER_PUBLISHED, Visibility.LIVE, Visibility.WITHDRAWN


@pytest.mark.parametrize(
    ("verb", "stage", "visibility", "target"),
    [
        (Verb.SUBMIT, Stage.DRAFT, NEVER, Stage.IN_REVIEW),
        (Verb.SUBMIT, Stage.CHANGES_REQUESTED, LIVE, Stage.IN_REVIEW),
        (Verb.REQUEST_CHANGES, Stage.IN_REVIEW, NEVER, Stage.CHANGES_REQUESTED),
        (Verb.APPROVE, Stage.IN_REVIEW, NEVER, Stage.APPROVED),
        (Verb.SCHEDULE, Stage.APPROVED, NEVER, Stage.SCHEDULED),
        (Verb.UNSCHEDULE, Stage.SCHEDULED, NEVER, Stage.APPROVED),
        (Verb.PUBLISH, Stage.APPROVED, NEVER, Stage.LIVE),
        (Verb.PUBLISH, Stage.SCHEDULED, LIVE, Stage.LIVE),
        (Verb.PUBLISH, Stage.APPROVED, GONE, Stage.LIVE),
        (Verb.APPROVE, Stage.WITHDRAWN, GONE, Stage.APPROVED),
        (Verb.WITHDRAW, Stage.LIVE, LIVE, Stage.WITHDRAWN),
        (Verb.WITHDRAW, Stage.DRAFT, LIVE, Stage.WITHDRAWN),
    ],
    ids=str,
)
def test_a_verb_leads_to_its_stage(verb, stage, visibility, target):
    assert next_stage(verb, stage=stage, visibility=visibility) == target


@pytest.mark.parametrize("verb", [Verb.ASSIGN, Verb.SHARE, Verb.PLAN_WITHDRAWAL], ids=str)
@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SCHEDULED], ids=str)
def test_a_verb_without_a_stage_of_its_own_leaves_it_as_it_is(verb, stage):
    assert next_stage(verb, stage=stage, visibility=NEVER) == stage


@pytest.mark.parametrize(
    ("verb", "stage", "visibility"),
    [
        (Verb.SUBMIT, Stage.IN_REVIEW, NEVER),
        (Verb.SUBMIT, Stage.LIVE, LIVE),
        (Verb.APPROVE, Stage.APPROVED, NEVER),
        (Verb.PUBLISH, Stage.DRAFT, NEVER),
        (Verb.PUBLISH, Stage.IN_REVIEW, NEVER),
        (Verb.PUBLISH, Stage.LIVE, LIVE),
        (Verb.PUBLISH, Stage.WITHDRAWN, GONE),
        (Verb.SCHEDULE, Stage.DRAFT, NEVER),
        (Verb.UNSCHEDULE, Stage.APPROVED, NEVER),
        (Verb.WITHDRAW, Stage.DRAFT, NEVER),
        (Verb.WITHDRAW, Stage.WITHDRAWN, GONE),
        (Verb.DELETE, Stage.LIVE, LIVE),
        (Verb.DELETE, Stage.WITHDRAWN, GONE),
    ],
    ids=str,
)
def test_a_verb_out_of_turn_is_refused_with_its_sentence(verb, stage, visibility):
    with pytest.raises(TransitionRefused) as refused:
        next_stage(verb, stage=stage, visibility=visibility)

    assert str(refused.value) == str(RULES[verb].refusal)


_CHIEFS_ONLY = {Verb.WITHDRAW, Verb.PLAN_WITHDRAWAL, Verb.DROP_WITHDRAWAL, Verb.DELETE}


@pytest.mark.parametrize(
    ("role", "owns", "stage", "allowed"),
    [
        (REPORTER, True, Stage.DRAFT, {Verb.REVISE, Verb.SUBMIT, Verb.SHARE}),
        (REPORTER, True, Stage.IN_REVIEW, set()),
        (REPORTER, True, Stage.LIVE, set()),
        (REPORTER, False, Stage.DRAFT, set()),
        (EDITOR, False, Stage.DRAFT, set(RULES) - _CHIEFS_ONLY),
        (EDITOR, True, Stage.LIVE, set(RULES) - _CHIEFS_ONLY),
        (CHIEF, False, Stage.LIVE, set(RULES)),
    ],
    ids=[
        "reporter-own-draft",
        "reporter-own-in-review",
        "reporter-own-live",
        "reporter-others-draft",
        "editor-others-draft",
        "editor-own-live",
        "chief-others-live",
    ],
)
def test_a_role_has_exactly_its_rights(role, owns, stage, allowed):
    permissions = ROLE_PERMISSIONS[role]

    permitted = {
        verb
        for verb in RULES
        if is_permitted(verb, permissions=permissions, stage=stage, visibility=NEVER, owns=owns)
    }

    assert permitted == allowed


@pytest.mark.parametrize("verb", [Verb.PUBLISH, Verb.SCHEDULE], ids=str)
@pytest.mark.parametrize(("role", "allowed"), [(EDITOR, False), (CHIEF, True)])
def test_only_who_may_withdraw_may_bring_back(verb, role, allowed):
    permitted = is_permitted(
        verb, permissions=ROLE_PERMISSIONS[role], stage=Stage.APPROVED, visibility=GONE
    )

    assert permitted is allowed


@pytest.mark.parametrize("stage", Stage)
def test_an_edit_by_a_reporter_voids_an_approval(stage):
    after = stage_after_edit(stage, may_approve=False)

    assert after in {Stage.DRAFT, Stage.IN_REVIEW, Stage.CHANGES_REQUESTED}


@pytest.mark.parametrize("may_approve", [True, False], ids=["approver", "reporter"])
@pytest.mark.parametrize("stage", [Stage.IN_REVIEW, Stage.CHANGES_REQUESTED])
def test_what_others_wait_for_an_edit_does_not_settle(stage, may_approve):
    assert stage_after_edit(stage, may_approve=may_approve) == stage


@pytest.mark.parametrize("stage", [Stage.APPROVED, Stage.SCHEDULED])
def test_an_edit_by_somebody_who_may_approve_keeps_the_approval(stage):
    assert stage_after_edit(stage, may_approve=True) == stage
