"""The stack of containers: whole, private, and saying what the Procfile and the settings say."""

import re
import stat
from pathlib import Path

import pytest
import yaml

from bin import health, make_secrets

TOP = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((TOP / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (TOP / "Dockerfile").read_text()
OURS = ("secrets", "setup", "web", "worker")
#: the image says where files lie, and shows nobody its inner life
NOT_FOR_CONTAINERS = {"MEDIA_ROOT", "STATIC_ROOT", "DEBUG"}
LASTING = ("database", "cache", "web", "worker")


def test_the_stack_has_all_its_parts():
    assert set(SERVICES) == {*OURS, "database", "cache"}
    assert set(COMPOSE["volumes"]) == {"database", "media", "secrets"}


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_is_watched_and_restarted(name):
    watched_by_the_image = name == "web" and "HEALTHCHECK" in DOCKERFILE

    assert SERVICES[name]["restart"] == "unless-stopped"
    assert watched_by_the_image or SERVICES[name]["healthcheck"]["test"]


def test_a_sound_worker_is_not_restarted_for_a_story_that_cannot_go_live():
    assert SERVICES["worker"]["healthcheck"]["test"][-2:] == ["check_queue", "--queue-only"]


@pytest.mark.parametrize("name", ["secrets", "setup"])
def test_what_ends_is_not_restarted(name):
    assert SERVICES[name]["restart"] == "no"


@pytest.mark.parametrize("name", ["web", "worker"])
def test_nothing_is_served_before_the_set_up_is_done(name):
    assert SERVICES[name]["depends_on"] == {
        "database": {"condition": "service_healthy"},
        "cache": {"condition": "service_healthy"},
        "setup": {"condition": "service_completed_successfully"},
    }


def test_every_dependency_can_come_true():
    for service in SERVICES.values():
        for name, wanted in service.get("depends_on", {}).items():
            ends = SERVICES[name]["restart"] == "no"
            assert wanted["condition"] == (
                "service_completed_successfully" if ends else "service_healthy"
            )


def test_every_volume_used_is_declared():
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]

    assert {mount.split(":")[0] for mount in mounts} == set(COMPOSE["volumes"])


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_do_little(name):
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_only_the_web_is_published_and_only_to_this_machine():
    published = {name for name, service in SERVICES.items() if "ports" in service}

    assert published == {"web"}
    assert SERVICES["web"]["ports"] == ["${HOST:-127.0.0.1}:${PORT:-8000}:8000"]


def test_no_secret_is_written_down():
    text = (TOP / "docker-compose.yml").read_text()

    assert "PASSWORD: " not in text
    assert re.findall(r"SECRET_KEY: (.*)", text) == ["${SECRET_KEY:-}"]


def test_every_setting_reaches_the_containers():
    text = (TOP / ".env.example").read_text()
    settings = set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", text, re.MULTILINE))

    reaching = {name.removesuffix("_FILE") for name in COMPOSE["x-environment"]}

    assert settings - NOT_FOR_CONTAINERS == reaching - {"LANG"}


@pytest.mark.parametrize("name", ["setup", "web", "worker"])
def test_all_who_read_the_settings_are_given_the_same(name):
    assert COMPOSE["x-environment"].items() <= SERVICES[name]["environment"].items()


def test_images_are_official_ones_with_a_version():
    images = [SERVICES[name]["image"] for name in ("database", "cache")]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE.replace("${PYTHON}", "3.13"), re.MULTILINE)

    for image in images:
        assert re.fullmatch(r"([a-z]+/)?[a-z]+:\d[\w.-]*", image)


def test_our_image_is_built_once_and_before_it_is_needed():
    built = {name for name, service in SERVICES.items() if "build" in service}

    assert built == {"secrets"}
    assert {SERVICES[name]["image"] for name in OURS} == {"newsroom:local"}
    assert "depends_on" not in SERVICES["secrets"]


def test_the_image_runs_as_nobody_in_particular():
    last_stage = DOCKERFILE.rpartition("FROM ")[2]

    assert "\nUSER newsroom\n" in last_stage
    assert last_stage.index("USER newsroom") < last_stage.index("CMD")


def test_the_image_starts_what_the_procfile_names():
    named = re.findall(r"^(\w+):", (TOP / "Procfile").read_text(), re.MULTILINE)

    assert 'CMD ["bin/process", "web"]' in DOCKERFILE
    assert SERVICES["worker"]["command"] == ["bin/process", "worker"]
    assert named == ["web", "worker"]


@pytest.mark.parametrize("name", [".env", ".git", "media/*", "db.sqlite3*", ".venv"])
def test_nothing_private_gets_into_the_image(name):
    assert name in (TOP / ".dockerignore").read_text().splitlines()


def test_secrets_are_made_once_and_are_private(tmp_path):
    make_secrets.make(tmp_path, {})
    first = {path.name: path.read_text() for path in tmp_path.iterdir()}
    make_secrets.make(tmp_path, {})

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == first
    assert set(first) == {"secret-key", "database-password", "database-url"}
    assert first["database-password"] in first["database-url"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_given_key_replaces_the_made_one(tmp_path):
    make_secrets.make(tmp_path, {})

    make_secrets.make(tmp_path, {"SECRET_KEY": "given"})

    assert (tmp_path / "secret-key").read_text() == "given"


@pytest.mark.parametrize(
    ("allowed", "host"),
    [
        pytest.param(None, "127.0.0.1", id="nothing said"),
        pytest.param("news.example, www.news.example", "news.example", id="the first"),
        pytest.param(".news.example", "news.example", id="with everything below"),
        pytest.param("*,news.example", "news.example", id="pattern"),
        pytest.param("*", "127.0.0.1", id="anything"),
    ],
)
def test_the_health_check_asks_under_a_name_the_site_answers_to(allowed, host):
    environment = {} if allowed is None else {"ALLOWED_HOSTS": allowed}

    assert health.host_header(environment) == host


@pytest.mark.parametrize(
    ("status", "exit_status"),
    [
        pytest.param(200, 0, id="well"),
        pytest.param(503, 1, id="without its database"),
        pytest.param(400, 1, id="under another name"),
    ],
)
def test_health_is_what_the_site_answers(site, monkeypatch, status, exit_status):
    site.status = status
    monkeypatch.setenv("HOST", "127.0.0.1")
    monkeypatch.setenv("PORT", str(site.server_port))

    assert health.main() == exit_status


def test_a_site_that_does_not_answer_is_not_healthy(monkeypatch, capsys):
    monkeypatch.setenv("HOST", "127.0.0.1")
    monkeypatch.setenv("PORT", "1")

    assert health.main() == 1
    assert "does not answer" in capsys.readouterr().err
