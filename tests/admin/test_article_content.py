"""What a form holds before it is saved, read leniently: for previews, checks and comparisons."""

import pytest
from django.urls import reverse

from articles.admin.article_content import lenient_snapshot, says_the_same
from articles.desk import writing
from articles.models import Article, Snapshot
from tests import factories
from tests.admin.test_stories import fields


@pytest.fixture
def content(client, ellen, draft):
    """What the form of the draft holds when it is opened."""
    client.force_login(ellen)
    opened = client.get(reverse("admin:articles_article_change", args=[draft.pk]))
    sent = fields(opened)
    return {
        name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
        for name, value in sent.items()
    }


def test_an_untouched_form_says_what_the_working_copy_says(draft, content):
    assert lenient_snapshot(draft, content) == writing.working_snapshot(draft)
    assert says_the_same(draft, content)


def test_a_changed_title_is_read(draft, content):
    snapshot = lenient_snapshot(draft, content | {"title": ["  新的 标题 "]})

    assert snapshot == writing.working_snapshot(draft).changed(title="新的 标题")


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ["长" * 201]},
        {"category": ["999999"]},
        {"category": ["not a number"]},
        {"header_image": ["999999"]},
        {"bylines-author": ["没有此人"], "bylines-role": ["author"]},
        {"tags": ["标" * 101]},
        {"kind": ["gossip"]},
        {"source_url": ["not an address"]},
        {"slug": ["不是地址"]},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_invalid_field_keeps_the_stored_value_and_the_others_are_read(draft, content, wrong):
    snapshot = lenient_snapshot(draft, content | {"standfirst": ["新导语"]} | wrong)

    assert snapshot == writing.working_snapshot(draft).changed(standfirst="新导语")


def test_a_form_with_an_invalid_field_never_says_the_same(draft, content):
    assert not says_the_same(draft, content | {"title": ["长" * 201]})


def test_a_field_that_was_emptied_is_empty(draft, content):
    snapshot = lenient_snapshot(draft, content | {"title": [""], "category": [""], "body": [""]})

    assert (snapshot.title, snapshot.category, snapshot.body) == ("", None, "")


def test_a_field_that_is_missing_says_what_is_stored(draft):
    snapshot = lenient_snapshot(draft, {"standfirst": ["只有导语"]})

    assert snapshot.title == "芯片厂重启生产线"
    assert snapshot.standfirst == "只有导语"


def test_nothing_at_all_is_the_working_copy(draft):
    assert lenient_snapshot(draft, {}) == writing.working_snapshot(draft)


def test_the_body_goes_through_the_allow_list(draft, content):
    hostile = "<p onclick='x()'>好</p><script>alert(1)</script>"

    snapshot = lenient_snapshot(draft, content | {"body": [hostile]})

    assert snapshot.body == "<p>好</p>"


def test_a_story_that_was_never_saved_is_read_on_its_own(db):
    author = factories.author("林墨")
    said = {"title": ["新稿"], "bylines-author": ["林墨"], "bylines-role": ["author"]}

    snapshot = lenient_snapshot(None, said | {"kind": ["review"], "comments_enabled": ["on"]})

    assert snapshot == Snapshot(
        title="新稿", bylines=((author.pk, "author"),), kind="review", slug="xin-gao"
    )


def test_reading_changes_neither_the_story_in_hand_nor_its_row(draft, content):
    lenient_snapshot(draft, content | {"title": ["另一个标题"]})

    assert draft.title == "芯片厂重启生产线"
    assert Article.objects.get().title == "芯片厂重启生产线"
    assert draft.revisions.count() == 1
