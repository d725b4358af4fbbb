"""Documents from outside: what becomes of them, and of them again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.desk import importing, publishing, review, scheduling, writing
from articles.desk.filing import CategoryAs
from articles.desk.importing import Incoming, Outcome
from articles.desk.outlet_time import exactly
from articles.images.models import Image
from articles.models import Article, Author, Category, ImportedDocument, Notification, Revision
from articles.workflow import Stage, Verb
from tests import factories

FRONT_MATTER = """
---
title: '造纸厂用上了机器人'
categories:\x20
 - 新媒体
 - 纸业周刊
 - 首页
headimg: 'https://pictures.example.com/header.jpg'
author: 纸业周刊
comments: false
date: Sat, 17 Sep 2022 15:01:35 GMT
thumbnail: 'https://pictures.example.com/header.jpg'
---
"""
FRAME = "\n<div>   \n{body}  \n</div>\n            "
BODY = "<p>机器人搬运纸卷。</p><p><br></p><p>工人照看机器人。</p>"
DOCUMENT = FRONT_MATTER + FRAME.format(body=BODY)


def _incoming(text: str = DOCUMENT, ref: str = "1", **facts) -> Incoming:
    return Incoming(import_ref=ref, file_name=f"{ref}.md", data=text.encode(), **facts)


def _take_in(text: str = DOCUMENT, ref: str = "1", **facts) -> importing.Taken:
    return importing.take_in(_incoming(text, ref, **facts), by=None)


def test_a_document_becomes_a_draft(db):
    taken = _take_in()

    story = Article.objects.get()
    assert (taken.outcome, taken.article) == (Outcome.CREATED, story)
    assert (story.title, story.stage) == ("造纸厂用上了机器人", Stage.DRAFT)
    assert story.body == "<p>机器人搬运纸卷。</p>\n<p>工人照看机器人。</p>"
    assert not story.comments_enabled


def test_its_categories_become_a_branch_of_the_tree(db):
    _take_in()

    story = Article.objects.get()
    path = [c.name for c in story.category.ancestors(include_self=True)]
    assert path == ["新媒体", "纸业周刊", "首页"]


def test_only_the_last_category_can_be_kept(db):
    _take_in(category_as=CategoryAs.LEAF)

    assert [c.name for c in Category.objects.all()] == ["首页"]


def test_the_source_can_be_left_out_of_the_tree(db):
    _take_in(category_as=CategoryAs.SECTION)

    story = Article.objects.get()
    path = [c.name for c in story.category.ancestors(include_self=True)]
    assert path == ["新媒体", "首页"]
    assert story.source_name == "纸业周刊"


def test_its_source_becomes_source_and_author(db):
    _take_in()

    story = Article.objects.get()
    byline = story.bylines.get()
    assert (byline.author.name, byline.author.kind) == ("纸业周刊", Author.Kind.ORGANISATION)
    assert (story.source_name, story.licence) == ("纸业周刊", Article.Licence.REPRINT)


def test_without_an_author_the_second_category_is_the_source(db):
    _take_in(DOCUMENT.replace("author: 纸业周刊\n", ""))

    assert Article.objects.get().bylines.get().author.name == "纸业周刊"


def test_one_of_ours_writes_originals(db):
    factories.author("纸业周刊", in_house=True)

    _take_in()

    story = Article.objects.get()
    assert (story.source_name, story.licence) == ("", Article.Licence.ORIGINAL)


def test_its_header_picture_stays_a_remote_reference(db):
    _take_in()

    story = Article.objects.get()
    assert story.header_image.is_remote
    assert story.header_image.url == "https://pictures.example.com/header.jpg"


def test_the_caption_of_its_header_picture_is_plain_text(db):
    header = "https://pictures.example.com/header.jpg"
    figure = (
        f'<figure><img src="{header}"><figcaption>纸 &lt;卷&gt; &amp; 木浆</figcaption></figure>'
    )

    _take_in(DOCUMENT.replace("<p>机器人搬运", figure + "<p>机器人搬运"))

    assert Article.objects.get().header_caption == "纸 <卷> & 木浆"


def test_the_original_is_kept_verbatim(db):
    _take_in()

    document = ImportedDocument.objects.get()
    assert document.text == DOCUMENT
    assert document.outcome == Outcome.CREATED


def test_published_it_carries_its_own_date(db):
    _take_in(publish=True)

    story = Article.objects.published().get()
    assert story.first_published_at == datetime(2022, 9, 17, 15, 1, 35, tzinfo=UTC)
    assert story.published_time_known


def test_of_a_midnight_only_the_day_is_known(db):
    _take_in(DOCUMENT.replace("Sat, 17 Sep 2022 15:01:35 GMT", "2022-09-17 00:00:00"), publish=True)

    assert not Article.objects.get().published_time_known


def test_importing_again_changes_nothing(db):
    _take_in(publish=True)
    before = (Article.objects.values().get(), Revision.objects.count())

    taken = _take_in(publish=True)

    assert taken.outcome == Outcome.UNCHANGED
    assert (Article.objects.values().get(), Revision.objects.count()) == before
    assert ImportedDocument.objects.count() == 1


def test_a_changed_document_makes_a_new_revision(db):
    _take_in()

    taken = _take_in(DOCUMENT.replace("搬运纸卷", "搬运木浆"))

    story = Article.objects.get()
    assert taken.outcome == Outcome.UPDATED
    assert [r.number for r in story.revisions.all()] == [2, 1]
    assert "木浆" in story.body
    assert ImportedDocument.objects.count() == 2


def test_a_changed_document_of_a_live_story_waits_for_publication(db):
    _take_in(publish=True)

    _take_in(DOCUMENT.replace("搬运纸卷", "搬运木浆"))

    story = Article.objects.published().get()
    assert "纸卷" in story.body
    assert story.has_unpublished_changes


def test_a_changed_document_goes_live_with_publish(db):
    _take_in(publish=True)

    _take_in(DOCUMENT.replace("搬运纸卷", "搬运木浆"), publish=True)

    story = Article.objects.published().get()
    assert "木浆" in story.rendered_body
    assert story.modified_at is not None


def test_a_draft_can_be_published_by_a_second_run(db):
    _take_in()

    taken = _take_in(publish=True)

    assert taken.outcome == Outcome.UPDATED
    assert Article.objects.published().count() == 1


def test_what_the_desk_changed_survives_a_changed_document(db, ellen):
    _take_in()
    story = Article.objects.get()
    edited = writing.working_snapshot(story).changed(tags=("机器人",), standfirst="导语")
    writing.revise(story, edited, by=ellen)

    taken = _take_in(DOCUMENT.replace("搬运纸卷", "搬运木浆"))

    story.refresh_from_db()
    assert "木浆" in story.body
    assert (story.standfirst, [t.name for t in story.tags.all()]) == ("导语", ["机器人"])
    assert taken.remarks == ()


def test_what_both_changed_is_said_and_not_published(db, ellen):
    _take_in(publish=True)
    story = Article.objects.get()
    edited = writing.working_snapshot(story).changed(title="编辑的标题")
    writing.revise(story, edited, by=ellen)

    taken = _take_in(DOCUMENT.replace("用上了", "换下了"), publish=True)

    story.refresh_from_db()
    newest, before, _first = story.revisions.all()
    assert newest.snapshot.title == "造纸厂换下了机器人"
    assert before.snapshot.title == "编辑的标题"
    assert story.title == "造纸厂用上了机器人"
    assert len(taken.remarks) == 2


def test_a_story_edited_at_the_desk_is_not_published_by_the_importer(db, ellen):
    _take_in()
    story = Article.objects.get()
    edited = writing.working_snapshot(story).changed(title="编辑的标题")
    writing.revise(story, edited, by=ellen)

    taken = _take_in(publish=True)

    assert not Article.objects.published().exists()
    assert len(taken.remarks) == 1


def test_a_changed_document_of_an_approved_story_needs_approval_again(db, ellen):
    _take_in()
    story = Article.objects.get()
    _schedule(story, ellen)

    _take_in(DOCUMENT.replace("搬运纸卷", "搬运木浆"))

    story.refresh_from_db()
    assert (story.stage, story.approved_revision, story.scheduled_at) == (Stage.DRAFT, None, None)


def test_who_scheduled_a_story_hears_that_a_document_made_it_void(db, ellen, charlie):
    _take_in()
    story = Article.objects.get()
    _schedule(story, ellen)
    at = story.scheduled_at

    taken = _take_in(DOCUMENT.replace("搬运纸卷", "搬运木浆"))

    told = Notification.objects.get(kind=Notification.Kind.UNSCHEDULED)
    assert (told.recipient, told.text) == (ellen, exactly(at))
    assert taken.remarks == (
        f"稿件原定{exactly(at)}发布。文档内容有变，定时发布已取消，需要重新审核通过。",
    )


def test_the_audit_trail_says_that_a_document_took_the_time_away(db, ellen):
    _take_in()
    story = Article.objects.get()
    _schedule(story, ellen)

    _take_in(DOCUMENT.replace("搬运纸卷", "搬运木浆"))

    event = story.events.get(verb=Verb.UNSCHEDULE)
    assert event.details == {"was": story.scheduled_at.isoformat()}


def test_a_document_that_says_the_same_leaves_the_schedule(db, ellen):
    _take_in()
    story = Article.objects.get()
    _schedule(story, ellen)

    _take_in(again=True)

    story.refresh_from_db()
    assert story.stage == Stage.SCHEDULED
    assert not Notification.objects.filter(kind=Notification.Kind.UNSCHEDULED).exists()


def _schedule(story, ellen):
    Image.objects.update(alt="纸厂的车间")
    review.approve(story, by=ellen)
    scheduling.schedule(story, at=timezone.now() + timedelta(days=1), by=ellen)


def _send_back(story, ellen):
    review.submit(story, by=None)
    review.request_changes(story, comment="法律问题", by=ellen)


@pytest.mark.parametrize("judge", [_schedule, _send_back], ids=["scheduled", "sent back"])
@pytest.mark.parametrize("word", ["搬运纸卷", "搬运木浆"], ids=["same", "changed"])
def test_the_importer_publishes_nothing_the_desk_has_judged(db, ellen, judge, word):
    _take_in()
    judge(Article.objects.get(), ellen)

    for _attempt in range(2):
        taken = _take_in(DOCUMENT.replace("搬运纸卷", word), publish=True)

    assert not Article.objects.published().exists()
    assert len(taken.remarks) == 1


def test_a_withdrawn_story_stays_withdrawn(db, charlie):
    _take_in(publish=True)
    publishing.withdraw(Article.objects.get(), reason="侵权", by=charlie)

    taken = _take_in(DOCUMENT.replace("搬运纸卷", "搬运木浆"), publish=True)

    assert not Article.objects.published().exists()
    assert len(taken.remarks) == 1


def test_an_invalid_date_makes_a_draft_and_says_so(db):
    text = DOCUMENT.replace("Sat, 17 Sep 2022 15:01:35 GMT", "Invalid Date")

    taken = _take_in(text, publish=True)

    assert taken.outcome == Outcome.CREATED
    assert Article.objects.get().stage == Stage.DRAFT
    assert len(taken.remarks) == 2
    assert ImportedDocument.objects.get().remarks == list(taken.remarks)


def test_a_date_in_the_future_makes_a_draft(db):
    future = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M:%S")

    taken = _take_in(DOCUMENT.replace("Sat, 17 Sep 2022 15:01:35 GMT", future), publish=True)

    assert Article.objects.get().stage == Stage.DRAFT
    assert len(taken.remarks) == 1


def test_source_facts_and_what_was_left_out_are_kept(db):
    text = DOCUMENT.replace("工人照看机器人。</p>", "工人照看机器人。</p><p>责任编辑：老纸</p>")

    _take_in(text)

    document = ImportedDocument.objects.get()
    assert [fact["kind"] for fact in document.facts] == ["editor"]
    assert "老纸" not in Article.objects.get().body


def test_tags_at_the_end_of_the_body_become_tags(db):
    tags = '<p class="tags"><a href="https://example.com/t/1">#机器人</a></p>'
    text = DOCUMENT.replace("工人照看机器人。</p>", f"工人照看机器人。</p>{tags}<p>- THE END -</p>")

    _take_in(text)

    assert [t.name for t in Article.objects.get().tags.all()] == ["机器人"]


def test_a_kept_original_can_be_run_again(db, ellen):
    _take_in()
    story = Article.objects.get()

    taken = importing.take_in_again(ImportedDocument.objects.get(), by=ellen)

    assert (taken.outcome, taken.article) == (Outcome.UNCHANGED, story)
    assert ImportedDocument.objects.count() == 1


# --- pictures beside the document -------------------------------------------------------------

WITH_PICTURES = DOCUMENT.replace("https://pictures.example.com/header.jpg", "p/a.png").replace(
    "<p><br></p>", '<p><img src="p/b.png" alt="纸卷">（来源：纸业周刊）</p>'
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "a.png").write_bytes(factories.picture_file(colour="red"))
    (tmp_path / "p" / "b.png").write_bytes(factories.picture_file(colour="blue"))
    return tmp_path


def test_pictures_beside_a_document_come_into_the_library(db, folder):
    taken = _take_in(WITH_PICTURES, folder=folder)

    story = Article.objects.get()
    figure = Image.objects.exclude(pk=story.header_image_id).get()
    assert not story.header_image.is_remote
    assert f'<img src="{figure.url}" alt="纸卷" data-image="{figure.pk}"' in story.body
    assert 'width="64" height="36"' in story.body
    assert taken.remarks == ()


def test_a_missing_picture_is_said_and_the_text_stays(db, tmp_path):
    taken = _take_in(WITH_PICTURES, folder=tmp_path)

    story = Article.objects.get()
    assert story.header_image is None
    assert "<img" not in story.body
    assert "来源：纸业周刊" in story.body
    assert len(taken.remarks) == 2


def test_running_it_again_files_it_as_before(db, ellen):
    _take_in(category_as=CategoryAs.LEAF)

    taken = importing.take_in_again(ImportedDocument.objects.get(), by=ellen)

    assert taken.outcome == Outcome.UNCHANGED
    assert Category.objects.count() == 1


def test_running_it_again_finds_the_pictures_that_came_with_it(db, folder, ellen):
    _take_in(WITH_PICTURES, folder=folder)

    taken = importing.take_in_again(ImportedDocument.objects.get(), by=ellen)

    assert (taken.outcome, taken.remarks) == (Outcome.UNCHANGED, ())


def test_trying_it_out_keeps_no_picture(db, folder):
    _take_in(WITH_PICTURES, folder=folder, keep_pictures=False)

    assert not Image.objects.exists()


@pytest.mark.parametrize("path", ["../secret.png", "p/../../secret.png", "%2e%2e/secret.png"])
def test_no_picture_is_read_from_outside_the_folder(db, folder, path):
    (folder.parent / "secret.png").write_bytes(factories.picture_file(colour="green"))

    _take_in(WITH_PICTURES.replace("p/a.png", path), folder=folder)

    assert Image.objects.count() == 1


# --- hostile ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", None),
        (b"\x00\x01\x02\xff\xfe", None),
        ("没有前置信息".encode(), 1),
        (DOCUMENT.replace("title: '造纸厂用上了机器人'\n", "").encode(), 2),
        (DOCUMENT.replace("17 Sep 2022", "31 Feb 2022").encode(), 11),
        (DOCUMENT[: DOCUMENT.index("<div>")].encode(), None),
        (DOCUMENT.replace("造纸厂", "造" * 300).encode(), None),
        (DOCUMENT.replace("纸业周刊", "纸" * 300).encode(), None),
    ],
    ids=[
        "empty",
        "binary",
        "no front matter",
        "no title",
        "impossible date",
        "no body",
        "long title",
        "long names",
    ],
)
def test_a_bad_document_fails_with_its_sentence(db, data, line):
    taken = importing.take_in(Incoming(import_ref="x", file_name="x.md", data=data), by=None)

    assert taken.outcome == Outcome.FAILED
    assert len(taken.sentence) > 5
    assert line is None or taken.line == line
    assert not Article.objects.exists()
    assert ImportedDocument.objects.get().sentence == taken.sentence


def test_failing_twice_is_kept_once(db):
    for _attempt in range(2):
        _take_in("nothing")

    assert ImportedDocument.objects.count() == 1


def test_a_document_that_turned_bad_leaves_its_story_alone(db):
    _take_in()

    _take_in("nothing")

    assert Article.objects.get().title == "造纸厂用上了机器人"


def test_gb18030_is_read_and_its_bytes_are_kept(db):
    data = DOCUMENT.encode("gb18030")

    importing.take_in(Incoming(import_ref="1", file_name="1.md", data=data), by=None)

    assert Article.objects.get().title == "造纸厂用上了机器人"
    assert bytes(ImportedDocument.objects.get().raw) == data


def test_what_nobody_can_read_is_kept_all_the_same(db):
    data = b"\xff\x00\x01" + DOCUMENT.encode()

    importing.take_in(Incoming(import_ref="1", file_name="1.md", data=data), by=None)

    assert bytes(ImportedDocument.objects.get().raw) == data


@pytest.mark.parametrize("name", ["p/%00.png", "p/" + "长" * 400 + ".png"], ids=["NUL", "long"])
def test_an_impossible_picture_name_is_a_remark(db, folder, name):
    taken = _take_in(WITH_PICTURES.replace("p/a.png", name), folder=folder)

    assert taken.outcome == Outcome.CREATED
    assert len(taken.remarks) == 1
