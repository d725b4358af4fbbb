"""The list of stories: found, filtered, and never more expensive than it looks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk import presence, review, writing
from articles.workflow import Stage
from tests import factories

LIST = "admin:articles_article_changelist"


@pytest.mark.parametrize("count", [2, 60])
def test_a_list_of_any_length_takes_the_same_few_queries(
    client, charlie, count, django_assert_max_num_queries
):
    for number in range(count):
        factories.draft(title=f"稿件 {number}", authors=[factories.author(f"作者 {number}")])
    client.force_login(charlie)

    with django_assert_max_num_queries(12):
        response = client.get(reverse(LIST))

    assert response.status_code == 200


@pytest.mark.parametrize(
    "question", ["desk=waiting", "desk=agenda", "q=稿件", "o=5", "visibility=live"]
)
def test_a_question_takes_no_more_queries(client, charlie, question, django_assert_max_num_queries):
    for number in range(60):
        story = factories.draft(title=f"稿件 {number}")
        if number % 2:
            review.submit(story, by=None)
    client.force_login(charlie)

    with django_assert_max_num_queries(12):
        response = client.get(f"{reverse(LIST)}?{question}")

    assert response.status_code == 200


def test_the_list_says_who_is_editing_which_story(
    client, charlie, ellen, draft, django_assert_max_num_queries
):
    others = [factories.draft(title=f"稿件 {number}") for number in range(3)]
    for story in [draft, *others[:2]]:
        presence.attend(ellen, story, tab="one", is_writing=story != others[1])
    presence.attend(ellen, draft, tab="two", is_writing=True)
    presence.attend(charlie, others[2], tab="one", is_writing=True)
    client.force_login(charlie)

    with django_assert_max_num_queries(12):
        page = client.get(reverse(LIST)).text

    assert page.count("Ellen正在编辑") == 2
    assert "Charlie正在编辑" not in page


def test_counting_opens_no_revision(client, charlie, draft):
    """What would be opened of each of 100,000 stories to count them takes seconds."""
    client.force_login(charlie)

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(LIST))

    counts = [
        q["sql"] for q in asked if 'COUNT(*) AS "__count" FROM "articles_article"' in q["sql"]
    ]
    assert len(counts) == 1
    assert "JOIN" not in counts[0]


@pytest.mark.parametrize(
    "word", ["芯片", "导语里", "甲通讯社", "林墨", "芯片 林墨"], ids=lambda word: word
)
def test_a_search_finds_a_story_by_what_is_known_of_it(client, ellen, author, word):
    factories.draft(
        title="芯片厂", standfirst="导语里的话", source_name="甲通讯社", authors=[author]
    )
    factories.draft(title="别的", authors=[factories.author("别人")])

    assert titles(ask(client, ellen, {"q": word})) == ["芯片厂"]


def test_a_search_wants_every_word(client, ellen):
    factories.draft(title="芯片厂")

    assert titles(ask(client, ellen, {"q": "芯片 没有的字"})) == []


def test_the_form_takes_few_queries(client, charlie, live, django_assert_max_num_queries):
    for number in range(20):
        factories.category(f"栏目 {number}")
        writing.revise(live, writing.working_snapshot(live).changed(title=f"{number}"), by=charlie)
    client.force_login(charlie)

    with django_assert_max_num_queries(30):
        response = client.get(reverse("admin:articles_article_change", args=[live.pk]))

    assert response.status_code == 200


@pytest.mark.parametrize(
    "question",
    [
        {"stage__exact": "live"},
        {"visibility": "live"},
        {"kind__exact": "news"},
        {"licence__exact": "original"},
        {"q": "芯片厂"},
        {"q": "林墨"},
    ],
    ids=lambda question: next(iter(question.items()))[0] + "=" + next(iter(question.values())),
)
def test_a_live_story_is_found(client, ellen, live, question):
    response = ask(client, ellen, question)

    assert titles(response) == ["芯片厂重启生产线"]


@pytest.mark.parametrize(
    "question",
    [
        {"stage__exact": "draft"},
        {"visibility": "withdrawn"},
        {"visibility": "never_published"},
        {"kind__exact": "review"},
        {"q": "没有的字"},
        {"in": "0"},
    ],
    ids=lambda question: next(iter(question.items()))[0] + "=" + next(iter(question.values())),
)
def test_other_questions_do_not_find_it(client, ellen, live, question):
    response = ask(client, ellen, question)

    assert titles(response) == []


def test_a_channel_finds_what_lies_below_it(client, ellen):
    channel = factories.category("新媒体")
    section = factories.category("栏目", parent=channel)
    factories.draft(title="在栏目里", category=section)
    factories.draft(title="在别处", category=factories.category("别处"))

    response = ask(client, ellen, {"in": str(channel.pk)})

    assert titles(response) == ["在栏目里"]


def test_an_author_filter_finds_the_authors_stories(client, ellen, live, author):
    factories.draft(title="别人的", authors=[factories.author("别人")])

    response = ask(client, ellen, {"authors__id__exact": str(author.pk)})

    assert titles(response) == ["芯片厂重启生产线"]


def test_a_live_story_with_a_newer_text_says_so(client, ellen, live):
    writing.revise(live, writing.working_snapshot(live).changed(title="改稿"), by=ellen)

    response = ask(client, ellen, {})

    assert "已发布，有未发布的修改" in response.text
    assert response.context["cl"].result_list[0].stage == Stage.DRAFT


def test_a_live_story_that_reads_as_at_the_desk_speaks_of_no_changes(client, ellen, live):
    assert "有未发布的修改" not in ask(client, ellen, {}).text


def ask(client, user, question):
    client.force_login(user)
    return client.get(reverse(LIST), question)


def titles(response):
    return [story.title for story in response.context["cl"].result_list]


@pytest.mark.parametrize("direction", ["", "-"])
def test_stories_without_a_date_come_last_whichever_way(client, ellen, live, direction):
    factories.draft(title="没有日期")
    early = factories.live(title="早", at=factories.A_MOMENT)
    client.force_login(ellen)

    # The columns count from 0; this one: when it was published.
    response = client.get(reverse("admin:articles_article_changelist"), {"o": f"{direction}6"})

    titles = [story.title for story in response.context["cl"].result_list]
    dated = [early.title, live.title]
    assert titles == [*(dated[::-1] if direction else dated), "没有日期"]


def test_a_reworked_live_story_is_found_by_its_new_title(client, ellen, live):
    writing.revise(live, writing.working_snapshot(live).changed(title="改过的新标题"), by=ellen)
    client.force_login(ellen)

    response = client.get(reverse("admin:articles_article_changelist"), {"q": "改过的新"})

    assert "改过的新标题" in response.text
