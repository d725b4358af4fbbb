"""RSS 2.0 with the whole text of each story.

The format is https://www.rssboard.org/rss-specification, with `content:encoded`
(https://web.resource.org/rss/1.0/modules/content/), `dc:creator` and Media RSS beside it.
"""

import re

from django.utils.feedgenerator import Rss201rev2Feed

_NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
# What XML 1.0 (section 2.2) cannot carry, even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """`text` without the characters that no XML document may contain."""
    return _NOT_XML.sub("", text)


def _clean(value):
    if isinstance(value, str):
        return xml_text(value)
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value


class FullTextFeed(Rss201rev2Feed):
    """A feed whose items also carry `content`, `creators` and maybe a `picture`."""

    def rss_attributes(self):
        return super().rss_attributes() | _NAMESPACES

    def add_item(self, **facts):
        super().add_item(**{name: _clean(value) for name, value in facts.items()})

    def add_root_elements(self, handler):
        self.feed = {name: _clean(value) for name, value in self.feed.items()}
        super().add_root_elements(handler)

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for creator in item["creators"]:
            handler.addQuickElement("dc:creator", creator)
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])
        if picture := item["picture"]:
            _add_picture(handler, {name: _clean(value) for name, value in picture.items()})

    def latest_post_date(self):
        """When the newest item last changed; a feed without items never changed."""
        return super().latest_post_date() if self.items else self.feed["begun"]


def _add_picture(handler, picture):
    facts = {"url": picture["url"], "medium": "image"}
    told = ("type", "width", "height")
    facts |= {name: str(picture[name]) for name in told if picture.get(name)}
    handler.startElement("media:content", facts)
    if picture.get("caption"):
        handler.addQuickElement("media:description", picture["caption"], {"type": "plain"})
    if picture.get("credit"):
        handler.addQuickElement("media:credit", picture["credit"])
    handler.endElement("media:content")
