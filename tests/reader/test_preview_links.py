"""A preview for somebody without an account: what its address shows, to whom, and for how long."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk import publishing, review, scheduling, sharing, writing
from articles.desk.sharing import Lifetime
from articles.models import Note, PreviewLink
from tests import factories
from tests.reader.test_markup import errors
from tests.timing import DAY, ahead

pytestmark = pytest.mark.django_db

NEVER_MADE = "/preview/Nobody-ever-made-this-one-0123/"


@pytest.fixture
def story(ellen):
    """A draft with everything a page shows."""
    return factories.draft(
        title="还没发布的标题",
        standfirst="还没发布的导语",
        body=(
            "<p>还没发布的正文。</p>"
            '<figure><img src="https://pictures.example.org/a.jpg" alt="生产线"></figure>'
        ),
        header_image=factories.picture(alt="厂房", caption="头图的图说", credit="厂方").pk,
        tags=("新标签", "芯片"),
        authors=[factories.author("沈砚"), factories.author("林墨")],
        source_name="码头日志",
    )


@pytest.fixture
def share(story):
    """Make a link; returns its address."""

    def made(article=story, **facts):
        facts = {"lifetime": Lifetime.DAY, "by": None} | facts
        _link, token = sharing.share(article, **facts)
        return f"/preview/{token}/"

    return made


@pytest.fixture
def guest():
    """A browser of somebody without an account, which would be refused without a CSRF token."""
    return Client(enforce_csrf_checks=True)


def said_in_form(response):
    """What a browser would send back of the form of comments."""
    opened = re.search(r'name="opened" value="([^"]*)"', response.text)
    return {"opened": unescape(opened[1]), "homepage": ""}


def test_a_guest_reads_the_page_readers_will_read(guest, share, story):
    preview = guest.get(share()).text
    publishing.publish(review.approve(story, by=None), by=None)
    page = guest.get(story.get_absolute_url()).text

    assert article_of(preview) == article_of(page)


def test_looking_writes_nothing_but_that_somebody_looked(guest, share):
    address = share()

    with CaptureQueriesContext(connection) as queries:
        guest.get(address)

    writes = [q["sql"] for q in queries if not q["sql"].lstrip().startswith("SELECT")]
    assert len(writes) == 1
    assert 'UPDATE "articles_previewlink"' in writes[0]


def test_a_preview_says_that_it_is_one(guest, share):
    page = guest.get(share()).text

    before_the_story, story = page.split('<article class="story">')
    assert "预览：未发布" in before_the_story
    assert "预览" not in story.partition("</article>")[0]


def test_a_preview_offers_no_way_to_pass_its_address_on(guest, share):
    page = guest.get(share()).text

    assert "qr.svg" not in page
    assert "data-copy-link" not in page
    assert "data-share" not in page


def test_a_preview_is_kept_nowhere_and_passed_on_to_nobody(guest, share):
    address = share()

    response = guest.get(address)

    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in response.text
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Frame-Options"] == "DENY"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert address not in response.text
    assert not {"ETag", "Last-Modified"} & set(response.headers)
    assert not re.search(r"og:|twitter:|ld\+json|canonical", response.text)


def test_no_answer_sets_or_asks_for_a_cookie(guest, share):
    once, often = share(single_use=True, may_comment=True), share(may_comment=True)
    first = guest.get(often)
    sent = {"name": "陈", "text": "字"} | said_in_form(first)

    answers = [first, guest.get(once), guest.post(once), guest.get(once), guest.get(NEVER_MADE)]
    answers += [guest.post(f"{often}comment/", sent), guest.post(f"{often}comment/", {})]

    assert not any(answer.cookies for answer in answers)
    assert not any("Cookie" in answer.get("Vary", "") for answer in answers)


def test_a_member_of_staff_is_a_guest_like_any_other(client, guest, share, charlie):
    address = share()
    client.force_login(charlie)

    seen = [without_the_time(one.get(address).text) for one in (client, guest)]

    assert seen[0] == seen[1]


def without_the_time(page):
    """A page but for the time of a story nobody has published, which is now."""
    return re.sub(r"<time .*?</time>", "", page)


def test_the_newest_working_copy_is_shown(guest, share, story):
    address = share()
    writing.revise(story, writing.working_snapshot(story).changed(title="更新的标题"), by=None)

    assert "更新的标题" in guest.get(address).text


def test_of_a_submitted_story_its_writers_guests_see_what_was_submitted(
    guest, share, draft, wanda, ellen
):
    address = share(draft, by=wanda)
    review.submit(draft, by=wanda)
    changed = writing.working_snapshot(draft).changed(body="<p>到点才能发的内容。</p>")
    writing.revise(draft, changed, by=ellen)

    page = guest.get(address).text

    assert "工厂今天恢复生产。" in page
    assert "到点才能发的内容" not in page


@pytest.mark.parametrize(("who", "is_told"), [("wanda", False), ("ellen", True)])
def test_only_an_editors_guests_see_when_a_story_is_to_go_live(
    guest, share, draft, wanda, ellen, who, is_told
):
    address = share(draft, by={"wanda": wanda, "ellen": ellen}[who])
    review.approve(review.submit(draft, by=wanda), by=ellen)
    scheduling.schedule(draft, at=ahead(2000 * DAY), by=ellen)

    page = guest.get(address).text

    assert (f"{timezone.localtime(draft.scheduled_at).year}年" in page) is is_told


def test_what_somebody_shared_is_gone_when_they_left(guest, share, draft, wanda):
    address = share(draft, by=wanda)
    wanda.is_active = False
    wanda.save(update_fields=["is_active"])

    response = guest.get(address)

    assert response.status_code == 410
    assert "无权再展示" in response.text


def test_changes_of_a_live_story_are_called_changes(guest, share, live):
    writing.revise(live, writing.working_snapshot(live).changed(title="改过的标题"), by=None)

    page = guest.get(share(live)).text

    assert "改过的标题" in page
    assert "预览：改动未发布" in page


def test_robots_are_told_to_stay_away(client):
    assert "\nDisallow: /preview/\n" in client.get("/robots.txt").text


def test_a_preview_is_valid_html(guest, share):
    once = share(single_use=True, may_comment=True)
    pages = [guest.get(share(may_comment=True)), guest.get(once), guest.post(once), guest.get(once)]

    assert [errors(page.text) for page in pages] == [[]] * 4


def test_a_preview_asks_the_database_seldom(guest, share):
    address = share(may_comment=True)

    with CaptureQueriesContext(connection) as queries:
        guest.get(address)

    assert len(queries) <= 12


def test_a_story_that_lacks_everything_can_be_looked_at(guest, share):
    empty = writing.create(factories.snapshot(title="", body=""), by=None)

    response = guest.get(share(empty))

    assert response.status_code == 200
    assert "无标题稿件" in response.text


# What is over


@pytest.fixture
def ended(share, story, charlie):
    """The addresses of links that open nothing any more, by what ended them."""
    addresses = {name: share() for name in ("revoked", "expired")}
    addresses["spent"] = share(single_use=True)
    links = dict(zip(addresses, PreviewLink.objects.order_by("pk"), strict=True))
    sharing.revoke(links["revoked"], by=charlie)
    PreviewLink.objects.filter(pk=links["expired"].pk).update(expires_at=timezone.now())
    sharing.open_once(links["spent"])
    return addresses


@pytest.mark.parametrize("method", ["get", "post", "head"])
@pytest.mark.parametrize("end", ["revoked", "expired", "spent"])
def test_what_is_over_is_gone(guest, ended, end, method):
    response = getattr(guest, method)(ended[end])

    assert response.status_code == 410
    assert "还没发布" not in response.text
    assert "no-store" in response["Cache-Control"]


def test_each_end_has_its_sentence(guest, ended):
    titles = {
        re.search(r"<h1[^>]*>(.*?)</h1>", guest.get(address).text)[1] for address in ended.values()
    }

    assert len(titles) == 3


@pytest.mark.parametrize("address", [NEVER_MADE, "/preview/x/", f"/preview/{'x' * 3000}/"])
def test_an_address_nobody_made_does_not_exist(guest, address):
    assert guest.get(address).status_code == 404
    assert guest.post(address).status_code == 404
    assert guest.post(f"{address}comment/").status_code == 404


def test_a_story_that_is_published_by_now_is_linked_to(guest, share, story):
    address = share()
    publishing.publish(review.approve(story, by=None), by=None)

    response = guest.get(address)

    assert f'href="{story.get_absolute_url()}"' in response.text
    assert "已经发布" in response.text
    assert "还没发布的正文" not in response.text


def test_a_story_that_is_withdrawn_by_now_is_gone(guest, share, story):
    publishing.publish(review.approve(story, by=None), by=None)
    writing.revise(story, writing.working_snapshot(story).changed(title="改过的标题"), by=None)
    address = share()
    publishing.withdraw(story, reason="事实有误。", by=None)

    response = guest.get(address)

    assert response.status_code == 410
    assert "改过的标题" not in response.text


def test_a_story_that_is_deleted_by_now_was_never_there(guest, share, story):
    address = share()
    writing.delete(story, by=None)

    assert guest.get(address).status_code == 404


# What opens once


def test_a_program_that_looks_at_the_address_spends_nothing_and_learns_nothing(guest, share):
    address = share(single_use=True)

    looks = [guest.get(address), guest.head(address), guest.options(address)]

    assert "还没发布" not in "".join(look.text for look in looks)
    assert "还没发布的正文" in guest.post(address).text


def test_what_opens_once_opens_once(guest, share):
    address = share(single_use=True)

    answers = [guest.post(address).status_code for _n in range(3)]

    assert answers == [200, 410, 410]


def test_asking_for_the_headers_counts_as_no_opening(guest, share):
    address = share()

    response = guest.head(address)

    assert response.status_code == 200
    assert PreviewLink.objects.get().opened_count == 0


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_else_is_to_be_done_with_an_address(guest, share, method):
    assert getattr(guest, method)(share()).status_code == 405


# Comments


def test_a_guest_leaves_a_comment_and_is_told(guest, share, story):
    address = share(may_comment=True)
    sent = {"name": "老陈", "text": "第二段的数字对吗？"} | said_in_form(guest.get(address))

    response = guest.post(f"{address}comment/", sent)

    note = Note.objects.get()
    assert (note.article, note.guest_name, note.text) == (story, "老陈", "第二段的数字对吗？")
    assert "收到" in response.text
    assert address in response.text


def test_a_guest_of_a_preview_that_opens_once_may_comment_too(guest, share):
    address = share(single_use=True, may_comment=True)
    sent = {"name": "老陈", "text": "字"} | said_in_form(guest.post(address))

    response = guest.post(f"{address}comment/", sent)

    assert Note.objects.count() == 1
    assert "还没发布" not in response.text


def test_a_link_without_comments_has_no_form(guest, share):
    assert "<form" not in guest.get(share()).text


@pytest.mark.parametrize("opened", ["", "x", "other", "old", "shuffled"])
def test_who_did_not_open_the_page_does_not_comment(guest, share, opened, monkeypatch):
    address, other = share(may_comment=True), share(may_comment=True)
    signed = said_in_form(guest.get(address))["opened"]
    values = {"other": said_in_form(guest.get(other))["opened"], "shuffled": signed[::-1]}
    values["old"] = signed
    if opened == "old":
        monkeypatch.setattr(signing.time, "time", lambda: later().timestamp())
    sent = {"name": "陈", "text": "打好的字", "opened": values.get(opened, opened)}

    response = guest.post(f"{address}comment/", sent)

    assert response.status_code == 400
    assert "打好的字" in response.text
    assert not Note.objects.exists()


def later():
    return timezone.now() + timedelta(days=7, minutes=1)


def test_a_program_that_fills_in_everything_is_thanked_and_not_heard(guest, share):
    address = share(may_comment=True)
    sent = said_in_form(guest.get(address)) | {"name": "x", "text": "y", "homepage": "http://x.y"}

    response = guest.post(f"{address}comment/", sent)

    assert response.status_code == 200
    assert not Note.objects.exists()


def test_what_is_refused_stays_in_the_form(guest, share):
    address = share(may_comment=True)
    sent = said_in_form(guest.get(address)) | {"name": "", "text": "打好的字<script>"}

    response = guest.post(f"{address}comment/", sent)

    assert response.status_code == 400
    assert "打好的字&lt;script&gt;" in response.text
    assert "还没发布" not in response.text


def test_a_flood_is_told_to_wait(guest, share):
    address = share(may_comment=True)
    sent = said_in_form(guest.get(address)) | {"name": "陈", "text": "字"}
    for _n in range(sharing.MOST_COMMENTS_AN_HOUR):
        guest.post(f"{address}comment/", sent)

    response = guest.post(f"{address}comment/", sent)

    assert response.status_code == 400
    assert Note.objects.count() == sharing.MOST_COMMENTS_AN_HOUR


def test_a_comment_on_a_revoked_preview_is_refused_and_kept_in_the_form(guest, share):
    address = share(may_comment=True)
    sent = said_in_form(guest.get(address)) | {"name": "陈", "text": "打好的字"}
    sharing.revoke(PreviewLink.objects.get(), by=None)

    response = guest.post(f"{address}comment/", sent)

    assert response.status_code == 400
    assert "打好的字" in response.text
    assert not Note.objects.exists()


def article_of(page):
    """What is told of the story: no times, which differ by a moment, and no way to pass it on."""
    article = page.partition("<article")[2].partition("</article>")[0]
    told = re.sub(r'<time.*?</time>|<div class="share">.*?</div>', "", article, flags=re.DOTALL)
    return told.split()
