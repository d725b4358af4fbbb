"""Stories in the admin: what a click does, and what it must not do."""

import json
import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from articles.desk import review, writing
from articles.images import intake
from articles.images.models import Image, Problem
from articles.models import Article, Event
from articles.workflow import Stage, Verb
from tests import factories

ADD = "admin:articles_article_add"
CHANGE = "admin:articles_article_change"


@pytest.fixture
def at_the_desk(client):
    """Log somebody in and open a story's form."""

    def opened(user, story):
        client.force_login(user)
        return client.get(reverse(CHANGE, args=[story.pk]))

    return opened


def fields(response, **changes):
    """What a browser would send back, with `changes`."""
    form = response.context["adminform"].form
    sent = {}
    for bound in form:
        value = bound.value()
        if bound.name == "bylines":
            sent["bylines-author"] = [name for name, _role in value]
            sent["bylines-role"] = [role for _name, role in value]
        elif bound.name == "tags":
            sent["tags"] = "，".join(value or ())
        elif value not in (None, False):
            sent[bound.name] = list(value) if isinstance(value, tuple) else value
    return sent | changes


def save(client, user, story, **changes):
    """Open a story and send its form back with `changes`."""
    client.force_login(user)
    address = reverse(CHANGE, args=[story.pk])
    return client.post(address, fields(client.get(address), **changes))


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_save_makes_a_revision_and_an_event(client, ellen, draft):
    response = save(client, ellen, draft, title="新的标题", note="改了标题")

    draft.refresh_from_db()
    assert response.status_code == 302
    assert draft.title == "新的标题"
    assert draft.working_revision.number == 2
    assert draft.working_revision.note == "改了标题"
    assert draft.events.filter(verb=Verb.REVISE, actor=ellen).count() == 1


def test_a_save_without_a_change_makes_no_revision(client, ellen, draft):
    save(client, ellen, draft)

    draft.refresh_from_db()
    assert draft.working_revision.number == 1
    assert not draft.events.filter(verb=Verb.REVISE).exists()


def test_an_edit_of_a_live_story_leaves_what_readers_see(client, ellen, live):
    save(client, ellen, live, title="还没发布的标题", body="<p>还没发布的正文。</p>")

    live.refresh_from_db()
    assert live.title == "芯片厂重启生产线"
    assert "还没发布" not in live.body
    assert live.working_revision.snapshot.title == "还没发布的标题"


def test_the_form_of_a_live_story_shows_the_working_copy(at_the_desk, ellen, live):
    writing.revise(live, writing.working_snapshot(live).changed(title="工作稿标题"), by=ellen)

    response = at_the_desk(ellen, live)

    assert response.context["adminform"].form["title"].value() == "工作稿标题"


def test_a_new_story_is_made_by_the_desk(client, wanda, author, category):
    client.force_login(wanda)
    form = {"title": "新稿", "body": "<p>正文。</p>", "category": category.pk, "kind": "news"}
    form |= {"licence": "original", "ai_disclosure": "none", "tags": "芯片，人工智能"}
    form |= {"bylines-author": [author.name], "bylines-role": ["author"]}

    client.post(reverse(ADD), form)

    story = Article.objects.get()
    assert story.created_by == wanda
    assert [b.author for b in story.bylines.all()] == [author]
    assert sorted(story.tags.names()) == ["人工智能", "芯片"]
    assert Event.objects.get().verb == Verb.CREATE


def test_the_body_of_a_form_goes_through_the_allow_list(client, ellen, draft):
    save(client, ellen, draft, body="<p onclick='x()'>好</p><script>alert(1)</script>")

    draft.refresh_from_db()
    assert draft.body == "<p>好</p>"


def test_a_body_that_says_the_same_is_kept_as_it_is(client, ellen, draft):
    save(client, ellen, draft, body="<p>工厂今天恢复生产。</p>\r\n<p></p>")

    draft.refresh_from_db()
    assert draft.working_revision.number == 1


def test_a_body_that_is_spelt_otherwise_keeps_its_spelling(client, ellen):
    story = factories.draft(body="<ul><li><p>甲</p></li></ul>")

    save(client, ellen, story, body="<ul>\r\n<li>甲</li></ul>")

    story.refresh_from_db()
    assert story.working_revision.number == 1


def test_an_unknown_author_is_refused_and_nothing_typed_is_lost(client, ellen, draft):
    response = save(client, ellen, draft, **{"bylines-author": ["没有此人"], "title": "打好的字"})

    draft.refresh_from_db()
    form = response.context["adminform"].form
    assert "没有此人" in str(form.errors["bylines"])
    assert form["title"].value() == "打好的字"
    assert "没有此人" in response.content.decode()
    assert draft.working_revision.number == 1


def test_bylines_keep_the_order_of_the_form(client, ellen, draft):
    factories.author("甲"), factories.author("乙")

    save(
        client,
        ellen,
        draft,
        **{"bylines-author": ["乙", "甲", ""], "bylines-role": ["author", "editor", "author"]},
    )

    draft.refresh_from_db()
    assert [(b.author.name, b.role) for b in draft.bylines.all()] == [
        ("乙", "author"),
        ("甲", "editor"),
    ]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("芯片，人工智能", ["人工智能", "芯片"]),
        ("芯片 人工智能", ["人工智能", "芯片"]),
        ("Stable Diffusion, 芯片", ["Stable Diffusion", "芯片"]),
        ("Stable Diffusion，", ["Stable Diffusion"]),
        ("芯片、芯片；芯片", ["芯片"]),
        ("", []),
    ],
    ids=["chinese commas", "spaces", "words with a space", "one with a space", "doubles", "none"],
)
def test_tags_are_parted_as_people_type_them(client, ellen, draft, line, names):
    save(client, ellen, draft, tags=line)

    draft.refresh_from_db()
    assert sorted(draft.tags.names()) == names


# Verbs


def test_a_button_saves_first_and_then_does_it(client, wanda, draft):
    save(client, wanda, draft, title="改好再交", _verb="submit")

    draft.refresh_from_db()
    assert draft.stage == Stage.IN_REVIEW
    assert draft.title == "改好再交"


def test_one_click_approves_and_publishes(client, ellen, in_review):
    save(client, ellen, in_review, _verb="approve_and_publish")

    in_review.refresh_from_db()
    assert in_review.stage == Stage.LIVE
    assert Article.objects.published().count() == 1


def test_a_slip_of_a_live_story_is_mended_without_an_update(client, at_the_desk, ellen, live):
    save(client, ellen, live, title="没有错字")
    text = at_the_desk(ellen, live).text

    save(client, ellen, live, title="没有错字", _verb="approve_and_publish_minor")

    live.refresh_from_db()
    assert 'value="approve_and_publish_minor"' in text
    assert (live.title, live.modified_at) == ("没有错字", None)


def test_what_readers_never_had_is_not_changed_a_little(at_the_desk, ellen, approved):
    response = at_the_desk(ellen, approved)

    assert 'value="publish"' in response.text
    assert "_minor" not in response.text


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, ellen, in_review):
    response = save(
        client,
        ellen,
        in_review,
        title="没有署名",
        _verb="approve_and_publish",
        **{"bylines-author": [], "bylines-role": []},
    )

    in_review.refresh_from_db()
    assert in_review.stage == Stage.IN_REVIEW
    assert in_review.title == "没有署名"
    assert said(response)


def test_changes_are_requested_with_a_comment(client, ellen, in_review):
    client.force_login(ellen)

    client.post(ask(in_review, "request_changes"), {"comment": "导语太长。"})

    in_review.refresh_from_db()
    assert in_review.stage == Stage.CHANGES_REQUESTED
    assert in_review.events.first().details["comment"] == "导语太长。"


def test_a_withdrawal_wants_a_reason(client, charlie, live):
    client.force_login(charlie)

    response = client.post(ask(live, "withdraw"), {"reason": ""})

    live.refresh_from_db()
    assert response.context["form"].errors["reason"]
    assert live.withdrawn_at is None


def test_the_chief_withdraws_a_live_story(client, charlie, live):
    client.force_login(charlie)

    client.post(ask(live, "withdraw"), {"reason": "事实有误。"})

    live.refresh_from_db()
    assert live.withdrawn_reason == "事实有误。"


def test_a_story_is_scheduled_by_the_outlets_clock(client, ellen, approved):
    client.force_login(ellen)

    client.post(ask(approved, "schedule"), {"at": "2099-05-01T08:00"})

    approved.refresh_from_db()
    assert approved.stage == Stage.SCHEDULED
    assert approved.scheduled_at.isoformat() == "2099-05-01T00:00:00+00:00"


def test_a_time_in_the_past_is_refused_with_a_sentence(client, ellen, approved):
    client.force_login(ellen)

    response = client.post(ask(approved, "schedule"), {"at": "2001-05-01T08:00"})

    approved.refresh_from_db()
    assert approved.stage == Stage.APPROVED
    assert response.context["form"].non_field_errors()


@pytest.mark.parametrize("name", ["submit", "approve", "publish", "withdraw", "schedule"])
def test_looking_at_a_page_changes_nothing(client, charlie, approved, name):
    client.force_login(charlie)
    before = Event.objects.count()

    client.get(ask(approved, name))

    approved.refresh_from_db()
    assert approved.stage == Stage.APPROVED
    assert Event.objects.count() == before


def test_a_click_without_a_token_is_refused(wanda, draft):
    client = strict_client()
    client.force_login(wanda)

    response = client.post(reverse(CHANGE, args=[draft.pk]), {"_verb": "submit"})

    assert response.status_code == 403


# Rights


def test_wanda_does_not_find_ellens_draft(client, wanda, ellen, snapshot):
    story = writing.create(snapshot, by=ellen)
    client.force_login(wanda)

    response = client.get(reverse(CHANGE, args=[story.pk]))

    assert response.status_code == 302
    assert response["Location"] == reverse("admin:index")


def test_wandas_list_shows_only_her_own(client, wanda, ellen, draft, snapshot):
    writing.create(snapshot.changed(title="艾伦的稿件"), by=ellen)
    client.force_login(wanda)

    response = client.get(reverse("admin:articles_article_changelist"))

    assert [story.pk for story in response.context["cl"].result_list] == [draft.pk]


@pytest.mark.parametrize("verb", ["approve", "publish", "approve_and_publish"])
def test_wanda_cannot_publish_by_a_crafted_form(client, wanda, draft, verb):
    response = save(client, wanda, draft, _verb=verb)

    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT
    assert said(response)


def test_wanda_cannot_publish_by_a_crafted_address(client, wanda, draft):
    client.force_login(wanda)

    response = client.post(ask(draft, "approve_and_publish"))

    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT
    assert response.status_code == 302


def test_wanda_reads_but_does_not_edit_what_she_submitted(client, wanda, in_review):
    client.force_login(wanda)

    seen = client.get(reverse(CHANGE, args=[in_review.pk]))
    sent = client.post(reverse(CHANGE, args=[in_review.pk]), {"title": "偷改"})

    in_review.refresh_from_db()
    assert "工厂今天恢复生产" in seen.content.decode()
    assert sent.status_code == 403
    assert in_review.title == "芯片厂重启生产线"


def test_wanda_reads_everything_she_submitted(client, wanda, draft, snapshot):
    picture = factories.picture(alt="一条生产线")
    said = {
        "short_title": "短题",
        "header_caption": "图注",
        "header_credit": "图片来源",
        "source_name": "某通讯社",
        "source_url": "https://example.com/source",
        "canonical_url": "https://example.com/canonical",
        "seo_title": "搜索标题",
        "seo_description": "搜索描述",
        "slug": "chips-again",
    }
    also_in = factories.category("硬件")
    chosen = {"header_image": picture.pk, "also_in": (also_in.pk,), "licence": "reprint"}
    writing.revise(draft, snapshot.changed(**said, **chosen), by=wanda)
    review.submit(draft, by=wanda)
    client.force_login(wanda)

    page = client.get(reverse(CHANGE, args=[draft.pk])).content.decode()

    for text in (*said.values(), "一条生产线", "硬件", "转载", "林墨（作者）"):
        assert text in page


def test_wanda_reads_the_text_her_live_story_is_becoming(client, wanda, ellen, live):
    other = factories.category("硬件")
    writing.revise(
        live,
        writing.working_snapshot(live).changed(
            title="工作稿标题",
            standfirst="工作稿导语",
            body="<p>工作稿正文。</p>",
            category=other.pk,
            tags=("工作稿标签",),
        ),
        by=ellen,
    )
    review.submit(live, by=ellen)
    client.force_login(wanda)

    page = client.get(reverse(CHANGE, args=[live.pk])).content.decode()

    for text in ("工作稿标题", "工作稿导语", "<p>工作稿正文。</p>", "硬件", "工作稿标签", "林墨"):
        assert text in page
    assert "工厂今天恢复生产" not in page


def test_otto_sees_nothing_of_the_desk(client, otto, draft):
    client.force_login(otto)

    response = client.get(reverse(CHANGE, args=[draft.pk]))

    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_what_was_published_is_never_deleted(client, charlie, live):
    client.force_login(charlie)

    response = client.post(reverse("admin:articles_article_delete", args=[live.pk]), {"post": "y"})

    assert response.status_code == 403
    assert Article.objects.filter(pk=live.pk).exists()


def test_a_draft_is_deleted_by_the_desk(client, charlie, draft):
    client.force_login(charlie)

    client.post(reverse("admin:articles_article_delete", args=[draft.pk]), {"post": "yes"})

    assert not Article.objects.exists()
    assert Event.objects.filter(verb=Verb.DELETE, actor=charlie).exists()


def ask(story, name):
    return reverse("admin:articles_article_verb", args=[story.pk, name])


def strict_client():
    return Client(enforce_csrf_checks=True)


def test_enter_in_a_line_saves_and_does_no_verb(at_the_desk, ellen, in_review):
    page = at_the_desk(ellen, in_review).text

    buttons = re.findall(r'<(?:input|button)[^>]*type="submit"[^>]*>', page)

    in_form = [button for button in buttons if "_verb" in button or "_continue" in button]
    assert 'name="_continue"' in in_form[0]
    assert any("approve_and_publish" in button for button in in_form)


def test_what_is_to_be_changed_stands_beside_the_stage(at_the_desk, wanda, ellen, in_review):
    review.request_changes(in_review, comment="请补充出处", by=ellen)

    page = at_the_desk(wanda, in_review).text

    standing = page[page.index("desk-standing") :][:600]
    assert "请补充出处" in standing


# Pictures


def known_pictures(response):
    """What the form tells its scripts of the pictures in the text."""
    said = re.search(r'id="desk-pictures" type="application/json">(.*?)</script>', response.text)
    return json.loads(said[1])["known"]


def test_the_form_says_what_became_of_the_pictures_in_the_text(at_the_desk, ellen):
    home = factories.picture(source_url="https://pictures.example/home.png")
    dead = intake.refer_to("https://pictures.example/dead.png")
    Image.objects.filter(pk=dead.pk).update(fetch_problem=Problem.NO_PICTURE)
    intake.refer_to("https://pictures.example/outside.png")
    addresses = [f"https://pictures.example/{name}.png" for name in ("home", "dead", "outside")]
    body = "".join(f'<figure><img src="{address}"></figure>' for address in addresses)
    story = factories.draft(body=body + '<figure><img src="/a.png" data-image="99999"></figure>')

    known = known_pictures(at_the_desk(ellen, story))

    states = [known[address]["state"] for address in addresses]
    assert states == ["home", "dead", "outside"]
    assert known[addresses[0]]["src"] == home.url
    assert known[addresses[1]]["why"]
    assert known["99999"] == {"state": "lost"}


def test_a_refused_form_with_an_odd_picture_is_shown_again(client, ellen, draft):
    body = '<figure><img src="/a.png" data-image="x7"></figure>'

    response = save(client, ellen, draft, body=body, **{"bylines-author": ["没有此人"]})

    assert response.status_code == 200
    assert known_pictures(response) == {}


def test_the_header_picture_is_a_number_to_those_without_scripts(client, ellen, draft):
    picture = factories.picture()

    save(client, ellen, draft, header_image=str(picture.pk))

    draft.refresh_from_db()
    assert draft.header_image == picture


def test_a_header_picture_that_is_not_there_is_refused(client, ellen, draft):
    response = save(client, ellen, draft, header_image="99999")

    assert response.context["adminform"].form.errors["header_image"]
