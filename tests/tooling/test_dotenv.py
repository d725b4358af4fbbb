"""The `.env` file: made once, private, and never taken from the person who wrote it."""

import stat

import pytest

from bin import dotenv
from bin.console import Refusal


def test_a_new_file_has_a_long_key_and_is_private(tmp_path):
    path = tmp_path / ".env"

    written = dotenv.ensure(path, {})

    assert written
    assert len(dotenv.values_in(path)["SECRET_KEY"]) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_two_installations_share_a_key(tmp_path):
    for name in ("one", "two"):
        dotenv.ensure(tmp_path / name, {})

    assert (tmp_path / "one").read_text() != (tmp_path / "two").read_text()


def test_a_file_with_a_key_is_left_alone(tmp_path):
    path = tmp_path / ".env"
    path.write_text("SECRET_KEY=mine\n")

    written = dotenv.ensure(path, {})

    assert not written
    assert path.read_text() == "SECRET_KEY=mine\n"


def test_a_copy_of_the_example_gets_its_key_and_keeps_the_rest(tmp_path):
    path = tmp_path / ".env"
    path.write_text("SITE_URL=https://news.example\nSECRET_KEY=\nDEBUG=false")

    dotenv.ensure(path, {})

    values = dotenv.values_in(path)
    assert len(values.pop("SECRET_KEY")) >= 50
    assert values == {"SITE_URL": "https://news.example", "DEBUG": "false"}


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FILE"])
def test_a_key_of_the_environment_is_enough(tmp_path, name):
    path = tmp_path / ".env"
    path.write_text("DEBUG=false\n")

    written = dotenv.ensure(path, {name: "given"})

    assert not written


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("A=1\n\n# B=2\nexport C = '3'\n", {"A": "1", "C": "3"}, id="usual forms"),
        pytest.param("A=\n", {"A": ""}, id="empty value"),
        pytest.param("no assignment\n=\n", {}, id="rubbish"),
    ],
)
def test_a_file_is_read_as_the_settings_read_it(tmp_path, text, values):
    (tmp_path / ".env").write_text(text)

    assert dotenv.values_in(tmp_path / ".env") == values


def test_tests_see_no_setting_of_this_installation(tmp_path):
    example = tmp_path / ".env.example"
    example.write_text("SITE_URL=http://127.0.0.1:8000\nREDIS_URL=\n")
    mine = {"SITE_URL": "https://mine", "REDIS_URL_FILE": "/mine", "HOME": "/home/me"}

    environment = dotenv.settled(mine, {"SECRET_KEY": "x"}, example)

    assert environment == {
        "SITE_URL": "http://127.0.0.1:8000",
        "REDIS_URL": "",
        "SECRET_KEY": "x",
        "HOME": "/home/me",
    }


# hostile


def test_a_file_that_cannot_be_written_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(Refusal, match=r"cannot be read or written"):
        dotenv.ensure(tmp_path / "no such folder" / ".env", {})


def test_a_folder_in_its_place_is_refused_in_a_sentence(tmp_path):
    (tmp_path / ".env").mkdir()

    with pytest.raises(Refusal, match=r"cannot be read or written"):
        dotenv.ensure(tmp_path / ".env", {})
