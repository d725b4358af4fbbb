"""Sharing a working copy: whom a link lets in, for how long, and what it leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk import assigning, publishing, review, scheduling, sharing, writing
from articles.desk.sharing import CommentRefused, Lifetime, Standing
from articles.models import Note, PreviewLink
from articles.workflow import NotAllowed, TransitionRefused, Verb
from tests import factories
from tests.timing import ahead


@pytest.fixture
def link(draft, wanda):
    """A link to Wanda's draft that takes comments."""
    return shared(draft, by=wanda, may_comment=True)


def shared(article, *, by, lifetime=Lifetime.DAY, **facts):
    return sharing.share(article, lifetime=lifetime, by=by, **facts)[0]


def rework(article, *, by):
    changed = writing.working_snapshot(article).changed(title="改过的标题")
    return writing.revise(article, changed, by=by)


def test_the_secret_is_not_kept(draft, wanda):
    link, token = sharing.share(draft, lifetime=Lifetime.HOUR, by=wanda)

    kept = [str(value) for value in PreviewLink.objects.filter(pk=link.pk).values_list().get()]
    assert not any(token in value for value in kept)
    assert sharing.find(token) == link


def test_no_two_links_have_one_secret(draft, wanda):
    tokens = {sharing.share(draft, lifetime=Lifetime.HOUR, by=wanda)[1] for _n in range(5)}

    assert len(tokens) == 5
    assert min(map(len, tokens)) >= 32


@pytest.mark.parametrize("lifetime", Lifetime, ids=lambda lifetime: lifetime.name)
def test_a_link_lasts_as_long_as_was_said(draft, wanda, lifetime):
    before = timezone.now()

    link = shared(draft, by=wanda, lifetime=lifetime)

    assert before <= link.expires_at - timedelta(hours=lifetime.value) <= timezone.now()


def test_no_link_lasts_longer_than_a_week(draft, wanda):
    with pytest.raises(ValueError, match="169"):
        sharing.share(draft, lifetime=169, by=wanda)


def test_sharing_and_revoking_are_on_record(link, draft, ellen, wanda):
    sharing.revoke(link, by=ellen)

    events = draft.events.filter(verb__in=[Verb.SHARE, Verb.REVOKE]).order_by("pk")
    assert [(e.verb, e.actor, e.details["link"]) for e in events] == [
        (Verb.SHARE, wanda, link.pk),
        (Verb.REVOKE, ellen, link.pk),
    ]


def test_nobody_finds_a_link_by_a_wrong_secret(link):
    assert sharing.find(link.token_hash) is None


# Who may


def test_wanda_does_not_share_what_she_submitted(in_review, wanda):
    with pytest.raises(NotAllowed):
        shared(in_review, by=wanda)


def test_otto_shares_nothing(draft, otto):
    with pytest.raises(NotAllowed):
        shared(draft, by=otto)


def test_a_withdrawn_story_is_not_shared(withdrawn, charlie):
    with pytest.raises(TransitionRefused):
        shared(withdrawn, by=charlie)


def test_wanda_revokes_a_link_to_what_she_submitted(in_review, ellen, wanda):
    link = shared(in_review, by=ellen)

    sharing.revoke(link, by=wanda)

    assert sharing.standing(link) is Standing.REVOKED


def test_otto_revokes_nothing(link, otto):
    with pytest.raises(NotAllowed):
        sharing.revoke(link, by=otto)


# What it opens


def test_a_fresh_link_is_open(link):
    assert sharing.standing(link) is Standing.OPEN
    assert sharing.open_once(link)


def test_every_opening_is_counted_and_the_first_is_dated(link):
    sharing.open_once(link)
    link.refresh_from_db()
    first = link.opened_at

    sharing.open_once(link)

    link.refresh_from_db()
    assert (link.opened_count, link.opened_at) == (2, first)


def test_a_link_that_opens_once_opens_once(draft, wanda):
    link = shared(draft, by=wanda, single_use=True)

    openings = [sharing.open_once(link) for _n in range(3)]

    link.refresh_from_db()
    assert openings == [True, False, False]
    assert (sharing.standing(link), link.opened_count) == (Standing.SPENT, 1)


def test_two_who_open_it_with_the_same_row_in_hand_do_not_both_get_in(draft, wanda):
    link = shared(draft, by=wanda, single_use=True)
    one, other = (PreviewLink.objects.get(pk=link.pk) for _n in range(2))

    assert [sharing.open_once(one), sharing.open_once(other)] == [True, False]


def test_a_link_revoked_between_two_looks_is_not_opened(link, ellen):
    in_hand = PreviewLink.objects.get(pk=link.pk)
    sharing.revoke(link, by=ellen)

    assert not sharing.open_once(in_hand)


def test_an_expired_link_opens_nothing(link):
    expire(link)

    assert sharing.standing(link) is Standing.EXPIRED
    assert not sharing.open_once(link)


def test_a_link_ends_with_the_publication(link, draft, ellen):
    publishing.publish(review.approve(draft, by=ellen), by=ellen)

    assert sharing.standing(sharing_again(link)) is Standing.PUBLISHED


def test_what_is_changed_after_the_publication_is_not_shown_by_an_old_link(link, draft, ellen):
    publishing.publish(review.approve(draft, by=ellen), by=ellen)
    rework(draft, by=ellen)

    assert sharing.standing(sharing_again(link)) is Standing.PUBLISHED


def test_unpublished_changes_are_shown_by_a_link_made_for_them(live, ellen):
    rework(live, by=ellen)

    link = shared(live, by=ellen)

    assert sharing.standing(link) is Standing.OPEN


def test_a_link_ends_with_the_withdrawal(live, ellen, charlie):
    rework(live, by=ellen)
    link = shared(live, by=ellen)

    publishing.withdraw(live, reason="事实有误。", by=charlie)

    assert sharing.standing(sharing_again(link)) is Standing.WITHDRAWN


def test_a_link_shows_the_working_copy_while_its_maker_may_share_that(link, draft, ellen):
    rework(draft, by=ellen)

    assert sharing.shown(sharing_again(link)).title == "改过的标题"


def test_wandas_link_stays_at_what_she_submitted(link, draft, wanda, ellen):
    review.submit(draft, by=wanda)
    rework(draft, by=ellen)
    review.approve(draft, by=ellen)
    scheduling.schedule(draft, at=ahead(), by=ellen)

    assert sharing.standing(sharing_again(link)) is Standing.OPEN
    assert sharing.shown(sharing_again(link)).title == "芯片厂重启生产线"


def test_wandas_link_shows_nothing_of_a_story_that_was_approved_without_being_submitted(
    link, draft, ellen
):
    review.approve(draft, by=ellen)

    assert sharing.standing(sharing_again(link)) is Standing.LAPSED


def test_wandas_link_does_not_fall_back_on_what_readers_had_before(draft, wanda, ellen):
    review.submit(draft, by=wanda)
    publishing.publish(review.approve(draft, by=ellen), by=ellen)
    rework(draft, by=ellen)
    link = shared(draft, by=wanda)

    review.approve(draft, by=ellen)

    assert sharing.standing(sharing_again(link)) is Standing.LAPSED


def test_wandas_link_does_not_fall_back_on_what_was_sent_back(draft, wanda, ellen):
    review.submit(draft, by=wanda)
    review.request_changes(draft, comment="请补来源。", by=ellen)
    rework(draft, by=wanda)
    link = shared(draft, by=wanda)

    review.approve(draft, by=ellen)

    assert sharing.standing(sharing_again(link)) is Standing.LAPSED


def test_wandas_link_shows_what_she_submitted_anew(draft, wanda, ellen):
    review.submit(draft, by=wanda)
    publishing.publish(review.approve(draft, by=ellen), by=ellen)
    rework(draft, by=ellen)
    link = shared(draft, by=wanda)

    review.submit(draft, by=wanda)

    assert sharing.standing(sharing_again(link)) is Standing.OPEN
    assert sharing.shown(sharing_again(link)).title == "改过的标题"


def test_a_link_ends_when_whoever_made_it_leaves(link, wanda):
    wanda.is_active = False
    wanda.save(update_fields=["is_active"])

    assert sharing.standing(sharing_again(link)) is Standing.LAPSED


def test_a_link_ends_when_the_story_is_given_to_somebody_else(ellen, wanda, walter):
    story = factories.draft()
    assigning.assign(story, to=wanda, due_at=None, by=ellen)
    link = shared(story, by=wanda)
    assigning.assign(story, to=walter, due_at=None, by=ellen)

    assert sharing.standing(sharing_again(link)) is Standing.LAPSED


def test_whoever_opened_once_what_has_lapsed_does_not_comment(draft, wanda):
    link = shared(draft, by=wanda, single_use=True, may_comment=True)
    sharing.open_once(link)
    wanda.is_active = False
    wanda.save(update_fields=["is_active"])

    with pytest.raises(CommentRefused):
        sharing.comment(link, name="陈", text="字")


def test_any_number_of_links_asks_as_seldom_as_one(
    draft, wanda, ellen, django_assert_max_num_queries
):
    review.submit(draft, by=wanda)
    review.approve(draft, by=ellen)
    publishing.publish(draft, by=ellen)
    rework(draft, by=ellen)
    links = [shared(draft, by=ellen) for _n in range(20)]

    with django_assert_max_num_queries(4):
        assert set(sharing.standings(links)) == {Standing.OPEN}


def test_a_link_goes_with_its_story(draft, charlie, wanda):
    _link, token = sharing.share(draft, lifetime=Lifetime.DAY, by=wanda)

    writing.delete(draft, by=charlie)

    assert sharing.find(token) is None


# What a guest says


def test_a_guest_leaves_a_note_on_what_was_read(link, draft):
    note = sharing.comment(link, name=" 老\n 陈 ", text="第二段的数字对吗？\r\n")

    assert (note.article, note.revision) == (draft, draft.working_revision)
    assert (note.author, note.guest_name, note.preview_link) == (None, "老 陈", link)
    assert note.text == "第二段的数字对吗？"


@pytest.mark.parametrize(
    ("name", "text"),
    [("", "字"), ("陈", ""), (" \0", "字"), ("陈", "\0\n"), ("陈" * 81, "字"), ("陈", "字" * 5001)],
    ids=["no name", "no text", "blank name", "blank text", "long name", "long text"],
)
def test_a_comment_that_says_nothing_or_too_much_is_refused(link, name, text):
    with pytest.raises(CommentRefused):
        sharing.comment(link, name=name, text=text)

    assert not Note.objects.exists()


def test_a_link_that_does_not_ask_for_comments_takes_none(draft, wanda):
    link = shared(draft, by=wanda)

    with pytest.raises(CommentRefused):
        sharing.comment(link, name="陈", text="字")


def test_whoever_opened_a_link_that_opens_once_may_comment(draft, wanda):
    link = shared(draft, by=wanda, single_use=True, may_comment=True)
    sharing.open_once(link)

    assert sharing.comment(link, name="陈", text="字").pk


@pytest.mark.parametrize("end", ["revoked", "expired", "published", "withdrawn"])
def test_a_link_that_opens_nothing_takes_no_comment(link, draft, ellen, charlie, end):
    if end == "revoked":
        sharing.revoke(link, by=ellen)
    elif end == "expired":
        expire(link)
    else:
        publishing.publish(review.approve(draft, by=ellen), by=ellen)
    if end == "withdrawn":
        publishing.withdraw(draft, reason="事实有误。", by=charlie)

    with pytest.raises(CommentRefused):
        sharing.comment(link, name="陈", text="字")


def test_a_flood_of_comments_is_stopped(link):
    for _n in range(sharing.MOST_COMMENTS_AN_HOUR):
        sharing.comment(link, name="陈", text="字")

    with pytest.raises(CommentRefused):
        sharing.comment(link, name="陈", text="字")


def test_after_an_hour_there_is_room_again_but_not_for_ever(link):
    for _n in range(sharing.MOST_COMMENTS // sharing.MOST_COMMENTS_AN_HOUR):
        for _m in range(sharing.MOST_COMMENTS_AN_HOUR):
            sharing.comment(link, name="陈", text="字")
        Note.objects.update(created_at=timezone.now() - timedelta(hours=2))

    with pytest.raises(CommentRefused):
        sharing.comment(link, name="陈", text="字")


def expire(link):
    link.expires_at = timezone.now()
    link.save(update_fields=["expires_at"])


def sharing_again(link):
    """The link as a later request finds it."""
    return PreviewLink.objects.select_related("article").get(pk=link.pk)
