"""What was kept is offered to whoever comes back."""

import json
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from articles.desk import autosaving, review, writing
from articles.models import Autosave
from tests.admin.autosave.windows import content_of, offered, window_of
from tests.admin.test_stories import fields

ADD = "admin:articles_article_add"
CHANGE = "admin:articles_article_change"
COMPARE = "admin:articles_article_autosave_compare"


def test_unsaved_text_is_offered_on_return(keep, look, wanda, draft):
    keep(wanda, "没保存的标题")

    response = look(wanda, draft)

    assert offered(response) == [("没保存的标题", 1)]
    assert response.context["adminform"].form["title"].value() == "芯片厂重启生产线"


@pytest.mark.parametrize("page", ["the story", "the first page"])
def test_a_text_that_arrives_while_a_page_is_made_is_offered_there_or_by_the_browser(
    client, wanda, draft, page
):
    client.force_login(wanda)
    address = reverse(CHANGE, args=[draft.pk]) if page == "the story" else reverse("admin:index")

    with arriving_after_the_first_look(wanda, draft):
        response = client.get(address)

    offers = response.context["desk_offers" if page == "the story" else "desk_kept"]
    known = response.context["desk_autosave" if page == "the story" else "desk_copies"]["known"]
    assert [offer.kept.tab for offer in offers] == ["first"]
    assert known == []


@contextmanager
def arriving_after_the_first_look(user, story):
    """A text arrives as soon as the page has looked once at what was kept."""
    arrived = []

    def look(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if not arrived and sql.startswith("SELECT") and Autosave._meta.db_table in sql:
            arrived.append(sql)
            said = {"content": {"title": ["刚打的"]}, "based_on": story.working_revision}
            autosaving.keep(user, article=story, tab="first", count=1, **said)
        return found

    with connection.execute_wrapper(look):
        yield


def test_nobody_is_offered_the_text_of_another(keep, look, wanda, ellen, draft):
    keep(wanda)

    assert offered(look(ellen, draft)) == []


def test_a_text_that_says_what_is_saved_is_never_offered(keep, look, wanda, draft):
    keep(wanda, content=content_of(look(wanda, draft)))

    assert offered(look(wanda, draft)) == []


def test_a_text_that_was_overtaken_says_by_whom(keep, look, wanda, ellen, draft):
    keep(wanda)
    writing.revise(draft, writing.working_snapshot(draft).changed(title="艾伦的"), by=ellen)

    response = look(wanda, draft)

    assert offered(response) == [("打到一半", 1)]
    assert "Ellen" in response.context["desk_offers"][0].meanwhile


def test_a_kept_text_fills_the_form_wrong_values_included(keep, look, wanda, draft):
    typed = content_of(look(wanda, draft)) | {
        "title": ["没保存的标题"],
        "slug": ["不是地址"],
        "bylines-author": ["没有此人"],
        "bylines-role": ["author"],
        "body": ["<p>没保存的<b>正文</b>"],
    }
    keep(wanda, content=typed)

    form = look(wanda, draft, kept=1).context["adminform"].form

    assert form["title"].value() == "没保存的标题"
    assert form["slug"].value() == "不是地址"
    assert form["bylines"].value() == [("没有此人", "author")]
    assert form["body"].value() == "<p>没保存的<b>正文</b>"
    assert set(form.errors) == {"slug", "bylines"}


def test_restoring_saves_nothing(keep, look, wanda, draft):
    keep(wanda, "没保存的标题")

    look(wanda, draft, kept=1)

    draft.refresh_from_db()
    assert draft.title == "芯片厂重启生产线"
    assert draft.revisions.count() == 1
    assert autosaving.kept_of(wanda, article=draft).title == "没保存的标题"


def test_a_restored_text_keeps_what_it_is_based_on(keep, look, wanda, ellen, draft):
    base = draft.working_revision_id
    keep(wanda)
    writing.revise(draft, writing.working_snapshot(draft).changed(title="艾伦的"), by=ellen)

    response = look(wanda, draft, kept=1)

    assert response.context["adminform"].form["based_on"].value() == str(base)


def test_a_restored_text_that_is_saved_is_offered_no_more(client, keep, look, wanda, draft):
    keep(wanda, content=content_of(look(wanda, draft)) | {"title": ["没保存的标题"]}, count=6)
    page = look(wanda, draft, kept=1)

    client.post(reverse(CHANGE, args=[draft.pk]), fields(page) | window_of(page))

    draft.refresh_from_db()
    assert draft.title == "没保存的标题"
    assert autosaving.kept_of(wanda, article=draft) is None


def test_hostile_text_that_was_kept_is_harmless_when_it_comes_back(keep, look, wanda, draft):
    hostile = '<p>好</p><script>alert("x")</script></textarea><img src=x onerror=alert(1)>'
    keep(wanda, hostile, content={"title": [hostile], "body": [hostile]})

    pages = [look(wanda, draft), look(wanda, draft, kept=1)]

    for page in pages:
        assert "onerror=alert(1)>" not in page.content.decode()
        assert '<script>alert("x")' not in page.content.decode()


def test_a_text_only_the_browser_kept_fills_the_form_too(client, look, wanda, draft):
    client.force_login(wanda)
    said = {"content": {"title": ["只在浏览器里"]}, "tab": "first", "count": 3, "basedOn": None}

    response = client.post(reverse(CHANGE, args=[draft.pk]), {"_restore": json.dumps(said)})

    draft.refresh_from_db()
    assert response.status_code == 200
    assert response.context["adminform"].form["title"].value() == "只在浏览器里"
    assert window_of(response)["restored_tab"] == "first"
    assert draft.title == "芯片厂重启生产线"


@pytest.mark.parametrize(
    "said",
    ["", "{}", "[]", "null", '{"content": 7}', pytest.param("[" * 200_000, id="endlessly deep")],
)
def test_a_browsers_text_that_makes_no_sense_is_told_and_saves_nothing(client, wanda, draft, said):
    client.force_login(wanda)

    response = client.post(reverse(CHANGE, args=[draft.pk]), {"_restore": said, "title": "题"})

    draft.refresh_from_db()
    assert response.status_code == 200
    assert draft.title == "芯片厂重启生产线"


def test_new_stories_that_were_never_saved_are_offered_where_one_begins(keep_new, look, wanda):
    first, second = uuid4(), uuid4()
    keep_new(wanda, first, "第一篇")
    keep_new(wanda, second, "第二篇")

    offers = offered(look(wanda))
    restored = look(wanda, kept=str(first))

    assert offers == [("第二篇", None), ("第一篇", None)]
    assert restored.context["adminform"].form["title"].value() == "第一篇"
    assert window_of(restored)["new_story"] == str(first)
    assert offered(restored) == [("第二篇", None)]


def odd_text(field, sign, draft):
    """What a browser would have kept, had somebody put `sign` into a field by hand."""
    content = {"title": ["题目"], "bylines-role": ["author"]} | {
        field: [f"前{sign}后"],
        sign: ["x"],
    }
    said = {"content": content, "tab": "x", "count": 1, "basedOn": draft.working_revision_id}
    return json.dumps(said)


ODD_FIELDS = ["title", "standfirst", "body", "tags", "bylines-author", "slug", "category", "kind"]


@pytest.mark.parametrize("field", ODD_FIELDS)
@pytest.mark.parametrize("sign", ["\ud800", "\0", "\uffff"], ids=ascii)
def test_a_browsers_text_with_what_no_page_can_hold_is_read_without_it(
    client, wanda, draft, field, sign
):
    client.force_login(wanda)
    said = odd_text(field, sign, draft)

    answers = [
        client.post(reverse(CHANGE, args=[draft.pk]), {"_restore": said}),
        client.post(reverse(COMPARE, args=[draft.pk]), {"_text": said}),
        client.post(reverse(ADD), {"_restore": said}),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert sign not in "".join(answer.content.decode() for answer in answers)


def test_a_number_nobody_knows_opens_an_empty_form(look, wanda):
    for said in (str(uuid4()), "no-number", "1"):
        response = look(wanda, kept=said)

        assert response.status_code == 200
        assert not response.context["adminform"].form["title"].value()


def test_the_new_story_of_somebody_else_is_not_shown(keep_new, look, wanda, ellen):
    number = uuid4()
    keep_new(wanda, number)

    response = look(ellen, kept=str(number))

    assert not response.context["adminform"].form["title"].value()
    assert offered(response) == []


def test_throwing_away_takes_a_post_and_what_was_seen(client, keep, look, wanda, draft):
    keep(wanda, count=3)
    address = reverse("admin:articles_article_autosave_discard", args=[draft.pk])

    got = client.get(address)
    older = client.post(address, {"autosave_tab": "first", "autosave_count": 2})
    kept = autosaving.kept_of(wanda, article=draft)
    client.post(address, {"autosave_tab": "first", "autosave_count": 3})

    assert (got.status_code, older.status_code) == (405, 302)
    assert kept is not None
    assert autosaving.kept_of(wanda, article=draft) is None


def test_a_reader_of_a_story_in_review_is_offered_what_they_typed_before(keep, look, wanda, draft):
    keep(wanda, "提交前打的")
    review.submit(draft, by=wanda)

    response = look(wanda, draft)

    assert offered(response) == [("提交前打的", 1)]
