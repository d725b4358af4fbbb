"""Previews at the desk: what is being written, as the readers' page; and links for outsiders."""

import re
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk import autosaving, publishing, review, sharing, writing
from articles.desk.sharing import Lifetime
from articles.models import PreviewLink
from tests import factories

NUMBER = uuid4()


@pytest.fixture
def look(client):
    """What somebody sees of a story's preview."""

    def looked(user, story, **question):
        client.force_login(user)
        return client.get(reverse("desk_preview", args=[story.pk]), question)

    return looked


@pytest.fixture
def look_at_new(client):
    def looked(user, number=NUMBER, **question):
        client.force_login(user)
        return client.get(reverse("desk_preview_new", args=[number]), question)

    return looked


def typed(user, *, tab="here", **where):
    """Somebody types, and has not saved."""
    content = {"title": ["打到一半的标题"], "body": ["<p>打到一半。<script>alert(1)</script></p>"]}
    return autosaving.keep(user, content=content, tab=tab, count=1, **where)


def article_of(page):
    """What is told of the story: no times, which differ by a moment, and no way to pass it on."""
    article = page.partition("<article")[2].partition("</article>")[0]
    told = re.sub(r'<time.*?</time>|<div class="share">.*?</div>', "", article, flags=re.DOTALL)
    return told.split()


def test_the_preview_is_the_page_readers_will_get(client, look, ellen, approved):
    preview = look(ellen, approved).text
    publishing.publish(approved, by=ellen)
    page = client.get(approved.get_absolute_url()).text

    assert article_of(preview) == article_of(page)
    assert "预览：未发布" in preview.partition("<article")[0]


def test_the_preview_of_a_live_story_shows_the_working_copy(look, ellen, live):
    changed = writing.working_snapshot(live).changed(title="改过的标题", tags=("新标签",))
    writing.revise(live, changed, by=ellen)

    page = look(ellen, live).text

    assert "改过的标题" in page
    assert "新标签" in page
    assert "预览：改动未发布" in page


def test_looking_writes_nothing(look, ellen, live):
    typed(ellen, article=live)
    look(ellen, live)

    with CaptureQueriesContext(connection) as queries:
        look(ellen, live, tab="here")

    writes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    of_the_login = [sql for sql in writes if "_session" in sql or "articles_user" in sql]
    assert writes == of_the_login


def test_what_is_typed_in_this_window_is_shown(look, ellen, draft):
    typed(ellen, article=draft)

    page = look(ellen, draft, tab="here").text

    assert "打到一半的标题" in page
    assert "<p>打到一半。</p>" in page
    assert "alert" not in page


@pytest.mark.parametrize("question", [{}, {"tab": "elsewhere"}], ids=["none", "another"])
def test_what_is_typed_in_another_window_is_not_shown(look, ellen, draft, question):
    typed(ellen, article=draft)

    assert "打到一半" not in look(ellen, draft, **question).text


def test_what_a_colleague_is_typing_is_not_shown(look, ellen, wanda, draft):
    typed(wanda, article=draft)

    assert "打到一半" not in look(ellen, draft, tab="here").text


def test_a_story_that_was_never_saved_is_shown_by_its_number(look_at_new, wanda):
    typed(wanda, new_story=NUMBER)

    assert "打到一半的标题" in look_at_new(wanda, tab="here").text


def test_somebody_elses_new_story_is_an_empty_page(look_at_new, wanda, ellen):
    typed(wanda, new_story=NUMBER)

    page = look_at_new(ellen, tab="here")

    assert page.status_code == 200
    assert "打到一半" not in page.text


def test_a_new_story_of_which_nothing_is_kept_yet_is_an_empty_page(look_at_new, wanda):
    assert look_at_new(wanda).status_code == 200


def test_the_preview_is_for_this_person_and_this_moment_only(look, ellen, draft):
    response = look(ellen, draft)

    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert "canonical" not in response.text


def test_only_the_desk_may_frame_the_preview(look, ellen, draft):
    response = look(ellen, draft)

    assert response["X-Frame-Options"] == "SAMEORIGIN"
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy


def test_the_form_may_show_the_preview_beside_the_text(client, ellen, draft):
    client.force_login(ellen)

    response = client.get(reverse("admin:articles_article_change", args=[draft.pk]))

    assert "frame-src 'self'" in response["Content-Security-Policy"]
    assert reverse("desk_preview", args=[draft.pk]) in response.text


def test_the_preview_speaks_the_readers_language(client, look, ellen, draft, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    response = look(ellen, draft)

    assert '<html lang="zh-Hans">' in response.text
    assert response["Content-Language"] == "zh-hans"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_preview_is_only_looked_at(client, ellen, draft, method):
    client.force_login(ellen)

    address = reverse("desk_preview", args=[draft.pk])

    assert getattr(client, method)(address).status_code == 405


def test_wanda_looks_at_what_she_submitted_and_at_nobody_elses(look, wanda, ellen, in_review):
    other = writing.create(factories.snapshot(title="艾伦的稿件"), by=ellen)

    assert look(wanda, in_review).status_code == 200
    assert look(wanda, other).status_code == 404


def test_otto_is_led_to_the_login(look, look_at_new, otto, draft):
    assert look(otto, draft).status_code == 302
    assert look_at_new(otto).status_code == 302


def test_a_member_of_staff_without_a_role_sees_no_preview(look, look_at_new, otto, draft):
    otto.is_staff = True
    otto.save(update_fields=["is_staff"])

    assert look(otto, draft).status_code == 404
    assert look_at_new(otto).status_code == 404


def test_what_points_nowhere_any_more_is_left_out(look, ellen, live):
    gone = {"category": 9999, "bylines": ((9999, "author"),), "also_in": (9999,)}
    writing.revise(live, writing.working_snapshot(live).changed(**gone), by=None)

    page = look(ellen, live)

    assert page.status_code == 200
    assert "林墨" not in page.text


# Links


@pytest.fixture
def page(client):
    """The page of a story's links."""

    def opened(user, story):
        client.force_login(user)
        return client.get(address_of(story))

    return opened


def address_of(story):
    return reverse("admin:articles_article_previews", args=[story.pk])


def make(client, user, story, **facts):
    client.force_login(user)
    return client.post(address_of(story), {"lifetime": Lifetime.DAY.value} | facts)


def revoke(client, user, story, link):
    client.force_login(user)
    return client.post(reverse("admin:articles_article_revoke", args=[story.pk, link.pk]))


def test_the_address_is_shown_once_and_opens_the_preview(client, page, wanda, draft):
    response = make(client, wanda, draft, label="老陈", may_comment="on")
    shown = re.search(r'value="http://127.0.0.1:8000(/preview/[\w-]+/)"', response.text)[1]
    client.logout()
    guest = client.get(shown)

    link = PreviewLink.objects.get()
    assert (link.label, link.may_comment, link.single_use) == ("老陈", True, False)
    assert guest.status_code == 200
    assert draft.title in guest.text
    assert "no-store" in response["Cache-Control"]
    assert shown not in page(wanda, draft).text


def test_the_links_of_a_story_say_what_became_of_them(client, page, wanda, ellen, draft):
    link, _token = sharing.share(draft, lifetime=Lifetime.DAY, label="老陈", by=wanda)
    sharing.open_once(link)
    sharing.share(draft, lifetime=Lifetime.DAY, label="老李", by=ellen)
    revoke(client, ellen, draft, link)

    text = page(ellen, draft).text

    rows = [row for row in re.findall(r"<tr.*?</tr>", text, re.DOTALL) if "老" in row]
    assert ["老李" in rows[0], "老陈" in rows[1]] == [True, True]
    assert "/revoke/" in rows[0]
    assert "csrfmiddlewaretoken" in rows[0]
    assert "/revoke/" not in rows[1]
    assert "已被收回" in rows[1]
    assert "Wanda" in rows[1]


def test_a_revoked_link_opens_nothing(client, ellen, draft):
    link, token = sharing.share(draft, lifetime=Lifetime.DAY, by=ellen)

    response = revoke(client, ellen, draft, link)

    assert response["Location"] == address_of(draft)
    assert [str(message) for message in get_messages(response.wsgi_request)]
    assert client.get(f"/preview/{token}/").status_code == 410


def test_a_lifetime_nobody_offered_is_refused(client, ellen, draft):
    response = make(client, ellen, draft, lifetime="100000")

    assert response.context["form"].errors["lifetime"]
    assert not PreviewLink.objects.exists()


def test_wanda_does_not_share_what_she_submitted_by_a_crafted_form(client, wanda, in_review):
    response = make(client, wanda, in_review)

    assert response.status_code == 200
    assert not PreviewLink.objects.exists()


def test_nobody_finds_the_links_of_a_story_that_is_not_at_their_desk(client, wanda, ellen):
    story = writing.create(factories.snapshot(), by=ellen)
    link, _token = sharing.share(story, lifetime=Lifetime.DAY, by=ellen)
    client.force_login(wanda)

    answers = [client.get(address_of(story)), make(client, wanda, story)]
    answers += [revoke(client, wanda, story, link)]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert PreviewLink.objects.valid().count() == 1


def test_the_link_of_another_story_is_not_revoked_by_way_of_ones_own(client, wanda, ellen, draft):
    story = writing.create(factories.snapshot(), by=ellen)
    link, _token = sharing.share(story, lifetime=Lifetime.DAY, by=ellen)

    response = revoke(client, wanda, draft, link)

    assert response.status_code == 404
    assert PreviewLink.objects.valid().exists()


def test_looking_at_the_address_of_a_revocation_revokes_nothing(client, ellen, draft):
    link, _token = sharing.share(draft, lifetime=Lifetime.DAY, by=ellen)
    client.force_login(ellen)

    response = client.get(reverse("admin:articles_article_revoke", args=[draft.pk, link.pk]))

    assert response.status_code == 405
    assert PreviewLink.objects.valid().exists()


def test_a_guests_comment_is_counted_and_told_to_whoever_shared(client, page, wanda, draft):
    link, _token = sharing.share(draft, lifetime=Lifetime.DAY, may_comment=True, by=wanda)

    note = sharing.comment(link, name="老陈", text="第二段的数字对吗？")

    assert draft.notifications.get(recipient=wanda).note == note
    assert re.search(r"<td>1</td>", page(wanda, draft).text)


def test_a_withdrawn_story_has_no_form_for_links(page, charlie, withdrawn):
    assert 'name="lifetime"' not in page(charlie, withdrawn).text


def test_a_submitted_story_is_shared_by_its_editor(client, ellen, draft, wanda):
    story = review.submit(draft, by=wanda)

    make(client, ellen, story, single_use="on")

    assert PreviewLink.objects.get().single_use
