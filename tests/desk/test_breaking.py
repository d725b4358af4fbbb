"""The line of breaking news: put up, taken down, undone, and never replaced unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk import breaking
from articles.desk.breaking import BadBreakingNews, Line
from articles.desk.front_page import ArrangedMeanwhile
from articles.models import BreakingChange, Outlet
from articles.models.immutable import ImmutableRowError
from articles.workflow import NotAllowed, TransitionRefused

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def line():
    return Line("卫星失联", "/a/1/", timezone.now() + HOUR)


def standing():
    return Line.of(Outlet.objects.current())


def test_it_is_put_up_and_taken_down(charlie, line):
    up = breaking.announce(replace(line, text=" 卫星失联 "), based_on=None, by=charlie)
    shown = standing()
    breaking.announce(Line(), based_on=up.pk, by=charlie)

    assert shown == line
    assert standing() == Line()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"until": None}, id="no end"),
        pytest.param({"until": timezone.now() - HOUR}, id="over before it began"),
        pytest.param({"link": "javascript:alert(1)"}, id="a script"),
        pytest.param({"link": "//example.org/"}, id="another host in disguise"),
        pytest.param({"link": "https://wang:secret@example.org/"}, id="a password"),
        pytest.param({"link": "https://bank.example@example.org/"}, id="a host that is a name"),
    ],
)
def test_what_makes_no_sense_is_refused(charlie, line, change):
    with pytest.raises(BadBreakingNews):
        breaking.announce(replace(line, **change), based_on=None, by=charlie)

    assert standing() == Line()


@pytest.mark.parametrize("who", ["wanda", "ellen", "otto"])
def test_only_chiefs_put_it_up(request, line, who):
    with pytest.raises(NotAllowed):
        breaking.announce(line, based_on=None, by=request.getfixturevalue(who))

    assert standing() == Line()


def test_every_change_is_kept_with_what_was_before(charlie, line):
    first = breaking.announce(line, based_on=None, by=charlie)
    second = breaking.announce(replace(line, text="找到了"), based_on=first.pk, by=charlie)

    assert (second.actor, Line.from_json(second.before)) == (charlie, line)
    assert Line.from_json(second.after).text == "找到了"
    with pytest.raises(ImmutableRowError):
        second.save()


def test_nothing_of_somebody_else_is_replaced_unseen(charlie, line):
    breaking.announce(line, based_on=None, by=charlie)

    with pytest.raises(ArrangedMeanwhile, match=r"Charlie.*卫星失联"):
        breaking.announce(replace(line, text="另一条"), based_on=None, by=None)
    with pytest.raises(ArrangedMeanwhile, match="Charlie"):
        breaking.announce(Line(), based_on=None, by=None)

    assert standing() == line


def test_the_same_line_twice_is_one_change(charlie, line):
    breaking.announce(line, based_on=None, by=charlie)

    again = breaking.announce(line, based_on=None, by=None)

    assert again is None
    assert BreakingChange.objects.count() == 1


def test_an_undone_change_brings_the_line_before_back(charlie, line):
    first = breaking.announce(line, based_on=None, by=charlie)
    second = breaking.announce(Line(), based_on=first.pk, by=charlie)

    undone = breaking.undo(second, based_on=second.pk, by=charlie)

    assert standing() == line
    assert undone.undoes == second


def test_only_the_latest_change_is_undone(charlie, line):
    first = breaking.announce(line, based_on=None, by=charlie)
    second = breaking.announce(replace(line, text="找到了"), based_on=first.pk, by=charlie)

    with pytest.raises(TransitionRefused):
        breaking.undo(first, based_on=second.pk, by=charlie)

    assert standing().text == "找到了"


def test_a_line_whose_time_is_over_does_not_come_back(charlie, line):
    first = breaking.announce(line, based_on=None, by=charlie)
    ended = Line("早先的", "", timezone.now() - HOUR)
    change = BreakingChange.objects.create(before=ended.as_json(), after=line.as_json())

    with pytest.raises(TransitionRefused):
        breaking.undo(change, based_on=change.pk, by=charlie)

    assert first.pk < change.pk
    assert standing() == line
