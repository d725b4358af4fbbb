"""Who writes for the sample newsroom, in which channels, and what the outlet says of itself."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from articles.desk import pages
from articles.desk import pictures as library
from articles.images.models import Image
from articles.models import Author, Category, Outlet, Page
from newsroom.sample.describing import CREDIT, alternative_text
from newsroom.sample.illustrations import HERE

OUTLET = {
    "name": "芦灯",
    "tagline": "慢一点的科技新闻",
    "description": "芦灯是一家虚构的中文科技媒体，报道人工智能、开源、硬件、互联网与科学。",
    "contact_email": "corrections@newsroom.example",
    "legal_name": "芦灯编辑部",
}


def introduce(pictures: Path) -> None:
    """Enter the outlet, its pages, authors, channels and topics, for the importer to find them.

    `pictures`: the folder of the drawn illustrations.
    """
    Outlet.objects.filter(pk=Outlet.THE_ONE).update(**OUTLET)
    for facts in facts_in("authors.json"):
        _enter_author(pictures, **facts)
    for facts in facts_in("categories.json"):
        _enter_channel(pictures, **facts)
    for position, facts in enumerate(facts_in("pages.json"), start=1):
        if not Page.objects.filter(slug=facts["slug"]).exists():
            body = (HERE / "pages" / f"{facts['slug']}.html").read_text("utf-8")
            pages.save(Page(body=body, position=position * 10, **facts), by=None)


def facts_in(name: str) -> Any:
    """What a file beside this one says."""
    return json.loads((HERE / name).read_text("utf-8"))


def _enter_author(pictures: Path, *, name: str, portrait: str = "", **facts: Any) -> None:
    if portrait:
        facts["portrait"] = _picture(pictures, portrait, alt=f"剪纸画像：{name}")
    Author.objects.get_or_create(name=name, defaults=facts)


def _enter_channel(
    pictures: Path, *, name: str, order: int, cover: str, topics: Sequence = (), **facts: Any
) -> None:
    facts |= {"position": order, "cover": _picture(pictures, cover, alt=alternative_text(cover))}
    channel, _made = Category.objects.get_or_create(name=name, parent=None, defaults=facts)
    for position, topic in enumerate(topics, start=1):
        Category.objects.get_or_create(
            name=topic.pop("name"), parent=channel, defaults=topic | {"position": position * 10}
        )


def _picture(pictures: Path, name: str, *, alt: str) -> Image:
    path = pictures / f"{name}.webp"
    return library.take_in(path.read_bytes(), by=None, name=path.name, alt=alt, credit=CREDIT)
