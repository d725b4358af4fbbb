"""What no text may hold goes, and nothing else does."""

import pytest

from articles.characters import storable


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("芯片厂“重启”生产线", "芯片厂“重启”生产线", id="Chinese"),
        pytest.param("😀\U0010ffff", "😀\U0010ffff", id="beyond the first plane"),
        pytest.param("a\tb\r\nc\u2028\u200b", "a\tb\r\nc\u2028\u200b", id="blanks and line ends"),
        # hostile
        pytest.param("a\x00b", "ab", id="NUL"),
        pytest.param("a\x08\x0b\x0c\x1f\x7fb", "ab", id="controls"),
        pytest.param("a\ud83db\ude00c", "abc", id="halves of a character"),
        pytest.param("a\ufffe\uffffb", "ab", id="no characters"),
    ],
)
def test_what_no_text_can_hold_is_left_out(text, kept):
    assert storable(text) == kept
