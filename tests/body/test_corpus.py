"""The outlet's own documents through the pipeline: nothing lost, nothing left over, fast enough."""

import re
import time
from pathlib import Path

import html5lib
import pytest

from articles.body.facts import DROPPED_KINDS, FACT_KINDS
from articles.body.rendering import render, render_for_feed
from articles.body.sanitising import sanitise, sanitise_rendered
from articles.body.tidying import TidiedBody, canonical, tidy
from tests.body.visible import characters, characters_after, characters_before, visible_text

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
DOCUMENTS = sorted(path for path in CORPUS.glob("*.md") if path.name != "README.md")
MOST_MILLISECONDS = 14  # a document, tidied and sanitised; the import's budget is 25

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not DOCUMENTS, reason="the outlet's corpus is not part of the project; it is not here"
    ),
]
ATTRIBUTES = {
    *("src", "alt", "width", "height", "href", "rel", "class", "data-embed", "controls"),
    *("colspan", "rowspan", "start"),
}
document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)


def read(path: Path) -> tuple[str, dict[str, str]]:
    """The body of a document, and what its front matter says of header picture and title."""
    head, body = path.read_text(encoding="utf-8").split("\n---\n", 2)[1:]
    return body, {
        "header_image": _field(head, "headimg") or _field(head, "thumbnail"),
        "title": _field(head, "title"),
    }


def attributes(html: str) -> list[tuple[str, str]]:
    """Every attribute of every element, as a browser reads them."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [pair for element in tree.iter() for pair in element.attrib.items()]


def _field(head: str, name: str) -> str:
    found = re.search(rf"^{name}: ?(.*)$", head, re.MULTILINE)
    return found[1].strip("'\" ") if found else ""


def tidied(path: Path) -> TidiedBody:
    body, fields = read(path)
    return tidy(body, **fields)


@document
def test_no_visible_text_is_lost(path):
    body, fields = read(path)

    result = tidy(body, **fields)

    assert characters_after(result) == characters_before(body, result)


@document
def test_the_order_of_the_text_is_kept(path):
    body, _fields = read(path)

    result = tidied(path)

    source = iter(re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), body))
    misplaced = [one for one in "".join(characters_in_order(result)) if one not in source]
    assert misplaced == []


def characters_in_order(result: TidiedBody) -> list[str]:
    return [one for one in visible_text(result.html) if not one.isspace()]


def test_the_yardstick_notices_a_single_lost_character():
    body, fields = read(DOCUMENTS[-1])
    result = tidy(body, **fields)

    shorter = characters_before(body.replace("。", "", 1), result)

    assert characters_after(result) != shorter


@document
def test_everything_taken_out_is_of_a_known_kind(path):
    result = tidied(path)

    assert {fact.kind for fact in result.facts} <= FACT_KINDS
    assert {one.kind for one in result.dropped} <= DROPPED_KINDS


@document
def test_tidying_twice_changes_nothing(path):
    first = tidied(path)

    second = tidy(first.html, header_image=first.header_image, title=read(path)[1]["title"])

    assert second.html == first.html
    assert second.facts == ()


@document
def test_the_result_is_canonical_and_may_be_stored_as_it_is(path):
    result = tidied(path).html

    assert canonical(result) == result
    assert sanitise(result) == result


@document
def test_the_rendered_result_is_safe_and_parses(path):
    rendered = render(tidied(path).html)

    assert sanitise_rendered(rendered) == rendered
    html5lib.HTMLParser(strict=True).parse(
        f"<!doctype html><title>t</title><article>{rendered}</article>"
    )


@document
def test_the_feed_holds_absolute_addresses_only(path):
    feed = render_for_feed(tidied(path).html, base_url="https://news.example/articles/1/a/")

    addresses = [value for name, value in attributes(feed) if name in {"src", "href", "poster"}]
    assert all(address.startswith(("https://", "http://")) for address in addresses)
    assert {name for name, _value in attributes(feed)}.isdisjoint({"class", "loading"})
    assert "<iframe" not in feed


@document
def test_nothing_is_left_over(path):
    result = tidied(path).html

    assert re.findall(r"<(?!video|audio|td)(\w+)[^>]*>\s*</\1>", result) == []
    assert {name for name, _value in attributes(result)} <= ATTRIBUTES
    assert re.findall(r"<(?:div|span|font|center|script|style|svg|button|b|i|h1)\b", result) == []
    assert not re.search(r"undefined\"|utm_\w+=[^<]*\"|GoToLink|picsum|复制代码", result)


def test_the_seed_reads_as_a_well_set_article():
    body, fields = read(CORPUS / "seed.md")

    result = tidy(body, **fields)

    lines = result.html.splitlines()
    figures = [line for line in lines if line.startswith("<figure>")]
    assert result.header_image == fields["header_image"]
    assert fields["header_image"] not in result.html
    assert [line for line in lines if "<small>" in line] == figures[:2]
    assert figures[0].endswith("<figcaption><small>来源：Meta</small></figcaption></figure>")
    assert figures[1].endswith(
        "<figcaption><small>来源：Linux 基金会</small></figcaption></figure>"
    )
    assert lines[-2:] == figures[2:]
    assert not any("figcaption" in line for line in figures[2:])


def test_the_glued_references_of_the_seed_become_a_list():
    body, fields = read(CORPUS / "seed.md")

    lines = tidy(body, **fields).html.splitlines()

    start = lines.index("<p>参考资料：</p>")
    hosts = re.findall(r'href="https://([^/]+)/', "".join(lines[start + 1 : start + 6]))
    assert (lines[start + 1], lines[start + 5]) == ("<ul>", "</ul>")
    assert hosts == ["ai.facebook.com", "www.linuxfoundation.org", "venturebeat.com"]


def test_a_document_is_tidied_and_sanitised_within_its_time():
    documents = [read(path) for path in DOCUMENTS]
    begun = time.process_time()

    for body, fields in documents:
        sanitise(tidy(body, **fields).html)

    milliseconds = (time.process_time() - begun) * 1000 / len(documents)
    assert milliseconds < MOST_MILLISECONDS


def test_the_corpus_says_something():
    assert all(characters(visible_text(read(path)[0])) for path in DOCUMENTS)
