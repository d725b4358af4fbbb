"""Whom the gate holds up, and whom only advice is given."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from articles.desk import importing, publishing, review, scheduling, writing
from articles.desk.gate import IncompleteStory, require_passed
from articles.images.models import Image
from articles.models import Article
from articles.workflow import Stage
from tests.desk.pictured import describe, header_of

A_DAY = timedelta(days=1)
BODY = "<p>工厂今天恢复生产。</p>"


def test_all_that_blocks_is_named_at_once(whole):
    with translation.override("en"), pytest.raises(IncompleteStory) as refused:
        require_passed(None, whole.changed(title="", category=None, standfirst=""))

    assert str(refused.value) == "The title is missing. The category is missing."


@pytest.mark.parametrize("change", [{"title": ""}, {"category": None}, {"body": ""}], ids=str)
def test_an_incomplete_draft_is_not_submitted(wanda, snapshot, change):
    story = writing.create(snapshot.changed(**change), by=wanda)

    with pytest.raises(IncompleteStory):
        review.submit(story, by=wanda)

    story.refresh_from_db()
    assert story.stage == Stage.DRAFT


def test_rights_of_pictures_do_not_hold_up_a_draft(wanda, whole):
    yesterday = timezone.localdate() - A_DAY
    describe(header_of(whole), alt="", licence_expires_on=yesterday)
    story = writing.create(whole, by=wanda)

    review.submit(story, by=wanda)

    assert story.stage == Stage.IN_REVIEW


@pytest.mark.parametrize(
    "act",
    [
        lambda story, by: publishing.publish(story, by=by),
        lambda story, by: scheduling.schedule(story, at=timezone.now() + A_DAY, by=by),
    ],
    ids=["publish", "schedule"],
)
def test_the_gate_stands_before_readers(ellen, whole, act):
    describe(header_of(whole), alt="")
    story = review.approve(writing.create(whole, by=ellen), by=ellen)

    with pytest.raises(IncompleteStory):
        act(story, ellen)

    story.refresh_from_db()
    assert (story.stage, story.first_published_at) == (Stage.APPROVED, None)


def test_advice_holds_nobody_up(ellen, snapshot):
    story = snapshot.changed(title="长,长" * 20, licence="reprint")
    story = review.approve(writing.create(story, by=ellen), by=ellen)

    publishing.publish(story, by=ellen)

    assert story in Article.objects.published()


# Settings


@pytest.mark.parametrize("change", [{"category": None}, {"bylines": ()}, {"body": ""}], ids=str)
def test_an_outlet_can_let_stories_pass_that_lack_something(
    client, settings, ellen, snapshot, change
):
    settings.PUBLISH_GATE_ADVISORY = ["category", "author", "body"]
    story = review.approve(writing.create(snapshot.changed(**change), by=ellen), by=ellen)

    publishing.publish(story, by=ellen)

    addresses = [story.get_absolute_url(), "/", "/feed/", "/sitemap.xml"]
    assert [client.get(address).status_code for address in addresses] == [200] * 4


def test_an_outlet_can_insist_on_a_standfirst(settings, wanda, draft):
    settings.PUBLISH_GATE_BLOCKING = ["standfirst"]

    with translation.override("en"), pytest.raises(IncompleteStory) as refused:
        review.submit(draft, by=wanda)

    assert str(refused.value) == "The standfirst is missing."


def test_nobody_can_publish_without_a_title(settings, ellen, snapshot):
    settings.PUBLISH_GATE_ADVISORY = ["title"]
    story = review.approve(writing.create(snapshot.changed(title=""), by=ellen), by=ellen)

    with pytest.raises(IncompleteStory):
        publishing.publish(story, by=ellen)


# Documents

DOCUMENT = """
---
title: '造纸厂用上了机器人'
categories:
 - 新媒体
{picture}
author: 纸业周刊
date: Sat, 17 Sep 2022 15:01:35 GMT
---
<div><p>机器人搬运纸卷。</p></div>
"""
ADDRESS = "https://pictures.example.com/header.jpg"


def _import(picture=f"headimg: '{ADDRESS}'"):
    data = DOCUMENT.format(picture=picture).encode()
    incoming = importing.Incoming(import_ref="1", file_name="1.md", data=data, publish=True)
    return importing.take_in(incoming, by=None)


def test_a_document_cannot_say_what_its_header_picture_shows(db):
    _import()

    assert Article.objects.published().count() == 1


def test_a_document_is_held_up_where_the_outlet_insists(db, settings):
    settings.PUBLISH_GATE_BLOCKING = ["header_alt"]

    taken = _import()

    assert not Article.objects.published().exists()
    assert taken.article.stage == Stage.DRAFT
    assert taken.remarks[-1] == "暂存为草稿：头图缺替代文字。"


def test_a_document_whose_picture_may_not_be_shown_stays_a_draft(db):
    Image.objects.create(source_url=ADDRESS, licence_expires_on=timezone.localdate() - A_DAY)

    taken = _import()

    assert not Article.objects.published().exists()
    assert taken.remarks[-1] == "暂存为草稿：以下图片的授权已到期：header.jpg。"
