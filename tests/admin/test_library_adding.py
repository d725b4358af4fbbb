"""The page that adds a picture: by file or by address, refused in the form itself."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from articles.admin import image_forms
from articles.images import intake
from articles.images.models import Image
from tests import factories

ADDRESS = "https://pictures.example/one.png"
WORDS = {"alt": "山", "licence": "own"}


def test_a_file_becomes_a_picture_with_its_words(client, ellen):
    client.force_login(ellen)

    response = add(client, upload=file("山.png"))

    picture = Image.objects.get()
    assert response["Location"] == reverse("admin:images_image_changelist")
    assert (picture.alt, picture.original_name, picture.uploaded_by) == ("山", "山.png", ellen)


def test_a_file_we_have_leads_to_the_picture_there_is(client, ellen):
    known = factories.picture()
    client.force_login(ellen)

    response = add(client, upload=file())

    assert response["Location"] == reverse("admin:images_image_change", args=[known.pk])
    assert Image.objects.get() == known


def test_an_address_is_asked_for_in_the_background(client, ellen):
    client.force_login(ellen)

    add(client, source_url=ADDRESS)

    picture = Image.objects.get(source_url=ADDRESS)
    asked = DBTaskResult.objects.get(task_path__endswith=".fetch_picture")
    assert asked.args_kwargs["args"] == [picture.pk]
    assert (picture.alt, picture.uploaded_by) == ("山", ellen)


def test_an_address_we_know_leads_to_the_picture_there_is(client, ellen):
    known = Image.objects.create(source_url=ADDRESS, alt="原来的")
    client.force_login(ellen)

    response = add(client, source_url=ADDRESS)
    page = client.get(response["Location"])

    assert response["Location"] == reverse("admin:images_image_change", args=[known.pk])
    assert [message.level_tag for message in page.context["messages"]] == ["info"]
    assert Image.objects.get().alt == "原来的"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"source_url": "ftp://pictures.example/one.png"}, "source_url"),
        ({"source_url": ADDRESS + "图" * 900}, "source_url"),
        ({"upload": ("a.svg", b"<svg/>")}, "upload"),
        ({"upload": ("a.png", b"\x89PNG\r\n\x1a\n and no more")}, "upload"),
        ({}, "__all__"),
    ],
    ids=["no address of the web", "too long", "no picture", "damaged", "nothing"],
)
def test_what_cannot_be_taken_is_said_in_the_form_and_no_word_is_lost(client, ellen, said, field):
    client.force_login(ellen)

    page = add(client, **{name: made(value) for name, value in said.items()})

    form = page.context_data["adminform"].form
    assert form.errors.keys() == {field}
    assert form["alt"].value() == "山"
    assert not Image.objects.exists()


def test_a_file_over_the_limit_is_not_even_read(client, ellen, settings, monkeypatch):
    settings.IMAGE_MAX_BYTES = 10
    read = []
    monkeypatch.setattr(SimpleUploadedFile, "read", lambda *_args: read.append(True) or b"")
    upload = file()
    form = image_forms.NewPictureForm(WORDS, {"upload": upload})

    with translation.override("en"):
        errors = form.errors

    assert "the limit is 0 MB" in errors["upload"][0]
    assert read == []


def test_no_transaction_is_held_while_a_file_is_looked_at(
    client, ellen, monkeypatch, transactional_db, django_db_serialized_rollback
):
    held, prepare = [], intake.prepare

    def watched(content):
        held.append(connection.in_atomic_block)
        return prepare(content)

    monkeypatch.setattr(intake, "prepare", watched)
    client.force_login(ellen)

    add(client, upload=file())

    assert held == [False]
    assert Image.objects.get().alt == "山"


def test_who_may_not_add_pictures_is_turned_away(client, wanda):
    wanda.groups.clear()
    client.force_login(wanda)

    response = add(client, upload=file())

    assert response.status_code == 403
    assert not Image.objects.exists()


def file(name="a.png"):
    return SimpleUploadedFile(name, factories.picture_file(), "image/png")


def made(said):
    return said if isinstance(said, str) else SimpleUploadedFile(*said)


def add(client, **said):
    return client.post(reverse("admin:images_image_add"), WORDS | said)
