"""Notes on a story and its passages, answered, settled, and told to those they concern."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.body.passages import Passage
from articles.desk import assigning, notes, writing
from articles.desk.mentions import mentioned, pieces
from articles.models import Note, Notification, PreviewLink, User
from articles.workflow import NotAllowed

Kind = Notification.Kind


@pytest.fixture
def note(draft, ellen):
    """What Ellen says about Wanda's draft."""
    return notes.add(draft, text="数字对吗？", by=ellen)


@pytest.fixture
def link(draft, ellen):
    """A preview that Ellen has sent to somebody."""
    soon = timezone.now() + timedelta(hours=1)
    return PreviewLink.objects.create(
        article=draft, token_hash="0", created_by=ellen, expires_at=soon, may_comment=True
    )


def told() -> set[tuple[str, str]]:
    """Whom, and of what."""
    return {(n.recipient.name, n.kind) for n in Notification.objects.select_related("recipient")}


# Adding


def test_a_note_says_who_said_it_and_of_which_revision(draft, note, ellen):
    assert (note.article, note.author, note.text) == (draft, ellen, "数字对吗？")
    assert note.revision == draft.working_revision


def test_a_note_keeps_the_passage_it_stands_at(draft, ellen):
    passage = Passage("今天", "工厂", "恢复生产。")

    note = notes.add(draft, text="哪天？", by=ellen, passage=passage)

    assert (note.quote, note.prefix, note.suffix) == ("今天", "工厂", "恢复生产。")


def test_the_surroundings_of_a_quote_are_read_from_the_working_copy(live, ellen, snapshot):
    writing.revise(live, snapshot.changed(body="<p>工厂 <strong>明天</strong>停产。</p>"), by=ellen)

    passage = notes.quoted(live, "明天 停产")

    assert passage == Passage("明天 停产", "工厂", "。")


def test_a_quote_that_is_not_in_the_story_is_refused(draft):
    with pytest.raises(notes.PassageMissing):
        notes.quoted(draft, "没有的话")


def test_no_quote_is_no_passage(draft):
    assert notes.quoted(draft, "  ") is None


@pytest.mark.parametrize("text", ["", "  \n", "\0", "长" * 5001], ids=repr)
def test_a_note_says_something_and_not_a_book(draft, ellen, text):
    with pytest.raises(notes.UnsuitableNote):
        notes.add(draft, text=text, by=ellen)

    assert not Note.objects.exists()


def test_otto_says_nothing_about_a_draft(draft, otto):
    with pytest.raises(NotAllowed):
        notes.add(draft, text="我说一句", by=otto)


def test_wanda_says_nothing_about_ellens_draft(snapshot, wanda, ellen):
    story = writing.create(snapshot, by=ellen)

    with pytest.raises(NotAllowed):
        notes.add(story, text="我说一句", by=wanda)


def test_wanda_may_note_on_her_story_while_it_is_in_review(in_review, wanda):
    assert notes.add(in_review, text="补一句", by=wanda).pk


# Replies


def test_a_reply_belongs_to_its_thread(note, wanda, ellen):
    reply = notes.reply(note, text="核实过。", by=wanda)

    again = notes.reply(reply, text="谢谢。", by=ellen)

    assert (reply.parent, again.parent) == (note, note)
    assert list(Note.objects.threads()) == [note]


def test_otto_answers_nothing(note, otto):
    with pytest.raises(NotAllowed):
        notes.reply(note, text="我说一句", by=otto)


def test_threads_are_read_in_two_queries(draft, note, wanda, django_assert_num_queries):
    for _turn in range(3):
        notes.reply(note, text="核实过。", by=wanda)

    with django_assert_num_queries(2):
        threads = list(draft.notes.threads().with_replies())
        said = [str(reply.author) for reply in threads[0].replies.all()]

    assert said == ["Wanda"] * 3


# Editing and taking back


def test_ones_own_note_is_edited(note, ellen):
    edited = notes.edit(note, text="数字再核一遍。", by=ellen)

    assert edited.text == "数字再核一遍。"
    assert edited.edited_at is not None


def test_the_same_words_again_are_no_edit(note, ellen):
    assert notes.edit(note, text=note.text, by=ellen).edited_at is None


def test_nobody_edits_what_another_said(note, wanda, charlie):
    for somebody in (wanda, charlie):
        with pytest.raises(NotAllowed):
            notes.edit(note, text="改掉", by=somebody)

    note.refresh_from_db()
    assert note.text == "数字对吗？"


def test_ones_own_note_is_taken_back_with_what_was_told_of_it(note, ellen):
    notes.delete(note, by=ellen)

    assert not Note.objects.exists()
    assert told() == set()


def test_nobody_takes_back_what_another_said(note, wanda):
    with pytest.raises(NotAllowed):
        notes.delete(note, by=wanda)


def test_a_thread_in_which_others_answered_stays(note, ellen, wanda):
    notes.reply(note, text="核实过。", by=wanda)

    with pytest.raises(notes.ThreadGoesOn):
        notes.delete(note, by=ellen)

    assert Note.objects.count() == 2


# Settling


def test_a_settled_thread_does_not_count(draft, note, wanda):
    notes.resolve(note, by=wanda)

    note.refresh_from_db()
    assert (note.resolved_by, draft.notes.unresolved().count()) == (wanda, 0)


def test_a_reply_settles_its_whole_thread(draft, note, wanda):
    reply = notes.reply(note, text="改好了。", by=wanda)

    notes.resolve(reply, by=wanda)

    assert draft.notes.unresolved().count() == 0


def test_settling_twice_keeps_who_settled_it(note, wanda, ellen):
    notes.resolve(note, by=wanda)

    again = notes.resolve(note, by=ellen)

    assert again.resolved_by == wanda


def test_a_thread_is_taken_up_again(draft, note, wanda, ellen):
    notes.resolve(note, by=wanda)

    notes.reopen(note, by=ellen)

    assert list(draft.notes.unresolved()) == [note]


def test_otto_settles_nothing(note, otto):
    with pytest.raises(NotAllowed):
        notes.resolve(note, by=otto)


# Who is told


def test_the_writer_is_told_of_a_note(note):
    assert told() == {("Wanda", Kind.NOTED)}


def test_those_in_the_thread_are_told_of_a_reply(note, wanda, charlie):
    Notification.objects.all().delete()

    notes.reply(note, text="我也想问。", by=charlie)

    assert told() == {("Ellen", Kind.REPLIED), ("Wanda", Kind.NOTED)}


def test_the_assignee_is_told_of_a_note(draft, ellen, charlie):
    assigning.assign(draft, to=ellen, due_at=None, by=ellen)

    notes.add(draft, text="看一下。", by=charlie)

    assert ("Ellen", Kind.NOTED) in told()


def test_whom_a_note_names_is_told_once_and_as_named(draft, wanda, ellen, charlie):
    notes.add(draft, text="@Wanda 和 @Charlie 请看。", by=ellen)

    assert told() == {("Wanda", Kind.MENTIONED), ("Charlie", Kind.MENTIONED)}
    assert Notification.objects.count() == 2


def test_nobody_is_named_who_may_not_see_the_story(draft, ellen, otto):
    note = notes.add(draft, text="@Otto 请看。", by=ellen)

    assert not note.mentions.exists()
    assert ("Otto", Kind.MENTIONED) not in told()


def test_naming_oneself_tells_nobody(draft, wanda):
    notes.add(draft, text="@Wanda 记得改。", by=wanda)

    assert told() == set()


def test_an_edit_tells_only_those_it_names_anew(note, wanda, ellen, charlie):
    notes.edit(note, text="@Wanda 数字对吗？", by=ellen)
    Notification.objects.all().delete()

    notes.edit(note, text="@Wanda @Charlie 数字对吗？", by=ellen)

    assert told() == {("Charlie", Kind.MENTIONED)}
    assert note.mentions.count() == 2


def test_settling_tells_nobody(note, wanda, charlie):
    Notification.objects.all().delete()

    notes.resolve(note, by=charlie)

    assert told() == set()


# Guests


def test_a_guests_note_is_told_to_the_writer_and_to_whoever_invited_them(link):
    note = notes.add_as_guest(link, name=" 受访者  ", text="@Charlie 这句不是我说的。")

    assert (note.author, note.guest_name, note.preview_link) == (None, "受访者", link)
    assert told() == {("Wanda", Kind.NOTED), ("Ellen", Kind.NOTED)}


def test_a_guest_without_a_name_is_a_guest(link):
    assert notes.add_as_guest(link, name="", text="不对。").guest_name


def test_a_guests_note_is_taken_back_by_an_editor_and_edited_by_nobody(link, wanda, ellen):
    note = notes.add_as_guest(link, name="受访者", text="不对。")

    with pytest.raises(NotAllowed):
        notes.edit(note, text="对。", by=ellen)
    with pytest.raises(NotAllowed):
        notes.delete(note, by=wanda)
    notes.delete(note, by=ellen)

    assert not Note.objects.exists()


# Names behind an @


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Wanda 请看", ["Wanda"]),
        ("请@wanda看", ["Wanda"]),
        ("＠林墨，请看", ["林墨"]),
        ("@林墨白请看", ["林墨白"]),
        ("@lin 请看", ["林墨"]),
        ("@Wan Li, please", ["Wan Li"]),
        ("@Wanda @林墨 @Wanda", ["Wanda", "林墨"]),
        ("@Wandas", []),
        ("写信给 lin@wanda.example", []),
        ("@没有此人 @", []),
        ("Wanda", []),
    ],
)
def test_a_name_behind_an_at_sign_means_that_person(text, names):
    people = [
        User(pk=1, username="wanda", name="Wanda"),
        User(pk=2, username="lin", name="林墨"),
        User(pk=3, username="lin.mobai", name="林墨白"),
        User(pk=4, username="wanli", name="Wan Li"),
    ]

    assert [str(person) for person in mentioned(text, people)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Strauß 请看", ["Strauß"]),
        ("@strauß 请看", ["Strauß"]),
        ("@STRAUSS 请看", ["Strauß"]),
        ("@İpek 请看", ["İpek"]),
        ("@ipek 请看", []),
    ],
)
def test_a_name_is_found_in_every_case_even_if_that_changes_its_length(text, names):
    people = [
        User(pk=1, username="one", name="Strauß"),
        User(pk=2, username="two", name="İpek"),
    ]

    assert [str(person) for person in mentioned(text, people)] == names
    assert [piece for piece, is_mention in pieces(text, people) if is_mention] == [
        text.partition(" ")[0] for _name in names
    ]


def test_nobody_is_meant_where_there_is_nobody():
    assert mentioned("@Wanda", []) == []
