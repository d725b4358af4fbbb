"""The catalogue, compiled for the tests alone: they neither need nor touch the project's own."""

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings as site

SOURCE = site.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="session")
def catalogue():
    with SOURCE.open("rb") as file:
        return read_po(file, locale="zh_Hans", domain="django", abort_invalid=True)


@pytest.fixture(scope="session")
def _compiled(catalogue, tmp_path_factory):
    top = tmp_path_factory.mktemp("locale")
    folder = top / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    return top


@pytest.fixture
def translated(settings, _compiled):
    """The site speaks what the catalogue says now."""
    settings.LOCALE_PATHS = [_compiled]
