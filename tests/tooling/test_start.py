"""`make run`: what is started, with which surroundings, and what a person is told."""

import pytest

from bin import readiness, serve
from bin.address import Address
from bin.supervisor import Ending


@pytest.fixture
def no_settings(monkeypatch, tmp_path):
    """A folder without `.env`, and an environment that says nothing about the site."""
    monkeypatch.setattr(serve, "TOP", tmp_path)
    for name in ("SITE_URL", "ALLOWED_HOSTS", "DEBUG", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)


def test_the_procfile_names_web_and_worker():
    for name in ("Procfile", "Procfile.dev"):
        assert list(serve.commands(serve.TOP / name)) == ["web", "worker"]


def test_the_sites_own_address_follows_from_host_and_port(no_settings):
    environment = serve.surroundings(Address("127.0.0.1", 9000), dev=False)

    assert environment["SITE_URL"] == "http://127.0.0.1:9000"
    assert environment["ALLOWED_HOSTS"] == "localhost,127.0.0.1,[::1]"
    assert "DEBUG" not in environment


def test_a_chosen_site_address_is_kept(no_settings, monkeypatch, tmp_path):
    monkeypatch.setenv("ALLOWED_HOSTS", "news.example")
    (tmp_path / ".env").write_text("SITE_URL=https://news.example\n")

    environment = serve.surroundings(Address("127.0.0.1", 9000), dev=False)

    assert "SITE_URL" not in environment
    assert environment["ALLOWED_HOSTS"] == "news.example"


def test_dev_means_debug(no_settings):
    environment = serve.surroundings(Address("::1", 9000), dev=True)

    assert environment["DEBUG"] == "true"
    assert environment["LISTEN"] == "[::1]:9000"


def test_the_address_and_the_login_are_told_once_when_the_server_answers(site, capsys):
    welcome = serve.Welcome(Address("127.0.0.1", site.server_port), ["Password: hush"])

    welcome.when_it_answers()
    welcome.when_it_answers()
    welcome.login_at_least()

    told = capsys.readouterr().out
    assert f"http://127.0.0.1:{site.server_port}/admin/" in told
    assert told.count("hush") == 1


def test_nothing_is_told_before_the_server_answers(capsys):
    welcome = serve.Welcome(Address("127.0.0.1", 1), [])

    welcome.when_it_answers()

    assert capsys.readouterr().out == ""


def test_a_login_is_told_even_if_the_server_never_answers(capsys):
    serve.Welcome(Address("127.0.0.1", 1), ["Password: hush"]).login_at_least()

    assert "hush" in capsys.readouterr().out


def test_what_ended_by_itself_is_named_with_its_status():
    assert "web process ended by itself (status 3)" in serve._unexpected(Ending(False, "web", 3))


# Whether anything changed since the last set-up.


@pytest.fixture
def installation(tmp_path):
    """A folder that looks like an installation that was just set up."""
    for name in ("articles", "newsroom", ".build"):
        (tmp_path / name).mkdir()
    (tmp_path / "articles" / "models.py").write_text("")
    connection = readiness.sqlite3.connect(tmp_path / "db.sqlite3")
    for table in ("django_migrations", "articles_article", "articles_user"):
        connection.execute(f"CREATE TABLE {table} (id)")
        connection.execute(f"INSERT INTO {table} VALUES (1)")  # noqa: S608 -- three fixed names
    connection.commit()
    connection.close()
    readiness.remember(tmp_path, readiness.fingerprint(tmp_path, {}))
    return tmp_path


def remembered(folder, **environment):
    return readiness.is_remembered(folder, readiness.fingerprint(folder, environment))


def test_nothing_is_set_up_again_when_nothing_changed(installation):
    assert remembered(installation)
    assert remembered(installation, TERM="another")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda top: (top / "articles" / "new.py").write_text(""), id="code"),
        pytest.param(lambda top: (top / "uv.lock").write_text(""), id="libraries"),
        pytest.param(lambda top: (top / ".env").write_text("DEBUG=true"), id="settings"),
        pytest.param(lambda top: (top / "db.sqlite3").unlink(), id="database gone"),
        pytest.param(lambda top: (top / "db.sqlite3").write_text("rubbish" * 99), id="rubbish"),
        pytest.param(lambda top: (top / ".build" / "set-up").unlink(), id="cleaned"),
        pytest.param(lambda top: execute(top, "DELETE FROM articles_article"), id="emptied"),
        pytest.param(lambda top: execute(top, "DELETE FROM django_migrations"), id="other schema"),
    ],
)
def test_whatever_changed_is_looked_at(installation, change):
    change(installation)

    assert not remembered(installation)


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"DATABASE_URL": "postgres://db/newsroom"}, id="another kind of database"),
        pytest.param({"DATABASE_URL": "sqlite:///elsewhere.sqlite3"}, id="another file"),
        pytest.param({"DEBUG": "true"}, id="another setting"),
    ],
)
def test_another_environment_is_looked_at(installation, environment):
    assert not remembered(installation, **environment)


def execute(top, statement):
    connection = readiness.sqlite3.connect(top / "db.sqlite3")
    connection.execute(statement)
    connection.commit()
    connection.close()
