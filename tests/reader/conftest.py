"""What readers' tests share: a static root that exists, and newsrooms with something to read."""

import pytest

from tests import factories
from tests.reader import site


@pytest.fixture(autouse=True)
def _static_root(settings, tmp_path):
    """The static file server warns of a folder that is not there, and warnings are errors."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()


@pytest.fixture
def newsroom(db):
    """Thirty stories with everything a story can have, in one month."""
    return site.grow(30)


@pytest.fixture
def story(db):
    """One story with everything a story can have."""
    return site.grow(1).stories[0]


@pytest.fixture
def wide(db):
    """A channel with a source and a section below it."""
    channel = factories.category("新媒体")
    source = factories.category("码头日志", channel)
    return channel, source, factories.category("发布", source)
