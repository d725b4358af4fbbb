"""The gate's table, row by row, and what the settings may change in it."""

import pytest
from django.utils import translation

from articles.gate import (
    CHECKS,
    DEMANDED,
    OF_THE_WRITER,
    CheckName,
    Finding,
    Occasion,
    Severity,
    demanded,
    severity_of,
    unknown,
)
from articles.models import Snapshot

BLOCKING, ADVISORY = Severity
REQUIRED = {CheckName.TITLE, CheckName.CATEGORY, CheckName.AUTHOR, CheckName.BODY}
GONE = {CheckName.AUTHOR_GONE, CheckName.CATEGORY_GONE, CheckName.PICTURE_GONE}
ALT = {CheckName.HEADER_ALT, CheckName.BODY_ALT}
RIGHTS = ALT | {CheckName.LICENCE_EXPIRED, CheckName.CONFLICT}


def _blocking(occasion, **settings):
    return {
        name
        for name, check in CHECKS.items()
        if severity_of(check, occasion, **settings) is BLOCKING
    }


@pytest.mark.parametrize(
    ("occasion", "names"),
    [
        (Occasion.SUBMIT, REQUIRED),
        (Occasion.PUBLISH, REQUIRED | GONE | RIGHTS),
        (Occasion.IMPORT, REQUIRED | GONE | RIGHTS - ALT),
    ],
    ids=["submit", "publish", "import"],
)
def test_as_it_comes_exactly_these_block(occasion, names):
    assert _blocking(occasion) == names


@pytest.mark.parametrize("name", sorted(set(CheckName) - DEMANDED), ids=str)
def test_every_other_check_can_be_made_advisory(name):
    severity = severity_of(CHECKS[name], Occasion.PUBLISH, advisory=[name])

    assert severity is ADVISORY


@pytest.mark.parametrize("name", CheckName, ids=str)
@pytest.mark.parametrize("occasion", [Occasion.PUBLISH, Occasion.IMPORT], ids=str)
def test_every_check_can_be_made_blocking(name, occasion):
    severity = severity_of(CHECKS[name], occasion, blocking=[name])

    assert severity is BLOCKING


@pytest.mark.parametrize("name", sorted(DEMANDED), ids=str)
def test_what_the_database_demands_cannot_be_softened(name):
    severity = severity_of(CHECKS[name], Occasion.PUBLISH, advisory=[name])

    assert severity is BLOCKING


def test_a_check_in_both_lists_blocks():
    severity = severity_of(
        CHECKS[CheckName.SOURCE], Occasion.PUBLISH, blocking=["source"], advisory=["source"]
    )

    assert severity is BLOCKING


@pytest.mark.parametrize("name", sorted(set(CheckName) - OF_THE_WRITER), ids=str)
def test_what_is_not_the_writers_business_never_stops_a_draft(name):
    severity = severity_of(CHECKS[name], Occasion.SUBMIT, blocking=[name])

    assert severity is ADVISORY


def test_a_standfirst_can_be_required_of_the_writer():
    assert CheckName.STANDFIRST in _blocking(Occasion.SUBMIT, blocking=["standfirst"])


def test_every_name_has_one_check():
    assert [check.name for check in CHECKS.values()] == list(CheckName)


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.name)
def test_a_check_is_about_a_field_of_the_story(check):
    assert hasattr(Snapshot(), check.about)


def test_misspelt_names_are_known():
    assert unknown(["title", "titel", ""]) == ["titel", ""]
    assert demanded(["title", "source", "titel"]) == ["title"]


def test_a_finding_says_its_facts():
    check = CHECKS[CheckName.TITLE_LENGTH]
    finding = Finding(check, ADVISORY, check.about, {"n": 41, "most": 30})

    with translation.override("en"):
        sentence = finding.sentence

    assert sentence == "The title has 41 characters; lists and shared links cut it off after 30."


def test_a_percent_sign_in_a_fact_is_only_that():
    check = CHECKS[CheckName.CREDIT]
    finding = Finding(check, ADVISORY, check.about, {"pictures": "涨了 100%s"})

    assert "100%s" in finding.sentence
