"""The stage for whatever is crafted: stories of a colleague that much is said of, and a draft."""

from django.test import Client

from articles.models import Article
from tests import factories
from tests.rights import addresses
from tests.rights import stage as rights_stage
from tests.rights.stage import Case, open_a_conflict, type_something
from tests.rights.table import EDITOR, NEVER_PUBLISHED, PEOPLE, REPORTER

ANONYMOUS = "nobody is logged in"
GUSTAV = "gustav, whose stories they are"
WANDA, ELLEN = (next(w for w in PEOPLE if PEOPLE[w] == role) for role in (REPORTER, EDITOR))
#: the colleague's stories: one begun, and one ready to go out, unread and read
STATES = [("draft", NEVER_PUBLISHED), ("approved", NEVER_PUBLISHED), ("approved", "live")]


def standing(blocker):
    """Stories of a colleague, with much talk about each, and a draft of Wanda's; for a fixture."""
    for made in rights_stage.standing(blocker):
        made.people[GUSTAV] = made.colleague
        made.theirs = [_talked_of(made, state) for state in STATES]
        made.own = factories.draft(title="旺达自己的稿件")
        Article.objects.filter(pk=made.own.pk).update(created_by=made.people[WANDA])
        factories.picture()
        addresses.type_a_new_story(made.colleague)
        stories = [*made.theirs, made.own]
        made.everywhere = list(addresses.filled(stories, colleague=made.colleague))
        yield made


def _talked_of(stage, state):
    story = stage.stories[state]
    story.created_by = stage.colleague
    story.save(update_fields=["created_by"])
    case = Case(stage.colleague, story, stage.colleague)
    open_a_conflict(case)
    type_something(case)
    return story


def client_of(stage, who):
    client = Client()
    if who != ANONYMOUS:
        client.force_login(stage.people[who])
    return client
