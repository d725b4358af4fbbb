"""Embargo: before its time nothing of a story is anywhere readers look, whatever they ask for.

A phrase is planted in every fact of stories in every state in which readers must not see them.
Then every public address is asked, in every way, and so is every address that an answer names.
An address pattern of the project without a sample here fails the test.
"""

import html
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from articles.body.traditional.wording import wording
from articles.desk import autosaving, notes, publishing, review, scheduling, sharing, writing
from articles.desk.sharing import Lifetime
from articles.desk.writing import working_snapshot
from articles.images import intake
from articles.models import Article, Author, Category, FrontPageSlot, PreviewLink, Tag, User
from articles.reader.cursors import Cursor
from articles.workflow import Stage
from tests import factories

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

PHRASE, SPELT = "秘而不宣", "mi-er-bu-xuan"  # the second as it stands in addresses and file names
TOLD = wording("s2twp", "").plain(PHRASE)  # the first as Traditional pages would say it
BELOW = "/zh-hant"  # where the Traditional twin of every address lies
OPEN = "人人可读的文章"
LINK = re.compile(r'(?:href|src|action|content)="([^"]*)"|<(?:loc|link|guid|url)[^>]*>([^<]*)<')
HOST = "http://127.0.0.1:8000"
LATER = timedelta(days=1)


# What is hidden


def planted(name, **facts):
    """Facts of a story with the phrase in every place a reader could find it."""
    return {
        "title": f"{PHRASE}标题{name}",
        "short_title": f"{PHRASE}短题",
        "standfirst": f"{PHRASE}导语",
        "body": f"<p>{PHRASE}正文</p><h2>{PHRASE}小标题</h2>",
        "header_image": picture(name).pk,
        "header_caption": f"{PHRASE}图说",
        "header_credit": f"{PHRASE}来源",
        "authors": [factories.author(f"{PHRASE}作者{name}", bio=f"{PHRASE}简介")],
        "tags": (f"{PHRASE}标签{name}",),
        "source_name": f"{PHRASE}媒体",
        "source_url": f"https://example.org/{SPELT}/",
        "licence": Article.Licence.REPRINT,
        "seo_title": f"{PHRASE}搜索标题",
        "seo_description": f"{PHRASE}搜索描述",
    } | facts


def picture(name):
    """A picture of its own, found by its words and its file's name."""
    shade = sum(name.encode()) % 200
    content = factories.picture_file(120, 80, f"#{shade:02x}1122")
    words = {"alt": f"{PHRASE}画面", "caption": f"{PHRASE}图库图说", "credit": f"{PHRASE}摄影"}
    return intake.take_in(content, name=f"{SPELT}-{name}.png", **words)


def hidden():
    """A story in every state in which readers must not see it, by the name of the state."""
    stories = {
        "draft": factories.draft(**planted("草稿")),
        "in review": review.submit(factories.draft(**planted("送审")), by=None),
        "changes requested": review.submit(factories.draft(**planted("退回")), by=None),
        "approved": review.approve(factories.draft(**planted("通过")), by=None),
        "scheduled": review.approve(factories.draft(**planted("定时")), by=None),
    }
    review.request_changes(stories["changes requested"], comment=PHRASE, by=None)
    scheduling.schedule(stories["scheduled"], at=timezone.now() + LATER, by=None)
    return stories


def reworked():
    """Live stories with changes that readers must not see, by what became of the changes."""
    stories = {name: factories.live(title=f"{OPEN}{name}") for name in ("草稿", "通过", "定时")}
    for name, story in stories.items():
        rework(story, f"改{name}")
    for name in ("通过", "定时"):
        review.approve(stories[name], by=None)
    scheduling.schedule(stories["定时"], at=timezone.now() + LATER, by=None)
    return stories


def rework(story, name):
    """Change everything of a story at the desk, its address too, and publish nothing of it."""
    facts = planted(name)
    facts["bylines"] = tuple((author.pk, "author") for author in facts.pop("authors"))
    writing.revise(story, working_snapshot(story).changed(slug=SPELT, **facts), by=None)


def withdrawn():
    return publishing.withdraw(factories.live(**planted("撤回")), reason="事实有误。", by=None)


def desk_talk(story, by):
    """What colleagues say of a story, type in it, and send to outsiders."""
    notes.add(story, text=PHRASE, by=by)
    content = {"title": [f"{PHRASE}还在打字"]}
    autosaving.keep(by, content=content, article=story, tab="a", count=1)
    sharing.share(story, lifetime=Lifetime.DAY, label=PHRASE, may_comment=True, by=None)
    Article.objects.filter(pk=story.pk).update(
        withdraw_at=timezone.now() + LATER, withdraw_at_reason=PHRASE
    )


def promised(story):
    """A place on the front page that waits for the story."""
    facts = {"headline": f"{PHRASE}首页标题", "picture": picture(f"首页{story.pk}")}
    FrontPageSlot.objects.create(zone="beside", article=story, follows_schedule=True, **facts)


# Where readers look


@dataclass(frozen=True)
class World:
    """Every row an address can be made of."""

    stories: list
    categories: list
    tags: list
    authors: list

    @classmethod
    def now(cls):
        models = (Article, Category, Tag, Author)
        return cls(*(list(model.objects.order_by("pk")) for model in models))

    def lists(self):
        """The addresses of all lists of stories."""
        things = [*self.categories, *self.tags, *self.authors]
        months = [f"/archive/{timezone.localtime() + LATER * n:%Y/%m}/" for n in (0, 31)]
        return ["/", *months, *(thing.get_absolute_url() for thing in things)]

    def list_of(self, kind):
        return [address for address in self.lists() if address.startswith(f"/{kind}/")]


def ids(world):
    return [story.pk for story in world.stories]


def slugs(story):
    """Every last part of an address that somebody could guess."""
    return [story.slug or "-", working_snapshot(story).slug or "-", "x"]


def older(addresses):
    """The pages of lists behind any moment, past and to come."""
    cursors = [Cursor(timezone.now() + 2 * LATER, 1), Cursor(timezone.now(), 2**62)]
    return [f"{address}before/{cursor}/" for address in addresses for cursor in cursors]


def days():
    """The pages of yesterday, today and tomorrow."""
    moments = [timezone.localtime() + LATER * n for n in (-1, 0, 1)]
    return [f"/archive/{moment:%Y/%m/%d}/" for moment in moments]


def guessed_previews(world):
    return [
        f"/preview/{guess}/"
        for link in PreviewLink.objects.all()
        for guess in (link.pk, link.token_hash, link.token_hash[:32], "x" * 32)
    ]


def guessed_files(world):
    names = ["", ".", "originals/", "renditions/", "originals/../", f"{SPELT}.png"]
    names += [f"originals/{SPELT}-草稿.png", "originals/0/", ".part"]
    return [f"/media/{name}" for name in names]


def guessed_calendars(world):
    known = User.objects.values_list("pk", "username", "calendar_key_hash")
    guesses = {"x" * 43, *(guess for facts in known for guess in facts)}
    return [f"/calendar/{guess}.ics" for guess in guesses]


#: the patterns of the project -> addresses that fit them, made of what there is
SAMPLES = {
    "healthz/": lambda world: ["/healthz/"],
    "healthz/desk/": lambda world: ["/healthz/desk/"],
    "favicon.ico": lambda world: ["/favicon.ico"],
    "i18n/setlang/": lambda world: ["/i18n/setlang/"],
    "calendar/<str:secret>.ics": guessed_calendars,
    "media/<path:path>": guessed_files,
    "": lambda world: ["/"],
    "before/<cursor:before>/": lambda world: older(["/"]),
    "articles/<int:pk>/": lambda world: [f"/articles/{pk}/" for pk in ids(world)],
    "articles/<int:pk>/<str:slug>/": lambda world: [
        f"/articles/{story.pk}/{slug}/" for story in world.stories for slug in slugs(story)
    ],
    "a/<int:pk>/": lambda world: [f"/a/{pk}/" for pk in ids(world)],
    "a/<int:pk>/qr.svg": lambda world: [f"/a/{pk}/qr.svg" for pk in ids(world)],
    "category/<slug:slug>/": lambda world: world.list_of("category"),
    "category/<slug:slug>/before/<cursor:before>/": lambda world: older(world.list_of("category")),
    "tag/<slug:slug>/": lambda world: world.list_of("tag"),
    "tag/<slug:slug>/before/<cursor:before>/": lambda world: older(world.list_of("tag")),
    "author/<slug:slug>/": lambda world: world.list_of("author"),
    "author/<slug:slug>/before/<cursor:before>/": lambda world: older(world.list_of("author")),
    "pages/<slug:slug>/": lambda world: ["/pages/about/"],
    "archive/": lambda world: ["/archive/"],
    "archive/<yyyy:year>/": lambda world: [f"/archive/{timezone.localdate():%Y}/"],
    "archive/<yyyy:year>/<mm:month>/<dd:day>/": lambda world: days(),
    "archive/<yyyy:year>/<mm:month>/<dd:day>/before/<cursor:before>/": lambda world: older(days()),
    "tags/": lambda world: ["/tags/"],
    "search/": lambda world: [
        "/search/",
        *(f"/search/?q={word}" for word in ("秘而", "报道", OPEN)),
    ],
    "archive/<yyyy:year>/<mm:month>/": lambda world: world.list_of("archive"),
    "archive/<yyyy:year>/<mm:month>/before/<cursor:before>/": lambda world: older(
        world.list_of("archive")
    ),
    "card/<int:pk>-<slug:digest>.png": lambda world: [f"/card/{pk}-x.png" for pk in ids(world)],
    "card/<int:pk>/<str:shape>-<slug:digest>.png": lambda world: [
        f"/card/{pk}/4x3-x.png" for pk in ids(world)
    ],
    "card/site-<slug:digest>.png": lambda world: ["/card/site-x.png"],
    "manifest.webmanifest": lambda world: ["/manifest.webmanifest"],
    "icon/<slug:purpose>-<int:side>.png": lambda world: ["/icon/icon-192.png"],
    "sw.js": lambda world: ["/sw.js"],
    "offline/": lambda world: ["/offline/"],
    "feed/": lambda world: ["/feed/"],
    "category/<slug:slug>/feed/": lambda world: [f"{a}feed/" for a in world.list_of("category")],
    "tag/<slug:slug>/feed/": lambda world: [f"{a}feed/" for a in world.list_of("tag")],
    "author/<slug:slug>/feed/": lambda world: [f"{a}feed/" for a in world.list_of("author")],
    "embed/<slug:provider>/<str:id>/": lambda world: ["/embed/youtube/abcdefghijk/"],
    "preview/<slug:token>/": guessed_previews,
    "preview/<slug:token>/comment/": lambda world: [
        f"{address}comment/" for address in guessed_previews(world)
    ],
    "robots.txt": lambda world: ["/robots.txt"],
    "<slug:key>.txt": lambda world: ["/x.txt"],
    "sitemap.xml": lambda world: ["/sitemap.xml"],
    "news-sitemap.xml": lambda world: ["/news-sitemap.xml"],
    "sitemap/lists.xml": lambda world: ["/sitemap/lists.xml"],
    "sitemap/tags-<int:part>.xml": lambda world: ["/sitemap/tags-1.xml"],
    "sitemap/authors-<int:part>.xml": lambda world: ["/sitemap/authors-1.xml"],
    "sitemap/<yyyy:year>-<mm:month>.xml": lambda world: [
        f"/sitemap/{address[9:13]}-{address[14:16]}.xml" for address in world.list_of("archive")
    ],
}

# Other ways to ask for the same address: (method, headers, what is sent with it).
WAYS = [
    ("get", {"accept": "application/json"}, {}),
    ("get", {"accept": "application/rss+xml, application/atom+xml, text/xml"}, {}),
    ("get", {"accept": "text/plain", "accept-language": "en"}, {}),
    ("get", {"if-none-match": "*"}, {}),
    ("get", {"if-none-match": '"x"', "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"}, {}),
    ("get", {"if-match": '"x"'}, {}),
    ("get", {"range": "bytes=0-9999"}, {}),
    ("get", {"x-requested-with": "XMLHttpRequest"}, {"format": "json", "preview": "1"}),
    ("head", {}, {}),
    ("options", {}, {}),
    ("post", {"accept": "application/json"}, {"name": "x", "text": "x"}),
    ("put", {}, {}),
    ("patch", {}, {}),
    ("delete", {}, {}),
    ("trace", {}, {}),
]


def public_patterns(resolver=None, prefix=""):
    """The routes of every address that does not lie below `/admin/`."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if route.startswith("admin/"):
            continue
        if isinstance(entry, URLResolver):
            yield from public_patterns(entry, route)
        else:
            yield route


def samples(world):
    written = [address for make in SAMPLES.values() for address in make(world)]
    return [*written, *(BELOW + address for address in written)]


def walk(client, addresses):
    """What is answered at `addresses` and at every address an answer names, redirects too."""
    answers, waiting = {}, list(addresses)
    while waiting:
        address = waiting.pop()
        if address in answers or address.startswith(("/admin/", "/static/", "//")):
            continue
        answers[address] = answer = client.get(address)
        found = [one or other for one, other in LINK.findall(body_of(answer))]
        found = [html.unescape(link).removeprefix(HOST) for link in found]
        found += [answer["Location"]] if "Location" in answer else []
        waiting += [link.partition("#")[0] for link in found if link.startswith("/")]
    return answers


def body_of(answer):
    content = answer.getvalue() if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


def everything_in(answer):
    """Headers and body, however they are spelt."""
    text = f"{dict(answer.headers)!r} {body_of(answer)}"
    return f"{text} {unquote(text)} {html.unescape(text)} {_as_json(text)}"


def _as_json(text):
    """The text with its `\\u` sequences read."""
    return re.sub(r"\\u[0-9a-fA-F]{4}", lambda found: json.loads(f'"{found[0]}"'), text)


def leaks(answers, secrets=()):
    """The addresses whose answers say the phrase, or name one of `secrets`."""
    forbidden = (PHRASE, TOLD, SPELT, SPELT.replace("-", ""), *secrets)
    return [
        address
        for address, answer in answers.items()
        if any(secret in everything_in(answer) for secret in forbidden)
    ]


# The tests


def test_every_public_address_has_a_sample():
    assert sorted(SAMPLES) == sorted(public_patterns())


@pytest.fixture
def secret_world(db, ellen):
    """Stories in every hidden state, beside one that everybody may read; all of them talked of."""
    factories.live(title=OPEN)
    taken_back = factories.live(**planted("撤回"))
    unseen, changed = hidden(), reworked()
    stories = [*unseen.values(), *changed.values(), taken_back]
    for story in stories:
        desk_talk(story, by=ellen)
    for story in (*unseen.values(), changed["定时"], taken_back):
        promised(story)
    publishing.withdraw(taken_back, reason="事实有误。", by=None)
    return World.now(), stories


def test_what_is_not_published_is_nowhere(client, secret_world):
    world, _stories = secret_world

    answers = walk(client, samples(world))

    assert leaks(answers) == []
    assert sum(OPEN in body_of(answer) for answer in answers.values()) > 5


def test_no_other_way_of_asking_brings_it_out(client, secret_world):
    world, _stories = secret_world
    client.raise_request_exception = False

    answers = {
        (method, address, str(headers)): getattr(client, method)(address, sent, headers=headers)
        for make in SAMPLES.values()
        for address in with_a_twin(sample_of(make(world)))
        for method, headers, sent in ways()
    }

    assert leaks(answers) == []
    assert {key: a.status_code for key, a in answers.items() if a.status_code >= 500} == {}


_OF_A_ROW = re.compile(r"/(?:articles|a|preview)/\d+/|/(?:category|tag|author)/[^/]+/")


def sample_of(addresses):
    """One address of every story, list and link there is, and a few of the others."""
    rows = {}
    for address in addresses:
        if found := _OF_A_ROW.match(address):
            rows.setdefault(found[0], address)
    others = [address for address in addresses if address not in rows.values()]
    return [*rows.values(), *(others if len(others) <= 4 else others[:2] + others[-2:])]


def with_a_twin(addresses):
    """The addresses, and the Traditional twin of the last one, if it is of a story or a list."""
    twins = [BELOW + address for address in addresses[-1:] if _OF_A_ROW.match(address)]
    return [*addresses, *twins]


@pytest.mark.parametrize("pattern", ["articles/<int:pk>/<str:slug>/", "a/<int:pk>/"])
def test_every_story_is_asked_for_in_every_way(secret_world, pattern):
    """The sample itself: no state of a story goes without it."""
    world, stories = secret_world

    asked = sample_of(SAMPLES[pattern](world))

    assert {story.stage for story in stories} == {*Stage} - {Stage.LIVE}
    for story in stories:
        assert any(f"/{story.pk}/" in address for address in asked), story.stage


def ways():
    for method, headers, sent in WAYS:
        is_form = method in {"get", "head", "post"}
        yield method, headers, sent if is_form else ""


def test_no_address_names_a_picture_that_only_a_hidden_story_shows(client, secret_world):
    world, stories = secret_world
    hidden_pictures = {image.stem for image in map(_header_of, stories) if image is not None}

    answers = walk(client, samples(world))

    assert hidden_pictures
    assert leaks(answers, hidden_pictures) == []


def _header_of(story):
    pk = working_snapshot(story).header_image
    return intake.Image.objects.filter(pk=pk).first()


def test_no_folder_of_files_is_listed(client, secret_world):
    answers = {address: client.get(address) for address in guessed_files(None)}

    assert {address: a.status_code for address, a in answers.items() if a.status_code != 404} == {}


def test_the_work_of_the_desk_changes_no_byte_that_readers_get(client, ellen):
    stories = [factories.live(title=f"{OPEN}{n}", tags=("标签",)) for n in range(3)]
    start = ["/", "/sitemap.xml", "/feed/", "/archive/", "/robots.txt"]
    before = walk(client, start)

    for name, story in enumerate(stories):
        rework(story, f"改{name}")
        desk_talk(story, by=ellen)
    hidden()

    after = walk(client, start)
    assert set(after) == set(before)
    assert [a for a in after if after[a].content != before[a].content] == []
    assert [a for a in after if dict(after[a].headers) != dict(before[a].headers)] == []


def test_of_a_withdrawn_story_only_the_reason_is_left(client):
    story = withdrawn()

    answers = walk(client, samples(World.now()))

    assert leaks(answers) == []
    assert "事实有误。" in body_of(answers[f"/a/{story.pk}/"])


def test_the_walk_finds_what_is_published(client):
    """Whoever looks for something has to be able to find it: the walk itself is put to the test."""
    for story in hidden().values():
        if story.stage not in {"approved", "scheduled"}:
            review.approve(story, by=None)
        publishing.publish(story, by=None)

    answers = walk(client, ["/", "/sitemap.xml", "/feed/"])

    everything = " ".join(map(everything_in, answers.values()))
    facts = ("标题草稿", "导语", "正文", "图说", "来源", "作者草稿", "标签草稿", "媒体", "搜索标题")
    assert [fact for fact in facts if f"{PHRASE}{fact}" not in everything] == []
    assert all(word in everything for word in (SPELT, f"{PHRASE}画面", f"{PHRASE}简介"))
    below = [everything_in(a) for address, a in answers.items() if address.startswith(BELOW)]
    assert all(f"{TOLD}{fact}" in " ".join(below) for fact in ("標題草稿", "導語", "圖說", "簡介"))


def test_nobody_logs_in_to_look(client, secret_world):
    """Otto has a login and nothing else; he reads what everybody reads."""
    world, _stories = secret_world
    client.force_login(User.objects.create_user(username="otto"))

    answers = {address: client.get(address) for address in samples(world)}

    assert leaks(answers) == []
