"""A newsroom for readers' tests: grown to any size, and every address it answers."""

import re
from dataclasses import dataclass
from typing import ClassVar

from articles.images import intake
from articles.models import Article, Author, Byline, Category, Page, Tag
from tests import factories

BODY = (
    "<p>工厂今天恢复生产。</p><h2>细节</h2><ul><li>一</li></ul>"
    '<figure><img src="https://pictures.example.org/a.jpg" alt="生产线"><figcaption>厂房'
    "<small>图源：厂方</small></figcaption></figure>"
    "<table><caption>产量</caption><tbody><tr><td>1</td></tr></tbody></table>"
    '<pre><code class="language-python">x &lt; 1</code></pre>'
    '<figure data-embed="youtube:abcdefghijk"></figure>'
    '<p><a href="https://example.org/?a=1&amp;b=2">外部链接</a></p>'
)


@dataclass(frozen=True)
class Newsroom:
    """Stories, oldest first, and where all of them are filed."""

    stories: list[Article]
    category: Category
    tag: Tag
    author: Author

    NAMES: ClassVar = (
        *("front", "category", "channel", "tag", "author", "month", "article", "archive", "page"),
        *("day", "year", "tags", "search", "found", "nothing found"),
        *("offline", "404", "embed", "front feed", "category feed", "channel feed", "tag feed"),
        *(
            "author feed",
            "sitemap",
            "news sitemap",
            "sitemap of lists",
            "sitemap of a month",
            "sitemap of tags",
            "sitemap of authors",
            "robots",
            "QR code",
        ),
    )

    def address(self, name: str) -> str:
        """Where the page or document of that name is."""
        return (self.pages() | self.documents())[name]

    def lists(self) -> dict[str, str]:
        """The first page of every kind of list, by the name of its address."""
        return {
            "front": "/",
            "category": self.category.get_absolute_url(),
            "channel": self.category.parent.get_absolute_url(),
            "tag": self.tag.get_absolute_url(),
            "author": self.author.get_absolute_url(),
            "month": "/archive/2026/03/",
        }

    def pages(self) -> dict[str, str]:
        """Every kind of page a browser opens."""
        return self.lists() | {
            "article": self.stories[-1].get_absolute_url(),
            "archive": "/archive/",
            "page": "/pages/about/",
            "year": "/archive/2026/",
            "day": "/archive/2026/03/14/",
            "tags": "/tags/",
            "search": "/search/",
            "found": "/search/?q=报道",
            "nothing found": "/search/?q=无此事",
            "offline": "/offline/",
            "404": "/nothing/",
            "embed": "/embed/youtube/abcdefghijk/",
        }

    def documents(self) -> dict[str, str]:
        """Everything for machines."""
        feeds = {f"{name} feed": f"{path}feed/" for name, path in self.lists().items()}
        del feeds["month feed"]
        return feeds | {
            "sitemap": "/sitemap.xml",
            "news sitemap": "/news-sitemap.xml",
            "sitemap of lists": "/sitemap/lists.xml",
            "sitemap of a month": "/sitemap/2026-03.xml",
            "sitemap of tags": "/sitemap/tags-1.xml",
            "sitemap of authors": "/sitemap/authors-1.xml",
            "robots": "/robots.txt",
            "QR code": f"{self.stories[-1].get_short_url()}qr.svg",
        }


def grow(count: int, *, same_time: bool = False) -> Newsroom:
    """A newsroom of `count` stories that lack nothing a reader's page can show."""
    category = factories.category("发布", factories.category("开源"))
    portrait = intake.refer_to("https://pictures.example.org/portrait.jpg")
    author = factories.author(
        "沈砚",
        bio="写芯片。",
        position="记者",
        portrait=portrait,
        website="https://example.org",
        links={"微博": "https://weibo.example.org/shen"},
    )
    editor = factories.author("编辑部", kind=Author.Kind.ORGANISATION)
    stories = factories.many_live(
        count,
        same_time=same_time,
        category=category,
        also_in=(factories.category("硬件").pk,),
        authors=[author, editor],
        tags=("芯片", "工厂"),
        standfirst="一句话说清楚 A&B。",
        body=BODY,
        header_image=factories.picture(alt="生产线", caption="新的生产线", credit="厂方").pk,
        source_name="码头日志",
        source_url="https://example.org/source",
        licence=Article.Licence.COMPILED,
        ai_disclosure=Article.AiDisclosure.ASSISTED,
        sponsored=True,
    )
    factories.page("关于我们", slug="about", purpose=Page.Purpose.ABOUT, body=BODY)
    Byline.objects.filter(author=editor).update(role=Byline.Role.EDITOR)
    return Newsroom(stories, category, Tag.objects.get(name="芯片"), author)


def headlines(response) -> list[str]:
    """The headlines of the cards of a page, from top to bottom."""
    label = r'\s*(?:<span class="label">[^<]*</span>\s*)*'
    headline = rf'(?:card__headline"|<h3)>{label}<a href="[^"]*">([^<]*)</a>'
    found = re.findall(headline, response.text)
    assert found or "river__empty" in response.text
    return found


def older_page(response) -> str | None:
    """The address behind the link to older stories."""
    found = re.search(r'class="pager__older" href="([^"]*)"', response.text)
    return found[1] if found else None
