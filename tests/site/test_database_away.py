"""The database is away: readers get a page that needs none, and are told to come again."""

import socket
import sqlite3
from contextlib import closing

import pytest
from django.db import connections
from django.db.utils import ConnectionHandler

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


def closed_port():
    """A port of this machine where nobody listens."""
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def postgresql(*, pool):
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "127.0.0.1",
        "PORT": closed_port(),
        "NAME": "newsroom",
        "OPTIONS": {"pool": {"min_size": 1, "timeout": 0.5} if pool else False},
    }


def sqlite(path):
    options = {"transaction_mode": "IMMEDIATE", "timeout": 0.1}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}


def locked(path):
    """A database that another program keeps to itself, and that program."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    return sqlite(path), holder


@pytest.fixture(params=["no server", "no server for the pool", "no folder", "no file", "locked"])
def away(request, tmp_path):
    """Whatever the tests' database is, the site meets one that does not answer."""
    holder, path = None, tmp_path / "db.sqlite3"
    if request.param == "locked":
        facts, holder = locked(path)
    elif request.param.startswith("no server"):
        facts = postgresql(pool=request.param.endswith("pool"))
    else:
        facts = sqlite(path if request.param == "no file" else tmp_path / "nowhere" / "db.sqlite3")
    there = connections["default"]
    broken = ConnectionHandler({"default": {}, "away": facts})["away"]
    connections["default"] = broken
    yield request.param
    connections["default"] = there
    broken.close()
    if hasattr(broken, "close_pool"):
        broken.close_pool()
    if holder:
        holder.close()


@pytest.mark.parametrize("address", ["/", "/nothing/"])
def test_a_reader_is_told_to_come_again(client, away, address):
    client.raise_request_exception = False

    response = client.get(address)

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "no-store" in response["Cache-Control"]
    assert "503" in response.text


def test_a_mistake_of_ours_is_none_of_the_database(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("articles.reader.views.front_page", None)

    response = client.get("/")

    assert response.status_code == 500
    assert "Retry-After" not in response
