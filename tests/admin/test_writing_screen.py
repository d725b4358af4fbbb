"""The page of a story: what stands where, and what its scripts are told."""

import re

import pytest
from django.urls import reverse

from articles.admin import story_panels
from articles.admin.article_form import StoryForm
from articles.admin.story_standing import next_step
from articles.body.text import counting_rule
from articles.desk import review, writing
from articles.models import Article
from articles.workflow import Stage, Verb
from tests.admin.test_stories import CHANGE, fields, save

ADD = "admin:articles_article_add"


@pytest.fixture
def page(client):
    """Log somebody in and read a story's page."""

    def opened(user, story=None):
        client.force_login(user)
        address = reverse(CHANGE, args=[story.pk]) if story else reverse(ADD)
        return client.get(address)

    return opened


def panel(response, name):
    """The start tag of a panel of the side column."""
    return re.search(rf'<details[^>]*data-desk-panel="{name}"[^>]*>', response.text)[0]


def test_every_field_of_the_form_stands_in_one_place():
    placed = [name for _title, options in story_panels.WRITING for name in options["fields"]]

    assert len(placed) == len(set(placed))
    assert set(StoryForm.base_fields) - set(placed) == set()


def test_a_story_and_a_new_one_have_the_places_others_fill(page, ellen, draft):
    for response in (page(ellen, draft), page(ellen)):
        for place in ("data-desk-status", "data-desk-present", "data-desk-counts"):
            assert place in response.text


def test_the_form_says_which_revision_it_shows(page, ellen, draft):
    said = page(ellen, draft).context["adminform"].form["based_on"].value()

    assert said == draft.working_revision_id


def test_scripts_are_told_the_rule_by_which_the_newsroom_counts(page, ellen, draft):
    told = page(ellen, draft).context["desk_terms"]

    assert told["counting"] == counting_rule()


def test_a_panel_with_something_wrong_is_sent_open(client, ellen, draft):
    response = save(client, ellen, draft, canonical_url="keine Adresse")

    assert "open" in panel(response, "source")
    assert "desk-wrong" in panel(response, "source")


def test_a_panel_in_order_is_sent_as_people_find_it(page, ellen, draft):
    response = page(ellen, draft)

    assert " open" not in panel(response, "source")
    assert " open" in panel(response, "bylines")


def test_a_title_over_several_lines_is_one_line(client, ellen, draft):
    save(client, ellen, draft, title="第一行\r\n第二行")

    draft.refresh_from_db()
    assert draft.title == "第一行 第二行"


def test_the_line_ends_of_another_browser_are_no_change(client, ellen, draft):
    save(client, ellen, draft, standfirst="一\r\n二")
    draft.refresh_from_db()
    number = draft.working_revision.number

    save(client, ellen, draft, standfirst="一\n二")

    draft.refresh_from_db()
    assert draft.standfirst == "一\n二"
    assert draft.working_revision.number == number


def test_the_bar_does_what_leads_on_and_asks_for_nothing(page, ellen, in_review):
    text = page(ellen, in_review).text
    bar = text[text.index("data-desk-bar") : text.index("data-desk-story")]

    verbs = re.findall(r'name="_verb" value="(\w+)"', bar)

    assert verbs == ["approve", "approve_and_publish"]


def test_whoever_only_reads_gets_no_button_that_writes(page, wanda, in_review):
    text = page(wanda, in_review).text

    assert 'name="_continue"' not in text
    assert 'name="_save"' not in text
    assert "芯片厂重启生产线" in text


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.IN_REVIEW, Stage.APPROVED])
def test_what_is_next_depends_on_who_looks(stage):
    story = Article(stage=stage)

    able = next_step(story, [Verb.SUBMIT, Verb.APPROVE, Verb.PUBLISH])
    waiting = next_step(story, [])

    assert able
    assert waiting
    assert able != waiting


def test_of_a_live_story_nothing_is_to_be_done():
    assert next_step(Article(stage=Stage.LIVE), list(Verb)) == ""


def test_what_is_to_be_changed_stands_in_the_panel_of_the_stage(page, wanda, ellen, in_review):
    review.request_changes(in_review, comment="请补充出处", by=ellen)

    text = page(wanda, in_review).text

    stage = text[text.index('data-desk-panel="stage"') : text.index('data-desk-panel="schedule"')]
    assert "请补充出处" in stage


def test_what_is_to_be_changed_still_stands_there_after_a_first_save(page, wanda, ellen, in_review):
    review.request_changes(in_review, comment="请补充出处", by=ellen)
    first = writing.working_snapshot(in_review).changed(title="改到一半的标题")
    writing.revise(in_review, first, by=wanda)

    text = page(wanda, in_review).text

    stage = text[text.index('data-desk-panel="stage"') : text.index('data-desk-panel="schedule"')]
    assert "请补充出处" in stage


def test_a_refused_form_keeps_every_word_of_the_story(client, ellen, draft):
    typed = {"title": "打好的标题", "standfirst": "打好的导语", "source_url": "没有网址"}

    response = save(client, ellen, draft, **typed)

    shown = fields(response)
    assert {name: shown[name] for name in typed} == typed
