"""Stories, people and places for the tests, made through the desk as the newsroom makes them."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from PIL import Image as Pillow

from articles.desk import pages, publishing, review, writing
from articles.gate import Occasion
from articles.images import intake
from articles.models import Article, Author, Category, Page, Snapshot

A_MOMENT = datetime(2026, 3, 14, 1, 30, tzinfo=UTC)


def category(name: str, parent: Category | None = None, **facts) -> Category:
    return Category.objects.get_or_create(name=name, parent=parent, defaults=facts)[0]


def author(name: str, **facts) -> Author:
    return Author.objects.get_or_create(name=name, defaults=facts)[0]


def page(title: str, **facts) -> Page:
    """A simple page, unless there is one of that title."""
    known = Page.objects.filter(title=title).first()
    return known or pages.save(Page(title=title, **facts), by=None)


def snapshot(*, category: Category | None = None, authors=(), **facts) -> Snapshot:
    """A complete story, unless `facts` say otherwise."""
    facts = {"title": "芯片厂重启生产线", "body": "<p>工厂今天恢复生产。</p>"} | facts
    bylines = tuple((a.pk, "author") for a in authors)
    return Snapshot(category=category.pk if category else None, bylines=bylines, **facts)


def draft(**facts) -> Article:
    """A draft the newsroom itself made."""
    facts.setdefault("category", category("人工智能"))
    facts.setdefault("authors", [author("林墨")])
    return writing.create(snapshot(**facts), by=None)


def live(*, at: datetime | None = None, **facts) -> Article:
    """A published story; `at` in the past, or now. Its header picture may lack its words."""
    story = review.approve(draft(**facts), by=None)
    return publishing.publish(story, by=None, at=at, occasion=Occasion.IMPORT)


def many_live(count: int, *, same_time: bool = False, **facts) -> list[Article]:
    """Published stories, an hour apart or all at one moment, oldest first."""
    step = timedelta(0) if same_time else timedelta(hours=1)
    return [
        live(title=f"第 {number} 篇报道", at=A_MOMENT + number * step, **facts)
        for number in range(1, count + 1)
    ]


def picture_file(width: int = 64, height: int = 36, colour: str = "#d9381e") -> bytes:
    """A small PNG of one colour."""
    out = BytesIO()
    Pillow.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def picture(**facts):
    """A picture in the library."""
    return intake.take_in(picture_file(), **facts)
