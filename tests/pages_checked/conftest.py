"""What the checks of pages share: the checkers and the pages."""

import os

import pytest
from django.conf import settings as project

from tests.pages_checked import bringing
from tests.pages_checked.answers import ORIGIN
from tests.pages_checked.pages import every_page


@pytest.fixture(scope="session")
def checkers():
    """The installed checkers; without them these tests fail in CI and are skipped elsewhere."""
    try:
        return bringing.bring(project.BASE_DIR / ".build" / "page-checkers")
    except bringing.NotBrought as sentence:
        in_ci = os.environ.get("CI", "").lower() in ("true", "1")
        (pytest.fail if in_ci else pytest.skip)(str(sentence))


@pytest.fixture
def pages(client, db, settings, tmp_path):
    """Every page, by name."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.SITE_URL = ORIGIN
    return every_page(client)
