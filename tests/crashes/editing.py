"""An editor who works through HTTP while the server dies under her, and notes what was answered."""

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle

import urllib3
from django.conf import settings
from django.utils import timezone
from lxml import html

from tests.crashes.tokens import fields_with, new_token

_STORIES = "/admin/articles/article"


class Interrupted(Exception):
    """No answer, or one that says that the server is not well."""


@dataclass(frozen=True)
class Cast:
    """Who is at work, with the cookies of a browser that is signed in, and what stories need."""

    user: int
    cookies: dict[str, str]
    category: int
    author: str


@dataclass
class Journal:
    """What was promised: the tokens of which it was answered that they are saved, or kept.

    `unwell`: what was answered with a failure of the site's own, which no kill excuses.
    """

    saved: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    stories: list[int] = field(default_factory=list)
    finished: int = 0
    answered: int = 0
    interrupted: int = 0
    refused: int = 0
    unwell: list[str] = field(default_factory=list)


class Editor(threading.Thread):
    """Begins stories, keeps, saves, publishes, reworks, schedules and withdraws them, for ever."""

    def __init__(self, site: str, cast: Cast, stop: threading.Event):
        super().__init__(name="editor")
        self.site, self.cast, self.stop = site, cast, stop
        self.journal = Journal()
        self.failure: Exception | None = None
        self.pool = urllib3.PoolManager(retries=False, timeout=10)

    def run(self):
        try:
            for work in cycle([self.live, self.live, self.scheduled, self.withdrawn]):
                if self.stop.is_set():
                    return
                self._through(work)
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for this thread
            self.failure = error

    def _through(self, work):
        try:
            work()
            self.journal.finished += 1
        except Interrupted:
            self.journal.interrupted += 1
            self.stop.wait(0.1)

    def live(self):
        """A story goes live, is reworked, and goes live again."""
        story = self.begin()
        self.keep(story)
        self.save(story)
        self.save(story, verb="approve_and_publish")
        self.save(story)
        self.save(story, verb="approve_and_publish")

    def scheduled(self):
        """A story is approved and goes live by itself; a change of it does, too."""
        story = self.begin()
        self.keep(story)
        for _time in range(2):
            self.save(story, verb="approve")
            at = timezone.localtime(timezone.now() + timedelta(seconds=2))
            self.ask(story, "schedule", at=at.strftime("%Y-%m-%dT%H:%M:%S"))
            self.stop.wait(3)

    def withdrawn(self):
        """A story goes live and is taken back."""
        story = self.begin()
        self.keep(story)
        self.save(story, verb="approve_and_publish")
        self.ask(story, "withdraw", reason="事实有误。")

    def begin(self) -> int:
        token = new_token()
        page = self._get(f"{_STORIES}/add/")
        answer = self._send_form(page, f"{_STORIES}/add/", token)
        story = int(answer.headers["Location"].rstrip("/").split("/")[-2])
        self.journal.stories.append(story)
        return story

    def save(self, story: int, verb: str = ""):
        address = f"{_STORIES}/{story}/change/"
        self._send_form(self._get(address), address, new_token(), verb=verb)

    def keep(self, story: int):
        """What is typed and not saved is kept; it must never show anywhere."""
        token = new_token()
        content = {name: [value] for name, value in fields_with(token).items()}
        facts = {"content": content, "tab": "crash", "count": 1, "user": self.cast.user}
        headers = {"X-CSRFToken": self.cast.cookies[settings.CSRF_COOKIE_NAME]}
        address = f"{self.site}{_STORIES}/{story}/autosave/"
        answer = self._answered("POST", address, json=facts, headers=headers)
        if answer.status == 200:
            self.journal.kept.add(token)
        self.journal.refused += answer.status != 200

    def ask(self, story: int, verb: str, **facts: str):
        address = f"{_STORIES}/{story}/{verb}/ask/"
        page = self._get(address)
        if page is None:
            self.journal.refused += 1
            return
        self._post(address, [*_fields_of(page, "contains(@class, 'desk-ask')"), *facts.items()])

    def _send_form(self, page, address, token, *, verb=""):
        ours = self._filed() | fields_with(token) | ({"_verb": verb} if verb else {"_continue": ""})
        rest = [field for field in _fields_of(page, "@id='article_form'") if field[0] not in ours]
        answer = self._post(address, [*rest, *ours.items()])
        if answer.status == 302:
            self.journal.saved.add(token)
        return answer

    def _filed(self):
        return {
            "category": str(self.cast.category),
            "bylines-author": self.cast.author,
            "bylines-role": "author",
        }

    def _get(self, address):
        """The page as a tree; None if it leads elsewhere."""
        answer = self._answered("GET", f"{self.site}{address}")
        return html.fromstring(answer.data.decode()) if answer.status == 200 else None

    def _post(self, address, fields):
        answer = self._answered(
            "POST", f"{self.site}{address}", fields=fields, encode_multipart=False
        )
        self.journal.refused += answer.status != 302
        return answer

    def _answered(self, method, address, *, headers=None, **facts):
        known = "; ".join(f"{name}={value}" for name, value in self.cast.cookies.items())
        sent = {"Cookie": known, "Referer": address, **(headers or {})}
        try:
            answer = self.pool.request(method, address, headers=sent, redirect=False, **facts)
        except urllib3.exceptions.HTTPError as error:
            raise Interrupted from error
        if answer.status >= 500:
            self.journal.unwell.append(f"{answer.status}: {method} {address}")
            raise Interrupted
        self.journal.answered += 1
        return answer


def _fields_of(page, selector) -> list[tuple[str, str]]:
    """What a browser would send of that form, without its buttons."""
    (form,) = page.xpath(f"//form[{selector}]")
    return [(name, value) for name, value in form.form_values() if value is not None]
