"""Autosaving through the HTTP door, and what the desk offers to whoever comes back."""

import json
import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from articles.admin.kept_offers import offers_to
from articles.desk import assigning, autosaving, review, writing
from articles.models import Article, Autosave, Conflict, Event, Presence, Revision
from tests import factories
from tests.admin.test_stories import fields

ADD = "admin:articles_article_add"
CHANGE = "admin:articles_article_change"


@pytest.fixture
def send(client):
    """Log somebody in and send what a window of theirs would send."""

    def sent(user, address, /, **said):
        client.force_login(user)
        said = {"user": user.pk, "tab": "first", "count": 1} | said
        return client.post(address, json.dumps(said), content_type="application/json")

    return sent


@pytest.fixture
def keep(send, draft):
    """Type a title in the draft."""

    def kept(user, title="打到一半", /, **said):
        said = {"content": {"title": [title]}, "basedOn": draft.working_revision_id} | said
        return send(user, reverse("admin:articles_article_autosave", args=[draft.pk]), **said)

    return kept


@pytest.fixture
def keep_new(send):
    """Type the title of a story that was never saved."""

    def kept(user, number, title="新稿", **said):
        address = reverse("admin:articles_article_autosave_new", args=[number])
        return send(user, address, **{"content": {"title": [title]}} | said)

    return kept


@pytest.fixture
def look(client):
    """Open the form of a story, or an empty one, as somebody."""

    def looked(user, story=None, **query):
        client.force_login(user)
        address = reverse(CHANGE, args=[story.pk]) if story else reverse(ADD)
        return client.get(address, query)

    return looked


def content_of(response):
    """What the form on a page holds, as a window would send it."""
    sent = fields(response)
    return {
        name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
        for name, value in sent.items()
    }


def window_of(response):
    """The hidden fields that say which window a page is."""
    named = r'name="((?:autosave|restored)_\w+|new_story)" value="([^"]*)"'
    return dict(re.findall(named, response.content.decode()))


def offered(response):
    return [(offer.title, offer.revision) for offer in response.context["desk_offers"]]


# The door


def test_what_is_sent_is_kept_and_answered_with_the_time(keep, wanda, draft):
    response = keep(wanda)

    assert response.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d:\d\d", response.json()["time"])
    assert autosaving.kept_of(wanda, article=draft).title == "打到一半"


def test_nothing_of_it_is_in_the_history_or_the_audit_trail(keep, look, wanda, draft):
    for count in range(1, 8):
        keep(wanda, f"第 {count} 稿", count=count)

    page = look(wanda, draft)
    assert (Revision.objects.count(), Event.objects.count()) == (1, 1)
    assert len(page.context["desk_revisions"]) == len(page.context["desk_events"]) == 1


def test_the_token_and_the_buttons_are_not_kept(keep, wanda, draft):
    keep(wanda, content={"title": ["题"], "csrfmiddlewaretoken": ["geheim"], "_save": ["1"]})

    assert Autosave.objects.get().content == {"title": ["题"]}


def test_another_window_hears_409_and_whose_text_stands_there(keep, wanda):
    keep(wanda, "第一个窗口")

    response = keep(wanda, "第二个窗口", tab="second", count=7)

    said = response.json()
    assert response.status_code == 409
    assert (said["reason"], said["isKept"]) == ("window", False)
    assert (said["other"]["tab"], said["other"]["count"]) == ("first", 1)
    assert Autosave.objects.get().title == "第一个窗口"


def test_another_window_takes_over_when_the_person_says_so(keep, wanda):
    keep(wanda, "第一个窗口")

    seen = {"tab": "first", "count": 1}
    response = keep(wanda, "第二个窗口", tab="second", count=7, insteadOf=seen)

    assert response.status_code == 200
    assert Autosave.objects.get().title == "第二个窗口"


def test_a_text_that_is_saved_stands_in_nobodys_way(keep, look, wanda, draft):
    keep(wanda, tab="first", content=content_of(look(wanda, draft)))

    response = keep(wanda, "第二个窗口", tab="second")

    assert response.status_code == 200
    assert Autosave.objects.get().title == "第二个窗口"


def test_a_newer_revision_is_told_and_the_text_is_kept_all_the_same(keep, wanda, ellen, draft):
    base = draft.working_revision_id
    writing.revise(draft, writing.working_snapshot(draft).changed(title="艾伦的"), by=ellen)

    response = keep(wanda, "旺达的", basedOn=base)

    said = response.json()
    assert response.status_code == 409
    assert (said["reason"], said["isKept"]) == ("revision", True)
    assert "Ellen" in said["error"]
    assert Autosave.objects.get().title == "旺达的"


def test_without_content_what_the_window_typed_is_forgotten(keep, wanda, draft):
    keep(wanda, count=3)

    keep(wanda, count=4, content=None)

    assert autosaving.kept_of(wanda, article=draft) is None


def test_a_window_may_ask_whether_the_desk_is_there_and_changes_nothing(keep, wanda, draft):
    response = keep(wanda, isCheck=True, content=None)

    assert response.status_code == 200
    assert not Autosave.objects.exists()


def test_whoever_is_logged_out_hears_it_as_json_and_is_not_led_away(client, keep, wanda, draft):
    address = reverse("admin:articles_article_autosave", args=[draft.pk])

    response = client.post(address, "{}", content_type="application/json")

    assert response.status_code == 403
    assert response.json()["reason"] == "session"
    assert response.json()["login"] == reverse("admin:login")


def test_a_page_of_somebody_else_is_refused(keep, wanda, ellen):
    response = keep(ellen, user=wanda.pk)

    assert (response.status_code, response.json()["reason"]) == (403, "person")
    assert not Autosave.objects.exists()


def test_who_has_no_access_is_refused(wanda, charlie, snapshot, send):
    story = writing.create(snapshot, by=charlie)
    address = reverse("admin:articles_article_autosave", args=[story.pk])

    response = send(wanda, address, content={"title": ["偷看"]}, basedOn=None)

    assert (response.status_code, response.json()["reason"]) == (403, "refused")
    assert not Autosave.objects.exists()


def test_a_story_that_is_gone_is_told(send, wanda):
    response = send(wanda, reverse("admin:articles_article_autosave", args=[999]), content={})

    assert (response.status_code, response.json()["reason"]) == (404, "gone")


def test_too_long_a_text_is_told(keep, wanda, settings):
    long = keep(wanda, "长" * (autosaving.MOST_CHARACTERS + 1))
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    longer = keep(wanda, "长" * 101)

    assert [(one.status_code, one.json()["reason"]) for one in (long, longer)] == [
        (413, "large"),
        (413, "large"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"content": "text"},
        {"content": {"title": "text"}},
        {"content": {"title": [1]}},
        {"tab": ""},
        {"tab": 7},
        {"tab": "长" * 30},
        {"tab": "a" * 37},
        {"count": -1},
        {"count": True},
        {"count": 2**63},
        {"count": "7"},
        {"basedOn": "one"},
        {"basedOn": 2**70},
        {"insteadOf": "first"},
        {"insteadOf": {"tab": "first"}},
    ],
    ids=str,
)
def test_what_no_window_sends_is_refused_and_changes_nothing(keep, wanda, said):
    response = keep(wanda, **said)

    assert (response.status_code, response.json()["reason"]) == (400, "malformed")
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("tab", ["a\0b", "a\nb"], ids=repr)
def test_a_window_with_a_name_no_database_holds_is_refused(keep, wanda, tab):
    assert keep(wanda, tab=tab).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("[]", id="a list"),
        pytest.param("no json", id="no JSON"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param("[" * 200_000, id="endlessly deep"),
    ],
)
def test_a_body_that_is_no_object_is_refused(client, wanda, draft, body):
    client.force_login(wanda)
    address = reverse("admin:articles_article_autosave", args=[draft.pk])

    response = client.post(address, body, content_type="application/json")

    assert response.status_code == 400


def test_a_revision_of_another_story_is_no_base(keep, wanda, draft, snapshot):
    other = writing.create(snapshot.changed(title="另一篇"), by=wanda)

    keep(wanda, basedOn=other.working_revision_id)

    assert Autosave.objects.get().based_on is None


def test_keeping_asks_the_database_few_questions(keep, wanda, draft, django_assert_max_num_queries):
    keep(wanda, count=1)

    with django_assert_max_num_queries(22):  # logging in included
        keep(wanda, count=2)


# Saving


def test_saving_the_form_forgets_what_its_window_typed(client, keep, look, wanda, draft):
    page = look(wanda, draft)
    window = window_of(page)
    keep(wanda, tab=window["autosave_tab"], count=5)

    client.post(
        reverse(CHANGE, args=[draft.pk]),
        fields(page, title="保存了") | window | {"autosave_count": 5},
    )

    assert Article.objects.get().title == "保存了"
    assert offered(look(wanda, draft)) == []


def test_what_arrives_after_the_save_is_not_offered(client, keep, look, wanda, draft):
    page = look(wanda, draft)
    window = window_of(page)
    client.post(
        reverse(CHANGE, args=[draft.pk]),
        fields(page, title="保存了") | window | {"autosave_count": 5},
    )

    keep(wanda, "保存之前打的", tab=window["autosave_tab"], count=4)

    assert offered(look(wanda, draft)) == []


def test_saving_a_new_story_forgets_what_was_typed_of_it(client, keep_new, look, wanda):
    page = look(wanda)
    window = window_of(page)
    keep_new(wanda, window["new_story"], tab=window["autosave_tab"], count=3)

    client.post(reverse(ADD), fields(page, title="新稿") | window | {"autosave_count": 3})

    assert Article.objects.get().title == "新稿"
    assert autosaving.unsaved_of(wanda) == []


def test_a_save_leaves_what_another_window_typed(client, keep, look, wanda, draft):
    page = look(wanda, draft)
    keep(wanda, "另一个窗口", tab="another")

    client.post(
        reverse(CHANGE, args=[draft.pk]),
        fields(page, title="保存了") | window_of(page) | {"autosave_count": 2},
    )

    assert offered(look(wanda, draft)) == [("另一个窗口", 1)]


def test_a_refused_form_goes_on_as_the_same_window(client, look, wanda, draft):
    page = look(wanda, draft)
    window = window_of(page) | {"autosave_count": "8"}

    response = client.post(reverse(CHANGE, args=[draft.pk]), fields(page, slug="不是地址") | window)

    assert response.status_code == 200
    assert window_of(response) == window


def test_every_opened_page_is_a_window_of_its_own(look, wanda, draft):
    tabs = {window_of(look(wanda, draft))["autosave_tab"] for _time in range(3)}

    assert len(tabs) == 3


# Coming back


def test_unsaved_text_is_offered_on_return(keep, look, wanda, draft):
    keep(wanda, "没保存的标题")

    response = look(wanda, draft)

    assert offered(response) == [("没保存的标题", 1)]
    assert response.context["adminform"].form["title"].value() == "芯片厂重启生产线"


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


# Looking at it


COMPARE = "admin:articles_article_autosave_compare"


def test_a_kept_text_is_marked_against_the_working_copy(client, keep, look, wanda, draft):
    typed = {"title": ["芯片厂昨天重启生产线"], "body": ["<p>工厂今天恢复全部生产。</p>"]}
    keep(wanda, content=content_of(look(wanda, draft)) | typed)

    page = client.get(reverse(COMPARE, args=[draft.pk]))

    change = page.context["change"]
    assert [field.name for field in change.changed] == ["title"]
    assert "<ins>昨天</ins>" in page.content.decode()
    assert "<ins>全部</ins>" in page.content.decode()


def test_what_cannot_be_saved_as_it_stands_is_named(client, keep, look, wanda, draft):
    keep(wanda, content=content_of(look(wanda, draft)) | {"title": ["题"], "slug": ["不是地址"]})

    page = client.get(reverse(COMPARE, args=[draft.pk]))

    assert [(one.label, one.typed) for one in page.context["wrong"]] == [("网址", "不是地址")]
    assert [field.name for field in page.context["change"].changed] == ["title"]


def test_a_new_story_that_was_kept_is_shown_as_it_is(client, keep_new, wanda):
    number = uuid4()
    keep_new(wanda, number, content={"title": ["新稿"], "body": ["<p>正文</p><script>x</script>"]})

    page = client.get(reverse(f"{COMPARE}_new", args=[number]))

    assert page.context["story"].title == "新稿"
    assert "<p>正文</p>" in page.content.decode()
    assert "<script>x" not in page.content.decode()


def test_a_text_only_the_browser_has_is_compared_and_kept_nowhere(client, look, wanda, draft):
    content = content_of(look(wanda, draft)) | {"title": ["芯片厂昨天重启生产线"]}
    said = {"content": content, "tab": "first", "count": 3, "basedOn": None}

    page = client.post(reverse(COMPARE, args=[draft.pk]), {"_text": json.dumps(said)})

    assert "<ins>昨天</ins>" in page.content.decode()
    assert not Autosave.objects.exists()


def test_nobody_looks_at_the_text_of_another(client, keep, keep_new, wanda, ellen, otto, draft):
    number = uuid4()
    keep(wanda)
    keep_new(wanda, number)
    addresses = [reverse(COMPARE, args=[draft.pk]), reverse(f"{COMPARE}_new", args=[number])]

    client.force_login(ellen)
    seen = [client.get(address).status_code for address in addresses]
    client.force_login(otto)
    outside = [client.get(address).status_code for address in addresses]

    assert seen == [302, 302]
    assert outside == [302, 302]


def test_a_text_typed_before_the_story_was_submitted_can_be_handed_over(
    client, keep, look, wanda, draft
):
    keep(wanda, content=content_of(look(wanda, draft)) | {"title": ["提交前打的"]})
    review.submit(draft, by=wanda)
    page = client.get(reverse(COMPARE, args=[draft.pk]))
    sent = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()))

    client.post(reverse(CHANGE, args=[draft.pk]), sent)

    conflict = Conflict.objects.get()
    draft.refresh_from_db()
    assert conflict.mine.snapshot.title == "提交前打的"
    assert draft.title == "芯片厂重启生产线"
    assert autosaving.unsaved_of(wanda) == []


def test_all_that_is_unsaved_is_listed_for_the_first_page(keep, keep_new, wanda, ellen, draft):
    keep(wanda, "没保存的标题")
    keep_new(wanda, uuid4(), "新稿")
    keep(ellen, "艾伦的")

    assert [offer.title for offer in offers_to(wanda)] == ["新稿", "没保存的标题"]


def test_what_was_saved_by_another_way_leads_to_the_page_that_says_so(
    client, keep, look, wanda, ellen, draft
):
    keep(wanda, content=content_of(look(wanda, draft)) | {"title": ["同一个标题"]})
    writing.revise(draft, writing.working_snapshot(draft).changed(title="同一个标题"), by=ellen)

    (offer,) = offers_to(wanda)
    page = client.get(offer.address)

    assert "两个版本内容相同" in page.text
    assert offer.discard_address in page.text
    assert offered(look(wanda, draft)) == []


@pytest.fixture
def lost(send, draft, ellen, wanda, walter):
    """A story in which Wanda typed, and which is Walter's by now, with another text."""
    story = factories.draft(title="沃尔特之前的标题")
    assigning.assign(story, to=wanda, due_at=None, by=ellen)
    content = {"title": ["打到一半"], "body": ["<p>旺达打的。</p>"]}
    send(wanda, reverse("admin:articles_article_autosave", args=[story.pk]), content=content)
    assigning.assign(story, to=walter, due_at=None, by=ellen)
    newer = writing.working_snapshot(story).changed(title="沃尔特的标题", standfirst="机密的导语")
    writing.revise(story, newer, by=walter)
    return story


def test_what_wanda_typed_in_a_story_she_lost_leads_to_a_page_with_it(client, lost, wanda):
    (offer,) = offers_to(wanda)
    client.force_login(wanda)

    page = client.get(offer.address)

    assert page.context["story"].title == "打到一半"
    assert "旺达打的。" in page.text
    assert "稿件已不在您的工作台上" in page.text


def test_nothing_else_of_the_story_she_lost_is_shown(client, lost, wanda):
    autosaved = Autosave.objects.get(user=wanda)
    autosaved.content = {"body": ["<p>旺达打的。</p>"]}
    autosaved.save(update_fields=["content"])
    (offer,) = offers_to(wanda)
    client.force_login(wanda)

    page = client.get(offer.address)

    assert not offer.title
    assert "沃尔特" not in page.text
    assert "机密的导语" not in page.text


def test_wanda_begins_a_new_story_with_what_she_typed(client, lost, wanda):
    (offer,) = offers_to(wanda)
    client.force_login(wanda)
    page = client.get(offer.address)
    said = unescape(re.search(r'name="_restore" value="([^"]*)"', page.text)[1])

    form = client.post(reverse(ADD), {"_restore": said})

    assert form.context["adminform"].form["title"].value() == "打到一半"


def test_wanda_throws_away_what_she_typed_in_a_story_she_lost(client, lost, wanda):
    (offer,) = offers_to(wanda)
    client.force_login(wanda)
    page = client.get(offer.address)
    said = dict(re.findall(r'name="(autosave_\w+)" value="([^"]*)"', page.text))

    client.post(offer.discard_address, said)

    assert offers_to(wanda) == []


def test_a_story_one_lost_and_typed_nothing_in_has_no_such_page(client, lost, wanda, walter):
    Autosave.objects.all().delete()
    client.force_login(wanda)

    assert client.get(reverse(COMPARE, args=[lost.pk])).status_code == 404


# Presence


@pytest.fixture
def attend(send, draft):
    """A window on the draft gives a sign of life."""

    def attended(user, /, **said):
        said = {"basedOn": draft.working_revision_id, "stage": "draft"} | said
        return send(user, reverse("admin:articles_article_presence", args=[draft.pk]), **said)

    return attended


def test_a_window_hears_who_else_is_there(attend, wanda, ellen):
    attend(ellen, isWriting=True)

    said = attend(wanda).json()

    assert [other["sentence"] for other in said["others"]] == ["Ellen正在编辑"]
    assert (said["newer"], said["stage"]) == (None, None)


def test_who_has_closed_the_window_is_not_there(attend, wanda, ellen):
    attend(ellen)
    attend(ellen, isLeaving=True)

    assert attend(wanda).json()["others"] == []


def test_a_window_hears_of_a_newer_revision_and_of_another_stage(attend, wanda, ellen, draft):
    base = draft.working_revision_id
    writing.revise(draft, writing.working_snapshot(draft).changed(title="艾伦的"), by=ellen)
    review.submit(draft, by=wanda)

    said = attend(wanda, basedOn=base).json()

    assert said["newer"]["number"] == 2
    assert said["newer"]["compare"].endswith("/1/2/")
    assert "Ellen" in said["newer"]["sentence"]
    assert said["stage"]["stage"] == "in_review"


def test_presence_is_refused_like_autosaving(client, attend, draft, wanda, ellen):
    address = reverse("admin:articles_article_presence", args=[draft.pk])
    out = client.post(address, "{}", content_type="application/json")
    other = attend(ellen, user=wanda.pk)
    malformed = [attend(wanda, tab=""), attend(wanda, stage="gossip"), attend(wanda, stage=[])]

    assert out.json()["reason"] == "session"
    assert other.json()["reason"] == "person"
    assert [one.status_code for one in malformed] == [400, 400, 400]
    assert Presence.objects.filter(user=ellen).count() == 0
