"""No page shows a leftover of English to people who read Chinese."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin.article_verbs import CHOICES
from articles.desk import importing, publishing, review, scheduling, writing
from articles.desk.pages import save as save_page
from articles.models import Article, ImportedDocument, Outlet, Page, User
from articles.workflow import Stage
from tests import factories
from tests.i18n.reading import texts_in_latin_letters
from tests.reader import site

pytestmark = pytest.mark.any_database

# Formats and trade terms that are written in Latin letters in Chinese too; and the way out of
# Chinese, which is written in English.
TERMS = frozenset(
    {"AI", "CSV", "HTML", "ICP", "LDAP", "RSS", "SHA-256", "UTF-8", "YAML"}
    | {"English", "en", "zh-hans"}
    | {"Asia", "UTC"}  # of the name of a time zone
)
# Addresses made of the names below, as lists show them.
ADDRESSES = ("guan-yu-wo-men", "ma-tou-ri-zhi", "ren-gong-zhi-neng", "xin-pian", "ying-jian")
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
IDS = [model._meta.label for model in MODELS]
DOCUMENT = """---
title: '码头边的机房'
categories:
 - 硬件
 - 码头日志
author: 码头日志
评论: 不知道
date: 某天
编号: 5
---

<div>
<p>机房在码头边上。</p><p><img src="照片.png"></p><p>责任编辑：林墨</p>
</div>
"""


@pytest.fixture(autouse=True)
def _static_root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()


@pytest.fixture
def chief(client, db, translated):
    """A superuser, who sees everything, at the keyboard."""
    person = User.objects.create_superuser(username="1", name="主编甲")
    Outlet.objects.update(name="码头新闻")
    client.force_login(person)
    return person


@pytest.fixture
def stories(chief):
    """A story in every stage, and a row of everything else."""
    made = {stage: factories.draft(title=f"稿件{n}") for n, stage in enumerate(Stage)}
    review.submit(made[Stage.IN_REVIEW], by=chief)
    review.submit(made[Stage.CHANGES_REQUESTED], by=chief)
    review.request_changes(made[Stage.CHANGES_REQUESTED], comment="请补图。", by=chief)
    for stage in (Stage.APPROVED, Stage.SCHEDULED, Stage.LIVE, Stage.WITHDRAWN):
        review.approve(made[stage], by=chief)
    for stage in (Stage.LIVE, Stage.WITHDRAWN):
        publishing.publish(made[stage], by=chief)
    tomorrow = timezone.now() + timedelta(days=1)
    scheduling.schedule(made[Stage.SCHEDULED], at=tomorrow, by=chief)
    publishing.withdraw(made[Stage.WITHDRAWN], reason="事实有误。", by=chief)
    return made


@pytest.fixture
def document(chief):
    """A document that came in with everything there is to remark."""
    importing.take_in(
        importing.Incoming(import_ref="1", file_name="1.md", data=DOCUMENT.encode()), by=chief
    )
    return ImportedDocument.objects.get()


@pytest.fixture
def full(stories, document):
    """A row of every model that has pages."""
    factories.page("关于我们")
    return factories.picture(alt="生产线"), factories.live(title="有标签", tags=("芯片",))


def leftovers(pages, *names) -> set[tuple[str, str]]:
    """Paths, and the texts there in which Latin letters are neither a term nor a name."""
    return {
        (page.request["PATH_INFO"], text)
        for page in pages
        for text in texts_in_latin_letters(page.text, allowed=TERMS | set(names))
    }


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


# --- The desk ---------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_the_pages_of_an_empty_newsroom_speak_chinese(client, chief, model):
    pages = [
        client.get(address(model, "changelist"), follow=True),
        client.get(address(model, "add")),
        client.post(address(model, "add"), {}),
    ]

    assert leftovers(pages) == set()


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_the_pages_of_a_full_newsroom_speak_chinese(client, full, model):
    row = model._default_manager.order_by("pk").first()

    pages = [
        client.get(address(model, "changelist"), follow=True),
        client.get(address(model, "changelist"), {"q": "没有"}, follow=True),
        *(client.get(address(model, page, row.pk)) for page in ("change", "delete", "history")),
    ]

    assert leftovers(pages, *ADDRESSES) == set()


def test_the_versions_of_a_page_and_a_refused_edit_speak_chinese(client, chief, full):
    page = Page.objects.get()
    page.title, page.body = "我们", "<p>七个人。</p>"
    save_page(page, by=chief)
    first = page.versions.get(number=1)
    edit = {"title": "他们", "position": 0, "slug": page.slug, "based_on": first.pk}

    pages = [
        client.get(address(Page, "history", page.pk)),
        client.get(address(Page, "version", page.pk, 1)),
        client.get(address(Page, "compare", page.pk, 1, 2)),
        client.post(address(Page, "change", page.pk), edit),
        client.post(address(Page, "restore", page.pk, 1), {"seen": first.pk}, follow=True),
    ]

    assert leftovers(pages, *ADDRESSES) == set()


@pytest.mark.parametrize("stage", Stage)
def test_a_story_speaks_chinese_in_every_stage(client, stories, stage):
    story = stories[stage].pk

    form = client.get(address(Article, "change", story))
    verbs = [client.get(address(Article, "verb", story, c), follow=True) for c in CHOICES]

    assert leftovers([form, *verbs]) == set()


@pytest.mark.parametrize("choice", CHOICES)
def test_a_verb_refuses_a_poor_answer_in_chinese(client, stories, choice):
    answer = {"comment": " ", "reason": " ", "at": "2020-01-01T00:00"}

    pages = [
        client.post(address(Article, "verb", story.pk, choice), answer, follow=True)
        for story in stories.values()
    ]

    assert leftovers(pages) == set()


def test_a_story_with_unpublished_changes_speaks_chinese(client, chief, stories):
    story = stories[Stage.LIVE]
    writing.revise(story, writing.working_snapshot(story).changed(title="改过"), by=chief)

    pages = [
        client.get(address(Article, "change", story.pk)),
        client.get(address(Article, "changelist")),
    ]

    assert leftovers(pages) == set()


def test_a_document_imported_again_is_reported_in_chinese(client, document):
    again = reverse("admin:articles_importeddocument_again", args=[document.pk])

    page = client.post(again, follow=True)

    assert leftovers([page]) == set()


@pytest.mark.parametrize("member", ["wanda", "ellen", "charlie", "otto"])
def test_the_first_page_speaks_chinese_to_every_role(client, full, member, request):
    person = request.getfixturevalue(member)
    client.force_login(person)

    page = client.get(reverse("admin:index"), follow=True)

    assert leftovers([page], person.name, person.name[0]) == set()


def test_coming_and_going_speak_chinese(client, full):
    pages = [
        client.get(reverse("admin:index")),
        client.get(reverse("admin:password_change")),
        client.get(reverse("admin:password_change_done")),
        client.post(reverse("admin:logout")),
        client.get(reverse("admin:login")),
        client.post(reverse("admin:login"), {"username": "1", "password": "2"}),
    ]

    assert leftovers(pages) == set()


def test_a_form_that_waited_too_long_is_refused_in_chinese(translated):
    client = Client(enforce_csrf_checks=True)

    page = client.post(reverse("admin:login"), {})

    assert page.status_code == 403
    assert leftovers([page]) == set()


# --- The readers' pages -----------------------------------------------------------------------


def test_an_empty_newsroom_speaks_chinese_to_readers(client, translated, db):
    channel = factories.category("人工智能").get_absolute_url()

    pages = [client.get(path) for path in ("/", channel, "/archive/", "/nothing/")]

    assert leftovers(pages, "Newsroom") == set()


def test_a_newsroom_speaks_chinese_to_readers(client, translated, db):
    newsroom = site.grow(25)

    pages = [client.get(path) for path in newsroom.pages().values()]

    assert leftovers(pages, "Newsroom", "YouTube", "A", "B", *"GX") == set()


def test_a_withdrawn_story_is_explained_in_chinese(client, stories):
    page = client.get(stories[Stage.WITHDRAWN].get_absolute_url())

    assert page.status_code == 410
    assert leftovers([page]) == set()
