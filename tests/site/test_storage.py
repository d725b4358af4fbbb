"""A folder and a bucket keep pictures alike."""

import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.utils import timezone

from articles.images import intake, recipes
from articles.images.models import Image
from newsroom import media
from tests.factories import picture, picture_file
from tests.storages import bucket_at

HASH = "0123456789abcdef" * 4
NAME = f"originals/01/{HASH[:24]}.png"


def _content(storage, name):
    with storage.open(name) as file:
        return file.read()


def test_what_was_saved_is_read(storage):
    name = storage.save(NAME, ContentFile(b"the picture"))

    assert name == NAME
    assert storage.exists(NAME)
    assert storage.size(NAME) == len(b"the picture")
    assert _content(storage, NAME) == b"the picture"


def test_a_large_upload_is_kept_whole(storage):
    content = bytes(range(256)) * 40_000  # more than a bucket takes in one piece by default
    upload = TemporaryUploadedFile("phone.jpg", "image/jpeg", len(content), None)
    upload.write(content)
    upload.seek(0)

    with upload:
        storage.save(NAME, upload)

    assert _content(storage, NAME) == content


def test_a_name_that_follows_from_the_content_is_written_again(storage):
    storage.save(NAME, ContentFile(b"half a pic"))

    name = storage.save(NAME, ContentFile(b"the picture"))

    assert name == NAME
    assert _content(storage, NAME) == b"the picture"


def test_another_name_is_kept_apart(storage):
    storage.save("notes/plan.png", ContentFile(b"first"))

    name = storage.save("notes/plan.png", ContentFile(b"second"))

    assert name != "notes/plan.png"
    assert _content(storage, "notes/plan.png") == b"first"
    assert _content(storage, name) == b"second"


def test_what_is_deleted_is_gone(storage):
    storage.save(NAME, ContentFile(b"the picture"))

    storage.delete(NAME)

    assert not storage.exists(NAME)


def test_deleting_what_is_not_there_is_no_error(storage):
    storage.delete(NAME)

    assert not storage.exists(NAME)


@pytest.mark.parametrize("ask", ["open", "look", "fetch", "size", "get_modified_time"])
def test_what_is_not_there_is_not_found(storage, ask):
    with pytest.raises(FileNotFoundError):
        getattr(storage, ask)(NAME)


def test_when_it_was_written_is_known(storage):
    before = timezone.now() - timedelta(seconds=2)  # S3 counts in whole seconds

    storage.save(NAME, ContentFile(b"the picture"))

    assert before <= storage.get_modified_time(NAME) <= timezone.now()


def test_what_lies_in_a_folder_is_listed(storage):
    storage.save(NAME, ContentFile(b"the picture"))

    assert storage.listdir("originals") == (["01"], [])
    assert storage.listdir("originals/01") == ([], [NAME.rpartition("/")[2]])


def test_a_folder_within_is_not_a_file(storage):
    storage.save(NAME, ContentFile(b"the picture"))

    with pytest.raises(FileNotFoundError):
        storage.look("originals/01")
    with pytest.raises(FileNotFoundError):
        storage.look(f"{NAME}/more.png")


def test_readers_find_it_at_the_site_itself(storage):
    assert storage.url(NAME) == f"/media/{NAME}"


def test_another_content_has_another_etag(storage):
    storage.save(NAME, ContentFile(b"half a pic"))
    before = storage.look(NAME)
    storage.save(NAME, ContentFile(b"the picture"))

    after = storage.look(NAME)

    assert before.etag != after.etag
    assert after.size == len(b"the picture")


def test_a_picture_taken_in_lies_there(storage, db):
    image = picture()

    assert _content(storage, image.file.name) == picture_file()
    assert image.url == f"/media/{image.file.name}"


def test_a_picture_taken_in_twice_is_one_file(storage, db):
    first = picture()
    Image.objects.all().delete()

    second = intake.take_in(picture_file())

    assert second.file.name == first.file.name
    assert _content(storage, second.file.name) == picture_file()


@pytest.mark.parametrize("crop", recipes.CROPS)
def test_the_name_of_a_rendition_never_changes_its_meaning(crop):
    key = recipes.focus_key(crop, (0.25, 0.5))
    recipe = recipes.Recipe(crop, (320, 180), "webp")

    assert media.never_changes(recipes.file_name(HASH, recipe, key))


# --- Only a folder ----------------------------------------------------------------------------


class _Killed(BaseException):
    pass


class _HalfWritten(ContentFile):
    def chunks(self, chunk_size=None):
        yield b"half"
        raise _Killed


def _files(folder):
    return [str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file()]


def test_a_file_half_written_is_not_there(settings):
    storage = storages["default"]

    with pytest.raises(_Killed):
        storage.save(NAME, _HalfWritten(b"half of it"))

    assert not storage.exists(NAME)
    assert _files(settings.MEDIA_ROOT) == []


def test_a_file_half_written_again_stays_as_it_was(settings):
    storage = storages["default"]
    storage.save(NAME, ContentFile(b"the picture"))

    with pytest.raises(_Killed):
        storage.save(NAME, _HalfWritten(b"half of it"))

    assert _content(storage, NAME) == b"the picture"
    assert _files(settings.MEDIA_ROOT) == [NAME]


# --- Only a bucket ----------------------------------------------------------------------------


def test_a_bucket_tells_caches_and_browsers_what_the_site_tells(bucket):
    bucket.save(NAME, ContentFile(b"the picture"))

    told = bucket.connection.meta.client.head_object(Bucket="pictures", Key=NAME)

    assert told["ContentType"] == "image/png"
    assert told["CacheControl"] == "public, max-age=31536000, immutable"


def test_a_bucket_does_not_believe_what_an_upload_says_of_itself(bucket):
    script = SimpleUploadedFile("a.png", b"<script>alert(1)</script>", "text/html")

    bucket.save(NAME, script)
    bucket.save("notes/page.html", script)

    client = bucket.connection.meta.client
    page = client.head_object(Bucket="pictures", Key="notes/page.html")
    assert client.head_object(Bucket="pictures", Key=NAME)["ContentType"] == "image/png"
    assert page["ContentType"] == "application/octet-stream"
    assert page["ContentDisposition"].startswith("attachment")


def test_a_bucket_is_private_and_grants_nothing_to_others(bucket, s3_address):
    bucket.save(NAME, ContentFile(b"the picture"))

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{s3_address}/pictures/{NAME}")  # noqa: S310 -- an address of our own

    refused.value.close()
    grants = bucket.connection.meta.client.get_object_acl(Bucket="pictures", Key=NAME)["Grants"]
    assert refused.value.code == 403
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]


def test_a_bucket_with_a_public_address_is_read_there(bucket, settings):
    there = bucket_at("http://127.0.0.1:1", base_url="https://pictures.example/news/")
    settings.STORAGES = settings.STORAGES | {"default": there}

    address = storages["default"].url(NAME)

    assert address == f"https://pictures.example/news/{NAME}"


ANYTHING = ["open", "look", "fetch", "exists", "delete", "size", "get_modified_time", "listdir"]


@pytest.mark.parametrize("ask", ANYTHING)
def test_a_bucket_out_of_reach_fails_as_a_disk_fails(settings, ask):
    nowhere = bucket_at("http://127.0.0.1:1")
    settings.STORAGES = settings.STORAGES | {"default": nowhere}

    with pytest.raises(OSError, match=NAME) as failure:
        getattr(storages["default"], ask)(NAME)

    assert not isinstance(failure.value, FileNotFoundError)


def test_a_picture_is_not_saved_into_a_bucket_that_is_not_there(settings, s3_reset):
    settings.STORAGES = settings.STORAGES | {"default": bucket_at(s3_reset, bucket_name="none")}
    storage = storages["default"]

    with pytest.raises(OSError, match="NoSuchBucket"):
        storage.save(NAME, ContentFile(b"the picture"))

    storage.connection.meta.client.close()
