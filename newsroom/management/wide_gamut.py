"""The colours of a phone's camera, for pictures that measurements and tests are made with."""

import struct


def profile() -> bytes:
    """An ICC profile with the primaries of Display P3 and a gamma of 2.2 (ISO 15076-1, v2)."""
    tags = _tags()
    start, table, inside = 132 + 12 * len(tags), b"", b""
    for tag, said in tags.items():
        table += tag + struct.pack(">II", start + len(inside), len(said))
        inside += said + b"\0" * (-len(said) % 4)
    body = struct.pack(">I", len(tags)) + table + inside
    head = struct.pack(
        ">I4sI4s4s4s", 128 + len(body), b"none", 0x02400000, b"mntr", b"RGB ", b"XYZ "
    )
    head = head.ljust(36, b"\0") + b"acsp"
    head = head.ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + body


def _tags() -> dict[bytes, bytes]:
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    name = b"Wide colours\0"
    return {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + b"\0" * 79,
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": _point(0.9642, 1.0, 0.8249),
        b"rXYZ": _point(0.5151, 0.2412, -0.0011),
        b"gXYZ": _point(0.2920, 0.6922, 0.0419),
        b"bXYZ": _point(0.1571, 0.0666, 0.7841),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }


def _point(*xyz: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(part * 65536) for part in xyz))
