"""Characters: which of them no text may hold, whoever wrote or sent it."""

import re

#: Controls but for tab and line ends, halves of characters (RFC 8259, section 8.2), and what is no
#: character at all: XML 1.0 (section 2.2, `Char`) and HTML forbid them, DEL apart, which nobody
#: writes; no database takes NUL or a half.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> str:
    """`text` without what no database, page or feed can hold."""
    return UNFIT.sub("", text)
