"""The HTML of readers' pages: valid, without style or script of its own, whole in two languages."""

import re
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from articles.models import Outlet
from tests import factories
from tests.reader import site

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

TEMPLATES = settings.BASE_DIR / "templates"
OWN = [
    path
    for path in sorted(TEMPLATES.rglob("*.html"))
    if path.relative_to(TEMPLATES).parts[0] not in {"admin", "unfold"}
]
PARTIALS = [path for path in OWN if path.name.startswith("_")]
INCLUDE = re.compile(r"{%-?\s*include\s(.*?)%}")
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGES = ["zh-hans", "en"]
SCRIPTS = {"/static/newsroom/js/theme.js", "/static/newsroom/js/reader.js"}
SHOWN_BY_A_SCRIPT = {"data-theme-switch", "data-copy-link", "data-share"}


def name_of(path):
    return str(path.relative_to(TEMPLATES))


def pages(client, newsroom):
    """Every page of HTML there is, by name."""
    found = {name: client.get(address).text for name, address in newsroom.pages().items()}
    found["older"] = client.get(site.older_page(client.get("/"))).text
    found |= {name: render_to_string(f"{name}.html") for name in ("500", "503")}
    return found


@pytest.fixture
def html(client, newsroom):
    return pages(client, newsroom)


@pytest.fixture
def withdrawn_html(client, withdrawn):
    return client.get(withdrawn.get_absolute_url()).text


def errors(text):
    """What the HTML standard's parser objects to, as (place, code, details)."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return parser.errors


def parse(text):
    return html5lib.HTMLParser(strict=True).parse(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_parses_without_an_error(client, newsroom, settings, language):
    settings.LANGUAGE_CODE = language
    with translation.override(language):
        html = pages(client, newsroom)

    for text in html.values():
        parse(text)


def test_the_page_of_a_withdrawn_story_parses_without_an_error(withdrawn_html):
    assert parse(withdrawn_html) is not None


def test_no_page_has_a_style_of_its_own(html):
    for name, text in html.items():
        elements = list(parse(text).iter())
        assert [e for e in elements if e.tag == f"{XHTML}style" or "style" in e.attrib] == [], name


def test_no_page_runs_a_script_but_the_two_files_of_ours(html):
    for name, text in html.items():
        elements = list(parse(text).iter())
        scripts = [e for e in elements if e.tag == f"{XHTML}script"]
        handlers = [a for e in elements for a in e.attrib if str(a).startswith("on")]
        run = [s for s in scripts if s.get("type") != "application/ld+json"]
        assert all(script.get("src") and not script.text for script in run), name
        assert {script.get("src") for script in run} <= SCRIPTS, name
        assert handlers == [], name


def test_nothing_is_hidden_but_buttons_that_a_script_shows(html):
    for name, text in html.items():
        hidden = [e for e in parse(text).iter() if "hidden" in e.attrib]
        assert {e.tag for e in hidden} <= {f"{XHTML}button"}, name
        assert all(SHOWN_BY_A_SCRIPT.intersection(e.attrib) for e in hidden), name


def test_every_page_has_one_headline_of_the_first_rank(html):
    counts = {name: len(re.findall(r"<h1\b", text)) for name, text in html.items()}

    assert {name: count for name, count in counts.items() if count != 1} == {}


def test_no_id_stands_twice(html):
    for name, text in html.items():
        ids = [e.attrib["id"] for e in parse(text).iter() if "id" in e.attrib]
        assert len(ids) == len(set(ids)), name


def test_every_picture_has_its_words_and_its_place(html):
    for name, text in html.items():
        pictures = [e for e in parse(text).iter() if e.tag == f"{XHTML}img"]
        assert all("alt" in picture.attrib and "loading" in picture.attrib for picture in pictures)
        remote = [p for p in pictures if p.attrib["src"].startswith("http")]
        assert all(p.get("referrerpolicy") == "no-referrer" for p in remote), name


@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-Hans"), ("en", "en")], ids=LANGUAGES)
def test_a_page_says_its_language(client, story, settings, language, tag):
    settings.LANGUAGE_CODE = language

    response = client.get("/")

    assert f'<html lang="{tag}">' in response.text


@pytest.mark.parametrize("name", ["500", "503"])
def test_the_page_for_our_own_failures_needs_no_database(django_assert_num_queries, name):
    with django_assert_num_queries(0):
        text = render_to_string(f"{name}.html")

    assert parse(text) is not None


def test_safe_stands_once_in_the_project():
    places = [
        name_of(path)
        for path in sorted(TEMPLATES.rglob("*.html"))
        for _found in re.findall(r"\|\s*safe\b|{%\s*autoescape\s+off", path.read_text("utf-8"))
    ]

    assert places == ["_prose.html"]


def test_safe_stands_on_the_rendered_body():
    text = (TEMPLATES / "_prose.html").read_text("utf-8")

    assert "{{ rendered_body|safe }}" in text


@pytest.mark.parametrize("path", PARTIALS, ids=name_of)
def test_a_partial_says_first_what_it_needs(path):
    first_line = path.read_text("utf-8").partition("\n")[0]

    assert first_line.startswith("{# ")


@pytest.mark.parametrize("path", OWN, ids=name_of)
def test_a_partial_is_included_with_only_what_it_needs(path):
    includes = INCLUDE.findall(path.read_text("utf-8"))

    assert [include for include in includes if not include.rstrip().endswith(" only")] == []


@pytest.mark.parametrize("path", OWN, ids=name_of)
def test_a_partial_is_given_every_name_that_it_says_it_needs(path):
    for include in INCLUDE.findall(path.read_text("utf-8")):
        partial = TEMPLATES / include.split()[0].strip("\"'")
        text = partial.read_text("utf-8").partition("#}")[0]
        given = re.findall(r"(\w+)=", include)
        assert [name for name in given if not re.search(rf"\b{name}\b", text)] == []


def test_every_stylesheet_is_part_of_the_one():
    folder = Path(settings.BASE_DIR, "newsroom", "static", "newsroom", "css")
    imported = re.findall(r'@import url\("([^"]+)"\)', (folder / "site.css").read_text("utf-8"))

    assert sorted([*imported, "site.css"]) == sorted(path.name for path in folder.glob("*.css"))


# hostile


def test_what_is_typed_is_shown_and_never_run(client):
    evil = '"><script>alert(1)</script>'
    story = factories.live(
        title=evil,
        standfirst=evil,
        category=factories.category(evil, description=evil),
        authors=[factories.author(evil, bio=evil, position=evil, website="javascript:alert(1)")],
        tags=(evil,),
        source_name=evil,
        header_caption=evil,
    )
    Outlet.objects.update(
        name=evil, tagline=evil, description=evil, social_accounts={evil: "javascript:alert(1)"}
    )
    things = [story, story.category, story.tags.get(), story.authors.get()]

    pages = [client.get(thing.get_absolute_url()).text for thing in things]
    pages += [client.get("/").text, client.get("/nothing/").text]

    for text in pages:
        parse(text)
        assert "<script>alert" not in text
        assert "javascript:" not in text
