"""What the publish gate says at the desk: beside the story, and on the pages that ask."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin.article_checks import checks_of
from articles.desk import autosaving, writing
from articles.models import Article, Autosave, Revision
from tests import factories


@pytest.fixture
def look(client):
    """What the panel says of a story to somebody; `said` is what stands in the form."""

    def looked(user, story=None, said=None):
        client.force_login(user)
        name = "admin:articles_article_checks" + ("" if story else "_new")
        address = reverse(name, args=[story.pk] if story else [])
        return client.get(address) if said is None else client.post(address, said)

    return looked


@pytest.fixture
def ask(client):
    """The page that asks before a verb."""

    def asked(user, story, name):
        client.force_login(user)
        return client.get(reverse("admin:articles_article_verb", args=[story.pk, name]))

    return asked


def _checks(page):
    """The names of what is found, in order."""
    return re.findall(r'data-check="(\w+)"', page.text)


def _places(page):
    found = re.findall(r'data-field="(\w+)" data-kind="(\w+)" data-at="([^"]*)"', page.text)
    return [(field, kind, html.unescape(at)) for field, kind, at in found]


# Beside the story


def test_the_panel_says_what_the_working_copy_lacks(look, wanda, draft):
    page = look(wanda, draft)

    assert page.status_code == 200
    assert _checks(page) == ["standfirst"]
    assert "缺少导语。" in page.text
    assert "<html" not in page.text


def test_what_blocks_comes_first(look, wanda, snapshot):
    story = writing.create(snapshot.changed(category=None, title="长" * 31), by=wanda)

    page = look(wanda, story)

    assert _checks(page) == ["category", "title_length", "standfirst"]
    assert page.text.index("发布前须处理") < page.text.index("建议留意")


def test_nothing_wrong_is_said_too(look, wanda, snapshot):
    story = writing.create(snapshot.changed(standfirst="停了三年。"), by=wanda)

    page = look(wanda, story)

    assert _checks(page) == []
    assert "没有需要处理的问题。" in page.text


def test_what_stands_in_the_form_is_looked_at(look, wanda, draft):
    said = {"title": "", "standfirst": "甲,乙", "body": "<p>正文(一)。</p>", "category": "x"}

    page = look(wanda, draft, said)

    assert _checks(page) == ["title", "punctuation", "punctuation"]
    assert _places(page) == [
        ("standfirst", "passage", "甲,乙"),
        ("body", "passage", "正文(一)。"),
    ]


def test_a_new_story_can_be_looked_at(look, wanda):
    page = look(wanda, said={"title": "新的一篇"})

    assert _checks(page) == ["category", "author", "body", "standfirst"]


def test_a_new_story_of_which_nothing_is_said_lacks_everything(look, wanda):
    assert _checks(look(wanda)) == ["title", "category", "author", "body", "standfirst"]


def test_without_a_form_what_was_typed_counts(look, wanda, draft):
    typed = {"title": [""], "body": ["<p>打到一半。</p>"]}
    autosaving.keep(wanda, content=typed, article=draft, tab="here", count=1)

    assert _checks(look(wanda, draft)) == ["title", "standfirst"]


def test_what_somebody_else_typed_does_not(look, wanda, ellen, draft):
    typed = {"title": [""]}
    autosaving.keep(ellen, content=typed, article=draft, tab="here", count=1)

    assert _checks(look(wanda, draft)) == ["standfirst"]


def test_looking_changes_nothing(look, wanda, draft):
    look(wanda, draft, {"title": "别的", "body": "<p>别的</p>", "tags": "新标签"})

    draft.refresh_from_db()
    assert draft.title == "芯片厂重启生产线"
    assert (Revision.objects.count(), Autosave.objects.count()) == (1, 0)


def test_a_finding_leads_to_other_stories(look, ellen, draft):
    other = factories.live(title="芯片厂重启产线")

    page = look(ellen, draft)

    assert _checks(page) == ["standfirst", "similar_title"]
    assert f'href="{reverse("admin:articles_article_change", args=[other.pk])}"' in page.text


def test_wanda_is_not_told_of_what_others_write(look, wanda, draft):
    factories.draft(title="芯片厂重启产线")

    assert _checks(look(wanda, draft)) == ["standfirst"]


def test_wanda_is_told_of_what_readers_see(look, wanda, draft):
    factories.live(title="芯片厂重启产线")

    page = look(wanda, draft)

    assert "《芯片厂重启产线》" in page.text
    assert "href" not in page.text


def test_a_long_list_of_places_is_cut_and_counted(look, wanda, draft):
    body = "".join(f"<p>第{n},段</p>" for n in "一二三四五六七八九十")

    page = look(wanda, draft, {"body": body})

    assert len(_places(page)) == 8
    assert "另有2处" in page.text


# --- Doors ------------------------------------------------------------------------------------


def test_otto_is_told_nothing(look, otto, draft):
    assert look(otto, draft).status_code == 302


def test_a_reporter_is_told_nothing_of_others_stories(look, wanda):
    assert look(wanda, factories.draft()).status_code == 404


def test_a_story_that_is_not_there_is_not_found(look, ellen, draft):
    draft.pk = 99999

    assert look(ellen, draft).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_nothing_else_can_be_done_there(client, ellen, draft, method):
    client.force_login(ellen)

    response = getattr(client, method)(reverse("admin:articles_article_checks", args=[draft.pk]))

    assert response.status_code == 405


def test_an_answer_is_not_kept(look, wanda, draft):
    assert "no-store" in look(wanda, draft)["Cache-Control"]


@pytest.mark.parametrize(
    "said",
    [
        {"header_image": "²"},
        {"header_image": "99999999999999999999"},
        {"bylines-author": "谁也不是", "bylines-role": "author"},
        {"title": "\0", "body": "\0<p>\ud800</p>".encode("utf-8", "replace").decode()},
        {"tags": "，" * 500},
        {"kind": "nothing", "licence": "x", "source_url": "javascript:alert(1)"},
        {"body": "<script>alert(1)</script><p onclick=x>甲,乙"},
        {"slug": "../../etc"},
    ],
    ids=lambda said: next(iter(said)),
)
def test_nonsense_is_looked_at_all_the_same(look, wanda, draft, said):
    page = look(wanda, draft, said)

    assert page.status_code == 200
    assert "<script" not in page.text


def test_what_is_typed_is_shown_as_text(look, wanda, draft):
    page = look(wanda, draft, {"title": '<img src=x onerror="alert(1)">甲,乙'})

    assert "<img" not in page.text


# --- How it looks -----------------------------------------------------------------------------


def test_a_long_story_is_looked_at_in_few_queries(ellen, draft, snapshot):
    body = "<p>这是一段不短的文字，说的是工厂。</p>" * 1200
    factories.many_live(3)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        checks_of(draft, snapshot.changed(body=body), to=ellen)

    own = [q for q in queries if "permission" not in q["sql"]]
    assert len(own) <= 7


# --- On the pages that ask --------------------------------------------------------------------


@pytest.fixture
def whole(approved, ellen, snapshot):
    """An approved story nobody has anything to say about."""
    story = writing.revise(approved, snapshot.changed(standfirst="停了三年。"), by=ellen)
    return Article.objects.get(pk=story.pk)


@pytest.mark.parametrize(("name", "button"), [("publish", "发布"), ("schedule", "定时发布")])
def test_a_whole_story_is_asked_about_in_peace(ask, ellen, whole, name, button):
    page = ask(ellen, whole, name)

    assert _checks(page) == []
    assert "仍要" not in page.text
    assert re.search(rf"<button[^>]*>\s*{button}\s*</button>", page.text)


@pytest.mark.parametrize("name", ["publish", "schedule"])
def test_advice_is_listed_and_can_be_passed_over(ask, ellen, approved, name):
    page = ask(ellen, approved, name)

    assert _checks(page) == ["standfirst"]
    assert "缺少导语。" in page.text
    assert "仍要" in page.text


def test_what_is_passed_over_is_published(ask, client, ellen, approved):
    page = ask(ellen, approved, "publish")

    client.post(page.request["PATH_INFO"])

    assert approved in Article.objects.published()


@pytest.mark.parametrize("name", ["publish", "schedule"])
def test_what_blocks_leaves_nothing_to_press(ask, client, ellen, approved, snapshot, name):
    picture = factories.picture(licence_expires_on=timezone.localdate() - timedelta(days=1))
    story = snapshot.changed(header_image=picture.pk)
    writing.revise(approved, story, by=ellen)

    page = ask(ellen, approved, name)

    assert _checks(page) == ["header_alt", "licence_expired", "standfirst", "credit"]
    assert not re.search(r"<button[^>]*>\s*(仍要)?(定时)?发布\s*</button>", page.text)
    client.post(page.request["PATH_INFO"], {"at": "2099-01-01T08:00"})
    approved.refresh_from_db()
    assert (approved.first_published_at, approved.scheduled_at) == (None, None)


def test_the_approved_text_is_looked_at_and_not_a_newer_one(ask, ellen, wanda, whole, snapshot):
    writing.revise(whole, snapshot.changed(title=""), by=ellen, keeps_approval=True)
    Article.objects.filter(pk=whole.pk).update(approved_revision=whole.revisions.get(number=2))

    assert _checks(ask(ellen, whole, "publish")) == []


def test_pages_that_ask_for_something_else_say_nothing_of_it(ask, charlie, live):
    page = ask(charlie, live, "withdraw")

    assert _checks(page) == []
    assert "仍要" not in page.text


def test_a_refused_submission_says_why(client, wanda, snapshot):
    story = writing.create(snapshot.changed(category=None), by=wanda)
    client.force_login(wanda)

    page = client.get(reverse("admin:articles_article_verb", args=[story.pk, "submit"]))

    assert "缺少分类。" in page.text
    assert _checks(page)[0] == "category"
