"""Cards: the drawn picture of a page without one, as social sites fetch it."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from PIL import Image as Pillow

from articles.desk import publishing
from articles.images import cards
from articles.models import Article, Outlet
from tests import factories
from tests.reader.test_structured_data import facts, meta

pytestmark = [
    pytest.mark.any_database,
    pytest.mark.django_db,
    pytest.mark.skipif(not cards.can_draw(), reason="no Chinese font on this machine"),
]

ORIGIN = "https://news.example.org"


@pytest.fixture(autouse=True)
def _origin(settings):
    settings.SITE_URL = ORIGIN


def card_of(client, address):
    """The path of the card that a page names."""
    return meta(client, address)["og:image"].removeprefix(ORIGIN)


@pytest.mark.parametrize("kind", ["story", "archive", "front"])
def test_a_page_without_a_picture_is_shared_with_a_card(client, kind):
    story = factories.live()
    page = {"story": story.get_absolute_url(), "archive": "/archive/", "front": "/"}[kind]

    response = client.get(card_of(client, page))

    assert response["Content-Type"] == "image/png"
    assert Pillow.open(BytesIO(response.content)).size == (1200, 630)
    said = meta(client, page)
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")


def test_search_engines_are_given_the_card_in_every_shape_they_ask_for(client):
    story = factories.live(title="芯片厂重启生产线")

    found = [
        (urlsplit(c["url"]).path, c["width"], c["height"]) for c in facts(client, story)["image"]
    ]

    assert [size for _path, *size in found] == [[1200, 675], [1200, 900], [1200, 1200]]
    for path, *size in found:
        drawn = Pillow.open(BytesIO(client.get(path).content))
        assert list(drawn.size) == size
    assert client.get(found[0][0].replace("16x9", "9x16")).status_code == 404


def test_a_small_picture_gives_way_to_the_card(client, story):
    assert card_of(client, story.get_absolute_url()).startswith("/card/")


def test_another_headline_has_another_address_to_which_the_old_one_leads(client):
    story = factories.live()
    old = card_of(client, story.get_absolute_url())
    Article.objects.update(title="另一个标题")

    new = card_of(client, story.get_absolute_url())
    response = client.get(old)

    assert new != old
    assert (response.status_code, response["Location"]) == (302, new)


def test_the_card_of_lists_changes_with_the_outlet(client):
    old = card_of(client, "/")
    Outlet.objects.update(name="未编")

    assert client.get(old)["Location"] == card_of(client, "/") != old


def test_what_readers_cannot_see_has_no_card(client, draft, withdrawn):
    assert {client.get(f"/card/{each.pk}-x.png").status_code for each in (draft, withdrawn)} == {
        404
    }


def test_a_withdrawn_story_loses_its_card(client):
    story = factories.live()
    card = card_of(client, story.get_absolute_url())
    assert client.get(card).status_code == 200

    publishing.withdraw(story, reason="事实有误。", by=None)

    assert client.get(card).status_code == 404


def test_a_page_in_traditional_chinese_has_a_card_of_its_own(client):
    path = factories.live(title="软件").get_absolute_url()

    ours, theirs = card_of(client, path), card_of(client, f"/zh-hant{path}")
    response = client.get(theirs)

    assert theirs.startswith("/zh-hant/card/")
    assert theirs.rpartition("-")[2] != ours.rpartition("-")[2]
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")


def test_without_a_font_there_is_no_card(client, settings):
    card = card_of(client, "/")
    settings.CARD_FONT = "/nowhere.ttc"

    assert "og:image" not in meta(client, "/")
    assert client.get(card).status_code == 404


@pytest.mark.parametrize(
    "headline",
    [
        "短",
        "字" * 200,
        "w" * 200,
        "（（（（",
        "。。。。",
        "🎉🎉",
        "a b " * 50,
        "《",
        "\u200d",
        " x ",
    ],
)
def test_any_headline_can_be_drawn(headline):
    content = cards.draw(headline, name="未" * 80, place="news.example.org")

    assert Pillow.open(BytesIO(content)).size == (1200, 630)
