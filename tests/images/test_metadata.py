"""What the file of a picture tells about it, so that nobody has to type it again."""

import pytest
from PIL import Image as Pillow

from articles.images import intake, metadata
from tests.images.hostile import XMP, encoded, noise, with_iptc, with_segment

PLAIN = encoded(noise(), "JPEG")
UTF8 = (1, 90, b"\x1b%G")


def exif(**tags):
    numbers = {"description": 0x010E, "artist": 0x013B, "copyright": 0x8298}
    block = Pillow.Exif()
    block.update({numbers[name]: text for name, text in tags.items()})
    return encoded(noise(), "JPEG", exif=block)


def xmp(inside="", attributes=""):
    packet = XMP.format(inside=inside, attributes=attributes).encode()
    return with_segment(PLAIN, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def alternatives(name, **texts):
    items = "".join(f'<rdf:li xml:lang="{tag}">{text}</rdf:li>' for tag, text in texts.items())
    return f"<dc:{name}><rdf:Alt>{items}</rdf:Alt></dc:{name}>"


@pytest.mark.parametrize(
    ("content", "facts"),
    [
        (PLAIN, {}),
        (exif(description="A fab", artist="Lin Mo"), {"caption": "A fab", "credit": "Lin Mo"}),
        (exif(description="芯片厂".encode()), {"caption": "芯片厂"}),
        (exif(description="芯片厂".encode("gbk")), {"caption": "芯片厂"}),
        (exif(copyright="(c) Agency"), {"credit": "(c) Agency"}),
        (
            with_iptc(PLAIN, UTF8, (2, 120, "芯片厂".encode()), (2, 80, "林墨".encode())),
            {"caption": "芯片厂", "credit": "林墨"},
        ),
        (
            with_iptc(PLAIN, (2, 120, "芯片厂".encode("gbk")), (2, 110, "新华社".encode("gbk"))),
            {"caption": "芯片厂", "credit": "新华社"},
        ),
        (
            with_iptc(PLAIN, (2, 80, b"Lin"), (2, 80, b"Wang"), (2, 110, b"Agency")),
            {"credit": "Lin, Wang / Agency"},
        ),
        (with_iptc(PLAIN, (2, 80, b"Lin"), (2, 110, b"Lin / Agency")), {"credit": "Lin / Agency"}),
        (with_iptc(PLAIN, (2, 115, b"Source"), (2, 116, b"(c) X")), {"credit": "Source"}),
        (xmp(alternatives("description", **{"x-default": "A fab"})), {"caption": "A fab"}),
        (
            xmp(alternatives("description", **{"x-default": "A fab", "zh-CN": "芯片厂"})),
            {"caption": "芯片厂"},
        ),
        (
            xmp(
                "<dc:creator><rdf:Seq><rdf:li>Lin</rdf:li><rdf:li>Mo</rdf:li></rdf:Seq></dc:creator>"
            ),
            {"credit": "Lin, Mo"},
        ),
        (xmp(attributes='photoshop:Credit="Agency"'), {"credit": "Agency"}),
        (xmp("<photoshop:Source>Source</photoshop:Source>"), {"credit": "Source"}),
        (
            xmp(
                '<i:AltTextAccessibility xmlns:i="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">'
                "<rdf:Alt><rdf:li xml:lang='x-default'>工人在看晶圆</rdf:li></rdf:Alt>"
                "</i:AltTextAccessibility>"
            ),
            {"alt": "工人在看晶圆"},
        ),
    ],
    ids=[
        "nothing",
        "exif",
        "exif in UTF-8",
        "exif in GBK",
        "only a copyright",
        "iptc in UTF-8",
        "iptc in GBK",
        "two authors and an agency",
        "author in the credit line",
        "source before copyright",
        "xmp",
        "xmp in Chinese",
        "xmp list",
        "xmp attribute",
        "xmp text",
        "alternative text",
    ],
)
def test_what_a_file_says_is_understood(content, facts):
    assert metadata.facts(content) == facts


def test_xmp_speaks_before_iptc_and_that_before_exif():
    content = with_iptc(
        exif(description="E", artist="Exif", copyright="E"), (2, 120, b"I"), (2, 80, b"Iptc")
    )
    packet = XMP.format(inside=alternatives("description", en="X"), attributes="").encode()
    content = with_segment(content, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)

    assert metadata.facts(content) == {"caption": "X", "credit": "Iptc"}


@pytest.mark.parametrize(
    "junk",
    ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "   ", "\0\0", "IMG_2041.JPG", "dav", "Samsung", "---"],
)
def test_what_a_camera_writes_is_no_caption(junk):
    assert metadata.facts(exif(description=junk, artist=junk)) == {}


def test_a_caption_that_names_a_camera_is_one():
    facts = metadata.facts(exif(description="Samsung shows a phone"))

    assert facts == {"caption": "Samsung shows a phone"}


def test_what_is_longer_than_its_field_is_cut():
    facts = metadata.facts(exif(description="字".encode() * 900, artist="n" * 900))

    assert {name: len(text) for name, text in facts.items()} == {"caption": 500, "credit": 200}


def test_lines_become_one_line():
    assert metadata.facts(exif(description="One\r\n two\x07\0")) == {"caption": "One two"}


def test_an_editor_speaks_before_the_file(db):
    content = exif(description="A fab", artist="Lin Mo")

    image = intake.take_in(content, caption="芯片厂", credit="")

    assert (image.caption, image.credit, image.alt) == ("芯片厂", "Lin Mo", "")


def test_whose_it_is_stays_though_only_iptc_said_it():
    content = with_iptc(PLAIN, (2, 80, "林墨".encode()), (2, 116, b"(c) Lin"))

    kept = intake.prepare(content).content

    assert metadata.facts(kept) == {"credit": "林墨"}
    assert b"Photoshop" not in kept
    assert b"(c) Lin" in kept


# --- hostile ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        with_segment(PLAIN, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta"),
        with_segment(
            PLAIN,
            0xE1,
            b"http://ns.adobe.com/xap/1.0/\0"
            b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]>"
            + XMP.format(inside="<dc:description>&b;</dc:description>", attributes="").encode(),
        ),
        with_segment(PLAIN, 0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff"),
        with_segment(PLAIN, 0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xff\x1c\x02\x78"),
        with_iptc(PLAIN, (2, 120, b""), (3, 120, b"no"), (2, 0x99, b"\xff")),
    ],
    ids=["empty", "text", "xmp cut off", "entity", "exif", "photoshop", "odd datasets"],
)
def test_what_cannot_be_understood_says_nothing(content):
    assert metadata.facts(content) == {}
