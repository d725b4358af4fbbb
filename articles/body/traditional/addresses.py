"""Addresses that stand in a text: whoever copies one must get the one that works."""

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# What ends an address in a Chinese sentence: full-width punctuation and quotation marks.
_END = r"\s<>\"'“”‘’…—\u3000-\u303f\uff00-\uffef"
# A label is of one script, so that "example.org查看" is a name and what to do with it.
_LABEL = rf"(?:[A-Za-z0-9_-]++|[{HAN}0-9-]++)"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*+"
_PATH = rf"(?::[0-9]{{1,5}})?(?:[/?\#][^{_END}]*+)?"
_WEB = (
    r"(?:(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,20}+://|(?<![A-Za-z0-9])www\.)"
    rf"(?:[^{_END}/?\#@]{{1,64}}@)?{_HOST}{_PATH}"
)
_MAIL = (
    rf"(?:(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}+|(?<![{HAN}])[{HAN}]{{1,64}}+)"
    rf"@{_LABEL}(?:\.{_LABEL})++"
)
_NAME = (
    rf"(?<![{HAN}.])(?:[{HAN}]{{1,30}}+\.)(?:{_LABEL}\.)*+"
    rf"(?:中国|公司|网络|网址|(?:com|cn|org|net|io|tw|hk)(?![A-Za-z0-9])){_PATH}"
)

#: web and mail addresses and Chinese domain names, in a text that may be escaped for HTML
ADDRESS = rf"{_WEB}|{_MAIL}|{_NAME}"
#: what every address contains, to look for first
SIGNS = re.compile(r"[@.]|://")
