"""The readers' stylesheet: many files to write, one to fetch, and small."""

import gzip
import re

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command

from articles.reader.stylesheets import JoinedStylesheet, in_layer

MOST_BYTES = 14 * 1024


class JoiningStorage(JoinedStylesheet, ManifestStaticFilesStorage):
    """Joined and hashed."""

    manifest_strict = False


@pytest.fixture
def sheet(settings):
    """What a browser gets as the stylesheet after `collectstatic`."""
    name = f"{__name__}.{JoiningStorage.__qualname__}"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": name}}
    call_command("collectstatic", interactive=False, verbosity=0)
    (found,) = (settings.STATIC_ROOT / "newsroom" / "css").glob("site.????????????.css")
    return found.read_text("utf-8")


def test_the_collected_stylesheet_imports_nothing(sheet):
    assert "@import" not in sheet
    assert ".card__headline" in sheet
    assert "@media print" in sheet


def test_the_order_of_the_layers_is_said_first(sheet):
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL).strip()

    assert rules.startswith("@layer reset, base, layout, components, utilities;")


def test_all_of_it_is_small(sheet):
    assert len(gzip.compress(sheet.encode())) < MOST_BYTES


def test_collecting_again_follows_a_change(sheet, settings):
    collected = settings.STATIC_ROOT / "newsroom" / "css" / "site.css"
    collected.write_text("stale")

    call_command("collectstatic", interactive=False, verbosity=0)

    assert collected.read_text("utf-8").count("@layer") > 1


@pytest.mark.parametrize(
    ("media", "written"),
    [
        pytest.param("", "@layer base {\na{}\n}", id="every medium"),
        pytest.param("print", "@media print {\n@layer base {\na{}\n}\n}", id="paper"),
    ],
)
def test_an_import_is_written_out(media, written):
    assert in_layer("a{}\n", "base", media) == written
