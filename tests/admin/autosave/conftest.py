"""Windows that send what somebody types, and pages that are looked at afterwards."""

import json

import pytest
from django.urls import reverse

ADD = "admin:articles_article_add"
CHANGE = "admin:articles_article_change"


@pytest.fixture
def send(client):
    """Log somebody in and send what a window of theirs would send."""

    def sent(user, address, /, **said):
        client.force_login(user)
        said = {"user": user.pk, "tab": "first", "count": 1} | said
        return client.post(address, json.dumps(said), content_type="application/json")

    return sent


@pytest.fixture
def keep(send, draft):
    """Type a title in the draft."""

    def kept(user, title="打到一半", /, **said):
        said = {"content": {"title": [title]}, "basedOn": draft.working_revision_id} | said
        return send(user, reverse("admin:articles_article_autosave", args=[draft.pk]), **said)

    return kept


@pytest.fixture
def keep_new(send):
    """Type the title of a story that was never saved."""

    def kept(user, number, title="新稿", **said):
        address = reverse("admin:articles_article_autosave_new", args=[number])
        return send(user, address, **{"content": {"title": [title]}} | said)

    return kept


@pytest.fixture
def look(client):
    """Open the form of a story, or an empty one, as somebody."""

    def looked(user, story=None, **query):
        client.force_login(user)
        address = reverse(CHANGE, args=[story.pk]) if story else reverse(ADD)
        return client.get(address, query)

    return looked
