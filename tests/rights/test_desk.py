"""The table of rights through the functions of the desk."""

from datetime import timedelta

import pytest

from articles.desk import (
    assigning,
    autosaving,
    conflicts,
    history,
    notes,
    publishing,
    review,
    scheduling,
    sharing,
    writing,
)
from articles.desk.sharing import Lifetime
from articles.models import Conflict
from articles.workflow import TransitionRefused
from tests.rights import stage as rights_stage
from tests.rights.stage import (
    LATER,
    REASON,
    open_a_conflict,
    plan_a_withdrawal,
    trace,
    undone,
    writes,
)
from tests.rights.table import OTHERS, PAIRS, PEOPLE, TABLE, happens, states_for

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


def _edited(case, title):
    return writing.working_snapshot(case.story).changed(title=title)


#: what -> how it is done at the desk
DOORS = {
    "revise": lambda c: writing.revise(c.story, _edited(c, "改过的标题"), by=c.by),
    "restore": lambda c: history.restore(c.first, by=c.by),
    "submit": lambda c: review.submit(c.story, by=c.by),
    "request_changes": lambda c: review.request_changes(c.story, comment="再改。", by=c.by),
    "approve": lambda c: review.approve(c.story, by=c.by),
    "publish": lambda c: publishing.publish(c.story, by=c.by),
    "schedule": lambda c: scheduling.schedule(c.story, at=LATER + timedelta(hours=1), by=c.by),
    "unschedule": lambda c: scheduling.unschedule(c.story, by=c.by),
    "withdraw": lambda c: publishing.withdraw(c.story, reason=REASON, by=c.by),
    "plan_withdrawal": lambda c: scheduling.plan_withdrawal(
        c.story, at=LATER + timedelta(days=2), reason=REASON, by=c.by
    ),
    "drop_withdrawal": lambda c: scheduling.drop_withdrawal(c.story, by=c.by),
    "delete": lambda c: writing.delete(c.story, by=c.by),
    "assign": lambda c: assigning.assign(c.story, to=c.colleague, due_at=LATER, by=c.by),
    "share": lambda c: sharing.share(c.story, lifetime=Lifetime.HOUR, by=c.by),
    "revoke": lambda c: sharing.revoke(c.link, by=c.by),
    "name_revision": lambda c: history.name_revision(c.first, name="第一稿", by=c.by),
    "collide": lambda c: conflicts.save(c.story, _edited(c, "撞稿"), by=c.by, based_on=c.first),
    "resolve": lambda c: conflicts.resolve(
        c.conflict, outcome=Conflict.Outcome.MINE, seen=c.story.working_revision, by=c.by
    ),
    "autosave": lambda c: autosaving.keep(
        c.by, content={"title": ["打字"]}, article=c.story, tab="here", count=1
    ),
    "note": lambda c: notes.add(c.story, text="批注", by=c.by),
    "reply": lambda c: notes.reply(c.note, text="回复", by=c.by),
    "settle_note": lambda c: notes.resolve(c.note, by=c.by),
    "edit_colleagues_note": lambda c: notes.edit(c.note, text="改口", by=c.by),
    "delete_colleagues_note": lambda c: notes.delete(c.note, by=c.by),
    "delete_guests_note": lambda c: notes.delete(c.guests_note, by=c.by),
}
NEEDS = {"drop_withdrawal": plan_a_withdrawal, "resolve": open_a_conflict}


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    yield from rights_stage.standing(django_db_blocker)


def is_done(case, act):
    """Whether `act` is carried out."""
    try:
        act(case)
    except TransitionRefused:
        return False
    return True


def is_changed(case, act):
    """Whether anything of the story is another after `act`."""
    before = trace(case)
    is_done(case, act)
    return trace(case) != before


def test_everything_that_is_done_at_the_desk_has_a_row():
    assert set(DOORS) == {row.action for row in TABLE}


@pytest.mark.parametrize(("who", "whose"), PAIRS, ids=str)
def test_at_the_desk_everybody_may_exactly_what_the_table_says(stage, who, whose):
    wrong = []
    for state in states_for(who):
        with stage.owning(who, state, whose) as new_case:
            for row in TABLE:
                expected = happens(row, role=PEOPLE[who], whose=whose, state=state)
                with undone(), writes() as written:
                    case = new_case()
                    prepare(row, case)
                    written.clear()
                    done = is_done(case, DOORS[row.action])
                if (done and bool(written)) is not expected:
                    wrong.append((row.action, *state, "should" if expected else "should not"))

    assert wrong == []


@pytest.mark.parametrize("who", PEOPLE, ids=str)
def test_what_is_refused_at_the_desk_changes_nothing(stage, who):
    changed = []
    for state in (("draft", "never published"), ("scheduled", "live")):
        with stage.owning(who, state, OTHERS) as new_case:
            for row in TABLE:
                if happens(row, role=PEOPLE[who], whose=OTHERS, state=state):
                    continue
                with undone():
                    case = new_case()
                    prepare(row, case)
                    changed += [(row.action, *state)] if is_changed(case, DOORS[row.action]) else []

    assert changed == []


def prepare(row, case):
    if row.action in NEEDS:
        NEEDS[row.action](case)
