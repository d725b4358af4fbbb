"""Whoever looks: what every page below `/admin/` tells everybody, and that none writes a thing."""

import json
from dataclasses import dataclass, field
from functools import cache, partial

import pytest

from articles.models import Article, Autosave, Event, Note, Notification, PreviewLink, Revision
from tests.rights import addresses, talked_of
from tests.rights.stage import undone, writes
from tests.rights.table import NOBODY, PEOPLE
from tests.rights.talked_of import ANONYMOUS, ELLEN, GUSTAV, WANDA, client_of

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

SECRET = "只有同事知道"
SECRET_IN_JSON = json.dumps(SECRET).strip('"')
TEXT = {"title": SECRET, "standfirst": SECRET, "body": f"<p>{SECRET}</p>"}
WEAK = [*(who for who, role in PEOPLE.items() if role == NOBODY), ANONYMOUS]
STORY = "/admin/articles/article/"
_AUTOCOMPLETE = "/admin/autocomplete/?app_label=articles&term="
#: lists that are searched, filtered and sorted
QUESTIONS = [
    f"{STORY}?q={SECRET[:4]}",
    f"{STORY}?stage__exact=approved",
    f"{STORY}?o=1",
    f"/admin/articles/event/?q={SECRET[:4]}",
    f"/admin/search/?s={SECRET[:4]}",
    f"{_AUTOCOMPLETE}{SECRET[:4]}&model_name=byline&field_name=author",
    f"{_AUTOCOMPLETE}{SECRET[:4]}&model_name=article&field_name=category",
    f"{_AUTOCOMPLETE}{SECRET[:4]}&model_name=revision&field_name=article",
]
OF_THE_VISIT = {"django_session"}  # who is logged in, and what they are told next
READ_MARK = {"articles_notification"}  # what somebody opens from the bell is read


@dataclass
class Look:
    """What came of it: the addresses that told the secret, and the tables written by request."""

    told: list[str] = field(default_factory=list)
    wrote: dict[str, set[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    yield from talked_of.standing(django_db_blocker)


@pytest.fixture(scope="module")
def look(stage):
    """Somebody asks for everything: once, however often it is asked what came of it."""
    return cache(partial(look_everywhere, stage))


def look_everywhere(stage, who):
    client, found = client_of(stage, who), Look()
    with undone():
        plant(stage)
        for method, address in asked(stage):
            with writes() as written:
                answer = getattr(client, method)(address)
            if tables := set(written) - may_be_written(method, address):
                found.wrote[f"{method} {address}"] = tables
            text = f"{answer.headers} {answer.getvalue().decode()}"
            if SECRET in text or SECRET_IN_JSON in text:
                found.told.append(address)
    return found


def may_be_written(method, address):
    is_opened = method == "get" and address.startswith("/admin/notifications/")
    return OF_THE_VISIT | READ_MARK if is_opened else OF_THE_VISIT


def asked(stage):
    """Everything is looked at; of one story it is also tried whether another method does more."""
    everywhere = [address for address, _story in stage.everywhere]
    yield from (("get", address) for address in [*everywhere, *QUESTIONS])
    for address, story in stage.everywhere:
        if story == stage.theirs[0] or (story == stage.own and f"/{story.pk}/" not in address):
            yield from ((method, address) for method in ("patch", "delete"))


def plant(stage):
    """Every row that says something of a colleague's story says the secret, its text too."""
    words = (
        *((Note, "text"), (Event, "title"), (PreviewLink, "label"), (Notification, "text")),
        (Revision, "note"),
    )
    for model, column in words:
        _not_of(stage.own, model).update(**{column: SECRET})
    for model, text in ((Revision, TEXT), (Autosave, {name: [t] for name, t in TEXT.items()})):
        rows = list(_not_of(stage.own, model))
        for row in rows:
            row.content |= text
        model._base_manager.bulk_update(rows, ["content"])
    Article.objects.exclude(pk=stage.own.pk).update(**TEXT, rendered_body=TEXT["body"])
    # What is published has a headline for everybody: the page that says 404 names the latest.
    Article.objects.published().update(title="人人可读的标题")


def _not_of(story, model):
    return model._base_manager.exclude(article=story)


# What it tells


@pytest.mark.parametrize("who", [*WEAK, WANDA])
def test_nobody_reads_of_a_story_that_is_not_at_their_desk(look, who):
    assert look(who).told == []


@pytest.mark.parametrize(
    "page",
    [
        *("change", "history", "history/1", "history/compare/1/2"),
        *("preview", "previews", "notes", "conflicts/{conflict}"),
    ],
)
def test_who_may_read_a_story_finds_the_secret(stage, look, page):
    """The search itself: it is there to be found, on every page of a story."""
    for story in stage.theirs:
        page_of_story = page.format(conflict=story.conflicts.get().pk)

        assert f"{STORY}{story.pk}/{page_of_story}/" in look(ELLEN).told


def test_who_may_read_a_story_finds_the_secret_where_it_is_looked_for(look):
    """The same of what answers in JSON."""
    assert any("model_name=revision" in address for address in look(ELLEN).told)


@pytest.mark.parametrize("page", ["{story}/autosave", f"autosave/{addresses.NUMBER}"])
def test_only_who_typed_the_secret_finds_it_unsaved(stage, look, page):
    address = f"{STORY}{page.format(story=stage.theirs[0].pk)}/compare/"

    assert address in look(GUSTAV).told
    assert address not in look(ELLEN).told


# What it writes


@pytest.mark.parametrize("who", [*PEOPLE, GUSTAV, ANONYMOUS])
def test_looking_writes_nothing(look, who):
    assert look(who).wrote == {}
