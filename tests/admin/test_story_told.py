"""What an editor is told of a story before it is thrown away, and of what was not done."""

import pytest
from django.urls import reverse

from articles.desk import autosaving, presence, writing
from tests.admin.test_stories import said, save


@pytest.fixture
def question(client, charlie, draft):
    """The page that asks Charlie before the draft is thrown away."""

    def asked():
        client.force_login(charlie)
        return client.get(reverse("admin:articles_article_delete", args=[draft.pk])).text

    return asked


def test_whoever_throws_a_story_away_reads_whose_text_is_not_saved(question, draft, wanda):
    content = {"title": ["打到一半"]}
    autosaving.keep(wanda, article=draft, content=content, tab="first", count=1)

    page = question()

    assert "Wanda有尚未保存的文字，删除后会作为新稿件留给本人。" in page
    assert "稿件及其1个版本将被删除" in page
    assert "Wanda正在编辑" not in page


def test_whoever_throws_a_story_away_reads_who_is_editing_it(question, draft, wanda):
    presence.attend(wanda, draft, tab="first", is_writing=True)

    page = question()

    assert "Wanda正在编辑" in page
    assert "尚未保存" not in page


def test_what_was_not_done_is_named_with_the_reason(client, wanda, draft):
    incomplete = writing.working_snapshot(draft).changed(category=None)
    writing.revise(draft, incomplete, by=wanda)

    response = save(client, wanda, draft, _verb="submit")

    assert said(response).startswith("未能提交审核：")


def test_what_is_wrong_beside_the_story_is_told_above_it(client, wanda, draft):
    page = save(client, wanda, draft, source_url="no address")

    assert '<a class="desk-link" href="#id_source_url">来源网址</a>' in page.text
