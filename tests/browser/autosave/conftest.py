"""The form of a story, opened and at work."""

import pytest
from django.urls import reverse

from tests.browser.autosave.windows import (
    EDITOR,
)


@pytest.fixture
def look(newsroom):
    """Open the form of a story, or of a new one, and wait until its scripts are at work."""

    def looked(page, story=None, query=""):
        address = reverse("admin:articles_article_add")
        if story:
            address = reverse("admin:articles_article_change", args=[story.pk])
        page.goto(newsroom + address + query)
        page.wait_for_selector(EDITOR)
        return page

    return looked
