"""The same table through the admin: one crafted POST for each thing that can be done."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.rights import stage as rights_stage
from tests.rights.stage import (
    LATER,
    REASON,
    open_a_conflict,
    plan_a_withdrawal,
    undone,
    writes,
)
from tests.rights.table import LOOKING, PAIRS, PEOPLE, TABLE, happens, is_right, states_for

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

STORY = "admin:articles_article_"
PREFIX = {"articles", "images", "taggit"}  # of the tables that say something of a story
#: written to by whoever comes in, whatever they do
OF_THE_VISIT = {"articles_user"}


def form_of(story, **changes):
    """What a browser would send of a story's form, with `changes`."""
    snapshot = story.working_revision.snapshot
    sent = {
        "title": snapshot.title,
        "standfirst": snapshot.standfirst,
        "body": snapshot.body,
        "category": snapshot.category,
        "bylines-author": [author.name for author in story.authors.all()],
        "bylines-role": [role for _author, role in snapshot.bylines],
        "comments_enabled": "on",
        "kind": snapshot.kind,
        "licence": snapshot.licence,
        "ai_disclosure": snapshot.ai_disclosure,
        "slug": snapshot.slug,
        "based_on": story.working_revision_id,
    }
    return sent | changes


def save(client, case, **changes):
    address = reverse(f"{STORY}change", args=[case.story.pk])
    return client.post(address, form_of(case.story, **changes))


def ask(verb, **sent):
    """The page that asks about a verb, answered without having been opened."""

    def act(client, case):
        return client.post(reverse(f"{STORY}verb", args=[case.story.pk, verb]), sent)

    return act


def send(page, *numbers, **sent):
    """A page below the story's; `numbers` are made of the case."""

    def act(client, case):
        args = [case.story.pk, *(number(case) for number in numbers)]
        return client.post(reverse(f"{STORY}{page}", args=args), sent)

    return act


def restore(client, case):
    seen = {"seen": case.story.working_revision_id}
    return send("restore", lambda case: 1, **seen)(client, case)


def resolve(client, case):
    address = reverse(f"{STORY}conflict", args=[case.story.pk, case.conflict.pk])
    return client.post(address, {"act": "mine", "seen": case.story.working_revision_id})


def autosave(client, case):
    said = {"user": case.by.pk, "tab": "here", "count": 1, "content": {"title": ["打字"]}}
    address = reverse(f"{STORY}autosave", args=[case.story.pk])
    return client.post(address, json.dumps(said), content_type="application/json")


def note(act, which="note", text="批注"):
    """The page of the notes, told to do something with one of them."""

    def act_on(client, case):
        sent = {"act": act, "text": text, "note": getattr(case, which).pk}
        return client.post(reverse(f"{STORY}notes", args=[case.story.pk]), sent)

    return act_on


def assign(client, case):
    return ask("assign", to=case.colleague.pk, due_at=clock(LATER))(client, case)


def clock(moment):
    return f"{moment:%Y-%m-%dT%H:%M}"


#: what -> the request for it
DOORS = {
    "revise": lambda client, case: save(client, case, title="改过的标题"),
    "collide": lambda client, case: save(client, case, title="撞稿", based_on=case.first.pk),
    "restore": restore,
    "name_revision": send("name", lambda case: 1, name="第一稿"),
    "delete": send("delete", post="yes"),
    "share": send("previews", lifetime="24"),
    "revoke": send("revoke", lambda case: case.link.pk),
    "autosave": autosave,
    "resolve": resolve,
    "request_changes": ask("request_changes", comment="再改。"),
    "schedule": ask("schedule", at=clock(LATER + timedelta(hours=9))),
    "withdraw": ask("withdraw", reason=REASON),
    "plan_withdrawal": ask("plan_withdrawal", at=clock(LATER + timedelta(days=3)), reason=REASON),
    **{verb: ask(verb) for verb in ("submit", "approve", "publish", "unschedule")},
    "drop_withdrawal": ask("drop_withdrawal"),
    "assign": assign,
    "note": note("add"),
    "reply": note("reply"),
    "settle_note": note("resolve"),
    "edit_colleagues_note": note("edit"),
    "delete_colleagues_note": note("delete"),
    "delete_guests_note": note("delete", "guests_note"),
}
NEEDS = {"drop_withdrawal": plan_a_withdrawal, "resolve": open_a_conflict}
#: the states that differ in what a request meets on its way; the desk is asked in all of them
STATES_ASKED = {
    *((stage, "never published") for stage in ("draft", "in_review", "approved", "scheduled")),
    *(("live", "live"), ("draft", "live"), ("approved", "withdrawn")),
}


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    yield from rights_stage.standing(django_db_blocker)


def is_done(client, case, action):
    """Whether the request writes anything of the story."""
    with writes() as written:
        response = DOORS[action](client, case)
    assert response.status_code < 500
    if action == "revise":  # what may not be written any more is kept aside, and no revision
        working = Article.objects.values_list("working_revision", flat=True)
        return working.get(pk=case.story.pk) != case.story.working_revision_id
    return any(table.partition("_")[0] in PREFIX for table in set(written) - OF_THE_VISIT)


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_everything_the_table_knows_has_a_door():
    assert set(DOORS) == {row.action for row in TABLE}


@pytest.mark.parametrize(("who", "whose"), PAIRS, ids=str)
def test_by_requests_everybody_can_do_exactly_what_the_table_says(stage, who, whose):
    wrong = []
    client = logged_in(stage.people[who])
    for state in set(states_for(who)) & STATES_ASKED:
        with stage.owning(who, state, whose) as new_case:
            for row in TABLE:
                expected = happens(row, role=PEOPLE[who], whose=whose, state=state)
                with undone():
                    case = new_case()
                    if row.action in NEEDS:
                        NEEDS[row.action](case)
                    done = is_done(client, case, row.action)
                if done is not expected:
                    wrong.append((row.action, *state, "should" if expected else "should not"))

    assert wrong == []


@pytest.mark.parametrize(("who", "whose"), PAIRS, ids=str)
def test_the_pages_of_a_story_open_to_whom_the_table_says(stage, who, whose):
    wrong = []
    client = logged_in(stage.people[who])
    for state in (("draft", "never published"), ("in_review", "live")):
        expected = is_right(LOOKING, role=PEOPLE[who], whose=whose, state=state)
        with stage.owning(who, state, whose) as new_case:
            case = new_case()
            for address in pages_of(case):
                is_shown = client.get(address).status_code == 200
                if is_shown is not expected:
                    wrong.append((address, *state, "should" if expected else "should not"))

    assert wrong == []


def pages_of(case):
    """What is to be looked at of a story, below `/admin/`."""
    pk = case.story.pk
    return [
        reverse(f"{STORY}change", args=[pk]),
        reverse(f"{STORY}history", args=[pk]),
        reverse(f"{STORY}revision", args=[pk, 1]),
        reverse(f"{STORY}compare", args=[pk, 1, 2]),
        reverse(f"{STORY}previews", args=[pk]),
        reverse("desk_preview", args=[pk]),
    ]


# One form that says everything at once


@pytest.mark.parametrize(
    "verb", ["publish", "approve_and_publish", "approve", "withdraw", "delete"]
)
@pytest.mark.parametrize("state", [("draft", "never published"), ("approved", "live")], ids=str)
def test_hidden_fields_give_wanda_no_right(stage, state, verb):
    """Columns that no form has, another person's story in them, and a verb that is not hers."""
    who = "wanda, a reporter"
    crafted = {"stage": "live", "first_published_at_0": "2020-01-01", "withdrawn_at": ""}
    crafted |= {"approved_revision": "1", "live_revision": "1", "scheduled_at": clock(LATER)}
    with stage.owning(who, state, "begun by them") as new_case:
        case = new_case()
        crafted |= {"created_by": case.colleague.pk, "assignee": case.by.pk, "id": "1", "pk": "1"}
        before = columns(case)

        save(logged_in(case.by), case, _verb=verb, **crafted)

        assert columns(case) == before


def columns(case):
    """What no edit of a reporter may touch."""
    names = ("stage", "scheduled_at", "first_published_at", "published_at", "withdrawn_at")
    names += ("approved_revision", "live_revision", "created_by", "assignee")
    return Article.objects.values(*names).get(pk=case.story.pk)


def test_a_request_names_two_stories_and_changes_neither(stage):
    """Revisions, links and conflicts of one story by way of the address of another."""
    who = "wanda, a reporter"
    with (
        stage.owning(who, ("draft", "never published"), "begun by them") as own,
        stage.owning(who, ("changes_requested", "never published"), "a colleague's") as others,
    ):
        mine, theirs = own(), others()
        open_a_conflict(theirs)
        client = logged_in(mine.by)
        addresses = [
            reverse(f"{STORY}revoke", args=[mine.story.pk, theirs.link.pk]),
            reverse(f"{STORY}conflict", args=[mine.story.pk, theirs.conflict.pk]),
            reverse(f"{STORY}restore", args=[mine.story.pk, theirs.first.pk + 1000]),
        ]

        with writes() as written:
            answers = [client.post(address, {"act": "mine"}).status_code for address in addresses]

    assert answers == [404] * 3
    assert set(written) <= OF_THE_VISIT | {"django_session"}
