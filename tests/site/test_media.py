"""What the site answers at /media/: pictures, the same from a folder and from a bucket."""

import logging
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pillow

from newsroom import media
from tests.factories import picture_file
from tests.storages import bucket_at

TOP = Path(__file__).resolve().parent.parent.parent
NAME = f"renditions/01/{'0123456789abcdef' * 4}.png"
SCRIPT = b"<!doctype html><script>alert(document.domain)</script>"


@pytest.fixture
def stored(storage):
    """The address of a picture that is there."""
    storage.save(NAME, ContentFile(picture_file()))
    return f"/media/{NAME}"


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.WARNING)
    return caplog


def _body(response):
    return response.getvalue() if response.streaming else response.content


def test_a_picture_comes_as_it_is_with_all_its_headers(client, stored):
    response = client.get(stored)

    assert _body(response) == picture_file()
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Length"] == str(len(picture_file()))
    assert response.headers["Content-Disposition"] == "inline"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert not response.cookies


def test_no_setting_lets_browsers_guess_a_type(client, stored, settings):
    settings.SECURE_CONTENT_TYPE_NOSNIFF = False

    response = client.head(stored)

    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_asking_for_the_headers_brings_only_them(client, stored):
    whole = client.get(stored)
    _body(whole)

    response = client.head(stored)

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers == whole.headers


@pytest.mark.parametrize(
    ("header", "told"),
    [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_who_has_the_picture_is_not_sent_it_again(client, stored, method, header, told):
    first = client.head(stored)

    response = getattr(client, method)(stored, headers={header: first.headers[told]})

    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert response.headers["ETag"] == first.headers["ETag"]


def test_who_has_another_picture_is_sent_this_one(client, stored):
    response = client.get(stored, headers={"If-None-Match": '"another"'})

    assert response.status_code == 200
    assert _body(response) == picture_file()


def test_a_picture_is_not_compressed_again(client, storage):
    storage.save(NAME, ContentFile(b"the same " * 1000))

    response = client.get(f"/media/{NAME}", headers={"Accept-Encoding": "gzip"})

    assert _body(response) == b"the same " * 1000
    assert "Content-Encoding" not in response.headers
    assert "Vary" not in response.headers


def test_text_is_still_compressed(client, live):
    response = client.get("/", headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"


def test_pictures_are_read_only(client, stored):
    assert client.post(stored).status_code == 405


def test_a_name_that_could_mean_another_file_tomorrow_is_asked_for_again(client, storage):
    storage.save("notes/plan.png", ContentFile(picture_file()))

    response = client.get("/media/notes/plan.png")

    assert _body(response) == picture_file()
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


# --- Missing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
def test_in_the_place_of_a_missing_picture_stands_a_grey_one(client, storage, log, method):
    response = getattr(client, method)(f"/media/{NAME}")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "no-store"
    assert [(record.name, record.levelname, record.getMessage()) for record in log.records] == [
        ("newsroom.media", "WARNING", f"A picture is missing: {NAME}")
    ]


def test_the_grey_picture_is_a_small_picture():
    content = media.missing_picture()

    with Pillow.open(BytesIO(content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (320, 180))
    assert len(content) < 2000


def test_while_the_storage_is_away_a_picture_is_not_called_gone(client, settings, log):
    settings.STORAGES = settings.STORAGES | {"default": bucket_at("http://127.0.0.1:1")}

    response = client.get(f"/media/{NAME}")

    assert response.status_code == 503
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "no-store"
    assert [(record.name, record.levelname) for record in log.records] == [
        ("newsroom.media", "ERROR")
    ]


# --- Hostile ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", sorted(media.PICTURE_TYPES))
def test_a_script_under_a_pictures_name_is_a_broken_picture(client, storage, ending):
    name = NAME.replace("png", ending)
    storage.save(name, ContentFile(SCRIPT))

    response = client.get(f"/media/{name}")

    assert _body(response) == SCRIPT
    assert response.headers["Content-Type"] == media.PICTURE_TYPES[ending]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name",
    [
        "a.html",
        "a.htm",
        "a.HTML",
        "a.xhtml",
        "a.svg",
        "a.svgz",
        "a.xml",
        "a.js",
        "a.pdf",
        "a.png.html",
        "a.png.",
        "a.",
        "png",
        "html",
        "a.png;.html",
        'a".html',
        "页面.html",
    ],
)
def test_what_is_not_a_picture_is_only_a_download(client, storage, name):
    name = storage.save(name, ContentFile(SCRIPT))

    response = client.get("/media/" + name.replace(";", "%3B"))

    assert _body(response) == SCRIPT
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_no_type_of_ours_is_one_a_browser_runs():
    types = {*media.PICTURE_TYPES.values(), media.UNKNOWN_TYPE}

    assert all(each.startswith("image/") or each == "application/octet-stream" for each in types)
    assert not any("svg" in each or "xml" in each for each in types)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("../newsroom/settings.py", id="out of the folder"),
        pytest.param("%2e%2e/secret.png", id="out, encoded"),
        pytest.param("..%2fsecret.png", id="out, with an encoded slash"),
        pytest.param("a/../../secret.png", id="out, by a way round"),
        pytest.param("..\\secret.png", id="out, by a backslash"),
        pytest.param("..%5csecret.png", id="out, by an encoded backslash"),
        pytest.param("/etc/passwd", id="absolute"),
        pytest.param("%2fetc%2fpasswd", id="absolute, encoded"),
        pytest.param("C:%5csecret.png", id="a drive"),
        pytest.param("inside.png%00.html", id="NUL"),
        pytest.param("%00", id="only NUL"),
        pytest.param("a%0d%0aSet-Cookie:%20a=b.png", id="line break"),
        pytest.param("%ff%fe.png", id="not UTF-8"),
        pytest.param("%ed%a0%80.png", id="half a surrogate"),
        pytest.param("%e2%80%ae.png", id="reversed text"),
        pytest.param("folder", id="a folder"),
        pytest.param("folder/", id="a folder with a slash"),
        pytest.param("folder/.", id="the folder itself"),
        pytest.param("inside.png/", id="a file as a folder"),
        pytest.param("inside.png/more.png", id="a file within a file"),
        pytest.param("folder//inside.png", id="nothing between slashes"),
        pytest.param(".hidden.png", id="hidden"),
        pytest.param("folder/.0123.part", id="not written to its end"),
        pytest.param("a" * 300 + ".png", id="a name too long"),
        pytest.param("a/" * 600 + "a.png", id="a path too long"),
        pytest.param("图" * 100 + ".png", id="a name too long in bytes"),
    ],
)
def test_what_is_not_a_name_of_ours_is_not_found(client, db, storage, tmp_path, path):
    for inside in ("inside.png", "folder/inside.png"):
        storage.save(inside, ContentFile(picture_file()))
    (tmp_path / "secret.png").write_bytes(b"secret")

    response = client.get(f"/media/{path}")

    assert response.status_code == 404
    assert b"secret" not in response.content


@pytest.mark.parametrize(
    "name", ["..\\secret.png", "a\\..\\b.png", "\\\\server\\b.png", "C:\\b.png"]
)
def test_no_name_of_ours_is_a_path_of_windows(name):
    assert not media.could_be_ours(name)


# --- What it costs ----------------------------------------------------------------------------


def test_without_a_bucket_nothing_of_s3_is_loaded(tmp_path):
    look = (
        "import django, sys; django.setup(); import newsroom.urls;"
        "from django.core.files.storage import default_storage; default_storage.exists('a.png');"
        "print({'boto3', 'botocore', 's3transfer', 'storages'} & set(sys.modules))"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "SECRET_KEY": "x",
        "MEDIA_ROOT": str(tmp_path),
        "MEDIA_S3_BUCKET": "",
    }

    done = subprocess.run(  # noqa: S603 -- our own Python
        [sys.executable, "-c", look],
        cwd=TOP,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )

    assert done.stdout.strip() == "set()"


def test_a_picture_costs_no_query(client, stored, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get(stored)
        content = _body(response)

    assert content == picture_file()
