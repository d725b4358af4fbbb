"""`make test`: what is said at the end, and when it is a failure."""

import re
from collections import Counter

import pytest

from bin import asking, places, run_tests
from bin.asking import ASKING
from bin.places import Absence
from bin.run_tests import Run

NO_BROWSER = Absence("Tests in a browser", "no Chromium was found.", "Install one.")
SKIPPED = {"test": "t.py::test", "reason": "no ps here", "corpus": False}
CORPUS = {"test": "t.py::test", "reason": "the folder is not there", "corpus": True}


@pytest.fixture
def account(monkeypatch, capsys):
    """The exit status and the words at the end of given runs."""

    def account(*runs, absences=(), ci=""):
        monkeypatch.setenv("CI", ci)
        status = run_tests.account(list(runs), list(absences), seconds=1.5)
        return status, capsys.readouterr().out

    return account


def passed(name="SQLite", skipped=(), status=0, **counts):
    return Run(name, "", status, Counter({"passed": 3, **counts}), list(skipped))


def test_the_last_line_is_the_sum_of_all_runs(account):
    _, said = account(passed(), passed("PostgreSQL"))

    assert said.splitlines()[-1] == ("6 passed in 1.50s (SQLite: 3 passed; PostgreSQL: 3 passed)")


def test_what_is_missing_is_said_with_its_remedy(account):
    status, said = account(passed(), absences=[NO_BROWSER])

    assert status == 0
    assert "Tests in a browser: no Chromium was found. Install one." in said


def test_what_was_skipped_is_said_with_its_reason(account):
    status, said = account(passed(skipped=[SKIPPED, SKIPPED]))

    assert status == 0
    assert "2 on SQLite: no ps here" in said


def test_missing_documents_of_the_outlet_are_one_line_with_the_remedy(account):
    _, said = account(passed(skipped=[CORPUS, {**CORPUS, "reason": "said otherwise"}]))

    assert "2 on SQLite: the outlet's documents are not here." in said
    assert "../shared/corpus" in said


@pytest.mark.parametrize("runs", [(1, 0), (0, 1), (0, 5), (2, 0)])
def test_one_failed_run_fails_the_whole(account, runs):
    status, _ = account(*(passed(status=status) for status in runs))

    assert status != 0


@pytest.mark.parametrize(
    ("skipped", "absences", "status"),
    [
        pytest.param([], [], 0, id="all there"),
        pytest.param([CORPUS], [], 0, id="the outlet's documents are excused"),
        pytest.param([SKIPPED], [], 1, id="a skipped test"),
        pytest.param([], [NO_BROWSER], 1, id="no browser"),
    ],
)
def test_ci_lets_nothing_be_skipped(account, skipped, absences, status):
    found, _ = account(passed(skipped=skipped), absences=absences, ci="true")

    assert found == status


def test_without_a_browser_its_tests_are_left_out():
    (others,) = run_tests.parts(passed(), browser=False)

    assert others[:2] == ["-m", "not browser"]


def test_on_one_database_every_test_runs():
    (run,) = run_tests.runs_on({"SQLite": "sqlite://"})

    others, pages = run_tests.parts(run, browser=True)

    assert (others[1], pages[1]) == ("not browser", "browser")
    assert ASKING not in others


def test_on_two_databases_only_what_they_could_answer_differently_runs_twice():
    first, last = run_tests.runs_on({"SQLite": "sqlite://", "PostgreSQL": "postgres://"})

    others, pages = run_tests.parts(first, browser=True)
    again, all_pages = run_tests.parts(last, browser=True)

    assert ASKING not in others
    assert ASKING in again
    assert (others[1], again[1]) == ("not browser and not any_database", "not browser")
    assert (pages[1], all_pages[1]) == ("browser and not any_database", "browser")


def test_what_drives_a_browser_is_where_it_is_looked_for():
    _, pages = run_tests.parts(passed(), browser=True)
    (place,) = (run_tests.TOP / part.partition("=")[2] for part in pages if "testpaths" in part)

    marked = {
        path
        for path in (run_tests.TOP / "tests").rglob("test_*.py")
        if re.search(r"pytest\.mark\.browser\b", path.read_text(encoding="utf-8"))
    }

    assert marked
    assert all(place in path.parents for path in marked)


@pytest.mark.parametrize(
    ("cores", "others", "pages"),
    [
        pytest.param(2, ["-n", "2"], ["-n", "4"], id="two cores"),
        pytest.param(64, ["-n", "8"], ["-n", "16"], id="many cores"),
    ],
)
def test_twice_as_many_tests_with_a_browser_run_at_once(monkeypatch, cores, others, pages):
    monkeypatch.setattr("os.cpu_count", lambda: cores)

    without, with_one = run_tests.parts(passed(), browser=True)

    assert without[2:4] == others
    assert with_one[2:4] == pages


def test_on_one_core_one_test_runs_at_a_time(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 1)

    assert not any("-n" in part for part in run_tests.parts(passed(), browser=True))


def test_postgresql_does_not_wait_for_the_disk_in_tests():
    environment = run_tests.surroundings("/usr/bin/chromium")

    assert environment["PGOPTIONS"] == "-c synchronous_commit=off"


def test_a_test_that_may_not_ask_the_database_is_not_run_again(request):
    assert not asking.asks(request.node)


def test_a_test_that_may_ask_the_database_is_run_again(request, db):
    assert asking.asks(request.node)


def test_a_named_database_is_taken_as_it_is(tmp_path):
    environment = {"TEST_DATABASE_URL": "postgres://me@there/news"}

    assert places.find_postgresql(tmp_path, environment) == "postgres://me@there/news"


def test_a_browser_that_does_not_start_is_none(tmp_path):
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\necho install the real one\nexit 1\n")
    stub.chmod(0o755)

    found = places.find_chromium({"CHROMIUM": str(stub)})

    assert isinstance(found, Absence)
    assert found.why == f"CHROMIUM={stub} does not start."
