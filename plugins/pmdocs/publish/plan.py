"""What is to be built: every version with its documents found, or everything that stands in the way, with its cure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pmdocs.diagnostics import Language, Words
from pmdocs.past import Past, content_digest, outside, past_of, tagged_in
from pmdocs.publish.kept import environment_of, key_of
from pmdocs.publish.order import Order, PublishError
from pmdocs.repository import Repository
from pmdocs.site import Site
from pmdocs.versions import NEXT, NEXT_TITLE, Version, before, versions_of

_INHERITED = re.compile(r"(?m)^INHERIT:\s*['\"]?([^\s'\"]+)")


@dataclass(frozen=True)
class Wanted:
    """What a person asks for: these versions alone (all where none is named), into this folder, in this language."""

    only: tuple[str, ...]
    place: Path
    language: Language
    config: str


@dataclass(frozen=True)
class Plan:
    """The versions in the order of the selector, what is to be built of each, and what is worth saying before."""

    versions: tuple[Version, ...]
    orders: tuple[Order, ...]
    notices: tuple[Words, ...]
    site: Site


def plan_of(site: Site, repository: Repository | None, wanted: Wanted) -> Plan:
    """Return the plan for a project as read from its working tree; raises PublishError with everything that is missing."""
    versions = versions_of(site.library, tagged_in(site.project, repository))
    problems = list(_unknown(wanted.only, versions))
    pasts: dict[str, Past] = {}
    notices = [_lost(each) for each in versions if each.is_lost]
    for version in versions:
        if not version.is_built:
            continue
        if version.path is None and repository is None and version.name not in wanted.only:
            notices.append(outside(version))
            continue
        found = past_of(version, site.project, repository)
        if isinstance(found, Words):
            problems += [found] if not wanted.only or version.name in wanted.only else []
        else:
            pasts[version.name] = found
    if problems:
        raise PublishError(*problems)
    there = tuple(version for version in versions if version.name in pasts)
    chosen = [each for each in there if not wanted.only or each.name in wanted.only]
    orders = [_order(site, wanted, version.name, version.day, pasts, there) for version in chosen]
    listed = tuple(chosen)
    if not wanted.only or NEXT in wanted.only:
        orders.insert(0, _order(site, wanted, NEXT, None, pasts, there))
        listed = (Version(NEXT, NEXT_TITLE, site.as_of, state=NEXT), *listed)
    return Plan(listed, tuple(orders), tuple(notices), site)


def _order(  # noqa: PLR0913  # a version among all of them
    site: Site,
    wanted: Wanted,
    name: str,
    day: date | None,
    pasts: Mapping[str, Past],
    there: Sequence[Version],
) -> Order:
    project, config = site.project, wanted.config
    text = _configuration(project.root / config)
    earlier = before(name, there)
    past, previous = pasts.get(name), pasts[earlier.name] if earlier else None
    day = day or site.as_of
    url = f"{project.site_url.rstrip('/')}/{name}/" if project.site_url else None
    content = past.digest if past else content_digest(project.root, without=(wanted.place,))
    key = key_of(
        name,
        content,
        previous.digest if previous else "",
        earlier.name if earlier else "",
        day.isoformat(),
        sorted(project.audience),
        url,
        environment_of(text),
        text if past is None else "",
    )
    return Order(
        version=name,
        past=past,
        root=project.root,
        config=config,
        day=day,
        before=previous,
        audience=project.audience,
        site_url=url,
        is_released=past is not None,
        language=wanted.language,
        earlier=earlier.name if earlier else "",
        key=key,
    )


def _configuration(path: Path) -> str:
    """Return the text of mkdocs.yml with that of the files it inherits from, which may lie outside the project."""
    text = path.read_text("utf-8", errors="replace")
    match = _INHERITED.search(text)
    parent = path.parent / match[1] if match else None
    return text + (_configuration(parent) if parent and parent != path and parent.is_file() else "")


def _unknown(names: Sequence[str], versions: Sequence[Version]) -> list[Words]:
    known = {version.name: version for version in versions}
    problems = []
    for name in names:
        if name != NEXT and name not in known:
            listed = [NEXT, *(version.name for version in versions if version.is_built)]
            problems.append(
                Words(
                    f"没有版本 {name}；可以写 {'、'.join(listed)}",
                    f"There is no version {name}; there are {', '.join(listed)}",
                )
            )
        elif name != NEXT and not known[name].is_built:
            problems.append(_not_built(known[name]))
    return problems


def _not_built(version: Version) -> Words:
    if version.skip is not None:
        return Words(
            f"版本 {version.name} 写明了跳过（skip：{version.skip}）；在 releases.yaml 里删掉 skip 才会构建",
            f"Version {version.name} is skipped (skip: {version.skip}); delete skip in releases.yaml to build it",
        )
    if version.is_lost:
        return _lost(version)
    return Words(
        f"版本 {version.name} 的状态不是 released（已发布），只构建已发布的版本；正在写的内容是 {NEXT}",
        f"Version {version.name} is not in the state released, and only released ones are built; what is being written is {NEXT}",
    )


def _lost(version: Version) -> Words:
    return Words(
        f"版本 {version.name} 没有写 ref（标签）或 path（快照文件夹），不知道它的文档在哪里，所以没有构建",
        f"Version {version.name} has neither ref (a tag) nor path (a snapshot folder): where its documents are is unknown, "
        "so it was not built",
    )
