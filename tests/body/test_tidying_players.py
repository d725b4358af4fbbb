"""Players, videos and frames: embeds of known sites, links to anybody else."""

import pytest

from articles.body.tidying import tidy


def body(html: str, **document: str) -> str:
    return tidy(html, **document).html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            '<iframe src="//player.bilibili.com/player.html'
            '?aid=1&bvid=BV1xx411c7mD&page=1"></iframe>',
            '<figure data-embed="bilibili:BV1xx411c7mD">'
            '<a href="https://www.bilibili.com/video/BV1xx411c7mD" rel="noopener">'
            "bilibili</a></figure>",
            id="bilibili",
        ),
        pytest.param(
            '<figure><div><iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0&fs=1"></iframe></div></figure>',
            '<figure data-embed="youtube:dQw4w9WgXcQ">'
            '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" rel="noopener">'
            "YouTube</a></figure>",
            id="youtube in a figure",
        ),
        pytest.param(
            '<iframe src="https://stranger.example/widget" title="小工具"></iframe>',
            '<p><a href="https://stranger.example/widget" rel="noopener">小工具</a></p>',
            id="anybody else",
        ),
        pytest.param(
            '<iframe src="https://stranger.example/w"></iframe>',
            '<p><a href="https://stranger.example/w" rel="noopener">https://stranger.example/w</a></p>',
            id="anybody without a title",
        ),
        pytest.param('<iframe srcdoc="<p>x</p>"></iframe>', "", id="no address"),
        pytest.param(
            '<video src="https://p.dev/?http://e.cn/v.mp4"'
            ' controls="controls" autoplay onplay=x></video>',
            '<video src="http://e.cn/v.mp4" controls=""></video>',
            id="video through a proxy",
        ),
        pytest.param(
            '<audio><source src="https://e.cn/a.mp3" type="audio/mpeg">'
            '<source src="javascript:x"></audio>',
            '<audio controls=""><source src="https://e.cn/a.mp3" type="audio/mpeg"></audio>',
            id="audio",
        ),
        pytest.param("<video></video>", "", id="nothing to play"),
    ],
)
def test_players_become_embeds_or_links(source, expected):
    assert body(f"<p>文</p>{source}") == f"<p>文</p>\n{expected}".rstrip("\n")
