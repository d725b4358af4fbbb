"""Sets the lines about an article's origin apart: source, author, editor, rights."""

import re

from lxml import etree

from articles.body.facts import Ledger
from articles.body.links import bare_addresses, clean_link
from articles.body.pictures import plain
from articles.body.serialising import escape_text
from articles.body.trees import join_lines, split_lines, text_of
from articles.body.vocabulary import HEADINGS

_COLON = r"\s?[:：丨|｜/／]\s?"
#: kind -> what a line about it begins with; the first that fits
_BEGINNINGS = (
    (
        "end",
        re.compile(
            r"^[\s\-—–~_=*·|]*(?:THE\s+END|END|完|全文完|正文完|本文完|全剧终)[\s\-—–~_=*·|。]*$",
            re.I,
        ),
    ),
    (
        "licence",
        re.compile(
            r"^[（(]?(?:转载请|未经(?:授权|许可|允许|同意)|版权声明|版权归|版权所有|著作权|本文版权|"
            r"©|copyright\b|禁止转载|本文采用|本作品采用|欢迎转载|如需转载|本文系作者.{0,20}授权|"
            r".{0,12}(?:经授权|授权)(?:发布|转载))",
            re.I,
        ),
    ),
    (
        "editor",
        re.compile(rf"^(?:责任编辑|責任編輯|责编|编辑|編輯|审核|校对|编审|监制|主编){_COLON}"),
    ),
    (
        "author",
        re.compile(
            rf"^(?:(?:作者|撰文|文字|记者|撰稿|原作者|译者|编译|翻译|整理|采写|文){_COLON}|"
            r"本文由.{1,30}(?:原创|投稿|撰写))",
        ),
    ),
    ("original_url", re.compile(rf"^(?:原文(?:链接|地址|标题|出处)?|阅读原文|查看原文){_COLON}?")),
    (
        "source",
        re.compile(
            rf"^(?:(?:文章|内容|稿件|消息|信息)?(?:来源|來源|出处|稿源|转自|转载自|via|source){_COLON}|"
            r"(?:编者按[:：]\s?)?(?:本文|文章|内容)(?:来自|来源|转载自|转载于|转自|首发|选自|摘自|编译自|"
            r"同步发表|原载)|(?:说明[:：]\s?)本文(?:同步|首发))",
            re.I,
        ),
    ),
)
_PIECES = re.compile(
    r"(?<=[，,；;。 ])\s*(?=(?:责任编辑|责编|编辑|校对|审核|作者|撰文|记者|来源|题图|头图|原文|"
    r"出处|译者|编译)\s?(?:来自)?[:：]|未经(?:授权|许可|允许)|[^，,]{0,12}(?:经授权|授权)(?:发布|转载))"
)
_HEADER_CREDIT = re.compile(r"^(?:题图|头图|封面图?)(?:来自|来源)?\s?[:：]?")
_LONGEST = 160
_LEADING = 2


def set_facts_apart(root: etree._Element, ledger: Ledger) -> str:
    """Move the lines about origin from both ends of a body into the ledger.

    Returns the credit of the header picture where one of those lines states it. A line that is
    said twice is a fact once and `repeated-source` the second time. The last block is never taken.
    """
    credit_lines: list[str] = []
    for block in [one for one in root if one.tag != "figure"][:_LEADING]:
        if not _states_origin(block):
            break
        _take(root, block, ledger, credit_lines)
    _split_last(root)
    trailing: list[etree._Element] = []
    for block in reversed(list(root)):
        if not _states_origin(block):
            break
        trailing.insert(0, block)
    for block in trailing:
        _take(root, block, ledger, credit_lines)
    return credit_lines[0] if credit_lines else ""


def kind_of(text: str) -> str:
    """What fact a line states (one of `FACT_KINDS`), or empty."""
    if not text or len(text) > _LONGEST:
        return ""
    return next((kind for kind, pattern in _BEGINNINGS if pattern.match(text)), "")


def _states_origin(block: etree._Element) -> bool:
    return block.tag in {"p", "blockquote", *HEADINGS} and bool(kind_of(text_of(block)))


def _split_last(root: etree._Element) -> None:
    """The lines at the end of the last paragraph that state facts become paragraphs."""
    last = root[-1] if len(root) else None
    if last is None or last.tag != "p" or last.find("br") is None:
        return
    lines = split_lines(last)
    first_fact = len(lines)
    while first_fact and kind_of(text_of(lines[first_fact - 1])):
        first_fact -= 1
    if first_fact == len(lines):
        return
    root.remove(last)
    if first_fact:
        root.append(join_lines(lines[:first_fact]))
    root.extend(lines[first_fact:])


def _take(root: etree._Element, block: etree._Element, ledger: Ledger, credit_lines: list) -> None:
    if len(root) == 1:
        return
    links = {text_of(link): link.get("href", "") for link in block.iter("a")}
    for piece in _PIECES.split(text_of(block)):
        text = piece.strip()
        stripped = text.rstrip("，,；; ")
        ledger.drop("separator", text[len(stripped) :])
        if _HEADER_CREDIT.match(stripped):
            credit_lines.append(escape_text(stripped))
        else:
            _state(ledger, stripped, links)
    root.remove(block)


def _state(ledger: Ledger, text: str, links: dict[str, str]) -> None:
    if any(plain(fact.text) == plain(text) and plain(text) for fact in ledger.facts):
        ledger.drop("repeated-source", text)
        return
    url = next((address for word, address in links.items() if word and word in text), "")
    if not url and (found := bare_addresses(text)):
        url = clean_link(text[slice(*found[0])])
    ledger.state(kind_of(text) or "source", text, url)
