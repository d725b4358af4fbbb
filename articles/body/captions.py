"""Finds the text that belongs to a picture and takes the credit apart from the caption."""

import re

from lxml import etree

from articles.body.facts import Ledger
from articles.body.paragraphs import CAPTION, NEAR, SMALL
from articles.body.serialising import escape_text
from articles.body.trees import append_text, text_of, unwrap

_CREDIT = (
    r"(?:图片?(?:片)?(?:来源|来自|源自)|图源|图自|图via|图\s?[/／|｜]|来源|來源|圖片來源|圖源|圖片來自|"
    r"题图(?:来自|来源|源自)?|头图(?:来自|来源)?|封面(?:图)?(?:来自|来源)|摄影|摄|供图|视频来源|"
    r"(?:Image|Photo|Picture)?\s?(?:Credit|Source|Courtesy|Via|by)s?|Image|Photo)"
)
_CREDIT_LINE = re.compile(
    rf"^{_CREDIT}(?:\s?[:：／/|｜@]|\s?(?=[A-Za-z\u4e00-\u9fff])).{{1,80}}$", re.I
)
_SURE_CREDIT = re.compile(
    r"^(?:图片?(?:来源|来自|源自)|图源|图自|图\s?[/／|｜]|题图|头图|封面图|圖片來源|圖源|供图|"
    r"(?:Image|Photo|Picture) (?:Credit|Source|by)|Credits?\s?[:：])",
    re.IGNORECASE,
)
_COLON_CREDIT = re.compile(rf"^{_CREDIT}\s?[:：/／|｜]\s?\S.{{0,79}}$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"^[（(【\[]\s*(.+?)\s*[）)】\]]$")
_AT_END = re.compile(
    rf"^(?P<caption>.+?)(?P<open>[（(【\[])\s*(?P<credit>{_CREDIT}\s?[:：/／|｜]?[^（(）)]{{1,80}}?)\s*"
    r"(?P<close>[）)】\]])[。.]?$",
    re.IGNORECASE,
)
_MARK = re.compile(r"^\s*[▲△▼▽◆↑⬆🔺]+\s*")
_NUMBERED = re.compile(
    r"^(?:图|圖|表|Fig(?:ure)?\.?|图注|图说|图片说明)\s*[0-9一二三四五六七八九十]*\s*[:：.．\-—｜|]?\s*\S"
)
_SENTENCE = re.compile(r"[。！？!?；;：:…]$")
_HEADER = re.compile(r"^[（(]?(?:题图|头图|封面图?|首图)")
_LONGEST = 120
_NEAR_LENGTH = 60
_SMALL_LENGTH = 50


def caption_pictures(root: etree._Element, ledger: Ledger) -> None:
    """Every picture without a caption takes the paragraph after it that is one."""
    for figure in list(root.iter("figure")):
        if figure.find("img") is None:
            continue
        caption = figure.find("figcaption")
        if caption is None:
            caption = _following_caption(figure)
        if caption is not None:
            _compose(figure, caption, ledger)


def take_header_credit(root: etree._Element) -> str:
    """The credit of the header picture that stands as a line of its own near either end."""
    blocks = list(root) if len(root) > 1 else []
    for block in [*blocks[:3], *blocks[-4:]]:
        text = text_of(block)
        if block.tag == "p" and _HEADER.match(text) and len(text) <= _SMALL_LENGTH:
            root.remove(block)
            return escape_text(text)
    return ""


def _following_caption(figure: etree._Element) -> etree._Element | None:
    paragraph = figure.getnext()
    if paragraph is None or paragraph.tag != "p" or paragraph.find("br") is not None:
        return None
    return paragraph if _is_caption(paragraph) else None


def _is_caption(paragraph: etree._Element) -> bool:
    text = text_of(paragraph)
    if not text or len(text) > _LONGEST * 2 or _HEADER.match(text):
        return False
    if paragraph.get(CAPTION):
        return True
    if len(text) > _LONGEST:
        return False
    return bool(_MARK.match(text)) or _is_credit(paragraph, text) or _is_short_line(paragraph, text)


def _is_credit(paragraph: etree._Element, text: str) -> bool:
    inside = _IN_BRACKETS.match(text)
    if inside:
        return _CREDIT_LINE.match(inside[1]) is not None
    if _SURE_CREDIT.match(text):
        return len(text) <= _NEAR_LENGTH
    near = paragraph.get(NEAR) or paragraph.get(SMALL)
    return bool(near) and _COLON_CREDIT.match(text) is not None


def _is_short_line(paragraph: etree._Element, text: str) -> bool:
    if _NUMBERED.match(text) and not _SENTENCE.search(text):
        return len(text) <= _NEAR_LENGTH
    if _SENTENCE.search(text):
        return False
    if paragraph.get(NEAR):
        return len(text) <= _NEAR_LENGTH
    return bool(paragraph.get(SMALL)) and len(text) <= _SMALL_LENGTH


def _compose(figure: etree._Element, found: etree._Element, ledger: Ledger) -> None:
    """Make `found` the figure's caption, its credit in `<small>`."""
    if found.tag == "p":
        found.tail = None
        found.tag = "figcaption"
        found.attrib.clear()
        figure.append(found)
    if found.find("small") is not None and len(found) == 1 and found.find("small").tail is None:
        return
    for small in list(found.iter("small")):
        unwrap(small)
    _drop_mark(found, ledger)
    text = text_of(found)
    if (inside := _IN_BRACKETS.match(text)) and _CREDIT_LINE.match(inside[1]):
        _strip_ends(found)
        ledger.drop("brackets", text[0] + text[-1])
        _all_credit(found)
    elif _COLON_CREDIT.match(text) or _SURE_CREDIT.match(text):
        _all_credit(found)
    elif match := _AT_END.match(text):
        _split(found, match, ledger)


def _drop_mark(caption: etree._Element, ledger: Ledger) -> None:
    if caption.text and (mark := _MARK.match(caption.text)):
        ledger.drop("caption-mark", mark[0])
        caption.text = caption.text[mark.end() :]


def _strip_ends(caption: etree._Element) -> None:
    """Cut the first and the last character, which are a pair of brackets."""
    caption.text = (caption.text or "").lstrip()[1:].lstrip()
    if len(caption):
        caption[-1].tail = (caption[-1].tail or "").rstrip()[:-1].rstrip()
    else:
        caption.text = caption.text.rstrip()[:-1].rstrip()


def _all_credit(caption: etree._Element) -> None:
    small = etree.Element("small")
    small.text = caption.text
    small.extend(list(caption))
    caption.text = None
    caption.append(small)


def _split(caption: etree._Element, match: re.Match, ledger: Ledger) -> None:
    """Only plain text is split: a credit with links in it stays in its place."""
    if len(caption):
        return
    ledger.drop("brackets", match["open"] + match["close"] + match[0][match.end("close") :])
    caption.text = match["caption"].strip()
    small = etree.SubElement(caption, "small")
    append_text(small, match["credit"].strip())
