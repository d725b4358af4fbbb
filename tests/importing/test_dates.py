"""A story's date decides where it stands: every written form must name the right moment."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.importing.dates import ImpossibleDate, read_date

SHANGHAI = ZoneInfo("Asia/Shanghai")
EIGHT_FIVE = datetime(2022, 9, 17, 8, 5, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat, 17 Sep 2022 00:05:00 GMT", EIGHT_FIVE),
        ("17 Sep 2022 00:05 UT", EIGHT_FIVE),
        ("Sat, 17 Sep 2022 08:05:00 +0800", EIGHT_FIVE),
        ("Sat, 17 Sep 2022 08:05:00 +0800 (CST)", EIGHT_FIVE),
        ("Sat, 17 Sep 2022 08:05:00", EIGHT_FIVE),
        ("Sat Sep 17 2022 08:05:00 GMT+0800 (China Standard Time)", EIGHT_FIVE),
        ("2022-09-17 08:05:00", EIGHT_FIVE),
        ("2022-09-17 08:05", EIGHT_FIVE),
        ("2022-09-17 8:05", EIGHT_FIVE),
        ("2022/09/17 08:05:00", EIGHT_FIVE),
        ("2022/9/17 8:05", EIGHT_FIVE),
        ("2022.09.17 08:05", EIGHT_FIVE),
        ("2022-09-17T08:05:00", EIGHT_FIVE),
        ("2022-09-17T00:05:00Z", EIGHT_FIVE),
        ("2022-09-17T00:05:00.000Z", EIGHT_FIVE),
        ("2022-09-17T08:05:00+08:00", EIGHT_FIVE),
        ("2022-09-16T19:05:00-05:00", EIGHT_FIVE),
        ("2022-09-17 08:05:00 +0800", EIGHT_FIVE),
        ("2022-09-17T08:05:00+08", EIGHT_FIVE),
        ("2022年9月17日 08:05", EIGHT_FIVE),
        ("2022年09月17日08:05:00", EIGHT_FIVE),
        ("2022 年 9 月 17 日 8：05", EIGHT_FIVE),
        ("2022年9月17日 8时5分", EIGHT_FIVE),
        ("  2022-09-17 08:05:00  ", EIGHT_FIVE),
    ],
    ids=str,
)
def test_a_written_form_names_its_moment(text, expected):
    moment = read_date(text, time_zone=SHANGHAI)

    assert moment.when == expected
    assert moment.has_time


@pytest.mark.parametrize(
    "text",
    [
        "2022-09-17",
        "2022/09/17",
        "2022/9/17",
        "2022年9月17日",
        "17 Sep 2022",
        "2022-09-17 00:00:00",
        "2022-09-17T00:00:00Z",
        "2022-09-17T00:00:00-11:00",
        "Sat, 17 Sep 2022 00:00:00 GMT",
    ],
    ids=str,
)
def test_midnight_means_only_the_day_as_written(text):
    moment = read_date(text, time_zone=SHANGHAI)

    assert moment.when.isoformat() == "2022-09-17T00:00:00+08:00"
    assert not moment.has_time


def test_a_date_without_a_zone_is_in_the_outlets():
    moment = read_date("2022-09-17 08:05", time_zone=ZoneInfo("America/New_York"))

    assert moment.when.utcoffset() == timedelta(hours=-4)


def test_an_offset_is_kept():
    moment = read_date("2022-09-17T08:05:00-03:30", time_zone=SHANGHAI)

    assert moment.when.tzinfo == timezone(timedelta(hours=-3, minutes=-30))


def test_gmt_is_utc():
    moment = read_date("Sat, 17 Sep 2022 15:01:35 GMT", time_zone=SHANGHAI)

    assert moment.when == datetime(2022, 9, 17, 15, 1, 35, tzinfo=UTC)


def test_a_second_after_zero_is_a_date():
    moment = read_date("1970-01-01T00:00:01Z", time_zone=SHANGHAI)

    assert moment.when == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)


# hostile


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-31",
        "2022-02-29 10:00:00",
        "0000-00-00 00:00:00",
        "0001-01-01 00:00:00",
        "9999-12-31 23:59:59",
        "2022-13-01",
        "2022-09-17 25:61",
        "2022-09-17 24:00:00",
        "2022-09-17T08:05:00+99:00",
        "2022年2月30日",
        "Wed, 31 Feb 2022 08:00:00 GMT",
    ],
    ids=str,
)
def test_a_date_that_never_was_is_refused(text):
    with pytest.raises(ImpossibleDate):
        read_date(text, time_zone=SHANGHAI)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Invalid Date",
        "yesterday",
        "3 小时前",
        "17.9.22",
        "Sat, 17 Sep 2022 08:05:00 CST",
        "17 Foo 2022",
        "1970-01-01T00:00:00Z",
        "1970-01-01 08:00:00",
        "1970-01-01T03:00:00+03:00",
        "1970-01-01",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "٢٠٢٢-٠٩-١٧",
        pytest.param("17 Sep 2022 10:00" + " " * 100_000 + "x", id="very long"),
    ],
)
def test_an_unknown_form_or_zero_is_no_date(text):
    assert read_date(text, time_zone=SHANGHAI) is None


@given(st.text(max_size=60) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.{0,15}"))
@example("2022-09-17T08:05:00+24:00")
def test_reading_never_fails_in_another_way(text):
    try:
        moment = read_date(text, time_zone=SHANGHAI)
    except ImpossibleDate:
        return

    assert moment is None or moment.when.utcoffset() is not None
