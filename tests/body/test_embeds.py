"""Players of other sites: which addresses are theirs, and where each one lives."""

import pytest

from articles.body import embeds
from articles.body.embeds import Embed, page_address, parse_reference, player_address, recognise

IDS = {
    "bilibili": "BV1xx411c7mD",
    "youtube": "dQw4w9WgXcQ",
    "tencent": "a0123456789",
    "youku": "XNDU2MzQ4OTI=",
    "soundcloud": "tracks-1006531021-s-abcDE12345",
}


@pytest.mark.parametrize(
    ("address", "provider", "identifier"),
    [
        ("//player.bilibili.com/player.html?bvid=BV1xx411c7mD", "bilibili", "BV1xx411c7mD"),
        ("https://player.bilibili.com/player.html?aid=17&page=1", "bilibili", "av17"),
        ("https://www.bilibili.com/video/BV1xx411c7mD?p=2", "bilibili", "BV1xx411c7mD"),
        ("https://m.bilibili.com/video/av170001", "bilibili", "av170001"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0", "youtube", "dQw4w9WgXcQ"),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/watch?t=4&v=dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?t=4", "youtube", "dQw4w9WgXcQ"),
        ("https://v.qq.com/txp/iframe/player.html?vid=a0123456789", "tencent", "a0123456789"),
        ("//v.qq.com/iframe/preview.html?w=1&vid=a0123456789", "tencent", "a0123456789"),
        ("https://v.qq.com/x/page/a0123456789.html", "tencent", "a0123456789"),
        ("https://v.qq.com/x/cover/mzc0/a0123456789.html", "tencent", "a0123456789"),
        ("https://player.youku.com/embed/XNDU2MzQ4OTI=", "youku", "XNDU2MzQ4OTI="),
        ("http://player.youku.com/player.php/sid/XNDU2MzQ4OTI=/v.swf", "youku", "XNDU2MzQ4OTI="),
        ("https://v.youku.com/v_show/id_XNDU2MzQ4OTI=.html", "youku", "XNDU2MzQ4OTI="),
        (
            (
                "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1006531021"
                "%3Fsecret_token%3Ds-abcDE12345&color=%23ff5500"
            ),
            "soundcloud",
            "tracks-1006531021-s-abcDE12345",
        ),
        (
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/playlists/7",
            "soundcloud",
            "playlists-7",
        ),
    ],
)
def test_players_are_recognised(address, provider, identifier):
    assert recognise(address) == Embed(provider, identifier)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "BV1xx411c7mD",
        "javascript:alert(1)//www.youtube.com/embed/dQw4w9WgXcQ",
        "https://evil.example/www.youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ",
        "https://user@evil.example/youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com/embed/tooshort",
        "https://www.youtube.com/embed/dQw4w9WgXcQtoolong",
        "https://www.bilibili.com/read/cv1",
        "https://w.soundcloud.com/player/?url=https%3A//evil.example/tracks/1",
        "https://w.soundcloud.com/player/",
        "ftp://v.qq.com/x/page/a0123456789.html",
    ],
)
def test_other_addresses_are_not(address):
    assert recognise(address) is None


@pytest.mark.parametrize("provider", embeds.PROVIDERS, ids=lambda provider: provider.key)
def test_every_provider_has_its_addresses(provider):
    identifier = IDS[provider.key]

    player = player_address(provider.key, identifier)
    page = page_address(provider.key, identifier)

    assert player.startswith("https://")
    assert page.startswith("https://")
    assert embeds.label(provider.key)
    assert embeds.medium(provider.key) in {embeds.VIDEO, embeds.AUDIO}
    assert recognise(player) == Embed(provider.key, identifier)


# hostile


@pytest.mark.parametrize("provider", [*IDS, "unknown", ""])
@pytest.mark.parametrize(
    "identifier",
    ["", "../../admin", "a b", '"><script>', "a" * 200, "BV1xx411c7mD\n", "x&autoplay=1"],
)
def test_other_identifiers_have_no_address(provider, identifier):
    assert player_address(provider, identifier) is None
    assert page_address(provider, identifier) is None


@pytest.mark.parametrize(
    "reference", ["", ":", "youtube", "youtube:", "youtube:x", "x:dQw4w9WgXcQ"]
)
def test_a_reference_that_names_nothing_is_none(reference):
    assert parse_reference(reference) is None
