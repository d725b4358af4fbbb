"""Bytes in, text out: the encodings in which Chinese documents still arrive."""

import codecs
import re

from django.utils.translation import gettext_lazy as _

from articles.importing.documents import MalformedDocument

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Control characters that no text needs; a stray one is dirt, many of them are a binary file.
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
CONTROLS_TOLERATED = 0.01
# Real GB18030 read as UTF-8 breaks at nearly every character, a damaged UTF-8 file at a few.
DAMAGE_TOLERATED = 0.2


def decode(data: bytes) -> str:
    """Decode a document of unknown encoding, without its byte order mark.

    Tried in this order: UTF-16 if it opens with its mark, UTF-8 (RFC 3629) with or without one,
    GB18030 (GB 18030-2022, which holds GBK and GB 2312). Raises MalformedDocument for an empty
    file, for one that is no text, and for UTF-8 with damaged bytes, which GB18030 would
    otherwise read as plausible nonsense.
    """
    if not data.strip():
        raise MalformedDocument(_("The document is empty."))
    text = _decode_utf16(data) if data.startswith(UTF16_MARKS) else _decode_eight_bit(data)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise MalformedDocument(_("The document is empty."))
    if "\x00" in text or len(CONTROLS.findall(text)) > len(text) * CONTROLS_TOLERATED:
        raise _no_text()
    return text


def _decode_utf16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise _unreadable() from error


def _decode_eight_bit(data: bytes) -> str:
    if b"\x00" in data:
        raise _no_text()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            sentence = _("The document is UTF-8, but some of its characters are damaged.")
            raise MalformedDocument(sentence, line) from error
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _unreadable() from error


def _is_damaged_utf8(data: bytes) -> bool:
    beyond_ascii = [char for char in data.decode("utf-8", "replace") if char > "\x7f"]
    return beyond_ascii.count("\ufffd") < len(beyond_ascii) * DAMAGE_TOLERATED


def _no_text() -> MalformedDocument:
    return MalformedDocument(_("The file is not a text document."))


def _unreadable() -> MalformedDocument:
    return MalformedDocument(
        _("The document cannot be read: it is neither UTF-8, UTF-16 nor GB18030.")
    )
