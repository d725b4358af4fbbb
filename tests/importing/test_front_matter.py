"""Documents are written by programs that only think they write YAML: nothing may get lost."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.front_matter import MalformedDocument, parse

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIELDS = """title: '灯塔计划发布'
categories: 
 - 开源
 - 码头周刊
 - 头条
headimg: 'https://img.example.com/lamp.webp'
author: 码头周刊
comments: false
date: Sat, 17 Sep 2022 00:05:00 GMT
thumbnail: 'https://img.example.com/lamp.webp'
"""  # noqa: W291 - the format has a blank there
BODY = "<p>第一段。</p>\n<p>第二段。</p>"


def document(fields=FIELDS, body=BODY):
    return f"\n---\n{fields}---\n\n<div>   \n{body}  \n</div>\n            "


def parsed(fields=FIELDS, body=BODY):
    return parse(document(fields, body), time_zone=SHANGHAI)


def with_field(line):
    """Return the fields with one line put in the place of the field of the same name."""
    name = line.split(":")[0]
    kept = [old for old in FIELDS.splitlines() if not old.startswith(name + ":")]
    return "\n".join([line, *kept]) + "\n"


def sentences(article):
    return [str(remark.sentence) for remark in article.remarks]


def test_a_document_in_the_outlets_format_gives_all_its_facts():
    article = parsed()

    assert article.title == "灯塔计划发布"
    assert article.categories == ("开源", "码头周刊", "头条")
    assert article.header_image == article.thumbnail == "https://img.example.com/lamp.webp"
    assert article.author == "码头周刊"
    assert not article.comments_enabled
    assert article.date == datetime(2022, 9, 17, 8, 5, tzinfo=SHANGHAI)
    assert article.date_has_time
    assert article.body == BODY
    assert article.remarks == ()


def test_the_optional_fields_are_read_when_they_are_there():
    more = "tags:\n - 编译器\n - 灯塔\n - 灯塔\nstandfirst: 一句导语。\nkind: News\n"
    more += "source_url: https://example.org/a?b=c#d\n"

    article = parsed(FIELDS + more)

    assert article.tags == ("编译器", "灯塔")
    assert article.standfirst == "一句导语。"
    assert article.kind == "news"
    assert article.source_url == "https://example.org/a?b=c#d"


def test_what_is_absent_is_empty():
    article = parsed("title: 只有标题\n")

    assert (article.categories, article.tags, article.author) == ((), (), "")
    assert (article.header_image, article.thumbnail, article.source_url) == ("", "", "")
    assert (article.standfirst, article.kind, article.date) == ("", "", None)
    assert article.comments_enabled


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param("'普通标题'", "普通标题", id="single quotes"),
        pytest.param('"It\'s here"', "It's here", id="double quotes"),
        pytest.param("没有引号 的标题", "没有引号 的标题", id="no quotes"),
        pytest.param("'\"我在深圳修飞船\"'", '"我在深圳修飞船"', id="a quotation as title"),
        pytest.param(
            '"""""""""\'夜读《编译之书》\'"""""""""', "夜读《编译之书》", id="run of quotes"
        ),
        pytest.param(
            '"\'\'Mind the Gap!" 地铁屏幕改造记"',
            "''Mind the Gap!\" 地铁屏幕改造记",
            id="quotes inside quotes",
        ),
        pytest.param("'这是'什么'新品'", "这是'什么'新品", id="single quotes inside single"),
        pytest.param("'don't panic'", "don't panic", id="apostrophe inside single quotes"),
        pytest.param('"a" 与 "b" 之争', '"a" 与 "b" 之争', id="quoted words, no outer quotes"),
        pytest.param("谷仓: 一个新的包管理器", "谷仓: 一个新的包管理器", id="a colon"),
        pytest.param("'[播客] 第十期'", "[播客] 第十期", id="brackets in quotes"),
        pytest.param("[播客] 第十期", "[播客] 第十期", id="brackets first"),
        pytest.param("[播客]", "[播客]", id="brackets only"),
        pytest.param("{草稿}", "{草稿}", id="braces only"),
        pytest.param("C # 入门", "C # 入门", id="a number sign is no comment"),
        pytest.param("#1 号工程", "#1 号工程", id="a number sign first"),
        pytest.param("@所有人", "@所有人", id="an at sign first"),
        pytest.param("*星号", "*星号", id="an asterisk first"),
        pytest.param("- 连字符", "- 连字符", id="a hyphen first"),
        pytest.param("| 竖线", "| 竖线", id="a bar first"),
        pytest.param("`反引号`", "`反引号`", id="backquotes"),
        pytest.param("_Podcast_ 空档", "_Podcast_ 空档", id="underscores stay"),
        pytest.param("'Lucky  - 两个空格'", "Lucky  - 两个空格", id="doubled blanks"),
        pytest.param("'收工 ✌️🚀'", "收工 ✌️🚀", id="emoji"),
        pytest.param("123", "123", id="a number"),
        pytest.param("yes", "yes", id="a boolean"),
        pytest.param("2022-01-01", "2022-01-01", id="a date"),
        pytest.param("1_000.5e3", "1_000.5e3", id="a float"),
        pytest.param("!!python/name:os.system 标题", "标题", id="a tag"),
        pytest.param("&a 标题", "标题", id="an anchor"),
        pytest.param(">\n  折行的\n  标题", "折行的 标题", id="folded block"),
        pytest.param("|\n  两行的\n  标题", "两行的 标题", id="literal block"),
        pytest.param("第一行\n  第二行", "第一行 第二行", id="plain over two lines"),
        pytest.param("'一\u2028二\x85三'", "一 二 三", id="other line ends"),
        pytest.param('"a\\0b\\uD800c\\x07"', "abc", id="characters that no field may hold"),
    ],
)
def test_the_right_title_comes_out(written, title):
    article = parsed(with_field(f"title: {written}"))

    assert article.title == title
    assert article.author == "码头周刊"


@pytest.mark.parametrize(
    ("written", "path", "author"),
    [
        pytest.param(
            "\n - 开源\n - 码头周刊\n - 头条", ("开源", "码头周刊", "头条"), "码头周刊", id="three"
        ),
        pytest.param(
            "\n    - 开源\n    - 码头周刊 - 头条",
            ("开源", "码头周刊", "头条"),
            "码头周刊 - 头条",
            id="two, another author",
        ),
        pytest.param("\n - 开源\n - 码头", ("开源", "码头"), "码头周刊 - 头条", id="plain two"),
        pytest.param("\n - 开源\n - 码头\n - — 头条", ("开源", "码头", "头条"), "", id="a dash"),
        pytest.param(" 开源", ("开源",), "", id="a text"),
        pytest.param(" [开源, 码头]", ("开源", "码头"), "", id="flow list"),
        pytest.param("\n - 开源\n -\n - ''\n - 头条", ("开源", "头条"), "", id="empty items"),
        pytest.param("\n - 2022\n - yes", ("2022", "yes"), "", id="not text to YAML"),
        pytest.param("", (), "", id="none"),
    ],
)
def test_categories_are_a_path(written, path, author):
    article = parsed(f"title: x\ncategories:{written}\nauthor: {author}\n")

    assert article.categories == path


def test_an_author_equal_to_source_and_section_is_the_source():
    article = parsed("title: x\ncategories:\n - 开源\n - 码头 - 头条\nauthor: 码头 - 头条\n")

    assert article.categories == ("开源", "码头", "头条")
    assert article.author == "码头"


@pytest.mark.parametrize(
    ("written", "enabled"),
    [("true", True), ("yes", True), ("", True), ("false", False), ("No", False), ("off", False)],
    ids=["true", "yes", "empty", "false", "no", "off"],
)
def test_comments_are_open_unless_the_document_closes_them(written, enabled):
    article = parsed(with_field(f"comments: {written}"))

    assert article.comments_enabled is enabled


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        pytest.param("\n - 一\n - 二", ("一", "二"), id="block list"),
        pytest.param(" [一, 二]", ("一", "二"), id="flow list"),
        pytest.param(" 一, 二，三、四", ("一", "二", "三", "四"), id="one text"),
        pytest.param("", (), id="none"),
    ],
)
def test_tags_are_read_from_a_list_or_a_text(written, tags):
    assert parsed(f"{FIELDS}tags:{written}\n").tags == tags


def test_null_is_no_author_and_quoted_null_is_a_name():
    assert parsed(with_field("author: null")).author == ""
    assert parsed(with_field("author: 'null'")).author == "null"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param("<p>a</p>", "<p>a</p>", id="html"),
        pytest.param("只有文字\n\n两行", "只有文字\n\n两行", id="text only"),
        pytest.param("<div>\na\n</div>", "<div>\na\n</div>", id="a div of its own"),
        pytest.param("代码 <div> 没有关", "代码 <div> 没有关", id="a div never closed"),
        pytest.param("a\n---\nb", "a\n---\nb", id="a line of hyphens"),
        pytest.param('<img src="a.png">', '<img src="a.png">', id="a picture and no text"),
    ],
)
def test_the_frame_goes_and_the_body_stays_as_it_is(text, body):
    assert parsed(body=text).body == body


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(document().replace("\n", "\r\n"), id="crlf"),
        pytest.param(document().replace("\n", "\r"), id="cr"),
        pytest.param("\ufeff" + document(), id="byte order mark"),
        pytest.param("\n\n \n" + document(), id="blank lines first"),
        pytest.param(document().replace("---\n", "---  \t\n"), id="blanks after the hyphens"),
        pytest.param(document().replace("\n---\n\n<div>", "\n...\n\n<div>"), id="dots at the end"),
        pytest.param(document().rstrip(), id="no trailing blanks"),
    ],
)
def test_line_ends_and_blanks_change_nothing(text):
    assert parse(text, time_zone=SHANGHAI) == parsed()


# remarks


@pytest.mark.parametrize(
    ("fields", "sentence", "line"),
    [
        pytest.param(with_field("date: Invalid Date"), "reads “Invalid Date”", 3, id="invalid"),
        pytest.param(with_field("date: 上周二"), "reads “上周二”", 3, id="unknown form"),
        pytest.param(with_field("date:"), "no date", 3, id="empty date"),
        pytest.param("title: x\n", "no date", None, id="absent date"),
        pytest.param(with_field("title: 'a'b'"), "not valid YAML", 3, id="not yaml"),
        pytest.param(FIELDS + "layout: post\n", "“layout” is not known", 13, id="unknown field"),
        pytest.param(FIELDS + "author: 别人\n", "“author” is given more", 13, id="twice"),
        pytest.param(with_field("thumbnail: b.png"), "thumbnail is another", 3, id="thumbnail"),
        pytest.param(with_field("comments: maybe"), "neither true nor", 3, id="comments"),
    ],
)
def test_what_the_editor_should_know_is_a_remark_with_its_line(fields, sentence, line):
    remark = next(r for r in parsed(fields).remarks if sentence in str(r.sentence))

    assert remark.line == line


def test_a_field_given_twice_counts_once_even_when_read_by_line():
    article = parsed(with_field("title: 'a'b'") + "author: 别人\n")

    assert article.author == "码头周刊"
    assert any("“author” is given more" in sentence for sentence in sentences(article))


def test_a_body_without_its_frame_is_taken_whole_and_said_so():
    article = parse(f"---\n{FIELDS}---\n{BODY}", time_zone=SHANGHAI)

    assert article.body == BODY
    assert sentences(article) == ["The outer <div> around the body is missing or not closed."]


# hostile


@pytest.mark.parametrize(
    ("text", "sentence", "line"),
    [
        pytest.param("", "is empty", None, id="empty"),
        pytest.param(" \r\n\n\t", "is empty", None, id="blank"),
        pytest.param("\ufeff\x85", "is empty", None, id="blank to Unicode"),
        pytest.param("\x00\x01", "not a text document", None, id="binary"),
        pytest.param("\n\n# 标题\n正文", "no front matter", 3, id="no front matter"),
        pytest.param("<div>正文</div>", "no front matter", 1, id="only a body"),
        pytest.param("\n---\ntitle: x\n正文", "never closed", 2, id="never closed"),
        pytest.param("---\ntitle: x\n<div>\n---\n", "never closed", 1, id="closed in the body"),
        pytest.param("---\n" + "a" * 70_000 + "\n---\n", "never closed", 1, id="too long"),
        pytest.param(document("- a\n- b\n"), "not a list of fields", 3, id="a list"),
        pytest.param(document("一句话\n"), "not a list of fields", 3, id="a text"),
        pytest.param(document("'一'句'话\n"), "not a list of fields", 3, id="broken text"),
        pytest.param(document("author: x\n"), "no title", 2, id="no title"),
        pytest.param(document("author: x\ntitle: ''\n"), "no title", 4, id="empty title"),
        pytest.param(document(""), "no title", 2, id="no fields"),
        pytest.param(document(body=""), "no body", 14, id="no body"),
        pytest.param(document(body="<p>\u00a0</p><p><br></p>"), "no body", 14, id="empty tags"),
        pytest.param(f"---\n{FIELDS}---", "no body", 13, id="nothing after"),
        pytest.param(document(with_field("date: 2022-02-31")), "no such date", 3, id="31 Feb"),
        pytest.param(document(with_field("date: 2022-09-17 25:61")), "no such", 3, id="25:61"),
    ],
)
def test_a_document_that_cannot_come_in_says_why_and_where(text, sentence, line):
    with pytest.raises(MalformedDocument, match=sentence) as refusal:
        parse(text, time_zone=SHANGHAI)

    assert refusal.value.line == line


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param("x: " + "[" * 30_000, id="deep flow lists"),
        pytest.param("x: " + "{a: " * 10_000, id="deep flow mappings"),
        pytest.param("x:\n " + "- " * 30_000, id="deep block lists"),
        pytest.param("? " * 20_000, id="deep keys"),
        pytest.param(
            "\n".join(
                f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9 if n else ['x'])}]" for n in range(40)
            ),
            id="aliases of aliases",
        ),
        pytest.param("x: &x [*x, *x]", id="an alias of itself"),
        pytest.param("x: !!python/object/apply:os.system [exit]", id="a tag that runs"),
        pytest.param("date: 17 Sep 2022 10:00" + " " * 60_000 + "x", id="a long date"),
        pytest.param("standfirst: 'a" + " " * 60_000 + "b'", id="a long blank"),
    ],
)
def test_a_bomb_in_the_front_matter_does_no_harm(bomb):
    began = time.process_time()

    article = parsed(f"title: 平安\nkind:\n{bomb}\n")

    assert article.title == "平安"
    assert time.process_time() - began < 5


def test_a_body_of_unclosed_comments_is_read_in_linear_time():
    began = time.process_time()

    parsed(body="<!--" * 200_000 + "</div>\n" * 20_000 + "字")

    assert time.process_time() - began < 2


LINE = st.text(st.characters(blacklist_characters="\n"), max_size=30)
YAMLISH = st.text(st.sampled_from("title:date \n-'\"[]{}&*!|>%@`#\\\t,?~一二0129/"), max_size=80)


def title_or_sentence(text):
    """Return the title of the article, or the sentence with which the document was refused."""
    try:
        return parse(text, time_zone=SHANGHAI).title
    except MalformedDocument as refusal:
        return str(refusal)


@given(st.text(max_size=200))
def test_any_text_is_parsed_or_refused(text):
    assert title_or_sentence(text)


@given(YAMLISH | st.lists(LINE, max_size=6).map("\n".join), LINE, LINE)
def test_any_front_matter_is_parsed_or_refused_and_its_title_can_be_stored(fields, title, date):
    outcome = title_or_sentence(document(f"title: {title}\ndate: {date}\n{fields}\n"))

    assert outcome.encode()
    assert "\x00" not in outcome
