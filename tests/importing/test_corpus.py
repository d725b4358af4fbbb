"""The outlet's real documents are the measure: all of them come in, with the facts they hold."""

from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from articles.importing.front_matter import decode, parse

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
WITHOUT_DATE = {"13119535898", "35561483923"}
BY_LINE = {"34362800510", "34499713616"}
WITHOUT_HEADER_IMAGE = {
    *("34265865448", "34362800510", "34447489956", "34640979618", "34893961578"),
    *("34164875820", "34243591908"),
}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not CORPUS.is_dir(),
        reason="the outlet's documents are not here: ../shared/corpus is absent",
    ),
]


@pytest.fixture(scope="module")
def articles():
    paths = [path for path in CORPUS.glob("*.md") if path.name != "README.md"]
    zone = ZoneInfo("Asia/Shanghai")
    return {path.stem: parse(decode(path.read_bytes()), time_zone=zone) for path in paths}


def test_all_documents_are_read(articles):
    assert len(articles) == 40


def test_every_path_has_channel_source_and_section_and_the_source_is_the_author(articles):
    assert {len(article.categories) for article in articles.values()} == {3}
    assert all(article.author == article.categories[1] for article in articles.values())


def test_channels_are_those_of_the_outlet(articles):
    channels = Counter(article.categories[0] for article in articles.values())

    assert channels == {"新媒体": 22, "编程": 13, "社交媒体": 2, "游戏": 1, "博客": 1, "音视频": 1}


def test_only_an_invalid_date_is_no_date(articles):
    assert {key for key, article in articles.items() if article.date is None} == WITHOUT_DATE


def test_midnight_is_a_day_without_a_time(articles):
    days = {
        key: str(article.date)
        for key, article in articles.items()
        if article.date and not article.date_has_time
    }

    assert days == {
        "12973288447": "2021-07-09 00:00:00+08:00",
        "13035290923": "2022-02-25 00:00:00+08:00",
    }


def test_comments_are_closed_everywhere(articles):
    assert not any(article.comments_enabled for article in articles.values())


def test_header_images_are_absent_where_the_documents_have_none(articles):
    without = {key for key, article in articles.items() if not article.header_image}

    assert without == WITHOUT_HEADER_IMAGE
    placeholders = [a for a in articles.values() if "picsum.photos" in a.header_image]
    assert len(placeholders) == 11


def test_nothing_is_remarked_but_dates_and_broken_yaml(articles):
    remarked = {key for key, article in articles.items() if article.remarks}

    assert remarked == WITHOUT_DATE | BY_LINE


@pytest.mark.parametrize(
    ("key", "beginning", "end"),
    [
        ("34362800510", "精读《设计模式", "模版模式》"),
        ("34499713616", "''Pass", "机器人！"),
        ("34941772566", "4-day", "Japan says"),
        ("34640979618", "被废止", "WiMAX说再见"),
        ("34284837324", '"我在B站', '抖音工作"'),
        ("34270855156", "_Podcast_", "雙頭壟斷"),
        ("34067261567", "在 LaTeX", "✌️"),
    ],
)
def test_the_strangest_titles_come_out_right(articles, key, beginning, end):
    title = articles[key].title

    assert title.startswith(beginning)
    assert title.endswith(end)


def test_no_body_keeps_the_frame(articles):
    frames = ("<div>   \n", "<div>\n")

    assert not any(article.body.startswith(frames) for article in articles.values())
    assert articles["34941772566"].body.startswith("Link: <a")
    assert articles["34941772566"].body.endswith("</a>")
