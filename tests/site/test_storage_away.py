"""The library's pages while the bucket is away: a sentence for the editor, and nothing lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from articles.images.models import Image
from tests import factories
from tests.storages import bucket_at

SENTENCE = "The pictures' storage does not answer. Try again in a moment."


@pytest.fixture
def picture(bucket, settings, db):
    """A picture in a bucket whose server has gone since."""
    image = factories.picture(alt="山")
    settings.STORAGES = settings.STORAGES | {"default": bucket_at("http://127.0.0.1:1")}
    return image


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def file():
    return SimpleUploadedFile("b.png", factories.picture_file(80, 60), "image/png")


@pytest.mark.parametrize("page", ["change", "delete"])
def test_a_picture_s_page_opens(client, charlie, picture, page):
    client.force_login(charlie)

    response = client.get(reverse(f"admin:images_image_{page}", args=[picture.pk]))

    assert response.status_code == 200
    assert ("storage does not answer" in response.text) is (page == "change")


@pytest.mark.parametrize("page", ["changelist", "choose", "outside"])
def test_the_library_opens(client, ellen, picture, page):
    client.force_login(ellen)

    response = client.get(reverse(f"admin:images_image_{page}"))

    assert response.status_code == 200


def test_words_are_saved(client, ellen, picture):
    words = {"alt": "水", "licence": "own", "focal_point": "0.2x0.3"}
    client.force_login(ellen)

    client.post(reverse("admin:images_image_change", args=[picture.pk]), words)

    saved = Image.objects.get()
    assert (saved.alt, saved.focal_point) == ("水", "0.2x0.3")


def test_a_file_sent_by_script_is_refused_for_now(client, ellen, picture):
    client.force_login(ellen)

    response = client.post(reverse("admin:images_image_upload"), {"file": file()})

    assert response.status_code == 503
    assert response.json() == {"error": SENTENCE}
    assert Image.objects.get() == picture


def test_a_file_sent_by_the_form_is_refused_there_and_no_word_is_lost(client, ellen, picture):
    client.force_login(ellen)

    page = client.post(
        reverse("admin:images_image_add"), {"upload": file(), "alt": "新的", "licence": "own"}
    )

    form = page.context_data["adminform"].form
    assert form.errors == {"upload": [SENTENCE]}
    assert form["alt"].value() == "新的"


def test_a_file_is_not_replaced(client, ellen, picture):
    client.force_login(ellen)

    page = client.post(
        reverse("admin:images_image_replace", args=[picture.pk]), {"file": file()}, follow=True
    )

    assert [str(message) for message in page.context["messages"]] == [SENTENCE]
    assert Image.objects.get().width == 64
