"""What the outlet says of itself, for readers: its pages, and their names in every footer."""

import pytest

from articles.desk.pages import save
from articles.models import Outlet, Page
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_page_shows_its_text(client):
    factories.page("关于我们", slug="about", body="<p>七个人。</p>")

    response = client.get("/pages/about/")

    assert "七个人。" in response.text
    assert "<title>关于我们 – Newsroom</title>" in response.text


def test_a_hidden_page_does_not_exist_and_no_footer_names_it(client):
    factories.page("还没写好", slug="soon", is_public=False)

    page, front = client.get("/pages/soon/"), client.get("/")

    assert page.status_code == 404
    assert "还没写好" not in page.text + front.text


def test_the_footer_names_the_public_pages_in_order(client):
    factories.page("联系我们", slug="contact", position=20)
    factories.page("关于我们", slug="about", position=10)

    footer = client.get("/").text.partition("<footer")[2]

    assert footer.index('href="/pages/about/"') < footer.index('href="/pages/contact/"')


@pytest.mark.parametrize("count", [0, 1, 5])
def test_the_outlet_and_its_pages_are_one_question(django_assert_num_queries, count):
    for number in range(count):
        factories.page(f"页面{number}", position=number)
    factories.page("看不见", is_public=False)

    with django_assert_num_queries(1):
        outlet = Outlet.objects.current()

    assert [page.title for page in outlet.pages] == [f"页面{n}" for n in range(count)]


def test_the_outlet_knows_what_a_page_is_for():
    factories.page("更正办法", slug="corrections", purpose=Page.Purpose.CORRECTIONS)

    outlet = Outlet.objects.current()

    pages = [(page.title, page.address, page.purpose) for page in outlet.pages]
    assert pages == [("更正办法", "/pages/corrections/", "corrections")]


# --- Addresses a page had


def move(page, slug, **facts):
    for name, value in ({"slug": slug} | facts).items():
        setattr(page, name, value)
    return save(page, by=None)


def test_an_old_address_leads_to_the_new_one_for_good(client):
    page = factories.page("关于我们", slug="about")
    move(page, "us")
    move(page, "who-we-are")

    answers = [client.get(f"/pages/{slug}/") for slug in ("about", "us")]

    assert [(a.status_code, a["Location"]) for a in answers] == [(301, "/pages/who-we-are/")] * 2


def test_it_does_in_traditional_chinese_too(client):
    move(factories.page("关于我们", slug="about"), "us")

    response = client.get("/zh-hant/pages/about/")

    assert (response.status_code, response["Location"]) == (301, "/zh-hant/pages/us/")


def test_an_address_somebody_else_has_now_is_theirs(client):
    move(factories.page("关于我们", slug="about"), "us")
    factories.page("关于本站", slug="about")

    response = client.get("/pages/about/")

    assert "关于本站" in response.text


def test_an_old_address_of_a_hidden_page_leads_nowhere(client):
    move(factories.page("关于我们", slug="about"), "us", is_public=False)

    assert client.get("/pages/about/").status_code == 404


def test_a_page_that_is_there_costs_no_question_more(client, django_assert_num_queries):
    move(factories.page("关于我们", slug="about"), "us")

    with django_assert_num_queries(3):
        client.get("/pages/us/")
