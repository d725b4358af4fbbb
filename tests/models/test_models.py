"""What the database itself never lets become false, and the questions it answers."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Author, Category, Event, Outlet, Revision, Snapshot, Tag
from articles.models.immutable import ImmutableRowError
from articles.models.snapshot import UnknownSchema
from articles.workflow import ROLE_PERMISSIONS, Stage
from tests import factories

NOW = timezone.now()
PUBLISHED = {"first_published_at": NOW, "published_at": NOW, "public_change_at": NOW}


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("a_published_story_has_a_title", {"title": "", **PUBLISHED}),
        ("a_published_story_knows_when", PUBLISHED | {"published_at": None}),
        ("a_published_story_knows_its_last_change", PUBLISHED | {"public_change_at": None}),
        ("a_live_story_is_published", {"stage": Stage.LIVE}),
        ("a_withdrawn_stage_means_withdrawn", {"stage": Stage.WITHDRAWN, **PUBLISHED}),
        (
            "only_a_published_story_is_withdrawn",
            {"withdrawn_at": NOW, "withdrawn_reason": "错"},
        ),
        ("a_withdrawal_has_a_reason", {"withdrawn_at": NOW, **PUBLISHED}),
        ("an_approved_story_has_an_approved_revision", {"stage": Stage.APPROVED}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_story_is_never_false(db, constraint, facts):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Article.objects.create(**{"title": "报道", **facts})

    assert not Article.objects.exists()


def test_a_scheduled_story_has_a_time(approved):
    with pytest.raises(IntegrityError, match="a_scheduled_story_has_a_time"), transaction.atomic():
        Article.objects.update(stage=Stage.SCHEDULED)


def test_there_is_one_outlet(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Outlet.objects.create(pk=2, name="第二家")

    assert Outlet.objects.current().pk == 1


@pytest.mark.parametrize("parent", ["top", "below"])
def test_siblings_have_different_names(db, parent):
    place = factories.category("硬件") if parent == "below" else None
    Category.objects.create(name="芯片", parent=place)

    with pytest.raises(IntegrityError), transaction.atomic():
        Category.objects.create(name="芯片", parent=place)


def test_cousins_may_share_a_name_and_have_addresses_of_their_own(db):
    one = factories.category("首页", parent=factories.category("甲"))
    two = factories.category("首页", parent=factories.category("乙"))

    assert (one.slug, two.slug) == ("shou-ye", "shou-ye-2")


@pytest.mark.parametrize("model", [Revision, Event], ids=["revision", "event"])
def test_history_is_never_changed(draft, model):
    row = model.objects.get()

    with pytest.raises(ImmutableRowError):
        row.save()
    with pytest.raises(ImmutableRowError):
        model.objects.update(pk=row.pk)
    with pytest.raises(ImmutableRowError):
        model.objects.bulk_create([row], update_conflicts=True)
    with pytest.raises(ImmutableRowError):
        model.objects.all().delete()
    with pytest.raises(ImmutableRowError):
        row.delete()


def test_every_group_has_exactly_the_rights_of_the_table(db):
    groups = {
        group.name: {
            f"{p.content_type.app_label}.{p.codename}"
            for p in group.permissions.select_related("content_type")
        }
        for group in Group.objects.all()
    }

    assert groups == ROLE_PERMISSIONS


def test_a_snapshot_survives_being_stored(snapshot):
    stored = snapshot.changed(tags=("甲",), also_in=(3, 4)).to_json()

    assert Snapshot.from_json(stored).to_json() == stored


def test_a_snapshot_of_an_older_version_gets_defaults():
    assert Snapshot.from_json({"schema": 1, "title": "旧"}) == Snapshot(title="旧")


def test_a_snapshot_from_the_future_is_not_guessed_at():
    with pytest.raises(UnknownSchema):
        Snapshot.from_json({"schema": 99})


def test_only_live_stories_are_published(live, ellen):
    factories.draft(title="草稿")

    assert list(Article.objects.published()) == [live]


def test_a_category_holds_its_descendants_stories(db):
    top = factories.category("硬件")
    below = factories.category("芯片", parent=top)
    filed = factories.live(category=below)
    also = factories.live(category=factories.category("别处"), also_in=(top.pk,))
    factories.live(category=factories.category("无关"))

    assert set(Article.objects.published().in_category(top)) == {filed, also}


def test_a_story_in_a_category_twice_is_listed_once(db):
    top = factories.category("硬件")
    below = factories.category("芯片", parent=top)
    story = factories.live(category=top, also_in=(below.pk,))

    assert list(Article.objects.in_category(top)) == [story]


def test_a_list_is_walked_without_gaps_or_doubles(db):
    stories = factories.many_live(5, same_time=True)
    newest = Article.objects.newest_first()

    seen, page = [], list(newest[:2])
    while page:
        seen += page
        page = list(newest.before(page[-1].published_at, page[-1].pk)[:2])

    assert seen == stories[::-1]


def test_months_end_before_the_next_begins(db):
    story = factories.live(at=factories.A_MOMENT)
    end = factories.A_MOMENT + timedelta(seconds=1)

    assert list(Article.objects.published_between(factories.A_MOMENT, end)) == [story]
    assert not Article.objects.published_between(end, end + timedelta(days=1)).exists()


def test_wanda_sees_her_own_stories_and_ellen_all(draft, wanda, ellen):
    factories.draft(title="别人的")

    assert list(Article.objects.at_the_desk_of(wanda)) == [draft]
    assert Article.objects.at_the_desk_of(ellen).count() == 2


def test_an_author_in_two_roles_is_found_once(db):
    person = factories.author("林墨")
    story = factories.draft(authors=[])
    story.bylines.create(author=person, role="author")
    story.bylines.create(author=person, role="editor", position=1)

    assert list(Article.objects.by_author(person)) == [story]


def test_names_that_sound_alike_get_addresses_of_their_own(db):
    slugs = [Author.objects.create(name=name).slug for name in ("李丽", "李莉", "李力")]

    assert slugs == ["li-li", "li-li-2", "li-li-3"]


def test_long_names_that_sound_alike_get_addresses_of_their_own(db):
    slugs = [Author.objects.create(name="很长的名字" * 6 + end).slug for end in "甲乙丙"]

    assert len(set(slugs)) == 3
    assert all(len(slug) <= 80 for slug in slugs)


def test_a_tag_never_loses_its_address(db):
    tag = Tag.objects.create(name="芯片")

    tag.slug = ""
    tag.save()

    assert tag.slug == "xin-pian"


def test_tags_that_differ_in_case_only_are_refused(db):
    Tag.objects.create(name="gpt")

    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name="GPT")


def test_tags_that_sound_alike_get_addresses_of_their_own(db):
    slugs = [Tag.objects.create(name=name).slug for name in ("事实", "实时", "实施")]

    assert slugs == ["shi-shi", "shi-shi-2", "shi-shi-3"]


@pytest.mark.parametrize(
    "accounts",
    [["a"], "x", 5, {"微博": "javascript:alert(1)"}, {"微博": 5}],
    ids=["list", "text", "number", "script", "no text"],
)
def test_social_accounts_are_names_and_addresses(db, accounts):
    outlet = Outlet.objects.current()
    outlet.social_accounts = accounts

    with pytest.raises(ValidationError):
        outlet.full_clean()


@pytest.mark.parametrize("line", ["软件=軟體=x", "软件=", "=軟體", "字" * 61])
def test_a_line_of_the_glossary_that_says_nothing_clear_is_named(db, line):
    outlet = Outlet.objects.current()
    outlet.glossary = f"码头日志\n{line}\n软件=軟體"

    with pytest.raises(ValidationError) as error:
        outlet.full_clean()

    assert list(error.value.message_dict) == ["glossary"]
    assert "2" in error.value.message_dict["glossary"][0]


def test_no_social_accounts_are_none(db):
    outlet = Outlet.objects.current()
    outlet.social_accounts = None

    outlet.full_clean()
    outlet.save()

    assert Outlet.objects.current().social_accounts == {}
