"""The outlet's clock, also on the two nights a year when some clocks are changed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from articles.desk.outlet_time import (
    UnclearTime,
    moment_at,
    next_full_hour,
    wall_time,
    zone_name,
)
from tests.timing import HOUR

BERLIN = ZoneInfo("Europe/Berlin")
# In 2026 Berlin's clocks go forward on 29 March at 2:00, and back on 25 October at 3:00.


@pytest.fixture
def in_berlin(settings):
    settings.OUTLET_TIME_ZONE = BERLIN


def at(day, hour, minute=0):
    return datetime(2026, *day, hour, minute)  # noqa: DTZ001 - what a clock on the wall shows


@pytest.mark.parametrize(
    ("wall", "moment"),
    [
        pytest.param(at((3, 28), 12), datetime(2026, 3, 28, 11, tzinfo=UTC), id="winter"),
        pytest.param(at((3, 30), 12), datetime(2026, 3, 30, 10, tzinfo=UTC), id="summer"),
        pytest.param(at((3, 29), 1, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC), id="before gap"),
        pytest.param(at((3, 29), 3), datetime(2026, 3, 29, 1, tzinfo=UTC), id="after gap"),
        pytest.param(at((10, 25), 1, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC), id="before"),
        pytest.param(at((10, 25), 3), datetime(2026, 10, 25, 2, tzinfo=UTC), id="after"),
    ],
)
def test_a_time_by_the_outlets_clock_is_one_moment(in_berlin, wall, moment):
    assert moment_at(wall) == moment
    assert wall_time(moment) == wall


@pytest.mark.parametrize(
    ("now", "hour"),
    [
        pytest.param((10, 0), (11, 0), id="on the hour"),
        pytest.param((10, 29), (11, 0), id="half an hour away"),
        pytest.param((10, 30), (11, 0), id="exactly half an hour away"),
        pytest.param((10, 31), (12, 0), id="too soon"),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Kolkata"])
def test_the_next_full_hour_is_one_of_the_outlets_clock(settings, zone, now, hour):
    settings.OUTLET_TIME_ZONE = ZoneInfo(zone)

    offered = next_full_hour(moment_at(at((5, 1), *now)))

    assert wall_time(offered) == at((5, 1), *hour)


def test_a_time_that_is_left_out_is_refused_with_the_reason(in_berlin):
    with pytest.raises(UnclearTime, match=r"2026-03-29没有02:30.*Europe/Berlin.*拨快.*03:30"):
        moment_at(at((3, 29), 2, 30))


def test_a_time_that_comes_twice_is_refused_with_the_reason(in_berlin):
    with pytest.raises(UnclearTime, match=r"02:30在2026-10-25会出现两次.*Europe/Berlin.*拨慢"):
        moment_at(at((10, 25), 2, 30))


@pytest.mark.parametrize("year", [1, 1989, 2200, 9999])
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_a_year_that_no_calendar_shows_is_refused(settings, zone, year):
    settings.OUTLET_TIME_ZONE = ZoneInfo(zone)

    with pytest.raises(UnclearTime, match=rf"{year}年.*1990.*2199"):
        moment_at(datetime(year, 12, 31, 23))  # noqa: DTZ001 - what a clock on the wall shows


def test_where_clocks_are_never_changed_every_time_is_clear(settings):
    settings.OUTLET_TIME_ZONE = ZoneInfo("Asia/Shanghai")
    beginning = moment_at(at((1, 1), 0))

    moments = [moment_at(wall_time(beginning + hours * HOUR)) for hours in range(0, 24 * 365, 7)]

    assert moments == [beginning + hours * HOUR for hours in range(0, 24 * 365, 7)]


@pytest.mark.parametrize(
    ("zone", "moment", "name"),
    [
        ("Asia/Shanghai", at((7, 1), 12), "Asia/Shanghai UTC+8"),
        ("Europe/Berlin", at((1, 1), 12), "Europe/Berlin UTC+1"),
        ("Europe/Berlin", at((7, 1), 12), "Europe/Berlin UTC+2"),
        ("Asia/Kolkata", at((7, 1), 12), "Asia/Kolkata UTC+5:30"),
        ("America/St_Johns", at((1, 1), 12), "America/St_Johns UTC-3:30"),
        ("UTC", at((7, 1), 12), "UTC UTC+0"),
    ],
)
def test_a_zone_is_named_with_its_distance(settings, zone, moment, name):
    settings.OUTLET_TIME_ZONE = ZoneInfo(zone)

    assert zone_name(moment.replace(tzinfo=UTC)) == name
