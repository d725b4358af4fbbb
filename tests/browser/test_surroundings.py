"""The way in, and the walls: what the other browser tests rely on without showing it."""

import pytest
from django.urls import reverse
from playwright import sync_api as playwright

pytestmark = pytest.mark.browser


def test_wanda_signs_in_with_her_password(chromium, newsroom, wanda):
    wanda.set_password("a-long-password-1")
    wanda.save(update_fields=["password"])
    with chromium.new_context(locale="zh-CN") as context:
        page = context.new_page()

        page.goto(newsroom + reverse("admin:articles_article_changelist"))
        page.fill("#id_username", "wanda")
        page.fill("#id_password", "a-long-password-1")
        page.click("button[type=submit]")

        page.wait_for_url(newsroom + reverse("admin:articles_article_changelist"))


def test_who_has_signed_in_already_is_let_in(open_as, newsroom, wanda):
    page = open_as("wanda")

    response = page.goto(newsroom + reverse("admin:index"))

    assert response.status == 200
    assert page.url == newsroom + reverse("admin:index")


def test_another_name_leads_nowhere_even_if_it_is_this_machine(open_as, newsroom, wanda):
    page = open_as("wanda")

    with pytest.raises(playwright.Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto(newsroom.replace("//localhost", "//elsewhere.localhost"))
