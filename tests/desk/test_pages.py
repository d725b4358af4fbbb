"""Simple pages at the desk: rendered when saved, and holding on to the pictures they show."""

import pytest

from articles.desk import pages, pictures, picturing
from articles.images import intake
from articles.models import Page
from articles.workflow import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


def body_with(picture):
    return f'<figure><img src="{picture.url}" data-image="{picture.pk}" alt=""></figure>'


def test_a_page_is_rendered_when_it_is_saved(charlie):
    page = pages.save(Page(title="关于我们", body="<h2>我们</h2><p>七个人。</p>"), by=charlie)

    page.refresh_from_db()
    assert "七个人。" in page.rendered_body
    assert page.slug == "guan-yu-wo-men"


def test_nothing_dangerous_reaches_the_final_html(charlie):
    page = pages.save(Page(title="关于", body="<p>好</p><script>alert(1)</script>"), by=charlie)

    assert "script" not in page.body + page.rendered_body


@pytest.mark.parametrize("who", ["ellen", "wanda", "otto"])
def test_only_the_chief_saves_a_page(who, request):
    person = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        pages.save(Page(title="关于我们"), by=person)

    assert not Page.objects.exists()


def test_a_picture_of_a_page_is_not_thrown_away(charlie):
    picture = factories.picture()
    pages.save(Page(title="关于我们", body=body_with(picture)), by=charlie)

    with pytest.raises(pictures.PictureInUse, match="关于我们"):
        pictures.delete(picture, by=charlie)


def test_a_picture_a_page_no_longer_shows_may_go(charlie):
    picture = factories.picture()
    page = pages.save(Page(title="关于我们", body=body_with(picture)), by=charlie)
    page.body = "<p>没有图了。</p>"
    pages.save(page, by=charlie)

    pictures.delete(picture, by=charlie)

    assert not page.pictures.exists()


def test_a_described_picture_is_described_on_the_page_too(charlie):
    picture = factories.picture()
    page = pages.save(Page(title="关于我们", body=body_with(picture)), by=charlie)

    pictures.describe(picture, alt="编辑部的窗", by=charlie)

    page.refresh_from_db()
    assert "编辑部的窗" in page.rendered_body


def test_a_picture_that_stands_for_another_is_the_one_the_page_shows(charlie):
    remote = intake.refer_to("https://pictures.example.org/a.jpg")
    body = '<figure><img src="https://pictures.example.org/a.jpg" alt="窗"></figure>'
    page = pages.save(Page(title="关于我们", body=body), by=charlie)
    twin = factories.picture()

    picturing.pass_on(remote, twin)

    assert list(page.pictures.all()) == [twin]


@pytest.mark.parametrize("is_public", [True, False])
def test_a_picture_tells_which_page_shows_it(charlie, is_public):
    picture = factories.picture()
    page = Page(title="关于我们", body=body_with(picture), is_public=is_public)
    pages.save(page, by=charlie)

    [use] = picturing.uses_of(picture)

    assert (use.label, use.is_live) == ("关于我们", is_public)
    assert str(page.pk) in use.url
