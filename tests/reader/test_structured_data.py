"""What a story's page says to machines: the same as to people, in the words of schema.org."""

import json
import re
from datetime import timedelta

import pytest

from articles.desk import pictures
from articles.images import intake, renditions
from articles.images.models import Image
from articles.models import Article, Author, Byline, FrontPageSlot, Outlet
from tests import factories

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

ORIGIN = "https://news.example.org"
ELSEWHERE = "https://example.org"


@pytest.fixture(autouse=True)
def _origin(settings):
    settings.SITE_URL = ORIGIN


@pytest.fixture
def pictured(story):
    """A story whose picture comes in every shape."""
    image = pictures.take_in(factories.picture_file(1920, 1440), by=None, alt="生产线")
    renditions.make(image)
    Article.objects.filter(pk=story.pk).update(header_image=image)
    return story


def large(**facts):
    """A picture wide enough to be shown across a shared link."""
    return intake.take_in(factories.picture_file(800, 420), **facts)


def said_at(client, address):
    """All that a page says in its one block, by type."""
    text = client.get(address).text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    found = json.loads(block)
    assert all(thing["@context"] == "https://schema.org" for thing in found)
    return {thing["@type"]: thing for thing in found}


def facts(client, story):
    """What the page of a story says of it."""
    return said_at(client, story.get_absolute_url())["NewsArticle"]


def meta(client, address):
    """A page's OpenGraph facts."""
    text = client.get(address).text
    return dict(re.findall(r'<meta property="([^"]*)" content="([^"]*)"', text))


def test_a_story_is_a_news_article(client, story):
    said = facts(client, story)

    assert said["@type"] == "NewsArticle"
    assert said["headline"] == story.title
    assert said["url"] == f"{ORIGIN}{story.get_absolute_url()}"
    assert said["datePublished"] == said["dateModified"] == "2026-03-14T10:30:00+08:00"
    assert said["articleSection"] == ["开源", "发布"]
    assert sorted(said["keywords"]) == sorted(story.tags.names())
    assert said["isBasedOn"] == "https://example.org/source"


def test_writers_are_authors_and_editors_are_editors(client, story):
    said = facts(client, story)

    assert [author["name"] for author in said["author"]] == ["沈砚"]
    assert said["author"][0]["url"].startswith(f"{ORIGIN}/author/")
    assert [editor["@type"] for editor in said["editor"]] == ["Organization"]


def test_the_picture_has_an_absolute_address_and_a_size(client, story):
    (picture,) = facts(client, story)["image"]

    assert picture["url"] == f"{ORIGIN}{story.header_image.url}"
    assert (picture["width"], picture["height"]) == (64, 36)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({}, ("新的生产线", "厂方")),
        ({"header_caption": "旧厂房", "header_credit": "本报"}, ("旧厂房", "本报")),
        ({"header_credit": "本报"}, ("新的生产线", "本报")),
    ],
    ids=["the picture's", "the story's", "one of each"],
)
def test_machines_are_told_of_the_picture_what_the_page_says(client, story, own, said):
    Article.objects.filter(pk=story.pk).update(**own)

    (picture,) = facts(client, story)["image"]
    text = client.get(story.get_absolute_url()).text

    caption, credit = said
    assert (picture["caption"], picture["creditText"]) == said
    assert f"<figcaption>{caption} <small>{credit}</small></figcaption>" in text
    feed = client.get("/feed/").text
    assert f'<media:description type="plain">{caption}</media:description>' in feed
    assert f"<media:credit>{credit}</media:credit>" in feed


def test_every_shape_says_where_its_file_is_and_whose(client, pictured):
    Outlet.objects.update(name="未编", legal_name="")
    Image.objects.update(credit="林墨 摄", licence=Image.Licence.OWN)

    found = facts(client, pictured)["image"]

    assert [picture["contentUrl"] for picture in found] == [picture["url"] for picture in found]
    assert {picture["creditText"] for picture in found} == {"林墨 摄"}
    assert {picture["copyrightNotice"] for picture in found} == {"© 未编"}


@pytest.mark.parametrize("licence", [each for each in Image.Licence if each != "own"])
def test_nobody_elses_picture_is_said_to_be_ours(client, pictured, licence):
    Image.objects.update(licence=licence)

    assert not [p for p in facts(client, pictured)["image"] if "copyrightNotice" in p]


def test_a_photographer_contributes(client, story):
    who = factories.author("何光")
    Byline.objects.create(article=story, author=who, role=Byline.Role.PHOTOGRAPHER, position=9)

    said = facts(client, story)

    assert [each["name"] for each in said["contributor"]] == ["何光"]
    assert "何光" not in {each["name"] for each in said["author"]}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"licence": "reprint"}, f"{ELSEWHERE}/original"),
        (
            {"licence": "compiled", "source_url": f"{ELSEWHERE}/source"},
            [f"{ELSEWHERE}/source", f"{ELSEWHERE}/original"],
        ),
        ({"licence": "original", "source_url": f"{ELSEWHERE}/source"}, f"{ELSEWHERE}/source"),
    ],
    ids=["reprint", "compiled", "ours"],
)
def test_what_is_not_ours_is_based_on_its_original(client, told, said):
    story = factories.live(canonical_url=f"{ELSEWHERE}/original", **told)

    assert facts(client, story)["isBasedOn"] == said


def test_the_picture_comes_in_three_shapes(client, pictured):
    found = facts(client, pictured)["image"]

    assert [(picture["width"], picture["height"]) for picture in found] == [
        (1280, 720),
        (1280, 960),
        (1280, 1280),
    ]
    assert all(picture["url"].endswith(".jpg") for picture in found)
    assert facts(client, pictured)["thumbnailUrl"] == found[-1]["url"]


def test_a_picture_that_cannot_be_shown_is_not_named(client, story):
    story.header_image.file.storage.delete(story.header_image.file.name)

    assert story.header_image.url not in client.get(story.get_absolute_url()).text


@pytest.mark.parametrize("name", ["story", "front", "list"])
def test_a_shared_link_shows_the_card_made_for_it(client, pictured, name):
    addresses = {"story": pictured.get_absolute_url(), "front": "/", "list": "/archive/2026/03/"}

    said = meta(client, addresses[name])

    assert said["og:image"].startswith(f"{ORIGIN}/media/renditions/")
    assert said["og:image"].endswith(".jpg")
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:type"] == "image/jpeg"
    assert said["og:image:alt"] == "生产线"
    assert 'content="summary_large_image"' in client.get(addresses[name]).text


@pytest.mark.parametrize(("caption", "expected"), [("", "题目"), ("图库的图说", "图库的图说")])
def test_a_picture_nobody_described_is_named_by_its_caption_or_the_title(client, caption, expected):
    story = factories.live(title="题目", header_image=large(caption=caption).pk)

    said = [meta(client, address)["og:image:alt"] for address in (story.get_absolute_url(), "/")]
    feed = client.get("/feed/").text

    assert said == [expected, expected]
    assert f"alt=&quot;{expected}&quot;" in feed or f'alt="{expected}"' in feed


def test_without_a_font_a_page_without_a_picture_shows_the_logo(client, settings):
    settings.CARD_FONT = "/nowhere.ttc"
    logo = factories.picture(alt="未编")
    Outlet.objects.update(logo=logo)

    said = [meta(client, page) for page in ("/", "/archive/", factories.live().get_absolute_url())]

    assert {page["og:image"] for page in said} == {f"{ORIGIN}{logo.url}"}
    assert 'content="summary"' in client.get("/").text


def test_the_front_page_is_shared_with_the_picture_it_shows(client):
    story = factories.live(title="题目", header_image=large(alt="生产线").pk)
    other = intake.take_in(factories.picture_file(900, 480, "#222222"), alt="编辑选的图")
    FrontPageSlot.objects.create(zone="lead", article=story, picture=other, headline="短题")

    assert meta(client, "/")["og:image:alt"] == "编辑选的图"


def test_a_list_shows_the_first_picture_that_can_be_shown(client):
    factories.live(header_image=large(alt="生产线").pk)
    lost = Image.objects.create(file="originals/nowhere.png", width=9, height=9, sha256="0" * 64)
    factories.live(header_image=lost.pk)
    factories.live()

    assert meta(client, "/")["og:image:alt"] == "生产线"


def test_a_substantial_change_is_said(client, story):
    unchanged = meta(client, story.get_absolute_url())
    Article.objects.update(modified_at=factories.A_MOMENT + timedelta(days=1))

    changed = meta(client, story.get_absolute_url())

    assert facts(client, story)["dateModified"] == "2026-03-15T09:30:00+08:00"
    assert changed["article:modified_time"] == "2026-03-15T09:30:00+08:00"
    assert "article:modified_time" not in unchanged


def test_a_day_is_said_as_a_day(client, story):
    Article.objects.update(published_time_known=False)

    assert facts(client, story)["datePublished"] == "2026-03-14"


def test_the_publisher_is_the_outlet(client, story):
    Outlet.objects.update(name="未编", legal_name="未编有限公司", logo=story.header_image)

    publisher = facts(client, story)["publisher"]

    assert (publisher["name"], publisher["legalName"]) == ("未编", "未编有限公司")
    assert publisher["logo"]["url"] == f"{ORIGIN}{story.header_image.url}"


def test_an_outlet_without_a_logo_is_known_by_its_icon(client, story):
    said = facts(client, story)["publisher"]["logo"]["url"]

    assert said == f"{ORIGIN}/static/newsroom/img/icon.svg"


def test_what_we_do_not_know_is_not_said(client):
    said = facts(client, factories.live())

    assert not {"keywords", "editor", "isBasedOn"} & said.keys()


def test_a_story_says_what_it_is_made_for_and_how_long_it_takes(client, story):
    said = facts(client, story)

    assert said["inLanguage"] == "zh-Hans"
    assert said["timeRequired"] == "PT1M"
    assert said["isAccessibleForFree"] is True
    assert said["mainEntityOfPage"]["@id"] == said["url"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "news"}, None),
        ({"kind": "opinion"}, "https://schema.org/OpinionNewsArticle"),
        ({"kind": "opinion", "sponsored": True}, "https://schema.org/AdvertiserContentArticle"),
    ],
    ids=["news", "opinion", "paid for"],
)
def test_what_is_not_plain_news_is_said_beside_the_type(client, told, said):
    assert facts(client, factories.live(**told)).get("additionalType") == said


def test_the_use_of_ai_is_said_to_machines_too(client, story):
    said = [facts(client, each).get("digitalSourceType") for each in (story, factories.live())]

    assert said == ["https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource", None]


@pytest.mark.parametrize(("short", "headline"), [("短题", "短题"), ("", "长" * 109 + "…")])
def test_a_headline_has_at_most_110_characters(client, short, headline):
    story = factories.live(title="长" * 150, short_title=short)

    assert facts(client, story)["headline"] == headline


def test_a_writer_is_said_with_position_face_and_accounts(client, story):
    author = Author.objects.get(name="沈砚")
    author.position, author.links = "科学编辑", {"微博": "https://weibo.example/1", "x": "evil:1"}
    author.portrait = factories.picture()
    author.save()

    (said,) = facts(client, story)["author"]
    page = said_at(client, author.get_absolute_url())["ProfilePage"]

    assert said["jobTitle"] == "科学编辑"
    assert said["sameAs"] == ["https://example.org", "https://weibo.example/1"]
    assert said["image"] == f"{ORIGIN}{author.portrait.url}"
    assert page["mainEntity"].items() >= (said | {"description": "写芯片。"}).items()
    assert page["mainEntity"]["worksFor"]["name"] == Outlet.objects.get().name


def test_the_way_to_a_story_and_to_a_category_is_said(client, story):
    ways = [
        said_at(client, thing.get_absolute_url())["BreadcrumbList"]["itemListElement"]
        for thing in (story, story.category)
    ]

    names = [[step["name"] for step in way] for way in ways]
    assert names == [["Newsroom", "开源", "发布", story.title], ["Newsroom", "开源", "发布"]]
    assert ways[0][2]["item"] == ways[1][2]["item"] == f"{ORIGIN}/category/fa-bu/"
    assert "item" not in ways[0][3]


def test_the_front_page_says_who_we_are_and_how_to_search(client):
    Outlet.objects.update(
        contact_email="desk@example.org", social_accounts={"微博": "https://weibo.example/us"}
    )
    for purpose in ("principles", "corrections", "contact"):
        factories.page(purpose, purpose=purpose, slug=purpose)

    said = said_at(client, "/")

    outlet, site = said["NewsMediaOrganization"], said["WebSite"]
    assert outlet["contactPoint"]["email"] == "desk@example.org"
    assert outlet["contactPoint"]["url"] == f"{ORIGIN}/pages/contact/"
    assert outlet["publishingPrinciples"] == f"{ORIGIN}/pages/principles/"
    assert outlet["correctionsPolicy"] == f"{ORIGIN}/pages/corrections/"
    assert outlet["sameAs"] == ["https://weibo.example/us"]
    assert site["publisher"]["@id"] == outlet["@id"]
    wanted = f"{ORIGIN}/search/?q={{search_term_string}}"
    assert site["potentialAction"]["target"]["urlTemplate"] == wanted


def test_a_list_names_its_stories_in_order(client):
    stories = factories.many_live(2, tags=("芯片",))

    for address in ("/tag/xin-pian/", "/archive/2026/03/", stories[0].category.get_absolute_url()):
        said = said_at(client, address)["CollectionPage"]
        named = [item["url"] for item in said["mainEntity"]["itemListElement"]]

        assert said["url"] == f"{ORIGIN}{address}"
        assert named == [f"{ORIGIN}{story.get_absolute_url()}" for story in reversed(stories)]


def test_a_page_shared_elsewhere_says_what_it_is(client, story):
    said = meta(client, story.get_absolute_url())

    assert said["og:type"] == "article"
    assert said["og:title"] == story.title
    assert said["og:url"] == f"{ORIGIN}{story.get_absolute_url()}"
    assert said["og:locale"] == "zh_CN"
    assert said["og:description"] == "一句话说清楚 A&amp;B。"
    assert said["article:author"] == facts(client, story)["author"][0]["url"]
    assert said["article:section"] == "开源"


def test_the_page_of_a_person_is_a_profile_and_no_other_is(client, story):
    person, editors = story.authors.order_by("kind").reverse()

    said = meta(client, person.get_absolute_url())

    assert (said["og:type"], said["profile:username"]) == ("profile", person.slug)
    for address in ("/", editors.get_absolute_url(), story.category.get_absolute_url()):
        assert meta(client, address)["og:type"] == "website"


@pytest.mark.parametrize("address", ["/", "story"])
def test_each_script_names_the_other(client, story, address):
    Outlet.objects.update(traditional="s2hk")
    path = story.get_absolute_url() if address == "story" else address

    said = [meta(client, each) for each in (path, f"/zh-hant{path}")]

    assert [each["og:locale"] for each in said] == ["zh_CN", "zh_HK"]
    assert [each["og:locale:alternate"] for each in said] == ["zh_HK", "zh_CN"]


def test_a_site_in_one_script_names_no_other(client, story):
    Outlet.objects.update(traditional="")

    assert "og:locale:alternate" not in meta(client, "/")


def test_the_canonical_address_is_ours_unless_an_editor_names_the_original(client, story):
    other = factories.live(title="转载", canonical_url="https://example.org/original")

    pages = [client.get(s.get_absolute_url()).text for s in (story, other)]

    assert f'<link rel="canonical" href="{ORIGIN}{story.get_absolute_url()}">' in pages[0]
    assert '<link rel="canonical" href="https://example.org/original">' in pages[1]


def test_the_origin_is_the_outlets_whatever_host_was_asked(client, story, settings):
    settings.ALLOWED_HOSTS = ["mirror.example.net"]

    response = client.get(story.get_absolute_url(), headers={"host": "mirror.example.net"})

    assert "mirror.example.net" not in response.text


# hostile


def test_nothing_in_a_story_ends_the_block_early(client):
    evil = "</script><!-- <script> & \u2028 '\""

    story = factories.live(title=evil, standfirst=evil)

    assert facts(client, story)["description"] == evil
