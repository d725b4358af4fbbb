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

# A host without a scheme is one before a path only, and "Node.js/前端" is none: names that end as
# files of programs do, or in capitals, are no hosts.
_TOP = r"(?!(?:cs|go|hs|js|md|ml|pl|py|rb|rs|sh|ts|vb)\b)(?:[a-z]{2}|com|org|net|edu|gov|info|biz)"
_TOP_NEW = r"app|dev|blog|news|site|wiki|live|cloud|shop|store|tech|xyz|top|club|online"
_BARE = (
    r"(?<![A-Za-z0-9.@_/-])(?:[A-Za-z0-9-]{1,63}+\.)+"
    rf"(?:{_TOP}|{_TOP_NEW})(?::[0-9]{{1,5}})?/[^{_END}]*+"
)
# Paths of files and pages. A slash alone makes none, since Chinese writes "软件/硬件": a path is
# rooted, or it begins with small Latin letters and ends in a slash or like a file.
_SIGN = rf"{HAN}A-Za-z0-9_.%+-"
_STEPS = rf"(?:[{_SIGN}]{{1,60}}+/){{0,12}}"
_FIRST = r"[a-z0-9_.-]{1,60}+/"
_FILE = rf"(?:[{HAN}A-Za-z0-9_%+-]{{1,60}}+\.)+[a-z][a-z0-9]{{0,5}}(?![A-Za-z0-9])"
_PATHS = (
    rf"(?<![{_SIGN}:/)）\]】》」』”’])/{_FIRST}{_STEPS}[{_SIGN}]{{0,60}}+"
    rf"|(?<![A-Za-z0-9_.%+:/-])(?:~|\.\.?)/{_STEPS}[{_SIGN}]{{1,60}}+"
    rf"|(?:(?<=[{HAN}])/|(?<![A-Za-z0-9_.%+:/-])){_FIRST}{_STEPS}(?:{_FILE}|(?![{_SIGN}]))"
    rf"|(?<![{_SIGN}:/])[{HAN}]{{1,30}}+/{_STEPS}{_FILE}"
    rf"|(?<![A-Za-z0-9])[A-Za-z]:\\[^{_END}]*+"
)
# A handle ends where its letters do; a longer run of them is a sentence.
_HANDLE = rf"(?<![A-Za-z0-9._%+-])@[{HAN}A-Za-z0-9_-]{{1,20}}+(?![{HAN}A-Za-z0-9_-])"

#: web and mail addresses, Chinese domain names, paths and handles, in a text that may be escaped
#: for HTML
ADDRESS = rf"{_WEB}|{_MAIL}|{_NAME}|{_BARE}|{_PATHS}|{_HANDLE}"
#: what every address contains, to look for first
SIGNS = re.compile(r"[@./\\]")
