"""Typing into a story, and what the bar, the browser and the desk then say."""

from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error

from articles.desk import autosaving
from articles.models import User
from tests.browser.test_desk import press, step_into

PASSWORD = "a-long-password-1"
EDITOR = ".desk-editor .ProseMirror"
STATUS = "[data-desk-status]"
SENTENCE = "停产以后的第一句话。"
# The memory of a browser that has no room for texts.
FULL = """
const store = Storage.prototype.setItem
Storage.prototype.setItem = function (key, value) {
  if (key.startsWith("desk-text:")) throw new DOMException("full", "QuotaExceededError")
  store.call(this, key, value)
}
"""


def write(page, text=SENTENCE):
    step_into(page.locator(EDITOR))
    press(page, "Control+End")
    page.keyboard.type(text)


def wait_for(page, kind):
    """Wait until the bar says that the text is kept, or where it is instead."""
    page.wait_for_selector(f"{STATUS}[data-kind={kind}]")


def notice(page, name):
    return page.locator(f"[data-notice={name}]")


def offer(page):
    return page.locator(".desk-offer:visible")


def restore(page):
    """Go on with the text the desk offers."""
    with page.expect_navigation():
        page.click(".desk-offer [data-desk-restore]")
    wait_for(page, "kept")


def says(page):
    """What the body of the form on a page says."""
    return page.input_value("textarea[name=body]")


def copies(page):
    """How many texts the browser keeps."""
    return page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('desk-text:')).length")


def texts(page):
    """The bodies of the texts the browser keeps."""
    return page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('desk-text:'))"
        ".map(([, text]) => JSON.parse(text).content.body[0]).join()"
    )


def write_beyond_the_desk(page, text):
    """The desk hears nothing of this page any more."""
    page.route("**/autosave/", lambda route: route.abort())
    write(page, text)
    wait_for(page, "warning")


def let_saves_hang(page):
    """Sent forms wait for an answer; the list of them fills."""
    held = []

    def hold(route):
        is_form = route.request.method == "POST" and route.request.url.endswith("/change/")
        held.append(route) if is_form else route.continue_()

    page.route("**/change/", hold)
    return held


def save_and_write(page, held, text=SENTENCE, *, then=""):
    """Press the button and, once the form is on its way, go on typing; `then`: "stop" it first.

    Meanwhile nobody can ask the page anything: it asks for its next step.
    """
    steps = []
    page.route("**/next-step/", lambda route: steps.append(route))  # noqa: PLW0108 - Playwright marks it
    page.evaluate(SAVE_AND_WRITE, [text, then == "stop"])
    for _ in ("on its way", "typed"):
        until(page, lambda: held and steps)
        steps.pop().fulfill()


SAVE_AND_WRITE = """([text, isStopped]) => {
  const editor = document.querySelector("textarea[data-desk-body]").deskEditor
  const nextStep = () => fetch("/next-step/")
  setTimeout(async () => {
    document.querySelector("[data-desk-save]").click()
    await nextStep()
    if (isStopped) window.stop()
    editor.commands.insertContent(text)
    nextStep()
  })
}"""


def until(page, is_so):
    """Let the page work until the desk says so."""
    for _ in range(600):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail("it did not come about in a minute")


def at_desk(user, story):
    """The body that the desk keeps of what somebody typed."""
    kept = autosaving.kept_of(user, article=story)
    return kept.content["body"][0] if kept else ""


def crash(page):
    """The process of this page dies; no script of it gets to say goodbye."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")


def be_logged_out():
    Session.objects.all().delete()


def log_in(page, newsroom, username):
    """Through the page that asks for the password, which gives out another token."""
    user = User.objects.get(username=username)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    page.goto(f"{newsroom}/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{newsroom}/admin/")
