"""The sentences these tests quote are the source strings, whatever language the site speaks."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield
