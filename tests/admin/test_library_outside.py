"""Pictures still outside: listed with why and who shows them, asked for again, replaced."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.images.models import Image, Problem
from newsroom.attention import pictures_that_need_somebody
from tests import factories

LIST = "admin:images_image_outside"


@pytest.fixture
def dead(db):
    return remote("dead", fetch_problem=Problem.GONE, fetch_attempts=3)


@pytest.fixture
def slow(db):
    later = timezone.now() + timedelta(hours=1)
    return remote("slow", fetch_problem=Problem.TOO_SLOW, fetch_attempts=1, fetch_after=later)


def test_each_picture_is_listed_with_why_and_who_shows_it(client, ellen, dead):
    story = factories.live(header_image=dead.pk)
    client.force_login(ellen)

    page = client.get(reverse(LIST))

    assert [(row[0], row[1]) for row in page.context_data["rows"]] == [(dead, [story])]
    assert dead.source_url in page.text
    assert str(Problem.GONE.label) in page.text


@pytest.mark.parametrize(
    ("kind", "found"), [("", ["slow", "dead"]), ("dead", ["dead"]), ("retrying", ["slow"])]
)
def test_the_dead_and_those_asked_again_are_told_apart(client, ellen, dead, slow, kind, found):
    client.force_login(ellen)

    rows = client.get(reverse(LIST), {"kind": kind}).context_data["rows"]

    assert [row[0].alt for row in rows] == found


def test_forty_pictures_take_as_many_queries_as_one(client, ellen, django_assert_max_num_queries):
    for number in range(45):
        factories.draft(header_image=remote(str(number)).pk)
    client.force_login(ellen)

    with django_assert_max_num_queries(14):
        page = client.get(reverse(LIST))

    assert len(page.context_data["rows"]) == 40


def test_a_picture_is_asked_for_again(client, ellen, dead):
    client.force_login(ellen)

    client.post(reverse(LIST), {"again": dead.pk})

    dead.refresh_from_db()
    tasks = DBTaskResult.objects.filter(task_path__endswith=".fetch_picture")
    assert (dead.fetch_problem, dead.fetch_attempts) == ("", 0)
    assert tasks.get().args_kwargs["args"] == [dead.pk]


def test_a_reporter_asks_for_nothing_that_is_not_hers(client, wanda, dead):
    client.force_login(wanda)

    client.post(reverse(LIST), {"again": dead.pk})

    dead.refresh_from_db()
    assert dead.fetch_problem == Problem.GONE


def test_those_of_others_do_not_keep_ones_own_from_being_asked_for(client, wanda, dead):
    own = remote("own", fetch_problem=Problem.REFUSED, uploaded_by=wanda)
    client.force_login(wanda)

    page = client.post(reverse(LIST), {"again": [own.pk, dead.pk]}, follow=True)

    own.refresh_from_db()
    dead.refresh_from_db()
    said = [message.level_tag for message in page.context["messages"]]
    assert (own.fetch_problem, dead.fetch_problem) == ("", Problem.GONE)
    assert sorted(said) == ["error", "success"]


@pytest.mark.parametrize("again", ["²", "x", "-1", "9" * 12, "9" * 30, "9" * 5000], ids=len)
def test_nonsense_is_asked_for_in_vain(client, ellen, dead, again):
    client.force_login(ellen)

    response = client.post(reverse(LIST), {"again": again})

    assert response.status_code == 302


def test_a_file_brings_a_picture_home_and_leads_back_to_the_list(client, ellen, dead):
    client.force_login(ellen)
    file = SimpleUploadedFile("a.png", factories.picture_file())

    response = client.post(
        reverse("admin:images_image_replace", args=[dead.pk]), {"file": file, "from": "outside"}
    )

    dead.refresh_from_db()
    assert response["Location"] == reverse(LIST)
    assert (dead.is_remote, dead.fetch_problem) == (False, "")


def test_the_list_says_so_when_everything_is_at_home(client, ellen):
    factories.picture()
    client.force_login(ellen)

    page = client.get(reverse(LIST))

    assert "desk-none" in page.text


def test_otto_sees_no_list(client, otto):
    client.force_login(otto)

    assert client.get(reverse(LIST)).status_code == 302


# The first page of the desk


def test_the_first_page_says_what_needs_somebody(client, ellen, dead):
    _show_until_yesterday(factories.picture())
    client.force_login(ellen)

    kinds = client.get(reverse("admin:index")).context_data["desk_attention"]

    assert [(kind["name"], kind["count"]) for kind in kinds] == [
        ("expired", 1),
        ("undescribed", 1),
        ("uncredited", 1),
        ("outside", 1),
    ]


def test_every_number_of_the_first_page_leads_to_as_many_pictures(client, ellen):
    _show_until_yesterday(factories.picture())
    client.force_login(ellen)

    for kind in pictures_that_need_somebody(ellen):
        page = client.get(kind["link"])
        assert page.context_data["cl"].result_count == kind["count"]


def test_a_picture_nobody_shows_worries_nobody(client, ellen):
    yesterday = timezone.localdate() - timedelta(days=1)
    factories.picture(licence_expires_on=yesterday)

    assert pictures_that_need_somebody(ellen) == []


def _show_until_yesterday(picture):
    """Its licence ended when the story was live already."""
    factories.live(header_image=picture.pk)
    picture.licence_expires_on = timezone.localdate() - timedelta(days=1)
    picture.save(update_fields=["licence_expires_on"])


def remote(name, **facts):
    address = f"https://pictures.example/{name}.png"
    return Image.objects.create(source_url=address, alt=name, **facts)
