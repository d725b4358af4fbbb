"""Two people, one story: a save that collides, and the page on which somebody chooses."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from articles.desk import autosaving, conflicts, review, writing
from articles.models import Conflict
from articles.workflow import Stage, Verb
from tests import factories
from tests.admin.test_stories import fields

CHANGE = "admin:articles_article_change"
ONE, TWO, THREE = "<p>工厂今天恢复生产。</p>", "<p>价格没有变化。</p>", "<p>下周开始发货。</p>"
BODY = f"{ONE}\n{TWO}\n{THREE}"


@pytest.fixture
def story(snapshot, wanda):
    """A draft of Wanda's with three paragraphs."""
    return writing.create(snapshot.changed(body=BODY, tags=("芯片",)), by=wanda)


@pytest.fixture
def late(client, story, ellen, wanda):
    """Wanda has the form open while Ellen saves; then Wanda sends it."""

    def sent(*, theirs, verb="", **mine):
        client.force_login(wanda)
        address = reverse(CHANGE, args=[story.pk])
        form = fields(client.get(address), **mine) | ({"_verb": verb} if verb else {})
        revise(story, ellen, **theirs)
        return client.post(address, form)

    return sent


@pytest.fixture
def collide(story, ellen, wanda):
    """The conflict that comes of two edits, without a browser."""

    def collided(*, mine, theirs):
        story.refresh_from_db()
        base, stored = story.working_revision, writing.working_snapshot(story)
        revise(story, ellen, **theirs)
        return conflicts.save(story, stored.changed(**mine), by=wanda, based_on=base)

    return collided


@pytest.fixture
def choose(client, wanda):
    """Open the page of a conflict and send it back with choices."""

    def chosen(conflict, act, user=wanda, **choices):
        client.force_login(user)
        seen = client.get(page_of(conflict)).context["theirs"].pk
        return client.post(page_of(conflict), {"seen": seen, "act": act, **choices})

    return chosen


def page_of(conflict):
    return reverse("admin:articles_article_conflict", args=[conflict.article_id, conflict.pk])


def revise(story, by, **changes):
    story.refresh_from_db()
    return writing.revise(story, writing.working_snapshot(story).changed(**changes), by=by)


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def texts(story):
    """The titles of all revisions, and the working copy's last."""
    story.refresh_from_db()
    return {r.snapshot.title for r in story.revisions.all()}, writing.working_snapshot(story).title


# Saving


def test_a_save_on_an_older_text_leads_to_the_page_that_asks(late, story):
    response = late(theirs={"title": "艾伦的标题"}, title="旺达的标题")

    conflict = Conflict.objects.get()
    assert response.url == page_of(conflict)
    assert texts(story) == ({"芯片厂重启生产线", "艾伦的标题", "旺达的标题"}, "艾伦的标题")
    assert f"版本{conflict.mine.number}" in said(response)


def test_a_verb_pressed_on_an_older_text_is_not_carried_out(late, story):
    response = late(theirs={"title": "艾伦的标题"}, title="旺达的标题", verb="submit")

    story.refresh_from_db()
    assert story.stage == Stage.DRAFT
    assert "没有执行" in said(response)
    assert str(Verb.SUBMIT.label) in said(response)


def test_a_verb_on_a_text_nobody_has_seen_is_not_carried_out_either(late, story):
    response = late(theirs={"title": "艾伦的标题"}, verb="submit")

    story.refresh_from_db()
    assert (story.stage, story.conflicts.count()) == (Stage.DRAFT, 0)
    assert "没有执行" in said(response)
    assert response.url == reverse(CHANGE, args=[story.pk])


def test_a_form_in_which_nothing_was_changed_opens_no_conflict(late, story):
    late(theirs={"title": "艾伦的标题", "body": f"{BODY}\n<p>新。</p>"})

    assert (story.conflicts.count(), story.revisions.count()) == (0, 2)


def test_a_body_spelt_in_another_way_is_no_edit_of_it(late, snapshot, story, wanda):
    revise(story, wanda, body="<ul><li><p>甲</p></li></ul>")

    late(theirs={"body": "<p>艾伦的正文</p>"}, body="<ul>\r\n<li>甲</li></ul>", title="旺达的标题")

    mine = Conflict.objects.get().mine.snapshot
    assert (mine.title, mine.body) == ("旺达的标题", "<ul><li><p>甲</p></li></ul>")


def test_a_form_that_does_not_say_what_it_began_from_overwrites_nothing(client, story, wanda):
    client.force_login(wanda)
    address = reverse(CHANGE, args=[story.pk])
    form = fields(client.get(address), title="旺达的标题") | {"based_on": "999999"}

    client.post(address, form)

    assert texts(story) == ({"芯片厂重启生产线", "旺达的标题"}, "芯片厂重启生产线")
    assert Conflict.objects.get().ancestor is None


def test_a_form_of_another_story_is_no_beginning(client, story, wanda, draft):
    client.force_login(wanda)
    address = reverse(CHANGE, args=[story.pk])
    form = fields(client.get(address), title="旺达的标题")

    client.post(address, form | {"based_on": str(draft.working_revision_id)})

    assert Conflict.objects.get().ancestor is None


def test_a_reporter_whose_story_was_submitted_meanwhile_loses_nothing(client, story, wanda):
    client.force_login(wanda)
    address = reverse(CHANGE, args=[story.pk])
    form = fields(client.get(address), title="提交后的标题")
    review.submit(story, by=wanda)

    response = client.post(address, form)

    conflict = Conflict.objects.get()
    assert conflict.mine.snapshot.title == "提交后的标题"
    assert response.url == page_of(conflict)
    assert texts(story)[1] == "芯片厂重启生产线"


WRONG = {
    "a name nobody knows": {"bylines-author": ["没有此人"], "bylines-role": ["author"]},
    "too long a title": {"title": "长" * 201},
    "an address that is none": {"source_url": "javascript:alert(1)"},
}


@pytest.fixture
def hand_over(client, story, wanda):
    """Wanda submits in one window and saves in another what she has open there."""

    def handed(**changes):
        client.force_login(wanda)
        page = client.get(reverse(CHANGE, args=[story.pk]))
        form = fields(page, **changes) | {"autosave_tab": "second", "autosave_count": "3"}
        review.submit(story, by=wanda)
        return client.post(reverse(CHANGE, args=[story.pk]), form, follow=True)

    return handed


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_cannot_be_saved_after_the_submission_stays_and_is_shown(
    hand_over, story, wanda, wrong
):
    page = hand_over(**wrong)

    typed = next(iter(wrong.values()))
    typed = typed if isinstance(typed, str) else typed[0]
    kept = autosaving.kept_of(wanda, article=story)
    assert [typed] in kept.content.values()
    assert [one.typed for one in page.context["wrong"]] == [typed]
    assert typed in page.text


def test_what_can_be_saved_of_a_wrong_text_is_handed_over(hand_over, story, wanda):
    page = hand_over(title="长" * 201, body=BODY.replace("今天", "昨天"))

    conflict = Conflict.objects.get()
    assert conflict.mine.snapshot.body == BODY.replace("今天", "昨天")
    assert f"标题。其余内容已另存为版本{conflict.mine.number}" in said(page)
    assert autosaving.kept_of(wanda, article=story).content["title"] == ["长" * 201]


def test_a_verb_pressed_on_a_wrong_text_is_not_carried_out(hand_over):
    page = hand_over(title="长" * 201, _verb="submit")

    assert "没有执行" in said(page)


def test_a_wrong_text_does_not_overwrite_what_another_window_holds(hand_over, story, wanda):
    autosaving.keep(wanda, content={"title": ["别处"]}, article=story, tab="first", count=1)

    page = hand_over(title="长" * 201)

    assert page.status_code == 200
    assert [one.typed for one in page.context["wrong"]] == ["长" * 201]
    assert autosaving.kept_of(wanda, article=story).content == {"title": ["别处"]}


def test_an_odd_form_after_the_submission_is_no_error(client, story, wanda):
    review.submit(story, by=wanda)
    client.force_login(wanda)
    odd = {"based_on": "x", "title": "长" * 500, "note": "a\0" * 400, "body": "<script>x</script>"}

    response = client.post(reverse(CHANGE, args=[story.pk]), odd)

    assert response.status_code == 302
    assert texts(story)[1] == "芯片厂重启生产线"


def test_the_story_says_that_somebody_has_to_choose(client, collide, story, ellen):
    conflict = collide(mine={"title": "旺达的标题"}, theirs={"title": "艾伦的标题"})
    client.force_login(ellen)

    page = client.get(reverse(CHANGE, args=[story.pk])).text

    assert page_of(conflict) in page


# Looking


def test_the_page_shows_both_against_what_both_began_from(client, collide, wanda):
    conflict = collide(
        mine={"title": "芯片厂昨天重启生产线", "body": BODY.replace("今天", "昨日")},
        theirs={"title": "芯片厂明天重启生产线", "body": BODY.replace("今天", "明日")},
    )
    client.force_login(wanda)

    page = client.get(page_of(conflict)).text

    assert "<span>芯片厂</span><ins>昨天</ins><span>重启生产线</span>" in page
    assert "<span>芯片厂</span><ins>明天</ins><span>重启生产线</span>" in page
    assert "<p>工厂<ins>昨日</ins>恢复生产。</p>" in page
    assert "<p>工厂<ins>明日</ins>恢复生产。</p>" in page


def test_what_one_side_changed_is_chosen_already_and_what_both_changed_is_not(
    client, collide, wanda
):
    conflict = collide(
        mine={"title": "旺达的标题", "standfirst": "旺达的导语"},
        theirs={"title": "艾伦的标题", "short_title": "艾伦的短题"},
    )
    client.force_login(wanda)

    questions = client.get(page_of(conflict)).context["merge"].fields

    chosen = {q.name: [str(o.value) for o in q.options if o.is_chosen] for q in questions}
    assert chosen == {
        "field-title": [],
        "field-short_title": ["theirs"],
        "field-standfirst": ["mine"],
    }


def test_edits_of_different_places_are_shown_with_one_button(client, collide, wanda):
    conflict = collide(mine={"title": "旺达的标题"}, theirs={"standfirst": "艾伦的导语"})
    client.force_login(wanda)

    response = client.get(page_of(conflict))

    assert response.context["merge"].is_trivial
    assert "两份都采用" in response.text


def test_a_reporter_who_may_not_edit_any_more_may_look(client, story, wanda):
    base = story.working_revision
    review.submit(story, by=wanda)
    late = base.snapshot.changed(title="提交后的标题")
    conflict = conflicts.save(story, late, by=wanda, based_on=base)
    client.force_login(wanda)

    page = client.get(page_of(conflict)).text

    assert "提交后的标题" in page
    assert 'type="radio"' not in page
    assert 'value="mine"' not in page


def test_a_page_does_not_ask_more_of_the_database_for_a_longer_text(
    client, collide, wanda, django_assert_max_num_queries
):
    body = "\n".join(f"<p>第{n}段说的是生产线的事情。</p>" for n in range(120))
    conflict = collide(
        mine={"body": body.replace("第", "旺达第")}, theirs={"body": body.replace("段", "节")}
    )
    client.force_login(wanda)

    with django_assert_max_num_queries(16):
        response = client.get(page_of(conflict))

    assert response.status_code == 200


# Choosing


@pytest.mark.parametrize(
    ("act", "title", "outcome"),
    [("mine", "旺达的标题", "mine"), ("theirs", "艾伦的标题", "theirs")],
)
def test_one_edit_can_be_taken_as_it_is(choose, collide, story, act, title, outcome):
    conflict = collide(mine={"title": "旺达的标题"}, theirs={"title": "艾伦的标题"})

    response = choose(conflict, act)

    conflict.refresh_from_db()
    assert response.url == reverse(CHANGE, args=[story.pk])
    assert texts(story) == ({"芯片厂重启生产线", "艾伦的标题", "旺达的标题"}, title)
    assert conflict.outcome == outcome


def test_both_can_be_had_field_by_field_and_paragraph_by_paragraph(choose, collide, story):
    conflict = collide(
        mine={
            "title": "旺达的标题",
            "tags": ("芯片", "旺达"),
            "body": BODY.replace("今天", "昨天").replace("没有", "略有"),
        },
        theirs={
            "title": "艾伦的标题",
            "tags": ("芯片", "艾伦"),
            "body": BODY.replace("今天", "明天").replace("下周", "下月"),
        },
    )

    choose(conflict, "merge", **{"field-title": "theirs", "field-tags": "both", "chunk-0": "both"})

    story.refresh_from_db()
    assert (story.title, sorted(t.name for t in story.tags.all())) == (
        "艾伦的标题",
        ["旺达", "艾伦", "芯片"],
    )
    assert story.body == "\n".join(
        [
            ONE.replace("今天", "昨天"),
            ONE.replace("今天", "明天"),
            TWO.replace("没有", "略有"),
            THREE.replace("下周", "下月"),
        ]
    )
    assert story.working_revision.merged_from == conflict.mine


def test_a_change_of_one_side_can_be_left_out(choose, collide, story):
    conflict = collide(mine={"title": "旺达的标题"}, theirs={"body": BODY.replace("今天", "明天")})

    choose(conflict, "merge", **{"chunk-0": "mine"})

    story.refresh_from_db()
    assert (story.title, story.body) == ("旺达的标题", BODY)


def test_a_choice_that_is_missing_is_asked_for_and_the_others_stay(choose, collide, story):
    conflict = collide(
        mine={"title": "旺达的标题", "standfirst": "旺达的导语"},
        theirs={"title": "艾伦的标题", "standfirst": "艾伦的导语"},
    )

    response = choose(conflict, "merge", **{"field-title": "theirs"})

    questions = {q.name: q for q in response.context["merge"].fields}
    assert response.status_code == 200
    assert (questions["field-standfirst"].is_open, questions["field-title"].is_open) == (
        True,
        False,
    )
    assert story.conflicts.open().exists()


def test_a_preview_shows_the_result_and_saves_nothing(choose, collide, story):
    conflict = collide(
        mine={"title": "旺达的标题", "body": BODY.replace("今天", "昨天")},
        theirs={"title": "艾伦的标题", "body": BODY.replace("价格", "售价")},
    )

    response = choose(conflict, "preview", **{"field-title": "mine"})

    preview = response.context["preview"]
    assert preview.title == "旺达的标题"
    assert BODY.replace("今天", "昨天").replace("价格", "售价") in preview.body
    assert texts(story)[1] == "艾伦的标题"
    assert story.conflicts.open().exists()


@pytest.mark.parametrize(
    "choices",
    [
        pytest.param({"field-title": "both"}, id="two titles"),
        pytest.param({"field-title": "nobody"}, id="nobody's"),
        pytest.param({"field-slug": "mine", "chunk-99": "mine", "chunk-x": "mine"}, id="elsewhere"),
    ],
)
def test_a_choice_that_makes_no_sense_is_none(choose, collide, story, choices):
    conflict = collide(mine={"title": "旺达的标题"}, theirs={"title": "艾伦的标题"})

    response = choose(conflict, "merge", **choices)

    assert response.status_code == 200
    assert story.conflicts.open().exists()


def test_a_text_that_changed_again_is_not_chosen_against(client, collide, story, ellen, wanda):
    conflict = collide(mine={"title": "旺达的标题"}, theirs={"title": "艾伦的标题"})
    client.force_login(wanda)
    seen = client.get(page_of(conflict)).context["theirs"].pk
    revise(story, ellen, title="艾伦又改了")

    response = client.post(page_of(conflict), {"seen": seen, "act": "mine"})

    assert response.context["theirs"].snapshot.title == "艾伦又改了"
    assert "Ellen" in said(response)
    assert texts(story)[1] == "艾伦又改了"
    assert story.conflicts.open().exists()


def test_what_was_chosen_stays_chosen_when_somebody_saves_meanwhile(
    client, collide, story, ellen, wanda
):
    mine = {"title": "旺达的标题", "standfirst": "旺达的导语"}
    theirs = {"title": "艾伦的标题", "standfirst": "艾伦的导语"}
    conflict = collide(
        mine=mine | {"body": BODY.replace("今天", "昨天").replace("下周", "昨日")},
        theirs=theirs | {"body": BODY.replace("今天", "明天").replace("下周", "下月")},
    )
    client.force_login(wanda)
    seen = client.get(page_of(conflict)).context["theirs"].pk
    body = BODY.replace("今天", "后天").replace("下周", "下月")
    revise(story, ellen, title="艾伦又改了", body=f"<p>新的一段。</p>\n{body}")
    chosen = {"field-title": "mine", "field-standfirst": "mine", "chunk-0": "mine"}

    response = client.post(
        page_of(conflict), {"seen": seen, "act": "merge", "chunk-2": "both", **chosen}
    )

    merge = response.context["merge"]
    questions = [*merge.fields, *(one for one in merge.body if hasattr(one, "options"))]
    kept = {q.name: [str(o.value) for o in q.options if o.is_chosen] for q in questions}
    assert kept == {
        "field-title": [],
        "field-standfirst": ["mine"],
        "chunk-0": ["theirs"],
        "chunk-1": [],
        "chunk-3": ["both"],
    }
    assert story.conflicts.open().exists()


def test_the_buttons_that_take_a_whole_edit_say_what_goes_with_it(client, collide, wanda):
    conflict = collide(mine={"title": "旺达的标题"}, theirs={"title": "艾伦的标题"})
    client.force_login(wanda)

    assert "撤销只有另一份改过的内容" in client.get(page_of(conflict)).text


def test_a_conflict_that_somebody_else_resolved_says_so(choose, collide, client, ellen, wanda):
    conflict = collide(mine={"title": "旺达的标题"}, theirs={"title": "艾伦的标题"})
    choose(conflict, "theirs", user=ellen)
    client.force_login(wanda)

    response = client.get(page_of(conflict))

    assert response.url == reverse("admin:articles_article_history", args=[conflict.article_id])
    assert "Ellen" in said(response)


def test_the_other_text_can_be_compared_and_restored_afterwards(choose, collide, client, story):
    conflict = collide(mine={"title": "旺达的标题"}, theirs={"title": "艾伦的标题"})
    choose(conflict, "theirs")

    restore = reverse("admin:articles_article_restore", args=[story.pk, conflict.mine.number])
    story.refresh_from_db()
    client.post(restore, {"seen": story.working_revision_id})

    assert texts(story)[1] == "旺达的标题"


# Who, and what is not there


def test_nobody_chooses_who_may_not_edit(client, story, wanda):
    base = story.working_revision
    review.submit(story, by=wanda)
    late = base.snapshot.changed(title="提交后的标题")
    conflict = conflicts.save(story, late, by=wanda, based_on=base)
    client.force_login(wanda)

    client.post(page_of(conflict), {"seen": story.working_revision_id, "act": "mine"})

    assert texts(story)[1] == "芯片厂重启生产线"
    assert story.conflicts.open().exists()


def test_a_reporter_sees_no_conflict_of_a_story_that_is_not_theirs(client, ellen, charlie, wanda):
    other = factories.draft()
    base, stored = other.working_revision, writing.working_snapshot(other)
    revise(other, ellen, title="艾伦的标题")
    conflict = conflicts.save(other, stored.changed(title="主编的标题"), by=charlie, based_on=base)
    client.force_login(wanda)

    for response in (
        client.get(page_of(conflict)),
        client.post(page_of(conflict), {"act": "mine"}),
    ):
        assert response.url == reverse("admin:articles_article_changelist")

    assert texts(other)[1] == "艾伦的标题"


@pytest.mark.parametrize("number", [0, 99, 99999999999999999999999])
def test_a_conflict_that_does_not_exist_is_not_found(client, story, wanda, number):
    client.force_login(wanda)

    response = client.get(reverse("admin:articles_article_conflict", args=[story.pk, number]))

    assert response.status_code == 404


def test_a_conflict_of_another_story_is_not_found(client, collide, draft, wanda):
    conflict = collide(mine={"title": "旺达的标题"}, theirs={"title": "艾伦的标题"})
    client.force_login(wanda)

    address = reverse("admin:articles_article_conflict", args=[draft.pk, conflict.pk])

    assert client.get(address).status_code == 404
