"""What the site itself answers, whatever it is about."""

from django.db import DatabaseError
from django.test.utils import override_settings

from newsroom import views
from newsroom.static_files import HashedStaticFilesStorage


def test_it_is_healthy_when_the_database_answers(client, db):
    response = client.get("/healthz/")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_it_is_unwell_when_the_database_does_not_answer(client, monkeypatch):
    def no_cursor():
        raise DatabaseError

    monkeypatch.setattr(views.connection, "cursor", no_cursor)

    response = client.get("/healthz/")

    assert response.status_code == 503


def test_a_file_nobody_collected_keeps_its_plain_name(tmp_path):
    with override_settings(STATIC_ROOT=tmp_path):
        storage = HashedStaticFilesStorage()

    assert storage.url("newsroom/css/none.css") == "/static/newsroom/css/none.css"


def test_an_unknown_host_is_refused_in_the_outlets_language(client):
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "这个请求无法处理" in response.text


def test_browsers_find_the_icon_without_being_told(client):
    response = client.get("/favicon.ico")

    assert response.url.endswith("/newsroom/img/icon.svg")
