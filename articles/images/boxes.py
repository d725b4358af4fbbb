"""Takes place, camera and the like out of an AVIF, whose parts must stay where they are.

Items are found by their offsets in the file (ISO/IEC 14496-12, 8.11), so what is not for readers
is written over instead of cut out.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

# Items that are seen; whatever else an item is, it is a text.
_SEEN = {b"av01", b"grid", b"iden", b"iovl", b"tmap"}
_TOP = {b"ftyp", b"meta", b"mdat", b"moov"}
# An EXIF item with nothing in it: no offset, a TIFF header, a directory without entries.
_NO_EXIF = b"MM\0*\0\0\0\x08\0\0\0\0\0\0"

Span = tuple[int, int]  # from where to where in the file


def quiet(content: bytes, exif: bytes) -> bytes:
    """The AVIF with its EXIF replaced by `exif` (TIFF, where it fits) and other texts blanked.

    Raises ValueError, IndexError or struct.error for a file that is put together oddly, or has
    parts that belong to no picture.
    """
    boxes = list(_boxes(content, 0, len(content)))
    if not {name for name, _span in boxes} <= _TOP:
        raise ValueError("a box that is no part of a picture")
    written = bytearray(content)
    for name, (start, end) in boxes:
        if name == b"meta":
            for kind, span in _texts(content, start + 4, end):
                _write_over(written, kind, span, exif)
    return bytes(written)


def _boxes(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, Span]]:
    while at < end:
        (length,) = struct.unpack_from(">I", content, at)
        if length < 8 or at + length > end:
            raise ValueError("a box is cut off")
        yield content[at + 4 : at + 8], (at + 8, at + length)
        at += length


def _texts(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, Span]]:
    """The kind (Exif, mime) and the place of every item that is not seen."""
    inside = dict(_boxes(content, start, end))
    kinds = dict(_kinds(content, *inside[b"iinf"])) if b"iinf" in inside else {}
    if set(kinds.values()) <= _SEEN:
        return
    for item, span in _places(content, inside[b"iloc"][0]):
        if (kind := kinds.get(item, b"")) not in _SEEN:
            yield kind, span


def _kinds(content: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    at = start + (6 if content[start] == 0 else 8)
    for name, (inside, _end) in _boxes(content, at, end):
        if name != b"infe" or content[inside] not in (2, 3):
            raise ValueError("an item that is described oddly")
        size = 2 if content[inside] == 2 else 4
        item = int.from_bytes(content[inside + 4 : inside + 4 + size])
        yield item, content[inside + 6 + size : inside + 10 + size]


def _places(content: bytes, at: int) -> Iterator[tuple[int, Span]]:
    """Each item and where one of its parts is, by the box `iloc` whose inside begins at `at`."""
    version, sizes, bases = content[at], content[at + 4], content[at + 5]
    reader = _Numbers(content, at + 6)
    wide = 4 if version == 2 else 2
    for _item in range(reader.next(wide)):
        item = reader.next(wide)
        if version and reader.next(2) & 0xF:
            raise ValueError("an item that is not found by its place in the file")
        reader.next(2)
        base = reader.next(bases >> 4)
        for _part in range(reader.next(2)):
            reader.next(bases & 0xF if version else 0)
            start = base + reader.next(sizes >> 4)
            yield item, (start, start + reader.next(sizes & 0xF))


@dataclass(slots=True)
class _Numbers:
    """Reads one number after the other."""

    content: bytes
    at: int

    def next(self, size: int) -> int:
        if self.at + size > len(self.content):
            raise ValueError("a table is cut off")
        self.at += size
        return int.from_bytes(self.content[self.at - size : self.at])


def _write_over(written: bytearray, kind: bytes, span: Span, exif: bytes) -> None:
    start, end = span
    if end > len(written) or end < start:
        raise ValueError("an item outside the file")
    if kind != b"Exif":
        written[start:end] = b" " * (end - start)
        return
    told = next((told for told in (exif, _NO_EXIF) if told and len(told) + 4 <= end - start), None)
    if told is None:
        raise ValueError("an EXIF that is too short to be one")
    written[start:end] = (b"\0\0\0\0" + told).ljust(end - start, b"\0")
