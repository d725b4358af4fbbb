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
