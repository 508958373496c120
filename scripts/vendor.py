"""Fetches the browser files of others that pmdocs ships, whole, with version, licence and checksums.

Without options it fetches the newest release of each package's major version from npm, and rewrites
the package's folder and line of THIRD_PARTY_NOTICES.md;
`--check` compares the folders with their checksums, without a network.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from node_tools import npm_command

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "plugins" / "pmdocs" / "assets" / "vendor"
NOTICES = ROOT / "THIRD_PARTY_NOTICES.md"
MANIFEST = "vendor.json"


@dataclass(frozen=True)
class Package:
    """A package of npm, the major version we ship, and which of its files."""

    name: str
    major: int
    files: tuple[str, ...]


PACKAGES = (Package("mermaid", 11, ("dist/mermaid.min.js", "LICENSE")),)


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def problems(folder: Path) -> list[str]:
    """What in a vendored folder is not as its manifest says."""
    manifest_path = folder / MANIFEST
    if not manifest_path.is_file():
        return [f"{folder.name}: {MANIFEST} is missing"]
    expected: dict[str, str] = json.loads(manifest_path.read_text("utf-8"))["files"]
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    present.discard(MANIFEST)
    found = [f"{folder.name}/{name}: missing" for name in sorted(expected.keys() - present)]
    found += [f"{folder.name}/{name}: not in {MANIFEST}" for name in sorted(present - expected.keys())]
    kept = sorted(present & expected.keys())
    changed = [name for name in kept if checksum(folder / name) != expected[name]]
    return found + [f"{folder.name}/{name}: changed since it was fetched" for name in changed]


def fetch(package: Package, into: Path) -> Path:
    """Downloads and unpacks the newest release of the package's major version."""
    wanted = f"{package.name}@{package.major}"
    command = [*npm_command(), "pack", wanted, "--json", "--pack-destination", str(into)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, check=True, encoding="utf-8")
    packed = json.loads(ran.stdout)
    archive = into / (packed[0] if isinstance(packed, list) else packed[package.name])["filename"]
    with tarfile.open(archive) as opened:
        opened.extractall(into, filter="data")
    return into / "package"


def replace(folder: Path, package: Package, unpacked: Path) -> str:
    """Puts the fetched files into their folder, writes the manifest, and returns the version."""
    described = json.loads((unpacked / "package.json").read_text("utf-8"))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kept = [Path(name).name for name in package.files]
    for source, name in zip(package.files, kept, strict=True):
        shutil.copyfile(unpacked / source, folder / name)
    manifest = {
        "name": package.name,
        "version": described["version"],
        "licence": described["license"],
        "files": {name: checksum(folder / name) for name in sorted(kept)},
        "from": "npm",
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    return str(described["version"])


def note_version(name: str, version: str) -> None:
    """Writes the version into the package's line of the notices."""
    text = NOTICES.read_text("utf-8")
    noted, count = re.subn(rf"(?m)^\| {re.escape(name)} \| [^|]+ \|", f"| {name} | {version} |", text)
    if count != 1:
        sys.exit(f"{NOTICES.name} must hold one line that begins with `| {name} |`")
    NOTICES.write_text(noted, "utf-8")


def update(package: Package) -> None:
    """Fetches one package anew."""
    with tempfile.TemporaryDirectory() as temporary:
        unpacked = fetch(package, Path(temporary))
        version = replace(VENDOR / package.name, package, unpacked)
    note_version(package.name, version)
    print(f"{package.name} {version}")


def check() -> list[str]:
    """What in all vendored folders is not as it should be."""
    known = {package.name for package in PACKAGES}
    present = {folder.name for folder in VENDOR.iterdir() if folder.is_dir()}
    found = [f"{name}: a folder that no package of vendor.py fills" for name in sorted(present - known)]
    return found + [problem for name in sorted(known) for problem in problems(VENDOR / name)]


def main() -> None:
    """Fetches, or compares."""
    parser = argparse.ArgumentParser(description="The browser files of others that pmdocs ships.")
    parser.add_argument("--check", action="store_true", help="compare with the checksums instead of fetching")
    if parser.parse_args().check:
        found = check()
        print("\n".join(found) or "vendored files are as they were fetched")
        sys.exit(1 if found else 0)
    for package in PACKAGES:
        update(package)


if __name__ == "__main__":
    main()
