"""Two edits of one story: who changed what, and what comes of choosing."""

import pytest

from articles.body.merging import Choice, Standing, Undecided
from articles.desk import conflicts, reconciling, writing
from articles.images.models import Image
from tests import factories

ONE, TWO = "<p>工厂今天恢复生产。</p>", "<p>价格没有变化。</p>"


@pytest.fixture
def collide(snapshot, wanda, ellen):
    """Ellen saves first; Wanda's save began from the same revision."""

    def collided(*, mine, theirs, **before):
        draft = writing.create(snapshot.changed(body=f"{ONE}\n{TWO}", **before), by=wanda)
        base, stored = draft.working_revision, writing.working_snapshot(draft)
        conflicts.save(draft, stored.changed(**theirs), by=ellen, based_on=base)
        conflict = conflicts.save(draft, stored.changed(**mine), by=wanda, based_on=base)
        return reconciling.collision(conflict)

    return collided


def test_what_different_people_changed_in_different_places_needs_nobody(collide):
    found = collide(mine={"title": "旺达的标题"}, theirs={"standfirst": "艾伦的导语"})

    merged = reconciling.merged_snapshot(found, fields={}, chunks={})

    assert found.needs_nobody
    assert (merged.title, merged.standfirst) == ("旺达的标题", "艾伦的导语")


def test_different_paragraphs_need_nobody_either(collide):
    found = collide(
        mine={"body": f"{ONE.replace('今天', '昨天')}\n{TWO}"},
        theirs={"body": f"{ONE}\n{TWO.replace('价格', '售价')}"},
    )

    merged = reconciling.merged_snapshot(found, fields={}, chunks={})

    assert merged.body == f"{ONE.replace('今天', '昨天')}\n{TWO.replace('价格', '售价')}"


def test_a_field_both_changed_is_asked_for(collide):
    found = collide(mine={"title": "旺达的标题"}, theirs={"title": "艾伦的标题"})

    with pytest.raises(Undecided):
        reconciling.merged_snapshot(found, fields={}, chunks={})

    assert not found.needs_nobody
    assert [n for n, s in found.fields.items() if s is Standing.CONFLICT] == ["title"]


def test_a_paragraph_both_changed_is_asked_for(collide):
    found = collide(
        mine={"body": f"{ONE.replace('今天', '昨天')}\n{TWO}"},
        theirs={"body": f"{ONE.replace('今天', '明天')}\n{TWO}"},
    )

    merged = reconciling.merged_snapshot(found, fields={}, chunks={0: Choice.THEIRS})

    assert [chunk.default for chunk in found.chunks] == [None, Choice.MINE]
    assert merged.body == f"{ONE.replace('今天', '明天')}\n{TWO}"


@pytest.mark.parametrize(
    ("choice", "tags"),
    [
        (Choice.MINE, ("模型", "芯片")),
        (Choice.THEIRS, ("工厂", "模型")),
        (Choice.BOTH, ("模型", "工厂")),
    ],
    ids=str,
)
def test_tags_of_both_are_kept_without_what_one_took_out(collide, choice, tags):
    found = collide(
        tags=("芯片", "旧闻"), mine={"tags": ("芯片", "模型")}, theirs={"tags": ("模型", "工厂")}
    )

    merged = reconciling.merged_snapshot(found, fields={"tags": choice}, chunks={})

    assert sorted(merged.tags) == sorted(tags)


def test_one_title_cannot_be_two(collide):
    found = collide(mine={"title": "旺达的标题"}, theirs={"title": "艾伦的标题"})

    with pytest.raises(Undecided):
        reconciling.merged_snapshot(found, fields={"title": Choice.BOTH}, chunks={})


def test_without_a_common_beginning_everything_that_differs_is_asked_for(draft, ellen, wanda):
    stored = writing.working_snapshot(draft)
    writing.revise(draft, stored.changed(title="艾伦的标题"), by=ellen)
    conflict = conflicts.save(draft, stored.changed(title="旺达的标题"), by=wanda, based_on=None)

    found = reconciling.collision(conflict)

    assert found.fields["title"] == Standing.CONFLICT
    assert found.fields["tags"] == Standing.SAME
    assert {chunk.standing for chunk in found.chunks} == {Standing.BOTH_ALIKE}


def test_a_conflict_is_always_with_the_newest_text(draft, ellen, wanda):
    base, stored = draft.working_revision, writing.working_snapshot(draft)
    writing.revise(draft, stored.changed(title="艾伦的标题"), by=ellen)
    conflict = conflicts.save(draft, stored.changed(title="旺达的标题"), by=wanda, based_on=base)
    writing.revise(draft, stored.changed(title="艾伦又改了"), by=ellen)

    found = reconciling.collision(conflict)

    assert found.theirs.title == "艾伦又改了"


def test_a_picture_and_its_double_are_one(collide):
    picture = factories.picture()
    double = Image.objects.create(source_url="https://pictures.example/a.png", same_as=picture)

    found = collide(mine={"header_image": double.pk}, theirs={"header_image": picture.pk})

    assert found.fields["header_image"] == Standing.BOTH_ALIKE
