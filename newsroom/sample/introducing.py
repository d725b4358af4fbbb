"""Who writes for the sample newsroom, in which channels, and what the outlet says of itself."""

import json
from typing import Any

from articles.desk import pages
from articles.models import Author, Category, Outlet, Page
from newsroom.sample.illustrations import HERE

OUTLET = {
    "name": "芦灯",
    "tagline": "慢一点的科技新闻",
    "description": "芦灯是一家虚构的中文科技媒体，报道人工智能、开源、硬件、互联网与科学。",
    "contact_email": "corrections@newsroom.example",
    "legal_name": "芦灯编辑部",
}


def introduce() -> None:
    """Enter the outlet and its pages; authors and channels, so that the importer finds them."""
    Outlet.objects.filter(pk=Outlet.THE_ONE).update(**OUTLET)
    for facts in _facts("authors.json"):
        Author.objects.get_or_create(name=facts.pop("name"), defaults=facts)
    for facts in _facts("categories.json"):
        facts["position"] = facts.pop("order")
        Category.objects.get_or_create(name=facts.pop("name"), parent=None, defaults=facts)
    for position, facts in enumerate(_facts("pages.json"), start=1):
        if not Page.objects.filter(slug=facts["slug"]).exists():
            body = (HERE / "pages" / f"{facts['slug']}.html").read_text("utf-8")
            pages.save(Page(body=body, position=position * 10, **facts), by=None)


def _facts(name: str) -> list[dict[str, Any]]:
    return json.loads((HERE / name).read_text("utf-8"))
