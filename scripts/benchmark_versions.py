"""Times `pmdocs build` of many versions: from nothing, from what is kept, and with one more release.

Usage: python scripts/benchmark_versions.py [--versions 20] [--documents 200] [--requirements 20]
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from benchmark import BIN, PEOPLE, PRODUCTS, SITE, document, size, timed

FIRST = date(2026, 1, 5)
CHANGED = 10
"""How many documents each version changes."""


def begin(root: Path, documents: int, requirements: int) -> None:
    """Write a project without releases."""
    for name, text in (
        ("mkdocs.yml", SITE + "plugins: [pmdocs]\n"),
        ("docs/index.md", "# 首页\n"),
        ("data/people.yaml", PEOPLE),
        ("data/products.yaml", PRODUCTS),
        *((f"data/prd/{name_of(number)}.yaml", document(number, requirements)) for number in range(1, documents + 1)),
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def name_of(number: int) -> str:
    """Return the id of a document."""
    return f"PRD-A{number:04d}-001"


def release(root: Path, number: int, documents: int) -> None:
    """Change some documents, keep a snapshot of everything, and add it to the list."""
    for each in range(CHANGED):
        path = root / "data" / "prd" / f"{name_of((number * CHANGED + each) % documents + 1)}.yaml"
        path.write_text(
            path.read_text("utf-8").replace("title: 结算改造", f"title: 第 {number} 次结算改造", 1), "utf-8"
        )
    folder = root / "data" / "_releases" / f"1.{number}"
    for name in ("docs", "data/prd"):
        shutil.copytree(root / name, folder / name)
    for name in ("mkdocs.yml", "data/people.yaml", "data/products.yaml"):
        shutil.copy(root / name, folder / name)
    day = FIRST + timedelta(days=7 * number)
    listed = root / "data" / "releases.yaml"
    text = listed.read_text("utf-8") if listed.exists() else "releases:\n"
    row = f'  - {{version: "1.{number}", date: {day}, state: released, path: data/_releases/1.{number}}}\n'
    listed.write_text(text + row, "utf-8")


def measured(name: str, root: Path) -> None:
    """Build, and print how long it took and how much of all processors."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    timed([str(BIN / "pmdocs"), "build"], root)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:28} {seconds:8.1f} s {worked:8.1f} s of processors", flush=True)


def main() -> None:
    """Measure and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--versions", type=int, default=20)
    options.add_argument("--documents", type=int, default=200)
    options.add_argument("--requirements", type=int, default=20)
    chosen = options.parse_args()
    root = Path(tempfile.mkdtemp(prefix="pmdocs-benchmark-"))
    try:
        begin(root, chosen.documents, chosen.requirements)
        for number in range(1, chosen.versions + 1):
            release(root, number, chosen.documents)
        print(f"{chosen.versions} versions of {chosen.documents} documents of {chosen.requirements} requirements")
        measured("from nothing", root)
        measured("from what is kept", root)
        release(root, chosen.versions + 1, chosen.documents)
        measured("with one more release", root)
        whole, one = size(root / "site"), size(root / "site" / "1.1")
        print(f"{'the whole site':28} {whole:8.1f} MB, {one:.1f} MB a version")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
