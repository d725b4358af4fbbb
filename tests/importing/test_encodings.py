"""Whatever program saved a document, its words must come out, or a sentence saying why not."""

import codecs

import pytest

from articles.importing.encodings import decode
from articles.importing.front_matter import MalformedDocument

TEXT = "\n---\ntitle: '纸上的电路：𠮷 and “quotes”'\n---\n正文，一二三四五六七八九十。\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), id="utf-8 with a mark"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), id="utf-16 little-endian"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), id="utf-16 big-endian"),
        pytest.param(TEXT.encode("gb18030"), id="gb18030"),
        pytest.param(("\ufeff" + TEXT).encode("gb18030"), id="gb18030 with a mark"),
    ],
)
def test_every_encoding_gives_the_same_text(data):
    assert decode(data) == TEXT


def test_older_chinese_encodings_are_part_of_gb18030():
    data = "简体 GBK，繁體也在內。".encode("gbk")

    assert decode(data) == "简体 GBK，繁體也在內。"


def test_a_stray_control_character_does_not_make_a_text_binary():
    data = ("一段很长的正文。" * 40 + "\x08").encode()

    assert decode(data).endswith("\x08")


# hostile


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"", "is empty", id="no bytes"),
        pytest.param(b" \r\n\t\n", "is empty", id="only white space"),
        pytest.param(codecs.BOM_UTF8 + b"\n", "is empty", id="a mark and nothing else"),
        pytest.param(codecs.BOM_UTF16_LE, "is empty", id="a utf-16 mark and nothing else"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text", id="a picture"),
        pytest.param(TEXT.encode("utf-16-le"), "not a text", id="utf-16 without a mark"),
        pytest.param(TEXT.encode("utf-32"), "not a text", id="utf-32"),
        pytest.param(bytes(range(1, 32)) * 4, "not a text", id="control characters"),
        pytest.param(b"\xff\xfeA", "neither UTF-8", id="utf-16 cut in a character"),
        pytest.param(b"abc \xff\xff\xff\xff", "neither UTF-8", id="bytes of no encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_its_own_sentence(data, sentence):
    with pytest.raises(MalformedDocument, match=sentence) as refusal:
        decode(data)

    assert refusal.value.line is None


def test_damaged_utf8_is_refused_with_its_line_instead_of_read_as_nonsense():
    data = TEXT.encode().replace("三".encode(), "三".encode()[:2])

    with pytest.raises(MalformedDocument, match="damaged") as refusal:
        decode(data)

    assert refusal.value.line == 5
