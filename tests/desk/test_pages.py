"""Simple pages at the desk: rendered when saved, and holding on to the pictures they show."""

import pytest
from django.db.models import ProtectedError

from articles.desk import pages, pictures, picturing
from articles.images import intake
from articles.images.models import Image
from articles.models import Page
from articles.models.immutable import ImmutableRowError
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


# --- Versions


def told(page):
    """What each version said of the title, the oldest first."""
    return list(page.versions.order_by("number").values_list("number", "title"))


def change(page, *, by, based_on=None, **facts):
    """An edit of the page as somebody has it on the screen."""
    mine = Page.objects.get(pk=page.pk)
    for name, value in facts.items():
        setattr(mine, name, value)
    if based_on is None:
        return pages.save(mine, by=by)
    return pages.save_edit(mine, by=by, based_on=based_on)


def test_every_save_is_a_version_of_everything(charlie):
    page = pages.save(Page(title="关于我们", body="<p>七个人。</p>"), by=charlie)
    facts = {"title": "我们", "description": "一句话", "purpose": "about", "is_public": False}

    change(page, by=None, **facts, position=3, slug="us", body="<p>八个人。</p>")

    first, second = page.versions.order_by("number")
    assert (first.title, first.body, first.created_by) == ("关于我们", "<p>七个人。</p>", charlie)
    assert second.content == facts | {"position": 3, "slug": "us", "body": "<p>八个人。</p>"}


def test_a_save_that_changes_nothing_is_no_version(charlie):
    page = pages.save(Page(title="关于我们"), by=charlie)

    change(page, by=charlie)

    assert told(page) == [(1, "关于我们")]


def test_a_version_never_changes_and_holds_its_page(charlie):
    page = pages.save(Page(title="关于我们"), by=charlie)
    version = page.versions.get()

    with pytest.raises(ImmutableRowError):
        version.save()
    with pytest.raises(ImmutableRowError):
        version.delete()
    with pytest.raises(ProtectedError):
        page.delete()


def test_an_edit_of_an_older_version_is_refused_and_says_who_was_faster(charlie):
    page = pages.save(Page(title="关于我们"), by=None)
    opened = page.versions.get()
    change(page, by=charlie, title="查理写的")

    with pytest.raises(pages.SavedMeanwhile, match=r"Charlie.*第 2 版") as refused:
        change(page, by=None, based_on=opened, title="我写的")

    page.refresh_from_db()
    assert page.title == refused.value.newest.title == "查理写的"


def test_an_edit_that_says_what_was_saved_meanwhile_collides_with_nothing(charlie):
    page = pages.save(Page(title="关于我们"), by=None)
    opened = page.versions.get()
    change(page, by=charlie, title="我们")

    change(page, by=None, based_on=opened, title="我们")

    assert told(page) == [(1, "关于我们"), (2, "我们")]


def test_who_changed_nothing_takes_nothing_back(charlie):
    page = pages.save(Page(title="关于我们"), by=None)
    opened = page.versions.get()
    change(page, by=charlie, title="我们")

    change(page, by=None, based_on=opened, title="关于我们")

    assert told(page) == [(1, "关于我们"), (2, "我们")]


def test_the_words_of_an_old_version_come_back_and_the_address_stays(charlie):
    page = pages.save(Page(title="关于", body="<p>一</p>", slug="old"), by=None)
    change(page, by=None, title="我们", body="<p>二</p>", slug="new", is_public=False)
    first, second = page.versions.order_by("number")

    restored = pages.restore(first, by=charlie, seen=second)

    assert (restored.title, restored.body) == ("关于", "<p>一</p>")
    assert (restored.slug, restored.is_public) == ("new", False)
    assert "一" in restored.rendered_body
    newest = pages.newest_version(page)
    assert (newest.number, newest.created_by, newest.restores) == (3, charlie, first)


def test_nothing_is_brought_back_over_a_version_nobody_saw(charlie):
    page = pages.save(Page(title="关于"), by=None)
    first = page.versions.get()
    change(page, by=None, title="我们")

    with pytest.raises(pages.SavedMeanwhile):
        pages.restore(first, by=charlie, seen=first)

    assert told(page) == [(1, "关于"), (2, "我们")]


def test_only_the_chief_brings_a_version_back(ellen):
    page = pages.save(Page(title="关于"), by=None)

    with pytest.raises(NotAllowed):
        pages.restore(page.versions.get(), by=ellen, seen=None)


def test_remote_pictures_are_sent_for(charlie):
    body = '<figure><img src="https://pictures.example.org/a.jpg" alt="窗"></figure>'

    page = pages.save(Page(title="关于我们", body=body), by=charlie)

    picture = Image.objects.get(source_url="https://pictures.example.org/a.jpg")
    assert list(page.pictures.all()) == [picture]
    assert picture.fetch_after is not None
