"""Stories published, withdrawn, scheduled and reviewed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from articles.desk import publishing, review, writing
from articles.desk.gate import IncompleteStory
from articles.desk.publishing import ReasonMissing
from articles.desk.review import CommentMissing
from articles.desk.revisions import NewerRevision
from articles.desk.rights import available_verbs
from articles.models import Article, Category
from articles.workflow import NotAllowed, Stage, TransitionRefused, Verb
from tests import factories

LONG_AGO = datetime(2020, 1, 2, 3, 4, tzinfo=UTC)


def test_publishing_shows_the_story_to_readers(approved, ellen):
    publishing.publish(approved, by=ellen)

    assert list(Article.objects.published()) == [approved]
    assert approved.stage == Stage.LIVE
    assert approved.rendered_body == "<p>工厂今天恢复生产。</p>"


def test_only_an_approved_story_is_published(in_review, ellen):
    with pytest.raises(TransitionRefused):
        publishing.publish(in_review, by=ellen)

    assert not Article.objects.published().exists()


def test_a_story_is_approved_and_published_in_one_go(in_review, ellen):
    publishing.approve_and_publish(in_review, by=ellen)

    assert in_review.stage == Stage.LIVE
    verbs = [event.verb for event in in_review.events.all()[:2]]
    assert verbs == [Verb.PUBLISH, Verb.APPROVE]


def test_a_story_that_cannot_be_published_is_not_approved_either(in_review, ellen, snapshot):
    writing.revise(in_review, snapshot.changed(category=None), by=ellen)

    with pytest.raises(IncompleteStory):
        publishing.approve_and_publish(in_review, by=ellen)

    in_review.refresh_from_db()
    assert in_review.stage == Stage.IN_REVIEW


def test_nobody_approves_another_revision_than_they_saw(in_review, ellen, snapshot):
    seen = in_review.working_revision
    writing.revise(in_review, snapshot.changed(title="又改了"), by=ellen)

    with pytest.raises(NewerRevision):
        review.approve(in_review, by=ellen, revision=seen)

    in_review.refresh_from_db()
    assert in_review.stage == Stage.IN_REVIEW
    assert in_review.approved_revision is None


def test_the_revision_that_was_seen_is_approved(in_review, ellen):
    review.approve(in_review, by=ellen, revision=in_review.working_revision)

    assert in_review.approved_revision == in_review.working_revision


def test_nobody_publishes_another_revision_than_they_saw(approved, ellen, charlie, snapshot):
    seen = approved.approved_revision
    writing.revise(approved, snapshot.changed(title="又改了"), by=charlie)

    with pytest.raises(NewerRevision):
        publishing.publish(approved, by=ellen, revision=seen)

    assert not Article.objects.published().exists()


def test_the_revision_that_was_seen_is_published(approved, ellen):
    publishing.publish(approved, by=ellen, revision=approved.approved_revision)

    assert Article.objects.published().exists()


def test_wanda_cannot_publish(approved, wanda):
    with pytest.raises(NotAllowed):
        publishing.publish(approved, by=wanda)


def test_wanda_cannot_approve_her_own_story(in_review, wanda):
    with pytest.raises(NotAllowed):
        review.approve(in_review, by=wanda)


def test_ellen_cannot_withdraw(live, ellen):
    with pytest.raises(NotAllowed):
        publishing.withdraw(live, reason="不行", by=ellen)


def test_a_second_publication_copies_the_new_revision(live, ellen, snapshot):
    first = live.first_published_at
    writing.revise(live, snapshot.changed(title="更新", body="<p>又停了。</p>"), by=ellen)
    review.approve(live, by=ellen)

    publishing.publish(live, by=ellen)

    assert (live.title, live.rendered_body) == ("更新", "<p>又停了。</p>")
    assert live.first_published_at == first
    assert live.modified_at > first
    assert not live.has_unpublished_changes


def test_a_minor_change_is_published_without_an_update(live, ellen, snapshot):
    writing.revise(live, snapshot.changed(title="没有错字"), by=ellen)

    publishing.approve_and_publish(live, by=ellen, minor=True)

    assert (live.title, live.modified_at) == ("没有错字", None)
    assert live.events.first().details == {"minor": True}


def test_the_first_publication_is_no_minor_change(approved, ellen):
    publishing.publish(approved, by=ellen, minor=True)

    assert approved.published_at is not None
    assert "minor" not in approved.events.first().details


def test_a_document_keeps_its_own_date(approved, ellen):
    publishing.publish(approved, by=ellen, at=LONG_AGO, time_known=False)

    assert approved.first_published_at == approved.published_at == LONG_AGO
    assert not approved.published_time_known


def test_nothing_is_published_in_the_future(approved, ellen):
    publishing.publish(approved, by=ellen, at=timezone.now() + timedelta(days=3))

    assert approved.published_at <= timezone.now()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "The title is missing."),
        ({"category": None}, "The category is missing."),
        ({"bylines": ()}, "Nobody stands in the byline."),
        ({"body": ""}, "The body is empty."),
    ],
    ids=["title", "category", "byline", "body"],
)
def test_an_incomplete_story_is_not_published(snapshot, ellen, change, sentence):
    story = writing.create(snapshot.changed(**change), by=ellen)
    review.approve(story, by=ellen)

    with translation.override("en"), pytest.raises(IncompleteStory) as refused:
        publishing.publish(story, by=ellen)

    assert str(refused.value) == sentence
    assert not Article.objects.published().exists()


def test_a_revision_whose_category_is_gone_is_not_published(live, ellen, snapshot):
    doomed = factories.category("临时")
    writing.revise(live, snapshot.changed(category=doomed.pk), by=ellen)
    review.approve(live, by=ellen)
    Category.objects.filter(pk=doomed.pk).delete()

    with pytest.raises(IncompleteStory):
        publishing.publish(live, by=ellen)


def test_a_withdrawn_story_is_gone_for_readers(live, charlie):
    publishing.withdraw(live, reason=" 事实有误。 ", by=charlie)

    assert not Article.objects.published().exists()
    assert list(Article.objects.withdrawn()) == [live]
    assert live.withdrawn_reason == "事实有误。"


def test_a_withdrawal_needs_a_reason(live, charlie):
    with pytest.raises(ReasonMissing):
        publishing.withdraw(live, reason=" ", by=charlie)

    assert live in Article.objects.published()


def test_ellen_cannot_bring_back_what_charlie_withdrew(withdrawn, ellen, snapshot):
    writing.revise(withdrawn, snapshot.changed(title="更正"), by=ellen)
    review.approve(withdrawn, by=ellen)

    with pytest.raises(NotAllowed):
        publishing.publish(withdrawn, by=ellen)

    assert not Article.objects.published().exists()


def test_a_withdrawn_story_can_come_back_as_it_was(withdrawn, charlie):
    review.approve(withdrawn, by=charlie)

    publishing.publish(withdrawn, by=charlie)

    assert withdrawn in Article.objects.published()


def test_a_withdrawn_story_can_be_corrected_and_published_again(withdrawn, charlie, snapshot):
    first = withdrawn.first_published_at
    writing.revise(withdrawn, snapshot.changed(title="更正"), by=charlie)
    review.approve(withdrawn, by=charlie)

    publishing.publish(withdrawn, by=charlie)

    assert withdrawn in Article.objects.published()
    assert withdrawn.first_published_at == first
    assert withdrawn.withdrawn_reason == ""


def test_changes_are_requested_with_a_comment(in_review, ellen):
    review.request_changes(in_review, comment="请补充出处", by=ellen)

    assert in_review.stage == Stage.CHANGES_REQUESTED
    assert in_review.events.first().details == {"comment": "请补充出处"}


def test_changes_are_not_requested_without_a_comment(in_review, ellen):
    with pytest.raises(CommentMissing):
        review.request_changes(in_review, comment="  ", by=ellen)


def test_readers_get_the_outlets_language_whatever_the_editor_speaks(ellen, snapshot):
    table = "<table><tbody><tr><td>甲</td></tr></tbody></table>"
    story = review.approve(writing.create(snapshot.changed(body=table), by=ellen), by=ellen)

    with translation.override("en"):
        publishing.publish(story, by=ellen)

    assert "表格" in story.rendered_body


_EDITING = [Verb.REVISE, Verb.REQUEST_CHANGES, Verb.SCHEDULE, Verb.PUBLISH]


@pytest.mark.parametrize(
    ("who", "verbs"),
    [
        ("wanda", []),
        ("ellen", [*_EDITING, Verb.ASSIGN, Verb.SHARE]),
        (
            "charlie",
            [*_EDITING, Verb.PLAN_WITHDRAWAL, Verb.ASSIGN, Verb.SHARE, Verb.DELETE],
        ),
        ("otto", []),
    ],
)
def test_each_is_offered_what_they_may(request, approved, who, verbs):
    person = request.getfixturevalue(who)

    assert available_verbs(approved, by=person) == verbs
