"""The stage of the table: everybody who acts, and a story in every state, made once a module."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from articles import workflow
from articles.desk import (
    autosaving,
    conflicts,
    notes,
    publishing,
    review,
    scheduling,
    sharing,
    writing,
)
from articles.desk.sharing import Lifetime
from articles.models import Article, Conflict, User
from tests import factories
from tests.rights.table import ASSIGNED, LIVE, NEVER_PUBLISHED, OWN, PEOPLE, STATES

LATER = timezone.now() + timedelta(days=1)
REASON = "事实有误。"
_GROUPS = {"wanda": workflow.REPORTER, "ellen": workflow.EDITOR, "charlie": workflow.CHIEF}


class Case:
    """Somebody, and a story in a state; the rows around it are fetched when they are needed."""

    def __init__(self, by, story, colleague):
        self.by, self.story, self.colleague = by, story, colleague
        self.conflict: Conflict | None = None

    @property
    def first(self):
        return self.story.revisions.get(number=1)

    @property
    def note(self):
        return self.story.notes.get(author=self.colleague)

    @property
    def guests_note(self):
        return self.story.notes.get(author=None)

    @property
    def link(self):
        return self.story.preview_links.get()


@dataclass
class Stage:
    """People by their key in the table, stories by their state."""

    people: dict[str, User] = field(default_factory=dict)
    stories: dict[tuple[str, str], Article] = field(default_factory=dict)
    colleague: User | None = None

    @contextmanager
    def owning(self, who, state, whose):
        """The story in that state is `whose` to `who` meanwhile; gives what makes cases of it."""
        by, pk = self.people[who], self.stories[state].pk
        with undone():
            story = Article.objects.get(pk=pk)
            story.created_by = by if whose == OWN else self.colleague
            story.assignee = by if whose == ASSIGNED else None
            story.save(update_fields=["created_by", "assignee"])
            yield lambda: Case(by, Article.objects.get(pk=pk), self.colleague)


@contextmanager
def undone():
    """What is done meanwhile is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def writes():
    """A list that the tables written to meanwhile are put into."""
    written = []

    def note(execute, sql, params, many, context):
        if found := _WRITE.match(sql):
            written.append(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


_WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


def build():
    """Everybody, and a story in every state."""
    stage = Stage(colleague=_member("gustav", workflow.EDITOR))
    for key in PEOPLE:
        name = key.partition(",")[0]
        stage.people[key] = _member(name, _GROUPS.get(name))
    stage.people["root, a superuser"].is_superuser = True
    stage.people["root, a superuser"].save(update_fields=["is_superuser"])
    left = stage.people["ines, an editor who left"]
    left.groups.add(Group.objects.get(name=workflow.EDITOR))
    left.is_active = False
    left.save(update_fields=["is_active"])
    outside = stage.people["otto, outside"]
    outside.is_staff = False
    outside.save(update_fields=["is_staff"])
    for stage_name, seen in STATES:
        stage.stories[stage_name, seen] = _story(stage_name, seen, by=stage.colleague)
    return stage


def _member(name, group):
    user = User.objects.create(username=name, name=name.title(), is_staff=True, password="!")
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def _story(stage, seen, *, by):
    """A story with two revisions, a note, a guest's note and a link, in the state."""
    title = f"{stage} {seen}"
    story = factories.draft(title=f"初稿 {title}", standfirst="导语。")
    writing.revise(story, writing.working_snapshot(story).changed(title=title), by=None)
    notes.add(story, text="同事的批注", by=by)
    link, _token = sharing.share(story, lifetime=Lifetime.DAY, may_comment=True, by=None)
    sharing.comment(link, name="老陈", text="客人的批注")
    if seen != NEVER_PUBLISHED:
        publishing.publish(review.approve(story, by=None), by=None)
    if seen not in {NEVER_PUBLISHED, LIVE}:
        publishing.withdraw(story, reason=REASON, by=None)
    if stage not in {"live", "withdrawn"}:
        _work(story, stage, is_rework=seen != NEVER_PUBLISHED)
    assert (story.stage, story.visibility.value.replace("_", " ")) == (stage, seen)
    return story


def _work(story, stage, *, is_rework):
    if is_rework:
        changed = writing.working_snapshot(story).changed(standfirst="改过的导语。")
        writing.revise(story, changed, by=None)
    if stage in {"in_review", "changes_requested"}:
        review.submit(story, by=None)
    if stage == "changes_requested":
        review.request_changes(story, comment="请补充出处。", by=None)
    if stage in {"approved", "scheduled"}:
        review.approve(story, by=None)
    if stage == "scheduled":
        scheduling.schedule(story, at=LATER, by=None)


# What a case may need beforehand


def plan_a_withdrawal(case):
    if case.story.withdrawn_at is None:
        at = LATER + timedelta(days=1)
        scheduling.plan_withdrawal(case.story, at=at, reason=REASON, by=None)


def open_a_conflict(case):
    collided = writing.working_snapshot(case.story).changed(title="撞稿的标题")
    case.conflict = conflicts.save(case.story, collided, by=None, based_on=case.first)


def type_something(case):
    """The colleague types and has not saved."""
    content = {"title": ["同事还在打字"]}
    autosaving.keep(case.colleague, content=content, article=case.story, tab="theirs", count=1)


# What became of it


def trace(case):
    """Everything of the story that anybody could have changed, as one comparable value."""
    rows = Article.objects.filter(pk=case.story.pk)
    story = rows.values().first()
    if story is None:
        return None
    story.pop("edited_at")
    story = {name: str(value) for name, value in story.items()}
    return story, {name: list(found) for name, found in _around(case.story)}


def _around(story):
    yield "revisions", story.revisions.order_by("pk").values_list("pk", "naming__name")
    yield "notes", story.notes.order_by("pk").values_list("pk", "text", "resolved_at")
    yield "links", story.preview_links.order_by("pk").values_list("pk", "revoked_at")
    yield "conflicts", story.conflicts.order_by("pk").values_list("pk", "resolved_at")
    yield "typed", story.autosaves.order_by("pk").values_list("user", "content")
    yield "bylines", story.bylines.order_by("pk").values_list("author", "role")
    yield "tags", story.tags.order_by("pk").values_list("name")


def standing(blocker):
    """The stage for as long as a module's tests last; for a fixture of that scope."""
    with blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
