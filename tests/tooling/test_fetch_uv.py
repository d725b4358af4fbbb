"""Fetching uv without pip: the right file of an index, and nothing that is not announced."""

import hashlib
import io
import json
import os
import re
import zipfile

import pytest

from bin import fetch_uv

FILES = [
    {"filename": f"uv-1.2.3-py3-none-{tag}.whl"}
    for tag in (
        "linux_armv6l",
        "macosx_10_12_x86_64",
        "macosx_11_0_arm64",
        "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
        "manylinux_2_17_x86_64.manylinux2014_x86_64",
        "musllinux_1_1_x86_64",
        "win_amd64",
    )
]


@pytest.mark.parametrize(
    ("system", "machine", "libc", "expected"),
    [
        pytest.param("Linux", "x86_64", "glibc", "manylinux_2_17_x86_64.", id="Debian"),
        pytest.param("Linux", "x86_64", "", "musllinux_1_1_x86_64.", id="musl"),
        pytest.param("Linux", "aarch64", "glibc", "manylinux_2_17_aarch64.", id="ARM server"),
        pytest.param("Linux", "aarch64", "", "manylinux_2_17_aarch64.", id="ARM, musl"),
        pytest.param("Darwin", "arm64", "", "macosx_11_0_arm64.", id="new Mac"),
        pytest.param("Darwin", "x86_64", "", "macosx_10_12_x86_64.", id="old Mac"),
    ],
)
def test_each_machine_gets_its_own_wheel(system, machine, libc, expected):
    pattern = fetch_uv.platform_pattern(system, machine, libc)

    assert f"-none-{expected}" in fetch_uv.choose(FILES, "1.2.3", pattern)["filename"]


@pytest.mark.parametrize(
    ("version", "machine"), [("1.2.4", "x86_64"), ("1.2", "x86_64"), ("1.2.3", "mips64")]
)
def test_another_version_or_machine_gets_nothing(version, machine):
    pattern = fetch_uv.platform_pattern("Linux", machine, "glibc")

    assert fetch_uv.choose(FILES, version, pattern) is None


def test_the_configured_index_goes_before_the_lock_files():
    lock = 'source = { registry = "https://index.example/simple" }'

    assert fetch_uv.index_address(lock, {}) == "https://index.example/simple"
    assert fetch_uv.index_address(lock, {"PIP_INDEX_URL": "https://near/simple/"}) == (
        "https://near/simple"
    )


@pytest.fixture
def wheel():
    """A wheel that holds a program."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("uv-1.data/scripts/uv", "#!/bin/sh\necho here\n")
    return content.getvalue()


@pytest.fixture
def index(monkeypatch, wheel):
    """A package index at the network's edge, whose announcement can be changed."""
    version = (fetch_uv.HERE / "uv.txt").read_text().strip().partition("==")[2]
    listing = {
        "files": [
            {
                "filename": f"uv-{version}-py3-none-any_machine.whl",
                "url": "../../files/uv.whl",
                "hashes": {"sha256": hashlib.sha256(wheel).hexdigest()},
            }
        ]
    }

    def fetch(address, accept="*/*"):
        return wheel if address.endswith("/files/uv.whl") else json.dumps(listing).encode()

    monkeypatch.setattr(fetch_uv, "fetch", fetch)
    monkeypatch.setattr(fetch_uv, "platform_pattern", lambda *_: "any_machine")
    return listing["files"][0]


def test_the_program_is_unpacked_and_can_be_run(index, tmp_path):
    fetch_uv.main(tmp_path)

    assert os.access(tmp_path / "bin" / "uv", os.X_OK)
    assert (tmp_path / "bin" / "uv").read_text().endswith("echo here\n")


# hostile


def test_a_file_that_is_not_the_announced_one_is_not_unpacked(index, tmp_path):
    index["hashes"]["sha256"] = "0" * 64

    with pytest.raises(SystemExit, match="not the one"):
        fetch_uv.main(tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x/uv", "uv"])
def test_only_the_web_is_asked(address):
    with pytest.raises(SystemExit, match=re.escape(address)):
        fetch_uv.fetch(address)
