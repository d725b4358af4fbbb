"""A picture's page: described, replaced, deleted by who may, and what it tells."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.desk.picturing import uses_of
from articles.images import renditions
from articles.images.models import Image
from tests import factories

WORDS = {"alt": "山", "caption": "", "credit": "", "licence": "own", "source_url": ""}


def test_a_picture_s_page_says_where_it_is_used(client, ellen):
    picture = factories.picture()
    story = factories.live(header_image=picture.pk)
    client.force_login(ellen)

    page = client.get(address("change", picture))

    assert reverse("admin:articles_article_change", args=[story.pk]) in page.text
    assert page.context_data["desk_uses"] == uses_of(picture)


def test_a_picture_s_page_says_which_files_there_are(client, ellen):
    picture = factories.picture()
    client.force_login(ellen)

    before = client.get(address("change", picture)).context_data["desk_files"]
    renditions.make(picture)
    after = client.get(address("change", picture)).context_data["desk_files"]

    assert [made.widths for made in before] == [[]] * 5
    assert after[0].widths == [64]
    assert all(made.is_current for made in after)


def test_files_cut_around_the_old_focal_point_are_told_apart(client, ellen):
    picture = factories.picture()
    renditions.make(picture)
    Image.objects.filter(pk=picture.pk).update(focal_point="0x0")
    client.force_login(ellen)

    files = client.get(address("change", picture)).context_data["desk_files"]

    assert [made.is_current for made in files] == [True, False, False, False, False]


def test_a_picture_is_described_by_the_desk(client, ellen):
    picture = factories.picture()
    client.force_login(ellen)

    client.post(address("change", picture), WORDS | {"focal_point": "0.1x0.9"})

    picture.refresh_from_db()
    assert (picture.alt, picture.licence, picture.focus) == ("山", "own", (0.1, 0.9))


@pytest.mark.parametrize("point", ["2x0", "0.5", "x", "nanxnan", "0x0x0"])
def test_a_focal_point_that_is_none_is_refused(client, ellen, point):
    picture = factories.picture()
    client.force_login(ellen)

    page = client.post(address("change", picture), WORDS | {"focal_point": point})

    picture.refresh_from_db()
    assert page.context_data["adminform"].form.errors.keys() == {"focal_point"}
    assert picture.alt == ""


def test_a_reporter_changes_her_own_picture(client, wanda):
    picture = factories.picture(by=wanda)
    client.force_login(wanda)

    client.post(address("change", picture), WORDS | {"focal_point": "0.5x0.5"})

    picture.refresh_from_db()
    assert picture.alt == "山"


def test_a_reporter_only_looks_at_the_pictures_of_others(client, wanda):
    picture = factories.picture()
    client.force_login(wanda)

    page = client.get(address("change", picture))
    response = client.post(address("change", picture), WORDS | {"focal_point": "0x0"})

    assert "data-focal-point" not in page.text
    assert response.status_code == 403


# Replacing


def test_another_file_takes_a_picture_s_place(client, ellen):
    picture = factories.picture(alt="原来的")
    factories.live(header_image=picture.pk)
    client.force_login(ellen)

    response = replace(client, picture, factories.picture_file(80, 60))

    picture.refresh_from_db()
    assert response["Location"] == address("change", picture)
    assert (picture.width, picture.height, picture.alt) == (80, 60, "原来的")


def test_a_file_that_is_no_picture_replaces_nothing(client, ellen):
    picture = factories.picture()
    client.force_login(ellen)

    response = client.get(replace(client, picture, b"<html>")["Location"])

    picture.refresh_from_db()
    assert picture.width == 64
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_reporter_does_not_replace_the_pictures_of_others(client, wanda):
    picture = factories.picture()
    client.force_login(wanda)

    response = replace(client, picture, factories.picture_file(80, 60))

    picture.refresh_from_db()
    assert response.status_code == 403
    assert picture.width == 64


# Deleting


def test_a_picture_in_use_is_not_deleted(client, charlie):
    picture = factories.picture()
    factories.live(header_image=picture.pk)
    client.force_login(charlie)

    asked = client.get(address("delete", picture))
    answered = client.post(address("delete", picture), {"post": "yes"})

    assert asked["Location"] == answered["Location"] == address("change", picture)
    assert Image.objects.get() == picture


def test_a_portrait_is_a_use(client, charlie):
    picture = factories.picture()
    factories.author("林墨", portrait=picture)
    client.force_login(charlie)

    client.post(address("delete", picture), {"post": "yes"})

    assert Image.objects.get() == picture


def test_a_picture_nothing_shows_is_deleted_with_its_other_addresses(client, charlie):
    picture = factories.picture()
    Image.objects.create(source_url="https://pictures.example/a.png", same_as=picture)
    client.force_login(charlie)

    asked = client.get(address("delete", picture))
    client.post(address("delete", picture), {"post": "yes"})

    assert asked.status_code == 200
    assert not Image.objects.exists()


def test_a_reporter_deletes_no_picture(client, wanda):
    picture = factories.picture()
    client.force_login(wanda)

    response = client.post(address("delete", picture), {"post": "yes"})

    assert response.status_code == 403
    assert Image.objects.get() == picture


# A file that is gone


def test_the_page_of_a_picture_without_its_file_still_opens(client, ellen):
    picture = factories.picture()
    picture.file.storage.delete(picture.file.name)
    client.force_login(ellen)

    page = client.get(address("change", picture))
    grid = client.get(reverse("admin:images_image_changelist"))

    assert page.status_code == grid.status_code == 200
    assert grid.context_data["cl"].cards()[0].shown is None


def replace(client, picture, content):
    return client.post(address("replace", picture), {"file": SimpleUploadedFile("b.png", content)})


def address(page, picture):
    return reverse(f"admin:images_image_{page}", args=[picture.pk])


def test_an_animation_is_not_waiting_for_files_of_the_whole(client, ellen):
    picture = factories.picture()
    type(picture).objects.update(is_animated=True)
    client.force_login(ellen)

    page = client.get(address("change", picture))

    originals = [made.is_original for made in page.context["desk_files"]]
    assert originals == [True, False, False, False, False]
