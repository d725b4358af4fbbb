"""A newsroom with a row of everything, for tests that open pages."""

from articles.desk import importing
from articles.images.models import Image
from articles.models import Article, Author, Category, Page, Tag, User
from tests import factories

MADE_BY_HAND = {Article, Author, Category, Image, Page, Tag, User}

DOCUMENT = b"""---
title: 'A made-up title'
categories:
 - Channel
 - Somewhere
author: Somewhere
comments: false
date: Mon, 03 Jan 2022 08:00:00 GMT
---
<div><p>Some words of our own.</p></div>
"""


def fill(*, by, story):
    """One row at least of every model that has pages, beside `story`."""
    Image.objects.create(source_url="https://pictures.example/one.png", alt="One")
    Tag.objects.create(name="芯片")
    factories.page("关于我们")
    importing.take_in(importing.Incoming(import_ref="1", file_name="1.md", data=DOCUMENT), by=by)
    return story
