"""The first page: what waits for whoever looks, what is to come, and what went wrong."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django.db import connection
from django.tasks import Task
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import desk
from articles.desk import (
    assigning,
    clock,
    conflicts,
    presence,
    publishing,
    review,
    scheduling,
    writing,
)
from articles.desk.picture_tasks import make_renditions
from articles.models import Article, Autosave, Revision
from newsroom.alarms import JOBS
from tests import factories
from tests.timing import DAY, HOUR, MINUTE, ago, ahead, let_the_time_come

INDEX = reverse("admin:index")
LIST = reverse("admin:articles_article_changelist")


def look(client, person):
    client.force_login(person)
    return client.get(INDEX)


def titles(response, name):
    """What stands in the list of this name."""
    (card,) = (card for card in response.context["desk_cards"] if card.name == name)
    return [row.title for row in card.rows]


def said(response, name):
    (card,) = (card for card in response.context["desk_cards"] if card.name == name)
    return [row.said for row in card.rows]


def alarms(response):
    return [f"{alarm.title} {alarm.said}" for alarm in response.context["desk_alarms"]]


def whole(response, name, client):
    """What the full list shows that the heading of a list leads to."""
    (card,) = (card for card in response.context["desk_cards"] if card.name == name)
    return [story.title for story in client.get(card.address).context["cl"].result_list]


def by(person, title, **facts):
    snapshot = factories.snapshot(title=title, category=factories.category("人工智能"))
    return writing.create(snapshot.changed(**facts), by=person)


def scheduled(title, by_when=HOUR):
    snapshot = writing.working_snapshot(factories.draft(title=title))
    story = review.approve(writing.create(snapshot, by=None), by=None)
    return scheduling.schedule(story, at=ahead(by_when), by=None)


# --- What waits -------------------------------------------------------------------------------


def test_an_empty_desk_says_so_in_words(client, ellen):
    response = look(client, ellen)

    for sentence in ("没有人在等您。", "今天没有要截止的稿件。", "还没有发布过稿件。"):
        assert sentence in response.text
    assert "现在就要处理" not in response.text


def test_reporters_see_their_own_drafts_and_no_others(client, wanda, ellen):
    by(wanda, "万达的")
    by(ellen, "艾伦的")

    assert titles(look(client, wanda), "mine") == ["万达的"]
    assert titles(look(client, ellen), "mine") == ["艾伦的"]


def test_stories_in_review_wait_for_editors_and_not_for_reporters(client, wanda, ellen, in_review):
    assert titles(look(client, ellen), "waiting") == [in_review.title]
    assert titles(look(client, wanda), "waiting") == []


def test_changes_asked_for_wait_for_whoever_wrote(client, wanda, ellen, in_review):
    review.request_changes(in_review, comment="请补充出处", by=ellen)

    assert titles(look(client, wanda), "waiting") == [in_review.title]
    assert titles(look(client, ellen), "waiting") == []


def test_changes_asked_for_wait_until_the_story_is_submitted_again(client, wanda, ellen, in_review):
    review.request_changes(in_review, comment="请补充出处", by=ellen)
    first = writing.working_snapshot(in_review).changed(title="改到一半的标题")
    writing.revise(in_review, first, by=wanda)

    assert titles(look(client, wanda), "waiting") == ["改到一半的标题"]

    review.submit(in_review, by=wanda)
    assert titles(look(client, wanda), "waiting") == []


def test_changes_asked_of_somebody_else_stay_in_sight_of_whoever_began(
    client, wanda, walter, ellen, in_review
):
    assigning.assign(in_review, to=walter, due_at=None, by=ellen)
    review.request_changes(in_review, comment="请补充出处", by=ellen)
    first = writing.working_snapshot(in_review).changed(title="改到一半的标题")
    writing.revise(in_review, first, by=wanda)

    assert titles(look(client, wanda), "mine") == ["改到一半的标题"]
    assert titles(look(client, wanda), "waiting") == []
    assert titles(look(client, walter), "waiting") == ["改到一半的标题"]


def test_what_waits_for_somebody_does_not_stand_among_their_drafts_too(client, wanda, ellen):
    story = by(wanda, "万达自己的")
    assigning.assign(story, to=wanda, due_at=None, by=ellen)

    assert titles(look(client, wanda), "waiting") == ["万达自己的"]
    assert titles(look(client, wanda), "mine") == []


def test_an_assigned_story_waits_for_its_assignee_with_its_due_time(client, wanda, ellen):
    story = by(ellen, "交给万达")
    assigning.assign(story, to=wanda, due_at=ahead(2 * DAY), by=ellen)

    response = look(client, wanda)

    assert titles(response, "waiting") == ["交给万达"]
    assert "截止" in said(response, "waiting")[0]


def test_the_most_urgent_waits_first(client, wanda, ellen):
    for title, due_at in (("不急", None), ("后天", ahead(2 * DAY)), ("明天", ahead(DAY))):
        assigning.assign(by(ellen, title), to=wanda, due_at=due_at, by=ellen)

    assert titles(look(client, wanda), "waiting") == ["明天", "后天", "不急"]


def test_what_is_due_today_or_overdue_stands_apart(client, ellen, wanda):
    for title in ("逾期", "以后"):
        assigning.assign(by(ellen, title), to=wanda, due_at=ahead(5 * DAY), by=ellen)
    Article.objects.filter(title="逾期").update(due_at=ago(HOUR))

    response = look(client, ellen)

    assert titles(response, "due") == ["逾期"]
    assert "Wanda" in said(response, "due")[0]
    assert "desk-late" in response.text


def test_what_is_finished_is_due_no_more(client, ellen, approved):
    Article.objects.update(due_at=ago(HOUR))

    assert titles(look(client, ellen), "due") == []


# --- What is to come --------------------------------------------------------------------------


def test_the_agenda_holds_publications_changes_and_withdrawals_in_order(client, charlie, live):
    scheduled("后天发布", 2 * DAY)
    scheduled("一会儿发布", HOUR)
    changed = writing.working_snapshot(live).changed(title="改动")
    review.approve(writing.revise(live, changed, by=charlie), by=charlie)
    scheduling.schedule(live, at=ahead(2 * HOUR), by=charlie)
    scheduling.plan_withdrawal(live, at=ahead(DAY), reason="活动结束。", by=charlie)

    response = look(client, charlie)

    assert titles(response, "agenda") == ["一会儿发布", "改动", "改动", "后天发布"]
    assert [sentence[-2:] for sentence in said(response, "agenda")] == [
        "发布",
        "更新",
        "撤稿",
        "发布",
    ]


def test_reporters_see_only_their_own_stories_on_the_agenda(client, wanda):
    scheduled("别人的")

    assert titles(look(client, wanda), "agenda") == []


def test_a_live_story_with_a_newer_text_is_being_changed(client, ellen, live):
    factories.live(title="没有改动")
    writing.revise(live, writing.working_snapshot(live).changed(title="改动"), by=ellen)

    response = look(client, ellen)

    assert titles(response, "changed") == ["改动"]


def test_what_was_published_lately_has_the_title_readers_see(client, ellen, live):
    writing.revise(live, writing.working_snapshot(live).changed(title="改动"), by=ellen)

    assert titles(look(client, ellen), "live") == ["芯片厂重启生产线"]


def test_text_typed_and_not_saved_is_offered_to_whoever_typed_it(client, wanda, ellen, draft):
    Autosave.objects.create(
        article=draft, user=wanda, content={"title": ["打了一半"]}, based_on=Revision.objects.get()
    )

    assert "您写了但还没有保存" in look(client, wanda).text
    assert "您写了但还没有保存" not in look(client, ellen).text


def test_text_that_was_overtaken_is_to_be_compared_first(client, wanda, ellen, draft):
    kept = Autosave.objects.create(
        article=draft, user=wanda, content={"title": ["打了一半"]}, based_on=Revision.objects.get()
    )
    writing.revise(draft, writing.working_snapshot(draft).changed(title="改动"), by=ellen)

    page = look(client, wanda).text

    assert reverse("admin:articles_article_autosave_compare", args=[kept.article_id]) in page
    assert "稿件在此期间已有改动，请先比较" in page


def test_it_takes_as_many_queries_for_ten_overtaken_texts_as_for_one(
    client, wanda, django_assert_num_queries
):
    overtaken(wanda)
    look(client, wanda)
    with CaptureQueriesContext(connection) as with_one:
        client.get(INDEX)
    for _more in range(9):
        overtaken(wanda)

    with django_assert_num_queries(len(with_one)):
        client.get(INDEX)


def overtaken(person):
    """Something typed in a story that was saved since."""
    story = by(person, "稿件")
    base = story.working_revision
    writing.revise(story, base.snapshot.changed(title="改动"), by=person)
    content = {"title": ["打了一半"]}
    Autosave.objects.create(article=story, user=person, content=content, based_on=base)


def test_who_is_editing_a_story_stands_beside_it(client, wanda, ellen, in_review):
    presence.attend(wanda, in_review, tab="one", is_writing=True)

    page = look(client, ellen).text

    assert page.count("Wanda正在编辑") == 1
    assert "正在编辑" not in look(client, wanda).text


# --- What went wrong --------------------------------------------------------------------------


def test_a_schedule_that_failed_is_named_with_its_reason(client, ellen):
    story = scheduled("出了问题")
    writing.revise(story, writing.working_snapshot(story).changed(category=None), by=ellen)
    let_the_time_come(story)
    clock.strike()

    response = look(client, ellen)

    story.refresh_from_db()
    (alarm,) = alarms(response)
    assert alarm.startswith("出了问题")
    assert story.schedule_failure in alarm


def test_a_schedule_that_nobody_keeps_asks_for_the_worker(client, ellen):
    let_the_time_come(scheduled("无人发布"), 3 * MINUTE)

    (alarm,) = alarms(look(client, ellen))

    assert "后台进程在运行吗" in alarm


def test_a_withdrawal_that_failed_is_called_one(client, charlie, live):
    scheduling.plan_withdrawal(live, at=ahead(HOUR), reason="活动结束。", by=charlie)
    Article.objects.update(withdraw_at_reason=" ")
    let_the_time_come(live)
    clock.strike()

    response = look(client, charlie)
    page = client.get(reverse("admin:articles_article_change", args=[live.pk])).text

    live.refresh_from_db()
    (alarm,) = alarms(response)
    assert "撤稿" in alarm
    assert live.withdrawal_failure in alarm
    assert f"没有按时撤稿： {live.withdrawal_failure}" in page


def test_a_withdrawal_that_nobody_keeps_is_an_alarm(client, charlie, live):
    scheduling.plan_withdrawal(live, at=ahead(HOUR), reason="活动结束。", by=charlie)
    let_the_time_come(live, 3 * MINUTE)

    (alarm,) = alarms(look(client, charlie))

    assert alarm.startswith(live.title)


def test_a_schedule_in_good_time_is_no_alarm(client, ellen):
    scheduled("还早")

    assert alarms(look(client, ellen)) == []


def test_a_conflict_is_an_alarm_until_somebody_chose(client, wanda, ellen, charlie, draft):
    base, snapshot = draft.working_revision, writing.working_snapshot(draft)
    writing.revise(draft, snapshot.changed(title="艾伦的"), by=ellen)
    conflict = conflicts.save(draft, snapshot.changed(title="查理的"), by=charlie, based_on=base)
    assert len(alarms(look(client, ellen))) == 1

    draft.refresh_from_db()
    conflicts.resolve(
        conflict, outcome=conflict.Outcome.THEIRS, seen=draft.working_revision, by=ellen
    )

    assert alarms(look(client, ellen)) == []


def test_the_alarm_of_a_conflict_leads_whoever_may_choose_to_the_choice(
    client, wanda, charlie, draft
):
    base, snapshot = draft.working_revision, writing.working_snapshot(draft)
    writing.revise(draft, snapshot.changed(title="查理的"), by=charlie)
    conflict = conflicts.save(draft, snapshot.changed(title="旺达的"), by=wanda, based_on=base)
    choice = reverse("admin:articles_article_conflict", args=[draft.pk, conflict.pk])

    for_charlie = look(client, charlie).context["desk_alarms"]
    review.submit(draft, by=wanda)
    for_wanda = look(client, wanda).context["desk_alarms"]

    assert [alarm.address for alarm in for_charlie] == [choice]
    page = reverse("admin:articles_article_change", args=[draft.pk])
    assert [alarm.address for alarm in for_wanda] == [page]


def test_every_task_of_ours_has_a_name_for_people():
    lines = "".join(path.read_text() for path in Path("articles").rglob("*.py"))
    modules = [import_module(m.name) for m in walk_packages(desk.__path__, f"{desk.__name__}.")]
    tasks = {one for module in modules for one in vars(module).values() if isinstance(one, Task)}

    assert {task.module_path for task in tasks} == JOBS.keys()
    assert len(re.findall(r"^@task", lines, re.MULTILINE)) == len(tasks)


def test_failed_jobs_are_counted_in_words_for_those_who_keep_watch(client, wanda, ellen):
    for _ in range(2):
        make_renditions.enqueue(1)
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())

    (alarm,) = alarms(look(client, ellen))

    assert "生成图片尺寸 × 2" in alarm
    assert alarms(look(client, wanda)) == []


def test_jobs_that_failed_long_ago_are_no_news(client, ellen):
    make_renditions.enqueue(1)
    DBTaskResult.objects.update(status="FAILED", finished_at=ago(2 * DAY))

    assert alarms(look(client, ellen)) == []


def test_pictures_without_credit_in_live_stories_are_counted(client, ellen, snapshot):
    picture = factories.picture(alt="工厂")
    story = writing.create(snapshot.changed(header_image=picture.pk), by=ellen)
    publishing.publish(review.approve(story, by=ellen), by=ellen)

    response = look(client, ellen)

    (kind,) = (k for k in response.context["desk_attention"] if k["name"] == "uncredited")
    assert kind["count"] == 1
    assert client.get(kind["link"]).context["cl"].result_count == 1


# --- Every list leads to all of it ------------------------------------------------------------


@pytest.mark.parametrize("name", ["waiting", "due", "agenda", "mine", "changed"])
def test_a_heading_leads_to_the_whole_list_in_the_same_order(client, ellen, name):
    for number in range(3):
        _one_of_each(number, ellen)

    response = look(client, ellen)

    assert len(titles(response, name)) == 3
    assert whole(response, name, client) == titles(response, name)


def _one_of_each(number, ellen):
    review.submit(factories.draft(title=f"待审{number}"), by=None)
    late = factories.draft(title=f"截止{number}")
    Article.objects.filter(pk=late.pk).update(due_at=ago(HOUR * (number + 1)))
    scheduled(f"定时{number}", HOUR * (20 - number))
    by(ellen, f"草稿{number}")
    live = factories.live(title=f"修改{number}")
    writing.revise(live, writing.working_snapshot(live).changed(standfirst="新"), by=ellen)


def test_an_unknown_question_shows_everything(client, ellen, draft):
    client.force_login(ellen)

    response = client.get(LIST, {"desk": "nonsense"})

    assert response.context["cl"].result_count == 1


@pytest.mark.parametrize("name", ["unkept", "conflicts"])
def test_other_questions_of_the_desk_find_nothing_where_all_is_well(client, ellen, live, name):
    client.force_login(ellen)

    response = client.get(LIST, {"desk": name})

    assert response.context["cl"].result_count == 0


# --- And costs the same whatever there is -----------------------------------------------------


@pytest.mark.parametrize("count", [0, 12])
def test_the_first_page_takes_few_queries(
    client, charlie, wanda, count, django_assert_max_num_queries
):
    for number in range(count):
        _one_of_each(number, charlie)
        story = by(charlie, f"交给万达{number}")
        assigning.assign(story, to=wanda, due_at=ahead(HOUR), by=charlie)
    client.force_login(charlie)

    with django_assert_max_num_queries(17):
        response = client.get(INDEX)

    assert response.status_code == 200
