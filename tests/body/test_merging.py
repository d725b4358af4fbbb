"""Two texts that grew from one: what both changed is asked, everything else is kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.dividing import divide, key_of
from articles.body.merging import (
    Choice,
    Standing,
    Undecided,
    merge,
    merged,
    standings,
)
from articles.body.sanitising import sanitise
from tests.body.stored import BODIES, EDITS, ODD, edited

ONE, TWO, THREE = "<p>今天发布了新模型。</p>", "<p>价格没有变化。</p>", "<p>下周开始发货。</p>"
FOUR = "<p>编辑部没有收到答复。</p>"
BASE = f"{ONE}\n{TWO}\n{THREE}"


def defaults(chunks) -> dict:
    return {at: Choice.BOTH for at, chunk in enumerate(chunks) if chunk.default is None}


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        pytest.param(BASE, BASE, ["same"] * 3, id="nobody changed anything"),
        pytest.param(BASE.replace("今天", "昨天"), BASE, ["mine", "same", "same"], id="mine"),
        pytest.param(BASE, f"{BASE}\n<p>新。</p>", ["same", "same", "same", "theirs"], id="theirs"),
        pytest.param(
            BASE.replace("今天", "昨天"),
            BASE.replace("价格", "售价"),
            ["mine", "theirs", "same"],
            id="neighbours",
        ),
        pytest.param(
            BASE.replace("今天", "昨天"),
            BASE.replace("今天", "昨天"),
            ["both_alike", "same", "same"],
            id="both alike",
        ),
        pytest.param(
            BASE.replace("今天", "昨天"),
            BASE.replace("今天", "明天"),
            ["conflict", "same", "same"],
            id="both",
        ),
        pytest.param(
            f"{ONE}\n{THREE}",
            BASE.replace("价格", "售价"),
            ["same", "conflict", "same"],
            id="gone and reworked",
        ),
        pytest.param(
            f"{ONE}\n{THREE}", f"{TWO}\n{THREE}", ["theirs", "mine", "same"], id="each took one out"
        ),
        pytest.param(
            f"<p>甲。</p>\n{BASE}",
            f"<p>乙。</p>\n{BASE}",
            ["conflict", "same", "same", "same"],
            id="put in at one place",
        ),
        pytest.param(
            f"<p>甲。</p>\n<p>丙。</p>\n{BASE}",
            f"<p>丙。</p>\n{BASE}",
            ["mine", "both_alike", "same", "same", "same"],
            id="both put in the same, and one more",
        ),
    ],
)
def test_every_chunk_says_who_changed_it(mine, theirs, expected):
    assert [str(chunk.standing) for chunk in merge(BASE, mine, theirs)] == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "asked"),
    [
        pytest.param(
            f"{TWO}\n{THREE}\n{FOUR}\n{ONE}",
            f"{TWO}\n{ONE}\n{THREE}\n{FOUR}",
            2,
            id="both moved it",
        ),
        pytest.param(
            f"{TWO}\n{THREE}\n{FOUR}\n{ONE.replace('今天', '昨天')}",
            f"{TWO}\n{ONE}\n{THREE}\n{FOUR}",
            2,
            id="both moved it and one reworked it",
        ),
        pytest.param(
            f"{TWO}\n{THREE}\n{FOUR}\n{ONE}",
            f"{ONE.replace('今天', '昨天')}\n{TWO}\n{THREE}\n{FOUR}",
            2,
            id="moved and reworked",
        ),
        pytest.param(
            f"{TWO}\n{THREE}\n{FOUR}\n{ONE}", f"{TWO}\n{THREE}\n{FOUR}", 1, id="moved and gone"
        ),
        pytest.param(
            f"{TWO}\n{THREE}\n{FOUR}\n{ONE}",
            f"{ONE}\n{TWO}\n{THREE}\n{FOUR.replace('编辑部', '记者')}",
            0,
            id="only one moved it",
        ),
        pytest.param(
            f"{TWO}\n{THREE}\n{FOUR}\n{ONE}",
            f"{TWO}\n{THREE}\n{FOUR}\n{ONE}",
            0,
            id="both moved it to one place",
        ),
    ],
)
def test_a_paragraph_that_one_moved_and_the_other_touched_is_asked_for(mine, theirs, asked):
    chunks = merge(f"{ONE}\n{TWO}\n{THREE}\n{FOUR}", mine, theirs)

    everything = range(len(chunks))
    assert sum(chunk.default is None for chunk in chunks) == asked
    assert merged(chunks, dict.fromkeys(everything, Choice.MINE)) == mine
    assert merged(chunks, dict.fromkeys(everything, Choice.THEIRS)) == theirs


def test_what_only_one_side_changed_needs_no_choice():
    mine, theirs = BASE.replace("今天", "昨天"), f"{BASE.replace('价格', '售价')}\n<p>新。</p>"

    result = merged(merge(BASE, mine, theirs), {})

    assert result == f"{BASE.replace('今天', '昨天').replace('价格', '售价')}\n<p>新。</p>"


def test_a_conflict_without_a_choice_is_not_guessed():
    chunks = merge(BASE, BASE.replace("今天", "昨天"), BASE.replace("今天", "明天"))

    with pytest.raises(Undecided):
        merged(chunks, {})


@pytest.mark.parametrize(
    ("choice", "first"),
    [
        (Choice.MINE, "<p>昨天发布了新模型。</p>"),
        (Choice.THEIRS, "<p>明天发布了新模型。</p>"),
        (Choice.BOTH, "<p>昨天发布了新模型。</p>\n<p>明天发布了新模型。</p>"),
    ],
    ids=str,
)
def test_a_conflict_is_what_was_chosen(choice, first):
    chunks = merge(BASE, BASE.replace("今天", "昨天"), BASE.replace("今天", "明天"))

    assert merged(chunks, {0: choice}) == f"{first}\n{TWO}\n{THREE}"


def test_a_change_of_one_side_can_be_left_out():
    chunks = merge(BASE, BASE.replace("今天", "昨天"), BASE.replace("价格", "售价"))

    assert merged(chunks, {0: Choice.THEIRS}) == BASE.replace("价格", "售价")


def test_what_both_put_in_at_the_end_stands_on_lines_of_its_own():
    chunks = merge(BASE, f"{BASE}\n<p>甲。</p>", f"{BASE}\n<p>乙。</p>")

    assert merged(chunks, {3: Choice.BOTH}) == f"{BASE}\n<p>甲。</p>\n<p>乙。</p>"


@pytest.mark.parametrize(
    ("mine", "theirs", "choice", "expected"),
    [
        pytest.param(f"{TWO}\n<p>新。</p>", TWO, Choice.THEIRS, TWO, id="one side has the end"),
        pytest.param(
            f"{TWO}\n<p>新。</p>", TWO, Choice.MINE, f"{TWO}\n<p>新。</p>", id="one side has more"
        ),
        pytest.param(
            f"<p>甲。</p>\n{TWO}",
            f"<p>乙。</p>\n{TWO}",
            Choice.BOTH,
            f"<p>甲。</p>\n<p>乙。</p>\n{TWO}",
            id="both put something in",
        ),
    ],
)
def test_a_block_both_took_out_leaves_no_trace(mine, theirs, choice, expected):
    chunks = merge(f"{ONE}\n{TWO}", mine, theirs)

    assert merged(chunks, dict.fromkeys(range(len(chunks)), choice)) == expected


@given(BODIES)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_a_text_merged_with_itself_is_itself(body):
    assert merged(merge(body, body, body), {}) == body


@given(BODIES, BODIES)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_two_alike_merge_into_what_they_are(ancestor, body):
    assert merged(merge(ancestor, body, body), {}) == body


@given(st.one_of(BODIES, ODD), EDITS)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_if_one_side_changed_nothing_the_other_is_the_result(ancestor, edits):
    new = edited(ancestor, edits)

    assert merged(merge(ancestor, new, ancestor), {}) == new
    assert merged(merge(ancestor, ancestor, new), {}) == new


@given(BODIES, EDITS, EDITS)
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_with_both_everywhere_no_block_of_either_side_is_missing(ancestor, edits, others):
    mine, theirs = edited(ancestor, edits), edited(ancestor, others)
    chunks = merge(ancestor, mine, theirs)

    result = merged(chunks, dict.fromkeys(range(len(chunks)), Choice.BOTH))

    kept = {key_of(block) for block in divide(result)}
    assert {key_of(block) for block in (*divide(mine), *divide(theirs))} <= kept


@given(BODIES, EDITS, EDITS)
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_by_default_every_change_of_either_side_is_in_the_result(ancestor, edits, others):
    mine, theirs = edited(ancestor, edits), edited(ancestor, others)
    chunks = merge(ancestor, mine, theirs)

    result = merged(chunks, defaults(chunks))

    kept, base = {key_of(block) for block in divide(result)}, set(map(key_of, divide(ancestor)))
    assert {key_of(block) for block in (*divide(mine), *divide(theirs))} - base <= kept


@given(BODIES, EDITS, EDITS)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_all_choices_of_one_side_are_that_side(ancestor, edits, others):
    mine, theirs = edited(ancestor, edits), edited(ancestor, others)
    chunks = merge(ancestor, mine, theirs)

    everything = range(len(chunks))
    assert merged(chunks, dict.fromkeys(everything, Choice.MINE)) == mine
    assert merged(chunks, dict.fromkeys(everything, Choice.THEIRS)) == theirs


@given(BODIES, EDITS, EDITS)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_a_merged_body_passes_the_sanitiser(ancestor, edits, others):
    chunks = merge(ancestor, edited(ancestor, edits), edited(ancestor, others))

    result = merged(chunks, defaults(chunks))

    assert sanitise(result) == result


@pytest.mark.parametrize(
    ("ancestor", "mine", "theirs", "expected"),
    [
        pytest.param("甲", "甲", "甲", Standing.SAME, id="nobody"),
        pytest.param("甲", "乙", "甲", Standing.MINE, id="mine"),
        pytest.param("甲", "甲", "乙", Standing.THEIRS, id="theirs"),
        pytest.param("甲", "乙", "乙", Standing.BOTH_ALIKE, id="both alike"),
        pytest.param("甲", "乙", "丙", Standing.CONFLICT, id="both"),
        pytest.param((1,), (1, 2), (1, 3), Standing.CONFLICT, id="relations"),
        pytest.param(None, 1, None, Standing.MINE, id="nothing before"),
    ],
)
def test_every_field_says_who_changed_it(ancestor, mine, theirs, expected):
    found = standings({"a": ancestor, "b": 1}, {"a": mine, "b": 1}, {"a": theirs, "b": 1})

    assert found == {"a": expected, "b": Standing.SAME}


# hostile


@given(ODD, ODD, ODD)
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_any_three_texts_can_be_merged(ancestor, mine, theirs):
    chunks = merge(ancestor, mine, theirs)

    assert "".join(chunk.mine for chunk in chunks) == mine
    assert "".join(chunk.theirs for chunk in chunks) == theirs
    assert "".join(chunk.ancestor for chunk in chunks) == ancestor
