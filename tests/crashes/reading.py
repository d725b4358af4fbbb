"""A reader who looks at everything all the time, and must never see half a story."""

import re
import threading
from itertools import cycle

import urllib3
from lxml import etree, html

from tests.crashes.tokens import MARK

# An address keeps the words of a story's first title; they say nothing of its text.
_ADDRESS = re.compile(r"/articles/\d+/[^/\s\"<]*")


# One try: a server that is down is no news. A redirect leads to the page that is meant.
_ONCE = urllib3.Retry(total=None, connect=0, read=0, other=0, redirect=3, raise_on_redirect=False)


#: there is something to read; not, or not yet; not any more
_IN_ORDER = {200, 404, 410}


class Astray(Exception):
    """An address that leads in a circle, or fails."""


class Reader(threading.Thread):
    """Reads stories, lists, the feed and the sitemap; `mixed` is what should never be.

    `pages` counts what was read of everything, `story_pages` of the stories themselves.
    """

    def __init__(self, site: str, stories: list[int], stop: threading.Event):
        super().__init__(name="reader")
        self.site, self.stories, self.stop = site, stories, stop
        self.seen: set[str] = set()
        self.mixed: list[str] = []
        self.pages = self.story_pages = 0
        self.failure: Exception | None = None
        self.pool = urllib3.PoolManager(retries=_ONCE, timeout=10)

    def run(self):
        try:
            for look in cycle([self.story, self.front, self.story, self.feed, self.sitemap]):
                if self.stop.wait(0.02):
                    return
                look()
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for this thread
            self.failure = error

    def story(self):
        for pk in self.stories[-3:]:
            text = self._page(f"/a/{pk}/")
            if text:
                self._take(f"/a/{pk}/", [_of_the_story(text)])
                self.story_pages += 1

    def front(self):
        text = self._page("/")
        if text:
            cards = html.fromstring(text).iter("article")
            self._take("/", [etree.tostring(card, encoding="unicode") for card in cards])

    def feed(self):
        text = self._page("/feed/")
        if text:
            items = etree.fromstring(text.encode()).iter("item")
            self._take("/feed/", [etree.tostring(item, encoding="unicode") for item in items])

    def sitemap(self):
        self._page("/sitemap.xml")

    def _page(self, address):
        """The page, or nothing if there is none or nobody answers; raises `Astray`."""
        try:
            answer = self.pool.request("GET", f"{self.site}{address}")
        except urllib3.exceptions.MaxRetryError:  # the network's, all of them: see `_ONCE`
            return ""
        if answer.status not in _IN_ORDER:
            raise Astray(f"{address}: {answer.status}")
        self.pages += answer.status == 200
        return answer.data.decode() if answer.status == 200 else ""

    def _take(self, address, parts):
        """Each part is one story, and is of one revision as a whole."""
        for part in parts:
            tokens = set(MARK.findall(_ADDRESS.sub("", part)))
            self.seen |= tokens
            if len(tokens) > 1:
                self.mixed.append(f"{address}: {sorted(tokens)}")


def _of_the_story(text):
    """What a page says of its own story, to people and to machines; others may stand around it."""
    page = html.fromstring(text)
    (article,) = page.xpath("//article[contains(@class, 'story')]")
    return "".join(etree.tostring(part, encoding="unicode") for part in (page.head, article))
