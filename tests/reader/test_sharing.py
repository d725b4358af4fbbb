"""A story passed on: its short address, and the QR code of it."""

import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_the_page_names_the_short_address_and_its_code(client, live):
    page = client.get(live.get_absolute_url()).text

    assert f"http://127.0.0.1:8000/a/{live.pk}/<" in page
    assert f'src="/a/{live.pk}/qr.svg"' in page


def test_the_part_for_sharing_is_small(client, live):
    page = client.get(live.get_absolute_url()).text

    part = re.search(r'<div class="share">.*?</div>', page, re.DOTALL)[0]
    assert len(part.encode()) <= 600


def test_the_code_is_dark_on_light_with_a_quiet_zone(client, live):
    response = client.get(f"/a/{live.pk}/qr.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert "max-age=86400" in response["Cache-Control"]
    assert '<path fill="#fff" d="M0 0h' in response.text
    assert '<path stroke="#000" d="M4 4.5h7m' in response.text


def test_stories_have_codes_of_their_own(client, live):
    other = factories.live(title="另一篇")

    codes = {client.get(f"/a/{story.pk}/qr.svg").text for story in (live, other)}

    assert len(codes) == 2


def test_a_withdrawn_story_has_no_code(client, withdrawn):
    assert client.get(f"/a/{withdrawn.pk}/qr.svg").status_code == 410


def test_what_was_never_published_has_no_code(client, draft):
    assert client.get(f"/a/{draft.pk}/qr.svg").status_code == 404
