"""Pictures in the form of a story, at its edges: no JavaScript, long words, a file too many."""

import pytest

from tests import factories

pytestmark = pytest.mark.browser


def test_a_picture_can_be_added_without_javascript(look_without_scripts):
    page = look_without_scripts("/admin/images/image/add/")

    page.locator("input[name=upload]").wait_for(state="visible")
    opacity = "field => getComputedStyle(field.parentElement).opacity"
    assert page.locator("input[name=upload]").evaluate(opacity) == "1"


def test_the_header_picture_is_a_number_without_javascript(look_without_scripts):
    picture = factories.picture()
    story = factories.draft(header_image=picture.pk)

    page = look_without_scripts(f"/admin/articles/article/{story.pk}/change/")

    page.locator("input[name=header_image]").wait_for(state="visible")
    assert page.locator("input[name=header_image]").input_value() == str(picture.pk)
