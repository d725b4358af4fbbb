"""`manage.py set_up` and `manage.py check_queue`: what a start needs, once, and no more."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from articles.management.commands import set_up
from articles.management.terminal import language_of_the_terminal
from articles.models import User
from articles.workflow import CHIEF

pytestmark = pytest.mark.django_db

CATALOGUE = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "b"\n'
)


@pytest.fixture
def first_login(client):
    """What set-up writes when it makes a login, and whether one can sign in with it."""
    written = io.StringIO()
    call_command("set_up", only=["login"], stdout=written)
    lines = written.getvalue().splitlines()
    name, password = (line.partition(": ")[2] for line in lines[1:3])
    return name, password, client.login(username=name, password=password)


def test_the_first_login_is_a_chief_editors_and_works(first_login):
    name, _, signed_in = first_login

    user = User.objects.get(username=name)
    assert signed_in
    assert user.is_staff
    assert [group.name for group in user.groups.all()] == [CHIEF]


def test_the_password_is_stored_only_hashed(first_login):
    _, password, _ = first_login

    assert len(password) >= 16
    assert password not in User.objects.get().password


def test_no_second_login_is_made(first_login):
    written = io.StringIO()
    call_command("set_up", only=["login"], stdout=written)

    assert written.getvalue() == ""
    assert User.objects.count() == 1


def test_a_superuser_is_login_enough():
    User.objects.create_superuser("root", password="x")

    call_command("set_up", only=["login"], stdout=io.StringIO())

    assert User.objects.count() == 1


def test_somebody_who_cannot_sign_in_is_not(charlie):
    charlie.set_unusable_password()
    charlie.username = CHIEF
    charlie.save()

    call_command("set_up", only=["login"], stdout=io.StringIO())

    assert set(User.objects.values_list("username", flat=True)) == {"chief", "chief2"}


def test_a_database_that_is_up_to_date_is_left_alone(capsys):
    call_command("set_up", only=["database"])

    assert capsys.readouterr() == ("", "")


def test_a_newsroom_with_stories_gets_no_sample(draft, capsys):
    call_command("set_up", only=["sample"])

    assert capsys.readouterr() == ("", "")


def test_what_is_stored_is_in_the_readers_language(settings, monkeypatch):
    languages = []
    monkeypatch.setattr(
        set_up.Command, "do_sample", lambda _self: languages.append(translation.get_language())
    )

    call_command("set_up", only=["sample"])

    assert languages == [settings.LANGUAGE_CODE]


def test_translations_are_compiled_when_they_changed(settings, tmp_path):
    source = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)
    settings.LOCALE_PATHS = [tmp_path]

    call_command("set_up", only=["messages"])
    compiled = source.with_suffix(".mo").stat()
    call_command("set_up", only=["messages"])

    assert compiled.st_size > 0
    assert source.with_suffix(".mo").stat().st_mtime_ns == compiled.st_mtime_ns
    assert [path.name for path in source.parent.glob("*.mo*")] == ["django.mo"]


def test_static_files_are_collected_when_they_changed(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [tmp_path / "own"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.css").write_text("a {}")

    call_command("set_up", only=["static"])
    (tmp_path / "static" / "a.css").unlink()
    call_command("set_up", only=["static"])
    untouched = not (tmp_path / "static" / "a.css").exists()
    (tmp_path / "own" / "a.css").write_text("a { color: red }")
    call_command("set_up", only=["static"])

    assert untouched
    assert "red" in (tmp_path / "static" / "a.css").read_text()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        pytest.param({}, "en", id="nothing said"),
        pytest.param({"LANG": "zh_CN.UTF-8"}, "zh-hans", id="Chinese"),
        pytest.param({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en", id="the stronger one"),
        pytest.param({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-hans", id="empty is unsaid"),
    ],
)
def test_operators_are_spoken_to_in_their_terminals_language(environment, language):
    assert language_of_the_terminal(environment) == language


def test_a_database_that_does_not_answer_is_one_sentence(monkeypatch):
    def refuse(_command):
        raise DatabaseError("connection refused\n  by the server")

    monkeypatch.setattr(set_up.Command, "do_database", refuse)

    with pytest.raises(CommandError, match=r"^The database .*: connection refused by the server"):
        call_command("set_up", only=["database"])


def test_a_folder_that_cannot_be_written_is_one_sentence(monkeypatch):
    def refuse(_command):
        raise PermissionError(13, "Permission denied", "/media")

    monkeypatch.setattr(set_up.Command, "do_static", refuse)

    with pytest.raises(CommandError, match=r"^/media cannot be read or written: .*\.$"):
        call_command("set_up", only=["static"])


# The queue.


def task(**fields):
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="a.b", backend_name="default", **fields
    )


def age(row, **passed):
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now() - timedelta(**passed))


def test_an_idle_queue_is_in_order(capsys):
    call_command("check_queue")

    assert capsys.readouterr().out.startswith("0 waiting, 0 running, 0 failed")


def test_a_task_that_waits_too_long_is_reported():
    age(task(), minutes=11)

    with pytest.raises(CommandError, match="is the worker running"):
        call_command("check_queue", stdout=io.StringIO())


def test_a_task_planned_long_ago_for_just_now_is_not():
    age(task(run_after=timezone.now() - timedelta(seconds=5)), days=3)

    call_command("check_queue", stdout=io.StringIO())


def test_a_task_planned_for_tomorrow_does_not_wait(capsys):
    age(task(run_after=timezone.now() + timedelta(days=1)), days=3)

    call_command("check_queue")

    assert capsys.readouterr().out.startswith("0 waiting")
