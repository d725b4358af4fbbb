"""A real Chromium at a real server, with nothing else of the network."""

import os
import shutil
import threading

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import connection
from playwright.sync_api import sync_playwright

from articles.models import User

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PASSWORD = "a-long-password-1"


@pytest.fixture(scope="session")
def chromium():
    """The system's browser; without one these tests are skipped."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_QUIET)
        yield browser
        browser.close()


@pytest.fixture
def newsroom(
    settings, tmp_path, transactional_db, django_db_serialized_rollback, live_server, monkeypatch
):
    """The address of a running newsroom."""
    if connection.vendor == "sqlite":
        _answer_one_at_a_time(monkeypatch)
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    return live_server.url


def _answer_one_at_a_time(monkeypatch):
    """All threads share the one connection of a database in memory, and so their transactions."""
    lock, answer = threading.Lock(), BaseHandler.get_response

    def answer_alone(self, request):
        with lock:
            return answer(self, request)

    monkeypatch.setattr(BaseHandler, "get_response", answer_alone)


@pytest.fixture
def open_as(chromium, newsroom):
    """Log somebody in; returns a page that fails the test if a script of ours fails."""
    contexts = []

    def opened(username):
        user = User.objects.get(username=username)
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        context = chromium.new_context(viewport={"width": 1360, "height": 900}, locale="zh-CN")
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.broken = []
        page.on("pageerror", lambda error: page.broken.append(str(error)))
        page.route("**/*", lambda route: _only_ours(route, newsroom))
        page.goto(f"{newsroom}/admin/login/")
        page.fill("#id_username", username)
        page.fill("#id_password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(f"{newsroom}/admin/")
        return page

    yield opened
    broken = [error for context in contexts for page in context.pages for error in page.broken]
    for context in contexts:
        context.close()
    _let_the_server_finish()
    assert not broken


@pytest.fixture
def look_without_scripts(chromium, newsroom, charlie, client):
    """A page of the admin as Charlie sees it in a browser that runs no JavaScript."""
    client.force_login(charlie)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": session.key, "value": session.value, "url": newsroom}])

    def looked(path):
        page = context.new_page()
        page.route("**/*", lambda route: _only_ours(route, newsroom))
        page.goto(newsroom + path)
        return page

    yield looked
    context.close()
    _let_the_server_finish()


def _let_the_server_finish():
    """Wait for requests on their way; their connections must not outlive the test's database."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)  # seconds


def _only_ours(route, ours):
    if route.request.url.startswith((ours, "data:", "blob:")):
        route.continue_()
    else:
        route.abort()
