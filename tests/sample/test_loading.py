"""A newsroom whose newest story is of today looks alive on any day."""

from datetime import date, datetime, timedelta

import pytest

from articles.importing.front_matter import decode, parse
from newsroom.sample.illustrations import mentioned
from newsroom.sample.loading import TIME_ZONE, documents, moved_by, write_documents

TODAY = date(2027, 3, 1)
EVENING = datetime(2027, 3, 1, 21, 0, tzinfo=TIME_ZONE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    write_documents(folder, today=TODAY, now=EVENING)
    return folder


def read(folder):
    paths = sorted(folder.glob("*.md"))
    return {path.name: parse(decode(path.read_bytes()), time_zone=TIME_ZONE) for path in paths}


def local_days(articles):
    return {
        name: article.date.astimezone(TIME_ZONE).date()
        for name, article in articles.items()
        if article.date
    }


def test_all_documents_and_pictures_are_written(folder):
    assert [path.name for path in sorted(folder.glob("*.md"))] == [p.name for p in documents()]
    pictures = sorted(path.stem for path in (folder / "pictures").iterdir())
    assert pictures == mentioned()


def test_the_newest_story_is_of_today_and_none_of_tomorrow(folder):
    assert max(local_days(read(folder)).values()) == TODAY


def test_five_stories_are_of_the_last_two_days_and_the_oldest_is_months_back(folder):
    days = sorted(local_days(read(folder)).values())

    assert len([day for day in days if day >= TODAY - timedelta(days=1)]) == 5
    assert TODAY - timedelta(days=160) < days[0] < TODAY - timedelta(days=130)


def test_every_date_moves_by_the_same_days(folder):
    before = local_days(read(documents()[0].parent))
    after = local_days(read(folder))

    assert len({after[name] - day for name, day in before.items()}) == 1


def test_nothing_but_dates_changes(folder):
    for original in documents():
        lines = original.read_text("utf-8").split("\n")
        written = (folder / original.name).read_text("utf-8").split("\n")
        changed = [new for old, new in zip(lines, written, strict=True) if old != new]
        assert all(line.startswith("date: ") for line in changed)
        assert len(changed) <= 1


@pytest.mark.parametrize(
    ("now", "newest"),
    [
        pytest.param("2027-03-01 07:40", "2027-03-01 07:40", id="just out"),
        pytest.param("2027-03-01 07:39", "2027-02-28 07:40", id="a minute before"),
        pytest.param("2027-03-01 00:00", "2027-02-28 07:40", id="at midnight"),
        pytest.param("2027-02-27 12:00", "2027-02-27 07:40", id="today is not yet"),
    ],
)
def test_no_story_is_of_the_future(tmp_path, monkeypatch, now, newest):
    monkeypatch.setattr("newsroom.sample.loading.draw_all", lambda folder: [])
    moment = datetime.fromisoformat(now).replace(tzinfo=TIME_ZONE)

    write_documents(tmp_path, today=TODAY, now=moment)

    dates = [article.date for article in read(tmp_path).values() if article.date]
    assert max(dates) == datetime.fromisoformat(newest).replace(tzinfo=TIME_ZONE)


@pytest.mark.parametrize(
    ("written", "moved"),
    [
        ("Sat, 31 Oct 2026 23:05:09 GMT", "Tue, 29 Dec 2026 23:05:09 GMT"),
        ("Sat, 31 Oct 2026 00:00:00 GMT", "Tue, 29 Dec 2026 00:00:00 GMT"),
        ("2026-10-31 23:05:09", "2026-12-29 23:05:09"),
        ("2026-10-31", "2026-12-29"),
        ("2026-10-31T23:05:09+08:00", "2026-12-29T23:05:09+08:00"),
        ("2026/10/31 23:05", "2026/12/29 23:05"),
        ("2026年10月31日 23:05", "2026年12月29日 23:05"),
        ("2026年1月2日 08:05", "2026年3月2日 08:05"),
        ("Invalid Date", "Invalid Date"),
        ("", ""),
    ],
)
def test_a_date_keeps_its_written_form(written, moved):
    assert moved_by(59, written) == moved


def test_a_date_can_move_back():
    assert moved_by(-1, "Fri, 01 Jan 2027 00:30:00 GMT") == "Thu, 31 Dec 2026 00:30:00 GMT"
