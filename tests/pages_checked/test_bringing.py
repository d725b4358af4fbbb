"""How the checkers come: what is wanted to the byte, from wherever npm asks, and only once."""

import json

import pytest

from tests.pages_checked import bringing

NOWHERE = "http://127.0.0.1:9/"


@pytest.fixture
def no_registry(monkeypatch, tmp_path):
    """An npm that knows nothing yet, and a registry that does not answer."""
    monkeypatch.setenv("npm_config_registry", NOWHERE)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))


def test_every_package_is_known_by_its_content_and_none_by_its_host():
    text = bringing.LOCK.read_text("utf-8")
    packages = {name: facts for name, facts in json.loads(text)["packages"].items() if name}

    assert packages
    assert all(facts["integrity"].startswith("sha512-") for facts in packages.values())
    assert "://" not in text


def test_versions_are_exact_and_those_of_the_lock():
    wanted = json.loads(bringing.WANTED.read_text("utf-8"))["dependencies"]
    locked = json.loads(bringing.LOCK.read_text("utf-8"))["packages"]

    assert wanted == {name: locked[f"node_modules/{name}"]["version"] for name in wanted}


def test_what_cannot_be_fetched_is_a_sentence_with_a_remedy(no_registry, tmp_path):
    with pytest.raises(bringing.NotBrought) as refusal:
        bringing.bring(tmp_path / "checkers")

    assert NOWHERE in str(refusal.value) or "127.0.0.1" in str(refusal.value)
    assert "npm config set registry" in str(refusal.value)


def test_what_is_there_is_not_fetched_again(checkers, no_registry):
    assert bringing.bring(checkers.folder) == checkers
