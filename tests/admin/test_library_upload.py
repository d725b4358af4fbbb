"""The library's door for scripts: one file a request, the picture or a sentence as the answer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from articles.images.models import Image
from tests import factories


def test_a_file_becomes_a_picture_of_the_library(client, wanda):
    client.force_login(wanda)

    response = send(client, factories.picture_file())

    picture = Image.objects.get()
    assert picture.uploaded_by == wanda
    assert response.json() | {"id": picture.pk, "outcome": "created"} == response.json()
    assert (response.json()["width"], response.json()["height"]) == (64, 36)
    assert response.json()["src"] == response.json()["thumb"] == picture.url


def test_a_file_we_have_is_answered_with_the_picture_there_is(client, wanda):
    known = factories.picture(alt="原来的")
    client.force_login(wanda)

    answer = send(client, factories.picture_file()).json()

    assert (answer["id"], answer["outcome"], answer["alt"]) == (known.pk, "known", "原来的")
    assert Image.objects.count() == 1


@pytest.mark.parametrize("content", [b"<html>", b""], ids=["no picture", "empty"])
def test_what_cannot_be_taken_is_answered_with_a_sentence(client, wanda, content):
    client.force_login(wanda)

    response = send(client, content)

    assert response.status_code == 422
    assert len(response.json()["error"]) > 3
    assert not Image.objects.exists()


def test_a_file_over_the_limit_is_refused_with_the_limit(client, wanda, settings):
    settings.IMAGE_MAX_BYTES = 1024 * 1024
    client.force_login(wanda)

    with translation.override("en"):
        response = send(client, b"x" * (1024 * 1024 + 1), HTTP_ACCEPT_LANGUAGE="en")

    assert response.status_code == 422
    assert "1 MB" in response.json()["error"]


def test_a_request_without_a_file_is_answered_with_a_sentence(client, wanda):
    client.force_login(wanda)

    response = client.post(reverse("admin:images_image_upload"))

    assert response.status_code == 422


def test_who_may_not_add_pictures_is_turned_away(client, wanda):
    wanda.groups.clear()
    client.force_login(wanda)

    response = send(client, factories.picture_file())

    assert response.status_code == 403
    assert not Image.objects.exists()


def test_nothing_is_taken_in_by_a_link(client, wanda):
    client.force_login(wanda)

    response = client.get(reverse("admin:images_image_upload"))

    assert response.status_code == 405


def test_a_choice_of_pictures_comes_in_pages_newest_first(client, wanda):
    for number in range(31):
        Image.objects.create(source_url=f"https://pictures.example/{number}.png", alt=str(number))
    client.force_login(wanda)

    first = client.get(reverse("admin:images_image_choose")).json()
    second = client.get(reverse("admin:images_image_choose"), {"page": first["next"]}).json()

    assert [picture["alt"] for picture in first["pictures"][:2]] == ["30", "29"]
    assert [picture["alt"] for picture in second["pictures"]] == ["0"]
    assert second["next"] is None


def test_a_row_that_only_remembers_an_address_is_not_offered(client, wanda):
    picture = factories.picture(alt="一块颜色")
    Image.objects.create(source_url="https://pictures.example/a.png", same_as=picture)
    client.force_login(wanda)

    answer = client.get(reverse("admin:images_image_choose")).json()

    assert [found["id"] for found in answer["pictures"]] == [picture.pk]


def send(client, content, **headers):
    file = SimpleUploadedFile("a.png", content, content_type="image/png")
    return client.post(reverse("admin:images_image_upload"), {"file": file}, **headers)
