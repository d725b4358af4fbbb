"""What `manage.py check` says when settings are not whole, or name what there is not."""

import pytest
from django.core.checks import Tags, run_checks
from django.utils import translation

# Checks of models ask the database what it can do, if nobody in the process has done so yet.
asks_the_database = pytest.mark.django_db

WHOLE = {
    "MEDIA_S3_BUCKET": "pictures",
    "MEDIA_S3_ENDPOINT": "https://s3.example",
    "MEDIA_S3_REGION": "eu-1",
    "MEDIA_S3_ACCESS_KEY": "who",
    "MEDIA_S3_SECRET_KEY": "secret",
    "MEDIA_S3_PUBLIC_URL": "https://pictures.example/news",
    "MEDIA_S3_ADDRESSING": "virtual",
}


def _problems(settings, **changes):
    for name, value in (WHOLE | changes).items():
        setattr(settings, name, value)
    with translation.override("en"):
        return [problem.msg for problem in run_checks(tags=[Tags.files])]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="all"),
        pytest.param({**dict.fromkeys(WHOLE, ""), "MEDIA_S3_ADDRESSING": "auto"}, id="nothing"),
        pytest.param(
            {"MEDIA_S3_ENDPOINT": "", "MEDIA_S3_ACCESS_KEY": "", "MEDIA_S3_SECRET_KEY": ""},
            id="a machine of Amazon's, which is known there",
        ),
        pytest.param({"MEDIA_S3_PUBLIC_URL": "", "MEDIA_S3_REGION": ""}, id="what is needed"),
    ],
)
def test_all_or_nothing_is_in_order(settings, changes):
    assert _problems(settings, **changes) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param(
            {"MEDIA_S3_BUCKET": ""},
            "MEDIA_S3_ENDPOINT, MEDIA_S3_REGION, MEDIA_S3_ACCESS_KEY, MEDIA_S3_SECRET_KEY, "
            "MEDIA_S3_PUBLIC_URL: set, but MEDIA_S3_BUCKET is not.",
            id="no bucket",
        ),
        pytest.param(
            {"MEDIA_S3_SECRET_KEY": ""},
            "MEDIA_S3_ACCESS_KEY and MEDIA_S3_SECRET_KEY belong together; one is missing.",
            id="no secret",
        ),
        pytest.param(
            {"MEDIA_S3_ACCESS_KEY": ""},
            "MEDIA_S3_ACCESS_KEY and MEDIA_S3_SECRET_KEY belong together; one is missing.",
            id="nobody whose secret it is",
        ),
        pytest.param(
            {"MEDIA_S3_ACCESS_KEY": "", "MEDIA_S3_SECRET_KEY": ""},
            "MEDIA_S3_ENDPOINT needs MEDIA_S3_ACCESS_KEY and MEDIA_S3_SECRET_KEY.",
            id="no key at all",
        ),
        pytest.param(
            {"MEDIA_S3_ENDPOINT": "s3.example"},
            "MEDIA_S3_ENDPOINT must begin with https:// or http://.",
            id="an endpoint without its scheme",
        ),
        pytest.param(
            {"MEDIA_S3_PUBLIC_URL": "javascript:alert(1)"},
            "MEDIA_S3_PUBLIC_URL must begin with https:// or http://.",
            id="a public address of another kind",
        ),
        pytest.param(
            {"MEDIA_S3_ADDRESSING": "host"},
            "MEDIA_S3_ADDRESSING must be one of: auto, path, virtual.",
            id="an unknown addressing",
        ),
    ],
)
def test_half_of_it_is_said_in_one_sentence(settings, changes, sentence):
    assert _problems(settings, **changes) == [sentence]


@asks_the_database
@pytest.mark.parametrize(
    ("blocking", "advisory", "ids"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param(["standfirst"], ["header_alt"], [], id="both ways"),
        pytest.param(["standfrist"], [], ["newsroom.E006"], id="misspelt"),
        pytest.param([], [""], ["newsroom.E006"], id="a comma too many"),
        pytest.param([], ["title"], ["newsroom.E007"], id="what the database demands"),
        pytest.param(["title"], [], [], id="what blocks anyway"),
        pytest.param(["source"], ["source"], ["newsroom.E008"], id="in both"),
    ],
)
def test_the_settings_of_the_gate_name_checks_that_can_be_moved(settings, blocking, advisory, ids):
    settings.PUBLISH_GATE_BLOCKING = blocking
    settings.PUBLISH_GATE_ADVISORY = advisory

    found = [problem.id for problem in run_checks() if problem.id.startswith("newsroom")]

    assert found == ids


@asks_the_database
def test_a_misspelt_check_is_named_with_those_there_are(settings):
    settings.PUBLISH_GATE_ADVISORY = ["header-alt"]

    with translation.override("en"):
        (problem,) = [p for p in run_checks() if p.id == "newsroom.E006"]

    assert problem.msg.startswith("PUBLISH_GATE_ADVISORY: there is no check header-alt.")
    assert "header_alt" in problem.msg


@asks_the_database
@pytest.mark.parametrize(
    ("webhooks", "events", "ids"),
    [
        pytest.param([], ["published"], [], id="nobody to tell"),
        pytest.param(["wecom=https://x.example/?key=k"], ["submitted"], [], id="in order"),
        pytest.param(["wecom=x.example"], [], ["newsroom.E010"], id="no address"),
        pytest.param([], ["publish"], ["newsroom.E011"], id="no event"),
    ],
)
def test_chat_groups_are_malformed_or_in_order(settings, webhooks, events, ids):
    settings.CHAT_WEBHOOKS, settings.CHAT_EVENTS = webhooks, events

    assert [p.id for p in run_checks() if p.id in {"newsroom.E010", "newsroom.E011"}] == ids
