"""Arranging the front page at the desk: who may, what cannot stand, and how a change is undone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk import front_page
from articles.desk.front_page import ArrangedMeanwhile, Misplaced, Place
from articles.models import Category, FrontPageChange, FrontPageSlot
from articles.workflow import NotAllowed, TransitionRefused
from tests import factories

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = timedelta(hours=1)


@pytest.fixture
def stories():
    return factories.many_live(4)


@pytest.fixture
def arranged(stories, charlie):
    """The first story leads, and Charlie wanted it so."""
    return front_page.arrange([Place("lead", stories[0].pk)], based_on=None, by=charlie)


def standing():
    return [(place.zone, place.position, place.story) for place in front_page.arrangement()]


def test_an_arrangement_replaces_the_one_before(stories, arranged, charlie):
    one, two, three, _four = (story.pk for story in stories)
    places = [Place("lead", two), Place("beside", three, 1), Place("beside", one, 0)]

    change = front_page.arrange(places, based_on=arranged.pk, by=charlie)

    assert standing() == [("beside", 0, one), ("beside", 1, three), ("lead", 0, two)]
    assert [place["story"] for place in change.before] == [one]
    assert [place["story"] for place in change.after] == [one, three, two]
    assert change.actor == charlie


def test_everything_about_a_place_is_kept(stories, charlie):
    channel, picture = stories[0].category, factories.picture()
    place = Place(
        "strip", stories[0].pk, 2, channel.pk, "换个说法", picture.pk, NOW, NOW + HOUR, True
    )

    change = front_page.arrange([place], based_on=None, by=charlie)

    assert front_page.arrangement() == [place]
    assert [Place.from_json(one) for one in change.after] == [place]


def test_the_same_again_is_no_change(stories, arranged, charlie):
    again = front_page.arrange([Place("lead", stories[0].pk)], based_on=arranged.pk, by=charlie)

    assert again is None
    assert FrontPageChange.objects.count() == 1


def test_nothing_of_somebody_else_is_overwritten(stories, arranged, charlie):
    with pytest.raises(ArrangedMeanwhile, match="Charlie"):
        front_page.arrange([Place("lead", stories[1].pk)], based_on=None, by=charlie)

    assert standing() == [("lead", 0, stories[0].pk)]


@pytest.mark.parametrize("who", ["wanda", "ellen", "otto"])
def test_only_chiefs_arrange(request, stories, who):
    by = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        front_page.arrange([Place("lead", stories[0].pk)], based_on=None, by=by)

    assert not FrontPageSlot.objects.exists()


@pytest.mark.parametrize(
    ("places", "sentence"),
    [
        pytest.param(lambda pk: [Place("lead", 999)], "不存在", id="a story that is gone"),
        pytest.param(
            lambda pk: [Place("lead", pk), Place("beside", pk)], "两次", id="one story twice"
        ),
        pytest.param(
            lambda pk: [Place("lead", pk, starts_at=NOW, ends_at=NOW)], "早于", id="ends first"
        ),
        pytest.param(lambda pk: [Place("strip", pk, channel=999)], "频道", id="a channel gone"),
        pytest.param(lambda pk: [Place("strip", pk)], "频道", id="a strip of nothing"),
        pytest.param(lambda pk: [Place("lead", pk, picture=999)], "图片", id="a picture gone"),
        pytest.param(lambda pk: [Place("lead", pk, 1)], "位置", id="a second lead"),
        pytest.param(lambda pk: [Place("beside", pk, -1)], "位置", id="above the first"),
        pytest.param(lambda pk: [Place("cellar", pk)], "版块", id="no such part"),
        pytest.param(lambda pk: [Place("lead", pk, headline="长" * 201)], "太长", id="too long"),
    ],
)
def test_what_cannot_stand_is_refused_with_a_sentence(stories, arranged, charlie, places, sentence):
    with pytest.raises(Misplaced, match=sentence):
        front_page.arrange(places(stories[1].pk), based_on=arranged.pk, by=charlie)

    assert standing() == [("lead", 0, stories[0].pk)]


def test_a_strip_is_a_channels_and_no_sections(stories, charlie):
    section = factories.category("芯片", Category.objects.get(name="人工智能"))

    with pytest.raises(Misplaced):
        front_page.arrange(
            [Place("strip", stories[0].pk, channel=section.pk)], based_on=None, by=charlie
        )


# --- Undoing


def test_a_change_is_undone_and_done_again(stories, arranged, charlie):
    change = front_page.arrange([], based_on=arranged.pk, by=charlie)

    undone = front_page.undo(change, based_on=change.pk, by=charlie)
    between = standing()
    front_page.undo(undone, based_on=undone.pk, by=charlie)

    assert between == [("lead", 0, stories[0].pk)]
    assert standing() == []
    assert undone.undoes == change


def test_one_goes_back_change_by_change(stories, arranged, charlie):
    second = front_page.arrange([Place("lead", stories[1].pk)], based_on=arranged.pk, by=charlie)

    third = front_page.undo(second, based_on=second.pk, by=charlie)
    front_page.undo(arranged, based_on=third.pk, by=charlie)

    assert standing() == []


def test_a_change_of_two_strips_is_undone_whatever_the_order_of_the_channels(charlie):
    first, second = factories.category("硬件", position=20), factories.category("软件", position=10)
    stories = [factories.live(category=channel) for channel in (first, second)]
    places = [Place("strip", story.pk, 0, story.category_id) for story in stories]
    change = front_page.arrange(places, based_on=None, by=charlie)

    undone = front_page.undo(change, based_on=change.pk, by=charlie)

    assert standing() == []
    assert undone.undoes == change


def test_a_change_under_a_newer_one_is_not_undone(stories, arranged, charlie):
    newer = front_page.arrange([Place("lead", stories[1].pk)], based_on=arranged.pk, by=charlie)

    with pytest.raises(TransitionRefused, match="较新"):
        front_page.undo(arranged, based_on=newer.pk, by=charlie)


def test_a_change_is_not_undone_twice(arranged, charlie):
    undone = front_page.undo(arranged, based_on=arranged.pk, by=charlie)

    with pytest.raises(TransitionRefused, match="撤销过"):
        front_page.undo(arranged, based_on=undone.pk, by=charlie)


def test_what_is_gone_does_not_come_back(stories, charlie):
    draft = factories.draft(title="不要了")
    places = [Place("lead", draft.pk), Place("beside", stories[0].pk)]
    first = front_page.arrange(places, based_on=None, by=charlie)
    second = front_page.arrange([], based_on=first.pk, by=charlie)
    draft.delete()

    front_page.undo(second, based_on=second.pk, by=charlie)

    assert standing() == [("beside", 0, stories[0].pk)]
