"""Whatever request is crafted: every address below `/admin/`, by everybody, with everything in it.

Nothing of this knows what an address is for: it is asked, and sent everything there is; then it
is looked at what was written, and what was told.
"""

import pytest
from django.contrib.auth.models import Group

from articles.models import Article, Author, Category, Outlet, Tag, User
from tests.rights import addresses, payloads, talked_of
from tests.rights.stage import Case, trace, undone, writes
from tests.rights.table import NOBODY, PEOPLE
from tests.rights.talked_of import ANONYMOUS, ELLEN, STATES, WANDA, client_of

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

WEAK = [*(who for who, role in PEOPLE.items() if role == NOBODY), ANONYMOUS]
#: what everybody on staff may write of themselves
_THEIR_OWN = {"articles_user", "articles_notification"}
_OF_THE_VISIT = {"django_session"}


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    yield from talked_of.standing(django_db_blocker)


def fire(stage, who, look):
    """Send everything everywhere as `who`; what `look` says of what was written, by address."""
    client, person, found = client_of(stage, who), stage.people.get(who), {}
    logged_in = client.cookies.copy()
    for address, story in stage.everywhere:
        with undone():
            for request in payloads.requests(client, person, address, story):
                client.cookies = logged_in.copy()  # one of the addresses logs people out
                with undone(), writes() as written:
                    assert request().status_code < 500, address
                    tables = set(written) - _OF_THE_VISIT
                    if tables and (seen := look(tables)):
                        found[address] = seen
    return found


@pytest.fixture(scope="module")
def ellens(stage):
    """What became of everything Ellen sent: (tables written, what of a chief's changed)."""
    before = what_chiefs_decide(stage.people[ELLEN])

    def look(tables):
        return tables, differing(before, what_chiefs_decide(stage.people[ELLEN]))

    return fire(stage, ELLEN, look)


def test_every_address_of_the_admin_is_entered_in_the_list():
    assert addresses.unlisted() == set()


# Writing


def test_what_is_sent_writes_where_somebody_may_write(ellens):
    """The walk itself: what an editor sends arrives, or none of the rest would mean anything."""
    assert len(ellens) > 30
    for end in ("change/", "approve_and_publish/ask/", "restore/", "previews/", "autosave/"):
        assert any(address.endswith(end) for address in ellens), end


@pytest.mark.parametrize("who", WEAK)
def test_who_has_no_right_writes_nothing_anywhere(stage, who):
    person = stage.people.get(who) or User()
    before = staff(person)

    written = fire(stage, who, lambda tables: tables - _THEIR_OWN or staff(person) != before)

    assert written == {}


def test_a_reporter_changes_no_story_of_others_and_lets_nothing_out(stage):
    wanda = stage.people[WANDA]
    before = what_is_not_hers(stage, wanda)

    changed = fire(stage, WANDA, lambda _tables: differing(before, what_is_not_hers(stage, wanda)))

    assert changed == {}


def test_an_editor_withdraws_and_deletes_nothing_and_makes_nobody_anything(ellens):
    assert {address: changed for address, (_tables, changed) in ellens.items() if changed} == {}


def test_one_request_does_not_pave_the_way_for_the_next(stage, ellens):
    assert Article.objects.filter(title="偷改").count() == 0
    assert [story.stage for story in stage.theirs] == [stage_name for stage_name, _seen in STATES]


def differing(before, now):
    return [name for name in before if before[name] != now[name]]


def what_is_not_hers(stage, wanda):
    """Everything a reporter may not change, by what it is."""
    theirs, own = (
        Article.objects.exclude(created_by=wanda),
        Article.objects.filter(created_by=wanda),
    )
    tables = (Author, Category, Outlet)
    return {
        "a colleague's": [trace(Case(wanda, one, stage.colleague)) for one in stage.theirs],
        "what there is": list(theirs.order_by("pk").values_list("pk", flat=True)),
        "what readers see": list(Article.objects.published().order_by("pk").values()),
        "her own on their way": own.exclude(stage__in=["draft", "in_review"]).exists(),
        "her own is there": own.filter(pk=stage.own.pk).exists(),
        "tags": list(Tag.objects.exclude(name="偷改").order_by("pk").values()),
        **{model.__name__: list(model.objects.order_by("pk").values()) for model in tables},
        **staff(wanda),
    }


def what_chiefs_decide(ellen):
    """Everything that is a chief's, by what it is."""
    of_readers = ("pk", "withdrawn_at", "withdrawn_reason", "withdraw_at", "withdraw_at_reason")
    stories = Article.objects.order_by("pk")
    return {
        "withdrawals": list(stories.exclude(withdrawn_at=None).values_list(*of_readers)),
        "planned": list(stories.exclude(withdraw_at=None).values_list(*of_readers)),
        "how many": stories.exclude(created_by=ellen).count(),
        "categories": list(Category.objects.order_by("pk").values("name", "parent", "position")),
        "outlet": list(Outlet.objects.values()),
        **staff(ellen),
    }


def staff(person):
    """Who works here and what they may; where somebody's letters go is for them to say."""
    rights = ("pk", "username", "password", "is_active", "is_staff", "is_superuser", "groups")
    everybody = User.objects.order_by("pk", "groups")
    others = everybody.exclude(pk=person.pk)
    return {
        "staff": list(everybody.values_list(*rights)),
        "letters": list(others.values_list("pk", "name", "email", "mail_rhythm")),
        "groups": list(Group.objects.order_by("pk", "permissions").values("name", "permissions")),
    }
