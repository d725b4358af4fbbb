"""What is sent to every address: a form and a JSON object that name every field there is."""

import json
from datetime import timedelta

from django.contrib.auth.models import Group

from tests.rights.stage import LATER

_TEXTS = ("title", "standfirst", "note", "comment", "reason", "text", "name", "label", "tags")
_PICTURES = ("alt", "credit", "caption")
_NUMBERS = ("assignee", "to", "position", "index", "confirmed")
_TICKED = ("comments_enabled", "is_superuser", "is_staff", "is_active", "may_comment", "confirm")
_PASSWORD = "a-long-password-1"
_LATER, _DAY_AFTER = (f"{LATER + timedelta(days=n):%Y-%m-%dT%H:%M}" for n in (0, 1))


def form(story):
    """Each field with the value that would do most."""
    sent = dict.fromkeys([*_TEXTS, *_PICTURES], "偷改")
    sent |= dict.fromkeys(_NUMBERS, "1") | dict.fromkeys(_TICKED, "on")
    sent |= {"body": "<p>偷改</p>", "slug": "x", "category": story.category_id or ""}
    sent |= {"bylines-author": ["林墨"], "bylines-role": ["author"], "kind": "news"}
    sent |= {"licence": "original", "ai_disclosure": "none", "stage": "live", "act": "mine"}
    sent |= dict.fromkeys(("based_on", "seen", "revision"), story.working_revision_id or "")
    sent |= {"post": "yes", "action": "delete_selected", "_selected_action": [str(story.pk)]}
    sent |= {"lifetime": "24", "at": _LATER, "at_0": _LATER[:10], "at_1": "08:00"}
    sent |= {"due_at": _DAY_AFTER, "autosave_tab": "theirs", "autosave_count": "99", "until": "99"}
    sent |= {"x": "0.1", "y": "0.1", "email": "x@example.org", "rhythm": "never"}
    sent |= {"username": "intruder", "password1": _PASSWORD, "password2": _PASSWORD}
    return sent | {"groups": [str(pk) for pk in Group.objects.values_list("pk", flat=True)]}


def said(person, story):
    """The same for the addresses that scripts ask."""
    facts = {"user": person and person.pk, "tab": "theirs", "count": 99, "isWriting": True}
    facts |= {"content": {"title": ["偷改"]}, "basedOn": story.working_revision_id}
    facts |= {"insteadOf": {"tab": "theirs", "count": 1}, "text": "偷改", "html": "<p>x</p>"}
    return json.dumps(facts | {"at": _LATER, "to": 1, "note": 1, "quote": "工厂"})


def requests(client, person, address, story):
    """Every way of writing to `address`; what answers in JSON is also spoken to in JSON."""
    fields = form(story)

    def as_form(**more):
        return client.post(address, fields | more)

    def as_json():
        return client.post(address, said(person, story), content_type="application/json")

    yield lambda: as_form(_verb="publish")
    if address.endswith(("/change/", "/add/")):
        yield lambda: as_form(_verb="approve_and_publish")
    if as_form().headers.get("Content-Type") == "application/json":
        yield as_json
        yield lambda: client.put(address, said(person, story), content_type="application/json")
