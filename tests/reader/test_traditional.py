"""Every page in Traditional Chinese: the same page, converted, at an address of its own."""

import gzip
import json
import re
from pathlib import Path

import feedparser
import html5lib
import pytest
from django.conf import settings
from django.db import OperationalError
from django.urls import get_script_prefix

from articles.body.traditional import markup
from articles.body.traditional.wording import wording
from articles.desk import publishing
from articles.models import Outlet
from articles.reader import scripts
from tests import factories
from tests.reader import site

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

BELOW = "/zh-hant"
HOST = "http://127.0.0.1:8000"
#: characters that are Simplified and nothing else
TELLING = re.compile(
    "[发产复厂页图观后显绍现体频软还给让这们个说话见线组织类为国开关门问间时长门东车马]"
)
# what is not to be converted, and tags
KEPT = re.compile(
    r"<(pre|code|script)\b.*?</\1>|<a [^>]*translate=\"no\">.*?</a>|<[^>]*>", re.DOTALL
)
TWICE = [name for name in site.Newsroom.NAMES if "sitemap" not in name and name != "robots"]
HIDDEN = {"404", "offline", "embed", "search", "found", "nothing found"}
PAGES = [name for name in TWICE if not name.endswith(("feed", "code"))]
INDEXED = [name for name in PAGES if name not in HIDDEN]
DATA = re.compile(r'(data-[\w-]+)="[^"{]*{% (?:translate|blocktranslate)')
ADDRESS = re.compile(r'\b(?:href|src|action|srcset|content)="((?:http|/)[^"]*)"')


def traditional(**facts):
    Outlet.objects.update(**facts)


def alternates(text):
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', text))


@pytest.mark.parametrize("name", TWICE)
def test_every_page_is_there_in_traditional_chinese(client, name):
    newsroom = site.grow(2)
    written = client.get(newsroom.address(name))

    told = client.get(BELOW + newsroom.address(name))

    assert told.status_code == written.status_code
    assert told["Content-Type"] == written["Content-Type"]
    assert told["Content-Length"] == str(len(told.content))
    assert told["Content-Language"] == "zh-Hant-TW"
    assert TELLING.findall(KEPT.sub("", told.text)) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_traditional_page_parses_and_says_its_language(client, name):
    told = client.get(BELOW + site.grow(2).address(name)).text

    page = html5lib.HTMLParser(strict=True).parse(told)

    assert page.get("lang") == "zh-Hant-TW"


@pytest.mark.parametrize("name", [name for name in TWICE if name.endswith("feed")])
def test_a_traditional_feed_is_a_feed(client, name):
    address = BELOW + site.grow(2).address(name)

    feed = feedparser.parse(client.get(address).content)

    assert not feed.bozo
    assert feed.feed.language == "zh-Hant-TW"
    assert len(feed.entries) == 2
    assert "工廠今天恢復生產。" in feed.entries[0].content[0].value
    assert "x &lt; 1" in feed.entries[0].content[0].value
    own = [feed.feed.link, *(part for entry in feed.entries for part in (entry.link, entry.id))]
    assert [address for address in own if not address.startswith(f"{HOST}{BELOW}/")] == []


@pytest.mark.parametrize("name", INDEXED)
def test_addresses_are_the_same_but_for_the_prefix(client, name):
    newsroom = site.grow(2)
    written = client.get(newsroom.address(name)).text

    told = client.get(BELOW + newsroom.address(name)).text

    addresses = ADDRESS.findall(told)
    assert sorted(_without(BELOW, addresses)) == sorted(_without(BELOW, ADDRESS.findall(written)))
    own = {address.removeprefix(HOST) for address in addresses}
    own = {a for a in own if a.startswith("/") and not a.startswith(("/static/", "/media/"))}
    outside = {a for a in own if not a.startswith(f"{BELOW}/")}
    assert outside == {newsroom.address(name)}  # the twin itself


def _without(prefix, addresses):
    """The addresses of both scripts; a card shows its page's own words."""
    same = [address.replace(prefix, "", 1) for address in addresses]
    return [re.sub(r"(/card/\w+)-\w+", r"\1", address) for address in same]


def test_code_stays_as_it_is(client):
    code = "<pre><code>软件 = 程序 &lt; 1</code></pre>"
    story = factories.live(
        body=f"<p>软件</p>{code}<p>见 https://example.org/软件/程序 与 <kbd>软件</kbd></p>"
    )

    told = client.get(BELOW + story.get_absolute_url()).text

    assert "<p>軟體</p>" in told
    assert "软件 = 程序 &lt; 1" in told
    assert "見 https://example.org/软件/程序 與 <kbd>软件</kbd>" in told


def test_code_in_a_heading_stays_in_the_contents_too(client):
    headings = "".join(f"<h2>软件 {n} <code>软件</code></h2><p>文</p>" for n in range(4))
    story = factories.live(body=headings)

    told = client.get(BELOW + story.get_absolute_url()).text

    assert '<a href="#s-软件-0-软件">軟體 0 <span translate="no">软件</span></a>' in told
    assert '<h2 id="s-软件-0-软件">軟體 0 <code>软件</code></h2>' in told


def test_links_of_a_story_to_other_stories_stay_in_the_script(client):
    other = factories.live()
    written = other.get_absolute_url()
    story = factories.live(
        body=f'<p><a href="{written}">一</a><a href="{HOST}{written}">二</a></p>'
    )

    told = client.get(BELOW + story.get_absolute_url()).text

    assert f'href="{BELOW}{written}"' in told
    assert f'href="{HOST}{BELOW}{written}"' in told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("https://example.com", "https://example.com/zh-hant/"),
        ("https://example.com/", "https://example.com/zh-hant/"),
        ("https://example.com?a=1", "https://example.com/zh-hant/?a=1"),
        ("https://example.com/a/1/#x", "https://example.com/zh-hant/a/1/#x"),
        ("/", "/zh-hant/"),
        ("/articles/1/软件/?a=1&amp;b=2#x", "/zh-hant/articles/1/软件/?a=1&amp;b=2#x"),
        ("/articles/1/%E8%BD%AF/", "/zh-hant/articles/1/%E8%BD%AF/"),
        ("/articles/1/x", "/zh-hant/articles/1/x"),
        ("/search/?q=软件", "/zh-hant/search/?q=软件"),
        ("/category/ai/feed/", "/zh-hant/category/ai/feed/"),
    ],
)
def test_a_link_to_a_page_leads_to_its_twin(settings, written, told):
    settings.SITE_URL = "https://example.com"

    assert scripts.in_traditional(written) == told


@pytest.mark.parametrize(
    "address",
    [
        *("/zh-hant", "/zh-hant/", "/zh-hant/a/1/", "https://example.com/zh-hant"),
        *("/files/a.pdf", "https://example.com/files/a.pdf", "/pages/report.pdf", "/favicon.ico"),
        *("/media/a.png", "/static/a.css", "/admin/", "/preview/x/", "/robots.txt", "/nothing/"),
        *("https://example.com.evil.org/a/1/", "https://example.company", "//example.org/a/1/"),
        *("https://example.org/a/1/", "http://[::1", "mailto:a@example.com", "javascript:x"),
        *("", "#s-软件", "?q=软件", "a/1/", "../a/1/", "/\\example.org/", "/a/1/%00/", "/./a/1/"),
    ],
)
def test_a_link_to_anything_else_stays(settings, address):
    settings.SITE_URL = "https://example.com"

    assert scripts.in_traditional(address) == address


# the other script


@pytest.mark.parametrize("name", INDEXED)
def test_each_page_names_the_other_and_itself(client, name):
    address = site.grow(2).address(name)
    pages = {"zh-Hans": HOST + address, "zh-Hant": HOST + BELOW + address}

    found = {script: client.get(page.removeprefix(HOST)).text for script, page in pages.items()}

    for script, text in found.items():
        assert alternates(text) == pages | {"x-default": pages["zh-Hans"]}
        assert f'<link rel="canonical" href="{pages[script]}">' in text
        other = next(page for each, page in pages.items() if each != script)
        assert f'href="{other.removeprefix(HOST)}" rel="alternate"' in text


def test_a_page_with_another_original_names_no_alternates(client):
    story = factories.live(canonical_url="https://example.org/original/")

    for address in ("", BELOW):
        text = client.get(address + story.get_absolute_url()).text
        assert alternates(text) == {}
        assert '<link rel="canonical" href="https://example.org/original/">' in text


@pytest.mark.parametrize("address", ["/nothing/", "/search/", "/offline/", "/category/leer/"])
def test_what_is_not_to_be_found_names_no_alternates(client, address):
    factories.category("空", slug="leer")

    assert alternates(client.get(address).text) == {}
    assert alternates(client.get(BELOW + address).text) == {}


def test_a_withdrawn_story_says_so_in_traditional_chinese(client, live, charlie):
    publishing.withdraw(live, reason="来源说这是错误的。", by=charlie)

    told = client.get(BELOW + live.get_absolute_url())

    assert told.status_code == 410
    assert "來源說這是錯誤的。" in told.text
    assert "hreflang" not in told.text


def test_social_sites_are_told_the_script(client):
    story = factories.live(title="软件")

    text = client.get(BELOW + story.get_absolute_url()).text

    assert '<meta property="og:locale" content="zh_TW">' in text
    assert '<meta property="og:title" content="軟體">' in text
    assert f'<meta property="og:url" content="{HOST}{BELOW}{story.get_absolute_url()}">' in text


def test_structured_data_says_the_script(client):
    story = factories.live(title="软件")

    text = client.get(BELOW + story.get_absolute_url()).text

    facts = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1]
    facts = next(each for each in json.loads(facts) if each["@type"] == "NewsArticle")
    assert facts["headline"] == "軟體"
    assert facts["inLanguage"] == "zh-Hant-TW"
    assert facts["url"] == f"{HOST}{BELOW}{story.get_absolute_url()}"


def facts_of(text, kind):
    facts = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1]
    return next(each for each in json.loads(facts) if each["@type"] == kind)


def test_the_way_to_a_page_begins_at_the_front_page_of_its_script(client, story):
    pages = [client.get(each + story.get_absolute_url()).text for each in ("", BELOW)]

    ways = [facts_of(page, "BreadcrumbList")["itemListElement"] for page in pages]

    assert [way[0]["item"] for way in ways] == [f"{HOST}/", f"{HOST}{BELOW}/"]


def test_each_script_is_a_site_with_a_search_of_its_own(client):
    for below in ("", BELOW):
        site_facts = facts_of(client.get(f"{below}/").text, "WebSite")
        search = site_facts["potentialAction"]["target"]["urlTemplate"]

        assert site_facts["@id"] == f"{HOST}{below}/#site"
        assert site_facts["url"] == f"{HOST}{below}/"
        assert search == f"{HOST}{below}/search/?q={{search_term_string}}"


def test_the_outlet_leads_to_its_policies_in_the_script(client):
    factories.page("更正办法", slug="corrections", purpose="corrections")

    text = client.get(f"{BELOW}/").text

    outlet = facts_of(text, "NewsMediaOrganization")
    assert outlet["correctionsPolicy"] == f"{HOST}{BELOW}/pages/corrections/"
    assert outlet["@id"] == f"{HOST}/#outlet"


def test_words_that_scripts_show_are_converted():
    """A template with words in another data attribute has to tell the converter."""
    templates = Path(settings.BASE_DIR, "templates")
    pages = [path for path in templates.rglob("*.html") if "admin" not in path.parts]
    said = {name for page in pages for name in DATA.findall(page.read_text("utf-8"))}
    written = " ".join(f'{name}="软件"' for name in said)

    told = markup.converted(f"<p {written}>", wording("s2twp", ""))

    assert said
    assert "软件" not in told


# what the outlet chooses


def test_the_outlet_chooses_how_traditional_is_written(client):
    story = factories.live(title="软件")
    traditional(traditional="s2hk")

    text = client.get(BELOW + story.get_absolute_url()).text

    assert '<html lang="zh-Hant-HK">' in text
    assert "軟件" in text
    assert 'content="zh_HK"' in text


def test_the_glossary_is_kept_and_a_change_is_seen_at_once(client):
    address = BELOW + factories.live(body="<p>软件世界</p>").get_absolute_url()
    before = client.get(address)

    traditional(glossary="软件世界\n")

    after = client.get(address, headers={"if-none-match": before["ETag"]})
    assert "軟體世界" in before.text
    assert after.status_code == 200
    assert "软件世界" in after.text


def test_an_outlet_without_traditional_pages_has_none(client):
    story = factories.live()
    traditional(traditional="")

    assert client.get(f"{BELOW}/").status_code == 404
    assert client.get(BELOW + story.get_absolute_url()).status_code == 404
    text = client.get(story.get_absolute_url()).text
    assert "hreflang" not in text
    assert BELOW not in text


def test_an_outlet_that_speaks_english_has_none(client, settings):
    settings.LANGUAGE_CODE = "en"

    assert client.get(f"{BELOW}/").status_code == 404
    assert "hreflang" not in client.get("/").text


# ways to ask


@pytest.mark.parametrize(
    "address",
    [
        *("/admin/", "/admin/login/", "/static/newsroom/css/site.css", "/media/a.png", "/i18n/"),
        *("/healthz/", "/healthz/desk/", "/calendar/x.ics", "/preview/x/", "/zh-hant/"),
        *("/robots.txt", "/sitemap.xml", "/sitemap/lists.xml", "/favicon.ico", "//example.org/"),
        "/0123456789abcdef.txt",
    ],
)
def test_what_is_no_page_for_readers_is_not_there(client, charlie, address):
    client.force_login(charlie)

    assert client.get(BELOW + address).status_code == 404


def test_redirects_stay_in_the_script(client, live):
    right = BELOW + live.get_absolute_url()

    found = {
        address: client.get(BELOW + address)
        for address in (f"/a/{live.pk}/", f"/articles/{live.pk}/x/", live.get_absolute_url()[:-1])
    }

    assert {answer["Location"] for answer in found.values()} == {right}
    assert {answer.status_code for answer in found.values()} == {301}


def test_the_prefix_alone_leads_to_the_front_page(client):
    answer = client.get(BELOW)

    assert (answer.status_code, answer["Location"]) == (301, f"{BELOW}/")


@pytest.mark.parametrize("name", ["article", "front feed", "embed"])
def test_a_reader_who_has_the_page_is_not_sent_it_again(client, name):
    address = BELOW + site.grow(1).address(name)
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert again["ETag"] == first["ETag"]


def test_a_reader_may_insist_on_the_page_they_know(client, story):
    address = BELOW + story.get_absolute_url()
    known = client.get(address)["ETag"]

    found = [client.get(address, headers={"if-match": tag}).status_code for tag in (known, '"x"')]

    assert found == [200, 412]


def test_a_copy_in_one_script_is_none_in_the_other(client, story):
    tags = [client.get(each + story.get_absolute_url())["ETag"] for each in ("", BELOW)]

    found = [
        client.get(each + story.get_absolute_url(), headers={"if-none-match": tag}).status_code
        for each, tag in zip(("", BELOW), reversed(tags), strict=True)
    ]

    assert tags[0] != tags[1]
    assert found == [200, 200]


def test_an_answer_is_compressed_after_it_was_converted(client, story):
    address = BELOW + story.get_absolute_url()
    plain = client.get(address)

    packed = client.get(address, headers={"accept-encoding": "gzip"})

    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Length"] == str(len(packed.content))
    assert packed["ETag"] == f"W/{plain['ETag']}"


def test_asking_for_the_head_says_what_the_page_would(client, story):
    address = BELOW + story.get_absolute_url()
    page = client.get(address)

    head = client.head(address)

    del page.headers["ETag"]  # Django compares what is got
    assert {**head.headers} == {**page.headers}
    assert head.content == b""


def test_no_answer_depends_on_who_asks(client, story, ellen):
    address = BELOW + story.get_absolute_url()
    plain = client.get(address)
    client.force_login(ellen)

    other = client.get(address, headers={"accept-language": "zh-TW, en"})

    assert other.content == plain.content
    assert "Cookie" not in other.get("Vary", "")
    assert not other.cookies


def test_pictures_are_passed_as_they_are(client, story):
    text = client.get(BELOW + "/").text
    card = re.search(r'content="http://[^/]*([^"]*/card/[^"]*)"', text)[1]

    answer = client.get(card)

    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def test_the_next_page_is_made_at_the_root_again(client, story):
    before = get_script_prefix()

    for address in ("/", "/nothing/", "/articles/1/x", "/admin/"):
        client.get(BELOW + address)

    assert get_script_prefix() == before
    assert BELOW not in re.sub(
        r"<link[^>]*hreflang.*|<a[^>]*hreflang[^>]*>", "", client.get("/").text
    )


def test_a_mistake_of_ours_leaves_no_prefix_behind(client, monkeypatch):
    before = get_script_prefix()
    client.raise_request_exception = False
    monkeypatch.setattr("articles.reader.frame.page", lambda *args, **more: 1 / 0)

    answer = client.get(f"{BELOW}/")

    assert answer.status_code == 500
    assert get_script_prefix() == before
    assert '<html lang="zh-Hant-TW">' in answer.text
    assert f'href="{BELOW}/"' in answer.text
    assert TELLING.findall(KEPT.sub("", answer.text)) == []


@pytest.mark.parametrize("address", [BELOW, f"{BELOW}/", f"{BELOW}/articles/1/x/"])
@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (KeyError, 500)])
def test_without_the_outlet_a_failure_is_told_in_the_script(
    client, monkeypatch, django_assert_num_queries, address, error, status
):
    def away(*args):
        raise error

    client.raise_request_exception = False
    monkeypatch.setattr("articles.reader.frame.outlet_of", away)

    with django_assert_num_queries(0):
        answer = client.get(address)

    assert answer.status_code == status
    assert '<html lang="zh-Hant">' in answer.text
    assert answer["Content-Language"] == "zh-Hant"
    assert f'href="{BELOW}/"' in answer.text
    assert TELLING.findall(KEPT.sub("", answer.text)) == []


def test_a_failure_of_a_simplified_page_is_told_in_simplified(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("articles.reader.frame.page", lambda *args, **more: 1 / 0)

    answer = client.get("/")

    assert '<html lang="zh-hans">' in answer.text
    assert 'href="/"' in answer.text


def test_a_question_may_be_asked_in_either_script(client):
    story = factories.live(title="软件的历史")

    found = [client.get(f"{BELOW}/search/", {"q": word}).text for word in ("軟體", "软件")]

    assert [f"{BELOW}{story.get_absolute_url()}" in text for text in found] == [True, True]
    assert 'value="軟體"' in found[0]
    assert 'href="/search/?q=' in found[0]
