"""A save ends what its window typed, and nothing else."""

import json

import pytest
from django.urls import reverse

from articles.desk import autosaving, writing
from articles.models import Article, Conflict
from tests.admin.autosave.windows import content_of, offered, window_of
from tests.admin.test_stories import fields

ADD = "admin:articles_article_add"
CHANGE = "admin:articles_article_change"


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


@pytest.fixture
def save(client, look, wanda, draft):
    """Wanda saves a page of hers, with what its window sends along."""

    def saved(page, title, **window):
        sent = fields(page, title=title) | window_of(page) | window
        return client.post(reverse(CHANGE, args=[draft.pk]), sent)

    return saved


def followed(page, count):
    """What a window says that goes on from the text of a page, which is on its way."""
    return {"tab": window_of(page)["autosave_tab"], "count": count}


@pytest.mark.parametrize("is_late", [False, True], ids=["before the save", "after it"])
def test_what_was_typed_during_a_save_is_based_on_what_it_made(
    keep, look, save, wanda, draft, is_late
):
    page = look(wanda, draft)
    said = {"content": content_of(page), "basedOn": draft.working_revision_id}
    steps = [
        lambda: keep(wanda, tab="new", follows=followed(page, 5), **said),
        lambda: save(page, "保存了", autosave_count=5),
    ]

    for step in reversed(steps) if is_late else steps:
        step()
    save(look(wanda, draft, kept=1), "又保存了")

    draft.refresh_from_db()
    assert draft.title == "又保存了"
    assert not Conflict.objects.exists()


def test_a_window_that_goes_on_after_its_save_arrived_does_not_collide(look, save, wanda, draft):
    page = look(wanda, draft)
    save(page, "保存了", autosave_count=5)

    said = followed(page, 5)
    save(page, "又保存了", autosave_tab="new", follows_tab=said["tab"], follows_count=5)

    draft.refresh_from_db()
    assert draft.title == "又保存了"
    assert not Conflict.objects.exists()


def test_a_text_that_only_the_browser_has_goes_on_from_what_was_saved(
    client, look, save, wanda, draft
):
    page = look(wanda, draft)
    copy = {"content": {"title": ["浏览器里的"]}, "tab": "new", "count": 6}
    copy |= {"basedOn": draft.working_revision_id, "follows": followed(page, 5)}
    save(page, "保存了", autosave_count=5)

    form = client.post(reverse(CHANGE, args=[draft.pk]), {"_restore": json.dumps(copy)})

    draft.refresh_from_db()
    said = form.context["adminform"].form["based_on"].value()
    assert said == str(draft.working_revision_id)


@pytest.mark.parametrize("count", [4, 6], ids=["less", "more"])
def test_a_text_that_does_not_hold_all_that_was_saved_collides(look, save, wanda, draft, count):
    page = look(wanda, draft)
    save(page, "保存了", autosave_count=5)

    said = followed(page, count)
    save(page, "又保存了", autosave_tab="new", follows_tab=said["tab"], follows_count=count)

    draft.refresh_from_db()
    assert draft.title == "保存了"
    assert Conflict.objects.count() == 1


def test_after_a_save_that_collided_whatever_goes_on_from_it_collides(
    look, save, wanda, ellen, draft
):
    page = look(wanda, draft)
    writing.revise(draft, writing.working_snapshot(draft).changed(title="艾伦的"), by=ellen)
    save(page, "保存了", autosave_count=5)

    said = followed(page, 5)
    save(page, "又保存了", autosave_tab="new", follows_tab=said["tab"], follows_count=5)

    draft.refresh_from_db()
    assert draft.title == "艾伦的"


def test_a_refused_form_goes_on_as_the_same_window(client, look, wanda, draft):
    page = look(wanda, draft)
    window = window_of(page) | {"autosave_count": "8"}

    response = client.post(reverse(CHANGE, args=[draft.pk]), fields(page, slug="不是地址") | window)

    assert response.status_code == 200
    assert window_of(response) == window


def test_every_opened_page_is_a_window_of_its_own(look, wanda, draft):
    tabs = {window_of(look(wanda, draft))["autosave_tab"] for _time in range(3)}

    assert len(tabs) == 3
