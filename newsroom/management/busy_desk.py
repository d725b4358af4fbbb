"""What the desk costs when it is busy: a long story being typed, and a list of very many."""

import json
import time
from collections.abc import Iterable
from copy import copy
from http import HTTPStatus
from itertools import batched

from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Model, OuterRef, Subquery
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.desk import writing
from articles.models import Article, Author, Byline, Category, Revision, Snapshot, User

CHARACTERS = 20_000
_PARAGRAPH = "工厂今天恢复生产，第一批产品下周交付，工人们说比预想的要快。"
_BATCH = 2000  # rows in one statement


def chief() -> User:
    """Somebody who sees every story."""
    user = User.objects.create_user(username="busy", name="Busy", is_staff=True)
    user.groups.add(Group.objects.get(name=workflow.CHIEF))
    return user


def autosave_times(user: User, *, runs: int) -> list[float]:
    """Seconds for each of `runs` autosaves of a story of `CHARACTERS`, through the HTTP door."""
    body = f"<p>{_PARAGRAPH}</p>" * (CHARACTERS // len(_PARAGRAPH))
    story = writing.create(_snapshot(title="很长的稿件", body=body), by=user)
    address = reverse("admin:articles_article_autosave", args=[story.pk])
    said = {"user": user.pk, "tab": "bench", "basedOn": story.working_revision_id}
    client, times = Client(), []
    client.force_login(user)
    for count in range(1, runs + 2):
        content = {"title": [story.title], "body": [f"{body}<p>{count}</p>"]}
        sent = json.dumps(said | {"count": count, "content": content})
        begun = time.perf_counter()
        response = client.post(address, sent, content_type="application/json")
        times.append(time.perf_counter() - begun)
        if response.status_code != HTTPStatus.OK:
            raise AssertionError(response.content)
    return times[1:]  # the first one warms up


def fill(count: int, *, user: User) -> None:
    """Make `count` drafts as the desk makes them, but a few thousand in one statement."""
    first = writing.create(_snapshot(title="稿件", body=f"<p>{_PARAGRAPH}</p>"), by=user)
    revision, byline = first.working_revision, first.bylines.get()
    newest = first.pk
    _make(Article, (_like(first, title=f"稿件 {n}", working_revision=None) for n in range(count)))
    added = Article.objects.filter(pk__gt=newest)
    keys = list(added.values_list("pk", flat=True))
    _make(Revision, (_like(revision, article_id=key) for key in keys))
    _make(Byline, (_like(byline, article_id=key) for key in keys))
    written = Revision.objects.filter(article=OuterRef("pk")).values("pk")[:1]
    added.update(working_revision=Subquery(written))


def list_cost(user: User, question: str = "") -> tuple[float, int]:
    """Seconds and queries that the list of stories takes, opened a second time."""
    client = Client()
    client.force_login(user)
    address = reverse("admin:articles_article_changelist") + question
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        begun = time.perf_counter()
        client.get(address)
        seconds = time.perf_counter() - begun
    return seconds, len(asked)


def _snapshot(**facts: str) -> Snapshot:
    category, _ = Category.objects.get_or_create(name="测量")
    author, _ = Author.objects.get_or_create(name="测量员")
    return Snapshot(category=category.pk, bylines=((author.pk, "author"),), **facts)


def _like[Row: Model](row: Row, **facts: object) -> Row:
    other = copy(row)
    other._state = copy(row._state)
    other._state.fields_cache = {}
    other.pk = None
    for name, value in facts.items():
        setattr(other, name, value)
    return other


def _make(model: type[Model], rows: Iterable[Model]) -> None:
    for batch in batched(rows, _BATCH):
        model._default_manager.bulk_create(batch)
