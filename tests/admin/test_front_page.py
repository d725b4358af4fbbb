"""The page of the front page: what it shows, what is put online, previewed, refused and undone."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin import front_page_changes
from articles.desk import front_page, review, scheduling
from articles.desk.front_page import Place
from articles.desk.outlet_time import near, wall_time
from articles.desk.picturing import uses_of
from articles.models import FrontPageChange, Outlet
from articles.models.front_page import shows_picture
from tests import factories
from tests.timing import DAY, ahead

pytestmark = pytest.mark.django_db

PAGE = reverse("desk_front_page")


@pytest.fixture
def stories():
    return factories.many_live(6)


@pytest.fixture
def charlies(client, charlie):
    client.force_login(charlie)
    return client


@pytest.fixture
def arranged(stories, charlie):
    return front_page.arrange([Place("lead", stories[0].pk)], based_on=None, by=charlie)


def row(story, place, **facts):
    """What a form says of a story; `lead--0`, `beside--2`, or nothing for a candidate."""
    said = {"place": place, "order": 0} | facts
    return {f"slot-{story.pk}-{name}": value for name, value in said.items()}


def put_online(client, *rows, based_on=""):
    return client.post(
        PAGE, {"based_on": based_on} | {k: v for one in rows for k, v in one.items()}
    )


def standing():
    return [(place.zone, place.position, place.story) for place in front_page.arrangement()]


def boxes(response):
    """The titles of the cards by the keys of their places."""
    return {
        box.key: [card.title for card in box.cards]
        for _area, found in response.context["areas"]
        for box in found
        if box.cards
    }


def candidates(response):
    return [card.title for card in response.context["candidates"]]


# --- What it shows


def test_stories_stand_in_their_places_and_the_others_are_to_choose_from(
    charlies, stories, arranged
):
    response = charlies.get(PAGE)

    assert boxes(response) == {"lead--0": [stories[0].title]}
    assert candidates(response) == [story.title for story in reversed(stories[1:])]


def test_what_is_to_come_can_be_chosen_and_drafts_cannot(charlies, live):
    moment = ahead(DAY)
    story = review.approve(factories.draft(title="明天的"), by=None)
    scheduling.schedule(story, at=moment, by=None)
    review.approve(factories.draft(title="通过了的"), by=None)
    factories.draft(title="还在写的")

    response = charlies.get(PAGE)

    assert candidates(response) == ["明天的", "通过了的", live.title]
    assert f"等待发布 {near(moment)}" in response.text


def test_the_search_finds_by_title(charlies, stories, live):
    response = charlies.get(reverse("desk_front_page_stories"), {"q": "芯片 重启"})

    assert live.title in response.text
    assert stories[0].title not in response.text


@pytest.mark.parametrize("page", ["", "_stories", "_preview", "_fills", "_breaking"])
@pytest.mark.parametrize("who", ["wanda", "ellen"])
def test_only_chiefs_open_it(client, request, who, page):
    client.force_login(request.getfixturevalue(who))

    response = client.post(reverse(f"desk_front_page{page}"))

    assert response.status_code == 403


# --- Putting online


def test_what_goes_online_is_named_on_each_button(charlies):
    text = charlies.get(PAGE).text

    assert re.findall('desk-button-main" type="submit">([^<]*)<', text) == ["突发上线", "首页上线"]


def test_an_arrangement_goes_online(charlies, charlie, stories):
    one, two = stories[:2]
    picture = factories.picture()

    response = put_online(
        charlies,
        row(one, "lead--0", headline="换个说法", picture=picture.pk),
        row(two, "beside--2", starts_at="2026-01-01T08:00", follows_schedule="on"),
        row(stories[2], ""),
    )

    assert response.status_code == 302
    assert standing() == [("beside", 2, two.pk), ("lead", 0, one.pk)]
    beside, lead = front_page.arrangement()
    assert (lead.headline, lead.picture) == ("换个说法", picture.pk)
    assert f"{beside.starts_at:%Y-%m-%d %H:%M}" == "2026-01-01 00:00"
    assert beside.follows_schedule


def test_stories_that_share_a_place_keep_their_order(charlies, stories):
    one, two = stories[:2]

    put_online(charlies, row(one, "lead--0", order=2), row(two, "lead--0", order=1))

    assert standing() == [("lead", 0, two.pk), ("lead", 0, one.pk)]


def test_a_strip_is_filled(charlies, stories):
    channel = stories[0].category

    put_online(charlies, row(stories[0], f"strip-{channel.pk}-3"))

    assert standing() == [("strip", 3, stories[0].pk)]


def test_what_somebody_else_put_online_stays_and_the_form_keeps_mine(charlies, stories, arranged):
    response = put_online(charlies, row(stories[1], "lead--0", headline="我的说法"))

    assert response.status_code == 409
    assert standing() == [("lead", 0, stories[0].pk)]
    assert boxes(response) == {"lead--0": [stories[1].title]}
    assert "我的说法" in response.text
    assert "Charlie" in response.text
    assert response.context["based_on"] == arranged.pk


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"place": "cellar--0"}, id="no such place"),
        pytest.param({"starts_at": "2026-01-02T08:00", "ends_at": "2026-01-01T08:00"}, id="ends"),
        pytest.param({"starts_at": "gestern"}, id="no time"),
        pytest.param({"picture": "999"}, id="no picture"),
        pytest.param({"headline": "长" * 201}, id="too long"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_there(charlies, stories, facts):
    response = put_online(charlies, row(stories[0], **({"place": "lead--0"} | facts)))

    assert response.status_code == 422
    assert "errorlist" in response.text
    assert standing() == []


def test_a_form_that_is_not_right_knows_no_more_than_before(charlies, stories, arranged):
    wrong = put_online(charlies, row(stories[1], "lead--0", starts_at="gestern"))

    mended = put_online(charlies, row(stories[1], "lead--0"), based_on=wrong.context["based_on"])

    assert (wrong.status_code, mended.status_code) == (422, 409)
    assert standing() == [("lead", 0, stories[0].pk)]


def test_a_row_of_a_story_that_is_gone_is_refused(charlies, stories):
    response = put_online(charlies, {"slot-999-place": "lead--0"})

    assert response.status_code == 409
    assert "其中一篇稿件已不存在。" in response.text


# --- The preview


def preview(client, *rows):
    said = {k: v for one in rows for k, v in one.items()}
    return client.post(reverse("desk_front_page_preview"), said)


def test_the_preview_shows_what_is_not_online(charlies, stories):
    response = preview(charlies, row(stories[0], "lead--0", headline="换个说法"))

    assert response.context["front"].lead.shown_headline == "换个说法"
    assert "换个说法" in response.text
    assert standing() == []


def test_the_preview_is_for_this_page_and_kept_nowhere(charlies, stories):
    response = preview(charlies)

    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_the_preview_does_not_mind_what_is_wrong(charlies, stories):
    response = preview(
        charlies,
        row(stories[0], "lead--0", starts_at="gestern"),
        row(stories[1], "beside--0"),
        {"slot-999-place": "lead--0"},
    )

    assert response.status_code == 200
    assert response.context["front"].beside[0] == stories[1]


def test_empty_places_are_told_what_fills_them(charlies, stories):
    said = row(stories[0], "lead--0")

    fills = charlies.post(reverse("desk_front_page_fills"), said).json()

    assert "lead--0" not in fills
    assert fills["beside--0"] == stories[5].title


# --- Changes


def test_a_change_is_told_and_undone(charlies, stories, arranged):
    page = charlies.get(PAGE)

    response = charlies.post(
        reverse("desk_front_page_undo", args=[arranged.pk]), {"based_on": arranged.pk}
    )

    assert f"放入《{stories[0].title}》" in page.text
    assert page.context["changes"][0].undo
    assert response.status_code == 302
    assert standing() == []


def test_the_list_of_changes_costs_the_same_however_long(charlies, charlie, stories, arranged):
    few = asked_for_changes()
    based_on = arranged.pk
    for number in range(1, 12):
        places = [Place("lead", stories[number % 6].pk)]
        based_on = front_page.arrange(places, based_on=based_on, by=charlie).pk

    many = asked_for_changes()

    assert len(front_page_changes.recent()) == 12
    assert many == few <= 6


def asked_for_changes():
    with CaptureQueriesContext(connection) as asked:
        front_page_changes.recent()
    return len(asked)


def test_an_undoing_that_comes_too_late_is_refused(charlies, charlie, stories, arranged):
    front_page.arrange([Place("lead", stories[1].pk)], based_on=arranged.pk, by=charlie)

    charlies.post(reverse("desk_front_page_undo", args=[arranged.pk]), {"based_on": arranged.pk})

    assert standing() == [("lead", 0, stories[1].pk)]
    assert FrontPageChange.objects.count() == 2


# --- Breaking news


@pytest.fixture
def until():
    return f"{wall_time(timezone.now() + timedelta(hours=2)):%Y-%m-%dT%H:%M}"


def breaking(client, *, based_on="", **said):
    said = {f"breaking-{name}": value for name, value in (said | {"based_on": based_on}).items()}
    return client.post(reverse("desk_front_page_breaking"), said, follow=True)


def known(client):
    """The change that the form of the breaking news was opened with."""
    return client.get(PAGE).context["breaking"]["based_on"].value()


def test_breaking_news_goes_up_and_comes_down(charlies, stories, until):
    breaking(charlies, text="卫星失联", link="/archive/", until=until)
    up = charlies.get("/").text
    down = {"remove": "", "breaking-based_on": known(charlies)}
    charlies.post(reverse("desk_front_page_breaking"), down)

    assert '<a href="/archive/">卫星失联</a>' in up
    assert "卫星失联" not in charlies.get("/").text


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        pytest.param({"link": "javascript:x"}, "link", "链接既不是本站路径", id="no link"),
        pytest.param(
            {"link": "https://wang:secret@example.org/"}, "link", "用户名或密码", id="a login"
        ),
        pytest.param({"until": "2020-01-01T08:00"}, "until", "将来", id="over already"),
        pytest.param({"until": ""}, "until", "必填", id="no end"),
        pytest.param({"text": ""}, "text", "必填", id="no words"),
    ],
)
def test_breaking_news_that_is_refused_says_why_beside_its_field_and_loses_nothing(
    charlies, stories, arranged, wrong, field, sentence
):
    said = {"text": "卫星失联", "link": "/a/1/", "until": "2099-01-01T08:00"} | wrong

    response = breaking(charlies, **said)

    form = response.context["breaking"]
    assert response.status_code == 422
    assert "突发消息没有上线" in response.text
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    assert re.search(f'name="breaking-{field}"[^>]*autofocus', response.text)
    assert f'aria-describedby="id_breaking-{field}' in response.text
    assert {name: form[name].value() for name in said} == said
    assert Outlet.objects.current().breaking_text == ""
    assert boxes(response) == {"lead--0": [stories[0].title]}
    assert not response.context["is_unsaved"]


def test_breaking_news_of_somebody_else_is_replaced_by_nobody_who_did_not_see_it(
    charlies, stories, until
):
    opened = known(charlies)
    breaking(charlies, based_on=opened, text="卫星失联", until=until)

    refused = breaking(charlies, based_on=opened, text="卫星找到了", until=until)
    standing = Outlet.objects.current().breaking_text
    again = refused.context["breaking"]["based_on"].value()
    breaking(charlies, based_on=again, text="卫星找到了", until=until)

    assert "Charlie 换上了另一条突发消息：“卫星失联”" in refused.text
    assert 'value="卫星找到了"' in refused.text
    assert (refused.status_code, refused.context["is_unsaved"]) == (409, False)
    assert standing == "卫星失联"
    assert Outlet.objects.current().breaking_text == "卫星找到了"


def test_breaking_news_is_taken_down_by_nobody_who_did_not_see_it(charlies, until):
    opened = known(charlies)
    breaking(charlies, based_on=opened, text="卫星失联", until=until)

    address = reverse("desk_front_page_breaking")
    response = charlies.post(address, {"remove": "", "breaking-based_on": opened})

    assert "Charlie 换上了" in response.text
    assert Outlet.objects.current().breaking_text == "卫星失联"


def test_the_history_tells_of_the_breaking_news_and_undoes_its_latest_change(charlies, until):
    breaking(charlies, text="卫星失联", until=until)
    breaking(charlies, based_on=known(charlies), text="卫星找到了", until=until)

    told = charlies.get(PAGE).context["changes"]
    charlies.post(told[0].undo, {"based_on": told[0].based_on})

    sentences = [one.sentences[0] for one in told]
    assert "“卫星失联”" in sentences[0]
    assert "“卫星找到了”" in sentences[0]
    assert "Charlie" in charlies.get(PAGE).text
    assert [bool(one.undo) for one in told] == [True, False]
    assert Outlet.objects.current().breaking_text == "卫星失联"


# --- Pictures


def test_a_picture_of_a_place_is_in_use(charlie, stories):
    picture = factories.picture()
    places = [Place("lead", stories[0].pk, picture=picture.pk)]

    front_page.arrange(places, based_on=None, by=charlie)

    assert [use.url for use in uses_of(picture)] == [PAGE]


def test_a_picture_is_offered_where_it_would_be_seen_and_elsewhere_the_reason_is_said(
    charlies, stories
):
    channel = stories[0].category_id
    page = charlies.get(PAGE)

    shown = {box.key for _area, found in page.context["areas"] for box in found if box.is_pictured}
    assert shown == {"lead--0", f"strip-{channel}-0"}
    assert 'data-box="lead--0" data-label="头条">' in page.text
    assert 'data-box="beside--0" data-label="头条旁 1" data-wordy>' in page.text
    assert "这个位置不显示图片" in page.text


def test_a_picture_chosen_for_a_place_of_words_is_kept(charlies, charlie, stories):
    picture = factories.picture()
    places = [Place("beside", stories[0].pk, picture=picture.pk)]
    before = front_page.arrange(places, based_on=None, by=charlie)
    page = charlies.get(PAGE).text

    put_online(charlies, row(stories[0], "beside--1", picture=picture.pk), based_on=before.pk)

    assert f'<option value="{picture.pk}" selected' in page
    assert front_page.arrangement()[0].picture == picture.pk


def test_readers_see_pictures_in_just_those_places(charlies, charlie, stories):
    picture = factories.picture()
    channel = stories[0].category_id
    spots = [("lead", None, 0), ("beside", None, 0), ("strip", channel, 0), ("strip", channel, 1)]
    places = [
        Place(zone, story.pk, position, where, picture=picture.pk)
        for story, (zone, where, position) in zip(stories, spots, strict=False)
    ]
    front_page.arrange(places, based_on=None, by=charlie)

    page = charlies.get("/").text

    seen = [zone for zone, _where, position in spots if shows_picture(zone, position)]
    assert page.count("<picture") == len(seen) == 2
