"""A save ends what its window typed, and nothing else."""

from django.urls import reverse

from articles.desk import autosaving
from articles.models import Article
from tests.admin.autosave.windows import offered, window_of
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


def test_a_refused_form_goes_on_as_the_same_window(client, look, wanda, draft):
    page = look(wanda, draft)
    window = window_of(page) | {"autosave_count": "8"}

    response = client.post(reverse(CHANGE, args=[draft.pk]), fields(page, slug="不是地址") | window)

    assert response.status_code == 200
    assert window_of(response) == window


def test_every_opened_page_is_a_window_of_its_own(look, wanda, draft):
    tabs = {window_of(look(wanda, draft))["autosave_tab"] for _time in range(3)}

    assert len(tabs) == 3
