"""What a picture's file says about it: prefills caption and credit, so that nobody types them."""

import re
import struct
import warnings
from collections.abc import Mapping

from lxml import etree
from PIL.ImageFile import ImageFile

from articles.images.opening import DAMAGE, open_picture

Said = dict[str, str]  # by the names of the IPTC Photo Metadata Standard, in lower case

_LENGTHS = {"alt": 300, "caption": 500, "credit": 200}
_MOST_XMP = 512 * 1024  # bytes; what is longer is no description of a picture
_EXIF = {"description": 0x010E, "creator": 0x013B, "copyright": 0x8298}
# Datasets of record 2 of IPTC-IIM 4.2, and the resource of a Photoshop file that holds them.
_IIM = {120: "description", 80: "creator", 110: "credit", 115: "source", 116: "copyright"}
_IIM_RESOURCE = 0x0404
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "iptc": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_XMP = {
    "alt": "iptc:AltTextAccessibility",
    "description": "dc:description",
    "creator": "dc:creator",
    "credit": "photoshop:Credit",
    "source": "photoshop:Source",
    "copyright": "dc:rights",
}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# What cameras and programs write where a person would describe the picture.
_JUNK = re.compile(
    r"(olympus|minolta|konica minolta|kodak|polaroid|samsung) .*camera.*|sony dsc|digital camera"
    r"|samsung|screenshot|default|untitled|unknown|none|image|picture|photo|photographer|artist"
    r"|copyright|author|(img|dsc|dscn|dcim|pict|mvimg|wx_camera)[_-]?\d+(\.\w+)?"
    r"|(hdr|hdrpl|oznor|edf|dav|mde|sdr|rbt|cof|vtr|nor|ptr|rhdr|bty|btf|rpt)"
    r"|[\W_\d]*",
    re.IGNORECASE,
)


def facts(content: bytes) -> dict[str, str]:
    """What to prefill: `alt`, `caption` and `credit`, those that the file tells something for.

    XMP speaks before IPTC-IIM, and that before EXIF. The credit is the Creator and the Credit
    Line, else the Source, else the Copyright Notice. A file that cannot be read tells nothing.
    """
    try:
        with open_picture(content) as picture:
            said = said_by(picture)
    except DAMAGE:
        return {}
    found = {"alt": said.get("alt", ""), "caption": said.get("description", "")}
    found["credit"] = _credit(said)
    return {name: text[: _LENGTHS[name]].rstrip() for name, text in found.items() if text}


def said_by(picture: ImageFile) -> Said:
    """Everything that is understood of what the file says, each from the best source it is in."""
    said: Said = {}
    for source in (_of_exif(picture), _of_iptc(picture), _of_xmp(picture)):
        said |= {name: text for name, told in source.items() if (text := _tidy(told))}
    return said


def _credit(said: Mapping[str, str]) -> str:
    creator, line = said.get("creator", ""), said.get("credit", "")
    if creator and line and creator not in line and line not in creator:
        return f"{creator} / {line}"
    longer = max(creator, line, key=len)
    return longer or said.get("source", "") or said.get("copyright", "")


def _tidy(text: str) -> str:
    """One line without control characters; nothing if only a camera speaks."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ufffd]", " ", text).split())
    return "" if _JUNK.fullmatch(line) else line


def _decoded(text: bytes) -> str:
    """Text whose encoding nobody names: UTF-8, else the GBK of older Chinese programs."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return text.decode(encoding)
        except UnicodeDecodeError:
            continue
    return text.decode("latin-1")


def _of_exif(picture: ImageFile) -> Said:
    try:
        with warnings.catch_warnings(action="ignore"):
            exif = picture.getexif()
            told = {name: exif.get(tag) for name, tag in _EXIF.items()}
    except DAMAGE:
        return {}
    texts = {name: text for name, text in told.items() if isinstance(text, str)}
    return {name: _decoded(text.encode("latin-1", "replace")) for name, text in texts.items()}


def _of_iptc(picture: ImageFile) -> Said:
    resources = picture.info.get("photoshop")
    block = resources.get(_IIM_RESOURCE) if isinstance(resources, dict) else None
    told: dict[str, list[str]] = {}
    for number, text in _datasets(block or b""):
        if name := _IIM.get(number):
            told.setdefault(name, []).append(_decoded(text))
    return {name: ", ".join(texts) for name, texts in told.items()}


def _datasets(block: bytes) -> list[tuple[int, bytes]]:
    """The datasets of record 2: their numbers, and what is in them (IPTC-IIM 4.2, 1.5)."""
    found, at = [], 0
    while block[at : at + 1] == b"\x1c" and len(block) >= at + 5:
        record, number, length = struct.unpack_from(">BBH", block, at + 1)
        if length & 0x8000:  # an extended dataset: too long to be a sentence
            break
        if record == 2:
            found.append((number, block[at + 5 : at + 5 + length]))
        at += 5 + length
    return found


def _of_xmp(picture: ImageFile) -> Said:
    packet = picture.info.get("xmp", b"")
    packet = packet.encode() if isinstance(packet, str) else bytes(packet)
    packet = packet.strip(b"\0 \r\n\t")
    if not packet or len(packet) > _MOST_XMP or b"<!" in packet:  # no entities, no document type
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(packet, parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    return {name: text for name, qname in _XMP.items() if (text := _property(root, qname))}


def _property(root: etree._Element, qname: str) -> str:
    """A property of XMP (ISO 16684-1): an attribute, a text, a list, or one text per language."""
    prefix, name = qname.split(":")
    tag = f"{{{_NAMESPACES[prefix]}}}{name}"
    for described in root.iter(f"{{{_NAMESPACES['rdf']}}}Description"):
        if told := described.get(tag):
            return told
        node = described.find(tag)
        if node is not None:
            return _of_one_language(node.findall(".//rdf:li", _NAMESPACES)) or node.text or ""
    return ""


def _of_one_language(items: list[etree._Element]) -> str:
    """The Chinese text, else the default, else the first; all of them if they name no language."""
    languages = {(item.get(_LANGUAGE) or "").lower(): item.text or "" for item in items}
    if set(languages) <= {""}:
        return ", ".join(item.text or "" for item in items)
    chinese = [language for language in languages if language.startswith("zh")]
    wanted = [*chinese, "x-default", *languages]
    return next(languages[language] for language in wanted if language in languages)
