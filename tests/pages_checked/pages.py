"""Every page that a reader, a guest or somebody at a shut door can be shown, rendered once."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from articles.desk import publishing, sharing
from articles.models import Article
from tests import factories
from tests.reader import site

BARE = {"400", "403", "403_csrf", "500", "503"}  # they need neither a database nor a context
#: what a text may hold; without a picture above it, it stands beside its contents
EVERYTHING = (
    '<p>工厂今天恢复生产。<sup><a href="#fn1">1</a></sup></p><h2>细节</h2>'
    "<ul><li>一<ul><li>二</li></ul></li></ul><h3>更细的</h3><blockquote><p>“能用。”</p></blockquote>"
    "<h2>数字</h2><table><caption>产量</caption><thead><tr><th scope='col'>日</th></tr></thead>"
    "<tbody><tr><td>1</td></tr></tbody></table><h2>程序</h2><pre><code class='language-python'>"
    f"def produce(number):  # {'很长的一行 ' * 20}\n    return number</code></pre>"
    "<h2>名词</h2><dl><dt>产线</dt><dd>一排机器。</dd></dl><hr><details><summary>问</summary>"
    "<p>答。</p></details><p><kbd>Ctrl</kbd> <mark>要点</mark> <ruby>恢<rt>huī</rt></ruby></p>"
    '<figure><img src="https://pictures.example.org/a.jpg" alt="厂房"><figcaption>厂房</figcaption>'
    "</figure><h2>注释</h2><ol><li>据厂方。</li></ol>"
)
ADDRESSES = re.compile(r"/media/[^\s\"',]+")


@dataclass(frozen=True, slots=True)
class Page:
    """What was answered under a path."""

    name: str
    path: str
    headers: dict[str, str]
    html: str


def every_page(client) -> dict[str, Page]:
    """Fill an empty newsroom, and return its pages by name."""
    pages = [_page("front of an empty newsroom", client.get("/"), path="/?empty")]
    newsroom = site.grow(22)
    asked = newsroom.pages() | {
        "older stories": site.older_page(client.get("/")),
        "story without a picture": _story_without_a_picture(newsroom),
        "withdrawn": _withdrawn(),
        "closed preview": _share(newsroom.stories[0], revoked=True),
        "sealed preview": _share(newsroom.stories[0], single_use=True),
        "preview": _share(newsroom.stories[0], may_comment=True),
    }
    pages += [_page(name, client.get(path)) for name, path in asked.items()]
    pages += _twins(client, newsroom)
    pages.append(_refused_comment(client, newsroom))
    pages += [
        Page(name, f"/?{name}", {"Content-Type": "text/html"}, render_to_string(f"{name}.html"))
        for name in sorted(BARE)
        if Path(settings.BASE_DIR, "templates", f"{name}.html").exists()
    ]
    return {page.name: page for page in pages}


def pictures(client, pages) -> dict[str, bytes]:
    """The pictures of ours that pages show, by address."""
    found = {path for page in pages.values() for path in ADDRESSES.findall(page.html)}
    return {path: client.get(path).getvalue() for path in found}


def _page(name, response, path=None):
    address = path or response.wsgi_request.get_full_path()
    return Page(name, address, dict(response.items()), response.text)


def _twins(client, newsroom):
    """A few of them in Traditional Chinese, and what those show in a frame."""
    for name in ("front", "article", "embed"):
        response = client.get("/zh-hant" + newsroom.address(name))
        if response.status_code != 404:
            yield _page(f"{name} in Traditional Chinese", response)


def _story_without_a_picture(newsroom):
    story = factories.live(
        title="工厂恢复生产之后的第一个星期：" + "每一条产线都要从头检查，" * 3 + "一共三次",
        standfirst="一句话说清楚。",
        body=EVERYTHING,
        category=newsroom.category,
        authors=[newsroom.author],
        source_name="码头日志",
        source_url="https://example.org/source",
        licence=Article.Licence.COMPILED,
        ai_disclosure=Article.AiDisclosure.ASSISTED,
        sponsored=True,
    )
    return story.get_absolute_url()


def _withdrawn():
    story = factories.live(title="这一篇撤了")
    publishing.withdraw(story, reason="事实有误。", by=None)
    return story.get_absolute_url()


def _share(story: Article, *, revoked=False, **facts):
    link, token = sharing.share(story, lifetime=sharing.Lifetime.DAY, by=None, **facts)
    if revoked:
        sharing.revoke(link, by=None)
    return f"/preview/{token}/"


def _refused_comment(client, newsroom):
    address = _share(newsroom.stories[0], may_comment=True)
    response = client.post(f"{address}comment/", {"name": "", "text": ""})
    return _page("refused comment", response)
