"""When versions were published, as the commits of a repository prove it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pmdocs.diagnostics import Diagnostic, Location, Severity, Words
from pmdocs.doctype import Standards, span_of
from pmdocs.doctype.vocabulary import GATES
from pmdocs.kpi import Proof
from pmdocs.repository import Repository
from pmdocs.rules.values import WRONG_VALUE
from pmdocs.source import Source, read_bytes

_SUFFIXES = (".yaml", ".yml")


class ProofError(Exception):
    """The history cannot prove anything: why, and the cure, in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def proof_of(folder: Path, standards: Standards) -> Proof:
    """Return what the history of the documents in `folder` proves: for each version, the first commit that holds it complete.

    Raises ProofError where there is no history, or only its newest part; RepositoryError where git fails.
    """
    repository = Repository.at(folder) if folder.is_dir() else None
    if repository is None:
        raise ProofError(_NO_REPOSITORY)
    if repository.is_shallow:
        raise ProofError(_SHALLOW)
    if repository.resolve("HEAD") is None:
        raise ProofError(_NO_COMMIT)
    zone = standards.rates.zone
    first = repository.first().when.astimezone(zone).date()
    return Proof(first, dict(_first_days(repository, repository.inside(folder), standards)))


def proof_where_asked(folder: Path, standards: Standards) -> Proof | None:
    """Return what the history proves where the standards believe it; None where they do not, and where there is no history.

    A version of the past is built from its files alone, without a repository; raises RepositoryError where git fails.
    """
    try:
        return proof_of(folder, standards) if standards.rates.trust == "git" else None
    except ProofError:
        return None


def unproven(source: Source, folder: Path) -> Iterator[Diagnostic]:
    """Yield that the standards believe the history, of which only the newest part is there."""
    value = source.value if isinstance(source.value, dict) else {}
    settings = value.get("on_time")
    if not isinstance(settings, dict) or settings.get("trust") != "git":
        return
    repository = Repository.at(folder) if folder.is_dir() else None
    if repository and repository.is_shallow:
        place = Location(source.file, span_of(source, ("on_time", "trust")))
        yield Diagnostic(WRONG_VALUE, WRONG_VALUE.reason("shallow-history"), Severity.ERROR, place)


def _first_days(repository: Repository, under: str, standards: Standards) -> Iterator[tuple[tuple[str, str], date]]:
    """Yield each complete version with the day of the first commit that holds it; each content is read once."""
    seen: set[str] = set()
    found: set[tuple[str, str]] = set()
    for commit in sorted(repository.log(under), key=lambda each: each.when):
        files = repository.files(commit.hash, under)
        fresh = {each.hash: each.path for each in files if each.path.endswith(_SUFFIXES) and each.hash not in seen}
        seen |= set(fresh)
        for content, path in zip(repository.contents(fresh), fresh.values(), strict=True):
            value = read_bytes(content, file=path).value
            for key in complete_versions(value if isinstance(value, dict) else {}, standards):
                if key not in found:
                    found.add(key)
                    yield key, commit.when.astimezone(standards.rates.zone).date()


def complete_versions(values: Mapping[str, Any], standards: Standards) -> Iterator[tuple[str, str]]:
    """Yield id and version of each version that a document, as it was written, calls complete."""
    name, current = str(values.get("id", "")), str(values.get("version", ""))
    if standards.gates.get(str(values.get("status")), 0) >= GATES.index(standards.rates.completion):
        yield name, current
    rows = values.get("change_history")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and row.get("published_date") and str(row.get("version")) != current:
            yield name, str(row.get("version"))


_NO_REPOSITORY = Words(
    "data/standards.yaml 要求按 git 核对日期（on_time.trust: git），但这个项目不在 git 仓库里，或没有安装 git；"
    "把项目放进仓库，或改成 trust: document",
    "data/standards.yaml wants dates checked against git (on_time.trust: git), but this project is in no git repository, "
    "or git is not installed; put it into one, or write trust: document",
)
_NO_COMMIT = Words(
    "data/standards.yaml 要求按 git 核对日期（on_time.trust: git），但仓库里还没有提交；先提交文档",
    "data/standards.yaml wants dates checked against git (on_time.trust: git), but the repository has no commit yet; "
    "commit the documents first",
)
_SHALLOW = Words(
    "data/standards.yaml 要求按 git 核对日期（on_time.trust: git），但这里只取了最近的提交，看不到版本最早是哪天发布的。"
    "运行 git fetch --unshallow；在 GitHub Actions 里给 checkout 写 fetch-depth: 0",
    "data/standards.yaml wants dates checked against git (on_time.trust: git), but only the newest commits were fetched, so "
    "the first day of a version cannot be seen. Run git fetch --unshallow; in GitHub Actions give checkout fetch-depth: 0",
)
