"""Fetches uv where neither pip nor uv is at hand, from the package index that uv.lock names.

Debian and Ubuntu ship a Python without pip and without ensurepip; this needs the standard
library only, and runs on any Python 3.8 or newer. `fetch_uv.py FOLDER` leaves FOLDER/bin/uv.
"""

import hashlib
import io
import json
import os
import platform
import re
import sys
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIMPLE_JSON = "application/vnd.pypi.simple.v1+json"  # PEP 691
SECONDS = 60


def index_address(lock, environment):
    """Return the index to ask: the one the person configured, otherwise the lock file's."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if environment.get(name):
            return environment[name].rstrip("/")
    found = re.search(r'registry = "([^"]+)"', lock)
    if not found:
        raise SystemExit("uv.lock names no package index.")
    return found.group(1).rstrip("/")


def platform_pattern(system, machine, libc):
    """Return a pattern for the platform tag (PEP 425, 600, 656) of wheels that run here."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine.lower(), machine.lower())
    if system == "Darwin":
        return r"macosx_\d+_\d+_" + {"aarch64": "arm64"}.get(machine, machine)
    kind = "manylinux" if libc == "glibc" else "musllinux"
    return rf"(.*\.)?{kind}[_0-9]*_{machine}(\..*)?"


def choose(files, version, pattern):
    """Return the file of a PEP 691 listing that is `version`'s wheel for a platform, or None."""
    name = re.compile(rf"uv-{re.escape(version)}-py3-none-({pattern})\.whl")
    return next((file for file in files if name.fullmatch(file["filename"])), None)


def fetch(address, accept="*/*"):
    """Return the bytes at an http or https address."""
    if urllib.parse.urlsplit(address).scheme not in ("http", "https"):
        raise SystemExit(f"{address} is no address of a package index.")
    request = urllib.request.Request(address, headers={"Accept": accept})  # noqa: S310 -- checked above
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 -- checked above
        return answer.read()


def unpack(wheel, folder):
    """Write the program `uv` out of a wheel's bytes to `folder`/bin/uv."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        member = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        program = archive.read(member)
    target = Path(folder) / "bin" / "uv"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(program)
    target.chmod(0o755)


def main(folder):
    """Fetch the version that `uv.txt` names, check its SHA-256, and unpack it."""
    version = (HERE / "uv.txt").read_text().strip().partition("==")[2]
    index = index_address((HERE.parent / "uv.lock").read_text(encoding="utf-8"), os.environ)
    page = index + "/uv/"
    listing = json.loads(fetch(page, SIMPLE_JSON))
    pattern = platform_pattern(platform.system(), platform.machine(), platform.libc_ver()[0])
    chosen = choose(listing["files"], version, pattern)
    if chosen is None:
        raise SystemExit(f"The package index has no uv {version} for this machine.")
    wheel = fetch(urllib.parse.urljoin(page, chosen["url"]))
    if hashlib.sha256(wheel).hexdigest() != chosen["hashes"]["sha256"]:
        raise SystemExit("The uv that came is not the one the package index announced.")
    unpack(wheel, folder)


if __name__ == "__main__":
    main(sys.argv[1])
