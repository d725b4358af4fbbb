"""What nobody clicks on purpose: odd addresses, and stories that go between two clicks."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from articles.admin import article_verb_pages
from articles.admin.article import ArticleAdmin
from articles.desk import publishing, review, writing
from articles.models import Article
from tests import factories

STORIES = reverse("admin:articles_article_changelist")


@pytest.mark.parametrize("chosen", ["²", "abc", "٣", "9" * 40, "-1"])
def test_a_category_that_is_no_number_finds_something_or_nothing(client, ellen, draft, chosen):
    client.force_login(ellen)

    response = client.get(STORIES, {"in": chosen})

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("model", "suggested"),
    [
        ("articles_article", {"bylines": "abc"}),
        ("articles_article", {"header_image": "abc"}),
        ("articles_article", {"header_image": "²"}),
        ("articles_article", {"category": "abc", "also_in": "abc,1", "tags": "abc"}),
        ("articles_author", {"portrait": "abc", "user": "abc"}),
        ("articles_category", {"cover": "abc", "parent": "abc"}),
    ],
    ids=["bylines", "picture", "odd digit", "categories", "author", "cover"],
)
def test_an_address_that_suggests_nonsense_opens_an_empty_form(client, charlie, model, suggested):
    client.force_login(charlie)

    response = client.get(reverse(f"admin:{model}_add"), suggested)

    assert response.status_code == 200


def test_an_address_that_suggests_a_category_is_followed(client, ellen, category):
    client.force_login(ellen)

    response = client.get(reverse("admin:articles_article_add"), {"category": category.pk})

    assert response.context["adminform"].form["category"].value() == str(category.pk)


def test_a_search_for_pictures_overlooks_a_null_character(client, wanda):
    picture = factories.picture(alt="一块颜色")
    client.force_login(wanda)

    answer = client.get(reverse("admin:images_image_choose"), {"q": "颜\0色"}).json()

    assert [found["id"] for found in answer["pictures"]] == [picture.pk]


def test_a_name_with_a_null_character_is_the_name(client, ellen, category, author):
    client.force_login(ellen)
    form = {"title": "新稿", "kind": "news", "licence": "original", "ai_disclosure": "none"}
    form |= {"bylines-author": ["林\0墨"], "bylines-role": ["author"]}

    client.post(reverse("admin:articles_article_add"), form)

    assert [b.author for b in Article.objects.get().bylines.all()] == [author]


# Gone meanwhile


def test_a_story_that_is_gone_is_not_deleted_again(client, charlie, draft):
    address = reverse("admin:articles_article_delete", args=[draft.pk])
    writing.delete(draft, by=None)
    client.force_login(charlie)

    response = client.post(address, {"post": "yes"})

    assert response.status_code == 302
    assert said(response)


def test_a_story_that_goes_while_it_is_deleted_is_told_with_a_sentence(
    client, charlie, draft, monkeypatch
):
    monkeypatch.setattr(ArticleAdmin, "has_delete_permission", meanwhile(gone))
    client.force_login(charlie)

    response = client.post(
        reverse("admin:articles_article_delete", args=[draft.pk]), {"post": "yes"}
    )

    assert response["Location"] == STORIES
    assert said(response)


def test_a_story_that_is_published_while_it_is_deleted_stays(client, charlie, draft, monkeypatch):
    monkeypatch.setattr(ArticleAdmin, "has_delete_permission", meanwhile(published))
    client.force_login(charlie)

    response = client.post(
        reverse("admin:articles_article_delete", args=[draft.pk]), {"post": "yes"}
    )

    assert response.status_code == 302
    assert said(response)
    assert Article.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("verb", ["request_changes", "approve"])
def test_a_verb_on_a_story_that_goes_meanwhile_is_answered(
    client, ellen, in_review, monkeypatch, verb
):
    choice = article_verb_pages.CHOICES[verb]
    monkeypatch.setattr(
        article_verb_pages, "available_choices", lambda story, by: gone(story) or [choice]
    )
    client.force_login(ellen)
    address = reverse("admin:articles_article_verb", args=[in_review.pk, verb])

    response = client.post(address, {"comment": "太长。"})

    assert response["Location"] == STORIES
    assert said(response)


def test_a_story_that_goes_while_it_is_saved_is_told_with_a_sentence(
    client, ellen, draft, monkeypatch
):
    monkeypatch.setattr(ArticleAdmin, "construct_change_message", meanwhile(gone))
    client.force_login(ellen)
    form = {"title": "新", "based_on": draft.working_revision_id, "kind": "news"}
    form |= {"licence": "original", "ai_disclosure": "none", "_verb": "submit"}

    response = client.post(reverse("admin:articles_article_change", args=[draft.pk]), form)

    assert response["Location"] == STORIES
    assert said(response)


def meanwhile(happens):
    """In place of a method of the admin: something happens to the only story there is."""

    def method(*args, **kwargs):
        happens(Article.objects.first())
        return True

    return method


def gone(story):
    if story:
        writing.delete(Article.objects.get(pk=story.pk), by=None)


def published(story):
    if story.first_published_at is None:
        publishing.publish(review.approve(story, by=None), by=None)


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))
