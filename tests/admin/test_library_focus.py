"""The focal point, set by script: who may, where it may lie, and what it leaves alone."""

import pytest
from django.urls import reverse

from tests import factories


def test_a_focal_point_is_set_by_script(client, ellen):
    picture = factories.picture()
    client.force_login(ellen)

    answer = send(client, picture, x="0.25", y="0.75").json()

    picture.refresh_from_db()
    assert answer == {"focal_point": "0.25x0.75"}
    assert picture.focus == (0.25, 0.75)


@pytest.mark.parametrize(
    ("x", "y"),
    [("1.1", "0"), ("-0.1", "0"), ("nan", "0"), ("inf", "0"), ("", "0"), ("左", "0")],
    ids=["beyond", "before", "no number", "endless", "nothing", "a word"],
)
def test_a_focal_point_outside_of_the_picture_is_refused(client, ellen, x, y):
    picture = factories.picture()
    client.force_login(ellen)

    response = send(client, picture, x=x, y=y)

    picture.refresh_from_db()
    assert response.status_code == 422
    assert picture.focus == (0.5, 0.5)


def test_a_reporter_sets_it_in_her_own_picture_only(client, wanda):
    own = factories.picture(by=wanda)
    client.force_login(wanda)

    allowed = send(client, own, x="0", y="1")
    own.uploaded_by = None
    own.save(update_fields=["uploaded_by"])
    turned_away = send(client, own, x="1", y="0")

    own.refresh_from_db()
    assert (allowed.status_code, turned_away.status_code) == (200, 403)
    assert own.focus == (0, 1)


def send(client, picture, **point):
    return client.post(reverse("admin:images_image_focus", args=[picture.pk]), point)
