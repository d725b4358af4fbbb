"""The door for what is pasted: who may use it, what goes in, what comes out, and what is said."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from articles.admin import pasting
from articles.body.tidying import tidy_pasted
from articles.models import Article, Event
from tests.body.test_pasted import EXPECTED, clipboard

ADDRESS = reverse("admin:articles_article_tidy")


def tidy(client, user, html, **said):
    client.force_login(user)
    said = {"user": user.pk, "html": html, **said}
    return client.post(ADDRESS, json.dumps(said), content_type="application/json")


def test_what_word_put_on_the_clipboard_comes_back_as_a_body_is_stored(client, wanda):
    response = tidy(client, wanda, clipboard("word"))

    assert response.status_code == 200
    assert response.json()["html"] == EXPECTED["word"]


def test_what_is_left_out_is_said(client, wanda):
    said = tidy(client, wanda, clipboard("page")).json()["notice"]

    assert "微博复制链接" in said
    assert "延伸阅读：梨也可以" in said


def test_a_picture_that_stays_behind_is_said(client, wanda):
    said = tidy(client, wanda, clipboard("word")).json()["notice"]

    assert "1" in said
    assert "file:" not in said


def test_nothing_is_said_if_nothing_is_missing(client, wanda):
    assert tidy(client, wanda, clipboard("docs")).json()["notice"] == ""


def test_marks_of_lists_are_not_missed():
    assert pasting.notice(tidy_pasted(clipboard("word"))).count("“") == 0


def test_of_many_pieces_a_few_are_named_and_long_ones_shortened():
    boxes = "".join(f"<button>按钮{n}{'很长' * 40}</button>" for n in range(9))

    said = pasting.notice(tidy_pasted(f"<p>{'正文' * 2000}</p>{boxes}"))

    assert said.count("按钮") == 2 * 5  # its kind and its text
    assert "4" in said
    assert len(said) < 300


def test_pasting_stores_nothing(client, wanda):
    tidy(client, wanda, clipboard("word"))

    assert not Article.objects.exists()
    assert not Event.objects.exists()


# What must not happen


def test_whoever_writes_nothing_gets_nothing(client, otto):
    otto.is_staff = True
    otto.save(update_fields=["is_staff"])

    response = tidy(client, otto, "<p>甲</p>")

    assert response.status_code == 403
    assert "html" not in response.json()


def test_whoever_is_logged_out_is_told_so(client, wanda):
    body = json.dumps({"user": wanda.pk, "html": "<p>甲</p>"})

    response = client.post(ADDRESS, body, content_type="application/json")

    assert response.status_code == 403
    assert response.json()["reason"] == "session"


def test_another_site_cannot_use_it(wanda):
    client = Client(enforce_csrf_checks=True)

    assert tidy(client, wanda, "<p>甲</p>").status_code == 403


def test_it_is_no_page_to_look_at(client, wanda):
    client.force_login(wanda)

    assert client.get(ADDRESS).status_code == 405


@pytest.mark.parametrize("html", [None, 7, ["<p>"], {"a": 1}], ids=repr)
def test_what_no_script_sends_is_refused(client, wanda, html):
    assert tidy(client, wanda, html).status_code == 400


def test_what_is_too_long_is_refused_with_a_sentence(client, wanda, monkeypatch):
    monkeypatch.setattr(pasting, "MOST", 10)

    response = tidy(client, wanda, "<p>一二三四五六七八九</p>")

    assert response.status_code == 413
    assert response.json()["error"]


@pytest.mark.parametrize(
    "html",
    [
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">甲</a>',
        "<svg><script>alert(1)</script></svg>",
        '<p x-data x-init="alert(1)" @click="alert(1)">甲</p>',
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    ],
)
def test_nothing_that_runs_comes_back(client, wanda, html):
    said = tidy(client, wanda, html).json()["html"]

    assert not re.search(r"<[^>]*(?:on\w+=|javascript:|x-init|@click)|<script|<svg", said)
