"""A kept text is looked at beside what is saved, whatever became of its story."""

import json
import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from articles.admin.kept_offers import offers_to
from articles.desk import assigning, autosaving, review, writing
from articles.models import Article, Autosave, Conflict
from tests import factories
from tests.admin.autosave.windows import content_of, offered, window_of
from tests.admin.test_stories import fields

ADD = "admin:articles_article_add"
CHANGE = "admin:articles_article_change"
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


def sent_from(form, client):
    """What a form with a restored text sends, and what else an empty one holds."""
    empty = client.get(reverse(ADD))
    return fields(empty) | fields(form) | window_of(form) | {"autosave_count": 1}


def test_wanda_begins_a_new_story_with_what_she_typed(client, lost, wanda):
    (offer,) = offers_to(wanda)
    client.force_login(wanda)
    page = client.get(offer.address)
    said = unescape(re.search(r'name="_restore" value="([^"]*)"', page.text)[1])

    form = client.post(reverse(ADD), {"_restore": said})
    client.post(reverse(ADD), sent_from(form, client))

    assert Article.objects.filter(title="打到一半").exists()
    assert offers_to(wanda) == []


def test_what_wanda_typed_since_stays_when_she_begins_a_new_story(client, lost, wanda):
    (offer,) = offers_to(wanda)
    client.force_login(wanda)
    page = client.get(offer.address)
    said = unescape(re.search(r'name="_restore" value="([^"]*)"', page.text)[1])
    form = client.post(reverse(ADD), {"_restore": said})
    Autosave.objects.filter(article=lost).update(count=9)

    client.post(reverse(ADD), sent_from(form, client))

    assert Article.objects.filter(title="打到一半").exists()
    assert [offer.title for offer in offers_to(wanda)] == ["打到一半"]


def test_wanda_throws_away_what_she_typed_in_a_story_she_lost(client, lost, wanda):
    (offer,) = offers_to(wanda)
    client.force_login(wanda)
    page = client.get(offer.address)
    said = dict(re.findall(r'name="(autosave_\w+)" value="([^"]*)"', page.text))

    client.post(offer.discard_address, said)

    assert offers_to(wanda) == []


@pytest.mark.parametrize("is_deleted", [False, True], ids=["somebody else's", "gone"])
def test_a_text_only_the_browser_has_outlives_its_story(client, lost, wanda, charlie, is_deleted):
    Autosave.objects.all().delete()
    pk = lost.pk
    if is_deleted:
        writing.delete(lost, by=charlie)
    said = {"content": {"title": ["只在浏览器里"]}, "tab": "first", "count": 3, "story": pk}
    client.force_login(wanda)

    page = client.post(reverse(COMPARE, args=[pk]), {"_text": json.dumps(said)})

    assert page.context["story"].title == "只在浏览器里"
    assert json.loads(unescape(re.search(r'name="_restore" value="([^"]*)"', page.text)[1])) == said
    assert "沃尔特" not in page.text
    assert "机密的导语" not in page.text


def test_a_story_one_lost_and_typed_nothing_in_has_no_such_page(client, lost, wanda, walter):
    Autosave.objects.all().delete()
    client.force_login(wanda)

    assert client.get(reverse(COMPARE, args=[lost.pk])).status_code == 404
