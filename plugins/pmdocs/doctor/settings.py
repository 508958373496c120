"""Troubles of the configuration, the repository and the releases."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from pmdocs.diagnostics import Severity, Words
from pmdocs.doctor.trouble import Patient, Repositories, Trouble, foreign, listed, walked


def address(patient: Patient) -> Iterator[Trouble]:
    """Yield that nobody says where the site will lie."""
    url = patient.config.get("site_url")
    if url and urlsplit(str(url)).scheme in ("http", "https"):
        return
    yield Trouble(
        "site-url",
        Severity.WARNING,
        Words(
            "mkdocs.yml 没有写 site_url（站点的网址）：没有它就没有规范链接、站点地图和能用的 404 页",
            "mkdocs.yml has no site_url: without it there are no canonical links, no sitemap and no working 404 page",
        ),
        Words(
            "写上站点发布后的网址，例如 site_url: https://example.github.io/docs/；发布时也可以用 pmdocs build --site-url 给出",
            "Write the address at which the site will lie, such as site_url: https://example.github.io/docs/; "
            "or give it when publishing, by pmdocs build --site-url",
        ),
    )


def anchors(patient: Patient) -> Iterator[Trouble]:
    """Yield that links to headings are not checked."""
    validation = patient.config.get("validation")
    settings = validation if isinstance(validation, dict) else {}
    links = settings.get("links")
    level = (links if isinstance(links, dict) else settings).get("anchors", "info")
    if level != "warn":
        yield Trouble(
            "anchors",
            Severity.WARNING,
            Words(
                "MkDocs 不检查手写页面里指向标题的链接（validation.links.anchors 不是 warn），标题改名后链接悄悄失效",
                "MkDocs does not check links to headings of hand-written pages (validation.links.anchors is not warn), "
                "so they break unseen when a heading is renamed",
            ),
            Words(
                "在 mkdocs.yml 写 validation: {links: {anchors: warn}}", "Write validation: {links: {anchors: warn}}"
            ),
        )


def outside_settings(patient: Patient) -> Iterator[Trouble]:
    """Yield settings that make every page ask another host."""
    theme = patient.config.get("theme")
    named = theme if isinstance(theme, dict) else {"name": theme}
    if named.get("name") == "material" and named.get("font") is not False:
        yield foreign(
            Words("Material 的字体从 Google 加载", "Material loads its fonts from Google"),
            Words("在 mkdocs.yml 的 theme 里写 font: false", "Write font: false below theme in mkdocs.yml"),
        )
    if str(patient.config.get("repo_url", "")).startswith("https://github.com/"):
        yield foreign(
            Words(
                "写了 repo_url，页眉就会向 api.github.com 查询仓库的星数",
                "With repo_url the header asks api.github.com for the stars of the repository",
            ),
            Words(
                "用写全的 edit_uri 代替，例如 edit_uri: https://github.com/example/docs/edit/main/docs/",
                "Write a whole edit_uri instead, such as edit_uri: https://github.com/example/docs/edit/main/docs/",
            ),
        )


def history(patient: Patient) -> Iterator[Trouble]:
    """Yield what the repository lacks: its history, the refs of versions, or itself."""
    repository = patient.repository
    if repository is None:
        if patient.needs_git:
            names = patient.needs_git
            yield Trouble(
                "no-git",
                Severity.ERROR,
                Words(
                    f"这里不是 git 仓库，版本 {listed(names, 'zh')} 要从仓库取",
                    f"This is no git repository, and {listed(names, 'en')} come from one",
                ),
                Words(
                    "用 git clone 取得项目，或给这些版本留快照：pmdocs release 版本 --snapshot",
                    "Get the project by git clone, or keep snapshots of these versions: pmdocs release VERSION --snapshot",
                ),
            )
    elif repository.is_shallow:
        yield Trouble(
            "shallow",
            Severity.ERROR if patient.needs_git else Severity.WARNING,
            Words(
                "只取了最近的提交：旧版本、改动和按 git 核对的日期都取不到",
                "Only the newest commits were fetched: older versions, changes and dates told by git are missing",
            ),
            Words(
                "运行 git fetch --unshallow --tags；在 GitHub Actions 里给 checkout 写 fetch-depth: 0",
                "Run git fetch --unshallow --tags; in GitHub Actions give checkout fetch-depth: 0",
            ),
        )


def refs(patient: Patient) -> Iterator[Trouble]:
    """Yield what tags and releases do not agree on."""
    repository = patient.repository or Repositories()
    if repository.missing and not repository.is_shallow:
        yield Trouble(
            "missing-ref",
            Severity.ERROR,
            Words(
                f"仓库里没有 {listed(repository.missing, 'zh')}，releases.yaml 却要用",
                f"releases.yaml names {listed(repository.missing, 'en')}, and the repository has none",
            ),
            Words(
                "运行 git fetch --tags；标签真的没了，就给这个版本写 skip 和原因",
                "Run git fetch --tags; if the tag is gone for good, give the version a skip with the reason",
            ),
        )
    if repository.unlisted:
        yield Trouble(
            "unlisted-tag",
            Severity.HINT,
            Words(
                f"标签 {listed(repository.unlisted, 'zh')} 像是版本，releases.yaml 里没有",
                f"{listed(repository.unlisted, 'en')} look like versions, and releases.yaml does not list them",
            ),
            Words(
                "要发布就运行 pmdocs release 版本 --ref 标签", "To publish one, run pmdocs release VERSION --ref TAG"
            ),
        )


def sources(patient: Patient) -> Iterator[Trouble]:
    """Yield the released versions of which nobody says where they are, and the snapshots that are gone."""
    if patient.lost:
        yield Trouble(
            "lost-version",
            Severity.WARNING,
            Words(
                f"版本 {listed(patient.lost, 'zh')} 已经发布，但没有写文档在哪里，站点里不会有",
                f"{listed(patient.lost, 'en')} were released, but nobody says where their documents are: the site will lack them",
            ),
            Words(
                "在 releases.yaml 给它写 ref（标签）或 path（快照），不再需要就写 skip",
                "In releases.yaml give each a ref (a tag), a path (a snapshot), or a skip if it is not needed any more",
            ),
        )
    if patient.gone:
        yield Trouble(
            "missing-snapshot",
            Severity.ERROR,
            Words(
                f"releases.yaml 里写的快照文件夹不存在：{listed(patient.gone, 'zh')}",
                f"releases.yaml names snapshot folders that are not there: {listed(patient.gone, 'en')}",
            ),
            Words(
                "从备份或 git 里找回；找不回来，就给这个版本写 skip 和原因",
                "Restore them from a backup or from git; if they are gone for good, give the version a skip with the reason",
            ),
        )


def links_in_docs(patient: Patient) -> Iterator[Trouble]:
    """Yield symbolic links among the hand-written pages."""
    found = [path for path in walked(patient.docs) if path.is_symlink()]
    if found:
        names = [path.relative_to(patient.root).as_posix() for path in found]
        yield Trouble(
            "symlink-source",
            Severity.ERROR,
            Words(
                f"文档文件夹里有符号链接：{listed(names, 'zh')}。MkDocs 会把它指向的内容发布出去",
                f"The folder of pages holds symbolic links: {listed(names, 'en')}. MkDocs publishes whatever they lead to",
            ),
            Words("换成文件本身", "Put the files themselves there"),
        )
