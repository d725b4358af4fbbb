"""A document's way, told through the doors: importer, admin, page, feed, and gone again."""

from io import StringIO

import feedparser
import pytest
from django.core.management import call_command
from django.urls import reverse

from articles.images.models import Image
from articles.models import Article
from tests.admin.test_stories import save
from tests.desk.test_importing import DOCUMENT


@pytest.fixture
def imported(db, tmp_path):
    """The draft that a document became, its header picture described by an editor."""
    (tmp_path / "4711.md").write_text(DOCUMENT, encoding="utf-8")
    call_command("import_articles", str(tmp_path), stdout=StringIO(), stderr=StringIO())
    Image.objects.update(alt="车间里的机器人")
    return Article.objects.get()


def _feed_titles(client) -> list[str]:
    return [entry.title for entry in feedparser.parse(client.get("/feed/").content).entries]


def test_an_imported_draft_is_nobodys_business(client, imported):
    response = client.get(imported.get_absolute_url())

    assert response.status_code == 404
    assert _feed_titles(client) == []


def test_an_editor_corrects_and_publishes_it(client, ellen, imported):
    save(client, ellen, imported, title="造纸厂换上机器人", _verb="approve_and_publish")
    client.logout()

    imported.refresh_from_db()
    page = client.get(imported.get_absolute_url())
    assert page.status_code == 200
    assert "造纸厂换上机器人" in page.text
    assert "<p>机器人搬运纸卷。</p>" in page.text
    assert _feed_titles(client) == ["造纸厂换上机器人"]


def test_the_document_coming_again_changes_nothing_for_readers(client, ellen, imported, tmp_path):
    save(client, ellen, imported, title="造纸厂换上机器人", _verb="approve_and_publish")
    before = client.get(reverse("article_short", args=[imported.pk]), follow=True).content

    call_command("import_articles", str(tmp_path), publish=True, stdout=StringIO())

    after = client.get(reverse("article_short", args=[imported.pk]), follow=True).content
    assert after == before


def test_a_rework_waits_until_it_is_published(client, ellen, imported):
    save(client, ellen, imported, _verb="approve_and_publish")
    imported.refresh_from_db()

    save(client, ellen, imported, body="<p>机器人都停了。</p>")

    assert "机器人都停了" not in client.get(imported.get_absolute_url()).text
    save(client, ellen, imported, _verb="approve_and_publish")
    assert "机器人都停了" in client.get(imported.get_absolute_url()).text


def test_withdrawn_it_is_gone_with_its_reason(client, ellen, charlie, imported):
    save(client, ellen, imported, _verb="approve_and_publish")
    client.force_login(charlie)
    ask = reverse("admin:articles_article_verb", args=[imported.pk, "withdraw"])

    client.post(ask, {"reason": "原文已撤回。"})

    client.logout()
    imported.refresh_from_db()
    page = client.get(imported.get_absolute_url())
    assert page.status_code == 410
    assert "原文已撤回。" in page.text
    assert _feed_titles(client) == []
