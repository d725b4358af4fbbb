"""The site as an app: what a device is told of it, what it looks like there, and how it goes."""

import json
from io import BytesIO

import pytest
from PIL import Image as Pillow

from articles.images import cards, intake
from articles.models import Outlet
from tests import factories

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

VERMILION = (200, 51, 27)


@pytest.fixture
def manifest(client):
    return json.loads(client.get("/manifest.webmanifest").text)


def drawn(client, address):
    return Pillow.open(BytesIO(client.get(address).content)).convert("RGB")


def reds(picture):
    """How much of a picture is vermilion."""
    pixels = picture.width * picture.height
    return sum(n for n, colour in picture.getcolors(pixels) if colour == VERMILION) / pixels


def test_no_page_speaks_of_an_app_unless_it_is_wanted(client):
    assert "manifest" not in client.get("/").text


def test_a_page_names_the_manifest_where_the_app_is_wanted(client, settings):
    settings.WEB_APP = True

    response = client.get("/")

    assert '<link rel="manifest" href="/manifest.webmanifest">' in response.text


def test_the_manifest_says_what_browsers_ask_for(client):
    Outlet.objects.update(name="码头新闻", tagline="科技新闻")

    response = client.get("/manifest.webmanifest")

    told = json.loads(response.text)
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["short_name"]) == ("码头新闻", "码头新闻")
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert told["lang"] == "zh-Hans"


def test_every_icon_of_the_manifest_is_as_large_as_it_says(client, manifest):
    icons = manifest["icons"]

    sizes = ["{}x{}".format(*drawn(client, icon["src"]).size) for icon in icons]

    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    assert {icon["sizes"] for icon in icons} == {"192x192", "512x512"}
    assert sizes == [icon["sizes"] for icon in icons]


def test_an_outlet_without_a_logo_has_its_first_letter(client):
    Outlet.objects.update(name="码头新闻")

    icon = drawn(client, "/icon/icon-192.png")

    assert 0.4 < reds(icon) < 0.99


def test_without_a_font_there_is_an_icon_too(client, monkeypatch):
    monkeypatch.setattr(cards, "can_draw", lambda: False)
    Outlet.objects.update(name="另一家")

    icon = drawn(client, "/icon/icon-192.png")

    assert 0.4 < reds(icon) < 0.99


def test_a_square_logo_is_the_icon_and_is_smaller_where_devices_cut(client):
    logo = intake.take_in(factories.picture_file(512, 512, "#c8331b"))
    Outlet.objects.update(logo=logo)

    whole = drawn(client, "/icon/icon-512.png")
    cut = drawn(client, "/icon/maskable-512.png")

    assert reds(whole) == 1
    assert 0.2 < reds(cut) < 0.3


def test_a_long_logo_is_no_icon(client):
    logo = intake.take_in(factories.picture_file(900, 200, "#0000ff"))
    Outlet.objects.update(logo=logo)

    icon = drawn(client, "/icon/icon-192.png")

    assert reds(icon) > 0.4


@pytest.mark.parametrize("address", ["/icon/icon-100000.png", "/icon/other-192.png"])
def test_nobody_can_order_another_icon(client, address):
    assert client.get(address).status_code == 404


def test_the_worker_is_asked_for_anew_each_time(client, settings):
    settings.WEB_APP = True

    response = client.get("/sw.js")

    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cache-Control"] == "no-cache"
    assert "addEventListener" in response.text


@pytest.mark.parametrize(
    ("traditional", "kept"),
    [("s2twp", '["/offline/", "/zh-hant/offline/", ]'), ("", '["/offline/", ]')],
)
def test_the_worker_keeps_what_it_says_offline_in_each_script(client, settings, traditional, kept):
    settings.WEB_APP = True
    Outlet.objects.update(traditional=traditional)

    text = client.get("/sw.js").text

    assert f"const OFFLINE = {kept};" in text


def test_there_is_one_worker(client, settings):
    settings.WEB_APP = True

    assert client.get("/zh-hant/sw.js").status_code == 404


def test_a_worker_that_is_not_wanted_any_more_goes(client):
    assert "registration.unregister()" in client.get("/sw.js").text
