"""The heat-map of a year: every day in its place, in the shade it deserves, in few bytes."""

import re
from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string

from articles.reader import heat_map


def squares(heat):
    """The corner of every square -> its level."""
    return {
        (int(x), int(y)): level.number
        for level in heat.levels
        for x, y in re.findall(r"M(\d+) (\d+)", level.path)
    }


@pytest.mark.parametrize(
    ("year", "days", "weeks"),
    [
        pytest.param(2024, 366, 53, id="leap year from a Monday"),
        pytest.param(2026, 365, 53, id="from a Thursday"),
        pytest.param(2012, 366, 54, id="leap year from a Sunday"),
        pytest.param(2023, 365, 53, id="from a Sunday"),
    ],
)
def test_a_year_has_a_square_for_every_day(year, days, weeks):
    found = squares(heat_map.draw(year, {}))

    assert len(found) == days
    assert len({x for x, _y in found}) == weeks
    assert len({y for _x, y in found}) == 7


def test_monday_is_on_top_and_sunday_at_the_bottom():
    monday, sunday = date(2026, 3, 16), date(2026, 3, 22)

    found = squares(heat_map.draw(2026, {monday: 1, sunday: 2}))

    [(x, top)] = [place for place, level in found.items() if level == 1]
    [(other_x, bottom)] = [place for place, level in found.items() if level == 3]
    assert x == other_x
    assert (top, bottom) == (min(y for _x, y in found), max(y for _x, y in found))


@pytest.mark.parametrize(
    ("counts", "levels"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([1], [1], id="one story is little"),
        pytest.param([1, 2, 3, 4, 9], [1, 1, 2, 3, 4], id="quarters of the days"),
        pytest.param([5] * 9 + [500], [1] * 9 + [4], id="one flood"),
        pytest.param([10, 11, 12, 10, 11, 12], [1, 2, 3, 1, 2, 3], id="a steady outlet"),
    ],
)
def test_more_stories_are_darker(counts, levels):
    first = date(2026, 1, 5)
    days = {first + timedelta(7 * n): count for n, count in enumerate(counts)}

    found = squares(heat_map.draw(2026, days))

    top = min(y for _x, y in found)
    row = [found[place] for place in sorted(found) if place[1] == top]
    assert row[: len(levels)] == levels
    assert set(row[len(levels) :]) == {0}


def test_the_months_stand_above_their_first_days():
    heat = heat_map.draw(2026, {})

    assert [month.month for _x, month in heat.months] == [*range(1, 13)]
    assert [x for x, _month in heat.months] == sorted(x for x, _month in heat.months)


def test_the_drawing_says_in_a_sentence_what_it_shows():
    heat = heat_map.draw(2026, {date(2026, 3, 14): 12, date(2026, 3, 15): 3})

    assert (heat.total, heat.busiest, heat.most) == (15, date(2026, 3, 14), 12)


def test_a_full_year_takes_at_most_twelve_kilobytes():
    counts = {date(2026, 1, 1) + timedelta(n): n % 9 for n in range(365)}

    svg = render_to_string("_heat_map.html", {"heat": heat_map.draw(2026, counts)})

    assert len(svg.encode()) < 12_000
    assert "style=" not in svg
