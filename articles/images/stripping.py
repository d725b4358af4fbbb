"""Takes out of a picture's file what is no picture, without touching a pixel.

Each format keeps an allow-list of its parts: what it does not name (place, camera, comments,
thumbnails, anything appended) is left out. A file that has nothing else comes back byte for byte.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from PIL import Image as Pillow

from articles.images import boxes


class OddlyBuilt(ValueError):
    """The file is not put together as its standard says; nothing can be cut out of it safely."""


Rights = dict[int, bytes]  # EXIF tag -> what is kept of it: Artist, Copyright
Chunk = tuple[bytes, bytes]  # the name of a part, and what is in it

# Markers of ISO/IEC 10918-1, table B.1.
_SOI, _EOI, _SOS, _APP0, _APP2, _APP14 = 0xD8, 0xD9, 0xDA, 0xE0, 0xE2, 0xEE
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_JPEG_TABLES = {*range(0xC0, 0xD0), *range(0xDA, 0xE0)} - {0xC8}
_NEXT_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7]")  # none of those inside a scan
# Chunks of PNG (third edition) that say how the picture looks.
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT"}
_PNG_KEPT |= {b"cICP", b"mDCV", b"cLLI", b"pHYs", b"bKGD", b"acTL", b"fcTL", b"fdAT", b"iCCP"}
# Chunks of WebP (RFC 9649), and its flags for what we leave out or put in.
_WEBP_KEPT = {b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"}
_HAS_PROFILE, _HAS_EXIF, _HAS_XMP = 0x20, 0x08, 0x04
# Application extensions of GIF89a that say how often it plays.
_GIF_LOOPS = {b"NETSCAPE2.0", b"ANIMEXTS1.0"}


def exif_of(rights: Rights) -> bytes:
    """EXIF that says nothing but whose the picture is: a TIFF structure, or nothing."""
    if not rights:
        return b""
    exif = Pillow.Exif()
    exif.update(rights)
    return exif.tobytes().removeprefix(b"Exif\0\0")


def strip(content: bytes, kind: str, rights: Rights, *, profile: bool) -> bytes:
    """A picture's file (`kind`: JPEG PNG WEBP GIF AVIF) with its parts and `rights`, no others.

    `profile`: whether the ICC profile is one of its parts. A GIF has no place for rights; the
    parts of an AVIF are written over, its profile stays. Raises `OddlyBuilt`.
    """
    try:
        match kind:
            case "JPEG":
                return b"".join(_jpeg(content, exif_of(rights), profile=profile))
            case "PNG":
                return b"".join(_png(content, exif_of(rights), profile=profile))
            case "WEBP":
                return _webp(content, exif_of(rights), profile=profile)
            case "GIF":
                return b"".join(_gif(content))
            case "AVIF":
                return boxes.quiet(content, exif_of(rights))
    except OddlyBuilt:
        raise
    except (ValueError, struct.error, LookupError) as error:
        raise OddlyBuilt("it ends too early") from error
    raise OddlyBuilt(f"no way to strip {kind}")


def _jpeg(content: bytes, exif: bytes, *, profile: bool) -> Iterator[bytes]:
    yield content[:2]
    at, is_told = 2, not exif
    while (marker := _marker(content, at)) != _EOI:
        end = _after_segment(content, at, marker)
        segment = content[at:end]
        if marker == _APP0 and segment[4:9] == b"JFIF\0":
            yield _without_thumbnail(segment)
        elif not is_told:
            is_told = True
            yield b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\0\0" + exif
            continue
        elif _is_kept_in_jpeg(marker, segment, profile=profile):
            yield segment
        at = end
    yield b"\xff\xd9"


def _marker(content: bytes, at: int) -> int:
    if content[at] != 0xFF or content[at + 1] == 0:
        raise OddlyBuilt("no marker where one should be")
    return content[at + 1]


def _after_segment(content: bytes, at: int, marker: int) -> int:
    """Where the next marker stands that is not part of a scan's data."""
    if marker in _STANDALONE or marker == 0xFF:
        return at + (1 if marker == 0xFF else 2)
    (length,) = struct.unpack_from(">H", content, at + 2)
    at += 2 + length
    if marker != _SOS:
        return at
    if found := _NEXT_MARKER.search(content, at):
        return found.start()
    raise OddlyBuilt("a scan without an end")


def _without_thumbnail(segment: bytes) -> bytes:
    whole = struct.pack(">H", 16)
    return b"\xff\xe0" + whole + segment[4:16] + b"\0\0"


def _is_kept_in_jpeg(marker: int, segment: bytes, *, profile: bool) -> bool:
    if marker == _APP2:
        return profile and segment[4:16] == b"ICC_PROFILE\0"
    if marker == _APP14:
        return segment[4:9] == b"Adobe" and len(segment) == 16
    return marker in _JPEG_TABLES or marker in _STANDALONE


def _png(content: bytes, exif: bytes, *, profile: bool) -> Iterator[bytes]:
    yield content[:8]
    at, name, is_told = 8, b"", not exif
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", content, at)
        name = content[at + 4 : at + 8]
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise OddlyBuilt("a chunk is cut off")
        if name == b"IDAT" and not is_told:
            is_told = True
            yield _png_chunk(b"eXIf", exif)
        if name in _PNG_KEPT and (profile or name != b"iCCP"):
            yield chunk
        at += 12 + length


def _png_chunk(name: bytes, inside: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(name + inside))
    return struct.pack(">I", len(inside)) + name + inside + checksum


def _webp(content: bytes, exif: bytes, *, profile: bool) -> bytes:
    (length,) = struct.unpack_from("<I", content, 4)
    if length + 8 > len(content):
        raise OddlyBuilt("the file is cut off")
    kept = [
        (name, _webp_frame(inside) if name == b"ANMF" else inside)
        for name, inside in _riff(content[12 : length + 8])
        if name in _WEBP_KEPT and (profile or name != b"ICCP")
    ]
    if kept and kept[0][0] == b"VP8X":
        flags = kept[0][1][0] & ~(_HAS_EXIF | _HAS_XMP)
        flags &= ~0 if profile else ~_HAS_PROFILE
        if exif:
            flags |= _HAS_EXIF
            kept.append((b"EXIF", exif))
        kept[0] = (b"VP8X", bytes([flags]) + kept[0][1][1:])
    body = b"WEBP" + _unriff(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _webp_frame(inside: bytes) -> bytes:
    parts = [chunk for chunk in _riff(inside[16:]) if chunk[0] in (b"ALPH", b"VP8 ", b"VP8L")]
    return inside[:16] + _unriff(parts)


def _riff(content: bytes) -> Iterator[Chunk]:
    at = 0
    while at < len(content):
        (length,) = struct.unpack_from("<I", content, at + 4)
        if at + 8 + length > len(content):
            raise OddlyBuilt("a chunk is cut off")
        yield content[at : at + 4], content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _unriff(chunks: list[Chunk]) -> bytes:
    return b"".join(
        name + struct.pack("<I", len(inside)) + inside + b"\0" * (len(inside) % 2)
        for name, inside in chunks
    )


def _gif(content: bytes) -> Iterator[bytes]:
    at = 13 + _gif_colours(content[10])
    yield content[:at]
    while (sort := content[at : at + 1]) not in (b";", b""):
        if sort == b"!":
            start, is_kept = at + 2, _is_kept_in_gif(content, at)
        elif sort == b",":
            start, is_kept = at + 11 + _gif_colours(content[at + 9]), True
        else:
            raise OddlyBuilt("neither a picture nor an extension")
        end = _after_blocks(content, start)
        if is_kept:
            yield content[at:end]
        at = end
    yield b";"


def _gif_colours(flags: int) -> int:
    """The length of the colour table that these flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _is_kept_in_gif(content: bytes, at: int) -> bool:
    label = content[at + 1]
    return label == 0xF9 or (label == 0xFF and content[at + 3 : at + 14] in _GIF_LOOPS)


def _after_blocks(content: bytes, at: int) -> int:
    while length := content[at]:
        at += 1 + length
    return at + 1
