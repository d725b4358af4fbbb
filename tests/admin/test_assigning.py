"""Stories assigned in the admin, found again in the list; and verbs on what was on the screen."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.desk import assigning, review, writing
from articles.models import Article, User
from articles.workflow import Stage
from tests.admin.test_stories import save

LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def wendy(db):
    """Wendy writes too."""
    user = User.objects.create_user(username="wendy", name="Wendy", is_staff=True)
    user.groups.add(Group.objects.get(name=workflow.REPORTER))
    return user


def ask(story, verb):
    return reverse("admin:articles_article_verb", args=[story.pk, verb])


def change(story):
    return reverse("admin:articles_article_change", args=[story.pk])


def listed(client, **asked):
    return [story.pk for story in client.get(LIST, asked).context["cl"].result_list]


# The page that asks


def test_ellen_assigns_a_story_by_the_outlets_clock(client, draft, ellen, wendy):
    client.force_login(ellen)

    client.post(ask(draft, "assign"), {"to": wendy.pk, "due_at": "2099-05-01T08:00"})

    draft.refresh_from_db()
    assert draft.assignee == wendy
    assert draft.due_at.isoformat() == "2099-05-01T00:00:00+00:00"


def test_the_page_shows_what_was_set_before_and_names_the_zone(client, draft, ellen, wendy):
    due = timezone.now() + timedelta(days=1)
    assigning.assign(draft, to=wendy, due_at=due, by=ellen)
    client.force_login(ellen)

    page = client.get(ask(draft, "assign"))

    assert page.context["form"]["to"].value() == wendy.pk
    assert f"{timezone.localtime(due):%Y-%m-%dT%H:%M}" in page.text
    assert "Asia/Shanghai UTC+8" in page.text


def test_an_assignment_is_cleared(client, draft, ellen, wendy):
    assigning.assign(draft, to=wendy, due_at=timezone.now() + timedelta(days=1), by=ellen)
    client.force_login(ellen)

    client.post(ask(draft, "assign"), {"to": "", "due_at": ""})

    draft.refresh_from_db()
    assert (draft.assignee, draft.due_at) == (None, None)


def test_only_those_who_write_here_are_offered(client, draft, wanda, ellen, otto, wendy):
    wendy.is_active = False
    wendy.save(update_fields=["is_active"])
    client.force_login(ellen)

    page = client.get(ask(draft, "assign"))

    assert set(page.context["form"].fields["to"].queryset) == {wanda, ellen}


def test_whoever_left_is_still_shown_where_they_were_assigned(client, draft, ellen, wendy):
    assigning.assign(draft, to=wendy, due_at=None, by=ellen)
    User.objects.filter(pk=wendy.pk).update(is_active=False)
    client.force_login(ellen)

    client.post(ask(draft, "assign"), {"to": wendy.pk, "due_at": "2099-05-01T08:00"})

    draft.refresh_from_db()
    assert (draft.assignee, draft.due_at.year) == (wendy, 2099)


@pytest.mark.parametrize(
    "said",
    [
        {"due_at": "2001-05-01T08:00"},
        {"due_at": "tomorrow"},
        {"due_at": "9999-12-31T23:00Z"},
        {"to": "999"},
        {"to": "abc"},
    ],
    ids=["past", "no time", "the end of all years", "nobody", "no number"],
)
def test_what_makes_no_sense_is_said_and_changes_nothing(client, draft, ellen, said):
    client.force_login(ellen)

    page = client.post(ask(draft, "assign"), said)

    draft.refresh_from_db()
    assert page.status_code == 200
    assert page.context["form"].errors
    assert (draft.assignee, draft.due_at) == (None, None)


def test_wanda_is_not_offered_to_assign(client, draft, wanda, wendy):
    client.force_login(wanda)

    client.post(ask(draft, "assign"), {"to": wendy.pk})

    draft.refresh_from_db()
    assert draft.assignee is None
    assert ask(draft, "assign") not in client.get(change(draft)).text


def test_an_assigned_reporter_opens_and_saves_the_story(client, draft, ellen, wendy):
    assigning.assign(draft, to=wendy, due_at=None, by=ellen)

    save(client, wendy, draft, title="接着写")

    draft.refresh_from_db()
    assert (draft.title, draft.working_revision.created_by) == ("接着写", wendy)


def test_a_reporter_does_not_find_a_story_that_is_no_longer_assigned(client, draft, ellen, wendy):
    assigning.assign(draft, to=wendy, due_at=None, by=ellen)
    assigning.assign(draft, to=None, due_at=None, by=ellen)
    client.force_login(wendy)

    assert client.get(change(draft)).status_code == 302
    assert listed(client) == []


# The list


@pytest.fixture
def stories(draft, snapshot, ellen, wanda, wendy):
    """One of nobody's, one of Wendy's for tomorrow, one of Ellen's that is overdue."""
    now = timezone.now()
    tomorrow, overdue = (writing.create(snapshot, by=ellen) for _n in range(2))
    assigning.assign(tomorrow, to=wendy, due_at=now + timedelta(days=2), by=ellen)
    Article.objects.filter(pk=overdue.pk).update(assignee=ellen, due_at=now - timedelta(hours=1))
    return {"nobody's": draft.pk, "wendy's": tomorrow.pk, "ellen's": overdue.pk}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"assigned": "me"}, ["ellen's"]),
        ({"assigned": "nobody"}, ["nobody's"]),
        ({"assigned": "0"}, []),
        ({"assigned": "x' OR 1=1"}, []),
        ({"due": "overdue"}, ["ellen's"]),
        ({"due": "week"}, ["ellen's", "wendy's"]),
        ({"due": "never"}, ["ellen's", "nobody's", "wendy's"]),
    ],
    ids=str,
)
def test_the_list_is_asked_who_has_what_to_do(client, stories, ellen, asked, found):
    client.force_login(ellen)

    assert sorted(listed(client, **asked)) == sorted(stories[name] for name in found)


def test_the_list_finds_the_stories_of_a_colleague(client, stories, ellen, wendy):
    client.force_login(ellen)

    assert listed(client, assigned=wendy.pk) == [stories["wendy's"]]


def test_the_list_says_who_has_what_to_do_and_what_is_overdue(client, stories, ellen):
    client.force_login(ellen)

    page = client.get(LIST)

    assert page.text.count('class="desk-overdue"') == 1
    assert page.text.count('Wendy<span class="desk-due"') == 1


# What was on the screen


@pytest.mark.parametrize("verb", ["approve", "approve_and_publish"])
def test_nothing_newer_is_approved_than_what_the_page_showed(
    client, in_review, ellen, charlie, snapshot, verb
):
    client.force_login(ellen)
    page = client.get(ask(in_review, verb))
    writing.revise(in_review, snapshot.changed(title="又改了"), by=charlie)

    answer = client.post(ask(in_review, verb), {"revision": page.context["revision"].pk})

    in_review.refresh_from_db()
    assert in_review.stage == Stage.IN_REVIEW
    assert answer.context["form"].non_field_errors()


def test_nothing_newer_is_published_than_what_the_page_showed(
    client, approved, ellen, charlie, snapshot
):
    client.force_login(ellen)
    page = client.get(ask(approved, "publish"))
    writing.revise(approved, snapshot.changed(title="又改了"), by=charlie)

    client.post(ask(approved, "publish"), {"revision": page.context["revision"].pk})

    assert not Article.objects.published().exists()


def test_what_the_page_showed_is_approved(client, in_review, ellen):
    client.force_login(ellen)
    page = client.get(ask(in_review, "approve"))

    client.post(ask(in_review, "approve"), {"revision": page.context["revision"].pk})

    in_review.refresh_from_db()
    assert in_review.approved_revision == in_review.working_revision


def test_a_page_keeps_to_the_revision_that_led_to_it(client, in_review, ellen, charlie, snapshot):
    seen = in_review.working_revision
    writing.revise(in_review, snapshot.changed(title="又改了"), by=charlie)
    client.force_login(ellen)

    page = client.get(ask(in_review, "approve"), {"revision": seen.pk})

    assert page.context["revision"] == seen


def test_the_page_that_asks_is_headed_by_the_title_it_is_about(client, live, ellen, snapshot):
    writing.revise(live, snapshot.changed(title="改稿的标题"), by=ellen)
    review.approve(live, by=ellen)
    client.force_login(ellen)

    page = client.get(ask(live, "schedule")).text

    assert "<h2>改稿的标题</h2>" in page


@pytest.mark.parametrize("verb", ["approve", "approve_and_publish"])
def test_a_form_that_shows_an_older_revision_approves_nothing(
    client, in_review, ellen, charlie, snapshot, verb
):
    stale = in_review.working_revision_id
    writing.revise(in_review, snapshot.changed(title="又改了"), by=charlie)

    save(client, ellen, in_review, based_on=stale, _verb=verb)

    in_review.refresh_from_db()
    assert in_review.stage == Stage.IN_REVIEW
    assert in_review.approved_revision is None
