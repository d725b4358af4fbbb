"""Pages of the desk beside the writing screen: nothing sticks out, and no place is named twice."""

import pytest
from django.urls import reverse

from articles.desk import assigning, conflicts, notes, sharing
from articles.desk.sharing import Lifetime

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

LONG = "很长的标题" * 16
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def conflict(draft, snapshot, ellen, wanda):
    """A story that two people edited at once, with everything that hangs on one."""
    first = draft.working_revision
    assigning.assign(draft, to=ellen, due_at=None, by=ellen)
    mine = {"title": LONG, "body": "<p>" + "很长的一段。" * 60 + "</p>"}
    conflicts.save(draft, snapshot.changed(**mine), by=ellen, based_on=first, note=LONG)
    theirs = {"title": "a" * 150, "body": f"<p>{'a' * 200}</p>"}
    notes.add(draft, text="a" * 300, by=ellen)
    sharing.share(draft, lifetime=Lifetime.DAY, by=ellen, label="a" * 80)
    return conflicts.save(draft, snapshot.changed(**theirs), by=wanda, based_on=first)


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_of_the_desk_is_wider_than_the_window(open_as, newsroom, conflict, width):
    page = open_as("ellen")
    page.set_viewport_size({"width": width, "height": 800})

    too_wide = {}
    for address in addresses(conflict):
        assert page.goto(newsroom + address).status == 200, address
        too_wide[address] = page.evaluate(TOO_WIDE)

    assert {address: by for address, by in too_wide.items() if by > 0} == {}


def test_the_top_of_a_page_names_no_place_twice(open_as, newsroom, conflict):
    page = open_as("ellen")

    page.goto(newsroom + reverse("admin:articles_article_change", args=[conflict.article_id]))

    places = page.locator("h1 :is(a, span:not([aria-hidden]))").all_inner_texts()
    assert [place.strip() for place in places] == ["稿件", LONG]


def test_a_headline_in_the_list_stays_readable_on_a_phone(open_as, newsroom, conflict):
    page = open_as("ellen")
    page.set_viewport_size({"width": 360, "height": 800})

    page.goto(newsroom + reverse("admin:articles_article_changelist"))

    assert page.locator("#result_list .field-title_shown").first.bounding_box()["width"] > 150


def addresses(conflict):
    """One of each page."""
    story, pages = conflict.article_id, "admin:articles_article_"
    yield reverse("admin:index")
    yield from (reverse(f"admin:articles_{model}_changelist") for model in ("article", "event"))
    yield from (reverse(f"desk_{name}") for name in ("calendar", "notifications", "letters"))
    yield reverse("desk_calendar_week", args=[2026, 48])
    yield from (reverse(pages + name, args=[story]) for name in ("history", "notes", "previews"))
    yield reverse(f"{pages}conflict", args=[story, conflict.pk])
    yield reverse(f"{pages}compare", args=[story, 1, 2])
    yield reverse(f"{pages}revision", args=[story, 2])
    yield reverse(f"{pages}verb", args=[story, "assign"])


def test_the_search_for_further_categories_has_a_name(open_as, newsroom, conflict):
    page = open_as("ellen")

    page.goto(newsroom + reverse("admin:articles_article_change", args=[conflict.article_id]))

    page.locator('.select2-search__field[aria-label="同时归入"]').wait_for(state="attached")
