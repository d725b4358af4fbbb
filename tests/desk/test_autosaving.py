"""What somebody types is kept: once for each story and person, and nothing newer is overwritten."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from articles.desk import assigning, autosaving, writing
from articles.desk.autosaving import (
    MOST_CHARACTERS,
    WINDOWS_REMEMBERED,
    TooLarge,
    TypedElsewhere,
    Window,
)
from articles.models import Autosave, Event, Revision
from articles.workflow import NotAllowed
from tests import factories


@pytest.fixture
def keep(draft, wanda):
    """Wanda types a title in her draft."""

    def kept(title="打到一半", *, user=wanda, tab="first", count=1, **facts):
        facts = {"article": draft, "based_on": draft.working_revision} | facts
        return autosaving.keep(user, content={"title": [title]}, tab=tab, count=count, **facts)

    return kept


def titles():
    return [row.title for row in Autosave.objects.order_by("pk")]


def test_what_is_typed_is_kept(keep, draft, wanda):
    kept = keep("打到一半")

    assert (kept.article, kept.user, kept.based_on) == (draft, wanda, draft.working_revision)
    assert autosaving.kept_of(wanda, article=draft).title == "打到一半"


def test_there_is_one_row_for_a_story_and_a_person(keep, ellen):
    for count in range(1, 6):
        keep(f"第 {count} 稿", count=count)
    keep("艾伦的", user=ellen)

    assert titles() == ["第 5 稿", "艾伦的"]


def test_nothing_of_it_is_history(keep, draft):
    before = (Event.objects.count(), Revision.objects.count(), draft.edited_at)

    keep()

    draft.refresh_from_db()
    assert (Event.objects.count(), Revision.objects.count(), draft.edited_at) == before
    assert draft.title == "芯片厂重启生产线"


def test_an_older_text_of_the_same_window_never_wins(keep):
    keep("第二个字", count=2)
    keep("第一个字", count=1)

    assert titles() == ["第二个字"]


def test_another_window_does_not_overwrite_what_is_unsaved(keep):
    keep("第一个窗口", tab="first", count=3)

    with pytest.raises(TypedElsewhere) as refused:
        keep("第二个窗口", tab="second", count=99)

    assert titles() == ["第一个窗口"]
    assert (refused.value.kept.tab, refused.value.kept.count) == ("first", 3)


def test_another_window_takes_over_what_the_person_has_seen(keep):
    keep("第一个窗口", tab="first", count=3)

    keep("第二个窗口", tab="second", count=1, instead_of=Window("first", 3))

    assert titles() == ["第二个窗口"]


@pytest.mark.parametrize("seen", [Window("first", 2), Window("third", 9)], ids=["older", "other"])
def test_a_text_nobody_has_seen_is_not_taken_over(keep, seen):
    keep("第一个窗口", tab="first", count=3)

    with pytest.raises(TypedElsewhere):
        keep("第二个窗口", tab="second", count=1, instead_of=seen)

    assert titles() == ["第一个窗口"]


def test_the_window_that_was_taken_over_does_not_take_back_by_itself(keep):
    keep("第一个窗口", tab="first", count=3)
    keep("第二个窗口", tab="second", count=1, instead_of=Window("first", 3))

    with pytest.raises(TypedElsewhere):
        keep("第一个窗口又打字", tab="first", count=4)

    assert titles() == ["第二个窗口"]


def test_what_was_dropped_is_offered_no_more(keep, draft, wanda):
    keep(count=4)

    autosaving.drop(wanda, article=draft, tab="first", count=4)

    assert autosaving.kept_of(wanda, article=draft) is None
    assert autosaving.unsaved_of(wanda) == []


def test_a_text_that_arrives_after_its_save_does_not_come_back(keep, draft, wanda):
    autosaving.drop(wanda, article=draft, tab="first", count=4)

    keep("迟到的", count=3)

    assert autosaving.kept_of(wanda, article=draft) is None


def test_a_late_text_does_not_come_back_after_the_save_of_another_window(keep, draft, wanda):
    keep(tab="first", count=5)
    autosaving.drop(wanda, article=draft, tab="first", count=5)
    keep(tab="second", count=1)
    autosaving.drop(wanda, article=draft, tab="second", count=1)

    keep("迟到的", tab="first", count=3)

    assert autosaving.unsaved_of(wanda) == []


def test_a_late_text_does_not_stand_against_what_another_window_types(keep, draft, wanda):
    keep(tab="first", count=5)
    autosaving.drop(wanda, article=draft, tab="first", count=5)
    keep("新窗口", tab="second", count=1)

    keep("迟到的", tab="first", count=3)

    assert titles() == ["新窗口"]


def test_no_more_windows_are_remembered_than_anybody_has(keep, draft, wanda):
    for number in range(WINDOWS_REMEMBERED + 5):
        autosaving.drop(wanda, article=draft, tab=str(number), count=1)

    settled = Autosave.objects.get().settled
    assert len(settled) == WINDOWS_REMEMBERED
    assert settled[-1] == [str(WINDOWS_REMEMBERED + 4), 1, None]


def test_a_save_elsewhere_leaves_the_time_of_what_is_kept(keep, draft, wanda):
    before = keep(tab="first", count=4).saved_at

    autosaving.drop(wanda, article=draft, tab="second", count=9)

    assert autosaving.kept_of(wanda, article=draft).saved_at == before


def test_what_is_typed_after_a_save_is_kept(keep, draft, wanda):
    keep(count=4)
    autosaving.drop(wanda, article=draft, tab="first", count=4)

    keep("保存之后", count=5)

    assert autosaving.kept_of(wanda, article=draft).title == "保存之后"


def test_a_new_window_keeps_after_the_save_of_an_old_one(keep, draft, wanda):
    keep(count=4)
    autosaving.drop(wanda, article=draft, tab="first", count=4)

    keep("新窗口", tab="second", count=1)

    assert autosaving.kept_of(wanda, article=draft).title == "新窗口"


def test_a_save_leaves_what_another_window_typed(keep, draft, wanda):
    keep("另一个窗口", tab="first", count=4)

    autosaving.drop(wanda, article=draft, tab="second", count=9)

    assert autosaving.kept_of(wanda, article=draft).title == "另一个窗口"


def test_throwing_away_leaves_what_was_typed_since(keep, draft, wanda):
    keep("看过的", count=4)
    keep("又打的", count=5)

    autosaving.drop(wanda, article=draft, tab="first", count=4)

    assert autosaving.kept_of(wanda, article=draft).title == "又打的"


def test_what_was_dropped_long_ago_leaves_no_row(draft, wanda, keep):
    autosaving.drop(wanda, article=draft, tab="first", count=4)
    long_ago = timezone.now() - autosaving.REMEMBERED - timedelta(minutes=1)
    Autosave.objects.update(saved_at=long_ago)

    autosaving.drop(wanda, new_story=uuid4(), tab="other", count=1)

    assert not Autosave.objects.filter(article=draft).exists()


def test_what_is_unsaved_stays_however_old_it_is(draft, wanda, keep):
    keep()
    Autosave.objects.update(saved_at=timezone.now() - timedelta(days=4000))

    autosaving.drop(wanda, new_story=uuid4(), tab="other", count=1)

    assert titles() == ["打到一半", ""]


def test_a_story_that_was_never_saved_is_kept_by_its_number(keep, wanda):
    number = uuid4()

    keep("新稿", article=None, based_on=None, new_story=number)
    keep("新稿二", article=None, based_on=None, new_story=number, count=2)

    assert autosaving.kept_of(wanda, new_story=number).title == "新稿二"
    assert Autosave.objects.count() == 1


def test_the_number_of_somebody_elses_new_story_is_refused(keep, ellen, wanda):
    number = uuid4()
    keep("旺达的", article=None, based_on=None, new_story=number)

    with pytest.raises(NotAllowed):
        keep("艾伦的", user=ellen, article=None, based_on=None, new_story=number)

    assert titles() == ["旺达的"]


def test_who_has_no_access_to_a_story_is_refused(keep, otto):
    with pytest.raises(NotAllowed):
        keep(user=otto)
    with pytest.raises(NotAllowed):
        keep(user=otto, article=None, new_story=uuid4())

    assert titles() == []


def test_a_reporter_is_refused_at_the_story_of_another(charlie, wanda, snapshot):
    story = writing.create(snapshot, by=charlie)

    with pytest.raises(NotAllowed):
        autosaving.keep(wanda, content={}, article=story, tab="first", count=1)


def test_too_long_a_text_is_refused_with_a_sentence(keep):
    keep("第一稿")

    with pytest.raises(TooLarge):
        keep("长" * (MOST_CHARACTERS + 1), count=2)

    assert titles() == ["第一稿"]


def test_what_no_database_holds_is_left_out(keep):
    kept = keep(json.loads(r'"前\u0000后\ud83d完"'))

    kept.refresh_from_db()
    assert kept.title == "前后完"


def test_all_unsaved_texts_are_listed_the_newest_first(keep, wanda, ellen):
    keep("老稿")
    keep("新稿", article=None, based_on=None, new_story=uuid4())
    keep("艾伦的", user=ellen)

    assert [kept.title for kept in autosaving.unsaved_of(wanda)] == ["新稿", "老稿"]


def test_what_wanda_typed_stays_hers_when_the_story_is_given_to_walter(keep, ellen, wanda, walter):
    story = factories.draft()
    assigning.assign(story, to=wanda, due_at=None, by=ellen)
    keep("打到一半", article=story, based_on=story.working_revision)

    assigning.assign(story, to=walter, due_at=None, by=ellen)

    assert [kept.title for kept in autosaving.unsaved_of(wanda)] == ["打到一半"]
    assert autosaving.unsaved_of(walter) == []


def test_what_wanda_typed_outlives_a_story_that_charlie_throws_away(keep, draft, wanda, charlie):
    keep("打到一半")

    writing.delete(draft, by=charlie)

    (kept,) = autosaving.unsaved_of(wanda)
    assert (kept.title, kept.article) == ("打到一半", None)
    assert autosaving.kept_of(wanda, new_story=kept.new_story) == kept


def test_what_charlie_typed_goes_with_the_story_that_charlie_throws_away(keep, draft, charlie):
    keep("打到一半", user=charlie)

    writing.delete(draft, by=charlie)

    assert autosaving.unsaved_of(charlie) == []


def test_a_text_knows_whether_it_was_overtaken(keep, draft, wanda, ellen):
    keep()
    writing.revise(draft, writing.working_snapshot(draft).changed(title="艾伦的"), by=ellen)

    kept = autosaving.kept_of(wanda, article=draft)

    assert kept.is_outdated
