"""Simple pages in the admin: the history, an edit of an older version, what is said on saving."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.html import strip_tags

from articles.desk import pages
from articles.models import Page
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def charlies(client, charlie):
    client.force_login(charlie)
    return client


@pytest.fixture
def page():
    return factories.page("关于我们", body="<p>七个人。</p>", slug="about")


def at(name, page, *numbers):
    return reverse(f"admin:articles_page_{name}", args=[page.pk, *numbers])


def opened(client, page):
    """What a browser that has opened the form would send."""
    form = client.get(at("change", page)).context["adminform"].form
    said = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in said.items() if value is not None and value is not False}


def save(client, page, said, **changes):
    return client.post(at("change", page), said | changes, follow=True)


def messages_of(response):
    return [str(message) for message in get_messages(response.wsgi_request)] or [
        str(message) for message in response.context["messages"]
    ]


# --- Saving


def test_what_is_saved_from_an_older_version_is_refused_and_stays_in_the_form(charlies, page):
    mine = opened(charlies, page)
    save(charlies, page, opened(charlies, page), body="<p>八个人。</p>", title="我们")

    response = save(charlies, page, mine, body="<p>七个人，三座城市。</p>")

    page.refresh_from_db()
    assert page.body == "<p>八个人。</p>"
    assert "保存了本页的第 2 版" in response.text
    form = response.context["adminform"].form
    assert form["body"].value() == "<p>七个人，三座城市。</p>"


def test_a_page_that_was_read_before_somebody_saved_counts_as_opened_with_nothing(page):
    read_before = Page.objects.get(pk=page.pk)
    page.title = "我们"
    pages.save(page, by=None)

    assert pages.version_shown(read_before) is None
    assert pages.version_shown(page) == pages.newest_version(page)


def test_the_sentence_names_who_was_faster(charlies, ellen, page):
    mine = opened(charlies, page)
    ellen.is_superuser = True
    ellen.save(update_fields=["is_superuser"])
    charlies.force_login(ellen)
    save(charlies, page, opened(charlies, page), body="<p>八个人。</p>")
    charlies.force_login(type(ellen).objects.get(username="charlie"))

    response = save(charlies, page, mine, body="<p>九个人。</p>")

    assert "Ellen 保存了本页的第 2 版" in response.text


def test_what_the_other_one_saved_is_to_be_read_beside_it(charlies, page):
    mine = opened(charlies, page)
    save(charlies, page, opened(charlies, page), body="<p>八个人。</p><p>还有一只猫。</p>")

    response = save(charlies, page, mine, body="<p>七个人。</p><p>新的一段。</p>")

    beside = response.text.partition("data-desk-meanwhile")[2]
    words = strip_tags(beside)
    assert "还有一只猫。" in words
    assert "新的一段。" in words
    assert at("version", page, 2) in beside


def test_saved_again_it_is_the_next_version_and_the_other_one_is_kept(charlies, page):
    mine = opened(charlies, page)
    save(charlies, page, opened(charlies, page), body="<p>八个人。</p>")
    refused = save(charlies, page, mine, body="<p>九个人。</p>")

    again = refused.context["adminform"].form["based_on"].value()
    save(charlies, page, mine, based_on=again, body="<p>九个人。</p>")

    bodies = list(page.versions.order_by("number").values_list("body", flat=True))
    assert bodies == ["<p>七个人。</p>", "<p>八个人。</p>", "<p>九个人。</p>"]
    page.refresh_from_db()
    assert page.body == "<p>九个人。</p>"


@pytest.mark.parametrize("known", ["", "0", "x", "99999"])
def test_a_form_that_knows_no_version_replaces_nothing(charlies, page, known):
    said = opened(charlies, page) | {"based_on": known}

    save(charlies, page, said, body="<p>改了。</p>")

    page.refresh_from_db()
    assert page.body == "<p>七个人。</p>"


def test_pictures_without_words_are_named_when_a_page_is_saved(charlies, page):
    picture = factories.picture(caption="编辑部的窗")
    body = f'<figure><img src="{picture.url}" data-image="{picture.pk}"></figure>'

    response = save(charlies, page, opened(charlies, page), body=body)

    page.refresh_from_db()
    assert "data-image" in page.body
    assert any("缺替代文字" in said and "编辑部的窗" in said for said in messages_of(response))


def test_no_page_is_deleted(charlies, page):
    response = charlies.post(at("delete", page), {"post": "yes"})

    assert response.status_code == 403
    assert Page.objects.get() == page


# --- The history


def test_the_history_says_who_saved_what_and_when(charlies, page):
    save(charlies, page, opened(charlies, page), body="<p>八个人。</p>")

    form = charlies.get(at("change", page))
    response = charlies.get(at("history", page))

    assert at("history", page) in form.text
    assert [version.number for version in response.context["versions"]] == [2, 1]
    assert "Charlie" in response.text
    assert at("compare", page, 1, 2) in response.text


def test_two_versions_are_compared_field_by_field_and_block_by_block(charlies, page):
    changes = {"body": "<p>七个人。</p><p>一只猫。</p>", "slug": "us", "purpose": "about"}
    save(charlies, page, opened(charlies, page), **changes)

    response = charlies.get(at("compare", page, 1, 2))

    change = response.context["change"]
    assert [one.name for one in change.changed] == ["purpose", "slug"]
    assert change.is_body_changed
    assert "一只猫。" in response.text


def test_an_old_version_is_read_and_brought_back(charlies, page):
    save(charlies, page, opened(charlies, page), body="<p>八个人。</p>")
    newest = page.versions.get(number=2)

    read = charlies.get(at("version", page, 1))
    response = charlies.post(at("restore", page, 1), {"seen": newest.pk}, follow=True)

    page.refresh_from_db()
    assert "七个人。" in read.text
    assert page.body == "<p>七个人。</p>"
    assert "七个人。" in charlies.get("/pages/about/").text
    assert "从第 1 版恢复" in response.text


def test_nothing_is_brought_back_over_a_version_that_was_not_on_the_screen(charlies, page):
    save(charlies, page, opened(charlies, page), body="<p>八个人。</p>")

    response = charlies.post(at("restore", page, 1), {"seen": ""}, follow=True)

    page.refresh_from_db()
    assert page.body == "<p>八个人。</p>"
    assert "保存了本页的第 2 版" in response.text


@pytest.mark.parametrize("name", ["history", "version", "compare"])
@pytest.mark.parametrize("who", ["wanda", "ellen"])
def test_only_who_may_see_pages_sees_their_history(client, request, page, who, name):
    client.force_login(request.getfixturevalue(who))
    numbers = {"history": [], "version": [1], "compare": [1, 1]}[name]

    assert client.get(at(name, page, *numbers)).status_code == 403


def test_a_version_nobody_wrote_is_not_there(charlies, page):
    assert charlies.get(at("version", page, 7)).status_code == 404
    assert charlies.get(at("compare", page, 1, 7)).status_code == 404
