"""All versions in one tree: built or taken from what is kept, laid side by side, and put in place in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pmdocs.diagnostics import Words
from pmdocs.publish.assemble import lay
from pmdocs.publish.builders import built
from pmdocs.publish.contents import contents_of
from pmdocs.publish.exchange import alone_in, working_on
from pmdocs.publish.kept import FOLDER, Kept, Store
from pmdocs.publish.order import Build, Built, Failed, Order, PublishError
from pmdocs.publish.plan import Plan, Wanted, plan_of
from pmdocs.publish.reading import read_ordered
from pmdocs.publish.root import write_root
from pmdocs.versions import NEXT

__all__ = [
    "Built",
    "Failed",
    "Order",
    "Plan",
    "PublishError",
    "Report",
    "Size",
    "Wanted",
    "Work",
    "contents_of",
    "plan_of",
    "publish",
    "read_ordered",
]

Tell = Callable[[Words], None]


@dataclass(frozen=True)
class Work:
    """How the work is done: how many versions at once (0: in this process), from nothing or not, and who is told."""

    jobs: int
    is_fresh: bool
    tell: Tell


@dataclass(frozen=True)
class Size:
    """How large a version is: its pages, its files and their bytes."""

    version: str
    pages: int
    files: int
    size: int


@dataclass(frozen=True)
class Report:
    """What was built: the default version, the size of each and of the whole, and what hosts warned of."""

    default: str
    sizes: tuple[Size, ...]
    whole: Size
    warnings: tuple[tuple[str, str], ...]


def publish(plan: Plan, build: Build, place: Path, work: Work) -> Report:
    """Build every version of the plan and put the whole site at `place`; raises PublishError and leaves the old site else."""
    store = Store(plan.site.project.root / FOLDER)
    waits = Words("另一个构建正在进行，等它结束…", "Another build is at work; waiting for it to end …")
    with alone_in(store.folder, lambda: work.tell(waits)), working_on(place, lambda: work.tell(waits)) as workshop:
        trees = _trees(plan, build, store, work)
        default = next((version.name for version in plan.versions if version.name != NEXT), NEXT)
        workshop.new.mkdir()
        lay(trees, workshop.new, _base(plan))
        write_root(plan, trees, default, workshop.new)
        report = _report(trees, default, workshop.new)
        workshop.deliver()
        store.clear(frozenset(order.key for order in plan.orders))
    return report


def _trees(plan: Plan, build: Build, store: Store, work: Work) -> dict[str, Kept]:
    """Return the tree of each version in the order of the plan: what is kept, and what had to be built."""
    found = {order.version: kept for order in plan.orders if not work.is_fresh and (kept := store.find(order.key))}
    missing = {store.room(order.key): order for order in plan.orders if order.version not in found}
    for name in found:
        work.tell(Words(f"{name}：没有变化，用已有的结果", f"{name}: unchanged, taken from what is kept"))
    if missing:
        names = [order.version for order in missing.values()]
        work.tell(Words(f"正在构建 {'、'.join(names)}…", f"Building {', '.join(names)} …"))
    failed: dict[str, Failed] = {}
    for folder, answer in built(build, missing, work.jobs):
        order = missing[folder]
        if isinstance(answer, Failed):
            failed[order.version] = answer
            continue
        found[order.version] = store.keep(order.key, folder, answer.contents, answer.warnings)
        done = f"{len(found)}/{len(plan.orders)}"
        work.tell(Words(f"{order.version}：构建完成（{done}）", f"{order.version}: built ({done})"))
    if failed:
        raise PublishError(*_failures(plan, failed))
    return {order.version: found[order.version] for order in plan.orders}


def _failures(plan: Plan, failed: Mapping[str, Failed]) -> Iterator[Words]:
    """Yield what is wrong with each version, newest first, and what to do about released ones."""
    orders = [order for order in plan.orders if order.version in failed]
    for order in orders:
        answer = failed[order.version]
        report = f"\n{answer.report}" if answer.report else ""
        yield Words(
            f"版本 {order.version} 构建失败：{answer.words.zh}{report}",
            f"Version {order.version} cannot be built: {answer.words.en}{report}",
        )
    names = [order.version for order in orders if order.is_released]
    if names:
        yield Words(
            "→ 已发布的版本，在它的分支上改好，再让 releases.yaml 的 ref 指向改好的提交；暂时只构建其余版本用 --only；"
            f"不再需要的，在 releases.yaml 里给 {'、'.join(names)} 写 skip: 原因",
            "→ Mend a released version on a branch of its own and let ref in releases.yaml lead to the mended commit; build the "
            f"others alone with --only; what is not needed any more gets skip: reason in releases.yaml ({', '.join(names)})",
        )


def _base(plan: Plan) -> str | None:
    url = plan.site.project.site_url
    return url.rstrip("/") + "/" if url else None


def _report(trees: dict[str, Kept], default: str, folder: Path) -> Report:
    sizes = tuple(_size(name, folder / name) for name in trees)
    warnings = tuple((name, each) for name, kept in trees.items() for each in kept.warnings)
    return Report(default, sizes, _size("", folder), warnings)


def _size(name: str, folder: Path) -> Size:
    files = [path for path in folder.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    return Size(name, pages, len(files), sum(path.stat().st_size for path in files))
