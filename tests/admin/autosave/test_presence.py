"""Windows hear of each other."""

import pytest
from django.urls import reverse

from articles.desk import review, writing
from articles.models import Presence


@pytest.fixture
def attend(send, draft):
    """A window on the draft gives a sign of life."""

    def attended(user, /, **said):
        said = {"basedOn": draft.working_revision_id, "stage": "draft"} | said
        return send(user, reverse("admin:articles_article_presence", args=[draft.pk]), **said)

    return attended


def test_a_window_hears_who_else_is_there(attend, wanda, ellen):
    attend(ellen, isWriting=True)

    said = attend(wanda).json()

    assert [other["sentence"] for other in said["others"]] == ["Ellen正在编辑"]
    assert (said["newer"], said["stage"]) == (None, None)


def test_who_has_closed_the_window_is_not_there(attend, wanda, ellen):
    attend(ellen)
    attend(ellen, isLeaving=True)

    assert attend(wanda).json()["others"] == []


def test_a_window_hears_of_a_newer_revision_and_of_another_stage(attend, wanda, ellen, draft):
    base = draft.working_revision_id
    writing.revise(draft, writing.working_snapshot(draft).changed(title="艾伦的"), by=ellen)
    review.submit(draft, by=wanda)

    said = attend(wanda, basedOn=base).json()

    assert said["newer"]["number"] == 2
    assert said["newer"]["compare"].endswith("/1/2/")
    assert "Ellen" in said["newer"]["sentence"]
    assert said["stage"]["stage"] == "in_review"


def test_presence_is_refused_like_autosaving(client, attend, draft, wanda, ellen):
    address = reverse("admin:articles_article_presence", args=[draft.pk])
    out = client.post(address, "{}", content_type="application/json")
    other = attend(ellen, user=wanda.pk)
    malformed = [attend(wanda, tab=""), attend(wanda, stage="gossip"), attend(wanda, stage=[])]

    assert out.json()["reason"] == "session"
    assert other.json()["reason"] == "person"
    assert [one.status_code for one in malformed] == [400, 400, 400]
    assert Presence.objects.filter(user=ellen).count() == 0
