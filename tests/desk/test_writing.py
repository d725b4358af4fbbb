"""Stories begun and edited."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk import publishing, review, scheduling, writing
from articles.models import Article, Event, Revision
from articles.workflow import NotAllowed, Stage, TransitionRefused, Verb
from tests import factories


def test_a_new_story_mirrors_its_first_revision(wanda, snapshot):
    story = writing.create(snapshot.changed(tags=("芯片", "工厂")), by=wanda)

    story.refresh_from_db()
    assert story.title == snapshot.title
    assert [b.author.name for b in story.bylines.all()] == ["林墨"]
    assert sorted(t.name for t in story.tags.all()) == ["工厂", "芯片"]
    assert story.working_revision.number == 1
    assert story.working_revision.snapshot.body == "<p>工厂今天恢复生产。</p>"


def test_a_new_story_is_counted(wanda, snapshot):
    story = writing.create(snapshot.changed(body=f"<p>{'字' * 900}</p>"), by=wanda)

    assert (story.character_count, story.reading_minutes) == (900, 3)


def test_a_story_gets_a_pinyin_address(wanda, snapshot):
    story = writing.create(snapshot.changed(title="重庆 AI 工厂"), by=wanda)

    assert story.slug == "chong-qing-ai-gong-chang"


def test_a_draft_may_be_almost_empty(wanda):
    story = writing.create(factories.snapshot(title="", body=""), by=wanda)

    assert story.stage == Stage.DRAFT


def test_otto_cannot_begin_a_story(otto, snapshot):
    with pytest.raises(NotAllowed):
        writing.create(snapshot, by=otto)


def test_editing_a_draft_makes_a_revision_and_the_row_follows(draft, wanda, snapshot):
    writing.revise(draft, snapshot.changed(title="新的标题"), by=wanda, note="改标题")

    draft.refresh_from_db()
    newest, first = draft.revisions.all()
    assert draft.title == "新的标题"
    assert (newest.number, newest.note, newest.based_on) == (2, "改标题", first)


def test_saving_without_a_change_writes_nothing(draft, wanda, snapshot):
    writing.revise(draft, snapshot, by=wanda)

    assert draft.revisions.count() == 1
    assert draft.events.count() == 1


def test_editing_a_live_story_leaves_what_readers_see(live, ellen, snapshot):
    writing.revise(live, snapshot.changed(title="新的标题", tags=("新",)), by=ellen)

    live.refresh_from_db()
    assert live.title == snapshot.title
    assert list(live.tags.all()) == []
    assert live.stage == Stage.DRAFT
    assert live.has_unpublished_changes
    assert live in Article.objects.published()


def test_wanda_cannot_edit_her_story_once_it_is_submitted(in_review, wanda, snapshot):
    with pytest.raises(NotAllowed):
        writing.revise(in_review, snapshot.changed(title="晚了"), by=wanda)


def test_wanda_cannot_edit_somebody_elses_draft(ellen, wanda, snapshot):
    story = writing.create(snapshot, by=ellen)

    with pytest.raises(NotAllowed):
        writing.revise(story, snapshot.changed(title="抢稿"), by=wanda)


def test_an_edit_in_review_stays_in_review(in_review, ellen, snapshot):
    writing.revise(in_review, snapshot.changed(title="小改"), by=ellen)

    assert in_review.stage == Stage.IN_REVIEW


def test_an_approver_edits_and_the_approval_moves_on(approved, ellen, snapshot):
    writing.revise(approved, snapshot.changed(title="小改"), by=ellen)

    assert approved.stage == Stage.APPROVED
    assert approved.approved_revision.snapshot.title == "小改"


def test_every_verb_writes_one_event(live, charlie):
    publishing.withdraw(live, reason="撤稿", by=charlie)

    verbs = list(live.events.order_by("pk").values_list("verb", flat=True))
    assert verbs == [Verb.CREATE, Verb.SUBMIT, Verb.APPROVE, Verb.PUBLISH, Verb.WITHDRAW]


def test_a_deleted_draft_leaves_its_title_in_the_audit_trail(draft, charlie):
    writing.delete(draft, by=charlie)

    event = Event.objects.get(verb=Verb.DELETE)
    assert (event.title, event.article) == ("芯片厂重启生产线", None)
    assert not Article.objects.exists()
    assert not Revision.objects.exists()


def test_a_published_story_is_never_deleted(live, charlie):
    with pytest.raises(TransitionRefused):
        writing.delete(live, by=charlie)

    assert Article.objects.filter(pk=live.pk).exists()


def test_order_and_roles_of_the_byline_are_kept(wanda, snapshot):
    first, second = factories.author("甲"), factories.author("乙")
    bylines = ((second.pk, "author"), (first.pk, "author"), (second.pk, "editor"))

    story = writing.create(snapshot.changed(bylines=bylines), by=wanda)

    assert tuple((b.author_id, b.role) for b in story.bylines.all()) == bylines


# --- hostile ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"title": "长" * 201},
        {"short_title": "长" * 61},
        {"source_url": "javascript:alert(1)"},
        {"canonical_url": "not an address"},
        {"kind": "rumour"},
        {"slug": "不行 的"},
        {"tags": ("签" * 101,)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_no_column_can_hold_is_refused_with_a_sentence(wanda, snapshot, change):
    with pytest.raises(writing.UnacceptableStory) as refused:
        writing.create(snapshot.changed(**change), by=wanda)

    assert len(str(refused.value)) > 5
    assert not Article.objects.exists()


def test_tags_that_differ_in_case_only_are_one(wanda, snapshot):
    story = writing.create(snapshot.changed(tags=("AI", " ai ", "Ai", "")), by=wanda)

    assert [t.name for t in story.tags.all()] == ["AI"]


def test_a_line_break_in_a_title_becomes_a_space(wanda, snapshot):
    story = writing.create(snapshot.changed(title=" 两行\n标题 "), by=wanda)

    assert story.title == "两行 标题"


def test_control_characters_are_left_out(wanda, snapshot):
    evil = snapshot.changed(title="标\x00题\x08", body="<p>正\x0b文\x00</p>")

    story = writing.create(evil, by=wanda)

    story.refresh_from_db()
    assert (story.title, story.body) == ("标题", "<p>正文</p>")


def test_a_story_in_review_that_is_edited_by_the_importer_stays_there(in_review, snapshot):
    writing.revise(in_review, snapshot.changed(title="新文档"), by=None)

    assert in_review.stage == Stage.IN_REVIEW


def test_an_approval_is_of_one_revision(draft, ellen, snapshot):
    review.approve(draft, by=ellen)
    approved = draft.approved_revision

    writing.revise(draft, snapshot.changed(title="再改"), by=ellen)

    assert approved.snapshot.title == "芯片厂重启生产线"
    assert draft.approved_revision.based_on == approved


@pytest.mark.parametrize("scheduled", [False, True], ids=["approved", "scheduled"])
def test_an_approved_story_that_nobody_read_can_be_thrown_away(approved, charlie, scheduled):
    if scheduled:
        scheduling.schedule(approved, at=timezone.now() + timedelta(days=1), by=charlie)

    writing.delete(approved, by=charlie)

    assert not Article.objects.exists()
