"""Makes the files that nobody wishes for: bombs, stumps, chimeras, and those that tell too much."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

HERE = Path(__file__).resolve().parent
CODE = b"<?php system($_GET['c']); ?>"
PLACE = b"Zhongguancun 39.98N"
# How an upright picture is laid down for a camera to write each orientation (EXIF 2.3, 4.6.4).
LAID_DOWN = {
    1: None,
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_90,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_270,
}
XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 {attributes}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
BMP_HEADER = b"BM" + b"\0" * 60


def encoded(picture, form="PNG", **options):
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def noise(width=64, height=48, mode="RGB"):
    return Pillow.effect_noise((width, height), 80).convert(mode)


def cornered(mode="RGB"):
    """White, 64 by 32, black in the upper left corner."""
    picture = Pillow.new("RGB", (64, 32), "white")
    picture.paste("black", (0, 0, 16, 16))
    return picture.convert(mode)


def laid_down(orientation, form, **options):
    """What a camera writes that is held in this way when it sees `cornered`."""
    method = LAID_DOWN[orientation]
    camera = cornered() if method is None else cornered().transpose(method)
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    return encoded(camera, form, exif=exif, **options)


def telling(form, **options):
    """A file that says who made it, and in EXIF and XMP where, with what, and why."""
    exif = Pillow.Exif()
    exif[0x8298], exif[0x013B], exif[0x0110] = "Copyright Lin", "Lin", "A camera"
    exif[0x010E] = PLACE.decode()
    exif.get_ifd(0x8825)[1] = "N"
    xmp = XMP.format(attributes=f'exif:GPSLatitude="{PLACE.decode()}"', inside="")
    if form == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", xmp)
    return encoded(noise(), form, exif=exif, xmp=xmp.encode(), **options)


def animated(form, count=3, **options):
    """`count` frames of one colour each, 80 ms long, for ever."""
    colours = ["red", "lime", "blue"]
    frames = [Pillow.new("RGB", (32, 24), colours[at % 3]) for at in range(count)]
    loop = {} if form == "AVIF" else {"loop": 0}
    return encoded(
        frames[0], form, save_all=True, append_images=frames[1:], duration=80, **loop, **options
    )


def png_chunk(name, inside):
    checksum = struct.pack(">I", zlib.crc32(name + inside))
    return struct.pack(">I", len(inside)) + name + inside + checksum


def png_of(width, height, *, frames=0):
    """A PNG that says it is this large; its data would be, too, if anybody unpacked it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    moves = png_chunk(b"acTL", struct.pack(">II", frames, 0)) if frames else b""
    squeezed = zlib.compress(bytes(1_000_000), 9)
    data = png_chunk(b"IDAT", squeezed) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + moves + data


def with_png_text(png, text):
    """A PNG with a remark before its end."""
    return png[:-12] + png_chunk(b"tEXt", b"Comment\0" + text) + png[-12:]


def box(name, inside):
    """A box of ISO/IEC 14496-12."""
    return struct.pack(">I", len(inside) + 8) + name + inside


def gif_of(width, height, *, frames=1):
    """A GIF that says it is this large, and has nothing in its frames."""
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\0"
    return b"GIF89a" + screen + frame * frames + b";"


def webp_of(width, height):
    """A WebP whose canvas is this large."""
    canvas = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    chunk = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + canvas
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def jpeg_of(width, height):
    """A JPEG whose frame header says that it is this large."""
    whole = encoded(noise(), "JPEG")
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", height, width) + whole[at + 4 :]


def archive():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        # Always of the same hour: what is made here names tests, and a name must not change.
        bundle.writestr(zipfile.ZipInfo("shell.php", date_time=(2026, 3, 14, 1, 30, 0)), CODE)
    return out.getvalue()


def jpeg_segment(marker, inside):
    return bytes([0xFF, marker]) + struct.pack(">H", len(inside) + 2) + inside


def with_segment(jpeg, marker, inside):
    return jpeg[:2] + jpeg_segment(marker, inside) + jpeg[2:]


def with_iptc(jpeg, *datasets):
    """A JPEG with IPTC-IIM as Photoshop writes it; `datasets`: (record, number, bytes)."""
    block = b"".join(
        struct.pack(">BBBH", 0x1C, record, number, len(text)) + text
        for record, number, text in datasets
    )
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(block)) + block
    return with_segment(jpeg, 0xED, b"Photoshop 3.0\0" + resource + b"\0" * (len(block) % 2))
