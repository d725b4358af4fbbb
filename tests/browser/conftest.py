"""A real Chromium at a real server, with nothing else of the network."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from articles.models import User
from tests.browser.door import built_door

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# What Playwright turns off (only the last such list counts), and what every new window would draw
# for nobody: the popups of its address bar, a second of processor time each.
_OFF = (
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,"
    "MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,"
    "TcpPortRandomizationWin,ThirdPartyStoragePartitioning,"
    "SpareRendererForSitePerProcess,WebUIOmniboxAimPopup,WebUIOmniboxPopup"
)
# No other name leads anywhere; a test that wants an answer from one gives it (`page.route`).
_ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


_PATIENCE = 60_000  # milliseconds, however busy the machine is; only what never comes takes them


class Patient:
    """A browser with patience in all its windows."""

    def __init__(self, browser):
        self._browser = browser

    def new_context(self, **facts):
        context = self._browser.new_context(**facts)
        context.set_default_timeout(_PATIENCE)
        return context


@pytest.fixture(scope="session")
def chromium():
    """The system's browser; without one these tests are skipped."""
    names = list(filter(None, [os.environ.get("CHROMIUM")])) or _NAMES
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*_QUIET, _ALONE, f"--disable-features={_OFF}"]
        )
        expect.set_options(timeout=_PATIENCE)
        yield Patient(browser)
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def _browser_before_database(chromium):
    """Start the browser first: with its event loop, Django's connections become others.

    What the test database held when it was made (the groups, say) is kept at the connection, and
    is brought back before every test from there.
    """


@pytest.fixture(scope="session")
def door():
    with pytest.MonkeyPatch.context() as patch:
        yield built_door(patch)


@pytest.fixture
def newsroom(
    settings, tmp_path, transactional_db, django_db_serialized_rollback, live_server, door
):
    """The address of a running newsroom."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    with door.opened():
        yield live_server.url


@pytest.fixture
def signed_in(chromium, newsroom):
    """A window of the browser in which somebody has signed in already; closed after the test."""
    contexts = []

    def opened(username, **facts):
        context = chromium.new_context(locale="zh-CN", **facts)
        contexts.append(context)
        client = Client()
        client.force_login(User.objects.get(username=username))
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": session.key, "value": session.value, "url": newsroom}])
        return context

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def open_as(signed_in):
    """A page for somebody who has signed in; it fails the test if a script of ours fails."""
    broken = []

    def opened(username):
        page = signed_in(username, viewport={"width": 1360, "height": 900}).new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        return page

    yield opened
    assert not broken


@pytest.fixture
def look_without_scripts(signed_in, newsroom, charlie):
    """A page of the admin as Charlie sees it in a browser that runs no JavaScript."""
    context = signed_in("charlie", java_script_enabled=False)

    def looked(path):
        page = context.new_page()
        page.goto(newsroom + path)
        return page

    return looked
