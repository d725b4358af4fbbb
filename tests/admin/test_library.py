"""The library's grid: what is found and marked, how dear it is, and what is done to several."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone, translation

from articles.images.models import Image, Problem
from tests import factories

GRID = "admin:images_image_changelist"


def test_a_card_says_what_its_picture_lacks(client, ellen):
    factories.picture()
    client.force_login(ellen)

    labels = [label for _kind, label in cards(client)[0].marks]

    assert labels == ["No alternative text", "No credit", "Not used"]


def test_a_card_of_a_complete_picture_in_use_is_silent(client, ellen):
    picture = factories.picture(alt="一块颜色", credit="甲社")
    factories.live(header_image=picture.pk)
    client.force_login(ellen)

    assert cards(client)[0].marks == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "颜色"}, "described"),
        ({"q": "甲社"}, "credited"),
        ({"q": "IMG_0042"}, "named"),
        ({"q": "pictures.example"}, "dead outside"),
        ({"lacks": "alt"}, "credited dead ending expired named outside"),
        ({"rights": "expired"}, "expired"),
        ({"rights": "soon"}, "ending"),
        ({"rights": "attention"}, "ending expired"),
        ({"home": "no"}, "dead outside"),
        ({"home": "dead"}, "dead"),
        ({"used": "yes"}, "described"),
        ({"used": "live"}, "described"),
        ({"licence__exact": "own"}, "credited"),
        ({"month": "2020-02"}, "named"),
    ],
    ids=str,
)
def test_pictures_are_found_by_what_is_known_of_them(client, ellen, shelf, asked, found):
    client.force_login(ellen)

    answers = {card.image.pk for card in cards(client, **asked)}

    assert sorted(name for name, pk in shelf.items() if pk in answers) == found.split()


@pytest.mark.parametrize(
    "asked",
    [{"by": "²"}, {"by": "x"}, {"by": "9" * 30}, {"month": "0000-99"}, {"month": "x"}],
    ids=str,
)
def test_a_filter_that_makes_no_sense_breaks_nothing(client, ellen, shelf, asked):
    client.force_login(ellen)

    response = client.get(reverse(GRID), asked)

    assert response.status_code == 200


def test_pictures_are_found_by_who_brought_them(client, ellen, wanda):
    own = factories.picture(by=wanda)
    Image.objects.create(source_url="https://pictures.example/a.png")
    client.force_login(ellen)

    assert [card.image for card in cards(client, by=wanda.pk)] == [own]


def test_sixty_pictures_take_as_many_queries_as_three(client, ellen, django_assert_max_num_queries):
    fill_shelf(60)
    client.force_login(ellen)
    client.get(reverse(GRID))

    with django_assert_max_num_queries(14) as seen:
        full = client.get(reverse(GRID))
    dear = len(seen)
    Image.objects.filter(pk__in=list(Image.objects.values_list("pk", flat=True)[:57])).delete()
    with django_assert_max_num_queries(dear) as seen:
        client.get(reverse(GRID))

    assert len(full.context_data["cl"].result_list) == 60
    assert len(seen) == dear


def test_an_empty_library_says_how_to_begin(client, ellen):
    client.force_login(ellen)

    page = client.get(reverse(GRID))

    assert not page.context_data["cl"].is_narrowed
    assert "desk-none" in page.text
    assert "data-files" in page.text


def test_a_search_without_an_answer_leads_back_to_everything(client, ellen):
    factories.picture()
    client.force_login(ellen)

    page = client.get(reverse(GRID), {"q": "没有这样的图"})

    assert "desk-none" in page.text
    assert 'href="?"' in page.text


def test_the_short_ways_count_what_they_lead_to(client, ellen, shelf):
    client.force_login(ellen)

    questions = client.get(reverse(GRID)).context_data["desk_questions"]

    for question in questions:
        if not question["link"].startswith("?"):
            continue
        page = client.get(reverse(GRID) + question["link"])
        assert page.context_data["cl"].result_count == question["count"], question["label"]


def test_who_may_not_add_sees_no_place_to_drop_files(client, wanda):
    wanda.user_permissions.set(wanda.groups.get().permissions.filter(codename="view_image"))
    wanda.groups.clear()
    client.force_login(wanda)

    page = client.get(reverse(GRID))

    assert page.status_code == 200
    assert "data-drop" not in page.text


# Several at once


def test_several_pictures_get_one_licence_and_credit(client, ellen):
    images = fill_shelf(3)
    client.force_login(ellen)

    asked = act(client, "describe_several", images[:2])
    act(client, "describe_several", images[:2], confirmed=1, credit="乙社", licence="licensed")

    said = list(Image.objects.order_by("pk").values_list("credit", "licence"))
    assert asked.context_data["going"]
    assert said == [("乙社", "licensed"), ("乙社", "licensed"), ("", "unknown")]


def test_an_answer_without_a_word_changes_nothing(client, ellen):
    images = fill_shelf(1)
    client.force_login(ellen)

    page = act(client, "describe_several", images, confirmed=1)

    assert page.context_data["form"].errors


def test_a_reporter_describes_only_her_own_among_several(client, wanda):
    theirs, own = fill_shelf(2)
    own.uploaded_by = wanda
    own.save(update_fields=["uploaded_by"])
    client.force_login(wanda)

    page = act(client, "describe_several", [theirs, own])
    act(client, "describe_several", [theirs, own], confirmed=1, credit="乙社")

    assert (page.context_data["going"], page.context_data["staying"]) == ([own], [theirs])
    assert Image.objects.get(credit="乙社") == own


def test_only_the_unused_among_several_are_deleted(client, charlie):
    used, unused = fill_shelf(2)
    factories.live(header_image=used.pk)
    client.force_login(charlie)

    asked = act(client, "delete_unused", [used, unused])
    left = Image.objects.count()
    act(client, "delete_unused", [used, unused], confirmed=1)

    assert (asked.context_data["going"], asked.context_data["staying"]) == ([unused], [used])
    assert left == 2
    assert Image.objects.get() == used


def test_a_reporter_is_offered_no_deleting(client, wanda):
    images = fill_shelf(1)
    client.force_login(wanda)

    act(client, "delete_unused", images, confirmed=1)

    assert Image.objects.count() == 1


def test_django_s_own_deleting_of_several_is_gone(client, charlie):
    images = fill_shelf(1)
    client.force_login(charlie)

    act(client, "delete_selected", images, post="yes")

    assert Image.objects.count() == 1


# Words by script


def test_words_are_said_by_script_and_the_rest_stays(client, ellen):
    picture = factories.picture(credit="甲社")
    client.force_login(ellen)

    answer = client.post(reverse("admin:images_image_words", args=[picture.pk]), {"alt": "山"})

    picture.refresh_from_db()
    assert (answer.json()["alt"], answer.json()["credit"]) == ("山", "甲社")
    assert (picture.alt, picture.credit) == ("山", "甲社")


def test_words_that_do_not_fit_are_refused_with_a_sentence(client, ellen):
    picture = factories.picture()
    client.force_login(ellen)

    address = reverse("admin:images_image_words", args=[picture.pk])
    response = client.post(address, {"alt": "长" * 301})

    assert response.status_code == 422
    assert response.json()["error"]


def test_a_reporter_says_nothing_of_the_pictures_of_others(client, wanda):
    picture = factories.picture()
    client.force_login(wanda)

    address = reverse("admin:images_image_words", args=[picture.pk])
    response = client.post(address, {"alt": "山"})

    picture.refresh_from_db()
    assert response.status_code == 403
    assert picture.alt == ""


# What the tests share


@pytest.fixture
def shelf(db):
    """A picture of each kind; name and id."""
    today = timezone.localdate()
    described, credited, named, expired, ending = fill_shelf(5)
    remote = Image.objects.create
    rows = {
        "described": described,
        "credited": credited,
        "named": named,
        "expired": expired,
        "ending": ending,
        "outside": remote(source_url="https://pictures.example/a.png"),
        "dead": remote(
            source_url="https://pictures.example/b.png",
            fetch_problem=Problem.GONE,
            fetch_attempts=2,
        ),
    }
    change(described, alt="一块颜色")
    change(credited, credit="甲社", licence="own")
    change(named, original_name="IMG_0042.JPG", created_at=factories.A_MOMENT.replace(2020, 2))
    change(expired, licence_expires_on=today - timedelta(days=1))
    change(ending, licence_expires_on=today + timedelta(days=30))
    factories.live(header_image=described.pk)
    return {name: image.pk for name, image in rows.items()}


def fill_shelf(count):
    """Pictures with a file, told apart by their hash."""
    name = default_storage.save("originals/aa/one.png", ContentFile(factories.picture_file()))
    rows = [
        Image(file=name, width=64, height=36, sha256=f"{number:064x}") for number in range(count)
    ]
    return Image.objects.bulk_create(rows)


def change(image, **facts):
    Image.objects.filter(pk=image.pk).update(**facts)


def cards(client, **asked):
    changelist = client.get(reverse(GRID), asked).context_data["cl"]
    with translation.override("en"):
        return changelist.cards()


def act(client, action, images, **answers):
    chosen = {"action": action, "index": 0, "_selected_action": [image.pk for image in images]}
    return client.post(reverse(GRID), {**chosen, **answers})
