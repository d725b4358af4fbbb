"""The page of a story: its address, its facts, and what stands there once it is withdrawn."""

import re
from datetime import timedelta

import pytest

from articles.models import Article, Byline
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_reader_finds_a_published_story_at_its_address(client, live):
    response = client.get(live.get_absolute_url())

    assert response.status_code == 200
    assert live.title in response.text


@pytest.mark.parametrize("slug", ["another", "旧地址", "-", "x y"], ids=repr)
def test_any_other_slug_leads_to_the_one_address_for_good(client, live, slug):
    response = client.get(f"/articles/{live.pk}/{slug}/")

    assert response.status_code == 301
    assert response["Location"] == live.get_absolute_url()


def test_the_short_address_leads_to_the_story_for_good(client, live):
    response = client.get(f"/a/{live.pk}/")

    assert response.status_code == 301
    assert response["Location"] == live.get_absolute_url()


def test_the_address_without_a_slug_leads_to_the_story(client, live):
    response = client.get(f"/articles/{live.pk}/")

    assert response["Location"] == live.get_absolute_url()


@pytest.mark.parametrize("address", ["/articles/{}/x/", "/a/{}/"])
def test_a_withdrawn_story_is_gone_and_says_why(client, withdrawn, address):
    response = client.get(address.format(withdrawn.pk))

    assert response.status_code == 410
    assert 'action="/search/"' in response.text.partition("<main")[2]
    assert "事实有误。" in response.text
    assert "<time" in response.text


def test_a_withdrawn_story_does_not_repeat_its_headline(client, withdrawn):
    response = client.get(withdrawn.get_absolute_url())

    assert withdrawn.title not in response.text


@pytest.mark.parametrize("stage", ["draft", "in_review", "approved"])
def test_what_was_never_published_does_not_exist_for_readers(client, request, stage):
    story = request.getfixturevalue(stage)

    response = client.get(story.get_absolute_url())

    assert response.status_code == 404


def test_a_day_without_a_time_is_shown_as_a_day(client, live):
    type(live).objects.filter(pk=live.pk).update(
        published_time_known=False, published_at=factories.A_MOMENT
    )

    response = client.get(live.get_absolute_url())

    assert '<time datetime="2026-03-14">' in response.text
    assert "09:30" not in response.text


@pytest.mark.parametrize(("later", "count"), [(timedelta(0), 0), (timedelta(hours=2), 1)])
def test_a_change_is_dated_only_where_it_came_after_the_publication(client, live, later, count):
    type(live).objects.filter(pk=live.pk).update(modified_at=live.published_at + later)

    page = client.get(live.get_absolute_url()).text

    assert page.count("<time datetime=") == 1 + count


def test_the_first_time_is_told_where_it_is_another(client, live):
    first = live.published_at - timedelta(days=30)
    type(live).objects.filter(pk=live.pk).update(first_published_at=first)

    page = client.get(live.get_absolute_url()).text

    assert page.count("<time datetime=") == 2


def test_an_author_of_two_roles_stands_in_the_box_once(client, db):
    author = factories.author("沈砚", bio="写芯片。", links={"微博": "https://weibo.example/1"})
    story = factories.live(authors=[author])
    Byline.objects.create(article=story, author=author, role=Byline.Role.PHOTOGRAPHER)
    Byline.objects.create(article=story, author=factories.author("无名"), role="editor")

    page = client.get(story.get_absolute_url()).text

    assert page.count('class="author-box"') == 1
    assert "写芯片。" in page
    assert 'href="https://weibo.example/1"' in page


def test_the_original_is_linked_to(client, db):
    story = factories.live(canonical_url="https://example.org/original/")

    page = client.get(story.get_absolute_url()).text

    assert '<a href="https://example.org/original/"' in page


@pytest.mark.parametrize(
    ("licence", "words"),
    [("compiled", "编译自"), ("reprint", "转载自"), ("original", "来源：")],
)
def test_the_source_is_named_beside_the_byline(client, licence, words):
    address = "https://example.org/source/"
    story = factories.live(licence=licence, source_name="码头日志", source_url=address)

    page = client.get(story.get_absolute_url()).text

    beside = page.partition('class="story__facts"')[2].partition("</div>")[0]
    assert f'{words} <a href="{address}" rel="noopener">码头日志</a>' in beside


def test_a_source_without_an_address_is_named_alone(client):
    story = factories.live(licence="reprint", source_name="码头日志")

    assert "<p>转载自 码头日志</p>" in client.get(story.get_absolute_url()).text


def test_that_a_story_was_paid_for_is_said_once_above_it(client):
    story = factories.live(sponsored=True, body="<p>正文从此开始。</p>")

    page = client.get(story.get_absolute_url()).text.partition("<main")[2]

    assert page.partition("正文从此开始")[0].count("赞助内容") == 1


def test_what_must_be_disclosed_comes_before_the_text_on_the_page_and_in_the_feed(client, db):
    disclosed = {"ai_disclosure": Article.AiDisclosure.GENERATED, "sponsored": True}
    story = factories.live(body="<p>正文从此开始。</p>", **disclosed)

    for address in (story.get_absolute_url(), "/feed/"):
        before = client.get(address).text.split("正文从此开始。")[-2]
        assert "disclosure" in before.split("</head>")[-1]


@pytest.mark.parametrize(("count", "listed"), [(3, []), (4, ["节1", "节2", "节3", "节4"])])
def test_the_contents_are_listed_from_four_headings_on(client, db, count, listed):
    body = "".join(f"<h2>节{number}</h2><p>文。</p>" for number in range(1, count + 1))
    story = factories.live(body=body)

    page = client.get(story.get_absolute_url()).text

    assert re.findall(r'<li><a href="#s-[^"]*">([^<]*)</a>', page) == listed


def test_the_contents_are_open_and_say_so(client, db):
    """What is seen at every width is what assistive technology is told."""
    story = factories.live(body="<h2>节</h2><p>文。</p>" * 4)

    page = client.get(story.get_absolute_url()).text

    assert "<details open><summary>目录" in page


# hostile


@pytest.mark.parametrize(
    "address",
    [
        "/articles/99999999999999999999999/x/",
        "/a/0/",
        "/articles/1%00/x/",
        "/articles/-1/x/",
        "/category/%00/",
        "/tag/a%0ab/",
        "/author/../",
    ],
)
def test_an_impossible_address_does_not_exist(client, address):
    response = client.get(address)

    assert response.status_code == 404


def test_a_title_cannot_leave_the_structured_data(client):
    story = factories.live(title="</script><script>alert(1)</script>")

    response = client.get(story.get_absolute_url())

    assert "<script>alert" not in response.text


def test_a_header_picture_that_the_story_itself_shows_stands_there_only(client, db):
    image = factories.picture()
    body = f'<p>文。</p><figure><img src="{image.url}" alt=""></figure>'
    story = factories.live(header_image=image.pk, body=body)

    page = client.get(story.get_absolute_url()).text

    assert page.count(f'src="{image.url}"') == 1


def test_a_header_picture_of_its_own_leads_the_story(client, db):
    image = factories.picture()
    story = factories.live(header_image=image.pk)

    page = client.get(story.get_absolute_url()).text

    assert page.count(f'src="{image.url}"') == 1


def test_a_caption_is_not_read_twice(client, db):
    story = factories.live(header_image=factories.picture(caption="新的生产线").pk)

    page = client.get(story.get_absolute_url()).text.partition("<main")[2]

    assert "<figcaption>新的生产线</figcaption>" in page
    assert 'alt="新的生产线"' not in page
