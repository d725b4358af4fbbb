"""The sample newsroom is a newsroom: enough stories, desks and people, in the outlet's format."""

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from articles.importing.front_matter import decode, parse
from newsroom.sample.illustrations import HERE
from newsroom.sample.loading import TIME_ZONE, documents

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
KINDS = {"news", "feature", "analysis", "review", "opinion", "interview"}
# Outside links lead to names kept for examples (RFC 2606), and to players with made-up films.
OUTSIDE = ("example.com", "example.org", "newsroom.example")
PLAYERS = {"www.youtube.com", "player.bilibili.com"}
MARKUP = re.compile(r"<style.*?</style>|<[!/a-zA-Z][^<>]*>", re.DOTALL)
RUN = 20  # characters


@pytest.fixture(scope="module")
def originals():
    return {path.stem: decode(path.read_bytes()) for path in documents()}


@pytest.fixture(scope="module")
def articles(originals):
    return {name: parse(text, time_zone=TIME_ZONE) for name, text in originals.items()}


def test_there_are_enough_stories_to_look_alive(articles):
    assert len(articles) >= 34
    assert len({article.title for article in articles.values()}) == len(articles)


def test_there_are_enough_channels_authors_and_kinds(articles):
    assert len({article.categories[0] for article in articles.values()}) >= 6
    assert len({article.author for article in articles.values()}) >= 8
    assert {article.kind for article in articles.values()} == KINDS


def test_the_author_is_the_source(articles):
    assert all(article.author == article.categories[1] for article in articles.values())


def test_only_two_documents_are_remarked(articles):
    remarked = {name for name, article in articles.items() if article.remarks}

    assert remarked == {"corpus-correction", "abandoned-package"}


def test_lengths_run_from_shorts_to_long_reads(articles):
    lengths = sorted(len(_text(article.body)) for article in articles.values())

    assert len([length for length in lengths if 60 <= length <= 150]) >= 3
    assert len([length for length in lengths if 1800 <= length <= 3000]) >= 4


def test_headlines_run_from_short_to_long(articles):
    lengths = [len(article.title) for article in articles.values()]

    assert min(lengths) <= 6
    assert max(lengths) >= 60


@pytest.mark.parametrize(
    "form",
    [
        r"^date: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} (?!00:00:00)\d\d:\d\d:\d\d GMT$",
        r"^date: [A-Z][a-z]{2}, .* 00:00:00 GMT$",
        r"^date: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$",
        r"^date: \d{4}-\d\d-\d\d$",
        r"^date: \d{4}-\d\d-\d\dT.*\+08:00$",
        r"^date: \d{4}/\d\d/\d\d ",
        r"^date: \d{4}年",
        r"^date: Invalid Date$",
        r"^comments: false$",
        r'^title: "[^"\n]+"[^"\n]+"',
        r"^ - — ",
        r"^    - .+ - ",
        r"^headimg: 'https://picsum\.photos/",
        r"<p>\u00a0</p>",
        r"<p>(<span[^>]*>)+<br>(</span>)+</p>",
        r"<br><br>",
        r"（来源：",
        r"▲ 图1",
        r"图源：",
        r"font-family: \"",
        r"--tt-darkmode-color",
        r"/undefined\"",
        r"https://[^\s<]+https://[^\s<]+https://",
        r"\?url=https%3A",
        r"utm_source=",
        r"THE END",
        r"责任编辑：",
        r"复制代码",
        r"&#123;",
        r"<table",
        r"<h1>",
        r"<h3><p>",
        r"<h3></h3>",
        r"<blockquote>",
        r"<ul>\s*<li>.*<ul>",
        r"<pre><code class=\"language-",
        r"brush:",
        r"<iframe src=\"https://www\.youtube\.com/embed/[\w-]{11}\"",
        r"<iframe src=\"//player\.bilibili\.com/player\.html\?bvid=BV[0-9A-Za-z]{10}&",
        r"<video ",
        r"width=\"1\" height=\"1\"",
        r"display: ?none",
        r"javascript:",
        r"https://proxy\.example\.com/\?https://",
        r"data-original=",
        r"<target>",
        r"<font ",
        r"^<div>   \n[^<]",
    ],
)
def test_the_quirks_of_the_format_are_all_there(originals, form):
    pattern = re.compile(form, re.MULTILINE)

    assert any(pattern.search(text) for text in originals.values())


def test_every_document_has_the_frame_of_the_format(originals):
    for text in originals.values():
        assert text.startswith("\n---\ntitle: ")
        assert "\n---\n\n<div>   \n" in text
        assert text.endswith("  \n</div>\n            ")
        assert not re.search(r"&(amp|lt|gt|quot|nbsp);", text)


def test_outside_links_lead_nowhere_real(originals):
    hosts = Counter(
        urlsplit("https:" + address if address.startswith("//") else address).hostname
        for text in originals.values()
        for address in re.findall(r"(?:https?:)?//[a-z][\w.-]+\.[a-z]+[^\s\"'<>]*", text)
    )

    assert hosts
    unreal = [host for host in hosts if not host.endswith(OUTSIDE)]
    assert set(unreal) <= PLAYERS | {"picsum.photos"}


def test_every_author_and_channel_has_its_facts(articles):
    authors = json.loads((HERE / "authors.json").read_text("utf-8"))
    categories = json.loads((HERE / "categories.json").read_text("utf-8"))

    assert {a["name"] for a in authors} == {a.author for a in articles.values()}
    assert {c["name"] for c in categories} == {a.categories[0] for a in articles.values()}
    assert {a["kind"] for a in authors} == {"person", "organisation"}
    assert all(re.fullmatch(r"[a-z-]+", c["slug"]) for c in categories)


def test_every_section_is_a_topic_of_its_channel(articles):
    categories = json.loads((HERE / "categories.json").read_text("utf-8"))
    topics = {(c["name"], topic["name"]) for c in categories for topic in c.get("topics", ())}

    filed = {(a.categories[0], a.categories[2]) for a in articles.values() if a.categories[2:]}

    assert filed == topics


@pytest.mark.corpus
@pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the outlet's documents are not here: ../shared/corpus is absent"
)
def test_no_document_borrows_the_words_of_the_corpus(articles):
    theirs = set()
    for path in CORPUS.glob("*.md"):
        if path.name != "README.md":
            theirs |= _runs(_words(parse(decode(path.read_bytes()), time_zone=TIME_ZONE)))

    borrowed = {run for a in articles.values() for run in _runs(_words(a)) & theirs}

    assert borrowed == set()


def _words(article):
    return "".join([article.title, article.standfirst, _text(article.body)])


def _text(body):
    return re.sub(r"\s", "", MARKUP.sub("", body))


def _runs(text):
    return {text[start : start + RUN] for start in range(len(text) - RUN + 1)}
