"""The Nu HTML checker, which the W3C runs, has nothing to say about any page."""

import pytest

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


def test_nu_has_nothing_to_say(checkers, pages, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    files = {f"page-{number}.html": page for number, page in enumerate(pages.values())}
    for name, page in files.items():
        (folder / name).write_text(page.html, "utf-8")

    messages = checkers.nu(folder)

    told = {}
    for message in messages:
        page = files[message["url"].rpartition("/")[2]]
        told.setdefault(page.name, []).append((message["message"], message.get("extract")))
    assert told == {}


def test_nu_is_awake(checkers, tmp_path):
    (tmp_path / "wrong.html").write_text("<!doctype html><title>·</title><center>·</center>")

    messages = checkers.nu(tmp_path)

    assert any("center" in message["message"] for message in messages)
