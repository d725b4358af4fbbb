"""The history of a story: its revisions, two of them compared, an old one brought back."""

import html
import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from articles.admin.story_facts import FACTS
from articles.desk import conflicts, history, publishing, review, writing
from articles.images.models import Image
from articles.models import Author, Revision, Snapshot
from tests import factories

ONE, TWO = "<p>工厂今天恢复生产。</p>", "<p>价格没有变化。</p>"


@pytest.fixture
def visit(client):
    """Open a page of a story's history as somebody."""

    def visited(user, story, page="history", *numbers):
        client.force_login(user)
        return client.get(reverse(f"admin:articles_article_{page}", args=[story.pk, *numbers]))

    return visited


@pytest.fixture
def press(client):
    """Send one of the forms of a story's history as somebody."""

    def pressed(user, story, page, number, **said):
        client.force_login(user)
        address = reverse(f"admin:articles_article_{page}", args=[story.pk, number])
        return client.post(address, said)

    return pressed


def revise(story, by, note="", **changes):
    story.refresh_from_db()
    return writing.revise(
        story, writing.working_snapshot(story).changed(**changes), by=by, note=note
    )


def text_of(response):
    """What stands on the page, its markup gone and white space collapsed."""
    page = response.text.partition('id="content"')[2]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


# The list


def test_every_revision_says_who_wrote_it_and_why(visit, draft, ellen):
    revise(draft, ellen, note="改了标题", title="改过的标题")

    entries = visit(ellen, draft).context["entries"]

    assert [(e.revision.number, str(e.revision.created_by), e.revision.note) for e in entries] == [
        (2, "Ellen", "改了标题"),
        (1, "Wanda", ""),
    ]


def test_a_revision_says_what_it_is_now(visit, live, ellen):
    revise(live, ellen, title="改过的标题")
    history.name_revision(live.revisions.get(number=1), name="首发稿", by=ellen)

    entries = visit(ellen, live).context["entries"]

    marks = {e.revision.number: ([kind for kind, _label in e.marks], e.name) for e in entries}
    assert marks == {2: (["working"], ""), 1: (["live"], "首发稿")}


def test_what_was_approved_is_marked(visit, approved, ellen):
    (entry,) = visit(ellen, approved).context["entries"]

    assert [kind for kind, _label in entry.marks] == ["approved", "working"]


def test_a_text_that_collided_is_marked_as_set_aside(visit, draft, wanda, ellen):
    base = draft.working_revision
    revise(draft, ellen, title="艾伦的标题")
    mine = base.snapshot.changed(title="旺达的标题")
    conflicts.save(draft, mine, by=wanda, based_on=base)

    newest = visit(ellen, draft).context["entries"][0]

    assert (newest.marks[0][0], newest.before) == ("aside", 1)


def test_events_stand_beside_the_revisions(visit, in_review, ellen):
    review.request_changes(in_review, comment="请补充来源。", by=ellen)

    response = visit(ellen, in_review)

    assert "请补充来源。" in text_of(response)


def test_a_long_history_is_shown_a_page_at_a_time(
    client, draft, ellen, django_assert_max_num_queries
):
    for number in range(2, 75):
        Revision.objects.create(article=draft, number=number, content={"schema": 1})

    client.force_login(ellen)

    with django_assert_max_num_queries(10):
        response = client.get(reverse("admin:articles_article_history", args=[draft.pk]))

    assert len(response.context["entries"]) == 50
    assert "content" in response.context["entries"][0].revision.get_deferred_fields()


def test_the_rest_of_a_long_history_is_on_the_next_page(client, visit, draft, ellen):
    for number in range(2, 75):
        Revision.objects.create(article=draft, number=number, content={"schema": 1})
    client.force_login(ellen)

    response = client.get(f"{reverse('admin:articles_article_history', args=[draft.pk])}?page=2")

    assert [e.revision.number for e in response.context["entries"]] == list(range(24, 0, -1))


# Two of them


def test_every_field_of_a_snapshot_is_compared():
    assert sorted(fact.name for fact in FACTS) == sorted(Snapshot.__dataclass_fields__)


def test_a_title_is_marked_to_the_character(visit, draft, ellen):
    revise(draft, ellen, title="芯片厂明天重启生产线")

    page = visit(ellen, draft, "compare", 1, 2).text

    assert "<span>芯片厂</span><ins>明天</ins><span>重启生产线</span>" in page


def test_a_body_is_marked_by_its_blocks(visit, ellen, draft):
    revise(draft, ellen, body=f"{ONE}\n{TWO}")
    revise(draft, ellen, body=f"{ONE.replace('今天', '昨天')}\n{TWO}\n<p>又加了一段。</p>")

    page = visit(ellen, draft, "compare", 2, 3)

    assert "<p>工厂<del>今</del>天恢复生产。</p>" in page.text
    assert "<p>工厂<ins>昨</ins>天恢复生产。</p>" in page.text
    kinds = [getattr(row, "kind", "") for row in page.context["change"].body]
    assert kinds == ["changed", "", "added"]


def test_everything_is_said_in_words_and_nothing_in_numbers(visit, draft, ellen):
    child = factories.category("大模型", parent=factories.category("人工智能"))
    revise(
        draft,
        ellen,
        category=child.pk,
        also_in=(factories.category("芯片").pk,),
        bylines=((factories.author("罗一").pk, "editor"),),
        kind="analysis",
        licence="compiled",
        sponsored=True,
        ai_disclosure="assisted",
    )

    changed = visit(ellen, draft, "compare", 1, 2).context["change"].changed

    shown = {c.name: c.new or [(str(s.kind), s.text) for s in c.segments] for c in changed}
    assert shown == {
        "category": "人工智能 › 大模型",
        "also_in": [("added", "芯片")],
        "bylines": [("removed", "林墨（作者）"), ("added", "罗一（编辑）")],
        "kind": "分析",
        "licence": "编译",
        "ai_disclosure": "AI辅助创作",
        "sponsored": "是",
    }


def test_tags_are_compared_one_by_one(visit, draft, ellen):
    revise(draft, ellen, tags=("工厂", "芯片"))
    revise(draft, ellen, tags=("模型", "芯片"))

    (change,) = visit(ellen, draft, "compare", 2, 3).context["change"].changed

    assert {(str(s.kind), s.text) for s in change.segments} == {
        ("removed", "工厂"),
        ("added", "模型"),
        ("same", "芯片"),
    }


def test_both_header_pictures_are_shown(visit, draft, ellen):
    picture = factories.picture(alt="一条生产线")
    revise(draft, ellen, header_image=picture.pk)

    response = visit(ellen, draft, "compare", 1, 2)

    (change,) = response.context["change"].changed
    assert (change.old, change.new.name) == (None, str(picture))
    assert f'src="{change.new.thumb}"' in response.text


def test_pictures_of_the_body_come_from_the_library(visit, draft, ellen):
    picture = factories.picture()
    figure = f'<figure><img src="/nowhere.png" alt="" data-image="{picture.pk}"></figure>'
    revise(draft, ellen, body=figure)

    page = visit(ellen, draft, "compare", 1, 2).text

    assert "/nowhere.png" not in page
    assert f'src="{picture.url}"' in page


def test_what_is_gone_is_said_to_be_gone(visit, draft, ellen):
    revise(
        draft,
        ellen,
        header_image=factories.picture().pk,
        bylines=((factories.author("甲").pk, "author"),),
    )
    revise(draft, ellen, header_image=None, bylines=())
    Author.objects.filter(name="甲").delete()
    Image.objects.all().delete()

    response = visit(ellen, draft, "compare", 2, 3)

    assert response.status_code == 200
    assert text_of(response).count("已不存在") == 2


def test_the_same_text_twice_differs_in_nothing(visit, draft, ellen):
    response = visit(ellen, draft, "compare", 1, 1)

    assert "两个版本内容相同。" in text_of(response)


def test_one_walks_from_change_to_change(visit, draft, ellen):
    for title in "甲乙丙":
        revise(draft, ellen, title=title)

    context = visit(ellen, draft, "compare", 2, 3).context

    pages = [
        reverse("admin:articles_article_compare", args=[draft.pk, *p]) for p in [(1, 2), (3, 4)]
    ]
    assert [context["previous"], context["next"]] == pages


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        pytest.param("old=1&new=2", (1, 2), id="two lines"),
        pytest.param("old=2&new=1", (1, 2), id="the wrong way round"),
        pytest.param("old=2&new=2&old_number=1", (1, 2), id="by number"),
    ],
)
def test_any_two_can_be_chosen(client, draft, ellen, chosen, shown):
    revise(draft, ellen, title="改过的标题")
    client.force_login(ellen)

    response = client.get(
        f"{reverse('admin:articles_article_compare_any', args=[draft.pk])}?{chosen}"
    )

    assert response.url == reverse("admin:articles_article_compare", args=[draft.pk, *shown])


def test_an_evil_body_stays_harmless_with_marks(visit, draft, ellen):
    content = draft.working_revision.content | {
        "body": "<p>甲<script>alert(1)</script></p><p onclick=x>乙</p>"
    }
    Revision.objects.create(article=draft, number=2, content=content)

    page = visit(ellen, draft, "compare", 1, 2).text.partition('id="content"')[2]

    assert "alert(1)" not in page
    assert "onclick" not in page


# One of them


def test_a_revision_can_be_read_as_a_whole(visit, draft, ellen):
    revise(draft, ellen, title="改过的标题", tags=("芯片",))

    response = visit(ellen, draft, "revision", 1)

    assert response.context["story"].title == "芯片厂重启生产线"
    assert "工厂今天恢复生产。" in text_of(response)
    assert "改过的标题" not in text_of(response).partition("芯片厂重启生产线")[2]


def test_an_old_revision_comes_back_as_a_new_one(press, draft, ellen):
    revise(draft, ellen, title="改过的标题")

    response = press(ellen, draft, "restore", 1, seen=draft.working_revision_id)

    draft.refresh_from_db()
    assert (draft.title, draft.working_revision.number) == ("芯片厂重启生产线", 3)
    assert "版本3" in said(response)


@pytest.mark.parametrize(
    ("page", "numbers"), [("compare", (1, 2)), ("revision", (1,))], ids=["compared", "read"]
)
def test_the_button_that_restores_carries_its_token(draft, ellen, page, numbers):
    revise(draft, ellen, title="改过的标题")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ellen)
    shown = browser.get(reverse(f"admin:articles_article_{page}", args=[draft.pk, *numbers])).text
    form = shown.partition('class="desk-restore"')[2].partition("</form>")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]

    address = reverse("admin:articles_article_restore", args=[draft.pk, 1])
    browser.post(address, {"csrfmiddlewaretoken": token, "seen": draft.working_revision_id})

    draft.refresh_from_db()
    assert draft.working_revision.number == 3


def test_the_button_restores_over_nothing_that_came_after_the_page(client, draft, wanda, ellen):
    revise(draft, wanda, title="改过的标题")
    client.force_login(ellen)
    page = client.get(reverse("admin:articles_article_revision", args=[draft.pk, 1])).text
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    revise(draft, wanda, title="又改过的标题")

    address = reverse("admin:articles_article_restore", args=[draft.pk, 1])
    response = client.post(address, {"seen": seen}, follow=True)

    draft.refresh_from_db()
    assert draft.title == "又改过的标题"
    assert "请重新核对" in said(response)


@pytest.mark.parametrize("seen", ["", "no number", "9" * 30, "another story's"])
def test_nothing_is_restored_by_whoever_does_not_say_what_they_saw(press, draft, ellen, seen):
    revise(draft, ellen, title="改过的标题")
    if seen == "another story's":
        seen = factories.draft().working_revision_id

    response = press(ellen, draft, "restore", 1, seen=seen)

    draft.refresh_from_db()
    assert draft.title == "改过的标题"
    assert "请重新核对" in said(response)


def test_restoring_says_that_the_approval_is_void(press, approved, ellen):
    revise(approved, ellen, title="改过的标题")

    response = press(ellen, approved, "restore", 1, seen=approved.working_revision_id)

    assert "审核已失效" in said(response)


def test_a_page_says_that_restoring_voids_an_approval(visit, approved, ellen):
    revise(approved, ellen, title="改过的标题")

    for page, numbers in (("revision", (1,)), ("compare", (1, 2))):
        assert "目前已审核通过" in text_of(visit(ellen, approved, page, *numbers))


def test_restoring_over_a_live_story_speaks_of_no_approval(visit, press, approved, ellen):
    revise(approved, ellen, title="改过的标题")
    live = publishing.publish(approved, by=ellen)

    page = text_of(visit(ellen, live, "revision", 1))
    response = press(ellen, live, "restore", 1, seen=live.working_revision_id)

    assert "目前已审核通过" not in page
    assert "版本3" in said(response)
    assert "审核已失效" not in said(response)


def test_restoring_says_what_did_not_come_back(press, draft, ellen):
    revise(draft, ellen, bylines=((factories.author("甲").pk, "author"),))
    revise(draft, ellen, bylines=())
    Author.objects.filter(name="甲").delete()

    response = press(ellen, draft, "restore", 2, seen=draft.working_revision_id)

    assert "署名" in said(response)


def test_a_reporter_restores_nothing_that_is_in_review(press, in_review, wanda, ellen):
    revise(in_review, ellen, title="改过的标题")

    response = press(wanda, in_review, "restore", 1, seen=in_review.working_revision_id)

    in_review.refresh_from_db()
    assert in_review.working_revision.number == 2
    assert said(response)


def test_looking_restores_nothing(client, draft, ellen):
    revise(draft, ellen, title="改过的标题")
    client.force_login(ellen)

    response = client.get(reverse("admin:articles_article_restore", args=[draft.pk, 1]))

    draft.refresh_from_db()
    assert (response.status_code, draft.working_revision.number) == (405, 2)


def test_a_revision_gets_a_name(press, draft, wanda):
    press(wanda, draft, "name", 1, name="送审稿")

    assert draft.revisions.get(number=1).naming.name == "送审稿"


def test_a_name_that_is_too_long_is_refused_with_a_sentence(press, draft, wanda):
    response = press(wanda, draft, "name", 1, name="长" * 81)

    assert not hasattr(draft.revisions.get(number=1), "naming")
    assert "80" in said(response)


# Who, and what is not there


@pytest.mark.parametrize("page", ["history", "compare", "revision"])
def test_a_reporter_sees_nothing_of_a_story_that_is_not_theirs(visit, draft, page, ellen):
    numbers = {"compare": (1, 1), "revision": (1,)}.get(page, ())
    other = factories.draft()

    response = visit(draft.created_by, other, page, *numbers)

    assert response.status_code == 302
    assert "芯片厂" not in response.text


@pytest.mark.parametrize(
    "address",
    [
        "{}history/9/",
        "{}history/compare/1/9/",
        "{}history/99999999999999999999999/",
        "{}history/compare/99999999999999999999999/1/",
    ],
)
def test_what_does_not_exist_is_not_found(client, draft, ellen, address):
    client.force_login(ellen)
    story = reverse("admin:articles_article_change", args=[draft.pk]).removesuffix("change/")

    response = client.get(address.format(story), follow=True)

    assert response.status_code == 404


@pytest.mark.parametrize("chosen", ["", "old=x&new=y", "old=1", "new=99999999999999999999&old=1"])
def test_a_choice_that_makes_no_sense_leads_back_to_the_list(client, draft, ellen, chosen):
    client.force_login(ellen)

    response = client.get(
        f"{reverse('admin:articles_article_compare_any', args=[draft.pk])}?{chosen}"
    )

    assert response.url == reverse("admin:articles_article_history", args=[draft.pk])


def test_the_history_of_no_story_leads_back_to_the_stories(client, ellen):
    client.force_login(ellen)

    response = client.get("/admin/articles/article/0/history/")

    assert response.url == reverse("admin:articles_article_changelist")


def test_a_revision_from_the_future_is_no_error(visit, draft, ellen):
    Revision.objects.create(article=draft, number=2, content={"schema": 999})

    response = visit(ellen, draft, "compare", 1, 2)

    assert response.url == reverse("admin:articles_article_history", args=[draft.pk])
    assert said(response)
