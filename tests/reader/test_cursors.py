"""Cursors: one text for one place in a list, and nothing else is one."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from articles.reader.cursors import Cursor, MalformedCursor, decode, encode

A_MOMENT = datetime(2026, 3, 14, 1, 30, 0, 123456, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "cursor",
    [
        pytest.param(Cursor(A_MOMENT, 1), id="first story"),
        pytest.param(Cursor(A_MOMENT, 2**63 - 1), id="last possible story"),
        pytest.param(Cursor(datetime(1970, 1, 1, tzinfo=UTC), 7), id="the first of 1970"),
        pytest.param(Cursor(datetime(1969, 12, 31, tzinfo=UTC), 7), id="before 1970"),
        pytest.param(Cursor(datetime(1900, 1, 1, tzinfo=SHANGHAI), 7), id="1900 in Shanghai"),
        pytest.param(Cursor(datetime(1, 1, 1, tzinfo=UTC), 7), id="earliest moment"),
        pytest.param(Cursor(datetime(9999, 12, 31, 23, tzinfo=UTC), 7), id="latest moment"),
    ],
)
def test_a_cursor_reads_back_as_itself(cursor):
    text = encode(cursor)

    assert decode(text) == cursor


def test_the_zone_of_a_moment_makes_no_difference():
    elsewhere = A_MOMENT.astimezone(timezone(timedelta(hours=8)))

    assert encode(Cursor(elsewhere, 5)) == encode(Cursor(A_MOMENT, 5))


# hostile


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("-", id="two nothings"),
        pytest.param("abc", id="one part"),
        pytest.param("a-b-c", id="three parts"),
        pytest.param("0a-1", id="leading zero of the moment"),
        pytest.param("a-01", id="leading zero of the id"),
        pytest.param("A-1", id="capitals"),
        pytest.param("a-0", id="no such id"),
        pytest.param("a- 1", id="space"),
        pytest.param("a-+1", id="sign"),
        pytest.param("1_0-1", id="underscore"),
        pytest.param("１-1", id="full-width digit"),
        pytest.param("zzzzzzzzzzzzzz-1", id="after the year 9999"),
        pytest.param("a-zzzzzzzzzzzzzz", id="an id no row can have"),
        pytest.param("a-1\n", id="newline"),
    ],
)
def test_anything_else_is_no_cursor(text):
    with pytest.raises(MalformedCursor):
        decode(text)
